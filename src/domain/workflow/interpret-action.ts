/**
 * What may be done to a case, and what doing it means. The workflow says it; this reads it. A refusal always says why.
 *
 * Asked in this order: is there such an action, may this person, does the state allow it, do the guards hold, is what was
 * filled in right. So nobody who may not act learns anything of a case but that.
 */
import type { Case } from "../case.js";
import { type Actor, type EntityTree, type RoleCode, rolesFor } from "../permissions.js";
import { type FieldFault, Problem, type ProblemCode } from "../problems.js";
import { compileCondition } from "../rules/compile-condition.js";
import { actionFacts, type Facts } from "../rules/fact-catalogue.js";
import type { Condition } from "../rules/rule-set.js";
import type { Setup } from "../setup.js";
import type { Bilingual } from "../text.js";
import { readFields } from "./action-fields.js";
import type { ActionTarget, EffectName, WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

type Performer = RoleCode | "applicant" | "system";

interface AvailableAction {
  readonly action: string;
  readonly allowed: boolean;
  /** Why not, where it is not. */
  readonly reason?: Bilingual;
}

type Interpretation =
  | {
      readonly ok: true;
      /** The state it leads to; the present one where the action stays. */
      readonly to: string;
      /** Those of the action, then those of the branch that was taken. */
      readonly effects: EffectName[];
      /** What was filled in, read by type; absent where it was left empty. */
      readonly fields: Record<string, unknown>;
    }
  | { readonly ok: false; readonly problem: Problem };

interface Asked {
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

const performerNames: Readonly<Record<Performer, Bilingual>> = {
  operation_room: { en: "the operation room", ar: "غرفة العمليات" },
  main_focal_point: {
    en: "the main focal point of the sector",
    ar: "ضابط الارتباط الرئيسي للقطاع",
  },
  focal_point: { en: "a focal point of the entity", ar: "ضابط ارتباط الجهة" },
  entity_manager: { en: "the manager of the entity", ar: "مدير الجهة" },
  secretary_general: { en: "the secretary general", ar: "الأمين العام" },
  minister: { en: "the minister", ar: "الوزير" },
  prime_minister: { en: "the prime minister", ar: "رئيس الوزراء" },
  steering_committee: { en: "the steering committee", ar: "اللجنة التوجيهية" },
  contact_centre_agent: { en: "the contact centre", ar: "مركز الاتصال" },
  auditor: { en: "the auditor", ar: "المدقق" },
  applicant: { en: "the applicant", ar: "مقدم الطلب" },
  system: { en: "the system itself", ar: "النظام نفسه" },
};

/** As what the actor stands before this case: the roles whose reach includes it, or the applicant, or the system. */
function performersOf(actor: Actor, theCase: Case, entities: EntityTree | undefined): ReadonlySet<Performer> {
  if (actor.kind === "applicant" || actor.kind === "system") return new Set([actor.kind]);
  return rolesFor(actor, "case.act", {
    case: theCase,
    ...(entities === undefined ? {} : { entities }),
  });
}

// Compiling a guard takes longer than asking it, and published workflows never change.
const compiled = new WeakMap<Condition, (facts: Facts) => boolean>();
function holds(condition: Condition, facts: Facts): boolean {
  let predicate = compiled.get(condition);
  if (predicate === undefined) {
    predicate = compileCondition(condition);
    compiled.set(condition, predicate);
  }
  return predicate(facts);
}

function listed(words: readonly string[], language: "ar" | "en"): string {
  return new Intl.ListFormat(language, { type: "disjunction" }).format(words);
}

function notForYou(action: WorkflowAction): Refusal {
  const names = action.by.map((performer) => performerNames[performer]);
  return {
    code: "forbidden",
    reason: {
      en: `“${action.name.en}” is for ${listed(
        names.map((name) => name.en),
        "en",
      )}, for cases in their reach.`,
      ar: `إجراء «${action.name.ar}» متاح لـ: ${listed(
        names.map((name) => name.ar),
        "ar",
      )}، ضمن نطاق كل منهم.`,
    },
  };
}

function notFromHere(action: WorkflowAction, workflow: WorkflowDefinition, state: string): Refusal {
  const nameOf = (code: string): Bilingual => workflow.states[code]?.name ?? { ar: code, en: code };
  const now = nameOf(state);
  const from = action.from.map(nameOf);
  return {
    code: "action-refused",
    reason: {
      en: `The case is “${now.en}”. “${action.name.en}” is possible while it is ${listed(
        from.map((name) => `“${name.en}”`),
        "en",
      )}.`,
      ar: `حالة المعاملة «${now.ar}». إجراء «${action.name.ar}» ممكن وهي ${listed(
        from.map((name) => `«${name.ar}»`),
        "ar",
      )}.`,
    },
  };
}

/** Why the action is refused before anything is filled in, or null. */
function refusalOf(action: WorkflowAction, asked: Asked & { performers: ReadonlySet<Performer> }): Refusal | null {
  const { workflow, theCase, facts, performers } = asked;
  if (!action.by.some((performer) => performers.has(performer))) return notForYou(action);
  if (!action.from.includes(theCase.state)) return notFromHere(action, workflow, theCase.state);
  if (action.effects.includes("take") && facts.actorIsAssignee === true && action.to === theCase.state) {
    return {
      code: "action-refused",
      reason: {
        en: "You have taken this case already.",
        ar: "المعاملة مسندة إليك أصلاً.",
      },
    };
  }
  const failed = action.guards.find((guard) => !holds(guard.when, facts));
  return failed === undefined ? null : { code: "action-refused", reason: failed.otherwise };
}

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

function branchOf(
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
      reason: {
        en: "Nothing would change: give another pillar or another importance level.",
        ar: "لن يتغير شيء: اختر محورًا آخر أو مستوى أهمية آخر.",
      },
    },
  ];
}

function refused(code: ProblemCode, reason: Bilingual, faults: readonly FieldFault[] = []): Interpretation {
  return { ok: false, problem: new Problem(code, reason, faults) };
}

function unknownAction(workflow: WorkflowDefinition, action: string): Interpretation {
  const names = Object.keys(workflow.actions).join(", ");
  const asked = JSON.stringify(action.slice(0, 60));
  const reason = {
    en: `There is no action ${asked} here. There are: ${names}.`,
    ar: `لا يوجد هنا إجراء ${asked}. الإجراءات: ${names}.`,
  };
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
  const action = Object.hasOwn(workflow.actions, a.action) ? workflow.actions[a.action] : undefined;
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
  });
  if (faults.length === 0) faults.push(...faultsOfEffects(action.effects, fields, theCase));
  if (faults.length > 0) {
    const reasons = (language: "ar" | "en") => faults.map((fault) => fault.reason[language]).join(" ");
    return refused("invalid-input", { en: reasons("en"), ar: reasons("ar") }, faults);
  }

  const branch = branchOf(action.to, theCase.state, {
    ...a.facts,
    ...actionFacts(theCase, actor, fields),
  });
  if (branch === null) {
    return refused("invalid-configuration", {
      en: `No branch of “${action.name.en}” applies and it has none for the rest. The operation room has to mend the workflow.`,
      ar: `لا ينطبق أي مسار من مسارات «${action.name.ar}» ولا مسار لما عداها. على غرفة العمليات تصحيح سير العمل.`,
    });
  }
  return {
    ok: true,
    to: branch.to,
    effects: [...action.effects, ...branch.effects],
    fields,
  };
}
