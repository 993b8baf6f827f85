/**
 * Puts together what waits for people whose moment has come: one letter a person.
 *
 * Safe to run in several instances, late, or killed at any point: what is sent, what is let go and who is written to instead is one transaction a
 * person, and a letter is sent under one key for ever.
 */

import {
  type GatheredLetters,
  gatherLetters,
  lapseReasons,
  namedInLists,
  type WaitingLetter,
} from "../../engine/letters/gather-letters.js";
import { isUnavailable } from "../../platform/db/connect.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { errorWords } from "../../platform/error-summary.js";
import {
  type GatheringReceiver,
  lettersToGather,
  lockGathering,
  markGathered,
  markLapsed,
  markUngathered,
  receiversToGather,
  sendAlone,
  writeAnew,
} from "../../platform/mail/gathering-store.js";
import { insertMessages } from "../../platform/mail/message-store.js";
import type { CaseParts } from "../cases/case-parts.js";
import { casesById, casesToLookAt } from "../cases/case-queries.js";

export interface GatherReport {
  /** Letters that leave. */
  readonly letters: number;
  /** What they tell. */
  readonly told: number;
  readonly lapsed: number;
}

/** How many people at a time, and how many letters of one: what is left waits for the next round. */
const mostReceivers = 200;
const mostLetters = 300;
/** One letter may move to somebody else, who may have left too. */
const mostRounds = 4;
/** So long a letter is tried that cannot be put together with others. */
const triedFor = 86_400_000;

type Parts = Pick<CaseParts, "db" | "policies" | "messages">;

type Waiting = Parameters<typeof gatherLetters>[0];

function worked(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** All that can be put together: a letter that cannot keeps none of the others. */
function gatherSound(asked: Waiting): { gathered: GatheredLetters; broken: readonly WaitingLetter[]; fault: unknown } {
  try {
    return { gathered: gatherLetters(asked), broken: [], fault: null };
  } catch (fault) {
    const letters = asked.letters.filter((letter) => worked(() => gatherLetters({ ...asked, letters: [letter] })));
    const broken = asked.letters.filter((letter) => !letters.includes(letter));
    if (broken.length === 0) throw fault;
    return { gathered: gatherLetters({ ...asked, letters }), broken, fault };
  }
}

/** What waits for one person. Null: another instance is at it. */
async function gatherFor(
  parts: Parts,
  receiver: GatheringReceiver,
  now: Date,
  failures: unknown[],
): Promise<GatherReport | null> {
  const { db, policies, messages: state } = parts;
  const letters = await lettersToGather(db, { ...receiver, now, limit: mostLetters });
  if (letters.length === 0) return null;
  const { setup, calendar } = await policies.fresh(receiver.programme);
  const loaded = await casesById(db, [...new Set(letters.flatMap(({ caseId }) => caseId ?? []))]);
  const cases = new Map(loaded.map((one) => [one.theCase.id, one]));
  const lists = letters.filter((letter) => worked(() => namedInLists([letter])));
  const named = await casesToLookAt(db, [...new Set(namedInLists(lists))]);
  const listed = new Map(named.map(({ theCase }) => [theCase.reference, theCase]));
  const asked = { letters, cases, listed, setup, now, calendar: () => calendar };
  const { gathered, broken, fault } = gatherSound(asked);
  const { alone, together, lapsed, anew } = gathered;
  const report = await inTransaction(db, async (tx) => {
    const ids = letters.map(({ id }) => id);
    if (!(await lockGathering(db, tx, ids))) return null;
    await writeAnew(db, tx, anew);
    await sendAlone(db, tx, { ids: alone, now, state });
    if (together !== null) {
      await insertMessages(db, { programme: receiver.programme, intents: [together.intent], now, state }, tx);
      await markGathered(db, tx, { ids: together.ids, into: together.intent.key });
    }
    const gone = lapsed.map(({ id, reason }) => ({ id, reason: lapseReasons[reason] }));
    await markLapsed(db, tx, { lapsed: gone, now });
    // Tried again for a day, perhaps by a corrected release; then it is a failed one, which someone sees and sends again.
    const since = new Map(letters.map(({ id, gatherAt }) => [id, gatherAt.getTime()]));
    const given = broken.filter(({ id }) => now.getTime() - (since.get(id) ?? now.getTime()) > triedFor);
    await markUngathered(db, tx, { ids: given.map(({ id }) => id), reason: errorWords(fault), now });
    const told = (together?.ids.length ?? 0) + alone.length;
    return { letters: alone.length + (together === null ? 0 : 1), told, lapsed: lapsed.length };
  });
  if (fault !== null) failures.push(fault);
  return report;
}

/**
 * Everything whose moment has come at `now`, also what moves to somebody else in doing so. Somebody whose letters cannot be put together keeps nobody
 * else from theirs: the first such fault is thrown in the end, and they are tried again at the next run.
 */
export async function gatherWaiting(parts: Parts, { now }: { now: Date }): Promise<GatherReport> {
  const report = { letters: 0, told: 0, lapsed: 0 };
  const failures: unknown[] = [];
  for (let round = 1; round <= mostRounds; round++) {
    let moved = 0;
    for (let after: GatheringReceiver | null = null; ; ) {
      const receivers: GatheringReceiver[] = await receiversToGather(parts.db, { now, after, limit: mostReceivers });
      for (const receiver of receivers) {
        const done = await gatherFor(parts, receiver, now, failures).catch((error: unknown) => {
          if (isUnavailable(error)) throw error;
          failures.push(error);
          return null;
        });
        if (done === null) continue;
        report.letters += done.letters;
        report.told += done.told;
        report.lapsed += done.lapsed;
        moved += done.lapsed + done.told;
      }
      after = receivers.at(-1) ?? null;
      if (receivers.length < mostReceivers) break;
    }
    if (moved === 0) break;
  }
  if (failures.length > 0) throw failures[0];
  return report;
}
