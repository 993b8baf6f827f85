/** The actions of a workflow as forms: what somebody may do to a case now, what not and why, and what to fill in. */

import { type Actor, isWithin } from "../../../engine/access/permissions.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { attachmentLimits } from "../../../engine/files/attachment-types.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { OfferedAction, OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import type { ApplicantAction } from "../../../engine/lifecycle/views/follow-view.js";
import { actionFacts, type Facts, isLive } from "../../../engine/rules/fact-catalogue.js";
import { bodyOf } from "../../../engine/setup/entity-kinds.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { colleaguesFor } from "../../../engine/workflow/colleagues.js";
import type { EffectName } from "../../../engine/workflow/effects.js";
import { availableActions, branchOf } from "../../../engine/workflow/interpret-action.js";
import { mainEffects } from "../../../engine/workflow/main-effects.js";
import { performersOf } from "../../../engine/workflow/refusal.js";
import type {
  ActionField,
  FieldType,
  WorkflowAction,
  WorkflowDefinition,
} from "../../../engine/workflow/workflow-definition.js";

interface Asked {
  readonly theCase: Case;
  readonly workflow: WorkflowDefinition;
  readonly setup: Setup;
  readonly facts: Facts;
  readonly actor: Actor;
  readonly now: Date;
  /** The day until which a plan was promised last; left out: none was, or it is not known here. */
  readonly planned?: string | null;
}

type Choices = NonNullable<OfferedField["choices"]>;
type AskedOfAction = Asked & { readonly action: WorkflowAction };

const inUse = (records: ReadonlyMap<string, Labelled>): Choices =>
  [...records.values()]
    .filter((record) => !record.retired)
    .sort((a, b) => a.order - b.order)
    .map(({ code, name }) => ({ value: code, label: name }));

/** The own entity, where it may be named, and what belongs to it come before the others. */
function entityChoices({ setup, theCase, now, action }: AskedOfAction): Choices {
  const today = civilDate(now, setup.programme.timeZone);
  const { entity: own } = theCase;
  const body = own === null ? null : bodyOf(own, setup.entities);
  const near = (code: string): number => {
    if (body === null || own === null) return 2;
    return code === own ? 0 : isWithin(code, body, setup.entities) ? 1 : 2;
  };
  return [...setup.entities.values()]
    .filter(({ code }) => code !== own || action.effects.includes("split"))
    .filter((entity) => isLive(entity, today))
    .sort((a, b) => near(a.code) - near(b.code) || a.order - b.order)
    .map(({ code, name }) => ({ value: code, label: name }));
}

const colleagueChoices = (asked: AskedOfAction): Choices =>
  colleaguesFor(asked).map(({ userId, name, seat: { title } }) => ({
    value: String(userId),
    label: msg("cases-act.offeredActions.text", { name, title }),
  }));

const ratings: Choices = [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: { en: String(n), ar: String(n) } }));

const choicesOf: Readonly<Record<FieldType, (asked: AskedOfAction, field: ActionField) => Choices | null>> = {
  text: () => null,
  date: () => null,
  reference: () => null,
  references: () => null,
  applicantCode: () => null,
  colleague: colleagueChoices,
  colleagues: colleagueChoices,
  rating: () => ratings,
  entity: entityChoices,
  pillar: ({ setup }) => inUse(setup.pillars),
  importance: ({ setup }) => inUse(setup.importanceLevels),
  closingReason: ({ setup: { closingReasons } }) =>
    inUse(closingReasons).map((choice) => ({ ...choice, told: closingReasons.get(choice.value)?.text })),
  choice: (_, field) => (field.choices ?? []).map(({ code, name }) => ({ value: code, label: name })),
};

interface Offering {
  /** Where an action with this effect comes, what answers before what moves, what moves before what notes; those of a place as the workflow has them. */
  readonly place: number;
  /** Used all day. */
  readonly usual: boolean;
  /** What moves a case towards its answer: the lowest that is allowed is offered first. */
  readonly first: number | null;
}

const offering: Readonly<Record<EffectName, Offering>> = {
  take: { place: 0, usual: true, first: 2 },
  assign: { place: 1, usual: true, first: 0 },
  answer: { place: 2, usual: true, first: 1 },
  ask: { place: 3, usual: true, first: null },
  respond: { place: 4, usual: false, first: null },
  return: { place: 5, usual: true, first: null },
  give: { place: 6, usual: false, first: null },
  transfer: { place: 7, usual: false, first: null },
  split: { place: 8, usual: false, first: null },
  reclassify: { place: 9, usual: false, first: null },
  reopen: { place: 10, usual: false, first: null },
  agree: { place: 3, usual: true, first: 3 },
  reject: { place: 11, usual: false, first: null },
  withdraw: { place: 12, usual: false, first: null },
  link: { place: 13, usual: false, first: null },
  merge: { place: 14, usual: false, first: null },
  remind: { place: 15, usual: false, first: null },
  note: { place: 16, usual: false, first: null },
  mention: { place: 17, usual: false, first: null },
  // By officials only for a caller: what answers before what ends.
  reply: { place: 3, usual: false, first: null },
  rate: { place: 4, usual: false, first: null },
  appeal: { place: 17, usual: false, first: null },
};
/** Approving: a plain move without effects lets take effect what another prepared. */
const approving = { place: offering.answer.place, first: 3 };

