/** The lock under which the set-up and the versions of a programme change. */
import { type Transaction, Transaction as Transactions } from "sequelize";
import type { ProgrammeSettings } from "../../engine/setup/setup.js";
import type { Database } from "../../platform/db/query.js";
import { createModels } from "./tables/create-models.js";

/**
 * Lets one transaction at a time change the versions of a programme, and gives its settings; null where there is none.
 * Cases go on: they refer to no programme row.
 */
export async function lockVersions(
  db: Database,
  programme: string,
  transaction: Transaction,
): Promise<ProgrammeSettings | null> {
  const row = await createModels(db).programmes.findOne({
    where: { code: programme },
    transaction,
    lock: Transactions.LOCK.NO_KEY_UPDATE,
  });
  return (row?.get("settings") as ProgrammeSettings | undefined) ?? null;
}
