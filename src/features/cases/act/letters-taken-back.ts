/**
 * The letters of a forward that is taken back, in the transaction that takes it back: what has not left lapses or leaves without the case,
 * what waited for who had the case before waits again, and who was written to is known.
 */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { lapseReasons, movedOn, reaches, type WaitingLetter } from "../../../engine/letters/gather-letters.js";
import { lettersOf } from "../../../engine/letters/letters-of-event.js";
import { type Corrected, withoutCase } from "../../../engine/letters/taken-back-letters.js";
import type { CaseEvent } from "../../../engine/lifecycle/case-event.js";
import { runOfKey } from "../../../engine/lifecycle/gather-messages.js";
import type { WayBack } from "../../../engine/lifecycle/take-back.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { query } from "../../../platform/db/query.js";
import { insertMessages, type MessageState } from "../../../platform/mail/message-store.js";
import type { CaseParts } from "../case-parts.js";

interface Found extends WaitingLetter {
  readonly programme: string;
  readonly state: MessageState;
  /** It is being sent at this moment. */
  readonly leaves: boolean;
  /** The letter that told it. */
  readonly into: number | null;
}

const columns = sql`m.id, m.key, m.template, m.data, m.programme, m.receiver_user as "userId", m.language, m.receiver_seat as seat,
  m.case_id as "caseId", m.created_at as "createdAt", m.state, m.gathered_into as into`;
const unsent: readonly MessageState[] = ["pending", "kept", "failed", "held", "gathering"];

const hasLeft = ({ state, leaves }: Found): boolean => state === "sent" || leaves;
const isUnsent = ({ state, leaves }: Found): boolean => unsent.includes(state) && !leaves;

interface Asked {
  readonly caseId: number;
  readonly reference: string;
  readonly way: Pick<WayBack, "event" | "from" | "upTo" | "after">;
  readonly setup: Setup;
  /** Of the case, at least those of the act. */
  readonly events: readonly CaseEvent[];
  readonly now: Date;
}

/** Letters of the time before that lapsed because the case had moved on wait again; their keys. */
async function waitAgain({ db }: CaseParts, tx: Transaction, { caseId, way, now }: Asked): Promise<string[]> {
  const statement = sql`update messages set state = 'gathering', lapsed_at = null, last_error = null, next_attempt_at = ${now}
    where case_id = ${caseId} and receiver_user is not null and state = 'lapsed' and gather_at is not null and lapsed_at >= ${way.event.at}
      and last_error = any(${movedOn.map((one) => lapseReasons[one])}::text[]) and split_part(key, '/', 3)::integer < ${way.from}
    returning key`;
  return (await query<{ key: string }>(db, statement, tx)).map(({ key }) => key);
}

/** Held to the end of the transaction: of the act, written in the place of one that waits again, and those of `keys`. */
function lettersOfAct(
  { db }: CaseParts,
  tx: Transaction,
  { caseId, way, now }: Asked,
  a: { readonly again: readonly string[]; readonly keys: readonly string[] },
): Promise<Found[]> {
  const seqs = Array.from({ length: way.upTo - way.from + 1 }, (_, i) => String(way.from + i));
  const statement = sql`select ${columns}, coalesce(m.state = 'pending' and m.claimed_until > ${now}, false) as leaves from messages m
    where m.receiver_user is not null and ((m.case_id = ${caseId} and m.key like ${`case/${caseId}/%`}
        and (split_part(m.key, '/', 3) = any(${seqs}::text[])
          or exists (select 1 from unnest(${[...a.again]}::text[]) as k where starts_with(m.key, k || '/to/'))))
      or m.key = any(${[...a.keys]}::text[]))
    order by m.id for update of m`;
  return query<Found>(db, statement, tx);
}

/** Letters that tell of several, with what else each tells of this case. */
async function tellersOf({ db }: CaseParts, tx: Transaction, { caseId, now }: Asked, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const statement = sql`select ${columns}, coalesce(m.state = 'pending' and m.claimed_until > ${now}, false) as leaves,
      (select coalesce(array_agg(p.id), '{}') from messages p where p.gathered_into = m.id and p.case_id = ${caseId}) as parts
    from messages m where m.id = any(${[...ids]}::bigint[]) order by m.id for update of m`;
  return query<Found & { readonly parts: readonly number[] }>(db, statement, tx);
}

async function lapse({ db }: CaseParts, tx: Transaction, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const statement = sql`update messages set state = 'lapsed', lapsed_at = ${now}, next_attempt_at = null, claimed_until = null,
      gathered_into = null, last_error = ${lapseReasons.takenBack} where id = any(${[...ids]}::bigint[])`;
  await query(db, statement, tx);
}

