/** Pillars by entity: each cell its figure, its shade beside it, and the way to its cases. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
import { atEntity } from "../../../engine/measures/figure-cases.js";
import type { FiguresView } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, Button, EmptyState, Panel, Table, type TableColumn, useText } from "../../../platform/ui/kit.js";
import { casesBehind } from "./figure-links.js";
import { useFigureText } from "./figure-text.js";
import { ShadeLegend } from "./shade-legend.js";
import { shadesOf } from "./shades.js";
import { TableFiles } from "./table-files.js";

const words = {
  title: pattern("reports.figuresPage.heatOf"),
  entity: msg("reports.figuresPage.entity"),
  all: pattern("reports.figuresPage.allRows"),
  none: msg("reports.figuresPage.noEntities"),
};

/** Those with the most cases; the others on demand. */
const atFirst = 12;

type Row = FiguresView["heat"]["rows"][number];

export function HeatTable({ view }: { view: FiguresView }) {
  const { t } = useText();
  const text = useFigureText(view);
  const [all, setAll] = useState(false);
  const { heat, figure } = view;
  const title = t(words.title, { name: t(kpis[figure].name) });
  const shades = shadesOf(heat.rows.flatMap(({ cells }) => cells.map(({ value }) => value)));
  const columns: TableColumn<Row>[] = [
    { key: "entity", label: words.entity, cell: ({ place }) => <Bidi>{t(place.name)}</Bidi> },
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
          const className = `heat shade-${shades.of(cell.value) ?? 0}`;
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
    <Panel title={title} flush id="figures-heat">
      <div className="figures-hint">
        <ShadeLegend shades={shades} code={figure} text={text} />
      </div>
      <Table
        caption={title}
        rows={all ? heat.rows : heat.rows.slice(0, atFirst)}
        rowKey={({ place }) => place.code || "-"}
        columns={columns}
        empty={<EmptyState icon="chart" title={words.none} />}
      />
      <div className="figures-foot">
        {!all && heat.rows.length > atFirst && (
          <Button small onClick={() => setAll(true)}>
            {t(words.all, { n: heat.rows.length })}
          </Button>
        )}
        <TableFiles view={view} part="heat" />
      </div>
    </Panel>
  );
}
