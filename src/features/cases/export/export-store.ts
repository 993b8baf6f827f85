/** Files of cases: what was asked for, how far each is, and until when it is kept. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { HeldSeat } from "../../../engine/access/permissions.js";
import type { CaseFilters } from "../../../engine/search/case-search.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";

const nameOf = ({ role, programme, entity, sector }: HeldSeat): string =>
  JSON.stringify([role, programme, entity, sector]);

/** Whether all of these seats are still held. */
export function stillHolds(now: readonly HeldSeat[], then: readonly HeldSeat[]): boolean {
  const held = new Set(now.map(nameOf));
  return then.length > 0 && then.every((seat) => held.has(nameOf(seat)));
}

export type ExportState = "waiting" | "running" | "done" | "failed" | "cancelled";
export const exportFormats = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface NewExport {
  readonly id: string;
  readonly userId: number;
  readonly programmes: readonly string[];
  readonly format: ExportFormat;
  readonly language: Language;
  readonly columns: readonly string[];
  readonly asked: { readonly filters: CaseFilters; readonly search: string | null };
  readonly personalReason: string | null;
  readonly seats: readonly HeldSeat[];
  /** How many cases at most. */
  readonly most: number;
  /** About how many there are. */
  readonly expected: number;
}

export interface StoredExport extends NewExport {
  readonly state: ExportState;
  readonly failure: Bilingual | null;
  readonly rows: number;
  readonly bytes: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** False: this person has another one that is not over. */
export async function insertExport(db: Database, a: NewExport, now: Date): Promise<boolean> {
  const { id, userId, programmes, format, language, columns, personalReason, most, expected } = a;
  const statement = sql`insert into exports (id, user_id, programmes, format, language, columns, asked, personal_reason, seats,
      most, expected, created_at)
    values (${id}, ${userId}, ${programmes}, ${format}, ${language}, ${columns}, ${JSON.stringify(a.asked)}, ${personalReason},
      ${JSON.stringify(a.seats)}, ${most}, ${expected}, ${now})
    on conflict do nothing returning id`;
  return (await query(db, statement)).length > 0;
}

const stored = sql`id, user_id as "userId", programmes, format, language, columns, asked, personal_reason as "personalReason",
  seats, most, expected, state, failure, rows, bytes, created_at as "createdAt", finished_at as "finishedAt",
  expires_at as "expiresAt"`;

/** JSON knows no dates. */
function revived(row: StoredExport): StoredExport {
  const { receivedFrom, receivedTo, ...filters } = row.asked.filters;
  const date = (value: unknown): Date | undefined => (typeof value === "string" ? new Date(value) : undefined);
  return {
    ...row,
    asked: {
      ...row.asked,
      filters: { ...filters, receivedFrom: date(receivedFrom), receivedTo: date(receivedTo) },
    },
  };
}

/** Newest first. */
export async function exportsOf(db: Database, userId: number, limit: number): Promise<StoredExport[]> {
  const statement = sql`select ${stored} from exports where user_id = ${userId}
    order by created_at desc, id limit ${limit}`;
  return (await query<StoredExport>(db, statement)).map(revived);
}

/** Null when there is none. */
export async function storedExport(db: Database, id: string): Promise<StoredExport | null> {
  const [row] = await query<StoredExport>(db, sql`select ${stored} from exports where id = ${id}`);
  return row === undefined ? null : revived(row);
}

/** How far it is, and that somebody is at it. False when it is no longer this instance's work. */
export async function noteExported(
  db: Database,
  a: { id: string; by: string; until: Date; rows: number },
): Promise<boolean> {
  const statement = sql`update exports set rows = ${a.rows}, claimed_until = ${a.until}
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running'
    returning id`;
  return (await query(db, statement)).length > 0;
}

/** The file is whole. False when it is no longer this instance's work: the file must go then. */
export async function finishExport(
  db: Database,
  transaction: Transaction,
  a: { id: string; by: string; rows: number; bytes: number; now: Date; expiresAt: Date },
): Promise<boolean> {
  const statement = sql`update exports
    set state = 'done', rows = ${a.rows}, bytes = ${a.bytes}, finished_at = ${a.now}, expires_at = ${a.expiresAt},
      claimed_until = null
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running' returning id`;
  return (await query(db, statement, transaction)).length > 0;
}

export async function failExport(
  db: Database,
  a: { id: string; by: string; failure: Bilingual; now: Date },
): Promise<void> {
  const statement = sql`update exports
    set state = 'failed', failure = ${JSON.stringify(a.failure)}, finished_at = ${a.now}, claimed_until = null
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running'`;
  await query(db, statement);
}

/** False when it was over already, or is not this person's. */
export async function cancelExport(db: Database, a: { id: string; userId: number; now: Date }): Promise<boolean> {
  const statement = sql`update exports set state = 'cancelled', finished_at = ${a.now}
    where id = ${a.id} and user_id = ${a.userId}
    and finished_at is null returning id`;
  return (await query(db, statement)).length > 0;
}

/** Files that are no longer kept at `now`; they stay in the list until they are forgotten. Returns how many. */
export async function expireExports(db: Database, now: Date): Promise<number> {
  const statement = sql`update exports set expires_at = null where expires_at <= ${now} returning id`;
  return (await query(db, statement)).length;
}

/** Numbers of those whose file is there or growing. */
export async function storedExports(db: Database): Promise<string[]> {
  const statement = sql`select id from exports where expires_at is not null or finished_at is null`;
  return (await query<{ id: string }>(db, statement)).map(({ id }) => id);
}

/** The file goes now. False when there is none, or it is not this person's. */
export async function dropExport(db: Database, a: { id: string; userId: number }): Promise<boolean> {
  const statement = sql`update exports set expires_at = null
    where id = ${a.id} and user_id = ${a.userId} and expires_at is not null returning id`;
  return (await query(db, statement)).length > 0;
}

export async function forgetExports(db: Database, before: Date): Promise<number> {
  const statement = sql`delete from exports where finished_at < ${before} and expires_at is null returning id`;
  return (await query(db, statement)).length;
}
