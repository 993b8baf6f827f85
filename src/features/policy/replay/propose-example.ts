/** An example that a rule decides, worked out from its conditions: facts that meet them and that no rule above takes. */
import type { PolicyVocabulary, VocabularyFact } from "../../../engine/explain/policy-vocabulary.js";
import { isRecord } from "../../../engine/is-record.js";
import { type Facts, verdictOf } from "../rules/condition-verdict.js";
import { factNamed, factsWords } from "../rules/condition-words.js";
import { daysOn } from "../rules/date-fact.js";
import type { Json, RuleView } from "../rules/rule-model.js";

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
function searchFacts(
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

/** Enough to find one where there is one, and bounded for conditions that somebody wrote to have none. */
const most = 200;

/** Values of a fact that a comparison asks for (or, `wanted` false, refuses), likely ones first. */
function candidates(operator: string, value: unknown, wanted: boolean, fact: VocabularyFact | undefined): unknown[] {
  // Nothing has been chosen yet.
  if (value === "" && fact?.values) return [];
  const listed = Array.isArray(value) ? value : [value];
  const next = (from: number, by: 1 | -1) => (fact?.isDate ? daysOn(from, by) : from + by);
  const others = (): unknown[] => {
    const open = (fact?.values ?? []).filter(({ retired }) => !retired).map(({ code }) => code);
    const rest = open.filter((code) => !listed.includes(code));
    if (fact?.type === "boolean") return [true, false].filter((one) => !listed.includes(one));
    if (fact?.type === "number") return [next(Math.max(0, ...listed.map(Number).filter(Number.isFinite)), 1)];
    return rest.length > 0 ? rest.slice(0, 6) : [fact?.nullable ? null : "x"];
  };
  const number = Number(value);
  const table: Readonly<Record<string, readonly [holds: () => unknown[], fails: () => unknown[]]>> = {
    equal: [() => [value], others],
    in: [() => listed, others],
    notEqual: [others, () => [value]],
    notIn: [others, () => listed],
    contains: [() => [[value]], () => [[]]],
    doesNotContain: [() => [[]], () => [[value]]],
    greaterThan: [() => [next(number, 1)], () => [number]],
    greaterThanInclusive: [() => [number], () => [next(number, -1)]],
    lessThan: [() => [next(number, -1)], () => [number]],
    lessThanInclusive: [() => [number], () => [next(number, 1)]],
  };
  return table[operator]?.[wanted ? 0 : 1]() ?? [];
}

/** Both, where they do not contradict each other; lists of keywords are put together. */
function merged(a: Facts, b: Facts): Facts | null {
  const facts: Record<string, unknown> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const known = facts[name];
    if (Array.isArray(known) && Array.isArray(value)) facts[name] = [...new Set([...known, ...value])];
    else if (name in facts && known !== value) return null;
    else facts[name] = value;
  }
  return facts;
}

function meeting(conditions: unknown, wanted: boolean, vocabulary: PolicyVocabulary): Facts[] {
  if (!isRecord(conditions)) return [];
  if ("not" in conditions) return meeting(conditions.not, !wanted, vocabulary);
  const [members, each]: [readonly unknown[] | null, boolean] = Array.isArray(conditions.all)
    ? [conditions.all, wanted]
    : Array.isArray(conditions.any)
      ? [conditions.any, !wanted]
      : [null, false];
  if (members === null) {
    const { fact, operator, value } = conditions;
    if (typeof fact !== "string" || typeof operator !== "string") return [];
    return candidates(operator, value, wanted, factNamed(vocabulary, fact)).map((one) => ({ [fact]: one }));
  }
  if (!each) return members.flatMap((member) => meeting(member, wanted, vocabulary)).slice(0, most);
  return members.reduce<Facts[]>(
    (found, member) => {
      const more = meeting(member, wanted, vocabulary);
      const both = found.flatMap((facts) => more.map((one) => merged(facts, one)).filter((one) => one !== null));
      return both.slice(0, most);
    },
    [{}],
  );
}

/**
 * Facts that a rule decides; null where none were found, which is no proof that there are none.
 * @param above rules that are asked before and would take what they hold for
 */
export function factsFor(conditions: unknown, above: readonly RuleView[], vocabulary: PolicyVocabulary): Facts | null {
  const nothing = Object.fromEntries(
    vocabulary.facts.map(({ name, type }) => [name, type === "strings" ? [] : null] as const),
  );
  // What is not named in an example is unknown when it is run.
  const holds = (facts: Facts): boolean => verdictOf(conditions, { ...nothing, ...facts }) === true;
  const isOwn = (facts: Facts): boolean =>
    holds(facts) && above.every((rule) => verdictOf(rule.conditions, { ...nothing, ...facts }) !== true);
  const holding = meeting(conditions, true, vocabulary).filter(holds);
  return (
    holding.find(isOwn) ??
    searchFacts(conditions, isOwn, vocabulary) ??
    holding[0] ??
    searchFacts(conditions, holds, vocabulary)
  );
}

/** The example, named by its facts; null where none can be told. */
export function proposedExample(
  conditions: unknown,
  above: readonly RuleView[],
  vocabulary: PolicyVocabulary,
): Json | null {
  const facts = factsFor(conditions, above, vocabulary);
  return facts === null ? null : { name: factsWords(facts, vocabulary), facts, decides: true };
}

/** Examples after a change of conditions: one that was only proposed follows them, what somebody wrote stays. */
export function followingExamples(
  rule: Pick<RuleView, "conditions" | "examples">,
  conditions: unknown,
  above: readonly RuleView[],
  vocabulary: PolicyVocabulary,
): readonly unknown[] {
  const [first, ...others] = rule.examples;
  const before = proposedExample(rule.conditions, above, vocabulary);
  const isProposed = first === undefined || JSON.stringify(first) === JSON.stringify(before);
  if (!isProposed || others.length > 0) return rule.examples;
  const example = proposedExample(conditions, above, vocabulary);
  return example === null ? [] : [example];
}
