/** The digest's chart: on-time resolution week by week, its usual range, and the rate among the resolved beside it. */

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EChartsCoreOption } from "echarts";
import { formatShortDate } from "../../engine/formatting/moments.js";
import { formatPercent } from "../../engine/formatting/numbers.js";
import type { TrendChart } from "../../engine/measures/digest-view.js";
import { type LabelSide, type LabelSpot, placeLabels } from "../../engine/measures/place-labels.js";
import { directionOf } from "../../engine/text/languages.js";
import type { Language } from "../../engine/text/text.js";

// Charts as PNG for places that run no script: ECharts draws SVG on the server, resvg turns it into pixels.
// Arabic needs care: every Arabic string is wrapped in an embedding (U+202B … U+202C) because ECharts lays text out left
// to right, widths are measured with the real font, and the axes are mirrored by their options. A chart that is not
// disposed keeps the process alive for ever.

const chartFont = "IBM Plex Sans Arabic";

const require = createRequire(import.meta.url);

/** Truetype files, since resvg reads no woff. */
function fontFilesOf(): string[] {
  const folder = dirname(require.resolve("@expo-google-fonts/ibm-plex-sans-arabic/package.json"));
  return ["400Regular", "600SemiBold"].flatMap((weight) =>
    readdirSync(join(folder, weight))
      .filter((file) => file.endsWith(".ttf"))
      .map((file) => join(folder, weight, file)),
  );
}

type Tools = ReturnType<typeof loadTools>;
let tools: Tools | undefined;

/** What draws, once the first chart is asked for: to load it takes most of a second, and most processes draw none. */
function loadTools() {
  const { createCanvas, GlobalFonts }: typeof import("@napi-rs/canvas") = require("@napi-rs/canvas");
  const { Resvg }: typeof import("@resvg/resvg-js") = require("@resvg/resvg-js");
  const echarts: typeof import("echarts") = require("echarts");
  const fontFiles = fontFilesOf();
  for (const file of fontFiles) GlobalFonts.registerFromPath(file, chartFont);
  const canvas = createCanvas(8, 8).getContext("2d");
  echarts.setPlatformAPI({
    measureText(text, font) {
      if (font !== undefined) canvas.font = font;
      return { width: canvas.measureText(text).width };
    },
  });
  return { echarts, Resvg, fontFiles };
}

const arabic = /[\u0590-\u08ff]/;

/** Wraps every Arabic string of an option, however deep; functions stay as they are. */
function embedArabic<T>(value: T): T {
  if (typeof value === "string") return (arabic.test(value) ? `\u202b${value}\u202c` : value) as T;
  if (Array.isArray(value)) return value.map(embedArabic) as T;
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, embedArabic(child)])) as T;
  }
  return value;
}

/** @param size CSS pixels; the image has three times as many each way, for sharp screens */
function chartPng(option: EChartsCoreOption, size: { width: number; height: number }): Buffer {
  tools ??= loadTools();
  const { echarts, Resvg, fontFiles } = tools;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  let svg: string;
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "#ffffff",
      textStyle: { fontFamily: chartFont },
      ...embedArabic(option),
    });
    svg = chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: 3 },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: chartFont },
  });
  return Buffer.from(image.render().asPng());
}

export interface TrendWords {
  readonly rate: string;
  readonly amongResolved: string;
  readonly mean: string;
  readonly range: string;
}

const colours = {
  rate: "#0b6b47",
  among: "#9a8a63",
  band: "#e7efe9",
  mean: "#7fa793",
  late: "#a3211b",
  text: "#55514a",
  grid: "#eee7d8",
};
const percent = (rate: number | null) => (rate === null ? null : Math.round(rate * 1000) / 10);
/** Small, so that its words can still be read when a phone shows it 330 px wide. */
const size = { width: 400, height: 284 };
/** Around the plot: above it the legend in two rows, beside and below it the axes. */
const margin = { top: 64, bottom: 30, axis: 48, end: 22 };
const figure = { size: 15, height: 18, ofLetter: 9.5 };
/** So far above the plot a figure may stand: there the legend ends. */
const roomAbove = 14;
/** The newest point's figure stands below it: the dashed line never runs there. */
const newest = { mark: 10, distance: 12, prefers: "bottom" } as const;
const signalled = { mark: 15, distance: 8, prefers: "top" } as const;

/** What chance does not explain is red below the average alone. */
const isWorse = ({ mean }: TrendChart, rate: number | null, signal: boolean): boolean =>
  signal && (mean === null || rate === null || rate < mean);
/** Whether a point's figure is shown. */
const isNamed = ({ points }: TrendChart, i: number): boolean => points[i]?.signal === true || i === points.length - 1;

/** Of the plot's height, from its bottom: what a figure needs below its point. */
const roomBelow = 0.13;
const down = (rate: number): number => Math.max(0, Math.floor(rate * 10) * 10);

/** The lowest percentage that the axis shows: some room below all that is drawn, and for a figure below each that has one. */
function floorOf(chart: TrendChart): number {
  const { points, lower } = chart;
  const known = (rates: readonly (number | null)[]): number[] => rates.filter((rate) => rate !== null);
  const lowest = Math.min(1, ...known(points.flatMap(({ rate, amongResolved }) => [rate, amongResolved])), lower ?? 1);
  const named = Math.min(1, ...known(points.map(({ rate }, i) => (isNamed(chart, i) ? rate : null))));
  return Math.min(down(lowest - 0.02), down((named - roomBelow) / (1 - roomBelow)));
}

