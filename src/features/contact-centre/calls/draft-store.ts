/** Calls that agents are typing. A draft is read and written by its agent alone. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { lookedUpMs, onlyLookedUp, secondsSince } from "../../../engine/contact-centre/typed-call.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { soughtIn } from "../../cases/list/find-applicant.js";

/** By name of the input. */
export type TypedCall = Readonly<Record<string, string>>;

export interface CallDraft {
  readonly id: number;
  /** Made by the window in which it was begun; no one can guess it. */
  readonly token: string;
  readonly programme: string;
  readonly typed: TypedCall;
  readonly version: number;
  readonly begunAt: Date;
  readonly updatedAt: Date;
  /** How long its agent has worked on it. */
  readonly seconds: number;
}

interface Whose {
  readonly agent: number;
  readonly token: string;
}

const columns = sql`id, token, programme, typed, version, begun_at as "begunAt", updated_at as "updatedAt", seconds`;

/** Drafts in which something was typed, the newest first; a call that was only looked up ends by itself after a while. */
export function callDraftsOf(db: Database, { agent, now }: { agent: number; now: Date }): Promise<CallDraft[]> {
  const lately = new Date(now.getTime() - lookedUpMs);
  return query<CallDraft>(
    db,
    sql`select ${columns} from call_drafts where agent = ${agent} and version > 0 and taken_by is null
      and (told or updated_at >= ${lately}) order by updated_at desc, id desc`,
  );
}

export async function callDraftOf(db: Database, { agent, token }: Whose): Promise<CallDraft | null> {
  const statement = sql`select ${columns} from call_drafts where agent = ${agent} and token = ${token} and taken_by is null`;
  return (await query<CallDraft>(db, statement))[0] ?? null;
}

/** Its one written form; null: none was typed, or who calls stays unknown. */
function typedPhone(typed: TypedCall, country: string): string | null {
  const sought = typed.anonymous === "yes" ? null : soughtIn(typed.phone ?? "", country);
  return sought?.by === "phone" ? sought.value : null;
}

/**
 * The new version; null where another window wrote something newer, where it is gone, or where `most` are there already in which
 * something was told.
 * @param a.country where a number without a code is dialled
 */
export async function keepCallDraft(
  db: Database,
  a: Whose & { programme: string; typed: TypedCall; country: string; based: number; most: number; now: Date },
): Promise<number | null> {
  const typed = JSON.stringify(a.typed);
  const told = !onlyLookedUp(a.typed);
  const phone = typedPhone(a.typed, a.country);
  const statement = sql`with own as (select version from call_drafts where token = ${a.token} and agent = ${a.agent}),
    room as (select not ${told}::boolean or count(*) < ${a.most}::integer as there from call_drafts
      where agent = ${a.agent} and told and taken_by is null),
    changed as (
      update call_drafts set typed = ${typed}::jsonb, version = version + 1, updated_at = ${a.now}, told = ${told}, typed_phone = ${phone}
      where token = ${a.token} and agent = ${a.agent} and version = ${a.based} and taken_by is null
        and (told or (select there from room)) returning version),
    added as (
      insert into call_drafts (agent, programme, token, typed, version, begun_at, updated_at, active_at, in_front, told, typed_phone)
      select ${a.agent}::integer, ${a.programme}, ${a.token}, ${typed}::jsonb, 1, ${a.now}::timestamptz, ${a.now}::timestamptz,
        ${a.now}::timestamptz, true, ${told}::boolean, ${phone}::text
      where ${a.based}::integer = 0 and not exists (select 1 from own) and (select there from room)
      on conflict do nothing returning version)
    select coalesce((select version from changed), (select version from added)) as version`;
  return (await query<{ version: number | null }>(db, statement))[0]?.version ?? null;
}

/**
 * Notes what a look-up found, in the call for which it was asked; a call in which nothing else was done is begun by it.
 * @param a.phone the number that was looked for; null: something else was
 */
export async function noteFound(
  db: Database,
  a: Whose & { programme: string; found: readonly number[]; phone: string | null; now: Date },
): Promise<void> {
  const statement = sql`insert into call_drafts (agent, programme, token, typed, found, sought_phone, begun_at, updated_at, active_at, in_front)
    values (${a.agent}, ${a.programme}, ${a.token}, '{}', ${a.found}::bigint[], ${a.phone}, ${a.now}, ${a.now}, ${a.now}, true)
    on conflict (token) do update set found = excluded.found, sought_phone = excluded.sought_phone, updated_at = excluded.updated_at
    where call_drafts.agent = excluded.agent and call_drafts.taken_by is null`;
  await query(db, statement);
}

