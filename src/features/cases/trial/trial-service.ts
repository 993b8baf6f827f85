/** One case tried by the text that is being edited and by the version in force: typed facts, or those of a case by its reference. */

import type { Actor } from "../../../engine/access/permissions.js";
import { canonical } from "../../../engine/differences/difference.js";
import { nearMisses } from "../../../engine/explain/near-misses.js";
import { isRecord } from "../../../engine/is-record.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { settleRoute } from "../../../engine/lifecycle/open-case.js";
import type { Becomes, TracedCondition, Trial, Tried } from "../../../engine/replay/trial-view.js";
import { type ConditionTrace, compileRuleSet, type RuleSetRunner } from "../../../engine/rules/compile-rule-set.js";
import {
  caseFacts,
  emptyFacts,
  type FactDefinition,
  type Facts,
  factCatalogue,
  followingFacts,
} from "../../../engine/rules/fact-catalogue.js";
import type { ClassificationOutcome, RoutingOutcome } from "../../../engine/rules/outcomes.js";
import { type RuleSetDefinition, type RuleSetName, ruleSetNames } from "../../../engine/rules/rule-set.js";
import { decidedClassification, settleClassification } from "../../../engine/rules/settle-classification.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { type AskedSetup, askedSetup } from "../../policy/change-sets/setup-with-change-set.js";
import { checksumOf } from "../../policy/definition-faults.js";
import { faultsOfDraft, requireTrier, requireValid } from "../../policy/replay/require-trier.js";
import type { Policies } from "../../setup/policies.js";
import { decisionsOfCase } from "../case-event-queries.js";
import { caseByReference } from "../case-queries.js";
import { caseInReach } from "../read-case.js";

export interface TrialAsked {
  readonly actor: Actor;
  readonly programme: string;
  /** The rule set. */
  readonly name: string;
  readonly definition: unknown;
  /** By name; what is left out is not known. */
  readonly facts: unknown;
  /** Number of the change-set by whose set-up the text is asked; left out: the set-up in force. */
  readonly changeSet?: number | null | undefined;
  readonly now: Date;
}

export interface TrialService {
  /**
   * Writes nothing. Problems: not-found, forbidden, invalid-configuration (faults at places of the definition), invalid-input (at
   * `/facts/NAME`).
   */
  ask(a: TrialAsked): Promise<Trial>;
  /**
   * The facts of a case: as this rule set was last asked about it, else as they are now. Problem not-found, alike for a case that
   * there is not, that is not the actor's, of another programme, or confidential.
   */
  factsOf(a: {
    actor: Actor;
    programme: string;
    name: string;
    reference: string;
    changeSet?: number | null | undefined;
    now: Date;
  }): Promise<Facts>;
}

/** Texts that are kept compiled; people type on one or two. */
const maxKept = 16;

const noCase = (): Problem => new Problem("not-found", msg("cases-trial.trialService.caseNotFound"));

function setNamed(name: string): RuleSetName {
  const found = ruleSetNames.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Problem("not-found", msg("cases-trial.trialService.onlyRuleSetsAreTried"));
}

const longestText = 500;
const maxListed = 200;
const isText = (value: unknown): boolean => typeof value === "string" && value.length <= longestText;
const fits: Readonly<Record<FactDefinition["type"], (value: unknown) => boolean>> = {
  string: isText,
  number: (value) => typeof value === "number" && Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  strings: (value) => Array.isArray(value) && value.length <= maxListed && value.every(isText),
};

/** What was typed, without what is not known. Faults at each fact that cannot be so. */
function readFacts(sent: unknown, catalogue: readonly FactDefinition[]): Facts {
  const faults: FieldFault[] = [];
  const facts: Facts = {};
  const byName = new Map(catalogue.map((fact) => [fact.name, fact]));
  for (const [name, value] of Object.entries(isRecord(sent) ? sent : {})) {
    const fact = byName.get(name);
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    if (fact !== undefined && fits[fact.type](value)) facts[name] = value;
    else
      faults.push({
        field: `/facts/${name}`,
        reason: msg("cases-trial.trialService.thisCannotBeTheValue"),
      });
  }
  if (faults.length === 0) return facts;
  throw new Problem("invalid-input", msg("cases-trial.trialService.someFactsCannotBeSo"), faults);
}

