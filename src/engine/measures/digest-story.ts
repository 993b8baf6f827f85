/**
 * What a digest of figures answers beside its numbers and changes: which entity is latest and since when, and why. Plain data, ready to be
 * stored; words are chosen when it is read. What is asked: `digest-asked.ts`; what became of what was named: `digest-followed.ts`.
 */

import type { Bilingual } from "../text/text.js";
import type { ChangedFigure, DigestPlace, PlaceSeries } from "./digest-changes.js";
import type { Counted } from "./kpi-counts.js";
import type { KpiDimension } from "./kpi-dimensions.js";
import { lastShift } from "./rate-shift.js";
import type { Guarded } from "./small-cells.js";

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
  /** It has no more than its share of the cases, and most of what went wrong all the same. */
  readonly most?: true;
}

/** A group with fewer cases explains nothing. */
const leastInGroup = 10;
/** It carries more of the change than of the cases by so much; a group that is nearly all of them explains nothing. */
const leastMore = 0.2;
const maxReasons = 2;
/** A service or pillar with so much of it is the cause in one sentence. */
const nearlyAll = 0.8;
/** Most of what went wrong, and not of one or two cases. */
const leastMost = { share: 0.5, wrong: 3 } as const;

/** Compared with nothing: what is wrong now. */
const isOfNow = (groups: readonly GroupCounts[]) => groups.every(({ before }) => before.all === 0);

/** Of what went wrong: the service or pillar that most of it is of; a fact of these cases, where nothing has more than its share. */
function mostOf(
  groups: readonly GroupCounts[],
  hides: (group: GroupCounts, own: readonly GroupCounts[]) => boolean,
): Reason[] {
  const isNow = isOfNow(groups);
  for (const dimension of ["service", "pillar"] as const) {
    const own = groups.filter((group) => group.dimension === dimension);
    const total = (of: "wrong" | "all") =>
      Math.max(
        1,
        own.reduce((sum, { after }) => sum + after[of], 0),
      );
    const [most] = [...own].sort((a, b) => b.after.wrong - a.after.wrong);
    if (most === undefined || most.name === null || most.after.wrong < leastMost.wrong || hides(most, own)) continue;
    if (!isNow && (own.length === 1 || most.after.all < leastInGroup)) continue;
    const [share, ofCases] = [most.after.wrong / total("wrong"), most.after.all / total("all")];
    if (share > leastMost.share) return [{ dimension, code: most.code, name: most.name, share, ofCases, most: true }];
  }
  return [];
}

/**
 * Which entity, service, type or pillar carries most of a change: of each dimension the group whose share of the change exceeds its share of the
 * cases most; where one service or pillar carries nearly all of a fall, or most of what is wrong now, that alone. Empty: it is spread over all.
 * @param hides whether the reader is not shown a group: then the letter names none of its dimension
 */
export function reasonsOf(
  groups: readonly GroupCounts[],
  hides: (group: GroupCounts, own: readonly GroupCounts[]) => boolean = () => false,
): Reason[] {
  const found = reasonDimensions
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
          const isCause =
            share >= nearlyAll && ofCases <= nearlyAll && (dimension === "service" || dimension === "pillar");
          return share - ofCases < leastMore && !isCause ? [] : [{ ...reason, group }];
        })
        .sort((a, b) => b.share - b.ofCases - (a.share - a.ofCases));
      if (best === undefined || hides(best.group, own)) return [];
      const { group: _, ...reason } = best;
      return [reason];
    })
    .sort((a, b) => b.share - b.ofCases - (a.share - a.ofCases));
  const isNow = isOfNow(groups);
  const leastShare = isNow ? leastMost.share : nearlyAll;
  const cause = (["service", "pillar"] as const).flatMap((one) =>
    found.filter(({ dimension, share }) => dimension === one && share >= leastShare),
  );
  const isOfEntities = found.some(({ dimension }) => dimension === "entity");
  if (cause.length > 0 && !isOfEntities) return cause.slice(0, 1);
  return found.length === 0 ? mostOf(groups, hides) : found.slice(0, maxReasons);
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
