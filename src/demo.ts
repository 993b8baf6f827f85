/** `npm run demo`: everything on one machine, with a national complaints office that has lived for ninety days. */

import "./platform/messages/load-messages.js";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { migratePremises, openPremises, type Premises, seedPremises } from "./app/boot.js";
import { hasLogins, loginLines, loginsFile, makeLogins, showBusiest } from "./app/demo/logins.js";
import { demoProgramme, populate, populationDays, populationState, usualApplications } from "./app/demo/populate.js";
import { resetFolder } from "./app/demo/reset.js";
import { requirePort, serve, tellsOfDatabase, tickingFrom } from "./app/serve.js";
import { msg } from "./engine/text/msg.js";
import { Problem, problemLines } from "./engine/text/problems.js";
import { type Bilingual, inLanguage } from "./engine/text/text.js";
import { createActiveSetup } from "./features/setup/active-setup.js";
import { spokenLanguage } from "./platform/cli/spoken-language.js";
import { type Config, readConfig } from "./platform/config.js";
import { connect } from "./platform/db/connect.js";
import { watchDatabase } from "./platform/db/watch-database.js";
import { createLog } from "./platform/log.js";
import { keysOf } from "./platform/secrets.js";
import { unguessable } from "./platform/unguessable.js";
import { untilSignal } from "./platform/until-signal.js";

interface Options {
  readonly reset: boolean;
  readonly yes: boolean;
  readonly applications: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Refusals and questions come in the language of the terminal. */
const { language } = spokenLanguage([], process.env);
const inWords = (words: Bilingual): string => inLanguage(words, language);
const speak = (words: Bilingual): void => say(inWords(words));

function readOptions(argv: readonly string[]): Options {
  const count = (value: string): number => {
    if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError("a whole number, please");
    return Number(value);
  };
  return new Command("npm run demo --")
    .description("Starts Diwan with a living population on this machine.")
    .option("--reset", "delete everything and start again; says what, and asks", false)
    .option("--yes", "with --reset: do not ask", false)
    .option("--applications <n>", "how many applications the population has sent", count, usualApplications)
    .parse([...argv], { from: "user" })
    .opts<Options>();
}

/** What commands in another terminal need to find this demo: the variables that are not as they are without any. */
function variablesOf(config: Config): string[] {
  const usual = readConfig({}, { production: false });
  const [home, usualHome] = [config.home, usual.home].map((folder) => path.resolve(folder));
  // In quotes: a path may have blanks in it.
  const folder = home === usualHome ? [] : [`DIWAN_HOME='${home?.replaceAll("'", "'\\''")}'`];
  return [...folder, ...(config.port === usual.port ? [] : [`PORT=${config.port}`])];
}

const publicUrlOf = (config: Config): string => config.publicUrl ?? `http://${config.host}:${config.port}/`;

/** Migrates, seeds and, where there is none, lives through a population. */
async function prepare(
  premises: Premises,
  config: Config,
  options: Options,
  now: Date,
  sealKey: string,
): Promise<void> {
  say("Bringing the database up to date …");
  await migratePremises(premises);
  const open = () => connect(premises.url, { max: 4, name: "diwan-demo", hasty: true });
  let db = open();
  try {
    if ((await populationState(db)) === "interrupted") {
      if (premises.reset === null) {
        throw new Error(
          "The demo data in the database of DATABASE_URL is incomplete. Empty that database, or unset DATABASE_URL.",
        );
      }
      say("The demo data is incomplete; starting again …");
      await db.close();
      await premises.reset();
      await migratePremises(premises);
      db = open();
    }
    // What was set up stands since the day before the first application.
    const since = new Date(now.getTime() - (populationDays + 1) * 86_400_000);
    say("Setting up programmes, entities, people, rules …");
    await seedPremises(premises, { now: (await populationState(db)) === "none" ? since : now });
    const grownUp = (await populationState(db)) === "whole";
    const setup = await createActiveSetup(db).of(demoProgramme);
    const { home } = config;
    // As of now: in the demo too people see their news and hand on their work.
    const toShow = () => showBusiest(db, setup, { home, random: unguessable, now });
    if (grownUp && hasLogins(home)) return await toShow();
    if (grownUp) speak(msg("programs.demo.newLogins", { file: path.resolve(loginsFile(home)) }));
    const keys = await makeLogins(db, setup, { home, random: unguessable, now: grownUp ? now : since });
    if (grownUp) return await toShow();
    const length = options.applications > usualApplications ? "some minutes" : "about a minute";
    say(`Creating ${populationDays} days of demo applications (${length}) …`);
    const started = Date.now();
    const publicUrl = publicUrlOf(config);
    const { applications } = options;
    const lived = await populate(db, {
      to: now,
      applications,
      sealKey,
      publicUrl,
      files: config.files,
      keys,
      progress: (line) => say(`  ${line}`),
    });
    await toShow();
    const seconds = Math.round((Date.now() - started) / 1000);
    say(`  ${lived.applications} applications, ${lived.acts} acts, ${lived.enforcements} enforcements in ${seconds} s`);
  } finally {
    await db.close();
  }
}

async function reset(config: Config, { yes }: Options): Promise<void> {
  if (config.databaseUrl !== null) {
    throw new Error("--reset empties the embedded database only. Unset DATABASE_URL, or empty that database yourself.");
  }
  await resetFolder(config.home, { yes, say: speak, inWords });
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const config = readConfig(process.env, { production: false });
  mkdirSync(config.home, { recursive: true });
  const now = tickingFrom(config.now);
  await requirePort(config);
  if (options.reset) await reset(config, options);
  const { sealKey, sessionSecret } = keysOf(config);
  let stopping = false;
  const stopped = untilSignal(() => {
    stopping = true;
    say("Stopping …");
  });
  const premises = await openPremises(config, speak);
  if (premises.standing?.() === "copy") speak(msg("db.folder.isCopy"));
  try {
    // Whoever has seen enough need not wait for the population: the next start begins it anew.
    if (!stopping) await Promise.race([prepare(premises, config, options, now(), sealKey), stopped]);
    if (stopping) return;
    // Requests are not news in a demo; trouble is.
    const log = createLog(config.logLevel === "info" ? "warn" : config.logLevel);
    const watch = watchDatabase(premises.url, { tell: tellsOfDatabase(log) });
    const keys = { sealKey, sessionSecret };
    const stand = premises.standing && { standing: premises.standing };
    const serving = await serve({ config, url: premises.url, watch, log, now, ...keys, ...stand, ownMailbox: true });
    say("");
    say(`Diwan is ready: ${serving.address}admin`);
    say(`  Applicants       ${serving.address}`);
    say(`  API description  ${serving.address}api/openapi.json`);
    for (const line of loginLines(config.home)) say(`  ${line}`);
    say(`  All logins, keys ${path.resolve(loginsFile(config.home))}`);
    const variables = variablesOf(config);
    if (variables.length > 0) say(`  Other terminals  export ${variables.join(" ")}   (before what is below)`);
    say(`  Look around      npm run diwan -- --help   (kpi, cases, explain, mail, digest …)`);
    say(`  Stop with Ctrl-C; “npm run demo” continues where you stopped, “npm run demo -- --reset” starts again.`);
    await stopped;
    await serving.stop();
    watch.stop();
  } finally {
    await premises.release();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const told =
      error instanceof Problem
        ? problemLines(error, language)
        : [error instanceof Error ? error.message : String(error)];
    process.stderr.write(`${told.join("\n")}\n`);
    process.exit(1);
  },
);
