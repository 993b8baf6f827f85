/** Lets the queue write inside a transaction of ours: what it sends stands or falls with the rest. */
import type { Client } from "pg";
import type PgBoss from "pg-boss";
import type { Transaction } from "sequelize";

export function queueTransaction(transaction: Transaction): PgBoss.Db {
  const { connection } = transaction as unknown as { connection: Client };
  return { executeSql: (text, values) => connection.query(text, values) };
}
