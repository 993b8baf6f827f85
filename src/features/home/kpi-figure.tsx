/** A key figure of a home: its value, what it is a share of, how it lies to its target. */
import React, { type ReactNode } from "react";
import type { DayLength } from "../../engine/formatting/durations.js";
import type { HomeFigure } from "../../engine/measures/home-figures.js";
import { kpis } from "../../engine/measures/kpi.js";
import { isShare } from "../../engine/measures/page-figures.js";
import { Figure } from "../../platform/ui/home-pieces.js";
import { useFigureText } from "../reports/figures/figure-text.js";
import { TargetWords } from "../reports/figures/target-words.js";

interface KpiFigureProps {
  readonly figure: HomeFigure;
  readonly day: DayLength;
  /** What it is to be compared with. */
  readonly beside?: ReactNode;
  /** The list behind it. */
  readonly to?: string | undefined;
}

export function KpiFigure({ figure, day, beside, to }: KpiFigureProps) {
  const text = useFigureText({ day });
  const { code, measured } = figure;
  const value = text.measured(code, measured);
  const outOf = text.outOf(measured);
  const overdue = code === "delayed" && (measured.value ?? 0) > 0;
  return (
    <Figure
      label={kpis[code].name}
      icon={isShare(code) ? "chart" : code === "delayed" ? "alert" : undefined}
      value={measured.value === null ? <span className="figure-none">{value}</span> : value}
      tone={overdue ? "late" : undefined}
      to={to}
      beside={
        <>
          {outOf !== "" && <span>{outOf}</span>}
          {beside && <span>{beside}</span>}
          <TargetWords shown={figure} value={measured.value} day={day} />
        </>
      }
    />
  );
}
