/** What a resource of the back office is made of, as data. Whatever is not named here does not leave the server. */

import type { permissionActions } from "../../engine/access/permissions.js";
import type { FieldFault } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Services } from "../services.js";
import type { Official } from "./official.js";
import type { Row, Source } from "./sources.js";

export type PermissionAction = (typeof permissionActions)[number];
/** A row of the permission table, or a question to whoever is signed in. It is asked at each request and never waits. */
export type Access = PermissionAction | ((official: Official) => boolean);

export type ColumnType =
  | "text"
  | "longText"
  | "number"
  | "boolean"
  /** A civil date, `YYYY-MM-DD`. */
  | "date"
  /** A moment, ISO with zone. */
  | "moment"
  | "choice"
  /** A code of another resource, within the programme. */
  | "reference"
  /** `{ ar, en }`; of a model the two columns `<name>Ar` and `<name>En`, which is also how input and faults name them. */
  | "bilingual"
  | "json"
  /** A list of words; with `reference` of codes of that resource. */
  | "words"
  /** Extra fields of an application type. */
  | "fields";

export interface Choice {
  readonly value: string;
  readonly label: Bilingual;
}

export interface Column {
  readonly name: string;
  readonly label: Bilingual;
  readonly type: ColumnType;
  /** Shown in the list. What is not is still shown on the record's page. */
  readonly list?: boolean;
  readonly filter?: boolean;
  /** Lists are filtered by it, and what it holds is shown by another column: no record carries it to a browser. */
  readonly unshown?: boolean;
  readonly sort?: boolean;
  /** Looked through by the search of the list. */
  readonly search?: boolean;
  /** `new`: can be set once only. Left out: nobody writes it here. */
  readonly edit?: boolean | "new";
  readonly required?: boolean;
  /** What a new record has until something else is said. */
  readonly usual?: string | number;
  readonly choices?: readonly Choice[];
  /** A form lists the choices as the reader's language sorts their names. */
  readonly byName?: true;
  /** The heading under which a form and a record's page have it, with those before and after of the same. */
  readonly group?: Bilingual;
  /** Id of a resource whose records are named by `code` within the programme. */
  readonly reference?: string;
  readonly help?: Bilingual;
  /** A bilingual text of several lines. */
  readonly long?: boolean;
  /** Codes, addresses, numbers: left to right also in Arabic. */
  readonly ltr?: boolean;
}

/** What a handler is given. Whatever a client sent in it has passed the gate: known names, right types. */
export interface Call {
  readonly official: Official;
  readonly now: Date;
  /** The record of a record action, in the official's reach. */
  readonly record: Row | null;
  /** In a bulk action: ids of records in the official's reach. */
  readonly ids: readonly string[];
  /** Body of a POST. Of `create` and `update` only what columns allow, `name: {ar, en}` taken apart into `nameAr`, `nameEn`. */
  readonly input: Readonly<Record<string, unknown>>;
  /** In `update`: the values that the form was filled with, in the same shape as `input`; to tell what changed meanwhile. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Programme of the record or of what is created; null where it depends on none. */
  readonly programme: string | null;
  /** Parameters of a GET that the definition names. */
  readonly query: Readonly<Record<string, string>>;
  readonly services: Services;
}

export interface ActionDefinition {
  readonly kind: "resource" | "record" | "bulk";
  readonly label: Bilingual;
  readonly access: Access;
  /** For a record or bulk action: whether it makes sense on this record, so that it is offered there. No permission. */
  readonly when?: (row: Row, official: Official) => boolean;
  /**
   * Of a record action, what is read of the record before it runs; its answer then tells no more of it than its id. `reach`:
   * only whether it is in the official's reach (see `ReadSource.reach`). `nothing`: the service that it calls looks itself,
   * and answers not-found for what is not the official's as for what does not exist. Left out: the whole record.
   */
  readonly needs?: "reach" | "nothing";
  /**
   * Of one that does not read the whole record: whether the record left the official's reach by it, as `run` tells. Left out: no act of
   * this kind moves a record.
   */
  readonly leaves?: (view: unknown) => boolean;
  /** Component of its page; without one the action has no page. */
  readonly component?: string;
  /** Names of query parameters that `read` takes; each at most 200 characters. */
  readonly query?: readonly string[];
  /** GET; changes nothing. */
  readonly read?: (call: Call) => Promise<unknown>;
  /** POST. */
  readonly run?: (call: Call) => Promise<unknown>;
}

export type ResourceGroup = "cases" | "setup" | "people" | "policy" | "operation";

export interface ResourceDefinition {
  /** Part of the address: `sectors`. */
  readonly id: string;
  /** Many of them: “Sectors”. */
  readonly label: Bilingual;
  /** One of them: “Sector”. */
  readonly one: Bilingual;
  readonly group: ResourceGroup;
  readonly icon: string;
  readonly order: number;
  /** True: not in the navigation. */
  readonly hidden?: boolean;
  /** True: changes of its rows may be gathered in a change-set. */
  readonly collects?: boolean;
  /** `listed`: who finds it in the navigation, where others get there by links alone. */
  readonly access: { readonly read: Access; readonly write?: Access; readonly listed?: Access };
  readonly columns: readonly Column[];
  readonly title: (row: Row) => Bilingual;
  readonly source: Source;
  readonly defaultSort: { readonly column: string; readonly direction: "asc" | "desc" };
  /** The order where something is searched for and none is asked for; left out: as `defaultSort`. */
  readonly searchedSort?: { readonly column: string; readonly direction: "asc" | "desc" };
  /** Left out: SetupList, SetupShow, SetupForm. */
  readonly components?: { readonly list?: string; readonly show?: string; readonly form?: string };
  /** `id` as the address names the new record. Faults at fields: Problem invalid-input at `/nameAr`. */
  readonly create?: (call: Call) => Promise<{ readonly id: string }>;
  readonly update?: (call: Call) => Promise<void>;
  /**
   * What `create` (without a record) or `update` would find wrong with the input, told beside what the gate itself found: then
   * nothing is stored, and values of a wrong type are not in the input. Left out: nothing more is told.
   */
  readonly faults?: (call: Call) => Promise<readonly FieldFault[]>;
  readonly actions?: Readonly<Record<string, ActionDefinition>>;
}
