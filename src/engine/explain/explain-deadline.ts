/** Why a deadline is when it is: the arithmetic of working time, day by day, with days off and pauses named. */

import { shiftDate } from "../calendar/civil-days.js";
import type { Clock } from "../calendar/clock.js";
import { consumedSeconds, timeLeft } from "../calendar/clocks.js";
import { dayOfClock } from "../calendar/ordinary-day.js";
import type { WorkingCalendar, WorkingStretch } from "../calendar/working-calendar.js";
import { formatDuration } from "../formatting/durations.js";
import { formatTime, formatWeekdayDate } from "../formatting/moments.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import { msg } from "../text/msg.js";
import type { Words } from "./words.js";

interface WorkedDay {
  readonly kind: "worked";
  readonly date: string;
  readonly hours: string;
  readonly seconds: number;
  readonly note: string;
}
type Day = WorkedDay | Extract<WorkingStretch, { kind: "off" }>;

const unconfirmed = (provisional: boolean, words: Words): string[] =>
  provisional ? [words.say(msg("explain.explainDeadline.notConfirmedYet"))] : [];

function offLine(day: Extract<WorkingStretch, { kind: "off" }>, words: Words): string {
  const why = [words.pick(day.name), ...unconfirmed(day.provisional, words)].join(
    words.say(msg("explain.explainDeadline.text")),
  );
  return `${span(day.date, day.lastDate, words)}: ${words.say(msg("explain.explainDeadline.off"))} (${why})`;
}

/** Stretches of the same day become one line of it. */
function byDay(stretches: readonly WorkingStretch[], calendar: WorkingCalendar, words: Words): Day[] {
  const days: Day[] = [];
  const { timeZone } = calendar;
  for (const stretch of stretches) {
    if (stretch.kind === "off") {
      days.push(stretch);
      continue;
    }
    const hours = `${formatTime(stretch.from, timeZone)}–${formatTime(stretch.to, timeZone)}`;
    const remarks = [
      ...(stretch.name === null ? [] : [words.pick(stretch.name)]),
      ...unconfirmed(stretch.provisional, words),
    ];
    const note = remarks.length === 0 ? "" : ` (${remarks.join(words.say(msg("explain.explainDeadline.text")))})`;
    const last = days.at(-1);
    if (last?.kind === "worked" && last.date === stretch.date) {
      days[days.length - 1] = {
        ...last,
        hours: `${last.hours}${words.say(msg("explain.explainDeadline.hours"))}${hours}`,
        seconds: last.seconds + stretch.seconds,
      };
    } else days.push({ kind: "worked", date: stretch.date, hours, seconds: stretch.seconds, note });
  }
  return days;
}

const dayName = (date: string, words: Words): string => formatWeekdayDate(date, words.language);

const span = (from: string, to: string, words: Words): string =>
  from === to
    ? dayName(from, words)
    : words.say(msg("explain.explainDeadline.to", { from: dayName(from, words), to: dayName(to, words) }));

function dayLine(run: readonly WorkedDay[], words: Words): string {
  const [first, last] = [run[0] as WorkedDay, run.at(-1) as WorkedDay];
  const where = span(first.date, last.date, words);
  if (run.length === 1)
    return `${where}${words.say(msg("explain.explainDeadline.text"))}${first.hours}: ${words.length(first.seconds)}${first.note}`;
  const total = words.length(first.seconds * run.length);
  const days = words.counted(run.length, "workingDay");
  return `${where}${words.say(msg("explain.explainDeadline.text"))}${first.hours}: ${words.say(msg("explain.explainDeadline.of", { days, seconds: words.length(first.seconds), total }))}${first.note}`;
}

/** The way from one moment to another: like days that follow each other on one line, days off by name. */
function walkInWords(calendar: WorkingCalendar, from: Date, to: Date, words: Words): string[] {
  const lines: string[] = [];
  let run: WorkedDay[] = [];
  const flush = (): void => {
    if (run.length > 0) lines.push(dayLine(run, words));
    run = [];
  };
  for (const day of byDay(calendar.walk(from, to), calendar, words)) {
    if (day.kind === "off") {
      flush();
      lines.push(offLine(day, words));
      continue;
    }
    const last = run.at(-1);
    const alike =
      last !== undefined && last.hours === day.hours && last.note === day.note && shiftDate(last.date, 1) === day.date;
    if (!alike) flush();
    run.push(day);
  }
  flush();
  return lines;
}

