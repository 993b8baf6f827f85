/** The set-up that a draft of policy is written beside: of one in a change-set with the rows of that set. */
import { editsOf } from "../../db/change-set-store.js";
import type { Database } from "../../db/query.js";
import type { Setup } from "../../domain/setup.js";
import { type ChangeEdit, isSeatChange } from "./change-edit.js";
import { expandEdits } from "./expand-edits.js";
import { editOf } from "./look-at-set.js";
import { wouldBeSetup } from "./would-be-setup.js";

/** No seat is moved here (no policy asks who sits where), so nothing is dated. */
const undated = new Date(0);

function withRows(setup: Setup, edits: readonly ChangeEdit[]): Setup {
  if (edits.length === 0) return setup;
  const steps = { ...expandEdits(edits, setup), seats: [] };
  return wouldBeSetup(setup, { steps, policies: [], people: new Map(), now: undated });
}

/** @param changeSet an open one; null: the draft stands by itself */
export async function setupBeside(db: Database, setup: Setup, changeSet: number | null): Promise<Setup> {
  if (changeSet === null) return setup;
  const edits = (await editsOf(db, changeSet)).map(editOf);
  return withRows(
    setup,
    edits.filter((edit) => !isSeatChange(edit)),
  );
}

/** What is there with what these edits add and nothing else: so each of them is told by the names of what it names. */
export const setupWithAdded = (setup: Setup, edits: readonly ChangeEdit[]): Setup =>
  withRows(
    setup,
    edits.filter((edit) => edit.act === "create" && !isSeatChange(edit)),
  );
