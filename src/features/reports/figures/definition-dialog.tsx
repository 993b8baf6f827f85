/** What a number means: its definition in plain words, and the arithmetic of this very number. */
import React, { type ReactNode } from "react";
import type { FiguresView, ShownFigure } from "../../../engine/measures/figures-view.js";
import { type KpiCode, kpis } from "../../../engine/measures/kpi.js";
import { type Measured, pageFigure } from "../../../engine/measures/page-figures.js";
import type { Told } from "../../../engine/measures/real-changes.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, Dialog, Facts, Moment, useText } from "../../../platform/ui/kit.js";
import { useFigureText } from "./figure-text.js";
import { TargetWords } from "./target-words.js";
import { UsualWords } from "./usual-words.js";

const words = {
  nowOnly: msg("reports.figuresPage.nowOnly"),
  usual: msg("reports.figuresPage.usualRange"),
  confidentialOut: msg("reports.figuresPage.confidentialOut"),
  told: msg("reports.figuresPage.differenceTold"),
  untold: msg("reports.figuresPage.differenceUntold"),
  few: msg("reports.figuresPage.differenceFew"),
  least: pattern("reports.figuresPage.leastCases"),
};

const sources = {
  cases: msg("reports.figuresPage.sourceCases"),
  targets: msg("reports.figuresPage.sourceTargets"),
  ratings: msg("reports.figuresPage.sourceRatings"),
  escalations: msg("reports.figuresPage.sourceEscalations"),
  letters: msg("reports.figuresPage.sourceLetters"),
} as const satisfies Readonly<Record<(typeof kpis)[KpiCode]["source"], unknown>>;

const toldWords = (told: Exclude<Told, null>) => (told === "few" ? words.few : told ? words.told : words.untold);

interface MeaningProps {
  readonly view: FiguresView;
  readonly code: KpiCode;
  readonly arithmetic: ReactNode;
  /** As of now, whatever the period. */
  readonly ofNow?: boolean;
  /** What it is measured against. */
  readonly beside?: Parameters<typeof Facts>[0]["rows"];
  readonly onClose: () => void;
}

/** What a key figure means, and how the number shown came about. */
export function MeaningDialog({ view, code, arithmetic, ofNow = false, beside = [], onClose }: MeaningProps) {
  const { t } = useText();
  const text = useFigureText(view);
  const { name, definition, formula, source, leastN } = kpis[code];
  return (
    <Dialog title={name} onClose={onClose}>
      <h3 className="unseen">{t(msg("reports.figuresPage.whatItMeans"))}</h3>
      <Facts
        rows={[
          { label: msg("reports.figuresPage.definition"), value: t(definition) },
          { label: msg("reports.figuresPage.formula"), value: t(formula) },
          { label: msg("reports.figuresPage.arithmetic"), value: arithmetic },
          { label: msg("reports.figuresPage.ofPeriod"), value: ofNow ? t(words.nowOnly) : text.range(view.elapsed) },
          { label: msg("reports.figuresPage.asOfLabel"), value: <Moment at={view.asOf} /> },
          ...beside,
          { label: msg("reports.figuresPage.source"), value: t(sources[source]) },
          {
            label: msg("reports.figuresPage.leftOut"),
            value: t(view.scope.confidential ? msg("reports.figuresPage.countedIn") : words.confidentialOut),
          },
          leastN !== null && { label: msg("reports.figuresPage.ranking"), value: t(words.least, { n: leastN }) },
        ]}
      />
    </Dialog>
  );
}

/** "435 ÷ 596 = 73%"; what is no share alone. */
export function Arithmetic({ of, value }: { of: Measured; value: string }) {
  const { t } = useText();
  if (of.numerator === null || of.denominator === null) return <>{value}</>;
  return <Bidi ltr>{t(pattern("reports.figuresPage.division"), { n: of.numerator, all: of.denominator, value })}</Bidi>;
}

interface DefinitionProps {
  readonly view: FiguresView;
  readonly figure: ShownFigure;
  readonly onClose: () => void;
}

export function DefinitionDialog({ view, figure, onClose }: DefinitionProps) {
  const { t } = useText();
  const text = useFigureText(view);
  const { code, now, told } = figure;
  return (
    <MeaningDialog
      {...{ view, code, onClose }}
      arithmetic={<Arithmetic of={now} value={text.measured(code, now)} />}
      ofNow={pageFigure(code).of === "now"}
      beside={[
        figure.target !== null && {
          label: msg("reports.figuresPage.target"),
          value: <TargetWords shown={figure} measured={now} day={view.day} />,
        },
        figure.usual && { label: words.usual, value: <UsualWords code={code} usual={figure.usual} text={text} /> },
        told !== null && { label: msg("reports.figuresPage.comparison"), value: t(toldWords(told)) },
      ]}
    />
  );
}
