/** A digest of figures in words: the stored figures of `engine/measures/digest-view.ts` said in the receiver's language. */

import { formatDate, formatMoment, formatPeriod, formatZone } from "../../engine/formatting/moments.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { type DigestFigure, digestFigures, isDigestFigure } from "../../engine/letters/digest-parts.js";
import type { DigestDefinition } from "../../engine/letters/letter-definition.js";
import type { FigureDigest } from "../../engine/letters/message-kinds.js";
import { rateDifference } from "../../engine/measures/compare-rates.js";
import type { Withheld } from "../../engine/measures/digest-figures.js";
import { maxCritical } from "../../engine/measures/digest-followed.js";
import type { EntityFigures, FiguresDigest, Share } from "../../engine/measures/digest-view.js";
import type { AgainstTarget } from "../../engine/measures/shown-kpis.js";
import { type Hidden, isHidden } from "../../engine/measures/small-cells.js";
import { directionOf, punctuationOf } from "../../engine/text/languages.js";
import { inLanguage } from "../../engine/text/text.js";
import { digestLines, isLineSection } from "./digest-lines.js";
import { rangeWords, signalWords, withCount, wordDigest } from "./digest-wording.js";
import { frame } from "./message-frame.js";
import type { View, ViewContext } from "./view-context.js";

const rateText = ({ rate }: Share, context: ViewContext) =>
  rate === null ? context.say("layout.noData") : formatPercent(rate, context.language);

const unitOf = ({ story }: FiguresDigest) => story?.unit ?? "week";

function headline(digest: FiguresDigest, context: ViewContext): string {
  if (digest.headline.kind === "nothing") {
    const { worse = [], better = [] } = digest.story?.changes ?? {};
    const said = (
      [
        ["worse", worse],
        ["better", better],
      ] as const
    ).flatMap(([key, changes]) => {
      const names = new Map(
        changes.flatMap(({ place }) => (place === null ? [] : [[place.code, place.name] as const])),
      );
      const places = [...names.values()].map((name) => inLanguage(name, context.language));
      return places.length === 0
        ? []
        : [
            context.say(`digest-figures.headline.${key}`, {
              places: places.join(punctuationOf(context.language).semicolon),
            }),
          ];
    });
    if (said.length > 0) return [context.say("digest-figures.headline.places"), ...said].join(" ");
  }
  if (digest.headline.kind !== "changed") {
    return context.say(`digest-figures.headline.${digest.headline.kind}.${unitOf(digest)}`);
  }
  const parts = digest.headline.signals.map((signal) => signalWords(signal, context));
  const text = parts.join(context.say("digest-figures.headline.joint"));
  return `${text.charAt(0).toLocaleUpperCase("en")}${text.slice(1)}.`;
}

/** The worst comes first, whatever the figures did: what is overdue of the highest importance level, and where. */
function criticalWords({ story }: FiguresDigest, context: ViewContext): string[] {
  const { critical = [], criticalLevel } = story ?? {};
  const total = (some: typeof critical) => some.reduce((sum, one) => sum + one.count, 0);
  if (critical.length === 0 || !criticalLevel) return [];
  const others = total(critical.slice(maxCritical));
  const places = [
    ...critical
      .slice(0, maxCritical)
      .map(({ name, count }) => withCount(inLanguage(name, context.language), count, context)),
    ...(others === 0
      ? []
      : [context.say("digest-lines.asked.others", { count: formatNumber(others, context.language) })]),
  ].join(punctuationOf(context.language).semicolon);
  const level = inLanguage(criticalLevel, context.language);
  return [`${context.say("digest-figures.headline.critical", { count: total(critical), level, places })}.`];
}

/** How far a figure is from its target, in words and not by colour. */
function targetText({ target, distance, standing }: AgainstTarget, share: boolean, context: ViewContext): string {
  const { language } = context;
  const aim = share ? formatPercent(target, language) : formatNumber(target, language);
  if (standing === "met") return context.say("digest-figures.target.met", { target: aim });
  const away = share ? Math.round(distance * 1000) / 10 : formatNumber(distance, language);
  return context.say(`digest-figures.target.${standing}.${share ? "points" : "cases"}`, { target: aim, away });
}

