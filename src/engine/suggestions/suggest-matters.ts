/** The short list that an applicant chooses from: what the text names, what the rules say, what similar past cases came to, what is like a name. */
import { civilDate } from "../calendar/civil-days.js";
import type { Application } from "../lifecycle/case.js";
import { isLive } from "../rules/fact-catalogue.js";
import type { Policy } from "../setup/policy.js";
import type { Setup } from "../setup/setup.js";
import { type Matter, matterKey } from "./matter.js";
import { mattersFromCounts, type WordCounts } from "./matters-from-counts.js";
import { mattersFromNames, namedSector } from "./matters-from-names.js";
import { mattersFromRules, mattersFromSector } from "./matters-from-rules.js";
import { namedGovernorate } from "./named-governorate.js";
import { textStems } from "./text-stems.js";

/** More is a list to be searched, and such a list there is. */
const mostSuggested = 5;

/** Whether it can be chosen today: of what is still offered, at an entity that takes applications. */
function isOffered({ type, entity, service }: Matter, setup: Setup, today: string): boolean {
  const place = setup.entities.get(entity);
  if (place === undefined || place.retired || !isLive(place, today)) return false;
  if (type !== null && setup.types.get(type)?.retired !== false) return false;
  const chosen = service === null ? null : setup.services.get(service);
  return chosen === null || (chosen !== undefined && !chosen.retired && chosen.entity === entity);
}

/**
 * At most five, the likeliest first; none where the text says nothing that is known.
 * @param told the application as far as it was told
 * @param counts of past cases, for the stems of its description; null: none were counted
 */
export function suggestMatters(told: Omit<Application, "type">, policy: Policy, counts: WordCounts | null): Matter[] {
  const { setup } = policy;
  const text = `${told.subject} ${told.description}`;
  const today = civilDate(told.receivedAt, setup.programme.timeZone);
  const past = counts === null ? [] : mattersFromCounts(textStems(text), counts, mostSuggested);
  const { named, likely } = mattersFromNames(text, setup, mostSuggested);
  // What past cases came to says the type as well.
  const withType = (matter: Matter): Matter =>
    past.find(({ entity, service }) => entity === matter.entity && service === matter.service) ?? matter;
  // Who names a service means it: what else had such words is of no other entity.
  const services = new Set(named.flatMap(({ entity, service }) => (service === null ? [] : [entity])));
  const similar = services.size === 0 ? past : past.filter(({ entity }) => services.has(entity));
  const sector = told.sector ?? namedSector(text, setup);
  const governorate = told.governorate ?? namedGovernorate(text, setup);
  const responsible = sector === null ? [] : mattersFromSector({ ...told, sector, governorate }, policy);
  const found = [
    ...named.map(withType),
    ...mattersFromRules(told, policy),
    ...similar,
    ...likely.map(withType),
    ...responsible,
  ];
  const distinct = new Map(found.map((matter) => [matterKey(matter), matter]));
  return [...distinct.values()].filter((matter) => isOffered(matter, setup, today)).slice(0, mostSuggested);
}
