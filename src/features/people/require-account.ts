/** Whose an account is, and who may change it: one answer for people, seats, links and second factors. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Database } from "../../platform/db/query.js";
import { type AccountProgrammes, accountProgrammes, noUser } from "./user-store.js";

export function mayNot(): Problem {
  return new Problem("forbidden", msg("people.requireAccount.onlyTheOperationRoomMay"));
}

/**
 * What the operation room does for others needs neither password nor code: a session that somebody left open must not
 * change how its own account signs in that way, nor shut its owner out.
 */
export function requireAnother(by: Actor, userId: number): void {
  if (by.kind !== "user" || by.userId !== userId) return;
  throw new Problem("forbidden", msg("people.requireAccount.thisIsYourOwnAccount"));
}

const edits = (by: Actor, programme: string): boolean => can(by, "users.edit", { programme });

/**
 * In every programme whose account it is: a link handed out by one must not open what a person is in another. An account
 * that is nobody's is for whoever works at the machine.
 */
export function mayAdminister(by: Actor, { own }: AccountProgrammes): boolean {
  if (by.kind !== "user") return can(by, "users.edit");
  return own.length > 0 && own.every((programme) => edits(by, programme));
}

/** Closing the door opens nothing: one programme is enough in which the person sits now. */
export function mayDisable(by: Actor, whose: AccountProgrammes): boolean {
  return mayAdminister(by, whose) || whose.seated.some((programme) => edits(by, programme));
}

interface Asked {
  readonly email: string;
  readonly by: Actor;
  readonly now: Date;
}

async function demand(
  db: Database,
  a: Asked,
  may: (by: Actor, whose: AccountProgrammes) => boolean,
): Promise<AccountProgrammes> {
  const { by } = a;
  // Whoever edits nobody is told so before it is looked whether there is such an account.
  const editor = by.kind === "user" ? by.seats.some(({ programme }) => edits(by, programme)) : can(by, "users.edit");
  if (!editor) throw mayNot();
  const whose = await accountProgrammes(db, a);
  if (whose === null) throw noUser(a.email);
  if (!may(by, whose)) throw mayNot();
  return whose;
}

/** For whoever may change how an account signs in, and who it is. Problems: forbidden, not-found. */
export async function requireAccount(db: Database, a: Asked): Promise<void> {
  await demand(db, a, mayAdminister);
}

/** Nobody disables themselves. Problems: forbidden, not-found. */
export async function requireDisabling(db: Database, a: Asked): Promise<void> {
  requireAnother(a.by, (await demand(db, a, mayDisable)).userId);
}

/** An address that is free, or an account that may be invited anew. Problem forbidden, with words about the address. */
export async function requireToBeInvited(db: Database, a: Asked): Promise<void> {
  const whose = await accountProgrammes(db, a);
  if (whose === null || mayAdminister(a.by, whose)) return;
  const reason = msg("people.requireAccount.belongsToAnAccountOf", { email: a.email });
  throw new Problem("forbidden", reason, [{ field: "/email", reason }]);
}

/**
 * Who is seated by somebody has to be theirs already: with a seat the account becomes its programme's too. One of another
 * programme and one that does not exist get the same answer. Problem not-found at `field`.
 */
export async function requireToBeSeated(db: Database, a: Asked & { field: string }): Promise<void> {
  const whose = await accountProgrammes(db, a);
  if (whose !== null && mayAdminister(a.by, whose)) return;
  const reason = msg("people.requireAccount.thereIsNoAccountThat", { email: a.email });
  throw new Problem("not-found", reason, [{ field: a.field, reason }]);
}
