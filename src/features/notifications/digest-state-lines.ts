/** What a digest asks of its reader, and how its entities are doing now, a line each. */

import { shiftDate } from "../../engine/calendar/civil-days.js";
import { formatNumber, formatPercent } from "../../engine/formatting/numbers.js";
import { rateDifference } from "../../engine/measures/compare-rates.js";
import type { Asked } from "../../engine/measures/digest-asked.js";
import type { DigestPlace } from "../../engine/measures/digest-changes.js";
import type { DigestOrder } from "../../engine/measures/digest-orders.js";
import type { PlaceApart, StateFigure, WaveDimension } from "../../engine/measures/digest-state.js";
import type { Counted } from "../../engine/measures/kpi-counts.js";
import { highestLevel } from "../../engine/setup/highest-level.js";
import { punctuationOf } from "../../engine/text/languages.js";
import { inLanguage } from "../../engine/text/text.js";
import { escalatedLink, figuresOf, leadsTo } from "./digest-links.js";
import {
  type DigestLine,
  date,
  levelOf,
  nameOf,
  rateOf,
  say,
  type Telling,
  unlinked,
  valueText,
  withCount,
} from "./digest-wording.js";

const askedOfOwn = (t: Telling, one: { readonly own?: boolean }): boolean => t.reader.scope.alone || one.own === true;

const mostAt = 3;
/** How many of what climbed are overdue, and at which entities they are. */
function whereText(t: Telling, { overdue, at = [] }: Asked & { readonly kind: "decide" }): string[] {
  if (overdue === undefined) return [];
  const of = (n: number) => formatNumber(n, t.context.language);
  const each = at.slice(0, mostAt).map((one) => withCount(nameOf(t, one), one.count, t.context));
  const rest = at.slice(mostAt).reduce((sum, { count }) => sum + count, 0);
  const others = rest === 0 ? [] : [say(t, "asked.others", { count: of(rest) })];
  const places = [...each, ...others].join(punctuationOf(t.context.language).semicolon);
  return [say(t, "asked.ofThem", { overdue, places })];
}

const askedLine: {
  readonly [Kind in Asked["kind"]]: (t: Telling, one: Asked & { readonly kind: Kind }) => DigestLine;
} = {
  decide: (t, one) => ({
    tone: "late",
    icon: "•",
    text: [say(t, "asked.decide", { count: one.count }), ...whereText(t, one)].join(" "),
    ...escalatedLink(t, one),
  }),
  critical: (t, one) => {
    const key = askedOfOwn(t, one) ? "asked.critical.alone" : "asked.critical.of";
    const values = { place: nameOf(t, one.place), count: one.count, due: date(t, one.due), level: levelOf(t) };
    const top = highestLevel(t.context.setup);
    const within = top === undefined ? {} : { within: { importance: top.code } };
    return { tone: "late", icon: "!", text: say(t, key, values), ...leadsTo(t, "overdue", one.place, within) };
  },
  plan: (t, one) => {
    const alone = one.place === null ? ".alone" : "";
    const text = say(t, `asked.plan.${one.figure}${alone}`, { place: nameOf(t, one.place) });
    return { tone: "late", icon: "•", text, ...leadsTo(t, one.figure, one.place) };
  },
  behind: (t, one) => {
    const values = { place: nameOf(t, one.place), ...apartValues(t, one) };
    const own = askedOfOwn(t, one) ? ".alone" : "";
    const text = `${say(t, `asked.behind.${one.figure}`, values)} ${say(t, `asked.behind.plan${own}`, values)}`;
    return { tone: "late", icon: "•", text, ...leadsTo(t, one.figure, one.place, { since: one.from }) };
  },
  target: (t, one) => {
    const shown = (rate: number) => formatPercent(Math.round(rate * 1000) / 1000, t.context.language);
    const text = say(t, `asked.target.${one.figure}`, { rate: shown(one.rate), target: shown(one.target) });
    return { tone: "late", icon: "•", text, ...leadsTo(t, one.figure, null) };
  },
  date: (t, one) => {
    const key = askedOfOwn(t, one) ? "asked.date.alone" : "asked.date.of";
    const text = say(t, key, { place: nameOf(t, one.place), count: one.count });
    return { tone: "late", icon: "•", text, ...leadsTo(t, "overdue", one.place) };
  },
  wave: (t, one) => {
    const key = `asked.wave.${one.of.dimension}${askedOfOwn(t, one) ? ".alone" : ""}`;
    const text = say(t, key, { place: nameOf(t, one.place), name: inLanguage(one.of.name, t.context.language) });
    return { tone: "near", icon: "•", text, ...receivedLink(t, one.of, one.place) };
  },
  copy: (t, one) => {
    const text = say(t, "asked.copy", { place: nameOf(t, one.place) });
    return { tone: "good", icon: "★", text, ...figuresOf(t, "onTime", { place: one.place, since: null }) };
  },
  answers: (t, one) => {
    const key = `asked.answers.${one.figure}${askedOfOwn(t, one) ? ".alone" : ""}`;
    const text = say(t, key, { place: nameOf(t, one.place), rate: rateOf(t, one.rate), others: rateOf(t, one.others) });
    return unlinked("near", "•", text);
  },
};

