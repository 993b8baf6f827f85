/** The owner of an account and what only they do to it. */

import type { Actor } from "../../../engine/access/permissions.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Account, passwordOpens } from "./account-store.js";
import type { Throttle } from "./throttle.js";

/** The account as its owner acts on it. */
export function asOwner(owner: { readonly userId: number; readonly name: string }): Actor {
  return { kind: "user", userId: owner.userId, name: owner.name, seats: [] };
}

/** In whose count a try in a session is. */
export const inSession = (userId: number, sessionId: string): string => `${userId} session ${sessionId}`;

/** Anybody who asks in a session knows the password too; tries are that session's own count. Problems: invalid-input at `/current`, too-many-requests. */
export async function requirePassword(
  throttle: Throttle,
  { account, current, sessionId, now }: { account: Account; current: string; sessionId: string; now: Date },
): Promise<void> {
  const { userId } = account;
  const tries = [{ kind: "current password", whose: inSession(userId, sessionId) }] as const;
  await throttle.count(tries, { now, userId });
  if (!(await passwordOpens(account, current))) {
    const reason = msg("people.owner.thisIsNotYourCurrent");
    throw new Problem("invalid-input", reason, [{ field: "/current", reason }]);
  }
  await throttle.clear(tries);
}
