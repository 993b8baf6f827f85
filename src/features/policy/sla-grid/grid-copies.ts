/** Cells of the grid copied onto others: a row onto rows of its type, a row or the whole table onto other types. */
import type { SlaOutcome } from "../../../engine/rules/outcomes.js";
import type { CellKey, GridCell, TypeGrid } from "../../../engine/rules/sla-grid.js";
import type { CellChange } from "../../../engine/rules/write-sla-grid.js";

/** By `keyOf` of their cell. */
export type Changes = ReadonlyMap<string, CellChange>;

/** Names of cells on the screen. */
export const keyOf = ({ type, pillar, importance }: CellKey): string => JSON.stringify([type, pillar, importance]);

/** As the grid writes it: holds for all of them. */
const every: CellKey["pillar"] = "*";

/** A row by the code of its pillar (null: not known), or all of them. */
export type CopiedRows = { readonly pillar: string | null } | "all";

export interface GridCopy {
  readonly from: TypeGrid;
  readonly rows: CopiedRows;
  /** Rows of the same type that get what the row says. */
  readonly ontoPillars: readonly (string | null)[];
  /** Types that get it in the same row, or in every row. */
  readonly ontoTypes: readonly TypeGrid[];
}

export const rowsOf = (grid: TypeGrid, rows: CopiedRows): readonly GridCell[] =>
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
