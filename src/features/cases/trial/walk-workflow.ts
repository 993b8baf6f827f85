/** A made-up case walked through a workflow that is being written, for whoever may publish it: nothing of it is stored. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { applicationLimits } from "../../../engine/applicant/application-limits.js";
import { describeEvents } from "../../../engine/explain/describe-event.js";
import { messageName } from "../../../engine/letters/message-kinds.js";
import { nextMoment } from "../../../engine/lifecycle/due-moments.js";
import type { WalkAsked, WalkView } from "../../../engine/lifecycle/views/walk-view.js";
import { type Walk, type WalkStart, walkActor, walkCase } from "../../../engine/lifecycle/walk-case.js";
import { answersOfFacts } from "../../../engine/rules/answers-of-facts.js";
import { caseFacts, factCatalogue } from "../../../engine/rules/fact-catalogue.js";
import { matchKeywords } from "../../../engine/rules/match-keywords.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { ApplicationType, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { asStored, type Bilingual } from "../../../engine/text/text.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";
import { tooLong } from "../../../engine/workflow/action-fields.js";
import { walkFaults } from "../../../engine/workflow/check-workflow.js";
import { availableActions } from "../../../engine/workflow/interpret-action.js";
import { actingPeople } from "../../../engine/workflow/performers.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { askedSetup } from "../../policy/change-sets/setup-with-change-set.js";
import { partsOf } from "../../setup/named-in-definitions.js";
import { offeredActions, offeredToApplicant } from "../act/offered-actions.js";
import type { CaseParts } from "../case-parts.js";

const maxSteps = 100;

interface Tried {
  readonly workflow: WorkflowDefinition;
  readonly policy: Policy;
  readonly type: ApplicationType;
  readonly types: readonly ApplicationType[];
}

/** The policy as it would be, were this the workflow in force. Problem invalid-input at `/type`. */
function withWorkflow(policy: Policy, { name, start }: WalkAsked, workflow: WorkflowDefinition): Tried {
  const { setup } = policy;
  const all = [...setup.types.values()];
  const own = all.filter((one) => one.workflow === name && !one.retired);
  const types = own.length > 0 ? own : all.slice(0, 1);
  const type = start.type === null ? types[0] : types.find(({ code }) => code === start.type);
  if (types[0] === undefined) {
    throw new Problem("not-now", msg("cases-trial.walkWorkflow.thereIsNoApplicationType"));
  }
  if (type === undefined) {
    const reason = msg("cases-trial.walkWorkflow.noSuchTypeFollowsThis");
    throw new Problem("invalid-input", reason, [{ field: "/type", reason }]);
  }
  const workflows = new Map(setup.workflows).set(name, { versionId: 0, version: 0, definition: workflow });
  const changed = new Map(setup.types).set(type.code, { ...type, workflow: name });
  const then = { ...setup, types: changed, workflows };
  return {
    workflow,
    policy: { setup: then, calendar: policy.calendar, runner: (set) => policy.runner(set) },
    type,
    types,
  };
}

/** What the made-up applicant answered. Problem invalid-input at `/facts/field.brand`. */
function answered({ start }: WalkAsked, { type, policy }: Tried): Readonly<Record<string, unknown>> {
  const { answers, faults } = answersOfFacts(start.facts, type.fields, factCatalogue(policy.setup));
  if (faults.length === 0) return answers;
  const detail = msg("cases-trial.walkWorkflow.someOfWhatTheApplicant");
  throw new Problem("invalid-input", detail, faults);
}

/** As long as an application may be, and as readable. Problem invalid-input at `/subject` and `/description`. */
function told({ start }: WalkAsked): Pick<WalkStart, "subject" | "description"> {
  const said = { subject: asStored(start.subject), description: asStored(start.description) };
  const faults = (["subject", "description"] as const).flatMap((name) => {
    const lines = name === "description";
    const reason = tooLong(said[name], applicationLimits[name]) ?? unreadableText(said[name], { lines });
    return reason === null || said[name] === "" ? [] : [{ field: `/${name}`, reason }];
  });
  if (faults.length === 0) return said;
  throw new Problem("invalid-input", msg("cases-trial.walkWorkflow.someOfWhatTheApplicant"), faults);
}

function fieldsOf({ workflow, type }: Tried): WalkView["fields"] {
  const parts = partsOf({ kind: "workflow", definition: workflow });
  const asked = new Set(parts.flatMap(({ leaves }) => leaves.map(({ fact }) => fact)));
  return type.fields.map(({ code }) => ({ fact: `field.${code}`, asked: asked.has(`field.${code}`) }));
}

const toWhom = (receiver: { kind: "user"; userId: number } | { kind: "applicant" }, setup: Setup): Bilingual => {
  if (receiver.kind === "applicant") return msg("cases-trial.walkWorkflow.theApplicant");
  const seat = setup.seats.find(({ holders }) => holders.some(({ userId }) => userId === receiver.userId));
  const holder = seat?.holders.find(({ userId }) => userId === receiver.userId);
  if (seat === undefined || holder === undefined) return msg("cases-trial.walkWorkflow.anOfficial");
  return msg("cases-trial.walkWorkflow.text", { name: holder.name, title: seat.title });
};

