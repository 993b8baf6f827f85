/** The list of cases as an official may see it: filtered, searched, sorted, counted; and what may be filtered by. */

import { type Actor, type CaseReach, can, caseReach, type EntityTree } from "../../../engine/access/permissions.js";
import { roleNames } from "../../../engine/access/roles.js";
import { civilDate, shiftDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import { type CasePlace, casePlaces, narrowPlaces, requestedPlaces } from "../../../engine/lifecycle/case-places.js";
import { countedWindow } from "../../../engine/lifecycle/counted-window.js";
import { deskTimeOf } from "../../../engine/lifecycle/desk-groups.js";
import { type HappenedWindow, happenedWindow } from "../../../engine/lifecycle/happened.js";
import { listedBy } from "../../../engine/lifecycle/listed-by.js";
import { rankingOf } from "../../../engine/search/best-match.js";
import type { CaseFilters, CaseSort, FoundCase, FoundCases, Named } from "../../../engine/search/case-search.js";
import { type ParsedSearch, parseSearch } from "../../../engine/search/parse-search.js";
import { searchQuery } from "../../../engine/search/search-query.js";
import type { Policy } from "../../../engine/setup/policy.js";
import { applicantTypes, type Labelled, type Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { TookTooLong } from "../../../platform/db/bounded-query.js";
import type { Database } from "../../../platform/db/query.js";
import { replayedCases } from "../../policy/replay/replay-store.js";
import type { Policies } from "../../setup/policies.js";
import { matchesIn } from "./case-matches.js";
import { matchingCases, maxRanked } from "./case-matching.js";
import {
  type CaseQuestion,
  countedCases,
  estimatedCases,
  foundIdsAfter,
  sampledCases,
  searchedCases,
} from "./case-search-queries.js";
import { policiesIn, setupsIn } from "./reached-setups.js";
import { tooManyFound } from "./search-refusals.js";
import type { SearchedRow } from "./searched-rows.js";
import { shownCases } from "./shown-cases.js";

export interface SearchParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly programmes: () => Promise<readonly string[]>;
}

/** Up to here every case is counted; beyond it a list says “about”. */
const countedUpTo = 1000;
/** What a sample met less often is counted: the others would be said to be about twice or half of what they are. */
const fewestMet = 20;
/** Nobody turns that many pages: filters and sorts lead there. */
const maxListed = 2000;
const maxSearched = 200;

export interface CaseAsked {
  readonly actor: Actor;
  readonly now: Date;
  readonly filters?: CaseFilters;
  /** As somebody typed it: a reference or its end, a day, words and phrases that all have to occur. */
  readonly search?: string | null;
}

export interface CaseSearch extends CaseAsked {
  /** Left out: `need`, or `newest` where only what has been answered or ended is asked for. */
  readonly sort?: CaseSort | undefined;
  readonly offset: number;
  readonly limit: number;
}

const treesOf = (setups: ReadonlyMap<string, Setup>): ReadonlyMap<string, EntityTree> =>
  new Map([...setups].map(([code, { entities }]) => [code, entities]));
/** Where to look: what one asked for lies anywhere, and so may the case of a reference. */
function placesIn(
  reach: CaseReach,
  setups: ReadonlyMap<string, Setup>,
  a: { asked: boolean; all: boolean },
): CasePlace[] {
  const asked = a.asked || a.all ? requestedPlaces(reach, setups.keys()) : [];
  return a.asked ? asked : [...casePlaces(reach, treesOf(setups)), ...asked];
}

function dayEnd(now: Date, timeZone: string): Date {
  return startOfDay(shiftDate(civilDate(now, timeZone), 1), timeZone);
}

const largestInteger = 2 ** 31 - 1;

/** A code with a NUL and a number that no column holds: the database would refuse even to compare with them. */
function namesNothing(filters: CaseFilters): boolean {
  const people = [filters.assignee, filters.handledBy].filter((person) => person !== undefined);
  return (
    Object.values(filters).some((value) => typeof value === "string" && value.includes("\0")) ||
    people.some((person) => !(Number.isInteger(person) && Math.abs(person) <= largestInteger))
  );
}

function happenedIn(
  { happened: filter, counted, handledBy }: CaseFilters,
  policies: ReadonlyMap<string, Policy>,
  setups: ReadonlyMap<string, Setup>,
  { actor, now }: CaseAsked,
): Map<string, HappenedWindow> | null {
  if (counted !== undefined)
    return new Map([...policies].map(([code, policy]) => [code, countedWindow(counted, policy, now, handledBy)]));
  if (filter === undefined) return null;
  const me = actor.kind === "user" ? actor.userId : null;
  return new Map(
    [...setups].map(([code, { programme }]) => [code, happenedWindow(filter, programme.timeZone, now, me)]),
  );
}

/** What was typed, as far as it is read. */
export const parsedSearch = (typed: string): ParsedSearch =>
  parseSearch(typed.slice(0, maxSearched).replaceAll("\0", " "));

function dayIn(day: string | null, setups: ReadonlyMap<string, Setup>): CaseQuestion["received"] {
  if (day === null) return null;
  return new Map(
    [...setups].map(
      ([
        code,
        {
          programme: { timeZone },
        },
      ]) => [code, { from: startOfDay(day, timeZone), to: startOfDay(shiftDate(day, 1), timeZone) }],
    ),
  );
}

/** What a draft of policy would change, and what a version decided, is for whoever may read it. */
function placesAsked(
  actor: Actor,
  { places, filters, setups }: Pick<CaseQuestion, "places" | "filters"> & { setups: ReadonlyMap<string, Setup> },
): readonly CasePlace[] {
  const asked = narrowPlaces(places, filters, treesOf(setups));
  if (filters.replayed === undefined && filters.version === undefined) return asked;
  return asked.filter(({ programme }) => can(actor, "configuration.read", { programme }));
}

function questionOf(
  a: CaseAsked,
  { reference, day, terms, empty }: ParsedSearch,
  places: readonly CasePlace[],
  policies: ReadonlyMap<string, Policy>,
): CaseQuestion {
  const setups = new Map([...policies].map(([code, { setup }]) => [code, setup]));
  const filters = a.filters ?? {};
  return {
    places:
      reference !== null
        ? places
        : empty || namesNothing(filters)
          ? []
          : placesAsked(a.actor, { places, filters, setups }),
    filters,
    reference,
    matching: null,
    ranking: null,
    text: terms.length === 0 ? null : new Map([...setups].map(([code, setup]) => [code, searchQuery(terms, setup)])),
    received: dayIn(day, setups),
    deskTimes: new Map([...policies].map(([code, policy]) => [code, deskTimeOf(policy, a.now)])),
    happened: happenedIn(filters, policies, setups, a),
    dayEnds: new Map([...setups].map(([code, { programme }]) => [code, dayEnd(a.now, programme.timeZone)])),
    replayed: null,
    now: a.now,
  };
}

/** Two figures of it: more would look as if it had been counted. */
function rounded(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.round(count / unit) * unit;
}

async function countOf(db: Database, question: CaseQuestion): Promise<{ total: number; estimated: boolean }> {
  // Cases that something happened to are all looked up as it is, so that a home's number and its list say the same.
  // So are those that say what was searched, where they are few.
  const few = (question.matching?.named ?? null) !== null;
  const most = question.happened === null && !few ? countedUpTo : largestInteger;
  const sampled = few ? null : await sampledCases(db, question, fewestMet);
  if (sampled !== null && sampled > 2 * countedUpTo) return { total: rounded(sampled), estimated: true };
  const counted = await countedCases(db, question, most).catch((error: unknown) => {
    if (error instanceof TookTooLong) return largestInteger;
    throw error;
  });
  if (counted <= most && counted < largestInteger) return { total: counted, estimated: false };
  const about = sampled ?? (await estimatedCases(db, question));
  return { total: Math.max(countedUpTo, rounded(about)), estimated: true };
}

function tooFar(): Problem {
  const reason = msg("cases-list.searchCases.aListGoesAsFar", { maxListed });
  return new Problem("invalid-input", reason, [{ field: "/page", reason }]);
}

interface Prepared {
  readonly reach: CaseReach;
  readonly setups: ReadonlyMap<string, Setup>;
  readonly question: CaseQuestion;
  readonly searched: ParsedSearch;
}

async function prepared(parts: SearchParts, a: CaseAsked & Pick<Partial<CaseSearch>, "sort">): Promise<Prepared> {
  const reach = caseReach(a.actor);
  const policies = await policiesIn(parts, reach);
  const setups = new Map([...policies].map(([code, { setup }]) => [code, setup]));
  const searched = parsedSearch(a.search ?? "");
  const where = { asked: a.filters?.orders === "asked", all: searched.reference !== null };
  const asked = questionOf(a, searched, placesIn(reach, setups, where), policies);
  const { replayed } = asked.filters;
  const question = replayed === undefined ? asked : { ...asked, replayed: await replayedCases(parts.db, replayed) };
  const { text, reference, places } = question;
  if (text === null || reference !== null || places.length === 0) return { reach, setups, searched, question };
  const queries = [...new Set(text.values())];
  const { referenceEnd, terms } = searched;
  const compares = a.sort === "match";
  const matching = await matchingCases(parts.db, { queries, referenceEnd, compares });
  const isRanked = compares && matching.named !== null && matching.named.length <= maxRanked;
  return { reach, setups, searched, question: { ...question, matching, ranking: isRanked ? rankingOf(terms) : null } };
}

/** The order that is asked for, as far as it can be had. */
function sortOf({ sort, filters = {} }: CaseSearch, { ranking }: CaseQuestion): CaseSort {
  const { kinds = [] } = filters;
  const ended = kinds.length > 0 && kinds.every((kind) => kind === "resolved" || kind === "final");
  return sort === undefined || (sort === "match" && ranking === null) ? (ended ? "newest" : "need") : sort;
}

async function rowsOf(parts: SearchParts, ready: Prepared, a: CaseSearch): Promise<FoundCase[]> {
  const { reach, setups, question, searched } = ready;
  const { now, offset, limit, filters = {} } = a;
  if (offset + limit > maxListed) throw tooFar();
  const sort = sortOf(a, question);
  const rows = await searchedCases(parts.db, question, { reach, sort, offset, limit }).catch((error: unknown) => {
    throw error instanceof TookTooLong ? tooManyFound("/search") : error;
  });
  const matches = await matchesIn(parts.db, { rows, searched, setups });
  const by = listedBy(filters);
  return (await shownCases(parts.policies, { rows, setups, now, reader: a.actor, by })).map((one) => ({
    ...one,
    match: matches.get(one.id) ?? null,
  }));
}

/** Nothing was typed. */
const nothingTyped = parseSearch("");

/**
 * Cases of the actor's reach whose texts say what the queries ask for, the most urgent first; none where that would take too long.
 * @param a.queries a programme of `policies`, as tsquery
 */
export async function casesSaying(
  parts: SearchParts,
  a: CaseAsked & {
    queries: ReadonlyMap<string, string>;
    policies: ReadonlyMap<string, Policy>;
    limit: number;
  },
): Promise<SearchedRow[]> {
  const reach = caseReach(a.actor);
  const setups = new Map([...a.policies].map(([code, { setup }]) => [code, setup]));
  const places = placesIn(reach, setups, { asked: false, all: false });
  if (places.length === 0) return [];
  const queries = [...new Set(a.queries.values())];
  const matching = await matchingCases(parts.db, { queries, referenceEnd: null });
  const question = { ...questionOf(a, nothingTyped, places, a.policies), text: a.queries, matching };
  const page = { reach, sort: "need", offset: 0, limit: a.limit } as const;
  return searchedCases(parts.db, question, page).catch((error: unknown) => {
    if (error instanceof TookTooLong) return [];
    throw error;
  });
}

/** Cases of the actor's reach, one page. An actor who may read none finds none. Problem `invalid-input` beyond `maxListed`, and where words are in too many cases. */
export async function findCases(parts: SearchParts, a: CaseSearch): Promise<FoundCase[]> {
  return rowsOf(parts, await prepared(parts, a), a);
}

/** How many cases of the actor's reach the filters and the search leave: exact up to `countedUpTo`, then about. */
export async function countCases(parts: SearchParts, a: CaseAsked): Promise<{ total: number; estimated: boolean }> {
  return countOf(parts.db, (await prepared(parts, a)).question);
}

/** Numbers of all cases that they leave, by number: the next `limit` after `after`. */
export async function foundIds(parts: SearchParts, a: CaseAsked & { after: number; limit: number }): Promise<number[]> {
  const { reach, question } = await prepared(parts, a);
  return foundIdsAfter(parts.db, question, { reach, after: a.after, limit: a.limit });
}

/** Both at once. */
export async function searchCases(parts: SearchParts, a: CaseSearch): Promise<FoundCases> {
  const ready = await prepared(parts, a);
  const [rows, count] = await Promise.all([rowsOf(parts, ready, a), countOf(parts.db, ready.question)]);
  return { ...count, rows, sort: sortOf(a, ready.question) };
}

/** What one programme can be filtered by. */
export interface CaseChoices {
  readonly programme: Named;
  readonly types: readonly Named[];
  /** Those in which the entities and queues are whose cases the actor may read. */
  readonly sectors: readonly Named[];
  /** Those whose cases the actor may read. */
  readonly entities: readonly Named[];
  readonly pillars: readonly Named[];
  readonly importance: readonly Named[];
  readonly channels: readonly Named[];
  readonly governorates: readonly Named[];
  /** Names of what a link asks for and nobody chooses: services, of which there are too many, and entities that ended. */
  readonly asked: readonly (Named & { readonly kind: "service" | "entity" })[];
  /** States of all published workflows; a name that several share is listed once. */
  readonly states: readonly (Named & { readonly kind: string })[];
  /** Levels of the ladder, the lowest first: which there are, and to whom each leads. */
  readonly levels: readonly { readonly level: number; readonly name: Bilingual }[];
  /** Whether cases that wait for an entity can be among them. */
  readonly queue: boolean;
}

function choicesIn(setup: Setup, places: readonly CasePlace[], asked: ChoicesAsked): CaseChoices {
  const listed = (records: ReadonlyMap<string, Labelled>): Named[] =>
    [...records.values()].sort((a, b) => a.order - b.order).map(({ code, name }) => ({ code, name }));
  const everywhere = places.some(({ entities, unplaced }) => entities === null && !unplaced);
  const reached = new Set(places.flatMap(({ entities }) => entities ?? []));
  // Where only some entities are in reach, their sectors and those of the queues: what cannot differ is no choice.
  const queued = places.flatMap(({ sector }) => sector ?? []);
  const ofEntities = [...reached].flatMap((code) => setup.entities.get(code)?.sector ?? []);
  const sectors = new Set([...queued, ...ofEntities]);
  const anySector = everywhere || places.some(({ unplaced, sector }) => unplaced && sector === null);
  const states = new Map<string, Named & { kind: string }>();
  for (const { definition } of setup.workflows.values()) {
    for (const [code, { name, kind }] of Object.entries(definition.states)) {
      if (!states.has(code)) states.set(code, { code, name, kind });
    }
  }
  return {
    programme: { code: setup.programme.code, name: setup.programme.name },
    types: listed(applicantTypes(setup)),
    sectors: listed(setup.sectors).filter(({ code }) => anySector || sectors.has(code)),
    entities: listed(setup.entities).filter(({ code }) => everywhere || reached.has(code)),
    pillars: listed(setup.pillars),
    importance: listed(setup.importanceLevels),
    channels: listed(setup.channels),
    governorates: listed(setup.governorates),
    asked: [
      ...listed(setup.services).flatMap((one) =>
        one.code === asked.service ? [{ ...one, kind: "service" as const }] : [],
      ),
      ...listed(setup.entities).flatMap((one) =>
        asked.entities?.includes(one.code) ? [{ ...one, kind: "entity" as const }] : [],
      ),
    ],
    states: [...states.values()],
    levels: [...setup.programme.settings.ladder]
      .sort((a, b) => a.level - b.level)
      .map(({ level, role }) => ({ level, name: roleNames[role] })),
    queue: places.some(({ entities }) => entities === null),
  };
}

export interface ChoicesAsked {
  readonly actor: Actor;
  /** Codes whose names the reader needs. */
  readonly service?: string | undefined;
  readonly entities?: readonly string[] | undefined;
}

/** What the actor's list can be filtered by, a programme of the reach. */
export async function caseChoices(parts: SearchParts, a: ChoicesAsked): Promise<CaseChoices[]> {
  const reach = caseReach(a.actor);
  const setups = await setupsIn(parts, reach);
  const places = placesIn(reach, setups, { asked: false, all: false });
  return [...setups.values()].map((setup) =>
    choicesIn(
      setup,
      places.filter(({ programme }) => programme === setup.programme.code),
      a,
    ),
  );
}
