import { Option } from "commander";
import { rolesGranted } from "../../engine/access/permissions.js";
import { type RoleCode, roleCodes, roleNames } from "../../engine/access/roles.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { ordinaryDay } from "../../engine/calendar/ordinary-day.js";
import { compileCalendar } from "../../engine/calendar/working-calendar.js";
import { formatCount } from "../../engine/formatting/counted-nouns.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { type ContactCounts, type ContactKpiCode, contactKpis } from "../../engine/measures/contact-kpi.js";
import { knownMoment } from "../../engine/measures/known-on.js";
import type { KpiFigures } from "../../engine/measures/kpi.js";
import { type KpiDimension, kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import { type PageFigureCode, pageFigure } from "../../engine/measures/page-figures.js";
import {
  againstTarget,
  type ShownKpi,
  shownKpis,
  standingWords,
  targetUnit,
} from "../../engine/measures/shown-kpis.js";
import { codesOf } from "../../engine/registry.js";
import { msg } from "../../engine/text/msg.js";
import { listed, semicolon } from "../../engine/text/text.js";
import { chooseProgramme, readDate, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import { type AddCommand, UsageError } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";
import { knownFaults } from "./known-then.js";
import { type KpiRow, kpiRows, type Spoken } from "./kpi-rows.js";

/** Roles that read figures: only they are shown any, with or without a target. */
const audiences: readonly RoleCode[] = roleCodes.filter((role) => rolesGranted("kpi.read").has(role));

interface Aim extends ShownKpi {
  readonly target: number;
}
const hasTarget = (shown: ShownKpi): shown is Aim => shown.target !== null;

/** As people write it: per cent, working days, cases. */
function writtenTarget({ code, target }: Aim, { say, language }: Spoken): string {
  const unit = targetUnit(code);
  if (unit === "percent") return formatPercent(target / 100, language);
  return unit === "cases" ? formatNumber(target, language) : say(formatCount(target, "workingDay"));
}

/** Each target of one audience, and how the figure compares with it. */
function ofAudience(figures: KpiFigures, role: RoleCode, spoken: Spoken): [PageFigureCode, string][] {
  const { say, setup, daySeconds } = spoken;
  return shownKpis(setup, role)
    .filter(hasTarget)
    .map((aim) => {
      const target = writtenTarget(aim, spoken);
      const against = againstTarget(aim, pageFigure(aim.code).measured(figures).value, daySeconds);
      if (against === null) return [aim.code, target];
      return [
        aim.code,
        say(msg("reports.kpiCommand.targetLies", { target, standing: standingWords[against.standing] })),
      ];
    });
}

/** Each target of all audiences, with the roles that have it. */
function ofAll(spoken: Spoken): [PageFigureCode, string][] {
  const { say, setup } = spoken;
  const roles = new Map<PageFigureCode, Map<string, RoleCode[]>>();
  for (const role of audiences)
    for (const aim of shownKpis(setup, role).filter(hasTarget)) {
      const of = roles.get(aim.code) ?? new Map<string, RoleCode[]>();
      const target = writtenTarget(aim, spoken);
      roles.set(aim.code, of.set(target, [...(of.get(target) ?? []), role]));
    }
  return [...roles].map(([code, of]) => {
    const each = [...of].map(([target, some]) =>
      msg("reports.kpiCommand.targetFor", { target, roles: listed(some.map((role) => roleNames[role])) }),
    );
    return [code, say(listed(each, semicolon))];
  });
}

/** @param audience whose targets; null: says for whom there are any. By figure; empty where none is set. */
export const kpiTargets = (
  figures: KpiFigures,
  audience: RoleCode | null,
  spoken: Spoken,
): ReadonlyMap<string, string> => new Map(audience === null ? ofAll(spoken) : ofAudience(figures, audience, spoken));

function written(
  code: ContactKpiCode,
  counts: ContactCounts,
  { say, language }: Pick<Spoken, "say" | "language">,
): string {
  const value = contactKpis[code].figure(counts);
  const number = (n: number) => formatNumber(n, language);
  if (value === null || (typeof value !== "number" && value.rate === null))
    return say(msg("reports.kpiCommand.noData"));
  if (typeof value === "number") {
    const isTime = contactKpis[code].unit === "seconds";
    return isTime ? say(msg("contact-centre.contactFigures.seconds", { n: value })) : number(value);
  }
  const { rate, numerator, denominator } = value;
  const share = formatPercent(rate ?? 0, language);
  return say(
    msg("reports.kpiCommand.share", { share, numerator: number(numerator), denominator: number(denominator) }),
  );
}

/** `contactCentre.calls`, `42`, `Calls`: a section of its own, for these are no figures of cases. */
const contactRows = (counts: ContactCounts, spoken: Pick<Spoken, "say" | "language">): KpiRow[] => [
  ["", "", ""],
  ...codesOf(contactKpis).map(
    (code): KpiRow => [`contactCentre.${code}`, written(code, counts, spoken), spoken.say(contactKpis[code].name)],
  ),
];

/** The same for programs. */
const contactFiguresOf = (counts: ContactCounts) =>
  Object.fromEntries(codesOf(contactKpis).map((code) => [code, contactKpis[code].figure(counts)]));

interface KpiOptions {
  readonly programme?: string;
  readonly from: string;
  readonly to: string;
  readonly at?: WrittenMoment;
  readonly knownOn?: string;
  readonly by?: KpiDimension;
  readonly audience?: RoleCode;
  readonly json?: boolean;
}

/** The figures of a period, as of a moment; the same that digests and dashboards show, without confidential cases. */
export const addKpi: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("kpi")
    .description(say(msg("reports.kpiCommand.description")))
    .option("--programme <code>", say(msg("cli.options.programmeNeeded")))
    .requiredOption("--from <date>", say(msg("reports.kpiCommand.from")), readDate)
    .requiredOption("--to <date>", say(msg("reports.kpiCommand.to")), readDate)
    .option("--at <time>", say(msg("reports.kpiCommand.at")), readMoment)
    .addOption(
      new Option("--known-on <date>", say(msg("reports.kpiCommand.knownOn"))).argParser(readDate).conflicts("at"),
    )
    .addOption(new Option("--by <dimension>", say(msg("reports.kpiCommand.by"))).choices(kpiDimensions))
    .addOption(new Option("--audience <role>", say(msg("reports.kpiCommand.audience"))).choices(audiences))
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: KpiOptions) => {
      if (options.from >= options.to) throw new UsageError(msg("cli.arguments.backwards"));
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const setup = await services.setup.of(programme);
        const { timeZone } = setup.programme;
        const now = services.now();
        const { from, to, by, knownOn, audience } = options;
        const day = knownOn && knownMoment(knownOn, { from, today: civilDate(now, timeZone), timeZone });
        if (typeof day === "string" && day !== "") throw new UsageError(knownFaults[day]);
        const at = (day || options.at?.in(timeZone)) ?? now;
        const newest = options.at === undefined && knownOn === undefined;
        const asked = { programme, from, to, at, ...(by && { by }), ...(newest && { newest }) };
        const figures = await services.reports.kpi(asked);
        // Calls are counted as they are known now, and by nothing else.
        const contacts = newest ? await services.contactCentre.counts({ programme, from, to, now }) : null;
        const contactCentre = contacts && contactFiguresOf(contacts);
        if (options.json)
          return io.out(JSON.stringify({ ...figures, ...(contactCentre && { contactCentre }) }, null, 2));
        const { confidentialCases, at: _at, ...counted } = figures;
        const left =
          confidentialCases === null
            ? msg("reports.kpiCommand.fewerThanTen")
            : msg("reports.kpiCommand.atLeast", { n: confidentialCases });
        const asOf = wallTime(new Date(figures.at), timeZone);
        io.out(
          say(
            knownOn !== undefined
              ? msg("reports.kpiCommand.asKnownOn", { day: knownOn, asOf })
              : newest
                ? msg("reports.kpiCommand.asKnownNow", { asOf })
                : msg("reports.kpiCommand.asKnownAt", { asOf }),
          ),
        );
        const daySeconds = ordinaryDay(compileCalendar(setup.calendar.definition), at);
        const spoken = { say, language, setup, daySeconds };
        const targets = kpiTargets(figures, audience ?? null, spoken);
        if (audience !== undefined && targets.size === 0)
          io.out(say(msg("reports.kpiCommand.noTarget", { role: roleNames[audience] })));
        const rows: KpiRow[] = [
          ...kpiRows(counted, spoken, by ?? null),
          ...(contacts === null ? [] : contactRows(contacts, spoken)),
          ["", "", ""],
          ["confidentialCases", say(left), say(msg("reports.kpiCommand.inNoFigure"))],
        ];
        const head = [...columns, ...(targets.size > 0 ? [msg("reports.kpiCommand.target")] : [])];
        // Groups have their codes before the figure's: a target is of the whole.
        for (const line of tableOf(
          head.map(say),
          rows.map((row) => [...row, targets.get(row[0]) ?? ""]),
        ))
          io.out(line);
      });
    });
};

const columns = [msg("reports.kpiCommand.figure"), msg("reports.kpiCommand.value"), msg("reports.kpiCommand.name")];
