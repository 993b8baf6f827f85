/** What somebody types to find a person instead of words. */
import { parseReference } from "../case-reference.js";

const number = /^\+?(?:[\d٠-٩۰-۹][\s-]*){9,15}$/;

/** A whole telephone or national number, or an e-mail address: no search of words, and nothing to keep in an address or a log. */
export function leadsToPerson(typed: string): boolean {
  const text = typed.trim();
  return /\S@\S/.test(text) || (number.test(text) && parseReference(text) === null);
}
