/**
 * The list of cases. Each place (see `case-places.ts`) is looked into by an index that gives its cases in the order asked
 * for, so a page costs what it shows, not what there is. Counting stops at a cap; beyond it the planner's figure is taken.
 *
 * Statements have no name, but for the lists that nothing narrows: there are as many as combinations of filters, and each is
 * planned for its own values.
 */

import type { CaseReach } from "../../../engine/access/permissions.js";
import type { CasePlace } from "../../../engine/lifecycle/case-places.js";
import type { DeskTime } from "../../../engine/lifecycle/desk-groups.js";
import type { HappenedWindow } from "../../../engine/lifecycle/happened.js";
import type { CaseFilters, CaseSort } from "../../../engine/search/case-search.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";
import { boundedQuery, TookTooLong } from "../../../platform/db/bounded-query.js";
import { listStatementName } from "../../../platform/db/list-statement-name.js";
import { type Database, query } from "../../../platform/db/query.js";
import { caseScope } from "../../people/case-scope.js";
import { type ReplayedCases, replayedConditions } from "../../policy/replay/replay-store.js";
import { allTexts, type Matching, sampleOfTexts } from "./case-matching.js";
import { deskCondition } from "./desk-conditions.js";
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

type Bind = (value: unknown) => string;

/** Values of a statement and the places that stand for them in its text. */
function binder(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

const urgencies: Readonly<Record<StateKind, number>> = { open: 0, waiting: 1, resolved: 2, final: 3 };

const orders: Readonly<Record<CaseSort, (alias: string) => string>> = {
  need: (c) => `${c}.urgency, ${c}.due_at, ${c}.id`,
  newest: (c) => `${c}.received_at desc, ${c}.id desc`,
  oldest: (c) => `${c}.received_at, ${c}.id`,
};

function lateCondition(q: CaseQuestion, programme: string, bind: Bind): string[] {
  const { late } = q.filters;
  if (late === undefined) return [];
  const now = `${bind(q.now)}::timestamptz`;
  const waiting = "c.urgency in (0, 1)";
  if (late === "late") return [waiting, `c.due_at < ${now}`];
  if (late === "onTime") return [waiting, `(c.due_at is null or c.due_at >= ${now})`];
  return [waiting, `c.due_at >= ${now}`, `c.due_at < ${bind(q.dayEnds.get(programme) ?? q.now)}::timestamptz`];
}

function deskConditions(q: CaseQuestion, programme: string, bind: Bind): string[] {
  const time = q.deskTimes.get(programme);
  return q.filters.desk === undefined || time === undefined ? [] : [deskCondition(q.filters.desk, time, bind)];
}

function receivedConditions({ received }: CaseQuestion, programme: string, bind: Bind): string[] {
  const day = received?.get(programme);
  return day === undefined ? [] : [`c.received_at >= ${bind(day.from)}`, `c.received_at < ${bind(day.to)}`];
}

/** The numbers of all that say what was searched; null where they are many, or nothing was searched. */
const named = ({ matching }: CaseQuestion): readonly number[] | null => matching?.named ?? null;

function textConditions(q: Asking, programme: string, bind: Bind): string[] {
  const sought = q.text?.get(programme);
  if (sought === undefined || named(q) !== null) return [];
  const ends = q.matching?.ends ?? [];
  const says = `t.lexemes @@ ${bind(sought)}::tsquery`;
  const meant = ends.length === 0 ? says : `(${says} or t.case_id = any(${bind(ends)}::bigint[]))`;
  return [q.eachCase ? `(select ${meant} from case_texts t where t.case_id = c.id)` : meant];
}

function kindCondition({ kinds = [] }: CaseFilters): string[] {
  const wanted = kinds.map((kind) => urgencies[kind]);
  return wanted.length === 0 ? [] : [`c.urgency in (${wanted.join(", ")})`];
}

function filterConditions({ filters, replayed }: CaseQuestion, bind: Bind): string[] {
  const equal = (column: string, value: unknown): string[] =>
    value === undefined ? [] : [`c.${column} = ${bind(value)}`];
  return [
    ...kindCondition(filters),
    ...equal("state", filters.state),
    ...equal("type", filters.type),
    ...(filters.sector === null ? ["c.sector is null"] : equal("sector", filters.sector)),
    ...equal("pillar", filters.pillar),
    ...equal("importance", filters.importance),
    ...equal("channel", filters.channel),
    ...equal("assignee", filters.assignee),
    ...replayedConditions(replayed, bind),
    ...(filters.escalated === undefined ? [] : [`c.escalation_level ${filters.escalated ? ">" : "="} 0`]),
    ...(filters.receivedFrom === undefined ? [] : [`c.received_at >= ${bind(filters.receivedFrom)}`]),
    ...(filters.receivedTo === undefined ? [] : [`c.received_at < ${bind(filters.receivedTo)}`]),
  ];
}

/** @param entity what a row's entity has to be; left out, one of those of the place */
function placeConditions(q: Asking, place: CasePlace, bind: Bind, entity?: string): string[] {
  const { entities, sector, secrecy } = place;
  const [only] = entities ?? [];
  const ofEntity =
    entities === null
      ? []
      : [`c.entity = ${entity ?? (entities.length === 1 ? bind(only) : `any(${bind(entities)}::text[])`)}`];
  return [
    `c.programme = ${bind(place.programme)}`,
    ...ofEntity,
    ...(place.unplaced ? ["c.entity is null"] : []),
    ...(sector === undefined ? [] : [sector === null ? "c.sector is null" : `c.sector = ${bind(sector)}`]),
    ...(secrecy === "any" ? [] : [secrecy === "open" ? "not c.confidential" : "c.confidential"]),
    ...(q.reference === null
      ? [
          ...lateCondition(q, place.programme, bind),
          ...deskConditions(q, place.programme, bind),
          ...receivedConditions(q, place.programme, bind),
          ...textConditions(q, place.programme, bind),
        ]
      : []),
  ];
}

function conditions(q: CaseQuestion, bind: Bind): string[] {
  return q.reference === null ? filterConditions(q, bind) : [`c.reference = ${bind(q.reference)}`];
}

/**
 * Cases that something happened to, looked up before anything else is asked of them: they are few, and lie anywhere in the
 * order of a list. Null where all cases are meant.
 */
function happenedTable({ happened, reference, places }: CaseQuestion, bind: Bind): string | null {
  if (happened === null || reference !== null) return null;
  const queries = [...happened].flatMap(([code, { happening, from, to, person }]) =>
    places.some(({ programme }) => programme === code)
      ? [
          happenedCases(happening, {
            programme: bind(code),
            from: `${bind(from)}::timestamptz`,
            to: `${bind(to)}::timestamptz`,
            ...(person !== undefined && { person: `${bind(person)}::integer` }),
          }),
        ]
      : [],
  );
  return `happened as materialized (select c.* from cases c where c.id in (${queries.join(" union ")}))`;
}

function matchingTable(q: CaseQuestion, bind: Bind): string | null {
  const ids = named(q);
  return ids === null || q.reference !== null
    ? null
    : `matching(case_id) as materialized (select unnest(${bind(ids)}::bigint[]))`;
}

/** `with …` of what is looked up before, and a space; nothing where nothing is. */
function beforehand(q: CaseQuestion, bind: Bind): { first: string; and: string } {
  const all = [happenedTable(q, bind), matchingTable(q, bind)].filter((table) => table !== null).join(", ");
  return { first: all === "" ? "" : `with ${all} `, and: all === "" ? "" : `${all}, ` };
}

function tables(q: Asking): string {
  const { text, reference, happened, eachCase } = q;
  if (reference !== null) return "cases c";
  const cases = happened === null ? "cases c" : "happened c";
  if (named(q) !== null) return `${cases} join matching m on m.case_id = c.id`;
  return text === null || eachCase ? cases : `${cases} join case_texts t on t.case_id = c.id`;
}
const keys = "c.id, c.urgency, c.due_at, c.received_at";

/**
 * The first `most` cases of a place in order. Several entities are looked into one by one, each by its index; for words
 * their index is asked once for all of them, and so are the few that something happened to.
 */
function firstOfPlace(q: Asking, place: CasePlace, sort: CaseSort, most: string, bind: Bind): string {
  const all = q.reference === null && q.text === null && q.happened === null;
  const oneByOne = all && place.entities !== null && place.entities.length > 1;
  const where = [...placeConditions(q, place, bind, oneByOne ? "e.code" : undefined), ...conditions(q, bind)];
  const first = `select ${keys} from ${tables(q)} where ${where.join(" and ")} order by ${orders[sort]("c")} limit ${most}`;
  return oneByOne
    ? `(select f.* from unnest(${bind(place.entities)}::text[]) e(code) cross join lateral (${first}) f)`
    : `(${first})`;
}

/** Milliseconds that a search for words may take, its page and its count. */
const longestPage = 5000;
const longestCount = 2000;

/** Words can be in so many cases that nobody would wait: such a question has an end. Throws `TookTooLong`. */
const asked = <Row>(db: Database, q: CaseQuestion, text: string, values: unknown[], milliseconds: number) =>
  q.text === null
    ? query<Row>(db, { name: listStatementName(q, text), text }, values)
    : boundedQuery<Row>(db, text, values, milliseconds);

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
  const { values, bind } = binder();
  const most = bind(a.offset + a.limit);
  const found = q.places.map((place) => firstOfPlace(q, place, a.sort, most, bind));
  const scope = caseScope(a.reach, values.push(null));
  values[values.length - 1] = scope.value;
  const text = `with ${beforehand(q, bind).and}found as (${found.join(" union ")}),
  page as (select * from found c order by ${orders[a.sort]("c")} limit ${bind(a.limit)} offset ${bind(a.offset)})
  select ${searchedColumns}
  from page p join cases c on c.id = p.id ${searchedTables}
  where ${scope.sql}
  order by ${orders[a.sort]("c")}`;
  return (await asked<StoredRow>(db, q, text, values, milliseconds)).map(searchedRow);
}

