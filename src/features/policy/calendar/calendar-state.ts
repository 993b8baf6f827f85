/** A calendar being edited: its lines by their place, and the faults of the checks at those lines. */

import type { CalendarDefinition, SpecialDays, WeeklyPeriod } from "../../../engine/calendar/calendar-definition.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language, perLanguage, quoted } from "../../../engine/text/text.js";

export type ListName = "days" | "periods";

/** Place in the list; null for a new line, which comes last. */
export function withLine(
  definition: CalendarDefinition,
  list: ListName,
  at: number | null,
  value: SpecialDays | WeeklyPeriod,
): CalendarDefinition {
  const lines: readonly object[] = definition[list];
  const next = at === null ? [...lines, value] : lines.map((line, i) => (i === at ? value : line));
  return { ...definition, [list]: next };
}

export function withoutLine(definition: CalendarDefinition, list: ListName, at: number): CalendarDefinition {
  return { ...definition, [list]: (definition[list] as readonly object[]).filter((_, i) => i !== at) };
}

/** As a form of a line was set: null takes it out, where it is there at all. */
export function withSetLine(
  definition: CalendarDefinition,
  { list, at }: { readonly list: ListName; readonly at: number | null },
  value: SpecialDays | WeeklyPeriod | null,
): CalendarDefinition {
  if (value !== null) return withLine(definition, list, at, value);
  return at === null ? definition : withoutLine(definition, list, at);
}

export function confirmed<Line extends { readonly provisional?: boolean }>({ provisional: _, ...line }: Line) {
  return line;
}

const usual: Bilingual = msg("policy-calendar.calendarState.usual");

/** Places in the text are no words for whoever sees a list: other lines are called by their names. */
function named(reason: Bilingual, definition: CalendarDefinition): Bilingual {
  const say = (language: Language) =>
    inLanguage(reason, language).replace(/\/(days|periods)\/(\d+)/g, (place, list: ListName, at: string) => {
      const line = definition[list][Number(at)];
      return line === undefined ? place : inLanguage(quoted(line.name ?? usual), language);
    });
  return perLanguage(say);
}

/** Faults by line, `days/3`; what is about the whole stands under the empty name. */
export function faultsByLine(
  faults: readonly { readonly field: string; readonly reason: Bilingual }[],
  definition: CalendarDefinition,
): Map<string, Bilingual[]> {
  const found = new Map<string, Bilingual[]>();
  for (const { field, reason } of faults) {
    const line = /^\/((?:days|periods)\/\d+)/.exec(field)?.[1] ?? "";
    found.set(line, [...(found.get(line) ?? []), named(reason, definition)]);
  }
  return found;
}

/** Whether a line stands like this in the version in force. */
export function isChanged(line: object, before: readonly object[]): boolean {
  const text = JSON.stringify(line);
  return !before.some((old) => JSON.stringify(old) === text);
}
