/** A line of a figure without axes: where it comes from and how it is now; in words for those who do not see it. */
import React from "react";
import { useText } from "../../platform/ui/kit.js";

const [width, height, edge] = [120, 28, 3];

/** @param values in order, the newest last; what is not known is left out */
export function SparkLine({ values, label }: { values: readonly (number | null)[]; label: string }) {
  const { dir } = useText();
  const known = values.flatMap((value, i) => (value === null ? [] : [{ value, i }]));
  const [least, most] = [Math.min(...known.map(({ value }) => value)), Math.max(...known.map(({ value }) => value))];
  const across = (i: number): number => {
    const x = edge + (i / Math.max(1, values.length - 1)) * (width - 2 * edge);
    return dir === "rtl" ? width - x : x;
  };
  // What does not change is in the middle.
  const up = (value: number): number =>
    most === least ? height / 2 : height - edge - ((value - least) / (most - least)) * (height - 2 * edge);
  const points = known.map(({ value, i }) => `${across(i).toFixed(1)},${up(value).toFixed(1)}`);
  const last = points.at(-1);
  if (last === undefined) return null;
  return (
    <svg
      className="spark-line"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <polyline points={points.join(" ")} />
      <path d={`M${last}h0`} />
    </svg>
  );
}
