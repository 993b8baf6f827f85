/** What the cases are about, or how they came: by type, service or channel, one at a time. */
import React from "react";
import { withProperty } from "../../../engine/measures/figure-cases.js";
import { splitWords } from "../../../engine/measures/figures-split.js";
import type { FiguresView, SplitLine } from "../../../engine/measures/figures-view.js";
import { splitDimensions } from "../../../engine/measures/kpi-dimensions.js";
import { isHidden } from "../../../engine/measures/small-cells.js";
import { msg } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { Bidi, Select, type Sort, type TableColumn, useText } from "../../../platform/ui/kit.js";
import { useFigureText } from "./figure-text.js";
import { FoldPanel } from "./fold-panel.js";
import { PlaceTable } from "./place-table.js";

const words = {
  title: msg("reports.figuresPage.split"),
};

function VolumeCell({ view, line }: { view: FiguresView; line: SplitLine }) {
  const { percent } = useText();
  const text = useFigureText(view);
  if (isHidden(line.received)) return <>{text.count(line.received)}</>;
  if (line.share === null) return <span className="muted">—</span>;
  return (
    <div className="share-cell">
      <span>{apart(percent(line.share))}</span>
      <span className="share-bar" aria-hidden="true">
        <span style={{ inlineSize: `${line.share * 100}%` }} />
      </span>
    </div>
  );
}

interface SplitProps {
  readonly view: FiguresView;
  /** As the address asks for; its figures may be on their way. */
  readonly by: string;
  readonly onBy: (by: string) => void;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function SplitPanel({ view, by, onBy, sort, onSort }: SplitProps) {
  const { t } = useText();
  const { split } = view;
  const { one } = splitWords[split.by];
  const share: TableColumn<SplitLine> = {
    key: "share",
    label: msg("reports.figuresPage.shareOfAll"),
    cell: (line) => <VolumeCell view={view} line={line} />,
  };
  return (
    <FoldPanel
      title={words.title}
      id="figures-split"
      closed
      flush
      actions={
        <Select
          ariaLabel={msg("reports.figuresPage.splitBy")}
          value={by}
          choices={splitDimensions.map((dimension) => ({
            value: dimension,
            label: splitWords[dimension].one,
          }))}
          onChange={onBy}
        />
      }
    >
      <PlaceTable
        key={split.by}
        view={view}
        lines={split.lines}
        title={words.title}
        label={one}
        name={({ place, ended, provider }) => (
          <>
            <Bidi>{t(place.name)}</Bidi> {provider && <span className="muted small">{t(provider.name)}</span>}{" "}
            {ended && <span className="muted small">{t(msg("reports.figuresPage.ended"))}</span>}
          </>
        )}
        at={withProperty(split.by)}
        beside={[share]}
        sort={sort}
        onSort={onSort}
        all={msg("reports.figuresPage.splitRows", { n: split.lines.length })}
        none={msg("reports.figuresPage.noSplit")}
        part="split"
      />
    </FoldPanel>
  );
}
