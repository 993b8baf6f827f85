/** Sweeps of deadlines that hold: what they would do, why perhaps, and letting them go on with a reason. */
import React, { useState } from "react";
import type { HeldSweepView } from "../../engine/lifecycle/held-sweep.js";
import { Bidi, Button, Facts, FormDialog, Moment, Panel, send, TextArea, useText } from "../../platform/ui/kit.js";

const words = {
  title: { en: "The sweep of deadlines holds: {programme}", ar: "تطبيق المواعيد متوقف: {programme}" },
  over: { en: "The sweep of deadlines goes on: {programme}", ar: "استئناف تطبيق المواعيد: {programme}" },
  lead: {
    en: "Far more deadlines than usual passed more than half an hour ago and were not enforced. Nothing of this programme is enforced until somebody of its operation room lets the sweep go on, or the number falls by itself. Other programmes go on, and so does the work on single cases.",
    ar: "مضى أكثر من نصف ساعة على مواعيد أكثر بكثير من المعتاد دون أن تُطبّق. لا يُطبّق أي موعد في هذا البرنامج حتى يسمح به أحد أعضاء غرفة عملياته أو يقل العدد من نفسه. ويستمر العمل في البرامج الأخرى وعلى المعاملات منفردة.",
  },
  since: { en: "Holds since", ar: "متوقف منذ" },
  cases: { en: "Open cases", ar: "المعاملات المفتوحة" },
  casesWords: {
    en: "{cases} of {open} are late to be enforced; it asks beyond {most}",
    ar: "تأخر تطبيق مواعيد {cases} من {open}؛ يُستأذن إذا زاد العدد على {most}",
  },
  secretWords: {
    en: "What is late are confidential cases: they are in no number, and too many of them",
    ar: "المتأخر معاملات سرّية: لا تدخل في أي عدد، وهي أكثر من الحد",
  },
  would: { en: "What it would do", ar: "ما سيحدث" },
  wouldWords: {
    en: "about {letters} letters, about {escalated} cases escalated",
    ar: "نحو {letters} رسالة وتصعيد نحو {escalated} معاملة",
  },
  oldest: { en: "Oldest deadline", ar: "أقدم موعد" },
  took: { en: "The sweep took for now", ar: "الوقت الذي اعتمده النظام" },
  database: { en: "The database's clock then", ar: "ساعة قاعدة البيانات حينها" },
  causes: { en: "What to look at first", ar: "ما ينبغي التحقق منه أولًا" },
  clock: {
    en: "A wrong clock: compare the two moments above with your own watch.",
    ar: "ساعة خاطئة: قارن الوقتين أعلاه بساعتك.",
  },
  jobs: {
    en: "Jobs that stood still: the deadlines are truly late, and the letters are due.",
    ar: "مهام توقفت: المواعيد متأخرة فعلًا والرسائل مستحقة.",
  },
  policy: {
    en: "A change of policy, or deadlines that were moved: re-time the cases first.",
    ar: "تعديل على السياسات أو نقل للمواعيد: أعد حساب مواعيد المعاملات أولًا.",
  },
  imported: { en: "Cases that came in by an import.", ar: "معاملات وردت عن طريق الاستيراد." },
  released: { en: "Released", ar: "سُمح به" },
  goesOn: {
    en: "It goes on with the next sweep, within a minute.",
    ar: "يُستأنف مع التشغيل التالي خلال دقيقة.",
  },
  release: { en: "Let it go on", ar: "السماح بالاستئناف" },
  sure: { en: "Let the sweep go on: {programme}", ar: "السماح باستئناف تطبيق المواعيد: {programme}" },
  effect: {
    en: "The deadlines of {cases} cases that this page shows as late are enforced: about {letters} letters go out. That cannot be taken back. What falls due later is counted anew.",
    ar: "تُطبّق مواعيد {cases} معاملة تعرضها هذه الصفحة متأخرة، وتُرسل نحو {letters} رسالة. لا يمكن التراجع عن ذلك. وما يستحق لاحقًا يُحسب من جديد.",
  },
  reason: { en: "Why it may go on", ar: "سبب السماح" },
  reasonHelp: {
    en: "It stays in the record of changes, with your name.",
    ar: "يبقى في سجل التغييرات مع اسمك.",
  },
};

function ReleaseDialog({ held, onClose, onDone }: { held: HeldSweepView; onClose(): void; onDone(): void }) {
  const { t, number } = useText();
  const [reason, setReason] = useState("");
  const { id, asOf, cases, letters, programme } = held;
  return (
    <FormDialog
      title={{
        en: words.sure.en.replace("{programme}", programme.name.en),
        ar: words.sure.ar.replace("{programme}", programme.name.ar),
      }}
      action={words.release}
      kind="danger"
      fields={["reason"]}
      onClose={onClose}
      onSend={async () => {
        await send("pages/health", { do: "release", id, asOf, reason });
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <p>{t(words.effect, { cases: number(cases), letters: number(letters) })}</p>
          <TextArea
            name="reason"
            label={words.reason}
            help={words.reasonHelp}
            fault={faultOf("reason") ?? null}
            rows={3}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}

function HeldSweep({ held, onDone }: { held: HeldSweepView; onDone(): void }) {
  const { t, number } = useText();
  const [asked, setAsked] = useState(false);
  const { programme, released } = held;
  const title = released === null ? words.title : words.over;
  return (
    <Panel
      title={{
        en: title.en.replace("{programme}", programme.name.en),
        ar: title.ar.replace("{programme}", programme.name.ar),
      }}
      tone={released === null ? "late" : "waiting"}
      actions={
        held.mayRelease && (
          <Button kind="danger" onClick={() => setAsked(true)}>
            {t(words.release)}
          </Button>
        )
      }
    >
      <div className="stack-small">
        <p>{t(released === null ? words.lead : words.goesOn)}</p>
        <Facts
          rows={[
            { label: words.since, value: <Moment at={held.since} whole /> },
            {
              label: words.cases,
              value:
                held.cases === 0
                  ? t(words.secretWords)
                  : t(words.casesWords, {
                      cases: number(held.cases),
                      open: number(held.openCases),
                      most: number(held.most),
                    }),
            },
            {
              label: words.would,
              value: t(words.wouldWords, { letters: number(held.letters), escalated: number(held.escalated) }),
            },
            { label: words.oldest, value: <Moment at={held.oldestDueAt} whole /> },
            { label: words.took, value: <Moment at={held.asOf} whole /> },
            { label: words.database, value: <Moment at={held.databaseAt} whole /> },
            ...(released === null
              ? []
              : [
                  {
                    label: words.released,
                    value: (
                      <>
                        <Moment at={released.at} whole /> · <Bidi>{released.by}</Bidi> · <Bidi>{released.reason}</Bidi>
                      </>
                    ),
                  },
                ]),
          ]}
        />
        {released === null && (
          <>
            <h3>{t(words.causes)}</h3>
            <ul className="bullets">
              <li>{t(words.clock)}</li>
              <li>{t(words.jobs)}</li>
              <li>{t(words.policy)}</li>
              <li>{t(words.imported)}</li>
            </ul>
          </>
        )}
      </div>
      {asked && (
        <ReleaseDialog
          held={held}
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            onDone();
          }}
        />
      )}
    </Panel>
  );
}

export function HeldSweeps({ held, onDone }: { held: readonly HeldSweepView[]; onDone(): void }) {
  return (
    <>
      {held.map((one) => (
        <HeldSweep key={one.id} held={one} onDone={onDone} />
      ))}
    </>
  );
}
