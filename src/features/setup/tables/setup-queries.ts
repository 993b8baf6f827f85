/** Reads of set-up data: one statement a programme, so that it is one consistent picture. */

import type { Transaction } from "sequelize";
import sql, { join, raw, type Sql } from "sql-template-tag";
import type { Programme, Seat, SetupTables } from "../../../engine/setup/setup.js";
import {
  declarationOf,
  ownColumns,
  type RowTable,
  rowTables,
  snakeCase,
} from "../../../engine/setup/tables/setup-registry.js";
import { type Database, filled, placeholders, query } from "../../../platform/db/query.js";
import type { ConfigurationKind } from "./create-models.js";

/** A published version without its definition, which is read once and kept. */
export interface PublishedVersion {
  readonly id: number;
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly version: number;
}

type TableRows = {
  readonly [Key in keyof SetupTables]: SetupTables[Key] extends ReadonlyMap<string, infer Row> ? readonly Row[] : never;
};

/** Everything of one programme as the tables hold it at one revision. */
export interface SetupRows extends TableRows {
  readonly revision: number;
  readonly programme: Programme;
  /** Name of the calendar that it works by. */
  readonly calendar: string;
  readonly seats: readonly Seat[];
  readonly successors: Readonly<Record<string, string | null>>;
  readonly versions: readonly PublishedVersion[];
}

const bilingual = (column: string): Sql =>
  sql`json_build_object('ar', ${raw(`t.${column}_ar`)}, 'en', ${raw(`t.${column}_en`)})`;
const label = sql`'code', t.code, 'name', ${bilingual("name")},
  'retired', t.retired_at is not null, 'order', t.sort_order`;

const v = placeholders<{ programme: string }>();

/** The rows of a table, by its member of the set-up. */
function list(table: RowTable): Sql {
  const own = ownColumns(table).flatMap(([name, { kind }]) => [
    raw(`'${name}'`),
    kind === "bilingual" ? bilingual(snakeCase(name)) : raw(`t.${snakeCase(name)}`),
  ]);
  return sql`(select coalesce(json_agg(json_build_object(${join([label, ...own])}) order by t.sort_order, t.code), '[]')
    from ${raw(table)} t where t.programme = ${v.programme}) as ${raw(`"${declarationOf(table).setup}"`)}`;
}

// Moments travel as milliseconds: JSON has no dates, and parsing text for thousands of seats is slower.
const millis = (column: Sql): Sql => sql`(extract(epoch from ${column}) * 1000)::float8`;

const wholeSetup = sql`select
  (select revision from configuration_revision) as revision,
  (select json_build_object(${label}, 'timeZone', t.time_zone, 'defaultLanguage', t.default_language, 'settings', t.settings)
    from programmes t where t.code = ${v.programme}) as programme,
  (select t.calendar from programmes t where t.code = ${v.programme}) as calendar,
  ${join(rowTables.map(list))},
  (select coalesce(json_agg(json_build_object('id', s.id, 'code', s.code, 'role', s.role, 'entity', s.entity, 'sector', s.sector,
      'title', json_build_object('ar', s.title_ar, 'en', s.title_en), 'holders', coalesce(h.holders, '[]'),
      'letters', s.letters, 'officeOf', s.office_of, 'duties', coalesce(w.duties, '[]'))
        order by s.id), '[]')
    from seats s left join lateral (
      select json_agg(json_build_object('userId', u.id, 'name', u.name, 'email', u.email, 'language', u.language,
        'from', ${millis(sql`sh.held_from`)}, 'to', ${millis(sql`sh.held_to`)}, 'disabled', u.disabled_at is not null)
        order by sh.held_from, sh.id) as holders
      from seat_holders sh join users u on u.id = sh.user_id where sh.seat_id = s.id) h on true
    left join lateral (
      select json_agg(json_build_object('from', d.first_day, 'to', d.last_day) order by d.first_day, d.id) as duties
      from duty_days d where d.seat_id = s.id) w on true
    where s.programme = ${v.programme} and s.retired_at is null) as seats,
  (select coalesce(json_object_agg(l.entity, l.to_entity), '{}')
    from (select distinct on (m.entity) m.entity, m.to_entity
      from case_moves m join entities e on e.programme = m.programme and e.code = m.entity
      where m.programme = ${v.programme} and e.retired_at is not null and m.created_at >= e.retired_at
      order by m.entity, m.created_at desc) l) as successors,
  (select coalesce(json_agg(json_build_object('id', v.id, 'kind', v.kind, 'name', v.name, 'version', v.version)), '[]')
    from configuration_versions v where v.programme = ${v.programme} and v.status = 'published') as versions`;

type HolderRow = Omit<Seat["holders"][number], "from" | "to"> & { from: number; to: number | null };
type SeatRow = Omit<Seat, "holders"> & { holders: HolderRow[] };

const seatOf = (row: SeatRow): Seat => ({
  ...row,
  holders: row.holders.map((holder) => ({
    ...holder,
    from: new Date(holder.from),
    to: holder.to === null ? null : new Date(holder.to),
  })),
});

/** The set-up of a programme, or null when there is none of that code. */
export async function setupRows(db: Database, programme: string, transaction?: Transaction): Promise<SetupRows | null> {
  type Row = Omit<SetupRows, "programme" | "seats"> & { programme: Programme | null; seats: SeatRow[] };
  const [row] = await query<Row>(db, filled(wholeSetup, { programme }), transaction);
  if (!row?.programme) return null;
  return { ...row, programme: row.programme, seats: row.seats.map(seatOf) };
}

/** The revision: it rises with every change of set-up data or configuration. */
export async function configurationRevision(db: Database, transaction?: Transaction): Promise<number> {
  const [row] = await query<{ revision: number }>(db, sql`select revision from configuration_revision`, transaction);
  return row?.revision ?? 0;
}

/** The revision with the codes of the programmes in use, in their order: both as of one moment. */
export async function configurationInUse(db: Database): Promise<{ revision: number; programmes: string[] }> {
  const statement = sql`select revision, (select coalesce(json_agg(code order by sort_order, code), '[]')
    from programmes where retired_at is null) as programmes from configuration_revision`;
  const [row] = await query<{ revision: number; programmes: string[] }>(db, statement);
  return row ?? { revision: 0, programmes: [] };
}

/** Codes of the programmes in use, in their order. */
export async function programmeCodes(db: Database): Promise<string[]> {
  const statement = sql`select code from programmes where retired_at is null order by sort_order, code`;
  return (await query<{ code: string }>(db, statement)).map((row) => row.code);
}

/** Definitions of versions by id; a version that does not exist is left out. */
export async function versionDefinitions(
  db: Database,
  ids: readonly number[],
  transaction?: Transaction,
): Promise<{ id: number; kind: ConfigurationKind; definition: unknown }[]> {
  return query(
    db,
    sql`select id, kind, definition from configuration_versions where id = any(${[...ids]}::int[])`,
    transaction,
  );
}

/** By which number the back office calls a row of the set-up; null: there is none. */
export async function recordIdOf(
  db: Database,
  { programme, table, code }: { programme: string; table: string; code: string },
): Promise<number | null> {
  const from = rowTables.find((one) => one === table);
  if (from === undefined) return null;
  const statement = sql`select id from ${raw(from)} where programme = ${programme} and code = ${code}`;
  return (await query<{ id: number }>(db, statement))[0]?.id ?? null;
}
