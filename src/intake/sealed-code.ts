/**
 * The applicant's code, kept for retries so that only the sender can read it: sealed (AES-256-GCM) under a key that is
 * derived from the Idempotency-Key, of which the database holds nothing but a hash.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import type { Random } from "../services.js";

const cipher = "aes-256-gcm";
const derived = (idempotencyKey: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", idempotencyKey, salt, "diwan applicant code", 32));

/** Nonce (12 bytes), tag (16), then the sealed text. */
export function sealCode(code: string, idempotencyKey: string, random: Random): Buffer {
  const nonce = random.bytes(12);
  const seal = createCipheriv(cipher, derived(idempotencyKey, nonce), nonce);
  const sealed = Buffer.concat([seal.update(code, "utf8"), seal.final()]);
  return Buffer.concat([nonce, seal.getAuthTag(), sealed]);
}

/** Throws when the key is not the one it was sealed with. */
export function openCode(sealed: Buffer, idempotencyKey: string): string {
  const nonce = sealed.subarray(0, 12);
  const opener = createDecipheriv(cipher, derived(idempotencyKey, nonce), nonce);
  opener.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([opener.update(sealed.subarray(28)), opener.final()]).toString("utf8");
}
