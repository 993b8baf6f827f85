/** The day's work of entities as a letter: what is late, due today and reopened, and what became of what the last one listed. */

import { civilDate, shiftDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import { clockSummary } from "../../../engine/calendar/clock-summary.js";
import type { WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { byImportance } from "../../../engine/lifecycle/desk-groups.js";
import {
  type EntityGroup,
  type FocalPointDigest,
  focalGroups,
  focalPointDigest,
  followedCases,
  maxListed,
} from "../../../engine/measures/focal-digest.js";
import { highestLevel } from "../../../engine/setup/highest-level.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { type CaseNow, casesNow, type DigestCaseRow, digestCases } from "./digest-queries.js";

export interface FocalParts {
  readonly db: Database;
  /** The calendar that a clock was started with. */
  readonly calendarOf: (versionId: number) => Promise<WorkingCalendar>;
}

/** What each entity has to do. */
export type FocalWork = ReadonlyMap<string, readonly EntityGroup[]>;

/**
 * What entities have to do, with working time left by the calendar of each clock.
 * @param a.confidential true for a letter to those who handle these entities; nobody else is shown any of that
 */
export async function focalWork(
  d: FocalParts,
  a: { setup: Setup; entities: readonly string[]; now: Date; confidential: boolean },
): Promise<FocalWork> {
  const { setup, entities, now, confidential } = a;
  const { code: programme, timeZone } = setup.programme;
  const endOfDay = startOfDay(shiftDate(civilDate(now, timeZone), 1), timeZone);
  const level = highestLevel(setup)?.code ?? null;
  // None of its groups ends with the next working day.
  const time = { now, dayEnd: endOfDay, nextEnd: endOfDay, byImportance: byImportance(setup) };
  const rows = await digestCases(d.db, { programme, entities, time, endOfDay, maxListed, confidential, level });
  const work = new Map<string, EntityGroup[]>();
  const calendars = new Map<number, WorkingCalendar>();
  for (const id of new Set(rows.flatMap(({ clock }) => clock?.calendarVersionId ?? []))) {
    calendars.set(id, await d.calendarOf(id));
  }
  for (const entity of new Set(rows.map((row) => row.entity))) {
    const own = rows.filter((row) => row.entity === entity);
    const groups: EntityGroup[] = [];
    for (const group of focalGroups) {
      const members = own.filter((row) => row.group === group);
      const cases = members.map((row) => listed(row, calendars, setup, now));
      const { count = 0, critical = 0 } = members[0] ?? {};
      groups.push({ group, count, critical, cases });
    }
    work.set(entity, groups);
  }
  return work;
}

const listedIn = (last: Readonly<Record<string, unknown>>): readonly string[] => {
  const { groups = [] } = last as Partial<FocalPointDigest>;
  return groups.flatMap(({ cases }) => cases.map(({ reference }) => reference));
};

/** How the cases are now that these letters listed. @param lasts data of letters */
export async function listedBefore(
  { db }: FocalParts,
  a: { programme: string; lasts: readonly Readonly<Record<string, unknown>>[]; now: Date },
): Promise<ReadonlyMap<string, CaseNow>> {
  const references = [...new Set(a.lasts.flatMap(listedIn))];
  const rows = references.length === 0 ? [] : await casesNow(db, { programme: a.programme, references, now: a.now });
  return new Map(rows.map((row) => [row.reference, row]));
}

/** Null where there is nothing to say. */
export function focalDigest(a: {
  setup: Setup;
  entities: readonly string[];
  work: FocalWork;
  now: Date;
  /** The data of the receiver's last letter, and how its cases are now. */
  last: Readonly<Record<string, unknown>> | null;
  listed: ReadonlyMap<string, CaseNow>;
}): FocalPointDigest | null {
  const digest = focalPointDigest({
    programme: a.setup.programme.name,
    date: civilDate(a.now, a.setup.programme.timeZone),
    at: a.now,
    entities: a.entities.flatMap((code) => a.setup.entities.get(code)?.name ?? []),
    groups: a.entities.flatMap((code) => a.work.get(code) ?? []),
    level: highestLevel(a.setup)?.name ?? null,
  });
  if (digest === null || a.last === null) return digest;
  const cases = listedIn(a.last).flatMap((reference) => a.listed.get(reference) ?? []);
  return { ...digest, followed: followedCases(cases, new Set(a.entities)) };
}

function listed(
  row: DigestCaseRow,
  calendars: ReadonlyMap<number, WorkingCalendar>,
  setup: Setup,
  now: Date,
): EntityGroup["cases"][number] {
  const calendar = calendars.get(row.clock?.calendarVersionId ?? -1);
  const clock = row.clock !== null && calendar !== undefined ? clockSummary(row.clock, calendar, now) : null;
  const level = setup.importanceLevels.get(row.importance ?? "");
  return {
    reference: row.reference,
    subject: row.subject,
    importance: level?.name ?? null,
    rank: level?.rank ?? 0,
    dueAt: row.clock?.dueAt?.toISOString() ?? null,
    secondsLeft: clock?.secondsLeft ?? null,
    wall: clock?.wall ?? false,
    daySeconds: clock?.daySeconds ?? null,
    reopened: row.reopened,
  };
}

/**
 * A list of work to look at, without anything confidential.
 * @param a.entity null: the one with most to do. Problem not-found where there is nothing to do.
 */
export async function focalTold(
  parts: FocalParts,
  { setup, now, entity }: { setup: Setup; now: Date; entity: string | null },
): Promise<Readonly<Record<string, unknown>>> {
  const entities = entity === null ? [...setup.entities.keys()] : [entity];
  const work = await focalWork(parts, { setup, entities, now, confidential: false });
  const amount = (code: string) => (work.get(code) ?? []).reduce((sum, { count }) => sum + count, 0);
  const chosen = entity ?? [...work.keys()].sort((a, b) => amount(b) - amount(a) || (a < b ? -1 : 1))[0];
  const nobody = { work, now, last: null, listed: new Map() };
  const digest = chosen === undefined ? null : focalDigest({ setup, entities: [chosen], ...nobody });
  if (digest === null) throw new Problem("not-found", msg("reports.digests.nothingIsLateDueToday"));
  return { ...digest };
}
