/**
 * What a digest of figures may tell of its entities to a reader who reads none of its cases: what the figures page shows the same reader
 * (`guard-figures.ts`). Received, answered, open and overdue are told of each entity (`isShownCount`), shares and parts of an entity as parts of
 * a known whole. What is hidden is nowhere in the letter, as a change neither.
 */

import type { FigureChange, PlaceFigures, PlaceSeries } from "./digest-changes.js";
import type { ReceivedSeries } from "./digest-state.js";
import type { GroupCounts } from "./digest-story.js";
import { type DelayBand, delayBands } from "./kpi-counts.js";
import { type Guarded, guardedParts, type Hidden, hiddenFromInsiders, hiddenParts, isFew } from "./small-cells.js";

/** What is hidden of a place, by its code; of the whole by null. */
type Marks = (code: string | null) => Hidden | null;

export interface DigestGuard {
  readonly shows: (change: FigureChange) => boolean;
  /** The share answered on time in the period that it is about. */
  readonly onTime: Marks;
  /** The same over all periods. */
  readonly onTimeOfAll: Marks;
  /** Of the told period. */
  readonly satisfaction: Marks;
  /**
   * Who knows one entity's numbers would have those of the only other one by taking them off the whole: by service, type and pillar, and by
   * how long cases are overdue, nothing is said of the whole. Of more entities what is left is of several, as a whole is.
   */
  readonly silent: boolean;
  /** What is hidden of shares of places, by how many cases each is of. @param whole the cases of all, where it is more than theirs */
  readonly parts: (counts: readonly number[], whole?: number) => readonly (Hidden | null)[];
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

/**
 * @param a.each the series of each place, of which `whole` is all
 * @param a.single the whole is one entity's: it is guarded as a part is
 * @param a.insiders some readers know an entity's own numbers
 */
export function digestGuard(a: {
  readonly whole: PlaceSeries;
  readonly each: readonly PlaceSeries[];
  readonly from: readonly string[];
  readonly single: boolean;
  readonly insiders?: boolean;
}): DigestGuard {
  const hide = a.insiders === true ? hiddenFromInsiders : hiddenParts;
  const hasCases = ({ periods, open }: PlaceSeries): boolean =>
    open > 0 || periods.some((one) => one.onTimeResolution.denominator + one.satisfaction.denominator > 0);
  // Cases without an entity are a part too.
  const hiddenOf = (counts: readonly number[], whole: number = sumOf(counts)): readonly (Hidden | null)[] =>
    hide([...counts, Math.max(0, whole - sumOf(counts))]);
  const marksBy = (read: (series: PlaceSeries) => number): Marks => {
    const hidden = hiddenOf(a.each.map(read), read(a.whole));
    const byCode = new Map(a.each.map(({ place }, i) => [place?.code ?? "", hidden[i] ?? null]));
    const ofWhole = a.single && isFew(read(a.whole)) ? "few" : null;
    return (code) => (code === null ? ofWhole : (byCode.get(code) ?? null));
  };
  const ofRate = (figure: keyof PlaceFigures, from: number, to: number): Marks =>
    marksBy(({ periods }) => sumOf(periods.slice(from, to).map((one) => one[figure].denominator)));
  const last = a.from.length - 1;
  const marksOf = ({ figure, since, before }: FigureChange): readonly Marks[] => {
    const rate = figure === "onTime" ? "onTimeResolution" : "satisfaction";
    const start = since === null ? last : a.from.indexOf(since);
    const now = ofRate(rate, start, last + 1);
    return before === null ? [now] : [now, ofRate(rate, since === null ? start - 1 : 0, start)];
  };
  return {
    shows: (change) => {
      if (change.figure === "overdue") return true;
      const code = change.place?.code ?? null;
      const isSmall = [change.now, change.before].some(
        (value) => value !== null && typeof value !== "number" && isFew(value.denominator),
      );
      return !(isSmall && (code !== null || a.single)) && marksOf(change).every((marks) => marks(code) === null);
    },
    onTime: ofRate("onTimeResolution", last, last + 1),
    onTimeOfAll: ofRate("onTimeResolution", 0, last + 1),
    satisfaction: ofRate("satisfaction", last, last + 1),
    silent: a.insiders === true && a.each.filter(hasCases).length <= 2,
    parts: hiddenOf,
  };
}

/**
 * Whether what a group carries of a change would tell of few cases: of a share by what it is a share of, of overdue cases by themselves too. What
 * is overdue of an entity is shown.
 */
export const hidesGroup =
  (figure: FigureChange["figure"]) =>
  (group: GroupCounts, own: readonly GroupCounts[]): boolean => {
    if (figure === "overdue" && group.dimension === "entity") return false;
    const hides = (read: (one: GroupCounts) => number) => hiddenParts(own.map(read))[own.indexOf(group)] != null;
    const isHiddenOf = hides(({ after }) => after.all) || hides(({ before }) => before.all);
    return isHiddenOf || (figure === "overdue" && hides(({ after }) => after.wrong));
  };

/**
 * The services of which it is told how many cases came: as parts of what the entities received that provide them, in the told period and before it.
 * @param entities of each its own
 */
export function shownServices(
  services: readonly ReceivedSeries[],
  entities: readonly ReceivedSeries[],
): readonly ReceivedSeries[] {
  const counts = [
    ({ received }: ReceivedSeries): number => received.at(-1) ?? 0,
    ({ received }: ReceivedSeries): number => sumOf(received.slice(0, -1)),
  ];
  return entities.flatMap((entity) => {
    const own = services.filter(({ place }) => place?.code === entity.code);
    const hidden = counts.map((read) => {
      const parts = own.map(read);
      const rest = read(entity) - sumOf(parts);
      // Some of them are with other entities: then they are no parts of this one.
      return rest < 0 ? parts.map((): Hidden => "kept") : hiddenParts([...parts, rest]);
    });
    return own.filter((_, i) => hidden.every((marks) => marks[i] == null));
  });
}

/** How long what is overdue has waited, of a known whole. @param silent nothing is said of it */
export function guardedAgeing(
  ageing: Readonly<Record<DelayBand, number>>,
  silent = false,
): Readonly<Record<DelayBand, Guarded>> {
  const parts = silent ? [] : guardedParts(delayBands.map((band) => ageing[band]));
  return Object.fromEntries(delayBands.map((band, i) => [band, parts[i] ?? "kept"])) as Record<DelayBand, Guarded>;
}
