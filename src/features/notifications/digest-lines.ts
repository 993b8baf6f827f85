/** What a digest of figures answers beside its numbers, a line an answer, each with where it is looked up. */

import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { writtenCounted } from "../../engine/lifecycle/counted-cases.js";
import type { FigureChange } from "../../engine/measures/digest-changes.js";
import type { Concern, Followed } from "../../engine/measures/digest-followed.js";
import type { DigestWhy, ReasonDimension } from "../../engine/measures/digest-story.js";
import type { FiguresDigest } from "../../engine/measures/digest-view.js";
import type { Counted } from "../../engine/measures/kpi-counts.js";
import { delayBands } from "../../engine/measures/kpi-counts.js";
import type { SplitDimension } from "../../engine/measures/kpi-dimensions.js";
import { comparedCodes } from "../../engine/measures/page-figures.js";
import { guardedParts, type Hidden, isHidden } from "../../engine/measures/small-cells.js";
import { codesOf } from "../../engine/registry.js";
import { punctuationOf } from "../../engine/text/languages.js";
import { inLanguage } from "../../engine/text/text.js";
import { latestLines } from "./digest-latest-lines.js";
import { figuresOf, leadsTo } from "./digest-links.js";
import { aheadLines, askedLines, qualityLines, waveLines } from "./digest-state-lines.js";
import {
  count,
  countOf,
  type DigestLine,
  date,
  levelOf,
  nameOf,
  plainPart,
  rateOf,
  say,
  signalWords,
  type Telling,
  unlinked,
  valueText,
} from "./digest-wording.js";
import type { FiguresPanel } from "./links.js";
import { isolate, type ViewContext } from "./view-context.js";

function changeText(t: Telling, { figure, place, direction, now, before, since, signal }: FigureChange): string {
  const named = { place: nameOf(t, place) };
  if (signal !== undefined) return say(t, "changes.usual", { ...named, said: signalWords(signal, t.context) });
  const isWhole = place === null && !t.reader.scope.alone;
  const compared = {
    ...named,
    now: valueText(t, now, isWhole),
    before: before === null ? "" : valueText(t, before, isWhole),
  };
  const key = `changes.${figure}.${direction}`;
  return since === null
    ? say(t, `${key}.before`, compared)
    : say(t, `${key}.since`, { ...compared, since: date(t, since) });
}

function changeLine(t: Telling, change: FigureChange): DigestLine {
  const { figure, place, direction, since } = change;
  const looks = direction === "worse" ? ({ tone: "late", icon: "▼" } as const) : ({ tone: "good", icon: "▲" } as const);
  return {
    ...looks,
    text: changeText(t, change),
    ...(direction === "worse" ? leadsTo(t, figure, place, { since }) : figuresOf(t, figure, { place, since })),
  };
}

/** From where on a rise is named though chance may explain it: by a third, and by some cases. */
const namedRise = { times: 4 / 3, cases: 5 } as const;

/** More is overdue, within what is usual: that is no news, and nothing got worse would be no truth. */
function grownLine(t: Telling): DigestLine | null {
  const { now, before, withheld } = t.digest;
  if (before === null || withheld?.now.delayed !== undefined || withheld?.before.delayed !== undefined) return null;
  const [is, was] = [now.delayed, before.delayed];
  if (is < namedRise.times * was || is - was < namedRise.cases) return null;
  const text = say(t, "changes.grown", { now: count(t, is), before: count(t, was) });
  return { tone: "near", icon: "▲", text, ...leadsTo(t, "overdue", null) };
}

/** What the first sentence of the letter says of all together is not said twice. */
const isHeadline = (t: Telling, { place, signal, figure }: FigureChange): boolean =>
  place === null &&
  signal !== undefined &&
  t.digest.headline.signals.some((one) => one.figure === (figure === "overdue" ? "delayed" : figure));

/** Those that earlier letters named, and of which the letter does not say it already. */
const followedAs = (t: Telling, outcome: Followed["outcome"], said: readonly FigureChange[]): readonly string[] =>
  (t.reader.followed ?? [])
    .filter((one) => one.outcome === outcome && !said.some(({ place }) => place?.code === one.code))
    .map((one) => nameOf(t, one));

