/**
 * Which rules can match at all: for each value of a fact, the set of rules whose conditions it does not already refuse.
 *
 * Only conditions directly under a rule's root `all` count; each is asked by the library's own operator, once, when the
 * index is made. Rules are numbered by rank and the sets are bits, so that the candidates of a case are an intersection.
 * A rule is left out only when one of its conditions is certainly false, so the index never loses a match.
 */
import { askOperator } from "./compile-condition.js";
import type { Facts } from "./fact-catalogue.js";
import { isOperatorName, libraryOperator, type OperatorName } from "./operators.js";
import type { Condition } from "./rule-set.js";

// Which numbers are alike to rules: between two neighbours that conditions name, none of them tells one number from another.
// With `n` such numbers there are `2n + 1` regions: below the first, the first itself, between … above the last.

/** The place of a number's region. */
export function regionOf(cuts: readonly number[], value: number): number {
  let below = 0;
  let above = cuts.length;
  while (below < above) {
    const middle = (below + above) >> 1;
    if ((cuts[middle] as number) < value) below = middle + 1;
    else above = middle;
  }
  return cuts[below] === value ? 2 * below + 1 : 2 * below;
}

/** A number of each region; of one that lies empty between two neighbours the upper of them. */
export function samplesOf(cuts: readonly number[]): readonly number[] {
  return [-nextAbove(-(cuts[0] ?? 0)), ...cuts.flatMap((cut) => [cut, nextAbove(cut)])];
}

/** The next number that a computer can tell from this one (IEEE 754, binary64). */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const number = new Float64Array([value]);
  const bits = new BigInt64Array(number.buffer);
  bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n);
  return number[0] as number;
}

/** Facts that most rules ask about narrow best; beyond these another look-up costs more than it saves. */
const indexedFacts = 12;
/** Comparisons that making an index may take: a fact that would take more is left out, which narrows less and loses nothing. */
const maxComparisons = 1_000_000;

interface Demand {
  readonly fact: string;
  readonly operator: OperatorName;
  readonly value: unknown;
}

type Bits = Uint32Array;

interface FactIndex {
  readonly fact: string;
  /** Null and the words and truth values that rules name. */
  readonly byValue: ReadonlyMap<unknown, Bits>;
  /** Any other word. */
  readonly otherwise: Bits;
  /** Numbers that rules name, ascending, and the rules for each region: below the first, the first, between … above the last. */
  readonly cuts: readonly number[];
  readonly regions: readonly Bits[];
  /** For lists: rules that demand no member, and those that demand a certain one. */
  readonly anyList: Bits;
  readonly byMember: ReadonlyMap<unknown, Bits>;
}

const isComparison = (operator: OperatorName) => operator.startsWith("less") || operator.startsWith("greater");

/** What a rule's root asks of facts. What the schema would refuse asks nothing here, so that its fault is seen in the rule. */
function demandsOf(condition: Condition): Demand[] {
  if (!("all" in condition)) return [];
  return condition.all.flatMap((leaf) => {
    if (!("fact" in leaf) || !isOperatorName(leaf.operator)) return [];
    const { fact, operator, value } = leaf;
    if ((operator === "in" || operator === "notIn") && !Array.isArray(value)) return [];
    return [{ fact, operator, value }];
  });
}

/**
 * False only when the operator certainly says no. A text may hold a number, which the library compares: that is not certain. Nor
 * is what a number says of its whole region when it is compared with something else, which the library takes for some number.
 */
function mayAccept({ operator, value }: Demand, found: unknown): boolean {
  if (isComparison(operator) && (typeof found === "string" || (typeof found === "number" && typeof value !== "number")))
    return true;
  return askOperator(libraryOperator(operator), found, value) !== false;
}

function setBit(bits: Bits, rank: number): void {
  bits[rank >>> 5] = (bits[rank >>> 5] ?? 0) | (1 << (rank & 31));
}

/** Something that no rule names. */
const unnamed = "\u0000";

