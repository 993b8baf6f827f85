/** What somebody has seen of the news that is theirs: of one case, as its page was before them, or of a list of them. */
import sql, { type Sql } from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { SeenMark, ShownNews } from "../../../engine/lifecycle/views/news-view.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";

/** Up to which event somebody has seen what is shared. */
export const seenBy = (userId: number): Sql => sql`coalesce((n.seen->>(${userId}::integer::text))::integer, 0)`;
/** The condition under which a row of news is this person's: theirs by name, or shared. */
const whoseItIs = (userId: number): Sql => sql`(n.holder = ${userId} or n.holder is null)`;
/** Up to which event they have seen the case. */
const known = (userId: number): Sql => sql`case when n.holder is null then ${seenBy(userId)} else n.read_to end`;
const marked = (userId: number, seq: Sql): Sql => sql`
    read_to = case when n.holder is null then n.read_to else ${seq} end,
    seen = case when n.holder is null then n.seen || jsonb_build_object(${userId}::integer::text, ${seq}) else n.seen end`;

const counted = async (db: Database, update: Sql): Promise<number> => {
  const statement = sql`with m as (${update} returning 1) select count(*)::integer as n from m`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
};

/**
 * This person has seen the case up to an event: what came later stays news, also where an old window says so afterwards. How
 * many rows that changed.
 */
export function markSeen(db: Database, a: { caseId: number; userId: number; upTo: number }): Promise<number> {
  const { caseId, userId, upTo } = a;
  return counted(
    db,
    sql`update case_news n set ${marked(userId, sql`s.seq`)}
      from (select least(${upTo}::integer, last_seq) as seq from cases where id = ${caseId}) s
      where n.case_id = ${caseId} and ${whoseItIs(userId)} and (${known(userId)}) < least(s.seq, n.last_seq)`,
  );
}

/** The newest is news again, to this person alone, unless all was settled; what they had not seen before it stays news. How many rows that changed. */
export function markUnseen(db: Database, a: { caseId: number; userId: number }): Promise<number> {
  const { caseId, userId } = a;
  return counted(
    db,
    sql`update case_news n set ${marked(userId, sql`least(${known(userId)}, n.last_seq - 1)`)}
      where n.case_id = ${caseId} and ${whoseItIs(userId)} and n.last_seq > 0`,
  );
}

interface Marking {
  readonly userId: number;
  readonly reach: CaseReach;
}

/**
 * What this person was shown of these cases, each up to its own event, they have seen; of cases out of reach nothing. By what
 * comes back it is taken back.
 */
export function markListSeen(db: Database, a: Marking & { shown: readonly ShownNews[] }): Promise<SeenMark[]> {
  const { userId, reach } = a;
  // The row is read again behind its lock, so that what is taken back is what was there.
  const statement = sql`with shown as (
      select n.case_id, n.user_id, c.reference, ${known(userId)} as was, least(s.seq, c.last_seq, n.last_seq) as seq
      from jsonb_to_recordset(${JSON.stringify(a.shown)}::jsonb) as s(reference text, seq integer)
        join cases c on c.reference = s.reference join case_news n on n.case_id = c.id
      where ${whoseItIs(userId)} and ${casesWithin(reach)} order by n.case_id, n.user_id for update of n)
    update case_news n set ${marked(userId, sql`s.seq`)} from shown s
    where n.case_id = s.case_id and n.user_id is not distinct from s.user_id and s.was < s.seq
    returning s.reference, s.user_id is not null as named, s.was`;
  return query(db, statement);
}

/** Takes back that a list was seen: what each mark says had been seen before is all that is seen. How many rows that changed. */
export function takeBackSeen(db: Database, a: Marking & { marks: readonly SeenMark[] }): Promise<number> {
  const { userId, reach } = a;
  return counted(
    db,
    sql`update case_news n set ${marked(userId, sql`m.was`)}
      from jsonb_to_recordset(${JSON.stringify(a.marks)}::jsonb) as m(reference text, named boolean, was integer)
        join cases c on c.reference = m.reference
      where n.case_id = c.id and ${casesWithin(reach)} and n.user_id is not distinct from (case when m.named then ${userId}::integer end)
        and ${whoseItIs(userId)} and (${known(userId)}) > m.was`,
  );
}
