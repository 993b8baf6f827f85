/** Checks the seals: that none is missing, that each holds with the key it was made with, and that they are those that were mailed. */
import type { Transaction } from "sequelize";
import type { AuditFault } from "../../engine/audit/audit-fault.js";
import { isMoment } from "../../engine/audit/chain.js";
import { createSealMac, noMac } from "../../engine/audit/seal-mac.js";
import { type KeyRing, keyLabelled, type RingKey } from "../../engine/text/key-ring.js";
import type { Database } from "../../platform/db/query.js";
import { allSeals, entriesOf, type StoredSeal } from "./audit-queries.js";

/** A seal as the auditor received it by e-mail. */
export interface MailedSeal {
  readonly number: number;
  readonly mac: string;
}

/** With which of these keys the seal holds as it is stored; null with none. Its entries are read once. */
async function keyThatHolds(
  db: Database,
  tx: Transaction,
  keys: readonly RingKey[],
  { mac, ...header }: StoredSeal,
): Promise<RingKey | null> {
  const sealings = keys.map((key) => createSealMac(key, header));
  let chains = 0;
  let events = 0;
  for await (const entry of entriesOf(db, tx, header.number)) {
    for (const sealing of sealings) sealing.add(entry);
    chains += 1;
    events += entry.lastSeq - entry.firstSeq + 1;
  }
  if (chains !== header.chains || events !== header.events) return null;
  return keys[sealings.findIndex((sealing) => sealing.digest() === mac)] ?? null;
}

/** Seals of one key that is not here: one fault for all of them. */
interface Unproven {
  readonly first: number;
  readonly more: number;
}

/**
 * The faults among the seals: the first that is missing, altered, or not as it was mailed; before it, each key that seals
 * name and that is not here. What such a key sealed is neither proven nor counted as altered.
 */
export async function checkSeals(
  db: Database,
  tx: Transaction,
  a: { readonly keys: KeyRing; readonly mailed: readonly MailedSeal[] },
  seals: readonly StoredSeal[],
): Promise<readonly AuditFault[]> {
  const fault = (seq: number, what: "seal altered" | "seal removed"): AuditFault => ({
    ...{ chain: "seal", seq, what, reference: null },
  });
  const unproven = new Map<string, Unproven>();
  const found = (last: AuditFault | null): AuditFault[] => [
    ...[...unproven].map(
      ([key, { first, more }]): AuditFault => ({
        ...{ chain: "seal", seq: first, what: "seal key missing", reference: null },
        missing: { key, more },
      }),
    ),
    ...(last === null ? [] : [last]),
  ];
  const mailed = new Map(a.mailed.map(({ number, mac }) => [number, mac]));
  let previousMac = noMac;
  let expected = 1;
  for (const seal of seals) {
    const { number, key } = seal;
    if (number !== expected) return found(fault(expected, "seal removed"));
    const asMailed = (mailed.get(number) ?? seal.mac) === seal.mac;
    if (!isMoment(seal.sealedAt) || !asMailed || seal.previousMac !== previousMac) {
      return found(fault(number, "seal altered"));
    }
    const named = key === null ? a.keys : [keyLabelled(a.keys, key)].filter((one) => one !== null);
    if (key !== null && named.length === 0) {
      const { first = number, more = -1 } = unproven.get(key) ?? {};
      unproven.set(key, { first, more: more + 1 });
    } else if ((await keyThatHolds(db, tx, named, seal)) === null) return found(fault(number, "seal altered"));
    previousMac = seal.mac;
    expected += 1;
  }
  const missing = a.mailed.filter(({ number }) => number >= expected);
  return found(missing.length === 0 ? null : fault(Math.min(...missing.map(({ number }) => number)), "seal removed"));
}

/** Labels of the keys with which seals hold that name none, and how many do; null: with none of these keys. */
export async function keysOfNamelessSeals(db: Database, keys: KeyRing | null): Promise<Map<string | null, number>> {
  return db.transaction(async (tx) => {
    const counted = new Map<string | null, number>();
    for (const seal of await allSeals(db, tx)) {
      if (seal.key !== null || !isMoment(seal.sealedAt)) continue;
      const label = (await keyThatHolds(db, tx, keys ?? [], seal))?.label ?? null;
      counted.set(label, (counted.get(label) ?? 0) + 1);
    }
    return counted;
  });
}
