/**
 * Everything that can be known to be wrong with a rule set before it decides: its form, what it names, its examples, rules
 * that contradict each other. Run at load, at publish and by `check-config`.
 */

import type { ValidateFunction } from "ajv";
import { type Words, wordsIn } from "../explain/words.js";
import { isRecord } from "../is-record.js";
import type { ConfigurationFault } from "../setup/configuration-fault.js";
import { applicantTypes, type Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, perLanguage } from "../text/text.js";
import { strandingRules } from "../workflow/strands-cases.js";
import { type Analysis, analyseRules, findGaps, type GapRow } from "./analyse-rules.js";
import { lapsedCitations, unknownCitations } from "./check-citations.js";
import { checkOutcome, unheardEscalations } from "./check-outcomes.js";
import { promiseFindings } from "./check-promises.js";
import { structuralFault } from "./compile-condition.js";
import { compileRuleSet } from "./compile-rule-set.js";
import { emptyFacts, type FactDefinition, factCatalogue } from "./fact-catalogue.js";
import { faultNames } from "./fault-names.js";
import { validatorFor } from "./kept-validators.js";
import { maxNamed, namedRule, namedRules } from "./named-rules.js";
import { maximumDepth, policyLimits } from "./policy-limits.js";
import { proposeRow } from "./propose-row.js";
import {
  nameOfExample,
  type RuleDefinition,
  type RuleSetDefinition,
  type RuleSetName,
  ruleSetNames,
} from "./rule-set.js";
import { tooMuch } from "./rule-set-limits.js";
import { longestRuleId, ruleSetSchema } from "./rule-set-schema.js";
import { andMore, maxFaults, notAllowed, type SchemaFault, schemaFaults, shown } from "./schema-faults.js";
import { tieFaults } from "./tie-faults.js";

interface Found extends SchemaFault {
  readonly severity?: "warning";
  readonly proposed?: RuleDefinition;
}

const validators = new WeakMap<Setup, Map<RuleSetName, ValidateFunction>>();

/** Found once a set-up and rule set. */
function validatorOf(set: RuleSetName, setup: Setup, catalogue: readonly FactDefinition[]): ValidateFunction {
  const known = validators.get(setup) ?? new Map<RuleSetName, ValidateFunction>();
  validators.set(setup, known);
  const ready = known.get(set);
  if (ready !== undefined) return ready;
  const validate = validatorFor(ruleSetSchema(set, setup, catalogue) as object);
  known.set(set, validate);
  return validate;
}

function rulesOf(definition: Record<string, unknown>): readonly unknown[] {
  return Array.isArray(definition.rules) ? definition.rules : [];
}

/** The rule in which a place lies, by its id; null also for an id that is too long: it would be told again with each fault of its rule. */
function ruleIdAt(definition: unknown, path: string): string | null {
  const position = /^\/rules\/(\d+)/.exec(path)?.[1];
  if (position === undefined || !isRecord(definition)) return null;
  const rule = rulesOf(definition)[Number(position)];
  return isRecord(rule) && typeof rule.id === "string" && rule.id.length <= longestRuleId ? rule.id : null;
}

/** Nesting is looked at first: a validator would exhaust the stack on conditions made to do that. */
function tooDeep(rules: readonly unknown[]): Found[] {
  return rules.flatMap((rule, i) => {
    const fault = isRecord(rule) ? structuralFault(rule.conditions) : null;
    if (fault === null || !fault.includes("nested")) return [];
    const reason = msg("rules.checkRuleSet.theConditionsAreNestedDeeper", { maximumDepth });
    return [{ path: `/rules/${i}/conditions`, reason }];
  });
}

function duplicateIds(rules: readonly RuleDefinition[]): Found[] {
  const first = new Map<string, number>();
  return rules.flatMap(({ id }, i) => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, i);
      return [];
    }
    const named = namedRule(rules[earlier] as RuleDefinition);
    const reason = msg("rules.checkRuleSet.theCodeIsAlreadyThat", { id, named });
    return [{ path: `/rules/${i}/id`, reason }];
  });
}

/** Looked up as far as they are told: each is held against all that there is. */
function badReferences(definition: RuleSetDefinition, setup: Setup): Found[] {
  const { set } = definition;
  const outcomes = [
    ...definition.rules.map((rule, i) => ({ outcome: rule.event.params, path: `/rules/${i}/event/params` })),
    ...(Array.isArray(definition.default)
      ? definition.default.map((outcome, i) => ({ outcome, path: `/default/${i}` }))
      : [{ outcome: definition.default as Record<string, unknown>, path: "/default" }]),
  ];
  const found: Found[] = [];
  for (const { outcome, path } of outcomes) {
    if (found.length > maxFaults) break;
    found.push(...checkOutcome(set, outcome, path, setup));
  }
  return found;
}

