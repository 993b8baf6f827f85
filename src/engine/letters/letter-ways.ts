/** How a position gets its letters: what the programme says for all of them, and what the holder chose for one. */

import { codesOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export const letterWays = {
  atOnce: msg("letters.letterWays.atOnce"),
  hourly: msg("letters.letterWays.hourly"),
  daily: msg("letters.letterWays.daily"),
  none: msg("letters.letterWays.none"),
} as const satisfies Readonly<Record<string, Bilingual>>;

export type LetterWay = keyof typeof letterWays;

/** From the one that tells soonest to the one that tells nothing. */
export const letterWayCodes = codesOf(letterWays);

export const isLetterWay = (value: unknown): value is LetterWay =>
  typeof value === "string" && Object.hasOwn(letterWays, value);

/** What programmes do that never said it: each letter leaves at once, as it always did. */
export const defaultLetterWay: LetterWay = "atOnce";

/** 0: all focal points of an entity are written to at once. */
export const defaultNextFocalPointHours = 0;

/** Working hours until the next focal point hears of a case that nobody took. */
export const nextFocalPointHours = ({
  programme: { settings },
}: {
  readonly programme: { readonly settings: { readonly nextFocalPointHours?: number | undefined } };
}): number => settings.nextFocalPointHours ?? defaultNextFocalPointHours;

/** Of positions whose holder chose nothing. */
export const programmesWay = ({ officialLetters }: { readonly officialLetters?: LetterWay | undefined }): LetterWay =>
  officialLetters ?? defaultLetterWay;

/** Of two positions that one person holds, the one by which they hear sooner. */
export const soonerWay = (a: LetterWay, b: LetterWay): LetterWay =>
  letterWayCodes.indexOf(a) <= letterWayCodes.indexOf(b) ? a : b;