interface Piece {
  readonly from: Date;
  /** Null: it still lasts. */
  readonly to: Date | null;
  readonly running: boolean;
}

/** Running and paused pieces of a clock, from its events. */
function piecesOf(clock: Clock, events: readonly CaseEvent[]): Piece[] {
  const pieces: Piece[] = [];
  let from = clock.startedAt;
  let running = true;
  for (const event of events) {
    const turns = running ? event.type === "clock.paused" : event.type === "clock.resumed";
    if (!turns || event.data.target !== clock.target) continue;
    pieces.push({ from, to: event.at, running });
    from = event.at;
    running = !running;
  }
  pieces.push({ from, to: running ? (clock.dueAt ?? null) : null, running });
  return pieces;
}

/** Events of a clock's cycle: from its start to the start of the next cycle. */
function eventsOfCycle(events: readonly CaseEvent[], cycle: number): CaseEvent[] {
  let current = 1;
  return events.filter((event) => {
    const begun = event.data.cycle;
    if (["clock.started", "case.reopened", "case.appealed"].includes(event.type) && typeof begun === "number")
      current = begun;
    return current === cycle;
  });
}

function pauseLine({ from, to }: Piece, calendar: WorkingCalendar, words: Words): string {
  if (to === null)
    return words.say(msg("explain.explainDeadline.pausedSinceTheCaseWaits", { from: words.moment(from) }));
  const time = words.length(calendar.between(from, to));
  return words.say(
    msg("explain.explainDeadline.pausedFromToOfWorking", { from: words.moment(from), to: words.moment(to), time }),
  );
}

function workingHoursLines(
  clock: Clock,
  calendar: WorkingCalendar,
  events: readonly CaseEvent[],
  now: Date,
  words: Words,
): string[] {
  return piecesOf(clock, events).flatMap((piece) => {
    if (!piece.running) return [pauseLine(piece, calendar, words)];
    return walkInWords(calendar, piece.from, piece.to ?? now, words);
  });
}

function workingDaysLines(
  clock: Clock,
  calendar: WorkingCalendar,
  events: readonly CaseEvent[],
  words: Words,
): string[] {
  if (clock.budget === null) return [];
  const { due } = calendar.add(clock.startedAt, clock.budget);
  const opening = calendar.nextOpening(clock.startedAt);
  const { say, moment } = words;
  const lines = [
    ...(opening > clock.startedAt
      ? [say(msg("explain.explainDeadline.outsideWorkingTimeSoIt", { opening: moment(opening) }))]
      : []),
    ...workingDayRuns(calendar, opening, due, words),
    say(msg("explain.explainDeadline.workingDaysAreCountedWhole", { due: moment(due) })),
  ];
  const pauses = piecesOf(clock, events).filter((piece) => !piece.running);
  lines.push(...pauses.map((piece) => pauseLine(piece, calendar, words)));
  if (clock.pausedSeconds > 0 && clock.dueAt !== null) {
    lines.push(
      say(msg("explain.explainDeadline.itMovesByThePaused", { pausedSeconds: words.length(clock.pausedSeconds) })),
    );
  }
  return lines;
}

/** The days after the first, counted and grouped; days off between them by name. */
function workingDayRuns(calendar: WorkingCalendar, from: Date, due: Date, words: Words): string[] {
  const lines: string[] = [];
  // A second further, so that a day counts on whose very opening it is due.
  const days = byDay(calendar.walk(from, new Date(due.getTime() + 1000)), calendar, words);
  const startDate = days.find((day) => day.kind === "worked")?.date;
  let counted = 0;
  let run: string[] = [];
  let note = "";
  const flush = (): void => {
    const [a, b] = [run[0], run.at(-1)];
    if (a === undefined || b === undefined) return;
    const before = counted - run.length + 1;
    const which =
      run.length === 1
        ? words.say(msg("explain.explainDeadline.which", { counted }))
        : words.say(msg("explain.explainDeadline.which2", { before, counted }));
    lines.push(`${span(a, b, words)}: ${which}${note}`);
    run = [];
  };
  for (const day of days) {
    if (day.kind === "off") {
      flush();
      lines.push(offLine(day, words));
    } else if (day.date !== startDate) {
      if (day.note !== note) flush();
      note = day.note;
      run.push(day.date);
      counted += 1;
    }
  }
  flush();
  return lines;
}

