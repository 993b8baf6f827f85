/** Governorates on the map and in a table: a number and a shade on each, the same number before its name in the table. */
import React, { useMemo } from "react";
import { Link } from "react-router-dom";
import { inGovernorate } from "../../../engine/measures/figure-cases.js";
import type { FiguresView, MapPlace } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { judgedValue } from "../../../engine/measures/page-figures.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, EmptyState, Table, type TableColumn, useText } from "../../../platform/ui/kit.js";
import { drawMap } from "./draw-map.js";
import { casesBehind, useFigureText } from "./figure-text.js";
import { FoldPanel } from "./fold-panel.js";
import { ShadeLegend } from "./shade-legend.js";
import { shadesOf } from "./shades.js";
import { TableFiles } from "./table-files.js";

export function GovernorateMap({ view }: { view: FiguresView }) {
  const { t, number } = useText();
  const text = useFigureText(view);
  const { map, figure } = view;
  const title = t(pattern("reports.figuresPage.mapOf"), { name: t(kpis[figure].name) });
  const drawn = useMemo(() => drawMap(map.map(({ place, outline }) => ({ code: place.code, outline }))), [map]);
  const shades = shadesOf(
    figure,
    map.map(({ measured }) => judgedValue(figure, measured)),
  );
  const numberOf = new Map(map.map(({ place }, i) => [place.code, i + 1]));
  const leadOf = ({ place }: MapPlace) => casesBehind(view, figure, { more: inGovernorate(place.code) });
  const columns: TableColumn<MapPlace>[] = [
    {
      key: "place",
      label: msg("reports.figuresPage.governorate"),
      cell: ({ place, measured, outline }) => (
        <span className="map-name">
          <span className={`legend-shade shade-${shades.of(judgedValue(figure, measured)) ?? 0}`} aria-hidden="true" />
          {outline !== null && <span className="map-number">{number(numberOf.get(place.code))}</span>}
          <Bidi>{t(place.name)}</Bidi>
        </span>
      ),
    },
    {
      key: "value",
      label: kpis[figure].name,
      align: "end",
      cell: (row) => {
        const to = leadOf(row);
        const value = text.measured(figure, row.measured);
        return (
          <>
            {to === null || row.measured.value === null ? value : <Link to={to}>{value}</Link>}{" "}
            <span className="muted small">{text.outOf(row.measured)}</span>
          </>
        );
      },
    },
    {
      key: "in",
      label: msg("reports.figuresPage.receivedShort"),
      align: "end",
      narrow: true,
      cell: ({ received }) => text.count(received),
    },
  ];
  if (map.length === 0) return null;
  return (
    <FoldPanel id="figures-map" title={title} closed>
      <div className={drawn === null ? "figures-map" : "figures-map figures-map-drawn"}>
        {drawn && (
          <svg viewBox={`0 0 ${drawn.width} ${drawn.height}`} className="map">
            <title>{title}</title>
            {map.map((row) => {
              const shape = drawn.shapes.get(row.place.code);
              if (shape === undefined) return null;
              const to = leadOf(row);
              const name = t(pattern("reports.figuresPage.mapLabel"), {
                n: number(numberOf.get(row.place.code)),
                name: t(row.place.name),
                value: text.measured(figure, row.measured),
              });
              const inside = (
                <>
                  <title>{name}</title>
                  <path
                    d={shape.path}
                    className={`map-place shade-${shades.of(judgedValue(figure, row.measured)) ?? 0}`}
                  />
                  <text
                    x={shape.x}
                    y={shape.y}
                    className={`map-label shade-${shades.of(judgedValue(figure, row.measured)) ?? 0}`}
                  >
                    {number(numberOf.get(row.place.code))}
                  </text>
                </>
              );
              return to === null ? (
                <g key={row.place.code}>{inside}</g>
              ) : (
                <Link key={row.place.code} to={to} aria-label={name}>
                  {inside}
                </Link>
              );
            })}
          </svg>
        )}
        <div>
          <ShadeLegend shades={shades} code={figure} text={text} />
          <Table
            caption={title}
            rows={map}
            rowKey={({ place }) => place.code || "-"}
            columns={columns}
            empty={<EmptyState icon="globe" title={msg("reports.figuresPage.noGovernorates")} />}
          />
        </div>
      </div>
      <TableFiles view={view} part="map" />
    </FoldPanel>
  );
}
