/** What people want to be told of figures, how far each alert is judged, and what came of it. */

import type { Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { AlertCondition, AlertKind } from "../../../engine/measures/alert-condition.js";
import type { FigureScope } from "../../../engine/measures/figure-scopes.js";
import type { PageFigureCode } from "../../../engine/measures/page-figures.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";

export interface OwnAlert extends AlertCondition {
  readonly id: number;
  readonly userId: number;
  readonly programme: string;
  readonly scope: string;
  readonly setAt: Date;
}

const ownColumns = sql`id, user_id as "userId", programme, scope, kpi, condition, value, unit, periods, least, set_at as "setAt"`;

/** Somebody's, the oldest first. */
export const alertsOfUser = (db: Database, userId: number): Promise<OwnAlert[]> =>
  query(db, sql`select ${ownColumns} from own_kpi_alerts where user_id = ${userId} order by id`);

/** All that people of a programme have. */
export const ownAlerts = (db: Database, programme: string): Promise<OwnAlert[]> =>
  query(db, sql`select ${ownColumns} from own_kpi_alerts where programme = ${programme} order by id`);

type NewAlert = AlertCondition & Pick<OwnAlert, "userId" | "programme" | "scope">;

/** False when they have as many as there may be. */
export const addAlert = (db: Database, a: NewAlert & { now: Date; most: number }): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    // One person's at a time. What counts them is a statement of its own: one that waited for the lock sees what there was before.
    await query(db, sql`select 1 from users where id = ${a.userId} for no key update`, tx);
    const statement = sql`insert into own_kpi_alerts (user_id, programme, scope, kpi, condition, value, unit, periods, least, set_at)
      select ${a.userId}::integer, ${a.programme}, ${a.scope}, ${a.kpi}, ${a.condition}, ${a.value}::integer, ${a.unit}, ${a.periods}, ${a.least}, ${a.now}
      where (select count(*) from own_kpi_alerts where user_id = ${a.userId}) < ${a.most} returning id`;
    return (await query(db, statement, tx)).length > 0;
  });

/** False when they have none of that number. */
export async function changeAlert(db: Database, a: NewAlert & { id: number; now: Date }): Promise<boolean> {
  const statement = sql`update own_kpi_alerts set scope = ${a.scope}, kpi = ${a.kpi}, condition = ${a.condition},
      value = ${a.value}::integer, unit = ${a.unit}, periods = ${a.periods}, least = ${a.least}, set_at = ${a.now}
    where id = ${a.id} and user_id = ${a.userId} and programme = ${a.programme} returning id`;
  return (await query(db, statement)).length > 0;
}

/** With all that came of it. False when they have none of that number. */
export async function removeAlert(db: Database, a: { userId: number; id: number }): Promise<boolean> {
  const statement = sql`delete from own_kpi_alerts where id = ${a.id} and user_id = ${a.userId} returning id`;
  return (await query(db, statement)).length > 0;
}

/** Whether it is still there as it was read; it stays so until the transaction ends. */
export async function holdAlert(db: Database, tx: Transaction, { id, setAt }: OwnAlert): Promise<boolean> {
  const statement = sql`select 1 from own_kpi_alerts where id = ${id} and set_at = ${setAt} for share`;
  return (await query(db, statement, tx)).length > 0;
}

/** `audience/CODE` or `own/NUMBER`. */
export const alertKey = (alert: { readonly code: string } | { readonly own: number }): string =>
  "code" in alert ? `audience/${alert.code}` : `own/${alert.own}`;

/** An alert in a scope. */
export interface AlertAt {
  readonly programme: string;
  readonly alert: string;
  readonly scope: Pick<FigureScope, "id" | "confidential">;
  readonly ownAlert: number | null;
}

export interface AlertState {
  readonly alert: string;
  readonly scope: string;
  readonly confidential: boolean;
  readonly asked: string;
  /** Periods that end by this day are judged. */
  readonly judgedTo: string;
  readonly running: boolean;
}

export const alertStates = (db: Database, programme: string): Promise<AlertState[]> =>
  query(
    db,
    sql`select alert, scope, confidential, asked, judged_to::text as "judgedTo", running
      from kpi_alert_states where programme = ${programme}`,
  );

type Judged = Pick<AlertState, "asked" | "judgedTo" | "running">;

