/** A draft of a calendar over recorded clocks: which deadlines would be elsewhere, and what of the past would have been on time. */

import type { Clock } from "../calendar/clock.js";
import { isSameDue } from "../calendar/same-due.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { type FacetChange, replayTargets } from "./replay-tally.js";
import { type Replayer, type ReplayGround, untouched } from "./replayer.js";
import { dueBy, keptBy } from "./would-be-kept.js";

interface Calendars {
  readonly draft: WorkingCalendar;
  readonly inForce: WorkingCalendar;
}

/** By the calendar in force, also where an earlier version of it made the promise. */
function duesOf(clock: Clock, { draft, inForce }: Calendars, { calendarOf, inForceId }: ReplayGround) {
  const own = calendarOf(clock.calendarVersionId);
  const before = clock.calendarVersionId === inForceId ? clock.dueAt : dueBy(clock, own, inForce);
  const after = dueBy({ ...clock, dueAt: before }, inForce, draft);
  // What counting leaves over moves nothing, and keeps or breaks no promise.
  return { before, after: isSameDue(before, after) ? before : after };
}

const running = (clock: Clock): boolean => clock.metAt === null && clock.cancelledAt === null;

function moved(clock: Clock, before: Date | null, after: Date | null): FacetChange[] {
  if (before === null || after === null || before.getTime() === after.getTime()) return [];
  const from = running(clock) ? "open" : "ended";
  return [{ facet: `due.${clock.target}`, from, to: after < before ? "earlier" : "later" }];
}

export function replayCalendar(ground: ReplayGround, calendars: Calendars): Replayer {
  const { now, inForceId } = ground;
  return {
    facts: [],
    cuts: new Map(),
    decisions: false,
    promises: false,
    clocks: replayTargets,
    judge: () => ({ agains: [], needs: "clocks" }),
    weigh(theCase, _judged, { clocks }) {
      const counted = clocks.flatMap((clock) => {
        const target = replayTargets.find((name) => name === clock.target);
        if (target === undefined) return [];
        const { before, after } = duesOf(clock, calendars, ground);
        const kept = { target, before: keptBy(clock, before, now), after: keptBy(clock, after, now) };
        const turned: FacetChange[] =
          kept.before === kept.after ? [] : [{ facet: `kept.${target}`, from: kept.before, to: kept.after }];
        return [{ clock, kept, changes: [...moved(clock, before, after), ...turned] }];
      });
      return {
        ...untouched(theCase.labels),
        decisions: counted.length,
        otherVersions: counted.filter(({ clock }) => clock.calendarVersionId !== inForceId).length,
        changedDecisions: counted.filter(({ changes }) => changes.length > 0).length,
        kept: counted.map(({ kept }) => kept),
        changes: counted.flatMap(({ changes }) => changes),
      };
    },
  };
}
