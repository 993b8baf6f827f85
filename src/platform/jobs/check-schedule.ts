/** Whether a cron expression and a zone can be lived by, and what is wrong with them in words. */

import { validate } from "node-cron";
import { cronFields } from "../../engine/jobs/cron-words.js";
import { msg } from "../../engine/text/msg.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { slotsAfter } from "./cron-slots.js";

const parts: readonly { readonly name: Bilingual; readonly from: number; readonly to: number }[] = [
  { name: msg("jobs.checkSchedule.second"), from: 0, to: 59 },
  { name: msg("jobs.checkSchedule.minute"), from: 0, to: 59 },
  { name: msg("jobs.checkSchedule.hour"), from: 0, to: 23 },
  { name: msg("jobs.checkSchedule.dayOfMonth"), from: 1, to: 31 },
  { name: msg("jobs.checkSchedule.month"), from: 1, to: 12 },
  { name: msg("jobs.checkSchedule.dayOfWeek"), from: 0, to: 7 },
];

// Only what every cron knows, numbers and names of three letters: nobody should have to look up what `L`, `W`, `#` or `?` means here.
const partForm = /^(\*|(?:\d{1,2}|[a-z]{3})(-(?:\d{1,2}|[a-z]{3}))?)(\/\d{1,2})?$/i;

function partFault(field: string, i: number): Bilingual | null {
  const part = parts[i];
  if (part === undefined) return null;
  const { name, from, to } = part;
  const wrong: Bilingual = msg("jobs.checkSchedule.wrong", { field, name, from, to });
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
    return msg("jobs.checkSchedule.writeFiveFieldsMinuteHour");
  }
  for (const [i, field] of fields.entries()) {
    const fault = partFault(field, i);
    if (fault !== null) return fault;
  }
  const never: Bilingual = msg("jobs.checkSchedule.never");
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
    const reason = msg("jobs.checkSchedule.thereIsNoTimeZone", { timeZone: a.timeZone });
    faults.push({ field: "/timeZone", reason });
  }
  return faults;
}
