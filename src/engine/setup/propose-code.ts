/** The code that a form proposes for a new row or field, from its name. Browsers run this. */

import { isInherited } from "../text/inherited-names.js";
import { normaliseText } from "../text/normalise-text.js";
import type { Bilingual } from "../text/text.js";

/** `row`: as the codes that are there are written, else `like-this`; `field`: `likeThis`. */
export type CodeForm = "row" | "field";

/** As long as people still read. */
const maxCode = 40;

/** Letters of normalised Arabic. */
const latin: Readonly<Record<string, string>> = {
  ...{ ا: "a", ب: "b", ت: "t", ث: "th", ج: "j", ح: "h", خ: "kh", د: "d", ذ: "dh", ر: "r", ز: "z", س: "s", ش: "sh" },
  ...{ ص: "s", ض: "d", ط: "t", ظ: "z", ع: "a", غ: "gh", ف: "f", ق: "q", ك: "k", ل: "l", م: "m", ن: "n", ه: "h" },
  ...{ و: "w", ي: "y", پ: "p", چ: "ch", ژ: "zh", ڤ: "v", گ: "g", ک: "k", ی: "y" },
};

/** Inside a word, و and ي are mostly read as vowels; the article is left out. */
const latinWord = (word: string): string =>
  word
    .replace(/^ال(?=..)/, "")
    .replace(/(?<=.)و/g, "u")
    .replace(/(?<=.)ي/g, "i")
    .replace(/[^a-z0-9]/g, (letter) => latin[letter] ?? "");

/** As many words as fit, at least one; a code begins with a letter. */
function wordsOf(text: string): string[] {
  const all = normaliseText(text)
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .map(latinWord)
    .filter((word) => word !== "");
  const kept: string[] = [];
  for (const word of all) {
    if (kept.length > 0 && [...kept, word].join("-").length > maxCode - 4) break;
    kept.push(word.slice(0, maxCode - 4));
  }
  const [first = ""] = kept;
  return /^\d/.test(first) ? [`n${first}`, ...kept.slice(1)] : kept;
}

/** How the rows that are there are written. */
function styleOf(taken: readonly string[], form: CodeForm) {
  if (form === "field") return { between: "", write: camel };
  const capitals = taken.filter((code) => code === code.toUpperCase()).length;
  const isUpper = taken.length > 0 && capitals > taken.length / 2;
  const between = taken.some((code) => code.includes("_")) && !taken.some((code) => code.includes("-")) ? "_" : "-";
  const write = (words: readonly string[]) => (isUpper ? words.join(between).toUpperCase() : words.join(between));
  return { between, write };
}

const camel = (words: readonly string[]): string =>
  words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");

const bareCode = (name: Bilingual, taken: readonly string[], form: CodeForm): string => {
  const [en, ar] = [wordsOf(name.en), wordsOf(name.ar)];
  return styleOf(taken, form).write(en.length > 0 ? en : ar);
};

/** From the English name, else the Arabic one; none of `taken`, in capitals or not. Empty where the name has no letter that can be read. */
export function proposeCode(name: Bilingual, taken: readonly string[], form: CodeForm): string {
  const bare = bareCode(name, taken, form);
  const used = new Set(taken.map((code) => code.toLowerCase()));
  const isFree = (code: string) => !used.has(code.toLowerCase()) && !isInherited(code);
  const { between } = styleOf(taken, form);
  let code = bare;
  for (let n = 2; bare !== "" && !isFree(code); n++) code = `${bare}${between}${n}`;
  return code;
}

/** The code beside a name that is being typed: it follows the name until a person writes one of their own. */
export function codeBeside(
  { code, before, name }: { readonly code: string; readonly before: Bilingual; readonly name: Bilingual },
  taken: readonly string[],
  form: CodeForm,
): string {
  // Neither capitals nor what is between words say whose it is: they follow `taken`, which may come later than the first letters.
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, "");
  const [own, bare] = [plain(code), plain(bareCode(before, taken, form))];
  const isOurs = own === "" || (own.startsWith(bare) && /^\d*$/.test(own.slice(bare.length)));
  return isOurs ? proposeCode(name, taken, form) : code;
}
