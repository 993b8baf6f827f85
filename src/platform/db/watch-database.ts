/**
 * Asks the database once a second whether it answers and takes changes, on a connection of its own.
 *
 * A statement may take long because there is much to do, so no limit of time on statements tells a database that is frozen
 * from one that works. A server that answers nothing at all on any connection, old or new, does: then every connection of
 * the process is cut, anybody who waits at one hears it at once, and nobody opens another before the server answers again. So long
 * work (replays, imports, exports, reports, migrations) has all the time it needs, and no request waits for more than seconds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type ClientClass, connectMs, type DatabaseFault, databaseFault } from "./connect.js";

/** Something about the database changed, or goes on being wrong. */
export interface WatchNews {
  /** Null: it is well again. */
  readonly fault: DatabaseFault | null;
  /** How long it has been so, or was. */
  readonly seconds: number;
  /** What showed it. */
  readonly error: unknown;
}

export interface DatabaseWatch {
  /** For pools and connections that are to be cut when the database falls silent. */
  readonly Client: ClientClass;
  /** What is wrong as of a second ago; null where nothing is known to be. */
  fault(): DatabaseFault | null;
  /** Resolves once the database answers and takes changes, or `signal` is given; rejects when it refuses to let us in. */
  usable(signal: AbortSignal): Promise<void>;
  stop(): void;
}

export interface WatchOptions {
  readonly tell: (news: WatchNews) => void;
  /** Between two looks. */
  readonly everyMs?: number;
  /** How long an answer may take, on the connection that is there and then on a new one. */
  readonly patienceMs?: number;
  /** How long a fault holds that statements met and looks do not see. */
  readonly holdMs?: number;
  /** How often is told that a fault goes on. */
  readonly tellEachMs?: number;
}

/** What pg does not tell of its types. */
interface Inside {
  readonly connection: {
    readonly stream: { destroy(error?: Error): void };
    on(event: "errorMessage" | "readyForQuery", listener: (message: unknown) => void): void;
  };
  /** Sequelize gives no connection out that has it. */
  _invalid?: boolean;
}
const inside = (client: pg.Client): Inside => client as unknown as Inside;
const cut = (client: pg.Client, error?: Error): void => inside(client).connection.stream.destroy(error);

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

class Silence extends Error {
  override readonly name = "Silence";
  readonly code = "ETIMEDOUT";
  constructor() {
    super("the database does not answer");
  }
}

/** Rejects with `Silence` when `work` takes longer, in time that this process has run: while it is held up itself, none passes. */
async function patiently<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  const steps = 10;
  let left = steps;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      left -= 1;
      if (left === 0) reject(new Silence());
    }, patienceMs / steps);
  });
  return Promise.race([work, silence]).finally(() => clearInterval(timer));
}

const stateText = `select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "readOnly"`;
/** Some hundred kilobytes on the server's disk for a moment, with no right needed and nothing left behind. */
const roomText = `set work_mem = '64kB'; select count(md5(g::text)) from (select g from generate_series(1, 20000) g order by md5(g::text)) s; reset work_mem`;

