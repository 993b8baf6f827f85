import { readField } from "../../../platform/cli/arguments.js";
import type { AddCommand } from "../../../platform/cli/command.js";

/** The same `perform` that screens call: who may not there may not here. */
export const addAct: AddCommand = (program, { io, withServices }) => {
  program
    .command("act")
    .description("Take an action on a case as an official: transfer, ask, answer, close …")
    .argument("<reference>", "the case's reference number")
    .argument("<action>", "name of the action in the case's workflow")
    .requiredOption("--as <email>", "as whom")
    .option("--field <name=value>", "what the action asks for; may be repeated", readField, {})
    .action(async (reference: string, action: string, options: { as: string; field: Record<string, string> }) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: options.as, now });
        const done = await services.cases.perform({ reference, action, fields: options.field, actor, now });
        const due = done.dueAt === null ? "nothing due" : `due ${done.dueAt.toISOString()}`;
        io.out(`${done.reference}: ${done.state}, entity ${done.entity ?? "–"}, ${due}`);
      });
    });
};
