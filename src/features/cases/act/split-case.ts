/**
 * The second matter of an application becomes a case of its own, in the transaction that says so on the first: the same
 * applicant, the same channel and day of receipt, decided by the rules of today. The applicant's code opens both.
 */

import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import type { Application, Case } from "../../../engine/lifecycle/case.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import { openCase } from "../../../engine/lifecycle/open-case.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { CaseParts } from "../case-parts.js";
import { type LoadedCase, newCaseId } from "../case-queries.js";
import { insertCases, type OpenedCase } from "../case-store.js";
import { copyProven } from "../follow/contact-store.js";
import { storedApplicantOf } from "../list/applicant-queries.js";

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
