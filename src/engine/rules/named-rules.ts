/** Rules as findings name them: by their titles, as whoever wrote them knows them. */

import { type Bilingual, inLanguage, listed, perLanguage, quoted } from "../text/text.js";
import type { RuleDefinition } from "./rule-set.js";

/** Letters of a title; what comes after them says no more which rule it is. */
const longest = 80;
/** Of very many rules that decide something the first are named. */
export const maxNamed = 12;

const cut = (title: string): string => (title.length > longest ? `${title.slice(0, longest - 1)}…` : title);

/** A rule's title in quotation marks. */
export const namedRule = ({ title }: Pick<RuleDefinition, "title">): Bilingual =>
  quoted(perLanguage((language) => cut(inLanguage(title, language))));

/** @param count how many there are, where not all of them are given */
export function namedRules(rules: readonly Pick<RuleDefinition, "title">[], count = rules.length): Bilingual {
  const some = rules.slice(0, maxNamed).map(namedRule);
  const named = listed(some);
  return count > some.length ? perLanguage((language) => `${inLanguage(named, language)} … (${count})`) : named;
}