/** Everything that the question finds, as one condition. */
function anywhere(q: Asking, bind: Bind): string {
  const places = q.places.map((place) => `(${placeConditions(q, place, bind).join(" and ")})`);
  return [`(${places.join(" or ")})`, ...conditions(q, bind)].join(" and ");
}

/** So many cases are asked one by one what they say, rather than the index of words which of all cases say it. */
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
  const { values, bind } = binder();
  const text = `${beforehand(q, bind).first}select count(*)::integer as total
    from (select 1 from ${tables(q)} where ${anywhere(q, bind)} limit ${bind(cap + 1)}) x`;
  const [row] = await asked<{ total: number }>(db, q, text, values, longestCount);
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
  const { values, bind } = binder();
  const sample = sampleOfTexts(countSample);
  const text = `select (select count(*) from ${sample})::float8 as looked,
    (select count(*) from ${sample} join cases c on c.id = t.case_id where ${anywhere(q, bind)})::float8 as met,
    ${allTexts}::float8 as all`;
  const [row] = await query<{ looked: number; met: number; all: number }>(db, { name: "", text }, values);
  return row === undefined || row.met < fewest ? null : Math.round((row.met / row.looked) * row.all);
}

/** Numbers of what the question finds, the next `limit` after `after`: for whoever goes through all of it. */
export async function foundIdsAfter(
  db: Database,
  q: CaseQuestion,
  a: { reach: CaseReach; after: number; limit: number },
): Promise<number[]> {
  if (q.places.length === 0) return [];
  const { values, bind } = binder();
  const scope = caseScope(a.reach, values.push(null));
  values[values.length - 1] = scope.value;
  const text = `${beforehand(q, bind).first}select c.id from ${tables(q)}
    where ${anywhere(q, bind)} and ${scope.sql} and c.id > ${bind(a.after)} order by c.id limit ${bind(a.limit)}`;
  return (await query<{ id: number }>(db, { name: "", text }, values)).map(({ id }) => id);
}

