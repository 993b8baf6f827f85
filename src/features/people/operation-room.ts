/** A programme always keeps somebody in its operation room: whoever could lock everybody out is refused. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Change } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Database, query } from "../../platform/db/query.js";
import { createModels } from "../setup/tables/create-models.js";

/**
 * Called after a change in its transaction: refuses it when it left the programme without anybody in its operation room at
 * `at`, or took the last one there who can sign in. Whoever works at the machine itself may do it: they can create an
 * administrator again. Problem not-now.
 * @param userId who went
 */
export async function keepTheRoom(
  db: Database,
  transaction: Transaction,
  a: { programme: string; userId: number; at: Date } & Pick<Change, "by">,
): Promise<void> {
  if (a.by.kind !== "user") return;
  // Two who unseat each other at the same moment would each still see the other sit.
  const lock = sql`select pg_advisory_xact_lock(hashtextextended('diwan operation room ' || ${a.programme}, 0))`;
  await query(db, lock, transaction);
  type Left = { seated: number; signingIn: number };
  const statement = sql`select count(distinct u.id)::integer as seated,
      count(distinct u.id) filter (where u.password_hash is not null)::integer as "signingIn"
    from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
    where s.programme = ${a.programme} and s.role = 'operation_room' and s.retired_at is null and u.disabled_at is null
      and h.held_from <= ${a.at} and (h.held_to is null or ${a.at} < h.held_to)`;
  const [left] = await query<Left>(db, statement, transaction);
  const gone = await createModels(db).User.findByPk(a.userId, { transaction });
  const needed = gone !== null && gone.passwordHash !== null ? left?.signingIn : left?.seated;
  if ((needed ?? 0) > 0) return;
  throw new Problem("not-now", msg("people.operationRoom.thisIsTheLastPerson"));
}

/** As `keepTheRoom`, for every operation room that an account sits in: it has just been disabled. */
export async function keepTheRooms(
  db: Database,
  transaction: Transaction,
  { userId, by, now }: { userId: number } & Change,
): Promise<void> {
  const statement = sql`select distinct s.programme from seat_holders h join seats s on s.id = h.seat_id
    where h.user_id = ${userId} and s.role = 'operation_room' and s.retired_at is null
      and h.held_from <= ${now} and (h.held_to is null or ${now} < h.held_to)
    order by s.programme`;
  for (const { programme } of await query<{ programme: string }>(db, statement, transaction)) {
    await keepTheRoom(db, transaction, { programme, userId, at: now, by });
  }
}
