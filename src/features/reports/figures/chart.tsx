/**
 * A chart in the page, drawn by ECharts of which only the needed parts are loaded. Keys: left and right go from point to point, Enter
 * opens the cases behind one. What it shows is also in the table behind it, for those who do not see it.
 */

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, MarkLineComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import { type ECharts, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import React, { useEffect, useRef, useState } from "react";
import { Announce } from "../../../platform/ui/kit.js";

use([LineChart, BarChart, GridComponent, MarkAreaComponent, MarkLineComponent, CanvasRenderer]);

interface ChartProps {
  readonly option: EChartsCoreOption;
  /** What it shows, in a sentence. */
  readonly label: string;
  readonly dir: "rtl" | "ltr";
  /** What each point says, in order. */
  readonly points: readonly string[];
  readonly onOpen?: ((point: number) => void) | undefined;
  /** Gives a picture of it, once it is drawn. */
  readonly onDrawn: (picture: () => string) => void;
}

/** At least two dots a pixel, so that it is sharp on paper too. */
const sharpness = (): number => Math.max(2, window.devicePixelRatio);

export function Chart({ option, label, dir, points, onOpen, onDrawn }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const open = useRef(onOpen);
  open.current = onOpen;
  const drawn = useRef(onDrawn);
  drawn.current = onDrawn;

  useEffect(() => {
    if (frame.current === null) return;
    const made = init(frame.current, null, { renderer: "canvas", devicePixelRatio: sharpness() });
    chart.current = made;
    made.on("click", ({ dataIndex }) => open.current?.(dataIndex));
    made.on("mouseover", ({ dataIndex }) => setAt(dataIndex));
    drawn.current(() => made.getDataURL({ type: "png", pixelRatio: sharpness(), backgroundColor: "#ffffff" }));
    // On paper the drawing of the screen is scaled: measured there, its frame has no height of its own.
    const watch = new ResizeObserver(() => !window.matchMedia("print").matches && made.resize());
    watch.observe(frame.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    // Letters of a typeface that is still on its way would be measured by another one's.
    let here = true;
    const draw = () => here && chart.current?.setOption(option, { notMerge: true });
    // What is opened for paper has no time to wait.
    if (document.fonts.status === "loaded") draw();
    else void document.fonts.ready.then(draw);
    return () => {
      here = false;
    };
  }, [option]);

  const show = (point: number) => {
    const next = Math.min(points.length - 1, Math.max(0, point));
    setAt(next);
    chart.current?.dispatchAction({ type: "downplay" });
    chart.current?.dispatchAction({ type: "highlight", dataIndex: next });
  };
  const keys = (event: React.KeyboardEvent) => {
    const later = dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "Enter" && at !== null) onOpen?.(at);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight")
      show(at === null ? points.length - 1 : at + (event.key === later ? 1 : -1));
    else return;
    event.preventDefault();
  };
  // A picture that one walks through by keys: no element is one.
  const walked = { role: "group", tabIndex: 0, "aria-label": label, onKeyDown: keys };
  return (
    <div className="chart">
      <div className="chart-keys" {...walked}>
        <div ref={frame} className={onOpen ? "chart-frame chart-opens" : "chart-frame"} dir="ltr" aria-hidden="true" />
      </div>
      <p className="chart-point small muted">{at === null ? label : points[at]}</p>
      <Announce>{at === null ? "" : points[at]}</Announce>
    </div>
  );
}
