/** Writes of people: accounts and the seats they sit on from–to. Each change is an audit event in the same transaction. */

import { hash, verify } from "@node-rs/argon2";
import type { Transaction } from "sequelize";
import sql, { type Sql } from "sql-template-tag";
import type { Actor, Change, HeldSeat } from "../../engine/access/permissions.js";
import type { AuditType } from "../../engine/audit/audit-types.js";
import { isMailAddress, normalEmail } from "../../engine/text/mail-address.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "../../engine/text/text.js";
import { unreadableText } from "../../engine/text/unreadable-text.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { uniqueViolation } from "../../platform/db/errors.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { createModels } from "../setup/tables/create-models.js";
import { voidLinks } from "./accounts/link-store.js";
import { endSessions } from "./accounts/session-store.js";
import { keepTheRooms } from "./operation-room.js";
import { heldSeat } from "./people-queries.js";

const minimumPassword = 10;
const maximumPassword = 200;
// Argon2id (the library's default) at 19 MiB and two passes, as OWASP's password storage cheat sheet advises: about 20 ms.
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const badField = (field: string, reason: Bilingual): Problem =>
  new Problem(
    "invalid-input",
    perLanguage((language) => `${field.slice(1)}: ${inLanguage(reason, language)}`),
    [{ field, reason }],
  );

export const noUser = (email: string): Problem =>
  new Problem("not-found", msg("people.userStore.thereIsNoUserCreate", { email }));

/** Why it cannot be a password: too short or absurdly long; null: it can. */
export const passwordFault = (password: string): Bilingual | null =>
  password.length < minimumPassword || password.length > maximumPassword
    ? msg("people.userStore.aPasswordHasToCharacters", { minimumPassword, maximumPassword })
    : null;

/** Argon2id of a password. Problem `invalid-input` where it cannot be one. */
export async function hashPassword(password: string): Promise<string> {
  const fault = passwordFault(password);
  if (fault !== null) throw badField("/password", fault);
  return hash(password, argon);
}

const longestName = 120;

/** A name as it is stored. Problem invalid-input. */
function personName(written: string): string {
  const name = written.trim().normalize("NFC");
  if (name === "") throw badField("/name", msg("people.userStore.aNameIsNeeded"));
  if (name.length > longestName) {
    throw badField("/name", msg("people.userStore.aNameHasAtMost", { longestName }));
  }
  const unreadable = unreadableText(name, { lines: false });
  if (unreadable !== null) throw badField("/name", unreadable);
  return name;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  /** Whose it is while it has no seat. */
  readonly programme?: string | null;
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
  if (!isMailAddress(email)) {
    throw badField("/email", msg("people.userStore.writeItLikeNameExampleJo"));
  }
  const name = personName(user.name);
  const programme = user.programme ?? null;
  const passwordHash = user.password === undefined ? null : await hashPassword(user.password);
  const work = async (transaction: Transaction): Promise<number> => {
    const row = await createModels(db).User.create(
      { email, name, language: user.language ?? "ar", programme, passwordHash, createdAt: now },
      { transaction },
    );
    const told = { userId: row.id, email, name, signsIn: passwordHash !== null };
    const data = programme === null ? told : { ...told, programme };
    await appendAudit(transaction, db, { stream: "users", type: "user.created", actor: by, data, at: now });
    return row.id;
  };
  try {
    return await (outer === undefined ? inTransaction(db, work) : work(outer));
  } catch (error) {
    if (uniqueViolation(error) !== "users_email_key") throw error;
    throw new Problem("conflict", msg("people.userStore.thereIsAUserAlready", { email }));
  }
}

/** What changes how somebody signs in ends all sessions of the account, and its links work no more. */
async function changeUser(
  db: Database,
  a: {
    email: string;
    type: AuditType;
    values: { passwordHash?: string; disabledAt?: Date | null };
    /** Throws the Problem why the change, which has just been made, may not stand. */
    allowed?: (transaction: Transaction, userId: number) => Promise<void>;
  } & Change,
): Promise<number> {
  const email = normalEmail(a.email);
  return inTransaction(db, async (transaction) => {
    const user = await createModels(db).User.findOne({ where: { email }, transaction, lock: true });
    if (user === null) throw noUser(email);
    await user.update(a.values, { transaction });
    await a.allowed?.(transaction, user.id);
    await voidLinks(db, { userId: user.id, now: a.now }, transaction);
    await endSessions(db, transaction, user.id);
    const data = { userId: user.id, email };
    await appendAudit(transaction, db, { stream: "users", type: a.type, actor: a.by, data, at: a.now });
    return user.id;
  });
}

/** What of an account can be edited; the e-mail address is who somebody is and stays. */
export interface UserWords {
  readonly name: string;
  readonly language: Language;
}

const changedMeanwhile: Bilingual = msg("people.userStore.changedMeanwhile");

/**
 * Gives an account another name or language. `before`: what the editor saw; Problem conflict, with what it is now, when
 * somebody changed it since. Problems: not-found, invalid-input.
 */
