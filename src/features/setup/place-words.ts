/** Where something of the policy stands, in words. */
import { setNames } from "../../engine/explain/explain-decision.js";
import type { RuleSetName } from "../../engine/rules/rule-set.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { StoredDefinition } from "./named-in-definitions.js";

/** What a rule set or workflow is called. */
export const titleOf = ({ kind, name, definition }: StoredDefinition): Bilingual => {
  if (kind === "rules" && Object.hasOwn(setNames, name)) return setNames[name as RuleSetName];
  return (definition as { name?: Bilingual } | null)?.name ?? { en: name, ar: name };
};

const sourceWords = (source: StoredDefinition): Bilingual => {
  const { version, status } = source;
  const title = titleOf(source);
  if (status === "open") return { en: `${title.en} (open draft)`, ar: `${title.ar} (مسودة قيد الكتابة)` };
  return status === "published"
    ? { en: `${title.en} (version ${version}, published)`, ar: `${title.ar} (النسخة ${version} المنشورة)` }
    : { en: `${title.en} (draft ${version})`, ar: `${title.ar} (المسودة ${version})` };
};

/** In words: “The rule … of Routing (version 3, published)”. */
export function placeWords(source: StoredDefinition, title: Bilingual): Bilingual {
  const where = sourceWords(source);
  const what = source.kind === "workflow" ? { en: "The action", ar: "الإجراء" } : { en: "The rule", ar: "القاعدة" };
  return { en: `${what.en} “${title.en}” of ${where.en}`, ar: `${what.ar} «${title.ar}» في ${where.ar}` };
}
