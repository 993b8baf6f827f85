/** What an action will lead to, before it is done: asked of the code that decides it once it is. Changes nothing. */

import type { Actor } from "../access/permissions.js";
import { actionFacts, type Facts } from "../rules/fact-catalogue.js";
import type { Policy } from "../setup/policy.js";
import { branchOf } from "../workflow/interpret-action.js";
import type { WorkflowAction, WorkflowDefinition, WorkflowTimer } from "../workflow/workflow-definition.js";
import { decideReview } from "./carry-out.js";
import type { Case } from "./case.js";
import { draftOf } from "./case-draft.js";
import { nextTimer } from "./due-moments.js";
import type { CalendarOf } from "./sync-clocks.js";

/** `drawn`: only the draw of the review sample decides, and nobody who writes learns how it fell. */
export type ForeseenReview = "always" | "drawn" | "never";

export interface Foreseen {
  /** Where it leads to: one state, or both that the draw of the sample decides between. */
  readonly states: readonly string[];
  /** Null: no review is asked for by this action, or none of its ways depends on one. */
  readonly review: ForeseenReview | null;
  /** What the workflow does next by itself where it then stands, and when, if nobody does anything. */
  readonly timer: { readonly timer: WorkflowTimer; readonly dueAt: Date } | null;
}

interface Foreseeing {
  readonly action: WorkflowAction;
  readonly workflow: WorkflowDefinition;
  readonly theCase: Case;
  readonly policy: Policy;
  readonly calendarOf: CalendarOf;
  readonly facts: Facts;
  readonly actor: Actor;
  readonly now: Date;
}

/** The first of a sample and the last that any sample takes. */
const draws: readonly number[] = [0, 99];

/** As it is, as if the case had been drawn, and as if it had not. */
async function reviewOf({ theCase, policy, facts, actor, now }: Foreseeing): Promise<ForeseenReview> {
  const draft = draftOf(theCase, actor, now);
  const { reviewSamplePercent } = policy.setup.programme.settings;
  const drawn = draws.map((bucket) => ({
    ...facts,
    sampleBucket: bucket,
    inReviewSample: bucket < reviewSamplePercent,
  }));
  const decided = await Promise.all([facts, ...drawn].map((one) => decideReview(draft, policy, one)));
  const reviews = decided.map(({ outcome }) => outcome.review);
  if (reviews.every((review) => review)) return "always";
  return reviews.some((review) => review) ? "drawn" : "never";
}

/** Where it leads to, reviewed or not. */
function stateBy({ action, theCase, facts, actor }: Foreseeing, reviewRequired: boolean): string | null {
  const known = { ...facts, ...actionFacts(theCase, actor, {}), reviewRequired };
  return branchOf(action.to, theCase.state, known)?.to ?? null;
}

/** For an action that the workflow allows now. `facts` are those of the case. */
export async function foresee(a: Foreseeing): Promise<Foreseen> {
  const [reviewed, direct] = [stateBy(a, true), stateBy(a, false)];
  const matters = reviewed !== direct && a.action.effects.includes("answer");
  const review = matters ? await reviewOf(a) : null;
  const reached = review === "always" ? [reviewed] : review === "drawn" ? [reviewed, direct] : [direct];
  const states = reached.filter((state) => state !== null);
  const [state] = states;
  const { theCase, workflow, calendarOf, now } = a;
  const moved = state === undefined || state === theCase.state ? theCase : { ...theCase, state, stateSince: now };
  return { states, review, timer: nextTimer({ theCase: moved, workflow, calendarOf }) };
}