function clocksOf({ theCase }: Walk): WalkView["clocks"] {
  return theCase.clocks
    .filter(({ cycle }) => cycle === theCase.cycle)
    .map(({ target, metAt, cancelledAt, pausedAt, breachedAt, dueAt }) => ({
      target,
      state: metAt ? "met" : cancelledAt ? "cancelled" : pausedAt ? "paused" : breachedAt ? "late" : "running",
      dueAt,
    }));
}

function shown(walk: Walk, a: WalkAsked, tried: Tried): Omit<WalkView, "changeSet"> {
  const { workflow, policy, type, types } = tried;
  const { theCase, now } = walk;
  const { setup, calendar } = policy;
  const actor = walkActor(a.as.by, a.as.person, theCase);
  const factsFor = (who: Actor) => caseFacts(theCase, setup, calendar, now, who);
  const asked = { theCase, workflow, setup, facts: factsFor(actor), now };
  const able = actingPeople.filter((by) =>
    ([1, 2] as const).some((person) => {
      const other = walkActor(by, person, theCase);
      const could = availableActions({ ...asked, actor: other, facts: factsFor(other), entities: setup.entities });
      return could.some(({ allowed }) => allowed);
    }),
  );
  const next = nextMoment({ theCase, workflow, calendarOf: () => calendar });
  const applicants = () => {
    const offered = new Map(offeredToApplicant(asked).map((one) => [one.action, one]));
    return availableActions({ ...asked, actor }).flatMap(({ action, allowed, reason }) => {
      const named = workflow.actions[action];
      if (named === undefined || !named.by.includes("applicant")) return [];
      return [{ action, name: named.name, allowed, reason: reason ?? null, fields: offered.get(action)?.fields ?? [] }];
    });
  };
  return {
    type: type.code,
    types: types.map(({ code, name }) => ({ code, name })),
    fields: fieldsOf(tried),
    lists: matchKeywords(
      `${theCase.application.subject}\n${theCase.application.description}`,
      setup.keywordLists,
    ).flatMap((code) => setup.keywordLists.get(code)?.name ?? []),
    pillar: setup.pillars.get(theCase.pillar ?? "")?.name ?? null,
    importance: setup.importanceLevels.get(theCase.importance ?? "")?.name ?? null,
    confidential: theCase.confidential,
    state: theCase.state,
    entity: theCase.entity === null ? null : (setup.entities.get(theCase.entity)?.name ?? null),
    now,
    timeline: describeEvents(walk.events, { setup, workflow, reached: new Set() }),
    letters: walk.letters.map(({ seq, letter }) => ({
      seq,
      name: messageName(letter.template),
      to: toWhom(letter.receiver, setup),
    })),
    clocks: clocksOf(walk),
    next,
    actions: a.as.by === "applicant" ? applicants() : offeredActions({ ...asked, actor }),
    able,
    deadEnd:
      able.length === 0 &&
      workflow.states[theCase.state]?.kind !== "final" &&
      !workflow.timers.some(({ state }) => state === theCase.state),
  };
}

/** An entity that can receive cases, the first of the programme that has somebody on its seats. */
function anEntity({ entities, seats }: Setup): string | null {
  const open = [...entities.values()].filter(({ retired }) => !retired).map(({ code }) => code);
  const held = seats.find(
    ({ role, entity, holders }) => role === "focal_point" && holders.length > 0 && open.includes(entity ?? ""),
  );
  return held?.entity ?? open[0] ?? null;
}

/**
 * Problems: not-found (also of the change-set) and forbidden (for whoever may not publish), invalid-configuration (it cannot be walked yet, faults by
 * their places), invalid-input (too many steps), and those with which a step is refused.
 */
export async function walkWorkflow(parts: Pick<CaseParts, "db" | "policies">, a: WalkAsked): Promise<WalkView> {
  const of = { programme: a.programme };
  if (!can(a.actor, "configuration.read", of)) {
    throw new Problem("not-found", msg("cases-trial.walkWorkflow.workflowNotFound"));
  }
  if (!can(a.actor, "configuration.publish", of)) {
    throw new Problem("forbidden", msg("cases-trial.walkWorkflow.onlyTheOperationRoomTries"));
  }
  if (a.steps.length > maxSteps) {
    throw new Problem("invalid-input", msg("cases-trial.walkWorkflow.aWalkHasAtMost", { maxSteps }));
  }
  const inForce = await parts.policies.fresh(a.programme);
  const { setup, changeSet } = await askedSetup(parts.db, inForce.setup, a.changeSet ?? null);
  const faults = walkFaults(a.definition, setup);
  if (faults.length > 0) {
    throw new Problem("invalid-configuration", msg("cases-trial.walkWorkflow.itCannotBeTriedYet"), faults.slice(0, 5));
  }
  const workflow = a.definition as WorkflowDefinition;
  // Rules and calendar are those in force: what of them is drafted in the set has pages of its own to be tried at.
  const asked = { setup, calendar: inForce.calendar, runner: (set: RuleSetName) => inForce.runner(set) };
  const tried = withWorkflow(asked, a, workflow);
  const { policy } = tried;
  const entity = anEntity(policy.setup);
  const sector = policy.setup.entities.get(entity ?? "")?.sector ?? [...policy.setup.sectors.keys()][0] ?? null;
  const start: WalkStart = {
    type: tried.type.code,
    ...told(a),
    entity: a.start.placed ? entity : null,
    sector,
    importance: a.start.importance,
    fields: answered(a, tried),
  };
  const walk = await walkCase({ workflow, policy, start, steps: a.steps, now: a.now });
  return { ...shown(walk, a, tried), changeSet };
}
