/** Lines of a list of cases, with the names that the set-up gives to what is in them. */

import type { Actor } from "../../../engine/access/permissions.js";
import { clockSummary } from "../../../engine/calendar/clock-summary.js";
import type { ListedBy } from "../../../engine/lifecycle/listed-by.js";
import { nearerPromise, shownPromises } from "../../../engine/lifecycle/nearer-promise.js";
import { promiseSummary } from "../../../engine/lifecycle/promise-summary.js";
import { shownReminder } from "../../../engine/lifecycle/reminders.js";
import type { FoundCase, Named } from "../../../engine/search/case-search.js";
import type { PinnedVersions } from "../../../engine/setup/policy.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import type { Policies } from "../../setup/policies.js";
import type { SearchedRow } from "./searched-rows.js";

function named(records: ReadonlyMap<string, Labelled> | undefined, code: string): Named {
  return { code, name: records?.get(code)?.name ?? { en: code, ar: code } };
}

/** Which promise a line tells of. */
function promiseOf({ clocks, cycle }: SearchedRow, { by, now }: Pick<Reading, "by" | "now">) {
  if (by === "nearer") return shownPromises(clocks, cycle, now)[0];
  return nearerPromise(
    clocks.filter(({ target }) => target === "resolution"),
    cycle,
  );
}

interface Reading {
  readonly pinned: PinnedVersions;
  readonly now: Date;
  readonly by: ListedBy;
  readonly reader: Actor;
}

function found(row: SearchedRow, setup: Setup | undefined, { pinned, now, by, reader }: Reading): FoundCase {
  const maybe = (records: ReadonlyMap<string, Labelled> | undefined, code: string | null) =>
    code === null ? null : named(records, code);
  const { clocks, state, stateKind, assignee } = row;
  const clock = clocks.find(({ target }) => target === "resolution") ?? null;
  const importance = maybe(setup?.importanceLevels, row.importance);
  return {
    id: row.id,
    reference: row.reference,
    programme: { code: row.programme, name: setup?.programme.name ?? { en: row.programme, ar: row.programme } },
    type: named(setup?.types, row.type),
    channel: named(setup?.channels, row.channel),
    state: {
      code: state,
      name: pinned.workflowOf(row.workflowVersionId).states[state]?.name ?? { en: state, ar: state },
      kind: stateKind,
    },
    subject: row.subject,
    language: row.language,
    sector: maybe(setup?.sectors, row.sector),
    entity: maybe(setup?.entities, row.entity),
    pillar: maybe(setup?.pillars, row.pillar),
    importance: importance && { ...importance, rank: setup?.importanceLevels.get(importance.code)?.rank ?? 0 },
    confidential: row.confidential,
    escalationLevel: row.escalationLevel,
    reminder: shownReminder(row.reminders, reader, setup ?? { seats: [] }),
    assignee: assignee === null ? null : { userId: assignee, name: row.assigneeName ?? `#${assignee}` },
    receivedAt: row.receivedAt,
    clock: clock && clockSummary(clock, pinned.calendarOf(clock.calendarVersionId), now),
    promise: promiseSummary(promiseOf(row, { by, now }), pinned, now),
    match: null,
  };
}

/**
 * @param a.setups of the programmes of the rows
 * @param a.by what the list is of: cases whose final answer is late say how late that is, as figures and homes do
 */
export async function shownCases(
  policies: Policies,
  a: { rows: readonly SearchedRow[]; setups: ReadonlyMap<string, Setup>; now: Date; reader: Actor; by?: ListedBy },
): Promise<FoundCase[]> {
  const pinned = await policies.pin(
    a.rows.map(({ workflowVersionId, clocks }) => ({ workflow: { versionId: workflowVersionId }, clocks })),
  );
  const reading: Reading = { pinned, now: a.now, reader: a.reader, by: a.by ?? "nearer" };
  return a.rows.map((row) => found(row, a.setups.get(row.programme), reading));
}
