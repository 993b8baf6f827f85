/** Appends changes of configuration, users and permissions to the audit: a hash chain a stream. */
import type { Sequelize, Transaction } from "sequelize";
import type { Actor } from "../../engine/access/permissions.js";
import type { AuditType } from "../../engine/audit/audit-types.js";
import { auditChain, canonicalText, chainHash, emptyHash } from "../../engine/audit/chain.js";
import { query, type Statement } from "../db/query.js";

/** `operation`: what was done with messages and jobs. `personal`: who looked for an applicant. */
export const auditStreamNames = ["configuration", "users", "permissions", "operation", "personal"] as const;
export type AuditStream = (typeof auditStreamNames)[number];

export interface AuditEntry {
  readonly stream: AuditStream;
  readonly type: AuditType;
  readonly actor: Actor;
  /** JSON only; no secrets, no personal data of applicants. */
  readonly data: object;
  readonly at: Date;
}

/** One writer a stream at a time, until the transaction ends: two heads of one chain would be two truths. */
const lock: Statement = {
  name: "audit-lock",
  text: "select pg_advisory_xact_lock(hashtextextended('diwan audit ' || $1, 0))",
};
const head: Statement = {
  name: "audit-head",
  text: "select seq, hash from audit_events where stream = $1 order by seq desc limit 1",
};
const insert: Statement = {
  name: "audit-insert",
  text: `insert into audit_events (stream, seq, at, type, actor, data, previous_hash, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};

/** The actor as the audit keeps it: who, not everything that they may do. */
function whoOf(actor: Actor): object {
  return actor.kind === "user" ? { kind: actor.kind, userId: actor.userId, name: actor.name } : actor;
}

/** Appends one entry to its stream's chain inside `tx`; it stands or falls with what it tells of. */
export async function appendAudit(tx: Transaction, sequelize: Sequelize, a: AuditEntry): Promise<void> {
  await query(sequelize, lock, [a.stream], tx);
  const [last] = await query<{ seq: number; hash: string }>(sequelize, head, [a.stream], tx);
  const previous = last?.hash ?? emptyHash;
  const seq = (last?.seq ?? 0) + 1;
  const actor = canonicalText(whoOf(a.actor));
  const data = canonicalText(a.data);
  const hash = chainHash(previous, { chain: auditChain(a.stream), seq, at: a.at, type: a.type, actor, data });
  await query(sequelize, insert, [a.stream, seq, a.at, a.type, actor, data, previous, hash], tx);
}
