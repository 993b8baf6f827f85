/**
 * What applicants are sent and no database holds: tokens of links and codes that prove an address, made of keys of
 * SESSION_SECRET.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { LinkPurpose } from "../letters/link-in-message.js";
import { derivedKeys, type KeyRing, keyLabelled } from "../text/key-ring.js";

/**
 * How an applicant shows that an application is theirs. `code`: the code that they were given. `link`: the token of a link
 * that a message to a proven address held; it opens less.
 */
export type ApplicantProof = { readonly code: string } | { readonly link: string };

/** 128 bits: 22 characters, which leave room for words in a text message. */
const tokenBytes = 16;
const tokenForm = /^[\w-]{22}$/;

/** Whether it may be a token: what is none is not looked up. */
export const isLinkToken = (text: string): boolean => tokenForm.test(text);

/** What is stored of a token, and by which it is found: of how far a guess was right its time says nothing. */
export const linkHash = (token: string): Buffer => createHash("sha256").update(`link ${token}`).digest();

/** A code that was sent, without the digits. */
export interface SentCode {
  readonly id: number;
  readonly nonce: Buffer;
  /** Label of the key that it is made with. */
  readonly key: string;
}

const codeDigits = 6;
/** As it is typed: six digits. */
const isProofCode = (text: string): boolean => /^\d{6}$/.test(text);

/** Of several keys the first writes, and all read. */
export interface ApplicantKeys {
  /** Label of the key that writes. */
  readonly writesWith: string;
  /** Tokens of the link in a message, a key each: of one message, purpose and key always the same, however often it is made. */
  linkTokens(messageId: number, purpose: LinkPurpose): readonly [string, ...string[]];
  /** The six digits; null where the key that they were made with is gone. */
  proofCode(sent: SentCode): string | null;
  /** Whether somebody typed the digits that were sent. */
  isProof(sent: SentCode, typed: string): boolean;
}

/** @param ring the keys of SESSION_SECRET */
export function applicantKeys(ring: KeyRing): ApplicantKeys {
  const links = derivedKeys(ring, "applicants' links");
  const codes = derivedKeys(ring, "applicants' codes");
  const [first, ...others] = links;
  const tokenOf = (key: Buffer, what: string): string =>
    createHmac("sha256", key).update(what).digest().subarray(0, tokenBytes).toString("base64url");
  function proofCode({ id, nonce, key: label }: SentCode): string | null {
    const named = keyLabelled(ring, label);
    const key = named === null ? undefined : codes[ring.indexOf(named)];
    if (key === undefined) return null;
    // 64 bits over a million: no digit is likelier than another by more than one in 10^13.
    const made = createHmac("sha256", key).update(`${id} `).update(nonce).digest().readBigUInt64BE(0);
    return String(made % 10n ** BigInt(codeDigits)).padStart(codeDigits, "0");
  }
  return {
    writesWith: ring[0].label,
    linkTokens(messageId, purpose) {
      const what = `message ${messageId} ${purpose}`;
      return [tokenOf(first, what), ...others.map((key) => tokenOf(key, what))];
    },
    proofCode,
    isProof(sent, typed) {
      const code = proofCode(sent);
      return code !== null && isProofCode(typed) && timingSafeEqual(Buffer.from(code), Buffer.from(typed));
    },
  };
}
