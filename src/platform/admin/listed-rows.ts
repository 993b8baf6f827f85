/** Lists of some thousand rows that a service gives whole: searched, filtered, sorted and paged here. */

import { collatorOf } from "../../engine/formatting/intl-formats.js";
import { nameFinder } from "../../engine/search/name-finder.js";
import { normaliseText } from "../../engine/text/normalise-text.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import type { Counted, FilterValue, ListAsked, PageAsked, Row } from "./define-resource.js";
import { readIn } from "./official.js";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !(value instanceof Date) && !Array.isArray(value);

/** Texts in a value: itself, both languages, each of several. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

const between = <T extends number | string>(value: T | null, from: T | null, to: T | null): boolean =>
  value !== null && (from === null || value >= from) && (to === null || value <= to);

function passes(value: unknown, filter: FilterValue): boolean {
  if (filter.kind === "text") {
    const wanted = normaliseText(filter.text).trim();
    return textsOf(value).some((text) => normaliseText(text).includes(wanted));
  }
  if (filter.kind === "oneOf") return textsOf(value).some((text) => filter.values.includes(text));
  if (filter.kind === "boolean") return (value === true) === filter.value;
  if (filter.kind === "numbers") return between(typeof value === "number" ? value : null, filter.from, filter.to);
  if (filter.kind === "dates") return between(typeof value === "string" ? value : null, filter.from, filter.to);
  return between(
    value instanceof Date ? value.getTime() : null,
    filter.from?.getTime() ?? null,
    filter.to?.getTime() ?? null,
  );
}

function found(rows: readonly Row[], searched: readonly string[], { filters, search }: ListAsked): readonly Row[] {
  const isFound = nameFinder(search ?? "");
  const wanting = Object.entries(filters);
  return rows.filter((row) => {
    if (!wanting.every(([name, filter]) => passes(row[name], filter))) return false;
    return isFound(...searched.flatMap((name) => textsOf(row[name])));
  });
}

const isBilingual = (value: unknown): value is Bilingual =>
  isObject(value) && typeof value.ar === "string" && typeof value.en === "string";

/** What a value is sorted by; null comes last in either direction. */
function keyOf(value: unknown, language: Language): string | number | null {
  if (value === null || value === undefined || value === "") return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (isBilingual(value)) return inLanguage(value, language);
  return String(value);
}

/** One page of the rows. `searched`: columns that the search looks through. */
export function pageOf(rows: readonly Row[], searched: readonly string[], asked: PageAsked): readonly Row[] {
  const { sort, offset, limit, official } = asked;
  const turn = sort.direction === "asc" ? 1 : -1;
  const language = readIn(official);
  const collator = collatorOf(language, { numeric: true });
  const keyed = found(rows, searched, asked).map((row) => ({ row, key: keyOf(row[sort.column], language) }));
  keyed.sort((one, other) => {
    if (one.key === null || other.key === null) return Number(one.key === null) - Number(other.key === null);
    if (typeof one.key === "number" && typeof other.key === "number") return turn * (one.key - other.key);
    return turn * collator.compare(String(one.key), String(other.key));
  });
  return keyed.slice(offset, offset + limit).map(({ row }) => row);
}

/** How many rows there are. */
export function countOf(rows: readonly Row[], searched: readonly string[], asked: ListAsked): Counted {
  return { total: found(rows, searched, asked).length, estimated: false };
}
