/** Writes of seats and of who sits on them from–to. Each change is an audit event in the same transaction. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Change, mayDirect } from "../../engine/access/permissions.js";
import type { RoleCode } from "../../engine/access/roles.js";
import { dateWords } from "../../engine/calendar/date-words.js";
import { normalEmail } from "../../engine/text/mail-address.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import { uniqueViolation } from "../../platform/db/errors.js";
import { type Database, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { createModels } from "../setup/tables/create-models.js";
import { endSessions } from "./accounts/session-store.js";
import { keepTheRoom } from "./operation-room.js";
import { noUser } from "./user-store.js";

const noSeat = (code: string): Problem =>
  new Problem("not-found", msg("people.seatRefusals.thereIsNoSeatIn", { code }));

function nobodyThere(code: string, field?: string): Problem {
  const reason = msg("people.seatRefusals.nobodyHoldsTheSeatThen", { code });
  return new Problem("not-found", reason, field === undefined ? [] : [{ field, reason }]);
}

function seatTaken(code: string, from: Date): Problem {
  const day = dateWords(from.toISOString().slice(0, 10));
  return new Problem("conflict", msg("people.seatRefusals.somebodyHoldsTheSeatIn", { code, day }));
}

/** Nobody gives rights to themselves: it takes another administrator, as for everybody else. */
export function notOneself(field?: string): Problem {
  const reason = msg("people.seatRefusals.nobodySeatsThemselvesAskAnother");
  return new Problem("forbidden", reason, field === undefined ? [] : [{ field, reason }]);
}

const notTheirOwn = (): Problem => new Problem("forbidden", msg("people.seatRefusals.nobodyMovesASeatOf"));

export interface SeatKey {
  readonly programme: string;
  /** Code of the seat. */
  readonly seat: string;
}

export interface NewSeat {
  readonly programme: string;
  readonly code: string;
  readonly role: RoleCode;
  readonly title: Bilingual;
  readonly entity: string | null;
  readonly sector: string | null;
}

/** A term that has ended or will: whose it was, and which it was. */
export interface EndedTerm {
  readonly term: number;
  readonly userId: number;
}

const badField = (field: string, reason: Bilingual): Problem =>
  new Problem("invalid-input", reason, [{ field, reason }]);

/** What somebody forgot to enter is entered later; what was long ago is history, and nobody writes it anew. */
const daysBack = 31;

/** Whoever works at the machine itself may tell of the past: the seed and the demo do. */
function requireRecent(field: string, at: Date, { by, now }: Change): void {
  if (by.kind !== "user" || at.getTime() >= now.getTime() - daysBack * 86_400_000) return;
  throw badField(field, msg("people.seatStore.itMayLieAtMost", { daysBack }));
}

/** The seat with all its terms, locked: whoever changes one waits for whoever changes it now. */
async function lockedSeat(db: Database, transaction: Transaction, { programme, seat: code }: SeatKey) {
  const models = createModels(db);
  const seat = await models.Seat.findOne({ where: { programme, code }, transaction, lock: true });
  if (seat === null || seat.retiredAt !== null) throw noSeat(code);
  const terms = await models.SeatHolder.findAll({
    where: { seatId: seat.id },
    order: [["heldFrom", "ASC"]],
    transaction,
  });
  return { seat, terms };
}
type LockedSeat = Awaited<ReturnType<typeof lockedSeat>>;
type Term = LockedSeat["terms"][number];

const runsAt = (term: Term, at: Date): boolean => term.heldFrom <= at && (term.heldTo === null || at < term.heldTo);

/** Whether the person who changes a position holds it, or will. */
const isTheirOwn = (terms: readonly Term[], { by, now }: Change): boolean =>
  by.kind === "user" && terms.some(({ userId, heldTo }) => userId === by.userId && (heldTo === null || now < heldTo));

/** Problems: conflict (the code is taken). */
export function createSeat(db: Database, a: NewSeat, change: Change): Promise<number> {
  return inTransaction(db, (transaction) => createSeatIn(db, a, change, transaction));
}

