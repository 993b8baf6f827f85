/** Readers of command-line values; what they refuse ends with exit code 2 and says how to write it. */

import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { zoneOf } from "../../engine/calendar/time-zone.js";
import { formatAlternatives } from "../../engine/formatting/lists.js";
import { isLanguage, languages } from "../../engine/text/languages.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, type Language, perLanguage } from "../../engine/text/text.js";
import { UsageError } from "./command.js";
import { WrongValue } from "./spoken-command.js";

/** A civil date `YYYY-MM-DD` that exists. */
export function readDate(value: string): string {
  if (dayNumberOf(value) === null) throw new WrongValue(msg("cli.arguments.date"));
  return value;
}

const written = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** A moment as somebody wrote it: with an offset it is known; without one it needs a time zone. */
export interface WrittenMoment {
  in(timeZone: string): Date;
}

/** `2026-11-29`, `2026-11-29T08:00`, `2026-11-29T08:00:00Z`, `2026-11-29T08:00+03:00`. */
export function readMoment(value: string): WrittenMoment {
  const [, date, time = "00:00", offset] = written.exec(value) ?? [];
  const wall = date === undefined || dayNumberOf(date) === null ? Number.NaN : Date.parse(`${date}T${time}Z`);
  const known = offset === undefined ? wall : Date.parse(value);
  if (Number.isNaN(wall) || Number.isNaN(known)) {
    throw new WrongValue(msg("cli.arguments.moment"));
  }
  return { in: (timeZone) => new Date(offset === undefined ? zoneOf(timeZone).instantOf(wall) : known) };
}

/** `ar or en`: what `readLanguage` takes. */
export const namedLanguages: Bilingual = perLanguage((language) => formatAlternatives(languages(), language));

export function readLanguage(value: string): Language {
  if (isLanguage(value)) return value;
  throw new WrongValue(msg("cli.arguments.language", { languages: namedLanguages }));
}

/** A whole number from 1 to `most`. */
export function readCount(most: number): (value: string) => number {
  return (value) => {
    const count = Number(value);
    if (Number.isInteger(count) && count >= 1 && count <= most) return count;
    throw new WrongValue(msg("cli.arguments.count", { most: String(most) }));
  };
}

/** Collects `--field name=value` into one record; a value of digits stays text unless the action wants a number. */
export function readField(value: string, previous: Record<string, string> = {}): Record<string, string> {
  const at = value.indexOf("=");
  if (at < 1) throw new WrongValue(msg("cli.arguments.field"));
  return { ...previous, [value.slice(0, at)]: value.slice(at + 1) };
}

/** One of these words. */
export function readChoice<Choice extends string>(choices: readonly Choice[]): (value: string) => Choice {
  return (value) => {
    const found = choices.find((one) => one === value);
    if (found !== undefined) return found;
    throw new WrongValue(msg("cli.arguments.choices", { choices: choices.join(", ") }));
  };
}

/** The programme that was named, or the only one there is. Problem of usage when there are several. */
export function chooseProgramme(named: string | undefined, programmes: readonly string[]): string {
  if (named !== undefined) return named;
  const [only, ...others] = programmes;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    only === undefined
      ? msg("cli.arguments.noProgramme")
      : msg("cli.arguments.severalProgrammes", { programmes: programmes.join(", ") }),
  );
}