function worseLines(t: Telling): readonly DigestLine[] {
  const { worse } = t.story.changes;
  const sunk = followedAs(t, "worse", worse).join(punctuationOf(t.context.language).semicolon);
  const also = sunk === "" ? [] : [unlinked("late", "▼", say(t, "changes.worseFollowed", { places: sunk }))];
  const told = worse.filter((one) => !isHeadline(t, one)).map((change) => changeLine(t, change));
  if (worse.length > 0 || sunk !== "") {
    const grown = worse.length === 0 ? grownLine(t) : null;
    return [...(grown === null ? told : [grown]), ...also];
  }
  const grown = grownLine(t);
  if (grown === null) return [unlinked("good", "✓", say(t, "changes.none"))];
  return [{ ...grown, text: `${grown.text} ${say(t, "changes.noneElse")}` }];
}

function betterLines(t: Telling): readonly DigestLine[] {
  const { better } = t.story.changes;
  if (better.length > 0) return better.filter((one) => !isHeadline(t, one)).map((change) => changeLine(t, change));
  const places = followedAs(t, "better", []).join(punctuationOf(t.context.language).semicolon);
  return places === ""
    ? [unlinked("near", "•", say(t, "changes.noneBetter"))]
    : [unlinked("good", "▲", say(t, "changes.betterFollowed", { places }))];
}

const changeLines = (t: Telling): readonly DigestLine[] => [...worseLines(t), ...betterLines(t)];

/** What the reasons explain: which figure of which place, since when. */
function whatOf(t: Telling, { figure, place, since, usual }: DigestWhy): string {
  const named = { place: nameOf(t, place) };
  if (figure === "overdue") return say(t, "reasons.of.overdue", named);
  if (usual === true) return say(t, `reasons.of.${figure}.usual`, named);
  if (since === null) return say(t, `reasons.of.${figure}.before`, named);
  return say(t, `reasons.of.${figure}.since`, { ...named, since: date(t, since) });
}

/** Where the figures page shows them apart; by pillar it splits nothing. */
const splitBy = (dimension: ReasonDimension): { readonly split?: SplitDimension; readonly panel?: FiguresPanel } =>
  dimension === "service" || dimension === "type"
    ? { split: dimension }
    : dimension === "entity"
      ? { panel: "figures-entities" }
      : {};

function reasonLines(t: Telling): readonly DigestLine[] {
  return t.story.whys.flatMap((why): DigestLine[] => {
    const { figure, place, since, reasons, hidden } = why;
    const where = { place: whatOf(t, why) };
    const lead = leadsTo(t, figure, place, { since });
    // That something is kept from the reader answers no question of theirs.
    if (hidden === true) return [];
    if (reasons.length === 0) {
      const spread = t.reader.scope.readsCases ? lead : leadsTo(t, figure, place, { since, split: "service" });
      return [{ tone: "waiting", icon: "•", text: say(t, `reasons.${figure}.spread`, where), ...spread }];
    }
    return reasons.map(({ dimension, code, name, share, ofCases, most }) => ({
      tone: "waiting",
      icon: "•",
      text: say(t, most === true ? `reasons.most.${figure}.${dimension}` : `reasons.${figure}.${dimension}`, {
        ...where,
        name: inLanguage(name, t.context.language),
        share: formatPercent(Math.min(1, Math.round(share * 100) / 100), t.context.language),
        ofCases: formatPercent(Math.round(ofCases * 100) / 100, t.context.language),
      }),
      ...(code === undefined
        ? lead
        : leadsTo(t, figure, place, { since, within: { [dimension]: code }, ...splitBy(dimension) })),
    }));
  });
}

