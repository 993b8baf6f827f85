import { clockSummary } from "../calendar/clock-summary.js";
import type { PromiseSummary } from "../search/case-search.js";
import type { PinnedVersions } from "../setup/policy.js";
import type { PromiseClock } from "./nearer-promise.js";

/** How it is with a promise at a moment, by the calendar that its clock was started with. Null where there is none. */
export function promiseSummary(
  clock: PromiseClock | null,
  { calendarOf }: Pick<PinnedVersions, "calendarOf">,
  now: Date,
): PromiseSummary | null {
  return clock && { target: clock.target, ...clockSummary(clock, calendarOf(clock.calendarVersionId), now) };
}
