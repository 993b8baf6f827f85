/** Which officials an act on a case may name: whoever sits now where it reaches them, and never the one who acts. */

import { type Actor, can, type HeldSeat } from "../access/permissions.js";
import { roleCodes, roleOf } from "../access/roles.js";
import type { Case } from "../lifecycle/case.js";
import { actionFacts, type Facts } from "../rules/fact-catalogue.js";
import type { Seat, Setup } from "../setup/setup.js";
import { holds as sits } from "../setup/setup-references.js";
import { performersOf, refusalOf } from "./refusal.js";
import type { WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

type Person = Extract<Actor, { kind: "user" }>;

export interface Colleague {
  readonly userId: number;
  readonly name: string;
  /** Of the seats that they hold, the one nearest to the case. */
  readonly seat: Seat;
}

export interface AskedForColleagues {
  readonly action: WorkflowAction;
  readonly theCase: Case;
  readonly workflow: WorkflowDefinition;
  readonly setup: Setup;
  /** `caseFacts` of the case at `now`. */
  readonly facts: Facts;
  /** Who acts. */
  readonly actor: Actor;
  readonly now: Date;
}

interface Seated {
  readonly person: Person;
  readonly seats: readonly Seat[];
}

/** Everybody who sits somewhere at `now`, with all their seats. */
function seatedAt({ seats, programme }: Setup, now: Date): Seated[] {
  const people = new Map<number, { name: string; held: HeldSeat[]; seats: Seat[] }>();
  for (const seat of seats) {
    for (const holder of seat.holders) {
      if (!sits(holder, now)) continue;
      const known = people.get(holder.userId) ?? { name: holder.name, held: [], seats: [] };
      known.held.push({
        id: seat.id,
        role: seat.role,
        programme: programme.code,
        entity: seat.entity,
        sector: seat.sector,
      });
      known.seats.push(seat);
      people.set(holder.userId, known);
    }
  }
  return [...people].map(([userId, { name, held, seats: theirs }]) => ({
    person: { kind: "user", userId, name, seats: held },
    seats: theirs,
  }));
}

/** Whether they sit together: at the entity of the case, or on seats of one kind as in the operation room. */
function worksWith(actor: Actor, { seats }: Person, { entity }: Case): boolean {
  if (entity !== null && seats.some((seat) => seat.entity === entity)) return true;
  const own = actor.kind === "user" ? actor.seats : [];
  return seats.some((seat) =>
    own.some((one) => one.role === seat.role && one.entity === seat.entity && one.sector === seat.sector),
  );
}

/** Whether this person could take the case from here by themselves, whatever guards the workflow puts before it. */
function mayTake(person: Person, a: AskedForColleagues): boolean {
  const { theCase, workflow, setup } = a;
  if (theCase.assignee === person.userId) return false;
  const facts = { ...a.facts, ...actionFacts(theCase, person, {}) };
  const performers = performersOf(person, theCase, setup.entities);
  return Object.values(workflow.actions).some(
    (action) =>
      action.effects.includes("take") &&
      refusalOf(action, { workflow, theCase, actor: person, facts, performers }) === null,
  );
}

/**
 * Who may be named in a field for colleagues, the nearest first. A case is given to a colleague who could take it; told of a
 * note is whoever may read the case, so a confidential one offers its handlers alone.
 */
export function colleaguesFor(a: AskedForColleagues): Colleague[] {
  const { theCase, setup, actor, now, action } = a;
  const self = actor.kind === "user" ? actor.userId : null;
  const subject = { case: theCase, entities: setup.entities };
  const gives = action.effects.includes("give");
  const allowed = (person: Person): boolean =>
    gives ? worksWith(actor, person, theCase) && mayTake(person, a) : can(person, "case.read", subject);
  // Those of the case's entity first, then by what they are.
  const rank = ({ entity, role }: Seat): number =>
    (entity !== null && entity === theCase.entity ? 0 : roleCodes.length + 1) + roleOf[role].nearness;
  const reaches = (seat: Seat): boolean => {
    const held: HeldSeat = {
      role: seat.role,
      programme: setup.programme.code,
      entity: seat.entity,
      sector: seat.sector,
    };
    return can({ kind: "user", userId: 0, name: "", seats: [held] }, "case.read", subject);
  };
  return seatedAt(setup, now)
    .filter(({ person }) => person.userId !== self && allowed(person))
    .flatMap(({ person: { userId, name }, seats }) => {
      const [seat] = seats.filter(reaches).sort((x, y) => rank(x) - rank(y) || x.id - y.id);
      return seat === undefined ? [] : [{ userId, name, seat }];
    })
    .sort((x, y) => rank(x.seat) - rank(y.seat) || x.seat.id - y.seat.id || x.userId - y.userId);
}
