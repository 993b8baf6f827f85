/**
 * What somebody wants to be told of figures: their own alerts, kept, changed and tried on the past; what was set up for their
 * positions; what came of both. Whatever is asked is asked of a scope that the asker reads figures of.
 */

import { type Actor, can } from "../../../engine/access/permissions.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { ordinaryDay } from "../../../engine/calendar/ordinary-day.js";
import type { DayLength } from "../../../engine/formatting/durations.js";
import {
  type AlertCondition,
  alertFaults,
  alertSentence,
  easierConditions,
} from "../../../engine/measures/alert-condition.js";
import { type AlertEvent, alertEvents, leadOf } from "../../../engine/measures/alert-events.js";
import { audiencePlaces, placeKey } from "../../../engine/measures/alert-places.js";
import type {
  AlertTrial,
  AudienceTrial,
  FigureAlertsView,
  ShownAlert,
  ShownEvent,
} from "../../../engine/measures/alert-views.js";
import { type FigurePeriod, periodWith } from "../../../engine/measures/figure-period.js";
import { type FigureScope, figureScopes } from "../../../engine/measures/figure-scopes.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { fairLine } from "../../../platform/files/fair-line.js";
import { keepFigures } from "../keep-figures.js";
import type { KpiSeries, KpiSeriesRequest } from "../kpi.js";
import { figuresBegin } from "../programme-totals.js";
import { standingAt } from "../standing.js";
import { type AlertSources, alertSeries, periodsBack, placeName, wholePeriods } from "./alert-series.js";
import {
  type AlertSaid,
  addAlert,
  alertKey,
  alertsOfUser,
  changeAlert,
  conditionOf,
  eventsBetween,
  newestEvents,
  removeAlert,
  type StoredEvent,
} from "./alert-store.js";

interface Asked {
  readonly actor: Actor;
  readonly now: Date;
}
/** As it was sent. */
type Given = Readonly<Record<string, unknown>>;

export interface FigureAlerts {
  list(a: Asked): Promise<FigureAlertsView>;
  /** Problems: not-found (a scope that is not theirs), invalid-input with a fault a field, not-now (too many try). */
  try(a: Asked & { given: Given }): Promise<AlertTrial>;
  /** Kept, or changed where `id` is one of theirs. Problems: as `try`; not-now (as many as there may be), not-found. */
  save(a: Asked & { id: number | null; given: Given }): Promise<Pick<ShownAlert, "holdsSince">>;
  /** Problem not-found. */
  remove(a: Asked & { id: number }): Promise<void>;
  /** As it would have been for each place of some roles. Problems: as `try`; not-found (they do not set up the programme). */
  tryForAudience(a: Asked & { given: Given }): Promise<AudienceTrial>;
  /** What alerts say of a scope between two days, for its digest. */
  alertsOf(a: AlertsAsked): Promise<readonly ScopeAlert[]>;
}

export interface AlertsAsked {
  readonly programme: string;
  readonly scope: Pick<FigureScope, "id" | "confidential">;
  /** Civil dates; `to` is not of it. */
  readonly from: string;
  readonly to: string;
  /** Whose own alerts are in it too; left out: those of audiences alone. */
  readonly userId?: number;
}

export interface ScopeAlert extends ShownEvent {
  readonly alert: string;
  readonly sentence: Bilingual;
  readonly said: AlertSaid;
}

export interface AlertParts {
  readonly db: Database;
  readonly policies: { fresh(programme: string): Promise<Policy> };
  readonly series: KpiSeries;
}

/** So many of one person. */
const mostAlerts = 20;
const mostEvents = 3;
const monthsTried = 12;
const weeksTried = 52;

/** A trial of weeks asks for some sixty periods. So many are counted at once, of all who try together. */
const bounds = { atOnce: 2, maxWaiting: 600, maxOfOwner: 100 };
/** Who changes a number and tries again is not counted for anew: whole periods of the past seldom change. */
const keptMs = 600_000;

const noScope = (): Problem => new Problem("not-found", msg("reports.alerts.notYours"));
const noAlert = (): Problem => new Problem("not-found", msg("reports.alerts.noAlert"));

function readCondition(given: Given): AlertCondition {
  const faults = alertFaults(given);
  if (faults.length > 0) throw new Problem("invalid-input", msg("reports.alerts.cannotBeKept"), faults);
  const condition = conditionOf(given as unknown as AlertCondition);
  return { ...condition, value: condition.value ?? null };
}

const shownEvent = ({ since, began, ended, point, before }: AlertEvent): ShownEvent => ({
  since: since.from,
  began: began.from,
  beganTo: began.to,
  ended: ended?.from ?? null,
  said: {
    figure: point.measured.value,
    numerator: point.measured.numerator,
    denominator: point.measured.denominator,
    before: before?.measured.value ?? null,
  },
});

