/** What an application may be about: the entity that is responsible, and which of its services. Of which type it is the applicant says. */
import type { Bilingual } from "../text/text.js";

export interface Matter {
  readonly entity: string;
  /** One of the entity's; null: none in particular. */
  readonly service: string | null;
}

/** Its name, what the programme says that it is called as well, a rule, words of its name, past cases, its sector where it happens. */
export const evidences = ["name", "synonym", "rule", "words", "past", "sector"] as const;
export type Evidence = (typeof evidences)[number];

/** By what a text suggests a matter: stems of the words that say so; none where words alone do not. */
export interface Ground {
  readonly by: Evidence;
  readonly stems: readonly string[];
}

export interface GroundedMatter extends Matter {
  readonly ground: Ground;
}

/** A suggested matter as those see it who try a text, with the words of the text that say so, as they were written. */
export interface TriedMatter {
  readonly entity: Bilingual;
  readonly service: Bilingual | null;
  /** The row that was tried, or one of its services. */
  readonly own: boolean;
  readonly grounds: readonly { readonly by: Evidence; readonly words: readonly string[] }[];
}

/** As an input of a form carries it. Codes of the settings have no stroke. */
export const matterKey = ({ entity, service }: Matter): string => `${entity}/${service ?? ""}`;

/** Null for what `matterKey` did not write. */
export function matterOf(key: string): Matter | null {
  const [entity, service, ...more] = key.split("/");
  if (!entity || service === undefined || more.length > 0) return null;
  return { entity, service: service || null };
}
