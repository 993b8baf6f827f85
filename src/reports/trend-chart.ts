/** The digest's chart: on-time resolution week by week, its usual range, and the rate among the resolved beside it. */
import type { EChartsCoreOption } from "echarts";
import type { TrendChart } from "../domain/reports/digest-view.js";
import { formatShortDate } from "../domain/reports/figures.js";
import type { Language } from "../domain/text.js";
import { chartPng } from "./chart-image.js";

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
const size = { width: 400, height: 260 };

/** In Arabic time runs from right to left, so both axes are mirrored. */
function trendOption(chart: TrendChart, language: Language, words: TrendWords): EChartsCoreOption {
  const mirrored = language === "ar";
  const last = chart.points.length - 1;
  const rates = chart.points
    .flatMap(({ rate, amongResolved }) => [rate, amongResolved])
    .filter((rate) => rate !== null);
  const lowest = Math.min(1, ...rates, chart.lower ?? 1);
  const text = { color: colours.text, fontSize: 14 };
  const rate = { name: words.rate, icon: "path://M0 4h26v3H0z" };
  const among = { name: words.amongResolved, icon: "path://M0 4h7v3H0zM9 4h7v3H9zM18 4h7v3h-7z" };
  return {
    legend: {
      // Items are laid out from left to right whatever the language: the first one read comes last in Arabic.
      data: mirrored ? [among, rate] : [rate, among],

      top: 0,
      itemWidth: 26,
      itemGap: 18,
      selectedMode: false,
      textStyle: text,
      ...(mirrored ? { right: 4, align: "right" } : { left: 4, align: "left" }),
    },
    grid: { top: 40, bottom: 30, left: mirrored ? 22 : 48, right: mirrored ? 48 : 22 },
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
      min: Math.max(0, Math.floor((lowest - 0.02) * 10) * 10),
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
          symbolSize: signal ? 15 : i === last ? 10 : 6,
          itemStyle: { color: signal ? colours.late : colours.rate },
          label: {
            show: i === last || signal,
            // The dashed line never runs below this one: there the newest figure stands free.
            position: i === last ? "bottom" : "top",
            distance: i === last ? 12 : 8,
            formatter: percent(rate) === null ? "" : `${percent(rate)?.toFixed(1)}%`,
            color: signal ? colours.late : colours.rate,
            fontSize: 15,
            fontWeight: 600,
            textBorderColor: "#ffffff",
            textBorderWidth: 3,
          },
        })),
        itemStyle: { color: colours.rate },
        lineStyle: { color: colours.rate, width: 3 },
        ...usualRange(chart, words, mirrored),
      },
    ],
  };
}

/** The band between the natural process limits and the average through it, named at its edge. */
function usualRange(chart: TrendChart, words: TrendWords, mirrored: boolean): Record<string, unknown> {
  if (chart.lower === null || chart.upper === null || chart.mean === null) return {};
  return {
    markArea: {
      silent: true,
      itemStyle: { color: colours.band },
      label: {
        show: true,
        position: mirrored ? "insideBottomRight" : "insideBottomLeft",
        color: colours.text,
        fontSize: 12,
      },
      data: [[{ name: words.range, yAxis: percent(chart.lower) }, { yAxis: percent(chart.upper) }]],
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
