/**
 * Judges the whole periods that have ended since an alert was judged last, in each of its scopes, and writes one letter an event.
 *
 * Safe to run in several instances, late, or killed at any point: how far it is judged, what began and the letters are one
 * transaction a scope, and a run that finds it judged further than it was read leaves it.
 */

import type { Transaction } from "sequelize";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { ordinaryDay } from "../../../engine/calendar/ordinary-day.js";
import { deliverTo } from "../../../engine/letters/choose-delivery.js";
import type { MessageIntent } from "../../../engine/letters/message-intent.js";
import type { AlertCondition } from "../../../engine/measures/alert-condition.js";
import { type AlertEvent, alertEvents, leadOf } from "../../../engine/measures/alert-events.js";
import { type AlertPlace, audiencePlaces, ownPlace, placeKey } from "../../../engine/measures/alert-places.js";
import { periodWith, writtenPeriod } from "../../../engine/measures/figure-period.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { KpiAlert } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { fairLine } from "../../../platform/files/fair-line.js";
import { insertMessages, type NewMessageState } from "../../../platform/mail/message-store.js";
import { keepFigures } from "../keep-figures.js";
import type { KpiSeries, KpiSeriesRequest } from "../kpi.js";
import { figuresBegin } from "../programme-totals.js";
import { standingAt } from "../standing.js";
import { type AlertSources, alertSeries, periodsBack, placeName, wholePeriods } from "./alert-series.js";
import {
  type AlertAt,
  type AlertSaid,
  type AlertState,
  addEvent,
  alertKey,
  alertStates,
  conditionOf,
  endEvents,
  holdAlert,
  type OwnAlert,
  ownAlerts,
  putState,
} from "./alert-store.js";

export interface JudgeParts {
  readonly db: Database;
  readonly programmes: () => Promise<readonly string[]>;
  readonly policies: { fresh(programme: string): Promise<Policy> };
  readonly series: KpiSeries;
  readonly messages?: NewMessageState;
}

export interface JudgeReport {
  /** Alerts in their scopes that had periods to judge. */
  readonly judged: number;
  readonly begun: number;
  readonly letters: number;
}

/** What somebody saw for longer than this without being told is no news: after a long silence the last year is judged. */
const mostPeriods = 12;

/** Others need the database too. */
const bounds = { atOnce: 2, maxWaiting: 200, maxOfOwner: 200 };
const keptMs = 600_000;

/** An alert in one of its scopes. */
interface Task {
  readonly at: AlertAt;
  readonly asked: AlertCondition;
  readonly place: AlertPlace;
  /** Somebody's own; null: an audience's. */
  readonly own: OwnAlert | null;
  /** Its name; null for somebody's own. */
  readonly name: KpiAlert["name"] | null;
  readonly state: AlertState | null;
}

const fingerprint = (asked: AlertCondition): string => JSON.stringify(conditionOf(asked));

/** Alerts whose position nobody holds now sleep: they are judged when somebody does again. */
function tasksOf(a: {
  policy: Policy;
  own: readonly OwnAlert[];
  states: readonly AlertState[];
  now: Date;
  ends: (asked: AlertCondition) => string;
}): Task[] {
  const { setup } = a.policy;
  const programme = setup.programme.code;
  const stateAt = new Map(a.states.map((one) => [`${one.alert} ${placeKey({ ...one, id: one.scope })}`, one]));
  const task = (alert: string, place: AlertPlace, rest: Pick<Task, "asked" | "own" | "name">): Task[] => {
    const { id, confidential } = place.scope;
    const state = stateAt.get(`${alert} ${placeKey(place.scope)}`) ?? null;
    const isJudged = state !== null && state.asked === fingerprint(rest.asked) && state.judgedTo >= a.ends(rest.asked);
    const at = { programme, alert, scope: { id, confidential }, ownAlert: rest.own?.id ?? null };
    return isJudged ? [] : [{ at, place, state, ...rest }];
  };
  const ofAudiences = [...setup.kpiAlerts.values()]
    .filter(({ retired }) => !retired)
    .flatMap((alert) =>
      audiencePlaces(alert.audiences, setup, a.now).flatMap((place) =>
        task(alertKey({ code: alert.code }), place, {
          asked: conditionOf(alert as AlertCondition),
          own: null,
          name: alert.name,
        }),
      ),
    );
  const ofPeople = a.own.flatMap((own) => {
    const place = ownPlace(own.userId, own.scope, setup, a.now);
    return place === null ? [] : task(alertKey({ own: own.id }), place, { asked: conditionOf(own), own, name: null });
  });
  return [...ofAudiences, ...ofPeople];
}

