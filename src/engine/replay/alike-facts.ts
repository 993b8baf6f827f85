/**
 * Decisions that say the same of all that rules ask for are decided alike: they are found by columns, and told once. What was
 * told on a page before is the same object again, so that whatever was made of it is known.
 */
import type { FactDefinition, Facts } from "../rules/fact-catalogue.js";
import { regionOf, samplesOf } from "../rules/number-regions.js";
import { type Column, type DecisionColumns, keyOfWord } from "./decision-columns.js";
import { weightOfFacts, weightOfWord } from "./remembered.js";
import { type Said, tellApart } from "./tell-apart.js";

export interface AskedFact extends FactDefinition {
  /** Of a number that was reckoned here, not typed: it is read as a number like it, by its region (`number-regions`). */
  readonly cuts: readonly number[] | null;
}

export interface AlikeFacts {
  /** Of each decision, the place of its facts. */
  readonly places: Uint32Array;
  readonly facts: readonly Facts[];
}

const none: readonly string[] = Object.freeze([]);

/** What a fact says to rules: as it was recorded, also where its type has become another one since. */
function said({ type, cuts }: AskedFact, samples: readonly number[] | null, word: unknown): unknown {
  if (word === null || word === undefined) return type === "strings" ? none : null;
  if (Array.isArray(word) && word.length === 0) return none;
  return samples !== null && cuts !== null && typeof word === "number" ? samples[regionOf(cuts, word)] : word;
}

/** What decisions say of one fact. */
interface Heard extends Said {
  readonly name: string;
  readonly kindOf: readonly number[];
  /** Each other than the others: by their kinds. */
  readonly sayings: readonly unknown[];
}

const nothing: Column = { words: [null], places: null };

function hear(fact: AskedFact, column: Column): Heard {
  const samples = fact.cuts === null ? null : samplesOf(fact.cuts);
  const sayings: unknown[] = [];
  const known = new Map<unknown, number>();
  const kindOf = column.words.map((word) => {
    const saying = said(fact, samples, word);
    const kind = known.get(saying) ?? sayings.push(saying) - 1;
    known.set(saying, kind);
    return kind;
  });
  return { name: fact.name, sayings, width: sayings.length, kindOf, places: column.places };
}

/** Facts as they were told, with the number of each saying. */
interface Told {
  readonly numbers: Int32Array;
  readonly facts: Facts;
}

/** So many are remembered, long texts as several. More are only kept until their page is told. */
const mostTold = 20_000;

/** FNV-1a over whole numbers (Fowler, Noll, Vo). */
function hashOf(numbers: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < numbers.length; i++) hash = Math.imul(hash ^ (numbers[i] as number), 0x01000193);
  return hash;
}

function areEqual(some: Int32Array, others: Int32Array): boolean {
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

/** Hands out the same object for facts that say the same, as long as they are remembered. */
function teller(asked: readonly AskedFact[]) {
  const numberOf = asked.map(() => new Map<unknown, number>());
  const known = new Map<number, Told[]>();
  let [told, words] = [0, 0];

  function numbered(known: Map<unknown, number>, saying: unknown): number {
    const key = keyOfWord(saying);
    const before = known.get(key);
    if (before !== undefined) return before;
    words += weightOfWord(key);
    known.set(key, known.size);
    return known.size - 1;
  }
  return (heard: readonly Heard[]) => {
    if (told > mostTold || words > mostTold) {
      for (const ofFact of numberOf) ofFact.clear();
      known.clear();
      [told, words] = [0, 0];
    }
    const asking = new Int32Array(heard.length);
    const varying: {
      readonly fact: number;
      readonly numberOf: readonly number[];
      readonly places: ArrayLike<number>;
    }[] = [];
    for (const [fact, { sayings, kindOf, places }] of heard.entries()) {
      const ofKind = sayings.map((saying) => numbered(numberOf[fact] as Map<unknown, number>, saying));
      asking[fact] = ofKind[0] as number;
      if (places === null || sayings.length < 2) continue;
      varying.push({ fact, numberOf: kindOf.map((kind) => ofKind[kind] as number), places });
    }
    /** @returns the facts of a decision */
    return (decision: number): Facts => {
      for (const { fact, numberOf: ofPlace, places } of varying)
        asking[fact] = ofPlace[places[decision] as number] as number;
      const hash = hashOf(asking);
      const likely = known.get(hash);
      if (likely !== undefined) for (const one of likely) if (areEqual(one.numbers, asking)) return one.facts;
      const facts: Facts = {};
      for (const { name, sayings, kindOf, places } of heard)
        facts[name] = sayings[places === null ? 0 : (kindOf[places[decision] as number] as number)];
      const made: Told = { numbers: asking.slice(), facts };
      if (likely === undefined) known.set(hash, [made]);
      else likely.push(made);
      told += weightOfFacts(facts);
      return facts;
    };
  };
}

/**
 * @returns asked page by page: groups of decisions of which the asked facts say the same to rules. What was not recorded is
 *   not known.
 */
export function alikeFacts(asked: readonly AskedFact[]): (columns: DecisionColumns) => AlikeFacts {
  const tell = teller(asked);
  return ({ cases, facts: columns }) => {
    const heard = asked.map((fact) => hear(fact, columns.get(fact.name) ?? nothing));
    const size = cases.length;
    const groups = new Uint32Array(size);
    let count = size === 0 ? 0 : 1;
    for (const one of heard) count = tellApart(groups, count, one);
    const factsOf = tell(heard);
    const facts: Facts[] = new Array(count);
    for (let i = 0; i < size; i++) facts[groups[i] as number] ??= factsOf(i);
    return { places: groups, facts };
  };
}
