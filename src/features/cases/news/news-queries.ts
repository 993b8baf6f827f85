/**
 * News of a person: what is theirs by name, and what they share while nobody has the case. Each branch reads partial indexes of what is
 * unseen, or of all of it, newest first, and stops at what is asked for, whatever the number of cases. Reminders from above
 * that wait are in it too, seen or not: there are few at a time, and an index has them.
 */
import sql, { empty, join, type Sql } from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { Reminder } from "../../../engine/lifecycle/case.js";
import type { NewsKind } from "../../../engine/lifecycle/case-news.js";
import type { NewsShown } from "../../../engine/lifecycle/views/news-view.js";
import { defaultNewsDays } from "../../../engine/setup/news-days.js";
import { boundedQuery } from "../../../platform/db/bounded-query.js";
import { type Database, query } from "../../../platform/db/query.js";
import { casesWithin } from "../../people/case-scope.js";
import { remindersOf } from "../case-queries.js";
import { callMayBeAsked } from "../follow/promised-call.js";
import { isReminded } from "../list/desk-conditions.js";
import { seenBy } from "./news-marks.js";

export interface NewsAsked {
  readonly userId: number;
  /** People who handle the confidential cases of a place share the news of all that nobody there has taken. */
  readonly reach: CaseReach;
  readonly now: Date;
}

/** What is looked for in the cases of news: a reference in its written form, or what their texts say, as a tsquery. */
export type NewsSearch = { readonly reference: string } | { readonly says: string };

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
  /** Seen or not, the newest first. */
  readonly allKinds: readonly NewsKind[];
  /** The one that waits; null: none does. */
  readonly reminder: Reminder | null;
  /** Of the reminder, else of the newest. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: { readonly kind: string; readonly name?: string };
}

/** Of a case `c`: the reminder by someone else that is shown, the highest that waits. */
const reminderFor = (userId: number): Sql => sql`(select r from jsonb_array_elements(c.reminders) r
  where (r->>'open')::boolean and (r->>'by')::integer <> ${userId} order by (r->>'level')::integer desc, r->>'at' desc limit 1)`;

/** Whether news came so lately that it is new, as its programme says. */
const isLate = (now: Date): Sql => sql`n.at >= ${now}::timestamptz - make_interval(days => coalesce(
  (select (p.settings->>'newsDays')::integer from programmes p where p.code = n.programme), ${defaultNewsDays}))`;

const sought = (search: NewsSearch | null): Sql => {
  if (search === null) return empty;
  return "reference" in search
    ? sql`and c.reference = ${search.reference}`
    : sql`and (select t.lexemes @@ ${search.says}::tsquery from case_texts t where t.case_id = n.case_id)`;
};

/**
 * Rows `case_id, at, last_seq, items, reminded, late, seen_to, mine`, at most `most` of each place; one case may be there twice.
 * @param seen what was seen as well
 */
function newsRows({ userId, reach, now }: NewsAsked, most: number, seen: boolean, search: NewsSearch | null): Sql {
  const columns = sql`n.case_id, n.at, n.last_seq, n.items, false as reminded, ${isLate(now)} as late`;
  const inReach = sql`from case_news n join cases c on c.id = n.case_id where ${casesWithin(reach)} ${sought(search)}
    and ${seen ? sql`n.last_seq > 0` : sql`n.last_seq > n.read_to`}`;
  const newest = sql`order by n.at desc limit ${most}`;
  const sharedAt = (place: Sql): Sql =>
    sql`lateral (select ${columns}, greatest(n.read_to, ${seenBy(userId)}) as seen_to, false as mine
      ${inReach} and n.holder is null ${seen ? empty : sql`and ${seenBy(userId)} < n.last_seq`} and n.programme = p.programme and ${place} ${newest}) x`;
  const one = sql`(select ${columns}, n.read_to as seen_to, true as mine ${inReach} and n.holder = ${userId} ${newest})`;
  const placesOf = (list: readonly object[], columns_: Sql): Sql =>
    sql`jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as p(${columns_})`;
  const coded = sql`programme text, code text`;
  const unplaced = reach.confidentialUnplaced.map((programme) => ({ programme }));
  const sharedBy = [
    sql`exists (select from ${placesOf(reach.confidentialEntities, coded)} where p.programme = c.programme and p.code = c.entity)`,
    sql`c.entity is null and exists (select from ${placesOf(reach.confidentialTriage, coded)} where p.programme = c.programme and p.code = c.sector)`,
    sql`c.entity is null and c.sector is null and c.programme = any(${reach.confidentialUnplaced}::text[])`,
  ];
  // Also those who were asked and do not have the case: of its other news they get none.
  const wasAsked = sql`exists (select from case_events e where e.case_id = c.id and e.seq = (w.reminder->>'seq')::integer
    and e.data::jsonb->'receivers' @> to_jsonb(${userId}::integer))`;
  const reminded = sql`(select n.case_id, n.at, n.last_seq, n.items, true as reminded, true as late,
      case when n.holder is null then greatest(n.read_to, ${seenBy(userId)}) when n.holder = ${userId} then n.read_to
        else n.last_seq end as seen_to, n.holder is not distinct from ${userId} as mine
    from cases c join case_news n on n.case_id = c.id and n.user_id is null,
      lateral (select ${reminderFor(userId)} as reminder) w
    where ${isReminded} ${sought(search)} and w.reminder is not null and ${casesWithin(reach)}
      and (n.holder = ${userId} or (n.holder is null and (${join(sharedBy, " or ")})) or ${wasAsked}) ${newest})`;
  return sql`${one} union all ${reminded}
    union all select x.* from ${placesOf(reach.confidentialEntities, coded)}, ${sharedAt(sql`n.entity = p.code and n.entity is not null`)}
    union all select x.* from ${placesOf(reach.confidentialTriage, coded)}, ${sharedAt(sql`n.entity is null and n.sector = p.code`)}
    union all select x.* from ${placesOf(unplaced, sql`programme text`)}, ${sharedAt(sql`n.entity is null and n.sector is null`)}`;
}

