/**
 * Reference numbers: ten digits, read out in three groups (`482-739-1652`), the last a check digit.
 *
 * The nine digits before it are random, so nobody can guess a neighbour's. The check digit is Damm's (H. M. Damm, "Total
 * anti-symmetrische Quasigruppen", 2004): it catches every single wrong digit and every swap of neighbours, which is
 * what goes wrong on the telephone. Digits only, because they read the same in Arabic and in English.
 */

import { westernDigits } from "../text/normalise-text.js";

const damm = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = damm[interim]?.[Number(digit)] ?? 0;
  return interim;
}

function grouped(digits: string): string {
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}

/** A new reference from eight unguessable bytes. */
export function makeReference(bytes: Buffer): string {
  // 9 × 10⁸ numbers that do not begin with 0; 64 bits make the bias of the remainder meaningless.
  const body = String(100_000_000n + (bytes.readBigUInt64BE(0) % 900_000_000n));
  return grouped(body + checkDigit(body));
}

/**
 * What somebody typed or read out, in its one written form: spaces, dashes and Arabic-Indic digits are understood.
 * Null when it is not a reference (wrong length or check digit), which saves a look-up.
 */
export function parseReference(typed: string): string | null {
  const digits = westernDigits(typed).replace(/[\s\-–‐‑.\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
  return /^[1-9]\d{9}$/.test(digits) && checkDigit(digits) === 0 ? grouped(digits) : null;
}
