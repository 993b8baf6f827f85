/** Verifying the record: started here, seen here, going on by itself. */
import React, { useEffect, useState } from "react";
import { listCoverage, notProven, proven } from "../../engine/audit/coverage.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  Badge,
  Button,
  Facts,
  faultAt,
  Moment,
  NoticeBox,
  Page,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  Spinner,
  send,
  TextArea,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import type { VerifyView } from "./audit-verify.page.js";

const words = {
  title: { en: "Verify the record", ar: "التحقق من السجل" },
  lead: {
    en: "Events are checked against chains and seals, and what stands beside them against the events: what was altered is named. The daily work goes on meanwhile.",
    ar: "تُفحص الأحداث مقابل السلاسل والأختام، ويُفحص ما يقترن بها مقابل الأحداث، ويُسمّى ما عُدّل. ولا يتوقف العمل اليومي أثناء ذلك.",
  },
  start: { en: "Start verifying", ar: "بدء التحقق" },
  running: { en: "Verifying", ar: "التحقق جارٍ" },
  by: { en: "started by {who}", ar: "بدأه {who}" },
  soFar: { en: "{events} events in {chains} chains so far", ar: "حتى الآن {events} حدث في {chains} سلسلة" },
  leave: { en: "You can leave this page; the result will be here.", ar: "يمكنك مغادرة الصفحة؛ ستجد النتيجة هنا." },
  failed: {
    en: "The last verification did not come to its end. Start it again.",
    ar: "لم يكتمل آخر تحقق. ابدأه من جديد.",
  },
  result: { en: "Last result", ar: "آخر نتيجة" },
  never: { en: "The record has not been verified yet.", ar: "لم يُتحقق من السجل بعد." },
  ok: { en: "No alteration was found", ar: "لم يُعثر على أي تعديل" },
  faults: { en: "Alterations were found", ar: "عُثر على تعديلات" },
  keyMissing: { en: "Not proven: a key is missing", ar: "لم يكتمل الإثبات: ينقص مفتاح" },
  held: { en: "Held against the events", ar: "ما قورن بالأحداث" },
  uncovered: { en: "Not covered: recorded less at that time", ar: "غير مشمول: كان المسجّل آنذاك أقل" },
  proven: { en: "What this checks", ar: "ما يشمله التحقق" },
  notProven: { en: "What it does not prove", ar: "ما لا يثبته التحقق" },
  when: { en: "Verified", ar: "وقت التحقق" },
  checked: { en: "Checked", ar: "ما فُحص" },
  checkedWords: {
    en: "{events} events, {chains} chains, {seals} seals",
    ar: "{events} حدث، {chains} سلسلة، {seals} ختم",
  },
  lastSeal: { en: "Last seal", ar: "آخر ختم" },
  sealWords: { en: "Seal {n}", ar: "الختم رقم {n}" },
  unsealed: { en: "Not sealed yet", ar: "لم يُختم بعد" },
  unsealedWords: { en: "{n} events since then", ar: "{n} حدث منذ ذلك" },
  compared: { en: "Compared with mailed seals", ar: "قورن بأختام مرسلة بالبريد" },
  none: { en: "with none", ar: "لم يُقارن" },
  mailed: { en: "Seals as you received them", ar: "الأختام كما وصلتك" },
  mailedHelp: {
    en: "One a line: the number and the 64 digits of the letter. They prove that the seals here are the ones you were sent. May be left empty.",
    ar: "ختم في كل سطر: الرقم ثم الرموز الأربعة والستون من الرسالة. تثبت أن الأختام هنا هي التي أُرسلت إليك. يجوز تركها فارغة.",
  },
};

function Progress({ view }: { view: VerifyView }) {
  const { t, number } = useText();
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
          {t(words.soFar, { events: number(events), chains: number(chains) })}
          {view.by && <> · {t(words.by, { who: view.by })}</>}
        </p>
        <p className="muted">{t(words.leave)}</p>
      </div>
    </Panel>
  );
}

function Result({ last }: { last: NonNullable<VerifyView["last"]> }) {
  const { t, number } = useText();
  const { checked, covered, lastSeal, unsealed } = last;
  const verdict = last.ok ? words.ok : last.keyMissing ? words.keyMissing : words.faults;
  const held = covered && listCoverage(covered, "checked", number);
  const uncovered = covered && listCoverage(covered, "uncovered", number);
  return (
    <Panel
      title={words.result}
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
              label: words.when,
              value: (
                <>
                  <Moment at={last.finishedAt} /> · {t(words.by, { who: last.by })}
                </>
              ),
            },
            {
              label: words.checked,
              value: t(words.checkedWords, {
                events: number(checked.events),
                chains: number(checked.chains),
                seals: number(checked.seals),
              }),
            },
            ...(held ? [{ label: words.held, value: t(held) }] : []),
            ...(uncovered ? [{ label: words.uncovered, value: t(uncovered) }] : []),
            {
              label: words.lastSeal,
              value: lastSeal && (
                <>
                  {t(words.sealWords, { n: number(lastSeal.number) })} · <Moment at={lastSeal.sealedAt} />
                </>
              ),
            },
            { label: words.unsealed, value: t(words.unsealedWords, { n: number(unsealed.events) }) },
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
      <Panel title={words.proven}>{list(proven)}</Panel>
      <Panel title={words.notProven}>{list(notProven)}</Panel>
    </>
  );
}

export function AuditVerify() {
  const { t } = useText();
  const [runs, setRuns] = useState(false);
  const { view, problem, reload } = useView<VerifyView>("pages/audit-verify", runs ? { refreshSeconds: 2 } : {});
  const [seals, setSeals] = useState("");
  const [refused, setRefused] = useState<ProblemBody | null>(null);
  const [busy, setBusy] = useState(false);
  const running = view?.state === "running";
  useEffect(() => {
    setRuns(running);
  }, [running]);
  const start = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await send("pages/audit-verify", { do: "start", seals });
      setRuns(true);
      reload();
    } catch (error) {
      setRefused(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const fault = faultAt(refused, "/seals");
  return (
    <Page title={words.title} lead={t(words.lead)}>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && (
        <>
          {running && <Progress view={view} />}
          {view.state === "failed" && <NoticeBox tone="warning">{t(words.failed)}</NoticeBox>}
          {view.last && <Result last={view.last} />}
          {!view.last && !running && <NoticeBox>{t(words.never)}</NoticeBox>}
          {!running && (
            <form
              className="form"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                if (!busy) void start();
              }}
            >
              {refused && !fault && <ProblemBox problem={refused} />}
              <TextArea
                name="seals"
                label={words.mailed}
                help={words.mailedHelp}
                fault={fault ?? null}
                required={false}
                dir="ltr"
                rows={4}
                value={seals}
                onChange={setSeals}
              />
              <div className="form-actions">
                <Button kind="primary" icon="shield" type="submit" busy={busy}>
                  {t(words.start)}
                </Button>
              </div>
            </form>
          )}
          <Scope />
        </>
      )}
    </Page>
  );
}
