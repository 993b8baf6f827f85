/** Who changed what of a record, from what to what. */

import React from "react";
import { Link } from "react-router-dom";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { ColumnView, RecordAnswer, ResourceView } from "../../../platform/admin/resource-view.js";
import { AuditWho } from "../../../platform/ui/audit-who.js";
import { Icon, Moment, Panel, ProblemBox, Spinner, useText, useView } from "../../../platform/ui/kit.js";
import { changeSetAddress } from "./change-set-dialog.js";
import { ColumnValue } from "./column-value.js";

interface HistoryEvent {
  readonly at: string;
  readonly type: string;
  readonly who: string;
  readonly part: Bilingual | null;
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[];
  /** Of what the values refer to, as `field.CODE`. */
  readonly names?: Readonly<Record<string, Bilingual>>;
  readonly changeSet: { readonly id: number; readonly title: string; readonly reason: string } | null;
}

/** Ends of event types, whatever they happened to. */
const acts: Readonly<Record<string, Bilingual>> = {
  created: msg("setup.recordHistory.actsCreated"),
  changed: msg("setup.recordHistory.actsChanged"),
  retired: msg("setup.recordHistory.actsRetired"),
  restored: msg("setup.recordHistory.actsRestored"),
  removed: msg("setup.recordHistory.actsRemoved"),
};

/** `nameAr` belongs to the column `name`, in its language. */
function columnOf(columns: readonly ColumnView[], field: string): { column: ColumnView; label: Bilingual } | null {
  const column = columns.find(({ name }) => name === field);
  if (column) return { column, label: column.label };
  const pair = columns.find(
    ({ name, type }) => type === "bilingual" && (field === `${name}Ar` || field === `${name}En`),
  );
  if (!pair) return null;
  const inArabic = field.endsWith("Ar");
  return {
    column: { ...pair, type: "text" },
    label: msg("setup.recordHistory.other", { label: pair.label, inArabic: inArabic ? "yes" : "no" }),
  };
}

interface ChangeProps {
  readonly view: ResourceView;
  readonly change: HistoryEvent["changes"][number];
  readonly names: NonNullable<HistoryEvent["names"]>;
}

function Change({ view, change, names }: ChangeProps) {
  const { t } = useText();
  const nameOf = (value: unknown) => names[`${change.field}.${value}`];
  const found = columnOf(view.columns, change.field);
  const column: ColumnView = found?.column ?? { name: change.field, label: { en: "", ar: "" }, type: "text" };
  const long = ["json", "fields", "words"].includes(column.type);
  return (
    <li>
      <span className="muted">{found ? t(found.label) : <code className="code-name">{change.field}</code>}</span>{" "}
      <span className="change-from">
        <span className="unseen">{t(msg("setup.recordHistory.from"))} </span>
        <ColumnValue column={column} value={change.from} name={nameOf(change.from)} names={names} short={long} />
      </span>{" "}
      <span className="change-arrow">
        <Icon name="forward" size={14} />
      </span>{" "}
      <span className="change-to">
        <span className="unseen">{t(msg("setup.recordHistory.to"))} </span>
        <ColumnValue column={column} value={change.to} name={nameOf(change.to)} names={names} short={long} />
      </span>
    </li>
  );
}

interface RecordHistoryProps {
  readonly view: ResourceView;
  readonly record: string;
  readonly programme: string;
}

export function RecordHistory({ view, record, programme }: RecordHistoryProps) {
  const { t } = useText();
  const { view: answer, problem } = useView<RecordAnswer>(`resources/${view.id}/records/${record}/history`);
  const events = answer ? (answer.view as readonly HistoryEvent[]) : null;
  return (
    <Panel title={msg("setup.recordHistory.historyOfChanges")}>
      <ProblemBox problem={problem} />
      {events === null && !problem && <Spinner />}
      {events?.length === 0 && <p className="muted">{t(msg("setup.recordHistory.none"))}</p>}
      {events && events.length > 0 && (
        <ol className="history">
          {events.map((event) => (
            <li key={`${event.at}${event.type}`}>
              <p>
                <strong>
                  <AuditWho who={event.who} part={event.part} />
                </strong>{" "}
                {t(acts[event.type.split(".").at(-1) ?? ""] ?? event.type)}
                <span className="muted">
                  {" "}
                  · <Moment at={event.at} />
                </span>
              </p>
              {event.changeSet && (
                <p className="muted">
                  {t(msg("setup.recordHistory.within"))}{" "}
                  <Link to={changeSetAddress(programme, event.changeSet.id)}>
                    <bdi>{event.changeSet.title}</bdi>
                  </Link>
                  : <bdi>{event.changeSet.reason}</bdi>
                </p>
              )}
              {event.changes.length > 0 && !event.type.endsWith("created") && (
                <ul className="changes">
                  {event.changes.map((change) => (
                    <Change key={change.field} view={view} change={change} names={event.names ?? {}} />
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
