/** A digest in a programme's own words: titles and introductions filled in, sections in the order that the programme chose. */

import { partsOfDigest } from "../../engine/letters/digest-parts.js";
import type { DigestDefinition, DigestSection } from "../../engine/letters/letter-definition.js";
import type { LetterValues } from "../../engine/letters/letter-template.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { wordedLine, wordedParagraphs } from "./letter-words.js";
import type { View, ViewContext } from "./view-context.js";

export interface WordedDigest {
  readonly subject: string;
  readonly title: string;
  readonly introduction: readonly string[];
  /** Each with a member a section of its kind, true for the one that it is. */
  readonly sections: readonly (View & { readonly section: string; readonly title: string | null })[];
  /** The figures that are shown, in order; null: all. */
  readonly figures: readonly string[] | null;
}

/** Throws an Error where a field is missing. */
export function wordDigest(
  definition: DigestDefinition,
  texts: LetterValues["texts"],
  language: Language,
): WordedDigest {
  const values: LetterValues = { texts, lists: {}, parts: {} };
  const line = (source: DigestDefinition["title"]) => wordedLine(inLanguage(source, language), values, language);
  const paragraphs = (source: DigestDefinition["introduction"]) =>
    source === undefined ? [] : wordedParagraphs(inLanguage(source, language), values, language);
  const none = Object.fromEntries(partsOfDigest(definition.digest).map(({ section }) => [section, false]));
  const shown = ({ section, title, introduction }: DigestSection) => ({
    ...none,
    [section]: true,
    section,
    title: title === undefined ? null : line(title),
    introduction: paragraphs(introduction),
  });
  return {
    subject: line(definition.subject),
    title: line(definition.title),
    introduction: paragraphs(definition.introduction),
    sections: definition.sections.map(shown),
    figures: definition.sections.find(({ figures }) => figures !== undefined)?.figures ?? null,
  };
}

/** A line of a digest, with where what it says is looked up. Never by colour alone: each has a sign and its own words. */
export interface DigestLine {
  readonly tone: "late" | "near" | "waiting" | "good";
  readonly icon: string;
  readonly text: string;
  /** Null: there is nothing more to see, or not for this reader. */
  readonly link: string | null;
  readonly label: string | null;
}

/** In the place of lines that cannot be put together. */
export const plainPart = ({ say, links }: ViewContext): DigestLine => ({
  tone: "near",
  icon: "•",
  text: say("layout.plainPart"),
  link: links.home(),
  label: say("digest-lines.home"),
});
