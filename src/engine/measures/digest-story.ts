/**
 * What a digest of figures answers beside its numbers and changes: which entity is latest and since when, why, what is asked of the
 * reader, what became of what the last letter named. Plain data, ready to be stored; words are chosen when it is read.
 */

import type { Bilingual } from "../text/text.js";
import { countsDiffer, rateDifference } from "./compare-rates.js";
import type { ChangedFigure, DigestPlace, FigureChange, PlaceSeries } from "./digest-changes.js";
import type { AnswerQuality, CriticalAt, PlaceApart, StateFigure, Wave } from "./digest-state.js";
import type { Counted } from "./kpi-counts.js";
import type { KpiDimension } from "./kpi-dimensions.js";
import { lastShift } from "./rate-shift.js";
import { type Guarded, type Hidden, isHidden } from "./small-cells.js";

/** What is overdue at a place now. */
export interface OverdueAt extends DigestPlace {
  readonly count: number;
  /** The civil day on which the oldest of them fell due, and its reference. */
  readonly oldestDue: string;
  readonly oldest: string;
}

export interface Latest extends OverdueAt {
  /** Of so many open ones. */
  readonly open: Guarded;
  /** First day of the period since which fewer are answered on time than before; null: no such move, or not seen. */
  readonly since: string | null;
  readonly onTime: Counted | null;
}

/** The entity with most overdue cases; of equals the one that has waited longest. Null: nothing is overdue. */
export function latestOf(a: {
  overdue: readonly OverdueAt[];
  series: readonly PlaceSeries[];
  from: readonly string[];
}): Latest | null {
  const [worst] = [...a.overdue].sort((x, y) => y.count - x.count || (x.oldestDue < y.oldestDue ? -1 : 1));
  if (worst === undefined || worst.count === 0) return null;
  const own = a.series.find(({ place }) => place?.code === worst.code);
  const periods = own?.periods ?? [];
  const shift = lastShift(periods.map(({ onTimeResolution }) => onTimeResolution));
  return {
    ...worst,
    open: own?.open ?? worst.count,
    since: shift !== null && shift.difference < 0 ? (a.from[shift.start] ?? null) : null,
    onTime: periods.at(-1)?.onTimeResolution ?? null,
  };
}

export type ReasonDimension = Extract<KpiDimension, "entity" | "service" | "type" | "pillar">;
export const reasonDimensions: readonly ReasonDimension[] = ["entity", "service", "type", "pillar"];

/** Cases that went wrong and all cases of a group, before and after. */
export interface GroupCounts {
  readonly dimension: ReasonDimension;
  readonly code: string;
  readonly name: Bilingual | null;
  readonly before: { readonly wrong: number; readonly all: number };
  readonly after: { readonly wrong: number; readonly all: number };
}

export interface Reason {
  readonly dimension: ReasonDimension;
  /** Letters of before have none. */
  readonly code?: string;
  readonly name: Bilingual;
  /** Of the change, and of all cases; from 0 to 1, the first more where the others got better. */
  readonly share: number;
  readonly ofCases: number;
}

/** A group with fewer cases explains nothing. */
const leastInGroup = 10;
/** It carries more of the change than of the cases by so much; a group that is nearly all of them explains nothing. */
const leastMore = 0.2;
const maxReasons = 2;

/**
 * Which entity, service, type or pillar carries most of a change: of each dimension the group whose share of the change exceeds its share of the
 * cases most. Empty: it is spread over all.
 * @param hides whether the reader is not shown a group: then the letter names none of its dimension
 */
export function reasonsOf(
  groups: readonly GroupCounts[],
  hides: (group: GroupCounts, own: readonly GroupCounts[]) => boolean = () => false,
): Reason[] {
  return reasonDimensions
    .flatMap((dimension): Reason[] => {
      const own = groups.filter((group) => group.dimension === dimension);
      const total = (side: "before" | "after", what: "wrong" | "all") =>
        own.reduce((sum, group) => sum + group[side][what], 0);
      const part = ({ before, after }: GroupCounts) =>
        after.wrong / Math.max(1, total("after", "all")) - before.wrong / Math.max(1, total("before", "all"));
      const change = own.reduce((sum, group) => sum + part(group), 0);
      if (change <= 0) return [];
      const [best] = own
        .flatMap((group): (Reason & { readonly group: GroupCounts })[] => {
          if (group.name === null || group.after.all < leastInGroup) return [];
          const share = part(group) / change;
          const ofCases = group.after.all / total("after", "all");
          const reason = { dimension, code: group.code, name: group.name, share, ofCases };
          return share - ofCases < leastMore ? [] : [{ ...reason, group }];
        })
        .sort((a, b) => b.share - b.ofCases - (a.share - a.ofCases));
      if (best === undefined || hides(best.group, own)) return [];
      const { group: _, ...reason } = best;
      return [reason];
    })
    .sort((a, b) => b.share - b.ofCases - (a.share - a.ofCases))
    .slice(0, maxReasons);
}

