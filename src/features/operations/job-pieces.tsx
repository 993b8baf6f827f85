/** What a job's schedule and its last run say, alike in the list, on its page and in its form. */

import React, { useState } from "react";
import type { JobView } from "../../engine/jobs/job-view.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
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
  never: msg("operations.jobPieces.never"),
  running: msg("operations.jobPieces.running"),
  lost: msg("operations.jobPieces.lost"),
  done: msg("operations.jobPieces.done"),
  failed: msg("operations.jobPieces.failed"),
  off: msg("operations.jobPieces.off"),
  next: msg("operations.jobPieces.next"),
  last: msg("operations.jobPieces.last"),
  took: msg("operations.jobPieces.took"),
  ms: pattern("operations.jobPieces.ms"),
  seconds: pattern("operations.jobPieces.seconds"),
  result: msg("operations.jobPieces.result"),
  nothing: msg("operations.jobPieces.nothing"),
  zone: msg("operations.jobPieces.zone"),
  expression: msg("operations.jobPieces.expression"),
  run: msg("operations.jobPieces.run"),
  ask: pattern("operations.jobPieces.ask"),
  askHint: msg("operations.jobPieces.askHint"),
  queued: msg("operations.jobPieces.queued"),
  already: msg("operations.jobPieces.already"),
  unusual: msg("operations.jobPieces.unusual"),
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
  cases: msg("operations.jobPieces.countsCases"),
  breaches: msg("operations.jobPieces.countsBreaches"),
  warnings: msg("operations.jobPieces.countsWarnings"),
  escalations: msg("operations.jobPieces.countsEscalations"),
  invitations: msg("operations.jobPieces.countsInvitations"),
  timers: msg("operations.jobPieces.countsTimers"),
  faults: msg("operations.jobPieces.countsFaults"),
  sent: msg("operations.jobPieces.countsSent"),
  kept: msg("operations.jobPieces.countsKept"),
  waiting: msg("operations.jobPieces.countsWaiting"),
  retried: msg("operations.jobPieces.countsRetried"),
  failed: msg("operations.jobPieces.countsFailed"),
  queued: msg("operations.jobPieces.countsQueued"),
  warned: msg("operations.jobPieces.countsWarned"),
  number: msg("operations.jobPieces.countsNumber"),
  chains: msg("operations.jobPieces.countsChains"),
  events: msg("operations.jobPieces.countsEvents"),
  keys: msg("operations.jobPieces.countsKeys"),
  removed: msg("operations.jobPieces.countsRemoved"),
  terms: msg("operations.jobPieces.countsTerms"),
  handedOver: msg("operations.jobPieces.countsHandedOver"),
  words: msg("operations.jobPieces.countsWords"),
};

/** Counts that are not zero, in words; a result of another shape as it is. */
export function JobResult({ result }: { result: unknown }) {
  const { t, number } = useText();
  if (result === null || result === undefined) return null;
  if (typeof result !== "object") return <Bidi ltr>{String(result)}</Bidi>;
  const told = Object.entries(result).filter(([, value]) => typeof value === "number" && value !== 0);
  if (told.length === 0) return <span className="muted">{t(words.nothing)}</span>;
  const separator = t(msg("operations.jobPieces.text"));
  return <>{told.map(([name, n]) => `${number(n as number)} ${t(counts[name] ?? name)}`).join(separator)}</>;
}

export function Took({ ms }: { ms: number | null }) {
  const { t } = useText();
  if (ms === null) return null;
  return <>{ms < 1000 ? t(words.ms, { n: ms }) : t(words.seconds, { n: Math.round(ms / 100) / 10 })}</>;
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
  const title = filled(words.ask, { name: job.title });
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
