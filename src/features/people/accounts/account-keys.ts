/** Keys made of SESSION_SECRET, one for each purpose: what is learnt of one says nothing about another. */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import { derivedKeys, type KeyRing, keyLabelled } from "../../../engine/text/key-ring.js";

export interface TokenedLink {
  readonly id: number;
  readonly nonce: Buffer;
  /** Label of the key that its token is made with; null for links of before labels were noted. */
  readonly key: string | null;
}

/** The first of several keys writes; all of them read. */
export interface AccountKeys {
  /** Label of the key that writes. */
  readonly writesWith: string;
  /** Token of a single-use link, by the key that the link names; by the first where that one is gone. */
  linkToken(link: TokenedLink): string;
  /** Whether it is a token of this link, by any of the keys. */
  opensLink(link: Pick<TokenedLink, "id" | "nonce">, token: string): boolean;
  /**
   * Names of a counter, one a key: nobody reads from the table who tried to sign in, or from where. A try counts under each,
   * so that no exchange of keys begins anew what was counted.
   */
  counterKeys(kind: string, whose: string): readonly Buffer[];
  /** What only we can have written beside a known device. */
  deviceProof(device: string): string;
  /** Whether it is such a proof, by any of the keys. */
  provesDevice(device: string, proof: string): boolean;
  /** A TOTP secret as it is stored; it opens for its own account only. */
  seal(userId: number, secret: Buffer): Buffer;
  /** The secret, and the label of the key it was sealed with; null for what none of the keys sealed for this account. */
  unseal(userId: number, sealed: Buffer): { readonly secret: Buffer; readonly key: string } | null;
}

const ivBytes = 12;
const tagBytes = 16;
const cipher = "aes-256-gcm";

/** The nonce must never come twice under one key: it is made of the key, the account and the secret itself. */
const ivOf = (key: Buffer, userId: number, secret: Buffer) =>
  createHmac("sha256", key).update(`iv ${userId} `).update(secret).digest().subarray(0, ivBytes);

/** Null where it was not sealed for this account under this key. */
function opened(key: Buffer, userId: number, sealed: Buffer): Buffer | null {
  try {
    const opening = createDecipheriv(cipher, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(String(userId)))
      .setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([opening.update(sealed.subarray(ivBytes + tagBytes)), opening.final()]);
  } catch {
    return null;
  }
}

const tokenOf = (key: Buffer, { id, nonce }: Pick<TokenedLink, "id" | "nonce">): string =>
  `${id}.${createHmac("sha256", key).update(`${id} `).update(nonce).digest("base64url")}`;

const proofOf = (key: Buffer, device: string): string => createHmac("sha256", key).update(device).digest("base64url");

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** @param ring the keys of SESSION_SECRET */
export function accountKeys(ring: KeyRing): AccountKeys {
  const links = derivedKeys(ring, "account links");
  const counters = derivedKeys(ring, "sign-in counters");
  const factors = derivedKeys(ring, "second factors");
  const devices = derivedKeys(ring, "known devices");
  const labels = ring.map(({ label }) => label);
  return {
    writesWith: ring[0].label,
    linkToken(link) {
      const named = link.key === null ? null : keyLabelled(ring, link.key);
      return tokenOf((named && links[ring.indexOf(named)]) ?? links[0], link);
    },
    opensLink: (link, token) => links.some((key) => isSame(tokenOf(key, link), token)),
    counterKeys: (kind, whose) => counters.map((key) => createHmac("sha256", key).update(`${kind} ${whose}`).digest()),
    deviceProof: (device) => proofOf(devices[0], device),
    provesDevice: (device, proof) => devices.some((key) => isSame(proofOf(key, device), proof)),
    seal(userId, secret) {
      const iv = ivOf(factors[0], userId, secret);
      const sealing = createCipheriv(cipher, factors[0], iv).setAAD(Buffer.from(String(userId)));
      const sealed = Buffer.concat([sealing.update(secret), sealing.final()]);
      return Buffer.concat([iv, sealing.getAuthTag(), sealed]);
    },
    unseal(userId, sealed) {
      for (const [i, key] of factors.entries()) {
        const secret = opened(key, userId, sealed);
        if (secret !== null) return { secret, key: labels[i] as string };
      }
      return null;
    },
  };
}
