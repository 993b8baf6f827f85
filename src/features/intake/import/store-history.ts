/** Writes a batch of imported rows in one statement: all of it or nothing, and nothing that is there already. */

import sql from "sql-template-tag";
import type { Actor } from "../../../engine/access/permissions.js";
import type { Clock } from "../../../engine/calendar/clock.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { NewCaseEvent } from "../../../engine/lifecycle/case-event.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { makeReference } from "../../../engine/lifecycle/case-reference.js";
import { blankCase } from "../../../engine/lifecycle/open-case.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { uniqueViolation } from "../../../platform/db/errors.js";
import { type Database, query } from "../../../platform/db/query.js";
import type { Random } from "../../../platform/unguessable.js";
import { insertCases, type OpenedCase } from "../../cases/case-store.js";
import type { Policies } from "../../setup/policies.js";
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
    heldBy: null,
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
function importedCase(a: {
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

// What an import asks before it writes: which rows are there already, which reference numbers are taken.

/** Which of these numbers of the other system came in before. */
async function importedSources(
  db: Database,
  programme: string,
  sourceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const statement = sql`select source_id from applications
    where programme = ${programme} and source_id = any(${sourceIds}::text[])`;
  const rows = await query<{ source_id: string }>(db, statement);
  return new Set(rows.map((row) => row.source_id));
}

async function takenReferences(db: Database, wanted: readonly string[]): Promise<ReadonlySet<string>> {
  const statement = sql`select reference from cases where reference = any(${wanted}::text[])`;
  const rows = await query<{ reference: string }>(db, statement);
  return new Set(rows.map((row) => row.reference));
}

export interface HistoryParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly random: Random;
  readonly nextCaseId: () => Promise<number>;
}

/** The applicant of history is not known, so there is no code and no row of personal data. */
const anonymous = { codeHash: null, applicant: null, idempotency: null } as const;

async function freshReferences({ db, random }: HistoryParts, count: number): Promise<string[]> {
  const chosen = new Set<string>();
  while (chosen.size < count) {
    const wanted = Array.from({ length: count - chosen.size }, () => makeReference(random.bytes(8)));
    const taken = await takenReferences(db, wanted);
    for (const reference of wanted) if (!taken.has(reference)) chosen.add(reference);
  }
  return [...chosen];
}

/**
 * Stores the rows that are not there yet, decided by `policy`; their source numbers differ. Null when the configuration
 * has moved on or somebody else wrote one of them just now: nothing was written, read the rows again and repeat.
 */
export async function storeHistory(
  parts: HistoryParts,
  policy: Policy,
  rows: readonly HistoryRow[],
  now: Date,
): Promise<{ imported: number } | null> {
  const { db } = parts;
  const { setup, calendar } = policy;
  const there = await importedSources(
    db,
    setup.programme.code,
    rows.map((row) => row.sourceId),
  );
  const missing = rows.filter((row) => !there.has(row.sourceId));
  if (missing.length === 0) return { imported: 0 };
  const references = await freshReferences(parts, missing.length);
  const opened: OpenedCase[] = [];
  for (const [i, row] of missing.entries()) {
    const id = await parts.nextCaseId();
    const outcome = importedCase({ id, reference: references[i] as string, row, setup, calendar, now });
    opened.push({ outcome, rows: { ...anonymous, sourceId: row.sourceId } });
  }
  try {
    const written = await insertCases(db, opened, { revision: setup.revision, messages: "kept" });
    return written ? { imported: missing.length } : null;
  } catch (error) {
    // A second import of the same file, or a reference that intake took in the meantime.
    if (uniqueViolation(error) === null) throw error;
    return null;
  }
}