export function createAlertJudge(parts: JudgeParts) {
  const { db, programmes, policies, messages = "pending" } = parts;
  const line = fairLine(bounds, () => new Error("more periods to count than are judged at once"));
  // Several roles hear of one place: it is counted once.
  const sources: AlertSources = {
    series: keepFigures((request: KpiSeriesRequest) => line("", () => parts.series(request)), keptMs),
    standing: keepFigures(({ at: _, ...asked }) => line("", () => standingAt(db, asked)), keptMs),
  };

  /** What its letter says of an event. */
  function saidOf({ asked, place }: Task, event: AlertEvent, policy: Policy, daySeconds: number): AlertSaid {
    const { value, numerator, denominator } = event.point.measured;
    return {
      ...asked,
      place: placeName(place.scope, policy.setup),
      daySeconds,
      figure: value,
      numerator,
      denominator,
      before: event.before?.measured.value ?? null,
      usual: event.usual,
    };
  }

  function lettersOf(task: Task, event: AlertEvent, said: AlertSaid, policy: Policy, now: Date): MessageIntent[] {
    const { at, place, own, name } = task;
    return place.receivers.flatMap(({ holder, seats }) => {
      const intent: MessageIntent = {
        template: "figure-alert",
        receiver: { kind: "user", userId: holder.userId },
        language: holder.language,
        data: {
          ...said,
          programme: at.programme,
          scope: at.scope.id,
          confidential: at.scope.confidential,
          own: own !== null,
          name,
          since: event.since.from,
          period: writtenPeriod(event.began),
          from: event.began.from,
          to: event.began.to,
        },
        key: `figure-alert/${at.programme}/${at.alert}/${placeKey(at.scope)}/${event.began.from}/user/${holder.userId}`,
      };
      return deliverTo(intent, seats, { setup: policy.setup, now, calendar: policy.calendar }) ?? [];
    });
  }

  async function store(
    tx: Transaction,
    task: Task,
    a: {
      policy: Policy;
      end: string;
      events: readonly AlertEvent[];
      endedFormer: string | null;
      running: boolean;
      now: Date;
    },
  ): Promise<{ begun: number; letters: number } | null> {
    const { at, asked, own, state } = task;
    if (own !== null && !(await holdAlert(db, tx, own))) return null;
    const next = { asked: fingerprint(asked), judgedTo: a.end, running: a.running };
    if (!(await putState(db, tx, at, { before: state, now: next }))) return null;
    if (a.endedFormer !== null) await endEvents(db, tx, at, a.endedFormer);
    let letters = 0;
    const daySeconds = ordinaryDay(a.policy.calendar, a.now);
    for (const event of a.events) {
      const said = saidOf(task, event, a.policy, daySeconds);
      const days = { since: event.since.from, began: event.began.from, beganTo: event.began.to };
      await addEvent(db, tx, at, { ...days, ended: event.ended?.from ?? null, said, now: a.now });
      // What is over by now is no news; a digest tells it.
      if (event.ended !== null) continue;
      const intents = lettersOf(task, event, said, a.policy, a.now);
      letters += await insertMessages(db, { programme: at.programme, intents, now: a.now, state: messages }, tx);
    }
    return { begun: a.events.length, letters };
  }

  async function judge(
    task: Task,
    a: { policy: Policy; began: string | null; end: string; now: Date },
  ): Promise<{ begun: number; letters: number } | null> {
    const { asked, own, place, state } = task;
    const { policy, began, end, now } = a;
    const { unit } = asked;
    const oldest = periodsBack(unit, end, mostPeriods);
    const goesOn = state !== null && state.asked === fingerprint(asked);
    // What held before it was set is no news: it has been tried then, and is only known to be running.
    const setIn = own === null ? end : periodWith(unit, civilDate(own.setAt, policy.setup.programme.timeZone)).from;
    const wanted = goesOn ? state.judgedTo : setIn;
    const isLongAgo = wanted < oldest;
    const news = isLongAgo ? oldest : wanted;
    const first = goesOn ? news : periodsBack(unit, news, mostPeriods);
    const periods = wholePeriods(unit, periodsBack(unit, first, leadOf(asked)), end);
    const { timeZone } = policy.setup.programme;
    const points = await alertSeries(sources, { scope: place.scope, code: asked.kpi, periods, began, timeZone, now });
    const course = alertEvents({
      points,
      asked,
      daySeconds: ordinaryDay(policy.calendar, now),
      first: points.filter(({ period }) => period.from < first).length,
      running: goesOn && state.running,
    });
    const events = course.events.filter((event) => event.began.from >= news);
    const endedFormer = goesOn ? (course.endedFormer?.from ?? null) : state === null ? null : news;
    return inTransaction(db, (tx) =>
      store(tx, task, { policy, end, events, endedFormer, running: course.running, now }),
    );
  }

  /** Judges all programmes as of `now`. An alert that cannot be judged stops no other; the first fault is thrown last. */
  return async ({ now }: { now: Date }): Promise<JudgeReport> => {
    const report = { judged: 0, begun: 0, letters: 0 };
    const failures: unknown[] = [];
    for (const programme of await programmes()) {
      const policy = await policies.fresh(programme);
      const { timeZone } = policy.setup.programme;
      const today = civilDate(now, timeZone);
      const ends = { week: periodWith("week", today).from, month: periodWith("month", today).from };
      const [own, states] = await Promise.all([ownAlerts(db, programme), alertStates(db, programme)]);
      const tasks = tasksOf({ policy, own, states, now, ends: ({ unit }) => ends[unit] });
      if (tasks.length === 0) continue;
      const first = await figuresBegin(db, programme);
      const began = first === null ? null : civilDate(first, timeZone);
      for (const task of tasks) {
        try {
          const done = await judge(task, { policy, began, end: ends[task.asked.unit], now });
          if (done === null) continue;
          report.judged += 1;
          report.begun += done.begun;
          report.letters += done.letters;
        } catch (error) {
          failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw failures[0];
    return report;
  };
}