/** How long what is overdue has waited, the longest first. */
function ageingLines(t: Telling): readonly DigestLine[] {
  const { ageing } = t.story;
  const names = {
    "0": "underOne",
    "1-2": "oneToTwo",
    "3-5": "threeToFive",
    "6-10": "sixToTen",
    "11+": "elevenOn",
  } as const;
  const counts = delayBands.map((band) => ageing[band]);
  // In letters of earlier versions nothing is hidden yet.
  const shown = t.reader.scope.readsCases || counts.some(isHidden) ? counts : guardedParts(counts.map(Number));
  const lines = [...delayBands].reverse().flatMap((band): DigestLine[] => {
    const cases = shown[delayBands.indexOf(band)] ?? 0;
    if (cases === 0 || isHidden(cases)) return [];
    const text = say(t, `ageing.${names[band]}`, { count: cases });
    const filter = { counted: writtenCounted({ happening: "late", band }) };
    return [
      {
        tone: band === "0" ? "near" : "late",
        icon: "!",
        text,
        ...leadsTo(t, "overdue", null, { filter, panel: "figures-ageing" }),
      },
    ];
  });
  // Where nothing is shown there is nothing to add up either.
  return lines.length > 0 && shown.some(isHidden) ? [...lines, unlinked("near", "•", say(t, "ageing.hidden"))] : lines;
}

/** What became of the case that was overdue longest. */
function oldestLine(t: Telling): DigestLine[] {
  const { oldestThen } = t.reader;
  if (oldestThen === undefined) return [];
  const { reference, isOverdue } = oldestThen;
  return [
    {
      ...(isOverdue ? ({ tone: "late", icon: "=" } as const) : ({ tone: "good", icon: "▲" } as const)),
      text: say(t, isOverdue ? "followed.stillOldest" : "followed.oldestDone"),
      link: t.context.links.case(reference),
      label: isolate(reference, t.context.language),
    },
  ];
}

function followedLines(t: Telling): readonly DigestLine[] {
  const { followed } = t.reader;
  if (t.digest.past) return [];
  if (followed === null) return [unlinked("waiting", "•", say(t, "followed.first"))];
  const oldest = oldestLine(t);
  if (followed.length === 0) return oldest.length > 0 ? oldest : [unlinked("good", "✓", say(t, "followed.none"))];
  const looks = {
    better: { tone: "good", icon: "▲" },
    same: { tone: "near", icon: "=" },
    hidden: { tone: "near", icon: "•" },
    worse: { tone: "late", icon: "▼" },
  } as const;
  const places = followed.map((one): DigestLine => {
    const named = one.concerns ?? ["deadlines"];
    const said = named.map((concern) => concernText[concern](t, one)).join(punctuationOf(t.context.language).semicolon);
    const figure = named[0] === "satisfaction" ? "satisfaction" : "onTime";
    return {
      ...looks[one.outcome],
      text: [
        say(t, `followed.${one.outcome}`, { place: nameOf(t, one), said }),
        ...(one.since === undefined || one.outcome === "hidden"
          ? []
          : [say(t, "followed.since", { since: date(t, one.since) })]),
      ].join(" "),
      ...(one.outcome === "better" || named.length > 1
        ? figuresOf(t, figure, { place: one, since: null })
        : leadsTo(t, figure, one)),
    };
  });
  return [...places, ...oldest];
}

/** How it was and is, of what it was named for. */
const concernText: Readonly<Record<Concern, (t: Telling, one: Followed) => string>> = {
  critical: (t, { was, critical, still }) =>
    say(t, still === undefined ? "followed.critical" : "followed.criticalStill", {
      before: countOfCritical(t, was.critical),
      now: countOfCritical(t, critical),
      level: levelOf(t),
      ...(still !== undefined && { still: countOfCritical(t, still) }),
    }),
  deadlines: (t, { was, onTime, overdue }) => {
    const rates = { rateThen: rateOfCases(t, was.onTime), rate: rateOfCases(t, onTime) };
    const hasRates = [was.onTime, onTime].every((one) => !isHidden(one) && one.denominator > 0);
    return [
      ...(hasRates ? [say(t, "followed.onTime", rates)] : []),
      say(t, "followed.overdue", { overdueThen: countOf(t, was.overdue), overdue: countOf(t, overdue) }),
    ].join(punctuationOf(t.context.language).semicolon);
  },
  satisfaction: (t, { was, satisfaction }) =>
    say(t, "followed.satisfaction", {
      rateThen: rateOfCases(t, was.satisfaction ?? "few"),
      rate: rateOfCases(t, satisfaction ?? "few"),
    }),
};

