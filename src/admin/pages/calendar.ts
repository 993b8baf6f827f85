/** The calendar of a programme: dated hours and single days, how far they are confirmed, and the clocks that run by it. */
import type { CheckedDefinition, ListedVersion } from "../../configuration/versions.js";
import type { OpenClocks } from "../../db/version-queries.js";
import type { CalendarDefinition } from "../../domain/calendar/calendar-definition.js";
import { civilDate, shiftDate } from "../../domain/calendar/civil-days.js";
import { confirmedUntil, provisionalDays } from "../../domain/calendar/coverage.js";
import { can } from "../../domain/permissions.js";
import { confirmationNeeded } from "../../domain/sla/longest-target.js";
import { definePage } from "../guard/define-page.js";
import { type ChosenProgramme, chosenProgramme, numberOf, reasonOf, textOf } from "./chosen-programme.js";

export interface CalendarView extends ChosenProgramme {
  readonly definition: CalendarDefinition;
  readonly version: ListedVersion;
  readonly today: string;
  /** Every day from today to this one is confirmed. */
  readonly confirmedUntil: string;
  /** True when that is closer than anything that is promised today may need. */
  readonly runsOut: boolean;
  /** Days of the next year that are only expected. */
  readonly provisionalAhead: number;
  readonly openClocks: OpenClocks;
  readonly mayPublish: boolean;
}

export const calendarPage = definePage({
  name: "calendar",
  label: { en: "Calendar", ar: "التقويم" },
  group: "policy",
  icon: "calendar",
  order: 30,
  component: "Calendar",
  access: "configuration.read",
  query: ["programme"],
  async read(call): Promise<CalendarView> {
    const chosen = await chosenProgramme(call);
    const { programme } = chosen;
    const { services, official, now } = call;
    const { actor } = official;
    const setup = await services.setup.of(programme);
    const { definition: stored, versionId } = setup.calendar;
    const today = civilDate(now, setup.programme.timeZone);
    const until = confirmedUntil(stored, today);
    const yearAhead = shiftDate(today, 365);
    const last = [yearAhead, stored.covers.to].sort()[0] as string;
    const { definition, ...version } = await services.versions.read({ actor, id: versionId });
    return {
      ...chosen,
      definition: definition as CalendarDefinition,
      version,
      today,
      confirmedUntil: until,
      runsOut: until < confirmationNeeded(setup, now).noticed,
      provisionalAhead: provisionalDays(stored, today, last).length,
      openClocks: await services.versions.openClocks({ actor, programme }),
      mayPublish: can(actor, "configuration.publish", { programme }),
    };
  },
  acts: {
    check: async (call): Promise<CheckedDefinition> =>
      call.services.versions.check({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        kind: "calendar",
        name: textOf(call, "name"),
        definition: call.input.definition,
      }),
    publish: async (call) =>
      call.services.versions.publish({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        kind: "calendar",
        name: textOf(call, "name"),
        definition: call.input.definition,
        basedOn: numberOf(call, "basedOn"),
        reason: reasonOf(call),
        now: call.now,
      }),
    /** Counts the deadlines that would move; with `confirmed` it moves them, with an event on each case. */
    retime: async (call) =>
      call.services.retime({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        by: "calendar",
        reason: call.input.confirmed === true ? reasonOf(call) : "counted only",
        now: call.now,
        dryRun: call.input.confirmed !== true,
      }),
  },
});
