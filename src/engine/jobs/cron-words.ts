/** A cron expression as people say it: `0 6 * * *` is “every day at 06:00”. */

import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, listed, perLanguage } from "../text/text.js";

/** Fields as they are written: second, minute, hour, day of month, month, day of week. */
type Fields = readonly [string, string, string, string, string, string];

const weekdays: readonly Bilingual[] = [
  msg("jobs.cronWords.sunday"),
  msg("jobs.cronWords.monday"),
  msg("jobs.cronWords.tuesday"),
  msg("jobs.cronWords.wednesday"),
  msg("jobs.cronWords.thursday"),
  msg("jobs.cronWords.friday"),
  msg("jobs.cronWords.saturday"),
];
const weekdayCodes = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const join = (items: readonly Bilingual[]): Bilingual => {
  const last = items.at(-1) as Bilingual;
  if (items.length === 1) return last;
  return msg("jobs.cronWords.and", { rest: listed(items.slice(0, -1), msg("jobs.cronWords.between")), last });
};

const whole = /^\d{1,2}$/;

/** The numbers of a list such as `8,12,16`; null when it is anything else. */
function numbersOf(field: string): number[] | null {
  const parts = field.split(",");
  return parts.every((part) => whole.test(part)) ? parts.map(Number) : null;
}

function dayOf(text: string): number | null {
  const named = (weekdayCodes as readonly string[]).indexOf(text.toLowerCase());
  if (named >= 0) return named;
  return /^[0-7]$/.test(text) ? Number(text) % 7 : null;
}

/** `every Sunday`, `from Sunday to Thursday`. In Arabic one day stands without its article. */
function daysOfWeek(field: string): Bilingual | null {
  const range = /^(\w+)-(\w+)$/.exec(field);
  if (range) {
    const [from, to] = [dayOf(range[1] as string), dayOf(range[2] as string)];
    const [first, last] = [weekdays[from ?? -1], weekdays[to ?? -1]];
    return first && last ? msg("jobs.cronWords.fromTo", { first, last }) : null;
  }
  const days = field.split(",").map((part) => weekdays[dayOf(part) ?? -1]);
  if (days.some((day) => day === undefined)) return null;
  const named = join(days as Bilingual[]);
  const [only] = field.split(",").map((part) => weekdayCodes[dayOf(part) ?? -1]);
  return days.length === 1 && only !== undefined
    ? msg("jobs.cronWords.eachWeekday", { day: only })
    : msg("jobs.cronWords.daysNamed", { named });
}

/** Which days; null when there are no words for it. */
function daysWords([, , , dayOfMonth, month, dayOfWeek]: Fields): Bilingual | null {
  if (month !== "*") return null;
  if (dayOfMonth === "*" && dayOfWeek === "*") return msg("jobs.cronWords.everyDay");
  if (dayOfMonth === "*") return daysOfWeek(dayOfWeek);
  const days = dayOfWeek === "*" ? numbersOf(dayOfMonth) : null;
  if (days === null) return null;
  const named = join(days.map((day) => ({ en: String(day), ar: String(day) })));
  return msg("jobs.cronWords.onDayOfEachMonth", { named });
}

const every = {
  second: (n: number): Bilingual => msg("jobs.cronWords.everySeconds", { n }),
  minute: (n: number): Bilingual => msg("jobs.cronWords.everyMinutes", { n }),
  hour: (n: number, minute: number): Bilingual => msg("jobs.cronWords.everyHours", { n, minute: String(minute) }),
};

/** `*` is 1, a step over all is its step; null for anything else. */
function stepOf(field: string): number | null {
  if (field === "*") return 1;
  const step = /^\*\/(\d{1,2})$/.exec(field);
  return step ? Number(step[1]) : null;
}

const clock = (hour: number, minute: number): string =>
  `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

/** At which times; `often`: several times a day without naming hours. */
function timesWords([second, minute, hour]: Fields): { words: Bilingual; often: boolean } | null {
  const steps = { second: stepOf(second), minute: stepOf(minute), hour: stepOf(hour) };
  if (steps.second !== null && minute === "*" && hour === "*") {
    return { words: every.second(steps.second), often: true };
  }
  if (second !== "0") return null;
  if (steps.minute !== null && hour === "*") return { words: every.minute(steps.minute), often: true };
  const [minutes, hours] = [numbersOf(minute), numbersOf(hour)];
  const only = minutes?.length === 1 ? (minutes[0] as number) : null;
  if (only !== null && steps.hour !== null) return { words: every.hour(steps.hour, only), often: true };
  if (only === null || hours === null) return null;
  const times = join(hours.map((h) => ({ en: clock(h, only), ar: clock(h, only) })));
  return { words: msg("jobs.cronWords.at", { times }), often: false };
}

/** Five or six fields, seconds first; null when there are more or fewer. */
export function cronFields(cron: string): Fields | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length === 5) return ["0", ...fields] as unknown as Fields;
  return fields.length === 6 ? (fields as unknown as Fields) : null;
}

/** Null for an expression that is too unusual to be said: it is shown with its next moments instead. */
export function cronWords(cron: string): Bilingual | null {
  const fields = cronFields(cron);
  const [times, days] = fields === null ? [null, null] : [timesWords(fields), daysWords(fields)];
  if (times === null || days === null) return null;
  const daily = days.en === "every day";
  if (times.often) {
    return daily ? times.words : msg("jobs.cronWords.text", { value: times.words, days });
  }
  return perLanguage((language) => `${inLanguage(days, language)} ${inLanguage(times.words, language)}`);
}
