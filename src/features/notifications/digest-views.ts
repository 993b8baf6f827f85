/** The digests in words: the stored figures of `engine/measures/digest-view.ts` said in the receiver's language. */

import { formatDuration } from "../../engine/formatting/durations.js";
import { formatDate, formatMoment, formatPeriod } from "../../engine/formatting/moments.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { type DigestFigure, isDigestFigure, partsOfDigest } from "../../engine/letters/digest-parts.js";
import type { DigestDefinition, DigestSection } from "../../engine/letters/letter-definition.js";
import type { LetterValues } from "../../engine/letters/letter-template.js";
import type {
  CommitteeDigest,
  DigestCase,
  FocalPointDigest,
  HeadlineSignal,
  Share,
} from "../../engine/measures/digest-view.js";
import { inLanguage, type Language, listed } from "../../engine/text/text.js";
import { changeOf, frame, gatheredLines } from "./case-message-views.js";
import { wordedLine, wordedParagraphs } from "./letter-words.js";
import { isolate, type View, type ViewContext } from "./view-context.js";

// A digest in a programme's own words: titles and introductions filled in, sections in the order that the programme chose.

interface WordedDigest {
  readonly subject: string;
  readonly title: string;
  readonly introduction: readonly string[];
  /** Each with a member a section of its kind, true for the one that it is. */
  readonly sections: readonly (View & { readonly section: string; readonly title: string | null })[];
  /** The figures that are shown, in order; null: all. */
  readonly figures: readonly string[] | null;
}

