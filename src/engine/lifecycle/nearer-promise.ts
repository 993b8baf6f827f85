/**
 * What an applicant was promised that is nearer: the first reply or the final answer. Order and groups of work go by it, so that
 * nothing sinks while its first reply is still unanswered.
 */
import type { Clock, TargetName } from "../calendar/clock.js";

export const promiseTargets = ["firstResponse", "resolution"] as const satisfies readonly TargetName[];
/** `firstResponse`: the first reply; `resolution`: the final answer. */
export type PromiseTarget = (typeof promiseTargets)[number];

/** A clock of one of the two. */
export type PromiseClock = Clock & { readonly target: PromiseTarget };

const isPromise = (clock: Clock): clock is PromiseClock => promiseTargets.some((target) => target === clock.target);
const isKeptLater = ({ metAt, cancelledAt }: Clock): boolean => metAt === null && cancelledAt === null;
/** Nobody knows yet when a paused clock is due: it comes behind those that run. */
const dueOf = ({ dueAt }: Clock): number => dueAt?.getTime() ?? Number.POSITIVE_INFINITY;

const byDueTime = (a: PromiseClock, b: PromiseClock): number =>
  dueOf(a) === dueOf(b) ? promiseTargets.indexOf(a.target) - promiseTargets.indexOf(b.target) : dueOf(a) - dueOf(b);

/**
 * Of what still has to be kept in this cycle, the clock that is due first; at the same moment the first reply. Where nothing
 * is left to be kept, the final answer's as it ended. Null where neither was promised.
 */
export function nearerPromise(clocks: readonly Clock[], cycle: number): PromiseClock | null {
  const promised = clocks.filter(isPromise).filter((clock) => clock.cycle === cycle);
  const [nearest] = promised.filter(isKeptLater).sort(byDueTime);
  return nearest ?? promised.find(({ target }) => target === "resolution") ?? null;
}

/** Both of all cycles, the newest cycle first; in each what still has to be kept before what has ended, the nearer first. */
export function byNearness(clocks: readonly Clock[]): PromiseClock[] {
  const ended = (clock: Clock): number => (isKeptLater(clock) ? 0 : 1);
  const last = (a: PromiseClock, b: PromiseClock): number =>
    ended(a) === 0 ? byDueTime(a, b) : promiseTargets.indexOf(b.target) - promiseTargets.indexOf(a.target);
  return clocks.filter(isPromise).sort((a, b) => b.cycle - a.cycle || ended(a) - ended(b) || last(a, b));
}

/** The other of the two, where it still has to be kept as well; null where it has not. */
export function laterPromise(clocks: readonly Clock[], cycle: number): PromiseClock | null {
  const nearer = nearerPromise(clocks, cycle);
  return (
    clocks.filter(isPromise).find((clock) => clock.cycle === cycle && clock !== nearer && isKeptLater(clock)) ?? null
  );
}

/** Which promise a case is shown by, and the other where it still has to be kept: the nearer one, but what is overdue is shown by that. */
export function shownPromises(
  clocks: readonly Clock[],
  cycle: number,
  now: Date,
): readonly [shown: PromiseClock | null, other: PromiseClock | null] {
  const nearer = nearerPromise(clocks, cycle);
  const later = laterPromise(clocks, cycle);
  return later?.target === "resolution" && later.dueAt !== null && later.dueAt < now
    ? [later, nearer]
    : [nearer, later];
}
