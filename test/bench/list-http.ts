/** The list of cases over HTTP by the real back office to an official who is signed in, against the same query in bare Express and pg. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { HeldSeat } from "../../src/engine/access/permissions.js";
import { setPassword } from "../../src/features/people/user-store.js";
import { type BenchOffice, median, openBenchOffice, receiveAll, sunday } from "../support/bench-office.js";
import { nextMessage, processorOfSide, type Round, signIn, startProgram } from "../support/bench-programs.js";

export const name = "list-http";

const received = 2000;
const rounds = 5;
const roundSeconds = 4;
const connections = 16;
const list = "/admin/api/resources/cases/actions/list";
const password = "a password for measuring only";

interface Reader {
  readonly email: string;
  readonly seat: HeldSeat;
}

/** Who lists: somebody who sees everything, and the focal point of the entity with the most cases. */
async function readersOf({ setup, owner }: BenchOffice): Promise<Readonly<Record<string, Reader>>> {
  const { rows } = await owner.query<{ entity: string }>(
    "select entity from cases where entity is not null group by entity order by count(*) desc, entity",
  );
  const readerOf = (role: HeldSeat["role"], entity: string | null): Reader | null => {
    const seat = setup.seats.find((one) => one.role === role && one.entity === entity && one.holders.length > 0);
    const email = seat?.holders[0]?.email;
    return seat === undefined || email === undefined
      ? null
      : { email, seat: { role, programme: setup.programme.code, entity, sector: null } };
  };
  const room = readerOf("operation_room", null);
  const [focal] = rows.flatMap(({ entity }) => readerOf("focal_point", entity) ?? []);
  if (room === null || focal === undefined) throw new Error("nobody holds these seats");
  return { "operation room": room, "focal point": focal };
}

interface Asked {
  /** Empty: planned each time; else prepared once a connection, by either side. */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the service asks of the tables of cases for this reader's first page: the page itself, the count up to its cap, and beyond that the planner's figure. */
async function statementsOf({ services }: BenchOffice, { seat }: Reader): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [statement] = given as [Asked | string];
    if (typeof statement === "object" && /from cases c/.test(statement.text)) {
      const name = statement.name ? { name: statement.name } : {};
      asked.push({ ...name, text: statement.text, values: statement.values });
    }
    return (query as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  try {
    const actor = { kind: "user", userId: 1, name: seat.role, seats: [seat] } as const;
    await services.cases.find({ actor, now: sunday, offset: 0, limit: 25 });
    await services.cases.count({ actor, now: sunday });
  } finally {
    pg.Client.prototype.query = query;
  }
  ok(asked.length === 2 || asked.length === 3, `a list is a page and a count, not ${asked.length} statements`);
  return asked;
}

interface Listed {
  readonly meta: { readonly total: number };
  readonly records: readonly {
    readonly id: string;
    readonly values: { readonly found: { readonly subject: string } };
  }[];
}

async function answerOf(port: number, path: string, headers: Record<string, string>): Promise<Listed> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const text = await answer.text();
  strictEqual(answer.status, 200, text);
  return JSON.parse(text) as Listed;
}

const shown = ({ meta, records }: Listed) => ({
  total: meta.total,
  rows: records.map(({ id, values }) => [id, values.found.subject]),
});

interface Side {
  readonly port: number;
  readonly process: ChildProcess;
  readonly login: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly rates: number[];
  readonly rounds: Round[];
  readonly cpu: { node: number; postgres: number };
  requests: number;
}

async function sideOf(
  file: string,
  env: Record<string, string>,
  a: { login: string; path: string; headers: (port: number) => Promise<Record<string, string>> },
): Promise<Side> {
  const child = startProgram(file, env);
  const { port } = await nextMessage<{ port: number }>(child);
  const { login, path } = a;
  const headers = await a.headers(port);
  const cpu = { node: 0, postgres: 0 };
  return { port, process: child, login, path, headers, rates: [], rounds: [], cpu, requests: 0 };
}

const perRequest = ({ cpu, requests }: Side) => ({
  node: Number((cpu.node / (requests * rounds)).toFixed(2)),
  postgres: Number((cpu.postgres / (requests * rounds)).toFixed(2)),
});
const latencies = (side: Side) => ({
  p50: median(side.rounds.map(({ p50 }) => p50)),
  p99: median(side.rounds.map(({ p99 }) => p99)),
});

