/** What a digest of figures asks of its reader: something to do, with whom, by when, and how often it asked before. Plain data. */

import type { Bilingual } from "../text/text.js";
import type { DigestPlace, FigureChange } from "./digest-changes.js";
import { among, maxCritical } from "./digest-followed.js";
import type { OrderAct } from "./digest-orders.js";
import type { AnswerQuality, CriticalAt, PlaceApart, StateFigure, Wave } from "./digest-state.js";
import type { Latest } from "./digest-story.js";

/** Open cases that climbed to a position of the reader, or higher: the number of their home. */
export interface EscalatedTo {
  readonly count: number;
  readonly level: number;
  /** The entity of the position: they are there, or below it. */
  readonly under: string;
  /** How many of them are overdue, and at which entities they are, the most first. Letters of before say neither. */
  readonly overdue?: number;
  readonly at?: readonly (DigestPlace & { readonly count: number; readonly overdue: number })[];
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
  /** By when the last of them asked it: a civil day. Letters of before do not say. */
  readonly askedBy?: string;
  /** The civil day by which it is asked. Letters of before have none. */
  readonly until?: string;
  readonly whom?: AnswersForIt;
  /** The entity that the reader may ask about it, and how. */
  readonly order?: { readonly entity: string; readonly acts: readonly OrderAct[] };
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
  /** What others can copy of who does well. */
  | { readonly kind: "copy"; readonly place: DigestPlace }
  /** Better answers of whose are sent back, or opened again, most. */
  | ({ readonly kind: "answers"; readonly place: DigestPlace; readonly own?: boolean } & Pick<
      NonNullable<AnswerQuality["worst"]>,
      "figure" | "rate" | "others"
    >);

/**
 * What an ask is of: two letters ask for the same where kind and this agree. What climbed is other cases each time, and of who does well nothing is
 * owed.
 */
function subjectOf(one: Asked): string | null {
  if (one.kind === "decide" || one.kind === "copy") return null;
  const figure = "figure" in one ? one.figure : "";
  const place = "place" in one ? (one.place?.code ?? "") : "";
  // A plan is a plan, whether its entity fell or was always behind.
  const kind = one.kind === "behind" ? "plan" : one.kind;
  return [kind, figure, place, one.kind === "wave" ? one.of.code : ""].join("/");
}

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
    if (one.kind === "critical") return stillAsked(one, same);
    return { ...one, before: (same.before ?? 0) + 1, ...(same.until !== undefined && { askedBy: same.until }) };
  });

/** One or two overdue cases need no date from above. */
const leastOverdue = 3;
/** No letter asks for more: who has ten things to do does none. */
const maxAsked = 7;

/**
 * The worst first: what is critical and late, what came up to the reader, who fell, who is behind, what is new, whose answers come back; and last,
 * where there is room, whom others can copy.
 */
export function askedOf(a: {
  escalated: readonly EscalatedTo[];
  worse: readonly FigureChange[];
  latest: Latest | null;
  critical: readonly CriticalAt[];
  behind: readonly PlaceApart[];
  waves: readonly Wave[];
  ahead: readonly PlaceApart[];
  quality: AnswerQuality | null;
  /** How all that the digest is of lies to targets it misses by more than their limit. */
  off: readonly { readonly figure: StateFigure; readonly rate: number; readonly target: number }[];
  /** The digest is of one entity: what is asked is asked of its own people. */
  alone: boolean;
  /** The reader's own entity: what is asked of it is asked of its own people too. */
  own: string | null;
  /** By when what is critical is asked, and all else: civil days. */
  until: { readonly critical: string; readonly other: string } | null;
  /** @param own of the reader's own: who answers below the reader */
  whom: (entity: string, own: boolean) => AnswersForIt | null;
  /** What the reader may ask of an entity. */
  acts: (entity: string) => readonly OrderAct[];
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
  const copy = a.alone ? [] : a.ahead.slice(0, 1).map((one): Asked => ({ kind: "copy", place: placeOf(one) }));
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
    ...copy,
  ];
  return asked.slice(0, maxAsked).map((one): Asked => {
    const day = a.until === null ? null : one.kind === "critical" ? a.until.critical : a.until.other;
    const place = "place" in one ? one.place : null;
    const code = place?.code ?? ("place" in one || a.alone ? a.own : null);
    const whom = code === null || one.kind === "decide" ? null : a.whom(code, isOwn(place));
    const acts = code === null || one.kind === "decide" || one.kind === "copy" ? [] : a.acts(code);
    return {
      ...one,
      ...(day !== null && { until: day }),
      ...(whom !== null && { whom }),
      ...(code !== null && acts.length > 0 && { order: { entity: code, acts } }),
    };
  });
}
