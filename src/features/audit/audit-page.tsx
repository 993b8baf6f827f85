/** One change in full, as it stands in the chain. */

import React from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordAnswer } from "../../platform/admin/resource-view.js";
import { AuditWho } from "../../platform/ui/audit-who.js";
import {
  adminRoot,
  Facts,
  Moment,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { choiceWords } from "../notifications/message-list.js";
import { type Change, ChangeLine } from "./audit-list.js";

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