/** A share of fewer cases is told with their number: all of three are no better than none of four. */
const leastAlone = 30;
const rateOfCases = (t: Telling, value: Counted | Hidden): string => {
  const rate = rateOf(t, value);
  if (isHidden(value) || value.denominator === 0 || value.denominator >= leastAlone || rate === say(t, "hidden.few"))
    return rate;
  return say(t, "followed.of", { rate, count: value.denominator });
};

const countOfCritical = (t: Telling, n: number | undefined): string => formatNumber(n ?? 0, t.context.language);

/** Whether the figures page can show it. */
const isCompared = (figure: string): boolean => (comparedCodes as readonly string[]).includes(figure);

/** What the reader wanted to be told of, each to its figure. */
function alertLines(t: Telling): readonly DigestLine[] {
  const { links, setup, language } = t.context;
  return (t.reader.alerts ?? []).map(({ sentence, figure, since, ended }): DigestLine => {
    const { figures: scope } = t.reader.scope;
    const period = { from: t.digest.from, to: t.digest.to };
    const values = { alert: inLanguage(sentence, language), since: date(t, since) };
    const looks = ended === null ? ({ tone: "late", icon: "!" } as const) : ({ tone: "good", icon: "✓" } as const);
    const text =
      ended === null ? say(t, "alerts.holds", values) : say(t, "alerts.ended", { ...values, ended: date(t, ended) });
    if (scope === null) return { ...looks, text, link: null, label: null };
    return {
      ...looks,
      text,
      link: links.figures(setup.programme.code, { scope, period, ...(isCompared(figure) && { figure }) }),
      label: say(t, "figures"),
    };
  });
}

/** What became of what the reader asked, each with the words of the answer. */
function orderLines(t: Telling): readonly DigestLine[] {
  const { orders } = t.reader;
  const { links, language } = t.context;
  if (orders === undefined) return [];
  const lines = orders.lines.map((one): DigestLine => {
    const { reference, subject, entity, late, next, due, answered, answer } = one;
    const values = {
      type: inLanguage(one.type, language),
      place: entity === null ? say(t, "orders.room") : inLanguage(entity.name, language),
      subject: isolate(subject, language),
      state: inLanguage(one.state, language),
    };
    const told = [
      say(t, "orders.line", values),
      ...(due === null ? [] : [say(t, late ? "orders.late" : "orders.due", { due: date(t, due) })]),
      ...(answer === null || answered === null
        ? []
        : [say(t, "orders.answer", { day: date(t, answered), answer: isolate(answer, language) })]),
    ];
    const looks = late
      ? (["late", "!"] as const)
      : next === "you"
        ? (["near", "•"] as const)
        : (["waiting", "•"] as const);
    return {
      ...{ tone: looks[0], icon: looks[1], text: told.join(" "), link: links.case(reference) },
      label: next === "you" ? say(t, "orders.yourTurn") : isolate(reference, language),
    };
  });
  if (orders.more === 0) return lines;
  const more = unlinked("waiting", "•", say(t, "orders.more", { count: orders.more }));
  return [...lines, { ...more, link: links.orders(), label: say(t, "orders.all") }];
}

/** The sections that are lines, each with what makes them. */
const sections = {
  orders: orderLines,
  asked: askedLines,
  changes: changeLines,
  alerts: alertLines,
  latest: latestLines,
  reasons: reasonLines,
  grew: waveLines,
  ageing: ageingLines,
  quality: qualityLines,
  ahead: aheadLines,
  followed: followedLines,
} as const;
type LineSection = keyof typeof sections;
export const isLineSection = (section: string): section is LineSection => Object.hasOwn(sections, section);

/** By section; none in a letter of an earlier version. */
export function digestLines(
  digest: FiguresDigest,
  context: ViewContext,
): Readonly<Record<LineSection, readonly DigestLine[]>> {
  const { story, reader } = digest;
  const lines = (make: (t: Telling) => readonly DigestLine[]): readonly DigestLine[] =>
    story === undefined || reader === undefined
      ? []
      : context.line(
          () => make({ story, reader, digest, context }),
          () => [plainPart(context)],
        );
  const made = codesOf(sections).map((section) => [section, lines(sections[section])] as const);
  return Object.fromEntries(made) as Record<LineSection, readonly DigestLine[]>;
}