export async function createSeatIn(
  db: Database,
  a: NewSeat,
  { by, now }: Change,
  transaction: Transaction,
): Promise<number> {
  const { title, ...seat } = a;
  const { code, ...more } = a;
  const data = { ...more, seat: code };
  try {
    const row = await createModels(db).Seat.create({ ...seat, titleAr: title.ar, titleEn: title.en }, { transaction });
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.created", actor: by, data, at: now });
    return row.id;
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    const reason = msg("people.seatStore.thereIsASeatAlready", { code: a.code });
    throw new Problem("conflict", reason, [{ field: "/code", reason }]);
  }
}

/**
 * Gives a seat other words. `before`: the words that the editor saw; Problem conflict when somebody changed them since.
 * Problem not-found.
 */
export async function renameSeat(
  db: Database,
  a: SeatKey & { title: Bilingual; before: Bilingual },
  { by, now }: Change,
): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const { seat } = await lockedSeat(db, transaction, a);
    const from: Bilingual = { ar: seat.titleAr, en: seat.titleEn };
    const faults = (["ar", "en"] as const).flatMap((language): FieldFault[] => {
      if (from[language] === a.before[language]) return [];
      const reason = msg("people.seatStore.itReadsNow", { from: from[language] });
      return [{ field: language === "ar" ? "/titleAr" : "/titleEn", reason }];
    });
    if (faults.length > 0) {
      throw new Problem("conflict", msg("people.seatStore.somebodyChangedTheTitleOf"), faults);
    }
    if (from.ar === a.title.ar && from.en === a.title.en) return;
    await seat.update({ titleAr: a.title.ar, titleEn: a.title.en }, { transaction });
    const data = { programme: a.programme, seat: a.seat, from, to: a.title };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.renamed", actor: by, data, at: now });
  });
}

/** A position that is retired or leaves its entity is on duty there no more; its days are free for others. */
async function clearDuties(db: Database, transaction: Transaction, seatId: number): Promise<void> {
  await query(db, sql`delete from duty_days where seat_id = ${seatId}`, transaction);
}

/**
 * Says whose office a position is; null: of none. `before`: the code that the editor saw. Problems: not-found, invalid-input (`of`:
 * itself, or who may ask no other), conflict (changed meanwhile), forbidden (their own position).
 */
export async function setOffice(
  db: Database,
  a: SeatKey & { of: string | null; before: string | null },
  { by, now }: Change,
): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const { seat, terms } = await lockedSeat(db, transaction, a);
    const { Seat } = createModels(db);
    const was = seat.officeOf === null ? null : await Seat.findByPk(seat.officeOf, { transaction });
    if ((was?.code ?? null) === a.of) return;
    if ((was?.code ?? null) !== a.before) throw new Problem("conflict", msg("people.seatRefusals.officeMeanwhile"));
    const next =
      a.of === null
        ? null
        : await Seat.findOne({ where: { programme: a.programme, code: a.of, retiredAt: null }, transaction });
    if (a.of !== null && (next === null || next.id === seat.id || !mayDirect(next.role)))
      throw badField("/of", msg("people.seatRefusals.officeOfWhom"));
    if (isTheirOwn(terms, { by, now })) throw new Problem("forbidden", msg("people.seatRefusals.officeOfOneself"));
    await seat.update({ officeOf: next?.id ?? null }, { transaction });
    const data = { programme: a.programme, seat: a.seat, role: seat.role, from: was?.code ?? null, to: a.of };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.office-set", actor: by, data, at: now });
  });
}

/** Takes a seat out of use. Problems: not-found, not-now while somebody holds it or will. */
export function retireSeat(db: Database, a: SeatKey, change: Change): Promise<void> {
  return inTransaction(db, (transaction) => retireSeatIn(db, a, change, transaction));
}

export async function retireSeatIn(
  db: Database,
  a: SeatKey,
  { by, now }: Change,
  transaction: Transaction,
): Promise<void> {
  const { seat, terms } = await lockedSeat(db, transaction, a);
  if (terms.some(({ heldTo }) => heldTo === null || now < heldTo)) {
    throw new Problem("not-now", msg("people.seatStore.somebodyHoldsTheSeatOr", { seat: a.seat }));
  }
  await clearDuties(db, transaction, seat.id);
  await seat.update({ retiredAt: now }, { transaction });
  const data = { programme: a.programme, seat: a.seat, role: seat.role };
  await appendAudit(transaction, db, { stream: "permissions", type: "seat.retired", actor: by, data, at: now });
}

