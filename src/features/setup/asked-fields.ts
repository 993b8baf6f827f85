/** Extra fields that rules and workflows ask for: such a field, its kind and its choices do not vanish under them. */

import { type FactDefinition, factCatalogue } from "../../engine/rules/fact-catalogue.js";
import type { ApplicationType, Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import type { FieldFault } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, perLanguage } from "../../engine/text/text.js";
import { partsOf, type StoredDefinition } from "./named-in-definitions.js";
import { placeWords } from "./place-words.js";
import type { FileRow } from "./tables/setup-tables.js";

const prefix = "field.";

interface Surroundings {
  readonly setup: Setup;
  readonly before?: Setup;
  readonly definitions: readonly StoredDefinition[];
}

interface Known {
  readonly facts: ReadonlyMap<string, FactDefinition>;
  /** The kinds that types give a field of that code. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
}

function knownIn(setup: Setup): Known {
  const kinds = new Map<string, Set<string>>();
  for (const { fields } of setup.types.values())
    for (const { code, type } of fields) kinds.set(prefix + code, (kinds.get(prefix + code) ?? new Set()).add(type));
  return { facts: new Map(factCatalogue(setup).map((fact) => [fact.name, fact])), kinds };
}

/** Whether what is asked for can no longer be asked as it was. */
function isBroken({ fact, value }: { fact: string; value: unknown }, before: Known, after: Known): boolean {
  if (!fact.startsWith(prefix) || !before.facts.has(fact)) return false;
  const is = after.facts.get(fact);
  if (is === undefined || is.type !== before.facts.get(fact)?.type) return true;
  const [was, now] = [before.kinds.get(fact), after.kinds.get(fact)];
  if ([...(now ?? [])].some((kind) => !was?.has(kind))) return true;
  const values = Array.isArray(value) ? value : [value];
  return values.some((one) => is.values !== undefined && one !== null && !is.values.includes(one as string));
}

const corrected = (source: StoredDefinition, what: Bilingual): Bilingual =>
  source.status === "open"
    ? msg("setup.askedFields.asksForTheFieldAs", { what })
    : msg("setup.askedFields.asksForTheFieldAs2", { what });

/** A fault a rule or action, published or being written, that asks for a field which would be gone or have changed. */
function vanishing(after: Setup, { setup, before: stood = setup, definitions }: Surroundings): FieldFault[] {
  const [before, then] = [knownIn(stood), knownIn(after)];
  return definitions
    .filter(({ status }) => status !== "draft")
    .flatMap((source) =>
      partsOf(source).flatMap(({ title, leaves, examples }) => {
        const inExamples = examples.flatMap((facts) => Object.entries(facts).map(([fact, value]) => ({ fact, value })));
        const broken = [...leaves, ...inExamples].find((asked) => isBroken(asked, before, then));
        if (broken === undefined) return [];
        const place = placeWords(source, title);
        const code = broken.fact.slice(prefix.length);
        const words = corrected(source, before.facts.get(broken.fact)?.label ?? { en: code, ar: code });
        return [
          {
            field: "/fields",
            reason: perLanguage((language) => `${inLanguage(place, language)} ${inLanguage(words, language)}`),
          },
        ];
      }),
    );
}

/** Faults of an application type as it would be stored. */
export function askedFieldFaults(row: FileRow, around: Surroundings): FieldFault[] {
  const types = new Map(around.setup.types).set(row.code, row as unknown as ApplicationType);
  return vanishing({ ...around.setup, types }, around);
}

/** Faults where an application type would be removed for good. */
export function removedFieldFaults(code: string, around: Surroundings): FieldFault[] {
  const types = new Map(around.setup.types);
  types.delete(code);
  return vanishing({ ...around.setup, types }, around);
}
