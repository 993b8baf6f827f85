/** What a number means: its definition in plain words, and the arithmetic of this very number. */
import React from "react";
import type { FiguresView, ShownFigure } from "../../../engine/measures/figures-view.js";
import { type KpiCode, kpis } from "../../../engine/measures/kpi.js";
import { pageFigure } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, Dialog, Facts, Moment, useText } from "../../../platform/ui/kit.js";
import { useFigureText } from "./figure-text.js";
import { TargetWords } from "./target-words.js";
import { UsualWords } from "./usual-words.js";

const words = {
  title: msg("reports.figuresPage.whatItMeans"),
  definition: msg("reports.figuresPage.definition"),
  formula: msg("reports.figuresPage.formula"),
  arithmetic: msg("reports.figuresPage.arithmetic"),
  division: pattern("reports.figuresPage.division"),
  period: msg("reports.figuresPage.ofPeriod"),
  nowOnly: msg("reports.figuresPage.nowOnly"),
  asOf: msg("reports.figuresPage.asOfLabel"),
  source: msg("reports.figuresPage.source"),
  usual: msg("reports.figuresPage.usualRange"),
  target: msg("reports.figuresPage.target"),
  comparison: msg("reports.figuresPage.comparison"),
  confidential: msg("reports.figuresPage.leftOut"),
  confidentialIn: msg("reports.figuresPage.countedIn"),
  confidentialOut: msg("reports.figuresPage.confidentialOut"),
  told: msg("reports.figuresPage.differenceTold"),
  untold: msg("reports.figuresPage.differenceUntold"),
  ranking: msg("reports.figuresPage.ranking"),
  least: pattern("reports.figuresPage.leastCases"),
};

const sources = {
  cases: msg("reports.figuresPage.sourceCases"),
  targets: msg("reports.figuresPage.sourceTargets"),
  ratings: msg("reports.figuresPage.sourceRatings"),
  escalations: msg("reports.figuresPage.sourceEscalations"),
  letters: msg("reports.figuresPage.sourceLetters"),
} as const satisfies Readonly<Record<(typeof kpis)[KpiCode]["source"], unknown>>;

interface DefinitionProps {
  readonly view: FiguresView;
  readonly figure: ShownFigure;
  readonly onClose: () => void;
}

export function DefinitionDialog({ view, figure, onClose }: DefinitionProps) {
  const { t } = useText();
  const text = useFigureText(view);
  const { code, now, told } = figure;
  const { name, definition, formula, source, leastN } = kpis[code];
  const value = text.measured(code, now);
  return (
    <Dialog title={name} onClose={onClose}>
      <h3 className="unseen">{t(words.title)}</h3>
      <Facts
        rows={[
          { label: words.definition, value: t(definition) },
          { label: words.formula, value: t(formula) },
          {
            label: words.arithmetic,
            value:
              now.numerator !== null && now.denominator !== null ? (
                <Bidi ltr>{t(words.division, { n: now.numerator, all: now.denominator, value })}</Bidi>
              ) : (
                value
              ),
          },
          {
            label: words.period,
            value: pageFigure(code).of === "now" ? t(words.nowOnly) : text.range(view.elapsed),
          },
          { label: words.asOf, value: <Moment at={view.asOf} /> },
          figure.target !== null && {
            label: words.target,
            value: <TargetWords shown={figure} value={now.value} day={view.day} />,
          },
          figure.usual && { label: words.usual, value: <UsualWords code={code} usual={figure.usual} text={text} /> },
          told !== null && { label: words.comparison, value: t(told ? words.told : words.untold) },
          { label: words.source, value: t(sources[source]) },
          {
            label: words.confidential,
            value: t(view.scope.confidential ? words.confidentialIn : words.confidentialOut),
          },
          leastN !== null && { label: words.ranking, value: t(words.least, { n: leastN }) },
        ]}
      />
    </Dialog>
  );
}