const apartValues = (
  t: Telling,
  { figure, rate, others, since, from }: Pick<PlaceApart, "figure" | "rate" | "others" | "since" | "from">,
) => ({
  rate: rateOf(t, rate),
  others: rateOf(t, others),
  from: date(t, from),
  since:
    since === undefined
      ? ""
      : since === null
        ? say(t, `asked.behind.always.${figure}`, { start: date(t, t.digest.entitiesFrom) })
        : say(t, "asked.behind.since", { since: date(t, since) }),
});

/** By when, and who answers for it. */
function dueText(t: Telling, { until, whom }: Asked): string[] {
  if (until === undefined) return [];
  const by = date(t, until);
  if (whom === undefined) return [say(t, "asked.until", { until: by })];
  return [
    say(t, "asked.untilFrom", { until: by, title: inLanguage(whom.title, t.context.language), holder: whom.holder }),
  ];
}

const orderFigures: Readonly<Record<StateFigure, string>> = {
  onTime: "onTimeResolution",
  satisfaction: "satisfaction",
};
/** The figure that an ask is about, as the form of an order has it. */
function figureOf(one: Asked): string {
  if (one.kind === "critical" || one.kind === "date") return "delayed";
  if (one.kind === "wave") return "received";
  return "figure" in one && (one.figure === "onTime" || one.figure === "satisfaction")
    ? orderFigures[one.figure]
    : "onTimeResolution";
}

/** What the reader can do about it: the link shows the form, and who is signed in sends it. */
function actsOf(t: Telling, one: Asked): Pick<DigestLine, "acts"> {
  const { order } = one;
  if (order === undefined) return {};
  const { links, setup, language } = t.context;
  const { entity, acts } = order;
  const known = { entity, figure: figureOf(one), from: t.digest.from, until: t.digest.to };
  return {
    acts: acts.map(({ type, name }) => ({
      link: links.order(setup.programme.code, { type, ...known }),
      label: inLanguage(name, language),
    })),
  };
}

/** The reader's order to the entity that it is about, of which the letter tells. */
const orderedOf = (t: Telling, { order }: Asked): DigestOrder | undefined =>
  t.reader.orders?.lines.find(({ entity }) => order !== undefined && entity?.code === order.entity);

/** Which order the reader gave to the entity, and where it is; nothing is said before anything was asked twice. */
function orderText(t: Telling, one: Asked): string[] {
  const given = orderedOf(t, one);
  if (given === undefined) return one.before === undefined ? [] : [say(t, "asked.noRecord")];
  const state = inLanguage(given.state, t.context.language);
  return [say(t, given.late ? "asked.orderedLate" : "asked.ordered", { reference: given.reference, state })];
}

/** That it was asked before, and by when: a day that has passed without a sign is said to have passed. */
function againText(t: Telling, one: Asked): string[] {
  if ("still" in one && one.still)
    return [say(t, one.still === one.count ? "asked.stillAll" : "asked.still", { count: one.still })];
  if (one.before === undefined) return [];
  const { askedBy } = one;
  return [
    askedBy !== undefined && askedBy < t.digest.at.slice(0, 10)
      ? say(t, "asked.againBy", { count: one.before, by: date(t, askedBy) })
      : say(t, "asked.again", { count: one.before }),
  ];
}

export function askedLines(t: Telling): readonly DigestLine[] {
  const { asked } = t.reader;
  if (asked.length === 0 && t.digest.past) return [];
  if (asked.length === 0) return [unlinked("good", "✓", say(t, "asked.nothing"))];
  return asked.map((one) => {
    const line = (askedLine[one.kind] as (t: Telling, one: Asked) => DigestLine)(t, one);
    return {
      ...line,
      text: [line.text, ...dueText(t, one), ...againText(t, one), ...orderText(t, one)].join(" "),
      ...actsOf(t, one),
    };
  });
}

