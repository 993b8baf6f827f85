/** The clock of the database server, and the instances whose own is far from it. Moments here are the server's alone. */
import sql from "sql-template-tag";
import { type Database, query } from "./query.js";

/** What the database server's clock says now. Errors: that it is away. */
export async function databaseTime(db: Database): Promise<Date> {
  const [row] = await query<{ at: Date }>(db, sql`select clock_timestamp() as at`);
  if (row === undefined) throw new Error("the database did not say what time it is");
  return row.at;
}

/** An instance says for the others that its clock is wrong; as long as it is, again and again. */
export async function noteWrongClock(
  db: Database,
  a: { instance: string; host: string; machine: Date },
): Promise<void> {
  const statement = sql`insert into wrong_clocks as w (instance, host, machine_at)
    values (${a.instance}, ${a.host}, ${a.machine})
    on conflict (instance) do update
      set machine_at = ${a.machine}, database_at = clock_timestamp(), seen_at = clock_timestamp(),
      since = case when w.righted_at is null then w.since else clock_timestamp() end,
      told_at = case when w.righted_at is null then w.told_at end, righted_at = null`;
  await query(db, statement);
}

export async function noteRightClock(db: Database, instance: string): Promise<void> {
  const statement = sql`update wrong_clocks set righted_at = clock_timestamp()
    where instance = ${instance} and righted_at is null`;
  await query(db, statement);
}

export interface WrongClock {
  readonly host: string;
  readonly since: Date;
  readonly machine: Date;
  readonly database: Date;
}

const columns = sql`host, since, machine_at as machine, database_at as database`;

/** Those that are wrong now; one whose instance says nothing any more has ended. */
export function wrongClocks(db: Database): Promise<WrongClock[]> {
  const statement = sql`select ${columns} from wrong_clocks
    where righted_at is null and seen_at > clock_timestamp() - interval '1 minute' order by since, instance limit 20`;
  return query<WrongClock>(db, statement);
}

/** Those of which the operation room was not told yet, also when they are right again. */
export function unreportedClocks(db: Database): Promise<(WrongClock & { readonly instance: string })[]> {
  const statement = sql`select instance, ${columns} from wrong_clocks where told_at is null
    order by since, instance limit 20`;
  return query(db, statement);
}

export async function toldOfClock(db: Database, a: { instance: string; since: Date }): Promise<void> {
  const statement = sql`update wrong_clocks set told_at = clock_timestamp()
    where instance = ${a.instance} and since = ${a.since}`;
  await query(db, statement);
}

/** How many were forgotten. */
export async function forgetWrongClocks(db: Database): Promise<{ clocks: number }> {
  const statement = sql`with gone as (delete from wrong_clocks where seen_at < clock_timestamp() - interval '30 days' returning instance)
    select count(*)::integer as gone from gone`;
  const [row] = await query<{ gone: number }>(db, statement);
  return { clocks: row?.gone ?? 0 };
}
