/** The clock of the database server, and the instances whose own is far from it. Moments here are the server's alone. */
import { type Database, query, type Statement } from "./query.js";

const ask: Statement = { name: "database-time", text: "select clock_timestamp() as at" };

/** What the database server's clock says now. Errors: that it is away. */
export async function databaseTime(db: Database): Promise<Date> {
  const [row] = await query<{ at: Date }>(db, ask, []);
  if (row === undefined) throw new Error("the database did not say what time it is");
  return row.at;
}

/** $1 the instance, $2 its machine, $3 what its clock says. */
const noteWrong: Statement = {
  name: "note-wrong-clock",
  text: `insert into wrong_clocks as w (instance, host, machine_at) values ($1, $2, $3)
on conflict (instance) do update set machine_at = $3, database_at = clock_timestamp(), seen_at = clock_timestamp(),
  since = case when w.righted_at is null then w.since else clock_timestamp() end,
  told_at = case when w.righted_at is null then w.told_at end, righted_at = null`,
};

/** An instance says for the others that its clock is wrong; as long as it is, again and again. */
export async function noteWrongClock(
  db: Database,
  a: { instance: string; host: string; machine: Date },
): Promise<void> {
  await query(db, noteWrong, [a.instance, a.host, a.machine]);
}

const noteRight: Statement = {
  name: "note-right-clock",
  text: "update wrong_clocks set righted_at = clock_timestamp() where instance = $1 and righted_at is null",
};

export async function noteRightClock(db: Database, instance: string): Promise<void> {
  await query(db, noteRight, [instance]);
}

export interface WrongClock {
  readonly host: string;
  readonly since: Date;
  readonly machine: Date;
  readonly database: Date;
}

const columns = `host, since, machine_at as machine, database_at as database`;

const now: Statement = {
  name: "wrong-clocks",
  text: `select ${columns} from wrong_clocks
    where righted_at is null and seen_at > clock_timestamp() - interval '1 minute' order by since, instance limit 20`,
};

/** Those that are wrong now; one whose instance says nothing any more has ended. */
export function wrongClocks(db: Database): Promise<WrongClock[]> {
  return query<WrongClock>(db, now, []);
}

const untold: Statement = {
  name: "untold-wrong-clocks",
  text: `select instance, ${columns} from wrong_clocks where told_at is null order by since, instance limit 20`,
};

/** Those of which the operation room was not told yet, also when they are right again. */
export function untoldClocks(db: Database): Promise<(WrongClock & { readonly instance: string })[]> {
  return query(db, untold, []);
}

const told: Statement = {
  name: "told-of-wrong-clock",
  text: "update wrong_clocks set told_at = clock_timestamp() where instance = $1 and since = $2",
};

export async function toldOfClock(db: Database, a: { instance: string; since: Date }): Promise<void> {
  await query(db, told, [a.instance, a.since]);
}

const forget: Statement = {
  name: "forget-wrong-clocks",
  text: `with gone as (delete from wrong_clocks where seen_at < clock_timestamp() - interval '30 days' returning instance)
select count(*)::integer as gone from gone`,
};

/** How many were forgotten. */
export async function forgetWrongClocks(db: Database): Promise<{ clocks: number }> {
  const [row] = await query<{ gone: number }>(db, forget, []);
  return { clocks: row?.gone ?? 0 };
}
