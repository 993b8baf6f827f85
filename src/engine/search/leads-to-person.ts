/** What somebody types to find a person instead of words. */
import { parseReference } from "../lifecycle/case-reference.js";

/** With its country as far as E.164 goes, else as long as people dial: longer ones are numbers of papers, which texts have. */
const number = /^(?:\+\s*(?:[\d٠-٩۰-۹][\s-]*){8,15}|(?:[\d٠-٩۰-۹][\s-]*){9,12})$/;

/** Written as references are: one with a wrong digit is a mistyped reference, not a person. */
const asReference = /^\s*[\d٠-٩۰-۹]{3}[-–‐‑][\d٠-٩۰-۹]{3}[-–‐‑][\d٠-٩۰-۹]{4}\s*$/;

/** A whole telephone or national number, or an e-mail address: no search of words, and nothing to keep in an address or a log. */
export function leadsToPerson(typed: string): boolean {
  const text = typed.trim();
  return /\S@\S/.test(text) || (number.test(text) && !asReference.test(text) && parseReference(text) === null);
}
