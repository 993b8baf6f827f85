/**
 * The list of cases. Each place (see `case-places.ts`) is looked into by an index that gives its cases in the order asked
 * for, so a page costs what it shows, not what there is. Counting stops at a cap; beyond it the planner's figure is taken.
 *
 * What narrows a list is planned for its own values: there are as many statements as combinations of filters. Only lists
 * that nothing narrows are prepared.
 */

import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import type { CaseReach } from "../../../engine/access/permissions.js";
import type { CasePlace } from "../../../engine/lifecycle/case-places.js";
import type { DeskFilter, DeskTime } from "../../../engine/lifecycle/desk-groups.js";
import type { HappenedWindow } from "../../../engine/lifecycle/happened.js";
import type { Ranking } from "../../../engine/search/best-match.js";
import type { CaseFilters, CaseSort } from "../../../engine/search/case-search.js";
import { boundedQuery, TookTooLong } from "../../../platform/db/bounded-query.js";
import { type Database, query, queryUnprepared } from "../../../platform/db/query.js";
import { applicantCases, casesWithin, orderCases } from "../../people/case-scope.js";
import type { ReplayedCases } from "../../policy/replay/replay-store.js";
import { byMatch, matchColumns } from "./best-match-order.js";
import { allTexts, type Matching, sampleOfTexts } from "./case-matching.js";
import { deskCondition, isOverdue, notInReview, overdueByIndex, placeByImportance } from "./desk-conditions.js";
import { filterConditions } from "./filter-conditions.js";
import { happenedCases } from "./happened-cases.js";
import { type SearchedRow, type StoredRow, searchedColumns, searchedRow, searchedTables } from "./searched-rows.js";

export interface CaseQuestion {
  readonly places: readonly CasePlace[];
  readonly filters: CaseFilters;
  /** A reference in its written form: then nothing else is asked for. */
  readonly reference: string | null;
  /** What the texts have to say, a programme, as a tsquery; null: whatever they say. */
  readonly text: ReadonlyMap<string, string> | null;
  /** The cases that say so (`case-matching.ts`); null: nothing was searched. */
  readonly matching: Matching | null;
  /** By what they are put in order as the best match; null: they are not compared. */
  readonly ranking: Ranking | null;
  /** Only what was received on this day, a programme; null: on any. */
  readonly received: ReadonlyMap<string, { readonly from: Date; readonly to: Date }> | null;
  /** When the day ends, a programme. */
  readonly dayEnds: ReadonlyMap<string, Date>;
  /** What tells the groups of a desk apart, a programme. */
  readonly deskTimes: ReadonlyMap<string, DeskTime>;
  /** Only what this happened to, a programme; null: whatever happened. */
  readonly happened: ReadonlyMap<string, HappenedWindow> | null;
  readonly replayed: ReplayedCases | null;
  readonly now: Date;
}

/**
 * `eachCase`: what is said by many is asked of each case as the list goes along, which soon has enough. Left to itself the
 * planner reckons the words of one name as if they never stood together, and would fetch and sort all cases that say them.
 */
interface Asking extends CaseQuestion {
  readonly eachCase?: true;
}

/** @param place how important a case is among those of its group; null: they are no group @param from where `matchColumns` are */
const orders: Readonly<Record<CaseSort, (place: Sql | null, from: Sql) => Sql>> = {
  match: (_place, from) => sql`${byMatch(from)}, c.urgency, c.promise_due_at, c.id`,
  need: (place) => (place === null ? sql`c.urgency, c.promise_due_at, c.id` : sql`${place}, c.promise_due_at, c.id`),
  newest: () => sql`c.received_at desc, c.id desc`,
  oldest: () => sql`c.received_at, c.id`,
};

/** Whether it is a list of one group of the desk, in which the more important comes before what is due earlier. */
const isGroup = ({ filters: { desk, late }, reference }: CaseQuestion, sort: CaseSort): boolean =>
  sort === "need" &&
  reference === null &&
  (late === "late" || late === "today" || groupsByImportance.some((group) => group === desk));
const groupsByImportance: readonly DeskFilter[] = ["overdue", "replyLate", "today", "next"];
const allOf = (conditions: readonly Sql[]): Sql => join(conditions, " and ");

function lateCondition(q: CaseQuestion, programme: string): Sql[] {
  const { late } = q.filters;
  if (late === undefined) return [];
  const waiting = sql`c.urgency in (0, 1)`;
  if (late === "late") return [overdueByIndex(q.now)];
  if (late === "onTime") return [waiting, sql`not coalesce(${isOverdue(q.now)}, false)`];
  const dayEnd = q.dayEnds.get(programme) ?? q.now;
  const today = [sql`c.promise_due_at < ${dayEnd}`, sql`c.due_at >= ${q.now}`, sql`c.due_at < ${dayEnd}`];
  return [waiting, notInReview, ...today];
}

