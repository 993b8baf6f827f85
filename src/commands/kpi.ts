import { Option } from "commander";
import { type KpiDimension, kpiDimensions } from "../db/kpi-queries.js";
import { chooseProgramme, readDate, readMoment, type WrittenMoment } from "./arguments.js";
import type { CliServices } from "./cli-services.js";
import { type AddCommand, UsageError } from "./command.js";

interface KpiOptions {
  readonly programme?: string;
  readonly from: string;
  readonly to: string;
  readonly at?: WrittenMoment;
  readonly by?: KpiDimension;
  readonly json?: boolean;
}

/** The figures of a period, as of a moment; the same that digests and dashboards show. */
export const addKpi: AddCommand<CliServices> = (program, { io, withServices }) => {
  program
    .command("kpi")
    .description("Count a period: received, resolved, on time, delayed, reopened, satisfaction, escalated …")
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
        const figures = await services.reports.kpi({ programme, from, to, at, ...(by && { by }) });
        if (options.json) return io.out(JSON.stringify(figures, null, 2));
        for (const line of linesOf(figures)) io.out(line);
      });
    });
};

const nameWidth = 44;

/** Names and values, one a line, nested ones behind their parent: `onTimeResolution  86.2 % (3982 of 4723)`. */
function linesOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [`${path.padEnd(nameWidth)}${value ?? "no data"}`];
  // Groups are named by their code; those without one stand for cases without entity, pillar …
  if (Array.isArray(value)) return value.flatMap(({ code, ...group }) => ["", ...linesOf(group, code || "(none)")]);
  const { numerator, denominator, rate, ...more } = value as Record<string, unknown>;
  const lines = Object.entries(more).flatMap(([name, inner]) => linesOf(inner, path ? `${path}.${name}` : name));
  if (typeof denominator !== "number") return lines;
  const share = typeof rate === "number" ? `${(rate * 100).toFixed(1)} %` : "no data";
  return [`${path.padEnd(nameWidth)}${share} (${numerator} of ${denominator})`, ...lines];
}
