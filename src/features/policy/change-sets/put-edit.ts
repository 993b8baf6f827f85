/** Puts one edit into a change-set that its caller holds: named, checked beside the rest of it, and stored. */
import type { Transaction } from "sequelize";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import type { ChangeEdit } from "./change-edit.js";
import { inAnother, mostEdits, tooMany } from "./change-set-refusals.js";
import { type ChangeSetHead, changeSetOfRow, codeSince, storeEdit, storeRecoded } from "./change-set-store.js";
import { checkEdit } from "./check-edit.js";
import { codeFaults, earlierCode } from "./code-in-set.js";
import { withRefusal } from "./holder-refusal.js";
import { peopleOf, publishedCalendars, setupWith } from "./look-at-set.js";
import { gatherSet } from "./publish-change-set.js";
import { demandAsSeen } from "./replaced-edit.js";
import { withSeatCode } from "./seat-code.js";
import { setupWithAdded } from "./setup-beside.js";

/** An edit as it was written, and what its writer saw in the set. */
export interface WrittenEdit {
  readonly edit: ChangeEdit;
  /** Null: nothing of that row; undefined: they had not looked. */
  readonly seen: ChangeEdit | null | undefined;
  /** Why whoever it names may not be seated: told with all else that is wrong with it. */
  readonly refusal: Problem | null;
  readonly now: Date;
}

/** Problems: as `ChangeSets.put`. */
export async function putEdit(
  db: Database,
  { head, setup, transaction }: { head: ChangeSetHead; setup: Setup; transaction: Transaction },
  { edit: written, seen, refusal, now }: WrittenEdit,
): Promise<void> {
  const { id, programme } = head;
  const set = await gatherSet(db, id, transaction);
  try {
    const edit = await withSeatCode(db, written, { setup, edits: set.edits }, transaction);
    const { table: of, code } = edit;
    const stood = earlierCode(edit, seen) ?? code;
    const holder = await changeSetOfRow(db, { programme, of, code }, transaction);
    if (holder !== null && holder.id !== id) throw inAnother(holder.title);
    const others = set.edits.filter((one) => one.table !== of || one.code !== stood);
    const under = (known: string | null) => set.edits.find((one) => one.table === of && one.code === known);
    const stands = under(stood) ?? (seen && under(await codeSince(db, { id, of, code: stood }, transaction))) ?? null;
    if (head.edits >= mostEdits && stands === null) throw tooMany();
    const named = setupWithAdded(setup, set.edits);
    if (seen !== undefined) demandAsSeen(seen, stands, { head, setup: named, now });
    const earlier = seen === undefined ? stands : null;
    const ofCode = codeFaults(edit, { earlier, stood, others, drafts: set.drafts, setup: named, now });
    const calendars = await publishedCalendars(db, programme, transaction);
    const people = await peopleOf(db, [...others, edit], transaction);
    const after = (one: ChangeEdit): Setup => setupWith(setup, { ...set, edits: [...others, one] }, people, now).after;
    const kept = checkEdit(edit, { setup, after, calendars, earlier, ofCode, now });
    if (refusal !== null) throw refusal;
    if (stands !== null && stands.code !== code)
      await storeRecoded(db, { id, of, stood: stands.code, code, edit: kept }, transaction);
    else await storeEdit(db, { id, programme, of, code, edit: kept }, transaction);
  } catch (error) {
    throw withRefusal(error, refusal);
  }
}
