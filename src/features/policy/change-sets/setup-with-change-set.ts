/** The set-up that a draft of policy is written beside: of one in a change-set with the rows of that set. */

import type { ApplicationType, Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";
import { checksumOf, definitionFaults } from "../definition-faults.js";
import { draftsOfIds } from "../drafts/policy-draft-store.js";
import { planSteps } from "../publication/plan-steps.js";
import { projectSetup } from "../publication/project-setup.js";
import { editOf } from "../publication/read-set.js";
import { type ChangeEdit, isSeatChange } from "./change-edit.js";
import { noChangeSet } from "./change-set-refusals.js";
import { changeSetOfId, editsOf, membersOf } from "./change-set-store.js";

/** No seat is moved here (no policy asks who sits where), so nothing is dated. */
const undated = new Date(0);

const noSteps = { edits: [], seats: [], moves: [] };

/** The set-up with these edits of its rows. */
export function withRows(setup: Setup, edits: readonly ChangeEdit[]): Setup {
  if (edits.length === 0) return setup;
  const steps = { ...planSteps(edits, setup), seats: [] };
  return projectSetup(setup, { steps, policies: [], people: new Map(), now: undated });
}

/** @param changeSet an open one; null: the draft stands by itself */
export async function setupWithChangeSet(db: Database, setup: Setup, changeSet: number | null): Promise<Setup> {
  if (changeSet === null) return setup;
  const edits = (await editsOf(db, changeSet)).map(editOf);
  return withRows(
    setup,
    edits.filter((edit) => !isSeatChange(edit)),
  );
}

/** By which set-up a text of policy is asked. */
export interface AskedSetup {
  readonly setup: Setup;
  /** Null: the set-up in force. */
  readonly changeSet: { readonly id: number; readonly title: string } | null;
  /** Edits of rows of the set-up, as the set has them now. */
  readonly edits: readonly ChangeEdit[];
  /** Checksum of the edits; null where there are none. */
  readonly checksum: string | null;
}

/**
 * The set-up as it would be with an open change-set; as it is where the set is closed by now, or null is asked for. Problem
 * not-found: none of this programme. The caller knows that whoever asks may read the programme's configuration.
 */
export async function askedSetup(db: Database, setup: Setup, changeSet: number | null): Promise<AskedSetup> {
  const inForce = { setup, changeSet: null, edits: [], checksum: null };
  if (changeSet === null) return inForce;
  const known = Number.isSafeInteger(changeSet) && changeSet > 0 && changeSet < 2 ** 31;
  const head = known ? await changeSetOfId(db, changeSet) : null;
  if (head === null || head.programme !== setup.programme.code) throw noChangeSet();
  if (head.state === "published" || head.state === "discarded") return inForce;
  const edits = (await editsOf(db, changeSet)).map(editOf).filter((edit) => !isSeatChange(edit));
  return {
    setup: withRows(setup, edits),
    changeSet: { id: head.id, title: head.title },
    edits,
    checksum: edits.length === 0 ? null : checksumOf(edits),
  };
}

/**
 * With the other drafts of an open change-set in which no error is found, so that a draft is checked beside what would come into force with
 * it; the same set-up where there are none. @param beside the set-up with the rows of the set
 */
export async function withOtherDrafts(
  db: Database,
  beside: Setup,
  changeSet: number | null,
  thing: { readonly kind: ConfigurationKind; readonly name: string },
): Promise<Setup> {
  if (changeSet === null) return beside;
  const members = await draftsOfIds(db, await membersOf(db, changeSet));
  let others = members.filter(
    ({ kind, name, state }) => state !== "published" && !(kind === thing.kind && name === thing.name),
  );
  let setup = beside;
  // One may name what another adds: each that fits by now is there for the next.
  for (;;) {
    const fitting = others.filter(
      ({ kind, name, definition }) =>
        !definitionFaults(kind, definition, setup, name).some(({ severity }) => severity === "error"),
    );
    if (fitting.length === 0) return setup;
    setup = projectSetup(setup, { steps: noSteps, policies: fitting, people: new Map(), now: undated });
    others = others.filter((one) => !fitting.includes(one));
  }
}

/** With the questions that a changed type asks anew, and new choices of those it asks: findings in drafts of the set use their names. */
export function withNewFields(setup: Setup, edits: readonly ChangeEdit[]): Setup {
  const types = new Map(setup.types);
  for (const edit of edits) {
    if (edit.table !== "application_types" || edit.act !== "update" || !Array.isArray(edit.values.fields)) continue;
    const type = types.get(edit.code);
    if (type === undefined) continue;
    const changed = edit.values.fields as ApplicationType["fields"];
    const fields = type.fields.map((field) => {
      const { choices = [] } = changed.find(({ code }) => code === field.code) ?? {};
      const known = field.choices ?? [];
      const added = choices.filter(({ code }) => !known.some((choice) => choice.code === code));
      return added.length === 0 ? field : { ...field, choices: [...known, ...added] };
    });
    const asked = changed.filter(({ code }) => !type.fields.some((field) => field.code === code));
    types.set(edit.code, { ...type, fields: [...fields, ...asked] });
  }
  return { ...setup, types };
}

/** What is there with what these edits add and nothing else: so each of them is told by the names of what it names. */
export const setupWithAdded = (setup: Setup, edits: readonly ChangeEdit[]): Setup =>
  withRows(
    setup,
    edits.filter((edit) => edit.act === "create" && !isSeatChange(edit)),
  );
