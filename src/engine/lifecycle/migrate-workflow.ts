/** A case goes on by another version of its workflow: an explicit act, with an event that says from where to where and why. */
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Setup } from "../setup/setup.js";
import type { WorkflowDefinition } from "../workflow/workflow-definition.js";
import { type CaseDraft, change, emit } from "./case-draft.js";
import { type CalendarOf, syncClocks } from "./sync-clocks.js";

/**
 * Moves the draft to `to`, in which it stands in `state`. Where that is another state its timers begin anew; the office's
 * turn does not, and it is no sign of life. Clocks follow the kind of the new state; nobody is written to.
 */
export function migrateWorkflow(
  draft: CaseDraft,
  a: {
    readonly from: WorkflowDefinition;
    readonly to: WorkflowDefinition;
    readonly toVersionId: number;
    readonly versions: { readonly from: number; readonly to: number };
    readonly state: string;
    readonly reason: string;
    readonly setup: Setup;
    readonly calendarOf: CalendarOf;
    readonly calendar: WorkingCalendar;
  },
): CaseDraft {
  const { theCase, now } = draft;
  const before = a.from.states[theCase.state]?.kind ?? "open";
  const after = a.to.states[a.state]?.kind ?? "open";
  const moves = a.state !== theCase.state;
  const moved = change(draft, {
    workflow: { name: theCase.workflow.name, versionId: a.toVersionId },
    state: a.state,
    stateSince: moves ? now : theCase.stateSince,
  });
  const told = emit(moved, "case.workflow-migrated", {
    fromVersion: a.versions.from,
    toVersion: a.versions.to,
    from: theCase.state,
    to: a.state,
    // By its name then: the new version may not know it.
    was: a.from.states[theCase.state]?.name ?? null,
    reason: a.reason,
  });
  if (before === after || after === "resolved" || after === "final") return told;
  return syncClocks({ ...a, draft: told, workflow: a.to, from: before, to: after, cancels: false });
}
