/**
 * The homes: for each of the seats that somebody holds, the numbers that this role acts on.
 *
 * Where a number bears the name of one of `diwan kpi` it is the same number. Those that lead to a list count what that list
 * shows its reader; figures of the whole programme also count confidential cases, which only their handlers can open.
 */

import { type Actor, caseReach, type HeldSeat } from "../../engine/access/permissions.js";
import { type HomeName, roleOf } from "../../engine/access/roles.js";
import { shiftDate, startOfDay } from "../../engine/calendar/civil-days.js";
import { type DeskGroup, deskGroups, deskTimeOf } from "../../engine/lifecycle/desk-groups.js";
import { happenedWindow, rateDays } from "../../engine/lifecycle/happened.js";
import { shownOnDesk } from "../../engine/measures/home-figures.js";
import type { AuditorDesk, FocalDesk, HomeDesk, HomeView, TriageDesk } from "../../engine/measures/home-view.js";
import { ratio } from "../../engine/measures/kpi-counts.js";
import { codesOf } from "../../engine/registry.js";
import type { InstructionToAcknowledge } from "../../engine/setup/instruction-views.js";
import { TookTooLong } from "../../platform/db/bounded-query.js";
import { newestSeal } from "../operations/operation-queries.js";
import { keepFigures } from "../reports/keep-figures.js";
import type { KpiSeries } from "../reports/kpi.js";
import { standingAt } from "../reports/standing.js";
import { contactDesk } from "./contact-desk.service.js";
import { committeeDesk, executiveDesk } from "./executive-desk.service.js";
import {
  belowOf,
  type DeskAsked,
  type DeskSetting,
  dayOf,
  days,
  type HomeParts,
  named,
  programmeOf,
  rateMs,
  whenReady,
} from "./home-parts.js";
import {
  answeredWithin,
  type DeskPlaces,
  deskCounts,
  deskWork,
  ownOnTime,
  triageCases,
  triageQueue,
} from "./home-queries.js";
import { queueLines, roomDesk } from "./room-desk.service.js";

/** Rows of a group that are in sight at first, and at most; what is beyond is a list. */
const defaultRows = 15;
const maxRows = 200;
/** Rows of a queue; each has the beginning of its text. */
const maxQueued = 15;
const entitiesOf = (seats: readonly HeldSeat[]): string[] => [
  ...new Set(seats.flatMap(({ entity }) => (entity === null ? [] : [entity]))),
];

function ratePeriod(asked: DeskAsked): { from: string; to: string } {
  const { today, tomorrow } = days(asked.setup, asked.now);
  return { from: shiftDate(today, 1 - rateDays), to: tomorrow };
}

/** @param seats those of a focal point or manager in this programme */
async function focalDesk(parts: HomeParts, asked: DeskAsked, seats: readonly HeldSeat[]): Promise<FocalDesk> {
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
    // Exactly the entities whose confidential cases these seats handle.
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
    repliesLate: counts?.groups.replyLate ?? work.reduce((sum, group) => sum + group.repliesLate, 0),
    reviewsLate: counts?.reviewsLate ?? work.reduce((sum, group) => sum + group.reviewsLate, 0),
    answeredThisWeek,
    onTime: ratio(own.kept, own.due),
    entityOnTime: rates === null ? null : rates.onTimeResolution,
  };
}

async function triageDesk(parts: HomeParts, asked: DeskAsked, seats: readonly HeldSeat[]): Promise<TriageDesk> {
  const { setup, now, reach } = asked;
  const programme = setup.programme.code;
  const time = deskTimeOf(asked, now);
  const sectors = [...new Set(seats.flatMap(({ sector }) => (sector === null ? [] : [sector])))];
  const [queue, ids] = await Promise.all([
    triageQueue(parts.db, { programme, sectors, reach, time }),
    triageCases(parts.db, { programme, sectors, reach, time, limit: maxQueued }),
  ]);
  const rows = await parts.deskRows({ programme, ids, actor: asked.actor, now, withText: true });
  return {
    kind: "triage",
    programme: programmeOf(setup),
    sectors: sectors.map((code) => named(setup.sectors, code)),
    queue: queueLines(queue, setup),
    waiting: queue.reduce((sum, { waiting }) => sum + waiting, 0),
    late: queue.reduce((sum, { late }) => sum + late, 0),
    repliesLate: queue.reduce((sum, { repliesLate }) => sum + repliesLate, 0),
    cases: ids.flatMap((id) => rows.get(id) ?? []),
  };
}

