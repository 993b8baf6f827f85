/** Service levels of the draft as a grid: a tab a type, cells changed in their place, filled along, copied and pasted. */

import React, { useEffect, useRef, useState } from "react";
import { Navigate } from "react-router-dom";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import type { GridCell, TypeGrid } from "../../../engine/rules/sla-grid.js";
import type { CellChange } from "../../../engine/rules/write-sla-grid.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, listed } from "../../../engine/text/text.js";
import {
  Button,
  NoticeBox,
  Page,
  type ProblemBody,
  ProblemBox,
  problemOf,
  type Query,
  Select,
  Spinner,
  send,
  Tabs,
  toast,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { ChosenProgramme } from "../../setup/chosen-programme.page.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import { budgetWords } from "../rules/budget-words.js";
import { keyOf } from "./grid-copies.js";
import { GridCopyDialog } from "./grid-copy-dialog.js";
import type { DraftedGrid } from "./grid-drafts.js";
import { GridOverrides } from "./grid-overrides.js";
import { GridTable } from "./grid-table.js";
import { cellText, readBlock } from "./grid-text.js";

/** Service levels in the menu: it leads to where they are seen, changed and published as a grid. */
export function SlaGrid() {
  const [{ programme, type, split }] = useAddress();
  const { view, problem } = useView<ChosenProgramme>(withQuery("pages/sla-grid", { programme }));
  if (view === null)
    return (
      <Page title={msg("policy-sla-grid.slaGrid.serviceLevels")}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  const thing = { programme: view.programme, kind: "rules", name: "sla", part: "grid" };
  return <Navigate replace to={withQuery("/admin/pages/policy", { ...thing, type, split })} />;
}

const words = {
  gapsHint: pattern("policy-sla-grid.gridPart.gapsHint"),
  cell: msg("policy-sla-grid.gridPart.cell"),
  row: msg("policy-sla-grid.gridPart.row"),
  column: msg("policy-sla-grid.gridPart.column"),
};

const address = "pages/sla-grid";
type Along = "cell" | "row" | "column";

/** The cells that a change of one is made in. */
function cellsAlong(grid: TypeGrid, cell: GridCell, along: Along): readonly GridCell[] {
  if (along === "cell") return [cell];
  const key = along === "row" ? "pillar" : "importance";
  return grid.cells.filter((other) => other[key] === cell[key]);
}

const changeOf = ({ type, pillar, importance }: GridCell, outcome: SlaOutcome | null): CellChange => ({
  type,
  pillar,
  importance,
  outcome,
});

/** A block that is put down with its first cell at one of the grid: changes, and what of it cannot be read. */
function pasted(grid: TypeGrid, from: GridCell, text: string) {
  const columns = grid.importance.length;
  const start = grid.cells.indexOf(from);
  const changes: CellChange[] = [];
  const faults = new Map<string, Bilingual>();
  for (const [down, line] of readBlock(text).entries()) {
    for (const [along, read] of line.entries()) {
      if ((start % columns) + along >= columns) continue;
      const cell = grid.cells[start + down * columns + along];
      if (cell === undefined || read === null) continue;
      if ("fault" in read) faults.set(keyOf(cell), read.fault);
      else changes.push(changeOf(cell, { ...cell.outcome, ...read.targets }));
    }
  }
  return { changes, faults };
}

/** The grid of the draft, asked for anew when it changes elsewhere: in the text, or by its rules. */
function useDraftedGrid(part: PolicyPartProps, split: readonly string[]) {
  const { definition, onChange, thing, changeSet } = part;
  const [grid, setGrid] = useState<DraftedGrid | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const known = useRef<string | null>(null);
  const keyFor = (of: unknown) => JSON.stringify([of, split, changeSet]);
  const key = keyFor(definition);
  useEffect(() => {
    if (known.current === key) return;
    let current = true;
    const [asked, types, set] = JSON.parse(key) as [unknown, string[], number | null];
    send<DraftedGrid>(address, {
      do: "draft",
      programme: thing.programme,
      definition: asked,
      split: types,
      changeSet: set,
      changes: [],
    })
      .then((found) => {
        if (!current) return;
        known.current = key;
        setGrid(found);
        setProblem(null);
      })
      .catch((error: unknown) => current && setProblem(problemOf(error)));
    return () => {
      current = false;
    };
  }, [key, thing.programme]);
  const change = async (changes: readonly CellChange[]): Promise<ReadonlyMap<string, Bilingual>> => {
    try {
      const found = await send<DraftedGrid>(address, {
        do: "draft",
        programme: thing.programme,
        definition,
        split,
        changeSet,
        changes,
      });
      known.current = keyFor(found.definition);
      setGrid(found);
      setProblem(null);
      onChange?.(found.definition);
      return new Map();
    } catch (error) {
      const refused = problemOf(error);
      const faults = new Map<string, Bilingual>();
      for (const { field, reason } of refused.faults) {
        const cell = changes[Number(/^\/changes\/(\d+)/.exec(field)?.[1] ?? -1)];
        if (cell !== undefined) faults.set(keyOf(cell), reason);
      }
      if (faults.size === 0) setProblem(refused);
      return faults;
    }
  };
  return { grid, problem, change };
}

/** The cells of the version in force, by their keys; none where it cannot be read, or nothing is in force. */
function useCellsInForce(part: PolicyPartProps, split: readonly string[]): ReadonlyMap<string, GridCell> {
  const { inForce, thing, changeSet } = part;
  const [cells, setCells] = useState<ReadonlyMap<string, GridCell>>(new Map());
  const types = split.join();
  useEffect(() => {
    if (inForce === null) return;
    let current = true;
    const body = { programme: thing.programme, definition: inForce, split: types.split(","), changeSet, changes: [] };
    send<DraftedGrid>(address, { do: "draft", ...body })
      .then((found) => {
        const all = found.types.flatMap((type) => type.cells);
        if (current) setCells(new Map(all.map((cell) => [keyOf(cell), cell])));
      })
      // What it was is told beside what it is; without it the grid still stands.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [inForce, thing.programme, types, changeSet]);
  return cells;
}

/** The grid as it was, and what changed in it: as its table shows both. */
function against(inForce: ReadonlyMap<string, GridCell>, grid: TypeGrid) {
  const changes = new Map<string, CellChange>();
  const cells = grid.cells.map((cell) => {
    const before = inForce.get(keyOf(cell));
    if (before === undefined || JSON.stringify(before.outcome) === JSON.stringify(cell.outcome)) return cell;
    changes.set(keyOf(cell), changeOf(cell, cell.outcome));
    return { ...cell, outcome: before.outcome };
  });
  return { changes, grid: { ...grid, cells } };
}

const noFaults: ReadonlyMap<string, Bilingual> = new Map();

/** The tab that the address asks for, or the first that has the line it asks for. */
function shownOf({ types }: DraftedGrid, { type, pillar, importance }: Query): TypeGrid | undefined {
  const asked = types.find((one) => one.type === type);
  const has = (lines: TypeGrid["pillars"], code: string | undefined) => lines.some((line) => line.code === code);
  return asked ?? types.find((one) => has(one.pillars, pillar) || has(one.importance, importance)) ?? types[0];
}

/** What the change-set adds to this tab: itself, its rows and its columns. */
function addedLines({ added }: DraftedGrid, { type, name, pillars, importance }: TypeGrid): readonly Bilingual[] {
  const own = added.types.includes(type) ? [name] : [];
  const of = (lines: TypeGrid["pillars"], codes: readonly string[]) =>
    lines.filter(({ code }) => code !== null && codes.includes(code)).map((line) => line.name);
  return [...own, ...of(pillars, added.pillars), ...of(importance, added.importance)];
}

function GridPart(part: PolicyPartProps) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const split = query.split === undefined ? [] : query.split.split(",");
  const { grid, problem, change } = useDraftedGrid(part, split);
  const inForce = useCellsInForce(part, split);
  const [along, setAlong] = useState<Along>("cell");
  const [faults, setFaults] = useState(noFaults);
  // The row in which somebody was last; what is copied begins with it.
  const [row, setRow] = useState(0);
  const [isCopying, setCopying] = useState(false);
  const may = part.onChange !== undefined;
  if (grid === null) return problem ? <ProblemBox problem={problem} /> : <Spinner />;
  const shown = shownOf(grid, query);
  const added = shown === undefined ? [] : addedLines(grid, shown);
  const gapsOf = ({ cells }: TypeGrid) => cells.filter(({ rule }) => rule === null).length;
  const make = async (changes: readonly CellChange[], unread: ReadonlyMap<string, Bilingual> = noFaults) => {
    const refused = changes.length === 0 ? noFaults : await change(changes);
    setFaults(new Map([...unread, ...refused]));
    return refused.size === 0;
  };
  const compared = shown && against(inForce, shown);
  const own = (cell: GridCell) => shown?.cells.find((one) => keyOf(one) === keyOf(cell)) ?? cell;
  const gaps = shown === undefined ? 0 : gapsOf(shown);
  return (
    <>
      <ProblemBox problem={problem} />
      <Tabs
        label={msg("policy-sla-grid.gridPart.types")}
        current={shown?.type ?? ""}
        onChange={(type) => {
          setFaults(noFaults);
          setRow(0);
          setQuery({ type, split: null });
        }}
        tabs={grid.types.map((one) => ({ id: one.type, label: one.name, count: gapsOf(one) || null }))}
      >
        {shown && compared && (
          <div className="stack sla-panel">
            {added.length > 0 && (
              <NoticeBox title={t(pattern("policy-sla-grid.gridPart.added"), { names: listed(added) })}>
                <p>{t(msg("policy-sla-grid.gridPart.addedHint"))}</p>
              </NoticeBox>
            )}
            {gaps > 0 && (
              <NoticeBox tone="warning" title={t(pattern("policy-sla-grid.gridPart.gaps"), { n: gaps })}>
                <p>{t(words.gapsHint, { time: t(budgetWords(grid.default.resolution)) })}</p>
              </NoticeBox>
            )}
            {may && (
              <div className="grid-tools">
                <Select
                  label={msg("policy-sla-grid.gridPart.fill")}
                  value={along}
                  choices={(["cell", "row", "column"] as const).map((value) => ({ value, label: words[value] }))}
                  onChange={(chosen) => setAlong(chosen as Along)}
                />
                <Button icon="copy" onClick={() => setCopying(true)}>
                  {t(msg("policy-sla-grid.gridPart.copy"))}
                </Button>
                <p className="small muted">{t(msg("policy-sla-grid.gridPart.arrowKeysMoveEnterChanges"))}</p>
              </div>
            )}
            <GridTable
              key={shown.type}
              grid={compared.grid}
              added={grid.added}
              sought={{ pillar: query.pillar, importance: query.importance }}
              changes={compared.changes}
              faults={faults}
              mayEdit={may}
              dayHours={part.vocabulary.dayHours}
              onChange={(cell, outcome) =>
                void make(cellsAlong(shown, own(cell), along).map((one) => changeOf(one, outcome)))
              }
              onRow={setRow}
              onCopyRow={() => setCopying(true)}
              onCopy={(cell) => cellText(own(cell).outcome)}
              onPaste={(cell, text) => {
                const { changes, faults: unread } = pasted(shown, own(cell), text);
                void make(changes, unread);
              }}
            />
            {may && shown.cells.length === 1 && (
              <div>
                <Button kind="quiet" icon="grid" onClick={() => setQuery({ split: shown.type, type: shown.type })}>
                  {t(msg("policy-sla-grid.gridPart.split"))}
                </Button>
              </div>
            )}
          </div>
        )}
      </Tabs>
      {shown && isCopying && (
        <GridCopyDialog
          from={shown}
          types={grid.types}
          row={row}
          onClose={() => setCopying(false)}
          onCopy={async (changes) => {
            const isDone = await make(changes);
            setCopying(false);
            if (isDone) toast(t(pattern("policy-sla-grid.gridPart.copied"), { n: changes.length }));
          }}
        />
      )}
      <GridOverrides rules={grid.overrides} mayEdit={may} />
    </>
  );
}

export const gridPart: PolicyPart = {
  id: "grid",
  label: msg("policy-sla-grid.gridPart.tab"),
  place: "editor",
  of: ({ kind, name }) => kind === "rules" && name === "sla",
  Component: GridPart,
};
