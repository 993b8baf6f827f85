/** Facts by what they are about, so that forty of them can be looked through. */

import type { VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";

const groups: readonly { readonly label: Bilingual; readonly of: (name: string) => boolean }[] = [
  {
    label: msg("policy-rules.factGroups.theApplication"),
    of: among("type", "channel", "language", "category", "anonymous", "confidential", "pillar", "importance"),
  },
  {
    label: msg("policy-rules.factGroups.whereItBelongs"),
    of: among("sector", "entity", "entityLive", "service", "serviceEntity", "serviceEntityLive", "governorate"),
  },
  {
    label: msg("policy-rules.factGroups.whatItSays"),
    of: (name) => name.startsWith("field.") || among("keywords", "subjectLength", "descriptionLength")(name),
  },
  { label: msg("policy-rules.factGroups.whenItWasReceived"), of: (name) => name.startsWith("received") },
  { label: msg("policy-rules.factGroups.theCourseOfTheCase"), of: () => true },
];

function among(...names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name);
}

export function groupedFacts(
  facts: readonly VocabularyFact[],
): { label: Bilingual; facts: readonly VocabularyFact[] }[] {
  const groupOf = ({ name }: VocabularyFact) => groups.find(({ of }) => of(name));
  return groups
    .map((group) => ({ label: group.label, facts: facts.filter((fact) => groupOf(fact) === group) }))
    .filter((group) => group.facts.length > 0);
}
