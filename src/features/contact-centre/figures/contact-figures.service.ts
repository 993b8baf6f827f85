/** The figures of the contact centre: for who leads it and the operation room of all, for an agent of the own work. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { dayNumberOf } from "../../../engine/calendar/civil-date.js";
import { civilDate, shiftDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import { shiftEnd, shiftsOf } from "../../../engine/contact-centre/shifts.js";
import type { NamedCode } from "../../../engine/lifecycle/held-sweep.js";
import {
  type ContactCounts,
  noContacts,
  type RatingsByWay,
  ratingsByWay,
} from "../../../engine/measures/contact-kpi.js";
import type { KpiFigures } from "../../../engine/measures/kpi.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import type { Policies } from "../../setup/policies.js";
import { dueCallBacks } from "../call-backs/call-back-queries.js";
import { userOf } from "../call-backs/call-backs.service.js";
import { callsWithin, contactGroups, surveyRatings } from "./contact-figure-queries.js";

/** Periods that can be asked for, in days up to today. */
const contactPeriods = [1, 7, 30, 90] as const;
const usualPeriod = 7;

export interface ContactLine {
  readonly name: string;
  readonly counts: ContactCounts;
}

export interface ContactFiguresView {
  readonly programme: NamedCode;
  readonly programmes: readonly NamedCode[];
  readonly days: number;
  /** Civil dates; `to` is not of it. */
  readonly from: string;
  readonly to: string;
  /** `own`: of the reader alone. */
  readonly scope: "all" | "own";
  readonly total: ContactCounts;
  /** Calls of today, whatever the period. */
  readonly today: number;
  /** Calls that may be made now, and all that are overdue, at night too: the reader's, or all. */
  readonly waiting: { readonly ready: number; readonly overdue: number };
  /** By hours of the day, such as 08:00–15:00. */
  readonly shifts: readonly ContactLine[];
  readonly agents: readonly ContactLine[];
  /** By web and by telephone, each for itself; empty for an agent. */
  readonly ratings: readonly RatingsByWay[];
}

export interface ContactFiguresAsked {
  readonly actor: Actor;
  readonly now: Date;
  readonly programme?: string | undefined;
  readonly days?: string | undefined;
  /** Another period, as civil dates, `to` not of it; what is none is passed over. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ContactFiguresParts {
  readonly db: Database;
  readonly policies: Pick<Policies, "fresh">;
  /** The programme's ratings of a period, as `diwan kpi` has them. */
  readonly ratings: (a: {
    programme: string;
    from: string;
    to: string;
    at: Date;
  }) => Promise<Pick<KpiFigures, "satisfaction" | "satisfactionByTelephone">>;
}

export type ContactFigures = (a: ContactFiguresAsked) => Promise<ContactFiguresView>;

/** Where somebody reads these figures, and whether of all. */
const readIn = (actor: Actor): { programme: string; all: boolean }[] =>
  actor.kind !== "user"
    ? []
    : [...new Set(actor.seats.map(({ programme }) => programme))].flatMap((programme) => {
        const all = can(actor, "contactCentre.figures", { programme });
        return all || can(actor, "contactCentre.own", { programme }) ? [{ programme, all }] : [];
      });

export const readsContactFigures = (actor: Actor): boolean => readIn(actor).length > 0;

/** At most two years, so that nobody counts all that there ever was by an address. */
const mostDays = 732;

function periodOf({ from, to }: Pick<ContactFiguresAsked, "from" | "to">): { from: string; to: string } | null {
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
  if (from === undefined || to === undefined || first === null || last === null) return null;
  return first < last && last - first <= mostDays ? { from, to } : null;
}

const notFound = (): Problem => new Problem("not-found", msg("contact-centre.contactFigures.notFound"));

