/** What a channel's key opens: one thing, so that a key that leaks opens no more than it was made for. */

import { codesOf, memberOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

const keyPurposes = {
  applications: { name: msg("access.keyPurposes.applications") },
  figures: { name: msg("access.keyPurposes.figures") },
} as const satisfies Readonly<Record<string, { readonly name: Bilingual }>>;

export type KeyPurpose = keyof typeof keyPurposes;
export const keyPurposeCodes = codesOf<KeyPurpose>(keyPurposes);
export const keyPurposeNames = memberOf<KeyPurpose, { readonly name: Bilingual }, "name">(keyPurposes, "name");
