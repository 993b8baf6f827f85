/** The tables of the figures page as rows of a file: names in the reader's language, figures as numbers that add up. */

import { roleNames } from "../access/roles.js";
import { formatPeriod } from "../formatting/moments.js";
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../text/text.js";
import { splitWords } from "./figures-split.js";
import type { FiguresView, PlaceLine } from "./figures-view.js";
import { kpis } from "./kpi.js";
import { isShare, type Measured, type PageFigureCode } from "./page-figures.js";
import { entityTarget } from "./part-target.js";
import { againstTarget, inMeasure, standingWords } from "./shown-kpis.js";
import { type Guarded, hiddenWords, isHidden } from "./small-cells.js";

export const figureTables = ["figures", "trend", "entities", "split", "heat", "ageing", "escalated", "map"] as const;
export type FigureTableName = (typeof figureTables)[number];

export type FigureCell = string | number | null;
export interface FigureTable {
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly kind: "text" | "number" | "duration" }[];
  readonly rows: readonly (readonly FigureCell[])[];
}

const words = {
  figure: msg("measures.tables.figure"),
  value: msg("measures.tables.value"),
  part: msg("measures.tables.part"),
  whole: msg("measures.tables.whole"),
  before: msg("measures.tables.before"),
  lastYear: msg("measures.tables.lastYear"),
  usualFrom: msg("measures.tables.usualFrom"),
  usualTo: msg("measures.tables.usualTo"),
  target: msg("measures.tables.target"),
  againstTarget: msg("measures.tables.againstTarget"),
  period: msg("measures.tables.period"),
  entity: msg("measures.tables.entity"),
  received: msg("measures.tables.received"),
  answered: msg("measures.tables.answered"),
  open: msg("measures.tables.open"),
  overdue: msg("measures.tables.overdue"),
  from: msg("measures.tables.intervalFrom"),
  to: msg("measures.tables.intervalTo"),
  late: msg("measures.tables.late"),
  inTime: msg("measures.tables.inTime"),
  cases: msg("measures.tables.cases"),
  level: msg("measures.tables.level"),
  role: msg("measures.tables.role"),
  governorate: msg("measures.tables.governorate"),
  shareOfAll: msg("measures.tables.shareOfAll"),
} as const;

const figureTableTitles = {
  figures: msg("measures.tables.titleFigures"),
  trend: msg("measures.tables.titleTrend"),
  entities: msg("measures.tables.titleEntities"),
  split: msg("measures.tables.titleSplit"),
  heat: msg("measures.tables.titleHeat"),
  ageing: msg("measures.tables.titleAgeing"),
  escalated: msg("measures.tables.titleEscalated"),
  map: msg("measures.tables.titleMap"),
} as const satisfies Readonly<Record<FigureTableName, Bilingual>>;

type Column = FigureTable["columns"][number];
interface Writer {
  text(words: Bilingual): Column;
  number(words: Bilingual): Column;
  say(words: Bilingual): string;
}

/** Per cent with one decimal, as the page shows it. */
const percent = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 10);
const amount = (code: PageFigureCode, value: number | null): number | null =>
  isShare(code) ? percent(value) : value === null ? null : Math.round(value * 100) / 100;

/** A number that is not shown says so: an empty cell would be one without cases. */
const valueCell = (code: PageFigureCode, { value, hidden }: Measured, { say }: Writer): FigureCell =>
  hidden === undefined ? amount(code, value) : say(hiddenWords[hidden]);
const countCell = (count: Guarded, { say }: Writer): FigureCell => (isHidden(count) ? say(hiddenWords[count]) : count);

/** Value, numerator and denominator. */
const measuredCells = (code: PageFigureCode, measured: Measured, w: Writer): FigureCell[] => [
  valueCell(code, measured, w),
  measured.numerator,
  measured.denominator,
];

function figureColumn(code: PageFigureCode, { say }: Writer): Column {
  const { unit, name } = kpis[code];
  const label = unit === "share" ? say(msg("measures.tables.inPercent", { name })) : say(name);
  return { label, kind: unit === "workingSeconds" ? "duration" : "number" };
}

/** What a table tells of each entity, type, service or channel. */
const lineColumns = (figure: PageFigureCode, w: Writer): Column[] => [
  figureColumn(figure, w),
  ...[words.part, words.whole, words.from, words.to, words.before, words.received, words.open, words.overdue].map(
    w.number,
  ),
];

const lineCells = (
  figure: PageFigureCode,
  { now, before, received, open, delayed, compared }: PlaceLine,
  w: Writer,
): FigureCell[] => [
  ...measuredCells(figure, now, w),
  percent(compared?.interval?.lower ?? null),
  percent(compared?.interval?.upper ?? null),
  before === null ? null : valueCell(figure, before, w),
  countCell(received, w),
  countCell(open, w),
  countCell(delayed, w),
];

type Make = (view: FiguresView, w: Writer, language: Language) => Omit<FigureTable, "title">;