function exampleFaults(definition: RuleSetDefinition, results: readonly ExampleResult[]): Found[] {
  const rules = new Map(definition.rules.map((rule) => [rule.id, rule]));
  const failed = results
    .filter(({ passed }) => !passed)
    .map((example): Found => ({ path: example.path, reason: exampleReason(example, rules) }));
  const without = definition.rules.flatMap((rule, i): Found[] => {
    if (rule.examples.some((example) => example.decides)) return [];
    const what = namedRule(rule);
    const reason = msg("rules.checkRuleSet.theRuleHasNoExample", { what });
    return [{ path: `/rules/${i}/examples`, reason }];
  });
  return [...failed, ...without];
}

function exampleReason(
  { ruleId, name, decides, decidedBy, deciding }: ExampleResult,
  rules: ReadonlyMap<string, RuleDefinition>,
): Bilingual {
  const ofIds = (ids: readonly string[]) => ids.flatMap((id) => rules.get(id) ?? []);
  const rule = namedRules(ofIds([ruleId]));
  if (!decides) {
    return msg("rules.checkRuleSet.theRuleDecidesTheExample", { rule, name });
  }
  const decided = deciding === 0 ? null : namedRules(ofIds(decidedBy), deciding);
  return decided === null
    ? msg("rules.checkRuleSet.onlyTheDefaultDecides", { rule, name })
    : msg("rules.checkRuleSet.anotherRuleDecides", { rule, name, decided });
}

function uselessRules(definition: RuleSetDefinition, { dead, shadowed, complete }: Analysis): Found[] {
  const at = (rule: RuleDefinition) => `/rules/${definition.rules.indexOf(rule)}/conditions`;
  const never = dead.map((rule): Found => {
    const what = namedRule(rule);
    const reason = msg("rules.checkRuleSet.theRuleCanNeverMatch", { what });
    return { path: at(rule), severity: "warning", reason };
  });
  const beaten = shadowed.map(({ rule, by }): Found => {
    const [weak, stronger] = [namedRule(rule), namedRules(by)];
    const reason = msg("rules.checkRuleSet.theRuleNeverDecidesAlways", { weak, stronger });
    return { path: at(rule), severity: "warning", reason };
  });
  return [...never, ...beaten, ...(complete ? [] : [notAnalysed])];
}

const warned = (fault: SchemaFault): Found => ({ ...fault, severity: "warning" });

const notAnalysed: Found = {
  path: "/rules",
  severity: "warning",
  reason: msg("rules.checkRuleSet.notAnalysedReason"),
};

function rowWords(row: GapRow, words: Words): string {
  const named = Object.entries(row).flatMap(([fact, values]) =>
    values === null ? [] : [`${words.fact(fact)}: ${words.value(fact, values)}`],
  );
  return named.length === 0
    ? words.say(msg("rules.checkRuleSet.everyCase"))
    : named.join(words.say(msg("rules.checkRuleSet.text")));
}

/** Cells of type × pillar × importance for which only the default promises something. */
function gridGaps(definition: RuleSetDefinition, setup: Setup): Found[] {
  if (definition.set !== "sla") return [];
  const inUse = (records: ReadonlyMap<string, { code: string; retired: boolean }>) =>
    [...records.values()].filter((record) => !record.retired).map((record) => record.code);
  const grid = {
    type: inUse(applicantTypes(setup)),
    pillar: inUse(setup.pillars),
    importance: inUse(setup.importanceLevels),
  };
  const wordsFor = wordsIn(setup);
  return findGaps(definition.rules, grid).map((row) => {
    const named = perLanguage((language) => rowWords(row, wordsFor(language)));
    return {
      path: "/rules",
      severity: "warning" as const,
      reason: msg("rules.checkRuleSet.noRuleOfItsOwn", { named }),
      proposed: proposeRow(row, grid, definition, named),
    };
  });
}

function meaningFaults(
  definition: RuleSetDefinition,
  results: readonly ExampleResult[],
  setup: Setup,
  catalogue: readonly FactDefinition[],
): Found[] {
  const byName = new Map(catalogue.map((fact) => [fact.name, fact]));
  const errors = [
    ...duplicateIds(definition.rules),
    ...badReferences(definition, setup),
    ...unknownCitations(definition.rules, setup),
  ];
  if (errors.length > 0) return errors;
  const analysis = analyseRules(definition.rules, byName, definition.mode);
  const stranding = definition.set === "classification" ? strandingRules(definition, setup) : [];
  return [
    ...exampleFaults(definition, results),
    ...tieFaults(definition, analysis, setup),
    ...stranding.filter(({ severity }) => severity !== "warning"),
    ...uselessRules(definition, analysis),
    ...gridGaps(definition, setup),
    ...(definition.set === "escalation" ? unheardEscalations(definition.rules, setup) : []).map(warned),
    ...promiseFindings(definition, setup).map(warned),
    ...lapsedCitations(definition.rules, setup),
    ...stranding.filter(({ severity }) => severity === "warning"),
  ];
}