function deskConditions(q: CaseQuestion, programme: string): Sql[] {
  const time = q.deskTimes.get(programme);
  return q.filters.desk === undefined || time === undefined ? [] : [deskCondition(q.filters.desk, time)];
}

function receivedConditions({ received }: CaseQuestion, programme: string): Sql[] {
  const day = received?.get(programme);
  return day === undefined ? [] : [sql`c.received_at >= ${day.from}`, sql`c.received_at < ${day.to}`];
}

/** The numbers of all that say what was searched; null where they are many, or nothing was searched. */
const named = ({ matching }: CaseQuestion): readonly number[] | null => matching?.named ?? null;

function textConditions(q: Asking, programme: string): Sql[] {
  const sought = q.text?.get(programme);
  if (sought === undefined || named(q) !== null) return [];
  const ends = q.matching?.ends ?? [];
  const says = sql`t.lexemes @@ ${sought}::tsquery`;
  const meant = ends.length === 0 ? says : sql`(${says} or t.case_id = any(${ends}::bigint[]))`;
  return [q.eachCase ? sql`(select ${meant} from case_texts t where t.case_id = c.id)` : meant];
}

/** @param entity what a row's entity has to be; left out, one of those of the place */
function placeConditions(q: Asking, place: CasePlace, entity?: Sql): Sql[] {
  const { entities, sector, secrecy } = place;
  const ofPlace = (codes: readonly string[]): Sql =>
    codes.length === 1 ? sql`${codes[0]}` : sql`any(${codes}::text[])`;
  return [
    sql`c.programme = ${place.programme}`,
    ...(entities === null ? [] : [sql`c.entity = ${entity ?? ofPlace(entities)}`]),
    ...(place.unplaced ? [sql`c.entity is null`] : []),
    ...(sector === undefined ? [] : [sector === null ? sql`c.sector is null` : sql`c.sector = ${sector}`]),
    ...(secrecy === "any" ? [] : [secrecy === "open" ? sql`not c.confidential` : sql`c.confidential`]),
    ...(place.requestedBy === undefined ? [] : [sql`c.requested_by = any(${place.requestedBy}::integer[])`]),
    ...(q.reference === null
      ? [
          ...lateCondition(q, place.programme),
          ...deskConditions(q, place.programme),
          ...receivedConditions(q, place.programme),
          ...textConditions(q, place.programme),
        ]
      : []),
  ];
}

function conditions(q: CaseQuestion): Sql[] {
  if (q.reference !== null) return [sql`c.reference = ${q.reference}`];
  return [q.filters.orders === undefined ? applicantCases : orderCases, ...filterConditions(q)];
}

/**
 * Cases that something happened to, looked up before anything else is asked of them: they are few, and lie anywhere in the
 * order of a list. None where all cases are meant.
 */
function happenedTable({ happened, reference, places }: CaseQuestion): Sql[] {
  if (happened === null || reference !== null) return [];
  const asked = [...happened].filter(([code]) => places.some(({ programme }) => programme === code));
  const queries = asked.map(([programme, { happening, ...within }]) =>
    happenedCases(happening, { programme, ...within }),
  );
  return [sql`happened as materialized (select c.* from cases c where c.id in (${join(queries, " union ")}))`];
}

function matchingTable(q: CaseQuestion): Sql[] {
  const ids = named(q);
  return ids === null || q.reference !== null
    ? []
    : [sql`matching(case_id) as materialized (select unnest(${ids}::bigint[]))`];
}

/** What is looked up before, for `with`. */
const beforehand = (q: CaseQuestion): Sql[] => [...happenedTable(q), ...matchingTable(q)];
const withTables = (tables: readonly Sql[]): Sql => (tables.length === 0 ? empty : sql`with ${join(tables, ", ")}`);

function tables(q: Asking): Sql {
  const { text, reference, happened, eachCase } = q;
  if (reference !== null) return sql`cases c`;
  const cases = happened === null ? sql`cases c` : sql`happened c`;
  if (named(q) !== null) return sql`${cases} join matching m on m.case_id = c.id`;
  return text === null || eachCase ? cases : sql`${cases} join case_texts t on t.case_id = c.id`;
}
const keys = sql`c.id, c.urgency, c.promise_due_at, c.received_at`;

/**
 * The first `most` cases of a place in order. Several entities are looked into one by one, each by its index; for words
 * their index is asked once for all of them, and so are the few that something happened to.
 */
