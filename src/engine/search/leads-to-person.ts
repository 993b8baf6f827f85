/** What somebody types to find a person instead of words. */
import { parseReference } from "../lifecycle/case-reference.js";

/** With its country as far as E.164 goes, else as long as people dial: longer ones are numbers of papers, which texts have. */
const number = /^(?:\+\s*(?:[\d٠-٩۰-۹][\s-]*){8,15}|(?:[\d٠-٩۰-۹][\s-]*){9,12})$/;

/** A whole telephone or national number, or an e-mail address: no search of words, and nothing to keep in an address or a log. */
export function leadsToPerson(typed: string): boolean {
  const text = typed.trim();
  return /\S@\S/.test(text) || (number.test(text) && parseReference(text) === null);
}
