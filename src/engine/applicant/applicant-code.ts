/**
 * The applicant's secret: twelve characters (60 bits) of Crockford's base 32, which leaves out I, L, O and U so that it
 * survives being read out. Only its hash is stored, salted with the reference it belongs to.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { westernDigits } from "../text/normalise-text.js";

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

/** How often a link is sent for one application whose code was lost. */
export const lostCodeLimits = { minutesBetween: 15, mostADay: 5 } as const;

/** Digits by which a number is known, however it was written: country codes and leading zeros are not among the last of them. */
const toldDigits = 8;

/**
 * An email address or a telephone number in the one form in which it is compared; null: it is neither. Of a number the last digits, which are
 * the same with a country code and without: a link goes to what is stored, never to what was typed.
 */
export function contactOf(typed: string): string | null {
  const text = typed.trim();
  if (text.includes("@")) return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : null;
  const digits = westernDigits(text).replace(/\D/g, "");
  return digits.length < toldDigits || digits.length > 17 ? null : digits.slice(-toldDigits);
}
