/** Places for files that wait to be sent: taken before a byte is read, under a lock, so that a limit is one. */
import type { Transaction } from "sequelize";
import { type Database, query, type Statement } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";

/** Files that wait and files that are just coming. */
export interface Waiting {
  readonly files: number;
  readonly bytes: number;
  /** Of every owner. */
  readonly allBytes: number;
  /** Of all owners of the kind that asks. */
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

const waiting: Statement = {
  name: "count-waiting-attachments",
  text: `select count(*) filter (where owner = $1)::integer as files,
    coalesce(sum(bytes) filter (where owner = $1), 0)::bigint as own,
    coalesce(sum(bytes), 0)::bigint as everybody,
    coalesce(sum(bytes) filter (where kind = split_part($1, '/', 1)), 0)::bigint as kind,
    coalesce(sum(bytes) filter (where kind = split_part($1, '/', 1) and origin = $3), 0)::bigint as origin
  from (
    select owner, split_part(owner, '/', 1) as kind, origin, bytes from attachments where case_id is null
    union all
    select owner, split_part(owner, '/', 1), origin, bytes from attachment_places where taken_at > $2
  ) as waiting_and_coming`,
};

/** What waits now; whoever wants to rely on it takes a place. */
export async function waitingOf(db: Database, a: Whose, transaction?: Transaction): Promise<Waiting> {
  const since = new Date(a.now.getTime() - longestComing);
  const [row] = await query<Record<string, number>>(db, waiting, [a.owner, since, a.origin], transaction);
  const numberOf = (column: string): number => Number(row?.[column] ?? 0);
  return {
    files: numberOf("files"),
    bytes: numberOf("own"),
    allBytes: numberOf("everybody"),
    kindBytes: numberOf("kind"),
    originBytes: numberOf("origin"),
  };
}

const lock: Statement = {
  name: "attachment-places-lock",
  text: "select pg_advisory_xact_lock(hashtextextended('diwan attachment places', 0))",
};
const take: Statement = {
  name: "take-attachment-place",
  text: "insert into attachment_places (id, owner, bytes, taken_at, origin) values ($1, $2, $3, $4, $5)",
};

/** Takes a place, or throws what `require` throws when it sees what waits already: two never see the same. */
export async function takePlace(
  db: Database,
  a: Whose & { id: string; bytes: number },
  require: (waiting: Waiting) => void,
): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await query(db, lock, [], transaction);
    require(await waitingOf(db, a, transaction));
    await query(db, take, [a.id, a.owner, a.bytes, a.now, a.origin], transaction);
  });
}

const give: Statement = {
  name: "give-attachment-place",
  text: "delete from attachment_places where id = $1",
};

/** Gives back the place of a file that was not staged. */
export async function givePlaceBack(db: Database, id: string): Promise<void> {
  await query(db, give, [id]);
}

const forget: Statement = {
  name: "forget-attachment-places",
  text: "delete from attachment_places where taken_at < $1",
};

/** Places of files that will not come any more. */
export async function forgetPlaces(db: Database, before: Date): Promise<void> {
  await query(db, forget, [before]);
}
