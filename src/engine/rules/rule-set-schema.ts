/**
 * The JSON Schema of a rule set, made from the fact catalogue and the set-up: what a rule may ask, compare and decide.
 *
 * `if`/`then` rather than `oneOf`, so that a fault is told once and where it is. References inside outcomes
 * (`entity:CODE`, `entity.superior(2)`) are checked beside it, where they can be explained.
 */
import type { Setup } from "../setup/setup.js";
import type { FactDefinition } from "./fact-catalogue.js";
import { type OperatorName, operatorNames } from "./operators.js";
import type { ConflictMode, RuleSetName } from "./rule-set.js";

/** Marks the part of the schema that refuses a condition without a group at the root, so that its fault can be told in words. */
export const bareRoot = "bare root";

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** How conflicts are settled is a property of what is decided, not a choice. */
const modeOf: Readonly<Record<RuleSetName, ConflictMode>> = {
  classification: "merge",
  sla: "first",
  routing: "first",
  escalation: "collect",
  quality: "first",
};

const object = (required: readonly string[], properties: Record<string, JsonSchema>): JsonSchema => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});
const sentence = { type: "string", minLength: 1, pattern: "\\S" };
const bilingual = object(["ar", "en"], { ar: sentence, en: sentence });
/** Codes of the register of instructions, looked up beside the schema. */
const citation: JsonSchema = { type: "string", pattern: "^[A-Za-z][A-Za-z0-9_-]{0,59}$" };
const basis: JsonSchema = {
  if: { type: "string" },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: citation,
  else: { type: "array", minItems: 1, maxItems: 20, uniqueItems: true, items: citation },
};
/** In letters. */
export const longestRuleId = 80;
/** A rule's title is told again with each of its examples. */
const shortSentence: JsonSchema = { ...sentence, maxLength: 300 };

const operatorsOf: Readonly<Record<FactDefinition["type"], readonly OperatorName[]>> = {
  string: ["equal", "notEqual", "in", "notIn"],
  number: ["equal", "notEqual", "in", "notIn", "lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"],
  boolean: ["equal", "notEqual"],
  strings: ["contains", "doesNotContain"],
};

/** One value of a fact as it may stand in a rule or an example. */
function valueSchema({ type, values, nullable }: FactDefinition, mayBeNull: boolean): JsonSchema {
  const single = type === "strings" ? "string" : type;
  const types = nullable && mayBeNull ? [single, "null"] : single;
  if (values === undefined) return { type: types };
  if (values.length === 0) return nullable && mayBeNull ? { type: "null" } : false;
  // The type as well: lists of one type are looked through once for what stands in them twice, and not pair by pair.
  return { type: types, enum: nullable && mayBeNull ? [...values, null] : values };
}

