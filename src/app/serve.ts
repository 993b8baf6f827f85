/** One instance: the web server, the queue's worker and the bell, over premises that are open and prepared. */

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { jobDefinitions } from "../engine/jobs/job-definitions.js";
import { msg } from "../engine/text/msg.js";
import { Problem } from "../engine/text/problems.js";
import { createApi } from "../features/intake/create-api.js";
import { createSmsDoor } from "../features/notifications/create-sms-door.js";
import { notedEachMs } from "../features/operations/key-status.js";
import { createPortal } from "../features/portal/create-portal.js";
import { openAssets } from "../platform/admin/serve-assets.js";
import { createClockWatch } from "../platform/clock-watch.js";
import type { Config } from "../platform/config.js";
import {
  connect,
  databaseFault,
  databaseFaults,
  isToldByWatch,
  isUnavailable,
  problemOfFault,
} from "../platform/db/connect.js";
import type { Standing } from "../platform/db/folder-place.js";
import { openQueue } from "../platform/db/queue.js";
import type { DatabaseWatch, WatchNews } from "../platform/db/watch-database.js";
import { errorSummary } from "../platform/error-summary.js";
import { createHttp } from "../platform/http/create-http.js";
import { longestArrivalMs } from "../platform/http/slow-bodies.js";
import { addMissingJobs } from "../platform/jobs/job-store.js";
import { type Scheduler, startScheduler } from "../platform/jobs/scheduler.js";
import { whyNotReady } from "../platform/readiness.js";
import { newId, unguessable } from "../platform/unguessable.js";
import { type Composed, compose } from "./compose.js";
import { pendingMigrations } from "./migrations/migrate.js";
import { type AdminDoor, createAdmin } from "./office/create-admin.js";

/** Three instances have to fit into 80 connections: 16 for requests and jobs, 4 for the queue, one for the watch. */
const webConnections = 16;
const queueConnections = 4;
/** Everybody gets an answer within ten seconds, also where no connection is to be had or a lock is not let go. */
const answeredWithinMs = 8000;

export interface Serving {
  readonly address: string;
  /** Lets running requests and jobs end, then closes everything. */
  stop(): Promise<void>;
}

export interface ServeParts {
  readonly config: Config;
  readonly url: string;
  readonly watch: DatabaseWatch;
  readonly log: Logger;
  readonly now: () => Date;
  readonly sealKey: string;
  /** The key of sessions, links and second factors. */
  readonly sessionSecret: string;
  /** As `Parts.standing` of `compose.ts`. */
  readonly standing?: () => Standing;
  /** As `Parts.ownMailbox` of `compose.ts`. */
  readonly ownMailbox?: boolean;
  /** The machine's own clock, whatever DIWAN_NOW says; left out: it is asked. Tests give one that is wrong. */
  readonly machine?: () => Date;
  /** Brings the database to this version; it may run more than once. Left out: it is. */
  readonly prepare?: () => Promise<void>;
  /** Given: an instance that has to stop need not wait for the database. */
  readonly signal?: AbortSignal;
}

/** Writes into the log what a watch has to say: a line a change, and one a minute while a fault lasts. */
export function tellsOfDatabase(log: Logger): (news: WatchNews) => void {
  return ({ fault, seconds, error }) => {
    if (fault === null) log.warn({ seconds }, "the database is well again");
    else
      log.warn(
        { fault, seconds, ...(error !== null && { error: errorSummary(error) }) },
        databaseFaults[fault].short.en,
      );
  };
}

/** The time it is: the machine's, or one that started at DIWAN_NOW and ticks. */
export function tickingFrom(start: Date | null): () => Date {
  if (start === null) return () => new Date();
  const shift = start.getTime() - Date.now();
  return () => new Date(Date.now() + shift);
}

