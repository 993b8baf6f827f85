/** A row of history as a case: original times, the other system's target, and nothing that anybody would be told of. */

import type { Actor } from "../../../engine/access/permissions.js";
import type { Clock } from "../../../engine/calendar/clock.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { NewCaseEvent } from "../../../engine/lifecycle/case-event.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { blankCase } from "../../../engine/lifecycle/open-case.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { HistoryRow } from "./history-row.js";

const importer: Actor = { kind: "system", job: "import" };

/**
 * The clock of the imported target: without a budget, since another system set it. It was found late when it fell due; a
 * target that nobody answered (withdrawn) is cancelled. Null when the row has none.
 */
function importedClock(
  row: HistoryRow,
  a: { calendarVersionId: number; calendar: WorkingCalendar; now: Date },
): Clock | null {
  const { dueAt, closedAt, application, state } = row;
  if (dueAt === null) return null;
  const { receivedAt } = application;
  const answered = state.ending === "answered";
  const late = closedAt === null ? dueAt < a.now : answered && dueAt < closedAt;
  return {
    target: "resolution",
    cycle: 1,
    calendarVersionId: a.calendarVersionId,
    budget: null,
    startedAt: receivedAt,
    consumedSeconds: closedAt === null ? 0 : a.calendar.between(receivedAt, closedAt),
    runningSince: closedAt === null ? receivedAt : null,
    pausedAt: null,
    dueAt,
    pausedSeconds: 0,
    metAt: answered ? closedAt : null,
    breachedAt: late ? dueAt : null,
    cancelledAt: answered ? null : closedAt,
  };
}

/** What its end means to the columns of the case. */
function ended({ state, closedAt, application }: HistoryRow, calendar: WorkingCalendar): Partial<Case> {
  if (closedAt === null) return {};
  const closing = { stateSince: closedAt, closedAt: state.kind === "final" ? closedAt : null };
  if (state.ending === "withdrawn") return { ...closing, withdrawnAt: closedAt };
  if (state.ending !== "answered") return closing;
  return {
    ...closing,
    firstResponseAt: closedAt,
    firstResolvedAt: closedAt,
    resolvedAt: closedAt,
    resolutionWorkingSeconds: calendar.between(application.receivedAt, closedAt),
    lastOfficialActionAt: closedAt,
  };
}

function eventsOf(row: HistoryRow, clock: Clock | null): NewCaseEvent[] {
  const { application, state, closedAt, sourceId } = row;
  const { type, channel, entity, sector, receivedAt } = application;
  const event = (kind: NewCaseEvent["type"], at: Date, data: NewCaseEvent["data"]): NewCaseEvent => ({
    type: kind,
    at,
    actor: importer,
    data,
  });
  const imported = event("application.imported", receivedAt, {
    sourceId,
    type,
    channel,
    entity,
    sector,
    state: state.state,
    dueAt: clock?.dueAt ?? null,
    closedAt,
  });
  if (closedAt === null) return [imported];
  const said =
    state.ending === "answered"
      ? [event("case.resolved", closedAt, { state: state.state })]
      : state.ending === "withdrawn"
        ? [event("case.withdrawn", closedAt, {})]
        : [];
  const closed = state.kind === "final" ? [event("case.closed", closedAt, { state: state.state })] : [];
  return [imported, ...said, ...closed];
}

/** The outcome to store: no messages, no ladder, nothing ever due. */
export function importedCase(a: {
  id: number;
  reference: string;
  row: HistoryRow;
  setup: Setup;
  calendar: WorkingCalendar;
  /** The moment of the import: an open target before it is late. */
  now: Date;
}): CaseOutcome {
  const { id, reference, row, setup, calendar, now } = a;
  const { application, state } = row;
  const workflow = setup.workflows.get(setup.types.get(application.type)?.workflow ?? "");
  if (workflow === undefined) throw new Error(`The type ${application.type} has no workflow, though its row was read`);
  const pinned = { name: workflow.definition.workflow, versionId: workflow.versionId };
  const clock = importedClock(row, { calendarVersionId: setup.calendar.versionId, calendar, now });
  const after: Case = {
    ...blankCase({ id, reference, application, setup, state: state.state, workflow: pinned }),
    entity: application.entity,
    assignedAt: application.entity === null ? null : application.receivedAt,
    clocks: clock === null ? [] : [clock],
    ...ended(row, calendar),
  };
  return {
    after,
    stateKind: state.kind,
    clocks: after.clocks,
    events: eventsOf(row, clock),
    decisions: [],
    enforcements: [],
    intents: [],
    news: [],
    nextDueAt: null,
  };
}
