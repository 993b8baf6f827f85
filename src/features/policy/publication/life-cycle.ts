/** The steps of a draft alone and of a change-set that bring nothing into force: given up, taken back, sent back. */

import type { Actor } from "../../../engine/access/permissions.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { lockVersions } from "../../setup/version-queries.js";
import { lockChangeSet, storeMembersClosed, storeMembersState } from "../change-sets/change-set-store.js";
import { touchSet } from "../change-sets/enter-set.js";
import { factsOf } from "../drafts/draft-views.js";
import { draftOfId, storeClosed, storeReopened } from "../drafts/policy-draft-store.js";
import { requireStep, requireWriter } from "./authorise.js";
import { noProgramme } from "./publication-refusals.js";
import { type Owner, readSet } from "./read-set.js";
import { recordStep } from "./record-step.js";

/** Who does something with what they have seen at this revision. */
export interface Step {
  readonly actor: Actor;
  readonly id: number;
  readonly revision: number;
  readonly now: Date;
}
/** As it is now. */
export interface SavedDraft {
  readonly id: number;
  readonly revision: number;
}
export interface Reasons {
  readonly reason: string;
  readonly warningsReason?: string | null | undefined;
}

/** Problems: not-found, forbidden (not by this official), not-now (not as it stands), conflict. */
export interface LifeCycle {
  discard(a: Step): Promise<void>;
  takeBack(a: Step): Promise<void>;
  sendBack(a: Step & { note: string }): Promise<void>;
}

export function createLifeCycle(db: Database, kind: Owner["kind"]): LifeCycle {
  const what = (id: number) => (kind === "draft" ? { draft: id } : { changeSet: id });

  async function step(a: Step & { note?: string }, act: "discard" | "takeBack" | "sendBack"): Promise<void> {
    const { id, actor, now } = a;
    const seen = await readSet(db, what(id));
    requireWriter(seen.owner as Owner, actor);
    await inTransaction(db, async (tx) => {
      const settings = await lockVersions(db, seen.programme, tx);
      if (settings === null) throw noProgramme(seen.programme);
      // The change-set that it is in first, as its publication does.
      const set = kind === "draft" ? ((await draftOfId(db, id, tx))?.changeSet ?? null) : null;
      if (set !== null) await lockChangeSet(db, set.id, tx);
      const owner = (await readSet(db, what(id), tx)).owner as Owner;
      const by = requireStep(owner, act, a, settings);
      const isSet = owner.kind === "changeSet";
      if (act === "discard") {
        const closed = { id, state: "discarded", now, by } as const;
        if (isSet) await storeMembersClosed(db, closed, tx);
        await storeClosed(db, closed, tx);
        await touchSet(db, set, { by, now }, tx);
        const { authors } = factsOf(owner.head);
        const more = { authors, ...(!isSet && { revision: owner.head.revision }) };
        await recordStep(db, owner, "discarded", { by: actor, now, more }, tx);
        return;
      }
      const returned = a.note === undefined ? null : { note: a.note.trim(), by, now };
      await storeReopened(db, { id, returned }, tx);
      if (isSet) await storeMembersState(db, { id, state: "open", by: null, now: null }, tx);
      const more = returned === null ? {} : { note: returned.note };
      await recordStep(db, owner, act === "takeBack" ? "taken-back" : "sent-back", { by: actor, now, more }, tx);
    });
  }

  return {
    discard: (a) => step(a, "discard"),
    takeBack: ({ actor, id, revision, now }) => step({ actor, id, revision, now }, "takeBack"),
    sendBack: (a) => step(a, "sendBack"),
  };
}
