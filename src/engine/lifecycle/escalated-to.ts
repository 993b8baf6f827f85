/** Cases that climbed to a position: whether one reached somebody, as what, since when and by which step of the ladder. */
import { type Actor, rolesFor } from "../access/permissions.js";
import { type RoleCode, roleOf } from "../access/roles.js";
import type { Setup } from "../setup/setup.js";
import type { Bilingual } from "../text/text.js";
import type { Case } from "./case.js";
import type { CaseEvent } from "./case-event.js";
import { roleTitle } from "./reminders.js";

type Ladder = Pick<Setup, "entities" | "programme">;

const rolesAt = (theCase: Case, actor: Actor, { entities }: Ladder): ReadonlySet<RoleCode> =>
  rolesFor(actor, "case.act", { case: theCase, entities });

/** The steps of the ladder that lead to this actor, the lowest first. */
const stepsTo = (theCase: Case, actor: Actor, setup: Ladder) => {
  const roles = rolesAt(theCase, actor, setup);
  return setup.programme.settings.ladder.filter(({ role }) => roles.has(role)).sort((a, b) => a.level - b.level);
};

/** Whether the case was escalated to a position of the actor, or to one above it; null: no step leads to them. */
export function isEscalatedTo(theCase: Case, actor: Actor | undefined, setup: Ladder): boolean | null {
  const [lowest] = actor === undefined ? [] : stepsTo(theCase, actor, setup);
  return lowest === undefined ? null : theCase.escalationLevel >= lowest.level;
}

/** As what an executive acts on the case, by the highest of their positions there; null: it is no executive who acts. */
export function executiveRole(theCase: Case, actor: Actor, setup: Ladder): RoleCode | null {
  const held = [...rolesAt(theCase, actor, setup)].filter((role) => roleOf[role].home === "executive");
  return held.sort((a, b) => roleOf[b].nearness - roleOf[a].nearness)[0] ?? null;
}

/** One step of the ladder that a case took. */
export interface TakenStep {
  readonly level: number;
  /** To whom the level leads; null: the ladder has no such level any more. */
  readonly to: Bilingual | null;
  readonly at: Date;
}

interface EscalatedToReader extends TakenStep {
  readonly ruleId: string;
  /** Steps below it that were taken before, the first of them first. */
  readonly before: readonly TakenStep[];
}

const beginnings: ReadonlySet<CaseEvent["type"]> = new Set<CaseEvent["type"]>(["case.reopened", "case.appealed"]);

/** Why an executive has a case before them: the step that took it to them; null where none did, or they are no executive. */
export function escalatedToReader(
  theCase: Case,
  reader: Actor,
  a: { readonly events: readonly CaseEvent[]; readonly setup: Ladder },
): EscalatedToReader | null {
  const { setup } = a;
  const [lowest] = stepsTo(theCase, reader, setup);
  if (lowest === undefined || roleOf[lowest.role].home !== "executive") return null;
  if (theCase.escalationLevel < lowest.level) return null;
  const { ladder } = setup.programme.settings;
  const begun = Math.max(0, ...a.events.filter(({ type }) => beginnings.has(type)).map(({ seq }) => seq));
  const all = a.events
    .filter(({ type }) => type === "case.escalated")
    .map(({ data, at, seq }) => ({ level: Number(data.level), ruleId: String(data.ruleId), at, seq }));
  const leads = ({ level }: { level: number }): boolean => level >= lowest.level;
  // A level is kept when a new cycle begins: then what took the case there was before.
  const ofCycle = all.filter(({ seq }) => seq > begun);
  const steps = ofCycle.some(leads) ? ofCycle : all;
  const step = steps.find(leads);
  if (step === undefined) return null;
  const told = ({ level, at }: { level: number; at: Date }): TakenStep => {
    const role = ladder.find((one) => one.level === level)?.role;
    return { level, at, to: role === undefined ? null : roleTitle(role) };
  };
  return {
    ...told(step),
    to: roleTitle(lowest.role),
    ruleId: step.ruleId,
    // Several rules may lead to one level: the first that did.
    before: steps
      .filter(
        ({ level, at }, i) =>
          level < lowest.level && at <= step.at && steps.findIndex((one) => one.level === level) === i,
      )
      .map(told),
  };
}
