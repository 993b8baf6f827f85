/**
 * News that somebody has not seen: what is theirs by name, and what they share while nobody has the case. Each branch reads
 * partial indexes of what is unseen, newest first, and stops at what is asked for, whatever the number of cases.
 */
import sql, { type Sql } from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { NewsKind } from "../../../engine/lifecycle/case-news.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";
import { callMayBeAsked } from "../follow/promised-call.js";
import { seenBy } from "./news-marks.js";

export interface NewsAsked {
  readonly userId: number;
  /** People who handle the confidential cases of a place share the news of all that nobody there has taken. */
  readonly reach: CaseReach;
}

export interface FoundNews {
  readonly reference: string;
  readonly programme: string;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly confidential: boolean;
  /** The applicant left a number, and no call to them waits. */
  readonly callable: boolean;
  readonly subject: string;
  readonly at: Date;
  readonly seq: number;
  /** The first that is unseen. */
  readonly firstSeq: number;
  readonly mine: boolean;
  /** Somebody has the case. */
  readonly taken: boolean;
  /** Unseen, the newest first. */
  readonly kinds: readonly NewsKind[];
  /** Of the newest. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: { readonly kind: string; readonly name?: string };
}

/** Rows `case_id, at, last_seq, items, seen_to, mine`, at most `most` of each place; one case may be there twice. */
function unseen({ userId, reach }: NewsAsked, most: number): Sql {
  const columns = sql`n.case_id, n.at, n.last_seq, n.items`;
  const inReach = sql`from case_news n join cases c on c.id = n.case_id where ${casesWithin(reach)} and n.last_seq > n.read_to`;
  const newest = sql`order by n.at desc limit ${most}`;
  const sharedAt = (place: Sql): Sql =>
    sql`lateral (select ${columns}, greatest(n.read_to, ${seenBy(userId)}) as seen_to, false as mine
      ${inReach} and n.holder is null and ${seenBy(userId)} < n.last_seq and n.programme = p.programme and ${place} ${newest}) x`;
  const one = sql`(select ${columns}, n.read_to as seen_to, true as mine ${inReach} and n.holder = ${userId} ${newest})`;
  const placesOf = (list: readonly object[], columns_: Sql): Sql =>
    sql`jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as p(${columns_})`;
  const coded = sql`programme text, code text`;
  const unplaced = reach.confidentialUnplaced.map((programme) => ({ programme }));
  return sql`${one}
    union all select x.* from ${placesOf(reach.confidentialEntities, coded)}, ${sharedAt(sql`n.entity = p.code and n.entity is not null`)}
    union all select x.* from ${placesOf(reach.confidentialTriage, coded)}, ${sharedAt(sql`n.entity is null and n.sector = p.code`)}
    union all select x.* from ${placesOf(unplaced, sql`programme text`)}, ${sharedAt(sql`n.entity is null and n.sector is null`)}`;
}

/** Cases with news, counted up to `most`. */
export async function countNews(db: Database, asked: NewsAsked, most: number): Promise<number> {
  const statement = sql`select least(count(distinct case_id), ${most})::integer as n from (${unseen(asked, most)}) u`;
  return (await query<{ n: number }>(db, statement))[0]?.n ?? 0;
}

/** The newest first, one row a case. */
export async function findNews(
  db: Database,
  asked: NewsAsked,
  a: { offset: number; limit: number },
): Promise<FoundNews[]> {
  const statement = sql`with u as (${unseen(asked, a.offset + a.limit)}),
    g as (select case_id, max(at) as at, max(last_seq) as seq, bool_or(mine) as mine from u group by case_id
      order by max(at) desc, case_id desc offset ${a.offset} limit ${a.limit})
    select c.reference, c.programme, c.entity, c.sector, c.confidential, t.subject,
      ${callMayBeAsked(sql`g.case_id`)} as callable, g.at, g.seq, coalesce(x.first, g.seq) as "firstSeq", g.mine, e.data::jsonb as data,
      e.actor::jsonb as actor, x.kinds, c.assignee is not null as taken
    from g join cases c on c.id = g.case_id join applications t on t.id = g.case_id
      join case_events e on e.case_id = g.case_id and e.seq = g.seq,
      lateral (select jsonb_agg(i->'kind' order by (i->>'seq')::integer desc, nth) as kinds, min((i->>'seq')::integer) as first
        from u, jsonb_array_elements(u.items) with ordinality y(i, nth)
        where u.case_id = g.case_id and (i->>'seq')::integer > u.seen_to) x
    order by g.at desc, g.case_id desc`;
  return query(db, statement);
}

/** Number of the first event that is news to this person and not seen yet; null: none is. */
export async function firstUnseen(db: Database, a: { caseId: number; userId: number }): Promise<number | null> {
  const statement = sql`select min((i->>'seq')::integer) as seq from case_news n, jsonb_array_elements(n.items) i
    where n.case_id = ${a.caseId} and (n.holder = ${a.userId} or n.holder is null)
      and (i->>'seq')::integer > greatest(n.read_to, case when n.holder is null then ${seenBy(a.userId)} else 0 end)`;
  return (await query<{ seq: number | null }>(db, statement))[0]?.seq ?? null;
}
