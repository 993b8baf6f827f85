/** Where most is late, as lines of a home; the worst first. */

import React, { type ReactNode } from "react";
import { Link } from "react-router-dom";
import type { TroubleLine } from "../../engine/measures/home-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { CaseFilter } from "../../platform/ui/home-pieces.js";
import { Badge, EmptyState, Panel, useText, type Words } from "../../platform/ui/kit.js";

/** Cases that name no service, as the list of cases is asked for them. */
const withoutService = "-";

type Line = Omit<TroubleLine, "service" | "critical"> & Partial<TroubleLine>;

function LineTitle({ name, to }: { name: Words; to: string | undefined }) {
  const { t } = useText();
  if (to === undefined) return <strong className="case-line-subject">{t(name)}</strong>;
  return (
    <Link className="case-line-subject" to={to}>
      {t(name)}
    </Link>
  );
}

/** Where most is late, and since when. @param cases the list behind a line; left out for who opens no cases */
export function Troubles({
  lines,
  cases,
  actions,
  order,
}: {
  lines: readonly Line[];
  cases?: (filter: CaseFilter) => string;
  actions?: ReactNode;
  /** Where somebody asks an entity about it; left out for who may not. */
  order?: ((entity: string) => string) | undefined;
}) {
  const { t, date } = useText();
  return (
    <Panel title={msg("home.otherDesks.worst")} actions={actions}>
      {lines.length === 0 ? (
        <EmptyState icon="check" title={msg("home.roomDesk.noneLate")} />
      ) : (
        <ul className="case-lines case-lines-tight">
          {lines.map(({ entity, late, open, oldestDueAt, service = null, critical = 0 }) => (
            <li key={`${entity.code} ${service?.code}`} className="case-line">
              <div className="case-line-what">
                <LineTitle
                  name={(service === null || service.code === withoutService ? entity : service).name}
                  to={cases?.({ under: undefined, entity: entity.code, late: "late", service: service?.code })}
                />
                <span className="case-line-facts">
                  {service !== null && <span>{t((service.code === withoutService ? service : entity).name)}</span>}
                  <span>{t(pattern("home.otherDesks.lateSince"), { date: date(oldestDueAt) })}</span>
                  {critical > 0 && <span>{t(pattern("home.otherDesks.criticalOf"), { n: critical })}</span>}
                </span>
              </div>
              {order && (
                <Link className="small" to={order(entity.code)}>
                  {t(msg("orders.orderPieces.directThem"))}
                  <span className="unseen"> {t(entity.name)}</span>
                </Link>
              )}
              <Badge tone="late">{t(pattern("home.otherDesks.lateOf"), { n: late, all: open })}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
