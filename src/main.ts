/** Production: checks the environment, the database and its migrations, then serves until it is told to stop. */
import { migratePremises, missingMigrations, openPremises, type Premises } from "./boot.js";
import { EnvironmentError, readConfig } from "./config.js";
import { createLog } from "./log.js";
import { secretsOf } from "./secrets.js";
import { serve, tickingFrom } from "./serve.js";
import { untilSignal } from "./until-signal.js";

/** Error, naming what to do, when the database is not of this version and cannot be brought to it from here. */
async function bringUpToDate(premises: Premises): Promise<void> {
  if (premises.ownerUrl !== null) await migratePremises(premises);
  const missing = await missingMigrations(premises.url);
  if (missing.length > 0) {
    throw new Error(
      `The database is not up to date (${missing.join(", ")}). Run “npm run diwan -- migrate” with DATABASE_OWNER_URL, or give it to this start.`,
    );
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.env, { production: process.env.NODE_ENV === "production" });
  const log = createLog(config.logLevel);
  // From here on, whoever is told to stop stops in order, also while it starts.
  let stopping = false;
  const stopped = untilSignal(() => {
    stopping = true;
  });
  const premises = await openPremises(config, (line) => log.info(line));
  try {
    const now = tickingFrom(config.now);
    await Promise.race([bringUpToDate(premises), stopped]);
    if (stopping) return;
    const sealKey = config.sealKey ?? secretsOf(config.home).sealKey;
    const sessionSecret = config.sessionSecret ?? secretsOf(config.home).sessionSecret;
    const serving = await serve({ config, url: premises.url, log, now, sealKey, sessionSecret });
    log.info({ address: serving.address }, "ready");
    await stopped;
    await serving.stop();
    log.info("stopped");
  } finally {
    await premises.release();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    // For people, not for a log: what is wrong and what to do.
    process.stderr.write(
      `${error instanceof EnvironmentError || error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
