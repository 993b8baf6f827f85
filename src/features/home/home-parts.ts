/** What the desks of a home are made with. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, type CaseReach, isWithin } from "../../engine/access/permissions.js";
import { civilDate, shiftDate, startOfDay } from "../../engine/calendar/civil-days.js";
import { clockSummary } from "../../engine/calendar/clock-summary.js";
import { ordinaryDay } from "../../engine/calendar/ordinary-day.js";
import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import type { DayLength } from "../../engine/formatting/durations.js";
import type { DeskGroup, DeskNarrowing } from "../../engine/lifecycle/desk-groups.js";
import type { HeldSweepView, NamedCode } from "../../engine/lifecycle/held-sweep.js";
import { nearerPromise, type PromiseClock } from "../../engine/lifecycle/nearer-promise.js";
import type { LastPeriod } from "../../engine/measures/figure-period.js";
import type { HomeCase, WaitingDraft, WarningLine } from "../../engine/measures/home-view.js";
import type { InstructionStanding, InstructionToAcknowledge } from "../../engine/setup/instruction-views.js";
import type { Policy } from "../../engine/setup/policy.js";
import type { Labelled, Setup } from "../../engine/setup/setup.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import type { Kpi, KpiSeries } from "../reports/kpi.js";
import type { Standing, StandingAsked } from "../reports/standing.js";
import type { ReadDeskRows } from "./desk-rows.service.js";
import type { HomeCaseRow } from "./home-queries.js";

export interface HomeParts {
  readonly db: Database;
  readonly policies: { fresh(programme: string): Promise<Policy> };
  /** The calendar that a clock was started with. */
  readonly calendarOf: (versionId: number) => Promise<WorkingCalendar>;
  /** The same that `diwan kpi` prints. */
  readonly kpi: Kpi;
  /** The same, perhaps of a few minutes ago: of a branch or a programme, where counting takes long. */
  readonly cachedKpi: Kpi;
  /** The same of several periods at once, the newest that the sums have, perhaps of a few minutes ago. */
  readonly cachedSeries: KpiSeries;
  /** What was open and overdue at past moments, perhaps as it was known a few minutes ago. */
  readonly cachedStanding: (
    a: Omit<StandingAsked, "moments"> & { readonly ends: readonly string[]; readonly at: Date },
  ) => Promise<readonly Standing[]>;
  /** Cases as rows to work at, with what this actor can do with each. */
  readonly deskRows: ReadDeskRows;
  /** Messages of the programme that failed, as far as the actor may read them. */
  readonly failedMessages: (a: { actor: Actor; programme: string }) => Promise<number>;
  /** The same of messages that waited too long and lapsed since then. */
  readonly lateLetters: (a: { actor: Actor; programme: string; since: Date }) => Promise<number>;
  /** The programme's sweep of deadlines, while it holds or was just released. */
  readonly heldSweep: (a: { actor: Actor; programme: string }) => Promise<HeldSweepView | null>;
  /** Drafts of policy that wait for a second person. */
  readonly waitingDrafts: (a: { actor: Actor; programme: string }) => Promise<readonly WaitingDraft[]>;
  /** Of the register of instructions. */
  readonly instructions: {
    waiting(a: { actor: Actor; programme: string }): Promise<readonly InstructionToAcknowledge[]>;
    standing(a: { actor: Actor; programme: string }): Promise<readonly InstructionStanding[]>;
  };
  readonly setupWarnings: (a: { actor: Actor; programme: string; now: Date }) => Promise<readonly WarningLine[]>;
  /** The newest changes that the actor may read of. */
  readonly lastChanges: (a: {
    actor: Actor;
    programme: string;
    limit: number;
  }) => Promise<readonly { id: string; at: Date; who: string; part: Bilingual | null; sentence: Bilingual }[]>;
  readonly verification: (a: { actor: Actor; now: Date }) => Promise<{
    readonly state: string;
    readonly last: { readonly finishedAt: string; readonly ok: boolean } | null;
  }>;
}

