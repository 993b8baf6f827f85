/**
 * The applicant's code, kept for retries so that only the sender can read it: locked (AES-256-GCM) under a key that is
 * derived from the Idempotency-Key, of which the database holds nothing but a hash.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import type { Random } from "../services.js";

const cipher = "aes-256-gcm";
const derived = (idempotencyKey: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", idempotencyKey, salt, "diwan applicant code", 32));

/** Nonce (12 bytes), tag (16), then the locked text. */
export function lockCode(code: string, idempotencyKey: string, random: Random): Buffer {
  const nonce = random.bytes(12);
  const lock = createCipheriv(cipher, derived(idempotencyKey, nonce), nonce);
  const locked = Buffer.concat([lock.update(code, "utf8"), lock.final()]);
  return Buffer.concat([nonce, lock.getAuthTag(), locked]);
}

/** Throws when the key is not the one it was locked with. */
export function unlockCode(locked: Buffer, idempotencyKey: string): string {
  const nonce = locked.subarray(0, 12);
  const unlock = createDecipheriv(cipher, derived(idempotencyKey, nonce), nonce);
  unlock.setAuthTag(locked.subarray(12, 28));
  return Buffer.concat([unlock.update(locked.subarray(28)), unlock.final()]).toString("utf8");
}
