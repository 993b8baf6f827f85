/** Connections: one pool a process, UTC, whole numbers as numbers. */
import pg from "pg";
import { Sequelize } from "sequelize";

// Case numbers and counts stay far below 2^53.
pg.defaults.parseInt8 = true;

export interface ConnectOptions {
  /** Most connections of this pool. */
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** Does not wait for the disk at each commit: for what is made anew when it was interrupted. */
  readonly hasty?: boolean;
}

/**
 * How long a transaction may stand with nothing asked in it. One that is forgotten would keep all that was written since
 * out of every seal; the longest that Diwan itself thinks between two questions are seconds.
 */
const idleInTransactionMs = 5 * 60_000;

/** A pool on `url`. Nothing is opened before the first question. */
export function connect(url: string, { max, name, hasty = false }: ConnectOptions): Sequelize {
  return new Sequelize(url, {
    dialect: "postgres",
    dialectModule: pg,
    logging: false,
    timezone: "+00:00",
    pool: { max, min: 0, idle: 10_000, acquire: 15_000 },
    dialectOptions: {
      application_name: name,
      keepAlive: true,
      statement_timeout: 0,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      ...(hasty && { options: "-c synchronous_commit=off" }),
    },
    define: { underscored: true, timestamps: false },
  });
}

const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08001",
  "08003",
  "08006",
  "53300",
]);
const awayNames =
  /^Sequelize(Connection|HostNotReachable|HostNotFound|ConnectionRefused|ConnectionAcquireTimeout|ConnectionTimedOut|AccessDenied|InvalidConnection)\w*Error$/;

/** Whether an error means that the database is away (or going, or full), rather than that a question was wrong. */
export function isUnavailable(error: unknown): boolean {
  const seen = new Set<unknown>();
  for (
    let e = error as { name?: string; code?: string; message?: string; parent?: unknown; cause?: unknown } | undefined;
    e && !seen.has(e);
  ) {
    seen.add(e);
    if (awayNames.test(e.name ?? "") || awayCodes.has(e.code ?? "")) return true;
    if (
      /Connection terminated|Client has encountered a connection error|connection manager was closed/i.test(
        e.message ?? "",
      )
    )
      return true;
    e = (e.parent ?? e.cause) as typeof e;
  }
  return false;
}
