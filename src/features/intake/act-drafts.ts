/**
 * Drafts of applicants' acts. Code and link are in no database: a draft is found by a hash of it, and locked under it, so that what
 * somebody wrote and then did not send is read by nobody in the office.
 */

import { createHash } from "node:crypto";
import { plainCode } from "../../engine/applicant/applicant-code.js";
import type { ApplicantProof } from "../../engine/applicant/applicant-proof.js";
import type { ActDraftHolder, ActDrafts } from "../../engine/lifecycle/act-drafts.js";
import type { Database } from "../../platform/db/query.js";
import type { Random } from "../../platform/unguessable.js";
import { forgetActDraft, keepActDraft, lockedActDraft, waitingActDrafts } from "./act-draft-store.js";
import { lockText, unlockText } from "./locked-text.js";

/** As long as an application that was begun. */
const draftMs = 24 * 3_600_000;

type Whose = ApplicantProof & Pick<ActDraftHolder, "reference" | "action">;

/** Who came by a link does not read what somebody with the code began. */
const secretOf = (whose: Whose): string => {
  const proof = "code" in whose ? plainCode(whose.code) : `link ${whose.link}`;
  return `act ${whose.reference} ${proof} ${whose.action}`;
};
const hashOf = (whose: Whose): Buffer => createHash("sha256").update(secretOf(whose)).digest();

/** @param random never a simulation's: what is locked twice must not look alike */
export function createActDrafts({ db, random }: { db: Database; random: Random }): ActDrafts {
  return {
    async open({ now, ...whose }) {
      const locked = await lockedActDraft(db, { ownerHash: hashOf(whose), now });
      return locked === null ? null : JSON.parse(unlockText(locked, secretOf(whose)));
    },
    async keep({ now, typed, ...whose }) {
      const ownerHash = hashOf(whose);
      if (Object.values(typed).every((value) => value.trim() === "")) return forgetActDraft(db, ownerHash);
      const locked = lockText(JSON.stringify(typed), secretOf(whose), random);
      await keepActDraft(db, { ownerHash, locked, expiresAt: new Date(now.getTime() + draftMs) });
    },
    forget: (whose) => forgetActDraft(db, hashOf(whose)),
    async waiting({ now, actions, ...whose }) {
      const hashes = actions.map((action) => hashOf({ ...whose, action }));
      const found = await waitingActDrafts(db, { ownerHashes: hashes, now });
      return new Set(actions.filter((_, i) => found.some((one) => one.equals(hashes[i] as Buffer))));
    },
  };
}
