/**
 * What only its sender may read again: locked (AES-256-GCM) under a key that is derived from something of which the database
 * holds nothing but a hash. The applicant's code is kept so for retries, under the Idempotency-Key; what was typed about a
 * case and not sent, under the applicant's code.
 */

import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import type { Random } from "../../platform/unguessable.js";

const cipher = "aes-256-gcm";
/** The words of the first use: what was locked before opens with them. */
const derived = (secret: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, "diwan applicant code", 32));

/** Nonce (12 bytes), tag (16), then the locked text. */
export function lockText(text: string, secret: string, random: Random): Buffer {
  const nonce = random.bytes(12);
  const lock = createCipheriv(cipher, derived(secret, nonce), nonce);
  const locked = Buffer.concat([lock.update(text, "utf8"), lock.final()]);
  return Buffer.concat([nonce, lock.getAuthTag(), locked]);
}

/** Throws when the key is not the one it was locked with. */
export function unlockText(locked: Buffer, secret: string): string {
  const nonce = locked.subarray(0, 12);
  const unlock = createDecipheriv(cipher, derived(secret, nonce), nonce);
  unlock.setAuthTag(locked.subarray(12, 28));
  return Buffer.concat([unlock.update(locked.subarray(28)), unlock.final()]).toString("utf8");
}