/** Problem not-found for a programme whose figures are not the reader's. */
export const createContactFigures =
  ({ db, policies, ratings: ratingsOf }: ContactFiguresParts): ContactFigures =>
  async ({ actor, now, programme: asked, days: askedDays, ...given }) => {
    const reads = readIn(actor);
    const read = asked === undefined || asked === "" ? reads[0] : reads.find(({ programme }) => programme === asked);
    if (read === undefined) throw notFound();
    const days = contactPeriods.find((one) => String(one) === askedDays) ?? usualPeriod;
    const setups = await Promise.all(
      reads.map(async ({ programme }) => (await policies.fresh(programme)).setup.programme),
    );
    const { setup, calendar } = await policies.fresh(read.programme);
    const { timeZone, settings, code, name } = setup.programme;
    const tomorrow = shiftDate(civilDate(now, timeZone), 1);
    const { from, to } = periodOf(given) ?? { from: shiftDate(tomorrow, -days), to: tomorrow };
    const shifts = shiftsOf(settings);
    const moments = { from: startOfDay(from, timeZone), to: startOfDay(to, timeZone) };
    const agent = read.all ? null : userOf(actor);
    const day = { from: [startOfDay(shiftDate(tomorrow, -1), timeZone)], to: [now] };
    const [groups, [today = 0], { ready, overdue }] = await Promise.all([
      contactGroups(db, { ...{ programme: code, timeZone, ...moments, now, shifts }, agent }),
      callsWithin(db, { programme: code, agent, ...day }),
      dueCallBacks(db, {
        openings: [{ programme: code, opensAt: calendar.nextOpening(now) }],
        userId: agent,
        late: false,
        now,
        limit: 0,
      }),
    ]);
    const countsOf = (found: (group: (typeof groups)[number]) => boolean) => groups.find(found)?.counts ?? noContacts;
    const ratings = async (): Promise<RatingsByWay[]> => {
      const [{ satisfaction: web, satisfactionByTelephone: told }, survey] = await Promise.all([
        ratingsOf({ programme: code, from, to, at: now }),
        surveyRatings(db, { programme: code, ...moments }),
      ]);
      return [
        ratingsByWay("web", {
          good: web.numerator,
          ratings: web.denominator,
          asked: web.responseRate.denominator,
          rated: web.responseRate.numerator,
        }),
        // Who calls to rate was asked by nobody.
        ratingsByWay("told", { good: told.numerator, ratings: told.denominator, asked: 0 }),
        ratingsByWay("survey", survey),
      ];
    };
    return {
      programme: { code, name },
      programmes: setups.map((one) => ({ code: one.code, name: one.name })),
      ...{ days, from, to },
      scope: read.all ? "all" : "own",
      total: countsOf((group) => group.agent === null && group.shift === null),
      ...{ today, waiting: { ready, overdue } },
      shifts: shifts.map((beginning) => ({
        name: `${beginning}–${shiftEnd(beginning, shifts)}`,
        counts: countsOf(({ shift }) => shift === beginning),
      })),
      agents: groups
        .flatMap(({ agent, agentName, counts }) => (agent === null ? [] : [{ name: agentName ?? "", counts }]))
        .sort((a, b) => a.name.localeCompare(b.name, "ar")),
      ratings: read.all ? await ratings() : [],
    };
  };

export type CountContacts = (a: { programme: string; from: string; to: string; now: Date }) => Promise<ContactCounts>;

/** What the whole contact centre of a programme did in a period of civil dates, `to` not of it. */
export const createCountContacts =
  ({ db, policies }: Pick<ContactFiguresParts, "db" | "policies">): CountContacts =>
  async ({ programme, from, to, now }) => {
    const { timeZone, settings } = (await policies.fresh(programme)).setup.programme;
    const moments = { from: startOfDay(from, timeZone), to: startOfDay(to, timeZone) };
    const asked = { programme, timeZone, ...moments, now, shifts: shiftsOf(settings), agent: null };
    const groups = await contactGroups(db, asked);
    return groups.find(({ agent, shift }) => agent === null && shift === null)?.counts ?? noContacts;
  };
