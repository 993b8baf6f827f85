/**
 * What doors (HTTP, command line, jobs, tests) are given and nothing else. The platform's own services stand here; each
 * feature adds its own in `<feature>.services.ts` by `declare module`, and `app/compose.ts` does not compile until it
 * supplies them.
 */
import type { Logger } from "pino";
import type { Bilingual } from "../engine/text/text.js";
import type { ClocksApart } from "./clocks-apart.js";
import type { StoredJob } from "./jobs/job-store.js";
import type { JobDesk } from "./jobs/manage-jobs.js";

export interface Services {
  readonly log: Logger;
  /** The time it is: the machine's, or DIWAN_NOW's. Only doors ask; all else takes `now` as an argument. */
  now(): Date;
  readonly health: {
    /** Null when ready, otherwise why not: database, migrations, queue, clock. */
    notReady(): Promise<string | Bilingual | null>;
    /** What the clocks of this machine and of the database say when they are too far apart; null while they agree. */
    clocksApart(): ClocksApart | null;
    /** What an operator has to see to, though the instance serves; none most of the time. */
    warnings(): readonly Bilingual[];
  };
  readonly jobs: {
    /** Runs it at once. Problem not-found for an unknown name, with the names there are. */
    run(name: string, now: Date): Promise<unknown>;
    list(): Promise<readonly StoredJob[]>;
  };
  readonly operation: OperationServices;
  readonly work: WorkServices;
}

/** What the operation room does beside the cases. */
export interface OperationServices {
  readonly jobs: JobDesk;
}

/** Long work that people start and leave. */
// biome-ignore lint/suspicious/noEmptyInterface: features fill it
export interface WorkServices {}
