/** Asks which cells of the grid are copied, and onto which rows and types. */
import React, { useState } from "react";
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import type { CellKey, GridCell, TypeGrid } from "../../../engine/rules/sla-grid.js";
import type { CellChange } from "../../../engine/rules/write-sla-grid.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Checkbox, Field, FormDialog, Select, useText } from "../../../platform/ui/kit.js";
import { keyOf } from "./grid-state.js";

/** As the grid writes it: holds for all of them. */
const every: CellKey["pillar"] = "*";

/** A row by the code of its pillar (null: not known), or all of them. */
type CopiedRows = { readonly pillar: string | null } | "all";

interface GridCopy {
  readonly from: TypeGrid;
  readonly rows: CopiedRows;
  /** Rows of the same type that get what the row says. */
  readonly ontoPillars: readonly (string | null)[];
  /** Types that get it in the same row, or in every row. */
  readonly ontoTypes: readonly TypeGrid[];
}

/** Cells of the grid copied onto others: a row onto rows of its type, a row or the whole table onto other types. */
const rowsOf = (grid: TypeGrid, rows: CopiedRows): readonly GridCell[] =>
  rows === "all" ? grid.cells : grid.cells.filter(({ pillar }) => pillar === rows.pillar);

const sameTime = (a: SlaOutcome, b: SlaOutcome): boolean =>
  (["acknowledgement", "firstResponse", "resolution"] as const).every(
    (target) => a[target]?.amount === b[target]?.amount && a[target]?.unit === b[target]?.unit,
  );

/** Where a cell goes in the table of another type: what makes no difference in the one holds all along the other. */
function placesIn({ type, pillars, importance }: TypeGrid, cell: GridCell) {
  const rows = cell.pillar === every ? pillars.map(({ code }) => code) : [cell.pillar];
  const columns = cell.importance === every ? importance.map(({ code }) => code) : [cell.importance];
  return rows.flatMap((pillar) => columns.map((level) => ({ type, pillar, importance: level })));
}

/** What changes: cells that are not decided are not copied, and where the same is promised already nothing is written. */
export function copiedCells({ from, rows, ontoPillars, ontoTypes }: GridCopy): CellChange[] {
  const decided = rowsOf(from, rows).filter(({ rule }) => rule !== null);
  const standing = new Map([from, ...ontoTypes].flatMap(({ cells }) => cells.map((cell) => [keyOf(cell), cell])));
  return decided.flatMap((cell) =>
    [
      ...ontoPillars.map((pillar) => ({ type: from.type, pillar, importance: cell.importance })),
      ...ontoTypes.flatMap((grid) => placesIn(grid, cell)),
    ].flatMap((key) => {
      const before = standing.get(keyOf(key));
      const stays = before !== undefined && before.rule !== null && sameTime(before.outcome, cell.outcome);
      return stays ? [] : [{ ...key, outcome: cell.outcome }];
    }),
  );
}

const words = {
  title: { en: "Copy cells of “{type}”", ar: "نسخ خانات «{type}»" },
  copy: { en: "Copy", ar: "نسخ" },
  what: { en: "What is copied", ar: "ما يُنسخ" },
  row: { en: "The row “{pillar}”", ar: "صف «{pillar}»" },
  all: { en: "All rows", ar: "كل الصفوف" },
  ontoRows: { en: "Onto these rows", ar: "إلى هذه الصفوف" },
  ontoTypes: { en: "Onto these application types", ar: "إلى هذه الأنواع من الطلبات" },
  sameRow: { en: "The same row there is written over.", ar: "يُكتب فوق الصف نفسه هناك." },
  sameRows: { en: "The same rows there are written over.", ar: "يُكتب فوق الصفوف نفسها هناك." },
  gaps: {
    en: "Not decided here, and so not copied: {n}",
    ar: "غير محدد هنا، فلا يُنسخ: {n}",
  },
  changes: { en: "Cells that change: {n}", ar: "خانات تتغير: {n}" },
  same: { en: "The same is promised there already.", ar: "الالتزام هناك هو نفسه بالفعل." },
  choose: { en: "Choose where it is copied to.", ar: "اختر ما يُنسخ إليه." },
} as const satisfies Record<string, Bilingual>;

interface CopyCellsProps {
  readonly from: TypeGrid;
  readonly types: readonly TypeGrid[];
  /** The row that it begins with, by its place. */
  readonly row: number;
  readonly onClose: () => void;
  readonly onCopy: (changes: readonly CellChange[]) => Promise<void>;
}

const all = "all";

function toggled<T>(chosen: readonly T[], one: T, isOn: boolean): readonly T[] {
  const others = chosen.filter((other) => other !== one);
  return isOn ? [...others, one] : others;
}

export function GridCopyDialog({ from, types, row, onClose, onCopy }: CopyCellsProps) {
  const { t, number } = useText();
  const [what, setWhat] = useState(String(row));
  const [pillars, setPillars] = useState<readonly (string | null)[]>([]);
  const [others, setOthers] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const line = what === all ? undefined : from.pillars[Number(what)];
  const rows: CopiedRows = line === undefined ? all : { pillar: line.code };
  const isOneRow = line !== undefined && from.pillars.length > 1;
  const ontoPillars = isOneRow ? pillars.filter((code) => code !== line.code) : [];
  const ontoTypes = types.filter(({ type }) => others.includes(type));
  const changes = copiedCells({ from, rows, ontoPillars, ontoTypes });
  const gaps = rowsOf(from, rows).filter(({ rule }) => rule === null).length;
  const isAimed = ontoPillars.length + ontoTypes.length > 0;
  const stopped = isAimed ? words.same : words.choose;
  return (
    <FormDialog
      title={t(words.title, { type: t(from.name) })}
      action={words.copy}
      fields={[]}
      onClose={onClose}
      onSend={async () => {
        setAsked(true);
        if (changes.length === 0) return;
        await onCopy(changes);
      }}
    >
      {() => (
        <>
          {from.pillars.length > 1 && (
            <Select
              label={words.what}
              value={what}
              choices={[
                ...from.pillars.map((one, i) => ({
                  value: String(i),
                  label: t(words.row, { pillar: t(one.name) }),
                })),
                { value: all, label: words.all },
              ]}
              onChange={setWhat}
            />
          )}
          {isOneRow && (
            <Field group label={words.ontoRows}>
              {from.pillars
                .filter((one) => one !== line)
                .map((one) => (
                  <Checkbox
                    key={String(one.code)}
                    label={one.name}
                    checked={pillars.includes(one.code)}
                    onChange={(isOn) => setPillars(toggled(pillars, one.code, isOn))}
                  />
                ))}
            </Field>
          )}
          {types.length > 1 && (
            <Field group label={words.ontoTypes} help={isOneRow ? words.sameRow : words.sameRows}>
              {types
                .filter(({ type }) => type !== from.type)
                .map(({ type, name }) => (
                  <Checkbox
                    key={type}
                    label={name}
                    checked={others.includes(type)}
                    onChange={(isOn) => setOthers(toggled(others, type, isOn))}
                  />
                ))}
            </Field>
          )}
          {gaps > 0 && <p className="small muted">{t(words.gaps, { n: number(gaps) })}</p>}
          <p role="status" className={asked && changes.length === 0 ? "field-fault" : "small"}>
            {changes.length > 0 ? t(words.changes, { n: number(changes.length) }) : t(stopped)}
          </p>
        </>
      )}
    </FormDialog>
  );
}
