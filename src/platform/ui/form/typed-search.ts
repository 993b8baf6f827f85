/** What is found while somebody types. */
import type { Words } from "../boot.js";

export interface Option {
  readonly value: string;
  readonly label: Words;
  /** Shown beside the label. */
  readonly code?: string | null;
}

/** How many are offered at a time: typing leads to the others. */
export const maxOffered = 12;

const letters: Readonly<Record<string, string>> = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه", ؤ: "و", ئ: "ي" };

/** Text as it is compared, as `normaliseText` does on the server: what runs in a browser takes no code from there. */
export const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[أإآٱىةؤئ]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFKD")
    .replace(/[\p{Mn}\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/gu, "")
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

/** Those in which every word occurs that was typed; those that begin with it first. */
export function foundAmong(choices: readonly Option[], typed: string): Option[] {
  const wanted = folded(typed);
  const found = choices
    .map((choice) => {
      const { label, value } = choice;
      const names = (typeof label === "string" ? [label, value] : [label.ar, label.en, value]).map(folded);
      return { choice, begins: names.some((name) => name.startsWith(wanted)), text: names.join(" ") };
    })
    .filter(({ text }) => wanted.split(" ").every((word) => text.includes(word)));
  return [...found.filter(({ begins }) => begins), ...found.filter(({ begins }) => !begins)]
    .slice(0, maxOffered)
    .map(({ choice }) => choice);
}