/** Something else is in front of the agent from here on: another call, an application that is there, or a call-back. */
export async function setAside(
  db: Database,
  { agent, now }: { agent: number; now: Date },
  transaction: Transaction,
): Promise<void> {
  const inFront = await query<{ id: number; activeAt: Date }>(
    db,
    sql`select id, active_at as "activeAt" from call_drafts where agent = ${agent} and in_front for update`,
    transaction,
  );
  for (const { id, activeAt } of inFront) {
    const seconds = secondsSince({ activeAt, now });
    await query(
      db,
      sql`update call_drafts set seconds = seconds + ${seconds}, in_front = false where id = ${id}`,
      transaction,
    );
  }
}

/**
 * Something is done in a call, and is stored next: what passed since the agent last did something is of the call that was in front of
 * them, and from here on this one is.
 */
export async function countCallTime(db: Database, { agent, token, now }: Whose & { now: Date }): Promise<void> {
  await inTransaction(db, async (tx) => {
    await setAside(db, { agent, now }, tx);
    await query(
      db,
      sql`update call_drafts set active_at = ${now}, in_front = true
        where token = ${token} and agent = ${agent} and taken_by is null`,
      tx,
    );
  });
}

/** A case that a look-up of this call found, by its place there; null: none is at that place. */
export async function referenceFound(
  db: Database,
  { agent, token, row }: Whose & { row: number },
): Promise<string | null> {
  const statement = sql`select c.reference from call_drafts d join cases c on c.id = d.found[${row + 1}::integer]
    where d.agent = ${agent} and d.token = ${token}`;
  return (await query<{ reference: string }>(db, statement))[0]?.reference ?? null;
}

/** Cases that the look-ups of this call found, in their order there. */
export async function foundIn(db: Database, { agent, token }: Whose): Promise<readonly number[]> {
  const statement = sql`select f.id from call_drafts, unnest(found) with ordinality f(id, place)
    where agent = ${agent} and token = ${token} order by f.place`;
  return (await query<{ id: number }>(db, statement)).map(({ id }) => Number(id));
}

/** The name of the colleague who goes on with a call; null: no one does. */
export async function whoTookOver(db: Database, { agent, token }: Whose): Promise<string | null> {
  const statement = sql`select u.name from call_drafts d join users u on u.id = d.taken_by
    where d.agent = ${agent} and d.token = ${token}`;
  return (await query<{ name: string }>(db, statement))[0]?.name ?? null;
}

/** Whose a call was when it began: theirs, unless they went on with a colleague's. One call is saved under one name, whichever agent saves it first. */
export async function begunAs(db: Database, { agent, token }: Whose): Promise<Whose> {
  const statement = sql`with recursive before as (
      select 1 as nth, agent, token from call_drafts where taken_by = ${agent} and taken_token = ${token}
      union all select b.nth + 1, d.agent, d.token from before b join call_drafts d on d.taken_by = b.agent and d.taken_token = b.token)
    select agent, token from before order by nth desc limit 1`;
  return (await query<Whose>(db, statement))[0] ?? { agent, token };
}

/** What was typed in a call becomes another agent's; what is left of it says who has it. The caller holds its row. */
export async function insertTakenOver(
  db: Database,
  tx: Transaction,
  a: { from: number; agent: number; token: string; found: readonly number[]; phone: string; now: Date },
): Promise<void> {
  const moved = sql`insert into call_drafts (agent, programme, token, typed, version, begun_at, updated_at, active_at, in_front, told,
      found, sought_phone, typed_phone)
    select ${a.agent}::integer, programme, ${a.token}, typed, 1, ${a.now}::timestamptz, ${a.now}::timestamptz, ${a.now}::timestamptz, true, told,
      ${a.found}::bigint[], ${a.phone}, typed_phone
    from call_drafts where id = ${a.from}`;
  await query(db, moved, tx);
  const left = sql`update call_drafts set taken_by = ${a.agent}, taken_token = ${a.token}, taken_at = ${a.now}, typed = '{}', told = false, found = '{}',
      sought_phone = null, typed_phone = null, in_front = false where id = ${a.from}`;
  await query(db, left, tx);
}

export async function forgetCallDraft(db: Database, { agent, token }: Whose): Promise<void> {
  await query(db, sql`delete from call_drafts where agent = ${agent} and token = ${token} and taken_by is null`);
}

/** Forgets what no one has typed in since a moment, and what was only looked up since another; how many. */
export async function forgetOldCallDrafts(
  db: Database,
  { before, lookedBefore }: { before: Date; lookedBefore: Date },
): Promise<{ forgottenCallDrafts: number }> {
  const statement = sql`with gone as (delete from call_drafts where updated_at < ${before}
      or not told and taken_by is null and updated_at < ${lookedBefore} returning 1)
    select count(*)::integer as n from gone`;
  return { forgottenCallDrafts: (await query<{ n: number }>(db, statement))[0]?.n ?? 0 };
}