export interface NewsCount {
  /** New ones: what came lately, and what someone above reminds of. */
  readonly count: number;
  /** The others that are unseen; of a place with more new ones than are counted they are not looked for. */
  readonly older: number;
  /** Of them those with a reminder that waits. */
  readonly reminded: number;
}

/** Cases with news, counted up to `most`. */
export async function countNews(db: Database, asked: NewsAsked, most: number): Promise<NewsCount> {
  const statement = sql`select least(count(*) filter (where late), ${most})::integer as count,
      least(count(*) filter (where not late), ${most})::integer as older,
      least(count(*) filter (where reminded), ${most})::integer as reminded
    from (select case_id, bool_or(late) as late, bool_or(reminded) as reminded from (${newsRows(asked, most, false, null)}) u group by case_id) g`;
  return (await query<NewsCount>(db, statement))[0] ?? { count: 0, older: 0, reminded: 0 };
}

/** Looking through all that a person ever learned is given up after so many milliseconds. */
const longestSearch = 3000;

/**
 * Those with a reminder that waits before all else, then what is new and unseen, then the newest, one row a case. Throws
 * `TookTooLong` where something is looked for that too little of it says.
 */
export async function findNews(
  db: Database,
  asked: NewsAsked,
  a: { shown: NewsShown; search: NewsSearch | null; offset: number; limit: number },
): Promise<FoundNews[]> {
  type Row = Omit<FoundNews, "reminder"> & { readonly reminder: unknown };
  const most = a.offset + a.limit;
  const unseen = newsRows(asked, most, false, a.search);
  // What is unseen is asked for by itself too: it comes first, however much that was seen is newer.
  const rows = a.shown === "all" ? sql`${unseen} union all ${newsRows(asked, most, true, a.search)}` : unseen;
  const first = sql`bool_or(reminded) desc, bool_or(late and last_seq > seen_to) desc, max(at) desc, case_id desc`;
  const statement = sql`with u as (${rows}),
    g as (select case_id, max(at) as at, max(last_seq) as seq, bool_or(mine) as mine, bool_or(reminded) as reminded,
        row_number() over (order by ${first}) as nth
      from u group by case_id ${a.shown === "new" ? sql`having bool_or(late)` : empty} order by ${first} offset ${a.offset} limit ${a.limit})
    select c.reference, c.programme, c.entity, c.sector, c.confidential, t.subject,
      ${callMayBeAsked(sql`g.case_id`)} as callable, g.at, g.seq, coalesce(x.first, (w.reminder->>'seq')::integer, g.seq) as "firstSeq", coalesce(y.kinds, '[]') as "allKinds", g.mine, e.data::jsonb as data,
      e.actor::jsonb as actor, coalesce(x.kinds, '[]') as kinds, c.assignee is not null as taken, w.reminder
    from g join cases c on c.id = g.case_id join applications t on t.id = g.case_id
      cross join lateral (select case when g.reminded then ${reminderFor(asked.userId)} end as reminder) w
      join case_events e on e.case_id = g.case_id and e.seq = coalesce((w.reminder->>'seq')::integer, g.seq),
      lateral (select jsonb_agg(i->'kind' order by (i->>'seq')::integer desc, nth) as kinds, min((i->>'seq')::integer) as first
        from u, jsonb_array_elements(u.items) with ordinality y(i, nth)
        where u.case_id = g.case_id and (i->>'seq')::integer > u.seen_to) x,
      lateral (select jsonb_agg(i->'kind' order by (i->>'seq')::integer desc, nth) as kinds
        from u, jsonb_array_elements(u.items) with ordinality y(i, nth) where u.case_id = g.case_id) y
    order by g.nth`;
  const found = a.search === null ? query<Row>(db, statement) : boundedQuery<Row>(db, statement, longestSearch);
  return (await found).map((row) => ({
    ...row,
    reminder: row.reminder === null ? null : (remindersOf([row.reminder])[0] ?? null),
  }));
}

/** Number of the first event that is news to this person and not seen yet; null: none is. */
export async function firstUnseen(db: Database, a: { caseId: number; userId: number }): Promise<number | null> {
  const statement = sql`select min((i->>'seq')::integer) as seq from case_news n, jsonb_array_elements(n.items) i
    where n.case_id = ${a.caseId} and (n.holder = ${a.userId} or n.holder is null)
      and (i->>'seq')::integer > greatest(n.read_to, case when n.holder is null then ${seenBy(a.userId)} else 0 end)`;
  return (await query<{ seq: number | null }>(db, statement))[0]?.seq ?? null;
}