/** On which side of its point each figure stands; null where a point has none, or a newer one leaves it no room. */
export function labelSides(chart: TrendChart, language: Language): readonly (LabelSide | null)[] {
  const { points } = chart;
  const plot = { width: size.width - margin.axis - margin.end, height: size.height - margin.top - margin.bottom };
  const floor = floorOf(chart);
  const last = points.length - 1;
  const spots = points.map(({ rate, signal }, i): LabelSpot | null => {
    if (rate === null || !isNamed(chart, i)) return null;
    const look = i === last ? { ...newest, mark: signal ? signalled.mark : newest.mark } : signalled;
    return {
      ...look,
      x: ((i + 0.5) * plot.width) / points.length,
      y: ((100 - rate * 100) / (100 - floor)) * plot.height,
      width: formatPercent(rate, language).length * figure.ofLetter,
      height: figure.height,
    };
  });
  // Below the plot the dates begin.
  return placeLabels(spots, { top: -roomAbove, bottom: plot.height + 6 });
}

/** In Arabic time runs from right to left, so both axes are mirrored. */
function trendOption(chart: TrendChart, language: Language, words: TrendWords): EChartsCoreOption {
  const mirrored = directionOf(language) === "rtl";
  const last = chart.points.length - 1;
  const sides = labelSides(chart, language);
  const text = { color: colours.text, fontSize: 14 };
  const rate = { name: words.rate, icon: "path://M0 4h26v3H0z" };
  // Named here: in the plot its words would stand where figures do.
  const range = chart.lower === null ? [] : [{ name: words.range, icon: "rect" }];
  const among = { name: words.amongResolved, icon: "path://M0 4h7v3H0zM9 4h7v3H9zM18 4h7v3h-7z" };
  return {
    legend: {
      // Items are laid out from left to right whatever the language: the first one read comes last in Arabic.
      data: mirrored ? [among, rate, ...range] : [rate, among, ...range],
      top: 0,
      itemWidth: 26,
      itemGap: 18,
      selectedMode: false,
      textStyle: text,
      ...(mirrored ? { right: 4, align: "right" } : { left: 4, align: "left" }),
    },
    grid: {
      top: margin.top,
      bottom: margin.bottom,
      left: mirrored ? margin.end : margin.axis,
      right: mirrored ? margin.axis : margin.end,
    },
    xAxis: {
      type: "category",
      inverse: mirrored,
      data: chart.points.map(({ week }) => formatShortDate(week, language)),
      axisLabel: { ...text, fontSize: 13, interval: (i: number) => (last - i) % 4 === 0 },
      axisLine: { lineStyle: { color: colours.grid } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      position: mirrored ? "right" : "left",
      min: floorOf(chart),
      max: 100,
      splitNumber: 4,
      axisLabel: { ...text, fontSize: 13, formatter: "{value}%" },
      splitLine: { lineStyle: { color: colours.grid } },
    },
    series: [
      {
        name: words.amongResolved,
        type: "line",
        data: chart.points.map(({ amongResolved }) => percent(amongResolved)),
        symbol: "none",
        itemStyle: { color: colours.among },
        lineStyle: { color: colours.among, width: 2, type: "dashed" },
      },
      {
        name: words.rate,
        type: "line",
        data: chart.points.map(({ rate, signal }, i) => ({
          value: percent(rate),
          symbol: signal ? "diamond" : "circle",
          symbolSize: signal ? signalled.mark : i === last ? newest.mark : 6,
          itemStyle: { color: isWorse(chart, rate, signal) ? colours.late : colours.rate },
          label: {
            show: sides[i] !== null,
            position: sides[i] ?? "top",
            distance: (i === last ? newest : signalled).distance,
            formatter: rate === null ? "" : formatPercent(rate, language),
            color: isWorse(chart, rate, signal) ? colours.late : colours.rate,
            fontSize: figure.size,
            fontWeight: 600,
            textBorderColor: "#ffffff",
            textBorderWidth: 3,
          },
        })),
        itemStyle: { color: colours.rate },
        lineStyle: { color: colours.rate, width: 3 },
        ...defaultRange(chart),
      },
      ...range.map(({ name }) => ({ name, type: "bar", data: [], itemStyle: { color: colours.band } })),
    ],
  };
}

/** The band between the natural process limits and the average through it. */
function defaultRange(chart: TrendChart): Record<string, unknown> {
  if (chart.lower === null || chart.upper === null || chart.mean === null) return {};
  return {
    markArea: {
      silent: true,
      itemStyle: { color: colours.band },
      label: { show: false },
      data: [[{ yAxis: percent(chart.lower) }, { yAxis: percent(chart.upper) }]],
    },
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: colours.mean, type: "solid", width: 1 },
      label: { show: false },
      data: [{ yAxis: percent(chart.mean) }],
    },
  };
}

/** As PNG, three times the size of its place in the letter. */
export function drawTrend(chart: TrendChart, language: Language, words: TrendWords): Buffer {
  return chartPng(trendOption(chart, language, words), size);
}
