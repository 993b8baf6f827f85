/**
 * What a text is likely about, from the names of entities and their services, and from what the programme says that they are called
 * as well. Who writes a name means it; single words of names stand in texts by chance, so of those only some say anything: better no
 * suggestion than a wrong one.
 */
import type { Setup } from "../setup/setup.js";
import { isBeside } from "./common-words.js";
import { type KnownPlace, knownNames, mostEntities, type NameWord } from "./known-names.js";
import type { Evidence, GroundedMatter } from "./matter.js";
import { orderedStems, type Readings } from "./text-stems.js";

export interface NamedMatter extends GroundedMatter {
  /** How many are called so: of several it is the one that is responsible where it happens. */
  readonly sharing: number;
}

export interface MattersByName {
  /** Whose name stands in the text, or the words of it that tell it from others, or what it is called as well: the longest first. */
  readonly named: readonly NamedMatter[];
  /** Of whose name the text has enough words somewhere. */
  readonly likely: readonly GroundedMatter[];
}

const same = (one: Readings, other: Readings): boolean => one.some((stem) => other.includes(stem));
const weightOf = (words: readonly NameWord[]): number => words.reduce((sum, { weight }) => sum + weight, 0);
const tells = ({ weight, entities }: NameWord): boolean => weight > 0 && entities <= mostEntities;

interface Run {
  /** The words of a name as they follow each other in the text. */
  readonly words: readonly NameWord[];
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
  /** The first word in its first reading. */
  readonly exact: boolean;
  readonly by: Extract<Evidence, "name" | "synonym">;
  readonly sharing: number;
}

