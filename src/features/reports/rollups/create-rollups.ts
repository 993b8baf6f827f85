/**
 * The sums that figures are read from, as jobs and commands use them. They are brought up to a moment in one transaction: cases
 * with new events and cases that the clock changed are counted again, so that a kill at any step loses and doubles nothing and
 * readers see one moment. Where the way of counting changed (a calendar, the ladder, this program), or too much is new at once,
 * another edition is built next to the current one, some thousand cases a transaction, and takes its place when it has all.
 * Until then figures are as of before.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Transaction } from "sequelize";
import type { Policy } from "../../../engine/setup/policy.js";
import { inSnapshot } from "../../../platform/db/transaction.js";
import { checkRollups, type RollupCheck } from "./check-rollups.js";
import { countingOf } from "./counting.js";
import { type RollupParts, valuesOf } from "./fact-values.js";
import * as store from "./rollup-store.js";

const sliceSize = 1000;
/** More cases than this are not worth one transaction. */
const mostAtOnce = 20_000;
/** An event that is further ahead is of a wrong clock: its case waits for the moment. */
const aheadMs = 120_000;

interface Step {
  readonly programme: string;
  readonly policy: Policy;
  readonly now: Date;
}

/** What is left after a step: more of the same, nothing, or it is another instance's. */
interface StepDone {
  readonly left: "more" | "nothing" | "others";
  readonly cases: number;
}

/** Everything that is new, up to now. Null, and nothing done: it is too much at once. */
async function catchUp(
  parts: RollupParts,
  rollup: store.Rollup,
  { most, ...step }: Step & { most: number },
  tx: Transaction,
): Promise<number | null> {
  const { db } = parts;
  const { programme, now } = step;
  const fromTx = await store.seenBefore(db, tx);
  const touched = await store.touchedCases(db, { programme, fromTx: rollup.fromTx }, tx);
  const near = touched.filter(({ at }) => at.getTime() <= now.getTime() + aheadMs).map(({ at }) => at.getTime());
  const asOf = new Date(near.reduce((a, b) => Math.max(a, b), Math.max(now.getTime(), rollup.asOf.getTime())));
  // The sums may be as of a moment to come; letters go on to bear that at which they leave.
  const lettersFrom = new Date(Math.min(now.getTime(), rollup.asOf.getTime()));
  const due = await store.casesDue(db, { programme, rollup: rollup.id, from: rollup.asOf, lettersFrom, to: asOf }, tx);
  const changed = [...new Set([...touched.map(({ id }) => id), ...due])];
  if (changed.length > most) return null;
  const later = await store.laterEvents(db, { ids: changed, at: asOf }, tx);
  const putOff = new Set(later.map(({ id }) => id));
  const ids = changed.filter((id) => !putOff.has(id));
  if (ids.length > 0) {
    const values = await valuesOf(parts, { ...step, until: asOf }, tx);
    for (let i = 0; i < ids.length; i += sliceSize) {
      const slice = { ids: ids.slice(i, i + sliceSize), rollup: rollup.id, at: asOf };
      await store.recountCases(db, { ...values, ...slice }, tx);
    }
  }
  await store.putOff(db, { rollup: rollup.id, later, counted: ids }, tx);
  await store.setRollup(db, rollup.id, { fromTx, asOf }, tx);
  return ids.length;
}

/** The next slice of an edition that is built; with the last one it takes the current one's place. */
async function build(
  parts: RollupParts,
  a: { building: store.Rollup; current: store.Rollup | undefined; step: Step },
  tx: Transaction,
): Promise<StepDone> {
  const { db } = parts;
  const { id, asOf, afterId } = a.building;
  const ids = await store.casesAfter(db, { programme: a.step.programme, after: afterId, limit: sliceSize }, tx);
  if (ids.length > 0) {
    const later = await store.laterEvents(db, { ids, at: asOf }, tx);
    const putOff = new Set(later.map((touched) => touched.id));
    const values = await valuesOf(parts, { ...a.step, until: asOf }, tx);
    const now = ids.filter((one) => !putOff.has(one));
    await store.noteCases(db, { ...values, rollup: id, ids: now, at: asOf }, tx);
    await store.putOff(db, { rollup: id, later, counted: [] }, tx);
    await store.setRollup(db, id, { afterId: ids.at(-1) as number }, tx);
  }
  if (ids.length === sliceSize) return { left: "more", cases: ids.length };
  await store.sumUp(db, id, tx);
  const caught = await catchUp(parts, a.building, { ...a.step, most: Number.POSITIVE_INFINITY }, tx);
  if (a.current !== undefined) await store.setRollup(db, a.current.id, { state: "old" }, tx);
  await store.setRollup(db, id, { state: "current" }, tx);
  return { left: "nothing", cases: ids.length + (caught ?? 0) };
}

