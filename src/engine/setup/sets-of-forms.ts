/** What forms of the set-up know of open change-sets. */
import type { Bilingual } from "../text/text.js";

/** The set into which something goes: one that is open, by its number, or one of this title that begins with it. */
export type ChosenSet = number | { readonly title: string };

/** A row of the set-up that an open set adds. */
export interface ComingRow {
  readonly changeSet: { readonly id: number; readonly title: string };
  readonly table: string;
  readonly code: string;
  readonly name: Bilingual;
}

/** What forms of the set-up read on the page of change-sets; the page itself says more. */
export interface SetsOfForms {
  readonly open: readonly { readonly id: number; readonly title: string; readonly state: string }[];
  /** Rows that open ones add: forms offer them where something of the same set may name them. */
  readonly coming: readonly ComingRow[];
  /** The one that was asked for. */
  readonly opened: {
    readonly title: string;
    readonly listed: readonly {
      readonly table: string;
      readonly code: string;
      readonly edit: { readonly act: string; readonly values?: object };
      /** Codes under which the set had the row before. */
      readonly formerly: readonly string[];
    }[];
  } | null;
}