/** Gives a seat another place; whoever holds it comes along. Problems: not-found, forbidden (their own). */
export async function moveSeatIn(
  db: Database,
  a: SeatKey & { entity: string | null; sector: string | null },
  { by, now }: Change,
  transaction: Transaction,
): Promise<void> {
  const { seat, terms } = await lockedSeat(db, transaction, a);
  const { entity, sector } = a;
  const from = { entity: seat.entity, sector: seat.sector };
  // With the place come its cases: whoever will sit there as well counts.
  if (isTheirOwn(terms, { by, now })) throw notTheirOwn();
  await clearDuties(db, transaction, seat.id);
  await seat.update({ entity, sector }, { transaction });
  for (const { userId } of terms.filter((term) => runsAt(term, now))) await endSessions(db, transaction, userId);
  const data = { programme: a.programme, seat: a.seat, role: seat.role, from, to: { entity, sector } };
  await appendAudit(transaction, db, { stream: "permissions", type: "seat.moved", actor: by, data, at: now });
}

async function endRoleSessions(
  db: Database,
  transaction: Transaction,
  userId: number,
  from: Date,
  now: Date,
): Promise<void> {
  // What begins or ends later counts by itself: seats are read anew at each request.
  if (from <= now) await endSessions(db, transaction, userId);
}

/** Seats an account inside a transaction that holds the seat. */
async function seatUser(
  db: Database,
  transaction: Transaction,
  { seat, terms }: LockedSeat,
  a: { email: string; field: string; from: Date; to: Date | null } & Change,
): Promise<void> {
  const { field, from, to, by, now } = a;
  const models = createModels(db);
  const user = await models.User.findOne({ where: { email: normalEmail(a.email) }, transaction });
  if (user === null) throw noUser(a.email);
  if (by.kind === "user" && by.userId === user.id) throw notOneself();
  if (user.disabledAt !== null) {
    throw badField(field, msg("people.seatStore.thisAccountIsDisabledEnable"));
  }
  const other = terms.find((t) => (to === null || t.heldFrom < to) && (t.heldTo === null || from < t.heldTo));
  if (other !== undefined) throw seatTaken(seat.code, other.heldFrom);
  await models.SeatHolder.create({ seatId: seat.id, userId: user.id, heldFrom: from, heldTo: to }, { transaction });
  if (user.programme === null) await user.update({ programme: seat.programme }, { transaction });
  await endRoleSessions(db, transaction, user.id, from, now);
  const data = { programme: seat.programme, seat: seat.code, role: seat.role, userId: user.id, from, to };
  await appendAudit(transaction, db, { stream: "permissions", type: "seat.held", actor: by, data, at: now });
}

export interface EndOfTerm extends SeatKey {
  readonly at: Date;
  /** E-mail address of whoever follows; null: nobody does. */
  readonly successor: string | null;
  readonly reason: string | null;
}

export interface SeatTerm extends SeatKey {
  readonly email: string;
  readonly from: Date;
  /** Exclusive; left out while nobody knows. */
  readonly to?: Date | null;
}

/**
 * Seats somebody. A seat has one holder at a time. Problems: not-found, conflict (taken in that time), invalid-input,
 * forbidden (oneself).
 */
export async function holdSeat(db: Database, term: SeatTerm, { by, now }: Change): Promise<void> {
  const { from, email } = term;
  const to = term.to ?? null;
  if (to !== null && to <= from) {
    throw badField("/to", msg("people.seatStore.itMustBeAfterThe"));
  }
  requireRecent("/from", from, { by, now });
  await inTransaction(db, (transaction) => holdSeatIn(db, { ...term, email, to }, { by, now }, transaction));
}

