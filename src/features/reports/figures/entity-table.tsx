/** Entities beside each other: sorted as the reader likes, told apart only where chance does not explain the difference. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
import type { Standing } from "../../../engine/measures/compare-rates.js";
import type { FiguresView, PlaceLine } from "../../../engine/measures/figures-view.js";
import { kpis } from "../../../engine/measures/kpi.js";
import { isShare } from "../../../engine/measures/page-figures.js";
import { type Guarded, isHidden } from "../../../engine/measures/small-cells.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Badge,
  Bidi,
  Button,
  EmptyState,
  Panel,
  type Sort,
  Table,
  type TableColumn,
  type Tone,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import { atEntity, casesBehind, casesOf } from "./figure-links.js";
import { type FigureText, useFigureText } from "./figure-text.js";
import { TableFiles } from "./table-files.js";

/** Of a country's entities, as they are sorted; the others on demand, and in the file. */
const atFirst = 15;

const words = {
  all: pattern("reports.figuresPage.allRows"),
  title: msg("reports.figuresPage.entities"),
  entity: msg("reports.figuresPage.entity"),
  volume: msg("reports.figuresPage.receivedShort"),
  overdue: msg("reports.figuresPage.overdueNow"),
  change: msg("reports.figuresPage.change"),
  standing: msg("reports.figuresPage.besideOthers"),
  ended: msg("reports.figuresPage.ended"),
  including: pattern("reports.figuresPage.including"),
  interval: pattern("reports.figuresPage.interval"),
  few: pattern("reports.figuresPage.fewCases"),
  alone: msg("reports.figuresPage.noPeers"),
  alike: msg("reports.figuresPage.noDifference"),
  better: pattern("reports.figuresPage.betterThan"),
  worse: pattern("reports.figuresPage.worseThan"),
  points: pattern("reports.figuresPage.points"),
  none: msg("reports.figuresPage.noEntities"),
  hint: pattern("reports.figuresPage.entitiesHint"),
  hintPlain: msg("reports.figuresPage.entitiesHintPlain"),
};

const tones: Readonly<Record<Standing, Tone>> = {
  better: "done",
  worse: "near",
  alike: "neutral",
  few: "neutral",
  alone: "neutral",
};

type Key = "value" | "volume" | "overdue" | "change" | "entity";
/** By what a column sorts; null comes last whichever way. */
const sortedBy: Readonly<Record<Key, (line: PlaceLine, name: string) => number | string | null>> = {
  value: ({ now, compared }) => (compared?.standing === "few" ? null : now.value),
  volume: ({ received }) => (isHidden(received) ? null : received),
  overdue: ({ delayed }) => (isHidden(delayed) ? null : delayed),
  change: ({ now, before }) =>
    now.value === null || !before || before.value === null ? null : now.value - before.value,
  entity: (_, name) => name,
};

/** Among equals; a number that is not shown says nothing by its place either. */
const receivedOf = ({ received }: PlaceLine): number => (isHidden(received) ? 0 : received);

const isKey = (text: string): text is Key => text in sortedBy;

/** @param text `value.asc`, as the address has it */
export function readSort(text: string | undefined): Sort {
  const [column = "", direction] = (text ?? "").split(".");
  return isKey(column)
    ? { column, direction: direction === "asc" ? "asc" : "desc" }
    : { column: "volume", direction: "desc" };
}

function sortedLines(lines: readonly PlaceLine[], sort: Sort, nameOf: (line: PlaceLine) => string): PlaceLine[] {
  const by = sortedBy[isKey(sort.column) ? sort.column : "volume"];
  const sign = sort.direction === "asc" ? 1 : -1;
  const keyed = lines.map((line) => ({ line, key: by(line, nameOf(line)) }));
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
      if (typeof a.key === "string" || typeof b.key === "string")
        return sign * String(a.key).localeCompare(String(b.key));
      return sign * (a.key - b.key) || receivedOf(b.line) - receivedOf(a.line);
    })
    .map(({ line }) => line);
}

