/**
 * A rule set as its editors see it: its rules in the order in which they are asked, and changes that touch nothing else.
 * The definition may be of any form, as somebody may write it by hand: what cannot be shown stays where it is.
 */

import { isRecord } from "../../../engine/is-record.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { prioritiesFor } from "./rule-order.js";

export type Json = Readonly<Record<string, unknown>>;

export interface RuleView {
  /** Its place in the definition: pointers of faults name it. */
  readonly index: number;
  readonly raw: Json;
  readonly id: string;
  readonly title: Bilingual;
  readonly priority: number;
  readonly conditions: unknown;
  /** What it decides. */
  readonly params: Json;
  readonly examples: readonly unknown[];
  readonly legalBasis: Bilingual | null;
  /** Codes of the instructions that it cites. */
  readonly basis: readonly string[];
}

/** Priorities by id of the version in force: those are kept where they can be, so that little differs from it. */
export type Priorities = ReadonlyMap<string, number>;
const noPriorities: Priorities = new Map();

export interface RuleSetView {
  readonly raw: Json;
  readonly set: RuleSetName;
  /** In the order in which they are asked. */
  readonly rules: readonly RuleView[];
  /** Places of rules that have a form of their own: they are edited as text. */
  readonly unshown: readonly number[];
  readonly default: unknown;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const bilingualOf = (value: unknown): Bilingual =>
  isRecord(value) ? { en: textOf(value.en), ar: textOf(value.ar) } : { en: "", ar: "" };

function viewOf(raw: unknown, index: number): RuleView | null {
  if (!isRecord(raw) || typeof raw.id !== "string" || typeof raw.priority !== "number") return null;
  if (!isRecord(raw.event) || !isRecord(raw.event.params)) return null;
  return {
    index,
    raw,
    id: raw.id,
    title: bilingualOf(raw.title),
    priority: raw.priority,
    conditions: raw.conditions,
    params: raw.event.params,
    examples: Array.isArray(raw.examples) ? raw.examples : [],
    legalBasis: raw.legalBasis === undefined ? null : bilingualOf(raw.legalBasis),
    basis: [raw.basis].flat().filter((code) => typeof code === "string"),
  };
}

/** Null: it is not a rule set at all. */
export function viewOfSet(definition: unknown): RuleSetView | null {
  if (!isRecord(definition) || !Array.isArray(definition.rules) || typeof definition.set !== "string") return null;
  const views = definition.rules.map(viewOf);
  const rules = views.filter((view) => view !== null);
  return {
    raw: definition,
    set: definition.set as RuleSetName,
    rules: [...rules].sort((a, b) => b.priority - a.priority || a.index - b.index),
    unshown: views.flatMap((view, index) => (view === null ? [index] : [])),
    default: definition.default,
  };
}

export const prioritiesOf = (definition: unknown): Priorities =>
  new Map(viewOfSet(definition)?.rules.map(({ id, priority }) => [id, priority]));

const rulesOf = (set: RuleSetView): readonly unknown[] => set.raw.rules as readonly unknown[];
const withRules = (set: RuleSetView, rules: readonly unknown[]): Json => ({ ...set.raw, rules });

/** The definition with some keys of one rule written anew. */
export function withRule(set: RuleSetView, index: number, change: Json): Json {
  return withRules(
    set,
    rulesOf(set).map((rule, i) => (i === index && isRecord(rule) ? { ...rule, ...change } : rule)),
  );
}

/** With another outcome of a rule. */
export function withParams(set: RuleSetView, rule: RuleView, params: Json): Json {
  return withRule(set, rule.index, { event: { ...(rule.raw.event as Json), params } });
}

/** Legal basis: taken out where nothing is written. */
export function withLegalBasis(set: RuleSetView, rule: RuleView, basis: Bilingual): Json {
  if (basis.en !== "" || basis.ar !== "") return withRule(set, rule.index, { legalBasis: basis });
  const { legalBasis: _, ...rest } = rule.raw;
  return withRules(
    set,
    rulesOf(set).map((other, i) => (i === rule.index ? rest : other)),
  );
}

/** The instructions that it cites: one by its code, several as a list, taken out where there is none. */
export function withBasis(set: RuleSetView, rule: RuleView, codes: readonly string[]): Json {
  const [one] = codes;
  const { basis: _, ...rest } = rule.raw;
  const changed = one === undefined ? rest : { ...rule.raw, basis: codes.length === 1 ? one : codes };
  return withRules(
    set,
    rulesOf(set).map((other, i) => (i === rule.index ? changed : other)),
  );
}

export function withoutRule(set: RuleSetView, index: number): Json {
  return withRules(
    set,
    rulesOf(set).filter((_, i) => i !== index),
  );
}

/** The definition in which the rules are asked in this order; `moved` is the index of the one that was moved. */
function inOrder(
  rules: readonly unknown[],
  order: readonly RuleView[],
  moved: number,
  set: RuleSetView,
  inForce: Priorities,
): Json {
  const ranks = new Map(set.rules.map((rule, rank) => [rule.index, rank]));
  const priorities = prioritiesFor(
    order.map(({ index, id, priority }) => ({
      priority: inForce.get(id) ?? priority,
      moved: index === moved,
      rank: ranks.get(index) ?? set.rules.length,
    })),
  );
  const written = new Map(order.map(({ index }, place) => [index, priorities[place]]));
  return withRules(
    set,
    rules.map((rule, i) => {
      const priority = written.get(i);
      return priority === undefined || !isRecord(rule) || rule.priority === priority ? rule : { ...rule, priority };
    }),
  );
}

/** With the rule at place `from` asked at place `to`; places as the screen shows them. */
export function withMoved(set: RuleSetView, from: number, to: number, inForce = noPriorities): Json {
  const rule = set.rules[from];
  const place = Math.max(0, Math.min(set.rules.length - 1, to));
  if (rule === undefined || place === from) return set.raw;
  const order = set.rules.filter((other) => other !== rule);
  order.splice(place, 0, rule);
  return inOrder(rulesOf(set), order, rule.index, set, inForce);
}

/** With one more rule, asked at that place. */
export function withAdded(set: RuleSetView, raw: Json, place: number, inForce = noPriorities): Json {
  const rules = [...rulesOf(set), raw];
  const above = set.rules[place - 1]?.priority ?? 0;
  // No priority of its own yet: it stands at none that another has, so that it is the one that gives way.
  const view = viewOf({ ...raw, priority: above }, rules.length - 1);
  if (view === null) return withRules(set, rules);
  const order = [...set.rules];
  order.splice(place, 0, view);
  return inOrder(rules, order, view.index, set, inForce);
}

/** A code made of a title in Latin letters; never one that any version has used. */
export function newRuleId(title: string, used: ReadonlySet<string>): string {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  const id = plain === "" ? "rule" : plain;
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? id : `${id}-${n}`;
    if (!used.has(candidate)) return candidate;
  }
}

/** What a new rule of each set decides until something else is chosen. */
const freshParams: Readonly<Record<RuleSetName, Json>> = {
  classification: {},
  sla: {
    acknowledgement: { amount: 0, unit: "workingHours" },
    firstResponse: { amount: 1, unit: "workingDays" },
    resolution: { amount: 3, unit: "workingDays" },
  },
  routing: { to: "" },
  escalation: {
    kind: "warning",
    level: 0,
    when: { clock: "resolution", percent: 75 },
    tell: ["entity.focalPoints"],
  },
  quality: { review: true, reason: "" },
};

export function freshRule(set: RuleSetName, id: string, title: Bilingual): Json {
  return {
    id,
    title,
    priority: 1,
    conditions: { all: [{ fact: "type", operator: "in", value: [] }] },
    event: { type: set, params: freshParams[set] },
    examples: [],
  };
}
