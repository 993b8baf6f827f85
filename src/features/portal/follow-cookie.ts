/**
 * What lets somebody stay with a case after reference and code were right once, or after they came by a link: a cookie for that
 * case alone, locked so that nobody can make one or read the code or the link's token out of it. Its times are business time.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import type { ApplicantProof } from "../../engine/applicant/applicant-keys.js";
import { derivedKeys, type KeyRing } from "../../engine/text/key-ring.js";
import { type Cookies, readCookie, sentCookies, setCookie } from "../../platform/http/cookies.js";

/** What a browser has of a case: its code, the token of a link that opens it, of one that shows whose an address is. */
export interface Kept {
  readonly code?: string;
  readonly link?: string;
  readonly prove?: string;
}

export interface FollowCookie {
  /** What this browser showed for this case a while ago; the time begins anew. Null: nothing. */
  kept(request: Request, response: Response, reference: string, now: Date): Kept | null;
  /** By what this browser opens the case: the code where it has it, since that opens more. */
  proof(request: Request, response: Response, reference: string, now: Date): ApplicantProof | null;
  /** Added to what it has already. */
  give(request: Request, response: Response, a: Kept & { reference: string; now: Date }): void;
  /** Takes the token away that shows whose an address is, and with it a cookie that has nothing else. */
  proven(request: Request, response: Response, a: { reference: string; now: Date }): void;
  takeAway(response: Response, reference: string): void;
}

/** For a person who walked away from a shared computer. */
const idleMs = 30 * 60_000;
/** However busy: then the code is asked again. */
const wholeMs = 12 * 3_600_000;
const cipher = "aes-256-gcm";

interface Carried extends Kept {
  readonly from: number;
  readonly seen: number;
}

/** Cases that a browser stays with at once: each has a cookie that travels with every request. */
const maxCases = 8;

const digits = /^(\d{3})(\d{3})(\d{4})$/;

/** @param ring of SESSION_SECRET: keys derived of the first lock, of all unlock */
export function createFollowCookie(ring: KeyRing, { followed }: Pick<Cookies, "followed">): FollowCookie {
  const keys = derivedKeys(ring, "applicant's page");
  function lock(reference: string, carried: Carried): string {
    const nonce = randomBytes(12);
    const locking = createCipheriv(cipher, keys[0], nonce).setAAD(Buffer.from(reference));
    const locked = Buffer.concat([locking.update(JSON.stringify(carried), "utf8"), locking.final()]);
    return Buffer.concat([nonce, locking.getAuthTag(), locked]).toString("base64url");
  }
  function unlock(reference: string, sent: string): Carried | null {
    const bytes = Buffer.from(sent, "base64url");
    if (bytes.length < 29 || bytes.length > 400) return null;
    for (const key of keys) {
      const carried = unlockWith(key, reference, bytes);
      if (carried !== null) return carried;
    }
    return null;
  }
  function unlockWith(key: Buffer, reference: string, bytes: Buffer): Carried | null {
    try {
      const unlocking = createDecipheriv(cipher, key, bytes.subarray(0, 12), { authTagLength: 16 })
        .setAAD(Buffer.from(reference))
        .setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([unlocking.update(bytes.subarray(28)), unlocking.final()]).toString("utf8");
      return JSON.parse(text) as Carried;
    } catch {
      // Made up, of another case, or locked under another secret.
      return null;
    }
  }
  /** Cases beyond those that a browser may stay with besides this one, the ones that were seen longest ago. */
  function leastSeen(request: Request, reference: string): string[] {
    const { name: begins } = followed("");
    const others = sentCookies(request).flatMap(([name, value]) => {
      const found = name.startsWith(begins) ? digits.exec(name.slice(begins.length))?.slice(1).join("-") : undefined;
      return found === undefined || found === reference ? [] : [{ found, seen: unlock(found, value)?.seen ?? 0 }];
    });
    return others
      .sort((a, b) => b.seen - a.seen)
      .slice(maxCases - 1)
      .map(({ found }) => found);
  }
  /** As it was set, and not too long ago. */
  function carriedIn(request: Request, reference: string, at: number): Carried | null {
    const sent = readCookie(request, followed(reference));
    const carried = sent === null ? null : unlock(reference, sent);
    return carried === null || at - carried.seen > idleMs || at - carried.from > wholeMs ? null : carried;
  }
  function kept(request: Request, response: Response, reference: string, now: Date): Kept | null {
    if (readCookie(request, followed(reference)) === null) return null;
    const at = now.getTime();
    const carried = carriedIn(request, reference, at);
    setCookie(response, followed(reference), carried && lock(reference, { ...carried, seen: at }));
    return carried;
  }
  return {
    kept,
    proof(request, response, reference, now) {
      const { code, link } = kept(request, response, reference, now) ?? {};
      if (code !== undefined) return { code };
      return link === undefined ? null : { link };
    },
    give(request, response, { reference, now, code, link, prove }) {
      const at = now.getTime();
      for (const other of leastSeen(request, reference)) setCookie(response, followed(other), null);
      const before = carriedIn(request, reference, at);
      const given = { ...(code && { code }), ...(link && { link }), ...(prove && { prove }) };
      setCookie(response, followed(reference), lock(reference, { from: at, ...before, ...given, seen: at }));
    },
    proven(request, response, { reference, now }) {
      const { prove: _, ...rest } = carriedIn(request, reference, now.getTime()) ?? { from: 0, seen: 0 };
      const opens = rest.code !== undefined || rest.link !== undefined;
      setCookie(response, followed(reference), opens ? lock(reference, { ...rest, seen: now.getTime() }) : null);
    },
    takeAway: (response, reference) => setCookie(response, followed(reference), null),
  };
}
