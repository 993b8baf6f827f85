/** The people of a programme's files: accounts without a password, and the seats they sit on. */

import { Op, type Transaction } from "sequelize";
import type { Change } from "../../engine/access/permissions.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import type { Database } from "../../platform/db/query.js";
import { removedCodes } from "../setup/remove-or-retire.js";
import { createModels } from "../setup/tables/create-models.js";
import type { ProgrammeConfiguration } from "./read-configuration.js";

/**
 * Adds the seats whose codes are not there, with their holders from the day that the file says; an account that exists is
 * used as it is. Seats that exist keep whoever sits on them.
 */
export async function seedPeople(
  db: Database,
  { code: programme, files }: ProgrammeConfiguration,
  { by, now }: Change,
  transaction: Transaction,
): Promise<{ users: number; seats: number }> {
  const models = createModels(db);
  const { seats, heldFrom } = files.people;
  const codes = seats.map((seat) => seat.code);
  const existing = await models.Seat.findAll({ where: { programme, code: { [Op.in]: codes } }, transaction });
  const known = new Set(existing.map((seat) => seat.code));
  const removed = await removedCodes(db, programme, transaction);
  const missing = seats.filter(({ code }) => !known.has(code) && !removed.has(`seats/${code}`));
  if (missing.length === 0) return { users: 0, seats: 0 };

  const people = new Map(missing.flatMap(({ holder }) => (holder === null ? [] : [[holder.email, holder]])));
  const emails = [...people.keys()];
  const accounts = await models.User.findAll({ where: { email: { [Op.in]: emails } }, transaction });
  const idOf = new Map(accounts.map((user) => [user.email, user.id]));
  const newcomers = [...people.values()].filter(({ email }) => !idOf.has(email));
  const created = await models.User.bulkCreate(
    newcomers.map(({ email, name, language }) => ({
      email,
      name,
      language: language ?? "ar",
      programme,
      createdAt: now,
    })),
    { transaction },
  );
  for (const user of created) idOf.set(user.email, user.id);

  const newSeats = await models.Seat.bulkCreate(
    missing.map(({ code, role, title, entity, sector }) => ({
      programme,
      code,
      role,
      titleAr: title.ar,
      titleEn: title.en,
      entity,
      sector,
    })),
    { transaction },
  );
  const seatIdOf = new Map(newSeats.map((seat) => [seat.code, seat.id]));
  const from = new Date(`${heldFrom}T00:00:00Z`);
  const holders = missing.flatMap(({ code, holder }) => {
    const [seatId, userId] = [seatIdOf.get(code), holder === null ? undefined : idOf.get(holder.email)];
    return seatId === undefined || userId === undefined ? [] : [{ seatId, userId, heldFrom: from }];
  });
  await models.SeatHolder.bulkCreate(holders, { transaction });

  const users = created.map((user) => ({ userId: user.id, email: user.email }));
  if (users.length > 0) {
    const data = { programme, users };
    await appendAudit(transaction, db, { stream: "users", type: "users.seeded", actor: by, data, at: now });
  }
  await appendAudit(transaction, db, {
    stream: "permissions",
    type: "seats.seeded",
    actor: by,
    data: {
      programme,
      from,
      seats: missing.map(({ code, role, entity, sector, holder }) => ({
        seat: code,
        role,
        entity,
        sector,
        userId: holder === null ? null : (idOf.get(holder.email) ?? null),
      })),
    },
    at: now,
  });
  return { users: created.length, seats: newSeats.length };
}
