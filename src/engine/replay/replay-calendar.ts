/** A draft of a calendar over recorded clocks: which deadlines would be elsewhere, and what of the past would have been on time. */

import type { Clock } from "../calendar/clock.js";
import { isSameDue } from "../calendar/same-due.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { dueWithCalendar, promiseState } from "./promise-state.js";
import { type FacetChange, replayTargets } from "./replay-tally.js";
import type { Replayer, ReplayGround } from "./replayer.js";

interface Calendars {
  readonly draft: WorkingCalendar;
  readonly inForce: WorkingCalendar;
}

/** By the calendar in force and by the draft, also where an earlier version of it made the promise. */
function duesOf(clock: Clock, { draft, inForce }: Calendars, { calendarOf, inForceId }: ReplayGround) {
  const own = calendarOf(clock.calendarVersionId);
  const before = clock.calendarVersionId === inForceId ? clock.dueAt : dueWithCalendar(clock, own, inForce);
  const after = dueWithCalendar({ ...clock, dueAt: before }, inForce, draft);
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
    reads: [],
    everyCase: true,
    clocks: replayTargets,
    judge: () => ({ compared: [], needs: "clocks" }),
    weigh({ type, entity, pillar, importance }, _judged, { clocks }) {
      const counted = clocks.flatMap((clock) => {
        const target = replayTargets.find((name) => name === clock.target);
        if (target === undefined) return [];
        const { before, after } = duesOf(clock, calendars, ground);
        const promise = { target, before: promiseState(clock, before, now), after: promiseState(clock, after, now) };
        const turned: FacetChange[] =
          promise.before === promise.after
            ? []
            : [{ facet: `kept.${target}`, from: promise.before, to: promise.after }];
        return [{ clock, promise, changes: [...moved(clock, before, after), ...turned] }];
      });
      return {
        ...{ type, entity, pillar, importance },
        decisions: counted.length,
        otherVersions: counted.filter(({ clock }) => clock.calendarVersionId !== inForceId).length,
        changedDecisions: counted.filter(({ changes }) => changes.length > 0).length,
        promises: counted.map(({ promise }) => promise),
        unmeasured: 0,
        load: [],
        changes: counted.flatMap(({ changes }) => changes),
      };
    },
  };
}