/** How a focal point has set the desk. */
export interface DeskSetting {
  readonly narrowing: DeskNarrowing;
  /** How many rows of a group are in sight, where it is more than usual. */
  readonly rows: Readonly<Partial<Record<DeskGroup, number>>>;
  /** The period of the key figures; left out: the last whole month. */
  readonly period?: LastPeriod | null;
}

/** Who looks, at which programme, when. */
export interface DeskAsked {
  readonly setting: DeskSetting;
  readonly actor: Actor;
  readonly reach: CaseReach;
  readonly setup: Setup;
  /** The programme's published one. */
  readonly calendar: WorkingCalendar;
  readonly now: Date;
}

export function named(records: ReadonlyMap<string, Labelled>, code: string): NamedCode {
  return { code, name: records.get(code)?.name ?? { en: code, ar: code } };
}

export const maybeNamed = (records: ReadonlyMap<string, Labelled>, code: string | null): NamedCode | null =>
  code === null ? null : named(records, code);

export const programmeOf = ({ programme }: Setup): NamedCode => ({ code: programme.code, name: programme.name });

/** These entities and those below them. */
export function belowOf({ setup }: DeskAsked, tops: readonly string[]): string[] {
  return [...setup.entities.keys()].filter((code) => tops.some((top) => isWithin(code, top, setup.entities)));
}

/** What the days of a target are, by the programme's calendar. */
export const dayOf = ({ calendar, now }: Pick<DeskAsked, "calendar" | "now">): DayLength => ({
  daySeconds: ordinaryDay(calendar, now),
  wall: false,
});

/** Civil days around now, in the programme's zone. */
export function days(setup: Setup, now: Date) {
  const { timeZone } = setup.programme;
  const today = civilDate(now, timeZone);
  return {
    today,
    tomorrow: shiftDate(today, 1),
    startOf: (date: string) => startOfDay(date, timeZone),
  };
}

/** These are listed because their final answer is late: that is the promise which a line tells of. */
const finalAnswerOf = ({ clocks, cycle }: HomeCaseRow): PromiseClock | null =>
  nearerPromise(
    clocks.filter(({ target }) => target === "resolution"),
    cycle,
  );

/** Rows as lines, with the working time left by the calendar that each clock was started with. */
export async function homeCases(
  parts: HomeParts,
  { setup, now }: DeskAsked,
  rows: readonly HomeCaseRow[],
): Promise<HomeCase[]> {
  const ids = new Set(rows.flatMap((row) => finalAnswerOf(row)?.calendarVersionId ?? []));
  const calendars = new Map<number, WorkingCalendar>();
  for (const id of ids) calendars.set(id, await parts.calendarOf(id));
  return rows.map((row) => {
    const promise = finalAnswerOf(row);
    const calendar = calendars.get(promise?.calendarVersionId ?? -1);
    const clock = promise !== null && calendar !== undefined ? clockSummary(promise, calendar, now) : null;
    return {
      reference: row.reference,
      subject: row.subject,
      entity: maybeNamed(setup.entities, row.entity),
      sector: maybeNamed(setup.sectors, row.sector),
      importance: maybeNamed(setup.importanceLevels, row.importance),
      promise: promise?.target ?? null,
      dueAt: clock?.dueAt?.toISOString() ?? null,
      secondsLeft: clock?.dueAt ? clock.secondsLeft : null,
      day: clock && { daySeconds: clock.daySeconds, wall: clock.wall },
      share: clock?.share ?? null,
      receivedAt: row.receivedAt.toISOString(),
      escalationLevel: row.escalationLevel,
    };
  });
}

// What takes long to count must not keep a desk waiting: it is shown with the next look.

/** What `counting` gives, or null when it takes longer than so many milliseconds; it goes on meanwhile. A failure is a failure. */
export async function whenReady<Value>(counting: Promise<Value>, ms: number): Promise<Value | null> {
  const enough = new AbortController();
  try {
    return await Promise.race([counting, sleep(ms, null, { signal: enough.signal })]);
  } finally {
    enough.abort();
    // The next look shows what went wrong.
    counting.catch(() => undefined);
  }
}

/** A desk waits no longer for what is not its work; what is counted meanwhile is kept. */
export const rateMs = 150;
