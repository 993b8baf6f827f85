/** Pillars down, importance across; a cell says what is promised there. Arrow keys move between cells, Enter changes one. */

import React, { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import type { GridCell, GridLine, TypeGrid } from "../../../engine/rules/sla-grid.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Badge, holdRestOfClick, Icon, useText } from "../../../platform/ui/kit.js";
import { budgetWords, longDayWords } from "../rules/budget-words.js";
import { CellEditor } from "../rules/cell-editor.js";
import { type Changes, keyOf } from "./grid-copies.js";
import type { AddedLines } from "./grid-drafts.js";

const words = {
  first: pattern("policy-sla-grid.gridTable.first"),
  removed: msg("policy-sla-grid.gridTable.removed"),
  was: pattern("policy-sla-grid.gridTable.was"),
  /** Said of a line that is not in force yet: nothing was there. */
  without: pattern("policy-sla-grid.gridTable.without"),
  exceptions: pattern("policy-sla-grid.gridTable.exceptions"),
  cell: pattern("policy-sla-grid.gridTable.cell"),
  rule: pattern("policy-sla-grid.gridTable.rule"),
};

interface GridTableProps {
  readonly grid: TypeGrid;
  /** Codes of what is not in force yet. */
  readonly added: AddedLines;
  /** The row or the column that somebody was led to, by its code. */
  readonly sought: { readonly pillar?: string | undefined; readonly importance?: string | undefined };
  readonly changes: Changes;
  readonly faults: ReadonlyMap<string, Bilingual>;
  readonly mayEdit: boolean;
  /** Hours of a working day. */
  readonly dayHours: number;
  readonly onChange: (cell: GridCell, outcome: SlaOutcome | null) => void;
  /** Told in which row somebody is; what the key that copies a row does. */
  readonly onRow?: (row: number) => void;
  readonly onCopyRow?: () => void;
  /** What a spreadsheet is given of a cell, and what is done with what it gives. */
  readonly onCopy?: (cell: GridCell) => string;
  readonly onPaste?: (cell: GridCell, text: string) => void;
}

interface CellContentProps {
  readonly cell: GridCell;
  /** Its row, its column or its type is not in force yet. */
  readonly isNew: boolean;
  readonly changes: Changes;
  readonly dayHours: number;
}

function CellContent({ cell, isNew, changes, dayHours }: CellContentProps) {
  const { t } = useText();
  const change = changes.get(keyOf(cell));
  const outcome = change?.outcome ?? cell.outcome;
  const time = (shown: SlaOutcome) => t(budgetWords(shown.resolution));
  // The resolution alone; the cell's form says it of each target.
  const longDay = longDayWords(outcome.resolution, dayHours);
  const isGap = cell.rule === null && change === undefined;
  return (
    <>
      {change !== undefined && (
        <span className="cell-mark">
          <Icon name="edit" size={14} />
          {t(change.outcome === null ? words.removed : msg("policy-sla-grid.gridTable.changed"))}
        </span>
      )}
      {isGap && (
        <span className="cell-mark cell-mark-gap">
          <Icon name="question" size={14} />
          {t(msg("policy-sla-grid.gridTable.gap"))}
        </span>
      )}
      {change?.outcome !== null && (
        <span className={isGap ? "cell-default" : "cell-time"}>
          {isGap ? t(pattern("policy-sla-grid.gridTable.byDefault"), { time: time(outcome) }) : time(outcome)}
        </span>
      )}
      {change?.outcome !== null && !isGap && outcome.firstResponse !== null && (
        <span className="cell-first">{t(words.first, { time: t(budgetWords(outcome.firstResponse)) })}</span>
      )}
      {change?.outcome !== null && !isGap && longDay !== null && <span className="cell-first">{t(longDay)}</span>}
      {change !== undefined && (
        <span className="cell-first">{t(isNew ? words.without : words.was, { time: time(cell.outcome) })}</span>
      )}
      {cell.overrides.length > 0 && (
        <span className="cell-first">{t(words.exceptions, { n: cell.overrides.length })}</span>
      )}
    </>
  );
}

/** Where an arrow leads, as steps down and towards the end of the line. */
const arrows: Readonly<Record<string, readonly [down: number, along: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

function LineName({ line, isNew }: { line: GridLine; isNew: boolean }) {
  const { t } = useText();
  return (
    <>
      {t(line.name)}
      {isNew && (
        <>
          {" "}
          <Badge tone="waiting" icon="plus">
            {t(msg("policy-sla-grid.gridTable.added"))}
          </Badge>
        </>
      )}
    </>
  );
}

const soughtClass = (isSought: boolean) => (isSought ? "sla-sought" : undefined);
const isAmong = (codes: readonly string[], code: string | null): boolean => code !== null && codes.includes(code);

export function GridTable(props: GridTableProps) {
  const { grid, added, sought, changes, faults, mayEdit, dayHours, onChange, onRow, onCopyRow, onCopy, onPaste } =
    props;
  const { t, dir } = useText();
  const [edited, setEdited] = useState<string | null>(null);
  const lineAt = (lines: readonly GridLine[], code: string | undefined) =>
    Math.max(0, code === undefined ? 0 : lines.findIndex((line) => line.code === code));
  const [active, setActive] = useState<readonly [number, number]>(() => [
    lineAt(grid.pillars, sought.pillar),
    lineAt(grid.importance, sought.importance),
  ]);
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    table.current?.querySelector(".sla-sought")?.scrollIntoView({ block: "center" });
  }, []);
  const focusCell = (row: number, column: number) =>
    table.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus();
  const columns = grid.importance.length;
  const onKey = (event: KeyboardEvent, row: number, column: number) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // By its place, so that it is the same key on an Arabic keyboard.
    if (plain && event.code === "KeyC" && mayEdit && onCopyRow !== undefined) {
      event.preventDefault();
      onCopyRow();
      return;
    }
    const arrow = arrows[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    const along = dir === "rtl" ? -arrow[1] : arrow[1];
    const next = [
      Math.max(0, Math.min(grid.pillars.length - 1, row + arrow[0])),
      Math.max(0, Math.min(columns - 1, column + along)),
    ] as const;
    setActive(next);
    focusCell(...next);
  };
  const close = (row: number, column: number) => {
    holdRestOfClick();
    setEdited(null);
    setTimeout(() => focusCell(row, column));
  };
  return (
    <div className="sla-frame">
      <table className="sla-grid" ref={table}>
        <caption className="unseen">{t(pattern("policy-sla-grid.gridTable.caption"), { type: t(grid.name) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t(msg("policy-sla-grid.gridTable.pillar"))}</th>
            {grid.importance.map((column) => (
              <th
                scope="col"
                key={String(column.code)}
                className={soughtClass(sought.importance !== undefined && column.code === sought.importance)}
              >
                <LineName line={column} isNew={isAmong(added.importance, column.code)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.pillars.map((line, row) => (
            <tr key={String(line.code)}>
              <th scope="row" className={soughtClass(sought.pillar !== undefined && line.code === sought.pillar)}>
                <LineName line={line} isNew={isAmong(added.pillars, line.code)} />
              </th>
              {grid.importance.map((head, column) => {
                const cell = grid.cells[row * columns + column];
                if (cell === undefined) return null;
                const key = keyOf(cell);
                const change = changes.get(key);
                const fault = faults.get(key);
                const className = [
                  "sla-cell",
                  cell.rule === null && change === undefined && "sla-gap",
                  change !== undefined && "sla-changed",
                  fault !== undefined && "sla-faulty",
                ];
                const name = t(words.cell, { pillar: t(line.name), importance: t(head.name) });
                return (
                  <td key={key} className={className.filter(Boolean).join(" ")} data-label={t(head.name)}>
                    {edited === key ? (
                      <CellEditor
                        cell={cell}
                        dayHours={dayHours}
                        outcome={change?.outcome ?? cell.outcome}
                        onClose={() => close(row, column)}
                        onSet={(outcome) => {
                          onChange(cell, outcome);
                          close(row, column);
                        }}
                      />
                    ) : (
                      <button
                        type="button"
                        className="sla-button"
                        data-cell={`${row}-${column}`}
                        tabIndex={active[0] === row && active[1] === column ? 0 : -1}
                        aria-disabled={!mayEdit || undefined}
                        title={cell.rule === null ? undefined : t(words.rule, { name: t(cell.rule.title) })}
                        onCopy={(event) => {
                          if (onCopy === undefined) return;
                          event.preventDefault();
                          event.clipboardData.setData("text/plain", onCopy(cell));
                        }}
                        onPaste={(event) => {
                          if (onPaste === undefined || !mayEdit) return;
                          event.preventDefault();
                          onPaste(cell, event.clipboardData.getData("text/plain"));
                        }}
                        onFocus={() => {
                          setActive([row, column]);
                          onRow?.(row);
                        }}
                        onKeyDown={(event) => onKey(event, row, column)}
                        onClick={() => {
                          if (!mayEdit) return;
                          holdRestOfClick();
                          setEdited(key);
                        }}
                      >
                        <span className="unseen">{name}: </span>
                        <CellContent
                          cell={cell}
                          isNew={
                            isAmong(added.types, grid.type) ||
                            isAmong(added.pillars, line.code) ||
                            isAmong(added.importance, head.code)
                          }
                          changes={changes}
                          dayHours={dayHours}
                        />
                      </button>
                    )}
                    {fault && (
                      <p className="field-fault" role="alert">
                        {t(fault)}
                      </p>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
