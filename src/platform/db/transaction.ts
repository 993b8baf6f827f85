/** Transactions that try again when the database asks for it. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Sequelize, Transaction } from "sequelize";

export type Tx = Transaction;

/** Serialisation failure and deadlock: nothing was done, doing it again is right. */
const repeatable = new Set(["40001", "40P01"]);
const attempts = 4;

function codeOf(error: unknown): string | undefined {
  const e = error as { code?: string; parent?: { code?: string } } | undefined;
  return e?.parent?.code ?? e?.code;
}

/** Runs `work` in one transaction (READ COMMITTED): all of it or nothing. `work` may run more than once. */
export const inTransaction = <T>(db: Sequelize, work: (tx: Tx) => Promise<T>): Promise<T> =>
  repeated(() => db.transaction(work));

/** The same of one snapshot (REPEATABLE READ): every statement sees what was committed before the first. */
export const inSnapshot = <T>(db: Sequelize, work: (tx: Tx) => Promise<T>): Promise<T> =>
  repeated(() => db.transaction({ isolationLevel: Transaction.ISOLATION_LEVELS.REPEATABLE_READ }, work));

async function repeated<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === attempts || !repeatable.has(codeOf(error) ?? "")) throw error;
      // Let the one that was waiting finish first, or they meet again.
      await sleep(20 * attempt);
    }
  }
}
