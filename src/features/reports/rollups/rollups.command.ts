import { type AddCommand, Refused, UsageError } from "../../../platform/cli/command.js";

interface RollupOptions {
  readonly check?: boolean;
  readonly rebuild?: boolean;
}

/** How many case numbers a fault names. */
const mostNamed = 20;

/** The sums that figures are read from; both may run beside a service that is at work. */
export const addRollups: AddCommand = (program, { io, withServices }) => {
  program
    .command("rollups")
    .description(
      "Check or rebuild the sums that figures are read from. Both are safe beside a running service: figures stay as they are until new sums are complete.",
    )
    .option("--check", "count every case and add everything up again, and compare; ends with 1 where something differs")
    .option("--rebuild", "count all cases anew, then replace the sums")
    .action(async ({ check, rebuild }: RollupOptions) => {
      if (!check && !rebuild) throw new UsageError("Say --check, --rebuild or both.");
      await withServices(async ({ services }) => {
        const { rollups } = services.reports;
        if (rebuild) {
          const { cases } = await rollups.rebuild({ now: services.now() });
          io.out(`rebuilt: ${cases} cases counted`);
        }
        if (!check) return;
        let wrong = false;
        for (const { programme, asOf, cases, wrongCases, wrongSums } of await rollups.check()) {
          if (asOf === null) {
            io.out(`${programme}: no sums to check yet`);
            continue;
          }
          io.out(`${programme}: as of ${asOf.toISOString()}, ${cases} cases compared`);
          if (wrongCases.length > 0)
            io.error(`${programme}: ${wrongCases.length} cases differ: ${wrongCases.slice(0, mostNamed).join(", ")}`);
          if (wrongSums > 0) io.error(`${programme}: ${wrongSums} sums differ`);
          wrong ||= wrongCases.length > 0 || wrongSums > 0;
        }
        if (!wrong) return;
        io.error("The sums differ from the cases. “diwan rollups --rebuild” corrects them.");
        throw new Refused();
      });
    });
};
