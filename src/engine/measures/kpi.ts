/**
 * The key figures, their formulas in one place (product.md). Period P is half-open, t is the moment of the report; a case
 * that was withdrawn or linked as a duplicate by t is left out of everything; of one that an official withdrew for the
 * applicant the targets that had fallen due by then stay, as they were kept or missed.
 *
 * A case that was rejected (with its reason) is closed and not resolved. Its resolution target falls away: it is kept by
 * no rejection, and one that had run out before stays missed. So nothing looks better for being rejected: resolved,
 * clearance and satisfaction do not count it, and `rejected` says beside them how many there were.
 */

/** A share with what it is a share of, so that nobody reads a percentage of three. `rate` is null for 0/0: no data, neither 0 nor 100 %. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number | null;
}

export const ratio = (numerator: number, denominator: number): Ratio => ({
  numerator,
  denominator,
  rate: denominator === 0 ? null : numerator / denominator,
});

/** Working days late: whole days begun since the due moment. */
export const delayBands = ["0", "1-2", "3-5", "6-10", "11+"] as const;
export type DelayBand = (typeof delayBands)[number];

/** What the database counted for a programme or one of its groups. Seconds are working seconds. */
export interface KpiCounts {
  /** Received in P. */
  readonly received: number;
  /** Of those, transferred at least once. */
  readonly transferred: number;
  /** Cases answered with effect in P. */
  readonly resolved: number;
  /** Cases that reached a final state in P. */
  readonly closed: number;
  /** Cases rejected in P. */
  readonly rejected: number;
  /** Cases answered with effect for the first time in P, and of those reopened within the window. */
  readonly firstResolved: number;
  readonly reopened: number;
  readonly medianResolution: number | null;
  /** Resolution targets that fell due in P; met by t; met in time. Each cycle of a case is an obligation of its own. */
  readonly resolutionDue: number;
  readonly resolutionDueMet: number;
  readonly resolutionOnTime: number;
  readonly responseDue: number;
  readonly responseOnTime: number;
  readonly medianResponse: number | null;
  readonly p90Response: number | null;
  /** Open at t and past due, by working days late, in the order of `delayBands`. */
  readonly delayed: readonly number[];
  /** Ratings given in P, of those 4 or 5, and invitations sent in P. */
  readonly ratings: number;
  readonly goodRatings: number;
  /** By scale: how often it was given in P, and the sum of what was given. */
  readonly scales: Readonly<Record<string, { readonly n: number; readonly sum: number }>>;
  readonly invitations: number;
  /** Level → cases that first reached it or a higher one in P. */
  readonly escalated: Readonly<Record<string, number>>;
  /** Cases open at any time in P. */
  readonly openInPeriod: number;
  /** Open at t, and their working age. */
  readonly open: number;
  readonly medianAge: number | null;
  readonly p90Age: number | null;
  /** Over the resolution targets met in P: time from start to end, and the part of it paused. */
  readonly pausedSeconds: number;
  readonly workingSeconds: number;
}

export interface KpiFigures {
  readonly received: number;
  readonly resolved: number;
  readonly closed: number;
  /** Rejected in P ÷ received in P. */
  readonly rejected: Ratio;
  /** In time ÷ all that fell due in P: open ones, and what was rejected or withdrawn for the applicant after its due time, included. */
  readonly onTimeResolution: Ratio;
  /** In time ÷ those of them that were resolved: flatters, and is never shown alone. */
  readonly onTimeAmongResolved: Ratio;
  readonly firstResponse: Ratio & {
    readonly medianWorkingSeconds: number | null;
    readonly p90WorkingSeconds: number | null;
  };
  readonly delayed: number;
  readonly delayedByWorkingDays: Readonly<Record<DelayBand, number>>;
  readonly medianResolutionWorkingSeconds: number | null;
  readonly reopened: Ratio;
  /** 4–5 ÷ ratings; beside it ratings ÷ invitations. */
  readonly satisfaction: Ratio & { readonly responseRate: Ratio };
  /** Mean of 1–5 by scale of the workflows, to a hundredth, with how many gave one. */
  readonly satisfactionByScale: Readonly<Record<string, { readonly n: number; readonly mean: number }>>;
  /** By level: cases first reaching it or a higher one in P ÷ cases open at any time in P. */
  readonly escalated: Readonly<Record<string, Ratio>>;
  readonly backlog: {
    readonly open: number;
    readonly medianWorkingSeconds: number | null;
    readonly p90WorkingSeconds: number | null;
  };
  readonly clearance: Ratio;
  readonly misrouted: Ratio;
  /** Seconds paused ÷ all working seconds, over the targets met in P. */
  readonly pauseShare: Ratio;
}

const whole = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds));

const hundredth = (mean: number): number => Math.round(mean * 100) / 100;

/** Counts become figures. */
export function kpiFigures(counts: KpiCounts): KpiFigures {
  const bands = delayBands.map((band, i) => [band, counts.delayed[i] ?? 0] as const);
  const scales = Object.entries(counts.scales).sort(([a], [b]) => a.localeCompare(b, "en"));
  const escalated = Object.entries(counts.escalated).sort(([a], [b]) => Number(a) - Number(b));
  return {
    received: counts.received,
    resolved: counts.resolved,
    closed: counts.closed,
    rejected: ratio(counts.rejected, counts.received),
    onTimeResolution: ratio(counts.resolutionOnTime, counts.resolutionDue),
    onTimeAmongResolved: ratio(counts.resolutionOnTime, counts.resolutionDueMet),
    firstResponse: {
      ...ratio(counts.responseOnTime, counts.responseDue),
      medianWorkingSeconds: whole(counts.medianResponse),
      p90WorkingSeconds: whole(counts.p90Response),
    },
    delayed: bands.reduce((sum, [, n]) => sum + n, 0),
    delayedByWorkingDays: Object.fromEntries(bands) as Record<DelayBand, number>,
    medianResolutionWorkingSeconds: whole(counts.medianResolution),
    reopened: ratio(counts.reopened, counts.firstResolved),
    satisfaction: {
      ...ratio(counts.goodRatings, counts.ratings),
      responseRate: ratio(counts.ratings, counts.invitations),
    },
    satisfactionByScale: Object.fromEntries(
      scales.map(([scale, { n, sum }]) => [scale, { n, mean: hundredth(sum / n) }]),
    ),
    escalated: Object.fromEntries(escalated.map(([level, n]) => [level, ratio(n, counts.openInPeriod)])),
    backlog: {
      open: counts.open,
      medianWorkingSeconds: whole(counts.medianAge),
      p90WorkingSeconds: whole(counts.p90Age),
    },
    clearance: ratio(counts.resolved, counts.received),
    misrouted: ratio(counts.transferred, counts.received),
    pauseShare: ratio(counts.pausedSeconds, counts.workingSeconds),
  };
}
