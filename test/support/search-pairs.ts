/**
 * What people type and what it should find, made mechanically from Arabic that is in use: the seeds and the catalogues of
 * messages, and the shared data where they lie beside the project. Nobody chose a word.
 *
 * A pair is a typed form and the form that stands in texts. Half of the words are held back, told apart by a hash of the
 * word alone: rules are made looking at the other half only.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type NearStems, nearestFirst } from "../../src/engine/search/near-words.js";
import { isSearched, wordsOf } from "../../src/engine/search/search-words.js";
import { normaliseText } from "../../src/engine/text/normalise-text.js";

export type PairKind =
  | "suffix"
  | "own suffix"
  | "ب before a verb"
  | "ب or ل before a noun"
  | "ي"
  | "ا"
  | "ات"
  | "wrong letter"
  | "missing letter"
  | "one letter more"
  | "swapped letters"
  | "spelling";

export interface Pair {
  readonly kind: PairKind;
  /** As somebody types it. */
  readonly typed: string;
  /** Documents that have the word that was meant. */
  readonly meant: ReadonlySet<number>;
  readonly heldBack: boolean;
  /** What was meant, as it is compared. */
  readonly word: string;
}

const root = join(import.meta.dirname, "../..");
const shared = join(root, "../shared/data");
const arabicWord = /^[\u0621-\u064A]+$/u;

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
}

const jsonFiles = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(root, folder, name));

