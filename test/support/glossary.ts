/** The project's glossary, and what finds words that it bans. Texts are of one language and one audience. */
import { readFileSync } from "node:fs";

export type Language = "ar" | "en";
export type Audience = "public" | "official";

export interface Ban {
  readonly language: Language;
  readonly audience: Audience | "all";
  /** Beginning with `=`: as it is spelled, diacritics and all. */
  readonly words: readonly string[];
  /** What to say in its place. */
  readonly say: string;
}
/** Where a word of the idea may stand all the same: in a phrase, or in the text of one key. */
type Allowance = { readonly language: Language; readonly why: string } & (
  | { readonly phrase: string }
  | { readonly key: string }
);
export interface Idea {
  readonly id: string;
  readonly meaning: string;
  readonly en: { readonly word: string };
  readonly ar: { readonly word: string };
  readonly banned?: readonly Ban[];
  readonly allowed?: readonly Allowance[];
}

export interface Text {
  readonly language: Language;
  readonly audience: Audience;
  /** Where it is, like `views/messages/en/help.json cases.0`. */
  readonly key: string;
  readonly text: string;
}

export const readGlossary = (): readonly Idea[] =>
  (JSON.parse(readFileSync("views/messages/glossary.json", "utf8")) as { ideas: readonly Idea[] }).ideas;

/** What is said, without `{names}`, and without the words that the ICU notation itself is made of. */
const spoken = (text: string): string =>
  text
    .replace(/\{\{[^}]*\}\}|\{\s*\w+\s*\}/g, " # ")
    .replace(/\{\s*\w+\s*,\s*(?:plural|select|selectordinal|number|date)\s*,?/g, " { ")
    .replace(/(?:=\d+|\b\w+)\s*(?=\{)/g, " ")
    .replace(/[\u2066-\u2069\u200e\u200f]/g, "");

const diacritics = /[\u064b-\u0652\u0670\u0640]/g;
const letters = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const prefix = "[وف]?(?:[بك]?ال|لل|[بلك])?";
const suffix = "(?:ها|هما|هم|ه|كما|كم|ك|نا|ي)?";

/** The forms of an Arabic word: what it begins with, and its ة before a suffix. In a phrase only the first takes a prefix. */
function arabicForms(word: string): string {
  return word
    .replace(diacritics, "")
    .split(" ")
    .map((part, i) => {
      const definite = part.startsWith("ال");
      const stem = definite ? part.slice(2) : part;
      const before = i > 0 ? (definite ? "ال" : "") : definite ? "[وف]?(?:[بك]?ال|لل)" : prefix;
      const ending = stem.endsWith("ة")
        ? `${letters(stem.slice(0, -1))}(?:ة|ت(?:ها|هما|هم|ه|كما|كم|ك|نا|ي))`
        : `${letters(stem)}${suffix}`;
      return `${before}${ending}`;
    })
    .join("\\s+");
}

function patternOf(word: string, language: Language): RegExp {
  const exact = word.startsWith("=");
  const bare = exact ? word.slice(1) : word;
  const core = language === "en" ? letters(bare) : exact ? `${prefix}${letters(bare)}` : arabicForms(bare);
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_-])${core}(?![\\p{L}\\p{M}\\p{N}_])(?!-\\p{L})`, "iu");
}

/** Sentences such as `key: “word” (say …)`, one for each banned word that a text has. */
export function bannedWords(texts: readonly Text[], ideas: readonly Idea[]): readonly string[] {
  const bans = ideas.flatMap(({ banned = [], allowed = [], id }) =>
    banned.flatMap(({ language, audience, words, say }) =>
      words.map((word) => ({
        language,
        audience,
        word,
        say,
        id,
        exact: word.startsWith("="),
        pattern: patternOf(word, language),
        allowed: allowed.filter((one) => one.language === language),
      })),
    ),
  );
  return texts.flatMap(({ language, audience, key, text }) => {
    const marked = spoken(text);
    const plain = marked.replace(diacritics, "");
    return bans
      .filter((ban) => ban.language === language && (ban.audience === "all" || ban.audience === audience))
      .filter(({ pattern, exact, allowed }) => {
        // Nearly every text has none of the words: what is allowed matters to the rest alone.
        if (!pattern.test(exact ? marked : plain)) return false;
        if (allowed.some((one) => "key" in one && key.endsWith(one.key))) return false;
        const without = allowed.reduce(
          (left, one) => ("phrase" in one ? left.replace(patternOf(one.phrase, language), " # ") : left),
          exact ? marked : plain,
        );
        return pattern.test(without);
      })
      .map(({ word, say, id }) => `${key}: “${word.replace(/^=/, "")}” (${id}; say: ${say}) in: ${text}`);
  });
}
