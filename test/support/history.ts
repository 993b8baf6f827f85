/** What an import is given, over a test's own database. */
import { randomBytes } from "node:crypto";
import type { Sequelize } from "sequelize";
import type { HistoryParts } from "../../src/channels/import/store-history.js";
import { createActiveSetup } from "../../src/configuration/active-setup.js";
import { createPolicies } from "../../src/configuration/policies.js";
import { seed } from "../../src/configuration/seed.js";
import { createCaseIds } from "../../src/db/case-queries.js";

export function historyParts(db: Sequelize): HistoryParts {
  return {
    db,
    policies: createPolicies(createActiveSetup(db)),
    random: { bytes: (n) => randomBytes(n) },
    nextCaseId: createCaseIds(db),
  };
}

export async function seedHistory(db: Sequelize, programmes: readonly string[], now: Date): Promise<void> {
  await seed(db, { programmes, now });
}