/** Why something is as it is: the change that it explains, and what carries it. */
export interface DigestWhy {
  readonly figure: ChangedFigure;
  readonly place: DigestPlace | null;
  /** First day of the time that is explained; null: the told period. */
  readonly since: string | null;
  /** The told period is compared with all before it, not with the last of them alone. */
  readonly usual?: boolean;
  readonly reasons: readonly Reason[];
  /** There are some, of so few cases that the reader is not told which. */
  readonly hidden?: boolean;
}

/** Open cases that climbed to a position of the reader, or higher: the number of their home. */
export interface EscalatedTo {
  readonly count: number;
  readonly level: number;
  /** The entity of the position: they are there, or below it. */
  readonly under: string;
}

/** The position that answers for a place, and who holds it. */
export interface AnswersForIt {
  readonly title: Bilingual;
  readonly holder: string;
}

/**
 * What is asked of the reader: something to do, with whom, by when. Letters of before know of `decide` the number alone.
 * `before`: in so many letters before this one, without a break.
 */
export type Asked = AskedOnce & {
  readonly before?: number;
  /** The civil day by which it is asked. Letters of before have none. */
  readonly until?: string;
  readonly whom?: AnswersForIt;
};
/** `own`: it is asked of the reader's own people. */
type AskedOnce =
  | ({ readonly kind: "decide"; readonly count: number } & Partial<EscalatedTo>)
  /** Answers to overdue cases of the highest importance level. */
  | {
      readonly kind: "critical";
      readonly place: DigestPlace;
      readonly count: number;
      readonly due: string;
      readonly own?: boolean;
      readonly cases?: readonly string[];
      /** How many of them the last letter asked for as well: those that it named and that are answered since are not asked for again. */
      readonly still?: number;
    }
  /** A plan of an entity that answers later than it did, or whose applicants are less satisfied. */
  | { readonly kind: "plan"; readonly figure: StateFigure; readonly place: DigestPlace | null }
  /** A plan of one that is behind all others, whether or not that is new. */
  | ({ readonly kind: "behind"; readonly own?: boolean } & Omit<PlaceApart, "code" | "name" | "more"> & {
        readonly place: DigestPlace;
      })
  /** A plan to reach the target of the reader's role, of all that the digest is of. */
  | {
      readonly kind: "target";
      readonly figure: StateFigure;
      readonly rate: number;
      readonly target: number;
      readonly own?: boolean;
    }
  /** A date by which the entity with most overdue cases has none. */
  | { readonly kind: "date"; readonly place: DigestPlace; readonly count: number; readonly own?: boolean }
  /** What lies behind it that more came in. */
  | {
      readonly kind: "wave";
      readonly place: DigestPlace;
      readonly of: DigestPlace & Pick<Wave, "dimension">;
      readonly own?: boolean;
    }
  /** Better answers of whose are sent back, or opened again, most. */
  | ({ readonly kind: "answers"; readonly place: DigestPlace; readonly own?: boolean } & Pick<
      NonNullable<AnswerQuality["worst"]>,
      "figure" | "rate" | "others"
    >);

/** What an ask is of: two letters ask for the same where kind and this agree. What climbed is other cases each time. */
function subjectOf(one: Asked): string | null {
  if (one.kind === "decide") return null;
  const figure = "figure" in one ? one.figure : "";
  const place = "place" in one ? (one.place?.code ?? "") : "";
  // A plan is a plan, whether its entity fell or was always behind.
  const kind = one.kind === "behind" ? "plan" : one.kind;
  return [kind, figure, place, one.kind === "wave" ? one.of.code : ""].join("/");
}

const among = (cases: readonly string[], then: readonly string[]): number =>
  cases.filter((one) => then.includes(one)).length;

/** Of cases it is asked again where some of them were named: others are new, at the same place. */
function stillAsked(one: Asked & { readonly kind: "critical" }, then: Asked): Asked {
  const still = then.kind === "critical" ? among(one.cases ?? [], then.cases ?? []) : 0;
  return still === 0 ? one : { ...one, still };
}

/** What a letter asks, with how often the letters before asked the same. */
export const askedAgain = (asked: readonly Asked[], last: readonly Asked[]): Asked[] =>
  asked.map((one) => {
    const subject = subjectOf(one);
    const same = subject === null ? undefined : last.find((other) => subjectOf(other) === subject);
    if (same === undefined) return one;
    return one.kind === "critical" ? stillAsked(one, same) : { ...one, before: (same.before ?? 0) + 1 };
  });

/** One or two overdue cases need no date from above. */
const leastOverdue = 3;
/** No letter asks for more: who has ten things to do does none. */
const maxAsked = 7;
const maxCritical = 3;

