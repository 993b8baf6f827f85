/**
 * The daily seal: what was recorded since the last one is put under an HMAC, and the auditor gets it by e-mail. From then
 * on not even somebody who may write every row can change one unseen.
 */

import { isMoment } from "../../engine/audit/chain.js";
import { createSealMac, noMac, type SealHeader } from "../../engine/audit/seal-mac.js";
import type { MessageIntent } from "../../engine/letters/message-intent.js";
import type { KeyRing } from "../../engine/text/key-ring.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction, type Tx } from "../../platform/db/transaction.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";
import {
  auditorsAt,
  gatheredEntries,
  gatherUnsealed,
  insertSealWithEntries,
  lastSeal,
  lockSeals,
} from "./seal-store.js";

export interface Seal {
  readonly number: number;
  readonly mac: string;
  readonly chains: number;
  readonly events: number;
  /** False when that day has its seal already: this is it, and nothing was written. */
  readonly made: boolean;
}

/** The civil day in UTC; null for what is no moment (a row that somebody altered), which is the day of nothing. */
const dayOf = (at: Date): string | null => (isMoment(at) ? at.toISOString().slice(0, 10) : null);

/**
 * Seals what is unsealed at `now`, once a day (UTC); a second call on that day answers with the seal there is. Callers at the
 * same time wait for each other. Events of a transaction that is still at work come with the next seal. A seal of a later
 * day than `now` (a clock was ahead) does not stand in the way: else nothing would be sealed until that day has come.
 * @param keys of SEAL_KEY, which must not be in the database: the first seals
 * @param messages `kept` in a simulation, whose letters never leave
 */
export function sealAudit(db: Database, a: { keys: KeyRing; now: Date; messages?: NewMessageState }): Promise<Seal> {
  return inTransaction(db, async (tx) => {
    await lockSeals(db, tx);
    const previous = await lastSeal(db, tx);
    if (previous !== null && dayOf(previous.sealedAt) === dayOf(a.now)) {
      return { number: previous.number, mac: previous.mac, chains: 0, events: 0, made: false };
    }
    const gathered = await gatherUnsealed(db, tx, previous);
    const header: SealHeader = {
      number: (previous?.number ?? 0) + 1,
      sealedAt: a.now,
      previousMac: previous?.mac ?? noMac,
      key: a.keys[0].label,
      ...gathered,
    };
    const sealing = createSealMac(a.keys[0], header);
    for await (const entry of gatheredEntries(db, tx)) sealing.add(entry);
    const mac = sealing.digest();
    await insertSealWithEntries(db, tx, header, mac);
    await tellAuditors(db, tx, header, mac, a.messages ?? "pending");
    return { number: header.number, mac, chains: header.chains, events: header.events, made: true };
  });
}

async function tellAuditors(
  db: Database,
  tx: Tx,
  header: SealHeader,
  mac: string,
  state: NewMessageState,
): Promise<void> {
  const { number, sealedAt, events, chains, previousMac } = header;
  for (const { userId, language, programme } of await auditorsAt(db, tx, sealedAt)) {
    const intent: MessageIntent = {
      template: "audit-seal",
      receiver: { kind: "user", userId },
      language,
      data: { number, sealedAt: sealedAt.toISOString(), events, chains, mac, previousMac },
      key: `seal/${number}/user/${userId}`,
    };
    await insertMessages(db, { programme, intents: [intent], now: sealedAt, state }, tx);
  }
}
