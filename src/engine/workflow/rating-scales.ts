/** What an answer is rated on besides the rating itself: the other fields of type rating of the action that rates. */
import type { Bilingual } from "../text/text.js";
import type { WorkflowDefinition } from "./workflow-definition.js";

export interface RatingScale {
  readonly code: string;
  readonly name: Bilingual;
  readonly required: boolean;
}

/** In the order in which the workflow asks for them. */
export function ratingScalesOf(workflow: Pick<WorkflowDefinition, "actions">): RatingScale[] {
  const rating = Object.values(workflow.actions).find(({ effects }) => effects.includes("rate"));
  return Object.entries(rating?.fields ?? {})
    .filter(([code, { type }]) => type === "rating" && code !== "rating")
    .map(([code, { name, required }]) => ({ code, name, required }));
}

/** What was given, by name, in that order; a scale that the workflow has no more is named by its code. */
export function namedScales(
  workflow: Pick<WorkflowDefinition, "actions">,
  given: Readonly<Record<string, unknown>>,
): { readonly code: string; readonly name: Bilingual; readonly value: number }[] {
  const known = ratingScalesOf(workflow).filter(({ code }) => Object.hasOwn(given, code));
  const others = Object.keys(given).filter((code) => !known.some((scale) => scale.code === code));
  return [...known, ...others.map((code) => ({ code, name: { en: code, ar: code } }))].map(({ code, name }) => ({
    code,
    name,
    value: Number(given[code]),
  }));
}
