import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import { readCount } from "../../../platform/cli/arguments.js";
import type { AddCommand } from "../../../platform/cli/command.js";
import { tableOf, wallTime } from "../../../platform/cli/table.js";

/** A short list, in the scope of whoever asks. */
export const addCases: AddCommand = (program, { io, withServices }) => {
  program
    .command("cases")
    .description("List the open cases that somebody may see, the most urgent first.")
    .requiredOption("--as <email>", "whose list")
    .option("--limit <n>", "how many at most", readCount(1000), 20)
    .option("--json", "as JSON")
    .action(async (options: { as: string; limit: number; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: options.as, now });
        const cases = await services.cases.list({ actor, limit: options.limit });
        if (options.json) return io.out(JSON.stringify(cases, null, 2));
        const rows = cases.map((c) => [
          c.reference,
          c.state,
          c.type,
          c.importance,
          c.entity,
          c.dueAt && wallTime(c.dueAt, "UTC"),
          c.dueAt !== null && c.dueAt < now ? "late" : "",
          c.escalationLevel || "",
          c.subject.slice(0, 40),
        ]);
        const head = ["reference", "state", "type", "importance", "entity", "due (UTC)", "", "level", "subject"];
        for (const line of tableOf(head, rows)) io.out(line);
        io.out(formatCount(cases.length, "case").en);
      });
    });
};
