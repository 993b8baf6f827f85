/**
 * How a position gets letters. The choice is the position's: its holder makes it, the next holder finds it as it is, and both see who
 * made it. People who edit people read it.
 */

import sql from "sql-template-tag";
import type { Actor } from "../../engine/access/permissions.js";
import { isLetterWay, type LetterWay, programmesWay } from "../../engine/letters/letter-ways.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";

export interface LettersOfSeat {
  readonly programme: string;
  /** Code of the position. */
  readonly seat: string;
  readonly title: Bilingual;
  /** Null: as the programme says. */
  readonly way: LetterWay | null;
  /** What the programme says for positions that chose nothing. */
  readonly usual: LetterWay;
  /** Who chose it, and when; null where nobody did. */
  readonly by: string | null;
  readonly at: Date | null;
}

export interface SeatLetters {
  /** How letters come to the positions that a person holds at `now`. */
  of(a: { actor: Actor; now: Date }): Promise<readonly LettersOfSeat[]>;
  /**
   * @param a.way null: as the programme says
   * @param a.before what the chooser saw
   * Problems: not-found (no position of theirs), invalid-input, conflict (somebody chose meanwhile).
   */
  choose(a: {
    programme: string;
    seat: string;
    way: string | null;
    before: string | null;
    actor: Actor;
    now: Date;
  }): Promise<void>;
}

interface SeatRow extends Omit<LettersOfSeat, "usual"> {
  readonly id: number;
  readonly role: string;
}

const heldBy = (userId: number, now: Date) => sql`exists (select 1 from seat_holders h where h.seat_id = s.id
  and h.user_id = ${userId} and h.held_from <= ${now} and (h.held_to is null or ${now} < h.held_to))`;

export function createSeatLetters(d: { db: Database; setupOf: (programme: string) => Promise<Setup> }): SeatLetters {
  return {
    async of({ actor, now }) {
      if (actor.kind !== "user") return [];
      const rows = await query<SeatRow>(
        d.db,
        sql`select s.id, s.role, s.programme, s.code as seat, json_build_object('ar', s.title_ar, 'en', s.title_en) as title,
            s.letters as way, u.name as by, s.letters_at as at
          from seats s left join users u on u.id = s.letters_by
          where s.retired_at is null and ${heldBy(actor.userId, now)} order by s.programme, s.id`,
      );
      return Promise.all(
        rows.map(async ({ id: _id, role: _role, ...row }) => {
          const { programme } = await d.setupOf(row.programme);
          return { ...row, usual: programmesWay(programme.settings) };
        }),
      );
    },
    async choose({ programme, seat, way, before, actor, now }) {
      const none = new Problem("not-found", msg("people.seatLetters.positionNotFound"));
      if (actor.kind !== "user") throw none;
      if (way !== null && !isLetterWay(way)) {
        const reason = msg("people.seatLetters.chooseOne");
        throw new Problem("invalid-input", reason, [{ field: "/way", reason }]);
      }
      await inTransaction(d.db, async (transaction) => {
        const [found] = await query<SeatRow>(
          d.db,
          sql`select s.id, s.role, s.letters as way from seats s where s.programme = ${programme} and s.code = ${seat}
            and s.retired_at is null and ${heldBy(actor.userId, now)} for update`,
          transaction,
        );
        if (found === undefined) throw none;
        if (found.way === way) return;
        if (found.way !== before) throw new Problem("conflict", msg("people.seatLetters.chosenMeanwhile"));
        await query(
          d.db,
          sql`update seats set letters = ${way}, letters_by = ${actor.userId}, letters_at = ${now} where id = ${found.id}`,
          transaction,
        );
        const data = { programme, seat, role: found.role, from: found.way, to: way };
        await appendAudit(transaction, d.db, {
          stream: "permissions",
          type: "seat.letters-chosen",
          actor,
          data,
          at: now,
        });
      });
    },
  };
}