async function compare(office: BenchOffice, load: ChildProcess, app: Side, bare: Side) {
  const ask = async (side: Side, amount: number): Promise<Round> => {
    const answer = nextMessage<Round>(load);
    const { port, path, headers } = side;
    load.send({ port, amount, requests: [{ method: "GET", path, headers }] });
    const round = await answer;
    deepStrictEqual({ accepted: round.accepted, refused: round.refused }, { accepted: amount, refused: 0 });
    return round;
  };
  // Warm, and once more to learn how many requests fill a round.
  for (const side of [app, bare]) {
    await ask(side, 10 * connections);
    const { seconds } = await ask(side, 10 * connections);
    side.requests = Math.max(1, Math.round((roundSeconds * 10) / seconds)) * connections;
  }
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? [app, bare] : [bare, app]) {
      // A pool lets connections go that stand idle while the other side is asked: new ones begin slowly.
      await ask(side, 5 * connections);
      const before = await processorOfSide(office, side);
      const one = await ask(side, side.requests);
      const after = await processorOfSide(office, side);
      side.cpu.node += after.node - before.node;
      side.cpu.postgres += after.postgres - before.postgres;
      side.rounds.push(one);
      side.rates.push(one.accepted / one.seconds);
    }
  }
  return {
    // Round by round: neighbours in time met the same machine.
    ratio: Number(median(app.rates.map((rate, i) => rate / (bare.rates[i] ?? Number.NaN))).toFixed(2)),
    requestsPerSecond: { diwan: app.rates.map(Math.round), bare: bare.rates.map(Math.round) },
    milliseconds: { diwan: latencies(app), bare: latencies(bare) },
    processorMillisecondsPerRequest: { diwan: perRequest(app), bare: perRequest(bare) },
  };
}

async function measure(office: BenchOffice, reader: Reader) {
  const { email } = reader;
  await setPassword(office.db, { email, password, by: { kind: "system", job: "bench" }, now: sunday });
  const children: ChildProcess[] = [];
  const file = join(tmpdir(), `diwan-bench-list-${process.pid}.json`);
  try {
    const env = { DATABASE_URL: office.url, DIWAN_NOW: sunday.toISOString() };
    const load = startProgram("bench-load.mjs");
    children.push(load);
    // As browsers ask: the answer travels compressed.
    const accepts = { "accept-encoding": "gzip" };
    const app = await sideOf("bench-app", env, {
      login: "diwan-web",
      path: list,
      headers: async (port) => ({ ...accepts, cookie: await signIn(port, { email, password }) }),
    });
    children.push(app.process);
    const answer = await answerOf(app.port, app.path, app.headers);
    ok(answer.records.length === 25, "a page has to be full");
    const records = Object.fromEntries(answer.records.map((record) => [record.id, record]));
    const statements = await statementsOf(office, reader);
    writeFileSync(file, JSON.stringify({ statements, answer, records }), { mode: 0o600 });
    const bare = await sideOf(
      "bench-list-bare.mjs",
      { ...env, DIWAN_BENCH_RECORDED: file },
      { login: "bare", path: "/cases", headers: async () => accepts },
    );
    children.push(bare.process);
    deepStrictEqual(
      shown(await answerOf(bare.port, bare.path, bare.headers)),
      shown(answer),
      "both have to show the same",
    );
    return await compare(office, load, app, bare);
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    rmSync(file, { force: true });
  }
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    await office.owner.query("vacuum (analyze)");
    const readers: Record<string, Awaited<ReturnType<typeof compare>>> = {};
    for (const [who, reader] of Object.entries(await readersOf(office))) readers[who] = await measure(office, reader);
    return [
      {
        bench: name,
        ratio: Math.min(...Object.values(readers).map(({ ratio }) => ratio)),
        baseline:
          "the same statements, a page of 25 and its count, in bare Express 5 and pg, pool 16, the same records, compressed",
        unit: "of the requests a second; the slower of two readers",
        connections,
        readers,
        postgres: office.version,
      },
    ];
  } finally {
    await office.close();
  }
}