function weight({ effects, to }: Pick<WorkflowAction, "effects" | "to">): number {
  if (effects.length === 0 && to !== null) return approving.first;
  return Math.min(...mainEffects(effects).map((effect) => offering[effect].first ?? Number.POSITIVE_INFINITY));
}

/** What is used all day: taking, answering, asking, reviewing, and a plain note. */
export function isUsual({ effects, to }: Pick<WorkflowAction, "effects" | "to">): boolean {
  const plainNote = effects.includes("note") && to === null;
  return effects.length === 0 || plainNote || effects.some((effect) => offering[effect].usual);
}

function place({ effects }: Pick<WorkflowAction, "effects">): number {
  if (effects.length === 0) return approving.place;
  return Math.min(...mainEffects(effects).map((effect) => offering[effect].place));
}

/** Who corrects what a case is begins with what it is, and who agrees to a plan with its day. */
function presentIn({ effects }: WorkflowAction, { type }: ActionField, { theCase, planned }: Asked): string | null {
  if (effects.includes("agree") && type === "date") return planned ?? null;
  if (!effects.includes("reclassify")) return null;
  return type === "pillar" ? theCase.pillar : type === "importance" ? theCase.importance : null;
}

/** Choices only where the action is allowed: nobody fills in what they may not do. */
function fieldsOf(action: WorkflowAction, asked: Asked, allowed: boolean): OfferedField[] {
  return Object.entries(action.fields).map(([name, field]) => {
    const present = allowed ? presentIn(action, field, asked) : null;
    return {
      name,
      label: field.name,
      type: field.type,
      required: field.required,
      maxLength: field.type === "text" ? (field.maxLength ?? null) : null,
      choices: allowed ? choicesOf[field.type]({ ...asked, action }, field) : null,
      ...(present !== null && { present }),
    };
  });
}

const marks = [1, 2, 3, 4, 5] as const;

/** The marks that open an appeal, by the workflow's own branches, so that it can be said before one is given. */
function appealsAt(action: WorkflowAction, { theCase, facts }: Omit<Asked, "actor">): readonly number[] {
  if (!action.effects.includes("rate")) return [];
  const given = (rating: number) => ({ ...facts, ...actionFacts(theCase, { kind: "applicant" }, { rating }) });
  return marks.filter((mark) => branchOf(action.to, theCase.state, given(mark))?.effects.includes("appeal"));
}

/** What the applicant may do now, in the order of the workflow. */
export function offeredToApplicant(asked: Omit<Asked, "actor">): ApplicantAction[] {
  const all: Asked = { ...asked, actor: { kind: "applicant" } };
  return availableActions(all).flatMap(({ action: name, allowed }) => {
    const action = allowed ? asked.workflow.actions[name] : undefined;
    if (action === undefined) return [];
    const fields = fieldsOf(action, all, true);
    return [{ action: name, name: action.name, effects: action.effects, fields, appealsAt: appealsAt(action, asked) }];
  });
}

interface TheirAction {
  readonly name: string;
  readonly action: WorkflowAction;
  readonly allowed: boolean;
  readonly reason: Bilingual | undefined;
}

/** Whether those roles ever bring a case nearer to its answer, by a workflow; others only remind and write notes. */
export const movesCases = ({ actions }: WorkflowDefinition, roles: ReadonlySet<RoleCode>): boolean =>
  Object.values(actions).some(
    (action) => Number.isFinite(weight(action)) && action.by.some((performer) => roles.has(performer as RoleCode)),
  );

/** Actions for a part that the actor has at this case in their usual order, and the one to offer first. */
export function theirActions(asked: Asked): {
  readonly allowed: readonly TheirAction[];
  readonly refused: readonly TheirAction[];
  readonly primary: TheirAction | undefined;
} {
  const { workflow, theCase, actor, setup } = asked;
  const performers = performersOf(actor, theCase, setup.entities);
  const theirs = availableActions({ ...asked, entities: setup.entities }).flatMap(
    ({ action: name, allowed, reason }) => {
      const action = workflow.actions[name];
      return action?.by.some((performer) => performers.has(performer)) ? [{ name, action, allowed, reason }] : [];
    },
  );
  theirs.sort((a, b) => place(a.action) - place(b.action));
  const allowed = theirs.filter((one) => one.allowed);
  const best = Math.min(...allowed.map(({ action }) => weight(action)));
  const first = Number.isFinite(best) ? allowed.find(({ action }) => weight(action) === best) : undefined;
  // A case that nobody has taken is taken before it is answered.
  const taking = allowed.find(({ action }) => mainEffects(action.effects).includes("take"));
  const primary = theCase.assignee === null && first?.action.effects.includes("answer") ? (taking ?? first) : first;
  return { allowed, refused: theirs.filter((one) => !one.allowed), primary };
}

/** The same as forms, those that are allowed before the others. */
export function offeredActions(asked: Asked): OfferedAction[] {
  const { allowed, refused, primary } = theirActions(asked);
  return [...allowed, ...refused].map((one) => ({
    action: one.name,
    name: one.action.name,
    allowed: one.allowed,
    reason: one.reason ?? null,
    primary: one === primary,
    attachments: one.action.attachments === true && attachmentLimits(asked.setup.programme.settings).most > 0,
    fields: fieldsOf(one.action, asked, one.allowed),
  }));
}
