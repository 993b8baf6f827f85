/** Compares the sums with what they are made of: each case counted again, and all facts added up again. In one snapshot, beside people who write. */
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import { type Database, filled, query, queryUnprepared } from "../../../platform/db/query.js";
import { inSnapshot } from "../../../platform/db/transaction.js";
import { countingOf } from "./counting.js";
import { factColumns, factsOfCases, properties } from "./fact-statement.js";
import { type RollupParts, valuesOf } from "./fact-values.js";
import { casesAfter, casesDue, factsOf, type Rollup, rollupsOf, touchedCases } from "./rollup-store.js";
import { dayKeys, dayNames, daysOf, partKeys, partsOf } from "./sum-statements.js";

const sliceSize = 1000;

export interface RollupCheck {
  readonly programme: string;
  /** Null: there are no sums yet, or they are counted in another way than now and are about to be built anew. */
  readonly asOf: Date | null;
  readonly cases: number;
  /** Cases that add something else than they should, the first of them. */
  readonly wrongCases: readonly number[];
  /** Sums that are not what the facts add up to. */
  readonly wrongSums: number;
}

async function wrongCases(
  db: Database,
  a: { values: Awaited<ReturnType<typeof valuesOf>>; rollup: Rollup; ids: readonly number[] },
  tx: Transaction,
): Promise<readonly number[]> {
  const { rollup, ids } = a;
  // Placed and counted as they should be; a difference on either side is one.
  const placed = sql`select case_id, ${properties} from rollup_cases where rollup = ${rollup.id} and case_id = any(${ids}::bigint[])`;
  const should = sql`select id, ${properties} from counted`;
  const facts = sql`select ${factColumns} from rollup_facts where rollup = ${rollup.id} and case_id = any(${ids}::bigint[])`;
  const found = sql`select ${factColumns} from fact`;
  const statement = filled(
    sql`with ${factsOfCases} select distinct case_id::float8 as id from (
      select case_id from (${facts} except all ${found}) a union all select case_id from (${found} except all ${facts}) b
      union all select case_id from (${placed} except ${should}) c union all select id from (${should} except ${placed}) d) wrong order by 1`,
    { ...a.values, rollup: rollup.id, ids, at: rollup.asOf },
  );
  return (await queryUnprepared<{ id: number }>(db, statement, tx)).map(({ id }) => id);
}

/** How many rows are not the same in both. */
async function differences(db: Database, a: { is: Sql; should: Sql }, tx: Transaction): Promise<number> {
  const statement = sql`select count(*)::integer as n from (
    (${a.is} except all ${a.should}) union all (${a.should} except all ${a.is})) wrong`;
  return (await query<{ n: number }>(db, statement, tx))[0]?.n ?? 0;
}

/** Problem not-found where the programme is unknown. */
export async function checkRollups(parts: RollupParts, programme: string): Promise<RollupCheck> {
  const { db } = parts;
  const policy = await parts.policies.fresh(programme);
  return inSnapshot(db, async (tx) => {
    const { current } = await rollupsOf(db, programme, tx);
    const none = { programme, asOf: null, cases: 0, wrongCases: [], wrongSums: 0 };
    if (current?.countedBy !== countingOf(policy).countedBy) return none;
    const { id, asOf } = current;
    // What has happened since the sums were brought up to date is not a fault.
    const touched = await touchedCases(db, { programme, fromTx: current.fromTx }, tx);
    const due = await casesDue(db, { programme, rollup: id, from: asOf, lettersFrom: asOf, to: asOf }, tx);
    const later = await query<{ id: number }>(
      db,
      sql`select case_id::float8 as id from rollup_later where rollup = ${id}`,
      tx,
    );
    const open = new Set([...touched.map((one) => one.id), ...due, ...later.map((one) => one.id)]);
    const values = await valuesOf(parts, { programme, policy, until: asOf }, tx);
    const wrong: number[] = [];
    let cases = 0;
    for (let after = 0; ; ) {
      const slice = await casesAfter(db, { programme, after, limit: sliceSize }, tx);
      const ids = slice.filter((one) => !open.has(one));
      cases += ids.length;
      wrong.push(...(await wrongCases(db, { values, rollup: current, ids }, tx)));
      if (slice.length < sliceSize) break;
      after = slice.at(-1) as number;
    }
    const facts = factsOf(id);
    const days = {
      is: sql`select ${dayKeys}, ${dayNames} from rollup_days where rollup = ${id} and num_nonnulls(${dayNames}) > 0`,
      should: sql`select ${dayKeys}, ${dayNames} from (${daysOf(facts)}) d where num_nonnulls(${dayNames}) > 0`,
    };
    const inParts = {
      is: sql`select ${partKeys}, n, total from rollup_parts where rollup = ${id}`,
      should: sql`select ${partKeys}, n, total from (${partsOf(facts)}) p`,
    };
    const wrongSums = (await differences(db, days, tx)) + (await differences(db, inParts, tx));
    return { programme, asOf, cases, wrongCases: wrong, wrongSums };
  });
}
