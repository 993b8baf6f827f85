/** Sessions of the back office: express-session over our own connections to PostgreSQL. */
import connectPgSimple from "connect-pg-simple";
import { unsign } from "cookie-signature";
import type { Request, RequestHandler } from "express";
import session, { type Session, type SessionData } from "express-session";
import type pg from "pg";
import type { Accounts, StoredSession } from "../../accounts/accounts.js";
import { type Database, query } from "../../db/query.js";
import { idleMs, notedEachMs, touchSession } from "../../db/session-store.js";
import { noteArrival } from "./session-data.js";

export const sessionCookie = "diwan_session";

/**
 * The id in the session's cookie, null when there is none or we did not sign it. Whether that session still lives is another
 * question: this one needs no database.
 */
export function signedSession(request: Request, secret: string): string | null {
  const sent = new RegExp(`(?:^|;\\s*)${sessionCookie}=([^;]+)`).exec(request.headers.cookie ?? "")?.[1];
  if (sent === undefined) return null;
  try {
    const value = decodeURIComponent(sent);
    return value.startsWith("s:") ? unsign(value.slice(2), secret) || null : null;
  } catch {
    return null;
  }
}

export interface SessionParts {
  readonly db: Database;
  readonly accounts: Pick<Accounts, "session">;
  /** SESSION_SECRET: signs the cookie. */
  readonly secret: string;
  readonly now: () => Date;
}

/** What the store needs of a pool, over the one we have: three instances have to fit into 80 connections. */
function poolOver(db: Database): Pick<pg.Pool, "query"> {
  // A statement of the store has one text for ever, so that its text can be its name.
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `session-store-${names.size}`;
    names.set(text, name);
    return name;
  };
  return {
    query: async (text: string, values: unknown[]) => ({
      rows: await query(db, { name: nameOf(text), text }, values),
    }),
  } as unknown as Pick<pg.Pool, "query">;
}

/**
 * The middleware for all of `/admin`. A session is written when somebody signs in and never again: afterwards it is
 * touched, so that one that has ended is not written back by a request that was still under way.
 */
export function createSessions({ db, accounts, secret, now }: SessionParts): RequestHandler {
  const Base = connectPgSimple(session);
  // What was found beside a session, by what the store gave out for it.
  const found = new WeakMap<object, StoredSession>();
  class Store extends Base {
    /** The session and whom it lets in are asked for together: nearly every request needs both. */
    override get(sid: string, done: (error: unknown, data?: SessionData | null) => void): void {
      accounts.session({ sessionId: sid, now: now(), machine: new Date() }).then(
        (stored) => {
          if (stored === null) return done(null, null);
          found.set(stored.data as object, stored);
          done(null, stored.data as SessionData);
        },
        (error: unknown) => done(error),
      );
    }
    override createSession(request: Request, data: SessionData): Session & Partial<SessionData> {
      const made = super.createSession(request, data);
      const stored = found.get(data);
      if (stored !== undefined) {
        found.set(made, stored);
        noteArrival(request, { sessionId: request.sessionID, official: stored.official });
      }
      return made;
    }
    override touch(sid: string, data: SessionData, done?: () => void): void {
      const { seenAt = null } = found.get(data) ?? {};
      if (seenAt !== null && Math.abs(now().getTime() - seenAt.getTime()) <= notedEachMs) {
        done?.();
        return;
      }
      const expire = data.cookie.expires ?? new Date(Date.now() + idleMs);
      // What cannot be noted now is noted by the next request; the answer is ready already.
      touchSession(db, { sid, now: now(), expire: new Date(expire) }).then(
        () => done?.(),
        () => done?.(),
      );
    }
  }
  return session({
    name: sessionCookie,
    secret,
    store: new Store({
      pool: poolOver(db) as pg.Pool,
      tableName: "sessions",
      pruneSessionInterval: false,
      errorLog: () => undefined,
    }),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { path: "/admin", httpOnly: true, sameSite: "lax", secure: "auto", maxAge: idleMs },
  });
}
