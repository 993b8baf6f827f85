/** Query parameters: known names in the right form, or 400. Nothing is guessed, cut or left out silently. */

import { zoneOf } from "../../engine/calendar/time-zone.js";
import { msg } from "../../engine/text/msg.js";
import { badParameter } from "./refusals.js";
import type { Column, ResourceDefinition } from "./resource-definition.js";
import type { Filters, FilterValue } from "./sources.js";

export interface ListQuery {
  readonly page: number;
  readonly perPage: number;
  readonly sort: { readonly column: string; readonly direction: "asc" | "desc" };
  readonly filters: Filters;
  readonly search: string | null;
}

const maxPerPage = 100;
const defaultPerPage = 25;
/** Whoever is this far has to narrow the list down: skipping rows costs the database as much as showing them. */
const maxRows = 100_000;
const maxValues = 50;
const longest = 200;

type Query = Readonly<Record<string, unknown>>;

const reasons = {
  unknown: msg("admin.listQuery.reasonsUnknown"),
  long: msg("admin.listQuery.reasonsLong", { longest }),
  number: msg("admin.listQuery.reasonsNumber"),
  direction: msg("admin.listQuery.reasonsDirection"),
  choice: msg("admin.listQuery.reasonsChoice"),
  many: msg("admin.listQuery.reasonsMany", { maxValues }),
};

/** One value of the address, readable and not too long; undefined when it was not given. */
function single(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw badParameter(name, msg("admin.listQuery.reasonsTwice"));
  if (value.length > longest) throw badParameter(name, reasons.long);
  if (/[\p{Cc}\p{Cs}]/u.test(value)) throw badParameter(name, msg("admin.listQuery.reasonsBroken"));
  return value;
}

/** A name is repeated in the answer, so it is cut and stripped before. */
const shown = (name: string): string => name.slice(0, 60).replace(/[^\w.~-]/g, "?");

function whole(query: Query, name: string, usual: number, most: number): number {
  const text = single(query, name);
  if (text === undefined) return usual;
  if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > most) throw badParameter(name, reasons.number);
  return Number(text);
}

function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const momentForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** One end of a range by the kind of column; null when it was left open. */
const ends = {
  number(name: string, text: string): number {
    if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) throw badParameter(name, msg("admin.listQuery.reasonsDecimal"));
    return Number(text);
  },
  date(name: string, text: string): string {
    if (!isCivilDate(text)) throw badParameter(name, msg("admin.listQuery.reasonsDate"));
    return text;
  },
  moment(name: string, text: string): Date {
    const parsed = new Date(text);
    if (!momentForm.test(text) || !isCivilDate(text.slice(0, 10)) || Number.isNaN(parsed.getTime())) {
      throw badParameter(name, msg("admin.listQuery.reasonsMoment"));
    }
    return parsed;
  },
};

function range<Value>(
  query: Query,
  name: string,
  read: (name: string, text: string) => Value,
): { from: Value | null; to: Value | null } | null {
  const end = (suffix: string): Value | null => {
    const text = single(query, `${name}~~${suffix}`);
    return text === undefined || text === "" ? null : read(`${name}~~${suffix}`, text);
  };
  const [from, to] = [end("from"), end("to")];
  return from === null && to === null ? null : { from, to };
}

const dayMs = 86_400_000;

/** Moments from–to; a day stands for all of it in the reader's time zone. */
function momentRange(query: Query, name: string, timeZone: string): FilterValue | null {
  const dayStart = (text: string, days: number): Date =>
    new Date(zoneOf(timeZone).instantOf(Date.parse(`${text}T00:00:00Z`) + days * dayMs));
  const end = (suffix: "from" | "to"): Date | null => {
    const text = single(query, `${name}~~${suffix}`);
    if (text === undefined || text === "") return null;
    if (!isCivilDate(text)) return ends.moment(`${name}~~${suffix}`, text);
    return suffix === "from" ? dayStart(text, 0) : new Date(dayStart(text, 1).getTime() - 1);
  };
  const [from, to] = [end("from"), end("to")];
  return from === null && to === null ? null : { kind: "moments", from, to };
}

function oneOf(column: Column, name: string, text: string): FilterValue {
  const values = text.split(",");
  if (values.length > maxValues) throw badParameter(name, reasons.many);
  const known = column.type === "choice" ? new Set((column.choices ?? []).map(({ value }) => value)) : null;
  for (const value of values) {
    // A reference is a code; whether there is one, the query itself says by finding nothing.
    const fits = known === null ? /^[\w.-]{1,64}$/.test(value) : known.has(value);
    if (!fits) throw badParameter(name, reasons.choice);
  }
  return { kind: "oneOf", values };
}

