/** How steps of a change-set are refused, in words. */

import type { Actor } from "../../../engine/access/permissions.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";
import type { Database } from "../../../platform/db/query.js";
import { accountsToSeat } from "../../people/people-queries.js";
import { requireToBeSeated } from "../../people/require-account.js";
import { notOneself } from "../../people/seat-store.js";
import type { ChangeEdit } from "./change-edit.js";
import type { ChangeSetHead } from "./change-set-store.js";

const field = "/edit/values/holder";

/** The refusal: an account that is not the programme's to seat (not-found), or the writer's own (forbidden). Null: none. */
export async function holderRefusal(db: Database, edit: ChangeEdit, by: Actor, now: Date): Promise<Problem | null> {
  if (edit.table !== "seats" || edit.act === "retire" || !edit.values.holder) return null;
  const { holder: email } = edit.values;
  try {
    await requireToBeSeated(db, { email, field, by, now });
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  const [account] = await accountsToSeat(db, [email.trim().toLowerCase()]);
  return by.kind === "user" && account?.userId === by.userId ? notOneself(field) : null;
}

/** A form's faults with the refusal of its holder beside them; whatever else went wrong is that. */
export function withRefusal(error: unknown, refusal: Problem | null): unknown {
  if (refusal === null || !(error instanceof Problem) || error.code !== "invalid-input") return error;
  return new Problem(error.code, error.detail, [...error.faults, ...refusal.faults]);
}

const longestTitle = 200;
export const maxEdits = 500;

export const noChangeSet = (): Problem =>
  new Problem("not-found", msg("policy-change-sets.changeSetRefusals.changeSetNotFound"));
export const noMove = (): Problem =>
  new Problem("not-found", msg("policy-change-sets.changeSetRefusals.noMoveOfCasesOf"));
export const changedMeanwhile = ({ savedBy }: ChangeSetHead): Problem =>
  new Problem("conflict", msg("policy-change-sets.changeSetRefusals.changedThisChangeSetMeanwhileLook", { savedBy }));

/** Problem invalid-input at `/title`. */
export function checkedTitle(written: string): string {
  const title = written.trim().normalize("NFC");
  const wrong = (reason: Bilingual): Problem => new Problem("invalid-input", reason, [{ field: "/title", reason }]);
  if (title === "") throw wrong(msg("policy-change-sets.changeSetRefusals.giveItATitle"));
  if (title.length > longestTitle)
    throw wrong(msg("policy-change-sets.changeSetRefusals.atMostCharacters", { longestTitle }));
  const unreadable = unreadableText(title, { lines: false });
  if (unreadable !== null) throw wrong(unreadable);
  return title;
}

/** Problem invalid-input at `/reason`. */
export function requireReason(reason: string): string {
  if (reason.trim() !== "") return reason.trim();
  const words = msg("policy-change-sets.changeSetRefusals.sayWhy");
  throw new Problem("invalid-input", words, [{ field: "/reason", reason: words } satisfies FieldFault]);
}

export const inAnother = (title: string): Problem =>
  new Problem("conflict", msg("policy-change-sets.changeSetRefusals.thisIsBeingChangedIn", { title }));
export const endsOtherwise = (): Problem =>
  new Problem("conflict", msg("policy-change-sets.changeSetRefusals.thisChangeSetRetiresRestoresOr"));
export const tooMany = (): Problem =>
  new Problem("not-now", msg("policy-change-sets.changeSetRefusals.aChangeSetHoldsAtMost", { maxEdits }));
