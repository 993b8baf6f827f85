/** A draft as it is published. */

import type { Actor } from "../../../engine/access/permissions.js";
import type { Reasons } from "./draft-steps.js";
import type { StoredPolicyDraft } from "./policy-draft-store.js";
import type { Publication } from "./sound-publication.js";

export function publicationOf(row: StoredPolicyDraft, a: { actor: Actor; now: Date } & Reasons): Publication {
  const { programme, kind, name, definition, basedOn } = row;
  const asNew = kind === "workflow" && basedOn === null;
  const { reason, warningsReason = null, now, actor: by } = a;
  return { programme, kind, name, definition, basedOn, asNew, reason, warningsReason, by, now };
}

/** What of the warnings whoever submitted it has given a reason for; null: no reason was given, or asked for. */
export function explainedIn({
  warningsReason,
  warningsSeen,
}: Pick<StoredPolicyDraft, "warningsReason" | "warningsSeen">): Publication["explained"] {
  return warningsReason === null ? null : { warnings: warningsSeen ?? [], reason: warningsReason };
}
