/** A digest in a programme's own words: titles and introductions filled in, sections in the order that the programme chose. */

import { formatDate } from "../../engine/formatting/moments.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { partsOfDigest } from "../../engine/letters/digest-parts.js";
import type { DigestDefinition, DigestSection } from "../../engine/letters/letter-definition.js";
import type { LetterValues } from "../../engine/letters/letter-template.js";
import type { DigestPlace } from "../../engine/measures/digest-changes.js";
import type { DigestForReader, DigestStory, FiguresDigest } from "../../engine/measures/digest-view.js";
import { type Guarded, type Hidden, isFew, isHidden } from "../../engine/measures/small-cells.js";
import type { HeadlineSignal } from "../../engine/measures/usual-signals.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { wordedLine, wordedParagraphs } from "./letter-words.js";
import type { View, ViewContext } from "./view-context.js";

/** How a figure left its usual range, as headline and lines of a digest say it: a part of a sentence. */
export function signalWords(signal: HeadlineSignal, context: ViewContext): string {
  const { figure, direction, value, range, before, run } = signal;
  const rate = figure === "onTime" || figure === "satisfaction";
  const show = (n: number) =>
    rate ? formatPercent(n, context.language) : formatNumber(Math.round(n), context.language);
  const say = (kind: string, values: Record<string, string>) =>
    context.say(`digest-figures.headline.${figure}.${kind}${direction}`, { value: show(value), ...values });
  if (before !== undefined) return say("young.", { before: show(before) });
  // What the number did since the period before is told with it: above the average, and yet less than a week ago, is one story.
  const then = signal.was === undefined ? "" : context.say("digest-figures.headline.was", { was: show(signal.was) });
  if (range === null) {
    const { direction: side } = signal;
    const long =
      run && context.say(`digest-figures.headline.ofRun.${side}`, { mean: show(run.mean), count: run.periods });
    const from = run === undefined ? say("run.", {}) : `${say("value.", {})}${long}`;
    return `${from}${then}`;
  }
  return `${say("", rangeWords(figure, range, context))}${then}`;
}

/**
 * The ends of a usual range, so rounded that what lies outside of it is outside as it is written too: 22 is not "above 3 to 22".
 */
export function rangeWords(
  figure: HeadlineSignal["figure"],
  range: { readonly lower: number; readonly upper: number },
  { language }: ViewContext,
): { readonly lower: string; readonly upper: string } {
  if (figure === "onTime" || figure === "satisfaction") {
    // Letters of before have a range that goes beyond all cases.
    const upper = Math.floor(Math.min(1, range.upper) * 1000) / 1000;
    return {
      lower: formatPercent(Math.ceil(range.lower * 1000) / 1000, language),
      upper: formatPercent(upper, language),
    };
  }
  return {
    lower: formatNumber(Math.ceil(range.lower), language),
    upper: formatNumber(Math.floor(range.upper), language),
  };
}

type Counted = { readonly numerator: number; readonly denominator: number };

/** What the lines are made with. */
export interface Telling {
  readonly story: DigestStory;
  readonly reader: DigestForReader;
  readonly digest: FiguresDigest;
  readonly context: ViewContext;
}

/** What the lines of a digest are worded with: numbers, dates and names, as the letter's reader is shown them. */
export const say = ({ context }: Telling, key: string, values?: Record<string, string | number>) =>
  context.say(`digest-lines.${key}`, values);
/** A number of the whole that the digest is about. */
export const count = ({ context }: Telling, n: number) => formatNumber(n, context.language);
/** What is open or overdue at one place; letters of before hid it where it was of few cases. */
export const countOf = (t: Telling, n: Guarded): string => (isHidden(n) ? say(t, `hidden.${n}`) : count(t, n));
/** A share of one place. What its reader is not shown is not stored (`guard-digest.ts`); letters of before stored each, and show none of few cases. */
export const rateOf = (t: Telling, value: Counted | Hidden): string => {
  if (isHidden(value)) return say(t, `hidden.${value}`);
  if (!t.reader.scope.readsCases && isFew(value.denominator)) return say(t, "hidden.few");
  return rate(t, value);
};
const rate = ({ context }: Telling, { numerator, denominator }: Counted) =>
  denominator === 0 ? context.say("layout.noData") : formatPercent(numerator / denominator, context.language);
export const date = ({ context }: Telling, day: string) => formatDate(day, context.language);
/** @param isWhole it is no part, whose number is hidden */
export const valueText = (t: Telling, value: Counted | number, isWhole: boolean) =>
  typeof value === "number"
    ? isWhole
      ? count(t, value)
      : countOf(t, value)
    : isWhole
      ? rate(t, value)
      : rateOf(t, value);

export const nameOf = (t: Telling, place: DigestPlace | null): string => {
  const named = place ?? t.reader.scope.place;
  return named === null ? say(t, "whole") : inLanguage(named.name, t.context.language);
};

/** "Amman (4)", in one piece: a name isolated within a piece would leave the piece without a direction of its own. */
export const withCount = (name: string, n: number, { language }: Pick<ViewContext, "language">): string =>
  `${name} (${formatNumber(n, language)})`;

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
  /** What can be done about it: each leads to a form that is filled in. */
  readonly acts?: readonly { readonly link: string; readonly label: string }[];
}

/** In the place of lines that cannot be put together. */
export const plainPart = ({ say, links }: ViewContext): DigestLine => ({
  tone: "near",
  icon: "•",
  text: say("layout.plainPart"),
  link: links.home(),
  label: say("digest-lines.home"),
});

/** A line that leads nowhere: there is nothing more to see, or not for this reader. */
export const unlinked = (tone: DigestLine["tone"], icon: string, text: string): DigestLine => ({
  tone,
  icon,
  text,
  link: null,
  label: null,
});

/** The name of the highest importance level, of which something critical is. */
export const levelOf = (t: Telling): string =>
  inLanguage(t.story.criticalLevel ?? { ar: "", en: "" }, t.context.language);
