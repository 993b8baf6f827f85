/** Runs of replays: what was asked, how far each is, and of which cases something would be otherwise. */

import type { Transaction } from "sequelize";
import sql, { empty, type Sql } from "sql-template-tag";
import type { ReplayTally } from "../../../engine/replay/replay-tally.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Database, query } from "../../../platform/db/query.js";

export type ReplayState = "waiting" | "running" | "done" | "failed" | "cancelled";
/** `set`: all that a change-set holds, together. */
export const replayKinds = ["rules", "calendar", "set"] as const;
export type ReplayKind = (typeof replayKinds)[number];

export interface NewReplay {
  readonly id: string;
  readonly userId: number;
  readonly programme: string;
  readonly kind: ReplayKind;
  readonly name: string;
  readonly definition: object;
  readonly checksum: string;
  readonly inForceId: number | null;
  /** Cases received in this time, half-open. */
  readonly from: Date;
  readonly to: Date;
  /** How many there are, and between which numbers. */
  readonly expected: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly unrecorded: readonly string[];
  readonly tally: ReplayTally;
  readonly changeSet: { readonly id: number; readonly title: string } | null;
  /** Edits of the set-up by which the text is asked, as they stand now; null: the set-up in force. */
  readonly edits: readonly object[] | null;
  readonly setupChecksum: string | null;
}

/** A run without its text. */
export interface ReplayHead extends Omit<NewReplay, "definition" | "edits" | "firstId" | "lastId"> {
  readonly startedBy: string;
  readonly state: ReplayState;
  readonly failure: Bilingual | null;
  /** The moment of asking, as of which targets are told. */
  readonly asOf: Date;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}
export interface StoredReplay extends ReplayHead {
  readonly definition: object;
  readonly edits: readonly object[] | null;
  /** Cases up to this number are counted; it looks at none above `lastId`. */
  readonly afterId: number;
  readonly lastId: number;
}

/** False: this person has another one that is not over. */
export async function insertReplay(db: Database, a: NewReplay, now: Date): Promise<boolean> {
  const statement = sql`insert into replay_runs (id, user_id, programme, kind, name, definition, checksum, in_force_id,
      from_at, to_at, as_of, expected, unrecorded, tally, change_set_id, setup_edits, setup_checksum, after_id, last_id, created_at)
    values (${a.id}, ${a.userId}, ${a.programme}, ${a.kind}, ${a.name}, ${JSON.stringify(a.definition)}, ${a.checksum}, ${a.inForceId},
      ${a.from}, ${a.to}, ${now}, ${a.expected}, ${a.unrecorded}, ${JSON.stringify(a.tally)}, ${a.changeSet?.id ?? null},
      ${a.edits && JSON.stringify(a.edits)}, ${a.setupChecksum}, ${a.firstId - 1}, ${a.lastId}, ${now})
    on conflict do nothing returning id`;
  return (await query(db, statement)).length > 0;
}

const head = sql`r.id, r.user_id as "userId", u.name as "startedBy", r.programme, r.kind, r.name, r.checksum, r.in_force_id as "inForceId",
  r.from_at as "from", r.to_at as "to", r.as_of as "asOf", r.state, r.failure, r.expected, r.tally, r.unrecorded,
  r.created_at as "createdAt", r.finished_at as "finishedAt", r.setup_checksum as "setupChecksum",
  case when s.id is null then null else json_build_object('id', s.id, 'title', s.title) end as "changeSet"`;
const runs = sql`replay_runs r join users u on u.id = r.user_id left join policy_drafts s on s.id = r.change_set_id`;

/** Null when there is none. */
export async function storedReplay(db: Database, id: string): Promise<StoredReplay | null> {
  const statement = sql`select ${head}, r.definition, r.setup_edits as edits, r.after_id as "afterId",
    r.last_id as "lastId" from ${runs} where r.id = ${id}`;
  return (await query<StoredReplay>(db, statement))[0] ?? null;
}

/** Whether the change-set of a run is in force by now: what was in force before it is no more. */
export async function isSetInForce(db: Database, id: string): Promise<boolean> {
  const statement = sql`select 1 from replay_runs r join policy_drafts s on s.id = r.change_set_id
    where r.id = ${id} and s.state = 'published'`;
  return (await query(db, statement)).length > 0;
}

/** Replays of one rule set or calendar, by all who started them; newest first. */
export function replaysOfThing(
  db: Database,
  { programme, kind, name }: Pick<NewReplay, "programme" | "kind" | "name">,
  limit: number,
): Promise<ReplayHead[]> {
  const statement = sql`select ${head} from ${runs}
    where r.programme = ${programme} and r.kind = ${kind} and r.name = ${name}
    order by r.created_at desc, r.id limit ${limit}`;
  return query(db, statement);
}

/** One's own, newest first. */
export function replaysOf(db: Database, userId: number, limit: number): Promise<ReplayHead[]> {
  const statement = sql`select ${head} from ${runs} where r.user_id = ${userId}
    order by r.created_at desc, r.id limit ${limit}`;
  return query(db, statement);
}

