/**
 * Works off one replay: cases stream by in order of their number, are decided again and counted. What was counted and what
 * was found is stored together, a stretch at a time, so that a kill costs one stretch and nothing is counted twice. Nothing of
 * any case is written.
 */
import type { Logger } from "pino";
import { remembered } from "../../../engine/replay/remembered.js";
import { keepTally, type ReplayedCase, type TallyKeeper } from "../../../engine/replay/replay-tally.js";
import { type Judged, noDetails, type RecordedCase, type Replayer } from "../../../engine/replay/replayer.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { Turn } from "../../../platform/jobs/work-lane.js";
import type { Policies } from "../../setup/policies.js";
import { clocksOfCases, eventsOfCases, workflowsOfCases } from "./replay-details.js";
import { type ReplayPage, type ReplayReading, replayPages } from "./replay-rows.js";
import {
  endReplay,
  isSetInForce,
  nextBundle,
  noteReplayed,
  type ReplayedBundle,
  storedReplay,
} from "./replay-store.js";
import { readingOf, replayerOf, setupsOf, type VersionOf } from "./replayer-of-run.js";

export interface ReplayParts {
  readonly db: Database;
  readonly log: Logger;
  readonly now: () => Date;
  readonly policies: Policies;
  readonly versionOf: VersionOf;
}

/** Cases that are counted before they are stored. */
const stretch = 20_000;

const ours: Bilingual = {
  en: "Something went wrong here. Start the replay again; tell the operation room if it stays so.",
  ar: "حدث خطأ من جهتنا. ابدأ الإعادة من جديد، وأبلغ غرفة العمليات إن تكرر ذلك.",
};

const overtaken: Bilingual = {
  en: "The change-set was published before this replay had ended, so there is no before to compare with any more.",
  ar: "نُشرت مجموعة التغييرات قبل أن تنتهي هذه الإعادة، فلم يعد هناك وضع سابق يُقارن به.",
};

/** What was found in a stretch, in lists that the database takes at once. */
interface Found {
  readonly newBundles: ReplayedBundle[];
  readonly caseIds: number[];
  readonly bundles: number[];
}

/** Bundles that are told apart; of those that were forgotten, what comes again is another one. */
const mostBundles = 20_000;

/** A page that only waits to be counted. */
interface WeighedPage {
  readonly upTo: number;
  /** Numbers of the cases, and what each of them would be. */
  readonly ids: readonly number[];
  readonly weighed: readonly ReplayedCase[];
}

/** Most cases need nothing beside their decisions: they are weighed as they are read, and nothing of them stays. */
async function weighPage(replayer: Replayer, { cases, upTo, ask }: ReplayPage): Promise<WeighedPage> {
  const weighed = new Array<ReplayedCase>(cases.length);
  const later: { readonly place: number; readonly theCase: RecordedCase; readonly judged: Judged }[] = [];
  cases.forEach((theCase, place) => {
    const judged = replayer.judge(theCase);
    if (judged.needs === "nothing") weighed[place] = replayer.weigh(theCase, judged, noDetails);
    else later.push({ place, theCase, judged });
  });
  const ids = cases.map(({ id }) => id);
  if (later.length === 0) return { upTo, ids, weighed };
  const telling = later.filter(({ judged }) => judged.needs === "events");
  const numbers = (some: typeof later) => some.map(({ theCase }) => theCase.id);
  const clocks = await clocksOfCases(ask, numbers(later), replayer.clocks);
  const events = telling.length === 0 ? null : await eventsOfCases(ask, numbers(telling));
  const workflows = telling.length === 0 ? null : await workflowsOfCases(ask, numbers(telling));
  for (const { place, theCase, judged } of later) {
    const { id } = theCase;
    weighed[place] = replayer.weigh(theCase, judged, {
      clocks: clocks.get(id) ?? [],
      events: events?.get(id) ?? [],
      workflowVersionId: workflows?.get(id) ?? null,
    });
  }
  return { upTo, ids, weighed };
}

/**
 * Counts all cases after `after`; `store` is called after each stretch, and says whether to go on. While one is stored the next
 * one is counted. Whoever is `stopping` counts no further page, and what was counted is stored. False: it was stopped.
 */
async function replayCases(
  { db }: Pick<ReplayParts, "db">,
  a: {
    replayer: Replayer;
    reading: ReplayReading;
    after: number;
    keeper: TallyKeeper;
    nextBundle: number;
    stopping: () => boolean;
  },
  store: (after: number, found: Found) => Promise<boolean>,
): Promise<boolean> {
  const nothing = (): Found => ({ newBundles: [], caseIds: [], bundles: [] });
  let found = nothing();
  let [since, last, next] = [0, a.after, a.nextBundle];
  const bundleOf = remembered((places: string) => {
    const bundle = next++;
    found.newBundles.push({ bundle, changes: places.split(",").map(Number) });
    return bundle;
  }, mostBundles);
  let stored = Promise.resolve(true);
  try {
    for await (const { ids, weighed, upTo } of replayPages(db, a, (page) => weighPage(a.replayer, page))) {
      weighed.forEach((one, i) => {
        const places = a.keeper.add(one);
        if (places.length === 0) return;
        found.caseIds.push(ids[i] as number);
        found.bundles.push(bundleOf(places.join(",")));
      });
      [since, last] = [since + ids.length, upTo];
      if (a.stopping()) break;
      if (since < stretch) continue;
      if (!(await stored)) return false;
      stored = store(last, found);
      // Whoever waits for it is told.
      stored.catch(() => undefined);
      since = 0;
      found = nothing();
    }
    return (await stored) && (await store(last, found));
  } finally {
    await Promise.allSettled([stored]);
  }
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
    const reading = readingOf(stored, replayer, setups);
    const after = stored.afterId;
    const keeper = keepTally(stored.tally);
    const asked = { replayer, reading, after, keeper, nextBundle: await nextBundle(db, id), stopping: turn.stopping };
    const whole = await replayCases(parts, asked, async (afterId, { newBundles, ...changed }) => {
      // As it is now: counting goes on meanwhile.
      const tally = JSON.stringify(keeper.tally);
      const noted = { id, by: turn.by, until: turn.until(), afterId, tally, newBundles, changed };
      const mine = await inTransaction(db, (transaction) => noteReplayed(db, transaction, noted));
      return mine && !turn.stopping();
    });
    if (whole) await end(null);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    log.error({ replay: id, error: errorSummary(error) }, "replay failed");
    await end(ours);
  }
}