/** Every text once. What ICU writes in braces is no word of the text. */
function arabicTexts(): string[] {
  const files = [...jsonFiles("seeds/jordan"), ...jsonFiles("views/messages/ar")];
  const texts = files.flatMap((file) => stringsIn(JSON.parse(readFileSync(file, "utf8"))));
  if (existsSync(shared)) {
    const tables = readdirSync(shared).filter((name) => /^jordan_.*\.csv$/.test(name));
    texts.push(...tables.sort().flatMap((name) => readFileSync(join(shared, name), "utf8").split("\n")));
  }
  const written = texts
    .map((text) =>
      text.replace(/\{[a-zA-Z]+(?:, (?:plural|select|number|date)[^{}]*)?\}?/g, " ").replace(/[{}#]/g, " "),
    )
    .filter((text) => /[\u0621-\u064A]{3}/u.test(text));
  return [...new Set(written)].sort((a, b) => draw("order", a) - draw("order", b));
}

/** Always the same for the same word. */
const draw = (...of: string[]): number => createHash("sha256").update(of.join("|")).digest().readUInt32BE(0);
const isHeldBack = (word: string): boolean => draw("half", word) % 2 === 0;
const chosen = <T>(from: readonly T[], ...by: string[]): T => from[draw(...by) % from.length] as T;

const letters = [..."ابتثجحخدذرزسشصضطظعغفقكلمنهوي"];
const pronouns = ["ها", "هم", "كم", "نا", "ك"];
const plurals = ["ات", "ين", "ون", "ان"];
const prepositions = ["ب", "ل", "وب", "ول"];
/** Written in front of a word without changing it. */
const fronts = ["", "و", "ف", "ال", "وال", "بال", "لل", "ب", "ل"];

/** One word in the forms that grammar gives it: plural, dual, “hers”, “yours” … */
function inflected(word: string): string[] {
  const base = word.replace(/(?:ات|ه)$/, "");
  const owned = (form: string): string[] => [form, ...pronouns.map((pronoun) => `${form}${pronoun}`)];
  const bound = base === word ? word : `${base}ت`;
  return [
    word,
    base,
    `${base}ه`,
    `${base}ان`,
    `${base}ين`,
    `${base}ون`,
    `${base}ي`,
    `${base}يه`,
    `${bound}ي`,
    `${base}ا`,
    ...owned(bound),
    ...owned(`${base}ات`),
  ];
}

function misspelt(word: string, kind: PairKind): string {
  const at = draw("at", kind, word) % (kind === "swapped letters" ? word.length - 1 : word.length);
  const other = chosen(
    letters.filter((letter) => letter !== word[at]),
    "letter",
    kind,
    word,
  );
  const before = word.slice(0, at);
  if (kind === "wrong letter") return `${before}${other}${word.slice(at + 1)}`;
  if (kind === "missing letter") return `${before}${word.slice(at + 1)}`;
  if (kind === "one letter more") return `${before}${other}${word.slice(at)}`;
  return `${before}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
}

/** As other people write the same word: without hamza, ه for ة, ي for ى and the other way round, with vowels, stretched. */
function spellings(written: string): string[] {
  const forms = [
    written.replace(/[أإآ]/g, "ا"),
    written.replace(/ة$/, "ه"),
    written.replace(/ى$/, "ي"),
    written.replace(/ي$/, "ى"),
    written.replace(/ؤ/g, "و").replace(/ئ/g, "ي"),
    [...written].join("\u0651"),
    `${written.slice(0, 2)}ـــ${written.slice(2)}`,
  ];
  return forms.filter((form) => form !== written);
}

export interface Corpus {
  /** The words of each document, as they are compared. */
  readonly documents: readonly (readonly string[])[];
  readonly pairs: readonly Pair[];
}

export function searchPairs(): Corpus {
  const texts = arabicTexts();
  const documents = texts.map((text) => wordsOf(text));
  const having = new Map<string, Set<number>>();
  documents.forEach((words, i) => {
    for (const word of words) having.set(word, (having.get(word) ?? new Set()).add(i));
  });
  const stands = (word: string): boolean => having.has(word);
  const bare = (word: string): boolean =>
    !fronts.some((front) => front !== "" && word.startsWith(front) && stands(word.slice(front.length)));
  const known = [...having.keys()]
    .filter((word) => arabicWord.test(word) && isSearched(word) && word.length > 2)
    .sort();
  /** Without what grammar wrote in front of it and at its end, where the rest stands in texts too. */
  const plain = (word: string): string => {
    const behind = fronts.map((front) => (word.startsWith(front) ? word.slice(front.length) : ""));
    const inner =
      behind.filter((rest) => rest.length > 2 && stands(rest)).sort((a, b) => a.length - b.length)[0] ?? word;
    const ends = ["", ...pronouns, ...plurals].filter((end) => inner.endsWith(end));
    const bases = ends.flatMap((end) => {
      const base = end === "" ? inner : inner.slice(0, -end.length);
      return [base, `${base.replace(/ت$/, "")}ه`].filter((form) => base.length > 2 && stands(form));
    });
    return bases.sort((a, b) => a.length - b.length)[0] ?? inner;
  };
  /** Documents with the word, with or without what grammar writes in front of it and at its end. */
  const meant = (word: string): Set<number> =>
    new Set(
      fronts.flatMap((front) => inflected(plain(word)).flatMap((form) => [...(having.get(`${front}${form}`) ?? [])])),
    );
  const pairs: Pair[] = [];
  const both = (kind: PairKind, typed: string, word: string): void => {
    pairs.push({ kind, typed, word, meant: meant(word), heldBack: isHeldBack(plain(word)) });
  };
  const add = (kind: PairKind, typed: string, word: string): void => {
    // What stands in texts is a word of its own.
    if (!stands(typed)) both(kind, typed, word);
  };
  // Nouns: what stands with the article and without it.
  const nouns = known.filter((word) => bare(word) && stands(`ال${word}`));
  for (const noun of nouns) {
    const stem = noun.replace(/ه$/, "ت");
    const suffix = chosen(pronouns, "pronoun", noun);
    add("suffix", `${stem}${suffix}`, noun);
    add("ب or ل before a noun", `${chosen(prepositions, "preposition", noun)}${noun}`, noun);
    add("ي", `${stem}ي`, noun);
    // “A request” as an object: طلبًا.
    if (!/[اهيء]$/.test(noun)) add("ا", `${noun}ا`, noun);
    const plural = `${noun.replace(/ه$/, "")}ات`;
    if (noun.endsWith("ه") || stands(plural) || stands(`ال${plural}`)) both("ات", plural, noun);
  }
  // Both forms stand in texts: somebody wrote them, nobody made them.
  for (const word of known.filter(bare))
    for (const suffix of pronouns) {
      const owned = `${word.replace(/ه$/, "ت")}${suffix}`;
      if (word.length > 2 && owned !== word && stands(owned)) both("own suffix", owned, word);
    }
  // Verbs: what stands in two persons.
  const persons = ["ي", "ت", "ن"];
  for (const word of known) {
    const first = word[0] ?? "";
    const others = persons.filter((person) => person !== first && stands(`${person}${word.slice(1)}`));
    if (word.length > 3 && persons.includes(first) && others.length > 0) add("ب before a verb", `ب${word}`, word);
  }
  // One word in three is enough, and the longest to look for.
  const faults = ["wrong letter", "missing letter", "one letter more", "swapped letters"] as const;
  for (const word of known)
    if (word.length > 3 && draw("sample", word) % 3 === 0) {
      const kind = chosen(faults, "fault", word);
      const typed = misspelt(word, kind);
      if (typed !== word) add(kind, typed, word);
    }
  const written = new Set(texts.flatMap((text) => text.match(/[\u0621-\u064A]{4,}/gu) ?? []));
  for (const word of [...written].sort()) {
    const plain = normaliseText(word);
    const others = spellings(word).filter((form) => form !== word);
    if (others.length > 0 && isSearched(plain) && stands(plain))
      both("spelling", chosen(others, "spelling", word), plain);
  }
  return { documents, pairs };
}

export interface Finder {
  /** All under which a word is kept. */
  readonly keep: (word: string) => readonly string[];
  /** What finds it: stems, and what stems may begin with. */
  readonly seek: (word: string) => { readonly stems: readonly string[]; readonly begins: string | null };
  /** What is looked for where that finds hardly any. */
  readonly near?: (word: string) => NearStems;
}

export interface Measured {
  readonly pairs: number;
  readonly recall: number;
  readonly precision: number;
}

/** As the screens ask: below so many, similar words are looked for too, among so many documents. */
const few = 3;
const candidates = 200;
const page = 10;

/** The documents that a typed word finds, in the order of the documents, as an official's list has an order of its own; then those with similar words. */
function finding({ documents }: Pick<Corpus, "documents">, finder: Finder): (typed: string) => number[] {
  const index = new Map<string, number[]>();
  documents.forEach((words, i) => {
    for (const stem of new Set(words.filter(isSearched).flatMap(finder.keep)))
      index.set(stem, [...(index.get(stem) ?? []), i]);
  });
  const stems = [...index.keys()].sort();
  const having = (wanted: readonly string[]): number[] =>
    [...new Set(wanted.flatMap((stem) => index.get(stem) ?? []))].sort((a, b) => a - b);
  return (typed) => {
    const word = normaliseText(typed);
    const { stems: sought, begins } = finder.seek(word);
    const begun = begins === null ? [] : stems.filter((stem) => stem.startsWith(begins));
    const exact = having([...sought, ...begun]);
    if (finder.near === undefined || exact.length >= few) return exact;
    const { likelier, others } = finder.near(word);
    const ids = [...new Set([...having(likelier), ...having([...likelier, ...others])])].slice(0, candidates);
    const texts = ids.map((id) => ({ id, words: documents[id] ?? [] }));
    const near = nearestFirst({ typed: [word], texts }).slice(0, page);
    return [...new Set([...exact, ...near.map(({ id }) => id)])];
  };
}

/** What of the first ten documents is right, and how many of those that could stand there do: for each group of pairs. */
export function measured<Group extends string>(
  corpus: Corpus,
  finder: Finder,
  groupOf: (pair: Pair) => Group | null,
): Record<Group, Measured> {
  const find = finding(corpus, finder);
  const groups = new Map<Group, { recalls: number[]; precisions: number[] }>();
  for (const pair of corpus.pairs) {
    const group = groupOf(pair);
    if (group === null) continue;
    const first = find(pair.typed).slice(0, page);
    const right = first.filter((i) => pair.meant.has(i)).length;
    const { recalls, precisions } = groups.get(group) ?? { recalls: [], precisions: [] };
    groups.set(group, { recalls, precisions });
    recalls.push(right / Math.min(page, pair.meant.size));
    if (first.length > 0) precisions.push(right / first.length);
  }
  const mean = (numbers: readonly number[]): number =>
    numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const figures = [...groups].map(([group, { recalls, precisions }]) => [
    group,
    { pairs: recalls.length, recall: mean(recalls), precision: mean(precisions) },
  ]);
  return Object.fromEntries(figures) as Record<Group, Measured>;
}

/** The share of typed forms that find exactly what the other spelling finds. */
export function sameAnswers(corpus: Corpus, finder: Finder, which: (pair: Pair) => boolean): number {
  const find = finding(corpus, finder);
  const asked = corpus.pairs.filter(which);
  const same = asked.filter(({ typed, word }) => find(typed).join() === find(word).join());
  return same.length / asked.length;
}
