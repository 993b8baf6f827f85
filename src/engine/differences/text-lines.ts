/** What changed between two texts, a line of it each, in words that name the place. */

import { msg } from "../text/msg.js";
import { apart, type Bilingual, listed, quoted, type StoredLanguage } from "../text/text.js";

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
export function textDifferences(
  what: Bilingual,
  before: Bilingual | undefined,
  after: Bilingual | undefined,
): Bilingual[] {
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
