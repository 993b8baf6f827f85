/** The words that a letter or a digest is written in, for whoever writes one: fields to put in, and what a digest may contain. */
import type { Bilingual } from "../text/text.js";
import { type DigestPart, digestFigures, fieldsOfDigest, isDigestName, partsOfDigest } from "./digest-parts.js";
import type { LetterField } from "./letter-fields.js";
import { fieldsOfLetter, isSmsKind, isStepLetter, kindOfLetter } from "./message-kinds.js";

export interface LetterVocabulary {
  readonly fields: readonly LetterField[];
  /** True: a step's own letter, which has a name. */
  readonly named: boolean;
  /** True: a text message, which is its words and nothing else. */
  readonly sms: boolean;
  /** Of a digest; none of a letter. */
  readonly sections: readonly DigestPart[];
  readonly figures: readonly { readonly name: string; readonly label: Bilingual }[];
}

/** Null of what is neither. */
export function letterVocabulary({ kind, name }: { kind: string; name: string }): LetterVocabulary | null {
  if (kind === "digest" && isDigestName(name)) {
    const figures = Object.entries(digestFigures).map(([figure, label]) => ({ name: figure, label }));
    return { fields: fieldsOfDigest(name), named: false, sms: false, sections: partsOfDigest(name), figures };
  }
  const of = kind === "message" ? kindOfLetter(name) : null;
  if (of === null) return null;
  return { fields: fieldsOfLetter(of), named: isStepLetter(name), sms: isSmsKind(of), sections: [], figures: [] };
}
