/** Connections: one pool a process, UTC, whole numbers as numbers; and what it means when the database cannot serve. */

import pg from "pg";
import { Sequelize } from "sequelize";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

// Case numbers and counts stay far below 2^53.
pg.defaults.parseInt8 = true;

/** A class of connections: pg's own, or the one of a watch (`watch-database.ts`). */
export type ClientClass = typeof pg.Client;

export interface ConnectOptions {
  /** Most connections of this pool. */
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** Does not wait for the disk at each commit: for what is made anew when it was interrupted. */
  readonly hasty?: boolean;
  /** Left out: pg's own. */
  readonly Client?: ClientClass | undefined;
  /** Milliseconds: people wait for the answers, so neither a connection nor a lock is waited for any longer. */
  readonly within?: number;
}

/**
 * How long a transaction may stand with nothing asked in it. One that is forgotten would keep all that was written since
 * out of every seal; the longest that Diwan itself thinks between two questions are seconds.
 */
const idleInTransactionMs = 5 * 60_000;

/** Work that nobody waits for may stand in the pool's line for longer. */
const acquireMs = 15_000;
/** A server that takes a connection and says nothing. */
export const connectMs = 5000;

/** A pool on `url`. Nothing is opened before the first question. */
export function connect(url: string, { max, name, hasty = false, Client, within }: ConnectOptions): Sequelize {
  const db = new Sequelize(url, {
    dialect: "postgres",
    dialectModule: Client === undefined ? pg : Object.create(pg, { Client: { value: Client } }),
    logging: false,
    timezone: "+00:00",
    pool: { max, min: 0, idle: 10_000, acquire: within ?? acquireMs },
    dialectOptions: {
      application_name: name,
      keepAlive: true,
      connectionTimeoutMillis: connectMs,
      statement_timeout: 0,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      ...(within !== undefined && { lock_timeout: within }),
      ...(hasty && { options: "-c synchronous_commit=off" }),
    },
    define: { underscored: true, timestamps: false },
  });
  // What a lost connection had begun the server has rolled back: Sequelize would warn on the console that it could not.
  const asks = db.getQueryInterface();
  const rollback = asks.rollbackTransaction.bind(asks);
  asks.rollbackTransaction = (transaction, options) =>
    rollback(transaction, options).catch((error: unknown) => {
      if (databaseFault(error) !== "away") throw error;
    });
  return db;
}

/**
 * In which ways a database cannot serve: it is not there or does not answer; it does not let us in; it takes no changes; it
 * has no room; it has too much to do.
 */
export type DatabaseFault = "away" | "refusing" | "read-only" | "full" | "busy";

interface FaultKind {
  /** SQLSTATEs, and error codes of connections. */
  readonly codes: readonly string[];
  /** Seconds after which asking again makes sense. */
  readonly retryAfter: number;
  /** For logs, probes and terminals. */
  readonly short: Bilingual;
  /** For anybody who asked for something. */
  readonly words: Bilingual;
}

/** The one table of them: every door answers 503 with these words and `Retry-After`. */
export const databaseFaults: Readonly<Record<DatabaseFault, FaultKind>> = {
  away: {
    codes: [
      ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT"],
      ...["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH", "ENETDOWN"],
      ...["57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "58000", "58030"],
    ],
    retryAfter: 5,
    short: msg("db.connect.databaseFaultsAwayShort"),
    words: msg("db.connect.databaseFaultsAwayWords"),
  },
  refusing: {
    codes: ["28000", "28P01", "3D000"],
    retryAfter: 60,
    short: msg("db.connect.databaseFaultsRefusingShort"),
    words: msg("db.connect.databaseFaultsRefusingWords"),
  },
  "read-only": {
    codes: ["25006"],
    retryAfter: 30,
    short: msg("db.connect.databaseFaultsReadOnlyShort"),
    words: msg("db.connect.databaseFaultsReadOnlyWords"),
  },
  full: {
    codes: ["53100"],
    retryAfter: 60,
    short: msg("db.connect.databaseFaultsFullShort"),
    words: msg("db.connect.databaseFaultsFullWords"),
  },
  busy: {
    // 55P03: somebody holds a lock for longer than people wait.
    codes: ["53000", "53200", "53300", "53400", "55P03"],
    retryAfter: 10,
    short: msg("db.connect.databaseFaultsBusyShort"),
    words: msg("db.connect.databaseFaultsBusyWords"),
  },
};

const faultOfCode = new Map(
  Object.entries(databaseFaults).flatMap(([fault, { codes }]) => codes.map((code) => [code, fault as DatabaseFault])),
);
/** The pool's own: nobody gave a connection back in time. */
const noneFree = "SequelizeConnectionAcquireTimeoutError";
const awayNames =
  /^Sequelize(Connection|HostNotReachable|HostNotFound|ConnectionRefused|ConnectionTimedOut|AccessDenied|InvalidConnection)\w*Error$/;
const awayMessages =
  /Connection terminated|timeout expired|Client has encountered a connection error|Client was closed|connection manager was closed/i;

interface AnyError {
  readonly name?: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly parent?: unknown;
  readonly cause?: unknown;
}

/** An error and those that it was wrapped around. */
function chainOf(error: unknown): AnyError[] {
  const chain: AnyError[] = [];
  for (let e = error as AnyError | null | undefined; e && !chain.includes(e); e = (e.parent ?? e.cause) as typeof e)
    chain.push(e);
  return chain;
}

/** The fault of a database that is meant by an error; null for a question that was wrong, or an error of another origin. */
export function databaseFault(error: unknown): DatabaseFault | null {
  const chain = chainOf(error);
  for (const { code } of chain) {
    const fault = faultOfCode.get(String(code));
    if (fault !== undefined) return fault;
  }
  for (const { name = "", message = "" } of chain) {
    if (name === noneFree) return "busy";
    if (awayNames.test(name) || awayMessages.test(message)) return "away";
  }
  return null;
}

/** Whether an error means that the database cannot serve now, rather than that a question was wrong. */
export const isUnavailable = (error: unknown): boolean => databaseFault(error) !== null;

/**
 * Whether a watch of the database has said it already, once for everybody: anybody who tries again and again by itself need not
 * say it each time. A pool of ours without a free connection is nothing that a watch sees.
 */
export const isToldByWatch = (error: unknown): boolean =>
  isUnavailable(error) && !chainOf(error).some(({ name }) => name === noneFree);

/** The refusal for people and programs: 503 with words and `Retry-After`; null where the error means something else. */
export function unavailableProblem(error: unknown): Problem | null {
  const fault = databaseFault(error);
  return fault === null ? null : problemOfFault(fault);
}

export function problemOfFault(fault: DatabaseFault): Problem {
  const { words, retryAfter } = databaseFaults[fault];
  return new Problem("unavailable", words, [], retryAfter);
}
