/** Pillars by entity: each cell its figure, its shade beside it, and the way to its cases. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
import { atEntity } from "../../../engine/measures/figure-cases.js";
import { longerPeriod, writtenPeriod } from "../../../engine/measures/figure-period.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { judgedValue } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Bidi,
  Button,
  EmptyState,
  Table,
  type TableColumn,
  useAddress,
  usePrinting,
  useText,
} from "../../../platform/ui/kit.js";
import { casesBehind, useFigureText } from "./figure-text.js";
import { FoldPanel } from "./fold-panel.js";
import { ShadeLegend } from "./shade-legend.js";
import { shadesOf } from "./shades.js";
import { TableFiles } from "./table-files.js";

/** Those with the most cases; the others on demand. */
const atFirst = 12;

type Row = FiguresView["heat"]["rows"][number];

/** A line that says nothing but that there is nothing to show. */
const isUnseen = ({ cells }: Row): boolean => cells.every(({ value }) => value === null);

/** How many lines are left out, and the way to more. */
function Folded({ view, n }: { view: FiguresView; n: number }) {
  const { t } = useText();
  const text = useFigureText(view);
  const [, setQuery] = useAddress();
  const longer = longerPeriod(view.period);
  return (
    <p className="figures-hint muted small">
      {t(pattern("reports.figuresPage.heatFolded"), { n })}{" "}
      {longer && (
        <Button small kind="quiet" onClick={() => setQuery({ period: writtenPeriod(longer), known: null })}>
          {t(pattern("reports.figuresPage.longer"), { period: text.period(longer) })}
        </Button>
      )}
    </p>
  );
}

export function HeatTable({ view }: { view: FiguresView }) {
  const { t } = useText();
  const text = useFigureText(view);
  const [asked, setAll] = useState(false);
  const printing = usePrinting();
  const all = asked || printing;
  const { heat, figure } = view;
  const rows = heat.rows.filter((row) => !isUnseen(row));
  const folded = heat.rows.length - rows.length;
  const title = t(pattern("reports.figuresPage.heatOf"), { name: t(kpis[figure].name) });
  const shades = shadesOf(
    figure,
    heat.rows.flatMap(({ cells }) => cells.map((cell) => judgedValue(figure, cell))),
  );
  const columns: TableColumn<Row>[] = [
    { key: "entity", label: msg("reports.figuresPage.entity"), cell: ({ place }) => <Bidi>{t(place.name)}</Bidi> },
    ...heat.pillars.map(
      ({ code, name }, i): TableColumn<Row> => ({
        key: code,
        label: name,
        align: "center",
        cell: ({ place, cells }) => {
          const cell = cells[i];
          if (cell?.hidden !== undefined) return <span className="muted small">{text.measured(figure, cell)}</span>;
          if (cell === undefined || cell.value === null) return <span className="muted">—</span>;
          const shown = (
            <>
              <strong>{text.measured(figure, cell)}</strong>
              {cell.denominator !== null && <span className="small">{text.outOf(cell)}</span>}
            </>
          );
          const to = casesBehind(view, figure, { more: { ...atEntity(place.code), pillar: code } });
          const className = `heat shade-${shades.of(judgedValue(figure, cell)) ?? 0}`;
          return to === null ? (
            <span className={className}>{shown}</span>
          ) : (
            <Link className={className} to={to}>
              {shown}
            </Link>
          );
        },
      }),
    ),
  ];
  return (
    <FoldPanel title={title} flush id="figures-heat" closed>
      <div className="figures-hint">
        <ShadeLegend shades={shades} code={figure} text={text} />
      </div>
      {(rows.length > 0 || folded === 0) && (
        <Table
          caption={title}
          rows={all ? rows : rows.slice(0, atFirst)}
          rowKey={({ place }) => place.code || "-"}
          columns={columns}
          empty={<EmptyState icon="chart" title={msg("reports.figuresPage.noEntities")} />}
        />
      )}
      {folded > 0 && <Folded view={view} n={folded} />}
      <div className="figures-foot">
        {!all && rows.length > atFirst && (
          <Button small onClick={() => setAll(true)}>
            {t(pattern("reports.figuresPage.allRows"), { n: rows.length })}
          </Button>
        )}
        <TableFiles view={view} part="heat" />
      </div>
    </FoldPanel>
  );
}
