import { writeFile } from "node:fs/promises";
import { messageName } from "../../engine/letters/message-kinds.js";
import { failureWords, messageStateNames, notWritten } from "../../engine/letters/message-states.js";
import { msg } from "../../engine/text/msg.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import { readChoice, readCount } from "../../platform/cli/arguments.js";
import type { AddCommand } from "../../platform/cli/command.js";
import { tableOf, wallTime } from "../../platform/cli/table.js";
import type { MessageState } from "../../platform/mail/message-store.js";

const states: readonly MessageState[] = ["pending", "sent", "kept", "failed", "held"];

interface ListOptions {
  readonly programme?: string;
  readonly state?: MessageState;
  readonly as?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const columns = [
  msg("notifications.mailCommand.made"),
  msg("cli.columns.state"),
  msg("notifications.mailCommand.what"),
  msg("notifications.mailCommand.to"),
  msg("cli.columns.subject"),
];

/** What was told to whom; receivers by name, never by address. */
export const addMail: AddCommand = (program, { io, say, withServices }) => {
  const mail = program.command("mail").description(say(msg("notifications.mailCommand.description")));
  mail
    .command("list", { isDefault: true })
    .description(say(msg("notifications.mailCommand.list")))
    .option("--programme <code>", say(msg("notifications.mailCommand.programme")))
    .option("--state <state>", states.join(", "), readChoice(states))
    .option("--as <email>", say(msg("notifications.mailCommand.asList")))
    .option("--limit <n>", say(msg("cli.options.limit")), readCount(1000), 20)
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: ListOptions) => {
      await withServices(async ({ services }) => {
        const { programme = null, state = null, limit } = options;
        const actor = await actorAs(services, options.as);
        const messages = await services.mail.list({ actor, programme, state, limit });
        if (options.json) {
          return io.out(
            JSON.stringify(
              messages.map(({ data: _, ...shown }) => shown),
              null,
              2,
            ),
          );
        }
        const rows = messages.map((m) => [
          m.id,
          wallTime(m.createdAt, "UTC"),
          say(messageStateNames[m.state]),
          say(messageName(m.template)),
          m.receiverName ??
            say(
              m.reference
                ? msg("notifications.mailCommand.applicantOf", { reference: m.reference })
                : msg("notifications.mailCommand.applicant"),
            ),
          m.subject ?? say(notWritten),
        ]);
        for (const line of tableOf(["id", ...columns.map(say)], rows)) io.out(line);
      });
    });
  mail
    .command("show")
    .description(say(msg("notifications.mailCommand.show")))
    .argument("<id>", say(msg("notifications.mailCommand.id")), readCount(Number.MAX_SAFE_INTEGER))
    .option("--as <email>", say(msg("notifications.mailCommand.asShow")))
    .option("--html <file>", say(msg("notifications.mailCommand.html")))
    .action(async (id: number, options: { html?: string; as?: string }) => {
      await withServices(async ({ services }) => {
        const { message, rendered } = await services.mail.show({ id, actor: await actorAs(services, options.as) });
        if (options.html) {
          await writeFile(options.html, rendered.html);
          return io.out(say(msg("cli.options.written", { file: options.html })));
        }
        const fault = failureWords(message.lastError);
        const why = fault === null ? message.lastError : say(fault);
        io.out(`${say(messageStateNames[message.state])}${why ? ` (${why})` : ""}`);
        io.out(rendered.subject);
        io.out("");
        io.out(rendered.text);
      });
    });
};