export async function holdSeatIn(
  db: Database,
  term: SeatTerm,
  { by, now }: Change,
  transaction: Transaction,
): Promise<void> {
  const change = { email: term.email, field: "/email", from: term.from, to: term.to ?? null, by, now };
  await seatUser(db, transaction, await lockedSeat(db, transaction, term), change);
}

/** Gives the running term of a seat another end; null: while nobody knows. Problems: not-found, invalid-input, conflict, forbidden. */
export async function extendTerm(db: Database, a: SeatKey & { to: Date | null }, { by, now }: Change): Promise<void> {
  const { to } = a;
  await inTransaction(db, async (transaction) => {
    const { seat, terms } = await lockedSeat(db, transaction, a);
    const term = terms.find((one) => runsAt(one, now));
    if (term === undefined) throw nobodyThere(a.seat);
    if (by.kind === "user" && by.userId === term.userId) throw notOneself();
    if (to !== null && to <= now) {
      throw badField("/to", msg("people.seatStore.itMustLieAheadTo"));
    }
    const next = terms.find((one) => one.heldFrom > term.heldFrom);
    if (next !== undefined && (to === null || next.heldFrom < to)) throw seatTaken(seat.code, next.heldFrom);
    const from = term.heldTo;
    await term.update({ heldTo: to }, { transaction });
    if (to !== null && seat.role === "operation_room") {
      await keepTheRoom(db, transaction, { programme: seat.programme, userId: term.userId, at: to, by });
    }
    await query(db, sql`delete from hand_overs where term = ${term.id} and finished_at is null`, transaction);
    const data = { programme: a.programme, seat: a.seat, role: seat.role, userId: term.userId, from, to };
    await appendAudit(transaction, db, { stream: "permissions", type: "seat.extended", actor: by, data, at: now });
  });
}

/**
 * Ends the term of whoever holds the seat just before `at`, and seats the successor from then on, if one is named. A person
 * ends terms that run or are to come, not those that are over.
 * Problems: not-found (nobody holds it then, no such account), invalid-input, conflict, forbidden (oneself).
 */
export function endTerm(db: Database, a: EndOfTerm, change: Change): Promise<EndedTerm> {
  return inTransaction(db, (transaction) => endTermIn(db, a, change, transaction));
}

export async function endTermIn(
  db: Database,
  a: EndOfTerm,
  { by, now }: Change,
  transaction: Transaction,
): Promise<EndedTerm> {
  requireRecent("/at", a.at, { by, now });
  // Of a person's view: a term that was over already stays as it was.
  const since = by.kind === "user" && now > a.at ? now : a.at;
  const { seat, terms } = await lockedSeat(db, transaction, a);
  const term = terms.find((one) => one.heldFrom < a.at && (one.heldTo === null || since < one.heldTo));
  if (term === undefined) throw nobodyThere(a.seat, "/at");
  await term.update({ heldTo: a.at }, { transaction });
  const statement = sql`insert into hand_overs (term, reason) values (${term.id}, ${a.reason})
    on conflict (term) do update set reason = excluded.reason, finished_at = null`;
  await query(db, statement, transaction);
  const { userId } = term;
  const data = { programme: a.programme, seat: a.seat, role: seat.role, userId, to: a.at, reason: a.reason };
  await appendAudit(transaction, db, { stream: "permissions", type: "seat.left", actor: by, data, at: now });
  await endRoleSessions(db, transaction, userId, a.at, now);
  if (a.successor !== null) {
    const change = { email: a.successor, field: "/to", from: a.at, to: null, by, now };
    await seatUser(db, transaction, { seat, terms }, change);
  }
  // After the successor sits: one may follow the other.
  if (seat.role === "operation_room") {
    // A term may end a while back: what counts is who sits there from now on.
    await keepTheRoom(db, transaction, { programme: a.programme, userId, at: a.at > now ? a.at : now, by });
  }
  return { term: term.id, userId };
}

/** Ends a term without naming a successor. Problem not-found when nobody holds the seat just before `at`. */
export async function leaveSeat(db: Database, a: SeatKey & { at: Date }, change: Change): Promise<EndedTerm> {
  return endTerm(db, { ...a, successor: null, reason: null }, change);
}
