/**
 * What a browser is told of resources and records: types for components.
 *
 * AdminJS hands `props.resource` to each component; ours is a `ResourceView` in `props.resource.view`. Answers of the API:
 * list → `ListAnswer`; show, GET edit and GET of a record action → `RecordAnswer`; POST of anything → `RecordAnswer` or
 * `ActionAnswer`; refusals → `Refused` with the problem's status.
 */
import type { FieldFault, ProblemCode } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { ActionDefinition, Column } from "./resource-definition.js";

/** A column without anything that is not data. Filters in the address: `filters.<name>=`, a range `filters.<name>~~from=` and `~~to=`, several values of a choice or reference `a,b`. */
export type ColumnView = Column;

export interface ActionView {
  readonly name: string;
  readonly kind: ActionDefinition["kind"];
  readonly label: Bilingual;
  /** Whether it has a page: `/admin/resources/<id>/records/<record>/<name>` or `/admin/resources/<id>/actions/<name>`. */
  readonly page: boolean;
}

export interface ResourceView {
  readonly id: string;
  readonly label: Bilingual;
  readonly one: Bilingual;
  readonly group: string;
  readonly icon: string;
  readonly columns: readonly ColumnView[];
  readonly defaultSort: { readonly column: string; readonly direction: "asc" | "desc" };
  /** Whether this official may create here; the programmes to choose from stand in `programmes`. */
  readonly create: boolean;
  readonly update: boolean;
  /** Whether changes of its rows may be gathered in a change-set. */
  readonly collects: boolean;
  /** Codes of programmes in which the official may write; a POST to `new` names one as `programme` when there are several. */
  readonly programmes: readonly string[];
  /** Actions that this official may use on some record; which on a given one stands in `RecordView.actions`. */
  readonly actions: readonly ActionView[];
}

/** Values by column; bilingual ones as `{ ar, en }`, moments as ISO text. */
export interface RecordView {
  /** As addresses name it. */
  readonly id: string;
  readonly title: Bilingual;
  readonly programme: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  /** By reference column (`types.CODE` of one with several): the name of what it refers to. Missing where there is nothing, or nothing this official may see. */
  readonly names: Readonly<Record<string, Bilingual>>;
  /** True after an act by which the record left this official's reach; nothing else of it is told then. */
  readonly gone?: true;
  /** Names of what this official may do with it: `edit`, and custom record and bulk actions. */
  readonly actions: readonly string[];
}

export interface ListAnswer {
  readonly meta: {
    readonly total: number;
    readonly estimated: boolean;
    readonly page: number;
    readonly perPage: number;
    readonly sortBy: string;
    readonly direction: "asc" | "desc";
  };
  readonly records: readonly RecordView[];
}

/** `view`: what the action's `read` or `run` gave; null of show, edit and new. */
export interface RecordAnswer {
  readonly record: RecordView;
  readonly view: unknown;
}

/** Of a resource action or a bulk action. */
export interface ActionAnswer {
  readonly view: unknown;
}

export interface ProblemBody {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: Bilingual;
  readonly detail: Bilingual;
  readonly faults: readonly FieldFault[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** What to quote when asking for help. */
  readonly request: string;
}
