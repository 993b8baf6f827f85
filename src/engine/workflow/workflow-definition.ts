/** A workflow as data: states, actions and timers of one application type. */
import type { RoleCode } from "../access/roles.js";
import type { Budget } from "../calendar/budget.js";
import type { Condition } from "../rules/rule-set.js";
import type { Bilingual } from "../text/text.js";
import type { EffectName } from "./effects.js";

/** What a state means to clocks and KPIs. `open`: clocks run; `waiting`: they pause; `resolved`: met; `final`: ended. */
export type StateKind = "open" | "waiting" | "resolved" | "final";

export interface WorkflowState {
  readonly name: Bilingual;
  readonly kind: StateKind;
  /** What applicants read instead of the name; left out: what the public pages say of its kind and of how the case ended. */
  readonly told?: Bilingual;
}

export const fieldTypes = [
  "text",
  "entity",
  "pillar",
  "importance",
  "rating",
  "reference",
  "references", // several, as a list or as typed text
  "choice",
  "date", // `YYYY-MM-DD`, from today on
  "closingReason",
  "colleague", // an official who sits now, by number
  "colleagues",
  "applicantCode", // held against the code of the application, and kept nowhere
] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface ActionField {
  readonly name: Bilingual;
  readonly type: FieldType;
  readonly required: boolean;
  readonly choices?: readonly { readonly code: string; readonly name: Bilingual }[];
  /** In characters; of a text. */
  readonly maxLength?: number;
  /** A text with fewer letters and digits says nothing; one that is left empty is a matter of `required`. */
  readonly minLetters?: number;
}

/**
 * Where an action leads: a state, `null` to stay, or the first branch whose condition holds (the last has none).
 * A branch may add effects to those of its action: a poor rating is a rating that also opens an appeal.
 */
export type ActionTarget = string | null | readonly ActionBranch[];
interface ActionBranch {
  readonly when?: Condition;
  readonly to: string;
  readonly effects?: readonly EffectName[];
}

export interface WorkflowAction {
  readonly name: Bilingual;
  readonly from: readonly string[];
  readonly to: ActionTarget;
  /** Roles that may, plus `applicant` and `system`. Scope is checked beside it. */
  readonly by: readonly (RoleCode | "applicant" | "system")[];
  readonly fields: Readonly<Record<string, ActionField>>;
  /** Whether it may carry files, within the limits of the programme; left out: it may not. */
  readonly attachments?: boolean;
  /**
   * Whether an official who does it shows that the office acted, so that the escalation of a silent one begins to wait anew.
   * Left out: it does (but for a reminder). False: nobody outside notices it.
   */
  readonly signOfLife?: boolean;
  readonly effects: readonly EffectName[];
  /** All must hold; the first that does not gives its reason. */
  readonly guards: readonly {
    readonly when: Condition;
    readonly otherwise: Bilingual;
  }[];
}

/** The system performs `action` when a case has been in `state` for so long. */
export interface WorkflowTimer {
  readonly id: string;
  readonly state: string;
  readonly after: Budget;
  readonly action: string;
}

export interface WorkflowDefinition {
  readonly workflow: string;
  readonly programme: string;
  readonly name: Bilingual;
  readonly initial: string;
  /** Where a case starts that no rule could route (the triage queue). */
  readonly triage: string;
  readonly states: Readonly<Record<string, WorkflowState>>;
  readonly actions: Readonly<Record<string, WorkflowAction>>;
  readonly timers: readonly WorkflowTimer[];
}

/** The action of this name; undefined: there is none. A stranger may name it: “constructor” is none, though every object answers to it. */
export const namedAction = ({ actions }: WorkflowDefinition, name: string): WorkflowAction | undefined =>
  Object.hasOwn(actions, name) ? actions[name] : undefined;

/** Whether an applicant whose case is in this state may rate the answer. */
export const asksForRating = ({ actions }: WorkflowDefinition, state: string): boolean =>
  Object.values(actions).some(
    ({ effects, by, from }) => effects.includes("rate") && by.includes("applicant") && from.includes(state),
  );

/** The effects that an action has or may have: its own, then those of its branches. */
export const effectsWithin = ({ effects, to }: Pick<WorkflowAction, "effects" | "to">): readonly EffectName[] => [
  ...effects,
  ...(to === null || typeof to === "string" ? [] : to.flatMap((branch) => branch.effects ?? [])),
];
