/** What counting cases needs to know, beside which cases and as of when. */
import type { Transaction } from "sequelize";
import { answers, receipts } from "../../../engine/measures/kpi-counts.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Database } from "../../../platform/db/query.js";
import { earliestReceipt } from "../programme-totals.js";
import { stretchTable } from "../stretch-table.js";
import { countingOf } from "./counting.js";
import type { FactValues } from "./fact-statement.js";

export interface RollupParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly policies: { fresh(programme: string): Promise<Policy> };
  /** Milliseconds of a clock that nobody sets. */
  readonly elapsed: () => number;
}

/** @param until the last moment that will be asked about */
export async function valuesOf(
  { db }: Pick<RollupParts, "db">,
  a: { programme: string; policy: Policy; until: Date },
  tx: Transaction,
): Promise<Omit<FactValues, "rollup" | "ids" | "at">> {
  const { zone, window, levels } = countingOf(a.policy);
  const stretches = stretchTable(a.policy.calendar, await earliestReceipt(db, a.programme, tx), a.until);
  return { ...stretches, programme: a.programme, zone, window, levels, receipts, answers };
}
