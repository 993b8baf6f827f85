/** Everything that a caller can ask the back office for, derived from its definitions: new resources are walked by themselves. */
import type { PageDefinition } from "../../src/platform/admin/define-page.js";
import type { Column, ResourceDefinition } from "../../src/platform/admin/define-resource.js";

/** Addresses below `/admin`; `post` has the bodies to try. */
export interface Asked {
  readonly address: string;
  readonly post?: Readonly<Record<string, unknown>>;
}

const rangeTypes = new Set<Column["type"]>(["number", "date", "moment"]);

/** Values that a filter of this column takes. */
function samplesOf({ type, choices }: Column, known: readonly string[]): readonly string[] {
  if (type === "boolean") return ["true", "false"];
  if (type === "choice") return (choices ?? []).map(({ value }) => value);
  if (type === "reference") return known.filter((value) => /^[\w.-]{1,64}$/.test(value)).slice(0, 2);
  return ["a", ...known.slice(0, 2)];
}

function* filtersOf(column: Column, known: readonly string[]): Generator<string> {
  const name = `filters.${column.name}`;
  if (rangeTypes.has(column.type)) {
    const [from, to] = column.type === "number" ? ["0", "9"] : ["2000-01-01", "2099-12-31"];
    yield `${name}~~from=${from}`;
    yield `${name}~~to=${to}`;
  } else for (const sample of samplesOf(column, known)) yield `${name}=${encodeURIComponent(sample)}`;
}

/**
 * All questions about one resource. `words` are looked for in lists, and stand in filters as codes; `ids` are records to
 * try, foreign ones too.
 */
export function* askedOf(
  definition: ResourceDefinition,
  { words, ids }: { words: readonly string[]; ids: readonly string[] },
): Generator<Asked> {
  const api = `/admin/api/resources/${definition.id}`;
  const list = `${api}/actions/list?perPage=100`;
  yield { address: `/admin/resources/${definition.id}` };
  yield { address: list };
  for (const column of definition.columns) {
    if (column.filter) for (const filter of filtersOf(column, words)) yield { address: `${list}&${filter}` };
    if (column.sort) {
      for (const direction of ["asc", "desc"]) {
        yield { address: `${list}&sortBy=${column.name}&direction=${direction}` };
      }
    }
  }
  if (definition.columns.some(({ search }) => search)) {
    for (const word of words) yield { address: `${list}&search=${encodeURIComponent(word)}` };
  }
  yield { address: `${api}/actions/new`, post: { values: {} } };
  for (const id of ids) {
    yield { address: `${api}/records/${id}/show` };
    yield { address: `${api}/records/${id}/edit` };
    yield { address: `${api}/records/${id}/edit`, post: { values: {}, before: {} } };
  }
  for (const [name, action] of Object.entries(definition.actions ?? {})) {
    const places =
      action.kind === "record" ? ids.map((id) => `records/${id}`) : [action.kind === "bulk" ? "bulk" : "actions"];
    for (const place of places) {
      yield { address: `${api}/${place}/${name}` };
      yield { address: `${api}/${place}/${name}${action.kind === "bulk" ? `?recordIds=${ids.join()}` : ""}`, post: {} };
    }
  }
}

export function* askedOfPage(page: PageDefinition, { words }: { words: readonly string[] }): Generator<Asked> {
  const address = `/admin/api/pages/${page.name}`;
  yield { address: `/admin/pages/${page.name}` };
  yield { address };
  for (const name of page.query ?? []) {
    for (const word of words) yield { address: `${address}?${name}=${encodeURIComponent(word)}` };
  }
  for (const act of Object.keys(page.acts ?? {})) yield { address, post: { do: act } };
}

/** Names that are none of a body: what every object has, what reads as a path, what is no name at all. */
export const strangeNames = [
  ...["toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "toLocaleString", "__defineGetter__"],
  ...["constructor", "constructor.x", "toString.length", "a.b", "a.0", ".", "", " ", "a b", "0"],
  "n".repeat(3000),
] as const;

/** Every POST with a body, each also with all the strange names in it; `post` is what is sent then. */
export function* askedWithStrangeNames(asked: Iterable<Asked>): Generator<Asked & { readonly post: object }> {
  for (const { address, post } of asked) {
    if (post === undefined) continue;
    yield { address, post: { ...post, ...Object.fromEntries(strangeNames.map((name) => [name, 1])) } };
  }
}

const secretWords = new Set(["hash", "secret", "password", "passwd", "token", "totp", "salt", "epoch", "sid"]);
/** `passwordHash`, `key_hash`, `apiKey`: by words, since “hasHandler” hides a “hash” too. */
function looksSecret(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => secretWords.has(word)) || /(api|seal|channel|private|session) key$/.test(words.join(" "));
}
/** Acts that hand out a secret once, to whoever may have it. */
const handedOut = new Set(["issued"]);

/** Names of fields that look like a secret, anywhere in a JSON. */
export function secretFieldsIn(value: unknown, at = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(looksSecret(name) && !handedOut.has(name) ? [`${at}/${name}`] : []),
    ...secretFieldsIn(inner, `${at}/${name}`),
  ]);
}
