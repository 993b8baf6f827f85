/**
 * A text message as it goes over the air: in which alphabet, in how many segments, and with nothing that would cost more for no gain.
 * The alphabet of 7 bits, its extension and the lengths are those of 3GPP TS 23.038 (6.2.1, 6.2.1.1) and TS 23.040 (9.2.3.24.1).
 */
import { directionOf } from "../text/languages.js";
import type { Language } from "../text/text.js";

const basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Each takes two places, and an operator never splits the two. */
const extension = "\f^{}\\[~]|€";
const places = new Map([
  ...[...basic].map((one) => [one, 1] as const),
  ...[...extension].map((one) => [one, 2] as const),
]);

/** `gsm7`: the Latin alphabet of 7 bits; `ucs2`: all others, Arabic too, of 16. */
export type SmsAlphabet = "gsm7" | "ucs2";

/** How much one segment holds: alone, and as one of several. */
const lengths = { gsm7: { alone: 160, together: 153 }, ucs2: { alone: 70, together: 67 } } as const;

export interface SmsSize {
  readonly alphabet: SmsAlphabet;
  /** Places that the text takes. */
  readonly length: number;
  /** What operators charge for; at least one. */
  readonly segments: number;
}

/** How a text goes over the air. */
export function smsSize(text: string): SmsSize {
  const letters = [...text];
  const alphabet: SmsAlphabet = letters.every((one) => places.has(one)) ? "gsm7" : "ucs2";
  const widths = letters.map((one) => (alphabet === "gsm7" ? (places.get(one) ?? 1) : one.length));
  const length = widths.reduce((sum, one) => sum + one, 0);
  const { alone, together } = lengths[alphabet];
  if (length <= alone) return { alphabet, length, segments: 1 };
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    // What takes two places is never split.
    if (used + width > together) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { alphabet, length, segments };
}

/** What only looks better: each would turn a Latin text into one of 16 bits. */
const plainer: readonly (readonly [RegExp, string])[] = [
  [/[\u2066-\u2069\u200b\u200f\u061c\ufeff]/g, ""],
  [/[\u00a0\u202f\u2009]/g, " "],
  [/[\u2018\u2019\u02bc]/g, "'"],
  [/[\u201c\u201d]/g, '"'],
  [/[\u2010-\u2014]/g, "-"],
  [/\u2026/g, "..."],
  [/\u00b7/g, "-"],
];

/** The words of a text message: one text, lines kept, without what costs room and says nothing. */
export function smsText(text: string): string {
  const plain = plainer.reduce((so, [found, instead]) => so.replace(found, instead), text);
  return plain
    .split("\n")
    .map((line) => line.replace(/[ \t]+/g, " ").trim())
    .join("\n")
    .replace(/\n{2,}/g, "\n")
    .trim();
}

const arabic = /[\u0590-\u08ff]/;

/**
 * A value inside a sentence. After an Arabic word `482-739-1652` would be shown with its groups in reverse: a mark of its direction
 * stands before it. Telephones know that mark, and not all know isolates.
 */
export function keptInSms(value: string, language: Language): string {
  const plain = directionOf(language) === "ltr" || arabic.test(value) || /^\d*$/.test(value) || /^https?:/.test(value);
  return plain ? value : `\u200e${value}`;
}
