import { can } from "../../../engine/access/permissions.js";
import type { CalendarDefinition } from "../../../engine/calendar/calendar-definition.js";
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { confirmedUntil, provisionalDays } from "../../../engine/calendar/coverage.js";
import { confirmationNeeded } from "../../../engine/calendar/longest-target.js";
import { type PreparedYear, prepareYear } from "../../../engine/calendar/prepare-year.js";
import { checkCalendar } from "../../../engine/calendar/working-calendar.js";
import { type YearDay, yearOfDays } from "../../../engine/calendar/year-of-days.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import {
  type ChosenProgramme,
  chosenProgramme,
  numberOf,
  readableProgramme,
  reasonOf,
  textOf,
} from "../../setup/chosen-programme.page.js";
import type { OpenClocks } from "../../setup/version-queries.js";

export interface CalendarView extends ChosenProgramme {
  /** Code of the programme's own calendar. */
  readonly name: string;
  /** Open clocks by the version in force and by earlier ones. */
  readonly openClocks: OpenClocks;
  readonly mayRetime: boolean;
  /** Recalculating takes two people. */
  readonly secondPerson: boolean;
  /** What was asked for and waits for a second person; null: nothing does. */
  readonly asked: { readonly by: string; readonly own: boolean; readonly reason: string; readonly at: Date } | null;
}

/** A calendar being edited, as it is drawn. */
export interface CalendarLook {
  readonly today: string;
  readonly year: number;
  readonly days: readonly YearDay[];
  readonly confirmedUntil: string;
  /** By when targets that begin today fall due, and until when the calendar should be confirmed to leave time to act. */
  readonly promised: string;
  readonly noticed: string;
  /** Expected days of that year. */
  readonly provisional: number;
}

const firstYear = 1900;
/** Hijri dates are reckoned as far. */
const lastYear = 2173;

function yearOf(call: Call): number {
  const year = numberOf(call, "year");
  if (year >= firstYear && year <= lastYear) return year;
  const reason = msg("policy-calendar.calendarPage.chooseAYearFromTo", {
    firstYear: String(firstYear),
    lastYear: String(lastYear),
  });
  throw new Problem("invalid-input", reason, [{ field: "/year", reason }]);
}

/** As it was sent, and sound: what cannot be read is not drawn. Problem invalid-configuration with its faults. */
function soundCalendar({ input }: Call): CalendarDefinition {
  const faults = checkCalendar(input.definition);
  if (faults.length === 0) return input.definition as CalendarDefinition;
  throw new Problem("invalid-configuration", msg("policy-calendar.calendarPage.theCalendarCannotBeDrawn"), faults);
}

export const calendarPage = definePage({
  name: "calendar",
  label: msg("policy-calendar.calendarPage.calendar"),
  group: "policy",
  icon: "calendar",
  order: 30,
  leadsTo: { page: "policy", query: { kind: "calendar" } },
  component: "Calendar",
  access: "configuration.read",
  query: ["programme"],
  async read(call): Promise<CalendarView> {
    const chosen = await chosenProgramme(call);
    const { programme } = chosen;
    const { services, official } = call;
    const { actor } = official;
    const setup = await services.setup.of(programme);
    const { calendar } = setup;
    const mayRetime = can(actor, "configuration.publish", { programme });
    const asked = mayRetime ? await services.cases.recalculations.asked(programme) : null;
    const own = actor.kind === "user" && asked?.askedBy === actor.userId;
    return {
      ...chosen,
      name: calendar.definition.code,
      openClocks: await services.versions.openClocks({ actor, programme }),
      mayRetime,
      secondPerson: setup.programme.settings.secondPerson === true,
      asked: asked === null ? null : { by: asked.name, own, reason: asked.reason, at: asked.askedAt },
    };
  },
  acts: {
    look: async (call): Promise<CalendarLook> => {
      const programme = await readableProgramme(call);
      const setup = await call.services.setup.of(programme);
      const [definition, year, today] = [
        soundCalendar(call),
        yearOf(call),
        civilDate(call.now, setup.programme.timeZone),
      ];
      const calendar = { ...setup.calendar, definition };
      return {
        today,
        year,
        days: yearOfDays(definition, year),
        confirmedUntil: confirmedUntil(definition, today),
        ...confirmationNeeded({ ...setup, calendar }, call.now),
        provisional: provisionalDays(definition, `${year}-01-01`, `${year}-12-31`).length,
      };
    },
    /** The calendar with a year to come in it; nothing is stored. */
    prepare: async (call): Promise<PreparedYear> => {
      await readableProgramme(call);
      return prepareYear(soundCalendar(call), yearOf(call));
    },
    /** Counts the deadlines that would move; with `confirmed` it moves them, with an event on each case. */
    retime: async (call) =>
      call.services.cases.recalculateDueDates({
        actor: call.official.actor,
        programme: textOf(call, "programme"),
        by: "calendar",
        reason: call.input.confirmed === true ? reasonOf(call) : "counted only",
        now: call.now,
        dryRun: call.input.confirmed !== true,
      }),
    /** Where it takes two people, one asks a colleague to do it. */
    askRetime: async (call) => {
      const [programme, reason] = [textOf(call, "programme"), reasonOf(call)];
      const { actor } = call.official;
      await call.services.cases.recalculations.ask({ programme, by: "calendar", reason, actor, now: call.now });
      return {};
    },
    /** Takes back what was asked for, or declines it. */
    dropRetime: async (call) => {
      await call.services.cases.recalculations.drop({
        programme: textOf(call, "programme"),
        actor: call.official.actor,
      });
      return {};
    },
  },
});
