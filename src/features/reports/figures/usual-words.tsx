/** Where a figure usually lies; marked only where it is not there. */
import React from "react";
import { kpis } from "../../../engine/measures/kpi.js";
import type { PageFigureCode } from "../../../engine/measures/page-figures.js";
import type { UsualRange } from "../../../engine/measures/process-behaviour.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, useText } from "../../../platform/ui/kit.js";
import type { FigureText } from "./figure-text.js";

const words = {
  usually: pattern("reports.figuresPage.usually"),
  above: msg("reports.figuresPage.aboveUsual"),
  below: msg("reports.figuresPage.belowUsual"),
  driftsUp: msg("reports.figuresPage.driftsUp"),
  driftsDown: msg("reports.figuresPage.driftsDown"),
};

interface UsualProps {
  readonly code: PageFigureCode;
  readonly usual: UsualRange;
  readonly text: FigureText;
}

/** Whether that is worse than usual; null: neither direction is good. */
function isWorse(code: PageFigureCode, { side }: UsualRange): boolean | null {
  const { better } = kpis[code];
  return better === null ? null : (side === "above") !== (better === "higher");
}

/** The mark of a figure that left its usual range; nothing otherwise. */
function UsualMark({ code, usual }: Pick<UsualProps, "code" | "usual">) {
  const { t } = useText();
  if (usual.rule === null) return null;
  const above = usual.side === "above";
  const leaves = usual.rule === "outside-limits";
  const said = leaves ? (above ? words.above : words.below) : above ? words.driftsUp : words.driftsDown;
  return (
    <Badge tone={isWorse(code, usual) ? "near" : "neutral"} icon={above ? "up" : "down"}>
      {t(said)}
    </Badge>
  );
}

export function UsualWords({ code, usual, text }: UsualProps) {
  const { t } = useText();
  return (
    <>
      {t(words.usually, { from: text.value(code, usual.lower), to: text.value(code, usual.upper) })}{" "}
      <UsualMark code={code} usual={usual} />
    </>
  );
}
