/** Words, numbers, moments and durations in the reader's language. Digits are 0–9 in both. */

import { formatMessage, type MessageValues, type Pattern } from "../../engine/text/msg.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import { listed } from "../../engine/text/text.js";
import type { Words } from "./boot.js";
import { readLanguage, useLanguage } from "./language.js";
import { durationWords, shortMoment } from "./moments.js";

/** The reader's language of some words, or of a message with its arguments. */
export interface Say {
  (words: Words | null | undefined): string;
  <Values>(words: Pattern<Values> | Bilingual, values: Values): string;
}

export interface Text {
  readonly t: Say;
  readonly language: "ar" | "en";
  readonly dir: "rtl" | "ltr";
  /** Names one after the other: "a, b" and "أ، ب". */
  list(names: readonly string[]): string;
  number(value: number | null | undefined): string;
  /** A share from 0 to 1; null is "no data". */
  percent(share: number | null | undefined): string;
  /** As people say it: "Sunday 10:10", "12 October 10:10". */
  moment(at: string | Date | null | undefined, dayOnly?: boolean): string;
  date(at: string | Date | null | undefined): string;
  /** "3 h 20 min", "2 days", where `daySeconds` make a day: whoever answers with seconds says how many. */
  duration(seconds: number, daySeconds: number): string;
}

const nothing = "—";

function sayIn(language: Language, words: Words | Pattern<unknown> | null | undefined, values?: MessageValues): string {
  if (words === null || words === undefined) return "";
  if (typeof words === "string") return words;
  if ("key" in words) return formatMessage(language, words.key, values);
  return words[language] || words[language === "ar" ? "en" : "ar"];
}

/** A day without a time (`2026-11-22`) is that day everywhere; a moment is shown where the programme is. */
function dateWords(locale: string, at: string | Date): string {
  const pure = typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at);
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: pure ? "UTC" : timeZone(),
  }).format(new Date(at));
}

/** Where the programme is; set by the page. */
export const timeZone = (): string => window.DIWAN?.timeZone ?? "Asia/Amman";

function textIn(language: Language): Text {
  const locale = language === "ar" ? "ar-JO-u-nu-latn" : "en-GB";
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return {
    t: (words: Words | Pattern<unknown> | null | undefined, values?: unknown) =>
      sayIn(language, words, values as MessageValues | undefined),
    language,
    dir: language === "ar" ? "rtl" : "ltr",
    list: (names) => listed(names)[language],
    number: (value) => (value === null || value === undefined ? nothing : whole.format(value)),
    percent: (value) => (value === null || value === undefined ? nothing : share.format(value)),
    moment: (at, dayOnly) =>
      at === null || at === undefined ? nothing : shortMoment(new Date(at), locale, timeZone(), dayOnly),
    date: (at) => (at === null || at === undefined ? nothing : dateWords(locale, at)),
    duration: (seconds, daySeconds) => durationWords(seconds, daySeconds, language),
  };
}

const texts: Readonly<Record<Language, Text>> = { ar: textIn("ar"), en: textIn("en") };

/** The same value for as long as the language is; whoever uses it is drawn anew when that is switched. */
export const useText = (): Text => texts[useLanguage()];

/** Of this moment, outside of what is drawn: what was said so stays as it is. */
export const say: Say = (words: Words | Pattern<unknown> | null | undefined, values?: unknown) =>
  sayIn(readLanguage(), words, values as MessageValues | undefined);
