/** The record of the life of drafts and change-sets. */

import type { Transaction } from "sequelize";
import type { Change } from "../../../engine/access/permissions.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import type { ChangeSetHead } from "../change-sets/change-set-store.js";
import type { DraftHead } from "../drafts/policy-draft-store.js";

type Step = "opened" | "submitted" | "taken-back" | "sent-back" | "discarded" | "published";
type Recorded =
  | { readonly kind: "draft"; readonly head: Pick<DraftHead, "id" | "programme" | "kind" | "name"> }
  | { readonly kind: "changeSet"; readonly head: Pick<ChangeSetHead, "id" | "programme" | "title"> };

/** An event of the draft, or of the change-set, with `more` of what happened. */
export function recordStep(
  db: Database,
  recorded: Recorded,
  step: Step | "into-set",
  { by: actor, now: at, more }: Change & { readonly more?: object },
  tx: Transaction,
): Promise<void> {
  const entry = { stream: "configuration", actor, at } as const;
  if (recorded.kind === "changeSet") {
    const { id: changeSet, programme, title } = recorded.head;
    const data = { programme, title, changeSet, ...more };
    return appendAudit(tx, db, { ...entry, type: `change-set.${step as Step}`, data });
  }
  const { id: draftId, programme, kind, name } = recorded.head;
  const data = { programme, kind, name, draftId, ...more };
  return appendAudit(tx, db, { ...entry, type: `configuration.${step}`, data });
}
