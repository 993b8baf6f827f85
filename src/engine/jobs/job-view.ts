/** A job as the operation room sees it: its schedule in words, when it runs next, and how it went. */

import type { FieldFault } from "../text/problems.js";
import type { Bilingual } from "../text/text.js";
import type { JobName } from "./job-definitions.js";

/** What can be edited. */
export interface JobSchedule {
  readonly cron: string;
  readonly timeZone: string;
  readonly enabled: boolean;
}

export interface JobView extends JobSchedule {
  readonly name: JobName;
  readonly title: Bilingual;
  /** The expression in words; null when it is too unusual. */
  readonly words: Bilingual | null;
  /** Null while it is switched off. A moment that has passed is rung at the next bell. */
  readonly nextRun: Date | null;
  /** When it last began; null before the first time. */
  readonly lastRun: Date | null;
  readonly state: "never" | "running" | "lost" | "done" | "failed";
  readonly durationMs: number | null;
  readonly result: unknown;
  readonly error: string | null;
}

export interface SchedulePreview {
  readonly words: Bilingual | null;
  readonly next: readonly Date[];
  readonly faults: readonly FieldFault[];
}