/** Another letter leaves in its place, which says the rest: what was written is never altered. */
async function leaveWithout(
  parts: CaseParts,
  tx: Transaction,
  letter: Found,
  a: Asked & { readonly lapsed: readonly Found[]; readonly others: boolean },
): Promise<void> {
  const reads = reaches(letter.userId, a.way.after, a.setup, a.now);
  const data = withoutCase(letter, { ...a, reads });
  if (data === null) return lapse(parts, tx, [letter.id], a.now);
  const { programme, template, userId, language } = letter;
  const key = `${letter.key}/without/${a.caseId}/${a.way.event.seq}`;
  const receiver = { kind: "user", userId } as const;
  const intents = [{ template, receiver, language, key, data }];
  await insertMessages(parts.db, { programme, intents, now: a.now, state: parts.messages }, tx);
  const statement = sql`update messages m set state = 'gathered', next_attempt_at = null, claimed_until = null, last_error = null, gathered_into = g.id
    from messages g where g.key = ${key} and (m.id = ${letter.id} or m.gathered_into = ${letter.id})`;
  await query(parts.db, statement, tx);
}

/** Day's lists that were written since, name the case and have not left; one that still waits is looked through when it leaves. */
function listsNaming({ db }: CaseParts, tx: Transaction, { reference, way, now }: Asked, to: readonly number[]) {
  if (to.length === 0) return [];
  const statement = sql`select ${columns}, coalesce(m.state = 'pending' and m.claimed_until > ${now}, false) as leaves from messages m
    where m.receiver_user = any(${[...to]}::integer[]) and m.template = 'digest-focal-point' and m.created_at >= ${way.event.at}
      and m.state in ('pending', 'kept', 'failed', 'held') and position(${reference} in m.data::text) > 0
    order by m.id for update of m`;
  return query<Found>(db, statement, tx);
}

/** Runs on many that have not written yet do not tell of this case; those that have are left. */
async function untellRuns({ db }: CaseParts, tx: Transaction, a: Asked & { readonly keys: readonly string[] }) {
  const runs = [...new Set(a.keys.flatMap((key) => runOfKey(key) ?? []))];
  if (runs.length === 0) return;
  // Held: a run that ends at this moment has written before, or reads what is left.
  const open = sql`select id from bulk_runs where id = any(${runs}::uuid[]) and told_at is null for share`;
  const ids = (await query<{ id: string }>(db, open, tx)).map(({ id }) => id);
  const statement = sql`update bulk_items set told = '[]' where run_id = any(${ids}::uuid[]) and reference = ${a.reference}`;
  if (ids.length > 0) await query(db, statement, tx);
}

/** @returns who was written to about it, once each */
export async function takeBackLetters(parts: CaseParts, tx: Transaction, a: Asked): Promise<readonly Corrected[]> {
  const { from, upTo } = a.way;
  const told = a.events.filter(({ seq }) => seq >= from && seq <= upTo).flatMap((event) => lettersOf(event) ?? []);
  const keys = told.flatMap(({ key }) => key ?? []);
  await untellRuns(parts, tx, { ...a, keys });
  const again = await waitAgain(parts, tx, a);
  const found = await lettersOfAct(parts, tx, a, { again, keys });
  const own = found.filter(({ caseId }) => caseId !== null);
  const tellers = await tellersOf(parts, tx, a, [...new Set(found.flatMap(({ into }) => into ?? []))]);
  const written = [...found.filter(hasLeft)];
  await lapse(
    parts,
    tx,
    own.filter(isUnsent).map(({ id }) => id),
    a.now,
  );
  for (const letter of found)
    if (letter.caseId === null && isUnsent(letter))
      await leaveWithout(parts, tx, letter, { ...a, lapsed: [], others: false });
  for (const teller of tellers) {
    const lapsed = found.filter(({ into }) => into === teller.id);
    if (hasLeft(teller)) written.push(...lapsed);
    if (!isUnsent(teller)) continue;
    await lapse(
      parts,
      tx,
      lapsed.filter(({ caseId }) => caseId !== null).map(({ id }) => id),
      a.now,
    );
    const others = teller.parts.some((id) => !lapsed.some((one) => one.id === id));
    await leaveWithout(parts, tx, teller, { ...a, lapsed, others });
  }
  // Who reads it no more, as the people of the entity that it went to.
  const people = a.setup.seats.flatMap(({ holders }) => holders.map(({ userId }) => userId));
  const strangers = [...new Set(people)].filter((userId) => !reaches(userId, a.way.after, a.setup, a.now));
  for (const list of await listsNaming(parts, tx, a, strangers))
    if (isUnsent(list)) await leaveWithout(parts, tx, list, { ...a, lapsed: [], others: false });
  return [
    ...new Map(
      written.map((one) => [
        one.userId,
        { userId: one.userId, language: one.language, letter: one.template, seat: one.seat },
      ]),
    ).values(),
  ];
}
