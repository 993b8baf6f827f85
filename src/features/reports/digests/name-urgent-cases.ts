/** Names the most urgent overdue cases of a letter's scope, for readers who may read them. */

import { clockSummary } from "../../../engine/calendar/clock-summary.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { byImportance } from "../../../engine/lifecycle/desk-groups.js";
import { mostUrgent, type UrgentCase, urgentOf } from "../../../engine/measures/urgent-cases.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { type UrgentRow, urgentCases } from "./digest-queries.js";
import type { ReaderScope } from "./digest-receivers.js";
import type { ScopedDigest } from "./figures-digests.js";

export interface NamingParts {
  readonly db: Database;
  /** The calendar that a clock was started with. */
  readonly calendarOf: (versionId: number) => Promise<WorkingCalendar>;
}

function named(row: UrgentRow, calendar: WorkingCalendar | undefined, setup: Setup, now: Date): UrgentCase {
  const { reference, subject, holder, clock } = row;
  const summary = clock === null || calendar === undefined ? null : clockSummary(clock, calendar, now);
  const late = Math.max(0, -(summary?.secondsLeft ?? 0));
  const code = { ar: row.state, en: row.state };
  return {
    ...{ reference, subject, holder },
    importance: setup.importanceLevels.get(row.importance ?? "")?.name ?? null,
    entity: setup.entities.get(row.entity)?.name ?? { ar: row.entity, en: row.entity },
    state: setup.workflows.get(row.workflow)?.definition.states[row.state]?.name ?? code,
    daysLate: summary === null || !summary.daySeconds ? 0 : Math.floor(late / summary.daySeconds),
  };
}

/** A letter with its most urgent cases, none of them confidential; to readers of no cases, or where nothing is known to be overdue, as it is. */
export async function withUrgentCases(d: NamingParts, told: ScopedDigest, scope: ReaderScope): Promise<ScopedDigest> {
  const { setup, digest } = told;
  const { story } = digest;
  if (!scope.scope.readsCases || story === undefined || story.latest === null) return told;
  const now = new Date(digest.at);
  const levels = byImportance(setup);
  const asked = { programme: setup.programme.code, entities: scope.entities, levels, most: mostUrgent, now };
  const rows = (await urgentCases(d.db, asked)).map((row) => ({
    ...row,
    rank: setup.importanceLevels.get(row.importance ?? "")?.rank ?? 0,
  }));
  const calendars = new Map<number, WorkingCalendar>();
  for (const id of new Set(rows.flatMap(({ clock }) => clock?.calendarVersionId ?? [])))
    calendars.set(id, await d.calendarOf(id));
  const urgent = urgentOf(rows).map((row) => named(row, calendars.get(row.clock?.calendarVersionId ?? -1), setup, now));
  return { ...told, digest: { ...digest, story: { ...story, urgent } } };
}
