/** Whether a cron expression and a zone can be lived by, and what is wrong with them in words. */

import { parse, validate } from "node-cron";
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

// Only what every cron knows, numbers and names of three letters: what `L`, `W`, `#` or `?` means has to be looked up.
const value = String.raw`(?:\d{1,2}|[a-z]{3})`;
const partForm = new RegExp(String.raw`^(?:${value}|(?:\*|${value}-${value})(?:/(\d{1,2}))?)$`, "i");

function partFault(field: string, i: number): Bilingual | null {
  const part = parts[i];
  if (part === undefined) return null;
  const { name, from, to } = part;
  const wrong: Bilingual = msg("jobs.checkSchedule.wrong", { field, name, from, to });
  for (const one of field.split(",")) {
    const form = partForm.exec(one);
    const step = Number(form?.[1] ?? 1);
    if (form === null || step < 1 || step > to) return wrong;
  }
  try {
    // The field alone, the other days open: so the fault is this field's.
    const alone = parts.map((_, j) => (j === i ? field : j < 3 ? "0" : "*")).join(" ");
    const slots = slotsAfter(alone, "UTC", new Date(0), i === 5 ? 7 : 1);
    // Cron-parser takes Sunday out of `6-7/2` too, and every day out of `0-3,0,6-7`. Node-cron reads what is written.
    const days = parse(alone).dayOfWeek.map(Number);
    return slots.every((slot) => days.includes(slot.getUTCDay())) ? null : wrong;
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
  // Node-cron wants both, cron-parser and most others either: the writer would be surprised by one of them.
  if (fields[3] !== "*" && fields[5] !== "*") return msg("jobs.checkSchedule.daysAndWeekdays");
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
