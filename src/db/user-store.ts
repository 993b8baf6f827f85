/** Writes of people: accounts and the seats they sit on from–to. Each change is an audit event in the same transaction. */
import { hash, verify } from "@node-rs/argon2";
import type { Transaction } from "sequelize";
import type { Actor, HeldSeat } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { Bilingual, Language } from "../domain/text.js";
import type { Change } from "../services.js";
import { appendAudit } from "./audit-store.js";
import { uniqueViolation } from "./errors.js";
import { createModels } from "./models/create-models.js";
import { type Database, query, type Statement } from "./query.js";
import { inTransaction } from "./transaction.js";

const minimumPassword = 10;
const maximumPassword = 200;
// Argon2id (the library's default) at 19 MiB and two passes, as OWASP's password storage cheat sheet advises: about 20 ms.
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const normalEmail = (email: string): string => email.trim().normalize("NFC").toLowerCase();

const badField = (field: string, reason: Bilingual): Problem =>
  new Problem("invalid-input", { en: `${field.slice(1)}: ${reason.en}`, ar: `${field.slice(1)}: ${reason.ar}` }, [
    { field, reason },
  ]);

const noUser = (email: string): Problem =>
  new Problem("not-found", {
    en: `There is no user ${email}. Create the account first.`,
    ar: `لا يوجد مستخدم بالبريد ${email}. أنشئ الحساب أولاً.`,
  });

/** Argon2id of a password. Problem `invalid-input` when it is too short or absurdly long. */
async function hashPassword(password: string): Promise<string> {
  if (password.length < minimumPassword || password.length > maximumPassword) {
    throw badField("/password", {
      en: `A password has ${minimumPassword} to ${maximumPassword} characters.`,
      ar: `تتكوّن كلمة المرور من ${minimumPassword} إلى ${maximumPassword} حرفًا.`,
    });
  }
  return hash(password, argon);
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly language?: Language;
  /** Left out: the account exists, holds seats and gets mail, but nobody can sign in with it. */
  readonly password?: string;
}

/** Creates an account and gives its id. Problems: invalid-input, conflict (the e-mail is taken). */
export async function createUser(
  db: Database,
  user: NewUser,
  { by, now }: Change,
  outer?: Transaction,
): Promise<number> {
  const email = normalEmail(user.email);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw badField("/email", { en: "Write it like name@example.jo.", ar: "اكتبه مثل name@example.jo." });
  }
  const name = user.name.trim();
  if (name === "") throw badField("/name", { en: "A name is needed.", ar: "الاسم مطلوب." });
  const passwordHash = user.password === undefined ? null : await hashPassword(user.password);
  const work = async (transaction: Transaction): Promise<number> => {
    const row = await createModels(db).User.create(
      { email, name, language: user.language ?? "ar", passwordHash, createdAt: now },
      { transaction },
    );
    const data = { userId: row.id, email, name, signsIn: passwordHash !== null };
    await appendAudit(transaction, db, { stream: "users", type: "user.created", actor: by, data, at: now });
    return row.id;
  };
  try {
    return await (outer === undefined ? inTransaction(db, work) : work(outer));
  } catch (error) {
    if (uniqueViolation(error) !== "users_email_key") throw error;
    throw new Problem("conflict", {
      en: `There is a user ${email} already.`,
      ar: `يوجد مستخدم بالبريد ${email} من قبل.`,
    });
  }
}

async function changeUser(
  db: Database,
  a: { email: string; type: string; values: { passwordHash?: string; disabledAt?: Date | null } } & Change,
): Promise<void> {
  const email = normalEmail(a.email);
  await inTransaction(db, async (transaction) => {
    const user = await createModels(db).User.findOne({ where: { email }, transaction, lock: true });
    if (user === null) throw noUser(email);
    await user.update(a.values, { transaction });
    const data = { userId: user.id, email };
    await appendAudit(transaction, db, { stream: "users", type: a.type, actor: a.by, data, at: a.now });
  });
}

