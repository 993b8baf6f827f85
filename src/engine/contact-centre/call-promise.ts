/** When a call comes and why not earlier, in the words in which an applicant, an agent and an official read it. */

import type { WorkingCalendar } from "../calendar/working-calendar.js";
import { dateIn, formatMoment, formatTime, formatWeekdayDate } from "../formatting/moments.js";
import { msg } from "../text/msg.js";
import { type Bilingual, listed, perLanguage } from "../text/text.js";
import { type CallMoments, type TryOutcome, tryOutcomes } from "./call-backs.js";

/** Why somebody is not called yet. */
export const callWaits = {
  wished: msg("contact-centre.callPromise.waitsWished"),
  noAnswer: msg("contact-centre.callPromise.waitsNoAnswer"),
  hours: msg("contact-centre.callPromise.waitsHours"),
} as const satisfies Readonly<Record<string, Bilingual>>;
export type CallWait = keyof typeof callWaits;

/** A call that was promised to an applicant and is still to come. */
export interface PromisedCall extends CallMoments {
  /** When the person asked to be called; null: as soon as may be. */
  readonly wishedAt: Date | null;
  /** Of the last try; null: none was made. */
  readonly lastOutcome: TryOutcome | null;
}

/** Nobody spoke with the person, so another try follows. Who put it off was reached. */
const isUnanswered = ({ lastOutcome }: Pick<PromisedCall, "lastOutcome">): boolean =>
  lastOutcome !== null && tryOutcomes[lastOutcome].leads === "unanswered";

/** By what a call waits that may not be made now. */
export function callWait(call: Omit<PromisedCall, "dueAt">, now: Date): CallWait {
  if (call.readyAt <= now) return "hours";
  if (call.wishedAt !== null) return "wished";
  return isUnanswered(call) ? "noAnswer" : "hours";
}

const momentOf = (at: Date, timeZone: string): Bilingual =>
  perLanguage((language) => formatMoment(at, language, timeZone));

/** Until when the applicant is called, and no more than that. */
export function callPromise(call: PromisedCall, now: Date, timeZone: string): Bilingual {
  const { readyAt, dueAt, wishedAt } = call;
  const by = momentOf(dueAt, timeZone);
  if (dueAt < now) return msg("contact-centre.callPromise.late", { by });
  if (isUnanswered(call) && wishedAt === null) return msg("contact-centre.callPromise.again", { by });
  if (wishedAt !== null && readyAt > now)
    return msg("contact-centre.callPromise.from", { from: momentOf(readyAt, timeZone), by });
  return msg("contact-centre.callPromise.by", { by });
}

const dayMs = 86_400_000;

/** The working hours of the day on which somebody is called. */
function hoursOf(at: Date, { timeZone, walk }: Pick<WorkingCalendar, "timeZone" | "walk">): Bilingual {
  const day = dateIn(at, timeZone);
  const worked = walk(new Date(at.getTime() - dayMs), new Date(at.getTime() + dayMs)).flatMap((one) =>
    one.kind === "worked" && one.date === day
      ? [
          msg("contact-centre.callPromise.fromTo", {
            from: formatTime(one.from, timeZone),
            to: formatTime(one.to, timeZone),
          }),
        ]
      : [],
  );
  return msg("contact-centre.callPromise.hours", {
    day: perLanguage((language) => formatWeekdayDate(day, language)),
    hours: listed(worked),
  });
}

/** What is read out to somebody who asks for a call: a wish that lies outside working hours is named with what comes instead. */
export function callAnswer(call: PromisedCall, now: Date, calendar: WorkingCalendar): readonly Bilingual[] {
  const { wishedAt, readyAt } = call;
  const { timeZone } = calendar;
  const promise = callPromise(call, now, timeZone);
  if (wishedAt === null || readyAt <= wishedAt) return [promise];
  const outside = msg("contact-centre.callPromise.outside", { wished: momentOf(wishedAt, timeZone) });
  return [outside, hoursOf(readyAt, calendar), promise];
}
