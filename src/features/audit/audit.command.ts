import { InvalidArgumentError } from "commander";
import { describeFault, onlyKeysMissing } from "../../engine/audit/audit-fault.js";
import { describeNote } from "../../engine/audit/audit-notes.js";
import { listCoverage, notProven } from "../../engine/audit/coverage.js";
import { type AddCommand, Refused } from "../../platform/cli/command.js";
import type { MailedSeal } from "./check-seals.js";

/** Collects `--seal NUMBER:MAC`, as the auditor's mail has them. */
function readSeal(value: string, previous: readonly MailedSeal[] = []): readonly MailedSeal[] {
  const [, number, mac] = /^(\d{1,9}):([0-9a-f]{64})$/i.exec(value.trim()) ?? [];
  if (number === undefined || mac === undefined) {
    throw new InvalidArgumentError("Write a mailed seal as NUMBER:MAC, the MAC with 64 hexadecimal digits.");
  }
  return [...previous, { number: Number(number), mac: mac.toLowerCase() }];
}

export const addVerifyAudit: AddCommand = (program, { io, withServices }) => {
  program
    .command("verify-audit")
    .description(
      "Check events, seals and files, and compare cases, versions of policy, positions and accounts with them; name what was altered, what no seal covers yet, and what this does not prove.",
    )
    .option("--seal <number:mac>", "a seal as it was mailed to the auditor, to compare; may be repeated", readSeal, [])
    .option("--json", "as JSON")
    .action(async (options: { seal: readonly MailedSeal[]; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const report = await services.audit.verify({ seals: options.seal });
        if (options.json) io.out(JSON.stringify(report, null, 2));
        else {
          const { checked, unsealed, faults } = report;
          const after = unsealed.since === null ? "" : `, the oldest of ${unsealed.since.toISOString()}`;
          io.out(`Checked ${checked.events} events of ${checked.chains} chains and ${checked.seals} seals.`);
          const held = listCoverage(report.covered, "checked");
          const uncovered = listCoverage(report.covered, "uncovered");
          if (held !== null) io.out(`Held against them: ${held.en}.`);
          if (uncovered !== null) io.out(`Not covered, stored by a release that recorded less: ${uncovered.en}.`);
          for (const fault of faults) io.error(describeFault(fault).en);
          const tampered = onlyKeysMissing(faults)
            ? "The record is not proven: a key of its seals is missing here."
            : "Something was altered.";
          io.out(report.ok ? "No alteration was found." : tampered);
          io.out(
            `Younger than the last seal (${report.lastSeal?.sealedAt.toISOString() ?? "there is none yet"}): ${unsealed.events} events of ${unsealed.chains} chains${after}.`,
          );
          for (const note of report.notes) io.out(describeNote(note).en);
          io.out("This does not prove:");
          for (const { en } of notProven) io.out(`- ${en}`);
        }
        if (report.warning !== null) io.error(report.warning.en);
        // Who brings a mailed seal asks for a proof, and there is none for what no seal covers.
        const unproved = report.warning !== null && options.seal.length > 0;
        if (!report.ok || unproved) throw new Refused();
      });
    });
};

export const addSeal: AddCommand = (program, { io, withServices }) => {
  program
    .command("seal")
    .description("Seal what happened since the last seal, once a day, and mail its number to the auditors.")
    .action(async () => {
      await withServices(async ({ services }) => {
        const { number, mac, events, chains, made } = await services.audit.seal({ now: services.now() });
        io.out(`${number}:${mac}`);
        io.out(made ? `sealed ${events} events of ${chains} chains` : "today's seal was there already");
      });
    });
};
