/** What somebody types to find a person instead of words. */

import { parseReference } from "../lifecycle/case-reference.js";
import { westernDigits } from "../text/normalise-text.js";

/** What texts of both directions carry along and nobody sees. */
const unseen = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;
const address = /\S+@\S*/;
/** Digits as people write a number: in groups, with signs between them. */
const run = /(?:\+\s*)?\(?\d(?:[\s().\-–‐‑/]*\d)+/g;

/** Written as references are: one with a wrong digit is a mistyped reference, not a person. */
const asReference = /^[1-9]\d{2}[-–‐‑.]\d{3}[-–‐‑.]\d{4}$/;

/** With its country as far as E.164 goes, else as long as people dial: longer ones are numbers of papers, which texts have. */
const alone = /^(?:\+\d{8,15}|00\d{8,15}|\d{9,12})$/;
/** Beside words only what can hardly be anything else: a number with its country, a mobile one, a national number. */
const amongWords = /^(?:\+\d{8,15}|00\d{8,15}|07[789]\d{7}|[29]\d{9})$/;

function isPersons(number: string, form: RegExp): boolean {
  const digits = number.replace(/[^\d+]/g, "");
  return form.test(digits) && !asReference.test(number) && parseReference(number) === null;
}

/**
 * The telephone or national number or e-mail address in what was typed, to look for it among applicants; null where there is
 * none. It is no search of words, and nothing to keep in an address or a log.
 */
export function personIn(typed: string): string | null {
  const text = westernDigits(typed.replace(unseen, "")).trim();
  const mail = address.exec(text);
  if (mail !== null) return mail[0];
  const numbers = text.match(run) ?? [];
  const [first] = numbers;
  if (numbers.length === 1 && first === text) return isPersons(text, alone) ? text : null;
  return numbers.find((number) => isPersons(number, amongWords)) ?? null;
}

export const leadsToPerson = (typed: string): boolean => personIn(typed) !== null;

/** Digits alone, from the first: what they become, nobody knows before the last. */
const digitsAlone = /^[\s+(]*\d[\d\s()+.\-–‐‑/]*$/;
const someDigits = /(?:\d[\s().\-–‐‑/]*){5}/;

/**
 * What may become somebody's number or address while it is typed, and is not yet a search of its own: an address takes up what
 * stands between two keys of somebody who types slowly.
 */
export function mayLeadToPerson(typed: string): boolean {
  const text = westernDigits(typed.replace(unseen, ""));
  if (text.includes("@")) return true;
  return (digitsAlone.test(text) || someDigits.test(text)) && parseReference(text) === null;
}

/** Two words may be a name. */
export const mayBeName = (typed: string): boolean => /\p{L}{2}\s+\p{L}{2}/u.test(typed);

/** So few cases or none may come of a slip of the fingers. */
const few = 3;

/** Whether cases with similar words are looked for. @param found how many have the words as they were typed */
export const asksForNear = (typed: string, found: number): boolean =>
  found < few && /\p{L}{3}/u.test(typed) && !leadsToPerson(typed) && !mayLeadToPerson(typed);