interface Text {
  readonly words: readonly Readings[];
  /** By stem: at which of the words it stands. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

const isWhere = (words: readonly Readings[], at: number): boolean => isBeside(words[at - 1] ?? []);

function textOf(written: string): Text {
  const words = orderedStems(written);
  const places = new Map<string, number[]>();
  words.forEach((readings, i) => {
    for (const stem of readings) places.set(stem, [...(places.get(stem) ?? []), i]);
  });
  return { words, places };
}

/** How many words of the name, from one of its on, follow each other in the text from a place on. */
function lengthOf(name: readonly NameWord[], start: number, text: Text, from: number): number {
  const rest = name.slice(start);
  const end = rest.findIndex(({ readings }, i) => !same(readings, text.words[from + i] ?? []));
  return end === -1 ? rest.length : end;
}

/** The longest part of a name that stands in the text as it is written; null: no word of it does. */
function longestRun(name: readonly NameWord[], text: Text, sharing: number): Run | null {
  let best: Run | null = null;
  for (const [start, { readings }] of name.entries()) {
    for (const from of readings.flatMap((stem) => text.places.get(stem) ?? [])) {
      const length = lengthOf(name, start, text, from);
      if (length > (best?.words.length ?? 0)) {
        const words = name.slice(start, start + length);
        const exact = words[0]?.readings[0] === text.words[from]?.[0];
        best = { words, from, to: from + length, whole: length === name.length, exact, by: "name", sharing };
      }
    }
  }
  return best;
}

/**
 * Whether it is its name: the whole of it, or two words that say something, of which one tells it from others. “Transfer of a …”
 * is no vehicle's.
 */
function isNamed({ words, whole, exact, sharing }: Run): boolean {
  if (words.length === 1) return whole && exact && words.every(({ weight, own }) => weight > 0 && own === 1);
  // What many entities offer alike is nobody's name.
  if (sharing > mostEntities) return false;
  return whole || (words.filter(({ weight }) => weight > 0).length > 1 && words.some(tells));
}

/** Whether what a place is called as well stands there: all of it, and no word of it alone where something else is near it. */
const isCalled = ({ words, whole, exact, from }: Run, text: Text): boolean =>
  whole && (words.length > 1 || (exact && !isWhere(text.words, from)));

interface Judged {
  readonly place: KnownPlace;
  readonly run: Run | null;
  /** Words of the name that say something and stand in the text, of that language in which these are most. */
  readonly said: readonly NameWord[];
  /** How much of the name they are, from 0 to 1. */
  readonly share: number;
}

function judge(place: KnownPlace, text: Text): Judged {
  const runs = place.names
    .map((name) => longestRun(name, text, place.sharing))
    .filter((run) => run !== null)
    .filter(isNamed);
  const called = place.synonyms
    .map(({ words, sharing }) => longestRun(words, text, sharing))
    .filter((run) => run !== null)
    .filter((run) => isCalled(run, text))
    .map((run): Run => ({ ...run, by: "synonym" }));
  const run = [...runs, ...called].sort((a, b) => weightOf(b.words) - weightOf(a.words))[0] ?? null;
  const shares = place.names.map((name) => {
    const said = name.filter(
      ({ weight, readings }) => weight > 0 && readings.some((stem) => (text.places.get(stem) ?? []).length > 0),
    );
    return { said, share: said.length === 0 ? 0 : weightOf(said) / weightOf(name) };
  });
  const best = shares.sort((a, b) => weightOf(b.said) - weightOf(a.said) || b.share - a.share)[0];
  return { place, run, said: best?.said ?? [], share: best?.share ?? 0 };
}

/** Half of what a name says. */
const enough = 0.5;

/**
 * Entities whose matter one word is: it stands in the names of no other, and in several of theirs (“passports department”,
 * “renewal of a passport”; “transfer between schools”, “school certificate”).
 */
function byOneWord(judged: readonly Judged[], { words, places }: Text): Judged[] {
  const ownWord = ({ entities, weight, readings }: NameWord): boolean =>
    entities === 1 && weight > 0 && readings.some((stem) => (places.get(stem) ?? []).some((at) => !isWhere(words, at)));
  return judged.flatMap((one) => {
    if (one.place.service !== null) return [];
    const services = judged.filter(({ place }) => place.entity === one.place.entity && place.service !== null);
    const having = (word: NameWord) =>
      services.filter(({ said }) => said.some(({ readings }) => same(readings, word.readings)));
    const word = one.said.find(ownWord);
    const [service, ...others] = word === undefined ? [] : having(word);
    if (service !== undefined) return others.length === 0 ? [service, one] : [one];
    const shared = services.flatMap(({ said }) => said).find((its) => ownWord(its) && having(its).length > 1);
    return shared === undefined ? [] : [{ ...one, said: [shared] }];
  });
}

/** The text without words that name something: these say nothing of others. */
function textWithout(text: Text, runs: readonly Run[]): Text {
  const isOpen = (at: number): boolean => !runs.some(({ from, to }) => from <= at && at < to);
  return { ...text, places: new Map([...text.places].map(([stem, places]) => [stem, places.filter(isOpen)])) };
}

const byRun = ({ place: { entity, service }, run }: Judged & { readonly run: Run }, text: Text): NamedMatter => ({
  entity,
  service,
  sharing: run.sharing,
  ground: { by: run.by, stems: text.words.slice(run.from, run.to).flat() },
});
const byWords = ({ place: { entity, service }, said }: Judged): GroundedMatter => ({
  entity,
  service,
  ground: { by: "words", stems: said.flatMap(({ readings }) => readings) },
});

/** @param limit how many are likely at most */
export function mattersFromNames(written: string, setup: Setup, limit: number): MattersByName {
  const text = textOf(written);
  const atFirst = knownNames(setup).places.map((place) => judge(place, text));

  const withRun = atFirst.flatMap(({ run, ...one }) => (run === null ? [] : [{ ...one, run }]));
  const isInside = ({ run }: { run: Run }): boolean =>
    withRun.some(({ run: { from, to } }) => from <= run.from && run.to <= to && to - from > run.to - run.from);
  const named = withRun
    // “The University of Jordan” is in the name of its hospital.
    .filter((one) => !isInside(one))
    .sort(
      (a, b) =>
        Number(b.run.by === "name") - Number(a.run.by === "name") ||
        Number(b.run.whole) - Number(a.run.whole) ||
        weightOf(b.run.words) - weightOf(a.run.words) ||
        weightOf(b.said) - weightOf(a.said),
    );
  const entities = new Set(named.map(({ place }) => place.entity));
  // Words that name one service are of no other; those of its entity's name are of all its services.
  const judged = atFirst.map((one) => {
    const others = named.filter(
      ({ place }) => place !== one.place && (place.entity !== one.place.entity || place.service !== null),
    );
    if (one.said.length === 0 || others.length === 0) return one;
    return judge(
      one.place,
      textWithout(
        text,
        others.map(({ run }) => run),
      ),
    );
  });
  const isLikely = ({ place, said, share }: Judged): boolean =>
    share >= enough &&
    said.some(tells) &&
    // A service of an entity that is named needs less.
    (said.length > 1 || (place.service !== null && entities.has(place.entity)));
  const likely = [
    ...judged.filter(isLikely).sort((a, b) => b.share * weightOf(b.said) - a.share * weightOf(a.said)),
    ...byOneWord(judged, text),
  ];
  return {
    named: named.map((one) => byRun(one, text)),
    likely: likely.slice(0, limit).map(byWords),
  };
}

/** The sector that words of the text name, and their stems; null: none do, or of several sectors. */
export function namedSector(written: string, setup: Setup): { sector: string; stems: readonly string[] } | null {
  const { sectors } = knownNames(setup);
  const words = orderedStems(written);
  const saying = words.filter((_, at) => !isWhere(words, at));
  const stems = saying.flatMap((readings) => readings.filter((stem) => sectors.has(stem)));
  const [sector, ...others] = new Set(stems.flatMap((stem) => sectors.get(stem) ?? []));
  return sector === undefined || others.length > 0 ? null : { sector, stems };
}
