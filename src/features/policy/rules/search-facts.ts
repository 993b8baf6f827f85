/**
 * Finds facts that meet conditions by trying, one fact after the other: a comparison only tells a few values apart, so that
 * those it names, their neighbours and one other are enough. Bounded, for conditions that somebody wrote to have none.
 */
import type { PolicyVocabulary, VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "./condition-query.js";
import { type Facts, verdictOf } from "./condition-verdict.js";
import { factNamed } from "./condition-words.js";
import { daysOn } from "./date-fact.js";

/** Looks at the conditions; a screen waits for it. */
const maxLooks = 5000;
/** Codes of one list of which every set is tried. */
const maxCodes = 8;

/** The values beside each fact that conditions name, whatever group they stand in. */
function namedValues(conditions: unknown, found = new Map<string, unknown[]>()): Map<string, unknown[]> {
  if (!isRecord(conditions)) return found;
  const { all, any, not, fact, value } = conditions;
  for (const members of [all, any]) if (Array.isArray(members)) for (const one of members) namedValues(one, found);
  if (not !== undefined) namedValues(not, found);
  if (typeof fact === "string")
    found.set(fact, [...(found.get(fact) ?? []), ...(Array.isArray(value) ? value : [value])]);
  return found;
}

const once = <T>(list: readonly T[]): T[] => [...new Set(list)];

function numbersBy(named: readonly unknown[], fact: VocabularyFact): number[] {
  const points = once(named.filter((value) => typeof value === "number")).sort((a, b) => a - b);
  const next = (from: number, by: 1 | -1) => (fact.isDate ? daysOn(from, by) : from + by);
  const around = points.flatMap((point) => [point, next(point, 1), next(point, -1)]);
  // Between two whole numbers that follow each other.
  const between = fact.isDate
    ? []
    : points.slice(1).flatMap((point, i) => {
        const before = points[i] as number;
        return point - before <= 1 ? [(point + before) / 2] : [];
      });
  return once([...around, ...between]);
}

function setsOf(codes: readonly string[]): string[][] {
  return codes
    .slice(0, maxCodes)
    .reduce<string[][]>((sets, code) => sets.concat(sets.map((one) => [...one, code])), [[]]);
}

/** Values of a fact of which conditions that name these tell each from the others. */
function valuesToTry(fact: VocabularyFact, named: readonly unknown[]): readonly unknown[] {
  const texts = once(named.filter((value) => typeof value === "string" && value !== "")) as string[];
  if (fact.type === "strings") return setsOf(texts);
  const nothing = fact.nullable ? [null] : [];
  if (fact.type === "boolean") return [true, false, ...nothing];
  if (fact.type === "number") {
    const numbers = numbersBy(named, fact);
    return [...(numbers.length > 0 ? numbers : [1]), ...nothing];
  }
  const open = fact.values?.find(({ code, retired }) => !retired && !texts.includes(code))?.code;
  const other = fact.values === null ? ["x".repeat(texts.length + 1)] : open === undefined ? [] : [open];
  return [...texts, ...other, ...nothing];
}

/** Without what does not matter; an example that says nothing would show nobody anything. */
function needed(facts: Facts, meets: (facts: Facts) => boolean): Facts {
  return Object.keys(facts).reduce((kept, name) => {
    const { [name]: _, ...rest } = kept;
    return Object.keys(rest).length > 0 && meets(rest) ? rest : kept;
  }, facts);
}

/**
 * Facts that `meets` takes, of those that conditions name; null: none was found, which is no proof that there are none.
 * @param meets asks the whole: the conditions, and whatever else has to be so, with facts that are not given unknown
 */
export function searchFacts(
  conditions: unknown,
  meets: (facts: Facts) => boolean,
  vocabulary: PolicyVocabulary,
): Facts | null {
  const variables = [...namedValues(conditions)]
    .flatMap(([name, named]) => {
      const fact = factNamed(vocabulary, name);
      return fact === undefined ? [] : [{ name, values: valuesToTry(fact, named) }];
    })
    .sort((a, b) => a.values.length - b.values.length);
  let left = maxLooks;
  const from = (depth: number, facts: Facts): Facts | null => {
    left -= 1;
    if (left < 0) return null;
    const variable = variables[depth];
    if (variable === undefined) return meets(facts) ? facts : null;
    if (verdictOf(conditions, facts) === false) return null;
    for (const value of variable.values) {
      const found = from(depth + 1, { ...facts, [variable.name]: value });
      if (found !== null) return found;
    }
    return null;
  };
  const found = from(0, {});
  return found === null ? null : needed(found, meets);
}
