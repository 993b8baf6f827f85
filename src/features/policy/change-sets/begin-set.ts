/** A change-set is begun by itself, or with the first of what it holds: in the transaction of that, or not at all. */
import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { checkedTitle } from "./change-set-refusals.js";
import { storeNewChangeSet } from "./change-set-store.js";

/**
 * Begins one and gives its number. The caller holds the programme's versions and has asked whether this account (`by`) may
 * write there. Problem invalid-input at `/title`.
 */
export async function beginSet(
  db: Database,
  a: { programme: string; title: string; actor: Actor; by: number; now: Date },
  tx: Transaction,
): Promise<number> {
  const { programme, actor, by, now } = a;
  const title = checkedTitle(a.title);
  const id = await storeNewChangeSet(db, { programme, title, by, now }, tx);
  const data = { programme, title, changeSet: id };
  await appendAudit(tx, db, { stream: "configuration", type: "change-set.opened", actor, data, at: now });
  return id;
}
