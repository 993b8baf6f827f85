/** Sessions of the back office: express-session over our own connections to PostgreSQL. */
import connectPgSimple from "connect-pg-simple";
import type { Request, RequestHandler } from "express";
import session, { type Session, type SessionData } from "express-session";
import type pg from "pg";
import { withConnection } from "../../../platform/db/connections.js";
import type { Database } from "../../../platform/db/query.js";
import { isByItself, isStream } from "../../../platform/http/by-itself.js";
import type { OurCookie } from "../../../platform/http/cookies.js";
import type { Accounts, StoredSession } from "./accounts.js";
import { noteArrival } from "./session-data.js";
import { idleMs, notedEachMs, touchSession } from "./session-store.js";
import { type SessionSecrets, shownSession } from "./shown-session.js";

interface SessionParts {
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
function noteUse(
  { db, now }: Pick<SessionParts, "db" | "now">,
  { id, seenAt }: { id: string; seenAt: Date | null },
): Promise<void> | null {
  if (seenAt !== null && Math.abs(now().getTime() - seenAt.getTime()) <= notedEachMs) return null;
  return touchSession(db, { sid: id, now: now(), expire: new Date(Date.now() + idleMs) }).catch(() => undefined);
}

/**
 * The session of a request of the API, which neither begins nor ends one: it is read, whom it lets in is noted at the
 * request (`noteArrival`), and its cookie lives on. express-session would also work out three times what might have changed.
 */
function readSession(parts: SessionParts): RequestHandler {
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

/** What the store needs of a pool, over the one we have: three instances have to fit into 80 connections. */
const poolOver = (db: Database): pg.Pool =>
  ({
    query: (text: string, values: unknown[]) => withConnection(db, (connection) => connection.query(text, values)),
  }) satisfies { query: unknown } as unknown as pg.Pool;

/**
 * The middleware for pages. A session is written when somebody signs in and never again: afterwards it is
 * touched, so that one that has ended is not written back by a request that was still under way.
 */
function writtenSessions(parts: SessionParts): RequestHandler {
  const { db, accounts, secrets, now, cookie } = parts;
  const { name, options } = cookie;
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
    override touch(id: string, data: SessionData, done?: () => void): void {
      const noting = noteUse(parts, { id, seenAt: found.get(data)?.seenAt ?? null });
      if (noting === null) done?.();
      else void noting.then(done);
    }
  }
  const sessions = session({
    name,
    secret: [...secrets],
    store: new Store({
      pool: poolOver(db),
      tableName: "sessions",
      pruneSessionInterval: false,
      errorLog: () => undefined,
    }),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { ...options, maxAge: idleMs },
  });
  if (!options.secure) return sessions;
  return (request, response, next) => {
    // express-session asks the request, and gives no cookie that only travels over TLS where it knows of none: at a proxy
    // that nobody told it of.
    Object.defineProperty(request, "secure", { value: true, configurable: true });
    sessions(request, response, next);
  };
}

/**
 * The middleware for all of `/admin`. Sessions begin and end at pages; the API and the stream of what changes only read
 * them, and most requests are the API's.
 */
export function createSessions(parts: SessionParts): RequestHandler {
  const [written, read] = [writtenSessions(parts), readSession(parts)];
  return (request, response, next) => (isApi(request) || isStream(request) ? read : written)(request, response, next);
}

/** Of a request below `/admin`, which is no part of its path any more. */
export const isApi = ({ path }: Pick<Request, "path">): boolean => /^\/api(\/|$)/i.test(path);
