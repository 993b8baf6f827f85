/** Every job: what it is called, when it rings unless the operation room says otherwise, and which moment it runs for. */

import { type JobName, jobTitles } from "../../engine/jobs/job-names.js";
import type { Bilingual } from "../../engine/text/text.js";

export interface JobDefinition {
  readonly name: JobName;
  readonly title: Bilingual;
  /** Minute, hour, day of month, month, day of week; seconds may stand before. */
  readonly defaultCron: string;
  /**
   * `now`: what is due when it runs, however late. `slot`: of the moment it was rung for, so that a digest that comes
   * late still tells of its own week.
   */
  readonly asOf: "now" | "slot";
  /** Seconds between two looks into its queue. */
  readonly poll: number;
  /** Rings on every day, however it is set; `always`: and cannot be switched off. Left out: as rarely as one likes. */
  readonly daily?: true | "always";
}

export const jobDefinitions: readonly JobDefinition[] = [
  {
    name: "enforce-deadlines",
    title: jobTitles["enforce-deadlines"],
    defaultCron: "* * * * *",
    asOf: "now",
    poll: 1,
    daily: true,
  },
  {
    name: "deliver-messages",
    title: jobTitles["deliver-messages"],
    defaultCron: "*/15 * * * * *",
    asOf: "now",
    poll: 1,
    daily: true,
  },
  {
    name: "digest-committee",
    title: jobTitles["digest-committee"],
    defaultCron: "0 8 * * 0",
    asOf: "slot",
    poll: 10,
  },
  {
    name: "digest-focal-points",
    title: jobTitles["digest-focal-points"],
    defaultCron: "0 8 * * *",
    asOf: "slot",
    poll: 10,
  },
  {
    name: "seal-audit",
    title: jobTitles["seal-audit"],
    defaultCron: "10 0 * * *",
    asOf: "slot",
    poll: 10,
    daily: "always",
  },
  {
    name: "housekeeping",
    title: jobTitles.housekeeping,
    defaultCron: "30 3 * * *",
    asOf: "now",
    poll: 10,
    daily: true,
  },
  {
    name: "prepare-replays",
    title: jobTitles["prepare-replays"],
    defaultCron: "0 2 * * *",
    asOf: "now",
    poll: 10,
  },
  {
    name: "resume-work",
    title: jobTitles["resume-work"],
    defaultCron: "* * * * *",
    asOf: "now",
    poll: 5,
    daily: true,
  },
];