/** Throws an Error where a field is missing. */
function wordDigest(definition: DigestDefinition, texts: LetterValues["texts"], language: Language): WordedDigest {
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

const rateText = ({ rate }: Share, context: ViewContext) =>
  rate === null ? context.say("layout.noData") : formatPercent(rate, context.language);

function headline(digest: CommitteeDigest, context: ViewContext): string {
  if (digest.headline.kind !== "changed") return context.say(`digest-committee.headline.${digest.headline.kind}`);
  const parts = digest.headline.signals.map((signal) => sentence(signal, context));
  const text = parts.join(context.say("digest-committee.headline.joint"));
  return `${text.charAt(0).toLocaleUpperCase("en")}${text.slice(1)}.`;
}

function sentence({ figure, direction, value, range }: HeadlineSignal, context: ViewContext): string {
  const rate = figure === "onTime" || figure === "satisfaction";
  const show = (n: number) =>
    rate ? formatPercent(n, context.language) : formatNumber(Math.round(n), context.language);
  const key = `digest-committee.headline.${figure}.${range === null ? "run." : ""}${direction}`;
  if (range === null) return context.say(key, { value: show(value) });
  const upper = rate ? Math.min(1, range.upper) : range.upper;
  return context.say(key, { value: show(value), lower: show(range.lower), upper: show(upper) });
}

/** The four numbers, each with what keeps it honest beside it and the week before. */
function numbers({ now, before }: CommitteeDigest, context: ViewContext): Readonly<Record<DigestFigure, View>> {
  const say = (key: string, values?: Record<string, string>) => context.say(`digest-committee.numbers.${key}`, values);
  const count = (n: number) => formatNumber(n, context.language);
  const share = (s: Share) => ({ numerator: count(s.numerator), denominator: count(s.denominator) });
  const number = (name: string, value: string, missing: boolean, beside: readonly string[]) => ({
    name: say(name),
    value,
    missing,
    beside,
  });
  const rated = (name: string, s: Share, beside: readonly string[]) =>
    number(name, rateText(s, context), s.rate === null, beside);
  return {
    onTime: rated("onTime", now.onTimeResolution, [
      say("onTimeOf", share(now.onTimeResolution)),
      say("amongResolved", { rate: rateText(now.onTimeAmongResolved, context) }),
      say("before", { value: rateText(before.onTimeResolution, context) }),
    ]),
    delayed: number("delayed", count(now.delayed), false, [
      say("delayedMeaning"),
      say("before", { value: count(before.delayed) }),
    ]),
    received: number("received", count(now.received), false, [
      say("resolved", { resolved: count(now.resolved) }),
      say("before", { value: count(before.received) }),
    ]),
    satisfaction: rated("satisfaction", now.satisfaction, [
      say("satisfactionOf", share(now.satisfaction)),
      say("responseRate", { rate: rateText(now.satisfaction.responseRate, context) }),
      say("before", { value: rateText(before.satisfaction, context) }),
    ]),
  };
}

/** Two beside each other; one that is left alone takes the whole row. */
function inRows(cells: readonly View[]): readonly (readonly View[])[] {
  const rows: View[][] = [];
  for (let i = 0; i < cells.length; i += 2) {
    const row = cells.slice(i, i + 2);
    rows.push(row.map((cell) => ({ ...cell, alone: row.length === 1 })));
  }
  return rows;
}

function chartAlt({ chart }: CommitteeDigest, context: ViewContext): string {
  const rates = chart.points.flatMap(({ rate }) => (rate === null ? [] : [rate]));
  const weeks = chart.points.length;
  const last = rates.at(-1);
  if (last === undefined) return context.say("digest-committee.chartAltEmpty", { weeks });
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  return context.say("digest-committee.chartAlt", {
    weeks,
    low: formatPercent(low, context.language),
    high: formatPercent(high, context.language),
    last: formatPercent(last, context.language),
  });
}

/** What is left out of every figure, as one total of the programme. */
function confidentialNote({ confidentialCases: total }: CommitteeDigest, context: ViewContext): string | null {
  if (total === undefined) return null;
  if (total === null) return context.say("digest-committee.confidentialFew");
  return context.say("digest-committee.confidential", { total: formatNumber(total, context.language) });
}

/** @param chart draws the chart where it is shown, and gives the address of its image: `cid:` in a message, `data:` in a preview */
export function committeeView(
  digest: CommitteeDigest,
  context: ViewContext,
  definition: DigestDefinition,
  chart: () => string,
): View {
  const { language, setup } = context;
  const period = formatPeriod(digest.from, digest.to, language);
  const line = headline(digest, context);
  const texts = { period, programme: inLanguage(setup.programme.name, language) };
  const { subject, title, introduction, sections, figures } = wordDigest(definition, texts, language);
  const cells = numbers(digest, context);
  return {
    ...frame("digest-committee", context, { period }),
    subject,
    title,
    introduction,
    sections,
    preheader: line,
    period,
    headline: line,
    numberRows: inRows(
      (figures ?? Object.keys(cells)).flatMap((name): View[] => (isDigestFigure(name) ? [cells[name]] : [])),
    ),
    chart: sections.some(({ section }) => section === "trend") ? chart() : "",
    chartAlt: chartAlt(digest, context),
    entities: digest.entities.map((entity) => ({
      name: inLanguage(entity.name, language),
      rate: rateText(entity.onTimeResolution, context),
      rateName: context.say("digest-committee.entityRate"),
      detail: context.say("digest-committee.entityDetail", {
        numerator: formatNumber(entity.onTimeResolution.numerator, language),
        denominator: formatNumber(entity.onTimeResolution.denominator, language),
        delayed: formatNumber(entity.delayed, language),
      }),
    })),
    entitiesNote: context.say(`digest-committee.${digest.entities.length > 0 ? "entitiesNote" : "entitiesNone"}`, {
      since: formatDate(digest.entitiesFrom, language),
    }),
    confidential: confidentialNote(digest, context),
    link: context.links.digest(setup.programme.code, digest.at),
    button: context.say("digest-committee.button"),
    asOf: context.say("digest-committee.asOf", {
      at: formatMoment(new Date(digest.at), language, setup.programme.timeZone),
      zone: setup.programme.timeZone,
    }),
  };
}

/** Never by colour alone: each group has a word and a sign. */
const groupLooks = {
  late: { tone: "late", icon: "!" },
  dueToday: { tone: "near", icon: "•" },
  reopened: { tone: "waiting", icon: "↻" },
} as const;

/** What waited for the same morning: the digest tells it too, in whichever words a programme gave the digest itself. */
function newsOf({ gathered }: FocalPointDigest, context: ViewContext): readonly View[] {
  if (gathered === undefined) return [];
  const told = gatheredLines(gathered, context);
  const { count } = told;
  return [
    { ...told, title: context.say("official-gathered.title"), body: context.say("official-gathered.body", { count }) },
  ];
}

export function focalPointView(digest: FocalPointDigest, context: ViewContext, definition: DigestDefinition): View {
  const { language, links, setup } = context;
  const say = (key: string, values?: Record<string, string>) => context.say(`digest-focal-point.${key}`, values);
  const counts = Object.fromEntries(digest.groups.map(({ name, count }) => [name, formatNumber(count, language)]));
  const time = ({ secondsLeft, daySeconds, wall = false }: DigestCase) => {
    if (secondsLeft === null) return say("noClock");
    const late = secondsLeft < 0;
    const day = { daySeconds: daySeconds ?? digest.daySeconds ?? 0, wall };
    const time = formatDuration(Math.abs(secondsLeft), day, { language });
    return say(late ? "overdue" : "left", { time });
  };
  const date = formatDate(digest.date, language);
  const names = digest.entities.map((name) => inLanguage(name, language));
  const joined = (texts: readonly string[]) => inLanguage(listed(texts), language);
  const texts = { late: "0", dueToday: "0", reopened: "0", ...counts };
  const worded = wordDigest(
    definition,
    { ...texts, date, programme: inLanguage(setup.programme.name, language), entities: joined(names) },
    language,
  );
  const groups = new Map(
    digest.groups.map(({ name, count, cases }) => [
      name as string,
      {
        ...groupLooks[name],
        title: say(`groups.${name}`, { count: formatNumber(count, language) }),
        none: say(`none.${name}`),
        more: count > cases.length ? say("more", { count: formatNumber(count - cases.length, language) }) : null,
        cases: cases.map((theCase) => ({
          reference: theCase.reference,
          subject: theCase.subject ?? say("confidential"),
          time: time(theCase),
          marks:
            [
              inLanguage(theCase.importance, language),
              theCase.reopened && name !== "reopened" ? say("reopenedMark") : null,
            ]
              .filter((mark) => typeof mark === "string")
              .join(" · ") || null,
          link: links.case(theCase.reference),
        })),
      },
    ]),
  );
  return {
    ...frame("digest-focal-point", context, counts),
    change: changeOf({}, context),
    subject: worded.subject,
    title: worded.title,
    introduction: worded.introduction,
    preheader: say("summary", counts),
    date,
    entities: joined(names.map((name) => isolate(name, language))),
    summary: say("summary", counts),
    // A group's own title says how many there are; a section may say it in other words.
    sections: worded.sections.map(({ section, title, introduction, ...flags }) => {
      const group = groups.get(section);
      return {
        ...flags,
        title,
        introduction,
        group: group === undefined ? [] : [{ ...group, title: title ?? group.title, introduction }],
      };
    }),
    news: newsOf(digest, context),
    link: links.home(),
    button: say("button"),
    asOf: say("asOf", { at: formatMoment(new Date(digest.at), language, setup.programme.timeZone) }),
  };
}
