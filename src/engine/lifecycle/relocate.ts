/** A case changes its entity because the tree did: as a transfer, but nobody misdirected it and nobody is written to a case. */
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Setup } from "../setup/setup.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import { applyAction } from "./apply-action.js";
import { type CaseDraft, change } from "./case-draft.js";
import type { Successor } from "./successor.js";
import type { CalendarOf } from "./sync-clocks.js";

/** What a transfer of this workflow is called and leads to from here; where it has none the case stays in its state. To nobody: triage. */
function transferFrom(
  workflow: WorkflowDefinition,
  state: string,
  { entity }: Successor,
): { action: string; to: string } {
  const found = Object.entries(workflow.actions).find(
    ([, { effects, from }]) => effects.includes("transfer") && from.includes(state),
  );
  const to = found?.[1].to;
  if (entity === null) return { action: found?.[0] ?? "transfer", to: workflow.triage };
  return { action: found?.[0] ?? "transfer", to: typeof to === "string" ? to : state };
}

/**
 * Moves the draft to another entity, or back to triage, in the state to which a transfer would lead: whoever had taken it has it no more, clocks
 * and steps of the ladder stay as they were promised, and the transfer is not counted as one.
 */
export function relocate(
  draft: CaseDraft,
  a: {
    readonly to: Successor;
    /** Null, with the change-set: nobody said where its cases go. */
    readonly reason: string | null;
    readonly changeSet: { readonly id: number; readonly title: string } | null;
    readonly workflow: WorkflowDefinition;
    readonly setup: Setup;
    readonly calendarOf: CalendarOf;
    readonly calendar: WorkingCalendar;
  },
): CaseDraft {
  const { workflow, setup, calendarOf, calendar } = a;
  const already = draft.events.length;
  const moved = applyAction({
    draft,
    workflow,
    ...transferFrom(workflow, draft.theCase.state, a.to),
    effects: ["transfer"],
    fields: { entity: a.to.entity, reason: a.reason },
    setup,
    original: null,
    splitInto: null,
    calendarOf,
    calendar,
  });
  const { entity, through } = a.to;
  const told = {
    ...(a.changeSet !== null && { changeSet: a.changeSet.id, changeSetTitle: a.changeSet.title }),
    ...(through.length > 0 && { through }),
  };
  const events = moved.events.map((event, i) =>
    i >= already && event.type === "case.transferred"
      ? { ...event, data: { ...event.data, inside: true, ...told } }
      : event,
  );
  const assignedAt = entity === null ? null : moved.theCase.assignedAt;
  return change({ ...moved, events }, { transferCount: draft.theCase.transferCount, assignedAt });
}
