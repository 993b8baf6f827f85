/** Raw, prepared statements on a connection of the pool: for the few statements where a model a row would be too slow. */
import type pg from "pg";
import type { Sequelize, Transaction } from "sequelize";

export type Database = Sequelize;

/** A statement that the server parses once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Rows of a prepared statement, inside `transaction` or in one of its own. Errors are the driver's (with `code`). */
export async function query<Row>(
  db: Database,
  statement: Statement,
  values: readonly unknown[],
  transaction?: Transaction,
): Promise<Row[]> {
  if (transaction !== undefined) {
    const client = (transaction as unknown as { connection: pg.Client }).connection;
    return (await client.query({ ...statement, values: [...values] })).rows as Row[];
  }
  const pool = db.connectionManager;
  const client = (await pool.getConnection({ type: "write", useMaster: true } as never)) as pg.Client;
  try {
    return (await client.query({ ...statement, values: [...values] })).rows as Row[];
  } finally {
    pool.releaseConnection(client);
  }
}