/** The worst first: what is critical and late, what came up to the reader, who fell, who is behind, what is new, whose answers come back. */
export function askedOf(a: {
  escalated: readonly EscalatedTo[];
  worse: readonly FigureChange[];
  latest: Latest | null;
  critical: readonly CriticalAt[];
  behind: readonly PlaceApart[];
  waves: readonly Wave[];
  quality: AnswerQuality | null;
  /** How all that the digest is of lies to targets it misses by more than their limit. */
  off: readonly { readonly figure: StateFigure; readonly rate: number; readonly target: number }[];
  /** The digest is of one entity: what is asked is asked of its own people. */
  alone: boolean;
  /** The reader's own entity: nobody asks it but its own people either. */
  own: string | null;
  /** By when what is critical is asked, and all else: civil days. */
  until: { readonly critical: string; readonly other: string } | null;
  whom: (entity: string) => AnswersForIt | null;
}): Asked[] {
  const isOwn = (place: DigestPlace | null): boolean => a.alone || (place !== null && place.code === a.own);
  const ownOf = (place: DigestPlace) => (isOwn(place) ? { own: true } : {});
  const placeOf = ({ code, name }: DigestPlace): DigestPlace => ({ code, name });
  const critical = a.critical.map(
    (one): Asked => ({
      ...{ kind: "critical", place: placeOf(one), count: one.count, due: one.oldestDue },
      ...(one.cases !== undefined && { cases: one.cases }),
      ...ownOf(one),
    }),
  );
  const plans = a.worse.flatMap(({ figure, place }): Asked[] =>
    figure === "overdue" || (place === null && !a.alone)
      ? []
      : [{ kind: "plan", figure, place: isOwn(place) ? null : place }],
  );
  const isPlanned = (code: string, figure: StateFigure): boolean =>
    a.worse.some((one) => one.figure === figure && (one.place?.code ?? (a.alone ? code : null)) === code);
  const behind = a.behind
    .filter(({ code, figure }) => !isPlanned(code, figure))
    .map(({ code, name, more: _, ...one }): Asked => {
      const place = { code, name };
      return { kind: "behind", place, ...one, ...ownOf(place) };
    });
  const isBehind = (code: string): boolean =>
    isPlanned(code, "onTime") || a.behind.some((one) => one.code === code && one.figure === "onTime");
  const off = a.off
    .filter(({ figure }) => a.alone && !plans.some((one) => one.kind === "plan" && one.figure === figure))
    .map((one): Asked => ({ kind: "target", ...one, own: true }));
  const { latest } = a;
  const dates: Asked[] =
    latest !== null && !isBehind(latest.code) && latest.count >= leastOverdue
      ? [{ kind: "date", place: placeOf(latest), count: latest.count, ...ownOf(latest) }]
      : [];
  const waves = a.waves.flatMap(({ code, name, dimension, place }): Asked[] =>
    place === null ? [] : [{ kind: "wave", place, of: { code, name, dimension }, ...ownOf(place) }],
  );
  const worst = a.quality?.worst ?? null;
  const answers: Asked[] =
    worst === null
      ? []
      : [
          {
            ...{ kind: "answers", place: placeOf(worst), figure: worst.figure, rate: worst.rate, others: worst.others },
            ...ownOf(worst),
          },
        ];
  const decide = a.escalated.map((one): Asked => ({ kind: "decide", ...one }));
  const asked = [
    ...critical.slice(0, maxCritical),
    ...decide,
    ...plans,
    ...behind,
    ...off,
    ...dates,
    ...waves,
    ...answers,
  ];
  return asked.slice(0, maxAsked).map((one): Asked => {
    const day = a.until === null ? null : one.kind === "critical" ? a.until.critical : a.until.other;
    const place = "place" in one ? one.place : null;
    const whom = place === null || isOwn(place) ? null : a.whom(place.code);
    return { ...one, ...(day !== null && { until: day }), ...(whom !== null && { whom }) };
  });
}

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
}

export interface Followed extends NamedPlace {
  /** `hidden`: nothing of it can be compared. */
  readonly outcome: "better" | "same" | "worse" | "hidden";
  readonly was: PlaceNow;
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
  return then.flatMap(({ code, name, concerns: named = ["deadlines"], ...was }): Followed[] => {
    const found = now.get(code);
    if (found === undefined) return [];
    const { criticalCases: cases = [], ...today } = found;
    const { criticalCases, ...then } = was;
    const still = criticalCases === undefined ? {} : { still: among(cases, criticalCases) };
    const sides = named.flatMap((concern) => sidesOf[concern](was, today));
    const side = sides.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    const outcome = sides.every((one) => one === null) ? "hidden" : side > 0 ? "better" : side < 0 ? "worse" : "same";
    return [{ code, name, concerns: named, ...today, ...still, outcome, was: then }];
  });
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
