/** The operation room's home: today against a usual day, and everything that waits for the room. */

import { shiftDate } from "../../engine/calendar/civil-days.js";
import { deskTimeOf } from "../../engine/lifecycle/desk-groups.js";
import { happenedWindow, untilNow } from "../../engine/lifecycle/happened.js";
import { confidentialShown } from "../../engine/measures/confidential-total.js";
import { shownOnDesk } from "../../engine/measures/home-figures.js";
import type { EntityLine, QueueLine, RoomDesk, TodayNumber } from "../../engine/measures/home-view.js";
import type { Setup } from "../../engine/setup/setup.js";
import { confidentialReceived } from "../reports/programme-totals.js";
import { type DeskAsked, dayOf, days, type HomeParts, maybeNamed, named, programmeOf } from "./home-parts.js";
import {
  escalationsWithin,
  type LateEntityRow,
  lateEntitiesOfProgramme,
  type QueueRow,
  roomWork,
  triageQueue,
  windowCounts,
} from "./home-queries.js";

/** Weeks that a usual day is told from, and how many of them there must be. */
const weeksBack = 8;
const fewestWeeks = 4;
const maxListed = 6;
/** That letters were dropped is shown for so many days. */
const lateLetterDaysShown = 7;

/** Today so far, and the same weekday of each of the last weeks up to the same time of day. */
export function untilThisHour(setup: Setup, now: Date): { from: Date[]; to: Date[] } {
  const { today, startOf } = days(setup, now);
  const soFar = untilNow(now).getTime() - startOf(today).getTime();
  const from = Array.from({ length: weeksBack + 1 }, (_, back) => startOf(shiftDate(today, -7 * back)));
  return { from, to: from.map((start) => new Date(start.getTime() + soFar)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] as number, sorted[Math.floor(middle)] as number];
  return (low + high) / 2;
}

/** The middle one of the weeks since the office began; null while there are too few. */
export function todayNumber<Name extends string>(
  counts: readonly Readonly<Record<Name, number>>[],
  name: Name,
): TodayNumber {
  const [today, ...before] = counts;
  // Weeks before anything happened are no weeks of this office.
  const happened = before.map((week) => Object.values<number>(week).some((n) => n > 0));
  const weeks = before.slice(0, happened.lastIndexOf(true) + 1);
  return {
    today: today?.[name] ?? 0,
    usual: weeks.length < fewestWeeks ? null : Math.round(median(weeks.map((week) => week[name]))),
  };
}

export const queueLines = (rows: readonly QueueRow[], setup: Setup): QueueLine[] =>
  rows.map(({ sector, waiting, late, repliesLate, oldestReceivedAt }) => ({
    sector: maybeNamed(setup.sectors, sector),
    waiting,
    late,
    repliesLate,
    oldestReceivedAt: oldestReceivedAt.toISOString(),
  }));

const entityLines = (rows: readonly LateEntityRow[], setup: Setup): EntityLine[] =>
  rows.map(({ entity, late, open, oldestDueAt }) => ({
    entity: named(setup.entities, entity),
    late,
    open,
    oldestDueAt: oldestDueAt?.toISOString() ?? null,
  }));

export async function roomDesk(parts: HomeParts, asked: DeskAsked): Promise<RoomDesk> {
  const { db } = parts;
  const { actor, reach, setup, now } = asked;
  const programme = setup.programme.code;
  const time = deskTimeOf(asked, now);
  const { from, to } = happenedWindow("escalatedLastDay", setup.programme.timeZone, now);
  const since = days(setup, now).startOf(shiftDate(days(setup, now).today, -lateLetterDaysShown));
  const [
    counts,
    work,
    secret,
    queue,
    entities,
    escalations,
    failedMessages,
    lateLetters,
    drafts,
    warnings,
    instructions,
    heldSweep,
  ] = await Promise.all([
    windowCounts(db, { programme, ...untilThisHour(setup, now) }),
    roomWork(db, { programme, time, reach }),
    confidentialReceived(db, programme),
    triageQueue(db, { programme, sectors: null, reach, time }),
    lateEntitiesOfProgramme(db, { programme, now, limit: maxListed }),
    escalationsWithin(db, { programme, from, to, reach, limit: maxListed }),
    parts.failedMessages({ actor, programme }),
    parts.lateLetters({ actor, programme, since }),
    parts.waitingDrafts({ actor, programme }),
    parts.setupWarnings({ actor, programme, now }),
    parts.instructions.standing({ actor, programme }),
    parts.heldSweep({ actor, programme }),
  ]);
  return {
    kind: "room",
    shown: shownOnDesk(setup, ["operation_room"]),
    day: dayOf(asked),
    heldSweep,
    programme: programmeOf(setup),
    received: todayNumber(counts, "received"),
    resolved: todayNumber(counts, "resolved"),
    becameLate: todayNumber(counts, "becameLate"),
    delayed: work.delayed,
    repliesLate: work.repliesLate,
    open: work.open,
    confidentialCases: confidentialShown(secret),
    queue: queueLines(queue, setup),
    entities: entityLines(entities, setup),
    escalations: {
      total: escalations[0]?.total ?? 0,
      lines: escalations.map(({ at, reference, level, entity }) => ({
        at: at.toISOString(),
        reference,
        level,
        entity: maybeNamed(setup.entities, entity),
      })),
    },
    reviews: work.reviews,
    reviewsLate: work.reviewsLate,
    failedMessages,
    lateLetters: { count: lateLetters, since: since.toISOString() },
    drafts,
    instructions,
    warnings,
  };
}
