/** What a change beside a workflow makes of it: rules, or a type, that lead cases into a workflow none of whose people could carry them on. */

import type { RuleDefinition, RuleSetDefinition } from "../rules/rule-set.js";
import type { SchemaFault } from "../rules/schema-faults.js";
import type { ApplicationType, Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { type Bilingual, quoted } from "../text/text.js";
import { walkFaults } from "./check-workflow.js";
import { type DeadEnd, deadEnds } from "./dead-ends.js";
import { strandedBy, strandedWords } from "./lint-dead-ends.js";
import type { WorkflowDefinition } from "./workflow-definition.js";

interface Said {
  readonly found: readonly DeadEnd[];
  readonly reason: Bilingual;
}

function saidOf(workflow: WorkflowDefinition, setup: Setup, found: readonly DeadEnd[]): Said[] {
  return strandedBy(found).map((one) => ({
    found: found.filter(
      ({ state, actions, kind }) =>
        one.states.has(state) && actions[0] === one.actions[0] && one.types.has(kind.type ?? ""),
    ),
    reason: msg("workflow.deadEnds.inWorkflow", {
      workflow: quoted(workflow.name),
      reason: strandedWords(one, workflow, setup),
    }),
  }));
}

/** What tells a dead end from others, in whichever set-up. */
const keyOf = ({ state, place, kind, actions, guard }: DeadEnd): string =>
  JSON.stringify([state, place, kind.type, kind.importance, kind.secrecy === null, actions, guard]);

/** A draft beside what is checked may have any form: what is wrong with it is told where it is written. */
const isSound = (workflow: WorkflowDefinition, setup: Setup): boolean => walkFaults(workflow, setup).length === 0;

const followed = (setup: Setup): WorkflowDefinition[] =>
  [...new Set([...setup.types.values()].flatMap(({ workflow, retired }) => (retired ? [] : [workflow])))].flatMap(
    (name) => {
      const definition = setup.workflows.get(name)?.definition;
      return definition !== undefined && isSound(definition, setup) ? [definition] : [];
    },
  );

const sameRule = (one: RuleDefinition | undefined, other: RuleDefinition | undefined): boolean =>
  JSON.stringify([one?.conditions, one?.event, one?.priority]) ===
  JSON.stringify([other?.conditions, other?.event, other?.priority]);

/**
 * Rules of a classification that make cases confidential whose workflow is for people who then do not see them. A warning where the
 * same rule has done so before: what is in force already does not keep people from changing something else.
 */
export function strandingRules(
  definition: RuleSetDefinition,
  setup: Setup,
): (SchemaFault & { severity?: "warning" })[] {
  const current = setup.ruleSets.get("classification");
  const draft = { versionId: 0, version: 0, ...current, definition };
  const after: Setup = { ...setup, ruleSets: new Map(setup.ruleSets).set("classification", draft) };
  return followed(setup).flatMap((workflow) => {
    const found = deadEnds(workflow, after).filter(
      ({ kind: { secrecy } }) => secrecy !== null && secrecy.by !== "type",
    );
    if (found.length === 0) return [];
    const known = new Set(deadEnds(workflow, setup).map(keyOf));
    return saidOf(workflow, after, found).map(({ found: those, reason }) => {
      const secrecy = those[0]?.kind.secrecy;
      const id = secrecy?.by === "rule" ? secrecy.rule.id : null;
      const at = definition.rules.findIndex((rule) => rule.id === id);
      const before = current?.definition.rules.find((rule) => rule.id === id);
      const isOld =
        those.every((one) => known.has(keyOf(one))) && (id === null || sameRule(before, definition.rules[at]));
      const path = at < 0 ? "/default/confidential" : `/rules/${at}/event/params/confidential`;
      return { path, reason, ...(isOld && { severity: "warning" as const }) };
    });
  });
}

/**
 * Why cases of this type as it would be could not be carried on in its workflow; those that cannot be now are not told again.
 * @param was the type as it is; undefined: there is none yet
 */
export function strandedByType(type: ApplicationType, setup: Setup, was: ApplicationType | undefined): Bilingual[] {
  const workflow = setup.workflows.get(type.workflow)?.definition;
  if (workflow === undefined || type.retired || !isSound(workflow, setup)) return [];
  const as = (one: ApplicationType): Setup => ({ ...setup, types: new Map(setup.types).set(one.code, one) });
  const found = deadEnds(workflow, as(type)).filter(({ kind }) => kind.type === type.code);
  if (found.length === 0) return [];
  const known = was === undefined ? [] : deadEnds(workflow, as(was)).map(keyOf);
  const fresh = found.filter((one) => !known.includes(keyOf(one)));
  return saidOf(workflow, as(type), fresh).map(({ reason }) => reason);
}
