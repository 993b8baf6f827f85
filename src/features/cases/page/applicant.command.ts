import type { AddCommand } from "../../../platform/cli/command.js";
import { tableOf } from "../../../platform/cli/table.js";

/** Who sent it: masked, or whole and on record. */
export const addApplicant: AddCommand = (program, { io, withServices }) => {
  program
    .command("applicant")
    .description("Show who sent an application, masked; with --unmask whole, which is recorded on the case.")
    .argument("<reference>", "the case's reference number")
    .requiredOption("--as <email>", "as whom")
    .option("--unmask", "show everything; this is an event of the case", false)
    .action(async (reference: string, { as, unmask }: { as: string; unmask: boolean }) => {
      await withServices(async ({ services }) => {
        const now = services.now();
        const actor = await services.cases.actorOf({ email: as, now });
        const { applicant, masked } = await services.cases.readApplicant({ reference, actor, unmask, now });
        if (applicant === null) return io.out("It was sent anonymously: nothing is known of who sent it.");
        for (const line of tableOf(["", masked ? "masked" : "whole"], Object.entries(applicant))) io.out(line);
      });
    });
};