/** A share with the bar of its size, and where it lies. */
function ShareCell({ view, line, text }: { view: FiguresView; line: PlaceLine; text: FigureText }) {
  const { t } = useText();
  const { figure } = view;
  const { now, compared, place } = line;
  const value = text.measured(figure, now);
  const to = casesBehind(view, figure, { more: atEntity(place.code) });
  const interval = compared?.interval ?? null;
  return (
    <div className="share-cell">
      <span>
        {to === null || now.value === null ? value : <Link to={to}>{value}</Link>}{" "}
        <span className="muted small">{text.outOf(now)}</span>
      </span>
      {isShare(figure) && now.value !== null && (
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

function StandingCell({ line, leastN }: { line: PlaceLine; leastN: number }) {
  const { t } = useText();
  if (line.compared === null) return null;
  const { standing, others } = line.compared;
  const said: Readonly<Record<Standing, Words>> = {
    few: t(words.few, { n: leastN }),
    alone: words.alone,
    alike: words.alike,
    better: t(words.better, { n: others }),
    worse: t(words.worse, { n: others }),
  };
  if (standing === "better" || standing === "worse") return <Badge tone={tones[standing]}>{t(said[standing])}</Badge>;
  return <span className="muted small">{t(said[standing])}</span>;
}

function ChangeCell({ view, line, text }: { view: FiguresView; line: PlaceLine; text: FigureText }) {
  const { t, number } = useText();
  const { figure } = view;
  const { now, before, told } = line;
  if (now.value === null || before === null || before.value === null) return <span className="muted">—</span>;
  const change = now.value - before.value;
  if (told === false) return <span className="muted small">{t(words.alike)}</span>;
  if (!isShare(figure)) return <>{text.value(figure, before.value)}</>;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  return <bdi>{t(words.points, { n: `${sign}${number(Math.abs(change * 100))}` })}</bdi>;
}

interface EntityTableProps {
  readonly view: FiguresView;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Where all figures of one entity are. */
  readonly narrowedTo: (entity: string) => string;
}

export function EntityTablePanel({ view, sort, onSort, narrowedTo }: EntityTableProps) {
  const { t, list } = useText();
  const text = useFigureText(view);
  const [all, setAll] = useState(false);
  const { figure, entities } = view;
  const { name, leastN } = kpis[figure];
  const compares = entities.some(({ compared }) => compared !== null);
  const count =
    (filter: (line: PlaceLine) => string | null, value: (line: PlaceLine) => Guarded) => (line: PlaceLine) => {
      const to = filter(line);
      const shown = text.count(value(line));
      return to === null || value(line) === 0 ? shown : <Link to={to}>{shown}</Link>;
    };
  const narrows = view.scope.readsCases && entities.length > 1;
  const columns: TableColumn<PlaceLine>[] = [
    {
      key: "entity",
      label: words.entity,
      sort: true,
      cell: ({ place, ended, including }) => (
        <>
          {narrows && place.code !== "" ? (
            <Link to={narrowedTo(place.code)}>
              <Bidi>{t(place.name)}</Bidi>
            </Link>
          ) : (
            <Bidi>{t(place.name)}</Bidi>
          )}{" "}
          {ended && <span className="muted small">{t(words.ended)}</span>}
          {including.length > 0 && (
            <span className="muted small">
              {t(words.including, { names: list(including.map(({ name }) => t(name))) })}
            </span>
          )}
        </>
      ),
    },
    { key: "value", label: name, sort: true, cell: (line) => <ShareCell view={view} line={line} text={text} /> },
    {
      key: "volume",
      label: words.volume,
      sort: true,
      align: "end",
      narrow: true,
      cell: count(
        ({ place }) => casesBehind(view, "received", { more: atEntity(place.code) }),
        ({ received }) => received,
      ),
    },
    {
      key: "overdue",
      label: words.overdue,
      sort: true,
      align: "end",
      narrow: true,
      cell: count(
        ({ place }) => casesOf(view, { late: "late", ...atEntity(place.code) }),
        ({ delayed }) => delayed,
      ),
    },
    {
      key: "change",
      label: words.change,
      sort: true,
      cell: (line) => <ChangeCell view={view} line={line} text={text} />,
    },
    ...(compares && leastN !== null
      ? [
          {
            key: "standing",
            label: words.standing,
            cell: (line: PlaceLine) => <StandingCell line={line} leastN={leastN} />,
          },
        ]
      : []),
  ];
  const lines = sortedLines(entities, sort, ({ place }) => t(place.name));
  return (
    <Panel title={words.title} flush>
      <p className="figures-hint muted small">
        {compares && leastN !== null ? t(words.hint, { n: leastN }) : t(words.hintPlain)}
      </p>
      <Table
        caption={words.title}
        rows={all ? lines : lines.slice(0, atFirst)}
        rowKey={({ place }) => place.code || "-"}
        columns={columns}
        sort={sort}
        onSort={onSort}
        empty={<EmptyState icon="chart" title={words.none} />}
      />
      <div className="figures-foot">
        {!all && lines.length > atFirst && (
          <Button small onClick={() => setAll(true)}>
            {t(words.all, { n: lines.length })}
          </Button>
        )}
        <TableFiles view={view} part="entities" />
      </div>
    </Panel>
  );
}
