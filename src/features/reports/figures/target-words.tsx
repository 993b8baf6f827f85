/** What a figure is measured against and how far it lies from there; what is off target has a mark. */
import React from "react";
import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import type { DayLength } from "../../../engine/formatting/durations.js";
import { isJudged, isShare, type Measured } from "../../../engine/measures/page-figures.js";
import {
  type AgainstTarget,
  againstTarget,
  inMeasure,
  type ShownKpi,
  standingWords,
} from "../../../engine/measures/shown-kpis.js";
import { pattern } from "../../../engine/text/msg.js";
import { Badge, type Tone, useText } from "../../../platform/ui/kit.js";
import { useFigureText } from "./figure-text.js";

const words = {
  target: pattern("reports.figuresPage.targetAlone"),
  away: pattern("reports.figuresPage.targetAway"),
  short: pattern("reports.figuresPage.targetShort"),
};

interface TargetProps {
  readonly shown: ShownKpi;
  /** As it is shown: no value where there is no data, or it is hidden. */
  readonly measured: Pick<Measured, "value" | "n">;
  readonly day: DayLength;
  /** In one mark, without how far it lies from there. */
  readonly short?: boolean;
}

const tones = { met: "done", missed: "near", off: "late" } as const satisfies Record<AgainstTarget["standing"], Tone>;

/** Whether it keeps its target, by a sign and a word. */
export function StandingBadge({ standing }: Pick<AgainstTarget, "standing">) {
  const { t } = useText();
  return <Badge tone={tones[standing]}>{t(standingWords[standing])}</Badge>;
}

/** "Target 90%: 4.2 points below"; nothing where none is set. */
export function TargetWords({ shown, measured, day, short }: TargetProps) {
  const { t } = useText();
  const text = useFigureText({ day });
  const { code, target } = shown;
  if (target === null) return null;
  const written = text.value(code, inMeasure(code, target, day.daySeconds));
  const against = againstTarget(shown, measured.value, day.daySeconds);
  const said = ({ side, distance }: AgainstTarget): string => {
    if (side === "at") return t(pattern("reports.figuresPage.targetExactly"), { target: written });
    const away = isShare(code)
      ? t(formatCount(Math.round(distance * 1000) / 10, "percentagePoint", "oblique"))
      : text.amount(code, distance, "oblique");
    return t(words.away, { target: written, away, side: side === "above" ? "above" : "other" });
  };
  const marked =
    against !== null && against.standing !== "missed" && isJudged(code, measured) ? against.standing : null;
  if (short && marked !== null)
    return (
      <span className="figure-target">
        <Badge tone={tones[marked]}>{t(words.short, { standing: t(standingWords[marked]), target: written })}</Badge>
      </span>
    );
  return (
    <span className="figure-target">
      <span>{against === null || short ? t(words.target, { target: written }) : said(against)}</span>{" "}
      {marked && <StandingBadge standing={marked} />}
    </span>
  );
}