function traced({ kind, holds, fact, operator, value, members }: ConditionTrace): TracedCondition {
  const about = fact === undefined || operator === undefined ? {} : { fact, operator, value };
  return { kind, holds, ...about, members: members.map(traced) };
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** By the functions that open a case: a try-out says what the engine would do, and nothing else. */
function becomes(
  set: RuleSetName,
  { outcome, ruleIds, definition }: { outcome: unknown; ruleIds: readonly string[]; definition: RuleSetDefinition },
  a: { facts: Facts; setup: Setup; now: Date },
): Becomes | null {
  const { facts, setup, now } = a;
  if (set === "classification") {
    const stated = { pillar: text(facts.pillar), importance: text(facts.importance) };
    const decided = decidedClassification({ outcome: outcome as ClassificationOutcome, ruleIds }, definition);
    const settled = settleClassification({ ...stated, confidential: facts.confidential === true }, decided, setup);
    return { kind: "classification", stated: stated.importance, ...settled };
  }
  if (set !== "routing") return null;
  const application = { entity: text(facts.entity), service: text(facts.service), sector: text(facts.sector) };
  return { kind: "routing", ...settleRoute((outcome as RoutingOutcome).to, { application, sector: null, setup, now }) };
}

async function tried(runner: RuleSetRunner, a: { facts: Facts; setup: Setup; now: Date }): Promise<Tried> {
  const { facts } = a;
  const { definition } = runner;
  const [decision, traces] = await Promise.all([runner.decide(facts), runner.trace(facts)]);
  const { ruleIds, outcome, faults } = decision;
  const decided = ruleIds.flatMap((id) => {
    const found = traces.find(({ rule }) => rule.id === id);
    if (found === undefined) return [];
    return [{ id, title: found.rule.title, conditions: found.conditions && traced(found.conditions) }];
  });
  const near = nearMisses(definition, ruleIds, facts).map(({ rule: { id, title }, missed }) => ({
    ...{ id, title, missed },
  }));
  return { outcome, becomes: becomes(definition.set, { outcome, ruleIds, definition }, a), decided, near, faults };
}

/** What is compared of two texts: what each decides, and what becomes of the case by it. */
function saidBy({ outcome, becomes: by }: Tried): string {
  if (by === null) return canonical(outcome);
  return canonical([
    outcome,
    by.kind === "routing" ? [by.entity, by.sector] : [by.pillar, by.importance, by.confidential],
  ]);
}

/** What is known of them, and was not typed. */
const knownOf = (follows: Facts, typed: Facts): Facts =>
  Object.fromEntries(
    Object.entries(follows).filter(([name, value]) => value !== null && value !== undefined && !(name in typed)),
  );

export function createTrialService({
  db,
  policies,
}: {
  readonly db: Database;
  readonly policies: Policies;
}): TrialService {
  /** By the text and the state of the set-up that it was checked against; the one used last stands last. */
  const compiled = new Map<string, RuleSetRunner>();

  function runnerOf(definition: unknown, name: RuleSetName, { setup, checksum }: AskedSetup): RuleSetRunner {
    const by = `${setup.programme.code}/${setup.revision}/${checksum ?? ""}`;
    const key = `${by}/${name}/${checksumOf(definition)}`;
    const known = compiled.get(key);
    if (known === undefined) requireValid(faultsOfDraft(definition, { kind: "rules", name, setup }));
    const runner = known ?? compileRuleSet(definition as RuleSetDefinition);
    compiled.delete(key);
    compiled.set(key, runner);
    const [oldest] = compiled.keys();
    if (compiled.size > maxKept && oldest !== undefined) compiled.delete(oldest);
    return runner;
  }

  return {
    async ask({ actor, programme, definition, now, ...a }) {
      requireTrier(actor, programme);
      const name = setNamed(a.name);
      const policy = await policies.fresh(programme);
      const asked = await askedSetup(db, policy.setup, a.changeSet ?? null);
      const catalogue = factCatalogue(asked.setup);
      const facts = readFacts(a.facts, catalogue);
      const givenBy = (setup: Setup) => {
        const follows = followingFacts(facts, setup, now);
        return { follows, facts: { ...emptyFacts(catalogue), ...follows, ...facts }, setup, now };
      };
      const byDraft = givenBy(asked.setup);
      const draft = await tried(runnerOf(definition, name, asked), byDraft);
      const runner = policy.runner(name);
      const inForce = runner === null ? null : await tried(runner, givenBy(policy.setup));
      return {
        facts,
        follows: knownOf(byDraft.follows, facts),
        draft,
        inForce,
        differs: inForce === null || saidBy(draft) !== saidBy(inForce),
        changeSet: asked.changeSet,
      };
    },
    async factsOf({ actor, programme, reference, now, ...a }) {
      requireTrier(actor, programme);
      const name = setNamed(a.name);
      const place = await caseInReach({ db, policies }, { reference, actor });
      const written = parseReference(reference);
      const there = place?.programme === programme && written !== null;
      const loaded = there ? await caseByReference(db, written) : null;
      if (loaded === null || loaded.theCase.confidential) throw noCase();
      const { theCase } = loaded;
      const policy = await policies.fresh(programme);
      const { setup } = await askedSetup(db, policy.setup, a.changeSet ?? null);
      const last = (await decisionsOfCase(db, theCase.id)).filter(({ ruleSet }) => ruleSet === name).at(-1);
      const facts: Facts = last?.facts ?? caseFacts(theCase, setup, policy.calendar, now);
      const known = factCatalogue(setup).filter(({ name: fact }) => facts[fact] !== null && facts[fact] !== undefined);
      return Object.fromEntries(known.map(({ name: fact }) => [fact, facts[fact]]));
    },
  };
}
