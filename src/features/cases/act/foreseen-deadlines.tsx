/** What becomes of the deadlines by what is chosen, before it is sent. */

import React, { useEffect, useState } from "react";
import type { ForeseenDeadline } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Icon, Moment, send, useText } from "../../../platform/ui/kit.js";
import type { DraftFields } from "./draft-sync.js";

/** So long nothing more is chosen before it is asked. */
const waitMs = 250;

type Foreseen = readonly ForeseenDeadline[] | "unchanged" | null;

export function ForeseenDeadlines(a: { reference: string; action: string; fields: DraftFields }) {
  const { t } = useText();
  const [found, setFound] = useState<Foreseen>(null);
  const asked = JSON.stringify({ action: a.action, fields: a.fields });
  const { reference } = a;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      send<RecordAnswer>(`resources/cases/records/${reference}/deadlines`, JSON.parse(asked))
        .then(({ view }) => {
          const { deadlines } = view as { deadlines: readonly ForeseenDeadline[] | null };
          if (current) setFound(deadlines?.length === 0 ? "unchanged" : deadlines);
        })
        // What is refused is said when it is sent.
        .catch(() => current && setFound(null));
    }, waitMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [reference, asked]);
  return (
    <div className="composer-deadlines" role="status">
      {found === "unchanged" && <p className="small muted">{t(msg("cases-act.foreseenDeadlines.unchanged"))}</p>}
      {found !== null && found !== "unchanged" && (
        <ul className="composer-then" aria-label={t(msg("cases-act.foreseenDeadlines.label"))}>
          {found.map(({ target, name, from, to }) => (
            <li key={target}>
              <Icon name="clock" size={16} />
              <span>
                {t(name)}:{" "}
                <strong>{to === null ? t(msg("cases-act.foreseenDeadlines.none")) : <Moment at={to} />}</strong>{" "}
                {from !== null && (
                  <>
                    {t(msg("cases-act.foreseenDeadlines.instead"))} <Moment at={from} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
