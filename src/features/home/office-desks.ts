/** Homes of those who work on cases and those above them: focal points and managers, main focal points, executives. */

import { setTimeout as sleep } from "node:timers/promises";
import { type HeldSeat, isWithin } from "../../engine/access/permissions.js";
import type { RoleCode } from "../../engine/access/roles.js";
import { shiftDate } from "../../engine/calendar/civil-days.js";
import { type DeskGroup, deskGroups, deskTimeOf } from "../../engine/lifecycle/desk-groups.js";
import { happenedWindow, rateDays } from "../../engine/lifecycle/happened.js";
import { homeFigures, shownOnDesk } from "../../engine/measures/home-figures.js";
import type { ExecutiveDesk, FocalDesk, TriageDesk } from "../../engine/measures/home-view.js";
import { ratio } from "../../engine/measures/kpi-counts.js";
import { type DeskAsked, dayOf, days, type HomeParts, homeCases, named, programmeOf } from "./home-parts.js";
import {
  answeredWithin,
  type DeskPlaces,
  delayedCases,
  deskCounts,
  deskWork,
  lateEntities,
  ownOnTime,
  triageCases,
  triageQueue,
} from "./home-queries.js";
import { entityLines, queueLines } from "./room-desk.service.js";

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

/** Rows of a group that are in sight at first, and at most; what is beyond is a list. */
const defaultRows = 15;
const maxRows = 200;
/** The few that are shown; the rest is a link away. */
const maxUrgent = 5;
const maxEntities = 5;
/** Of a queue; each row has the beginning of its text. */
const maxQueued = 15;
/** A desk waits no longer for its rate; what is counted meanwhile is kept. */
const rateMs = 150;

const entitiesOf = (seats: readonly HeldSeat[]): string[] => [
  ...new Set(seats.flatMap(({ entity }) => (entity === null ? [] : [entity]))),
];

function belowOf({ setup }: DeskAsked, tops: readonly string[]): string[] {
  return [...setup.entities.keys()].filter((code) => tops.some((top) => isWithin(code, top, setup.entities)));
}

function ratePeriod(asked: DeskAsked): { from: string; to: string } {
  const { today, tomorrow } = days(asked.setup, asked.now);
  return { from: shiftDate(today, 1 - rateDays), to: tomorrow };
}

/** @param seats those of a focal point or manager in this programme */
export async function focalDesk(parts: HomeParts, asked: DeskAsked, seats: readonly HeldSeat[]): Promise<FocalDesk> {
  const { setup, now } = asked;
  const programme = setup.programme.code;
  const handled = entitiesOf(seats);
  const managed = entitiesOf(seats.filter(({ role }) => role === "entity_manager"));
  const below = belowOf(asked, managed).filter((code) => !handled.includes(code));
  const places: DeskPlaces = { programme, handled, below };
  const time = deskTimeOf(asked, now);
  const { timeZone } = setup.programme;
  const { from, to } = happenedWindow("answeredThisWeek", timeZone, now);
  const me = asked.actor.kind === "user" ? asked.actor.userId : 0;
  const month = happenedWindow("myDueLastMonth", timeZone, now, me);
  const { narrowing, rows } = asked.setting;
  const limits = Object.fromEntries(
    deskGroups.map((group) => [group, Math.min(maxRows, Math.max(defaultRows, rows[group] ?? 0))]),
  ) as Record<DeskGroup, number>;
  const narrowed = Object.values(narrowing).some((value) => value !== undefined);
  const [work, counts, answeredThisWeek, own, rates] = await Promise.all([
    deskWork(parts.db, { places, time, narrowing, limits }),
    narrowed ? deskCounts(parts.db, { places, time }) : null,
    answeredWithin(parts.db, { places, from, to }),
    ownOnTime(parts.db, { programme, person: me, from: month.from, to: month.to, reach: asked.reach }),
    // Of exactly the entities whose confidential cases these seats handle.
    whenReady(
      parts.cachedKpi({ programme, at: now, entities: handled, confidential: true, ...ratePeriod(asked) }),
      rateMs,
    ),
  ]);
  const ids = work.flatMap((group) => group.ids);
  const shown = await parts.deskRows({ programme, ids, actor: asked.actor, now });
  const total = (group: DeskGroup): number => work.find((one) => one.group === group)?.total ?? 0;
  return {
    kind: "focal",
    programme: programmeOf(setup),
    shown: shownOnDesk(
      setup,
      seats.map(({ role }) => role),
    ),
    day: dayOf(asked),
    entities: handled.map((code) => named(setup.entities, code)),
    groups: deskGroups.map((group) => ({
      group,
      count: total(group),
      cases: (work.find((one) => one.group === group)?.ids ?? []).flatMap((id) => shown.get(id) ?? []),
    })),
    open: counts?.open ?? work.reduce((sum, group) => sum + group.total, 0),
    late: counts?.groups.overdue ?? work.reduce((sum, group) => sum + group.late, 0),
    answeredThisWeek,
    onTime: ratio(own.kept, own.due),
    entityOnTime: rates === null ? null : rates.onTimeResolution,
  };
}

