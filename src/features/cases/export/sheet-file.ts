/** A file of rows that grows while it is written: what both formats have in common. */

import type { Language } from "../../../engine/text/text.js";
import type { Cell, CellKind } from "./export-columns.js";

export interface SheetColumn {
  readonly label: string;
  readonly kind: CellKind;
  readonly width: number;
}

export interface SheetAsked {
  readonly path: string;
  /** What the sheet is called. */
  readonly title: string;
  readonly language: Language;
  readonly columns: readonly SheetColumn[];
  /** Moments in cells are what the clock on the wall of this zone says. */
  readonly wallClock: (at: Date) => number;
}

export interface SheetFile {
  /** The next rows; resolves once they are handed to the disk, so that nothing piles up in memory. */
  add(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Ends the file; gives its size. */
  finish(): Promise<number>;
  /** Closes it as it is, for throwing it away. Never throws. */
  abandon(): Promise<void>;
}
