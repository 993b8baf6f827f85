/**
 * Every job: what it is called, when it runs unless the operation room says otherwise, and how its queue treats a run. A job
 * is a row here and a handler in `app/compose-handlers.ts`.
 */

import { codesOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** How long a run may take before another instance may try, and how often a failed one is tried again. */
interface QueueOptions {
  readonly expireInSeconds: number;
  readonly retryLimit: number;
  readonly retryDelay: number;
  readonly retryBackoff: boolean;
}

interface JobRow {
  /** What it does, in the words of those who look after it. */
  readonly title: Bilingual;
  /** What it is called in the record, as the one who acted. */
  readonly inAudit: Bilingual;
  /** Minute, hour, day of month, month, day of week; seconds may come before. */
  readonly defaultCron: string;
  /**
   * `now`: what is due when it runs, however late. `slot`: of the moment it was scheduled for, so that a seal that comes
   * late still seals its own day.
   */
  readonly asOf: "now" | "slot";
  /** Seconds between two looks into its queue. */
  readonly poll: number;
  /** Runs on every day, however it is set; `always`: and cannot be switched off. Left out: as rarely as one likes. */
  readonly daily?: true | "always";
  readonly queue: QueueOptions;
}

/** The next run does what a failed one left; another instance takes over after two minutes. */
const takenOver: QueueOptions = { expireInSeconds: 120, retryLimit: 0, retryDelay: 0, retryBackoff: false };
/** A letter or a seal is for one day: it is tried again until it is out. */
const triedAgain: QueueOptions = { expireInSeconds: 900, retryLimit: 5, retryDelay: 30, retryBackoff: true };

const jobs = {
  "enforce-deadlines": {
    title: msg("jobs.jobDefinitions.jobsEnforceDeadlinesTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsEnforceDeadlinesInAudit"),
    defaultCron: "* * * * *",
    asOf: "now",
    poll: 1,
    daily: true,
    queue: takenOver,
  },
  // Apart from letters: a slow gateway keeps none waiting.
  "deliver-sms": {
    title: msg("jobs.jobDefinitions.jobsDeliverSmsTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsDeliverSmsInAudit"),
    defaultCron: "*/15 * * * * *",
    asOf: "now",
    poll: 1,
    daily: true,
    queue: takenOver,
  },
  "deliver-messages": {
    title: msg("jobs.jobDefinitions.jobsDeliverMessagesTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsDeliverMessagesInAudit"),
    defaultCron: "*/15 * * * * *",
    asOf: "now",
    poll: 1,
    daily: true,
    queue: takenOver,
  },
  "gather-letters": {
    title: msg("jobs.jobDefinitions.jobsGatherLettersTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsGatherLettersInAudit"),
    defaultCron: "* * * * *",
    asOf: "now",
    poll: 5,
    daily: true,
    queue: takenOver,
  },
  "make-call-backs": {
    title: msg("jobs.jobDefinitions.jobsMakeCallBacksTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsMakeCallBacksInAudit"),
    defaultCron: "*/5 * * * *",
    asOf: "now",
    poll: 5,
    daily: true,
    queue: takenOver,
  },
  "send-digests": {
    title: msg("jobs.jobDefinitions.jobsSendDigestsTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsSendDigestsInAudit"),
    // Which digests are due, the settings say; it only looks.
    defaultCron: "*/15 * * * *",
    asOf: "now",
    poll: 10,
    daily: true,
    queue: triedAgain,
  },
  "sum-figures": {
    title: msg("jobs.jobDefinitions.jobsSumFiguresTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsSumFiguresInAudit"),
    defaultCron: "* * * * *",
    asOf: "now",
    poll: 5,
    daily: true,
    queue: takenOver,
  },
  "figure-alerts": {
    title: msg("jobs.jobDefinitions.jobsFigureAlertsTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsFigureAlertsInAudit"),
    // After the day has begun everywhere that the programme is, and before the digests of the morning.
    defaultCron: "0 6 * * *",
    asOf: "now",
    poll: 10,
    daily: true,
    queue: triedAgain,
  },
  "seal-audit": {
    title: msg("jobs.jobDefinitions.jobsSealAuditTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsSealAuditInAudit"),
    defaultCron: "10 0 * * *",
    asOf: "slot",
    poll: 10,
    daily: "always",
    queue: triedAgain,
  },
  "count-words": {
    title: msg("jobs.jobDefinitions.jobsCountWordsTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsCountWordsInAudit"),
    defaultCron: "0 3 * * *",
    asOf: "now",
    poll: 10,
    // The next night does what a failed one left; until then suggestions are those of the day before.
    queue: { expireInSeconds: 900, retryLimit: 1, retryDelay: 60, retryBackoff: false },
  },
  housekeeping: {
    title: msg("jobs.jobDefinitions.jobsHousekeepingTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsHousekeepingInAudit"),
    defaultCron: "30 3 * * *",
    asOf: "now",
    poll: 10,
    daily: true,
    queue: { expireInSeconds: 900, retryLimit: 1, retryDelay: 60, retryBackoff: false },
  },
  "resume-work": {
    title: msg("jobs.jobDefinitions.jobsResumeWorkTitle"),
    inAudit: msg("jobs.jobDefinitions.jobsResumeWorkInAudit"),
    defaultCron: "* * * * *",
    asOf: "now",
    poll: 5,
    daily: true,
    // It only looks; what it takes up is held by claims of its own.
    queue: { expireInSeconds: 60, retryLimit: 0, retryDelay: 0, retryBackoff: false },
  },
} as const satisfies Readonly<Record<string, JobRow>>;

/** Each has a queue of the same name. */
export type JobName = keyof typeof jobs;
export const jobNames = codesOf(jobs);

/** What is known of a job. */
export const jobOf: Readonly<Record<JobName, JobRow>> = jobs;

export interface JobDefinition extends JobRow {
  readonly name: JobName;
}
export const jobDefinitions: readonly JobDefinition[] = jobNames.map((name) => ({ name, ...jobOf[name] }));

/** Whether a name, as the database has it, is one of a job of this version. */
export const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name);
