import { msg } from "../../../engine/text/msg.js";
import { readField } from "../../../platform/cli/arguments.js";
import type { AddCommand } from "../../../platform/cli/command.js";

/** The same `perform` that screens call: who may not there may not here. */
export const addAct: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("act")
    .description(say(msg("cases-act.actCommand.description")))
    .argument("<reference>", say(msg("cli.options.reference")))
    .argument("<action>", say(msg("cases-act.actCommand.action")))
    .requiredOption("--as <email>", say(msg("cli.options.asWhom")))
    .option("--field <name=value>", say(msg("cases-act.actCommand.field")), readField, {})
    .action(async (reference: string, action: string, options: { as: string; field: Record<string, string> }) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: options.as, now });
        const done = await services.cases.perform({ reference, action, fields: options.field, actor, now });
        const { state, dueAt } = done;
        const words = { reference: done.reference, state, entity: done.entity ?? "–" };
        io.out(
          say(
            dueAt === null
              ? msg("cases-act.actCommand.done", words)
              : msg("cases-act.actCommand.doneDue", { ...words, due: dueAt.toISOString() }),
          ),
        );
      });
    });
};
