/**
 * Charts as PNG for places that run no script: ECharts draws SVG on the server, resvg turns it into pixels.
 *
 * Arabic needs care: every Arabic string is wrapped in an embedding (U+202B … U+202C) because ECharts lays text out left
 * to right, widths are measured with the real font, and the axes are mirrored by their options. A chart that is not
 * disposed keeps the process alive for ever.
 */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { Resvg } from "@resvg/resvg-js";
import * as echarts from "echarts";

const chartFont = "IBM Plex Sans Arabic";

/** Truetype files, since resvg reads no woff. */
const fontFiles = (() => {
  const folder = dirname(
    createRequire(import.meta.url).resolve("@expo-google-fonts/ibm-plex-sans-arabic/package.json"),
  );
  return ["400Regular", "600SemiBold"].flatMap((weight) =>
    readdirSync(join(folder, weight))
      .filter((file) => file.endsWith(".ttf"))
      .map((file) => join(folder, weight, file)),
  );
})();

let measured = false;
/** Registers the fonts once, when the first chart is drawn and not when the module is read. */
function measureWithRealFont(): void {
  if (measured) return;
  for (const file of fontFiles) GlobalFonts.registerFromPath(file, chartFont);
  const canvas = createCanvas(8, 8).getContext("2d");
  echarts.setPlatformAPI({
    measureText(text, font) {
      if (font !== undefined) canvas.font = font;
      return { width: canvas.measureText(text).width };
    },
  });
  measured = true;
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
export function chartPng(option: echarts.EChartsCoreOption, size: { width: number; height: number }): Buffer {
  measureWithRealFont();
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