/** @param before as it was read; null: there was none. False: somebody else judged it meanwhile. */
export async function putState(
  db: Database,
  tx: Transaction,
  at: AlertAt,
  { before, now }: { before: Judged | null; now: Judged },
): Promise<boolean> {
  const statement = sql`insert into kpi_alert_states as s (programme, alert, scope, confidential, own_alert, asked, judged_to, running)
    values (${at.programme}, ${at.alert}, ${at.scope.id}, ${at.scope.confidential}, ${at.ownAlert}, ${now.asked}, ${now.judgedTo}::date, ${now.running})
    on conflict (programme, alert, scope, confidential) do update
      set asked = excluded.asked, judged_to = excluded.judged_to, running = excluded.running
      where s.asked = ${before?.asked ?? null}::text and s.judged_to = ${before?.judgedTo ?? null}::date
    returning 1 as done`;
  return (await query(db, statement, tx)).length > 0;
}

/** What is running there ended with the period that begins on a day. */
export async function endEvents(db: Database, tx: Transaction, at: AlertAt, day: string): Promise<void> {
  const statement = sql`update kpi_alert_events set ended = ${day}::date
    where programme = ${at.programme} and alert = ${at.alert} and scope = ${at.scope.id} and confidential = ${at.scope.confidential}
      and ended is null`;
  await query(db, statement, tx);
}

/** What an event says in its letter, in a list and in a digest. */
export interface AlertSaid extends AlertCondition {
  readonly place: { readonly ar: string; readonly en: string };
  readonly daySeconds: number;
  readonly figure: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly before: number | null;
  readonly usual: { readonly lower: number; readonly upper: number } | null;
}

interface NewEvent {
  readonly since: string;
  readonly began: string;
  readonly beganTo: string;
  readonly ended: string | null;
  readonly said: AlertSaid;
}

/** One that is there already stays as it is. */
export async function addEvent(
  db: Database,
  tx: Transaction,
  at: AlertAt,
  { since, began, beganTo, ended, said, now }: NewEvent & { now: Date },
): Promise<void> {
  const statement = sql`insert into kpi_alert_events
      (programme, alert, scope, confidential, own_alert, since, began, began_to, ended, said, created_at)
    values (${at.programme}, ${at.alert}, ${at.scope.id}, ${at.scope.confidential}, ${at.ownAlert}, ${since}::date, ${began}::date,
      ${beganTo}::date, ${ended}::date, ${JSON.stringify(said)}::jsonb, ${now})
    on conflict (programme, alert, scope, confidential, began) do nothing`;
  await query(db, statement, tx);
}

export interface StoredEvent extends NewEvent {
  readonly alert: string;
  readonly scope: string;
}

const eventColumns = sql`alert, scope, since::text, began::text, began_to::text as "beganTo", ended::text, said`;

/**
 * What began with a period that ended after `from` and not after `to`, or was still running then; the oldest first. An alert that is out of
 * use, or of a position that nobody holds, is judged no further: what it last said says nothing of a later time.
 */
export const eventsBetween = (
  db: Database,
  a: {
    programme: string;
    scope: Pick<FigureScope, "id" | "confidential">;
    from: string;
    to: string;
    own: readonly number[];
  },
): Promise<StoredEvent[]> =>
  query(
    db,
    sql`select ${eventColumns} from kpi_alert_events e
      where programme = ${a.programme} and scope = ${a.scope.id} and confidential = ${a.scope.confidential}
        and began_to <= ${a.to}::date and (began_to > ${a.from}::date or ended > ${a.from}::date
          or (ended is null and exists (select 1 from kpi_alert_states s
            where s.programme = e.programme and s.alert = e.alert and s.scope = e.scope and s.confidential = e.confidential
              and s.judged_to + ('1 ' || (e.said->>'unit'))::interval > ${a.from}::date)))
        and (own_alert is null or own_alert = any(${a.own}::integer[]))
      order by began_to, id`,
  );

/** The newest of each of these alerts in these scopes, at most so many of each. */
export const newestEvents = (
  db: Database,
  a: { programme: string; alerts: readonly string[]; scopes: readonly string[]; most: number },
): Promise<StoredEvent[]> =>
  query(
    db,
    sql`select ${eventColumns} from (
        select *, row_number() over (partition by alert, scope, confidential order by began desc) as place
        from kpi_alert_events
        where programme = ${a.programme} and alert = any(${a.alerts}::text[]) and scope || case when confidential then '!' else '' end = any(${a.scopes}::text[])
      ) newest where place <= ${a.most} order by began desc, id desc`,
  );

/** The kinds that a stored condition may have are those of this version: others are of a later one. */
export const conditionOf = ({ kpi, condition, value, unit, periods, least }: AlertCondition): AlertCondition => ({
  kpi: kpi as PageFigureCode,
  condition: condition as AlertKind,
  value,
  unit,
  periods,
  least,
});
