/** Who changed what, the newest first. */

import React from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordAnswer, RecordView } from "../../platform/admin/resource-view.js";
import { AuditWho } from "../../platform/ui/audit-who.js";
import {
  adminRoot,
  boot,
  EmptyState,
  Facts,
  Icon,
  Moment,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";
import { choiceWords } from "../notifications/message-list.js";

const words = {
  who: msg("audit.auditPage.who"),
  reason: msg("audit.auditPage.reason"),
};

export function AuditPage({ resource: { view }, recordId }: ScreenProps) {
  const { t } = useText();
  const { view: answer, problem } = useView<RecordAnswer>(`resources/audit-events/records/${recordId}/show`);
  const back = { to: `${adminRoot}/resources/audit-events`, label: view.label };
  const record = answer?.record;
  if (!record) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  const { values } = record;
  const changes = (values.changes as readonly Change[]) ?? [];
  return (
    <Page title={record.title} back={back}>
      <Panel title={msg("audit.auditPage.what")}>
        <Facts
          rows={[
            { label: words.who, value: <AuditWho who={String(values.who)} part={values.part as Bilingual | null} /> },
            { label: msg("audit.auditPage.when"), value: <Moment at={values.at as string} /> },
            {
              label: msg("audit.auditPage.part"),
              value: t(pattern("audit.auditPage.place"), {
                part: t(choiceWords(view, "stream", values.stream)),
                n: values.seq as number,
              }),
            },
            { label: msg("audit.auditPage.kind"), value: t(choiceWords(view, "type", values.type)) },
            values.reason !== null && { label: words.reason, value: <bdi dir="auto">{String(values.reason)}</bdi> },
          ]}
        />
      </Panel>
      {changes.length > 0 && (
        <Panel title={msg("audit.auditPage.changes")}>
          <ul className="change-lines">
            {changes.map((change) => (
              <li key={change.field}>
                <ChangeLine change={change} whole />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={msg("audit.auditPage.recorded")}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <pre className="recorded" dir="ltr" tabIndex={0}>
          {JSON.stringify(values.recorded, null, 2)}
        </pre>
      </Panel>
    </Page>
  );
}

interface Change {
  readonly field: string;
  readonly label: Bilingual | null;
  readonly from: string | null;
  readonly to: string | null;
}

const shortest = 60;
const shorten = (text: string): string => (text.length > shortest ? `${text.slice(0, shortest)} …` : text);

const civilDate = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** One value before and after; dates as people read them: as they are recorded is below. */
function ChangeLine({ change, whole }: { change: Change; whole?: boolean }) {
  const { t, date, moment } = useText();
  const said = (value: string): string => {
    if (civilDate.test(value)) return date(value);
    if (instant.test(value)) return moment(value);
    return whole ? value : shorten(value);
  };
  const shown = (value: string | null) =>
    value === null ? <span className="muted">{t(msg("audit.auditList.nothing"))}</span> : <bdi>{said(value)}</bdi>;
  return (
    <span className="change-line">
      {change.label === null ? <code dir="ltr">{change.field}</code> : <span>{t(change.label)}</span>}
      <span>{shown(change.from)}</span>
      <Icon name="forward" size={14} />
      <span className="unseen">{t(msg("audit.auditList.becomes"))}</span>
      <strong>{shown(change.to)}</strong>
    </span>
  );
}

export function AuditList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const several = (boot()?.programmes.length ?? 0) > 1;
  const hidden = several ? ["who"] : ["who", "programme"];
  const shown = { ...view, columns: view.columns.filter(({ name }) => !hidden.includes(name)) };
  const changesOf = (record: RecordView) => (record.values.changes as readonly Change[]) ?? [];
  return (
    <RecordList
      view={shown}
      search={msg("audit.auditList.search")}
      empty={<EmptyState icon="shield" title={msg("audit.auditList.empty")} />}
      href={({ id }) => `${adminRoot}/resources/audit-events/records/${id}/show`}
      columns={[
        {
          key: "sentence",
          label: msg("audit.auditList.what"),
          cell: (record) => (
            <span className="audit-what">
              <span>{t(record.values.sentence as Bilingual)}</span>
              {changesOf(record)
                .slice(0, 2)
                .map((change) => (
                  <ChangeLine key={change.field} change={change} />
                ))}
            </span>
          ),
        },
        {
          key: "who",
          label: msg("audit.auditList.who"),
          cell: (record) => <AuditWho who={String(record.values.who)} part={record.values.part as Bilingual | null} />,
        },
        {
          key: "stream",
          label: msg("audit.auditList.part"),
          narrow: true,
          hideOnPhone: true,
          cell: (record) => t(choiceWords(view, "stream", record.values.stream)),
        },
        {
          key: "at",
          label: msg("audit.auditList.when"),
          narrow: true,
          cell: (record) => <Moment at={record.values.at as string} />,
        },
      ]}
    />
  );
}
