/** The JSON Schema of a workflow: its form alone. What it means is looked at by `lint-workflow.ts`. */

import { roleCodes } from "../access/roles.js";
import type { FactDefinition } from "../rules/fact-catalogue.js";
import { type JsonSchema, ruleSetSchema } from "../rules/rule-set-schema.js";
import type { Setup } from "../setup/setup.js";
import { effectNames } from "./effects.js";
import { fieldTypes } from "./workflow-definition.js";

const object = (required: readonly string[], properties: Record<string, JsonSchema>): JsonSchema => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});
/** As long as the code by which an application type names its workflow. */
const longestCode = 60;
/** Names are told again wherever something leads to what they name. */
const longestName = 300;

const mapOf = (item: JsonSchema): JsonSchema => ({
  type: "object",
  propertyNames: { maxLength: longestCode },
  additionalProperties: item,
});
/** Of one type, so that a list is looked through once for what stands in it twice, and not pair by pair. */
const listOf = (items: { readonly [keyword: string]: unknown }): JsonSchema => ({
  type: "array",
  uniqueItems: true,
  items: { type: "string", ...items },
});

const text = { type: "string", minLength: 1, pattern: "\\S" };
const code = { ...text, maxLength: longestCode };
const bilingual = object(["ar", "en"], { ar: text, en: text });
const names = object(["ar", "en"], {
  ar: { ...text, maxLength: longestName },
  en: { ...text, maxLength: longestName },
});
const condition: JsonSchema = { $ref: "#/definitions/condition" };
const effects = listOf({ enum: effectNames });

const budget = object(["amount", "unit"], {
  amount: { type: "number", exclusiveMinimum: 0, maximum: 10_000 },
  unit: { enum: ["workingHours", "workingDays", "calendarHours"] },
});

const field = object(["name", "type", "required"], {
  name: names,
  type: { enum: fieldTypes },
  required: { type: "boolean" },
  choices: { type: "array", items: object(["code", "name"], { code, name: names }) },
  maxLength: { type: "integer", minimum: 1, maximum: 20_000 },
  minLetters: { type: "integer", minimum: 1, maximum: 200 },
});

/** Only a list has `items` to look at, so a state's name and null pass through. */
const target: JsonSchema = {
  type: ["string", "null", "array"],
  maxLength: longestCode,
  items: object(["to"], { when: condition, to: code, effects }),
};

const action = object(["name", "from", "to", "by", "fields", "effects", "guards"], {
  name: names,
  from: listOf(code),
  to: target,
  by: listOf({ enum: [...roleCodes, "applicant", "system"] }),
  fields: mapOf(field),
  attachments: { type: "boolean" },
  signOfLife: { type: "boolean" },
  effects,
  guards: { type: "array", items: object(["when", "otherwise"], { when: condition, otherwise: bilingual }) },
});

/** The schema for one programme; guards and branches may ask every fact of its catalogue. */
export function workflowSchema(
  setup: Pick<Setup, "programme" | "pillars" | "importanceLevels">,
  catalogue: readonly FactDefinition[],
): JsonSchema {
  const { definitions } = ruleSetSchema("quality", setup, catalogue) as { definitions: Record<string, JsonSchema> };
  return {
    ...(object(["workflow", "programme", "name", "initial", "triage", "states", "actions", "timers"], {
      $schema: { type: "string" },
      workflow: code,
      programme: { const: setup.programme.code },
      name: names,
      initial: code,
      triage: code,
      states: mapOf(
        object(["name", "kind"], {
          name: names,
          kind: { enum: ["open", "waiting", "resolved", "final"] },
          told: names,
        }),
      ),
      actions: mapOf(action),
      timers: {
        type: "array",
        items: object(["id", "state", "after", "action"], { id: code, state: code, after: budget, action: code }),
      },
    }) as object),
    definitions: { leaf: definitions.leaf ?? false, condition: definitions.condition ?? false },
  };
}
