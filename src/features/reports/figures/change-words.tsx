/** Whether a figure really changed since the period before, or by no more than chance explains: in words and with a symbol. */
import React from "react";
import { type FigureChange, figureChange } from "../../../engine/measures/figure-change.js";
import type { ShownFigure } from "../../../engine/measures/figures-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Badge, type Tone, useText, type Words } from "../../../platform/ui/kit.js";

const words: Readonly<Record<FigureChange["is"], Words>> = {
  better: msg("reports.figuresPage.reallyBetter"),
  worse: msg("reports.figuresPage.reallyWorse"),
  moved: msg("reports.figuresPage.reallyMoved"),
  alike: msg("reports.figuresPage.noDifference"),
};
const tones = { better: "done", worse: "near", moved: "neutral" } as const satisfies Readonly<
  Record<Exclude<FigureChange["is"], "alike">, Tone>
>;

export function ChangeWords({ figure }: { figure: Pick<ShownFigure, "code" | "now" | "before" | "told"> }) {
  const { t } = useText();
  const change = figureChange(figure.code, figure);
  if (change === null) return null;
  const said = t(words[change.is]);
  if (change.is === "alike") return <p className="small muted">{said}</p>;
  return (
    <p>
      <Badge tone={tones[change.is]} icon={change.up ? "up" : "down"}>
        {said}
      </Badge>
    </p>
  );
}