function firstOfPlace(q: Asking, place: CasePlace, sort: CaseSort, most: number): Sql {
  const all = q.reference === null && q.text === null && q.happened === null;
  const oneByOne = all && place.entities !== null && place.entities.length > 1;
  const where = allOf([...placeConditions(q, place, oneByOne ? sql`e.code` : undefined), ...conditions(q)]);
  const time = isGroup(q, sort) ? q.deskTimes.get(place.programme) : undefined;
  const byImportance = time === undefined ? null : placeByImportance(time);
  // A whole programme has too much of a group to sort it: an index gives the first of each level.
  if (time !== undefined && all && place.entities === null) {
    const ofLevel = (condition: Sql): Sql => sql`select ${keys} from ${tables(q)} where ${where} and ${condition}
      order by c.promise_due_at, c.id limit ${most}`;
    return sql`((select f.*, l.place::integer as place from unnest(${time.byImportance}::text[]) with ordinality l(code, place)
        cross join lateral (${ofLevel(sql`c.importance = l.code`)}) f)
      union all (select f.*, null::integer from (${ofLevel(sql`c.importance is null`)}) f))`;
  }
  const ranked =
    sort === "match" && q.ranking !== null ? sql`, ${matchColumns(q.ranking, q.matching?.ends ?? [])}` : empty;
  const found = byImportance === null ? sql`${keys}${ranked}` : sql`${keys}, ${byImportance} as place`;
  const order = orders[sort](byImportance, empty);
  const first = sql`select ${found} from ${tables(q)} where ${where} order by ${order} limit ${most}`;
  return oneByOne
    ? sql`(select f.* from unnest(${place.entities}::text[]) e(code) cross join lateral (${first}) f)`
    : sql`(${first})`;
}

/** Milliseconds that a search for words may take, its page and its count. */
const longestPage = 5000;
const longestCount = 2000;

const isNarrowed = ({ filters, reference, happened, received }: CaseQuestion): boolean =>
  [reference, happened, received].some((one) => one !== null) ||
  Object.values(filters).some((one) => one !== undefined);

/** Words can be in so many cases that nobody would wait: such a question has an end. Throws `TookTooLong`. */
function asked<Row>(db: Database, q: CaseQuestion, statement: Sql, milliseconds: number): Promise<Row[]> {
  if (q.text !== null) return boundedQuery<Row>(db, statement, milliseconds);
  return isNarrowed(q) ? queryUnprepared<Row>(db, statement) : query<Row>(db, statement);
}

interface PageOf {
  readonly reach: CaseReach;
  readonly sort: CaseSort;
  readonly offset: number;
  readonly limit: number;
}

/** Where those that say it all lie at the end of the order, the way along it is given up after so many milliseconds. */
const longestWalk = 150;

/** A page of what the question finds, inside `reach` whatever the places say. */
export async function searchedCases(db: Database, q: CaseQuestion, a: PageOf): Promise<SearchedRow[]> {
  if (q.places.length === 0) return [];
  if (q.text === null || named(q) !== null || q.reference !== null) return pageOf(db, q, a, longestPage);
  return pageOf(db, { ...q, eachCase: true }, a, longestWalk).catch((error: unknown) => {
    if (error instanceof TookTooLong) return pageOf(db, q, a, longestPage);
    throw error;
  });
}

async function pageOf(db: Database, q: Asking, a: PageOf, milliseconds: number): Promise<SearchedRow[]> {
  const found = q.places.map((place) => firstOfPlace(q, place, a.sort, a.offset + a.limit));
  const order = (from: string): Sql =>
    orders[a.sort](isGroup(q, a.sort) ? sql`${raw(from)}.place` : null, raw(`${from}.`));
  const before = withTables([
    ...beforehand(q),
    sql`found as (${join(found, " union ")})`,
    sql`page as (select * from found c order by ${order("c")} limit ${a.limit} offset ${a.offset})`,
  ]);
  const statement = sql`${before} select ${searchedColumns} from page p join cases c on c.id = p.id ${searchedTables}
    where ${casesWithin(a.reach)} order by ${order("p")}`;
  return (await asked<StoredRow>(db, q, statement, milliseconds)).map(searchedRow);
}

/** Everything that the question finds, as one condition. */
function anywhere(q: Asking): Sql {
  const places = q.places.map((place) => sql`(${allOf(placeConditions(q, place))})`);
  return allOf([sql`(${join(places, " or ")})`, ...conditions(q)]);
}

/** Up to so many cases it is quicker to read what each says than to ask the index of words which cases say it. */
const maxAsked = 20_000;

