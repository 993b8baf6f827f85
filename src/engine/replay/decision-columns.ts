/**
 * Past decisions of some cases laid down by columns: whatever they say of one thing stands once, as a word, and each decision
 * has the place of its word. Decisions never change, so that this can be made long before it is asked; and whoever asks about
 * a hundred thousand decisions looks at a few words of each fact that rules ask for, and at no other.
 */
import type { Facts } from "../rules/fact-catalogue.js";

export interface Column {
  readonly words: readonly unknown[];
  /** Of each decision; null: all of them say the first word. */
  readonly places: Uint8Array | Uint16Array | Uint32Array | null;
}

/** A decision of one rule set as it is on record. */
export interface PastDecision {
  readonly caseId: number;
  readonly cycle: number;
  readonly versionId: number;
  readonly facts: Facts;
}

/** Decisions of one rule set, in order of case and decision. */
export interface DecisionColumns {
  /** Of each decision the number of its case. */
  readonly cases: readonly number[];
  readonly cycles: Column;
  readonly versions: Column;
  /** By name. A fact that no decision recorded has none. */
  readonly facts: ReadonlyMap<string, Column>;
}

/** Room for the places of so many words. */
export function placesFor(words: number, size: number): Uint8Array | Uint16Array | Uint32Array {
  if (words <= 0x100) return new Uint8Array(size);
  return words <= 0x10000 ? new Uint16Array(size) : new Uint32Array(size);
}

/** The same for words that say the same: lists and the like by what they say, with a mark that keeps them apart from texts. */
export const keyOfWord = (word: unknown): unknown =>
  typeof word === "object" && word !== null ? `\0${JSON.stringify(word)}` : word;

function columnOf(values: readonly unknown[]): Column {
  const known = new Map<unknown, number>();
  const words: unknown[] = [];
  const found = values.map((value) => {
    const key = keyOfWord(value);
    const place = known.get(key);
    if (place !== undefined) return place;
    known.set(key, words.length);
    return words.push(value) - 1;
  });
  if (words.length < 2) return { words, places: null };
  const places = placesFor(words.length, values.length);
  places.set(found);
  return { words, places };
}

/**
 * @param decisions in order of case and decision. What one of them did not record is null there.
 * @param asked names of facts; left out: all that were recorded
 */
export function columnsOf(decisions: readonly PastDecision[], asked?: readonly string[]): DecisionColumns {
  const names = new Set(asked);
  if (asked === undefined) for (const { facts } of decisions) for (const name of Object.keys(facts)) names.add(name);
  return {
    cases: decisions.map(({ caseId }) => caseId),
    cycles: columnOf(decisions.map(({ cycle }) => cycle)),
    versions: columnOf(decisions.map(({ versionId }) => versionId)),
    facts: new Map([...names].map((name) => [name, columnOf(decisions.map(({ facts }) => facts[name] ?? null))])),
  };
}

/** The place of the word that a decision says in this column. */
export const placeAt = ({ places }: Column, decision: number): number =>
  places === null ? 0 : (places[decision] as number);

/** What a decision says in this column. */
export const wordAt = (column: Column, decision: number): unknown => column.words[placeAt(column, decision)];
