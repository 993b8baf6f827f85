import { randomUUID } from "node:crypto";
import { msg } from "../../engine/text/msg.js";
import { type AddCommand, UsageError } from "../../platform/cli/command.js";

interface MigrateOptions {
  readonly programme: string;
  readonly workflow: string;
  readonly map: readonly string[];
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly as?: string;
}

function mapOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [from, to, ...more] = pair.split("=");
      if (from && to && more.length === 0) return [from, to];
      throw new UsageError(msg("policy.migrateCasesCommand.mapForm", { pair }));
    }),
  );
}

/** What a publication never does by itself: moves open cases to the version in force. */
export const addMigrateCases: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("migrate-cases")
    .description(say(msg("policy.migrateCasesCommand.description")))
    .requiredOption("--programme <code>", say(msg("cli.options.programme")))
    .requiredOption("--workflow <code>", say(msg("policy.migrateCasesCommand.workflow")))
    .option("--map <old=new>", say(msg("policy.migrateCasesCommand.map")), (pair, all: string[]) => [...all, pair], [])
    .requiredOption("--reason <text>", say(msg("cli.options.reasonOnCases")))
    .option("--dry-run", say(msg("policy.migrateCasesCommand.dryRun")))
    .option("--as <email>", say(msg("cli.options.as")))
    .action(async ({ programme, workflow: name, map: pairs, reason, dryRun = false, as }: MigrateOptions) => {
      const map = mapOf(pairs);
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = as
          ? await services.cases.actorOf({ email: as, now })
          : ({ kind: "system", job: "migrate-cases" } as const);
        const asked = { actor, programme, name, map, now };
        const { target, rows, cases, effects, faults } = await services.workflows.preview(asked);
        for (const { state, version, cases: n, to } of rows)
          io.out(
            say(
              msg("policy.migrateCasesCommand.row", {
                state,
                version,
                n,
                to: to ?? msg("policy.migrateCasesCommand.noPlace"),
              }),
            ),
          );
        for (const { field, reason: why } of faults) io.out(`${field}: ${say(why)}`);
        if (rows.length === 0) {
          io.out(say(msg("policy.migrateCasesCommand.none")));
          return;
        }
        if (dryRun) {
          const { looked, pauses, resumes, sooner, later, never, atOnce, drafts } = effects;
          const { version } = target;
          io.out(say(msg("policy.migrateCasesCommand.wouldMove", { cases, version, looked })));
          io.out(say(msg("policy.migrateCasesCommand.timeLimits", { pauses, resumes })));
          io.out(say(msg("policy.migrateCasesCommand.nextMoment", { sooner, atOnce, later, never })));
          io.out(say(msg("policy.migrateCasesCommand.drafts", { drafts })));
          io.out(say(msg("policy.migrateCasesCommand.confidential")));
          return;
        }
        const run = await services.workflows.migrate({
          ...asked,
          id: randomUUID(),
          versionId: target.versionId,
          reason,
        });
        const { moved, total, version, stayed, state } = run;
        io.out(say(msg("policy.migrateCasesCommand.moved", { moved, total, version, stayed, state })));
      });
    });
};
