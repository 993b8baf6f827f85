/** What both calendar benchmarks need: the same random questions to the calendar and to a day-stepping luxon loop. */
import { deepStrictEqual } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { compileCalendar, type WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import { seededCalendar } from "./calendars.js";
import { type DaySteppingCalendar, daySteppingCalendar } from "./day-stepping.js";

/** A moment of the covered years and working seconds from one to fifteen days of seven hours: the budgets in use. */
interface Question {
  readonly start: Date;
  readonly seconds: number;
}

/** A small repeatable generator (mulberry32), so that every run asks the same. */
function questions(count: number): Question[] {
  let state = 20261125;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const first = Date.UTC(2024, 0, 2) / 1000;
  const last = Date.UTC(2027, 10, 1) / 1000;
  return Array.from({ length: count }, () => ({
    start: new Date(Math.floor(first + random() * (last - first)) * 1000),
    seconds: Math.ceil(random() * 15 * 7 * 3600),
  }));
}

function secondsEach(count: number, act: (index: number) => void): number {
  const began = performance.now();
  for (let i = 0; i < count; i++) act(i);
  return (performance.now() - began) / 1000 / count;
}

/** Compares an answer of the calendar with the loop's: first that they are equal, then how long each takes. */
export function compareWithDayStepping<T>(
  name: string,
  calendarAnswers: (calendar: WorkingCalendar, question: Question) => T,
  loopAnswers: (loop: DaySteppingCalendar, question: Question) => T,
): { bench: string; ratio: number; baseline: string; unit: string; opsPerSecond: number } {
  const definition = seededCalendar("jordan");
  const calendar = compileCalendar(definition);
  const loop = daySteppingCalendar(definition);
  const asked = questions(4096);
  for (const question of asked.slice(0, 300))
    deepStrictEqual(calendarAnswers(calendar, question), loopAnswers(loop, question));
  const pick = (i: number): Question => asked[i & 4095] as Question;
  secondsEach(100_000, (i) => calendarAnswers(calendar, pick(i)));
  const ours = secondsEach(1_000_000, (i) => calendarAnswers(calendar, pick(i)));
  const loops = secondsEach(1_000, (i) => loopAnswers(loop, pick(i)));
  const ratio = Math.round(loops / ours);
  return {
    bench: name,
    ratio,
    baseline: "luxon, stepping over the days",
    unit: "times faster",
    opsPerSecond: Math.round(1 / ours),
  };
}
