/** Places for files that wait to be sent: taken before a byte is read, under a lock, so that a limit is one. */
import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import { type Database, parameter, query } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";

/** Files that wait and files that are just coming. */
export interface Waiting {
  readonly files: number;
  readonly bytes: number;
  /** What all owners have waiting. */
  readonly allBytes: number;
  /** What all owners of the kind that asks have waiting. */
  readonly kindBytes: number;
  /** Of those of them that come from where this one comes from; 0 where that is not known. */
  readonly originBytes: number;
}

interface Whose {
  readonly owner: string;
  /** Name of the address, which is no address; null: it is not counted. */
  readonly origin: Buffer | null;
  readonly now: Date;
}

/** A place that a kill left behind counts no longer than any file takes to come. */
const longestComing = 3_600_000;

/** What waits now; whoever wants to rely on it takes a place. */
export async function waitingOf(db: Database, a: Whose, transaction?: Transaction): Promise<Waiting> {
  const since = new Date(a.now.getTime() - longestComing);
  const owner = parameter(a.owner);
  const isKind = sql`kind = split_part(${owner}, '/', 1)`;
  const statement = sql`select count(*) filter (where owner = ${owner})::integer as files,
      coalesce(sum(bytes) filter (where owner = ${owner}), 0)::bigint as own,
      coalesce(sum(bytes), 0)::bigint as everybody,
      coalesce(sum(bytes) filter (where ${isKind}), 0)::bigint as kind,
      coalesce(sum(bytes) filter (where ${isKind} and origin = ${a.origin}), 0)::bigint as origin
    from (
      select owner, split_part(owner, '/', 1) as kind, origin, bytes from attachments where case_id is null
      union all
      select owner, split_part(owner, '/', 1), origin, bytes from attachment_places where taken_at > ${since}
    ) as waiting_and_coming`;
  const [row] = await query<Record<string, number>>(db, statement, transaction);
  const numberOf = (column: string): number => Number(row?.[column] ?? 0);
  return {
    files: numberOf("files"),
    bytes: numberOf("own"),
    allBytes: numberOf("everybody"),
    kindBytes: numberOf("kind"),
    originBytes: numberOf("origin"),
  };
}

/** Takes a place, or throws what `require` throws when it sees what waits already: two never see the same. */
export async function takePlace(
  db: Database,
  a: Whose & { id: string; bytes: number },
  require: (waiting: Waiting) => void,
): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await query(db, sql`select pg_advisory_xact_lock(hashtextextended('diwan attachment places', 0))`, transaction);
    require(await waitingOf(db, a, transaction));
    const statement = sql`insert into attachment_places (id, owner, bytes, taken_at, origin)
      values (${a.id}, ${a.owner}, ${a.bytes}, ${a.now}, ${a.origin})`;
    await query(db, statement, transaction);
  });
}

/** Gives back the place of a file that was not staged. */
export async function givePlaceBack(db: Database, id: string): Promise<void> {
  await query(db, sql`delete from attachment_places where id = ${id}`);
}

/** Places of files that will not come any more. */
export async function forgetPlaces(db: Database, before: Date): Promise<void> {
  await query(db, sql`delete from attachment_places where taken_at < ${before}`);
}
