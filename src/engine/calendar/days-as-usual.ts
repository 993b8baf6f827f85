/** Days entered as exceptional on which people work as in any such week: they change nothing. */

import { msg } from "../text/msg.js";
import type { FieldFault } from "../text/problems.js";
import { quoted } from "../text/text.js";
import type { CalendarDefinition } from "./calendar-definition.js";
import { readDays } from "./calendar-table.js";
import { dayNumberOf } from "./civil-date.js";
import { datesWords } from "./date-words.js";

/**
 * A holiday that falls on a weekly day off is none of them: it is a holiday all the same.
 * @param definition one that `checkCalendar` accepted
 * @returns warnings: what is in force may have some
 */
export function daysAsUsual(definition: CalendarDefinition): FieldFault[] {
  const usual = readDays({ ...definition, days: [] });
  return definition.days.flatMap(({ date, to = date, name, hours }, i): FieldFault[] => {
    if (hours.length === 0) return [];
    const [first, last] = [dayNumberOf(date) as number, dayNumberOf(to) as number];
    const own = JSON.stringify(hours);
    for (let day = first; day <= last; day++) if (JSON.stringify(usual(day).hours) !== own) return [];
    const reason = msg("calendar.checkCalendar.dayAsUsual", { name: quoted(name), dates: datesWords(date, to) });
    return [{ field: `/days/${i}/hours`, reason }];
  });
}
