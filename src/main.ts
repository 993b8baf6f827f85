/** Production: checks the environment, the database and its migrations, then serves until it is told to stop. */
import { migratePremises, missingMigrations, openPremises } from "./boot.js";
import { EnvironmentError, readConfig } from "./config.js";
import { createLog } from "./log.js";
import { secretsOf } from "./secrets.js";
import { serve, tickingFrom } from "./serve.js";
import { untilSignal } from "./until-signal.js";

async function main(): Promise<void> {
  const config = readConfig(process.env, { production: process.env.NODE_ENV === "production" });
  const log = createLog(config.logLevel);
  const premises = await openPremises(config, (line) => log.info(line));
  try {
    const now = tickingFrom(config.now);
    if (premises.ownerUrl !== null) await migratePremises(premises);
    const missing = await missingMigrations(premises.url);
    if (missing.length > 0) {
      throw new Error(
        `The database is not up to date (${missing.join(", ")}). Run “npm run diwan -- migrate” with DATABASE_OWNER_URL, or give it to this start.`,
      );
    }
    const sealKey = config.sealKey ?? secretsOf(config.home).sealKey;
    const sessionSecret = config.sessionSecret ?? secretsOf(config.home).sessionSecret;
    const serving = await serve({ config, url: premises.url, log, now, sealKey, sessionSecret });
    log.info({ address: serving.address }, "ready");
    await untilSignal(() => serving.stop());
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
