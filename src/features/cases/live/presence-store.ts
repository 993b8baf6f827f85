/** Who has a case open: signs of life, and who else is there. */
import { type Database, query, type Statement } from "../../../platform/db/query.js";

export interface PresentRow {
  readonly name: string;
  readonly writing: boolean;
  readonly since: Date;
}

/** $1 case, $2 user, $3 writing, $4 now, $5 since when a sign of life counts. */
const beat: Statement = {
  name: "presence-beat",
  text: `with mine as (
    insert into case_presence as p (case_id, user_id, writing, since, seen_at) values ($1, $2, $3, $4, $4)
    on conflict (case_id, user_id) do update set writing = $3, seen_at = $4, gone = false,
      since = case when p.gone or p.seen_at <= $5 then $4 else p.since end,
      tx = case when p.gone or p.seen_at <= $5 or p.writing <> $3 then pg_current_xact_id() else p.tx end),
  -- Nobody looks at what is an hour old; few rows are.
  old as (delete from case_presence where seen_at < $4::timestamptz - interval '1 hour' and user_id <> $2)
  select u.name, p.writing, p.since from case_presence p join users u on u.id = p.user_id
  where p.case_id = $1 and p.user_id <> $2 and not p.gone and p.seen_at > $5
  order by p.since, p.user_id limit 20`,
};

/** $1 case, $2 user. */
const leave: Statement = {
  name: "presence-leave",
  text: `update case_presence set gone = true, writing = false, tx = pg_current_xact_id()
    where case_id = $1 and user_id = $2 and not gone`,
};

/** Notes that somebody is there and answers with the others, the first to come first. */
export function noteBeat(
  db: Database,
  a: { caseId: number; userId: number; writing: boolean; now: Date; seenSince: Date },
): Promise<PresentRow[]> {
  return query(db, beat, [a.caseId, a.userId, a.writing, a.now, a.seenSince]);
}

export async function noteLeave(db: Database, a: { caseId: number; userId: number }): Promise<void> {
  await query(db, leave, [a.caseId, a.userId]);
}
