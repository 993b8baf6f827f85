/** The seal over all chains: an HMAC whose key is not in the database, so that whoever can write rows cannot write a seal. */
import { createHmac } from "node:crypto";
import type { RingKey } from "../text/key-ring.js";
import { canonicalText } from "./chain.js";

/** What one seal says of itself; the entries follow. */
export interface SealHeader {
  readonly number: number;
  readonly sealedAt: Date;
  /** Transactions before this one are covered; a 64-bit number as text. */
  readonly belowTx: string;
  /** MAC of the seal before; `noMac` for the first. */
  readonly previousMac: string;
  readonly chains: number;
  readonly events: number;
  /** Label of the key that it was made with; null for seals of before labels were noted, over which it is not told. */
  readonly key: string | null;
}

/** What a seal says of one chain: the events from `firstSeq` to `lastSeq`. */
export interface SealEntry {
  readonly chain: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly headHash: string;
  /** Eight bytes of each event's hash, in order. */
  readonly marks: Buffer;
}

/** What stands before the first seal. */
export const noMac = "";

/** Bytes kept of each event's hash: enough to name the row, small enough to keep for every row. */
export const markBytes = 8;

export interface SealMac {
  add(entry: SealEntry): void;
  digest(): string;
}

/** HMAC-SHA256 over header and entries. The entries must be added in order of their chain's bytes. */
export function createSealMac({ secret }: RingKey, { key, ...header }: SealHeader): SealMac {
  const told = key === null ? header : { ...header, key };
  const hmac = createHmac("sha256", secret).update(canonicalText(told));
  return {
    add({ chain, firstSeq, lastSeq, headHash, marks }) {
      hmac.update(`\n${canonicalText([chain, firstSeq, lastSeq, headHash, marks.toString("hex")])}`);
    },
    digest: () => hmac.digest("hex"),
  };
}
