/** How the entities of a scope are doing now, from what was counted once for all letters: a few additions, and texts only where something came in more often. */

import { civilDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import type {
  DigestPlace,
  DigestThresholds,
  DigestUnit,
  PlaceSeries,
} from "../../../engine/measures/digest-changes.js";
import { newsPeriods } from "../../../engine/measures/digest-changes.js";
import {
  type AnswerQuality,
  aheadOf,
  behindOf,
  type CriticalAt,
  type PlaceApart,
  type ReceivedSeries,
  type Wave,
  wavesOf,
  worstAnswersOf,
} from "../../../engine/measures/digest-state.js";
import { type DigestGuard, shownServices } from "../../../engine/measures/guard-digest.js";
import type { KpiFigures } from "../../../engine/measures/kpi.js";
import { addCounted, type Counted } from "../../../engine/measures/kpi-counts.js";
import { isFew, leastShown } from "../../../engine/measures/small-cells.js";
import { wordsInCommon } from "../../../engine/suggestions/words-in-common.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { ratingScalesOf } from "../../../engine/workflow/rating-scales.js";
import type { CountedDigest, CountingParts } from "./count-digest.js";
import { type ReviewRow, textsReceived } from "./digest-queries.js";

/** Fewer texts with a word could point at a person, also for those who read the cases. */
const leastOfWord = 5;

export interface ScopeState {
  readonly critical: readonly CriticalAt[];
  readonly behind: readonly PlaceApart[];
  readonly ahead: readonly PlaceApart[];
  /** Null: nothing is told of them, see `wavesOf`. */
  readonly waves: readonly Wave[] | null;
  readonly quality: AnswerQuality | null;
}

interface Asked {
  readonly entities: readonly string[] | null;
  readonly places: readonly DigestPlace[];
  readonly whole: PlaceSeries;
  readonly each: readonly PlaceSeries[];
  readonly from: readonly string[];
  readonly unit: DigestUnit;
  readonly thresholds: DigestThresholds;
  /** Null: the reader reads these cases. */
  readonly guard: DigestGuard | null;
}

/** What is critical and overdue, the most first; of equals the oldest. It is a number of overdue cases as others are. */
function criticalIn({ overdue, setup }: CountedDigest, places: readonly DigestPlace[]): CriticalAt[] {
  const { timeZone } = setup.programme;
  return overdue
    .flatMap(({ code, critical, criticalDue, criticalCases: cases }): CriticalAt[] => {
      const place = places.find((one) => one.code === code);
      if (place === undefined || criticalDue === null) return [];
      return [{ ...place, count: critical, oldestDue: civilDate(criticalDue, timeZone), cases }];
    })
    .sort((a, b) => b.count - a.count || (a.oldestDue < b.oldestDue ? -1 : 1));
}

/** What is told of a place is a change of it to who is guarded: a number of as few cases says as much. */
const isShown = (guard: DigestGuard | null, one: PlaceApart): boolean =>
  guard?.shows({
    ...{ figure: one.figure, place: one, direction: "worse", now: one.rate, before: null, since: one.from, cases: 0 },
  }) ?? true;

/** Figures of places, null of all, in each of the last periods. @param most so many of them */
const figuresOver = (
  { steps }: Pick<CountedDigest, "steps">,
  most: number,
  codes: readonly string[] | null,
): KpiFigures[] =>
  steps
    .slice(-most)
    .flatMap(({ whole, groups }) => (codes === null ? [whole] : codes.flatMap((code) => groups.get(code) ?? [])));

async function wavesIn(parts: CountingParts, counted: CountedDigest, a: Asked): Promise<Wave[] | null> {
  const { setup, steps, services } = counted;
  const last = steps.at(-1)?.period;
  if (last === undefined || a.guard?.silent === true) return null;
  const named = new Map(a.places.map((place) => [place.code, place]));
  const ofServices = [...setup.services].flatMap(([code, { name, entity }]): ReceivedSeries[] => {
    const place = named.get(entity);
    const own = services.filter((row) => row.code === code && row.entity === entity);
    const received = steps.map((_, period) => own.find((row) => row.period === period)?.received ?? 0);
    return place === undefined ? [] : [{ dimension: "service", code, name, place, received }];
  });
  const ofEntities = a.places.map((place): ReceivedSeries => {
    const received = steps.map(({ groups }) => groups.get(place.code)?.received ?? 0);
    return { dimension: "entity", ...place, place, received };
  });
  const whole = steps.map(({ whole: all, groups }) =>
    a.entities === null ? all.received : a.entities.reduce((n, code) => n + (groups.get(code)?.received ?? 0), 0),
  );
  const waves: Wave[] = [];
  const told = a.guard === null ? ofServices : shownServices(ofServices, ofEntities);
  const found = wavesOf([...told, ...ofEntities], whole);
  if (found === null) return null;
  for (const wave of found) {
    const { programme } = setup;
    const at = (day: string): Date => startOfDay(day, programme.timeZone);
    if (wave.place === null) continue;
    const service = wave.dimension === "service" ? wave.code : null;
    const asked = { programme: programme.code, entity: wave.place.code, service };
    const first = steps[0]?.period.from ?? last.from;
    const texts = await textsReceived(parts.db, { ...asked, from: at(last.from), to: at(last.to) });
    const others = await textsReceived(parts.db, { ...asked, from: at(first), to: at(last.from) });
    const words = wordsInCommon(texts, others, a.guard === null ? leastOfWord : leastShown);
    waves.push({ ...wave, words });
  }
  return waves;
}

const reviewed = (rows: readonly ReviewRow[]): Counted =>
  addCounted(rows.map((one) => ({ numerator: one.returned, denominator: one.reviewed })));

/** What applicants said on each scale. */
function ratingsByScale(
  figures: readonly KpiFigures[],
): ReadonlyMap<string, { readonly n: number; readonly sum: number }> {
  const given = new Map<string, { n: number; sum: number }>();
  for (const { satisfactionByScale } of figures)
    for (const [code, { n, mean }] of Object.entries(satisfactionByScale)) {
      const known = given.get(code) ?? { n: 0, sum: 0 };
      // Ratings are whole numbers: their sum comes back from a mean of hundredths, which rounded once more would be another.
      given.set(code, { n: known.n + n, sum: known.sum + Math.round(n * mean) });
    }
  return given;
}

/** Null: there is nothing to tell, or what there is is of too few. */
function qualityIn(counted: CountedDigest, a: Asked): AnswerQuality | null {
  const { setup, reviews } = counted;
  // Who wrote answers that were reviewed may have none of these cases any more.
  const codes = a.entities;
  const periods = newsPeriods[a.unit];
  const news = figuresOver(counted, periods, codes);
  const scaleNames = new Map<string, Bilingual>(
    [...setup.workflows.values()].flatMap(({ definition }) =>
      ratingScalesOf(definition).map(({ code, name }) => [code, name] as const),
    ),
  );
  const isTold = (n: number): boolean => n > 0 && (a.guard === null || !isFew(n));
  const scalesOf = (figures: readonly KpiFigures[]) =>
    [...ratingsByScale(figures)].flatMap(([code, { n, sum: all }]) => {
      const name = scaleNames.get(code);
      return name === undefined || !isTold(n)
        ? []
        : [{ code, name, mean: Math.round((all / n) * 10) / 10, ratings: n }];
    });
  const scales = scalesOf(news);
  const shown = (rate: Counted): Counted => (isTold(rate.denominator) ? rate : { numerator: 0, denominator: 0 });
  const returnedOf = (rows: readonly ReviewRow[]): Counted =>
    shown(reviewed(codes === null ? rows : rows.filter(({ code }) => codes.includes(code))));
  const reopenedOf = (figures: readonly KpiFigures[]): Counted => shown(addCounted(figures.map((one) => one.reopened)));
  const [returned, reopened] = [returnedOf(reviews), reopenedOf(news)];
  const steps = counted.steps.slice(0, -periods);
  const earlier = figuresOver({ steps }, periods, codes);
  const before =
    steps.length < periods
      ? {}
      : {
          before: {
            returned: returnedOf(counted.reviewsBefore),
            reopened: reopenedOf(earlier),
            scales: scalesOf(earlier).map(({ code, mean }) => ({ code, mean })),
          },
        };
  if (returned.denominator === 0 && reopened.denominator === 0 && scales.length === 0) return null;
  const each = a.places.map((place) => ({
    place,
    returned: reviewed(reviews.filter(({ code }) => code === place.code)),
    reopened: addCounted(figuresOver(counted, newsPeriods[a.unit], [place.code]).map((one) => one.reopened)),
  }));
  const worst = a.places.length > 1 ? worstAnswersOf(each, a.thresholds) : null;
  const at = each.findIndex(({ place }) => place.code === worst?.code);
  const isWorstHidden = worst !== null && a.guard?.parts(each.map((one) => one[worst.figure].denominator))[at] != null;
  const from = a.from.at(-newsPeriods[a.unit]) ?? a.from[0] ?? "";
  return { from, returned, reopened, scales, ...before, worst: isWorstHidden ? null : worst };
}

/** @param a.each the series of each place, of which `whole` is all */
export async function stateIn(parts: CountingParts, counted: CountedDigest, a: Asked): Promise<ScopeState> {
  const firstResponse = (code: string | null): Counted => {
    const codes = code === null ? a.entities : [code];
    return addCounted(figuresOver(counted, counted.steps.length, codes).map((one) => one.firstResponse));
  };
  const isOne = a.each.length < 2;
  const quicker = a.guard?.parts(
    a.places.map(({ code }) => firstResponse(code).denominator),
    firstResponse(null).denominator,
  );
  /** Each share that comes with it is told where its number of cases may be. */
  const shownMore = (one: PlaceApart): PlaceApart => ({
    ...one,
    more: (one.more ?? []).filter(({ figure, rate }) =>
      figure === "satisfaction"
        ? isShown(a.guard, { ...one, figure, rate })
        : quicker?.[a.places.findIndex(({ code }) => code === one.code)] == null,
    ),
  });
  return {
    critical: criticalIn(counted, a.places),
    behind: isOne ? [] : behindOf(a).filter((one) => isShown(a.guard, one)),
    ahead: isOne
      ? []
      : aheadOf({ ...a, firstResponse })
          .filter((one) => isShown(a.guard, one))
          .map(shownMore),
    waves: await wavesIn(parts, counted, a),
    quality: qualityIn(counted, a),
  };
}
