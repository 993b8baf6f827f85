/**
 * The session of a request of the API, which neither begins nor ends one: it is read, with whom it lets in, its cookie lives
 * on, and that it was used is noted. express-session would besides reckon three times what might have changed in it.
 */
import type { RequestHandler } from "express";
import type { Database } from "../../../platform/db/query.js";
import { isByItself } from "../../../platform/http/by-itself.js";
import type { OurCookie } from "../../../platform/http/cookies.js";
import type { Accounts } from "./accounts.js";
import { noteArrival } from "./session-data.js";
import { idleMs, notedEachMs, touchSession } from "./session-store.js";
import { type SessionSecrets, shownSession } from "./shown-session.js";

export interface SessionParts {
  readonly db: Database;
  readonly accounts: Pick<Accounts, "session">;
  /** Of SESSION_SECRET: the first signs the cookie. */
  readonly secrets: SessionSecrets;
  readonly now: () => Date;
  readonly cookie: OurCookie;
}

/**
 * Notes that a session is used; null where that was noted just now. What cannot be noted is noted by the next request: the
 * answer does not depend on it.
 */
export function noteUse(
  { db, now }: Pick<SessionParts, "db" | "now">,
  { id, seenAt }: { id: string; seenAt: Date | null },
): Promise<void> | null {
  if (seenAt !== null && Math.abs(now().getTime() - seenAt.getTime()) <= notedEachMs) return null;
  return touchSession(db, { sid: id, now: now(), expire: new Date(Date.now() + idleMs) }).catch(() => undefined);
}

/** Whom it lets in stands at the request (`noteArrival`); without a session nobody does. */
export function readSession(parts: SessionParts): RequestHandler {
  const { accounts, secrets, now, cookie } = parts;
  return async (request, response, next) => {
    const shown = shownSession(request, { secrets, name: cookie.name });
    if (shown === null) return next();
    const { id, value } = shown;
    const stored = await accounts.session({ sessionId: id, now: now(), machine: new Date() });
    if (stored !== null) {
      noteArrival(request, { sessionId: id, official: stored.official });
      // Nobody has to be there for a timer: the session ends as if it had not asked.
      if (isByItself(request)) return next();
      // As express-session sets it, with the same value for longer.
      response.cookie(cookie.name, value, { ...cookie.options, expires: new Date(Date.now() + idleMs) });
      await noteUse(parts, { id, seenAt: stored.seenAt });
    }
    next();
  };
}
