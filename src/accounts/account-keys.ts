/** Keys made of SESSION_SECRET, one for each purpose: what is learnt of one says nothing about another. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";

export interface AccountKeys {
  /** Token of a single-use link. */
  linkToken(link: { readonly id: number; readonly nonce: Buffer }): string;
  /** Name of a counter: nobody reads from the table who tried to sign in, or from where. */
  counterKey(kind: string, whose: string): Buffer;
  /** A TOTP secret as it is stored; it opens for its own account only. */
  seal(userId: number, secret: Buffer): Buffer;
  /** Throws for anything that was not sealed for this account under this key. */
  unseal(userId: number, sealed: Buffer): Buffer;
}

const ivBytes = 12;
const tagBytes = 16;
const cipher = "aes-256-gcm";

export function accountKeys(sessionSecret: string): AccountKeys {
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", sessionSecret, "", `diwan ${purpose}`, 32));
  const links = derive("account links");
  const counters = derive("sign-in counters");
  const factors = derive("second factors");
  // The nonce must never come twice under one key: it is made of the key, the account and the secret itself.
  const ivOf = (userId: number, secret: Buffer) =>
    createHmac("sha256", factors).update(`iv ${userId} `).update(secret).digest().subarray(0, ivBytes);
  return {
    linkToken: ({ id, nonce }) =>
      `${id}.${createHmac("sha256", links).update(`${id} `).update(nonce).digest("base64url")}`,
    counterKey: (kind, whose) => createHmac("sha256", counters).update(`${kind} ${whose}`).digest(),
    seal(userId, secret) {
      const iv = ivOf(userId, secret);
      const sealing = createCipheriv(cipher, factors, iv).setAAD(Buffer.from(String(userId)));
      const sealed = Buffer.concat([sealing.update(secret), sealing.final()]);
      return Buffer.concat([iv, sealing.getAuthTag(), sealed]);
    },
    unseal(userId, sealed) {
      const opening = createDecipheriv(cipher, factors, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(String(userId)))
        .setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]);
    },
  };
}
