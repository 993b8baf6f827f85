/** Numbers and codes as they are read out on the telephone: sign by sign, in the groups in which they are written. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** Digits, and the letters of codes (`engine/applicant/applicant-code.ts`). */
const signs: Readonly<Record<string, Bilingual>> = {
  0: msg("formatting.spellOut.d0"),
  1: msg("formatting.spellOut.d1"),
  2: msg("formatting.spellOut.d2"),
  3: msg("formatting.spellOut.d3"),
  4: msg("formatting.spellOut.d4"),
  5: msg("formatting.spellOut.d5"),
  6: msg("formatting.spellOut.d6"),
  7: msg("formatting.spellOut.d7"),
  8: msg("formatting.spellOut.d8"),
  9: msg("formatting.spellOut.d9"),
  A: msg("formatting.spellOut.a"),
  B: msg("formatting.spellOut.b"),
  C: msg("formatting.spellOut.c"),
  D: msg("formatting.spellOut.d"),
  E: msg("formatting.spellOut.e"),
  F: msg("formatting.spellOut.f"),
  G: msg("formatting.spellOut.g"),
  H: msg("formatting.spellOut.h"),
  J: msg("formatting.spellOut.j"),
  K: msg("formatting.spellOut.k"),
  M: msg("formatting.spellOut.m"),
  N: msg("formatting.spellOut.n"),
  P: msg("formatting.spellOut.p"),
  Q: msg("formatting.spellOut.q"),
  R: msg("formatting.spellOut.r"),
  S: msg("formatting.spellOut.s"),
  T: msg("formatting.spellOut.t"),
  V: msg("formatting.spellOut.v"),
  W: msg("formatting.spellOut.w"),
  X: msg("formatting.spellOut.x"),
  Y: msg("formatting.spellOut.y"),
  Z: msg("formatting.spellOut.z"),
};

export interface SpelledSign {
  readonly sign: string;
  /** Its name; of a letter also a word that begins with it, because on the telephone A sounds like E and G like J. */
  readonly said: Bilingual;
}

/** The groups of `482-739`, and of each its signs: four, eight, two; seven, three, nine. A sign without a name is said as it is written. */
export const spelledOut = (code: string): readonly (readonly SpelledSign[])[] =>
  code.split("-").map((group) => [...group].map((sign) => ({ sign, said: signs[sign] ?? { en: sign, ar: sign } })));
