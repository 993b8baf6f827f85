/** One instance: the web server, the queue's worker and the bell, over premises that are open and prepared. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { openAssets } from "./admin/assets/serve-assets.js";
import { type AdminDoor, createAdmin } from "./admin/create-admin.js";
import { newId } from "./cases/new-id.js";
import { createApi } from "./channels/api/create-api.js";
import { createClockWatch } from "./clock-watch.js";
import { type Composed, compose } from "./compose.js";
import type { Config } from "./config.js";
import { connect } from "./db/connect.js";
import { addMissingJobs } from "./db/job-store.js";
import { openQueue } from "./db/queue.js";
import { errorSummary } from "./error-summary.js";
import { createHttp } from "./http/create-http.js";
import { longestArrivalMs } from "./http/slow-bodies.js";
import { jobDefinitions } from "./jobs/job-definitions.js";
import { type Scheduler, startScheduler } from "./jobs/scheduler.js";
import { createPortal } from "./portal/create-portal.js";
import { whyNotReady } from "./readiness.js";
import { notedEachMs } from "./reports/key-status.js";
import { unguessable } from "./unguessable.js";

/** Three instances have to fit into 80 connections: 16 for requests and jobs, 4 for the queue. */
const webConnections = 16;
const queueConnections = 4;

export interface Serving {
  readonly address: string;
  /** Lets running requests and jobs end, then closes everything. */
  stop(): Promise<void>;
}

export interface ServeParts {
  readonly config: Config;
  readonly url: string;
  readonly log: Logger;
  readonly now: () => Date;
  readonly sealKey: string;
  /** The key of sessions, links and second factors. */
  readonly sessionSecret: string;
  /** The machine's own clock, whatever DIWAN_NOW says; left out: it is asked. Tests give one that is wrong. */
  readonly machine?: () => Date;
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

/** Starts it and resolves once it listens. Errors name what to do (a port that is taken, …). */
export async function serve(parts: ServeParts): Promise<Serving> {
  const { config, url, log, now, sealKey, sessionSecret, machine = () => new Date() } = parts;
  const db = connect(url, { max: webConnections, name: "diwan-web" });
  const queue = openQueue(url, {
    connections: queueConnections,
    onError: (error) => log.warn({ error: errorSummary(error) }, "queue"),
  });
  const clock = createClockWatch({ db, log, machine, instance: newId(unguessable), host: hostname() });
  let scheduler: Scheduler | null = null;
  let startedAt = now();
  const bell = () => (scheduler === null ? null : (scheduler.lastBell() ?? startedAt));
  const address = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${config.port}/`;
  const publicUrl = config.publicUrl ?? address;
  const services = compose({
    db,
    log,
    now,
    smtpUrl: config.smtpUrl,
    clamdSocket: config.clamdSocket,
    publicUrl,
    sealKey,
    sessionSecret,
    files: config.files,
    notReady: () => whyNotReady({ db, apart: clock.apart, bell, now: now() }),
    clock,
    queue,
    bell,
    exportsFolder: join(config.home, "exports"),
  });
  const admin = openAdmin(config, log, (assets) => createAdmin(services, { db, sessionSecret, publicUrl, assets }));
  const portal = admin === null ? null : createPortal(services, { sessionSecret, publicUrl });
  // The portal last: it says no to people wherever no other door does.
  const doors = [
    createApi(services, { publicUrl }),
    ...(admin === null ? [] : [admin]),
    ...(portal === null ? [] : [portal]),
  ];
  const server = createServer(createHttp(services, { trustProxy: config.trustProxy, publicUrl, doors }));
  // Single requests have less, each by what it sends.
  server.requestTimeout = longestArrivalMs + 30_000;
  server.headersTimeout = 10_000;

  try {
    // Nothing may be asked of an instance that does not know yet whether its clock is right.
    await clock.compare();
    await listen(server, config);
    // A resource that does not fit the database must not wait for somebody to open it.
    await admin?.ready;
    await addMissingJobs(db, jobDefinitions);
    await queue.start();
    scheduler = await startScheduler({ db, queue, handlers: services.handlers, now, log, clock });
    startedAt = now();
    await services.work.resume();
    await tellMissingKeys(services, log);
  } catch (error) {
    await closing(server);
    await queue.stop({ graceful: false, wait: false }).catch(() => undefined);
    await db.close();
    throw error;
  }
  const noteKey = () =>
    services.keyRings.note({ now: now() }).catch((error: unknown) => {
      log.warn({ error: errorSummary(error) }, "which key signs cookies was not noted");
    });
  await noteKey();
  const noting = setInterval(noteKey, notedEachMs).unref();
  return {
    address,
    async stop() {
      clearInterval(noting);
      // Streams would stay open for ever.
      services.live.stop();
      await Promise.all([closing(server), scheduler?.stop(), services.work.stop()]);
      await db.close();
    },
  };
}
