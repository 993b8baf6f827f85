/** How the machinery stands, check by check, with what to do about it. */
import type { Bilingual } from "../../engine/text/text.js";

/** `off`: not used here, and that is fine. */
export type HealthState = "good" | "near" | "late" | "off";

export interface HealthCheck {
  readonly id: string;
  readonly title: Bilingual;
  readonly state: HealthState;
  /** What was found. */
  readonly words: Bilingual;
  /** What to do; null while there is nothing to do. */
  readonly advice: Bilingual | null;
  /** Moment that the words are about, ISO. */
  readonly at: string | null;
  /** Where to look further, inside the back office. */
  readonly link: string | null;
}

export interface HealthView {
  readonly at: string;
  readonly checks: readonly HealthCheck[];
  readonly versions: readonly { readonly name: Bilingual; readonly version: string }[];
}

/** What a check found; its name comes with it. */
export type Finding = Omit<HealthCheck, "id" | "title" | "link" | "at"> & {
  readonly at?: Date | null;
  readonly link?: string;
};

export const well = (words: Bilingual, more: { at?: Date | null; link?: string } = {}): Finding => ({
  state: "good",
  words,
  advice: null,
  ...more,
});
export const wanting = (
  state: HealthState,
  words: Bilingual,
  advice: Bilingual,
  more: { at?: Date | null; link?: string } = {},
): Finding => ({ state, words, advice, ...more });
