/**
 * Which rules can match at all: a set of bits for each value that a rule demands at its top level.
 *
 * Rules are numbered by rank. For each fact that some rule compares by `equal` or `in` directly under its root `all`, the
 * index knows for each value the rules that accept it (with those that do not ask). The candidates are the intersection.
 */
import type { Facts } from "./fact-catalogue.js";
import type { Condition } from "./rule-set.js";

/** Facts that most rules ask about narrow best; beyond these another look-up costs more than it saves. */
const indexedFacts = 8;

interface FactIndex {
  readonly fact: string;
  readonly byValue: ReadonlyMap<unknown, Uint32Array>;
  /** For a value that no rule names. */
  readonly otherwise: Uint32Array;
}

/** Values that a rule's root demands of each fact; several demands on one fact are left to the rule itself. */
function demandsOf(condition: Condition): Map<string, readonly unknown[]> {
  const demands = new Map<string, readonly unknown[]>();
  if (!("all" in condition) || !Array.isArray(condition.all)) return demands;
  for (const leaf of condition.all) {
    if (typeof leaf !== "object" || leaf === null || !("fact" in leaf) || demands.has(leaf.fact)) continue;
    if (leaf.operator === "equal") demands.set(leaf.fact, [leaf.value]);
    if (leaf.operator === "in" && Array.isArray(leaf.value)) demands.set(leaf.fact, leaf.value);
  }
  return demands;
}

function setBit(bits: Uint32Array, position: number): void {
  bits[position >>> 5] = (bits[position >>> 5] ?? 0) | (1 << (position & 31));
}

function indexFact(
  fact: string,
  demands: readonly ReadonlyMap<string, readonly unknown[]>[],
  words: number,
): FactIndex {
  const otherwise = new Uint32Array(words);
  demands.forEach((demand, rank) => {
    if (!demand.has(fact)) setBit(otherwise, rank);
  });
  const byValue = new Map<unknown, Uint32Array>();
  demands.forEach((demand, rank) => {
    for (const value of demand.get(fact) ?? []) {
      const bits = byValue.get(value) ?? otherwise.slice();
      setBit(bits, rank);
      byValue.set(value, bits);
    }
  });
  return { fact, byValue, otherwise };
}

export interface CandidateIndex {
  /** Ranks of the rules that can match, ascending, written into `into`; answers how many. Never leaves out a rule that matches. */
  candidates(facts: Facts, into: Uint16Array): number;
}

/** `unsound[rank]`: a rule that cannot be read is always a candidate, so that its fault is seen. */
export function buildCandidateIndex(conditions: readonly Condition[], unsound: readonly boolean[]): CandidateIndex {
  const words = Math.ceil(conditions.length / 32);
  const demands = conditions.map((condition, rank) =>
    unsound[rank] === true ? new Map<string, readonly unknown[]>() : demandsOf(condition),
  );
  const asked = new Map<string, number>();
  for (const fact of demands.flatMap((demand) => [...demand.keys()])) asked.set(fact, (asked.get(fact) ?? 0) + 1);
  const indexes = [...asked]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, indexedFacts)
    .map(([fact]) => indexFact(fact, demands, words));
  const everything = new Uint32Array(words);
  for (let rank = 0; rank < conditions.length; rank++) setBit(everything, rank);

  return {
    candidates(facts, into) {
      let count = 0;
      for (let word = 0; word < words; word++) {
        let bits = everything[word] ?? 0;
        for (const index of indexes) {
          if (bits === 0) break;
          const value = facts[index.fact];
          // A fact that was not given is a fault of every rule that asks for it: none may be left out.
          if (value === undefined) continue;
          bits &= (index.byValue.get(value) ?? index.otherwise)[word] ?? 0;
        }
        while (bits !== 0) {
          into[count++] = (word << 5) + (31 - Math.clz32(bits & -bits));
          bits &= bits - 1;
        }
      }
      return count;
    },
  };
}
