/** Who may try drafts of policy over cases, and which texts can decide at all. */

import { type Actor, caseReach } from "../../../engine/access/permissions.js";
import { checkRuleSet, undecidableFaults } from "../../../engine/rules/check-rule-set.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { asFieldFaults, definitionFaults, faultAt, nameOfDefinition } from "../definition-faults.js";
import type { Finding } from "../publication/impact-input.js";
import { inDefinition, requireReader } from "../versions/listed-version.js";
import type { ReplayKind } from "./replay-store.js";

type Person = Extract<Actor, { kind: "user" }>;

/** Whoever is told of past cases by figures has to be one who may read them. */
export function requireTrier(actor: Actor, programme: string): Person {
  requireReader(actor, programme);
  if (actor.kind === "user" && caseReach(actor).all.includes(programme)) return actor;
  throw new Problem("forbidden", msg("policy-replay.requireTrier.thisNeedsASeatThat"));
}

/** Problem invalid-configuration, with the errors at their places. */
export function requireValid(faults: readonly ConfigurationFault[], detail: Bilingual = cannotDecide): void {
  const errors = faults.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw inDefinition(new Problem("invalid-configuration", detail, asFieldFaults(errors)));
}

const cannotDecide: Bilingual = msg("policy-replay.requireTrier.cannotDecide");

/** As it is said of a draft that somebody wants replayed. */
export const cannotReplay: Bilingual = msg("policy-replay.requireTrier.cannotReplay");

/** What keeps a text from deciding; that an example fails does not. */
export function faultsOfDraft(
  definition: unknown,
  a: { kind: Exclude<ReplayKind, "set">; name: string; setup: Setup },
): readonly ConfigurationFault[] {
  const { kind, name, setup } = a;
  if (kind === "calendar") return definitionFaults(kind, definition, setup, name);
  const found = undecidableFaults(definition, setup, name);
  if (found.length > 0 || nameOfDefinition(kind, definition) === name) return found;
  return [faultAt(name, "/set", msg("policy-replay.requireTrier.thisIsTheRuleSet", { name }))];
}

const ofExamples = /^\/rules\/\d+\/examples/;

/**
 * What makes the figures of a replay untrue: also rules in conflict, of which the first would win, so that the other seems to
 * change nothing. An example that fails does not: that is what somebody wants to see replayed.
 */
export function faultsOfReplay(
  definition: unknown,
  a: { kind: Exclude<ReplayKind, "set">; name: string; setup: Setup },
): readonly ConfigurationFault[] {
  const form = faultsOfDraft(definition, a);
  if (a.kind === "calendar" || form.length > 0) return form;
  return checkRuleSet(definition, a.setup, a.name).filter(({ path }) => !ofExamples.test(path));
}

/** Problem invalid-configuration: what the page of a change-set finds wrong with its policy makes figures of the whole untrue as well. */
export function requireSoundSet(findings: readonly Finding[]): void {
  const errors = findings.filter(
    ({ severity, policy }) => severity === "error" && policy !== undefined && !ofExamples.test(policy.field),
  );
  if (errors.length === 0) return;
  const faults = errors.map(({ words }) => ({ field: "", reason: words }));
  throw new Problem("invalid-configuration", cannotReplay, faults);
}
