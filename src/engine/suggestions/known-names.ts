/** The names of entities and services, and what else they are called, taken apart into words: which of them tell one entity from the others. */
import type { Entity, Service, Setup } from "../setup/setup.js";
import type { Bilingual } from "../text/text.js";
import { isCommonInNames, isCommonInStories } from "./common-words.js";
import { orderedStems, type Readings } from "./text-stems.js";

export interface NameWord {
  readonly readings: Readings;
  /** In the names of how many entities and of their services it stands. */
  readonly entities: number;
  /** The same of its first reading alone: «مياهنا» is a name, and may be read as “our waters”. */
  readonly own: number;
  /** How much it says: nothing where every application may have it. */
  readonly weight: number;
}

export interface Synonym {
  readonly words: readonly NameWord[];
  /** How many entities, or their services, are called so. */
  readonly sharing: number;
}

export interface KnownPlace {
  readonly entity: string;
  readonly service: string | null;
  /** What it is called, in each language and in brackets: the words in their order. */
  readonly names: readonly (readonly NameWord[])[];
  /** What the programme says that people call it: each is meant as a whole. */
  readonly synonyms: readonly Synonym[];
  /** How many are called so: “waste collection” is a service of many municipalities. */
  readonly sharing: number;
}

/** In the names of more entities a word is a kind (“ministry”, “licence”), and tells none from the others. */
export const mostEntities = 3;

/** A name, and what it is called as well: «شركة مياه الأردن (مياهنا)». */
export const namesIn = (name: string): string[] =>
  [name.replace(/\([^)]*\)/g, " "), ...[...name.matchAll(/\(([^)]*)\)/g)].map(([, inner]) => inner ?? "")].filter(
    (one) => one.trim() !== "",
  );

const wordsOf = ({ ar, en }: Bilingual): Readings[][] => [...namesIn(ar), ...namesIn(en)].map(orderedStems);

const calledIn = ({ name, alsoCalled }: Entity | Service) => ({
  words: wordsOf(name),
  said: alsoCalled.map(orderedStems).filter((words) => words.length > 0),
});

const inUse = <Row extends Entity | Service>(rows: ReadonlyMap<string, Row>): Row[] =>
  [...rows.values()].filter(({ retired }) => !retired);

/** “Water” is in many names of one sector: it tells the sector. What is in two alone (“repair”) may be of any. */
function sectorsOf(
  rows: readonly { entity: string; words: Readings[][] }[],
  setup: Setup,
): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  for (const { entity, words } of rows) {
    const sector = setup.entities.get(entity)?.sector ?? "";
    const stems = words.flat().flatMap((readings) => (isCommonInStories(readings) ? [] : readings));
    for (const stem of new Set(stems)) found.set(stem, [...(found.get(stem) ?? []), sector]);
  }
  return new Map(
    [...found].flatMap(([stem, [sector, ...others]]) =>
      sector && others.length >= 2 && others.every((other) => other === sector) ? [[stem, sector] as const] : [],
    ),
  );
}

interface KnownNames {
  readonly places: readonly KnownPlace[];
  /** By stem: the sector of all whose names have it, where these are three or more. */
  readonly sectors: ReadonlyMap<string, string>;
}

const known = new WeakMap<Setup, KnownNames>();

/** Of entities and services in use; taken apart once for each state of the settings. */
export function knownNames(setup: Setup): KnownNames {
  const before = known.get(setup);
  if (before !== undefined) return before;
  const rows = [
    ...inUse(setup.entities).map((one) => ({ entity: one.code, service: null, ...calledIn(one) })),
    ...inUse(setup.services).map((one) => ({ entity: one.entity, service: one.code, ...calledIn(one) })),
  ];
  const entitiesWith = new Map<string, Set<string>>();
  for (const { entity, words } of rows) {
    for (const stem of words.flat(2)) {
      const entities = entitiesWith.get(stem) ?? new Set();
      entitiesWith.set(stem, entities.add(entity));
    }
  }
  const wordOf = (readings: Readings): NameWord => {
    // A word is as common as the commonest of its readings.
    const times = readings.map((stem) => entitiesWith.get(stem)?.size ?? 0);
    const entities = Math.max(1, ...times);
    const says = !isCommonInNames(readings);
    return { readings, entities, own: times[0] ?? 0, weight: says ? Math.log(1 + setup.entities.size / entities) : 0 };
  };
  const keyOf = (words: readonly Readings[][]): string =>
    words
      .flat()
      .map(([stem]) => stem)
      .join(" ");
  const sharing = new Map<string, number>();
  for (const { words } of rows) sharing.set(keyOf(words), (sharing.get(keyOf(words)) ?? 0) + 1);
  const calledSo = new Map<string, Set<string>>();
  for (const { entity, said } of rows)
    for (const synonym of said)
      calledSo.set(keyOf([synonym]), (calledSo.get(keyOf([synonym])) ?? new Set()).add(entity));
  const places = rows.map(({ words, said, ...place }) => {
    const names = words.map((name) => name.map(wordOf));
    const synonyms = said.map((synonym) => ({
      words: synonym.map(wordOf),
      sharing: calledSo.get(keyOf([synonym]))?.size ?? 1,
    }));
    return { ...place, names, synonyms, sharing: sharing.get(keyOf(words)) ?? 1 };
  });
  const names = { places, sectors: sectorsOf(rows, setup) };
  known.set(setup, names);
  return names;
}
