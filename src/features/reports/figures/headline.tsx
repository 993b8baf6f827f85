/** The figures of a period, each with what it is compared with; every one leads to its cases and says what it means. */

import React, { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import { type FigureChange, figureChange } from "../../../engine/measures/figure-change.js";
import type { FiguresView, ShownFigure } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { pageFigure } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Badge, Button, type Tone, useText, type Words } from "../../../platform/ui/kit.js";
import { AskAbout } from "../../orders/order-pieces.js";
import { TellMeWhen } from "../alerts/alert-dialog.js";
import { DefinitionDialog } from "./definition-dialog.js";
import { aboutFigure, casesBehind, type FigureText, oneEntity, useFigureText } from "./figure-text.js";
import type { FiguresPageView } from "./figures.page.js";
import { FoldPanel } from "./fold-panel.js";
import { TargetWords } from "./target-words.js";
import { UsualWords } from "./usual-words.js";

const changeWords: Readonly<Record<FigureChange["is"], Words>> = {
  better: msg("reports.figuresPage.reallyBetter"),
  worse: msg("reports.figuresPage.reallyWorse"),
  moved: msg("reports.figuresPage.reallyMoved"),
  alike: msg("reports.figuresPage.noDifference"),
  few: msg("reports.figuresPage.tooFewToTell"),
};
const tones = { better: "done", worse: "near", moved: "neutral" } as const satisfies Readonly<
  Record<Exclude<FigureChange["is"], "alike" | "few">, Tone>
>;

/**
 * Whether a figure really changed since the period before, or by no more than chance explains: in words and with a
 * symbol.
 */
function ChangeWords({ figure }: { figure: Pick<ShownFigure, "code" | "now" | "before" | "told"> }) {
  const { t } = useText();
  const change = figureChange(figure.code, figure);
  if (change === null) return null;
  const said = t(changeWords[change.is]);
  if (change.is === "alike" || change.is === "few") return <p className="small muted">{said}</p>;
  return (
    <p>
      <Badge tone={tones[change.is]} icon={change.up ? "up" : "down"}>
        {said}
      </Badge>
    </p>
  );
}

const words = {
  means: pattern("reports.figuresPage.meansOf"),
  more: msg("reports.figuresPage.moreFigures"),
  headline: msg("reports.figuresPage.headline"),
};

function Amiss({ view, figure, text }: { view: FiguresView; figure: ShownFigure; text: FigureText }) {
  const said = text.amiss(figure.code, figure.now);
  const to = casesBehind(view, figure.code, { which: "amiss" });
  if (said === null) return null;
  return <p className="figure-amiss">{to === null ? said : <Link to={to}>{said}</Link>}</p>;
}

function Then({ label, value }: { label: Words; value: ReactNode }) {
  const { t } = useText();
  return (
    <div className="figure-then">
      <dt>{t(label)}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function FigureCard({
  view,
  figure,
  text,
  onMeaning,
}: {
  view: FiguresPageView;
  figure: ShownFigure;
  text: FigureText;
  onMeaning: () => void;
}) {
  const { t, percent } = useText();
  const { code, now, before, lastYear, usual } = figure;
  const { name } = kpis[code];
  const to = casesBehind(view, code);
  const value = text.measured(code, now);
  const { value: rate } = view.ratedOfInvited;
  return (
    <article className="figures-card">
      <div className="figures-card-head">
        <h3>{t(name)}</h3>
        <Button small kind="quiet" icon="question" label={t(words.means, { name: t(name) })} onClick={onMeaning} />
      </div>
      <p className={now.value === null ? "figures-value figures-none" : "figures-value"}>
        {to === null || now.value === null ? value : <Link to={to}>{value}</Link>}
      </p>
      {now.denominator !== null && <p className="figures-of">{text.outOf(now)}</p>}
      {code === "satisfaction" && rate !== null && (
        <p className="figures-of">{t(pattern("reports.figuresPage.ratedShare"), { share: apart(percent(rate)) })}</p>
      )}
      {code === "received" && <p className="figures-of">{t(msg("reports.figuresPage.receivedLeavesOut"))}</p>}
      <TargetWords shown={figure} measured={now} day={view.day} />
      <Amiss view={view} figure={figure} text={text} />
      {pageFigure(code).of === "now" ? (
        <p className="figures-of">{t(msg("reports.figuresPage.nowOnly"))}</p>
      ) : (
        <dl className="figures-thens">
          {before && <Then label={msg("reports.figuresPage.before")} value={text.measured(code, before)} />}
          {lastYear && <Then label={msg("reports.figuresPage.lastYear")} value={text.measured(code, lastYear)} />}
        </dl>
      )}
      <ChangeWords figure={figure} />
      {usual && (
        <p className="small muted">
          <UsualWords code={code} usual={usual} text={text} />
        </p>
      )}
      <div className="figures-card-acts">
        <TellMeWhen view={view} code={code} />
        {view.addressable.length > 0 && (
          <AskAbout of={aboutFigure(view, code)} entity={oneEntity(view)} about={t(name)} />
        )}
      </div>
    </article>
  );
}

/** @param headline the large ones at the top, or the others */
export function FigureCards({ view, headline }: { view: FiguresPageView; headline: boolean }) {
  const { t } = useText();
  const text = useFigureText(view);
  const [meaning, setMeaning] = useState<ShownFigure | null>(null);
  const shown = view.figures.filter((figure) => figure.headline === headline);
  if (shown.length === 0) return null;
  const cards = (
    <div className={headline ? "figures-cards" : "figures-cards figures-cards-small"}>
      {shown.map((figure) => (
        <FigureCard key={figure.code} view={view} figure={figure} text={text} onMeaning={() => setMeaning(figure)} />
      ))}
    </div>
  );
  return (
    <>
      {headline ? (
        <section aria-labelledby="figures-headline">
          <h2 id="figures-headline" className="unseen">
            {t(words.headline)}
          </h2>
          {cards}
        </section>
      ) : (
        <FoldPanel id="figures-more" title={words.more} closed>
          {cards}
        </FoldPanel>
      )}
      {meaning && <DefinitionDialog view={view} figure={meaning} onClose={() => setMeaning(null)} />}
    </>
  );
}
