/** Production: checks the environment, then serves until it is told to stop; a database that is not there yet is waited for. */
import "./platform/messages/load-messages.js";
import type { Logger } from "pino";
import { migratePremises, missingMigrations, openPremises, type Premises } from "./app/boot.js";
import { serve, tellsOfDatabase, tickingFrom } from "./app/serve.js";
import { msg } from "./engine/text/msg.js";
import { Problem, problemLines } from "./engine/text/problems.js";
import { spokenLanguage } from "./platform/cli/spoken-language.js";
import { EnvironmentError, readConfig } from "./platform/config.js";
import { type ClientClass, databaseFault, databaseFaults } from "./platform/db/connect.js";
import { watchDatabase } from "./platform/db/watch-database.js";
import { createLog } from "./platform/log.js";
import { keysOf } from "./platform/secrets.js";
import { untilSignal } from "./platform/until-signal.js";

/** Error, naming what to do, when the database is not of this version and cannot be brought to it from here. */
async function bringUpToDate(premises: Premises, Client: ClientClass): Promise<void> {
  if (premises.ownerUrl !== null) await migratePremises(premises, Client);
  const missing = await missingMigrations(premises.url, Client);
  if (missing.length > 0) {
    throw new Error(
      `The database is not up to date (${missing.join(", ")}). Run “npm run diwan -- migrate” with DATABASE_OWNER_URL, or give it to this start.`,
    );
  }
}

/** Also where the log says what is wrong alone: no one has to find out by letters that never came. */
function tellOfFolder({ standing }: Premises, log: Logger): void {
  if (standing?.() === "unsure") log.warn(msg("db.folder.readyUnsure").en);
  if (standing?.() === "copy") log.warn(msg("db.folder.isCopy").en);
}

async function main(): Promise<void> {
  const config = readConfig(process.env, { production: process.env.NODE_ENV === "production" });
  const log = createLog(config.logLevel);
  // From here on, whoever is told to stop stops in order, also while it starts.
  const stopping = new AbortController();
  const stopped = untilSignal(() => stopping.abort());
  const premises = await openPremises(config, ({ en }) => log.info(en));
  const watch = watchDatabase(premises.url, { tell: tellsOfDatabase(log) });
  try {
    const now = tickingFrom(config.now);
    tellOfFolder(premises, log);
    const serving = await serve({
      ...{ config, url: premises.url, watch, log, now, ...keysOf(config) },
      ...(premises.standing && { standing: premises.standing }),
      // An instance that has to stop meanwhile does not wait for a migration's end: it is one transaction, and undone.
      prepare: () => Promise.race([bringUpToDate(premises, watch.Client), stopped]),
      signal: stopping.signal,
    });
    if (!stopping.signal.aborted) log.info({ address: serving.address }, "ready");
    await stopped;
    await serving.stop();
    log.info("stopped");
  } finally {
    watch.stop();
    await premises.release();
  }
}

/** For people, not for a log: what is wrong and what to do. */
function wordsOf(error: unknown): string {
  if (error instanceof EnvironmentError) return error.message;
  if (databaseFault(error) === "refusing") {
    const { code } = error as { code?: string };
    return `Not started: ${databaseFaults.refusing.short.en}${code === undefined ? "" : ` (${code})`}. See DATABASE_URL and DATABASE_OWNER_URL.`;
  }
  if (error instanceof Problem) {
    return problemLines(error, spokenLanguage([], process.env).language).join("\n");
  }
  return error instanceof Error ? error.message : String(error);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exit(1);
  },
);