/** To what came in of a service or to an entity, for who may read it; else to the figures. */
function receivedLink(
  t: Telling,
  { code, dimension }: { readonly code: string; readonly dimension: WaveDimension },
  place: DigestPlace | null,
): Pick<DigestLine, "link" | "label"> {
  const isService = dimension === "service";
  return leadsTo(t, "received", place, {
    filter: { from: t.digest.from, to: shiftDate(t.digest.to, -1), ...(isService && { service: code }) },
    ...(isService && { split: "service" as const }),
  });
}

/** What came in more often than before. */
export function waveLines(t: Telling): readonly DigestLine[] {
  const { language } = t.context;
  const { waves } = t.story;
  if (waves === undefined || waves === null) return [];
  if (waves.length === 0) return [unlinked("good", "✓", say(t, "grew.none"))];
  return waves.map((wave): DigestLine => {
    const usual = formatNumber(Math.round(wave.usual * 10) / 10, language);
    const named = { name: inLanguage(wave.name, language), place: nameOf(t, wave.place), count: wave.count, usual };
    const words = wave.words.map((word) => say(t, "grew.word", { word })).join(punctuationOf(language).comma);
    const common = wave.words.length === 0 ? [] : [say(t, "grew.words", { words })];
    const text = [say(t, `grew.${wave.dimension}`, named), ...common].join(" ");
    return { tone: "near", icon: "▲", text, ...receivedLink(t, wave, wave.place) };
  });
}

/** Who does well, and what of it others can copy. */
export function aheadLines(t: Telling): readonly DigestLine[] {
  const { ahead } = t.story;
  if (ahead === undefined || t.reader.scope.alone) return [];
  if (ahead.length === 0) return [unlinked("near", "•", say(t, "ahead.none"))];
  return ahead.map((one): DigestLine => {
    const more = (one.more ?? []).map(({ figure, rate, others }) =>
      say(t, `ahead.${figure}`, { rate: rateOf(t, rate), others: rateOf(t, others) }),
    );
    const text = [say(t, "ahead.onTime", { place: nameOf(t, one), ...apartValues(t, one) }), ...more].join(" ");
    return { tone: "good", icon: "★", text, ...figuresOf(t, "onTime", { place: one, since: one.from }) };
  });
}

/** A share as it was as long a time before, and whether chance explains what it did since. */
function beforeText(t: Telling, now: Counted, a: { was: Counted | undefined; isWhole: boolean }): string[] {
  if (a.was === undefined || a.was.denominator === 0) return [];
  const compared = rateDifference(now, a.was);
  const key = compared === null ? "before" : compared.told ? "real" : "chance";
  return [say(t, `quality.${key}`, { value: valueText(t, a.was, a.isWhole) })];
}

/** How good the answers are. */
export function qualityLines(t: Telling): readonly DigestLine[] {
  const { quality } = t.story;
  if (quality === undefined) return [];
  if (quality === null) return [unlinked("near", "•", say(t, "quality.none"))];
  const { language } = t.context;
  const since = date(t, quality.from);
  const isWhole = t.reader.scope.readsCases || t.reader.scope.place === null;
  const lines = (["returned", "reopened"] as const).flatMap((figure): string[] => {
    const now = quality[figure];
    const values = { since, rate: valueText(t, now, isWhole), count: now.numerator, of: now.denominator };
    const then = beforeText(t, now, { was: quality.before?.[figure], isWhole });
    return now.denominator === 0 ? [] : [[say(t, `quality.${figure}`, values), ...then].join(" ")];
  });
  const scales = quality.scales.map(({ code, name, mean }) => {
    const was = quality.before?.scales.find((one) => one.code === code);
    const named = { name: inLanguage(name, language), mean: formatNumber(mean, language) };
    return was === undefined
      ? say(t, "quality.scale", named)
      : say(t, "quality.scaleBefore", { ...named, before: formatNumber(was.mean, language) });
  });
  const joined = scales.join(punctuationOf(language).semicolon);
  const rated = scales.length === 0 ? [] : [say(t, "quality.scales", { since, scales: joined })];
  const { worst } = quality;
  const apart =
    worst === null
      ? []
      : [
          say(t, `quality.worst.${worst.figure}`, {
            ...{ place: nameOf(t, worst), rate: rateOf(t, worst.rate), others: rateOf(t, worst.others) },
          }),
        ];
  return [
    ...[...lines, ...rated].map((text) => unlinked("waiting", "•", text)),
    ...apart.map((text) => unlinked("late", "▼", text)),
  ];
}
