/** Which session a request shows, as its cookie says: whether that one still lives is another question. */
import { sign, unsign } from "cookie-signature";
import type { Request } from "express";
import { readCookie } from "../../../platform/http/cookies.js";

export interface ShownSession {
  readonly id: string;
  /** The cookie's value as the key that writes signs it, whichever key signed what was sent. */
  readonly value: string;
}

// What was signed stays signed: a cookie comes with each request of a day's work. The newest ones, as they were sent.
const signed = new Map<string, ShownSession>();
const maxSigned = 1000;

function remember(key: string, shown: ShownSession): void {
  const [oldest] = signed.size >= maxSigned ? signed.keys() : [];
  if (oldest !== undefined) signed.delete(oldest);
  signed.set(key, shown);
}

/** The secrets of SESSION_SECRET: the first signs, all are ours. */
export type SessionSecrets = readonly [string, ...string[]];

/** Who signs, and what the cookie is called. */
interface Signer {
  readonly secrets: SessionSecrets;
  readonly name: string;
}

function read(request: Request, { secrets, name }: Signer): ShownSession | null {
  const found = readCookie(request, { name });
  if (found === null) return null;
  const key = `${secrets.join(" ")} ${found}`;
  const before = signed.get(key);
  if (before !== undefined) return before;
  try {
    const value = decodeURIComponent(found);
    if (!value.startsWith("s:")) return null;
    const id = secrets.map((secret) => unsign(value.slice(2), secret)).find((one) => one !== false && one !== "");
    if (!id) return null;
    const shown = { id, value: `s:${sign(id, secrets[0])}` };
    remember(key, shown);
    return shown;
  } catch {
    return null;
  }
}

const known = new WeakMap<Request, { readonly secrets: SessionSecrets; readonly shown: ShownSession | null }>();

/**
 * Null when there is no cookie or we did not sign it; needs no database. The limits and the session itself ask the same of
 * a request, and its signature is reckoned once.
 */
export function shownSession(request: Request, signer: Signer): ShownSession | null {
  const already = known.get(request);
  if (already?.secrets === signer.secrets) return already.shown;
  const shown = read(request, signer);
  known.set(request, { secrets: signer.secrets, shown });
  return shown;
}
