/** Everything that can be known to be wrong with a workflow before it moves a case. Run at load, at publish and by `check-config`. */

import type { ValidateFunction } from "ajv";
import { structuralFault } from "../rules/compile-condition.js";
import { factCatalogue } from "../rules/fact-catalogue.js";
import { faultNames } from "../rules/fault-names.js";
import { validatorFor } from "../rules/kept-validators.js";
import { maximumDepth } from "../rules/policy-limits.js";
import { schemaFaults, shown } from "../rules/schema-faults.js";
import type { ConfigurationFault } from "../setup/configuration-fault.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import type { Finding } from "./lint-effects.js";
import { lintForm, lintWorkflow } from "./lint-workflow.js";
import { workflowNames } from "./part-words.js";
import type { WorkflowDefinition } from "./workflow-definition.js";
import { workflowSchema } from "./workflow-schema.js";

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
