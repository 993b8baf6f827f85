import { Option } from "commander";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { formatPercent } from "../../engine/formatting/numbers.js";
import { knownMoment } from "../../engine/measures/known-on.js";
import { kpis } from "../../engine/measures/kpi.js";
import { type KpiDimension, kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import { msg } from "../../engine/text/msg.js";
import { chooseProgramme, readDate, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import { type AddCommand, type CommandContext, UsageError } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";
import { knownFaults } from "./known-then.js";

interface KpiOptions {
  readonly programme?: string;
  readonly from: string;
  readonly to: string;
  readonly at?: WrittenMoment;
  readonly knownOn?: string;
  readonly by?: KpiDimension;
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
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: KpiOptions) => {
      if (options.from >= options.to) throw new UsageError(msg("cli.arguments.backwards"));
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { timeZone } = (await services.setup.of(programme)).programme;
        const now = services.now();
        const { from, to, by, knownOn } = options;
        const day = knownOn && knownMoment(knownOn, { from, today: civilDate(now, timeZone), timeZone });
        if (typeof day === "string" && day !== "") throw new UsageError(knownFaults[day]);
        const at = (day || options.at?.in(timeZone)) ?? now;
        const newest = options.at === undefined && knownOn === undefined;
        const asked = { programme, from, to, at, ...(by && { by }), ...(newest && { newest }) };
        const figures = await services.reports.kpi(asked);
        if (options.json) return io.out(JSON.stringify(figures, null, 2));
        const { confidentialCases, at: _at, ...counted } = figures;
        const left =
          confidentialCases === null
            ? msg("reports.kpiCommand.fewerThanTen")
            : msg("reports.kpiCommand.atLeast", { n: confidentialCases });
        const spoken = { say, language };
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
        const rows: Row[] = [
          ...rowsOf(counted, spoken),
          ["", "", ""],
          ["confidentialCases", say(left), say(msg("reports.kpiCommand.inNoFigure"))],
        ];
        for (const line of tableOf(columns.map(say), rows)) io.out(line);
      });
    });
};

type Row = readonly [code: string, value: string | number, name: string];
type Spoken = Pick<CommandContext, "say" | "language">;

const columns = [msg("reports.kpiCommand.figure"), msg("reports.kpiCommand.value"), msg("reports.kpiCommand.name")];

/** What a figure is called, by the end of its code; nothing for a part of one. */
function nameOf(path: string, say: Spoken["say"]): string {
  const code = path.split(".").at(-1) ?? "";
  return code in kpis ? say(kpis[code as keyof typeof kpis].name) : "";
}

/** Codes, values and names, nested ones behind their parent: `onTimeResolution`, `86.2% (3982 of 4723)`. */
function rowsOf(value: unknown, spoken: Spoken, path = ""): Row[] {
  const { say, language } = spoken;
  const noData = () => say(msg("reports.kpiCommand.noData"));
  if (typeof value !== "object" || value === null)
    return [[path, value === null ? noData() : String(value), nameOf(path, say)]];
  // Groups are named by their code; those without one stand for cases without entity, pillar …
  if (Array.isArray(value))
    return value.flatMap(({ code, including, ...group }) => [
      ["", "", ""],
      ...(including === undefined ? [] : [[`${code}.including`, including.join(", "), ""] satisfies Row]),
      ...rowsOf(group, spoken, code || say(msg("reports.kpiCommand.none"))),
    ]);
  const { numerator, denominator, rate, ...more } = value as Record<string, unknown>;
  const rows = Object.entries(more).flatMap(([name, inner]) => rowsOf(inner, spoken, path ? `${path}.${name}` : name));
  if (typeof denominator !== "number") return rows;
  const share = typeof rate === "number" ? formatPercent(rate, language) : noData();
  const told = say(
    msg("reports.kpiCommand.share", { share, numerator: String(numerator), denominator: String(denominator) }),
  );
  return [[path, told, nameOf(path, say)], ...rows];
}