export async function triageDesk(parts: HomeParts, asked: DeskAsked, seats: readonly HeldSeat[]): Promise<TriageDesk> {
  const { setup, now, reach } = asked;
  const programme = setup.programme.code;
  const sectors = [...new Set(seats.flatMap(({ sector }) => (sector === null ? [] : [sector])))];
  const [queue, ids] = await Promise.all([
    triageQueue(parts.db, { programme, sectors, reach, now }),
    triageCases(parts.db, { programme, sectors, reach, limit: maxQueued }),
  ]);
  const rows = await parts.deskRows({ programme, ids, actor: asked.actor, now, withText: true });
  return {
    kind: "triage",
    programme: programmeOf(setup),
    sectors: sectors.map((code) => named(setup.sectors, code)),
    queue: queueLines(queue, setup),
    waiting: queue.reduce((sum, { waiting }) => sum + waiting, 0),
    late: queue.reduce((sum, { late }) => sum + late, 0),
    cases: ids.flatMap((id) => rows.get(id) ?? []),
  };
}

/**
 * The subtree of one seat. Confidential cases are left out of every number: whoever stands above an entity may not read
 * them, and a number that is larger than the list behind it would tell of them.
 */
export async function executiveDesk(
  parts: HomeParts,
  asked: DeskAsked,
  { top, roles }: { readonly top: string; readonly roles: readonly RoleCode[] },
): Promise<ExecutiveDesk> {
  const { setup, now } = asked;
  // A ladder says which role stands at which level: what reached it came to this position.
  const levels = setup.programme.settings.ladder.filter(({ role }) => roles.includes(role)).map(({ level }) => level);
  const level = levels.length === 0 ? undefined : Math.min(...levels);
  const programme = setup.programme.code;
  const below = belowOf(asked, [top]);
  const places: DeskPlaces = { programme, handled: [], below };
  const time = deskTimeOf(asked, now);
  const period = ratePeriod(asked);
  const [counts, rates, entities, rows] = await Promise.all([
    deskCounts(parts.db, { places, time, level }),
    parts.cachedKpi({ programme, at: now, entities: below, ...period }),
    lateEntities(parts.db, { places, now, limit: maxEntities }),
    delayedCases(parts.db, { places, now, limit: maxUrgent }),
  ]);
  return {
    kind: "executive",
    programme: programmeOf(setup),
    entity: named(setup.entities, top),
    open: counts.open,
    delayed: counts.delayed,
    escalated: counts.escalated,
    toMe: level === undefined ? null : { level, count: counts.atLevel },
    countedAt: rates.at,
    ...period,
    figures: homeFigures(setup, roles, { figures: rates, live: { delayed: counts.delayed, backlog: counts.open } }),
    ratedOfInvited: rates.satisfaction.responseRate,
    day: dayOf(asked),
    confidentialCases: rates.confidentialCases,
    entities: entityLines(entities, setup),
    cases: await homeCases(parts, asked, rows),
  };
}
