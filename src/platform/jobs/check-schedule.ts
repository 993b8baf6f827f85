/** Whether a cron expression and a zone can be lived by, and what is wrong with them in words. */
import { validate } from "node-cron";
import { cronFields } from "../../engine/jobs/cron-words.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { slotsAfter } from "./cron-slots.js";

const parts: readonly { readonly name: Bilingual; readonly from: number; readonly to: number }[] = [
  { name: { en: "second", ar: "الثانية" }, from: 0, to: 59 },
  { name: { en: "minute", ar: "الدقيقة" }, from: 0, to: 59 },
  { name: { en: "hour", ar: "الساعة" }, from: 0, to: 23 },
  { name: { en: "day of month", ar: "يوم الشهر" }, from: 1, to: 31 },
  { name: { en: "month", ar: "الشهر" }, from: 1, to: 12 },
  { name: { en: "day of week", ar: "يوم الأسبوع" }, from: 0, to: 7 },
];

// Only what every cron knows, numbers and names of three letters: nobody should have to look up what `L`, `W`, `#` or `?` means here.
const partForm = /^(\*|(?:\d{1,2}|[a-z]{3})(-(?:\d{1,2}|[a-z]{3}))?)(\/\d{1,2})?$/i;

function partFault(field: string, i: number): Bilingual | null {
  const part = parts[i];
  if (part === undefined) return null;
  const { name, from, to } = part;
  const wrong: Bilingual = {
    en: `“${field}” is no ${name.en}: write ${from}–${to}, *, a range, a step or a list.`,
    ar: `«${field}» لا تصلح في خانة ${name.ar}: اكتب ${from}–${to} أو * أو مدى أو خطوة أو قائمة.`,
  };
  for (const one of field.split(",")) {
    const form = partForm.exec(one);
    const step = form?.[3] === undefined ? 1 : Number(form[3].slice(1));
    if (form === null || step < 1 || step > to) return wrong;
  }
  try {
    // The field alone, the others open: so the fault is this field's.
    slotsAfter(parts.map((_, j) => (j === i ? field : "*")).join(" "), "UTC", new Date(0), 1);
    return null;
  } catch {
    return wrong;
  }
}

function cronFault(cron: string, now: Date): Bilingual | null {
  const fields = cronFields(cron);
  if (fields === null) {
    return {
      en: "Write five fields: minute, hour, day of month, month, day of week (seconds may stand before).",
      ar: "اكتب خمس خانات: الدقيقة والساعة ويوم الشهر والشهر ويوم الأسبوع (ويجوز أن تسبقها الثواني).",
    };
  }
  for (const [i, field] of fields.entries()) {
    const fault = partFault(field, i);
    if (fault !== null) return fault;
  }
  const never: Bilingual = { en: "Such a moment never comes.", ar: "لا يحل مثل هذا الموعد أبدًا." };
  try {
    slotsAfter(cron, "UTC", now, 1);
    return validate(cron) ? null : never;
  } catch {
    return never;
  }
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    // Offsets such as +03:00 are no zones: they know nothing of summer time.
    return timeZone === "UTC" || timeZone.includes("/");
  } catch {
    return false;
  }
}

/** Faults at `/cron` and `/timeZone`; none when the schedule can be lived by. */
export function scheduleFaults(a: { cron: string; timeZone: string }, now: Date): FieldFault[] {
  const wrongCron = cronFault(a.cron, now);
  const faults: FieldFault[] = wrongCron === null ? [] : [{ field: "/cron", reason: wrongCron }];
  if (!isZone(a.timeZone)) {
    const reason = {
      en: `There is no time zone “${a.timeZone}”. Write one such as Asia/Amman.`,
      ar: `لا توجد منطقة زمنية باسم «${a.timeZone}». اكتب مثلًا Asia/Amman.`,
    };
    faults.push({ field: "/timeZone", reason });
  }
  return faults;
}
