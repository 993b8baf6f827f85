/** What a job's schedule and its last run say, alike in the list, on its page and in its form. */
import React, { useState } from "react";
import type { JobView } from "../../engine/jobs/job-view.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { RecordView } from "../../platform/admin/resource-view.js";
import {
  adminRoot,
  Badge,
  Bidi,
  Button,
  Confirm,
  Facts,
  Moment,
  send,
  type Tone,
  toast,
  useText,
  type Words,
} from "../../platform/ui/kit.js";

export type JobRecord = Omit<JobView, "nextRun" | "lastRun"> & {
  readonly nextRun: string | null;
  readonly lastRun: string | null;
};
export const jobOf = ({ id, values }: RecordView): JobRecord => ({
  ...(values as unknown as JobRecord),
  name: id as JobRecord["name"],
});
export const jobAddress = (name: string, action = "show"): string =>
  `${adminRoot}/resources/jobs/records/${name}/${action}`;

const words = {
  never: { en: "Not run yet", ar: "لم تعمل بعد" },
  running: { en: "Running", ar: "قيد التنفيذ" },
  lost: { en: "Did not finish", ar: "لم تكتمل" },
  done: { en: "Done", ar: "اكتملت" },
  failed: { en: "Failed", ar: "أخفقت" },
  off: { en: "Switched off", ar: "متوقفة" },
  next: { en: "Next run", ar: "التشغيل التالي" },
  last: { en: "Last run", ar: "آخر تشغيل" },
  took: { en: "Took", ar: "استغرقت" },
  ms: { en: "{n} ms", ar: "{n} مللي ثانية" },
  seconds: { en: "{n} s", ar: "{n} ثانية" },
  result: { en: "Result", ar: "النتيجة" },
  nothing: { en: "Nothing to do", ar: "لا شيء للتنفيذ" },
  zone: { en: "Time zone", ar: "المنطقة الزمنية" },
  expression: { en: "Cron expression", ar: "تعبير الجدولة" },
  run: { en: "Run now", ar: "تشغيل الآن" },
  ask: { en: "Run “{name}” now?", ar: "تشغيل «{name}» الآن؟" },
  askHint: {
    en: "It runs once, beside its schedule, and is recorded in your name.",
    ar: "ستعمل مرة واحدة إلى جانب جدولها، ويُسجَّل ذلك باسمك.",
  },
  queued: { en: "It is about to run.", ar: "ستعمل بعد لحظات." },
  already: { en: "It waits or runs already.", ar: "المهمة في الانتظار أو قيد التنفيذ بالفعل." },
  unusual: { en: "By its expression", ar: "حسب التعبير" },
};

const tones: Readonly<Record<JobRecord["state"], Tone>> = {
  never: "neutral",
  running: "waiting",
  lost: "late",
  done: "done",
  failed: "late",
};

export function JobState({ job }: { job: JobRecord }) {
  const { t } = useText();
  return <Badge tone={tones[job.state]}>{t(words[job.state])}</Badge>;
}

/** What the counts of a result are called. */
const counts: Readonly<Record<string, Bilingual>> = {
  cases: { en: "cases", ar: "معاملات" },
  breaches: { en: "breaches", ar: "تجاوزات" },
  warnings: { en: "warnings", ar: "إشعارات" },
  escalations: { en: "escalations", ar: "حالات تصعيد" },
  timers: { en: "timers", ar: "مؤقتات" },
  faults: { en: "faults", ar: "أخطاء" },
  sent: { en: "sent", ar: "أُرسلت" },
  kept: { en: "kept", ar: "حُفظت" },
  waiting: { en: "left to an instance with a mail server", ar: "تُركت لنسخة لديها خادم بريد" },
  retried: { en: "to be tried again", ar: "ستُعاد محاولتها" },
  failed: { en: "failed", ar: "أخفقت" },
  queued: { en: "letters written", ar: "رسائل كُتبت" },
  warned: { en: "warned", ar: "نُبّهوا" },
  number: { en: "seal number", ar: "رقم الختم" },
  chains: { en: "chains", ar: "سلاسل" },
  events: { en: "events", ar: "أحداث" },
  keys: { en: "old retry keys", ar: "مفاتيح تكرار قديمة" },
  removed: { en: "removed", ar: "حُذفت" },
  terms: { en: "ended terms", ar: "مدد منتهية" },
  handedOver: { en: "handed over", ar: "سُلّمت" },
};

/** Counts that are not zero, in words; a result of another shape as it is. */
export function JobResult({ result }: { result: unknown }) {
  const { t, number } = useText();
  if (result === null || result === undefined) return null;
  if (typeof result !== "object") return <Bidi ltr>{String(result)}</Bidi>;
  const told = Object.entries(result).filter(([, value]) => typeof value === "number" && value !== 0);
  if (told.length === 0) return <span className="muted">{t(words.nothing)}</span>;
  const separator = t({ en: ", ", ar: "، " });
  return <>{told.map(([name, n]) => `${number(n as number)} ${t(counts[name] ?? name)}`).join(separator)}</>;
}

export function Took({ ms }: { ms: number | null }) {
  const { t, number } = useText();
  if (ms === null) return null;
  return <>{ms < 1000 ? t(words.ms, { n: number(ms) }) : t(words.seconds, { n: number(Math.round(ms / 100) / 10) })}</>;
}

/** When it runs, in words. */
export function Schedule({ job }: { job: JobRecord }) {
  const { t } = useText();
  return (
    <span className="schedule">
      {job.enabled ? (
        <span>{job.words ? t(job.words) : t(words.unusual)}</span>
      ) : (
        <Badge icon="pause">{t(words.off)}</Badge>
      )}
      <code dir="ltr">{job.cron}</code>
    </span>
  );
}

export function JobFacts({ job }: { job: JobRecord }) {
  return (
    <Facts
      rows={[
        { label: words.next, value: job.nextRun && <Moment at={job.nextRun} /> },
        {
          label: words.last,
          value: job.lastRun && (
            <>
              <Moment at={job.lastRun} /> <JobState job={job} />
            </>
          ),
        },
        { label: words.took, value: job.durationMs === null ? null : <Took ms={job.durationMs} /> },
        { label: words.result, value: job.state === "done" ? <JobResult result={job.result} /> : null },
        { label: words.zone, value: <Bidi ltr>{job.timeZone}</Bidi> },
      ]}
    />
  );
}

/** A button that runs the job once, after a question. */
export function RunNow({ job, onDone, primary }: { job: JobRecord; onDone: () => void; primary?: boolean }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const title: Words = {
    en: words.ask.en.replace("{name}", job.title.en),
    ar: words.ask.ar.replace("{name}", job.title.ar),
  };
  const run = async () => {
    const { view } = await send<{ view: { queued: boolean } }>(`resources/jobs/records/${job.name}/run`);
    toast(view.queued ? words.queued : words.already, view.queued ? "success" : "info");
    setAsking(false);
    onDone();
  };
  return (
    <>
      <Button kind={primary ? "primary" : "plain"} icon="play" small={!primary} onClick={() => setAsking(true)}>
        {t(words.run)}
      </Button>
      {asking && (
        <Confirm title={title} action={words.run} onClose={() => setAsking(false)} onConfirm={run}>
          <p>{t(words.askHint)}</p>
        </Confirm>
      )}
    </>
  );
}
