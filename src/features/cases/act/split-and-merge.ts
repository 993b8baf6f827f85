/**
 * Acts that concern other cases. The second matter of an application becomes a case of its own, in the transaction that says so on
 * the first: the same applicant, the same channel and day of receipt, decided by the rules of today; the applicant's code opens both.
 * Or several cases become duplicates of one that will be answered, in one act: each is linked by its own workflow, as if done one
 * by one, and one that cannot be linked leaves all of them as they were.
 */

import type { Transaction } from "sequelize";
import { type Actor, can } from "../../../engine/access/permissions.js";
import type { Application, Case } from "../../../engine/lifecycle/case.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { openCase } from "../../../engine/lifecycle/open-case.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { inLanguage, type Language, listed, perLanguage } from "../../../engine/text/text.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { CaseParts } from "../case-parts.js";
import { casesByReference, type LoadedCase, newCaseId } from "../case-queries.js";
import { type ChangedCase, insertCases, type OpenedCase } from "../case-store.js";
import { copyProven } from "../follow/contact-store.js";
import { storedApplicantOf } from "../list/applicant-queries.js";
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

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** What was said of the whole (a service, a pillar, an importance) may not fit the second matter: the rules decide that anew. */
function secondMatter(whole: Application, fields: Readonly<Record<string, unknown>>): Application {
  return {
    ...whole,
    subject: String(fields.subject),
    description: String(fields.description),
    entity: text(fields.entity),
    service: null,
    pillar: null,
    importance: null,
    imported: false,
  };
}

/** How long the office could not work because the applicant was asked. */
const waited = ({ clocks }: Case): number =>
  clocks
    .filter(({ target }) => target === "resolution")
    .reduce((seconds, { pausedSeconds }) => seconds + pausedSeconds, 0);

interface Split {
  readonly transaction: Transaction;
  /** The first case as it was loaded. */
  readonly loaded: LoadedCase;
  readonly into: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly policy: Policy;
  readonly actor: Actor;
  readonly now: Date;
}

async function opened(parts: CaseParts, a: Split): Promise<OpenedCase> {
  const { transaction, loaded, into, fields, policy, actor, now } = a;
  const { theCase, codeHash, codeReference, applicantWays } = loaded;
  const { draft } = await openCase({
    id: await newCaseId(parts.db, transaction),
    reference: into,
    application: secondMatter(theCase.application, fields),
    policy,
    actor,
    now,
    splitFrom: {
      id: theCase.id,
      reference: theCase.reference,
      reason: text(fields.reason),
      entity: text(fields.entity),
      sector: theCase.sector,
      confidential: theCase.confidential,
      pausedSeconds: waited(theCase),
      respondedAt: theCase.firstResponseAt,
    },
  });
  const { calendarOf, workflowOf } = parts.policies.pinned([draft.theCase]);
  const outcome = finishOutcome({
    draft,
    before: [],
    workflow: workflowOf(draft.theCase.workflow.versionId),
    setup: policy.setup,
    calendarOf,
    applicantWays,
  });
  const applicant = await storedApplicantOf(parts.db, transaction, theCase.id);
  return { outcome, rows: { codeHash, codeReference, sourceId: null, applicant, idempotency: null } };
}

/** Opens and stores the second case; the caller stores what became of the first. */
export async function openSplit(parts: CaseParts, a: Split): Promise<Case> {
  const made = await opened(parts, a);
  const { revision } = a.loaded;
  const { db, messages } = parts;
  if (!(await insertCases(db, [made], { revision, messages, transaction: a.transaction }))) {
    throw new Problem("unavailable", msg("cases-act.splitCase.theConfigurationIsBeingChanged"), [], 2);
  }
  const { after } = made.outcome;
  await copyProven(db, a.transaction, { from: a.loaded.theCase.id, to: after.id });
  return after;
}
