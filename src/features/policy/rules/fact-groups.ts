/** Facts by what they are about, so that forty of them can be looked through. */
import type { VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import type { Bilingual } from "../../../engine/text/text.js";

const groups: readonly { readonly label: Bilingual; readonly of: (name: string) => boolean }[] = [
  {
    label: { en: "The application", ar: "الطلب" },
    of: among("type", "channel", "language", "category", "anonymous", "confidential", "pillar", "importance"),
  },
  {
    label: { en: "Where it belongs", ar: "جهة الاختصاص" },
    of: among("sector", "entity", "entityLive", "service", "serviceEntity", "serviceEntityLive", "governorate"),
  },
  {
    label: { en: "What it says", ar: "مضمونه" },
    of: (name) => name.startsWith("field.") || among("keywords", "subjectLength", "descriptionLength")(name),
  },
  { label: { en: "When it was received", ar: "وقت استلامه" }, of: (name) => name.startsWith("received") },
  { label: { en: "The course of the case", ar: "مجرى المعاملة" }, of: () => true },
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
