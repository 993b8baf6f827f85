/** What a figure is measured against and how far it lies from there; what is off target has a mark. */
import React from "react";
import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import { isShare, type PageFigureCode } from "../../../engine/measures/page-figures.js";
import type { AgainstTarget } from "../../../engine/measures/shown-kpis.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, useText } from "../../../platform/ui/kit.js";
import type { FigureText } from "./figure-text.js";

const words = {
  away: pattern("reports.figuresPage.targetAway"),
  reached: pattern("reports.figuresPage.targetExactly"),
  met: msg("reports.figuresPage.targetMet"),
  off: msg("reports.figuresPage.offTarget"),
};

interface TargetProps {
  readonly code: PageFigureCode;
  readonly against: AgainstTarget;
  readonly text: FigureText;
}

/** "Target 90%: 4.2 points below". */
export function TargetWords({ code, against, text }: TargetProps) {
  const { t } = useText();
  const { side, standing, distance } = against;
  const target = text.value(code, against.target);
  const away = isShare(code)
    ? t(formatCount(Math.round(distance * 1000) / 10, "percentagePoint", "oblique"))
    : text.amount(code, distance, "oblique");
  return (
    <span className="figure-target">
      <span>
        {side === "at"
          ? t(words.reached, { target })
          : t(words.away, { target, away, side: side === "above" ? "above" : "other" })}
      </span>{" "}
      {standing === "off" && <Badge tone="late">{t(words.off)}</Badge>}
      {standing === "met" && <Badge tone="done">{t(words.met)}</Badge>}
    </span>
  );
}
