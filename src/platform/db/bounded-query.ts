/** Questions that may take as long as somebody is willing to wait, and no longer. */
import type { Sql } from "sql-template-tag";
import { withConnection } from "./connections.js";
import { type Database, textAndValues } from "./query.js";

/** The database gave up: there was too much to look through. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

const cancelled = "57014";

/**
 * Rows of a statement that is given up after `milliseconds`; throws `TookTooLong` then.
 * @param setting of the planner, for this statement: what it cannot know of the data
 */
export async function boundedQuery<Row>(
  db: Database,
  statement: Sql,
  milliseconds: number,
  setting = "jit = off",
): Promise<Row[]> {
  return withConnection(db, async (connection) => {
    try {
      // Compiling a plan takes longer than most of these take.
      await connection.query(
        `begin read only; set local statement_timeout = ${Math.ceil(milliseconds)}; set local jit = off; set local ${setting}`,
      );
      const { rows } = await connection.query(textAndValues(statement));
      await connection.query("commit");
      return rows as Row[];
    } catch (error) {
      await connection.query("rollback").catch(() => undefined);
      throw (error as { code?: string }).code === cancelled ? new TookTooLong() : error;
    }
  });
}