const makers: Readonly<Record<FigureTableName, Make>> = {
  figures: (view, w) => ({
    // Shares, counts and hours in one column: each says its unit.
    columns: [
      w.text(words.figure),
      ...[words.value, words.part, words.whole, words.before, words.lastYear].map(w.number),
      ...[words.usualFrom, words.usualTo, words.target].map(w.number),
    ],
    rows: view.figures.map(({ code, now, before, lastYear, usual, target }) => {
      const inHours = (value: number | null): number | null =>
        kpis[code].unit === "workingSeconds" && value !== null ? Math.round(value / 36) / 100 : amount(code, value);
      const { unit, name } = kpis[code];
      const label =
        unit === "share"
          ? msg("measures.tables.inPercent", { name })
          : unit === "workingSeconds"
            ? msg("measures.tables.inHours", { name })
            : name;
      return [
        w.say(label),
        now.hidden === undefined ? inHours(now.value) : w.say(hiddenWords[now.hidden]),
        now.numerator,
        now.denominator,
        before?.hidden === undefined ? inHours(before?.value ?? null) : w.say(hiddenWords[before.hidden]),
        lastYear?.hidden === undefined ? inHours(lastYear?.value ?? null) : w.say(hiddenWords[lastYear.hidden]),
        inHours(usual?.lower ?? null),
        inHours(usual?.upper ?? null),
        inHours(target === null ? null : inMeasure(code, target, view.day.daySeconds)),
      ];
    }),
  }),
  trend: ({ trend, figure }, w, language) => ({
    columns: [
      w.text(words.period),
      figureColumn(figure, w),
      ...[words.part, words.whole, words.received, words.answered].map(w.number),
    ],
    rows: trend.steps.map(({ period, measured, received, resolved }) => [
      formatPeriod(period.from, period.to, language),
      ...measuredCells(figure, measured, w),
      received,
      resolved,
    ]),
  }),
  entities: ({ entities, figure, figures, day }, w) => {
    const aim = entityTarget({ figure, figures });
    const standing = (line: PlaceLine): FigureCell => {
      const against = aim && againstTarget(aim, line.now.value, day.daySeconds);
      return against && w.say(standingWords[against.standing]);
    };
    return {
      columns: [
        w.text(words.entity),
        ...lineColumns(figure, w),
        ...(aim === null
          ? []
          : [{ ...figureColumn(figure, w), label: w.say(words.target) }, w.text(words.againstTarget)]),
      ],
      rows: entities.map((line) => [
        w.say(line.place.name),
        ...lineCells(figure, line, w),
        ...(aim === null || aim.target === null
          ? []
          : [amount(figure, inMeasure(figure, aim.target, day.daySeconds)), standing(line)]),
      ]),
    };
  },
  split: ({ split, figure }, w) => ({
    columns: [
      w.text(splitWords[split.by].one),
      ...(split.by === "service" ? [w.text(words.entity)] : []),
      ...lineColumns(figure, w),
      w.number(words.shareOfAll),
    ],
    rows: split.lines.map((line) => [
      w.say(line.place.name),
      ...(split.by === "service" ? [line.provider && w.say(line.provider.name)] : []),
      ...lineCells(figure, line, w),
      isHidden(line.received) ? countCell(line.received, w) : percent(line.share),
    ]),
  }),
  heat: ({ heat, figure }, w) => ({
    columns: [
      w.text(words.entity),
      ...heat.pillars.map(({ name }) => ({ ...figureColumn(figure, w), label: w.say(name) })),
    ],
    rows: heat.rows.map(({ place, cells }) => [w.say(place.name), ...cells.map((cell) => valueCell(figure, cell, w))]),
  }),
  ageing: ({ ageing }, w) => ({
    columns: [w.text(words.late), w.number(words.cases)],
    rows: [
      [w.say(words.inTime), ageing.inTime],
      ...ageing.bands.map(({ band, count }): FigureCell[] => [
        w.say(msg("measures.tables.lateDays", { band })),
        countCell(count, w),
      ]),
    ],
  }),
  escalated: ({ escalated }, w) => ({
    columns: [
      w.number(words.level),
      w.text(words.role),
      w.number(words.part),
      w.number(words.whole),
      w.number(msg("measures.tables.inPercent", { name: kpis.escalated.name })),
    ],
    rows: escalated.map(({ level, role, share }) => [
      level,
      w.say(roleNames[role]),
      share.numerator,
      share.denominator,
      share.hidden === undefined ? percent(share.value) : w.say(hiddenWords[share.hidden]),
    ]),
  }),
  map: ({ map, figure }, w) => ({
    columns: [
      w.text(words.governorate),
      figureColumn(figure, w),
      ...[words.part, words.whole, words.received].map(w.number),
    ],
    rows: map.map(({ place, measured, received }) => [
      w.say(place.name),
      ...measuredCells(figure, measured, w),
      countCell(received, w),
    ]),
  }),
};

export function figureTable(name: FigureTableName, view: FiguresView, language: Language): FigureTable {
  const say = (text: Bilingual) => inLanguage(text, language);
  const writer: Writer = {
    say,
    text: (text) => ({ label: say(text), kind: "text" }),
    number: (text) => ({ label: say(text), kind: "number" }),
  };
  return { title: say(figureTableTitles[name]), ...makers[name](view, writer, language) };
}
