/**
 * The periodic letters: weekly to the steering committee, daily to focal points.
 *
 * A digest is figured out once a programme (or entity) and stored as one message a receiver and period, all receivers of a
 * programme in one statement. Run twice, late or after a kill, it adds nothing: the key names receiver and period.
 */

import type { RoleCode } from "../../engine/access/roles.js";
import { civilDate, shiftDate, startOfDay } from "../../engine/calendar/civil-days.js";
import { clockSummary } from "../../engine/calendar/clock-summary.js";
import { workedOn } from "../../engine/calendar/ordinary-day.js";
import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import { morningAhead, wayOf } from "../../engine/letters/choose-delivery.js";
import type { MessageIntent } from "../../engine/letters/message-intent.js";
import type { MessageTemplate } from "../../engine/letters/message-kinds.js";
import {
  type CommitteeDigest,
  committeeDigest,
  digestWeeks,
  type EntityGroup,
  type FocalPointDigest,
  focalGroups,
  focalPointDigest,
  maxListed,
  weekBefore,
} from "../../engine/measures/digest-view.js";
import { figuresAt } from "../../engine/measures/kpi.js";
import type { Seat, SeatHolder, Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Language } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";
import { type DigestCaseRow, digestCases } from "./digest-queries.js";
import type { Kpi } from "./kpi.js";

export interface DigestDependencies {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly setupOf: (programme: string) => Promise<Setup>;
  /** The calendar that a clock was started with. */
  readonly calendarOf: (versionId: number) => Promise<WorkingCalendar>;
  /** The same that `diwan kpi` prints. */
  readonly kpi: Kpi;
  /** State of a new message: `kept` in a simulation, whose letters never leave. By default `pending`. */
  readonly messages?: NewMessageState;
  readonly render: (
    message: { template: MessageTemplate; language: Language; data: Readonly<Record<string, unknown>> },
    setup: Setup,
    options: { preview: boolean },
  ) => { readonly subject: string; readonly html: string; readonly text: string };
}

export const digestNames = ["committee", "focal-point"] as const;

export interface Digests {
  /** Stores last week's digest for every steering committee. Returns how many letters are new. */
  queueCommittee(a: { now: Date }): Promise<{ queued: number }>;
  /** Stores today's digest for every focal point who has something late, due or reopened; none on a day off. */
  queueFocalPoints(a: { now: Date }): Promise<{ queued: number }>;
  /** What a digest would tell now, as it would be stored. Problems: as of `preview`. */
  told(a: { name: string; at: Date; programme: string; entity?: string | null }): Promise<{
    readonly template: MessageTemplate;
    readonly data: Readonly<Record<string, unknown>>;
  }>;
  /**
   * A digest to look at, by its name or its job's; nothing is stored or sent, and confidential cases are not in it, which a focal
   * point's letter tells of. Problems: invalid-input (unknown name), not-found.
   */
  preview(a: {
    name: string;
    at: Date;
    language: Language;
    programme: string;
    /** For the focal point's digest; by default the entity with most to do. */
    entity?: string | null;
  }): Promise<{ readonly subject: string; readonly html: string; readonly text: string }>;
}

