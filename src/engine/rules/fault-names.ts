/** What the parts and values of a definition are called: findings say these, and the code beside them for those who write the text. */

import { codeName } from "../explain/words.js";
import type { Setup } from "../setup/setup.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { factCatalogue } from "./fact-catalogue.js";

/** Names for people, by the place (a JSON pointer) of what a finding is about; null: there is none. */
export interface FaultNames {
  /** Of a value at that place, or one that might stand there. */
  value(path: string, value: unknown): Bilingual | null;
  /** Of a member of the object at that place. */
  member(path: string, name: string): Bilingual | null;
}

export const noNames: FaultNames = { value: () => null, member: () => null };

const members: Readonly<Record<string, Bilingual>> = ownTable({
  ar: msg("rules.faultNames.ar"),
  en: msg("rules.faultNames.en"),
  id: msg("rules.faultNames.id"),
  title: msg("rules.faultNames.name"),
  name: msg("rules.faultNames.name"),
  programme: msg("rules.faultNames.programme"),
  rules: msg("rules.faultNames.rules"),
  default: msg("rules.faultNames.default"),
  priority: msg("rules.faultNames.priority"),
  conditions: msg("rules.faultNames.conditions"),
  fact: msg("rules.faultNames.fact"),
  operator: msg("rules.faultNames.operator"),
  value: msg("rules.faultNames.value"),
  event: msg("rules.faultNames.event"),
  params: msg("rules.faultNames.params"),
  examples: msg("rules.faultNames.examples"),
  facts: msg("rules.faultNames.facts"),
  decides: msg("rules.faultNames.decides"),
  acknowledgement: msg("rules.faultNames.acknowledgement"),
  firstResponse: msg("rules.faultNames.firstResponse"),
  resolution: msg("rules.faultNames.resolution"),
  amount: msg("rules.faultNames.amount"),
  unit: msg("rules.faultNames.unit"),
  level: msg("rules.faultNames.level"),
  kind: msg("rules.faultNames.kind"),
  type: msg("rules.faultNames.type"),
  tell: msg("rules.faultNames.tell"),
  clock: msg("rules.faultNames.clock"),
  percent: msg("rules.faultNames.percent"),
  idle: msg("rules.faultNames.idle"),
  review: msg("rules.faultNames.review"),
  reason: msg("rules.faultNames.reason"),
  pillar: msg("rules.faultNames.pillar"),
  importance: msg("rules.faultNames.importance"),
  confidential: msg("rules.faultNames.confidential"),
  states: msg("rules.faultNames.states"),
  actions: msg("rules.faultNames.actions"),
  timers: msg("rules.faultNames.timers"),
  initial: msg("rules.faultNames.initial"),
  triage: msg("rules.faultNames.triage"),
  from: msg("rules.faultNames.from"),
  by: msg("rules.faultNames.by"),
  fields: msg("rules.faultNames.fields"),
  effects: msg("rules.faultNames.effects"),
  guards: msg("rules.faultNames.guards"),
  otherwise: msg("rules.faultNames.otherwise"),
  required: msg("rules.faultNames.required"),
  choices: msg("rules.faultNames.choices"),
  after: msg("rules.faultNames.after"),
  action: msg("rules.faultNames.action"),
  state: msg("rules.faultNames.state"),
});

const units: Readonly<Record<string, Bilingual>> = ownTable({
  workingHours: msg("rules.faultNames.workingHours"),
  workingDays: msg("rules.faultNames.workingDays"),
  calendarHours: msg("rules.faultNames.calendarHours"),
});
const stepKinds: Readonly<Record<string, Bilingual>> = ownTable({
  warning: msg("rules.faultNames.warning"),
  escalation: msg("rules.faultNames.escalation"),
});

/** Values of a member of outcomes that are codes of the set-up, by the fact that has the same. */
const ofOutcome: ReadonlySet<string> = new Set(["pillar", "importance"]);

const partsOf = (path: string): string[] =>
  path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function memberAt(value: unknown, parts: readonly string[]): unknown {
  let found = value;
  for (const part of parts) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[part];
  }
  return found;
}

/** The fact whose value stands at a place: beside a comparison, in an example, or in what is decided. */
function factAt(definition: unknown, parts: readonly string[]): string | null {
  const last = parts.at(-1) ?? "";
  const place = /^\d+$/.test(last) ? parts.slice(0, -1) : parts;
  const name = place.at(-1) ?? "";
  if (place.at(-2) === "facts" || (place.at(-2) === "params" && ofOutcome.has(name))) return name;
  if (place[0] === "default" && ofOutcome.has(name)) return name;
  if (name !== "value") return null;
  const fact = memberAt(definition, [...place.slice(0, -1), "fact"]);
  return typeof fact === "string" ? fact : null;
}

/** @param more names of the definition's own, asked first; by the parts of the place */
export function faultNames(
  definition: unknown,
  setup: Setup,
  more: (parts: readonly string[], code: string) => Bilingual | null = () => null,
): FaultNames {
  const labels = new Map(factCatalogue(setup).map(({ name, label }) => [name, label]));
  return {
    value(path, value) {
      if (typeof value !== "string") return null;
      const parts = partsOf(path);
      const own = more(parts, value);
      if (own !== null) return own;
      const last = parts.at(-1);
      if (last === "fact") return labels.get(value) ?? null;
      if (last === "unit") return units[value] ?? null;
      if (last === "clock") return members[value] ?? null;
      if (last === "kind") return stepKinds[value] ?? null;
      const fact = factAt(definition, parts);
      return fact === null ? null : (codeName(setup, fact, value) ?? null);
    },
    member(path, name) {
      if (partsOf(path).at(-1) === "facts") return labels.get(name) ?? null;
      return members[name] ?? null;
    },
  };
}
