/** The definitions of product.md, counted naively from whole lives of cases: slow, plain, and independent of the statement. */
import type { WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import { delayBands } from "../../src/engine/measures/kpi-counts.js";
import { type Life, type Told, tell } from "./random-histories.js";

const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  rate: denominator === 0 ? null : numerator / denominator,
});

/** Linear interpolation between the two nearest ranks. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] as number;
  const high = sorted[Math.ceil(rank)] as number;
  return Math.round(low + (high - low) * (rank - Math.floor(rank)));
}

/** Working days after the due day, up to the day of the report as far as it has begun working. */
function daysLate(due: Date, at: Date, calendar: WorkingCalendar): number {
  if (due >= at) return 0;
  const datesWorked = (from: Date, to: Date) =>
    new Set(calendar.walk(from, to).flatMap((s) => (s.kind === "worked" ? [s.date] : [])));
  const dueDay = new Date(due.getTime() + 3 * 3_600_000).toISOString().slice(0, 10);
  return [...datesWorked(due, at)].filter(
    (date) => date > dueDay || datesWorked(new Date(`${dueDay}T00:00:00Z`), due).size === 0,
  ).length;
}
const bandOf = (days: number): string =>
  days < 1 ? "0" : days < 3 ? "1-2" : days < 6 ? "3-5" : days < 11 ? "6-10" : "11+";

/** Figures of the cases that `chosen` takes, as they were at `at`. */
export function recount(
  calendar: WorkingCalendar,
  lives: readonly Life[],
  from: Date,
  to: Date,
  at: Date,
  chosen: (told: Told) => boolean,
) {
  const all = lives
    .flatMap((life) => tell(life, at, calendar) ?? [])
    .filter((c) => !(c.withdrawnAt !== null && !c.withdrawnFor) && c.linkedAt === null && chosen(c));
  /** Withdrawn for the applicant by an official: nothing but what had fallen due before. */
  const told = all.filter((c) => c.withdrawnAt === null);
  const inP = (moment: Date | null | undefined): boolean =>
    moment instanceof Date && moment >= from && moment < to && moment <= at;
  const isOpen = (c: Told) => c.state === "open" || c.state === "waiting";
  const clocks = (target: string) =>
    all.flatMap((c) =>
      c.clocks
        .filter((k) => c.withdrawnAt === null || (k.dueAt !== null && k.dueAt < c.withdrawnAt))
        .filter((k) => k.target === target && !(k.cancelledAt !== null && k.dueAt !== null && k.cancelledAt <= k.dueAt))
        .map((k) => ({ ...k, c })),
    );
  const due = clocks("resolution").filter((k) => inP(k.dueAt));
  const onTime = due.filter((k) => k.metAt !== null && k.metAt <= (k.dueAt as Date));
  const responses = clocks("firstResponse").filter((k) => inP(k.dueAt));
  const late = clocks("resolution").filter(
    (k) =>
      isOpen(k.c) && !k.c.inReview && k.metAt === null && k.cancelledAt === null && k.dueAt !== null && k.dueAt < at,
  );
  const met = clocks("resolution").filter((k) => k.c.withdrawnAt === null && inP(k.metAt));
  const received = told.filter((c) => inP(c.life.receivedAt));
  const resolved = told.filter((c) => c.resolutions.some(inP));
  const first = told.filter((c) => inP(c.resolutions[0]));
  const ratings = told.flatMap((c) => c.ratings.filter((r) => inP(r.at)));
  const window = 14 * 86_400_000;
  const reopened = first.filter(
    (c) => c.reopenings[0] !== undefined && c.reopenings[0].getTime() < (c.resolutions[0] as Date).getTime() + window,
  );
  const openInP = told.filter((c) => {
    if (at < from) return false;
    if (inP(c.life.receivedAt) || c.begun.some(inP)) return true;
    const then = tell(c.life, new Date(Math.min(from.getTime(), at.getTime())), calendar);
    return c.life.receivedAt < from && then !== null && isOpen(then);
  });
  const reached = (level: number) =>
    told.filter((c) =>
      inP(
        c.escalations
          .filter((e) => e.level >= level)
          .map((e) => e.at)
          .sort((a, b) => a.getTime() - b.getTime())[0],
      ),
    );
  const open = told.filter(isOpen);
  const ages = open.map((c) => calendar.between(c.life.receivedAt, at));
  const times = responses.flatMap((k) => (k.metAt === null ? [] : [calendar.between(k.startedAt, k.metAt)]));
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const onScale = ratings.flatMap(({ time }) => (time === null ? [] : [time]));
  return {
    received: received.length,
    resolved: resolved.length,
    closed: told.filter((c) => c.closings.some(inP)).length,
    rejected: share(told.filter((c) => c.rejections.some(inP)).length, received.length),
    onTimeResolution: share(onTime.length, due.length),
    onTimeAmongResolved: share(onTime.length, due.filter((k) => k.metAt !== null).length),
    firstResponse: {
      ...share(responses.filter((k) => k.metAt !== null && k.metAt <= (k.dueAt as Date)).length, responses.length),
      medianWorkingSeconds: quantile(times, 0.5),
      p90WorkingSeconds: quantile(times, 0.9),
    },
    delayed: late.length,
    delayedByWorkingDays: Object.fromEntries(
      delayBands.map((band) => [
        band,
        late.filter((k) => bandOf(daysLate(k.dueAt as Date, at, calendar)) === band).length,
      ]),
    ),
    medianResolutionWorkingSeconds: quantile(
      first.map((c) => c.resolutionSeconds as number),
      0.5,
    ),
    p90ResolutionWorkingSeconds: quantile(
      first.map((c) => c.resolutionSeconds as number),
      0.9,
    ),
    reopened: share(reopened.length, first.length),
    appealed: share(first.filter((c) => c.events.some(({ type }) => type === "case.appealed")).length, first.length),
    settledAtFirstAnswer: share(first.filter((c) => c.begun.length === 0).length, first.length),
    satisfaction: {
      ...share(ratings.filter((r) => r.n >= 4).length, ratings.length),
      responseRate: share(
        told.filter((c) => c.ratings.some((r) => inP(r.at))).length,
        told.filter((c) => inP(c.invitedAt)).length,
      ),
    },
    // Nobody in these histories rates by telephone.
    satisfactionByTelephone: share(0, 0),
    satisfactionByScale:
      onScale.length === 0
        ? {}
        : { time: { n: onScale.length, mean: Math.round((sum(onScale) / onScale.length) * 100) / 100 } },
    escalated: { "1": share(reached(1).length, openInP.length), "2": share(reached(2).length, openInP.length) },
    backlog: { open: open.length, medianWorkingSeconds: quantile(ages, 0.5), p90WorkingSeconds: quantile(ages, 0.9) },
    casesPerFocalPoint: { open: open.length, focalPoints: 0, each: null },
    lettersReached: share(0, received.length + first.length),
    // Nobody here has agreed to text messages.
    smsSent: share(0, 0),
    smsDelivered: share(0, 0),
    smsFailed: share(0, 0),
    smsSegments: 0,
    clearance: share(resolved.length, received.length),
    misrouted: share(received.filter((c) => c.transfers > 0).length, received.length),
    pauseShare: share(
      sum(met.map((k) => k.pausedSeconds)),
      sum(met.map((k) => calendar.between(k.startedAt, k.metAt as Date))),
    ),
  };
}
