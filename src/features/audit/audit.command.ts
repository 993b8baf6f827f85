import { describeFault, onlyKeysMissing } from "../../engine/audit/audit-fault.js";
import { describeNote } from "../../engine/audit/audit-notes.js";
import { listCoverage, notProven } from "../../engine/audit/coverage.js";
import { formatWholeMoment } from "../../engine/formatting/moments.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import { type AddCommand, Refused } from "../../platform/cli/command.js";
import { WrongValue } from "../../platform/cli/spoken-command.js";
import type { MailedSeal } from "./check-seals.js";
import type { AuditReport } from "./verify.js";

/** Collects `--seal NUMBER:MAC`, as the auditor's mail has them. */
function readSeal(value: string, previous: readonly MailedSeal[] = []): readonly MailedSeal[] {
  const [, number, mac] = /^(\d{1,9}):([0-9a-f]{64})$/i.exec(value.trim()) ?? [];
  if (number === undefined || mac === undefined) {
    throw new WrongValue(msg("audit.auditCommand.sealForm"));
  }
  return [...previous, { number: Number(number), mac: mac.toLowerCase() }];
}

const outcomeOf = ({ ok, faults }: AuditReport): Bilingual =>
  ok
    ? msg("audit.verifyAuditCommand.unaltered")
    : onlyKeysMissing(faults)
      ? msg("audit.verifyAuditCommand.keyMissing")
      : msg("audit.verifyAuditCommand.altered");

/** What no seal covers yet. Its moments are those of the record: UTC. */
function youngerWords({ lastSeal, unsealed }: AuditReport, lang: Language): Bilingual {
  const { events, chains, since } = unsealed;
  const at = (moment: Date) => formatWholeMoment(moment, lang, "UTC");
  const sealedAt = lastSeal ? at(lastSeal.sealedAt) : msg("audit.verifyAuditCommand.noSeal");
  return since === null
    ? msg("audit.verifyAuditCommand.younger", { sealedAt, events, chains })
    : msg("audit.verifyAuditCommand.youngerSince", { sealedAt, events, chains, since: at(since) });
}

export const addVerifyAudit: AddCommand = (program, { io, say, language, withServices }) => {
  program
    .command("verify-audit")
    .description(say(msg("audit.verifyAuditCommand.description")))
    .option("--seal <number:mac>", say(msg("audit.verifyAuditCommand.seal")), readSeal, [])
    .option("--json", say(msg("cli.options.json")))
    .action(async (options: { seal: readonly MailedSeal[]; json?: boolean }) => {
      const tell = (words: Bilingual) => io.out(say(words));
      await withServices(async ({ services }) => {
        const report = await services.audit.verify({ seals: options.seal });
        if (options.json) io.out(JSON.stringify(report, null, 2));
        else {
          const { checked, faults } = report;
          tell(msg("audit.verifyAuditCommand.checked", checked));
          const compared = listCoverage(report.covered, "checked");
          const uncovered = listCoverage(report.covered, "uncovered");
          if (compared !== null) tell(msg("audit.verifyAuditCommand.compared", { what: compared }));
          if (uncovered !== null) tell(msg("audit.verifyAuditCommand.uncovered", { what: uncovered }));
          for (const fault of faults) io.error(say(describeFault(fault)));
          tell(outcomeOf(report));
          tell(youngerWords(report, language));
          for (const note of report.notes) tell(describeNote(note));
          tell(msg("audit.verifyAuditCommand.doesNotProve"));
          for (const what of notProven) io.out(`- ${say(what)}`);
        }
        if (report.warning !== null) io.error(say(report.warning));
        // Who brings a mailed seal asks for a proof, and there is none for what no seal covers.
        const unproved = report.warning !== null && options.seal.length > 0;
        if (!report.ok || unproved) throw new Refused();
      });
    });
};

export const addSeal: AddCommand = (program, { io, say, withServices }) => {
  program
    .command("seal")
    .description(say(msg("audit.auditCommand.seal")))
    .action(async () => {
      await withServices(async ({ services }) => {
        const { number, mac, events, chains, made } = await services.audit.seal({ now: services.now() });
        io.out(`${number}:${mac}`);
        io.out(
          say(made ? msg("audit.auditCommand.sealed", { events, chains }) : msg("audit.auditCommand.sealedAlready")),
        );
      });
    });
};
