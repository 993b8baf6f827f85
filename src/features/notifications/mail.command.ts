import { writeFile } from "node:fs/promises";
import { InvalidArgumentError } from "commander";
import { notWritten } from "../../engine/letters/message-states.js";
import { actorAs } from "../../platform/cli/actor-as.js";
import { readCount } from "../../platform/cli/arguments.js";
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

function readState(value: string): MessageState {
  const state = states.find((one) => one === value);
  if (state) return state;
  throw new InvalidArgumentError(`A message is one of: ${states.join(", ")}.`);
}

/** What was told to whom; receivers by name, never by address. */
export const addMail: AddCommand = (program, { io, withServices }) => {
  const mail = program.command("mail").description("List messages: sent, pending, kept or failed.");
  mail
    .command("list", { isDefault: true })
    .description("The newest messages.")
    .option("--programme <code>", "of one programme")
    .option("--state <state>", states.join(", "), readState)
    .option("--as <email>", "as whom; messages about a confidential case are for its handlers only")
    .option("--limit <n>", "how many at most", readCount(1000), 20)
    .option("--json", "as JSON")
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
          m.state,
          m.template,
          m.receiverName ?? (m.reference ? `applicant of ${m.reference}` : "applicant"),
          m.subject ?? notWritten.en,
        ]);
        for (const line of tableOf(["id", "made (UTC)", "state", "what", "to", "subject"], rows)) io.out(line);
      });
    });
  mail
    .command("show")
    .description("One message as its receiver reads it.")
    .argument("<id>", "number of the message", readCount(Number.MAX_SAFE_INTEGER))
    .option("--as <email>", "as whom; a message about a confidential case is for its handlers only")
    .option("--html <file>", "write it as a page to look at instead")
    .action(async (id: number, options: { html?: string; as?: string }) => {
      await withServices(async ({ services }) => {
        const { message, rendered } = await services.mail.show({ id, actor: await actorAs(services, options.as) });
        if (options.html) {
          await writeFile(options.html, rendered.html);
          return io.out(`written: ${options.html}`);
        }
        io.out(`${message.state}${message.lastError ? ` (${message.lastError})` : ""}`);
        io.out(rendered.subject);
        io.out("");
        io.out(rendered.text);
      });
    });
};
