/** A record of any resource: its facts, what one may do with it, what uses it and what happened to it. */

import React, { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import { directionOf } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage } from "../../../engine/text/text.js";
import type { ColumnView, RecordAnswer, ResourceView } from "../../../platform/admin/resource-view.js";
import { AuditWho } from "../../../platform/ui/audit-who.js";
import {
  Badge,
  Facts,
  Icon,
  LinkButton,
  languagesFirst,
  Moment,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { changeSetAddress } from "./change-set-dialog.js";
import { ColumnValue, isRetired, retiredColumns } from "./column-value.js";
import { levelsFor } from "./form-into-set.js";
import { inGroups } from "./form-state.js";
import { RecordActs, removal } from "./record-acts.js";
import { RecordTry } from "./record-try.js";
import { OutOfUse, RecordUses } from "./record-uses.js";
import { recordAddress, resourceAddress } from "./setup-list.js";

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

/** Who changed what of a record, from what to what. */
function RecordHistory({ view, record, programme }: RecordHistoryProps) {
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

const recordPreviewWords = {
  languages: {
    ar: msg("setup.setupShow.recordPreviewWordsLanguagesAr"),
    en: msg("setup.setupShow.recordPreviewWordsLanguagesEn"),
  },
};

/** How a text that is filled in later will read, in both languages. */
function RecordPreview({ resource, record }: { readonly resource: string; readonly record: string }) {
  const { t, language } = useText();
  const { view, problem } = useView<RecordAnswer>(`resources/${resource}/records/${record}/preview`);
  const filled = view?.view as Bilingual | undefined;
  return (
    <Panel title={msg("setup.setupShow.recordPreviewWordsTitle")}>
      <p className="muted">{t(msg("setup.setupShow.recordPreviewWordsExample"))}</p>
      {problem && <ProblemBox problem={problem} />}
      {!problem && filled === undefined && <Spinner />}
      {filled && (
        <div className="letter-pair">
          {languagesFirst(language).map((one) => (
            <section key={one} className="letter-text" aria-label={t(recordPreviewWords.languages[one])}>
              <h3>{t(recordPreviewWords.languages[one])}</h3>
              <p lang={one} dir={directionOf(one)}>
                {inLanguage(filled, one)}
              </p>
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}

/** @param above what stands over the facts of a record of some kinds */
export function SetupShow({
  resource: { view },
  recordId,
  above,
}: ScreenProps & { above?: (record: RecordAnswer["record"]) => ReactNode }) {
  const id = recordId ?? "";
  const { view: answer, problem, reload } = useView<RecordAnswer>(`resources/${view.id}/records/${id}/show`);
  const back = { to: resourceAddress(view.id), label: view.label };
  if (answer === null) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  return <Shown key={id} view={view} answer={answer} back={back} reload={reload} above={above} />;
}

/** Of an entity: whether it has joined says whether it receives cases, and one that is out of use does not. */
const receiving = "joining";

interface ShownProps {
  readonly view: ResourceView;
  readonly answer: RecordAnswer;
  readonly back: { readonly to: string; readonly label: ResourceView["label"] };
  readonly reload: () => void;
  readonly above: ((record: RecordAnswer["record"]) => ReactNode) | undefined;
}

function Shown({ view, answer: { record }, back, reload, above }: ShownProps) {
  const { t } = useText();
  // Uses and history are asked for anew after an act.
  const [turn, setTurn] = useState(0);
  const can = (name: string): boolean => record.actions.includes(name);
  const retired = isRetired(record);
  const { programme } = record;
  const levels =
    programme === null || retired
      ? null
      : levelsFor(view.id.replaceAll("-", "_"), { programme, code: String(record.values.code) });
  return (
    <Page
      title={record.title}
      heading={<bdi>{t(record.title)}</bdi>}
      back={back}
      lead={retired ? <Badge icon="archive">{t(msg("setup.setupShow.retired"))}</Badge> : undefined}
      actions={
        <>
          {levels !== null && (
            <LinkButton icon="grid" to={levels}>
              {t(msg("setup.setupShow.levels"))}
            </LinkButton>
          )}
          <RecordActs
            view={view}
            record={record}
            onDone={() => {
              setTurn(turn + 1);
              reload();
            }}
          />
          {can("edit") && (
            <LinkButton kind="primary" icon="edit" to={recordAddress(view.id, record.id, "edit")}>
              {t(msg("setup.setupShow.edit"))}
            </LinkButton>
          )}
        </>
      }
    >
      {retired && <OutOfUse key={`out-${turn}`} resource={view.id} record={record.id} />}
      {above?.(record)}
      {inGroups(
        view.columns.filter(({ name }) => !retiredColumns.includes(name) && !(retired && name === receiving)),
      ).map(({ title, columns }) => (
        <Panel key={title?.en ?? ""} title={title ?? msg("setup.setupShow.facts")}>
          <Facts
            rows={columns.map((column) => ({
              label: column.label,
              value: (
                <ColumnValue
                  column={column}
                  value={record.values[column.name]}
                  name={record.names[column.name]}
                  names={record.names}
                />
              ),
            }))}
          />
        </Panel>
      ))}
      <RecordTry resource={view.id} programme={record.programme} values={record.values} />
      {can("preview") && <RecordPreview resource={view.id} record={record.id} />}
      {can("uses") && (
        <RecordUses
          key={`uses-${turn}`}
          resource={view.id}
          record={record.id}
          whenRemovable={<RecordActs view={view} record={record} only={removal} onDone={reload} />}
        />
      )}
      {can("history") && (
        <RecordHistory
          key={`history-${turn}`}
          view={view}
          record={record.id}
          programme={record.programme ?? String(record.values.code ?? "")}
        />
      )}
    </Page>
  );
}