/** The value a fact is compared with depends on the operator. */
function comparisonSchema(fact: FactDefinition): JsonSchema {
  const items = valueSchema(fact, true);
  const list: JsonSchema = { type: "array", minItems: 1, uniqueItems: items !== false, items };
  const ordered: JsonSchema = { type: "number" };
  const single = valueSchema(fact, fact.type !== "strings");
  return {
    properties: { operator: { enum: operatorsOf[fact.type] } },
    if: { properties: { operator: { enum: ["in", "notIn"] } }, required: ["operator"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { value: list } },
    else: {
      if: { properties: { operator: { pattern: "^(less|greater)Than" } }, required: ["operator"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { value: ordered } },
      else: { properties: { value: single } },
    },
  };
}

function leafSchema(catalogue: readonly FactDefinition[]): JsonSchema {
  return {
    ...(object(["fact", "operator", "value"], {
      fact: { enum: catalogue.map((fact) => fact.name) },
      operator: { enum: operatorNames },
      value: {},
    }) as object),
    allOf: catalogue.map((fact) => ({
      if: {
        properties: { fact: { const: fact.name }, operator: { enum: operatorNames } },
        required: ["fact", "operator", "value"],
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: comparisonSchema(fact),
    })),
  };
}

function conditionSchema(otherwise: JsonSchema): JsonSchema {
  const members: JsonSchema = { type: "array", minItems: 1, items: { $ref: "#/definitions/condition" } };
  const group = (kind: string, content: JsonSchema, or: JsonSchema): JsonSchema => ({
    if: { required: [kind] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: object([kind], { [kind]: content }),
    else: or,
  });
  const not: JsonSchema = { $ref: "#/definitions/condition" };
  return { type: "object", ...(group("all", members, group("any", members, group("not", not, otherwise))) as object) };
}

const units = ["workingHours", "workingDays", "calendarHours"];
const budget: JsonSchema = {
  ...(object(["amount", "unit"], {
    amount: { type: "number", minimum: 0, maximum: 10_000 },
    unit: { enum: units },
  }) as object),
  if: { properties: { unit: { const: "workingDays" } }, required: ["unit"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { amount: { type: "integer" } } },
};
const budgetOrNone: JsonSchema = { ...(budget as object), type: ["object", "null"] };
const targets = ["acknowledgement", "firstResponse", "resolution"];

const trigger: JsonSchema = {
  type: "object",
  if: { required: ["idle"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: object(["idle"], { idle: budget }),
  else: {
    if: { required: ["after"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: object(["clock", "after"], { clock: { enum: targets }, after: budget }),
    else: object(["clock", "percent"], {
      clock: { enum: targets },
      percent: { type: "number", exclusiveMinimum: 0, maximum: 1000 },
    }),
  },
};

type OutcomeSetup = Pick<Setup, "pillars" | "importanceLevels">;

/** What a rule of each set decides. */
const outcomeSchemas: Readonly<Record<RuleSetName, (setup: OutcomeSetup) => JsonSchema>> = {
  classification: (setup) => ({
    ...(object([], {
      pillar: { enum: [...setup.pillars.keys(), null] },
      importance: { enum: [...setup.importanceLevels.keys(), null] },
      confidential: { type: "boolean" },
    }) as object),
    minProperties: 1,
  }),
  sla: () => object(targets, Object.fromEntries(targets.map((target) => [target, budgetOrNone]))),
  routing: () => object(["to"], { to: { type: "string", minLength: 1 } }),
  escalation: () =>
    object(["kind", "level", "when", "tell"], {
      kind: { enum: ["warning", "escalation"] },
      level: { type: "integer", minimum: 0 },
      when: trigger,
      tell: { type: "array", minItems: 1, maxItems: 20, uniqueItems: true, items: { type: "string", minLength: 1 } },
      raiseImportance: { const: true },
      template: { type: "string", minLength: 1, maxLength: 60 },
      mandatory: { const: true },
    }),
  quality: () => object(["review", "reason"], { review: { type: "boolean" }, reason: sentence }),
};

function exampleSchema(catalogue: readonly FactDefinition[]): JsonSchema {
  const facts = catalogue.map((fact) => {
    const single = valueSchema({ ...fact, nullable: true }, fact.type !== "strings");
    return [fact.name, fact.type === "strings" ? { type: "array", items: single } : single] as const;
  });
  return object(["name", "facts", "decides"], {
    // One string: versions that were published before an example was named in both languages.
    name: {
      if: { type: "string" },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: sentence,
      else: bilingual,
    },
    facts: object([], Object.fromEntries(facts)),
    decides: { type: "boolean" },
  });
}

/** The schema of one programme's rule set of that name. */
export function ruleSetSchema(
  set: RuleSetName,
  setup: OutcomeSetup & Pick<Setup, "programme">,
  catalogue: readonly FactDefinition[],
): JsonSchema {
  const outcome = outcomeSchemas[set](setup);
  const rule = object(["id", "title", "priority", "conditions", "event", "examples"], {
    id: { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: longestRuleId },
    title: object(["ar", "en"], { ar: shortSentence, en: shortSentence }),
    priority: { type: "integer", minimum: 1, maximum: 10_000 },
    conditions: { $ref: "#/definitions/root" },
    event: object(["type", "params"], { type: { const: set }, params: { $ref: "#/definitions/outcome" } }),
    basis,
    legalBasis: bilingual,
    examples: { type: "array", minItems: 1, items: { $ref: "#/definitions/example" } },
  });
  const outcomes = { $ref: "#/definitions/outcome" };
  return {
    ...(object(["set", "programme", "mode", "default", "rules"], {
      $schema: { type: "string" },
      set: { const: set },
      programme: { const: setup.programme.code },
      mode: { const: modeOf[set] },
      default: modeOf[set] === "collect" ? { type: "array", items: outcomes } : outcomes,
      rules: { type: "array", items: rule },
    }) as object),
    definitions: {
      outcome,
      example: exampleSchema(catalogue),
      leaf: leafSchema(catalogue),
      condition: conditionSchema({ $ref: "#/definitions/leaf" }),
      root: conditionSchema({ $comment: bareRoot, required: ["all"] }),
    },
  };
}