/** Of each connection: a server that takes it and says nothing, and a peer that is gone while nothing is sent. */
const patience = { connectionTimeoutMillis: connectMs, keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** Faults that statements meet; looks alone would not see them, or later. */
const metFaults: ReadonlySet<DatabaseFault | null> = new Set<DatabaseFault>(["read-only", "full", "busy"]);
/** While these last, nobody but the watch tries to open a connection. */
const closedFaults: ReadonlySet<DatabaseFault | null> = new Set<DatabaseFault>(["away", "refusing"]);

/** Begins to watch. Never throws; `tell` hears of each change, and of a fault that goes on now and then. */
export function watchDatabase(url: string, options: WatchOptions): DatabaseWatch {
  const { tell, everyMs = 1000, patienceMs = 3000, holdMs = 10_000, tellEachMs = 60_000 } = options;
  const clients = new Set<pg.Client>();
  const met = new Map<DatabaseFault, { error: unknown; at: number }>();
  const stopping = new AbortController();
  let found: { fault: DatabaseFault | null; error: unknown } = { fault: null, error: null };
  let looked = false;
  let heard = 0;
  let own: pg.Client | null = null;

  function meet(error: unknown): void {
    const fault = databaseFault(error);
    if (fault === null || !metFaults.has(fault)) return;
    met.set(fault, { error, at: performance.now() });
    report();
  }

  class Client extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(typeof config === "string" ? config : { ...patience, ...config });
      const { connection } = inside(this);
      connection.on("errorMessage", meet);
      connection.on("readyForQuery", () => {
        heard += 1;
      });
      // A connection that is lost while nobody asks anything of it must not end the process; the next question fails.
      this.on("error", () => undefined);
      this.once("end", () => clients.delete(this));
    }
    override connect(): Promise<pg.Client>;
    override connect(done: Connected): void;
    override connect(done?: Connected): Promise<pg.Client> | undefined {
      if (closedFaults.has(found.fault)) {
        const error = found.error instanceof Error ? found.error : new Silence();
        if (done === undefined) return Promise.reject(error);
        process.nextTick(done as (error: Error) => void, error);
        return undefined;
      }
      clients.add(this);
      if (done === undefined) return super.connect();
      super.connect(done);
      return undefined;
    }
  }

  function drop(): void {
    if (own !== null) cut(own);
    own = null;
  }

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: "diwan-watch",
      connectionTimeoutMillis: connectMs,
    });
    client.on("error", () => undefined);
    own = client;
    await client.connect();
    return client;
  }

  async function ask(client: pg.Client): Promise<typeof found> {
    const { rows } = await client.query<{ readOnly: boolean }>(stateText);
    if (rows[0]?.readOnly === true) return { fault: "read-only", error: null };
    if (found.fault === "full" || met.has("full")) await client.query(roomText);
    return { fault: null, error: null };
  }

  async function look(): Promise<typeof found> {
    // A session keeps what it was given when it began: only a new one shows how things are for others.
    if (met.size > 0) drop();
    for (;;) {
      const before = heard;
      const old = own;
      try {
        return await patiently((old === null ? open() : Promise.resolve(old)).then(ask), patienceMs);
      } catch (error) {
        drop();
        if (stopping.signal.aborted) return found;
        // It may have been this one connection alone.
        if (old !== null) continue;
        if (error instanceof Silence && heard !== before) return found;
        return { fault: databaseFault(error) ?? "away", error };
      }
    }
  }

  function settle(now: typeof found): void {
    const before = found.fault;
    found = now;
    looked = true;
    // Anybody who is still in one waits for nothing; a new session may also stand otherwise than one of before.
    if (now.fault === "away") for (const client of clients) cut(client, new Silence());
    if (now.fault !== null) drop();
    // What the looks saw themselves is over when they see it no more.
    if (before !== null && now.fault === null) met.delete(before);
    if (before === "read-only") for (const client of clients) inside(client)._invalid = true;
    for (const [fault, { at }] of met) if (performance.now() - at > holdMs) met.delete(fault);
  }

  const current = (): { fault: DatabaseFault | null; error: unknown } => {
    if (found.fault !== null) return found;
    const worst = (["full", "read-only", "busy"] as const).find((fault) => met.has(fault));
    return worst === undefined ? found : { fault: worst, error: met.get(worst)?.error };
  };

  let told: { fault: DatabaseFault | null; since: number; at: number } = { fault: null, since: 0, at: 0 };
  function report(): void {
    const { fault, error } = current();
    const now = performance.now();
    const changed = fault !== told.fault;
    if (!changed && (fault === null || now - told.at < tellEachMs)) return;
    const since = told.fault === null ? now : told.since;
    tell({ fault, seconds: Math.round((now - since) / 1000), error });
    told = { fault, since, at: now };
  }

  void (async () => {
    const { signal } = stopping;
    while (!signal.aborted) {
      const now = await look();
      if (signal.aborted) break;
      settle(now);
      report();
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
    drop();
  })();

  return {
    Client,
    fault: () => current().fault,
    async usable(signal) {
      while (!signal.aborted && !stopping.signal.aborted) {
        if (found.fault === "refusing") throw found.error;
        if (looked && found.fault === null) return;
        await sleep(100, undefined, { signal }).catch(() => undefined);
      }
    },
    stop() {
      stopping.abort();
      drop();
    },
  };
}
