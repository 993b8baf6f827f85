/** The addresses that the back office has. Whatever is not in this table is not there. */
import type { PageDefinition } from "./define-page.js";
import type { ActionDefinition, ResourceDefinition } from "./resource-definition.js";

/** What an address means, before anybody asks whose it is. Ids of records have a plausible form and may not exist. */
export type Target =
  | { readonly kind: "home" }
  | { readonly kind: "page"; readonly page: PageDefinition }
  | {
      readonly kind: "resource" | "record" | "bulk";
      readonly resource: ResourceDefinition;
      readonly action: string;
      /** Null for list, show, new and edit. */
      readonly custom: ActionDefinition | null;
      readonly record: string | null;
    };

export interface Address {
  readonly target: Target;
  /** Answers with JSON; otherwise with the page in which components ask for it. */
  readonly api: boolean;
  /** Methods that it takes: GET stands for HEAD too. */
  readonly methods: readonly ("GET" | "POST")[];
}

export interface Definitions {
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly pages: ReadonlyMap<string, PageDefinition>;
}

export function definitionsOf(resources: readonly ResourceDefinition[], pages: readonly PageDefinition[]): Definitions {
  return {
    resources: new Map(resources.map((resource) => [resource.id, resource])),
    pages: new Map(pages.map((page) => [page.name, page])),
  };
}

type Parts = readonly string[];
type Find = (definitions: Definitions, parts: Parts) => Address | null;
type Method = "GET" | "POST";

const methodsOf = (gets: boolean, posts: boolean): Method[] => [
  ...(gets ? (["GET"] as const) : []),
  ...(posts ? (["POST"] as const) : []),
];

/** Ids of set-up tables: whole numbers that the database can hold. */
const isRowId = (id: string): boolean => /^[1-9]\d{0,9}$/.test(id) && Number(id) <= 2_147_483_647;

export function isRecordId({ source }: ResourceDefinition, id: string): boolean {
  return source.kind === "model" ? isRowId(id) : id.length <= 64 && source.idForm.test(id);
}

const own = <Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | null =>
  record !== undefined && Object.hasOwn(record, name) ? (record[name] as Value) : null;

/** Which of AdminJS's own actions a resource has, with the methods of their API. Nothing is deleted here. */
function builtIn(resource: ResourceDefinition, kind: string, action: string): readonly Method[] | null {
  if (kind === "resource" && action === "list") return ["GET"];
  if (kind === "resource" && action === "new" && resource.create) return ["POST"];
  if (kind === "record" && action === "show") return ["GET"];
  if (kind === "record" && action === "edit" && resource.update) return ["GET", "POST"];
  return null;
}

function ofAction(kind: "resource" | "record" | "bulk", api: boolean): Find {
  return ({ resources }, [id = "", ...rest]) => {
    const resource = resources.get(id);
    const [action = "", record = null] = kind === "record" ? [rest[1], rest[0] ?? null] : [rest[0]];
    if (resource === undefined || (record !== null && !isRecordId(resource, record))) return null;
    const target = { kind, resource, action, record };
    const methods = builtIn(resource, kind, action);
    if (methods !== null) return { target: { ...target, custom: null }, api, methods: api ? methods : ["GET"] };
    const custom = own(resource.actions, action);
    if (custom === null || custom.kind !== kind) return null;
    const page = custom.component !== undefined;
    if (!api) return page ? { target: { ...target, custom }, api, methods: ["GET"] } : null;
    // AdminJS itself asks for the record with GET before it shows the page of a record action.
    const gets = custom.read !== undefined || (page && kind === "record");
    return { target: { ...target, custom }, api, methods: methodsOf(gets, custom.run !== undefined) };
  };
}

const ofPage =
  (api: boolean): Find =>
  ({ pages }, [name = ""]) => {
    const page = pages.get(name);
    if (page === undefined) return null;
    return { target: { kind: "page", page }, api, methods: methodsOf(true, api && page.acts !== undefined) };
  };

const list: Find = (definitions, [id = ""]) => ofAction("resource", false)(definitions, [id, "list"]);

/** `*` is one part of the address, given to `find` in order. */
const table: readonly { readonly form: string; readonly find: Find }[] = [
  { form: "", find: () => ({ target: { kind: "home" }, api: false, methods: ["GET"] }) },
  { form: "resources/*", find: list },
  { form: "resources/*/actions/*", find: ofAction("resource", false) },
  { form: "resources/*/records/*/*", find: ofAction("record", false) },
  { form: "pages/*", find: ofPage(false) },
  { form: "api/resources/*/actions/*", find: ofAction("resource", true) },
  { form: "api/resources/*/records/*/*", find: ofAction("record", true) },
  { form: "api/resources/*/bulk/*", find: ofAction("bulk", true) },
  { form: "api/pages/*", find: ofPage(true) },
];
const rows = table.map(({ form, find }) => ({ parts: form === "" ? [] : form.split("/"), find }));

/** What parts of addresses are made of: no dots alone, no escapes, nothing that a router would read differently. */
const partForm = /^[A-Za-z0-9_](?:[A-Za-z0-9_.~-]{0,62}[A-Za-z0-9_~-])?$/;

/** What stands at `path` (below `/admin`, without it); null: nothing. Exact: no other case, no trailing slash, no escapes. */
export function addressAt(definitions: Definitions, path: string): Address | null {
  const parts = path === "/" || path === "" ? [] : path.slice(1).split("/");
  if (!parts.every((part) => partForm.test(part))) return null;
  for (const row of rows) {
    if (row.parts.length !== parts.length) continue;
    if (row.parts.every((part, i) => part === "*" || part === parts[i])) {
      return row.find(
        definitions,
        parts.filter((_part, i) => row.parts[i] === "*"),
      );
    }
  }
  return null;
}
