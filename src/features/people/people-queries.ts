/** Lists of people and seats for whoever may read them. No password, no key of a second factor, no hash is ever selected. */
import type { Transaction } from "sequelize";
import sql, { raw, type Sql } from "sql-template-tag";
import type { RoleCode } from "../../engine/access/roles.js";
import type { LetterWay } from "../../engine/letters/letter-ways.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import { type Database, query } from "../../platform/db/query.js";

export interface TermHolder {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly disabled: boolean;
  readonly from: Date;
  /** Exclusive; null while nobody knows. */
  readonly to: Date | null;
}

export interface ListedSeat {
  readonly id: number;
  readonly programme: string;
  readonly code: string;
  readonly role: RoleCode;
  readonly title: Bilingual;
  readonly entity: string | null;
  readonly sector: string | null;
  /** Who sits there now, and who will next. A disabled account holds its seat in name only. */
  readonly holder: TermHolder | null;
  readonly next: TermHolder | null;
  /** Since when nobody holds it; null while somebody does, and where nobody ever did. */
  readonly emptySince: Date | null;
  readonly retiredAt: Date | null;
  /** The position that it is the office of: its code and title. */
  readonly officeOf: { readonly code: string; readonly title: Bilingual } | null;
  /** How it gets letters; null: as the programme says. And who chose that, and when. */
  readonly letters: LetterWay | null;
  readonly lettersBy: string | null;
  readonly lettersAt: Date | null;
}

const placeOfSeat = (s: Sql): Sql =>
  sql`'id', ${s}.id, 'role', ${s}.role, 'programme', ${s}.programme, 'entity', ${s}.entity, 'sector', ${s}.sector`;
/** A `HeldSeat` as JSON of the row `s` of seats, with the position that it is the office of. */
export const heldSeat = sql`jsonb_build_object(${placeOfSeat(raw("s"))}) || coalesce((select jsonb_build_object('officeOf',
  jsonb_build_object(${placeOfSeat(raw("f"))})) from seats f where f.id = s.office_of and f.retired_at is null), '{}')`;

const millis = (column: Sql): Sql => sql`(extract(epoch from ${column}) * 1000)::float8`;
/** Moments inside JSON, in milliseconds, of a term `h`. */
const termMoments = sql`'from', ${millis(sql`h.held_from`)}, 'to', ${millis(sql`h.held_to`)}`;
const holderWhere = (
  condition: Sql,
): Sql => sql`(select json_build_object('userId', u.id, 'name', u.name, 'email', u.email,
    'disabled', u.disabled_at is not null, ${termMoments})
  from seat_holders h join users u on u.id = h.user_id where h.seat_id = s.id and ${condition}
  order by h.held_from, h.id limit 1)`;

type Sent<Shape> = Omit<Shape, "from" | "to"> & { readonly from: number; readonly to: number | null };
const termOf = <Shape extends { from: Date; to: Date | null }>(sent: Sent<Shape>): Shape =>
  ({ ...sent, from: new Date(sent.from), to: sent.to === null ? null : new Date(sent.to) }) as unknown as Shape;

/** What a position is called, also where it is out of use; null: there is none of that number. */
export async function titleOfSeat(db: Database, id: number): Promise<Bilingual | null> {
  const statement = sql`select json_build_object('ar', title_ar, 'en', title_en) as title from seats where id = ${id}`;
  const [row] = await query<{ title: Bilingual }>(db, statement);
  return row?.title ?? null;
}

/** All seats of these programmes, also retired ones. */
export async function seatRows(db: Database, programmes: readonly string[], now: Date): Promise<ListedSeat[]> {
  type Row = Omit<ListedSeat, "holder" | "next" | "emptySince"> & {
    holder: Sent<TermHolder> | null;
    next: Sent<TermHolder> | null;
    lastLeft: Date | null;
  };
  const statement = sql`select s.id, s.programme, s.code, s.role, json_build_object('ar', s.title_ar, 'en', s.title_en) as title, s.entity, s.sector,
      ${holderWhere(sql`h.held_from <= ${now} and (h.held_to is null or ${now} < h.held_to)`)} as holder,
      ${holderWhere(sql`h.held_from > ${now}`)} as next,
      (select max(h.held_to) from seat_holders h where h.seat_id = s.id and h.held_to <= ${now}) as "lastLeft",
      s.retired_at as "retiredAt", (select json_build_object('code', f.code, 'title', json_build_object('ar', f.title_ar, 'en', f.title_en))
        from seats f where f.id = s.office_of) as "officeOf", s.letters, (select u.name from users u where u.id = s.letters_by) as "lettersBy",
      s.letters_at as "lettersAt"
    from seats s where s.programme = any(${[...programmes]}::text[]) order by s.programme, s.id`;
  const rows = await query<Row>(db, statement);
  return rows.map(({ lastLeft, holder, next, ...seat }) => ({
    ...seat,
    holder: holder === null ? null : termOf<TermHolder>(holder),
    next: next === null ? null : termOf<TermHolder>(next),
    emptySince: holder === null ? lastLeft : null,
  }));
}