const maxChanges = 8;

async function auditorDesk(parts: HomeParts, { actor, setup, now }: DeskAsked): Promise<AuditorDesk> {
  const programme = setup.programme.code;
  const [seal, verification, changes] = await Promise.all([
    newestSeal(parts.db),
    parts.verification({ actor, now }),
    parts.lastChanges({ actor, programme, limit: maxChanges }),
  ]);
  return {
    kind: "auditor",
    programme: programmeOf(setup),
    lastSeal: seal && { number: seal.number, sealedAt: seal.sealedAt.toISOString() },
    verification: {
      state: verification.state,
      finishedAt: verification.last?.finishedAt ?? null,
      ok: verification.last?.ok ?? null,
    },
    changes: changes.map(({ id, at, who, part, sentence }) => ({ id, at: at.toISOString(), who, part, sentence })),
  };
}

/** How old figures of a whole branch or programme may be: they change slowly. */
const keptMs = 5 * 60_000;

type Desks = (parts: HomeParts, asked: DeskAsked, seats: readonly HeldSeat[]) => Promise<HomeDesk[]>;

/** In the order in which they are on the page. Seats of roles with this home make the desk; none, no desk. */
const desksOf: Readonly<Record<HomeName, Desks>> = {
  operation_room: async (parts, asked) => [await roomDesk(parts, asked)],
  main_focal_point: async (parts, asked, seats) => [await triageDesk(parts, asked, seats)],
  focal_point: async (parts, asked, seats) => [await focalDesk(parts, asked, seats)],
  executive: (parts, asked, seats) =>
    Promise.all(
      [...new Set(seats.flatMap(({ entity }) => (entity === null ? [] : [entity])))].map((top) =>
        executiveDesk(parts, asked, {
          top,
          roles: seats.filter(({ entity }) => entity === top).map(({ role }) => role),
        }),
      ),
    ),
  steering_committee: async (parts, asked) => [await committeeDesk(parts, asked)],
  auditor: async (parts, asked) => [await auditorDesk(parts, asked)],
  contact_centre_agent: async (parts, asked) => [await contactDesk(parts, asked)],
};

export type Home = (a: { actor: Actor; now: Date; setting?: DeskSetting }) => Promise<HomeView>;

const asItIs: DeskSetting = { narrowing: {}, rows: {} };

/** What was open and overdue at past moments may take so long, once in the time for which it is kept. */
const standingMostMs = 10_000;

/** A service that answers with the home of whoever asks; without a seat it is empty. */
export function createHome({
  series,
  ...given
}: Omit<HomeParts, "cachedKpi" | "cachedSeries" | "cachedStanding"> & { readonly series: KpiSeries }): Home {
  const parts: HomeParts = {
    ...given,
    cachedKpi: keepFigures(given.kpi, keptMs),
    cachedSeries: keepFigures(series, keptMs),
    cachedStanding: keepFigures(async ({ ends, at: _, ...asked }) => {
      const { timeZone } = (await given.policies.fresh(asked.programme)).setup.programme;
      const moments = ends.map((end) => startOfDay(end, timeZone));
      // Where it takes too long homes have these lines not, until it is asked again.
      return standingAt(given.db, { ...asked, moments }, standingMostMs).catch((error: unknown) => {
        if (error instanceof TookTooLong) return [];
        throw error;
      });
    }, keptMs),
  };
  return async ({ actor, now, setting = asItIs }) => {
    const seats = actor.kind === "user" ? actor.seats : [];
    const reach = caseReach(actor);
    const desks: HomeDesk[] = [];
    const toAcknowledge: InstructionToAcknowledge[] = [];
    for (const programme of [...new Set(seats.map((seat) => seat.programme))].sort()) {
      const { setup, calendar } = await parts.policies.fresh(programme);
      toAcknowledge.push(...(await parts.instructions.waiting({ actor, programme })));
      for (const home of codesOf(desksOf)) {
        const held = seats.filter((seat) => seat.programme === programme && roleOf[seat.role].home === home);
        if (held.length > 0)
          desks.push(...(await desksOf[home](parts, { actor, reach, setup, calendar, now, setting }, held)));
      }
    }
    return { at: now.toISOString(), toAcknowledge, desks };
  };
}
