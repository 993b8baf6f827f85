import { randomUUID } from "node:crypto";
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
      throw new UsageError(`--map ${pair}: say OLD_STATE=NEW_STATE.`);
    }),
  );
}

/** What a publication never does by itself: moves open cases to the version in force. */
export const addMigrateCases: AddCommand = (program, { io, withServices }) => {
  program
    .command("migrate-cases")
    .description("Move open cases of older versions of a workflow to the one in force; an event on each case.")
    .requiredOption("--programme <code>", "of which programme")
    .requiredOption("--workflow <code>", "which workflow")
    .option("--map <old=new>", "where cases of a state go; again for each", (pair, all: string[]) => [...all, pair], [])
    .requiredOption("--reason <text>", "reason, recorded on each case")
    .option("--dry-run", "say what would change, and move none")
    .option("--as <email>", "who does it (default: the user of this machine)")
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
          io.out(`${state} (version ${version}): ${n} -> ${to ?? "no place yet"}`);
        for (const { field, reason: why } of faults) io.out(`${field}: ${why.en}`);
        if (rows.length === 0) {
          io.out("No open case follows another version.");
          return;
        }
        if (dryRun) {
          const { looked, pauses, resumes, sooner, later, never, atOnce } = effects;
          io.out(`${cases} open cases would move to version ${target.version}. Of ${looked} looked at:`);
          io.out(`${pauses} clocks stop, ${resumes} run again; next moment sooner ${sooner} (at once ${atOnce}),`);
          io.out(`later ${later}, none any more ${never}; ${effects.drafts} drafts of actions that it does not have.`);
          io.out("Confidential cases move too and are in no number.");
          return;
        }
        const run = await services.workflows.migrate({
          ...asked,
          id: randomUUID(),
          versionId: target.versionId,
          reason,
        });
        io.out(
          `${run.moved} of ${run.total} cases moved to version ${run.version}; ${run.stayed} stayed (${run.state}).`,
        );
      });
    });
};
