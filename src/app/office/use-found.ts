/** What is found while somebody types, in groups: cases, then entities, people and places of the back office. */
import { useEffect, useState } from "react";
import type { FoundCase } from "../../engine/search/case-search.js";
import { asksForNear, leadsToPerson, mayLeadToPerson } from "../../engine/search/leads-to-person.js";
import { nameFinder } from "../../engine/search/name-finder.js";
import type { NearCases } from "../../features/cases/list/near-cases.js";
import type { ActionAnswer, ListAnswer } from "../../platform/admin/resource-view.js";
import { adminRoot, boot, type Query, reaches, read, send, type Words, withQuery } from "../../platform/ui/kit.js";

export interface FoundPlace {
  readonly href: string;
  readonly label: Words;
  readonly code: string | null;
  readonly icon: string;
}

export interface Found {
  readonly typed: string;
  readonly cases: readonly FoundCase[];
  /** Those with similar words, where hardly any has these. */
  readonly near: readonly FoundCase[];
  /** There was no time to look for similar words: whether there are any is not known. */
  readonly gaveUp: boolean;
  readonly entities: readonly FoundPlace[];
  readonly people: readonly FoundPlace[];
  readonly places: readonly FoundPlace[];
}

const waitMs = 150;
const maxPlaces = 4;

async function recordsOf(resource: string, icon: string, search: string, signal: AbortSignal): Promise<FoundPlace[]> {
  if (!reaches(`${adminRoot}/resources/${resource}`)) return [];
  const query: Query = { search, perPage: String(maxPlaces) };
  const { records } = await read<ListAnswer>(withQuery(`resources/${resource}/actions/list`, query), { signal });
  return records.map(({ id, title }) => ({
    href: `${adminRoot}/resources/${resource}/records/${id}/show`,
    label: title,
    code: null,
    icon,
  }));
}

/** Where one can go, by its name; asked of nobody, because the page brought it along. */
function placesNamed(typed: string): FoundPlace[] {
  const isNamed = nameFinder(typed);
  return (boot()?.navigation ?? [])
    .flatMap(({ items }) => items)
    .filter(({ label }) => isNamed(label.ar, label.en))
    .slice(0, maxPlaces)
    .map(({ href, label, icon }) => ({ href, label, code: null, icon }));
}

const suggestAddress = "resources/cases/actions/suggest";
const most = 6;

/** Digits may become somebody's number: they stand in no address while they are typed. */
const isPrivate = (typed: string): boolean => mayLeadToPerson(typed) || !/\p{L}/u.test(typed);

async function casesWith(search: string, signal: AbortSignal): Promise<readonly FoundCase[]> {
  if (leadsToPerson(search)) return [];
  const { view } = isPrivate(search)
    ? await send<ActionAnswer>(suggestAddress, { search }, { signal })
    : await read<ActionAnswer>(withQuery(suggestAddress, { search }), { signal });
  return view as readonly FoundCase[];
}

async function casesNear(
  search: string,
  found: readonly FoundCase[],
  signal: AbortSignal,
): Promise<Pick<Found, "near" | "gaveUp">> {
  if (!asksForNear(search, found.length)) return { near: [], gaveUp: false };
  const { view } = await read<ActionAnswer>(withQuery("resources/cases/actions/near", { search }), { signal });
  const there = new Set(found.map(({ reference }) => reference));
  const { cases, gaveUp } = view as NearCases;
  const near = cases.filter(({ reference }) => !there.has(reference)).slice(0, most - found.length);
  return { near, gaveUp };
}

async function findAll(typed: string, signal: AbortSignal): Promise<Found> {
  // A number names a case; nobody's name is a number.
  const named = /\p{L}{2}/u.test(typed);
  const none = Promise.resolve<FoundPlace[]>([]);
  const [cases, entities, people] = await Promise.all([
    casesWith(typed, signal),
    named ? recordsOf("entities", "entities", typed, signal).catch(() => []) : none,
    named ? recordsOf("users", "users", typed, signal).catch(() => []) : none,
  ]);
  const near = await casesNear(typed, cases, signal).catch(() => ({ near: [], gaveUp: true }));
  return { typed, cases, ...near, entities, people, places: named ? placesNamed(typed) : [] };
}

export interface Finding {
  /** The last answer; it stays while a newer one is asked for. */
  readonly found: Found | null;
  readonly busy: boolean;
  readonly failed: boolean;
}

/** Waits for the next key before it asks, and lets go of a question that was overtaken. */
export function useFound(typed: string): Finding {
  const [finding, setFinding] = useState<Finding>({ found: null, busy: false, failed: false });
  useEffect(() => {
    const search = typed.trim();
    if (search === "") return setFinding({ found: null, busy: false, failed: false });
    const asking = new AbortController();
    setFinding(({ found }) => ({ found, busy: true, failed: false }));
    const timer = setTimeout(() => {
      findAll(search, asking.signal)
        .then((found) => !asking.signal.aborted && setFinding({ found, busy: false, failed: false }))
        .catch(() => !asking.signal.aborted && setFinding({ found: null, busy: false, failed: true }));
    }, waitMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [typed]);
  return finding;
}
