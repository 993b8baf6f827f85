/** `diwan <command>`: reads the environment, opens what a command needs when it needs it, and ends with its exit code. */

import "./platform/messages/load-messages.js";
import { resolve } from "node:path";
import { destination } from "pino";
import type { Sequelize } from "sequelize";
import { allCommands } from "./app/all-commands.js";
import { migratePremises, missingMigrations, openPremises, type Premises, seedPremises } from "./app/boot.js";
import { compose } from "./app/compose.js";
import { runCli } from "./app/run-cli.js";
import { tickingFrom } from "./app/serve.js";
import { msg } from "./engine/text/msg.js";
import { Problem } from "./engine/text/problems.js";
import { type Bilingual, inLanguage } from "./engine/text/text.js";
import type { CommandHost, Opened } from "./platform/cli/command.js";
import { spokenLanguage } from "./platform/cli/spoken-language.js";
import { terminal } from "./platform/cli/terminal.js";
import { compareClocks } from "./platform/clock-watch.js";
import { clockProblem } from "./platform/clocks-apart.js";
import { type Config, EnvironmentError, readConfig } from "./platform/config.js";
import { type ClientClass, connect, type DatabaseFault, databaseFault, databaseFaults } from "./platform/db/connect.js";
import { confirmFolder, lookAtFolder } from "./platform/db/embedded.js";
import { hasEmbedded } from "./platform/db/server-state.js";
import { watchDatabase } from "./platform/db/watch-database.js";
import { createLog } from "./platform/log.js";
import { keysOf, makeLostSecrets } from "./platform/secrets.js";

/** Known before anything is opened. */
const spoken = spokenLanguage(process.argv.slice(2), process.env);

type Watched = Premises & { readonly Client: ClientClass };

/** A database that does not answer ends the command after seconds, however long its work may take. */
async function withPremises<Result>(config: Config, work: (premises: Watched) => Promise<Result>): Promise<Result> {
  const premises = await openPremises(config, (words) => terminal.error(inLanguage(words, spoken.language)));
  // Commands have no log: what it tells is what they fail with.
  const watch = watchDatabase(premises.url, { tell: () => undefined });
  try {
    return await work({ ...premises, Client: watch.Client });
  } finally {
    watch.stop();
    await premises.release();
  }
}

/** Who knows the running role only may go on where nothing is to do. */
async function migrateIfNeeded(premises: Watched): Promise<string[]> {
  const { url, ownerUrl, Client } = premises;
  if (ownerUrl === null && (await missingMigrations(url, Client)).length === 0) return [];
  return migratePremises(premises, Client);
}

function hostOf(config: Config): CommandHost {
  return {
    io: terminal,
    dataFolder:
      config.databaseUrl !== null
        ? null
        : {
            look: () => lookAtFolder(config.home),
            confirm: (standing) => confirmFolder(config.home, standing),
            makeKeys: () => makeLostSecrets(config.home),
          },
    migrate: () => withPremises(config, migrateIfNeeded),
    withServices: async (work) => {
      // Made in passing, it would be a second database beside the one that was meant, and an empty one.
      if (config.databaseUrl === null && !hasEmbedded(config.home)) throw noDatabase(config.home);
      return withPremises(config, async (premises) => {
        const missing = await missingMigrations(premises.url, premises.Client);
        if (missing.length > 0) throw notMigrated(missing);
        const db = connect(premises.url, { max: 5, name: "diwan-command", Client: premises.Client });
        try {
          // What a command does is dated by this machine, and what is due is due by its clock.
          const apart = await compareClocks(db, () => new Date());
          if (apart !== null) throw clockProblem(apart);
          return await work(open(config, db, premises));
        } finally {
          await db.close();
        }
      });
    },
  };
}

function open(config: Config, db: Sequelize, premises: Watched): Opened {
  // What a command prints is its answer: the log goes to standard error, and only when something is wrong.
  const level = config.logLevel === "info" ? "warn" : config.logLevel;
  const log = createLog(level, destination({ dest: 2, sync: true }));
  // The data folder's own keys belong to the embedded database, not to one that was given.
  const own = config.databaseUrl === null ? keysOf(config) : null;
  const composed = compose({
    db,
    log,
    now: tickingFrom(config.now),
    smtpUrl: config.smtpUrl,
    sms: config.sms,
    // A person at the machine need not know the mail server: the instances that serve do.
    othersSend: true,
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}/`,
    sealKey: own?.sealKey ?? config.sealKey,
    sessionSecret: own?.sessionSecret ?? config.sessionSecret,
    ...(premises.standing && { standing: premises.standing }),
    files: config.files,
  });
  // Instances that start at the same time seed too: one after the other.
  const configuration = {
    ...composed.configuration,
    seed: (a: { now: Date }) => seedPremises(premises, { ...a, inTwoSteps: true }, premises.Client),
  };
  return { services: { ...composed, configuration }, embedded: config.databaseUrl === null };
}

function noDatabase(home: string): Problem {
  const folder = resolve(home);
  return new Problem("not-now", msg("programs.cli.thereIsNoDatabaseIn", { folder }));
}

function notMigrated(missing: readonly string[]): Problem {
  return new Problem("not-now", msg("programs.cli.theDatabaseIsNotUp", { join: missing.join(", ") }));
}

/** At a terminal sits who can look after the database. */
const whatToDo: Readonly<Record<DatabaseFault, Bilingual>> = {
  away: msg("programs.cli.databaseAway"),
  refusing: msg("programs.cli.databaseRefusing"),
  "read-only": msg("programs.cli.databaseReadOnly"),
  full: msg("programs.cli.databaseFull"),
  busy: msg("programs.cli.databaseBusy"),
};

function explainError(error: unknown): Bilingual | null {
  const fault = databaseFault(error);
  if (fault === null) return null;
  return msg("programs.cli.databaseFault", { what: databaseFaults[fault].short, todo: whatToDo[fault] });
}

async function main(): Promise<number> {
  try {
    const config = readConfig(process.env, { production: false });
    return await runCli({
      argv: process.argv.slice(2),
      host: hostOf(config),
      environment: process.env,
      commands: allCommands,
      debug: config.logLevel === "debug",
      explainError,
    });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    for (const line of error.lines(spoken.language)) terminal.error(line);
    return 2;
  }
}

process.exitCode = await main();
