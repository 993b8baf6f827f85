/** The short list that an applicant chooses from: what the text names, what the rules say, what similar past cases came to, what is like a name. */
import { civilDate } from "../calendar/civil-days.js";
import type { Application } from "../lifecycle/case.js";
import { isLive } from "../rules/fact-catalogue.js";
import type { Policy } from "../setup/policy.js";
import type { Setup } from "../setup/setup.js";
import { mostEntities } from "./known-names.js";
import { type Ground, type Matter, matterKey } from "./matter.js";
import { mattersFromCounts, type WordCounts } from "./matters-from-counts.js";
import { mattersFromNames, type NamedMatter, namedSector } from "./matters-from-names.js";
import { mattersFromRules, mattersFromSector } from "./matters-from-rules.js";
import { namedGovernorate } from "./named-governorate.js";
import { textStems } from "./text-stems.js";

/** More is a list to be searched, and such a list there is. */
const mostSuggested = 5;

/** Whether it can be chosen today: of what is still offered, at an entity that takes applications. */
function isOffered({ entity, service }: Matter, setup: Setup, today: string): boolean {
  const place = setup.entities.get(entity);
  if (place === undefined || place.retired || !isLive(place, today)) return false;
  const chosen = service === null ? null : setup.services.get(service);
  return chosen === null || (chosen !== undefined && !chosen.retired && chosen.entity === entity);
}

/** The one sector of all that are called as the text says: potholes are of towns and of main roads, and say none. */
function sectorOfShared(called: readonly NamedMatter[], setup: Setup): string | null {
  const shared = called.filter(({ sharing }) => sharing > 1);
  const [sector, ...others] = new Set(shared.map(({ entity }) => setup.entities.get(entity)?.sector ?? ""));
  return others.length > 0 ? null : sector || null;
}

function sectorOf(told: Pick<Application, "sector">, text: string, called: readonly NamedMatter[], setup: Setup) {
  if (told.sector !== null) return { code: told.sector, stems: [] };
  const named = namedSector(text, setup);
  if (named !== null) return { code: named.sector, stems: named.stems };
  const code = sectorOfShared(called, setup);
  return code === null ? null : { code, stems: called.flatMap(({ ground }) => ground.stems) };
}

/**
 * What is called as others are is of the entity that the text names, else of the one that is responsible there; of many, where
 * neither is known, it is none.
 */
function meantOf(called: readonly NamedMatter[], responsible: readonly Matter[]): readonly NamedMatter[] {
  const alone = called.filter(({ sharing }) => sharing === 1);
  const known = alone.length > 0 ? alone : responsible;
  const isMeant = ({ entity, sharing }: NamedMatter): boolean =>
    sharing === 1 || (known.length === 0 ? sharing <= mostEntities : known.some((one) => one.entity === entity));
  return called.filter(isMeant);
}

export interface SuggestedMatter extends Matter {
  /** All that says so, the strongest first. */
  readonly grounds: readonly Ground[];
}

/**
 * At most five, the likeliest first; none where the text says nothing that is known.
 * @param told the application as far as it was told
 * @param counts of past cases, for the stems of its description; null: none were counted
 */
export function groundedMatters(
  told: Omit<Application, "type">,
  policy: Policy,
  counts: WordCounts | null,
): SuggestedMatter[] {
  const { setup } = policy;
  const text = `${told.subject} ${told.description}`;
  const today = civilDate(told.receivedAt, setup.programme.timeZone);
  const { named: called, likely } = mattersFromNames(text, setup, mostSuggested);
  const sector = sectorOf(told, text, called, setup);
  const governorate = told.governorate ?? namedGovernorate(text, setup);
  const responsible =
    sector === null ? [] : mattersFromSector({ ...told, sector: sector.code, governorate }, policy, sector.stems);
  const named = meantOf(called, responsible);
  const past = counts === null ? [] : mattersFromCounts(textStems(text), counts, mostSuggested);
  // Names and what is called so beat past cases: these may say which service of theirs it is, and nothing of others.
  const services = named.filter(({ service }) => service !== null);
  const [first] = [services, named, likely].filter((matters) => matters.length > 0);
  const similar = first === undefined ? past : past.filter(({ entity }) => first.some((one) => one.entity === entity));
  const found = [...named, ...mattersFromRules(told, policy), ...likely, ...similar, ...responsible];
  const distinct = new Map<string, SuggestedMatter>();
  for (const { ground, entity, service } of found) {
    const key = matterKey({ entity, service });
    const grounds = distinct.get(key)?.grounds ?? [];
    // Words of a name say no more than the name.
    const isSaid = grounds.some(({ by }) => by === ground.by || (by === "name" && ground.by === "words"));
    if (!isSaid) distinct.set(key, { entity, service, grounds: [...grounds, ground] });
  }
  return [...distinct.values()].filter((matter) => isOffered(matter, setup, today)).slice(0, mostSuggested);
}

/** The same without what says so. */
export const suggestMatters = (...asked: Parameters<typeof groundedMatters>): Matter[] =>
  groundedMatters(...asked).map(({ entity, service }) => ({ entity, service }));
