/**
 * A task of node-cron every five seconds, which goes on when the machine's clock is moved. Node-cron waits for a time
 * of day: with a clock set back by an hour it would wait for an hour, and with one set forward by three years it
 * would reckon up each moment between, for minutes in which nothing else happens. So just before each moment the wall
 * clock is compared with the monotonic one, and after a jump the task is started again from the time it is now.
 */
import { schedule, type TaskOptions } from "node-cron";
import type { Logger } from "pino";

const everyMs = 5000;

/** Long enough before the moment for this timer to come before node-cron's. */
const beforeMs = 2;

export interface Ticking {
  /** Stops, and waits for the run that has begun. */
  stop(): Promise<void>;
}

/** How far the wall clock is ahead of the monotonic one: the same while no one moves it. */
const offsetMs = (): number => Date.now() - performance.now();

/** @param run must not fail; while it runs it is not started again */
export function startTicking({ name, run, log }: { name: string; run: () => Promise<void>; log: Logger }): Ticking {
  let running = Promise.resolve();
  const logger: TaskOptions["logger"] = {
    info: (message) => log.info({ task: name }, message),
    // A run that takes longer than five seconds is no news; `platform/readiness.ts` says so of one that takes a minute.
    warn: (message) => log.debug({ task: name }, message),
    error: (message, error) => log.error({ task: name, error: String(error ?? message) }, "task failed"),
    debug: (message) => log.debug({ task: name }, String(message)),
  };
  const task = schedule(
    "*/5 * * * * *",
    () => {
      running = run();
      return running;
    },
    // The next one finds what a missed one would have found. One that is late runs all the same.
    { name, logger, timezone: "UTC", noOverlap: true, suppressMissedWarning: true, missedExecutionTolerance: everyMs },
  );
  let offset = offsetMs();
  let looking: NodeJS.Timeout;
  function look(): void {
    const found = offsetMs();
    if (Math.abs(found - offset) > everyMs) {
      log.warn({ task: name, ms: Math.round(found - offset) }, "the clock of this machine was moved");
      task.stop();
      task.start();
    }
    offset = found;
    wait();
  }
  function wait(): void {
    const next = everyMs - beforeMs - (Date.now() % everyMs);
    looking = setTimeout(look, next > 0 ? next : next + everyMs);
  }
  wait();
  return {
    async stop() {
      clearTimeout(looking);
      task.destroy();
      await running;
    },
  };
}