const refusals: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ port, host }) =>
    `Port ${port} on ${host} is taken. Set PORT to another one, for example PORT=${port === 65535 ? 3000 : port + 1}.`,
  EACCES: ({ port }) => `Port ${port} needs more rights than this process has. Set PORT to one above 1024.`,
  EADDRNOTAVAIL: ({ host }) => `HOST ${host} is no address of this machine.`,
  ENOTFOUND: ({ host }) => `HOST ${host} is no address of this machine.`,
};

/** One that was killed or told to stop a moment ago may still hold the port. */
const portPatienceMs = 5000;

async function listen(server: Server, config: Config): Promise<void> {
  for (const end = Date.now() + portPatienceMs; ; await sleep(250)) {
    try {
      server.listen(config.port, config.host);
      await once(server, "listening");
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (code === "EADDRINUSE" && Date.now() < end) continue;
      const refusal = refusals[code];
      throw refusal === undefined ? error : new Error(refusal(config));
    }
  }
}

/** Throws, naming the variable to set, when nobody could listen: before a long preparation rather than after it. */
export async function requirePort(config: Config): Promise<void> {
  const server = createServer();
  await listen(server, config);
  await closing(server);
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Who still holds on after this long is not waiting for an answer.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}

/** The back office; null where its pages were not built, which is for whoever runs the sources without a build. */
function openAdmin(
  config: Config,
  log: Logger,
  open: (assets: ReturnType<typeof openAssets>) => AdminDoor,
): AdminDoor | null {
  let assets: ReturnType<typeof openAssets>;
  try {
    assets = openAssets();
  } catch (error) {
    if (config.production) throw error;
    log.warn({ error: errorSummary(error) }, "there is no back office");
    return null;
  }
  return open(assets);
}

/** What cannot be read is found out now, and not when somebody signs in. */
async function tellMissingKeys({ keyRings, now }: Pick<Composed, "keyRings" | "now">, log: Logger): Promise<void> {
  for (const { variable, id, fingerprint, state, uses } of await keyRings.status({ now: now(), everySeal: false })) {
    if (state === "missing") log.error({ variable, id, fingerprint, uses }, "a key is missing: see diwan keys status");
  }
}

const starting = (): Problem => new Problem("unavailable", msg("office.serve.theServiceIsStartingTry"), [], 5);

/**
 * Listens at once, and resolves when the database is there and prepared and the jobs ring, or when `signal` is given. Until
 * then it lives, is not ready, and answers 503: a supervisor has nothing to restart, and people read why. Errors name what
 * to do (a port that is taken, …).
 */
