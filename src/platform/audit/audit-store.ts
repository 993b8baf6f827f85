/** Appends changes of configuration, users and permissions to the audit: a hash chain a stream. */
import type { Sequelize, Transaction } from "sequelize";
import sql from "sql-template-tag";
import type { Actor } from "../../engine/access/permissions.js";
import type { AuditType } from "../../engine/audit/audit-types.js";
import { auditChain, canonicalText, chainHash, emptyHash } from "../../engine/audit/chain.js";
import { query } from "../db/query.js";

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

/** The actor as the audit keeps it: who, not everything that they may do. */
function whoOf(actor: Actor): object {
  return actor.kind === "user" ? { kind: actor.kind, userId: actor.userId, name: actor.name } : actor;
}

/** Appends one entry to its stream's chain inside `tx`; it stands or falls with what it tells of. */
export async function appendAudit(tx: Transaction, sequelize: Sequelize, a: AuditEntry): Promise<void> {
  // One writer a stream at a time, until the transaction ends: two heads of one chain would be two truths.
  await query(sequelize, sql`select pg_advisory_xact_lock(hashtextextended('diwan audit ' || ${a.stream}, 0))`, tx);
  const head = sql`select seq, hash from audit_events where stream = ${a.stream} order by seq desc limit 1`;
  const [last] = await query<{ seq: number; hash: string }>(sequelize, head, tx);
  const previous = last?.hash ?? emptyHash;
  const seq = (last?.seq ?? 0) + 1;
  const actor = canonicalText(whoOf(a.actor));
  const data = canonicalText(a.data);
  const hash = chainHash(previous, { chain: auditChain(a.stream), seq, at: a.at, type: a.type, actor, data });
  const statement = sql`insert into audit_events (stream, seq, at, type, actor, data, previous_hash, hash)
    values (${a.stream}, ${seq}, ${a.at}, ${a.type}, ${actor}, ${data}, ${previous}, ${hash})`;
  await query(sequelize, statement, tx);
}
