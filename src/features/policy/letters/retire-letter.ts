/**
 * Takes a step's own letter out of force. What a published rule names stays; messages that wait keep the words of their
 * moment, and a ladder that was decided with the letter tells of its steps in the usual one.
 */

import type { Actor } from "../../../engine/access/permissions.js";
import { isStepLetter } from "../../../engine/letters/message-kinds.js";
import type { RuleSetDefinition } from "../../../engine/rules/rule-set.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { apart, type Bilingual, inLanguage, listed, perLanguage } from "../../../engine/text/text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { lockVersions } from "../../setup/version-queries.js";
import { requirePublisher } from "../versions/listed-version.js";
import { retirePublished, versionsOf } from "../versions/version-store.js";

export interface RetireLetter {
  readonly actor: Actor;
  readonly programme: string;
  readonly name: string;
  readonly reason: string;
  readonly now: Date;
}

const maxNamed = 10;

const nothing = (): Problem => new Problem("not-found", msg("policy-letters.retireLetter.noSuchLetterIsIn"));

/** What keeps it: the rules that name it, each by its title. */
function inUse(titles: readonly Bilingual[]): Problem {
  const shown = titles.slice(0, maxNamed);
  const more = titles.length > maxNamed ? " …" : "";
  const rules = listed(shown.map((title) => perLanguage((language) => apart(inLanguage(title, language)))));
  return new Problem("not-now", msg("policy-letters.retireLetter.rulesOfEscalationThatAre", { rules, more }));
}

/** Titles of the rules (and the default) whose steps are told of in this letter. */
function namingIt({ rules, default: otherwise }: RuleSetDefinition, name: string): Bilingual[] {
  const outcomes = Array.isArray(otherwise) ? otherwise : [otherwise];
  const byDefault = outcomes.some((outcome) => (outcome as { template?: unknown } | null)?.template === name);
  return [
    ...rules.filter(({ event }) => event.params.template === name).map(({ title }) => title),
    ...(byDefault ? [msg("policy-letters.retireLetter.whereNoRuleHolds")] : []),
  ];
}

/** Problems: not-found (no letter of a step in force, or not theirs), forbidden, invalid-input (no reason), not-now (rules name it). */
export async function retireLetter(db: Database, { actor, programme, name, reason, now }: RetireLetter): Promise<void> {
  requirePublisher(actor, programme);
  if (!isStepLetter(name)) throw nothing();
  const why = reason.trim();
  if (why === "") {
    const said = msg("policy-letters.retireLetter.said");
    throw new Problem("invalid-input", said, [{ field: "/reason", reason: said }]);
  }
  await inTransaction(db, async (transaction) => {
    await lockVersions(db, programme, transaction);
    const versions = await versionsOf(db, { programme, kind: "message", name }, transaction);
    const standing = versions.find(({ status }) => status === "published");
    if (standing === undefined) throw nothing();
    const rules = await versionsOf(db, { programme, kind: "rules", name: "escalation" }, transaction);
    const naming = rules
      .filter(({ status }) => status === "published")
      .flatMap(({ definition }) => namingIt(definition as RuleSetDefinition, name));
    if (naming.length > 0) throw inUse(naming);
    await retirePublished(versions, now, transaction);
    await appendAudit(transaction, db, {
      stream: "configuration",
      type: "configuration.retired",
      actor,
      data: { programme, kind: "message", name, version: standing.version, versionId: standing.id, reason: why },
      at: now,
    });
  });
}
