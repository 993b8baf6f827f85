/** What the shades of a table or a map mean. */
import React from "react";
import type { PageFigureCode } from "../../../engine/measures/page-figures.js";
import { pattern } from "../../../engine/text/msg.js";
import { useText } from "../../../platform/ui/kit.js";
import type { FigureText } from "./figure-text.js";
import type { Shades } from "./shades.js";

export function ShadeLegend({ shades, code, text }: { shades: Shades; code: PageFigureCode; text: FigureText }) {
  const { t } = useText();
  if (shades.bounds.length === 0) return null;
  return (
    <ul className="figures-legend">
      {shades.bounds.map(({ shade, from, to }) => (
        <li key={shade}>
          <span className={`legend-shade shade-${shade}`} aria-hidden="true" />
          {t(pattern("reports.figuresPage.fromTo"), { from: text.value(code, from), to: text.value(code, to) })}
        </li>
      ))}
    </ul>
  );
}