/** What keeps it from being read and asked at all. */
function formFaults(definition: unknown, setup: Setup, catalogue: readonly FactDefinition[]): Found[] {
  if (!isRecord(definition)) {
    return [
      {
        path: "",
        reason: msg("rules.checkRuleSet.aRuleSetIsAn", { definition: shown(definition) }),
      },
    ];
  }
  const set = ruleSetNames.find((name) => name === definition.set);
  if (set === undefined) return [{ path: "/set", reason: notAllowed(definition.set, ruleSetNames) }];
  const deep = tooDeep(rulesOf(definition));
  if (deep.length > 0) return deep;
  const large = tooMuch(definition, policyLimits(setup.programme.settings));
  if (large.length > 0) return large;
  const validate = validatorOf(set, setup, catalogue);
  return validate(definition) ? [] : schemaFaults(validate.errors ?? [], faultNames(definition, setup));
}

/** What keeps a rule set from deciding at all: its form, ids that stand twice, references to what is not there. */
export function undecidableFaults(definition: unknown, setup: Setup, source: string): ConfigurationFault[] {
  const form = formFaults(definition, setup, factCatalogue(setup));
  const rules = definition as RuleSetDefinition;
  const found = form.length > 0 ? form : [...duplicateIds(rules.rules), ...badReferences(rules, setup)];
  return found.slice(0, maxFaults).map(({ path, reason }) => ({
    source,
    ruleId: ruleIdAt(definition, path),
    path,
    reason,
    severity: "error",
  }));
}

/** An example as the rules decide it. */
export interface ExampleResult {
  readonly ruleId: string;
  readonly rule: Bilingual;
  /** JSON pointer into the definition. */
  readonly path: string;
  readonly name: Bilingual;
  /** Whether the rule should be among those that decide. */
  readonly decides: boolean;
  readonly passed: boolean;
  /** Rules that do decide it, the first of very many; none: the default. */
  readonly decidedBy: readonly string[];
  /** How many they are in all. */
  readonly deciding: number;
}

/** Runs every example of every rule. */
function runExamples(definition: RuleSetDefinition, catalogue: readonly FactDefinition[]): ExampleResult[] {
  const runner = compileRuleSet(structuredClone(definition));
  const nothing = emptyFacts(catalogue);
  return definition.rules.flatMap((rule, i) =>
    rule.examples.map((example, j) => {
      const { facts, decides } = example;
      const { ruleIds } = runner.decideCompiled({ ...nothing, ...facts });
      const passed = ruleIds.includes(rule.id) === decides;
      return {
        ruleId: rule.id,
        rule: rule.title,
        path: `/rules/${i}/examples/${j}`,
        name: nameOfExample(example),
        decides,
        passed,
        decidedBy: ruleIds.slice(0, maxNamed),
        deciding: ruleIds.length,
      };
    }),
  );
}

/** What a check says of a rule set. */
interface ExaminedRuleSet {
  /** All that is wrong, warnings among them, as far as anybody mends at once. Meaning is looked at only once the form is right. */
  readonly faults: readonly ConfigurationFault[];
  /** Every example; null where its form is wrong, so that it cannot be asked at all. */
  readonly examples: readonly ExampleResult[] | null;
}

/** `source` is the file (or draft) that the faults will name. */
export function examineRuleSet(definition: unknown, setup: Setup, source: string): ExaminedRuleSet {
  const catalogue = factCatalogue(setup);
  const form = formFaults(definition, setup, catalogue);
  const rules = form.length === 0 ? (definition as RuleSetDefinition) : null;
  const examples = rules === null ? null : runExamples(rules, catalogue);
  const found = rules === null || examples === null ? form : meaningFaults(rules, examples, setup, catalogue);
  // Errors come first: what follows a warning is no error.
  const next = found[maxFaults];
  const told = next === undefined ? found : [...found.slice(0, maxFaults), { ...next, ...andMore }];
  const faults = told.map(
    ({ path, reason, severity, proposed }): ConfigurationFault => ({
      source,
      ruleId: ruleIdAt(definition, path),
      path,
      reason,
      severity: severity ?? "error",
      ...(proposed && { proposed }),
    }),
  );
  return { faults, examples };
}

/** The faults of a rule set alone; an empty list when there is nothing to say. */
export function checkRuleSet(definition: unknown, setup: Setup, source: string): readonly ConfigurationFault[] {
  return examineRuleSet(definition, setup, source).faults;
}
