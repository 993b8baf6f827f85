/** Lets the queue write inside a transaction of ours: what it sends stands or falls with the rest. */
import type PgBoss from "pg-boss";
import type { Transaction } from "sequelize";
import { connectionOf } from "../db/connections.js";

export const queueTransaction = (transaction: Transaction): PgBoss.Db => ({
  executeSql: (text, values) => connectionOf(transaction).query(text, values),
});
