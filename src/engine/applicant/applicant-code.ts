/**
 * The applicant's secret: twelve characters (60 bits) of Crockford's base 32, which leaves out I, L, O and U so that it
 * survives being read out. Only its hash is stored, salted with the reference it belongs to.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { westernDigits } from "../text/western-digits.js";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new code from twelve unguessable bytes: `K7QM-3XVD-P2HR`. */
export function makeCode(bytes: Buffer): string {
  const characters = Array.from(bytes.subarray(0, 12), (byte) => alphabet[byte & 31]).join("");
  return `${characters.slice(0, 4)}-${characters.slice(4, 8)}-${characters.slice(8)}`;
}

/** A code however it was typed, in digits of any script and without what keyboards put between: what is taken for the same reads the same. */
export function plainCode(typed: string): string {
  return westernDigits(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

/** What is stored for it. */
export function codeHash(reference: string, code: string): Buffer {
  return createHash("sha256")
    .update(`${reference}|${plainCode(code)}`)
    .digest();
}

/** Whether a code that somebody typed is the one that was stored. */
export function isCode(reference: string, typed: string, stored: Buffer | null): boolean {
  return stored !== null && timingSafeEqual(codeHash(reference, typed), stored);
}
