/**
 * Works off one replay: past cases are read in order of their number, decided again and counted. What was counted and found is
 * stored together, a page at a time, so that a kill costs one page and nothing is counted twice. Nothing of any case is written.
 */

import type { Logger } from "pino";
import type { CalendarDefinition } from "../../../engine/calendar/calendar-definition.js";
import { compileCalendar, type WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { quietActions } from "../../../engine/replay/idle-spans.js";
import { replayCalendar } from "../../../engine/replay/replay-calendar.js";
import { replayRules } from "../../../engine/replay/replay-rules.js";
import { keepTally, type ReplayedCase } from "../../../engine/replay/replay-tally.js";
import { replayTogether } from "../../../engine/replay/replay-together.js";
import type { DetailsNeeded, RecordedCase, Replayer, ReplayGround } from "../../../engine/replay/replayer.js";
import type { RuleSetDefinition, RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { Turn } from "../../../platform/jobs/work-lane.js";
import type { Policies } from "../../setup/policies.js";
import type { ChangeEdit } from "../change-sets/change-edit.js";
import { withRows } from "../change-sets/setup-with-change-set.js";
import { clocksOfCases, eventsOfCases, replayPages, versionsLived } from "./replay-queries.js";
import {
  type ChangedCase,
  endReplay,
  isSetInForce,
  nextBundle,
  noteReplayed,
  type ReplayedBundle,
  type StoredReplay,
  storedReplay,
} from "./replay-store.js";

/** Any version, by its number. */
interface VersionOf {
  rules(id: number): Promise<RuleSetDefinition>;
  calendar(id: number): Promise<CalendarDefinition>;
  workflow(id: number): Promise<WorkflowDefinition>;
}

/** The set-up in force, and the one that the draft is asked by. */
type Setups = Pick<ReplayGround, "setup" | "wouldBe">;

/** As the run was asked for, over the set-up as it is now. */
const setupsOf = ({ edits }: Pick<StoredReplay, "edits">, setup: Setup): Setups => ({
  setup,
  wouldBe: withRows(setup, (edits ?? []) as readonly ChangeEdit[]),
});

/** The drafts of a change-set that are replayed together, and by name what was in force when that was asked for. */
export interface HeldPolicy {
  readonly drafts: readonly { readonly kind: string; readonly name: string; readonly definition: object }[];
  readonly inForce: Readonly<Record<string, number>>;
}

/** As a case is decided. */
const ruleSetNamesInOrder = [
  "classification",
  "routing",
  "sla",
  "escalation",
  "quality",
] as const satisfies RuleSetName[];

function loaded<Version>(versions: ReadonlyMap<number, Version>, id: number): Version {
  const version = versions.get(id);
  if (version === undefined) throw new Error(`version ${id} was not loaded`);
  return version;
}

/** The draft over recorded cases, beside the version that was in force when it was asked for. */
export async function replayerOf(
  { db, versionOf }: { readonly db: Database; readonly versionOf: VersionOf },
  a: Pick<StoredReplay, "programme" | "kind" | "definition" | "inForceId" | "asOf">,
  { setup, wouldBe }: Setups,
): Promise<Replayer> {
  const calendars = new Map<number, WorkingCalendar>();
  for (const id of await versionsLived(db, a.programme, "calendar"))
    calendars.set(id, compileCalendar(await versionOf.calendar(id)));
  const quiet = new Map<number, ReadonlySet<string>>();
  if (a.kind === "set" || (a.kind === "rules" && (a.definition as RuleSetDefinition).set === "escalation")) {
    for (const id of await versionsLived(db, a.programme, "workflow"))
      quiet.set(id, quietActions(await versionOf.workflow(id)));
  }
  const calendarOf = (id: number) => loaded(calendars, id);
  const quietIn = (id: number) => loaded(quiet, id);
  const ground: ReplayGround = { setup, wouldBe, calendarOf, quietIn, now: a.asOf, inForceId: a.inForceId };
  if (a.kind === "calendar") {
    const draft = compileCalendar(a.definition as CalendarDefinition);
    return replayCalendar(ground, { draft, inForce: a.inForceId === null ? draft : calendarOf(a.inForceId) });
  }
  const rulesOf = async (draft: RuleSetDefinition | null, inForceId: number | null) => {
    const inForce = inForceId === null ? null : await versionOf.rules(inForceId);
    const asked = draft ?? inForce;
    return asked === null ? [] : [replayRules({ ...ground, inForceId }, { draft: asked, inForce })];
  };
  if (a.kind === "rules") {
    const [one] = await rulesOf(a.definition as RuleSetDefinition, a.inForceId);
    return one as Replayer;
  }
  const { drafts, inForce } = a.definition as HeldPolicy;
  const draftOf = (name: string) => drafts.find((one) => one.kind === "rules" && one.name === name)?.definition ?? null;
  const rules = [];
  // What no draft says anew is asked as well: what came before it may be otherwise, and the rows that it names.
  for (const name of ruleSetNamesInOrder)
    rules.push(...(await rulesOf(draftOf(name) as RuleSetDefinition | null, inForce[name] ?? null)));
  const days = drafts.find(({ kind }) => kind === "calendar");
  const calendarId = days === undefined ? null : (inForce[days.name] ?? null);
  const draft = days && compileCalendar(days.definition as CalendarDefinition);
  const calendar =
    draft === undefined || calendarId === null
      ? null
      : replayCalendar({ ...ground, inForceId: calendarId }, { draft, inForce: calendarOf(calendarId) });
  return replayTogether(ground, { rules, calendar });
}

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
    const { reads, everyCase } = replayer;
    for await (const { cases, upTo } of replayPages(db, { ...stored, reads, everyCase }, stored.afterId)) {
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