export function createDigests(d: DigestDependencies): Digests {
  async function committee(setup: Setup, now: Date): Promise<CommitteeDigest> {
    const programme = setup.programme.code;
    const last = weekBefore(civilDate(now, setup.programme.timeZone));
    const weeks = [];
    // The report time goes back week by week too, so that "delayed" was counted at the same hour of each week.
    for (let back = digestWeeks - 1; back >= 0; back--) {
      const period = { from: shiftDate(last.from, -7 * back), to: shiftDate(last.to, -7 * back) };
      const at = new Date(now.getTime() - back * 7 * 86_400_000);
      weeks.push({ ...period, figures: figuresAt("committeeDigest", await d.kpi({ programme, ...period, at })) });
    }
    const from = shiftDate(last.from, -7 * (digestWeeks - 1));
    const { groups = [], confidentialCases } = await d.kpi({ programme, from, to: last.to, at: now, by: "entity" });
    const entities = groups.flatMap(({ code, onTimeResolution, delayed }) => {
      const entity = setup.entities.get(code);
      return entity === undefined ? [] : [{ code, name: entity.name, onTimeResolution, delayed }];
    });
    return committeeDigest({ programme: setup.programme.name, at: now, weeks, entities, confidentialCases });
  }

  /**
   * What one entity has to do, with working time left by the calendar of each clock.
   * @param confidential true for a letter to those who handle these entities; nobody else is shown any of that
   */
  async function workOf(
    setup: Setup,
    entities: readonly string[],
    now: Date,
    confidential: boolean,
  ): Promise<Map<string, EntityGroup[]>> {
    const { code: programme, timeZone } = setup.programme;
    const endOfDay = startOfDay(shiftDate(civilDate(now, timeZone), 1), timeZone);
    const rows = await digestCases(d.db, { programme, entities, now, endOfDay, maxListed: maxListed, confidential });
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
        groups.push({ group, count: members[0]?.count ?? 0, cases });
      }
      work.set(entity, groups);
    }
    return work;
  }

  function focalPoint(a: {
    setup: Setup;
    entities: readonly string[];
    work: Map<string, EntityGroup[]>;
    now: Date;
  }): FocalPointDigest | null {
    return focalPointDigest({
      programme: a.setup.programme.name,
      date: civilDate(a.now, a.setup.programme.timeZone),
      at: a.now,
      entities: a.entities.flatMap((code) => a.setup.entities.get(code)?.name ?? []),
      groups: a.entities.flatMap((code) => a.work.get(code) ?? []),
    });
  }

  return {
    async queueCommittee({ now }) {
      let queued = 0;
      for (const programme of await d.programmes()) {
        const setup = await d.setupOf(programme);
        const receivers = holders(setup, "steering_committee", now);
        if (receivers.size === 0) continue;
        const digest = await committee(setup, now);
        const intents = [...receivers.values()].map(({ holder }) =>
          intent("digest-committee", holder, digest, `digest/committee/${programme}/${digest.from}`),
        );
        queued += await insertMessages(d.db, { programme, intents, now, state: d.messages ?? "pending" });
      }
      return { queued };
    },

    async queueFocalPoints({ now }) {
      let queued = 0;
      for (const programme of await d.programmes()) {
        const setup = await d.setupOf(programme);
        const receivers = holders(setup, "focal_point", now, wantsDigest);
        const calendar = await d.calendarOf(setup.calendar.versionId);
        if (receivers.size === 0 || !isWorkingDay(calendar, setup, now)) continue;
        const work = await workOf(
          setup,
          [...new Set([...receivers.values()].flatMap(({ entities }) => entities))],
          now,
          true,
        );
        const morning = morningAhead(now, calendar);
        const intents = [...receivers.values()].flatMap(({ holder, entities, seats }): MessageIntent[] => {
          const digest = focalPoint({ setup, entities, work, now });
          if (digest === null) return [];
          const made = intent("digest-focal-point", holder, digest, `digest/focal-point/${programme}/${digest.date}`);
          // Who hears once a day gets one letter in the morning: the list waits for what waits.
          const [seat] = seats;
          const isDaily = seats.every((one) => wayOf(one, setup) === "daily");
          return [isDaily && morning !== null ? { ...made, gather: { at: morning, seat: seat?.id ?? null } } : made];
        });
        queued += await insertMessages(d.db, { programme, intents, now, state: d.messages ?? "pending" });
      }
      return { queued };
    },

    async preview({ name, at, language, programme, entity }) {
      const { template, data } = await told({ name, at, programme, entity: entity ?? null });
      return d.render({ template, language, data }, await d.setupOf(programme), { preview: true });
    },
    told,
  };

  async function told({ name, at, programme, entity }: Parameters<Digests["told"]>[0]) {
    const setup = await d.setupOf(programme);
    const show = (template: MessageTemplate, digest: CommitteeDigest | FocalPointDigest) => ({
      template,
      data: { ...digest } as Readonly<Record<string, unknown>>,
    });
    const wanted = name.replace(/^digest-/, "").replace(/s$/, "");
    if (wanted === "committee") return show("digest-committee", await committee(setup, at));
    if (wanted !== "focal-point") throw unknownDigest(name);
    if (entity && !setup.entities.has(entity)) {
      throw new Problem("not-found", msg("reports.digests.thereIsNoEntity", { entity }));
    }
    const work = await workOf(setup, entity ? [entity] : [...setup.entities.keys()], at, false);
    const amount = (code: string) => (work.get(code) ?? []).reduce((sum, { count }) => sum + count, 0);
    const chosen = entity ?? [...work.keys()].sort((a, b) => amount(b) - amount(a) || (a < b ? -1 : 1))[0];
    const digest = chosen === undefined ? null : focalPoint({ setup, entities: [chosen], work, now: at });
    if (digest === null) {
      throw new Problem("not-found", msg("reports.digests.nothingIsLateDueToday"));
    }
    return show("digest-focal-point", digest);
  }
}

