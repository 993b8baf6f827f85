/** One instance: the web server, the queue's worker and the bell, over premises that are open and prepared. */
import { createServer, type Server } from "node:http";
import type { Logger } from "pino";
import { createApi } from "./channels/api/create-api.js";
import { compose } from "./compose.js";
import type { Config } from "./config.js";
import { connect } from "./db/connect.js";
import { addMissingJobs } from "./db/job-store.js";
import { pendingMigrations } from "./db/migrate.js";
import { openQueue } from "./db/queue.js";
import { createHttp } from "./http/create-http.js";
import { jobDefinitions } from "./jobs/registry.js";
import { type Scheduler, startScheduler } from "./jobs/scheduler.js";

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
}

/** The time it is: the machine's, or one that started at DIWAN_NOW and ticks. */
export function tickingFrom(start: Date | null): () => Date {
  if (start === null) return () => new Date();
  const shift = start.getTime() - Date.now();
  return () => new Date(Date.now() + shift);
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(new Error(`Port ${port} on ${host} is taken. Set PORT to another one: PORT=${port + 1} npm run demo`));
      } else if (error.code === "EACCES") reject(new Error(`Port ${port} needs more rights than this process has. Set PORT to one above 1024.`));
      else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") reject(new Error(`HOST ${host} is no address of this machine.`));
      else reject(error);
    });
    server.listen(port, host, resolve);
  });
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Who still holds on after this long is not waiting for an answer.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}

/** Starts it and resolves once it listens. Errors name what to do (a port that is taken, …). */
export async function serve({ config, url, log, now, sealKey }: ServeParts): Promise<Serving> {
  const db = connect(url, { max: webConnections, name: "diwan-web" });
  const queue = openQueue(url, {
    connections: queueConnections,
    onError: (error) => log.warn({ error: error.message }, "queue"),
  });
  let scheduler: Scheduler | null = null;
  const address = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${config.port}/`;
  const publicUrl = config.publicUrl ?? address;
  const services = compose({
    db,
    log,
    now,
    smtpUrl: config.smtpUrl,
    publicUrl,
    sealKey,
    async notReady() {
      const missing = await pendingMigrations(db);
      if (missing.length > 0) return `migrations are missing: ${missing.join(", ")}`;
      return scheduler === null ? "the queue is not started" : null;
    },
  });
  const doors = [createApi(services, { publicUrl })];
  const server = createServer(createHttp(services, { trustProxy: config.trustProxy, publicUrl, doors }));
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;

  try {
    await listen(server, config);
    await addMissingJobs(db, jobDefinitions);
    await queue.start();
    scheduler = await startScheduler({ db, queue, handlers: services.handlers, now, log });
  } catch (error) {
    await closing(server);
    await queue.stop({ graceful: false, wait: false }).catch(() => undefined);
    await db.close();
    throw error;
  }
  return {
    address,
    async stop() {
      await Promise.all([closing(server), scheduler?.stop()]);
      await db.close();
    },
  };
}