function outcomeLine(clock: Clock, calendar: WorkingCalendar, now: Date, words: Words): string {
  const { say, moment } = words;
  const left = timeLeft(clock, calendar, now);
  const day = dayOfClock(clock, calendar, now);
  const length = (seconds: number): string => formatDuration(seconds, day, { language: words.language });
  const late = length(Math.max(0, -left));
  if (clock.cancelledAt !== null)
    return say(msg("explain.explainDeadline.itFellAwayOn", { cancelledAt: moment(clock.cancelledAt) }));
  if (clock.metAt !== null) {
    return left >= 0 && (clock.dueAt === null || clock.metAt <= clock.dueAt)
      ? say(msg("explain.explainDeadline.metOnInTime", { metAt: moment(clock.metAt) }))
      : say(msg("explain.explainDeadline.metOnLate", { metAt: moment(clock.metAt), late }));
  }
  if (clock.pausedAt !== null)
    return say(msg("explain.explainDeadline.itIsPausedAndHas", { left: length(Math.max(0, left)) }));
  return clock.dueAt !== null && clock.dueAt < now
    ? say(msg("explain.explainDeadline.openAndLateBy", { late }))
    : say(msg("explain.explainDeadline.areLeft", { left: length(Math.max(0, left)) }));
}

function movedLine(event: CaseEvent, words: Words): string {
  const to = event.data.to as { dueAt?: string | null } | undefined;
  const from = event.data.from as { dueAt?: string | null } | undefined;
  const named = (text: string | null | undefined): string =>
    text ? words.moment(new Date(text)) : words.say(msg("explain.explainDeadline.open"));
  return words.say(
    msg("explain.explainDeadline.movedByAnExplicitAct", {
      at: words.moment(event.at),
      dueAt: named(from?.dueAt),
      dueAt2: named(to?.dueAt),
    }),
  );
}

/** Of a second matter that became a case of its own: since when its time counts. */
export function sinceSplit(events: readonly CaseEvent[], words: Words): string[] {
  const from = events.find(({ type }) => type === "application.received")?.data.splitFrom;
  if (typeof from !== "string") return [];
  return [words.say(msg("explain.explainDeadline.itIsASecondMatter", { from }))];
}

/** Lines on one clock: budget, the way from start to due, what became of it. */
export function explainClock(a: {
  clock: Clock;
  calendar: WorkingCalendar;
  events: readonly CaseEvent[];
  now: Date;
  words: Words;
}): string[] {
  const { clock, calendar, now, words } = a;
  const { say, moment } = words;
  const events = eventsOfCycle(a.events, clock.cycle);
  const { budget, dueAt } = clock;
  const title = words.target(clock.target);
  if (budget === null) {
    const due =
      dueAt === null
        ? say(msg("explain.explainDeadline.due"))
        : say(msg("explain.explainDeadline.due2", { dueAt: moment(dueAt) }));
    return [
      say(msg("explain.explainDeadline.setByTheSystemThat", { title, due })),
      outcomeLine(clock, calendar, now, words),
    ];
  }
  const moved = events.filter((event) => event.type === "case.retimed" && event.data.target === clock.target);
  const lines = [
    say(
      msg("explain.explainDeadline.from", { title, budget: words.budget(budget), startedAt: moment(clock.startedAt) }),
    ),
  ];
  if (budget.unit === "workingHours")
    lines.push(...workingHoursLines(clock, calendar, events, now, words).map((line) => `  ${line}`));
  if (budget.unit === "workingDays")
    lines.push(...workingDaysLines(clock, calendar, events, words).map((line) => `  ${line}`));
  if (budget.unit === "calendarHours") {
    const pauses = piecesOf(clock, events).filter((piece) => !piece.running);
    lines.push(...pauses.map((piece) => `  ${pauseLine(piece, calendar, words)}`));
  }
  const earlier = events.find(({ type, data }) => type === "clock.started" && data.target === clock.target)?.data;
  if (typeof earlier?.pausedBefore === "number") {
    const time = words.length(earlier.pausedBefore);
    lines.push(say(msg("explain.explainDeadline.beforeItWasSplitOff", { time })));
  }
  lines.push(...moved.map((event) => `  ${movedLine(event, words)}`));
  if (dueAt !== null) lines.push(say(msg("explain.explainDeadline.due3", { dueAt: moment(dueAt) })));
  else
    lines.push(
      say(msg("explain.explainDeadline.usedUpSoFar", { clock: words.length(consumedSeconds(clock, calendar, now)) })),
    );
  lines.push(`  ${outcomeLine(clock, calendar, now, words)}`);
  return lines;
}
