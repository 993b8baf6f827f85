/**
 * Works off one replay: past cases are read in order of their number, decided again and counted. What was counted and found is
 * stored together, a page at a time, so that a kill costs one page and nothing is counted twice. Nothing of any case is written.
 */

import type { Logger } from "pino";
import { keepTally, type ReplayedCase } from "../../../engine/replay/replay-tally.js";
import type { DetailsNeeded, RecordedCase, Replayer } from "../../../engine/replay/replayer.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { Turn } from "../../../platform/jobs/work-lane.js";
import type { Policies } from "../../setup/policies.js";
import { clocksOfCases, eventsOfCases, replayPages } from "./replay-queries.js";
import {
  type ChangedCase,
  endReplay,
  isSetInForce,
  nextBundle,
  noteReplayed,
  type ReplayedBundle,
  storedReplay,
} from "./replay-store.js";
import { replayerOf, setupsOf, type VersionOf } from "./replayer-of-run.js";

export interface ReplayParts {
  readonly db: Database;
  readonly log: Logger;
  readonly now: () => Date;
  readonly policies: Policies;
  readonly versionOf: VersionOf;
}

const ours: Bilingual = msg("policy-replay.runReplay.ours");

const overtaken: Bilingual = msg("policy-replay.runReplay.overtaken");

/** What each case of a page would be; what is needed beside the decisions is read of all of them at once. */
async function weighPage(
  db: Database,
  replayer: Replayer,
  cases: readonly RecordedCase[],
): Promise<{ readonly id: number; readonly weighed: ReplayedCase }[]> {
  const judged = cases.map((theCase) => ({ theCase, verdict: replayer.judge(theCase) }));
  const idsNeeding = (...details: DetailsNeeded[]) =>
    judged.filter(({ verdict }) => details.includes(verdict.needs)).map(({ theCase }) => theCase.id);
  const clocks = await clocksOfCases(db, idsNeeding("clocks", "events"), replayer.clocks);
  const events = await eventsOfCases(db, idsNeeding("events"));
  return judged.map(({ theCase, verdict }) => {
    const { id } = theCase;
    const details = { clocks: clocks.get(id) ?? [], events: events.get(id) ?? [] };
    return { id, weighed: replayer.weigh(theCase, verdict, details) };
  });
}

/** Bundles that are known again; after so many they are forgotten, and what comes again is another one. */
const maxBundles = 20_000;

/** Gives changes that come together a number, from `first` on. */
function bundler(first: number) {
  const known = new Map<string, number>();
  let next = first;
  return (changes: readonly number[], newBundles: ReplayedBundle[]): number => {
    const key = changes.join(",");
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= maxBundles) known.clear();
    const bundle = next++;
    known.set(key, bundle);
    newBundles.push({ bundle, changes });
    return bundle;
  };
}

/** One piece of a lane. Errors: the database is away; it is taken up again then. */
export async function runReplay(parts: ReplayParts, turn: Turn): Promise<void> {
  const { db, log, policies, now } = parts;
  const stored = await storedReplay(db, turn.id);
  if (stored === null) return;
  const { id } = stored;
  const end = (failure: Bilingual | null) => endReplay(db, { id, by: turn.by, now: now(), failure });
  try {
    const setups = setupsOf(stored, (await policies.fresh(stored.programme)).setup);
    // Asked once the set-up is read: what is published from here on is not in it.
    if (await isSetInForce(db, id)) {
      await end(overtaken);
      return;
    }
    const replayer = await replayerOf(parts, stored, setups);
    const keeper = keepTally(stored.tally);
    const bundleOf = bundler(await nextBundle(db, id));
    const { ruleSet, facts } = replayer;
    for await (const { cases, upTo } of replayPages(db, { ...stored, ruleSet, facts }, stored.afterId)) {
      const newBundles: ReplayedBundle[] = [];
      const changed: ChangedCase[] = [];
      for (const one of await weighPage(db, replayer, cases)) {
        const changes = keeper.add(one.weighed);
        if (changes.length > 0) changed.push({ caseId: one.id, bundle: bundleOf(changes, newBundles) });
      }
      const page = { id, by: turn.by, until: turn.until(), afterId: upTo, tally: keeper.tally, newBundles, changed };
      const isMine = await inTransaction(db, (transaction) => noteReplayed(db, transaction, page));
      if (!isMine || turn.stopping()) return;
    }
    await end(null);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    log.error({ replay: id, error: errorSummary(error) }, "replay failed");
    await end(ours);
  }
}
