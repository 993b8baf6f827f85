/** Officials open the cases that have news for them, most of them within some days: the rest is news at the first sign-in. */

import type { Services } from "../../platform/services.js";
import { actorOf, type LivedCase, type Person, type World } from "./lived-case.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";

export interface Looks {
  /** When somebody opens it after what happened at `now`; null: nobody does for its news alone. */
  next(now: Date): Date | null;
  /** Who has the case sees it as it is; where nobody has it, one of those who share it does. */
  look(lived: LivedCase, at: Date): Promise<void>;
  /** An official who acts on a case has it before them. */
  acted(lived: LivedCase, actor: Person): Promise<void>;
}

const day = 86_400_000;
/** Of what comes in so much is opened for its own sake. */
const opened = 0.85;
const medianDays = 1.5;
/** More than any case has: all that there is. */
const all = 2 ** 31 - 1;

/** By a chance of its own: what people do is the same, whether anybody looks or not. */
export function makeLooks(services: Pick<Services, "cases" | "news">, world: World): Looks {
  const random: SeededRandom = seededRandom(world.material.seed + 3);
  const focalPoints = ({ entity }: LivedCase, at: Date): Person[] =>
    world.setup.seats
      .filter((seat) => seat.role === "focal_point" && seat.entity === entity)
      .flatMap((seat) => actorOf(seat, world.setup.programme.code, at) ?? []);
  async function sees({ reference }: LivedCase, actor: Person): Promise<void> {
    const found = await services.cases.inReach({ reference, actor });
    if (found !== null) await services.news.seen({ caseId: found.caseId, userId: actor.userId, upTo: all });
  }
  return {
    next: (now) => (random.chance(opened) ? new Date(now.getTime() + random.around(medianDays * day, 0.9)) : null),
    async look(lived, at) {
      const people = lived.taker?.kind === "user" ? [lived.taker] : focalPoints(lived, at);
      for (const one of people) await sees(lived, one);
    },
    acted: sees,
  };
}
