/**
 * The rota: on which days a focal point's position is on duty. A day that it does not name, or whose position nobody holds, falls back to the turn
 * (`engine/letters/on-duty.ts`), so a gap needs no care.
 */

import sql from "sql-template-tag";
import { type Actor, can } from "../../engine/access/permissions.js";
import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { dateWords } from "../../engine/calendar/date-words.js";
import { nextFocalPointHours } from "../../engine/letters/letter-ways.js";
import { whoseTurn } from "../../engine/letters/on-duty.js";
import type { Seat, Setup } from "../../engine/setup/setup.js";
import { incumbent } from "../../engine/setup/setup-references.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction, type Tx } from "../../platform/db/transaction.js";

export interface DutyLine {
  readonly id: number;
  /** Code of the position. */
  readonly seat: string;
  readonly title: Bilingual;
  /** Who holds it now; null: nobody, and then the turn is followed. */
  readonly holder: string | null;
  /** Civil dates; both are of it. */
  readonly from: string;
  readonly to: string;
  readonly now: boolean;
}

export interface DutyRota {
  readonly programme: string;
  readonly entity: string;
  readonly name: Bilingual;
  /** Positions of focal points of the entity. */
  readonly positions: readonly { readonly seat: string; readonly title: Bilingual; readonly holder: string | null }[];
  /** What is on now or to come, the nearest first. */
  readonly lines: readonly DutyLine[];
  readonly mayEdit: boolean;
  /** Working hours until the next focal point hears; 0: all hear at once, and the rota decides nothing. */
  readonly hours: number;
  /** Whose turn it is this week, on days that the rota leaves open; null: nobody gets letters, or the rota decides nothing. */
  readonly turn: string | null;
}

interface Place {
  readonly programme: string;
  readonly entity: string;
}

export interface DutyRotaService {
  /** Entities whose rota the actor may read, in their order. */
  entities(a: {
    actor: Actor;
    programme: string;
  }): Promise<readonly { readonly code: string; readonly name: Bilingual }[]>;
  /** Problem not-found, also for an entity that is not the actor's. */
  of(a: Place & { actor: Actor; now: Date }): Promise<DutyRota>;
  /** Problems: not-found, forbidden, invalid-input (a fault a field; at `/from` the line that has one of these days). */
  add(a: Place & { seat: string; from: string; to: string; actor: Actor; now: Date }): Promise<void>;
  /** Problems: not-found, forbidden. One that is gone already is no fault. */
  remove(a: Place & { id: number; actor: Actor; now: Date }): Promise<void>;
}

/** So long a rota is planned ahead at most. */
const mostDays = 366;

const notOfEntity: FieldFault = { field: "/seat", reason: msg("people.dutyRota.choosePosition") };
const refused = (fault: FieldFault, faults = [fault]): Problem => new Problem("invalid-input", fault.reason, faults);

const notFound = (): Problem => new Problem("not-found", msg("people.dutyRota.entityNotFound"));

