/** Lists of people and seats for whoever may read them. No password, no key of a second factor, no hash is ever selected. */
import type { Transaction } from "sequelize";
import type { RoleCode } from "../../engine/access/roles.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import { type Database, query, type Statement } from "../../platform/db/query.js";

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
}

const millis = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const holderOf = (
  condition: string,
): string => `(select json_build_object('userId', u.id, 'name', u.name, 'email', u.email,
    'disabled', u.disabled_at is not null, 'from', ${millis("h.held_from")}, 'to', ${millis("h.held_to")})
  from seat_holders h join users u on u.id = h.user_id where h.seat_id = s.id and ${condition}
  order by h.held_from, h.id limit 1)`;

/** $1 programmes, $2 the moment. */
const seatList: Statement = {
  name: "list-seats",
  text: `select s.id, s.programme, s.code, s.role, json_build_object('ar', s.title_ar, 'en', s.title_en) as title, s.entity, s.sector,
  ${holderOf("h.held_from <= $2 and (h.held_to is null or $2 < h.held_to)")} as holder,
  ${holderOf("h.held_from > $2")} as next,
  (select max(h.held_to) from seat_holders h where h.seat_id = s.id and h.held_to <= $2) as "lastLeft",
  s.retired_at as "retiredAt"
from seats s where s.programme = any($1::text[]) order by s.programme, s.id`,
};

type Sent<Shape> = Omit<Shape, "from" | "to"> & { readonly from: number; readonly to: number | null };
const termOf = <Shape extends { from: Date; to: Date | null }>(sent: Sent<Shape>): Shape =>
  ({ ...sent, from: new Date(sent.from), to: sent.to === null ? null : new Date(sent.to) }) as unknown as Shape;

/** All seats of these programmes, also retired ones. */
export async function seatRows(db: Database, programmes: readonly string[], now: Date): Promise<ListedSeat[]> {
  type Row = Omit<ListedSeat, "holder" | "next" | "emptySince"> & {
    holder: Sent<TermHolder> | null;
    next: Sent<TermHolder> | null;
    lastLeft: Date | null;
  };
  const rows = await query<Row>(db, seatList, [[...programmes], now]);
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

/** $1 programme, $2 seat. */
const termList: Statement = {
  name: "terms-of-seat",
  text: `select u.id as "userId", u.name, u.email, u.disabled_at is not null as disabled, h.held_from as "from", h.held_to as "to",
  o.reason, case when o.finished_at is not null then o.cases end as "handedOver"
from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id left join hand_overs o on o.term = h.id
where s.programme = $1 and s.code = $2 order by h.held_from desc, h.id desc`,
};

/** Everybody who held, holds or will hold a seat, the latest first. */
export function termsOfSeat(db: Database, a: { programme: string; seat: string }): Promise<SeatTermRow[]> {
  return query<SeatTermRow>(db, termList, [a.programme, a.seat]);
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

/** $1 programmes, $2 one user's number or null, $3 the moment. */
const userList: Statement = {
  name: "list-users",
  text: `select u.id, u.email, u.name, u.language, u.created_at as "createdAt", u.disabled_at as "disabledAt",
  u.password_hash is not null as "signsIn",
  exists (select 1 from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "secondFactor",
  coalesce(t.terms, '[]') as terms, coalesce(t.elsewhere, u.programme <> all($1::text[]), false) as elsewhere
from users u left join lateral (
  select bool_or(s.programme <> all($1::text[])) filter (where h.held_to is null or $3 < h.held_to) as elsewhere,
    json_agg(json_build_object('programme', s.programme, 'seat', s.code, 'role', s.role,
      'title', json_build_object('ar', s.title_ar, 'en', s.title_en), 'entity', s.entity, 'sector', s.sector,
      'from', ${millis("h.held_from")}, 'to', ${millis("h.held_to")}) order by h.held_from desc, h.id desc)
      filter (where s.programme = any($1::text[])) as terms
  from seat_holders h join seats s on s.id = h.seat_id where h.user_id = u.id) t on true
where ($2::integer is null or u.id = $2) and (t.terms is not null or u.programme = any($1::text[]))
order by u.id`,
};

interface Reading {
  /** In which whoever reads may read users. */
  readonly programmes: readonly string[];
  readonly now: Date;
}

async function users(db: Database, { programmes, now }: Reading, id: number | null): Promise<ListedUser[]> {
  type Row = Omit<ListedUser, "terms"> & { terms: Sent<HeldSeatRow>[] };
  const rows = await query<Row>(db, userList, [[...programmes], id, now]);
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

/** $1 user. The newest first: whoever works here daily is found at once. */
const lastSignIn: Statement = {
  name: "last-sign-in",
  text: `select at from audit_events where stream = 'users' and type = 'account.signed-in' and data::json ->> 'userId' = $1::text
order by seq desc limit 1`,
};

/** When somebody last signed in, as the record tells; null: never. */
export async function lastSignInOf(db: Database, userId: number): Promise<Date | null> {
  return (await query<{ at: Date }>(db, lastSignIn, [String(userId)]))[0]?.at ?? null;
}

export interface AccountToSeat {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly disabled: boolean;
}

const byAddress: Statement = {
  name: "accounts-to-seat",
  text: `select id as "userId", name, email, language, disabled_at is not null as disabled from users where email = any($1)`,
};

/** The accounts of these addresses, in lower case; those that do not exist are left out. */
export async function accountsToSeat(
  db: Database,
  emails: readonly string[],
  tx?: Transaction,
): Promise<AccountToSeat[]> {
  return emails.length === 0 ? [] : query<AccountToSeat>(db, byAddress, [[...emails]], tx);
}

const codesOfSeats: Statement = { name: "codes-of-seats", text: "select code from seats where programme = $1" };

/** Of all that there are and were. */
export async function seatCodes(db: Database, programme: string, tx?: Transaction): Promise<string[]> {
  return (await query<{ code: string }>(db, codesOfSeats, [programme], tx)).map(({ code }) => code);
}
