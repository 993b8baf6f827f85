/** A list of rows: a real table with a caption; cards where the screen is narrow. */

import React, { type CSSProperties, type ReactNode } from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Words } from "./boot.js";
import { Checkbox } from "./form/inputs.js";
import { Icon } from "./icons.js";
import { useText } from "./language/text.js";
import { WideFrame } from "./wide-frame.js";

export interface TableColumn<R> {
  readonly key: string;
  readonly label: Words;
  readonly cell: (row: R) => ReactNode;
  /** Can be sorted by; `onSort` gets the key. */
  readonly sort?: boolean;
  readonly align?: "start" | "end" | "center";
  /** Numbers, codes: does not wrap. */
  readonly narrow?: boolean;
  /** A heading that is only read out: a column of buttons. */
  readonly hideLabel?: boolean;
  /** Left out of the cards on a phone. */
  readonly hideOnPhone?: boolean;
  /**
   * The least width in which it can be read, in rem. Where any column says it, all do: the table moves sideways sooner than
   * it goes below. What there is more of goes to each by its share.
   */
  readonly least?: number;
  /** Instead of a share: all that the others leave, or nothing. */
  readonly grows?: "rest" | "never";
}

export interface Sort {
  readonly column: string;
  readonly direction: "asc" | "desc";
}

interface TableProps<R> {
  readonly columns: readonly TableColumn<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  /** What the table shows; read out, not seen. */
  readonly caption: Words;
  readonly showCaption?: boolean;
  readonly empty?: ReactNode;
  /** Where the first cell of a row leads; the row can then be clicked anywhere. */
  readonly href?: (row: R) => string;
  /** In place of `href`: what happens when a row is opened here. */
  readonly onOpen?: (row: R) => void;
  readonly rowName?: (row: R) => string;
  readonly rowClass?: (row: R) => string | undefined;
  /** Keys of the rows that are selected; with `onSelect` each row has a box. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (keys: ReadonlySet<string>) => void;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  /** Newer rows are on their way. */
  readonly busy?: boolean;
  /** Few and narrow columns: no cards on a phone. */
  readonly stays?: boolean;
}

const ariaSort = { asc: "ascending", desc: "descending" } as const;

function Heading<R>({ column, sort, onSort }: Pick<TableProps<R>, "sort" | "onSort"> & { column: TableColumn<R> }) {
  const { t } = useText();
  const current = sort?.column === column.key ? sort.direction : null;
  const label = column.hideLabel ? <span className="unseen">{t(column.label)}</span> : t(column.label);
  return (
    <th
      scope="col"
      className={column.align ? `align-${column.align}` : undefined}
      aria-sort={current === null ? undefined : ariaSort[current]}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          className="sort"
          onClick={() => onSort({ column: column.key, direction: current === "asc" ? "desc" : "asc" })}
        >
          {label}
          <span className={current === null ? "sort-mark sort-mark-off" : "sort-mark"}>
            <Icon name={current === "desc" ? "down" : "up"} size={14} />
          </span>
        </button>
      ) : (
        label
      )}
    </th>
  );
}

function FirstCell<R>({
  row,
  column,
  href,
  onOpen,
}: Pick<TableProps<R>, "href" | "onOpen"> & {
  row: R;
  column: TableColumn<R>;
}) {
  const content = column.cell(row);
  if (href) {
    return (
      <Link className="row-link" to={href(row)}>
        {content}
      </Link>
    );
  }
  if (onOpen) {
    return (
      <button type="button" className="row-link" onClick={() => onOpen(row)}>
        {content}
      </button>
    );
  }
  return <>{content}</>;
}

/** Of the boxes that select rows, in rem. */
const boxWidth = 3.75;

/** How wide its columns want to be, where they say so; null: as what stands in them. */
function widthsOf<R>(columns: readonly TableColumn<R>[], boxes: boolean) {
  if (columns.every(({ least }) => least === undefined)) return null;
  const total = columns.reduce((sum, { least = 0 }) => sum + least, boxes ? boxWidth : 0);
  const widthOf = ({ least = 0, grows }: TableColumn<R>): string =>
    grows === "rest" ? "auto" : grows === "never" ? `${least}rem` : `${(100 * least) / total}%`;
  return { total, cols: columns.map((column) => ({ key: column.key, inlineSize: widthOf(column) })) };
}

export function Table<R>(props: TableProps<R>) {
  const { columns, rows, rowKey, caption, showCaption, empty, href, onOpen, rowName, rowClass, busy, stays } = props;
  const { selected, onSelect, sort, onSort } = props;
  const { t } = useText();
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const opens = href !== undefined || onOpen !== undefined;
  const choose = (key: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(key);
    else next.delete(key);
    onSelect?.(next);
  };
  const widths = widthsOf(columns, onSelect !== undefined);
  const className = ["table", opens && "table-opens", widths && "table-sized", stays && "table-stays"]
    .filter(Boolean)
    .join(" ");
  const allSelected = rows.length > 0 && rows.every((row) => selected?.has(rowKey(row)));
  return (
    <WideFrame label={caption} className="table-frame" busy={busy}>
      <table
        className={className}
        style={widths === null ? undefined : ({ "--least": `${widths.total}rem` } as CSSProperties)}
      >
        <caption className={showCaption ? undefined : "unseen"}>{t(caption)}</caption>
        {widths !== null && (
          <colgroup>
            {onSelect && <col style={{ inlineSize: `${boxWidth}rem` }} />}
            {widths.cols.map(({ key, inlineSize }) => (
              <col key={key} style={{ inlineSize }} />
            ))}
          </colgroup>
        )}
        <thead>
          <tr>
            {onSelect && (
              <th scope="col" className="cell-box">
                <Checkbox
                  label={msg("ui.table.all")}
                  hideLabel
                  checked={allSelected}
                  onChange={(on) => onSelect(on ? new Set(rows.map(rowKey)) : new Set())}
                />
              </th>
            )}
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr key={key} className={rowClass?.(row)} aria-selected={onSelect ? selected?.has(key) : undefined}>
                {onSelect && (
                  <td className="cell-box">
                    <Checkbox
                      label={t(pattern("ui.table.one"), { name: rowName?.(row) ?? key })}
                      hideLabel
                      checked={selected?.has(key) ?? false}
                      onChange={(on) => choose(key, on)}
                    />
                  </td>
                )}
                {columns.map((column, at) => {
                  const className = [
                    column.align && `align-${column.align}`,
                    column.narrow && "narrow",
                    column.hideOnPhone && "hide-on-phone",
                    column.hideLabel && "cell-acts",
                  ]
                    .filter(Boolean)
                    .join(" ");
                  const label = column.hideLabel ? undefined : t(column.label);
                  return at === 0 ? (
                    <th key={column.key} scope="row" className={className || undefined} data-label={label}>
                      <div className="cell">
                        <FirstCell row={row} column={column} href={href} onOpen={onOpen} />
                      </div>
                    </th>
                  ) : (
                    <td key={column.key} className={className || undefined} data-label={label}>
                      <div className="cell">{column.cell(row)}</div>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </WideFrame>
  );
}
