/** Entities beside each other, told apart only where chance does not explain the difference. */
import React from "react";
import { Link } from "react-router-dom";
import type { Standing } from "../../../engine/measures/compare-rates.js";
import { atEntity } from "../../../engine/measures/figure-cases.js";
import type { PlaceLine } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { isJudged, isProportion } from "../../../engine/measures/page-figures.js";
import { entityTarget } from "../../../engine/measures/part-target.js";
import { againstTarget, inMeasure, type ShownKpi } from "../../../engine/measures/shown-kpis.js";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, type Sort, type TableColumn, type Tone, useText, type Words } from "../../../platform/ui/kit.js";
import { AskAbout } from "../../orders/order-pieces.js";
import { aboutFigure, useFigureText } from "./figure-text.js";
import type { FiguresPageView } from "./figures.page.js";
import { FoldPanel } from "./fold-panel.js";
import { PlaceTable } from "./place-table.js";
import { StandingBadge } from "./target-words.js";

const words = {
  title: msg("reports.figuresPage.entities"),
  standing: msg("reports.figuresPage.besideOthers"),
  including: pattern("reports.figuresPage.including"),
  hint: pattern("reports.figuresPage.entitiesHint"),
  target: pattern("reports.figuresPage.targetAlone"),
};

const tones: Readonly<Record<Standing, Tone>> = {
  better: "done",
  worse: "near",
  alike: "neutral",
  few: "neutral",
  alone: "neutral",
};

function StandingCell({ line, leastN }: { line: PlaceLine; leastN: number }) {
  const { t } = useText();
  if (line.compared === null) return null;
  const { standing, others } = line.compared;
  const said: Readonly<Record<Standing, Words>> = {
    few: t(pattern("reports.figuresPage.fewCases"), { n: leastN }),
    alone: msg("reports.figuresPage.noPeers"),
    alike: msg("reports.figuresPage.noDifference"),
    better: t(pattern("reports.figuresPage.betterThan"), { n: others }),
    worse: t(pattern("reports.figuresPage.worseThan"), { n: others }),
  };
  if (standing === "better" || standing === "worse") return <Badge tone={tones[standing]}>{t(said[standing])}</Badge>;
  return <span className="muted small">{t(said[standing])}</span>;
}

/** @param aim what all entities are measured against */
function TargetCell({ line, aim, daySeconds }: { line: PlaceLine; aim: ShownKpi; daySeconds: number }) {
  const against = isJudged(aim.code, line.now) ? againstTarget(aim, line.now.value, daySeconds) : null;
  return against === null ? <span className="muted">—</span> : <StandingBadge standing={against.standing} />;
}

interface EntityTableProps {
  readonly view: FiguresPageView;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Where all figures of one entity are. */
  readonly narrowedTo: (entity: string) => string;
}

export function EntityTablePanel({ view, sort, onSort, narrowedTo }: EntityTableProps) {
  const { t, list } = useText();
  const text = useFigureText(view);
  const { figure, entities } = view;
  const { leastN, better } = kpis[figure];
  const compares = entities.some(({ compared }) => compared !== null);
  // One alone cannot be compared, and what is hidden is no reason to say that a figure compares no entity.
  const isComparing = leastN !== null && better !== null && isProportion(figure);
  const narrows = view.scope.readsCases && entities.length > 1;
  const name = ({ place, ended, including }: PlaceLine) => (
    <>
      {narrows && place.code !== "" ? (
        <Link to={narrowedTo(place.code)}>
          <Bidi>{t(place.name)}</Bidi>
        </Link>
      ) : (
        <Bidi>{t(place.name)}</Bidi>
      )}{" "}
      {ended && <span className="muted small">{t(msg("reports.figuresPage.ended"))}</span>}
      {including.length > 0 && (
        <span className="muted small">{t(words.including, { names: list(including.map((one) => t(one.name))) })}</span>
      )}
    </>
  );
  const aim = entityTarget(view);
  const { daySeconds } = view.day;
  const target: TableColumn<PlaceLine>[] =
    aim === null || aim.target === null
      ? []
      : [
          {
            key: "target",
            label: filled(words.target, { target: text.value(figure, inMeasure(figure, aim.target, daySeconds)) }),
            cell: (line) => <TargetCell line={line} aim={aim} daySeconds={daySeconds} />,
          },
        ];
  const standing: TableColumn<PlaceLine>[] =
    compares && leastN !== null
      ? [{ key: "standing", label: words.standing, cell: (line) => <StandingCell line={line} leastN={leastN} /> }]
      : [];
  const asked = ({ place }: PlaceLine) => view.addressable.includes(place.code);
  const ask: TableColumn<PlaceLine>[] = entities.some(asked)
    ? [
        {
          key: "ask",
          label: msg("reports.figuresPage.ask"),
          hideLabel: true,
          cell: (line) => asked(line) && <AskAbout of={aboutFigure(view, figure)} entity={line.place} />,
        },
      ]
    : [];
  return (
    <FoldPanel title={words.title} flush id="figures-entities">
      {entities.length > 1 && (
        <p className="figures-hint muted small">
          {isComparing ? t(words.hint, { n: leastN }) : t(msg("reports.figuresPage.entitiesHintPlain"))}
        </p>
      )}
      <PlaceTable
        view={view}
        lines={entities}
        title={words.title}
        label={msg("reports.figuresPage.entity")}
        name={name}
        at={atEntity}
        last={[...target, ...standing, ...ask]}
        sort={sort}
        onSort={onSort}
        all={msg("reports.figuresPage.allRows", { n: entities.length })}
        none={msg("reports.figuresPage.noEntities")}
        part="entities"
      />
    </FoldPanel>
  );
}
