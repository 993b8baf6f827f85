/** A cron expression as people say it: `0 6 * * *` is “every day at 06:00”. */
import type { Bilingual } from "../text/text.js";

/** Fields as they are written: second, minute, hour, day of month, month, day of week. */
type Fields = readonly [string, string, string, string, string, string];

const weekdays: readonly Bilingual[] = [
  { en: "Sunday", ar: "الأحد" },
  { en: "Monday", ar: "الاثنين" },
  { en: "Tuesday", ar: "الثلاثاء" },
  { en: "Wednesday", ar: "الأربعاء" },
  { en: "Thursday", ar: "الخميس" },
  { en: "Friday", ar: "الجمعة" },
  { en: "Saturday", ar: "السبت" },
];
const shortDays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const join = (items: readonly Bilingual[]): Bilingual => {
  const last = items.at(-1) as Bilingual;
  if (items.length === 1) return last;
  const rest = items.slice(0, -1);
  return {
    en: `${rest.map(({ en }) => en).join(", ")} and ${last.en}`,
    ar: `${rest.map(({ ar }) => ar).join(" و")} و${last.ar}`,
  };
};

const whole = /^\d{1,2}$/;

/** The numbers of a list such as `8,12,16`; null when it is anything else. */
function numbersOf(field: string): number[] | null {
  const parts = field.split(",");
  return parts.every((part) => whole.test(part)) ? parts.map(Number) : null;
}

function dayOf(text: string): number | null {
  const named = shortDays.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  return /^[0-7]$/.test(text) ? Number(text) % 7 : null;
}

/** `every Sunday`, `from Sunday to Thursday`. In Arabic one day stands without its article. */
function daysOfWeek(field: string): Bilingual | null {
  const range = /^(\w+)-(\w+)$/.exec(field);
  if (range) {
    const [from, to] = [dayOf(range[1] as string), dayOf(range[2] as string)];
    const [first, last] = [weekdays[from ?? -1], weekdays[to ?? -1]];
    return first && last ? { en: `from ${first.en} to ${last.en}`, ar: `من ${first.ar} إلى ${last.ar}` } : null;
  }
  const days = field.split(",").map((part) => weekdays[dayOf(part) ?? -1]);
  if (days.some((day) => day === undefined)) return null;
  const named = join(days as Bilingual[]);
  return { en: `every ${named.en}`, ar: days.length === 1 ? `كل يوم ${named.ar.slice(2)}` : `أيام ${named.ar}` };
}

/** Which days; null when there are no words for it. */
function daysWords([, , , dayOfMonth, month, dayOfWeek]: Fields): Bilingual | null {
  if (month !== "*") return null;
  if (dayOfMonth === "*" && dayOfWeek === "*") return { en: "every day", ar: "كل يوم" };
  if (dayOfMonth === "*") return daysOfWeek(dayOfWeek);
  const days = dayOfWeek === "*" ? numbersOf(dayOfMonth) : null;
  if (days === null) return null;
  const listed = join(days.map((day) => ({ en: String(day), ar: String(day) })));
  return { en: `on day ${listed.en} of each month`, ar: `في اليوم ${listed.ar} من كل شهر` };
}

const arabicCount = (n: number, one: string, two: string, few: string, many: string): string =>
  n === 1 ? one : n === 2 ? two : n <= 10 ? `${n} ${few}` : `${n} ${many}`;

const every = {
  second: (n: number): Bilingual => ({
    en: n === 1 ? "every second" : `every ${n} seconds`,
    ar: `كل ${arabicCount(n, "ثانية", "ثانيتين", "ثوانٍ", "ثانية")}`,
  }),
  minute: (n: number): Bilingual => ({
    en: n === 1 ? "every minute" : `every ${n} minutes`,
    ar: `كل ${arabicCount(n, "دقيقة", "دقيقتين", "دقائق", "دقيقة")}`,
  }),
  hour: (n: number, minute: number): Bilingual => ({
    en: `${n === 1 ? "every hour" : `every ${n} hours`} at minute ${minute}`,
    ar: `كل ${arabicCount(n, "ساعة", "ساعتين", "ساعات", "ساعة")} عند الدقيقة ${minute}`,
  }),
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
  return { words: { en: `at ${times.en}`, ar: `الساعة ${times.ar}` }, often: false };
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
    return daily ? times.words : { en: `${times.words.en}, ${days.en}`, ar: `${times.words.ar}، ${days.ar}` };
  }
  return { en: `${days.en} ${times.words.en}`, ar: `${days.ar} ${times.words.ar}` };
}
