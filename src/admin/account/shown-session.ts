/** Which session a request shows, as its cookie says: whether that one still lives is another question. */
import { unsign } from "cookie-signature";
import type { Request } from "express";

export const sessionCookie = "diwan_session";

export interface ShownSession {
  readonly id: string;
  /** The cookie's value, whose signature is ours. */
  readonly value: string;
}

const sent = new RegExp(`(?:^|;\\s*)${sessionCookie}=([^;]+)`);

function read(request: Request, secret: string): ShownSession | null {
  const found = sent.exec(request.headers.cookie ?? "")?.[1];
  if (found === undefined) return null;
  try {
    const value = decodeURIComponent(found);
    const id = value.startsWith("s:") ? unsign(value.slice(2), secret) : false;
    return id ? { id, value } : null;
  } catch {
    return null;
  }
}

const known = new WeakMap<Request, { readonly secret: string; readonly shown: ShownSession | null }>();

/**
 * Null when there is no cookie or we did not sign it; needs no database. The limits and the session itself ask the same of
 * a request, and its signature is reckoned once.
 */
export function shownSession(request: Request, secret: string): ShownSession | null {
  const already = known.get(request);
  if (already?.secret === secret) return already.shown;
  const shown = read(request, secret);
  known.set(request, { secret, shown });
  return shown;
}