function filterOf(column: Column, query: Query, timeZone: string): FilterValue | null {
  const name = `filters.${column.name}`;
  if (column.type === "number") {
    const found = range(query, name, ends.number);
    return found && { kind: "numbers", ...found };
  }
  if (column.type === "date") {
    const found = range(query, name, ends.date);
    return found && { kind: "dates", ...found };
  }
  if (column.type === "moment") return momentRange(query, name, timeZone);
  const text = single(query, name)?.trim();
  if (text === undefined || text === "") return null;
  if (column.type === "boolean") {
    if (text !== "true" && text !== "false") throw badParameter(name, msg("admin.listQuery.reasonsBoolean"));
    return { kind: "boolean", value: text === "true" };
  }
  if (column.type === "choice" || column.type === "reference") return oneOf(column, name, text);
  return { kind: "text", text };
}

const rangeTypes = new Set<Column["type"]>(["number", "date", "moment"]);

/** Throws 400 at the first parameter that is none of `allowed`. */
function onlyThese(query: Query, allowed: ReadonlySet<string>): void {
  for (const name of Object.keys(query)) {
    if (!allowed.has(name)) throw badParameter(shown(name), reasons.unknown);
  }
}

/** Every list can be narrowed down to one programme, whether or not it shows it. */
const ofProgramme: Column = {
  name: "programme",
  label: msg("admin.listQuery.ofProgrammeLabel"),
  type: "reference",
  filter: true,
};

/**
 * The list that an address asks for; days are those of `timeZone`.
 * Problem malformed-request with the parameter at fault.
 */
export function readListQuery(
  { columns, defaultSort, searchedSort = defaultSort }: ResourceDefinition,
  query: Query,
  timeZone: string,
): ListQuery {
  const hasProgramme = columns.some(({ name }) => name === "programme");
  const filterable = [...columns.filter(({ filter }) => filter), ...(hasProgramme ? [] : [ofProgramme])];
  const names = filterable.flatMap(({ name, type }) =>
    rangeTypes.has(type) ? [`filters.${name}~~from`, `filters.${name}~~to`] : [`filters.${name}`],
  );
  const searchable = columns.some(({ search }) => search);
  onlyThese(query, new Set(["page", "perPage", "sortBy", "direction", ...(searchable ? ["search"] : []), ...names]));
  const perPage = whole(query, "perPage", defaultPerPage, maxPerPage);
  const page = whole(query, "page", 1, Math.floor(maxRows / perPage));
  const search = single(query, "search")?.trim() ?? "";
  const usual = search === "" ? defaultSort : searchedSort;
  const sortBy = single(query, "sortBy") ?? usual.column;
  const direction = single(query, "direction") ?? (sortBy === usual.column ? usual.direction : "asc");
  if (sortBy !== defaultSort.column && !columns.some(({ name, sort }) => sort && name === sortBy)) {
    throw badParameter("sortBy", msg("admin.listQuery.reasonsColumn"));
  }
  if (direction !== "asc" && direction !== "desc") throw badParameter("direction", reasons.direction);
  const filters = filterable.flatMap((column): [string, FilterValue][] => {
    const value = filterOf(column, query, timeZone);
    return value === null ? [] : [[column.name, value]];
  });
  return {
    page,
    perPage,
    sort: { column: sortBy, direction },
    filters: Object.fromEntries(filters),
    search: search === "" ? null : search,
  };
}

/** Parameters of a page or of an action's GET, each a text. */
export function readNamedQuery(names: readonly string[] = [], query: Query): Readonly<Record<string, string>> {
  onlyThese(query, new Set(names));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = single(query, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Ids of a bulk action: `recordIds=1,2,3`, each once, at most 100. */
export function readRecordIds(query: Query, fits: (id: string) => boolean): readonly string[] {
  onlyThese(query, new Set(["recordIds"]));
  const value = query.recordIds;
  if (typeof value !== "string" || value.length > 100 * 65) throw badParameter("recordIds", reasons.unknown);
  const ids = [...new Set(value.split(","))];
  if (ids.length > maxPerPage) throw badParameter("recordIds", reasons.many);
  for (const id of ids) if (!fits(id)) throw badParameter("recordIds", reasons.choice);
  return ids;
}
