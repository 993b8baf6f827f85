/** Names of cells on the screen. */
import type { CellKey } from "../../../engine/rules/sla-grid.js";
import type { CellChange } from "../../../engine/rules/write-sla-grid.js";

/** By `keyOf` of their cell. */
export type Changes = ReadonlyMap<string, CellChange>;

export const keyOf = ({ type, pillar, importance }: CellKey): string => JSON.stringify([type, pillar, importance]);
