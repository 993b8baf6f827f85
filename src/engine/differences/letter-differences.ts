/** What changed between two versions of a letter or a digest: by language and line, section by section. */

import { digestFigures, partsOfDigest } from "../letters/digest-parts.js";
import type { DigestDefinition, DigestSection, MessageDefinition } from "../letters/letter-definition.js";
import { messageName } from "../letters/message-kinds.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { listed } from "../text/text.js";
import { type Difference, line } from "./difference.js";
import { textDifferences } from "./text-lines.js";

const words = {
  name: msg("differences.letterDifferences.name"),
  subject: msg("differences.letterDifferences.subject"),
  preview: msg("differences.letterDifferences.preview"),
  body: msg("differences.letterDifferences.body"),
  title: msg("differences.letterDifferences.title"),
  introduction: msg("differences.letterDifferences.introduction"),
} as const satisfies Readonly<Record<string, Bilingual>>;

const changedWhole = (what: Bilingual, details: readonly Bilingual[]): Difference[] =>
  details.length === 0 ? [] : [{ kind: "changed", what, details }];

export function messageDifferences(before: MessageDefinition, after: MessageDefinition): Difference[] {
  const what = after.name ?? messageName(after.message);
  return changedWhole(msg("differences.letterDifferences.letter", { what }), [
    ...textDifferences(words.name, before.name, after.name),
    ...textDifferences(words.subject, before.subject, after.subject),
    ...textDifferences(words.preview, before.preview, after.preview),
    ...textDifferences(words.body, before.body, after.body),
  ]);
}

const figureName = ownTable<Bilingual>(digestFigures);
const figureNames = (figures: readonly string[] | undefined): Bilingual => {
  const labels = (figures ?? Object.keys(digestFigures)).map((name) => figureName[name] ?? { en: name, ar: name });
  return listed(labels);
};

function sectionDetails(before: DigestSection, after: DigestSection): Bilingual[] {
  return [
    ...textDifferences(words.title, before.title, after.title),
    ...textDifferences(words.introduction, before.introduction, after.introduction),
    ...line(before.figures ?? null, after.figures ?? null, () => {
      const [was, now] = [figureNames(before.figures), figureNames(after.figures)];
      return msg("differences.letterDifferences.figuresWereNow", { was, now });
    }),
  ];
}

export function digestDifferences(before: DigestDefinition, after: DigestDefinition): Difference[] {
  const labels = new Map(partsOfDigest(after.digest).map(({ section, label }) => [section, label]));
  const called = ({ section }: DigestSection): Bilingual => labels.get(section) ?? { en: section, ar: section };
  const what = (section: DigestSection): Bilingual =>
    msg("differences.letterDifferences.section", { section: called(section) });
  const named = (sections: readonly DigestSection[]) => new Map(sections.map((one) => [one.section, one]));
  const [old, now] = [named(before.sections), named(after.sections)];
  const orderOf = (sections: readonly DigestSection[], other: ReadonlyMap<string, unknown>) =>
    sections.map(({ section }) => section).filter((section) => other.has(section));
  const order = line(orderOf(before.sections, now), orderOf(after.sections, old), () => {
    const list = after.sections.map(called);
    return msg("differences.letterDifferences.order", { list: listed(list) });
  });
  const title = messageName(after.digest);
  return [
    ...changedWhole(title, [
      ...textDifferences(words.subject, before.subject, after.subject),
      ...textDifferences(words.title, before.title, after.title),
      ...textDifferences(words.introduction, before.introduction, after.introduction),
      ...order,
    ]),
    ...after.sections.flatMap((section) => {
      const earlier = old.get(section.section);
      if (earlier === undefined) return [{ kind: "added" as const, what: what(section), details: [] }];
      return changedWhole(what(section), sectionDetails(earlier, section));
    }),
    ...before.sections
      .filter(({ section }) => !now.has(section))
      .map((section) => ({ kind: "removed" as const, what: what(section), details: [] })),
  ];
}
