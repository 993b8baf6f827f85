/** Now and then officials turn to each other over a case: a note, a gift, a reminder, a second matter, several that say the same. */

import type { Actor } from "../../engine/access/permissions.js";
import { inLanguage } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import type { WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import {
  actorOf,
  type LivedCase,
  type NextAct,
  type Person,
  someoneFor,
  soon,
  type World,
  withEffect,
} from "./lived-case.js";
import { reasonsFor } from "./material.js";

type Filled = Pick<NextAct, "fields" | "receiver" | "merged">;
interface Doing {
  readonly world: World;
  readonly lived: LivedCase;
  readonly actor: Person;
  readonly at: Date;
  readonly now: Date;
}

/** Those who work on the cases of its entity, other than whoever acts. */
function colleagues({ world: { setup }, lived, actor, at }: Doing): Person[] {
  const seats = setup.seats.filter(({ role, entity }) => role === "focal_point" && entity === lived.entity);
  return seats
    .flatMap((seat) => actorOf(seat, setup.programme.code, at) ?? [])
    .filter(({ userId }) => userId !== actor.userId);
}

const said = ({ world: { random, material }, lived }: Doing, texts: "notes" | "reminders"): string =>
  inLanguage(random.pick(material.office[texts]), lived.language);

const why = ({ world: { random, material }, lived }: Doing, effect: EffectName): string =>
  inLanguage(random.pick(reasonsFor(material.office, [effect])), lived.language);

const idOf = (actor: Actor | null): number | null => (actor?.kind === "user" ? actor.userId : null);

/** Not of several that wait for different people: what one office has in its hands and has not answered. */
function sameMatter({ world: { recent, setup }, lived }: Doing, from: readonly string[]): LivedCase[] {
  const secret = setup.types.get(lived.type)?.confidential === true;
  if (secret) return [];
  return recent.filter(
    (other) =>
      other !== lived &&
      other.story === lived.story &&
      other.story?.kind !== "stuck" &&
      other.type === lived.type &&
      other.entity === lived.entity &&
      from.includes(other.state),
  );
}

/** How often it comes, and what is filled in; null: there is no occasion. */
const occasions: readonly {
  readonly effect: EffectName;
  readonly chance: (doing: Pick<Doing, "lived" | "now">) => number;
  readonly fill: (doing: Doing, workflow: WorkflowDefinition) => Filled | null;
}[] = [
  {
    effect: "remind",
    chance: ({ lived, now }) => (lived.dueAt !== null && lived.dueAt < now ? 0.3 : 0.005),
    fill: (doing) => ({ fields: { note: said(doing, "reminders") } }),
  },
  {
    effect: "mention",
    chance: () => 0.05,
    fill(doing) {
      const others = colleagues(doing);
      if (others.length === 0) return null;
      const mentions = [String(doing.world.random.pick(others).userId)];
      return { fields: { note: said(doing, "notes"), mentions } };
    },
  },
  {
    effect: "give",
    chance: () => 0.04,
    fill(doing) {
      const { lived, world } = doing;
      const others = colleagues(doing).filter(
        ({ userId }) => userId !== idOf(lived.taker) && userId !== lived.answerer,
      );
      if (others.length === 0) return null;
      const receiver = world.random.pick(others);
      return { fields: { colleague: String(receiver.userId), reason: why(doing, "give") }, receiver };
    },
  },
  {
    effect: "split",
    chance: () => 0.012,
    fill(doing) {
      const { random, material } = doing.world;
      const { subject, description } = random.pick(material.office.secondMatters);
      const { language, entity } = doing.lived;
      return {
        fields: {
          subject: inLanguage(subject, language),
          description: inLanguage(description, language),
          ...(random.chance(0.6) && entity !== null ? { entity } : {}),
          reason: why(doing, "split"),
        },
      };
    },
  },
  {
    effect: "merge",
    chance: () => 0.015,
    fill(doing, workflow) {
      const linking = Object.values(workflow.actions).find(({ effects }) => effects.includes("link"));
      const merged = sameMatter(doing, linking?.from ?? []).slice(0, 2);
      return merged.length === 0 ? null : { fields: { others: merged.map(({ reference }) => reference) }, merged };
    },
  },
];

/** What officials do among themselves over this case, each kind once at most; null: nothing now. */
export function amongOfficials(
  world: World,
  workflow: WorkflowDefinition,
  lived: LivedCase,
  now: Date,
): NextAct | null {
  for (const { effect, chance, fill } of occasions) {
    if (lived.among.has(effect) || !world.random.chance(chance({ lived, now }))) continue;
    const found = withEffect(workflow, lived.state, effect);
    if (found === null) continue;
    const at = soon(world, now, 2);
    const actor = someoneFor(world, found[1], lived, at);
    if (actor?.kind !== "user") continue;
    const filled = fill({ world, lived, actor, at, now }, workflow);
    if (filled === null) continue;
    lived.among.add(effect);
    return { at, action: found[0], actor, ...filled };
  }
  return null;
}
