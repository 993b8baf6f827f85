/**
 * Whether a name has the words that somebody types into a picker: in any order, each begun or whole, whatever is written onto
 * it. «الغذاء» finds «للغذاء والدواء», «البلديات» finds «بلدية».
 */
import { normaliseText } from "../text/normalise-text.js";
import { isSearched, wordsOf } from "./search-words.js";
import { soughtStems, stemsOf, withoutArticle } from "./stem-word.js";

interface SoughtWord {
  readonly typed: string;
  /** Of what is typed as one word with signs in it, its parts: each as begun, and its stems. */
  readonly parts: readonly { readonly begun: string; readonly stems: readonly string[] }[];
}

const soughtWord = (typed: string): SoughtWord => ({
  typed,
  parts: wordsOf(typed)
    .filter(isSearched)
    .map((word) => ({ begun: withoutArticle(word), stems: soughtStems(word) })),
});

/** What is compared of the names' words: many names share them, and each is taken apart once. */
type Taken = Map<string, readonly string[]>;

function takenApart(word: string, taken: Taken): readonly string[] {
  const before = taken.get(word);
  if (before !== undefined) return before;
  const forms = [withoutArticle(word), ...stemsOf(word)];
  taken.set(word, forms);
  return forms;
}

/** A test of names for what was typed; texts are those of one name, in all languages, with its code. Where nothing is typed each name passes. */
export function nameFinder(typed: string): (...texts: readonly string[]) => boolean {
  const wanted = normaliseText(typed)
    .split(" ")
    .filter((word) => word !== "")
    .map(soughtWord);
  const taken: Taken = new Map();
  return (...texts) => {
    const text = normaliseText(texts.join(" "));
    const missing = wanted.filter((word) => !text.includes(word.typed));
    if (missing.length === 0) return true;
    const words = wordsOf(text).map((word) => takenApart(word, taken));
    const has = ({ begun, stems }: SoughtWord["parts"][number]): boolean =>
      words.some(([bare = "", ...kept]) => bare.startsWith(begun) || stems.some((stem) => kept.includes(stem)));
    return missing.every(({ parts }) => parts.length > 0 && parts.every(has));
  };
}