export interface SeatTermRow extends TermHolder {
  /** Why it ended, where somebody said so. */
  readonly reason: string | null;
  /** How many cases changed hands with it; null while it lasts. */
  readonly handedOver: number | null;
}

/** Everybody who held, holds or will hold a seat, the latest first. */
export function termsOfSeat(db: Database, a: { programme: string; seat: string }): Promise<SeatTermRow[]> {
  const statement = sql`select u.id as "userId", u.name, u.email, u.disabled_at is not null as disabled, h.held_from as "from", h.held_to as "to",
      o.reason, case when o.finished_at is not null then o.cases end as "handedOver"
    from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
      left join hand_overs o on o.term = h.id
    where s.programme = ${a.programme} and s.code = ${a.seat} order by h.held_from desc, h.id desc`;
  return query<SeatTermRow>(db, statement);
}

export interface HeldSeatRow {
  readonly programme: string;
  readonly seat: string;
  readonly role: RoleCode;
  readonly title: Bilingual;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly from: Date;
  readonly to: Date | null;
}

export interface ListedUser {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  /** False: invited, or seeded, and no password chosen yet. */
  readonly signsIn: boolean;
  readonly secondFactor: boolean;
  /** Terms in the programmes that were asked for: now, later, and past ones. */
  readonly terms: readonly HeldSeatRow[];
  /** True when it is another programme's account too, by a seat now or later: whoever edits no users there may not edit it. */
  readonly elsewhere: boolean;
}

interface Reading {
  /** In which whoever reads may read users. */
  readonly programmes: readonly string[];
  readonly now: Date;
}

async function users(db: Database, { programmes, now }: Reading, id: number | null): Promise<ListedUser[]> {
  type Row = Omit<ListedUser, "terms"> & { terms: Sent<HeldSeatRow>[] };
  const own = sql`${[...programmes]}::text[]`;
  const statement = sql`select u.id, u.email, u.name, u.language, u.created_at as "createdAt", u.disabled_at as "disabledAt",
      u.password_hash is not null as "signsIn",
      exists (select 1 from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "secondFactor",
      coalesce(t.terms, '[]') as terms, coalesce(t.elsewhere, u.programme <> all(${own}), false) as elsewhere
    from users u left join lateral (
      select bool_or(s.programme <> all(${own})) filter (where h.held_to is null or ${now} < h.held_to) as elsewhere,
        json_agg(json_build_object('programme', s.programme, 'seat', s.code, 'role', s.role,
          'title', json_build_object('ar', s.title_ar, 'en', s.title_en), 'entity', s.entity, 'sector', s.sector,
          ${termMoments}) order by h.held_from desc, h.id desc)
          filter (where s.programme = any(${own})) as terms
      from seat_holders h join seats s on s.id = h.seat_id where h.user_id = u.id) t on true
    where (${id}::integer is null or u.id = ${id}) and (t.terms is not null or u.programme = any(${own}))
    order by u.id`;
  const rows = await query<Row>(db, statement);
  return rows.map((row) => ({ ...row, terms: row.terms.map(termOf<HeldSeatRow>) }));
}

/** Accounts that hold, held or will hold a seat in these programmes, and those that were made by them. */
export function userRows(db: Database, reading: Reading): Promise<ListedUser[]> {
  return users(db, reading, null);
}

/** One of `userRows`, or null. */
export async function userRow(db: Database, reading: Reading, id: number): Promise<ListedUser | null> {
  return (await users(db, reading, id))[0] ?? null;
}

/** When somebody last signed in, as the record tells; null: never. */
export async function lastSignInOf(db: Database, userId: number): Promise<Date | null> {
  // The newest first: people who work here daily are found at once.
  const statement = sql`select at from audit_events
    where stream = 'users' and type = 'account.signed-in' and data::json ->> 'userId' = ${String(userId)}::text
    order by seq desc limit 1`;
  return (await query<{ at: Date }>(db, statement))[0]?.at ?? null;
}

export interface AccountToSeat {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly disabled: boolean;
}

/** The accounts of these addresses, in lower case; those that do not exist are left out. */
export async function accountsToSeat(
  db: Database,
  emails: readonly string[],
  tx?: Transaction,
): Promise<AccountToSeat[]> {
  if (emails.length === 0) return [];
  const statement = sql`select id as "userId", name, email, language, disabled_at is not null as disabled
    from users where email = any(${[...emails]})`;
  return query<AccountToSeat>(db, statement, tx);
}

/** Codes of all seats that there are and were. */
export async function seatCodes(db: Database, programme: string, tx?: Transaction): Promise<string[]> {
  const statement = sql`select code from seats where programme = ${programme}`;
  return (await query<{ code: string }>(db, statement, tx)).map(({ code }) => code);
}
