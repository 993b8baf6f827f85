import { Option } from "commander";
import { formatPercent } from "../../engine/formatting/numbers.js";
import { type KpiDimension, kpiDimensions } from "../../engine/measures/kpi-dimensions.js";
import { chooseProgramme, readDate, readMoment, type WrittenMoment } from "../../platform/cli/arguments.js";
import { type AddCommand, UsageError } from "../../platform/cli/command.js";
import { tableOf } from "../../platform/cli/table.js";

interface KpiOptions {
  readonly programme?: string;
  readonly from: string;
  readonly to: string;
  readonly at?: WrittenMoment;
  readonly by?: KpiDimension;
  readonly json?: boolean;
}

/** The figures of a period, as of a moment; the same that digests and dashboards show, without confidential cases. */
export const addKpi: AddCommand = (program, { io, withServices }) => {
  program
    .command("kpi")
    .description(
      "Count a period: received, answered, on time, overdue, reopened, satisfaction, escalated … Confidential cases are not in any figure.",
    )
    .option("--programme <code>", "of which programme (needed when there are several)")
    .requiredOption("--from <date>", "first day, in the programme's zone", readDate)
    .requiredOption("--to <date>", "the day after the last", readDate)
    .option("--at <time>", "as things stood then; without an offset in the programme's zone (default: now)", readMoment)
    .addOption(new Option("--by <dimension>", "one line a group").choices(kpiDimensions))
    .option("--json", "as JSON")
    .action(async (options: KpiOptions) => {
      if (options.from >= options.to) throw new UsageError("--to must be after --from: it is the day after the last");
      await withServices(async ({ services }) => {
        const programme = chooseProgramme(options.programme, await services.setup.programmes());
        const { timeZone } = (await services.setup.of(programme)).programme;
        const at = options.at?.in(timeZone) ?? services.now();
        const { from, to, by } = options;
        const newest = options.at === undefined;
        const asked = { programme, from, to, at, ...(by && { by }), ...(newest && { newest }) };
        const figures = await services.reports.kpi(asked);
        if (options.json) return io.out(JSON.stringify(figures, null, 2));
        const { confidentialCases, ...counted } = figures;
        const left = confidentialCases === null ? "fewer than 10" : `at least ${confidentialCases}`;
        const rows: Row[] = [...rowsOf(counted), ["", ""], ["confidentialCases (in no figure)", left]];
        for (const line of tableOf(["figure", "value"], rows)) io.out(line);
      });
    });
};

type Row = readonly [name: string, value: string | number];

/** Names and values, nested ones behind their parent: `onTimeResolution`, `86.2% (3982 of 4723)`. */
function rowsOf(value: unknown, path = ""): Row[] {
  if (typeof value !== "object" || value === null) return [[path, value === null ? "no data" : String(value)]];
  // Groups are named by their code; those without one stand for cases without entity, pillar …
  if (Array.isArray(value))
    return value.flatMap(({ code, ...group }) => [["", ""], ...rowsOf(group, code || "(none)")]);
  const { numerator, denominator, rate, ...more } = value as Record<string, unknown>;
  const rows = Object.entries(more).flatMap(([name, inner]) => rowsOf(inner, path ? `${path}.${name}` : name));
  if (typeof denominator !== "number") return rows;
  const share = typeof rate === "number" ? formatPercent(rate, "en") : "no data";
  return [[path, `${share} (${numerator} of ${denominator})`], ...rows];
}
