/** Lengths of time in words, which say by which clock they are counted: three working days are no three days. */
import { msg } from "../text/msg.js";
import { inLanguage, type Language } from "../text/text.js";
import { type CountedNoun, formatCount, type GrammaticalCase } from "./counted-nouns.js";
import { listFormat } from "./intl-formats.js";

/** What the days of a length are; a `ClockSummary` is one. */
export interface DayLength {
  /** How many seconds make a day: of working time, as many as an ordinary day of the calendar has. */
  readonly daySeconds: number;
  /** Elapsed time, nights and days off included; otherwise working time. */
  readonly wall: boolean;
}

export const elapsedDay: DayLength = { daySeconds: 86_400, wall: true };

interface DurationOptions {
  readonly language: Language;
  /** Of the sentence that it is put into. */
  readonly case?: GrammaticalCase;
  /**
   * `short` (also when left out): what one decides by, at most two units: `2 working days 3 hours`, from three days on days alone.
   * `whole`: all of it, to the second.
   */
  readonly detail?: "short" | "whole";
}

type Part = readonly [n: number, noun: CountedNoun];

/** From so many days on, hours say nothing. */
const manyDays = 3;

/** The first unit names the clock, unless it is minutes; what follows is of the same. */
const ofWorkingTime: Readonly<Partial<Record<CountedNoun, CountedNoun>>> = {
  day: "workingDay",
  hour: "workingHour",
};

function partsOf(seconds: number, daySeconds: number | null): Part[] {
  const days = daySeconds === null || daySeconds <= 0 ? 0 : Math.floor(seconds / daySeconds);
  const rest = daySeconds === null || daySeconds <= 0 ? seconds : seconds % daySeconds;
  return [
    [days, "day"],
    [Math.floor(rest / 3600), "hour"],
    [Math.floor((rest % 3600) / 60), "minute"],
    [Math.floor(rest % 60), "second"],
  ];
}

function shortened(parts: readonly Part[]): readonly Part[] {
  const first = parts.findIndex(([n, noun]) => n > 0 && noun !== "second");
  if (first < 0) return [];
  const [n, noun] = parts[first] as Part;
  return parts.slice(first, noun === "minute" || (noun === "day" && n >= manyDays) ? first + 1 : first + 2);
}

const joined = (parts: readonly Part[], { language, case: grammaticalCase }: DurationOptions): string =>
  listFormat(language, { type: "unit", style: "narrow" }).format(
    parts.map(([n, noun]) => inLanguage(formatCount(n, noun, grammaticalCase), language)),
  );

function worded(seconds: number, daySeconds: number | null, working: boolean, options: DurationOptions): string {
  const all = partsOf(Math.round(seconds), daySeconds);
  const said = (options.detail === "whole" ? all : shortened(all)).filter(([n]) => n > 0);
  const [first, ...rest] = said;
  // Of working time none may be left for hours: until the office opens.
  if (first === undefined)
    return inLanguage(working ? msg("times.lessThanAWorkingMinute") : msg("times.lessThanAMinute"), options.language);
  const [n, noun] = first;
  return joined([[n, (working && ofWorkingTime[noun]) || noun], ...rest], options);
}

/** `2 working days 3 hours`, `57 working days`, `3 working hours 20 minutes`; of elapsed time `80 days`. @param seconds not negative */
export const formatDuration = (seconds: number, day: DayLength, options: DurationOptions): string =>
  worded(seconds, day.daySeconds, !day.wall, options);

/** `26 hours 20 minutes`: without days, in sentences that say themselves by which clock. @param seconds not negative */
export const formatHours = (seconds: number, options: DurationOptions): string => worded(seconds, null, false, options);
