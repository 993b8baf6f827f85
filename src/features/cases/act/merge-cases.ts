/**
 * Several cases become duplicates of one that will be answered, in one act: each is linked by its own workflow, as if
 * somebody had done so one by one, and one that cannot be linked leaves all of them as they were.
 */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inLanguage, type Language, listed, perLanguage } from "../../../engine/text/text.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { CaseParts } from "../case-parts.js";
import { casesByReference, type LoadedCase } from "../case-queries.js";
import type { ChangedCase } from "../case-store.js";
import { computeOutcome } from "./compute-outcome.js";

interface Merge {
  readonly transaction: Transaction;
  /** The case that will be answered, locked. */
  readonly into: LoadedCase;
  readonly references: readonly string[];
  readonly policy: Policy;
  readonly actor: Actor;
  readonly now: Date;
}

/** The same words whether there is none or it is not the actor's to see. */
const noSuchCase: Bilingual = msg("cases-act.mergeCases.noSuchCase");
const otherProgramme: Bilingual = msg("cases-act.mergeCases.otherProgramme");
const confidential: Bilingual = msg("cases-act.mergeCases.confidential");
const neverLinked: Bilingual = msg("cases-act.mergeCases.neverLinked");

/** The action by which a case becomes a duplicate: that of its state, or any, whose refusal then says why. */
function linkingAction({ actions }: WorkflowDefinition, state: string): string | null {
  const linking = Object.entries(actions).filter(([, { effects }]) => effects.includes("link"));
  return (linking.find(([, { from }]) => from.includes(state)) ?? linking[0])?.[0] ?? null;
}

function reasonAgainst(other: LoadedCase | undefined, { into, policy, actor }: Merge): Bilingual | null {
  if (other === undefined) return noSuchCase;
  const { theCase } = other;
  if (!can(actor, "case.read", { case: theCase, entities: policy.setup.entities })) return noSuchCase;
  if (theCase.programme !== into.theCase.programme) return otherProgramme;
  return theCase.confidential && !into.theCase.confidential ? confidential : null;
}

/** What becomes of each of the others; problem `invalid-input` with a fault a reference that cannot be merged. */
export async function mergeDuplicates(parts: CaseParts, a: Merge): Promise<ChangedCase[]> {
  const { transaction, into, references, policy, actor, now } = a;
  if (references.length === 0) return [];
  const found = await casesByReference(parts.db, transaction, references);
  const changed: ChangedCase[] = [];
  const faults: FieldFault[] = [];
  const refuse = (reference: string, why: Bilingual) =>
    faults.push({ field: "/fields/others", reason: listed([reference, why], ": ") });
  for (const reference of references) {
    const other = found.get(reference);
    const against = reasonAgainst(other, a);
    if (other === undefined || against !== null) {
      refuse(reference, against ?? noSuchCase);
      continue;
    }
    const pinned = parts.policies.pinned([other.theCase]);
    const action = linkingAction(pinned.workflowOf(other.theCase.workflow.versionId), other.theCase.state);
    if (action === null) {
      refuse(reference, neverLinked);
      continue;
    }
    const act = { action, fields: { duplicateOf: into.theCase.reference }, actor, now };
    try {
      changed.push(await computeOutcome(parts, { lock: transaction, loaded: other, act, policy, pinned }));
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      refuse(reference, error.detail);
    }
  }
  if (faults.length === 0) return changed;
  const said = (language: Language) => faults.map(({ reason }) => inLanguage(reason, language)).join(" ");
  throw new Problem("invalid-input", perLanguage(said), faults);
}