export function createDutyRota(d: { db: Database; setupOf: (programme: string) => Promise<Setup> }): DutyRotaService {
  async function placed(a: Place & { actor: Actor }): Promise<Setup> {
    const setup = await d.setupOf(a.programme);
    const { entity, programme, actor } = a;
    if (!setup.entities.has(entity) || !can(actor, "rota.read", { programme, entity, entities: setup.entities })) {
      throw notFound();
    }
    return setup;
  }
  async function editable(a: Place & { actor: Actor }): Promise<Setup> {
    const setup = await placed(a);
    const { entity, programme, actor } = a;
    if (!can(actor, "rota.edit", { programme, entity, entities: setup.entities })) {
      throw new Problem("forbidden", msg("people.dutyRota.notYours"));
    }
    return setup;
  }
  const positionsOf = (setup: Setup, entity: string) =>
    setup.seats.filter((seat) => seat.role === "focal_point" && seat.entity === entity && seat.code !== undefined);

  /**
   * Of two people who write the same rota at once, the second sees what the first wrote, and is refused. So is who names a
   * position that was retired or moved since the settings were read: nobody would see its days, and nobody could have them.
   */
  async function requireFree(
    a: Place & { seat: Seat; from: string; to: string; positions: readonly Seat[]; now: Date },
    transaction: Tx,
  ): Promise<void> {
    const { programme, entity, positions } = a;
    const lock = sql`select 1 from seats s join entities e on e.programme = s.programme and e.code = s.entity
      where s.id = ${a.seat.id} and s.programme = ${programme} and s.entity = ${entity} and s.retired_at is null
      for no key update of e for key share of s`;
    if ((await query(d.db, lock, transaction)).length === 0) throw refused(notOfEntity);
    const [other] = await query<{ seatId: number; title: Bilingual; from: string; to: string }>(
      d.db,
      sql`select s.id as "seatId", json_build_object('ar', s.title_ar, 'en', s.title_en) as title,
          w.first_day::text as "from", w.last_day::text as "to"
        from duty_days w join seats s on s.id = w.seat_id
        where w.programme = ${programme} and w.entity = ${entity}
          and daterange(w.first_day, w.last_day, '[]') && daterange(${a.from}::date, ${a.to}::date, '[]')
        order by w.first_day limit 1`,
      transaction,
    );
    if (other === undefined) return;
    const seat = positions.find(({ id }) => id === other.seatId);
    const holder = (seat && incumbent(seat, a.now)?.name) ?? null;
    const [from, to] = [dateWords(other.from), dateWords(other.to)];
    const reason =
      holder === null
        ? msg("people.dutyRota.takenByPosition", { title: other.title, from, to })
        : msg("people.dutyRota.takenBy", { name: holder, title: other.title, from, to });
    throw refused({ field: "/from", reason });
  }

  return {
    async entities({ actor, programme }) {
      const setup = await d.setupOf(programme);
      return [...setup.entities.values()]
        .filter(
          ({ code, retired }) =>
            !retired && can(actor, "rota.read", { programme, entity: code, entities: setup.entities }),
        )
        .map(({ code, name }) => ({ code, name }));
    },
    async of(a) {
      const setup = await placed(a);
      const { programme, entity, actor, now } = a;
      const today = civilDate(now, setup.programme.timeZone);
      const rows = await query<{ id: number; seatId: number; from: string; to: string }>(
        d.db,
        sql`select w.id, s.id as "seatId", w.first_day::text as "from", w.last_day::text as "to"
          from duty_days w join seats s on s.id = w.seat_id
          where w.programme = ${programme} and w.entity = ${entity} and w.last_day >= ${today}::date
          order by w.first_day`,
      );
      const positions = positionsOf(setup, entity);
      return {
        programme,
        entity,
        name: setup.entities.get(entity)?.name ?? { ar: entity, en: entity },
        positions: positions.map((seat) => ({
          seat: seat.code ?? "",
          title: seat.title,
          holder: incumbent(seat, now)?.name ?? null,
        })),
        lines: rows.flatMap(({ id, seatId, from, to }): DutyLine[] => {
          const seat = positions.find((one) => one.id === seatId);
          if (seat === undefined) return [];
          const holder = incumbent(seat, now)?.name ?? null;
          return [{ id, seat: seat.code ?? "", title: seat.title, holder, from, to, now: from <= today }];
        }),
        mayEdit: can(actor, "rota.edit", { programme, entity, entities: setup.entities }),
        hours: nextFocalPointHours(setup),
        turn: nextFocalPointHours(setup) === 0 ? null : (whoseTurn(entity, setup, now)?.name ?? null),
      };
    },
    async add(a) {
      const setup = await editable(a);
      const { programme, entity, from, to, actor, now } = a;
      const seat = positionsOf(setup, entity).find(({ code }) => code === a.seat);
      const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
      const today = dayNumberOf(civilDate(now, setup.programme.timeZone)) ?? 0;
      const faults: FieldFault[] = [];
      if (seat === undefined) faults.push(notOfEntity);
      if (first === null) faults.push({ field: "/from", reason: msg("people.dutyRota.enterDate") });
      if (last === null) faults.push({ field: "/to", reason: msg("people.dutyRota.enterDate") });
      if (first !== null && last !== null) {
        if (last < first) faults.push({ field: "/to", reason: msg("people.dutyRota.endsBeforeItBegins") });
        else if (last < today) faults.push({ field: "/to", reason: msg("people.dutyRota.isOver") });
        else if (last - today > mostDays) faults.push({ field: "/to", reason: msg("people.dutyRota.tooFar") });
      }
      const [fault] = faults;
      if (fault !== undefined || seat === undefined) throw refused(fault ?? notOfEntity, faults);
      await inTransaction(d.db, async (transaction) => {
        await requireFree(
          { programme, entity, seat, from, to, positions: positionsOf(setup, entity), now },
          transaction,
        );
        const addedBy = actor.kind === "user" ? actor.userId : null;
        await query(
          d.db,
          sql`insert into duty_days (seat_id, programme, entity, first_day, last_day, added_by, added_at)
            values (${seat.id}, ${programme}, ${entity}, ${from}, ${to}, ${addedBy}, ${now})`,
          transaction,
        );
        const data = { programme, seat: seat.code, role: seat.role, entity, from, to };
        await appendAudit(transaction, d.db, { stream: "permissions", type: "duty.added", actor, data, at: now });
      });
    },
    async remove(a) {
      await editable(a);
      const { programme, entity, id, actor, now } = a;
      await inTransaction(d.db, async (transaction) => {
        const [gone] = await query<{ seat: string; role: string; from: string; to: string }>(
          d.db,
          sql`delete from duty_days w using seats s where w.id = ${id} and s.id = w.seat_id and w.programme = ${programme}
            and w.entity = ${entity} returning s.code as seat, s.role, w.first_day::text as "from", w.last_day::text as "to"`,
          transaction,
        );
        if (gone === undefined) return;
        const data = { programme, entity, ...gone };
        await appendAudit(transaction, d.db, { stream: "permissions", type: "duty.removed", actor, data, at: now });
      });
    },
  };
}
