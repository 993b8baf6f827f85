/**
 * Arabic and Latin text in the one form in which it is compared: search and keyword lists both use it.
 *
 * Removed: tashkeel, tatweel, bidirectional marks. Unified: أإآٱ→ا, ى→ي, ة→ه, ؤ→و, ئ→ي, Arabic-Indic digits → 0–9, Latin capitals
 * and accents, both small sigmas (which of them it is, other letters decide), runs of white space. Punctuation stays.
 */

/** Arabic-Indic and Persian digits, as telephones in Arabic type them, as 0–9. */
export function westernDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

const letters: Readonly<Record<string, string>> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ة: "ه",
  ؤ: "و",
  ئ: "ي",
  "٫": ".",
  "٬": ",",
};

/** Letter by letter: white space stays as it is. What a part of a text becomes is a part of what the text becomes. */
export function normaliseLetters(text: string): string {
  return westernDigits(
    text
      .normalize("NFKC")
      .replace(/[أإآٱىةؤئ٫٬]/g, (letter) => letters[letter] ?? letter)
      .normalize("NFKD")
      .replace(/[\p{Mn}\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/gu, ""),
  )
    .toLowerCase()
    .replaceAll("ς", "σ");
}

export const normaliseText = (text: string): string => normaliseLetters(text).replace(/\s+/g, " ").trim();