/** Problems: not-found, invalid-input. */
export async function setPassword(db: Database, a: { email: string; password: string } & Change): Promise<void> {
  const passwordHash = await hashPassword(a.password);
  await changeUser(db, { ...a, type: "user.password-set", values: { passwordHash } });
}

/** A disabled account keeps its seats in name only: it acts no more and is told nothing. Problem not-found. */
export async function disableUser(db: Database, a: { email: string } & Change): Promise<void> {
  await changeUser(db, { ...a, type: "user.disabled", values: { disabledAt: a.now } });
}

/** Problem not-found. */
export async function enableUser(db: Database, a: { email: string } & Change): Promise<void> {
  await changeUser(db, { ...a, type: "user.enabled", values: { disabledAt: null } });
}

// Checked where no such account exists, so that the answer takes as long as for a wrong password.
let decoy: Promise<string> | null = null;

/** The id of the account with this password, or null: wrong password, disabled, and no such account look the same. */
export async function userOfPassword(db: Database, a: { email: string; password: string }): Promise<number | null> {
  const user = await createModels(db).User.findOne({ where: { email: normalEmail(a.email) } });
  const usable = user !== null && user.disabledAt === null && user.passwordHash !== null;
  decoy ??= hash("nobody signs in with this", argon);
  const matches = await verify(usable ? (user.passwordHash ?? "") : await decoy, a.password.slice(0, maximumPassword));
  return usable && matches ? user.id : null;
}

export interface SeatTerm {
  readonly programme: string;
  /** Code of the seat. */
  readonly seat: string;
  readonly email: string;
  readonly from: Date;
  /** Exclusive; left out while nobody knows. */
  readonly to?: Date | null;
}

/** Seats somebody. A seat has one holder at a time. Problems: not-found, conflict (taken in that time), invalid-input. */
export async function holdSeat(db: Database, term: SeatTerm, { by, now }: Change): Promise<void> {
  const { programme, from } = term;
  const to = term.to ?? null;
  if (to !== null && to <= from) {
    throw badField("/to", { en: "It must be after the beginning.", ar: "يجب أن تكون النهاية بعد البداية." });
  }
  const models = createModels(db);
  await inTransaction(db, async (transaction) => {
    const seat = await models.Seat.findOne({ where: { programme, code: term.seat }, transaction, lock: true });
    if (seat === null || seat.retiredAt !== null) throw noSeat(term.seat);
    const user = await models.User.findOne({ where: { email: normalEmail(term.email) }, transaction });
    if (user === null) throw noUser(term.email);
    const holders = await models.SeatHolder.findAll({ where: { seatId: seat.id }, transaction });
    const other = holders.find((h) => (to === null || h.heldFrom < to) && (h.heldTo === null || from < h.heldTo));
    if (other !== undefined) throw seatTaken(term.seat, other.heldFrom);
    await models.SeatHolder.create({ seatId: seat.id, userId: user.id, heldFrom: from, heldTo: to }, { transaction });
    const data = { programme, seat: term.seat, role: seat.role, userId: user.id, from, to };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.held", actor: by, data, at: now });
  });
}

const noSeat = (code: string): Problem =>
  new Problem("not-found", { en: `There is no seat ${code} in use.`, ar: `لا يوجد مقعد مستخدم بالرمز ${code}.` });

function seatTaken(code: string, from: Date): Problem {
  const day = from.toISOString().slice(0, 10);
  return new Problem("conflict", {
    en: `Somebody holds the seat ${code} in that time (since ${day}). End that term first.`,
    ar: `يشغل شخص آخر المقعد ${code} في تلك المدة (منذ ${day}). أنهِ مدته أولاً.`,
  });
}

