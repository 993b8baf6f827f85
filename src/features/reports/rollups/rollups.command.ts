import { msg } from "../../../engine/text/msg.js";
import { type AddCommand, Refused, UsageError } from "../../../platform/cli/command.js";
import { wallTime } from "../../../platform/cli/table.js";

interface RollupOptions {
  readonly check?: boolean;
  readonly rebuild?: boolean;
}

/** How many case numbers a fault names. */
const mostNamed = 20;

/** The sums that figures are read from; both may run beside a service that is at work. */
export const addRollups: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("rollups")
    .description(say(msg("reports.rollupsCommand.description")))
    .option("--check", say(msg("reports.rollupsCommand.check")))
    .option("--rebuild", say(msg("reports.rollupsCommand.rebuild")))
    .action(async ({ check, rebuild }: RollupOptions) => {
      if (!check && !rebuild) throw new UsageError(msg("reports.rollupsCommand.sayWhich"));
      await withServices(async ({ services }) => {
        const { rollups } = services.reports;
        if (rebuild) {
          const { cases } = await rollups.rebuild({ now: services.now() });
          io.out(say(msg("reports.rollupsCommand.rebuilt", { n: cases })));
        }
        if (!check) return;
        let wrong = false;
        for (const { programme, asOf, cases, wrongCases, wrongSums } of await rollups.check()) {
          if (asOf === null) {
            io.out(say(msg("reports.rollupsCommand.noneYet", { programme })));
            continue;
          }
          const { timeZone } = (await services.setup.of(programme)).programme;
          io.out(say(msg("reports.rollupsCommand.compared", { programme, asOf: wallTime(asOf, timeZone), n: cases })));
          if (wrongCases.length > 0) {
            const references = wrongCases.slice(0, mostNamed).join(", ");
            io.error(say(msg("reports.rollupsCommand.casesDiffer", { programme, n: wrongCases.length, references })));
          }
          if (wrongSums > 0) io.error(say(msg("reports.rollupsCommand.sumsDiffer", { programme, n: wrongSums })));
          const isWrong = wrongCases.length > 0 || wrongSums > 0;
          if (!isWrong) io.out(say(msg("reports.rollupsCommand.same", { programme })));
          wrong ||= isWrong;
        }
        if (!wrong) return;
        io.error(say(msg("reports.rollupsCommand.correct")));
        throw new Refused();
      });
    });
};
