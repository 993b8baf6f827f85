/** A page that is no record or list of one resource: home, grids, boards. */
import type { Bilingual } from "../../engine/text/text.js";
import type { Access, Call, ResourceGroup } from "./resource-definition.js";

export interface PageDefinition {
  /** Part of the address: `sla-grid`. */
  readonly name: string;
  readonly label: Bilingual;
  readonly group: ResourceGroup | "home" | "account";
  readonly icon: string;
  readonly order: number;
  /** True: not in the navigation. */
  readonly hidden?: boolean;
  /** Where its entry leads at once: a page, and what of its query says that one is there. It stays marked there. */
  readonly leadsTo?: { readonly page: string; readonly query: Readonly<Record<string, string>> };
  readonly component: string;
  readonly access: Access;
  /** Names of query parameters that `read` takes; each at most 200 characters. */
  readonly query?: readonly string[];
  /** GET: the view that the component shows; changes nothing. */
  readonly read: (call: Call) => Promise<unknown>;
  /** POST with `{ do: "name", … }`; `input` is the rest of the body. */
  readonly acts?: Readonly<Record<string, (call: Call) => Promise<unknown>>>;
}

const nameForm = /^[a-z][a-z0-9-]{1,39}$/;

function* faults(page: PageDefinition): Generator<string> {
  if (!nameForm.test(page.name)) yield "name: lower-case letters, digits and hyphens";
  if (!page.access) yield "it has no access rule";
  if (!page.component) yield "it has no component";
  if (!page.label?.ar || !page.label?.en) yield "it needs a label in both languages";
  if (typeof page.read !== "function") yield "it has nothing to show";
}

/** Checks a definition and gives it back. Throws, naming all faults. */
export function definePage(definition: PageDefinition): PageDefinition {
  const found = [...faults(definition)];
  if (found.length > 0) throw new Error(`Page “${definition.name}”: ${found.join("; ")}`);
  return Object.freeze(definition);
}