/** About how many the question finds, as the planner reckons by its statistics: no row is read. */
export async function estimatedCases(db: Database, q: CaseQuestion): Promise<number> {
  const { values, bind } = binder();
  const text = `explain (format json) ${beforehand(q, bind).first}select 1
    from ${tables(q)} where ${anywhere(q, bind)}`;
  const [row] = await query<{ "QUERY PLAN": readonly { Plan: { "Plan Rows": number } }[] }>(
    db,
    { name: "", text },
    values,
  );
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
}

/** Cases linked to this one as its duplicates or split off it, and those that it repeats or comes from; only those in reach. */
export async function linkedCases(
  db: Database,
  a: { caseId: number; duplicateOf: number | null; splitFrom: number | null; reach: CaseReach; limit: number },
): Promise<LinkedRow[]> {
  const scope = caseScope(a.reach, 4);
  const text = `select c.id, c.reference, c.state, c.workflow_version_id as "workflowVersionId", c.received_at as "receivedAt",
      c.split_from as "splitFrom", c.confidential
    from cases c where (c.duplicate_of = $1 or c.split_from = $1 or c.id = $2 or c.id = $3) and ${scope.sql} order by c.received_at, c.id limit $5`;
  return query(db, { name: "linked-cases", text }, [a.caseId, a.duplicateOf, a.splitFrom, scope.value, a.limit]);
}
