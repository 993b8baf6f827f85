/** Homes of those who look on from above: an executive's branch, and the committee's programme. */

import type { RoleCode } from "../../engine/access/roles.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { deskTimeOf } from "../../engine/lifecycle/desk-groups.js";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import { elapsedOf, lastPeriod, lineSteps, usualPeriod } from "../../engine/measures/figure-period.js";
import { homeFigures } from "../../engine/measures/home-figures.js";
import { troublesOf } from "../../engine/measures/home-troubles.js";
import type { CommitteeDesk, ExecutiveDesk } from "../../engine/measures/home-view.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { figuresBegin } from "../reports/programme-totals.js";
import { type ClimbedRow, climbedCases, troublesIn } from "./executive-queries.js";
import {
  belowOf,
  type DeskAsked,
  dayOf,
  days,
  type HomeParts,
  homeCases,
  named,
  programmeOf,
  whenReady,
} from "./home-parts.js";
import { type DeskPlaces, delayedCases, deskCounts, lateEntitiesOfProgramme } from "./home-queries.js";

/** The few that are shown; the rest is a link away. */
const maxUrgent = 4;
const maxEntities = 5;
/** A home waits no longer for the lines of what was open and overdue: the next look has them. */
const standingMs = 500;

const withoutService: NamedCode = { code: "-", name: msg("home.otherDesks.noService") };

/** Key figures of the chosen period, each with its line, of these entities or of all; without confidential cases. */
async function periodFigures(
  parts: HomeParts,
  asked: DeskAsked,
  a: {
    entities: readonly string[] | null;
    roles: readonly RoleCode[];
    live?: Parameters<typeof homeFigures>[2]["live"];
  },
) {
  const { setup, now, setting } = asked;
  const { code: programme, timeZone } = setup.programme;
  const { today } = days(setup, now);
  const first = await figuresBegin(parts.db, programme);
  const began = first === null ? null : civilDate(first, timeZone);
  const period = setting.period ? lastPeriod(setting.period, today) : usualPeriod(today, began);
  const { range } = elapsedOf(period, today);
  const steps = lineSteps(period, { today, began });
  const { entities } = a;
  const [[figures, ...ofSteps], standing] = await Promise.all([
    parts.cachedSeries({
      ...{ programme, at: now, newest: true, times: "whole", periods: [range, ...steps] },
      ...(entities !== null && { entities }),
    }),
    whenReady(
      parts.cachedStanding({ programme, entities, confidential: false, at: now, ends: steps.map(({ to }) => to) }),
      standingMs,
    ),
  ]);
  if (figures === undefined) throw new Error("a question was not answered");
  return {
    ...{ period, ...range, today, steps, countedAt: figures.at, day: dayOf(asked) },
    figures: homeFigures(setup, a.roles, {
      figures,
      steps: ofSteps.map((report, i) => ({ figures: report, ...(standing?.[i] ?? { open: null, overdue: null }) })),
      ...(a.live && { live: a.live }),
    }),
    ratedOfInvited: figures.satisfaction.responseRate,
    confidentialCases: figures.confidentialCases,
  };
}

/** What the step of a ladder is called that took a case to the reader. */
function reasonOf({ setup }: DeskAsked, ruleId: string): Bilingual {
  const rules = setup.ruleSets.get("escalation")?.definition.rules ?? [];
  return rules.find(({ id }) => id === ruleId)?.title ?? { en: ruleId, ar: ruleId };
}

/**
 * The subtree of one seat. Confidential cases are left out of every number: who is above an entity may not read
 * them, and a number that is larger than the list behind it would tell of them.
 */
export async function executiveDesk(
  parts: HomeParts,
  asked: DeskAsked,
  { top, roles }: { readonly top: string; readonly roles: readonly RoleCode[] },
): Promise<ExecutiveDesk> {
  const { setup, now } = asked;
  // A ladder says which role is at which level: what reached it came to this position.
  const levels = setup.programme.settings.ladder.filter(({ role }) => roles.includes(role)).map(({ level }) => level);
  const level = levels.length === 0 ? undefined : Math.min(...levels);
  const programme = setup.programme.code;
  const below = belowOf(asked, [top]);
  const places: DeskPlaces = { programme, handled: [], below };
  const time = deskTimeOf(asked, now);
  const [counts, work, climbed] = await Promise.all([
    deskCounts(parts.db, { places, time, level }),
    troublesIn(parts.db, { places, time }),
    level === undefined ? [] : climbedCases(parts.db, { places, time, level, limit: maxUrgent }),
  ]);
  const [figures, urgent, lines] = await Promise.all([
    periodFigures(parts, asked, {
      ...{ entities: below, roles },
      live: { delayed: counts.delayed, backlog: counts.open },
    }),
    climbed.length > 0 ? [] : delayedCases(parts.db, { places, time, limit: maxUrgent }),
    homeCases(parts, asked, climbed),
  ]);
  return {
    kind: "executive",
    programme: programmeOf(setup),
    entity: named(setup.entities, top),
    open: counts.open,
    delayed: counts.delayed,
    escalated: counts.escalated,
    toMe: level === undefined ? null : { level, count: counts.atLevel },
    ...figures,
    troubles: troublesOf(work, maxEntities).map(({ entity, service, whole, oldestDueAt, ...numbers }) => ({
      ...numbers,
      entity: named(setup.entities, entity),
      service: whole ? null : service === null ? withoutService : named(setup.services, service),
      oldestDueAt: oldestDueAt.toISOString(),
    })),
    climbed: lines.map((line, i) => {
      const { climbedAt, ruleId } = climbed[i] as ClimbedRow;
      return { ...line, climbedAt: climbedAt.toISOString(), reason: reasonOf(asked, ruleId) };
    }),
    cases: await homeCases(parts, asked, urgent),
  };
}

/** The whole programme, by the same figures as its digest. */
export async function committeeDesk(parts: HomeParts, asked: DeskAsked): Promise<CommitteeDesk> {
  const { setup, now } = asked;
  const [figures, late] = await Promise.all([
    periodFigures(parts, asked, { entities: null, roles: ["steering_committee"] }),
    lateEntitiesOfProgramme(parts.db, { programme: setup.programme.code, now, limit: maxEntities }),
  ]);
  return {
    kind: "committee",
    programme: programmeOf(setup),
    ...figures,
    troubles: late.flatMap(({ entity, oldestDueAt, ...counts }) =>
      oldestDueAt === null
        ? []
        : [{ ...counts, entity: named(setup.entities, entity), oldestDueAt: oldestDueAt.toISOString() }],
    ),
  };
}
