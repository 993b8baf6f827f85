/** What changed between two versions of a letter or a digest: by language and line, section by section. */

import { digestFigures, partsOfDigest } from "../letters/digest-parts.js";
import type { DigestDefinition, DigestSection, MessageDefinition } from "../letters/letter-definition.js";
import { messageName } from "../letters/message-kinds.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import { apart, type Bilingual, listed, quoted, type StoredLanguage } from "../text/text.js";
import { type Difference, line } from "./difference.js";

/** What changed between two texts, a line of it each, in words that name the place. */
const languages: readonly { readonly language: StoredLanguage; readonly name: Bilingual }[] = [
  { language: "ar", name: msg("differences.textLines.arabic") },
  { language: "en", name: msg("differences.textLines.english") },
];

interface Hunk {
  /** Number of the first line in each, from 0. */
  readonly before: number;
  readonly after: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Beyond so many comparisons the middle is told as one piece. */
const maxCompared = 400_000;

/** Lines that came and went, in order, after what both texts begin and end with. */
function hunksOf(before: readonly string[], after: readonly string[]): Hunk[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const [old, now] = [before.slice(start, endBefore), after.slice(start, endAfter)];
  if (old.length === 0 && now.length === 0) return [];
  const whole: Hunk = { before: start, after: start, removed: old, added: now };
  if (old.length * now.length > maxCompared) return [whole];
  // Longest common run of lines from each place on.
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      (common[i] as Uint16Array)[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [fromOld, fromNow] = [i, j];
    while ((i < old.length || j < now.length) && !(i < old.length && j < now.length && old[i] === now[j])) {
      if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    if (i > fromOld || j > fromNow)
      hunks.push({
        before: start + fromOld,
        after: start + fromNow,
        removed: old.slice(fromOld, i),
        added: now.slice(fromNow, j),
      });
    while (i < old.length && j < now.length && old[i] === now[j]) {
      i++;
      j++;
    }
  }
  return hunks;
}

const lineWords = (text: string): Bilingual => {
  const short = text.length > 160 ? `${text.slice(0, 160)}…` : text;
  return text.trim() === "" ? msg("differences.textLines.anEmptyLine") : quoted(listed([apart(short)]));
};

function hunkLines({ before, after, removed, added }: Hunk, place: Bilingual): Bilingual[] {
  const pairs = Math.min(removed.length, added.length);
  const changed = removed.slice(0, pairs).map((old, i): Bilingual => {
    const [was, now] = [lineWords(old), lineWords(added[i] as string)];
    return msg("differences.textLines.lineWasNow", { place, after: after + i + 1, was, now });
  });
  const gone = removed.slice(pairs).map((old, i): Bilingual => {
    const was = lineWords(old);
    return msg("differences.textLines.lineIsGone", { place, before: before + pairs + i + 1, was });
  });
  const come = added.slice(pairs).map((text, i): Bilingual => {
    const now = lineWords(text);
    return msg("differences.textLines.lineIsNew", { place, after: after + pairs + i + 1, now });
  });
  return [...changed, ...gone, ...come];
}

/**
 * Details of a text in both languages: by language and line where it has lines.
 * @param what the text itself, as “Subject”
 */
function textDifferences(what: Bilingual, before: Bilingual | undefined, after: Bilingual | undefined): Bilingual[] {
  return languages.flatMap(({ language, name }): Bilingual[] => {
    const [old, now] = [before?.[language] ?? "", after?.[language] ?? ""];
    if (old === now) return [];
    const place = msg("differences.textLines.place", { what, name });
    if (!old.includes("\n") && !now.includes("\n")) {
      const none: Bilingual = msg("differences.textLines.none");
      const [was, is] = [old === "" ? none : lineWords(old), now === "" ? none : lineWords(now)];
      return [msg("differences.textLines.wasNow", { place, was, is })];
    }
    return hunksOf(old.split("\n"), now.split("\n")).flatMap((hunk) => hunkLines(hunk, place));
  });
}

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
