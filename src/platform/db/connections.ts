/**
 * Connections for statements of our own, from the pool that Sequelize keeps for its models: the one place that reaches into it.
 *
 * A pool of our own beside it would not do. What people edit (set-up, people, seats, keys, versions) is written by models, and
 * its audit and its locks by statements, in one transaction; so transactions are Sequelize's. And the connections of an instance
 * are counted: two pools would have to share them out beforehand, and one would let requests wait while the other stood idle.
 */
import type pg from "pg";
import type { Sequelize, Transaction } from "sequelize";

export type Connection = pg.ClientBase;

/** A connection of the pool for the caller alone, until `giveBack`. Errors: none is free in time, or the database is away. */
async function takeConnection(db: Sequelize): Promise<Connection> {
  return (await db.connectionManager.getConnection({ type: "write", useMaster: true } as never)) as Connection;
}

/** The pool may lend it out again. */
function giveBack(db: Sequelize, connection: Connection): void {
  db.connectionManager.releaseConnection(connection);
}

/** Runs `work` on a connection of the pool. */
export async function withConnection<T>(db: Sequelize, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await takeConnection(db);
  try {
    return await work(connection);
  } finally {
    giveBack(db, connection);
  }
}

/** The connection on which a transaction runs: what models and statements write stands or falls together. */
export const connectionOf = (transaction: Transaction): Connection =>
  (transaction as unknown as { connection: Connection }).connection;