async function advanceOnce(parts: RollupParts, step: Step): Promise<StepDone> {
  const { db } = parts;
  const { programme, now, policy } = step;
  const { countedBy } = countingOf(policy);
  return inSnapshot(db, async (tx) => {
    if (!(await store.lockRollups(db, programme, tx))) return { left: "others", cases: 0 };
    const { current, building } = await store.rollupsOf(db, programme, tx);
    const goesOn = (rollup: store.Rollup | undefined): boolean => rollup?.countedBy === countedBy && !rollup.ahead;
    if (building !== undefined && goesOn(building)) return build(parts, { building, current, step }, tx);
    if (building !== undefined) await store.setRollup(db, building.id, { state: "old" }, tx);
    if (current !== undefined && goesOn(current)) {
      const cases = await catchUp(parts, current, { ...step, most: mostAtOnce }, tx);
      if (cases !== null) return { left: "nothing", cases };
    }
    await store.beginRollup(db, { programme, countedBy, now }, tx);
    return { left: "more", cases: 0 };
  });
}

const othersMs = 200;

/**
 * Brings the sums of all programmes up to now, for as long as `maxMs` allows; the next run goes on.
 * @param a.toTheEnd goes on itself where another instance is at it, as soon as that leaves off
 * @returns how many times a case was counted here
 */
export async function advanceRollups(
  parts: RollupParts,
  { now, maxMs, toTheEnd = false }: { now: Date; maxMs: number; toTheEnd?: boolean },
): Promise<{ cases: number }> {
  const began = parts.elapsed();
  const inTime = () => parts.elapsed() - began < maxMs;
  let cases = 0;
  for (const programme of await parts.programmes()) {
    const policy = await parts.policies.fresh(programme);
    const step = { programme, policy, now };
    let left: StepDone["left"] = "more";
    while ((left === "more" || (left === "others" && toTheEnd)) && inTime()) {
      if (left === "others") await sleep(othersMs);
      const done = await advanceOnce(parts, step);
      cases += done.cases;
      left = done.left;
    }
  }
  while (inTime() && (await store.removeSome(parts.db, mostAtOnce))) {
    // Nobody reads what was replaced.
  }
  return { cases };
}

/** Begins a new edition of a programme's sums, as soon as no other instance is at them; `advanceRollups` builds it. */
export async function rebuildRollups(parts: RollupParts, a: { programme: string; now: Date }): Promise<void> {
  const { db } = parts;
  const { countedBy } = countingOf(await parts.policies.fresh(a.programme));
  const begin = (): Promise<boolean> =>
    inSnapshot(db, async (tx) => {
      if (!(await store.lockRollups(db, a.programme, tx))) return false;
      const { building } = await store.rollupsOf(db, a.programme, tx);
      if (building !== undefined) await store.setRollup(db, building.id, { state: "old" }, tx);
      await store.beginRollup(db, { programme: a.programme, countedBy, now: a.now }, tx);
      return true;
    });
  while (!(await begin())) await sleep(othersMs);
}

export interface Rollups {
  /** Brings them up to now, as far as the time of one run allows. Returns how many times a case was counted. */
  advance(a: { now: Date }): Promise<{ cases: number }>;
  /** Counts all cases anew, then puts the new sums in the place of the old. */
  rebuild(a: { now: Date }): Promise<{ cases: number }>;
  /** A line a programme. Changes nothing. */
  check(): Promise<readonly RollupCheck[]>;
}

/** The job runs each minute. */
const maxRunMs = 45_000;

export function createRollups(parts: RollupParts): Rollups {
  return {
    advance: ({ now }) => advanceRollups(parts, { now, maxMs: maxRunMs }),
    async rebuild({ now }) {
      for (const programme of await parts.programmes()) await rebuildRollups(parts, { programme, now });
      return advanceRollups(parts, { now, maxMs: Number.POSITIVE_INFINITY, toTheEnd: true });
    },
    async check() {
      const checks: RollupCheck[] = [];
      for (const programme of await parts.programmes()) checks.push(await checkRollups(parts, programme));
      return checks;
    },
  };
}