function intent(template: MessageTemplate, holder: SeatHolder, digest: object, period: string): MessageIntent {
  return {
    template,
    receiver: { kind: "user", userId: holder.userId },
    language: holder.language,
    data: { ...digest },
    key: `${period}/user/${holder.userId}`,
  };
}

/**
 * The morning's list is part of hearing once a day, and of hearing at once what happens; who hears each hour of what gets late has it in those
 * letters, and who wants none has the desk.
 */
function wantsDigest(seat: Seat, setup: Setup): boolean {
  const way = wayOf(seat, setup);
  return way === "daily" || way === "atOnce";
}

interface Receiver {
  readonly holder: SeatHolder;
  readonly entities: string[];
  readonly seats: Seat[];
}

/** Who holds a seat of the role at `now`, each once, with all such seats and their entities. */
function holders(
  setup: Setup,
  role: RoleCode,
  now: Date,
  wants: (seat: Seat, setup: Setup) => boolean = () => true,
): Map<number, Receiver> {
  const found = new Map<number, Receiver>();
  for (const seat of setup.seats.filter((s) => s.role === role && wants(s, setup))) {
    for (const holder of seat.holders) {
      if (holder.disabled || holder.from > now || (holder.to !== null && holder.to <= now)) continue;
      const entry = found.get(holder.userId) ?? { holder, entities: [], seats: [] };
      entry.seats.push(seat);
      if (seat.entity !== null && !entry.entities.includes(seat.entity)) entry.entities.push(seat.entity);
      found.set(holder.userId, entry);
    }
  }
  return found;
}

function isWorkingDay(calendar: WorkingCalendar, { programme }: Setup, now: Date): boolean {
  return workedOn(calendar, civilDate(now, programme.timeZone)) > 0;
}

function unknownDigest(name: string): Problem {
  const names = digestNames.join(", ");
  const reason = msg("reports.digests.thereIsNoDigestThere", { name, names });
  return new Problem("invalid-input", reason, [{ field: "name", reason }]);
}

function listed(
  row: DigestCaseRow,
  calendars: ReadonlyMap<number, WorkingCalendar>,
  setup: Setup,
  now: Date,
): EntityGroup["cases"][number] {
  const calendar = calendars.get(row.clock?.calendarVersionId ?? -1);
  const clock = row.clock !== null && calendar !== undefined ? clockSummary(row.clock, calendar, now) : null;
  return {
    reference: row.reference,
    subject: row.subject,
    importance: setup.importanceLevels.get(row.importance ?? "")?.name ?? null,
    dueAt: row.clock?.dueAt?.toISOString() ?? null,
    secondsLeft: clock?.secondsLeft ?? null,
    wall: clock?.wall ?? false,
    daySeconds: clock?.daySeconds ?? null,
    reopened: row.reopened,
  };
}