const pageFigures = { onTime: "onTimeResolution", satisfaction: "satisfaction" } as const;

/** The four numbers, each with what keeps it honest beside it, its target and the period before. */
function numbers(digest: FiguresDigest, context: ViewContext): Readonly<Record<DigestFigure, View>> {
  const { now, before, withheld = { now: {}, before: {} } } = digest;
  const hiddenText = (word: Hidden) => context.say(`digest-lines.hidden.${word}`);
  /** A number, or that its reader is not shown it. */
  const shown = (when: "now" | "before", figure: keyof Withheld, text: string): string => {
    const word = withheld[when][figure];
    return word === undefined ? text : hiddenText(word);
  };
  const say = (key: string, values?: Record<string, string>) => context.say(`digest-figures.numbers.${key}`, values);
  const count = (n: number) => formatNumber(n, context.language);
  const share = (s: Share) => ({ numerator: count(s.numerator), denominator: count(s.denominator) });
  /** None in the first period of a programme. */
  const beforeText = (value: string | null) => (value === null ? [] : [say(`before.${unitOf(digest)}`, { value })]);
  const targetOf = (figure: DigestFigure): string[] => {
    const lies = digest.reader?.targets[figure];
    return lies === undefined ? [] : [targetText(lies, figure === "onTime" || figure === "satisfaction", context)];
  };
  /** Where it usually lies, so that each number says by itself whether its move is more than chance. */
  const usualOf = (figure: DigestFigure): string[] => {
    const usual = digest.usual?.[figure];
    if (usual === undefined) return [];
    return [say(`usual.${usual.is}`, rangeWords(figure, usual, context))];
  };
  const scope = digest.reader?.scope.figures ?? null;
  const linkOf = (figure: DigestFigure): string | null =>
    scope === null
      ? null
      : context.links.figures(context.setup.programme.code, {
          scope,
          period: { from: digest.from, to: digest.to },
          ...(figure === "satisfaction" || figure === "onTime" ? { figure: pageFigures[figure] } : {}),
          ...(figure === "delayed" ? { panel: "figures-ageing" as const } : { panel: "figures-trend" as const }),
        });
  const number = (figure: DigestFigure, value: string, missing: boolean, beside: readonly string[]) => ({
    name: inLanguage(digestFigures[figure], context.language),
    link: linkOf(figure),
    value,
    missing,
    beside,
  });
  type Rates = "onTimeResolution" | "satisfaction";
  type Cases = "delayed" | "received" | "resolved";
  const rate = (figure: Rates) => shown("now", figure, rateText(now[figure], context));
  const cases = (figure: Cases) => shown("now", figure, count(now[figure]));
  const rateBefore = (figure: Rates) => before && shown("before", figure, rateText(before[figure], context));
  const casesBefore = (figure: Cases) => before && shown("before", figure, count(before[figure]));
  /** With a share comes what it is a share of. */
  const of = (figure: keyof Withheld, text: string): string[] => (withheld.now[figure] === undefined ? [text] : []);
  /** The first promise to an applicant, next to the second: it has no chart of its own. */
  const firstReply = (): string[] => {
    const [is, was] = [now.firstResponse, before?.firstResponse];
    if (is === undefined) return [];
    const rate = shown("now", "firstResponse", rateText(is, context));
    const moved = was === undefined ? null : rateDifference(is, was);
    if (was === undefined || moved === null) return [say("firstReply", { rate })];
    const key = moved.told ? "firstReplyReal" : "firstReplyChance";
    return [say(key, { rate, before: shown("before", "firstResponse", rateText(was, context)) })];
  };
  const isMissing = (figure: "onTimeResolution" | "satisfaction") => now[figure].rate === null;
  return {
    onTime: number("onTime", rate("onTimeResolution"), isMissing("onTimeResolution"), [
      ...targetOf("onTime"),
      ...beforeText(rateBefore("onTimeResolution")),
      ...usualOf("onTime"),
      ...of("onTimeResolution", say("onTimeOf", share(now.onTimeResolution))),
      ...firstReply(),
    ]),
    delayed: number("delayed", cases("delayed"), false, [
      ...targetOf("delayed"),
      ...beforeText(casesBefore("delayed")),
      ...usualOf("delayed"),
      say("delayedMeaning"),
    ]),
    received: number("received", cases("received"), false, [
      ...targetOf("received"),
      ...beforeText(casesBefore("received")),
      ...usualOf("received"),
      say("resolved", { resolved: cases("resolved") }),
      say("receivedMeaning"),
    ]),
    satisfaction: number("satisfaction", rate("satisfaction"), isMissing("satisfaction"), [
      ...targetOf("satisfaction"),
      ...beforeText(rateBefore("satisfaction")),
      ...usualOf("satisfaction"),
      ...of("satisfaction", say("satisfactionOf", share(now.satisfaction))),
      ...of(
        "satisfaction",
        say("responseRate", {
          ...{ ...share(now.satisfaction.responseRate), rate: rateText(now.satisfaction.responseRate, context) },
        }),
      ),
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

const rightToLeftMark = "\u200f";

/** What the chart shows, for who has no pictures: every number of its line, and the run of the one beside it. */
function chartAlt(digest: FiguresDigest, context: ViewContext): string {
  const { language } = context;
  const { points } = digest.chart;
  const steps = points.length;
  const unit = unitOf(digest);
  if (points.every(({ rate }) => rate === null)) return context.say(`digest-figures.chartAltEmpty.${unit}`, { steps });
  const written = points.map(({ rate }) =>
    rate === null ? context.say("layout.noData") : formatPercent(rate, language),
  );
  // Figures have no direction of their own: a list of them would run from left to right.
  const mark = directionOf(language) === "rtl" ? rightToLeftMark : "";
  const rates = `${mark}${written.join(punctuationOf(language).comma)}`;
  const among = points.flatMap(({ amongResolved }) => amongResolved ?? []);
  const last = among.at(-1);
  return [
    context.say(`digest-figures.chartAlt.${unit}`, { steps, rates }),
    ...(last === undefined
      ? []
      : [
          context.say("digest-figures.chartAltAmong", {
            low: formatPercent(Math.min(...among), language),
            high: formatPercent(Math.max(...among), language),
            last: formatPercent(last, language),
          }),
        ]),
  ].join(" ");
}

/** What the words next to a target say: those that are used. */
function targetNote({ reader }: FiguresDigest, context: ViewContext): string | null {
  const standings = Object.values(reader?.targets ?? {}).map(({ standing }) => standing);
  if (standings.includes("off")) return context.say("digest-figures.targetNoteOff");
  return standings.includes("missed") ? context.say("digest-figures.targetNote") : null;
}

/** The band of the chart in numbers; null: it has none yet. */
function chartNote({ chart }: FiguresDigest, context: ViewContext): string | null {
  const { say, language } = context;
  const { mean, lower, upper, points } = chart;
  if (mean === null || lower === null || upper === null) return null;
  const range = say("digest-figures.chartNote", {
    mean: formatPercent(mean, language),
    ...rangeWords("onTime", { lower: Math.max(0, lower), upper }, context),
  });
  return points.some(({ signal }) => signal) ? `${range} ${say("digest-figures.chartSigns")}` : range;
}

/** What is left out of every figure, as one total of the programme. */
function confidentialNote({ confidentialCases: total }: FiguresDigest, context: ViewContext): string | null {
  if (total === undefined) return null;
  if (total === null) return context.say("digest-figures.confidentialFew");
  return context.say("digest-figures.confidential", { total: formatNumber(total, context.language) });
}

function entityDetail({ onTimeResolution, delayed }: EntityFigures, context: ViewContext): string {
  const count = (n: number) => formatNumber(n, context.language);
  const of = { numerator: count(onTimeResolution.numerator), denominator: count(onTimeResolution.denominator) };
  // Letters of before hid what is overdue where it was of few cases.
  if (isHidden(delayed)) return context.say("digest-figures.entityOf", of);
  return context.say("digest-figures.entityDetail", { ...of, delayed: count(delayed) });
}

/** Those of whom the letter has not said more further up: what is asked of them, and what became of it. */
function entitiesLeft({ entities, reader }: FiguresDigest): readonly EntityFigures[] {
  const asked = (reader?.asked ?? []).flatMap((one) => ("place" in one && one.place !== null ? [one.place.code] : []));
  const told = new Set([...asked, ...(reader?.followed ?? []).map(({ code }) => code)]);
  return entities.filter(({ code }) => !told.has(code));
}

/** What is said above the entities to follow up, or in their place: what the letter says of others further up it does not take back. */
function entitiesNoteOf({ story }: FiguresDigest, entities: readonly EntityFigures[]): string {
  if (entities.length > 0) return "entitiesNote";
  const { worse = [], better = [] } = story?.changes ?? {};
  return [...worse, ...better].some(({ place }) => place !== null) ? "entitiesNoOther" : "entitiesNone";
}

/** @param chart draws the chart where it is shown, and gives the address of its image: `cid:` in a message, `data:` in a preview */
export function figuresView(
  digest: FiguresDigest,
  context: ViewContext,
  definition: DigestDefinition,
  chart: () => string,
): View {
  const { language, setup } = context;
  const period = formatPeriod(digest.from, digest.to, language);
  const line = context.line(
    () => [...criticalWords(digest, context), headline(digest, context)].join(" "),
    () => context.say("layout.plainPart"),
  );
  const programme = inLanguage(setup.programme.name, language);
  const place = digest.reader?.scope.place;
  const scope = place === null || place === undefined ? programme : inLanguage(place.name, language);
  const worded = wordDigest(definition, { period, programme, scope }, language);
  const { subject, title, introduction, figures } = worded;
  const cells = numbers(digest, context);
  const lines = digestLines(digest, context);
  const left = entitiesLeft(digest);
  // A section without anything to say leaves no heading behind.
  const isAlone = digest.reader?.scope.alone === true || digest.story?.single !== undefined;
  const shippedTitle = context.say("digest-figures.sections.latest");
  const sections = worded.sections
    // Of one entity alone none is behind others; a programme's own title is kept.
    .map((section) =>
      isAlone && section.section === "latest" && section.title === shippedTitle
        ? { ...section, title: context.say("digest-figures.sections.latestAlone") }
        : section,
    )
    .map((section) => ({ ...section, lines: isLineSection(section.section) ? lines[section.section] : [] }))
    .filter((section) => !isLineSection(section.section) || section.lines.length > 0)
    .filter(({ section }) => section !== "entities" || !(isAlone || (digest.entities.length > 0 && left.length === 0)));
  return {
    ...frame(definition.digest as FigureDigest, context, { period, scope }),
    subject,
    title,
    introduction,
    sections,
    preheader: line,
    period: scope === programme ? period : `${scope} · ${period}`,
    headline: line,
    numberRows: inRows(
      (figures ?? Object.keys(cells)).flatMap((name): View[] => (isDigestFigure(name) ? [cells[name]] : [])),
    ),
    targetNote: targetNote(digest, context),
    chart: sections.some(({ section }) => section === "trend") ? chart() : "",
    chartAlt: chartAlt(digest, context),
    chartNote: chartNote(digest, context),
    entities: left.map((entity) => ({
      name: inLanguage(entity.name, language),
      rate: rateText(entity.onTimeResolution, context),
      rateName: context.say("digest-figures.entityRate"),
      detail: entityDetail(entity, context),
    })),
    entitiesNote: context.say(`digest-figures.${entitiesNoteOf(digest, left)}`, {
      since: formatDate(digest.entitiesFrom, language),
    }),
    confidential: confidentialNote(digest, context),
    noCases:
      digest.reader?.scope.readsCases === false
        ? context.say(digest.reader.scope.figures === null ? "digest-figures.noneOpened" : "digest-figures.noCases")
        : null,
    ...(digest.reader?.scope.figures === null
      ? { link: context.links.home(), button: context.say("digest-lines.home") }
      : {
          link: context.links.figures(setup.programme.code, {
            scope: digest.reader?.scope.figures ?? null,
            period: { from: digest.from, to: digest.to },
          }),
          button: context.say("digest-figures.button"),
        }),
    seeFigures: context.say("digest-lines.figures"),
    asOf: [
      context.say("digest-figures.asOf", {
        at: formatMoment(new Date(digest.at), language, setup.programme.timeZone),
        zone: formatZone(setup.programme.timeZone, language, new Date(digest.at)),
      }),
      ...(digest.past ? [context.say("digest-figures.ofPast")] : []),
    ].join(" "),
  };
}
