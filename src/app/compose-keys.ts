/** The keys that must not be in the database: asked for when something needs them, and named where they are missing. */

import { type ApplicantKeys, applicantKeys } from "../engine/applicant/applicant-keys.js";
import { type KeyRing, keyRing } from "../engine/text/key-ring.js";
import { msg } from "../engine/text/msg.js";
import { Problem } from "../engine/text/problems.js";
import { keysOfNamelessSeals } from "../features/audit/check-seals.js";
import { createKeyStatus, type KeyRings } from "../features/operations/key-status.js";
import { type AccountKeys, accountKeys } from "../features/people/accounts/account-keys.js";
import type { Database } from "../platform/db/query.js";

interface GivenKeys {
  readonly sealKey: string | null;
  readonly sessionSecret?: string | null;
}

export interface OpenedKeys {
  /** Null where the variable is not known. */
  readonly rings: { readonly session: KeyRing | null; readonly seal: KeyRing | null };
  /** Problem `unavailable` that names the variable. */
  sealKeys(): KeyRing;
  /** Problem `unavailable` that names the variable. */
  sessionKeys(): AccountKeys;
  /** As `sessionKeys`, for what applicants are sent. */
  applicantKeys(): ApplicantKeys;
}

/** Error for a text that is no key. */
export function openKeys(given: GivenKeys): OpenedKeys {
  const seal = given.sealKey === null ? null : keyRing(given.sealKey);
  const session = given.sessionSecret ? keyRing(given.sessionSecret) : null;
  let derived: AccountKeys | null = null;
  let ofApplicants: ApplicantKeys | null = null;
  const known = (): KeyRing => {
    if (session !== null) return session;
    throw new Problem("unavailable", msg("office.composeKeys.sessionSecretMissing"));
  };
  return {
    rings: { session, seal },
    // A key made up on the spot would seal what no other instance could ever check.
    sealKeys() {
      if (seal !== null) return seal;
      throw new Problem("unavailable", msg("office.composeKeys.sealKeyMissing"));
    },
    sessionKeys() {
      derived ??= accountKeys(known());
      return derived;
    },
    applicantKeys() {
      ofApplicants ??= applicantKeys(known());
      return ofApplicants;
    },
  };
}

/** What is known of the keys, over the database that they are for. */
export function composeKeyRings(db: Database, { rings, sessionKeys }: OpenedKeys): KeyRings {
  return createKeyStatus({
    db,
    rings,
    keyOfFactor: (userId, sealed) => (rings.session && sessionKeys().unseal(userId, sealed)?.key) ?? null,
    keysOfNamelessSeals: () => keysOfNamelessSeals(db, rings.seal),
  });
}
