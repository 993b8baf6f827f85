/** What became of the places that the letters before named. Plain data. */

import { countsDiffer, rateDifference } from "./compare-rates.js";
import type { ChangedFigure, DigestPlace, FigureChange } from "./digest-changes.js";
import type { PlaceApart } from "./digest-state.js";
import type { Latest } from "./digest-story.js";
import type { Counted } from "./kpi-counts.js";
import { type Guarded, type Hidden, isHidden } from "./small-cells.js";

/** So many places with critical cases a letter names. */
export const maxCritical = 3;

/** How many of some cases are among others, by their references. */
export const among = (cases: readonly string[], then: readonly string[]): number =>
  cases.filter((one) => then.includes(one)).length;

/** How a place is, as the reader is shown it. */
export interface PlaceNow {
  readonly onTime: Counted | Hidden;
  readonly overdue: Guarded;
  /** Letters of before have none of these. */
  readonly satisfaction?: Counted | Hidden;
  /** Overdue cases of the highest importance level. */
  readonly critical?: number;
  readonly criticalCases?: readonly string[];
}

/** Why a letter named a place: that is what the next one says of it. */
const concerns = ["critical", "deadlines", "satisfaction"] as const;
export type Concern = (typeof concerns)[number];

/** What a letter named, so that the next one can say what became of it. */
export interface NamedPlace extends DigestPlace, PlaceNow {
  /** Letters of before name places for their deadlines alone. */
  readonly concerns?: readonly Concern[];
  /** How it was when a letter first named it, and that letter's day: until it is well it is compared with that. */
  readonly first?: PlaceNow & { readonly day: string };
}

export interface Followed extends NamedPlace {
  /** `hidden`: nothing of it can be compared. */
  readonly outcome: "better" | "same" | "worse" | "hidden";
  readonly was: PlaceNow;
  /** The day of the letter that first named it: of then `was` is. Left out: the last letter did. */
  readonly since?: string;
  /** How many of the critical cases that were overdue then still are. Left out: the letter did not say which they were. */
  readonly still?: number;
}

/** 1: better, -1: worse, 0: chance explains it; null: it is not shown. */
function sideOfRates(was: PlaceNow["onTime"], is: PlaceNow["onTime"]): number | null {
  if (isHidden(was) || isHidden(is)) return null;
  const compared = rateDifference(is, was);
  return compared?.told ? Math.sign(compared.difference) : 0;
}
function sideOfCounts(was: Guarded, is: Guarded): number | null {
  if (isHidden(was) || isHidden(is)) return null;
  return countsDiffer(is, was) ? Math.sign(was - is) : 0;
}

/** What can be said of a place, by why it was named. */
const sidesOf: Readonly<Record<Concern, (was: PlaceNow, is: PlaceNow) => readonly (number | null)[]>> = {
  // One more is worse, and none left is better; with one fewer it goes on.
  critical: ({ critical: was }, { critical: is }) => [
    was === undefined || is === undefined ? null : is > was ? -1 : is === 0 && was > 0 ? 1 : 0,
  ],
  deadlines: (was, is) => [sideOfRates(was.onTime, is.onTime), sideOfCounts(was.overdue, is.overdue)],
  satisfaction: (was, is) =>
    was.satisfaction === undefined || is.satisfaction === undefined
      ? [null]
      : [sideOfRates(was.satisfaction, is.satisfaction)],
};

/** Of a place that was named: how it is now, by what chance does not explain, of the numbers that are shown then and now. */
export function followedOf(then: readonly NamedPlace[], now: ReadonlyMap<string, PlaceNow>): Followed[] {
  return then.flatMap(({ code, name, concerns: named = ["deadlines"], first, ...last }): Followed[] => {
    const found = now.get(code);
    if (found === undefined) return [];
    const { day, ...was } = first ?? { ...last, day: undefined };
    const { criticalCases: cases = [], ...today } = found;
    const { criticalCases, ...then } = was;
    const wasCritical = criticalCases !== undefined && criticalCases.length > 0;
    const still = wasCritical ? { still: among(cases, criticalCases) } : {};
    const sides = named.flatMap((concern) => sidesOf[concern](was, today));
    const side = sides.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    const outcome = sides.every((one) => one === null) ? "hidden" : side > 0 ? "better" : side < 0 ? "worse" : "same";
    const since = day === undefined ? {} : { since: day };
    return [{ code, name, concerns: named, ...today, ...still, outcome, was: then, ...since }];
  });
}

/** Nothing of what it was named for is left to follow. */
const isWell = ({ outcome, concerns: of = ["deadlines"], overdue, critical = 0 }: Followed): boolean =>
  outcome === "better" ||
  outcome === "hidden" ||
  (of.every((one) => one === "satisfaction") ? outcome !== "worse" : overdue === 0 && critical === 0);

/**
 * What the next letter follows: what this one names, and what those before named and is not well again, each with how it was when it was first
 * named.
 * @param a.last what the last letter followed, and its day; null: there was none
 * @param a.day of this letter
 */
export function carriedOn(a: {
  named: readonly NamedPlace[];
  followed: readonly Followed[];
  last: { readonly named: readonly NamedPlace[]; readonly day: string } | null;
  now: ReadonlyMap<string, PlaceNow>;
  day: string;
}): NamedPlace[] {
  const firstOf = (code: string): NamedPlace["first"] => {
    const known = a.last?.named.find((one) => one.code === code);
    if (known === undefined || a.last === null) return undefined;
    const { code: _, name: __, concerns: ___, first, ...was } = known;
    return first ?? { ...was, day: a.last.day };
  };
  const named = a.named.map((one): NamedPlace => {
    const { code: _, name: __, concerns: ___, first: ____, ...now } = one;
    return { ...one, first: firstOf(one.code) ?? { ...now, day: a.day } };
  });
  const open = a.followed.filter((one) => !isWell(one) && !a.named.some(({ code }) => code === one.code));
  return [
    ...named,
    ...open.flatMap(({ code, name, concerns: of }): NamedPlace[] => {
      const [now, first] = [a.now.get(code), firstOf(code)];
      return now === undefined ? [] : [{ code, name, ...(of && { concerns: of }), ...now, ...(first && { first }) }];
    }),
  ];
}

/** The places that a letter names, each once and with why: what is critical, what got worse or better, who is behind, who needs a word. */
export function namedIn(a: {
  changes: readonly FigureChange[];
  latest: Latest | null;
  entities: readonly DigestPlace[];
  critical: readonly DigestPlace[];
  behind: readonly PlaceApart[];
  now: ReadonlyMap<string, PlaceNow>;
}): NamedPlace[] {
  const concernOf = (figure: ChangedFigure): Concern => (figure === "satisfaction" ? "satisfaction" : "deadlines");
  const late = [...(a.latest === null ? [] : [a.latest]), ...a.entities];
  const all = [
    ...a.critical.slice(0, maxCritical).map((place) => ({ place, concern: "critical" as const })),
    ...a.changes.flatMap(({ place, figure }) => (place === null ? [] : [{ place, concern: concernOf(figure) }])),
    ...a.behind.map((place) => ({ place, concern: concernOf(place.figure) })),
    ...late.map((place) => ({ place, concern: concernOf("onTime") })),
  ];
  const places = new Map(all.map(({ place }) => [place.code, place.name]));
  return [...places].flatMap(([code, name]) => {
    const today = a.now.get(code);
    const own = all.filter(({ place }) => place.code === code).map(({ concern }) => concern);
    return today === undefined ? [] : [{ code, name, concerns: concerns.filter((one) => own.includes(one)), ...today }];
  });
}
