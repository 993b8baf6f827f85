/** Agents of the demo's last days call people back and ask the sample how satisfied it is; what they leave is due when somebody looks. */

import { compileCalendar } from "../../engine/calendar/working-calendar.js";
import { type TryOutcome, tryOutcomeNames } from "../../engine/contact-centre/call-backs.js";
import type { Setup } from "../../engine/setup/setup.js";
import { Problem } from "../../engine/text/problems.js";
import type { Services } from "../../platform/services.js";
import type { Scheduled } from "./example-instructions.js";
import { actorOf, type Person } from "./lived-case.js";
import { seededRandom } from "./seeded-random.js";

const [hourMs, days, agents, callsEach] = [3_600_000, 10, 4, 2];
/** What comes of a hundred calls, in the order of the outcomes. */
const shares: Readonly<Record<TryOutcome, number>> = {
  ...{ reached: 58, noAnswer: 22, busy: 7, later: 6, wrongNumber: 3, refused: 4 },
};

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
  const seats = [...setup.seats.values()].filter(({ role }) => role === "contact_centre_agent");
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
    const people = seats.slice(0, agents).flatMap((seat) => actorOf(seat, setup.programme.code, at) ?? []);
    for (const actor of people) {
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

  const moments = Array.from({ length: days * 24 }, (_, i) => new Date(to.getTime() - (i + 1) * hourMs)).reverse();
  return moments
    .filter((at, i) => i % 2 === 0 && calendar.isWorkingTime(at))
    .map((at) => ({ at, run: () => shift(at) }));
}
