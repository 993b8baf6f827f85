/** From a configuration to an open, prepared database: embedded or given, migrated, seeded, with its jobs. */

import { jobDefinitions } from "../engine/jobs/job-definitions.js";
import type { Bilingual } from "../engine/text/text.js";
import { type SeededProgramme, seed } from "../features/config-files/seed.js";
import type { Config } from "../platform/config.js";
import { withBootLock } from "../platform/db/boot-lock.js";
import { type ClientClass, connect } from "../platform/db/connect.js";
import { useEmbedded } from "../platform/db/embedded.js";
import type { Standing } from "../platform/db/folder-place.js";
import { addMissingJobs } from "../platform/jobs/job-store.js";
import { keysOf } from "../platform/secrets.js";
import { migrate, pendingMigrations } from "./migrations/migrate.js";

/** Where the database is, and how to let go of it. */
export interface Premises {
  readonly url: string;
  /** Null where only the running role is known: then somebody else migrates. */
  readonly ownerUrl: string | null;
  /** Empties the database; null for one that is not ours to empty. */
  readonly reset: (() => Promise<void>) | null;
  /** What the data folder is that holds the database. Left out of one that was given: nothing here says that it is a copy. */
  readonly standing?: () => Standing;
  release(): Promise<void>;
}

/** Finds or starts the database; one that is given need not be there yet. `say` tells a person what goes on. */
export async function openPremises(config: Config, say: (words: Bilingual) => void): Promise<Premises> {
  if (config.databaseUrl !== null) {
    const { databaseUrl: url, databaseOwnerUrl: ownerUrl } = config;
    return { url, ownerUrl, reset: null, release: async () => undefined };
  }
  // Before the database: one that is there without its keys is not opened, and one that is made has them from the start.
  keysOf(config);
  return useEmbedded(config.home, { say });
}

/** Name of the role that an address signs in as. */
function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username) || "diwan";
}

/**
 * Migrates as the owner, under the boot lock; names of what ran. Error when the owner's address is not known.
 * @param Client of a watch, which cuts what waits for a database that has fallen silent
 */
export async function migratePremises({ url, ownerUrl }: Premises, Client?: ClientClass): Promise<string[]> {
  if (ownerUrl === null) {
    throw new Error(
      "DATABASE_OWNER_URL is missing: migrations run as the owner of the tables, which the running role must not be.",
    );
  }
  const work = async () => {
    const owner = connect(ownerUrl, { max: 2, name: "diwan-migrate", Client });
    try {
      return await migrate(owner, { ownerUrl, runtimeRole: roleOf(url), Client });
    } finally {
      await owner.close();
    }
  };
  return withBootLock(ownerUrl, work, Client);
}

/** Adds what is missing of the shipped set-up, one instance at a time. */
export async function seedPremises(
  { url, ownerUrl }: Premises,
  a: { now: Date; programmes?: readonly string[]; inTwoSteps?: boolean },
  Client?: ClientClass,
): Promise<SeededProgramme[]> {
  const work = async () => {
    const db = connect(url, { max: 4, name: "diwan-seed", Client });
    try {
      const seeded = await seed(db, a);
      await addMissingJobs(db, jobDefinitions);
      return seeded;
    } finally {
      await db.close();
    }
  };
  return withBootLock(ownerUrl ?? url, work, Client);
}

/** Names of migrations that the database lacks. */
export async function missingMigrations(url: string, Client?: ClientClass): Promise<string[]> {
  const db = connect(url, { max: 1, name: "diwan-check", Client });
  try {
    return await pendingMigrations(db);
  } finally {
    await db.close();
  }
}
