/** Decisions that say the same of all that rules ask for are decided alike: they are found by columns, and told once. */
import type { FactDefinition, Facts } from "../rules/fact-catalogue.js";
import { regionOf, samplesOf } from "../rules/number-regions.js";
import type { Column, DecisionColumns } from "./decision-columns.js";

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

interface Heard {
  readonly name: string;
  /** Each other than the others. */
  readonly sayings: readonly unknown[];
  /** Of each word of the column, the place of what it says; null: all say the same. */
  readonly sayingOf: readonly number[] | null;
  readonly places: Column["places"];
}

const nothing: Column = { words: [null], places: null };

function hear(fact: AskedFact, column: Column): Heard {
  const samples = fact.cuts === null ? null : samplesOf(fact.cuts);
  const sayings: unknown[] = [];
  const known = new Map<unknown, number>();
  const sayingOf = column.words.map((word) => {
    const saying = said(fact, samples, word);
    const place = known.get(saying) ?? sayings.push(saying) - 1;
    known.set(saying, place);
    return place;
  });
  return { name: fact.name, sayings, sayingOf: sayings.length < 2 ? null : sayingOf, places: column.places };
}

/** Pairs of a group and a saying are looked up in a table up to this size. */
const largestTable = 1 << 20;

/** Tells groups apart by one more fact. Returns how many there are then. */
function tellApart(groups: Uint32Array, count: number, { sayings, sayingOf, places }: Heard): number {
  if (sayingOf === null || places === null) return count;
  const width = sayings.length;
  let found = 0;
  if (count * width <= largestTable) {
    const table = new Uint32Array(count * width);
    for (let i = 0; i < groups.length; i++) {
      const pair = (groups[i] as number) * width + (sayingOf[places[i] as number] as number);
      if (table[pair] === 0) table[pair] = ++found;
      groups[i] = (table[pair] as number) - 1;
    }
    return found;
  }
  const table = new Map<number, number>();
  for (let i = 0; i < groups.length; i++) {
    const pair = (groups[i] as number) * width + (sayingOf[places[i] as number] as number);
    const group = table.get(pair) ?? found++;
    table.set(pair, group);
    groups[i] = group;
  }
  return found;
}

/** @returns groups of decisions of which the asked facts say the same to rules; what was not recorded is not known */
export function alikeFacts({ cases, facts: columns }: DecisionColumns, asked: readonly AskedFact[]): AlikeFacts {
  const heard = asked.map((fact) => hear(fact, columns.get(fact.name) ?? nothing));
  const size = cases.length;
  const groups = new Uint32Array(size);
  let count = size === 0 ? 0 : 1;
  for (const one of heard) count = tellApart(groups, count, one);
  const facts: Facts[] = new Array(count);
  for (let i = 0; i < size; i++) {
    const group = groups[i] as number;
    if (facts[group] !== undefined) continue;
    const told: Facts = {};
    for (const { name, sayings, sayingOf, places } of heard)
      told[name] = sayings[sayingOf === null || places === null ? 0 : (sayingOf[places[i] as number] as number)];
    facts[group] = told;
  }
  return { places: groups, facts };
}
