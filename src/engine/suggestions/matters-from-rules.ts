/** Where the rules would send a text because of its words, by type: what they say without the words is no suggestion. */
import type { Application } from "../lifecycle/case.js";
import { applicationFacts, type Facts } from "../rules/fact-catalogue.js";
import type { RoutingOutcome } from "../rules/outcomes.js";
import type { Policy } from "../setup/policy.js";
import type { Matter } from "./matter.js";

/** A programme with more types than people choose from by reading is asked about its words no further. */
const mostTypes = 20;

/** @param told the application as far as it was told, whatever its type */
export function mattersFromRules(told: Omit<Application, "type">, { setup, calendar, runner }: Policy): Matter[] {
  const routing = runner("routing");
  const types = [...setup.types.values()].filter(({ retired }) => !retired).sort((a, b) => a.order - b.order);
  if (routing === null || types.length > mostTypes) return [];
  const entityBy = (facts: Facts): string | null => {
    const { to } = routing.decideCompiled(facts).outcome as RoutingOutcome;
    return to.startsWith("entity:") ? to.slice("entity:".length) : null;
  };
  return types.flatMap(({ code: type }) => {
    const facts = applicationFacts({ ...told, type }, setup, calendar);
    if ((facts.keywords as readonly string[]).length === 0) return [];
    const entity = entityBy(facts);
    return entity === null || entity === entityBy({ ...facts, keywords: [] }) ? [] : [{ type, entity, service: null }];
  });
}
