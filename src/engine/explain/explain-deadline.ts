/** Why a deadline is when it is: the arithmetic of working time, day by day, with days off and pauses named. */
import { shiftDate } from "../calendar/civil-days.js";
import type { Clock } from "../calendar/clock.js";
import { consumedSeconds, timeLeft } from "../calendar/clocks.js";
import type { WorkingCalendar, WorkingStretch } from "../calendar/working-calendar.js";
import type { CaseEvent } from "../lifecycle/case-event.js";
import { formatDate } from "../measures/figures.js";
import { timeInWords } from "./time-in-words.js";
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
  provisional ? [words.say("not confirmed yet", "غير مؤكد بعد")] : [];

function offLine(day: Extract<WorkingStretch, { kind: "off" }>, words: Words): string {
  const why = [words.pick(day.name), ...unconfirmed(day.provisional, words)].join(words.say(", ", "، "));
  return `${span(day.date, day.lastDate, words)}: ${words.say("off", "عطلة")} (${why})`;
}

/** Stretches of the same day become one line of it. */
function byDay(stretches: readonly WorkingStretch[], calendar: WorkingCalendar, words: Words): Day[] {
  const days: Day[] = [];
  const clockTime = new Intl.DateTimeFormat("en-GB", {
    timeZone: calendar.timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (const stretch of stretches) {
    if (stretch.kind === "off") {
      days.push(stretch);
      continue;
    }
    const hours = `${clockTime.format(stretch.from)}–${clockTime.format(stretch.to)}`;
    const remarks = [
      ...(stretch.name === null ? [] : [words.pick(stretch.name)]),
      ...unconfirmed(stretch.provisional, words),
    ];
    const note = remarks.length === 0 ? "" : ` (${remarks.join(words.say(", ", "، "))})`;
    const last = days.at(-1);
    if (last?.kind === "worked" && last.date === stretch.date) {
      days[days.length - 1] = {
        ...last,
        hours: `${last.hours}${words.say(", ", "، ")}${hours}`,
        seconds: last.seconds + stretch.seconds,
      };
    } else days.push({ kind: "worked", date: stretch.date, hours, seconds: stretch.seconds, note });
  }
  return days;
}

const dayName = (date: string, words: Words): string =>
  `${new Intl.DateTimeFormat(words.language === "ar" ? "ar-JO" : "en-GB", { timeZone: "UTC", weekday: "long" }).format(new Date(`${date}T00:00:00Z`))} ${formatDate(date, words.language)}`;

const span = (from: string, to: string, words: Words): string =>
  from === to
    ? dayName(from, words)
    : words.say(
        `${dayName(from, words)} to ${dayName(to, words)}`,
        `${dayName(from, words)} إلى ${dayName(to, words)}`,
      );

function dayLine(run: readonly WorkedDay[], words: Words): string {
  const [first, last] = [run[0] as WorkedDay, run.at(-1) as WorkedDay];
  const where = span(first.date, last.date, words);
  if (run.length === 1)
    return `${where}${words.say(", ", "، ")}${first.hours}: ${words.length(first.seconds)}${first.note}`;
  const total = words.length(first.seconds * run.length);
  const days = words.counted(run.length, "workingDay");
  return `${where}${words.say(", ", "، ")}${first.hours}: ${words.say(`${days} of ${words.length(first.seconds)}, ${total}`, `${days}، في كل منها ${words.length(first.seconds)}، المجموع ${total}`)}${first.note}`;
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
    return words.say(
      `Paused since ${words.moment(from)}: the case waits for the applicant.`,
      `متوقفة منذ ${words.moment(from)}: المعاملة بانتظار مقدم الطلب.`,
    );
  const time = words.length(calendar.between(from, to));
  return words.say(
    `Paused from ${words.moment(from)} to ${words.moment(to)}: ${time} of working time does not count.`,
    `توقفت من ${words.moment(from)} إلى ${words.moment(to)}: ${time} من وقت الدوام لا تُحتسب.`,
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
      ? [
          say(
            `Outside working time, so it counts from the next opening: ${moment(opening)}.`,
            `خارج وقت الدوام، فيبدأ الاحتساب من بداية الدوام التالية: ${moment(opening)}.`,
          ),
        ]
      : []),
    ...workingDayRuns(calendar, opening, due, words),
    say(
      `Working days are counted whole: the same time of day on the last of them is ${moment(due)}.`,
      `تُعد أيام العمل كاملة: الوقت نفسه من آخر يوم منها هو ${moment(due)}.`,
    ),
  ];
  const pauses = piecesOf(clock, events).filter((piece) => !piece.running);
  lines.push(...pauses.map((piece) => pauseLine(piece, calendar, words)));
  if (clock.pausedSeconds > 0 && clock.dueAt !== null) {
    lines.push(
      say(
        `It moves by the ${words.length(clock.pausedSeconds)} paused.`,
        `ويتأخر بمقدار مدة التوقف: ${words.length(clock.pausedSeconds)}.`,
      ),
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
        ? words.say(`working day ${counted}`, `يوم العمل ${counted}`)
        : words.say(`working days ${before} to ${counted}`, `أيام العمل ${before} إلى ${counted}`);
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
  const length = (seconds: number): string => timeInWords(seconds, { clock, calendar, now, words });
  const late = length(Math.max(0, -left));
  if (clock.cancelledAt !== null)
    return say(`It fell away on ${moment(clock.cancelledAt)}.`, `سقط في ${moment(clock.cancelledAt)}.`);
  if (clock.metAt !== null) {
    return left >= 0 && (clock.dueAt === null || clock.metAt <= clock.dueAt)
      ? say(`Met on ${moment(clock.metAt)}, in time.`, `تحقق في ${moment(clock.metAt)}، ضمن الموعد.`)
      : say(`Met on ${moment(clock.metAt)}, ${late} late.`, `تحقق في ${moment(clock.metAt)}، متأخرًا ${late}.`);
  }
  if (clock.pausedAt !== null)
    return say(
      `It is paused and has no due time until it runs again; ${length(Math.max(0, left))} are left.`,
      `الساعة متوقفة ولا موعد لها حتى تعود؛ المتبقي ${length(Math.max(0, left))}.`,
    );
  return clock.dueAt !== null && clock.dueAt < now
    ? say(`Open and late by ${late}.`, `مفتوح ومتأخر ${late}.`)
    : say(`${length(Math.max(0, left))} are left.`, `المتبقي ${length(Math.max(0, left))}.`);
}

function movedLine(event: CaseEvent, words: Words): string {
  const to = event.data.to as { dueAt?: string | null } | undefined;
  const from = event.data.from as { dueAt?: string | null } | undefined;
  const named = (text: string | null | undefined): string =>
    text ? words.moment(new Date(text)) : words.say("open", "غير محدد");
  return words.say(
    `Moved by an explicit act on ${words.moment(event.at)}: from ${named(from?.dueAt)} to ${named(to?.dueAt)}.`,
    `نُقل الموعد بإجراء صريح في ${words.moment(event.at)}: من ${named(from?.dueAt)} إلى ${named(to?.dueAt)}.`,
  );
}

/** Of a second matter that became a case of its own: since when its time counts. */
export function sinceSplit(events: readonly CaseEvent[], words: Words): string[] {
  const from = events.find(({ type }) => type === "application.received")?.data.splitFrom;
  if (typeof from !== "string") return [];
  return [
    words.say(
      `It is a second matter of ${from}: the applicant has waited since that came in, so the time counts from then.`,
      `هي موضوع ثانٍ من المعاملة ${from}: مقدم الطلب ينتظر منذ ورودها، فتُحتسب المدة منذ ذلك الحين.`,
    ),
  ];
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
      dueAt === null ? say("no due time", "بلا موعد") : say(`due ${moment(dueAt)}`, `موعدها ${moment(dueAt)}`);
    return [
      say(
        `${title}: set by the system that the case came from, ${due}.`,
        `${title}: حدّده النظام الذي جاءت منه المعاملة، ${due}.`,
      ),
      outcomeLine(clock, calendar, now, words),
    ];
  }
  const moved = events.filter((event) => event.type === "case.retimed" && event.data.target === clock.target);
  const lines = [
    say(
      `${title}: ${words.budget(budget)}, from ${moment(clock.startedAt)}.`,
      `${title}: ${words.budget(budget)}، اعتبارًا من ${moment(clock.startedAt)}.`,
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
    lines.push(
      say(
        `  Before it was split off, ${time} of working time passed in waiting for the applicant and do not count.`,
        `  قبل فصلها مضت ${time} من وقت الدوام في انتظار مقدم الطلب ولا تُحتسب.`,
      ),
    );
  }
  lines.push(...moved.map((event) => `  ${movedLine(event, words)}`));
  if (dueAt !== null) lines.push(say(`  Due: ${moment(dueAt)}.`, `  الموعد: ${moment(dueAt)}.`));
  else
    lines.push(
      say(
        `  Used up so far: ${words.length(consumedSeconds(clock, calendar, now))}.`,
        `  المستهلك حتى الآن: ${words.length(consumedSeconds(clock, calendar, now))}.`,
      ),
    );
  lines.push(`  ${outcomeLine(clock, calendar, now, words)}`);
  return lines;
}
