/**
 * What may be done to a case, and what doing it means. The workflow says it; this reads it. A refusal always says why.
 *
 * Asked in this order: is there such an action, may this person, does the state allow it, do the guards hold, is what was
 * filled in right. So nobody who may not act learns anything of a case but that.
 */

import type { Language } from "../../engine/text/text.js";
import type { Actor, EntityTree } from "../access/permissions.js";
import type { Case } from "../lifecycle/case.js";
import { actionFacts, type Facts } from "../rules/fact-catalogue.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type FieldFault, Problem, type ProblemCode } from "../text/problems.js";
import { type Bilingual, inLanguage, perLanguage } from "../text/text.js";
import { readFields } from "./action-fields.js";
import type { EffectName } from "./effects.js";
import { type Asked, holds, performersOf, refusalOf } from "./refusal.js";
import { type ActionTarget, namedAction, type WorkflowDefinition } from "./workflow-definition.js";

interface AvailableAction {
  readonly action: string;
  readonly allowed: boolean;
  /** Why not, where it is not. */
  readonly reason?: Bilingual;
}

export interface Interpreted {
  /** The state it leads to; the present one where the action stays. */
  readonly to: string;
  /** Those of the action, then those of the branch that was taken. */
  readonly effects: EffectName[];
  /** What was filled in, read by type; absent where it was left empty. */
  readonly fields: Record<string, unknown>;
}

type Interpretation = ({ readonly ok: true } & Interpreted) | { readonly ok: false; readonly problem: Problem };

/** Every action of the workflow, whether this actor may take it now, and if not why. Entities: needed where a workflow gives actions to executives. */
export function availableActions(a: Asked & { readonly now: Date; readonly entities?: EntityTree }): AvailableAction[] {
  const { workflow, theCase, actor } = a;
  const performers = performersOf(actor, theCase, a.entities);
  const facts = { ...a.facts, ...actionFacts(theCase, actor, {}) };
  return Object.entries(workflow.actions).map(([name, action]) => {
    const refusal = refusalOf(action, {
      workflow,
      theCase,
      actor,
      facts,
      performers,
    });
    return refusal === null
      ? { action: name, allowed: true }
      : { action: name, allowed: false, reason: refusal.reason };
  });
}

/** The state that an action leads to by these facts, and what the branch to it does besides; null: none applies. */
export function branchOf(
  target: ActionTarget,
  state: string,
  facts: Facts,
): { to: string; effects: readonly EffectName[] } | null {
  if (target === null) return { to: state, effects: [] };
  if (typeof target === "string") return { to: target, effects: [] };
  const branch = target.find((one) => one.when === undefined || holds(one.when, facts));
  return branch === undefined ? null : { to: branch.to, effects: branch.effects ?? [] };
}

/** What the effects demand beyond the single fields. */
function faultsOfEffects(
  effects: readonly EffectName[],
  fields: Readonly<Record<string, unknown>>,
  theCase: Case,
): FieldFault[] {
  if (!effects.includes("reclassify")) return [];
  const changes = (["pillar", "importance"] as const).some(
    (name) => fields[name] !== undefined && fields[name] !== theCase[name],
  );
  if (changes) return [];
  return [
    {
      field: "/fields",
      reason: msg("workflow.interpretAction.nothingWouldChangeGiveAnother"),
    },
  ];
}

function refused(code: ProblemCode, reason: Bilingual, faults: readonly FieldFault[] = []): Interpretation {
  return { ok: false, problem: new Problem(code, reason, faults) };
}

function unknownAction(workflow: WorkflowDefinition, action: string): Interpretation {
  const names = Object.keys(workflow.actions).join(", ");
  const asked = JSON.stringify(action.slice(0, 60));
  const reason = msg("workflow.interpretAction.thereIsNoActionHere", { asked, names });
  return refused("invalid-input", reason, [{ field: "/action", reason }]);
}

/**
 * What an action on a case leads to, or the problem with which it is refused: `invalid-input` (unknown action, fields),
 * `forbidden` (not for this actor), `action-refused` (not in this state, a guard). Changes nothing.
 */
export function interpretAction(a: {
  workflow: WorkflowDefinition;
  theCase: Case;
  action: string;
  fields: Readonly<Record<string, unknown>>;
  actor: Actor;
  facts: Facts;
  setup: Setup;
  now: Date;
}): Interpretation {
  const { workflow, theCase, actor, setup, now } = a;
  const action = namedAction(workflow, a.action);
  if (action === undefined) return unknownAction(workflow, a.action);

  const performers = performersOf(actor, theCase, setup.entities);
  const facts = { ...a.facts, ...actionFacts(theCase, actor, {}) };
  const refusal = refusalOf(action, {
    workflow,
    theCase,
    actor,
    facts,
    performers,
  });
  if (refusal !== null) return refused(refusal.code, refusal.reason);

  const { fields, faults } = readFields({
    action,
    sent: a.fields,
    theCase,
    setup,
    now,
    actor,
    workflow,
    facts: a.facts,
  });
  if (faults.length === 0) faults.push(...faultsOfEffects(action.effects, fields, theCase));
  if (faults.length > 0) {
    const reasons = (language: Language) => faults.map((fault) => inLanguage(fault.reason, language)).join(" ");
    return refused("invalid-input", perLanguage(reasons), faults);
  }

  const branch = branchOf(action.to, theCase.state, {
    ...a.facts,
    ...actionFacts(theCase, actor, fields),
  });
  if (branch === null) {
    return refused(
      "invalid-configuration",
      msg("workflow.interpretAction.noBranchOfAppliesAnd", { name: action.name }),
    );
  }
  return {
    ok: true,
    to: branch.to,
    effects: [...action.effects, ...branch.effects],
    fields,
  };
}