/** Whether what is said by many is asked of few cases: those of a small entity, or of a narrow filter. */
async function isAskedOfFew(db: Database, q: CaseQuestion): Promise<boolean> {
  if (q.text === null || named(q) !== null || q.reference !== null) return false;
  return (await estimatedCases(db, { ...q, text: null, matching: null })) <= maxAsked;
}

/** How many the question finds, counted up to `cap` + 1. Throws `TookTooLong`. */
export async function countedCases(db: Database, question: CaseQuestion, cap: number): Promise<number> {
  if (question.places.length === 0) return 0;
  const q: Asking = (await isAskedOfFew(db, question)) ? { ...question, eachCase: true } : question;
  const statement = sql`${withTables(beforehand(q))} select count(*)::integer as total
    from (select 1 from ${tables(q)} where ${anywhere(q)} limit ${cap + 1}) x`;
  const [row] = await asked<{ total: number }>(db, q, statement, longestCount);
  return row?.total ?? 0;
}

/** Texts that are looked at to say about how many say something: half a per cent of a million is met twenty times. */
const countSample = 4000;

/**
 * About how many the question finds of what is said by many, reckoned by a sample; null where it met fewer than `fewest`,
 * which says too little.
 */
export async function sampledCases(db: Database, q: CaseQuestion, fewest: number): Promise<number | null> {
  if (q.places.length === 0 || q.text === null || named(q) !== null || q.reference !== null || q.happened !== null)
    return null;
  const sample = sampleOfTexts(countSample);
  const statement = sql`select (select count(*) from ${sample})::float8 as looked,
    (select count(*) from ${sample} join cases c on c.id = t.case_id where ${anywhere(q)})::float8 as met,
    ${allTexts}::float8 as all`;
  const [row] = await queryUnprepared<{ looked: number; met: number; all: number }>(db, statement);
  return row === undefined || row.met < fewest ? null : Math.round((row.met / row.looked) * row.all);
}

/** Numbers of what the question finds, the next `limit` after `after`: for whoever goes through all of it. */
export async function foundIdsAfter(
  db: Database,
  q: CaseQuestion,
  a: { reach: CaseReach; after: number; limit: number },
): Promise<number[]> {
  if (q.places.length === 0) return [];
  const statement = sql`${withTables(beforehand(q))} select c.id from ${tables(q)}
    where ${anywhere(q)} and ${casesWithin(a.reach)} and c.id > ${a.after} order by c.id limit ${a.limit}`;
  return (await queryUnprepared<{ id: number }>(db, statement)).map(({ id }) => id);
}

/** About how many the question finds, as the planner reckons by its statistics: no row is read. */
export async function estimatedCases(db: Database, q: CaseQuestion): Promise<number> {
  const statement = sql`explain (format json) ${withTables(beforehand(q))} select 1 from ${tables(q)}
    where ${anywhere(q)}`;
  const [row] = await queryUnprepared<{ "QUERY PLAN": readonly { Plan: { "Plan Rows": number } }[] }>(db, statement);
  return row?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
}

export interface LinkedRow {
  readonly id: number;
  readonly reference: string;
  readonly state: string;
  readonly workflowVersionId: number;
  readonly receivedAt: Date;
  readonly splitFrom: number | null;
  readonly confidential: boolean;
  /** Of an order: who asked it. */
  readonly requestedBy: number | null;
}

/** Cases linked to this one as its duplicates or split off it, and those that it repeats or comes from; only those in reach. */
export async function linkedCases(
  db: Database,
  a: {
    caseId: number;
    duplicateOf: number | null;
    splitFrom: number | null;
    /** Orders that ask about it lie at its entity. */
    asked: { programme: string; entity: string | null; reference: string };
    /** Of an order: the reference of the case that it asks about. */
    about: string | null;
    reach: CaseReach;
    limit: number;
  },
): Promise<LinkedRow[]> {
  const { caseId, duplicateOf, splitFrom, asked, about } = a;
  const statement = sql`select c.id, c.reference, c.state, c.workflow_version_id as "workflowVersionId",
      c.received_at as "receivedAt", c.split_from as "splitFrom", c.confidential, c.requested_by as "requestedBy"
    from cases c where c.id = any(array(select o.id from cases o join applications t on t.id = o.id
          where o.requested_by is not null and o.programme = ${asked.programme} and o.entity = ${asked.entity} and t.fields->>'about' = ${asked.reference}
        union select id from cases where reference = ${about} or duplicate_of = ${caseId} or split_from = ${caseId} or id = ${duplicateOf} or id = ${splitFrom}))
      and ${casesWithin(a.reach)}
    order by c.received_at, c.id limit ${a.limit}`;
  return query(db, statement);
}
