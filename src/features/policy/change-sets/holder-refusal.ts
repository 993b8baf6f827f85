/** Whether whoever is named for a seat may be seated by whoever writes it. */

import type { Actor } from "../../../engine/access/permissions.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { accountsToSeat } from "../../people/people-queries.js";
import { requireToBeSeated } from "../../people/require-account.js";
import { notOneself } from "../../people/seat-refusals.js";
import type { ChangeEdit } from "./change-edit.js";

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
