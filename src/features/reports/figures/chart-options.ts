/** What ECharts draws: the trend with its band, what came in and went out. Right to left the first step is on the right. */
import type { EChartsCoreOption } from "echarts/core";
import type { FiguresTrend } from "../../../engine/measures/figures-view.js";

export interface ChartLook {
  readonly dir: "rtl" | "ltr";
  /** What stands below each step. */
  readonly labels: readonly string[];
  /** How a value is written at the axis. */
  readonly value: (value: number) => string;
}

const colours = {
  line: "#0b5d4e",
  band: "#cfe3db",
  mean: "#8b8576",
  late: "#a3211a",
  ink: "#57605b",
  other: "#c98a12",
  target: "#6b3fa0",
};
const typeface = '"IBM Plex", system-ui, "Segoe UI", "Noto Sans Arabic", sans-serif';
/** The canvas lays text out from left to right; Arabic is set apart in its own direction. */
const inDirection = (text: string, dir: ChartLook["dir"]): string => (dir === "rtl" ? `\u202b${text}\u202c` : text);

/** @param most what a value cannot pass; undefined: any number, of which all are shown and `reaches` too */
function frame({ dir, labels, value }: ChartLook, most: number | undefined, reaches = 0): EChartsCoreOption {
  const mirrored = dir === "rtl";
  return {
    animation: false,
    textStyle: { fontFamily: typeface, fontSize: 13, color: colours.ink },
    grid: { top: 24, bottom: 32, left: mirrored ? 16 : 64, right: mirrored ? 64 : 16 },
    xAxis: {
      type: "category",
      inverse: mirrored,
      data: labels.map((label) => inDirection(label, dir)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.mean } },
      axisLabel: { hideOverlap: true, color: colours.ink, fontSize: 12 },
    },
    yAxis: {
      type: "value",
      position: mirrored ? "right" : "left",
      min: 0,
      // Of shares all of it is shown, in quarters.
      ...(most === undefined
        ? {
            splitNumber: 4,
            ...(reaches > 0 && { max: (shown: { max: number }) => Math.max(shown.max, reaches * 1.1) }),
          }
        : { max: most, interval: most / 4 }),
      splitLine: { lineStyle: { color: "#e3ded2" } },
      axisLabel: { formatter: value, color: colours.ink, fontSize: 12 },
    },
  };
}

/** A line with a name of its own; the canvas says it too. */
export interface TargetLine {
  readonly value: number;
  readonly name: string;
}

/** @param most what a value cannot pass; undefined: any number */
export function trendOption(
  trend: FiguresTrend,
  look: ChartLook,
  { most, target }: { readonly most: number | undefined; readonly target: TargetLine | null },
): EChartsCoreOption {
  const { band, steps } = trend;
  const lastRunning = steps.at(-1)?.running === true;
  return {
    ...frame(look, most, target?.value),
    series: [
      {
        type: "line",
        symbol: "circle",
        symbolSize: 9,
        connectNulls: false,
        lineStyle: { color: colours.line, width: 3 },
        itemStyle: { color: colours.line },
        emphasis: { scale: 1.6 },
        data: steps.map(({ measured, signal }, i) => ({
          value: measured.value,
          ...(signal && { symbol: "diamond", symbolSize: 16, itemStyle: { color: colours.late } }),
          // What goes on is hollow.
          ...(lastRunning &&
            i === steps.length - 1 && {
              symbol: signal ? "diamond" : "emptyCircle",
              itemStyle: { color: signal ? colours.late : colours.line },
            }),
        })),
        ...(band !== null && {
          markArea: {
            silent: true,
            itemStyle: { color: colours.band },
            data: [[{ yAxis: band.lower }, { yAxis: band.upper }]],
          },
        }),
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          data: [
            ...(band === null
              ? []
              : [{ yAxis: band.mean, lineStyle: { color: colours.mean, type: "dashed", width: 1 } }]),
            ...(target === null
              ? []
              : [
                  {
                    yAxis: target.value,
                    lineStyle: { color: colours.target, type: "solid", width: 2 },
                    label: {
                      ...{ show: true, position: "insideStartTop", color: colours.target, fontSize: 12 },
                      formatter: inDirection(target.name, look.dir),
                    },
                  },
                ]),
          ],
        },
      },
    ],
  };
}

/** What came in beside what was answered, a pair of bars a step. */
export function flowOption(trend: FiguresTrend, look: ChartLook): EChartsCoreOption {
  const series = [
    { key: "received" as const, color: colours.other },
    { key: "resolved" as const, color: colours.line },
  ];
  return {
    ...frame(look, undefined),
    series: series.map(({ key, color }) => ({
      type: "bar",
      barMaxWidth: 22,
      itemStyle: { color, borderRadius: [3, 3, 0, 0] },
      data: trend.steps.map(({ [key]: count }) => count),
    })),
  };
}