const storedEvent = ({ since, began, beganTo, ended, said }: StoredEvent): ShownEvent => ({
  ...{ since, began, beganTo, ended },
  said: { figure: said.figure, numerator: said.numerator, denominator: said.denominator, before: said.before },
});

/** What the name of a scope says of its place, where nobody has it any more. */
function namedScope(id: string): Pick<FigureScope, "kind" | "code"> {
  const code = id.replace(/^(at|sector):/, "");
  return { kind: id.startsWith("sector:") ? "sector" : "subtree", code: id === "all" ? null : code };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.slice(0, 200) : "");
const userOf = (actor: Actor): number => (actor.kind === "user" ? actor.userId : 0);

export function createFigureAlerts({ db, policies, series }: AlertParts): FigureAlerts {
  const line = fairLine(bounds, () => new Problem("not-now", msg("reports.alerts.tooManyTry")));
  const inTurn = <Answer>(
    { programme, entities }: { readonly programme: string; readonly entities?: unknown },
    count: () => Promise<Answer>,
  ) => line(JSON.stringify([programme, entities]), count);
  const sources: AlertSources = {
    series: keepFigures((request: KpiSeriesRequest) => inTurn(request, () => series(request)), keptMs),
    standing: keepFigures(({ at: _, ...asked }) => inTurn(asked, () => standingAt(db, asked)), keptMs),
  };

  const programmesOf = (actor: Actor): readonly string[] =>
    actor.kind === "user" ? [...new Set(actor.seats.map(({ programme }) => programme))].sort() : [];

  const dayOf = (policy: Policy, now: Date): DayLength => ({
    daySeconds: ordinaryDay(policy.calendar, now),
    wall: false,
  });

  async function scopeOf({ actor, now, given }: Asked & { given: Given }) {
    const programme = textOf(given.programme);
    if (!programmesOf(actor).includes(programme)) throw noScope();
    const policy = await policies.fresh(programme);
    const id = textOf(given.scope);
    const scope = figureScopes(actor, policy.setup).find((one) => one.id === id);
    if (scope === undefined) throw noScope();
    return { policy, scope, now };
  }

  async function courseOf(policy: Policy, scope: FigureScope, asked: AlertCondition, now: Date) {
    const { timeZone } = policy.setup.programme;
    const { unit } = asked;
    const end = periodWith(unit, civilDate(now, timeZone)).from;
    const from = periodsBack(unit, end, unit === "week" ? weeksTried : monthsTried);
    const receipt = await figuresBegin(db, policy.setup.programme.code);
    const periods: FigurePeriod[] = wholePeriods(unit, periodsBack(unit, from, leadOf(asked)), end);
    const began = receipt === null ? null : civilDate(receipt, timeZone);
    const points = await alertSeries(sources, { scope, code: asked.kpi, periods, began, timeZone, now });
    const first = points.filter(({ period }) => period.from < from).length;
    const day = dayOf(policy, now);
    const course = alertEvents({ points, asked, daySeconds: day.daySeconds, first });
    return { course, day, from: points[first]?.period.from ?? from, to: end, periods: points.length - first };
  }

  /** First day since when what is asked for holds already; null: it does not, or too many try now to say. */
  async function holdsSince(policy: Policy, scope: FigureScope, asked: AlertCondition, now: Date) {
    try {
      const last = (await courseOf(policy, scope, asked, now)).course.events.at(-1);
      return last === undefined || last.ended !== null ? null : last.since.from;
    } catch (error) {
      if (error instanceof Problem && error.code === "not-now") return null;
      throw error;
    }
  }

  async function trialOf(policy: Policy, scope: FigureScope, asked: AlertCondition, now: Date): Promise<AlertTrial> {
    const { course, day, from, to, periods } = await courseOf(policy, scope, asked, now);
    const judgeable = course.judgeable || periods === 0;
    const instead: AlertCondition[] = [];
    for (const one of judgeable ? [] : easierConditions(asked)) {
      if (instead.some(({ unit }) => unit === one.unit)) continue;
      if ((await courseOf(policy, scope, one, now)).course.judgeable) instead.push(one);
    }
    return {
      condition: asked,
      sentence: alertSentence(asked),
      place: placeName(scope, policy.setup),
      ...{ from, to, periods, judgeable },
      events: course.events.map(shownEvent),
      unknown: course.unknown,
      instead: instead.map((condition) => ({ condition, sentence: alertSentence(condition) })),
      confidential: scope.confidential,
      day,
    };
  }

  async function ofProgramme(programme: string, actor: Actor, now: Date): Promise<FigureAlertsView> {
    const policy = await policies.fresh(programme);
    const { setup } = policy;
    const day = dayOf(policy, now);
    const userId = userOf(actor);
    const scopes = figureScopes(actor, setup);
    const mine = (await alertsOfUser(db, userId)).filter((one) => one.programme === programme);
    const forMe = [...setup.kpiAlerts.values()]
      .filter(({ retired }) => !retired)
      .sort((a, b) => a.order - b.order)
      .flatMap((alert) =>
        audiencePlaces(alert.audiences, setup, now)
          .filter(({ receivers }) => receivers.some(({ holder }) => holder.userId === userId))
          .map(({ scope }) => ({ alert, scope })),
      );
    const events = await newestEvents(db, {
      programme,
      alerts: [
        ...mine.map(({ id }) => alertKey({ own: id })),
        ...forMe.map(({ alert }) => alertKey({ code: alert.code })),
      ],
      scopes: [...scopes, ...forMe.map(({ scope }) => scope)].map(placeKey),
      most: mostEvents,
    });
    const eventsOf = (alert: string, scope: string) =>
      events.filter((one) => one.alert === alert && one.scope === scope).map(storedEvent);
    return {
      most: mostAlerts,
      own: await Promise.all(
        mine.map(async (own) => {
          const scope = scopes.find(({ id }) => id === own.scope);
          const condition = conditionOf(own);
          return {
            ...{ id: own.id, programme, scope: own.scope, asleep: scope === undefined, condition, day },
            sentence: alertSentence(condition),
            place: placeName(scope ?? namedScope(own.scope), setup),
            events: scope === undefined ? [] : eventsOf(alertKey({ own: own.id }), own.scope),
            holdsSince: scope === undefined ? null : await holdsSince(policy, scope, condition, now),
          };
        }),
      ),
      audience: await Promise.all(
        forMe.map(async ({ alert, scope }) => {
          const condition = conditionOf(alert as AlertCondition);
          return {
            ...{ name: alert.name, programme, scope: scope.id, condition, day },
            sentence: alertSentence(condition),
            place: placeName(scope, setup),
            events: eventsOf(alertKey({ code: alert.code }), scope.id),
            holdsSince: await holdsSince(policy, scope, condition, now),
          };
        }),
      ),
    };
  }

  return {
    async list({ actor, now }) {
      const views = [];
      for (const programme of programmesOf(actor)) views.push(await ofProgramme(programme, actor, now));
      return {
        most: mostAlerts,
        own: views.flatMap(({ own }) => own),
        audience: views.flatMap(({ audience }) => audience),
      };
    },
    async try(a) {
      const { policy, scope, now } = await scopeOf(a);
      return trialOf(policy, scope, readCondition(a.given), now);
    },
    async save(a) {
      const { policy, scope, now } = await scopeOf(a);
      const condition = readCondition(a.given);
      const saved = async () => ({ holdsSince: await holdsSince(policy, scope, condition, now) });
      const alert = {
        ...condition,
        userId: userOf(a.actor),
        programme: scope.programme,
        scope: scope.id,
        now,
      };
      if (a.id !== null) {
        if (await changeAlert(db, { ...alert, id: a.id })) return saved();
        throw noAlert();
      }
      if (await addAlert(db, { ...alert, most: mostAlerts })) return saved();
      throw new Problem("not-now", msg("reports.alerts.asManyAsMayBe", { n: mostAlerts }));
    },
    async remove({ actor, id }) {
      if (!(await removeAlert(db, { userId: userOf(actor), id }))) throw noAlert();
    },
    async tryForAudience({ actor, now, given }) {
      const programme = textOf(given.programme);
      if (!can(actor, "setup.edit", { programme })) throw noScope();
      const policy = await policies.fresh(programme);
      const asked = readCondition(given);
      const roles = (Array.isArray(given.audiences) ? given.audiences : []).filter(
        (role): role is RoleCode => typeof role === "string",
      );
      // Tried by somebody who handles none of it: confidential cases are not counted.
      const scopes = new Map(
        audiencePlaces(roles, policy.setup, now).map(({ scope }) => [scope.id, { ...scope, confidential: false }]),
      );
      const places = [...scopes.values()].map((scope) => ({ id: scope.id, place: placeName(scope, policy.setup) }));
      const chosen = scopes.get(textOf(given.scope)) ?? [...scopes.values()][0];
      return { places, trial: chosen === undefined ? null : await trialOf(policy, chosen, asked, now) };
    },
    async alertsOf({ programme, scope, from, to, userId }) {
      const own = userId === undefined ? [] : (await alertsOfUser(db, userId)).map(({ id }) => id);
      const events = await eventsBetween(db, { programme, scope, from, to, own });
      return events.map((event) => ({
        ...event,
        alert: event.alert,
        sentence: alertSentence(conditionOf(event.said)),
      }));
    },
  };
}