/** Ends the term of whoever holds the seat at `at`. Problem not-found when nobody does. */
export async function leaveSeat(
  db: Database,
  a: { programme: string; seat: string; at: Date },
  { by, now }: Change,
): Promise<void> {
  const models = createModels(db);
  await inTransaction(db, async (transaction) => {
    const seat = await models.Seat.findOne({
      where: { programme: a.programme, code: a.seat },
      transaction,
      lock: true,
    });
    if (seat === null) throw noSeat(a.seat);
    const holders = await models.SeatHolder.findAll({ where: { seatId: seat.id }, transaction });
    const holder = holders.find((h) => h.heldFrom < a.at && (h.heldTo === null || a.at < h.heldTo));
    if (holder === undefined) {
      throw new Problem("not-found", {
        en: `Nobody holds the seat ${a.seat} then.`,
        ar: `لا أحد يشغل المقعد ${a.seat} في ذلك الوقت.`,
      });
    }
    await holder.update({ heldTo: a.at }, { transaction });
    const data = { programme: a.programme, seat: a.seat, role: seat.role, userId: holder.userId, to: a.at };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.left", actor: by, data, at: now });
  });
}

/** $1 e-mail. */
const programmesStatement: Statement = {
  name: "programmes-of-user",
  text: `select u.id, (select coalesce(json_agg(distinct s.programme), '[]') from seat_holders h join seats s on s.id = h.seat_id
      where h.user_id = u.id) as programmes
    from users u where u.email = $1`,
};

/** Programmes in which an account holds, held or will hold a seat. Problem not-found. */
export async function programmesOfUser(db: Database, email: string): Promise<readonly string[]> {
  const [user] = await query<{ programmes: string[] }>(db, programmesStatement, [normalEmail(email)]);
  if (user === undefined) throw noUser(email);
  return user.programmes;
}

/** $1 e-mail, $2 the moment. */
const actorStatement: Statement = {
  name: "actor-of-email",
  text: `select u.id, u.name, u.disabled_at is not null as disabled, coalesce((
      select json_agg(json_build_object('role', s.role, 'programme', s.programme, 'entity', s.entity, 'sector', s.sector) order by s.id)
      from seat_holders h join seats s on s.id = h.seat_id
      where h.user_id = u.id and h.held_from <= $2 and (h.held_to is null or $2 < h.held_to) and s.retired_at is null), '[]') as seats
    from users u where u.email = $1`,
};

/** The user with the seats held at `now`. Problem not-found for no such account, forbidden for a disabled one. */
export async function actorOf(
  db: Database,
  a: { email: string; now: Date },
): Promise<Extract<Actor, { kind: "user" }>> {
  type Row = { id: number; name: string; disabled: boolean; seats: HeldSeat[] };
  const [user] = await query<Row>(db, actorStatement, [normalEmail(a.email), a.now]);
  if (user === undefined) throw noUser(a.email);
  if (user.disabled) {
    throw new Problem("forbidden", {
      en: `The account ${a.email} is disabled.`,
      ar: `الحساب ${a.email} معطّل.`,
    });
  }
  return { kind: "user", userId: user.id, name: user.name, seats: user.seats };
}

/**
 * Creates an administrator: an account with a seat of its own in the operation room of `programme`.
 * Problems: invalid-input, conflict (the e-mail is taken), not-found (no such programme).
 */
export async function createAdministrator(
  db: Database,
  a: Required<Pick<NewUser, "email" | "name" | "password">> & { programme: string } & Change,
): Promise<number> {
  const { programme, by, now } = a;
  const models = createModels(db);
  return inTransaction(db, async (transaction) => {
    if ((await models.Programme.count({ where: { code: programme }, transaction })) === 0) {
      throw new Problem("not-found", {
        en: `There is no programme “${programme}”. Run “diwan seed” first.`,
        ar: `لا يوجد برنامج بالرمز «${programme}». شغّل «diwan seed» أولاً.`,
      });
    }
    const userId = await createUser(db, a, { by, now }, transaction);
    const code = `OPERATION-ROOM-USER-${userId}`;
    const seat = await models.Seat.create(
      {
        programme,
        code,
        role: "operation_room",
        titleAr: "مسؤول في غرفة العمليات",
        titleEn: "Operation room administrator",
        entity: null,
        sector: null,
      },
      { transaction },
    );
    await models.SeatHolder.create({ seatId: seat.id, userId, heldFrom: now }, { transaction });
    const data = { programme, seat: code, role: seat.role, userId, from: now, to: null };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.held", actor: by, data, at: now });
    return userId;
  });
}