/** Changes that come together, by their places in the tally. */
export interface ReplayedBundle {
  readonly bundle: number;
  readonly changes: readonly number[];
}

/** The next bundle of a run that goes on. */
export async function nextBundle(db: Database, id: string): Promise<number> {
  const statement = sql`select coalesce(max(bundle) + 1, 0)::integer as next from replay_bundles where run_id = ${id}`;
  return (await query<{ next: number }>(db, statement))[0]?.next ?? 0;
}

/** A case of which something would be otherwise. */
export interface ChangedCase {
  readonly caseId: number;
  readonly bundle: number;
}

/** A page that is counted: how far the run is, and what was found in the page. */
export interface ReplayedPage {
  readonly id: string;
  readonly by: string;
  readonly until: Date;
  readonly afterId: number;
  readonly tally: ReplayTally;
  /** Bundles that were not met before. */
  readonly newBundles: readonly ReplayedBundle[];
  readonly changed: readonly ChangedCase[];
}

/** Stores a page, whole or not at all. False when it is no longer this instance's work. */
export async function noteReplayed(db: Database, transaction: Transaction, a: ReplayedPage): Promise<boolean> {
  const noted = sql`update replay_runs
    set after_id = ${a.afterId}, tally = ${JSON.stringify(a.tally)}, claimed_until = ${a.until}
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running' returning id`;
  if ((await query(db, noted, transaction)).length === 0) return false;
  if (a.newBundles.length > 0) {
    const numbers = a.newBundles.map(({ bundle }) => bundle);
    const changes = a.newBundles.map((one) => `{${one.changes}}`);
    const bundles = sql`insert into replay_bundles (run_id, bundle, changes)
      select ${a.id}, x.bundle, x.changes::smallint[]
        from unnest(${numbers}::integer[], ${changes}::text[]) x(bundle, changes)`;
    await query(db, bundles, transaction);
  }
  if (a.changed.length === 0) return true;
  const [bundles, ids] = [a.changed.map(({ bundle }) => bundle), a.changed.map(({ caseId }) => caseId)];
  const changed = sql`insert into replay_changes (run_id, bundle, case_id)
    select ${a.id}, x.bundle, x.case_id from unnest(${bundles}::integer[], ${ids}::bigint[]) x(bundle, case_id)`;
  await query(db, changed, transaction);
  return true;
}

/** False when it is no longer this instance's work. */
export async function endReplay(
  db: Database,
  a: { id: string; by: string; now: Date; failure: Bilingual | null },
): Promise<boolean> {
  const statement = sql`update replay_runs set state = ${a.failure === null ? "done" : "failed"},
      failure = ${a.failure && JSON.stringify(a.failure)}, finished_at = ${a.now}, claimed_until = null
    where id = ${a.id} and claimed_by = ${a.by} and state = 'running' returning id`;
  return (await query(db, statement)).length > 0;
}

/** False when it was over already. */
export async function cancelReplay(db: Database, a: { id: string; now: Date }): Promise<boolean> {
  const statement = sql`update replay_runs set state = 'cancelled', finished_at = ${a.now}
    where id = ${a.id} and finished_at is null returning id`;
  return (await query(db, statement)).length > 0;
}

/** Forgets what ended before, and of one person all but the newest so many. Returns how many. */
export async function forgetReplays(db: Database, before: Date): Promise<number> {
  const statement = sql`delete from replay_runs where finished_at < ${before} returning id`;
  return (await query(db, statement)).length;
}

export async function keepNewestReplays(db: Database, userId: number, kept: number): Promise<void> {
  const statement = sql`delete from replay_runs where finished_at is not null and id in
    (select id from replay_runs where user_id = ${userId} order by created_at desc, id offset ${kept})`;
  await query(db, statement);
}

/** Cases of a run of which something would be otherwise. */
export interface ReplayedCases {
  readonly run: string;
  /** Those that are asked for; null: of any bundle. */
  readonly bundles: readonly number[] | null;
}

/** Those of one change, by its place; null: of any. Bundles are looked up first: given as numbers, the database knows how rare they are. */
export async function replayedCases(
  db: Database,
  { run, change }: { readonly run: string; readonly change: number | null },
): Promise<ReplayedCases> {
  if (change === null) return { run, bundles: null };
  const statement = sql`select b.bundle from replay_bundles b where b.run_id = ${run} and ${change} = any(b.changes)`;
  const rows = await query<{ bundle: number }>(db, statement);
  return { run, bundles: rows.map(({ bundle }) => bundle) };
}

/** Conditions on `c`; none where nothing is asked. */
export function replayedConditions(replayed: ReplayedCases | null): Sql[] {
  if (replayed === null) return [];
  const { run, bundles } = replayed;
  const which = bundles === null ? empty : sql`and x.bundle = any(${bundles}::integer[])`;
  return [sql`c.id in (select x.case_id from replay_changes x where x.run_id = ${run}::uuid ${which})`];
}
