/**
 * What a replay counts while cases stream by: sums alone, so that its size does not grow with their number, and plain JSON,
 * so that a run that was interrupted goes on from where it was.
 */
import { canonical } from "../differences/difference.js";
import type { PromiseState } from "./promise-state.js";

export const replayDimensions = ["type", "entity", "pillar", "importance"] as const;
export type ReplayDimension = (typeof replayDimensions)[number];
export const replayTargets = ["firstResponse", "resolution"] as const;
export type ReplayTarget = (typeof replayTargets)[number];

/** What would be otherwise: a part of a decision or of what followed from it, and what it is and would be. */
export interface FacetChange {
  /** `resolution`, `entity`, `pillar` …; `kept.resolution`: on time or not; `level.2`: gone out or not. */
  readonly facet: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface CountedChange extends FacetChange {
  cases: number;
}

/** Targets that fell due, and those of them that were kept: now and as it would be. */
export interface OnTimeCounts {
  fellBefore: number;
  keptBefore: number;
  fellAfter: number;
  keptAfter: number;
}

export interface ReplayGroup {
  cases: number;
  changed: number;
  readonly firstResponse: OnTimeCounts;
  readonly resolution: OnTimeCounts;
}

/** How many cases come to an entity, now and as it would be. */
export interface LoadCounts {
  before: number;
  after: number;
}

export interface ReplayTally {
  /** Cases that were looked at, and those of which something would be otherwise. */
  cases: number;
  changed: number;
  /** Decisions (of calendars: clocks), and those that would be otherwise. */
  decisions: number;
  changedDecisions: number;
  /** Decisions that another version made than the one in force: compared is what the one in force says. */
  otherVersions: number;
  /** Targets that would be promised where nothing was: whether they would be kept is not known. */
  unmeasured: number;
  readonly whole: ReplayGroup;
  /** By code; the empty one: none. */
  readonly by: Readonly<Record<ReplayDimension, Record<string, ReplayGroup>>>;
  /** In the order in which they were met: a change is named by its place. */
  readonly changes: CountedChange[];
  /** Of routing, by entity; the empty one: the triage queue. */
  readonly load: Record<string, LoadCounts>;
}

/** How a target was kept, and would be. */
export interface ReplayedPromise {
  readonly target: ReplayTarget;
  readonly before: PromiseState;
  readonly after: PromiseState;
}

/** Where a case was placed, and would be; null: the triage queue. */
export interface ReplayedLoad {
  readonly before: string | null;
  readonly after: string | null;
}

/** One case as it was decided again. */
export interface ReplayedCase {
  readonly type: string;
  readonly entity: string | null;
  readonly pillar: string | null;
  readonly importance: string | null;
  readonly decisions: number;
  readonly changedDecisions: number;
  readonly otherVersions: number;
  readonly unmeasured: number;
  readonly changes: readonly FacetChange[];
  readonly promises: readonly ReplayedPromise[];
  readonly load: readonly ReplayedLoad[];
}

/** Distinct changes that are told apart; what is met beyond them is counted as one. */
const maxChanges = 1000;
const others: FacetChange = { facet: "others", from: null, to: null };

const noCounts = (): OnTimeCounts => ({ fellBefore: 0, keptBefore: 0, fellAfter: 0, keptAfter: 0 });
const noGroup = (): ReplayGroup => ({ cases: 0, changed: 0, firstResponse: noCounts(), resolution: noCounts() });

export function emptyTally(): ReplayTally {
  return {
    cases: 0,
    changed: 0,
    decisions: 0,
    changedDecisions: 0,
    otherVersions: 0,
    unmeasured: 0,
    whole: noGroup(),
    by: { type: {}, entity: {}, pillar: {}, importance: {} },
    changes: [],
    load: {},
  };
}

/** Of outcomes, which many cases share: writing each once saves a second in 200,000 cases. */
const texts = new WeakMap<object, string>();

/** The order of keys does not count. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return canonical(value);
  const text = texts.get(value) ?? canonical(value);
  texts.set(value, text);
  return text;
}

const keyOfChange = ({ facet, from, to }: FacetChange): string => `${facet}|${textOf(from)}|${textOf(to)}`;

const fellDue = (state: PromiseState): number => (state === "kept" || state === "missed" ? 1 : 0);
const wasKept = (state: PromiseState): number => (state === "kept" ? 1 : 0);

function count(group: ReplayGroup, { changes, promises }: ReplayedCase): void {
  group.cases += 1;
  if (changes.length > 0) group.changed += 1;
  for (const { target, before, after } of promises) {
    const counts = group[target];
    counts.fellBefore += fellDue(before);
    counts.keptBefore += wasKept(before);
    counts.fellAfter += fellDue(after);
    counts.keptAfter += wasKept(after);
  }
}

export interface TallyKeeper {
  /** With all that was added. */
  readonly tally: ReplayTally;
  /** Counts the case in; the places of its changes, each once. */
  add(theCase: ReplayedCase): readonly number[];
}

/** Goes on counting in `tally`, which it changes. */
export function keepTally(tally: ReplayTally = emptyTally()): TallyKeeper {
  const places = new Map(tally.changes.map((change, i) => [keyOfChange(change), i]));

  function placeOf(change: FacetChange): number {
    const key = keyOfChange(change);
    const known = places.get(key);
    if (known !== undefined) return known;
    if (tally.changes.length >= maxChanges) return change === others ? addPlace(key, others) : placeOf(others);
    return addPlace(key, change);
  }
  function addPlace(key: string, change: FacetChange): number {
    places.set(key, tally.changes.push({ ...change, cases: 0 }) - 1);
    return tally.changes.length - 1;
  }
  function loadOf(entity: string | null): LoadCounts {
    const code = entity ?? "";
    tally.load[code] ??= { before: 0, after: 0 };
    return tally.load[code];
  }

  return {
    tally,
    add(theCase) {
      const found = [...new Set(theCase.changes.map(placeOf))];
      tally.cases += 1;
      tally.decisions += theCase.decisions;
      tally.changedDecisions += theCase.changedDecisions;
      tally.otherVersions += theCase.otherVersions;
      tally.unmeasured += theCase.unmeasured;
      count(tally.whole, theCase);
      for (const dimension of replayDimensions) {
        const groups = tally.by[dimension];
        const code = theCase[dimension] ?? "";
        groups[code] ??= noGroup();
        count(groups[code], theCase);
      }
      for (const { before, after } of theCase.load) {
        loadOf(before).before += 1;
        loadOf(after).after += 1;
      }
      if (found.length > 0) tally.changed += 1;
      for (const place of found) (tally.changes[place] as CountedChange).cases += 1;
      return found;
    },
  };
}
