/** What could be done to many cases at once, and what would come of it: asked of each case by its own workflow. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { groupRefusals, isInBulk } from "../../../engine/lifecycle/bulk-actions.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import type { BulkAction, BulkPreview } from "../../../engine/lifecycle/views/bulk-view.js";
import type { OfferedAction, OfferedField } from "../../../engine/lifecycle/views/case-view.js";
import { caseFacts, type Facts } from "../../../engine/rules/fact-catalogue.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { interpretAction } from "../../../engine/workflow/interpret-action.js";
import { namedAction, type WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { offeredActions } from "../act/offered-actions.js";
import type { CaseParts } from "../case-parts.js";
import { casesToLookAt, type LoadedCase } from "../case-queries.js";

/** A case with what is asked about it. */
export interface AskedCase {
  readonly loaded: LoadedCase;
  readonly setup: Setup;
  readonly workflow: WorkflowDefinition;
  readonly facts: Facts;
}

const chunk = 200;

/** Those of these references that the actor may read, in the order given; the others are as if they did not exist. */
export async function readableCases(
  parts: CaseParts,
  a: { references: readonly string[]; actor: Actor; now: Date },
): Promise<AskedCase[]> {
  const wanted = [...new Set(a.references.flatMap((reference) => parseReference(reference) ?? []))];
  const found = new Map<string, AskedCase>();
  for (let i = 0; i < wanted.length; i += chunk) {
    const cases = await casesToLookAt(parts.db, wanted.slice(i, i + chunk));
    const pinned = await parts.policies.pin(cases.map(({ theCase }) => theCase));
    for (const loaded of cases) {
      const { theCase } = loaded;
      const { setup, calendar } = await parts.policies.current(theCase.programme);
      if (!can(a.actor, "case.read", { case: theCase, entities: setup.entities })) continue;
      const workflow = pinned.workflowOf(theCase.workflow.versionId);
      const facts = caseFacts(theCase, setup, calendar, a.now, a.actor);
      found.set(theCase.reference, { loaded, setup, workflow, facts });
    }
  }
  return wanted.flatMap((reference) => found.get(reference) ?? []);
}

const notOffered: Bilingual = msg("cases-bulk.offerBulk.notOffered");

/** Fields of one act as several workflows and cases have them: what one demands is demanded, what one offers is offered. */
function mergedFields(all: readonly (readonly OfferedField[])[]): OfferedField[] {
  const byName = new Map<string, OfferedField>();
  for (const field of all.flat()) {
    const known = byName.get(field.name);
    if (known === undefined) {
      byName.set(field.name, field);
      continue;
    }
    const choices = [...(known.choices ?? []), ...(field.choices ?? [])];
    byName.set(field.name, {
      ...known,
      required: known.required || field.required,
      choices:
        known.choices === null && field.choices === null
          ? null
          : [...new Map(choices.map((choice) => [choice.value, choice])).values()],
    });
  }
  return [...byName.values()];
}

/** Acts that at least one of the cases allows, those that most allow first. */
export function bulkActions(cases: readonly AskedCase[], actor: Actor, now: Date): BulkAction[] {
  const offers = cases.map((asked) => {
    const { loaded, workflow } = asked;
    const offered = offeredActions({ ...asked, theCase: loaded.theCase, actor, now });
    const inBulk = offered.filter(({ action }) => {
      const definition = workflow.actions[action];
      return definition !== undefined && isInBulk(definition);
    });
    return { reference: loaded.theCase.reference, byName: new Map(inBulk.map((one) => [one.action, one])) };
  });
  const names = [...new Set(offers.flatMap(({ byName }) => [...byName.keys()]))];
  const actions = names.flatMap((action): BulkAction[] => {
    const allowed: OfferedAction[] = [];
    const refused: { reference: string; reason: Bilingual }[] = [];
    for (const { reference, byName } of offers) {
      const offer = byName.get(action);
      if (offer?.allowed) allowed.push(offer);
      else refused.push({ reference, reason: offer?.reason ?? notOffered });
    }
    const [first] = allowed;
    if (first === undefined) return [];
    return [
      {
        action,
        name: first.name,
        fields: mergedFields(allowed.map(({ fields }) => fields)),
        can: allowed.length,
        cannot: groupRefusals(refused),
      },
    ];
  });
  return actions.sort((a, b) => b.can - a.can);
}

/** The name of an act that may be carried out on many; Problem invalid-input for any other. */
export function bulkActionName(cases: readonly AskedCase[], action: string): Bilingual {
  for (const { workflow } of cases) {
    const found = namedAction(workflow, action);
    if (found !== undefined && isInBulk(found)) return found.name;
  }
  const reason = msg("cases-bulk.offerBulk.thisActIsDoneCase");
  throw new Problem("invalid-input", reason, [{ field: "/action", reason }]);
}

/** Cases that a field names must be ones that the actor may read: told before anything is carried out. */
async function checkNamedCases(
  parts: CaseParts,
  a: {
    action: string;
    fields: Readonly<Record<string, unknown>>;
    cases: readonly AskedCase[];
    actor: Actor;
    now: Date;
  },
): Promise<void> {
  const definitions = a.cases.flatMap(({ workflow }) => workflow.actions[a.action] ?? []);
  const names = new Set(
    definitions.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([name, { type }]) => (type === "reference" ? [name] : [])),
    ),
  );
  for (const name of names) {
    const value = a.fields[name];
    if (typeof value !== "string" || parseReference(value) === null) continue;
    if ((await readableCases(parts, { ...a, references: [value] })).length > 0) continue;
    const reason = msg("cases-bulk.offerBulk.thereIsNoCaseAmong", { value });
    throw new Problem("invalid-input", reason, [{ field: `/fields/${name}`, reason }]);
  }
}

/**
 * What would become of each case with these fields; changes nothing. Problem invalid-input where what was filled in fits
 * none of them.
 */
export async function previewBulk(
  parts: CaseParts,
  a: {
    cases: readonly AskedCase[];
    action: string;
    fields: Readonly<Record<string, unknown>>;
    actor: Actor;
    now: Date;
  },
): Promise<BulkPreview> {
  const { cases, action, fields, actor, now } = a;
  bulkActionName(cases, action);
  await checkNamedCases(parts, a);
  const refused: { reference: string; reason: Bilingual; problem: Problem }[] = [];
  for (const { loaded, setup, workflow, facts } of cases) {
    const { theCase } = loaded;
    const definition = namedAction(workflow, action);
    // An act of the same name may mean something else for another type of application.
    const problem =
      definition === undefined || !isInBulk(definition)
        ? new Problem("forbidden", notOffered)
        : problemOf(interpretAction({ workflow, theCase, action, fields, actor, facts, setup, now }));
    if (problem === null) continue;
    const [fault] = problem.faults;
    refused.push({ reference: theCase.reference, reason: fault?.reason ?? problem.detail, problem });
  }
  const fillIn = refused.find(({ problem }) => problem.code === "invalid-input");
  const possible = cases.length - refused.length;
  if (possible === 0 && fillIn !== undefined) throw fillIn.problem;
  return { can: possible, cannot: groupRefusals(refused) };
}

const problemOf = (interpreted: ReturnType<typeof interpretAction>): Problem | null =>
  interpreted.ok ? null : interpreted.problem;
