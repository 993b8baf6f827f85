/** Verifying the record: started here, seen here, going on by itself. */

import React, { useEffect, useState } from "react";
import { listCoverage, notProven, proven } from "../../engine/audit/coverage.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  Badge,
  Button,
  Facts,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  SendForm,
  Spinner,
  send,
  TextArea,
  useSending,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { VerifyView } from "./audit-verify.page.js";

const words = {
  running: msg("audit.auditVerify.running"),
  by: pattern("audit.auditVerify.by"),
  faults: msg("audit.auditVerify.faults"),
  keyMissing: msg("audit.auditVerify.keyMissing"),
  sealWords: pattern("audit.auditVerify.sealWords"),
  unsealedWords: pattern("audit.auditVerify.unsealedWords"),
  compared: msg("audit.auditVerify.compared"),
  none: msg("audit.auditVerify.none"),
  mailed: msg("audit.auditVerify.mailed"),
};

function Progress({ view }: { view: VerifyView }) {
  const { t } = useText();
  const { events, chains } = view.checked;
  const share = view.expected ? Math.min(0.99, events / view.expected) : null;
  return (
    <Panel title={words.running} tone="waiting">
      <div className="stack-small" role="status">
        <progress
          className="progress"
          max={1}
          aria-label={t(words.running)}
          {...(share === null ? {} : { value: share })}
        />
        <p>
          {t(pattern("audit.auditVerify.soFar"), { events: events, chains: chains })}
          {view.by && <> · {t(words.by, { who: view.by })}</>}
        </p>
        <p className="muted">{t(msg("audit.auditVerify.leave"))}</p>
      </div>
    </Panel>
  );
}

function Result({ last }: { last: NonNullable<VerifyView["last"]> }) {
  const { t, number } = useText();
  const { checked, covered, lastSeal, unsealed } = last;
  const verdict = last.ok ? msg("audit.auditVerify.ok") : last.keyMissing ? words.keyMissing : words.faults;
  const held = covered && listCoverage(covered, "checked", number);
  const uncovered = covered && listCoverage(covered, "uncovered", number);
  return (
    <Panel
      title={msg("audit.auditVerify.result")}
      tone={last.ok ? "done" : "late"}
      actions={<Badge tone={last.ok ? "done" : "late"}>{t(verdict)}</Badge>}
    >
      <div className="stack-small">
        {last.faults.length > 0 && (
          <ul className="bullets">
            {last.faults.map((fault) => (
              <li key={fault.en}>{t(fault)}</li>
            ))}
          </ul>
        )}
        {last.warning && <NoticeBox tone="warning">{t(last.warning)}</NoticeBox>}
        <Facts
          rows={[
            {
              label: msg("audit.auditVerify.when"),
              value: (
                <>
                  <Moment at={last.finishedAt} /> · {t(words.by, { who: last.by })}
                </>
              ),
            },
            {
              label: msg("audit.auditVerify.checked"),
              value: t(pattern("audit.auditVerify.checkedWords"), {
                events: checked.events,
                chains: checked.chains,
                seals: checked.seals,
              }),
            },
            ...(held ? [{ label: msg("audit.auditVerify.held"), value: t(held) }] : []),
            ...(uncovered ? [{ label: msg("audit.auditVerify.uncovered"), value: t(uncovered) }] : []),
            {
              label: msg("audit.auditVerify.lastSeal"),
              value: lastSeal && (
                <>
                  {t(words.sealWords, { n: lastSeal.number })} · <Moment at={lastSeal.sealedAt} />
                </>
              ),
            },
            { label: msg("audit.auditVerify.unsealed"), value: t(words.unsealedWords, { n: unsealed.events }) },
            { label: words.compared, value: last.compared === 0 ? t(words.none) : number(last.compared) },
          ]}
        />
      </div>
    </Panel>
  );
}

function Scope() {
  const { t } = useText();
  const list = (lines: readonly Bilingual[]) => (
    <ul className="bullets">
      {lines.map((line) => (
        <li key={line.en}>{t(line)}</li>
      ))}
    </ul>
  );
  return (
    <>
      <Panel title={msg("audit.auditVerify.proven")}>{list(proven)}</Panel>
      <Panel title={msg("audit.auditVerify.notProven")}>{list(notProven)}</Panel>
    </>
  );
}

export function AuditVerify() {
  const { t } = useText();
  const [runs, setRuns] = useState(false);
  const { view, problem, reload } = useView<VerifyView>("pages/audit-verify", runs ? { refreshSeconds: 2 } : {});
  const [seals, setSeals] = useState("");
  const sending = useSending();
  const running = view?.state === "running";
  useEffect(() => {
    setRuns(running);
  }, [running]);
  const start = async () => {
    await send("pages/audit-verify", { do: "start", seals });
    setRuns(true);
    reload();
  };
  return (
    <Page title={msg("audit.auditVerify.verifyTheRecord")} lead={t(msg("audit.auditVerify.lead"))}>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && (
        <>
          {running && <Progress view={view} />}
          {view.state === "failed" && <NoticeBox tone="warning">{t(msg("audit.auditVerify.failed"))}</NoticeBox>}
          {view.last && <Result last={view.last} />}
          {!view.last && !running && <NoticeBox>{t(msg("audit.auditVerify.never"))}</NoticeBox>}
          {!running && (
            <SendForm className="form" sending={sending} onSend={start} fields={new Map([["seals", words.mailed]])}>
              <TextArea
                name="seals"
                label={words.mailed}
                help={msg("audit.auditVerify.mailedHelp")}
                fault={sending.faultAt("/seals")}
                required={false}
                dir="ltr"
                rows={4}
                value={seals}
                onChange={setSeals}
              />
              <div className="form-actions">
                <Button kind="primary" icon="shield" type="submit" busy={sending.busy}>
                  {t(msg("audit.auditVerify.start"))}
                </Button>
              </div>
            </SendForm>
          )}
          <Scope />
        </>
      )}
    </Page>
  );
}
