/** Lines of entities, types, services or channels in one table: sorted as the reader likes, the first eight, the others on demand. */
import React, { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import type { FigureCases } from "../../../engine/measures/figure-cases.js";
import { figureChange } from "../../../engine/measures/figure-change.js";
import type { FigureTableName } from "../../../engine/measures/figure-tables.js";
import type { FiguresView, PlaceLine } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { isJudged, isShare } from "../../../engine/measures/page-figures.js";
import { orderedPlaces, type PlaceColumn, placeColumns } from "../../../engine/measures/place-order.js";
import type { Guarded } from "../../../engine/measures/small-cells.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import {
  Badge,
  Button,
  EmptyState,
  type Sort,
  Table,
  type TableColumn,
  type Tone,
  usePrinting,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import { casesBehind, casesOf, type FigureText, useFigureText } from "./figure-text.js";
import { TableFiles } from "./table-files.js";

/** As they are sorted; the others on demand, and in the file. */
const atFirst = 8;

const words = {
  interval: pattern("reports.figuresPage.interval"),
  points: pattern("reports.figuresPage.points"),
};

const isColumn = (text: string): text is PlaceColumn => placeColumns.some((column) => column === text);
const usual = { column: "volume", direction: "desc" } as const;

/** @param text `value.asc`, as the address has it @param otherwise by what lines are sorted where it has none, the most first */
export function readSort(text: string | undefined, otherwise: PlaceColumn): Sort {
  const [column = "", direction] = (text ?? "").split(".");
  return isColumn(column)
    ? { column, direction: direction === "asc" ? "asc" : "desc" }
    : { column: otherwise, direction: "desc" };
}

const changeTones = { better: "done", worse: "near", moved: "neutral" } as const satisfies Readonly<
  Record<string, Tone>
>;

/** Whether something is known of a place, or kept back. */
const hasCases = ({ now, received, delayed }: PlaceLine): boolean =>
  now.value !== null || now.hidden !== undefined || received !== 0 || delayed !== 0;

/** A share with the bar of its size, and where it lies. */
function ShareCell({
  view,
  line,
  at,
  text,
}: {
  view: FiguresView;
  line: PlaceLine;
  at: FigureCases;
  text: FigureText;
}) {
  const { t } = useText();
  const { figure } = view;
  const { now, compared } = line;
  const value = text.measured(figure, now);
  const all = casesBehind(view, figure, { more: at });
  const outOf = text.outOf(now);
  // A rate leads to what pulls it down, its numbers to all that it counts.
  const amiss = text.amiss(figure, now);
  const to = amiss === null ? all : casesBehind(view, figure, { which: "amiss", more: at });
  const interval = compared?.interval ?? null;
  return (
    <div className="share-cell">
      <span>
        {to === null || now.value === null ? (
          value
        ) : (
          <Link to={to} title={amiss ?? undefined}>
            {value}
          </Link>
        )}{" "}
        <span className="muted small">{all === null || outOf === "" ? outOf : <Link to={all}>{outOf}</Link>}</span>
      </span>
      {isShare(figure) && now.value !== null && isJudged(figure, now) && (
        <span className="share-bar" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, now.value * 100)}%` }} />
          {interval && (
            <i
              style={{
                insetInlineStart: `${interval.lower * 100}%`,
                inlineSize: `${(interval.upper - interval.lower) * 100}%`,
              }}
            />
          )}
        </span>
      )}
      {interval && (
        <span className="muted small">
          {t(words.interval, { from: text.value(figure, interval.lower), to: text.value(figure, interval.upper) })}
        </span>
      )}
    </div>
  );
}

function ChangeCell({ view, line, text }: { view: FiguresView; line: PlaceLine; text: FigureText }) {
  const { t, number } = useText();
  const { figure } = view;
  const { now, before, told } = line;
  if (now.value === null || before === null || before.value === null) return <span className="muted">—</span>;
  const change = now.value - before.value;
  if (told === "few") return <span className="muted small">{t(msg("reports.figuresPage.tooFewToTell"))}</span>;
  if (told === false) return <span className="muted small">{t(msg("reports.figuresPage.noDifference"))}</span>;
  if (!isShare(figure)) return <>{text.value(figure, before.value)}</>;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  const points = <bdi>{t(words.points, { n: apart(`${sign}${number(Math.abs(change * 100))}`) })}</bdi>;
  const became = figureChange(figure, line);
  if (became === null || became.is === "alike" || became.is === "few") return points;
  return (
    <Badge tone={changeTones[became.is]} icon={became.up ? "up" : "down"}>
      {points}
    </Badge>
  );
}

interface PlaceTableProps<Line extends PlaceLine> {
  readonly view: FiguresView;
  readonly lines: readonly Line[];
  readonly title: Words;
  /** Title of the column of names. */
  readonly label: Words;
  readonly name: (line: Line) => ReactNode;
  /** To what the list of cases is narrowed down. */
  readonly at: (code: string) => FigureCases;
  /** Columns beside the numbers, and at the end. */
  readonly beside?: readonly TableColumn<Line>[];
  readonly last?: readonly TableColumn<Line>[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** What the button says that shows all rows. */
  readonly all: Words;
  readonly none: Words;
  readonly part: FigureTableName;
}

export function PlaceTable<Line extends PlaceLine>(props: PlaceTableProps<Line>) {
  const { t } = useText();
  const { view, at, beside = [], last = [], title, sort } = props;
  const text = useFigureText(view);
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  const count = (to: string | null, value: Guarded) => {
    const shown = text.count(value);
    return to === null || value === 0 ? shown : <Link to={to}>{shown}</Link>;
  };
  const columns: TableColumn<Line>[] = [
    { key: "place", label: props.label, sort: true, cell: props.name },
    {
      key: "value",
      label: kpis[view.figure].name,
      sort: true,
      cell: (line) => <ShareCell view={view} line={line} at={at(line.place.code)} text={text} />,
    },
    {
      key: "volume",
      label: msg("reports.figuresPage.receivedShort"),
      sort: true,
      align: "end",
      narrow: true,
      cell: ({ place, received }) => count(casesBehind(view, "received", { more: at(place.code) }), received),
    },
    ...beside,
    {
      key: "overdue",
      label: msg("reports.figuresPage.overdueNow"),
      sort: true,
      align: "end",
      narrow: true,
      cell: ({ place, delayed }) => count(casesOf(view, { late: "late", ...at(place.code) }), delayed),
    },
    {
      key: "change",
      label: msg("reports.figuresPage.change"),
      sort: true,
      cell: (line) => <ChangeCell view={view} line={line} text={text} />,
    },
    ...last,
  ];
  const { column, direction } = sort;
  const lines = orderedPlaces(props.lines, isColumn(column) ? { column, direction } : usual, ({ place }) =>
    t(place.name),
  );
  return (
    <>
      <Table
        caption={title}
        rows={all ? lines : printing ? lines.filter(hasCases) : lines.slice(0, atFirst)}
        rowKey={({ place }) => place.code || "-"}
        columns={columns}
        sort={sort}
        onSort={props.onSort}
        empty={<EmptyState icon="chart" title={props.none} />}
      />
      <div className="figures-foot">
        {!all && lines.length > atFirst && (
          <Button small onClick={() => setAll(true)}>
            {t(props.all)}
          </Button>
        )}
        <TableFiles view={view} part={props.part} />
      </div>
    </>
  );
}
