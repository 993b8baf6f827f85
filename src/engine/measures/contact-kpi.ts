/**
 * The figures of the contact centre: what its agents did in a period P. They are counted from its own small tables, never from
 * cases, and no case can be told from them. Browsers run this too.
 */

import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { type Ratio, ratio } from "./kpi-counts.js";
import { type Guarded, isFew } from "./small-cells.js";

/** What the database counted of the contact centre, of a shift or of an agent. */
export interface ContactCounts {
  /** Calls that began in P, and how long they took in seconds. */
  readonly calls: number;
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
  /**
   * Call-backs and survey calls of which it was decided in P whether they were in time, by the first try or by what was promised; in
   * time. Of an agent those that they tried first.
   */
  readonly due: number;
  readonly inTime: number;
  /** Call-backs that ended in P, surveys left out, and of these those that reached the person. */
  readonly ended: number;
  readonly reached: number;
  /** Survey calls that ended in P: answered, refused, all. */
  readonly surveysEnded: number;
  readonly answered: number;
  readonly refused: number;
}

export const noContacts: ContactCounts = {
  ...{ calls: 0, medianSeconds: null, p90Seconds: null, due: 0, inTime: 0, ended: 0, reached: 0 },
  ...{ surveysEnded: 0, answered: 0, refused: 0 },
};

interface ContactKpiRow {
  readonly name: Bilingual;
  /** As a column is headed. */
  readonly short: Bilingual;
  /** What is counted, in one sentence. */
  readonly definition: Bilingual;
  readonly unit: "calls" | "seconds" | "share";
  readonly better: "higher" | "lower" | null;
  /** In tables at once; the others on demand. */
  readonly main: boolean;
}

/** In the order in which they are shown. */
export const contactKpis = {
  calls: {
    name: msg("measures.contactKpi.callsName"),
    short: msg("measures.contactKpi.callsShort"),
    definition: msg("measures.contactKpi.callsDefinition"),
    unit: "calls",
    better: null,
    main: true,
    figure: (n: ContactCounts): number => n.calls,
  },
  secondsMedian: {
    name: msg("measures.contactKpi.secondsMedianName"),
    short: msg("measures.contactKpi.secondsMedianShort"),
    definition: msg("measures.contactKpi.secondsMedianDefinition"),
    unit: "seconds",
    better: "lower",
    main: true,
    figure: (n: ContactCounts): number | null => n.medianSeconds,
  },
  secondsP90: {
    name: msg("measures.contactKpi.secondsP90Name"),
    short: msg("measures.contactKpi.secondsP90Short"),
    definition: msg("measures.contactKpi.secondsP90Definition"),
    unit: "seconds",
    better: "lower",
    main: false,
    figure: (n: ContactCounts): number | null => n.p90Seconds,
  },
  callBacksInTime: {
    name: msg("measures.contactKpi.callBacksInTimeName"),
    short: msg("measures.contactKpi.callBacksInTimeShort"),
    definition: msg("measures.contactKpi.callBacksInTimeDefinition"),
    unit: "share",
    better: "higher",
    main: true,
    figure: (n: ContactCounts): Ratio => ratio(n.inTime, n.due),
  },
  callBacksReached: {
    name: msg("measures.contactKpi.callBacksReachedName"),
    short: msg("measures.contactKpi.callBacksReachedShort"),
    definition: msg("measures.contactKpi.callBacksReachedDefinition"),
    unit: "share",
    better: "higher",
    main: false,
    figure: (n: ContactCounts): Ratio => ratio(n.reached, n.ended),
  },
  surveysAnswered: {
    name: msg("measures.contactKpi.surveysAnsweredName"),
    short: msg("measures.contactKpi.surveysAnsweredShort"),
    definition: msg("measures.contactKpi.surveysAnsweredDefinition"),
    unit: "share",
    better: "higher",
    main: false,
    figure: (n: ContactCounts): Ratio => ratio(n.answered, n.surveysEnded),
  },
  surveysRefused: {
    name: msg("measures.contactKpi.surveysRefusedName"),
    short: msg("measures.contactKpi.surveysRefusedShort"),
    definition: msg("measures.contactKpi.surveysRefusedDefinition"),
    unit: "share",
    better: "lower",
    main: false,
    figure: (n: ContactCounts): Ratio => ratio(n.refused, n.surveysEnded),
  },
} as const satisfies Readonly<
  Record<string, ContactKpiRow & { readonly figure: (counts: ContactCounts) => number | null | Ratio }>
>;
export type ContactKpiCode = keyof typeof contactKpis;

/** Ratings that came by one way: how many are 4 or 5, of how many, and of how many asked. */
export interface RatingsByWay {
  /** `told`: to an agent, of the caller's own accord; `survey`: asked by one. */
  readonly way: "web" | "told" | "survey";
  readonly ratings: Guarded;
  /** Null: no data, or hidden. */
  readonly good: number | null;
  readonly responseRate: Ratio;
}

/** Fewer ratings than ten say how a person answered: their share is kept back. `rated`: of how many cases they are; left out: of as many. */
export const ratingsByWay = (
  way: RatingsByWay["way"],
  counts: { readonly good: number; readonly ratings: number; readonly asked: number; readonly rated?: number },
): RatingsByWay => {
  const { good, ratings, asked, rated = ratings } = counts;
  const hidden = isFew(ratings);
  return {
    way,
    ratings: hidden ? "few" : ratings,
    good: hidden || ratings === 0 ? null : good / ratings,
    responseRate: hidden ? ratio(0, 0) : ratio(rated, asked),
  };
};
