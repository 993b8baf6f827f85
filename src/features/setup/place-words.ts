/** Where something of the policy stands, in words. */

import { setNames } from "../../engine/explain/explain-decision.js";
import type { RuleSetName } from "../../engine/rules/rule-set.js";
import { msg } from "../../engine/text/msg.js";
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
  if (status === "open") return msg("setup.placeWords.openDraft", { title });
  return status === "published"
    ? msg("setup.placeWords.versionPublished", { title, version })
    : msg("setup.placeWords.draft", { title, version });
};

/** In words: “The rule … of Routing (version 3, published)”. */
export function placeWords(source: StoredDefinition, title: Bilingual): Bilingual {
  const where = sourceWords(source);
  const what = source.kind === "workflow" ? msg("setup.placeWords.what") : msg("setup.placeWords.what2");
  return msg("setup.placeWords.of", { what, title, where });
}
