/**
 * The contact centre of the demo's last days: agents type what callers say, officials ask that people are called, agents call them back and ask the
 * sample how satisfied it is. What came since the last shift is due when the demo is looked at.
 */

import { compileCalendar } from "../../engine/calendar/working-calendar.js";
import { type TryOutcome, tryOutcomeNames } from "../../engine/contact-centre/call-backs.js";
import type { ExtraField, Setup } from "../../engine/setup/setup.js";
import { Problem } from "../../engine/text/problems.js";
import type { SavedCall } from "../../features/contact-centre/calls/calls.js";
import type { Services } from "../../platform/services.js";
import type { WrittenApplication } from "./applicants.js";
import type { Scheduled } from "./example-instructions.js";
import { actorOf, type LivedCase, type Person } from "./lived-case.js";
import { seededRandom } from "./seeded-random.js";

const [hourMs, days, agents, callsEach] = [3_600_000, 10, 4, 2];
/** The last shift that calls people back ends so long before the demo is looked at. */
const lastShiftMs = 18 * hourMs;
/** Of acts of officials on cases so many lead to a call, where there is a number. */
const wished = 0.2;
/** What comes of a hundred calls, in the order of the outcomes. */
const shares: Readonly<Record<TryOutcome, number>> = {
  ...{ reached: 58, noAnswer: 22, busy: 7, later: 6, wrongNumber: 3, refused: 4 },
};

const agentsOf = (setup: Setup, at: Date): Person[] =>
  setup.seats
    .filter(({ role }) => role === "contact_centre_agent")
    .slice(0, agents)
    .flatMap((seat) => actorOf(seat, setup.programme.code, at) ?? []);

/** A field of a call, as its inputs are named. */
function typedField({ code, type }: ExtraField, value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (type === "location") return { [`field.${code}.governorate`]: (value as { governorate: string }).governorate };
  if (type === "boolean") return { [`field.${code}`]: value === true ? "yes" : "no" };
  return { [`field.${code}`]: String(value) };
}

/** What an agent types of it. */
function typedOf(setup: Setup, { input }: WrittenApplication): Record<string, string> {
  const { type, language, subject, description, applicant, entity, service, governorate, fields } = input;
  const { name, nationalNumber, phone, email, sms } = applicant ?? {};
  const given = { type, language, subject, story: description, entity, service, governorate };
  const person = applicant === null ? { anonymous: "yes" } : { name, nationalNumber, phone, email };
  const ofType = setup.types.get(type)?.fields ?? [];
  const texts = { ...given, ...person, ...(sms === true && { sms: "yes" }) };
  return {
    ...Object.fromEntries(Object.entries(texts).flatMap(([key, text]) => (text ? [[key, text]] : []))),
    ...Object.assign({}, ...ofType.map((field) => typedField(field, fields?.[field.code]))),
  };
}

export interface Callers {
  /** A person calls: an agent types what they say. The case; null: before the days that have calls, or where there are no agents. */
  take(written: WrittenApplication, now: Date): Promise<Pick<SavedCall, "reference" | "code" | "dueAt"> | null>;
  /** An official who acted on a case may want its applicant to be called. */
  acted(lived: LivedCase, actor: Person, now: Date): Promise<void>;
}

/** By a chance of its own: what else people do stays as it is. */
export function makeCallers(a: {
  readonly services: Pick<Services, "contactCentre">;
  readonly setup: Setup;
  readonly seed: number;
  readonly to: Date;
}): Callers {
  const { services, setup, to } = a;
  const { calls, callBacks } = services.contactCentre;
  const programme = setup.programme.code;
  const random = seededRandom(a.seed + 7);
  const from = new Date(to.getTime() - days * 24 * hourMs);
  return {
    async take(written, now) {
      const people = now < from ? [] : agentsOf(setup, now);
      if (people.length === 0) return null;
      const call = { programme, actor: random.pick(people), token: random.bytes(16).toString("hex") };
      const typed = typedOf(setup, written);
      const begun = new Date(now.getTime() - Math.round(random.around(200, 0.4)) * 1000);
      await calls.keep({ ...call, typed: { story: typed.story ?? "" }, based: 0, now: begun });
      return await calls.save({ ...call, typed, now });
    },
    async acted({ reference }, actor, now) {
      if (now < from || !random.chance(wished)) return;
      try {
        await callBacks.ask({ reference, actor, note: null, now });
      } catch (error) {
        // No number, closed by now, or a call is asked for already.
        if (!(error instanceof Problem)) throw error;
      }
    },
  };
}

/** By a chance of its own: what else people do stays as it is. Nothing where the programme has no agents. */
export function exampleCalls(a: {
  readonly services: Pick<Services, "contactCentre" | "jobs">;
  readonly setup: Setup;
  readonly seed: number;
  readonly to: Date;
}): Scheduled[] {
  const { services, setup, to } = a;
  const { callBacks } = services.contactCentre;
  const random = seededRandom(a.seed + 5);
  const calendar = compileCalendar(setup.calendar.definition);
  const outcome = (): TryOutcome => random.weighted(tryOutcomeNames, (name) => shares[name]);

  async function call(actor: Person, id: number, begun: Date): Promise<Date> {
    const { number, reason, scales } = await callBacks.claim({ id, actor, now: begun });
    const isSurvey = reason === "survey";
    const came = outcome();
    const took = came === "reached" ? random.around(isSurvey ? 170 : 210, 0.5) : random.around(45, 0.4);
    const now = new Date(begun.getTime() + Math.round(took) * 1000);
    const mark = () => random.weighted([1, 2, 3, 4, 5], (value) => [6, 9, 17, 38, 30][value - 1] ?? 1);
    if (came === "reached" && !isSurvey) await callBacks.readOut({ id, actor, now: begun });
    await callBacks.report({
      ...{ id, number, actor, now, outcome: came, note: null },
      laterAt: came === "later" ? new Date(now.getTime() + 26 * hourMs).toISOString() : null,
      rating: isSurvey && came === "reached" ? mark() : null,
      scales: Object.fromEntries(scales.map(({ code }) => [code, mark()])),
    });
    return now;
  }

  async function shift(at: Date): Promise<void> {
    await services.jobs.run("make-call-backs", at);
    for (const actor of agentsOf(setup, at)) {
      let now = new Date(at.getTime() + random.int(1, 15) * 60_000);
      for (let n = 0; n < callsEach; n++) {
        const free = (await callBacks.list({ actor, now, late: false })).rows.find(
          ({ claimedBy }) => claimedBy === null,
        );
        if (free === undefined) break;
        try {
          now = await call(actor, free.id, new Date(now.getTime() + 60_000));
        } catch (error) {
          // Nobody needs it any more, or a colleague has the person on the line.
          if (!(error instanceof Problem)) throw error;
        }
      }
    }
  }

  const last = to.getTime() - lastShiftMs;
  const moments = Array.from({ length: days * 24 }, (_, i) => new Date(last - i * hourMs)).reverse();
  return moments
    .filter((at, i) => i % 2 === 0 && calendar.isWorkingTime(at))
    .map((at) => ({ at, run: () => shift(at) }));
}
