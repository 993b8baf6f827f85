/** What an official answers now: first the application alone, later the applicant's objection and the answer before it. */

import type { CaseEvent } from "../lifecycle/case-event.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";

type Types = readonly CaseEvent["type"][];
const objections: Types = ["case.appealed", "case.reopened"];
const ratings: Types = ["case.rated"];
const answers: Types = ["case.answered", "case.rejected"];

const last = (events: readonly CaseEvent[], types: Types): CaseEvent | undefined =>
  events.filter(({ type }) => types.includes(type)).at(-1);

/**
 * The newest objection with what was said in it, then the answer that it is about, where there was one. Empty: no one
 * objected, and the application is what is answered.
 */
export function lastExchange(events: readonly CaseEvent[]): readonly CaseEvent[] {
  const objection = last(events, objections);
  if (objection === undefined) return [];
  const before = events.filter(({ seq }) => seq < objection.seq);
  // What was written against the answer is in the rating that opened the appeal.
  const said = objection.type === "case.appealed" ? (last(before, ratings) ?? objection) : objection;
  const answer = last(before, answers);
  return answer === undefined ? [said] : [said, answer];
}

/** The day until which the newest answer promises a plan: what was filled in with it as a date. Null: it promises none. */
export function plannedDay(events: readonly CaseEvent[], { actions }: WorkflowDefinition): string | null {
  const { action, otherFields } = last(events, ["case.answered"])?.data ?? {};
  const asked = Object.entries(actions[String(action)]?.fields ?? {}).find(([, { type }]) => type === "date");
  const day = (otherFields as Readonly<Record<string, unknown>> | undefined)?.[asked?.[0] ?? ""];
  return typeof day === "string" ? day : null;
}