export async function serve(parts: ServeParts): Promise<Serving> {
  const { config, url, watch, log, now, sealKey, sessionSecret, prepare = async () => undefined } = parts;
  const { machine = () => new Date() } = parts;
  const { signal = new AbortController().signal } = parts;
  const db = connect(url, { max: webConnections, name: "diwan-web", Client: watch.Client, within: answeredWithinMs });
  const newQueue = () =>
    openQueue(url, {
      connections: queueConnections,
      onError: (error) => log[isToldByWatch(error) ? "debug" : "warn"]({ error: errorSummary(error) }, "queue"),
      Client: watch.Client,
    });
  let queue = newQueue();
  let prepared = false;
  const clock = createClockWatch({ db, log, machine, instance: newId(unguessable), host: hostname() });
  let scheduler: Scheduler | null = null;
  let startedAt = now();
  const schedulerTick = () => (scheduler === null ? null : (scheduler.lastBell() ?? startedAt));
  const address = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${config.port}/`;
  const publicUrl = config.publicUrl ?? address;
  const services = compose({
    db,
    log,
    now,
    smtpUrl: config.smtpUrl,
    sms: config.sms,
    ownMailbox: parts.ownMailbox === true,
    ...(parts.standing && { standing: parts.standing }),
    clamdSocket: config.clamdSocket,
    publicUrl,
    sealKey,
    sessionSecret,
    files: config.files,
    notReady: () =>
      whyNotReady({
        db,
        pendingMigrations,
        apart: clock.apart,
        schedulerTick: schedulerTick,
        now: now(),
        fault: watch.fault(),
      }),
    clock,
    databaseFault: watch.fault,
    queue: { send: (name, data, options) => queue.send(name, data, options) },
    schedulerTick: schedulerTick,
    exportsFolder: join(config.home, "exports"),
  });
  const admin = openAdmin(config, log, (assets) => createAdmin(services, { db, sessionSecret, publicUrl, assets }));
  const portal = admin === null ? null : createPortal(services, { sessionSecret, publicUrl });
  // The portal last: it says no to people wherever no other door does.
  const doors = [
    createApi(services, { publicUrl }),
    createSmsDoor(services, { publicUrl }),
    ...(admin === null ? [] : [admin]),
    ...(portal === null ? [] : [portal]),
  ];
  function notYet(): Problem | null {
    const fault = watch.fault();
    // A database that is away is found out at the doors themselves, which keep what was typed.
    if (prepared || fault === "away" || fault === "refusing") return null;
    return fault === null ? starting() : problemOfFault(fault);
  }
  const server = createServer(createHttp(services, { trustProxy: config.trustProxy, publicUrl, doors, notYet }));
  // Single requests have less, each by what it sends.
  server.requestTimeout = longestArrivalMs + 30_000;
  server.headersTimeout = 10_000;

  /** A clock that is wrong would have a key needed for as long as it is wrong. */
  const noteKey = async (): Promise<void> => {
    if (clock.apart() !== null) return;
    await services.keyRings.note({ now: now() }).catch((error: unknown) => {
      log[isToldByWatch(error) ? "debug" : "warn"](
        { error: errorSummary(error) },
        "which key signs cookies was not noted",
      );
    });
  };

  /** What needs the database; what was done already is done again. */
  async function begin(): Promise<void> {
    await prepare();
    if (signal.aborted) return;
    // Nothing may be asked of an instance that does not know yet whether its clock is right.
    await clock.compare();
    await noteKey();
    prepared = true;
    await addMissingJobs(db, jobDefinitions);
    await queue.start().catch((error: unknown) => {
      // One whose start failed cannot be started again.
      queue = newQueue();
      throw error;
    });
  }

  try {
    await listen(server, config);
    // A resource that does not fit the database must not wait for somebody to open it.
    await admin?.ready;
    for (let tries = 1; !signal.aborted; tries++) {
      const waits = setTimeout(() => log.info({ at: new URL(url).host }, "not ready: waiting for the database"), 1000);
      await watch.usable(signal).finally(() => clearTimeout(waits));
      if (signal.aborted) break;
      try {
        await begin();
        break;
      } catch (error) {
        if (!isUnavailable(error) || databaseFault(error) === "refusing") throw error;
        log[tries === 1 ? "warn" : "debug"]({ error: errorSummary(error) }, "not started yet: it is tried again");
        await sleep(1000, undefined, { signal }).catch(() => undefined);
      }
    }
    if (!signal.aborted) {
      scheduler = await startScheduler({ db, queue, handlers: services.handlers, now, log, clock });
      startedAt = now();
      // What cannot be taken up now is found by the job that resumes work.
      await services.work
        .resume()
        .then(() => tellMissingKeys(services, log))
        .catch((error: unknown) => {
          if (!isUnavailable(error)) throw error;
        });
    }
  } catch (error) {
    await closing(server);
    await scheduler?.stop();
    await queue.stop({ graceful: false, wait: false }).catch(() => undefined);
    await db.close();
    throw error;
  }
  const noting = setInterval(noteKey, notedEachMs).unref();
  return {
    address,
    async stop() {
      clearInterval(noting);
      // Streams would stay open for ever.
      services.live.stop();
      const jobs = scheduler?.stop() ?? queue.stop({ graceful: false, wait: false });
      await Promise.all([closing(server), jobs, services.work.stop()]);
      await db.close();
    },
  };
}
