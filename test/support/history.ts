/** What an import is given, over a test's own database. */
import { randomBytes } from "node:crypto";
import type { Sequelize } from "sequelize";
import { createCaseIds } from "../../src/features/cases/case-queries.js";
import { seed } from "../../src/features/config-files/seed.js";
import type { HistoryParts } from "../../src/features/intake/import/store-history.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createPolicies } from "../../src/features/setup/policies.js";

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
