/** Whether somebody may change how an account signs in. */
import { programmesThatInvited } from "../db/link-store.js";
import type { Database } from "../db/query.js";
import { normalEmail, programmesOfUser } from "../db/user-store.js";
import { type Actor, can } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";

export function mayNot(): Problem {
  return new Problem("forbidden", {
    en: "Only the operation room may change accounts and seats.",
    ar: "لا يعدّل الحسابات والمقاعد إلا غرفة العمليات.",
  });
}

/** The account as its owner acts on it. */
export function asOwner(owner: { readonly userId: number; readonly name: string }): Actor {
  return { kind: "user", userId: owner.userId, name: owner.name, seats: [] };
}

/**
 * For whoever may edit users in every programme that the account has a seat in or was invited by: a link handed out by one
 * programme must not open what a person is in another. Problems: forbidden, not-found.
 */
export async function demandAccount(db: Database, { email, by }: { email: string; by: Actor }): Promise<void> {
  const own = by.kind === "user" ? by.seats.map((seat) => seat.programme) : [""];
  if (!own.some((programme) => can(by, "users.edit", { programme }))) throw mayNot();
  const seated = await programmesOfUser(db, email);
  for (const programme of [...seated, ...(await programmesThatInvited(db, normalEmail(email)))]) {
    if (!can(by, "users.edit", { programme })) throw mayNot();
  }
}
