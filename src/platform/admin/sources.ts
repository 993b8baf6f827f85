/** Where the records of a resource come from. */

import type { Model, ModelStatic, Sequelize } from "sequelize";
import type { Services } from "../services.js";
import type { Official } from "./official.js";

/** A record as the server knows it: the columns of the resource, and what its source adds (`id`, `programme`). */
export type Row = Readonly<Record<string, unknown>>;

/**
 * What a filter asks for, by the column's type. Text, longText, words, bilingual, json: a piece of text. Choice and
 * reference: one or more values. Boolean: itself. Number, date and moment: from–to, both inclusive.
 */
export type FilterValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "oneOf"; readonly values: readonly string[] }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "numbers"; readonly from: number | null; readonly to: number | null }
  /** `YYYY-MM-DD` for a date, a Date for a moment. */
  | { readonly kind: "dates"; readonly from: string | null; readonly to: string | null }
  | { readonly kind: "moments"; readonly from: Date | null; readonly to: Date | null };
export type Filters = Readonly<Record<string, FilterValue>>;

export interface Asked {
  readonly official: Official;
  readonly now: Date;
  readonly services: Services;
}
/** A list as it was asked for. Names of columns are known ones. */
export interface ListAsked extends Asked {
  readonly filters: Filters;
  /** Trimmed; null when nothing is searched for. */
  readonly search: string | null;
}
export interface PageAsked extends ListAsked {
  readonly sort: { readonly column: string; readonly direction: "asc" | "desc" };
  readonly offset: number;
  /** At most 100. */
  readonly limit: number;
}

export interface Counted {
  readonly total: number;
  /** True when `total` is an estimate. */
  readonly estimated: boolean;
}

export interface ListedPage extends Counted {
  readonly rows: readonly Row[];
  /** The column that they are in the order of, where that is another than was asked for. */
  readonly sortedBy?: string;
}

/** A set-up table, read through its model inside the programmes in which the official may read it. */
export interface ModelSource {
  readonly kind: "model";
  readonly model: (db: Sequelize) => ModelStatic<Model>;
  /** Attribute that holds the code of the programme; null: the table belongs to none, and access alone decides. */
  readonly programme: string | null;
  /** More attributes that handlers and titles need on the server; they never leave it. */
  readonly also: readonly string[];
}

/** Whatever is read by queries of its own. They must keep to what `official` may see: nothing is filtered behind them. */
export interface ReadSource {
  readonly kind: "read";
  /** What an id may look like, so that no other one is asked for. */
  readonly idForm: RegExp;
  find(asked: PageAsked): Promise<readonly Row[]>;
  count(asked: ListAsked): Promise<Counted>;
  /** A page and the count of what it is a page of, where that is one question; left out: `find` and `count` are asked. */
  page?(asked: PageAsked): Promise<ListedPage>;
  /** Null: there is none, or it is not this official's. */
  one(asked: Asked & { readonly id: string }): Promise<Row | null>;
  /**
   * As `one`, for actions that need no more of the record than whether it is this official's: `id`, `programme`, and by what
   * such actions name it.
   * Left out: such actions read the whole record.
   */
  reach?(asked: Asked & { readonly id: string }): Promise<Row | null>;
  /** Names of codes of this resource, for other resources that refer to it; left out: nothing may refer to it. */
  names?(asked: Asked & { readonly codes: readonly string[] }): Promise<ReadonlyMap<string, Row>>;
}
export type Source = ModelSource | ReadSource;

/** Rows need an `id` of the form `idForm` (default: up to 64 letters, digits, `_`, `.`, `-`). */
export function readSource(source: Omit<ReadSource, "kind" | "idForm"> & { readonly idForm?: RegExp }): ReadSource {
  return { idForm: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/, ...source, kind: "read" };
}