export async function editUser(
  db: Database,
  a: { email: string; to: UserWords; before: UserWords } & Change,
): Promise<void> {
  const to = { name: personName(a.to.name), language: a.to.language };
  await inTransaction(db, async (transaction) => {
    const where = { email: normalEmail(a.email) };
    const user = await createModels(db).User.findOne({ where, transaction, lock: true });
    if (user === null) throw noUser(a.email);
    const from: UserWords = { name: user.name, language: user.language };
    const faults = (["name", "language"] as const).flatMap((key) => {
      const reason = msg("people.userStore.itIsNow", { from: from[key] });
      return from[key] === a.before[key] ? [] : [{ field: `/${key}`, reason }];
    });
    if (faults.length > 0) throw new Problem("conflict", changedMeanwhile, faults);
    if (from.name === to.name && from.language === to.language) return;
    await user.update(to, { transaction });
    const data = { userId: user.id, email: user.email, from, to };
    await appendAudit(transaction, db, { stream: "users", type: "user.edited", actor: a.by, data, at: a.now });
  });
}

/** Problems: not-found, invalid-input. */
export async function setPassword(db: Database, a: { email: string; password: string } & Change): Promise<void> {
  const passwordHash = await hashPassword(a.password);
  await changeUser(db, { ...a, type: "user.password-set", values: { passwordHash } });
}

/**
 * A disabled account keeps its seats in name only: it acts no more and is told nothing. Its number.
 * Problems: not-found, conflict (the last one of an operation room).
 */
export async function disableUser(db: Database, a: { email: string } & Change): Promise<number> {
  return changeUser(db, {
    ...a,
    type: "user.disabled",
    values: { disabledAt: a.now },
    allowed: (transaction, userId) => keepTheRooms(db, transaction, { userId, by: a.by, now: a.now }),
  });
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

export interface AccountProgrammes {
  readonly userId: number;
  /** Whose account it is: of every programme with a term that runs or is to come; without any, of the one that made it. */
  readonly own: readonly string[];
  /** Where the person sits now. */
  readonly seated: readonly string[];
}

/** Null when there is no such account. */
export async function accountProgrammes(
  db: Database,
  a: { email: string; now: Date },
): Promise<AccountProgrammes | null> {
  if (a.email.includes("\0")) return null;
  type Found = { userId: number; home: string | null; lasting: string[]; seated: string[] };
  const statement = sql`select u.id as "userId", u.programme as home,
      coalesce(json_agg(distinct s.programme) filter (where s.programme is not null), '[]') as lasting,
      coalesce(json_agg(distinct s.programme) filter (where h.held_from <= ${a.now}), '[]') as seated
    from users u left join seat_holders h on h.user_id = u.id and (h.held_to is null or ${a.now} < h.held_to)
      left join seats s on s.id = h.seat_id
    where u.email = ${normalEmail(a.email)} group by u.id`;
  const [found] = await query<Found>(db, statement);
  if (found === undefined) return null;
  const { userId, home, lasting, seated } = found;
  return { userId, own: lasting.length > 0 || home === null ? lasting : [home], seated };
}

type ActorRow = { id: number; name: string; disabled: boolean; seats: HeldSeat[] };

/** Who a person is at a moment, by the seats held then; the one for which `condition` holds of `u`. */
async function actorWhere(db: Database, condition: Sql, now: Date): Promise<ActorRow | undefined> {
  const statement = sql`select u.id, u.name, u.disabled_at is not null as disabled, coalesce((
      select json_agg(${heldSeat} order by s.id)
      from seat_holders h join seats s on s.id = h.seat_id
      where h.user_id = u.id and h.held_from <= ${now} and (h.held_to is null or ${now} < h.held_to)
        and s.retired_at is null), '[]') as seats
    from users u where ${condition}`;
  return (await query<ActorRow>(db, statement))[0];
}

/** The person with the seats held at `now`, for work that goes on without them; null: the account is gone or disabled. */
export async function actorNumbered(
  db: Database,
  a: { userId: number; now: Date },
): Promise<Extract<Actor, { kind: "user" }> | null> {
  const user = await actorWhere(db, sql`u.id = ${a.userId}`, a.now);
  if (user === undefined || user.disabled) return null;
  return { kind: "user", userId: user.id, name: user.name, seats: user.seats };
}

/** The user with the seats held at `now`. Problem not-found for no such account, forbidden for a disabled one. */
export async function actorOf(
  db: Database,
  a: { email: string; now: Date },
): Promise<Extract<Actor, { kind: "user" }>> {
  const user = await actorWhere(db, sql`u.email = ${normalEmail(a.email)}`, a.now);
  if (user === undefined) throw noUser(a.email);
  if (user.disabled) {
    throw new Problem("forbidden", msg("people.userStore.theAccountIsDisabled", { email: a.email }));
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
    if ((await models.programmes.count({ where: { code: programme }, transaction })) === 0) {
      throw new Problem("not-found", msg("people.userStore.thereIsNoProgrammeRun", { programme }));
    }
    const userId = await createUser(db, a, { by, now }, transaction);
    const code = `OPERATION-ROOM-USER-${userId}`;
    const firstTitle = msg("people.userStore.firstTitle");
    const seat = await models.Seat.create(
      {
        programme,
        code,
        role: "operation_room",
        titleAr: firstTitle.ar,
        titleEn: firstTitle.en,
        entity: null,
        sector: null,
      },
      { transaction },
    );
    await models.SeatHolder.create({ seatId: seat.id, userId, heldFrom: now }, { transaction });
    const place = { entity: null, sector: null };
    const data = { programme, seat: code, role: seat.role, ...place, userId, from: now, to: null };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.held", actor: by, data, at: now });
    return userId;
  });
}
