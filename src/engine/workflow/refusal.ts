/** Whether an action of a workflow is open to somebody now, and if not why: the role, the state, the guards. */

import { type Actor, type EntityTree, isRequesterOf, rolesFor } from "../access/permissions.js";
import { formatAlternatives } from "../formatting/lists.js";
import type { Case } from "../lifecycle/case.js";
import { compileCondition } from "../rules/compile-condition.js";
import type { Facts } from "../rules/fact-catalogue.js";
import type { Condition } from "../rules/rule-set.js";
import { msg } from "../text/msg.js";
import type { ProblemCode } from "../text/problems.js";
import { type Bilingual, inLanguage, perLanguage, quoted } from "../text/text.js";
import { mainEffects } from "./main-effects.js";
import { type Performer, performerNames } from "./performers.js";
import type { WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

export interface Asked {
  readonly workflow: WorkflowDefinition;
  readonly theCase: Case;
  readonly actor: Actor;
  /** `caseFacts` of the case at `now`; what depends on the actor and the fields is added here. */
  readonly facts: Facts;
}

interface Refusal {
  readonly code: ProblemCode;
  readonly reason: Bilingual;
}

/** As what the actor stands before this case: the roles whose reach includes it, or the applicant, or the system. */
export function performersOf(actor: Actor, theCase: Case, entities: EntityTree | undefined): ReadonlySet<Performer> {
  if (actor.kind === "applicant" || actor.kind === "system") return new Set([actor.kind]);
  const roles = rolesFor(actor, "case.act", {
    case: theCase,
    ...(entities === undefined ? {} : { entities }),
  });
  // Who asked for it has the part that the applicant has of an application.
  const asked = actor.kind === "user" && actor.seats.some((seat) => isRequesterOf(seat, theCase));
  return asked ? new Set([...roles, "applicant"]) : roles;
}

// Compiling a guard takes longer than asking it, and published workflows never change.
const compiled = new WeakMap<Condition, (facts: Facts) => boolean>();
/** Whether a condition holds of these facts. */
export function holds(condition: Condition, facts: Facts): boolean {
  let predicate = compiled.get(condition);
  if (predicate === undefined) {
    predicate = compileCondition(condition);
    compiled.set(condition, predicate);
  }
  return predicate(facts);
}

function notForYou(action: WorkflowAction): Refusal {
  const names = action.by.map((performer) => performerNames[performer]);
  return {
    code: "forbidden",
    reason: msg("workflow.refusal.isForForCasesIn", {
      name: action.name,
      map: perLanguage((language) =>
        formatAlternatives(
          names.map((name) => inLanguage(name, language)),
          language,
        ),
      ),
    }),
  };
}

function notFromHere(action: WorkflowAction, workflow: WorkflowDefinition, state: string): Refusal {
  const nameOf = (code: string): Bilingual => workflow.states[code]?.name ?? { ar: code, en: code };
  const now = nameOf(state);
  const from = perLanguage((language) =>
    formatAlternatives(
      action.from.map((code) => inLanguage(quoted(nameOf(code)), language)),
      language,
    ),
  );
  return {
    code: "action-refused",
    reason: msg("workflow.refusal.theCaseIsIsPossible", {
      now,
      name: action.name,
      map: from,
    }),
  };
}

/** Whether somebody would take down how the applicant rates their own work. */
const ratesOwn = ({ effects }: WorkflowAction, { actor, theCase }: Asked): boolean =>
  effects.includes("rate") &&
  actor.kind === "user" &&
  (actor.userId === theCase.assignee || actor.userId === theCase.answeredBy);

/** Why the action is refused before anything is filled in, or null. */
export function refusalOf(
  action: WorkflowAction,
  asked: Asked & { performers: ReadonlySet<Performer> },
): Refusal | null {
  const { workflow, theCase, facts, performers } = asked;
  if (!action.by.some((performer) => performers.has(performer))) return notForYou(action);
  if (!action.from.includes(theCase.state)) return notFromHere(action, workflow, theCase.state);
  if (mainEffects(action.effects).includes("take") && facts.actorIsAssignee === true && action.to === theCase.state) {
    return {
      code: "action-refused",
      reason: msg("workflow.refusal.youHaveTakenThisCase"),
    };
  }
  if (ratesOwn(action, asked)) {
    return { code: "action-refused", reason: msg("workflow.refusal.youHandledThisCase") };
  }
  const failed = action.guards.find((guard) => !holds(guard.when, facts));
  return failed === undefined ? null : { code: "action-refused", reason: failed.otherwise };
}
