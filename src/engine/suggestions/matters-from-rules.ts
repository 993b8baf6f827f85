/** Where the rules would send a text because of its words, whatever its type: what they say without the words is no suggestion. */
import type { Application } from "../lifecycle/case.js";
import { applicationFacts, type Facts } from "../rules/fact-catalogue.js";
import type { RoutingOutcome } from "../rules/outcomes.js";
import type { Policy } from "../setup/policy.js";
import { applicantTypes } from "../setup/setup.js";
import type { GroundedMatter } from "./matter.js";

/** A programme with more types than people choose from by reading is asked about its words no further. */
const mostTypes = 20;

type Told = Omit<Application, "type">;

/** By type: where the rules send it; null: to no entity that they name. None where no rules are published, or there are too many types. */
function routes({ setup, calendar, runner }: Policy) {
  const routing = runner("routing");
  const types = [...applicantTypes(setup).values()].filter(({ retired }) => !retired).sort((a, b) => a.order - b.order);
  if (routing === null || types.length > mostTypes) return [];
  const entityBy = (facts: Facts): string | null => {
    const { to } = routing.decideCompiled(facts).outcome as RoutingOutcome;
    return to.startsWith("entity:") ? to.slice("entity:".length) : null;
  };
  const factsOf = (told: Told, type: string) => applicationFacts({ ...told, type }, setup, calendar);
  return types.map(({ code: type }) => ({ entityBy, factsOf: (told: Told) => factsOf(told, type) }));
}

/** @param told the application as far as it was told, whatever its type */
export function mattersFromRules(told: Told, policy: Policy): GroundedMatter[] {
  return routes(policy).flatMap(({ entityBy, factsOf }) => {
    const facts = factsOf(told);
    if ((facts.keywords as readonly string[]).length === 0) return [];
    const entity = entityBy(facts);
    if (entity === null || entity === entityBy({ ...facts, keywords: [] })) return [];
    return [{ entity, service: null, ground: { by: "rule", stems: [] } }];
  });
}

/**
 * Who is responsible for a sector where it happens: water in Zarqa.
 * @param stems of the words that name the sector; none where it was chosen
 */
export function mattersFromSector(
  told: Told & { readonly sector: string },
  policy: Policy,
  stems: readonly string[],
): GroundedMatter[] {
  const entities = routes(policy).flatMap(({ entityBy, factsOf }) => {
    const entity = entityBy(factsOf(told));
    return entity === null || entity === entityBy(factsOf({ ...told, sector: null })) ? [] : [entity];
  });
  return [...new Set(entities)].map((entity) => ({ entity, service: null, ground: { by: "sector", stems } }));
}
