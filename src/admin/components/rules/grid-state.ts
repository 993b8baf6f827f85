/** Cells that were changed on the screen and are not published yet. */
import type { SlaOutcome } from "../../../domain/rules/outcomes.js";
import type { CellKey, GridCell } from "../../../domain/rules/sla-grid.js";
import type { CellChange } from "../../../domain/rules/write-sla-grid.js";
import { sameBudget } from "./budget-words.js";

export type Changes = ReadonlyMap<string, CellChange>;

/** As it is kept while the page is left; `basedOn`: the version whose cells were changed, null for the one shown. */
export interface GridDraft {
  readonly changes: readonly CellChange[];
  readonly basedOn: number | null;
}
export const noChanges: GridDraft = { changes: [], basedOn: null };

export const keyOf = ({ type, pillar, importance }: CellKey): string => JSON.stringify([type, pillar, importance]);

const targets = ["acknowledgement", "firstResponse", "resolution"] as const;
const sameOutcome = (a: SlaOutcome, b: SlaOutcome): boolean =>
  targets.every((target) => sameBudget(a[target], b[target]));

/** The changes with this cell as it was set; set back to what is decided already, it is no change. A gap is filled by saying so. */
export const changesOf = ({ changes }: GridDraft): Changes => new Map(changes.map((change) => [keyOf(change), change]));

export function withChange(changes: Changes, cell: GridCell, outcome: SlaOutcome | null): Changes {
  const next = new Map(changes);
  const key = keyOf(cell);
  if (outcome !== null && cell.rule !== null && sameOutcome(outcome, cell.outcome)) next.delete(key);
  else next.set(key, { type: cell.type, pillar: cell.pillar, importance: cell.importance, outcome });
  return next;
}

export function withoutChange(changes: Changes, cell: CellKey): Changes {
  const next = new Map(changes);
  next.delete(keyOf(cell));
  return next;
}
