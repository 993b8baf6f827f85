/** Words, numbers, moments and durations in the reader's language. Digits are 0–9 in both. */

import type { GrammaticalCase } from "../../../engine/formatting/counted-nouns.js";
import { type DayLength, formatDuration } from "../../../engine/formatting/durations.js";
import {
  dateIn,
  formatDate,
  formatRecentMoment,
  formatTermMoment,
  formatWholeMoment,
} from "../../../engine/formatting/moments.js";
import { formatNumber, formatPercent } from "../../../engine/formatting/numbers.js";
import { directionOf } from "../../../engine/text/languages.js";
import { formatMessage, type MessageValues, type Pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language, listed } from "../../../engine/text/text.js";
import type { Words } from "../boot.js";
import { readLanguage, useLanguage } from "./language.js";

/** Where and when the programme is, as the page was told. */
export const timeZone = (): string => window.DIWAN?.timeZone ?? "Asia/Amman";

const pageStarted = Date.now();
/** The clock by which "today" is known: the server's when the page was made, ticking on since then. */
export function presentTime(): Date {
  const atServer = window.DIWAN?.now;
  return new Date(atServer === undefined ? Date.now() : Date.parse(atServer) + (Date.now() - pageStarted));
}

/** The civil date of now where the programme is, `2026-11-22`. */
export const presentDay = (): string => dateIn(presentTime(), timeZone());

/** The reader's language of some words, or of a message with its arguments. */
export interface Say {
  (words: Words | null | undefined): string;
  <Values>(words: Pattern<Values> | Bilingual, values: Values): string;
}

export interface Text {
  readonly t: Say;
  readonly language: Language;
  readonly dir: "rtl" | "ltr";
  /** Names one after the other: "a, b" and "أ، ب". */
  list(names: readonly string[]): string;
  number(value: number | null | undefined): string;
  /** A share from 0 to 1; null is "no data". */
  percent(share: number | null | undefined): string;
  /** As people say it: "today 10:10", "12 October, 10:10"; `dayOnly`: once days have passed without the time. */
  moment(at: string | Date | null | undefined, dayOnly?: boolean): string;
  /** When a term begins or ends: the day alone where it is when the day begins. */
  termMoment(at: string | Date | null | undefined): string;
  date(at: string | Date | null | undefined): string;
  /** All of it: "Sunday 22 November 2026, 10:10:00 (GMT+3)". */
  wholeMoment(at: string | Date): string;
  /** "2 working days 3 hours": a clock's summary says what its days are. */
  duration(seconds: number, day: DayLength, grammaticalCase?: GrammaticalCase): string;
}

const nothing = "—";

function sayIn(language: Language, words: Words | Pattern<unknown> | null | undefined, values?: MessageValues): string {
  if (words === null || words === undefined) return "";
  if (typeof words === "string") return words;
  if ("key" in words) return formatMessage(language, words.key, values);
  return inLanguage(words, language) || (language === "ar" ? words.en : words.ar);
}

/** Something there is, that can be written. */
const given = <T>(value: T | null | undefined, write: (value: T) => string): string =>
  value === null || value === undefined ? nothing : write(value);

function momentIn(at: string | Date, write: (at: Date) => string): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? nothing : write(moment);
}

/** A day without a time (`2026-11-22`) is that day everywhere; a moment is shown where the programme is. */
const dateOf = (at: string | Date): string =>
  typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at) ? at : dateIn(new Date(at), timeZone());

function textIn(language: Language): Text {
  const present = () => ({ language, timeZone: timeZone(), now: presentTime() });
  return {
    t: (words: Words | Pattern<unknown> | null | undefined, values?: unknown) =>
      sayIn(language, words, values as MessageValues | undefined),
    language,
    dir: directionOf(language),
    list: (names) => inLanguage(listed(names), language),
    number: (value) => given(value, (n) => formatNumber(n, language)),
    percent: (share) => given(share, (rate) => formatPercent(rate, language)),
    moment: (at, dayOnly) =>
      given(at, (some) => momentIn(some, (moment) => formatRecentMoment(moment, present(), dayOnly))),
    termMoment: (at) => given(at, (some) => momentIn(some, (moment) => formatTermMoment(moment, present()))),
    wholeMoment: (at) => momentIn(at, (moment) => formatWholeMoment(moment, language, timeZone())),
    date: (at) => given(at, (some) => formatDate(dateOf(some), language)),
    duration: (seconds, day, grammaticalCase = "nominative") =>
      formatDuration(seconds, day, { language, case: grammaticalCase }),
  };
}

const texts = new Map<Language, Text>();

function textOf(language: Language): Text {
  const known = texts.get(language);
  if (known !== undefined) return known;
  const text = textIn(language);
  texts.set(language, text);
  return text;
}

/** The same value for as long as the language is; whoever uses it is drawn anew when that is switched. */
export const useText = (): Text => textOf(useLanguage());

/** Of this moment, outside of what is drawn: what was said so stays as it is. */
export const say: Say = (words: Words | Pattern<unknown> | null | undefined, values?: unknown) =>
  sayIn(readLanguage(), words, values as MessageValues | undefined);