function indexFact(fact: string, rules: readonly (readonly Demand[])[], words: number): FactIndex {
  const demands = rules.map((rule) => rule.filter((demand) => demand.fact === fact));
  const bitsWhere = (holds: (ofRule: readonly Demand[]) => boolean): Bits => {
    const bits = new Uint32Array(words);
    demands.forEach((ofRule, rank) => {
      if (holds(ofRule)) setBit(bits, rank);
    });
    return bits;
  };
  const accepting = (found: unknown) => bitsWhere((ofRule) => ofRule.every((demand) => mayAccept(demand, found)));
  const named = [...new Set(demands.flat().flatMap(({ value }) => (Array.isArray(value) ? value : [value])))];
  const cuts = named.filter((value): value is number => typeof value === "number").sort((a, b) => a - b);
  const members = (ofRule: readonly Demand[]) =>
    ofRule.filter(({ operator }) => operator === "contains").map(({ value }) => value);
  return {
    fact,
    byValue: new Map(
      [null, true, false, ...named.filter((value) => typeof value === "string")].map((value) => [
        value,
        accepting(value),
      ]),
    ),
    otherwise: accepting(unnamed),
    cuts,
    regions: samplesOf(cuts).map(accepting),
    anyList: bitsWhere((ofRule) => members(ofRule).length === 0),
    byMember: new Map(named.map((value) => [value, bitsWhere((ofRule) => members(ofRule).includes(value))])),
  };
}

/** A condition with a long list walks it: so many values of it take as long as asking one more condition. */
const listedForOne = 16;

/** About: every value that is named, and every number between, is held against every condition on the fact. */
function comparisonsFor(fact: string, rules: readonly (readonly Demand[])[]): number {
  const demands = rules.flat().filter((demand) => demand.fact === fact);
  const lengths = demands.map(({ value }) => (Array.isArray(value) ? value.length : 1));
  const values = lengths.reduce((sum, length) => sum + length, 0);
  return 2 * values * lengths.reduce((sum, length) => sum + 1 + Math.floor(length / listedForOne), 0);
}

export interface CandidateIndex {
  /** Ranks of the rules that can match, ascending, written into `into`; answers how many. */
  candidates(facts: Facts, into: Uint16Array): number;
}

/** `unsound[rank]`: a rule that cannot be read is always a candidate, so that its fault is seen. */
export function buildCandidateIndex(conditions: readonly Condition[], unsound: readonly boolean[]): CandidateIndex {
  const words = Math.ceil(conditions.length / 32);
  const rules = conditions.map((condition, rank) => (unsound[rank] === true ? [] : demandsOf(condition)));
  const asked = new Map<string, number>();
  for (const { fact } of rules.flat()) asked.set(fact, (asked.get(fact) ?? 0) + 1);
  let left = maxComparisons;
  const indexes = [...asked]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, indexedFacts)
    .flatMap(([fact]) => {
      const comparisons = comparisonsFor(fact, rules);
      if (comparisons > left) return [];
      left -= comparisons;
      return [indexFact(fact, rules, words)];
    });
  const everything = new Uint32Array(words);
  for (let rank = 0; rank < conditions.length; rank++) setBit(everything, rank);
  const remaining = new Uint32Array(words);
  const ofList = new Uint32Array(words);

  function acceptedLists(index: FactIndex, list: readonly unknown[]): Bits {
    ofList.set(index.anyList);
    for (const member of list) {
      const bits = index.byMember.get(member);
      if (bits !== undefined) for (let w = 0; w < words; w++) ofList[w] = (ofList[w] as number) | (bits[w] as number);
    }
    return ofList;
  }

  /** Null where nothing can be said: not given (a fault of every rule that asks), not a number, an object. */
  function accepted(index: FactIndex, value: unknown): Bits | null {
    if (typeof value === "string") return index.byValue.get(value) ?? index.otherwise;
    if (value === null || typeof value === "boolean") return index.byValue.get(value) ?? null;
    if (typeof value === "number")
      return Number.isNaN(value) ? null : (index.regions[regionOf(index.cuts, value)] ?? null);
    return Array.isArray(value) ? acceptedLists(index, value) : null;
  }

  return {
    candidates(facts, into) {
      remaining.set(everything);
      for (const index of indexes) {
        const bits = accepted(index, facts[index.fact]);
        if (bits !== null)
          for (let w = 0; w < words; w++) remaining[w] = (remaining[w] as number) & (bits[w] as number);
      }
      let count = 0;
      for (let w = 0; w < words; w++) {
        let bits = remaining[w] as number;
        while (bits !== 0) {
          into[count++] = (w << 5) + (31 - Math.clz32(bits & -bits));
          bits &= bits - 1;
        }
      }
      return count;
    },
  };
}
