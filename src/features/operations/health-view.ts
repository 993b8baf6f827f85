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
  /** What it consists of, each with its list; none: nothing to tell apart. */
  readonly groups: readonly HealthGroup[];
  /** Moment that the words are about, ISO. */
  readonly at: string | null;
  /** Where to look further, inside the back office. */
  readonly link: string | null;
}

interface HealthGroup {
  readonly words: Bilingual;
  readonly link: string;
}

export interface HealthView {
  readonly at: string;
  readonly checks: readonly HealthCheck[];
  readonly versions: readonly { readonly name: Bilingual; readonly version: string }[];
}

/** What a check found; its name comes with it. */
export type Finding = Omit<HealthCheck, "id" | "title" | keyof More> & More;

interface More {
  readonly groups?: readonly HealthGroup[];
  readonly at?: Date | null;
  readonly link?: string;
}

export const well = (words: Bilingual, more: More = {}): Finding => ({
  state: "good",
  words,
  advice: null,
  ...more,
});
export const wanting = (state: HealthState, words: Bilingual, advice: Bilingual, more: More = {}): Finding => ({
  state,
  words,
  advice,
  ...more,
});
