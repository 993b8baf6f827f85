/** Who sent an application: masked for whoever may read the case, whole for whoever has to write to them, on record. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { maskPersonal, type PersonalData } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { type CaseParts, caseNotFound } from "../case-parts.js";
import { caseByReference } from "../case-queries.js";
import { applicantOf } from "../list/applicant-queries.js";
import { recordLook } from "../record-look.js";

export interface ReadApplicant {
  /** Null: it was sent anonymously. */
  readonly applicant: PersonalData | null;
  readonly masked: boolean;
}

function mayNotUnmask(): Problem {
  return new Problem("forbidden", msg("cases-page.readApplicant.onlyHandlersMaySee"));
}

/**
 * Reads the applicant of a case. With `unmask` the whole data, and a `personal.read` event in the same transaction: what
 * was seen is on record, or was not seen. Problems: `not-found` (also for a case that is not the actor's), `forbidden`.
 */
export async function readApplicant(
  parts: CaseParts,
  a: { reference: string; actor: Actor; unmask: boolean; now: Date },
): Promise<ReadApplicant> {
  const { actor, unmask, now } = a;
  const reference = parseReference(a.reference);
  if (reference === null) throw caseNotFound();
  return parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const loaded = await caseByReference(parts.db, reference, transaction);
      if (loaded === null) throw caseNotFound();
      const { theCase, revision } = loaded;
      const { setup } = parts.policies.at(theCase.programme, revision);
      const subject = { case: theCase, entities: setup.entities };
      if (!can(actor, "case.read", subject)) throw caseNotFound();
      if (unmask && !can(actor, "personal.read", subject)) throw mayNotUnmask();
      const applicant = await applicantOf(parts.db, transaction, theCase.id);
      if (applicant === null || !unmask) return { applicant: applicant && maskPersonal(applicant), masked: true };

      const fields = Object.entries(applicant).flatMap(([field, value]) => (value === null ? [] : [field]));
      await recordLook(parts, transaction, loaded, { type: "personal.read", data: { fields }, actor, now });
      return { applicant, masked: false };
    }),
  );
}
