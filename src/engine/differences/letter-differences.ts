/** What changed between two versions of a letter or a digest: by language and line, section by section. */

import { digestFigures, partsOfDigest } from "../letters/digest-parts.js";
import type { DigestDefinition, DigestSection, MessageDefinition } from "../letters/letter-definition.js";
import { messageName } from "../letters/message-kinds.js";
import { ownTable } from "../text/inherited-names.js";
import type { Bilingual } from "../text/text.js";
import { type Difference, line } from "./difference.js";
import { textDifferences } from "./text-lines.js";

const words = {
  name: { en: "Name", ar: "الاسم" },
  subject: { en: "Subject", ar: "الموضوع" },
  preview: { en: "Line beside the subject", ar: "السطر المجاور للموضوع" },
  body: { en: "Body", ar: "المتن" },
  title: { en: "Title", ar: "العنوان" },
  introduction: { en: "Introduction", ar: "التمهيد" },
} as const satisfies Readonly<Record<string, Bilingual>>;

const changedWhole = (what: Bilingual, details: readonly Bilingual[]): Difference[] =>
  details.length === 0 ? [] : [{ kind: "changed", what, details }];

export function messageDifferences(before: MessageDefinition, after: MessageDefinition): Difference[] {
  const what = after.name ?? messageName(after.message);
  return changedWhole({ en: `Letter “${what.en}”`, ar: `الرسالة «${what.ar}»` }, [
    ...textDifferences(words.name, before.name, after.name),
    ...textDifferences(words.subject, before.subject, after.subject),
    ...textDifferences(words.preview, before.preview, after.preview),
    ...textDifferences(words.body, before.body, after.body),
  ]);
}

const figureName = ownTable<Bilingual>(digestFigures);
const figureNames = (figures: readonly string[] | undefined): Bilingual => {
  const labels = (figures ?? Object.keys(digestFigures)).map((name) => figureName[name] ?? { en: name, ar: name });
  return { en: labels.map(({ en }) => en).join(", "), ar: labels.map(({ ar }) => ar).join("، ") };
};

function sectionDetails(before: DigestSection, after: DigestSection): Bilingual[] {
  return [
    ...textDifferences(words.title, before.title, after.title),
    ...textDifferences(words.introduction, before.introduction, after.introduction),
    ...line(before.figures ?? null, after.figures ?? null, () => {
      const [was, now] = [figureNames(before.figures), figureNames(after.figures)];
      return { en: `Figures: were ${was.en}, now ${now.en}`, ar: `الأرقام: كانت ${was.ar}، والآن ${now.ar}` };
    }),
  ];
}

export function digestDifferences(before: DigestDefinition, after: DigestDefinition): Difference[] {
  const labels = new Map(partsOfDigest(after.digest).map(({ section, label }) => [section, label]));
  const called = ({ section }: DigestSection): Bilingual => labels.get(section) ?? { en: section, ar: section };
  const what = (section: DigestSection): Bilingual => ({
    en: `Section “${called(section).en}”`,
    ar: `القسم «${called(section).ar}»`,
  });
  const named = (sections: readonly DigestSection[]) => new Map(sections.map((one) => [one.section, one]));
  const [old, now] = [named(before.sections), named(after.sections)];
  const orderOf = (sections: readonly DigestSection[], other: ReadonlyMap<string, unknown>) =>
    sections.map(({ section }) => section).filter((section) => other.has(section));
  const order = line(orderOf(before.sections, now), orderOf(after.sections, old), () => {
    const list = after.sections.map(called);
    return {
      en: `Order of the sections: now ${list.map(({ en }) => en).join(", ")}`,
      ar: `ترتيب الأقسام: الآن ${list.map(({ ar }) => ar).join("، ")}`,
    };
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
