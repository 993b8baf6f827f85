/** Everything that can be known to be wrong with a workflow before it moves a case. Run at load, at publish and by `check-config`. */

import type { ValidateFunction } from "ajv";
import { roleCodes } from "../access/roles.js";
import { structuralFault } from "../rules/compile-condition.js";
import { type FactDefinition, factCatalogue } from "../rules/fact-catalogue.js";
import { faultNames } from "../rules/fault-names.js";
import { validatorFor } from "../rules/kept-validators.js";
import { maximumDepth } from "../rules/policy-limits.js";
import { type JsonSchema, ruleSetSchema } from "../rules/rule-set-schema.js";
import { schemaFaults, shown } from "../rules/schema-faults.js";
import type { ConfigurationFault } from "../setup/configuration-fault.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import { effectNames } from "./effects.js";
import type { Finding } from "./lint-effects.js";
import { lintForm, lintWorkflow } from "./lint-workflow.js";
import { workflowNames } from "./part-words.js";
import { fieldTypes, type WorkflowDefinition } from "./workflow-definition.js";

/** The JSON Schema of a workflow: its form alone. What it means is looked at by `lint-workflow.ts`. */
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
function workflowSchema(
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

const validators = new WeakMap<Setup, ValidateFunction>();

/** Found once a set-up. */
function validatorOf(setup: Setup): ValidateFunction {
  const ready = validators.get(setup);
  if (ready !== undefined) return ready;
  const validate = validatorFor(workflowSchema(setup, factCatalogue(setup)) as object);
  validators.set(setup, validate);
  return validate;
}

/** So much of a place leads to what is nested too deeply: `/actions/NAME/guards/0/when`. */
const placeParts = 5;

/** Where something is nested too deeply; null: nowhere. Looked at first, level by level: a validator would exhaust the stack on conditions made to do that. */
function tooDeep(definition: unknown): Finding | null {
  // An action's conditions lie four levels down, and each group is two: an object and its list.
  const deepest = 6 + 2 * maximumDepth;
  let level: { readonly node: unknown; readonly path: string }[] = [{ node: definition, path: "" }];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    level = level.flatMap(({ node, path }) =>
      typeof node !== "object" || node === null
        ? []
        : Object.entries(node).map(([key, member]) => ({
            node: member,
            path: depth < placeParts ? `${path}/${pointerPart(key)}` : path,
          })),
    );
  }
  const [found] = level;
  if (found === undefined) return null;
  const reason = msg("workflow.checkWorkflow.somethingHereIsNestedToo", { maximumDepth });
  return { path: found.path, reason };
}

/** A list or an object holds no more than this: what stands in one is held against what stands in another. */
const maxMembers = 500;

/** Places that hold too much, the first of them. Nesting was looked at before. */
function tooWide(node: unknown, path = ""): Finding | null {
  if (typeof node !== "object" || node === null) return null;
  const members = Object.entries(node);
  if (members.length > maxMembers) {
    const reason = msg("workflow.checkWorkflow.thereAreEntriesHereAt", { membersCount: members.length, maxMembers });
    return { path, reason };
  }
  for (const [key, member] of members) {
    const found = tooWide(member, `${path}/${pointerPart(key)}`);
    if (found !== null) return found;
  }
  return null;
}

const nestedTooDeep: Bilingual = msg("workflow.checkWorkflow.nestedTooDeep", { maximumDepth });

function conditionFindings(workflow: WorkflowDefinition): Finding[] {
  return Object.entries(workflow.actions).flatMap(([name, action]) => {
    const guards = action.guards.map((guard, i) => ({
      path: `/actions/${pointerPart(name)}/guards/${i}/when`,
      condition: guard.when,
    }));
    const branches = action.to === null || typeof action.to === "string" ? [] : action.to;
    const whens = branches.flatMap((branch, i) =>
      branch.when === undefined ? [] : [{ path: `/actions/${pointerPart(name)}/to/${i}/when`, condition: branch.when }],
    );
    return [...guards, ...whens].flatMap(({ path, condition }) => {
      // All else that a condition can get wrong is found by its form.
      return structuralFault(condition) === null ? [] : [{ path, reason: nestedTooDeep }];
    });
  });
}

function findingsOf(definition: unknown, setup: Setup, lint: typeof lintWorkflow): Finding[] {
  if (typeof definition !== "object" || definition === null || Array.isArray(definition)) {
    const reason = msg("workflow.checkWorkflow.aWorkflowIsAnObject", { definition: shown(definition) });
    return [{ path: "", reason }];
  }
  const deep = tooDeep(definition);
  if (deep !== null) return [deep];
  const wide = tooWide(definition);
  if (wide !== null) return [wide];
  const validate = validatorOf(setup);
  if (!validate(definition))
    return schemaFaults(validate.errors ?? [], faultNames(definition, setup, workflowNames(definition)));
  const workflow = definition as WorkflowDefinition;
  const conditions = conditionFindings(workflow);
  return conditions.length > 0 ? conditions : lint(workflow, setup);
}

/**
 * All faults of a workflow as it was written, warnings among them; empty when there is nothing to say. Meaning is looked at
 * only once the form is right. `source` is the file (or draft) that the faults will name.
 */
export function checkWorkflow(definition: unknown, setup: Setup, source: string): ConfigurationFault[] {
  return findingsOf(definition, setup, lintWorkflow).map(({ path, reason, severity }) => ({
    source,
    ruleId: null,
    path,
    reason,
    severity: severity ?? "error",
  }));
}

/** What keeps a workflow from being walked through: its form alone. One that ends nowhere can be walked until it is seen to. */
export const walkFaults = (definition: unknown, setup: Setup): { field: string; reason: Bilingual }[] =>
  findingsOf(definition, setup, lintForm)
    .filter(({ severity }) => severity !== "warning")
    .map(({ path, reason }) => ({ field: path, reason }));
