/** Orders, read by their own indexes: what some positions asked for, and what is asked of places. */
import sql from "sql-template-tag";
import type { OrderFigures } from "../../engine/lifecycle/views/order-views.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { StateKind } from "../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../platform/db/query.js";
import { isOverdue } from "../cases/list/desk-conditions.js";
import { orderCases } from "../people/case-scope.js";

export interface OrderRow {
  readonly reference: string;
  readonly programme: string;
  readonly type: string;
  readonly subject: string;
  readonly entity: string | null;
  /** What the position that asked is called, also where it is out of use by now. */
  readonly from: Bilingual;
  readonly workflowVersionId: number;
  readonly state: string;
  readonly kind: StateKind;
  readonly receivedAt: Date;
  readonly dueAt: Date | null;
  readonly escalationLevel: number;
}

const columns = sql`c.reference, c.programme, c.type, a.subject, c.entity, (select json_build_object('ar', s.title_ar, 'en', s.title_en) from seats s where s.id = c.requested_by) as "from",
  c.workflow_version_id as "workflowVersionId", c.state, c.state_kind as kind, c.received_at as "receivedAt", c.due_at as "dueAt",
  c.escalation_level as "escalationLevel"`;

/** What was asked from these positions: what still goes on first, the nearest due first; then what ended, the newest first. */
export function askedOrders(
  db: Database,
  a: { readonly seats: readonly number[]; readonly limit: number },
): Promise<OrderRow[]> {
  const statement = sql`select ${columns} from cases c join applications a on a.id = c.id
    where c.requested_by = any(${a.seats}::integer[])
    order by c.urgency = 3, c.urgency = 2 desc, case when c.urgency = 3 then null else c.due_at end nulls last, c.received_at desc, c.id desc
    limit ${a.limit}`;
  return query(db, statement);
}

export interface ToldOrderRow extends OrderRow {
  /** The last answer in its own words, and when it was given; null: there is none. */
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}

/** A letter tells of a few; of the others it says how many there are. */
const mostToldOf = 200;

/** What was asked from these positions and goes on, or ended since; what was withdrawn is not told. */
export function ordersSince(
  db: Database,
  a: { readonly seats: readonly number[]; readonly since: Date },
): Promise<ToldOrderRow[]> {
  const statement = sql`select ${columns}, e.data::json->>'answer' as answer, e.at as "answeredAt"
    from cases c join applications a on a.id = c.id
    left join lateral (select data, at from case_events where case_id = c.id and type = 'case.answered' order by seq desc limit 1) e on true
    where c.requested_by = any(${a.seats}::integer[]) and c.withdrawn_at is null and (c.urgency <> 3 or c.closed_at >= ${a.since})
    order by c.urgency = 3, c.due_at nulls last, c.id desc limit ${mostToldOf}`;
  return query(db, statement);
}

/** Where orders are for somebody to answer: at these entities, and in the queue of these programmes' operation rooms. */
export interface AnsweredPlaces {
  readonly entities: readonly { readonly programme: string; readonly code: string }[];
  readonly rooms: readonly string[];
}

/** Open orders that wait in these places. */
export function receivedOrders(
  db: Database,
  a: { readonly places: AnsweredPlaces; readonly limit: number },
): Promise<OrderRow[]> {
  const { entities, rooms } = a.places;
  const statement = sql`select ${columns} from cases c join applications a on a.id = c.id
    where ${orderCases} and c.urgency in (0, 1) and not c.confidential
      and ((c.entity is null and c.programme = any(${[...rooms]}::text[])) or (c.programme, c.entity) in (
        select e->>'programme', e->>'code' from jsonb_array_elements(${JSON.stringify(entities)}::jsonb) e))
    order by c.urgency, c.due_at nulls last, c.id limit ${a.limit}`;
  return query(db, statement);
}

/** It was answered and has ended. */
const closed = sql`c.state_kind = 'final' and c.withdrawn_at is null and c.first_resolved_at is not null`;

/** What became of what these positions asked for since a moment. */
export async function orderFigures(
  db: Database,
  a: { readonly seats: readonly number[]; readonly since: Date; readonly now: Date },
): Promise<OrderFigures> {
  const statement = sql`select (count(*) filter (where c.urgency in (0, 1)))::integer as open,
      (count(*) filter (where c.urgency in (0, 1) and c.due_at < ${a.now}))::integer as late,
      (count(*) filter (where c.state_kind in ('waiting', 'resolved')))::integer as "toYou",
      (percentile_cont(0.5) within group (order by c.resolution_working_seconds) filter (where c.first_resolved_at is not null))::float8 as "medianSeconds",
      (count(*) filter (where ${closed}))::integer as closed,
      (count(*) filter (where ${closed} and c.reopen_count = 0))::integer as "atFirstTry"
    from cases c where c.requested_by = any(${a.seats}::integer[]) and c.received_at >= ${a.since}`;
  const [row] = await query<OrderFigures>(db, statement);
  return row ?? { open: 0, late: 0, toYou: 0, medianSeconds: null, closed: 0, atFirstTry: 0 };
}

/** How the cases of an entity stand, as whoever asks it sees them: without confidential ones. */
export async function standingOf(
  db: Database,
  a: { readonly programme: string; readonly entity: string; readonly now: Date },
): Promise<{ open: number; late: number; oldestDueAt: Date | null }> {
  const late = isOverdue(a.now);
  const statement = sql`select count(*)::integer as open, (count(*) filter (where ${late}))::integer as late,
      min(c.due_at) filter (where ${late}) as "oldestDueAt"
    from cases c where c.programme = ${a.programme} and c.entity = ${a.entity} and c.urgency in (0, 1)
      and c.requested_by is null and not c.confidential`;
  const [row] = await query<{ open: number; late: number; oldestDueAt: Date | null }>(db, statement);
  return row ?? { open: 0, late: 0, oldestDueAt: null };
}

/** References of what was opened under these keys already. */
export async function openedUnder(
  db: Database,
  a: { readonly programme: string; readonly keys: readonly string[] },
): Promise<string[]> {
  const statement = sql`select c.reference from applications a join cases c on c.id = a.id
    where a.programme = ${a.programme} and a.source_id = any(${[...a.keys]}::text[]) order by c.id`;
  return (await query<{ reference: string }>(db, statement)).map(({ reference }) => reference);
}
