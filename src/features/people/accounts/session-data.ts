/** What express-session carries for us, and how this door reads and changes it. */

import type { Request } from "express";
import type { Official } from "../../../platform/admin/official.js";
import type { Services } from "../../../platform/services.js";
import type { SignedIn } from "./accounts.js";
import type { SessionData as OurSession } from "./session-store.js";

declare module "express-session" {
  // What is stored is exactly what the table's generated columns read.
  interface SessionData extends Partial<OurSession> {}
}

interface Arrived {
  readonly sessionId: string;
  readonly official: SignedIn | null;
}

const arrivals = new WeakMap<object, Arrived>();

/** Notes whom the session of this request lets in, as it was loaded for this request. */
export function noteArrival(request: object, arrived: Arrived): void {
  arrivals.set(request, arrived);
}

/**
 * The official of this request with the seats held now, or null. Asked anew at every request: together with the session
 * itself, and once more by whoever asks again, since the request may have changed something by then.
 */
export async function officialOf(services: Services, request: Request, now: Date): Promise<Official | null> {
  const arrived = arrivals.get(request);
  arrivals.delete(request);
  // Where a session can neither begin nor end, whoever came with it is whoever is here.
  if (request.session === undefined) {
    return arrived?.official ? { ...arrived.official, sessionId: arrived.sessionId } : null;
  }
  const { userId } = request.session;
  if (userId === undefined) return null;
  const { sessionID: sessionId } = request;
  if (arrived?.sessionId === sessionId && (arrived.official === null || arrived.official.userId === userId)) {
    return arrived.official && { ...arrived.official, sessionId };
  }
  const signedIn = await services.accounts.official({ userId, sessionId, now });
  return signedIn === null ? null : { ...signedIn, sessionId };
}

/** A fresh session under a new id: an id that somebody planted before signing in is worth nothing afterwards. */
export async function openSession(request: Request, data: OurSession): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  Object.assign(request.session, data);
  // Written before the answer leaves, so that the next request finds it.
  await new Promise<void>((resolve, reject) => {
    request.session.save((error: unknown) => (error ? reject(error) : resolve()));
  });
}

/** Ends it in the database. */
export async function closeSession(request: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
}
