import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import { msg } from "../../../engine/text/msg.js";
import { readCount } from "../../../platform/cli/arguments.js";
import type { AddCommand } from "../../../platform/cli/command.js";
import { tableOf, wallTime } from "../../../platform/cli/table.js";

const lateWords = {
  overdue: msg("cases-list.casesCommand.overdue"),
  replyLate: msg("cases-list.casesCommand.replyLate"),
  reviewLate: msg("cases-list.casesCommand.reviewLate"),
} as const;

/** A short list, in the scope of whoever asks. */
export const addCases: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("cases")
    .description(say(msg("cases-list.casesCommand.description")))
    .requiredOption("--as <email>", say(msg("cases-list.casesCommand.as")))
    .option("--limit <n>", say(msg("cli.options.limit")), readCount(1000), 20)
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: { as: string; limit: number; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: options.as, now });
        const cases = await services.cases.list({ actor, limit: options.limit, now });
        if (options.json) return io.out(JSON.stringify(cases, null, 2));
        const rows = cases.map((c) => [
          c.reference,
          c.state,
          c.type,
          c.importance,
          c.entity,
          c.dueAt && wallTime(c.dueAt, "UTC"),
          c.late === null ? "" : say(lateWords[c.late]),
          c.escalationLevel || "",
          c.subject.slice(0, 40),
        ]);
        const [reference, state, type, importance, entity, due, level, subject] = [
          msg("cli.columns.reference"),
          msg("cli.columns.state"),
          msg("cli.columns.type"),
          msg("cli.columns.importance"),
          msg("cli.columns.entity"),
          msg("cli.columns.due"),
          msg("cli.columns.level"),
          msg("cli.columns.subject"),
        ].map(say);
        const head = [reference, state, type, importance, entity, `${due} (UTC)`, "", level, subject].map(String);
        for (const line of tableOf(head, rows)) io.out(line);
        io.out(say(formatCount(cases.length, "case")));
      });
    });
};
