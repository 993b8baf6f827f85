/** What someone enters who lost the code of their application, and how often a link is sent for it. */

import { westernDigits } from "../text/western-digits.js";

/** Of one application. */
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
