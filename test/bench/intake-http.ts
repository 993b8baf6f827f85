/** Applications received over HTTP by the real application, against bare Express and pg that write the same rows. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storedColumns } from "../../src/features/cases/stored-columns.js";
import {
  type BenchOffice,
  median,
  openBenchOffice,
  programme,
  sunday,
  writtenApplications,
} from "../support/bench-office.js";
import { nextMessage, processorOfSide, type Round, startProgram } from "../support/bench-programs.js";

export const name = "intake-http";

const connections = 16;
/** Each connection sends all of them in turn, so that every round writes whole sets of the same applications. */
const bodies = 20;
const set = connections * bodies;
const rounds = 5;
const roundSeconds = 4;

const tables = [
  "applications",
  "applicants",
  "cases",
  "case_texts",
  "case_events",
  "clocks",
  "decisions",
  "enforcements",
  "messages",
];
type RowCounts = Readonly<Record<string, number>>;

interface Side {
  readonly port: number;
  readonly process: ChildProcess;
  readonly rates: number[];
  readonly rounds: Round[];
  requests: number;
  rows: RowCounts;
  /** What the server's processes for this side are called in pg_stat_activity. */
  readonly login: string;
  readonly cpu: { node: number; postgres: number };
}

async function startSide(file: string, login: string, env: Record<string, string>): Promise<Side> {
  const child = startProgram(file, env);
  const { port } = await nextMessage<{ port: number }>(child);
  const rows = Object.fromEntries(tables.map((table) => [table, 0]));
  return { port, process: child, rates: [], rounds: [], requests: 0, rows, login, cpu: { node: 0, postgres: 0 } };
}

async function countRows({ owner }: BenchOffice): Promise<RowCounts> {
  const counts = tables.map((table) => `(select count(*) from ${table}) as ${table}`);
  const { rows } = await owner.query<RowCounts>(`select ${counts.join(", ")}`);
  return rows[0] ?? {};
}

/** The columns that a table gets; the case store adds when a message is to be sent. */
function columnsOf(table: string): string[] {
  const named = Object.keys(storedColumns[table] ?? {});
  return table === "messages" ? [...named, "next_attempt_at"] : named;
}

/** Sends each body once to the real application and reads back every row that it wrote, as text. */
async function record(office: BenchOffice, app: Side, requests: readonly object[]): Promise<string> {
  const intakes: unknown[] = [];
  for (const request of requests) {
    const { method, path, headers, body } = request as {
      method: string;
      path: string;
      headers: Record<string, string>;
      body: string;
    };
    const response = await fetch(`http://127.0.0.1:${app.port}${path}`, { method, headers, body });
    const answer = (await response.json()) as { reference: string };
    strictEqual(response.status, 201, JSON.stringify(answer));
    const found = await office.owner.query<{ id: number }>("select id from cases where reference = $1", [
      answer.reference,
    ]);
    const caseId = found.rows[0]?.id ?? 0;
    const written: Record<string, unknown[][]> = {};
    for (const table of tables) {
      const key = table === "applications" || table === "cases" ? "id" : "case_id";
      const columns = columnsOf(table).map((column) => `${column}::text`);
      const text = `select ${columns.join(", ")} from ${table} where ${key} = $1`;
      written[table] = (await office.owner.query({ text, values: [caseId], rowMode: "array" })).rows;
    }
    intakes.push({ tables: written, caseId, reference: answer.reference, answer });
  }
  const file = join(tmpdir(), `diwan-bench-${process.pid}.json`);
  const columns = Object.fromEntries(tables.map((table) => [table, columnsOf(table)]));
  writeFileSync(file, JSON.stringify({ columns, intakes }), { mode: 0o600 });
  return file;
}

function requestsOf({ setup, keys }: BenchOffice): object[] {
  return writtenApplications(setup, bodies).map(({ channel, input }) => ({
    method: "POST",
    path: "/api/v1/applications",
    headers: { "content-type": "application/json", authorization: `Bearer ${keys.get(channel)?.secret}` },
    body: JSON.stringify({ ...input, programme }),
  }));
}

export async function run() {
  const office = await openBenchOffice();
  const load = startProgram("bench-load.mjs");
  const children = [load];
  let recorded: string | null = null;
  try {
    const requests = requestsOf(office);
    const env = { DATABASE_URL: office.url, DIWAN_NOW: sunday.toISOString() };
    const app = await startSide("bench-app", "diwan-web", { ...env, DIWAN_BENCH_DOOR: "api" });
    children.push(app.process);
    recorded = await record(office, app, requests);
    const bare = await startSide("bench-intake-bare.mjs", "bare", { ...env, DIWAN_BENCH_RECORDED: recorded });
    children.push(bare.process);

    const sendTo = async (side: Side, amount: number): Promise<Round> => {
      const answer = nextMessage<Round>(load);
      load.send({ port: side.port, amount, requests });
      const round = await answer;
      deepStrictEqual({ accepted: round.accepted, refused: round.refused }, { accepted: amount, refused: 0 });
      return round;
    };
    // Warm, and once more to learn how many requests fill a round.
    for (const side of [app, bare]) {
      await sendTo(side, 3 * set);
      const { seconds } = await sendTo(side, 2 * set);
      side.requests = Math.max(1, Math.round((roundSeconds * 2) / seconds)) * set;
    }
    for (let i = 0; i < rounds; i++) {
      for (const side of [app, bare]) {
        // A pool lets connections go that stand idle while the other side is asked: new ones have to plan everything anew.
        await sendTo(side, set);
        const before = await countRows(office);
        const used = await processorOfSide(office, side);
        const round = await sendTo(side, side.requests);
        const usedNow = await processorOfSide(office, side);
        side.cpu.node += usedNow.node - used.node;
        side.cpu.postgres += usedNow.postgres - used.postgres;
        const after = await countRows(office);
        side.rounds.push(round);
        side.rates.push(round.accepted / round.seconds);
        side.rows = Object.fromEntries(
          tables.map((t) => [t, (side.rows[t] ?? 0) + (after[t] ?? 0) - (before[t] ?? 0)]),
        );
      }
    }
    const perRequest = (side: Side) =>
      Object.fromEntries(tables.map((table) => [table, (side.rows[table] ?? 0) / (side.requests * rounds)]));
    deepStrictEqual(perRequest(app), perRequest(bare), "both have to write the same rows a request");
    const processor = (side: Side) => ({
      node: Number((side.cpu.node / (side.requests * rounds)).toFixed(2)),
      postgres: Number((side.cpu.postgres / (side.requests * rounds)).toFixed(2)),
    });
    const latencies = (side: Side) => ({
      p50: median(side.rounds.map((round) => round.p50)),
      p99: median(side.rounds.map((round) => round.p99)),
    });
    return [
      {
        bench: name,
        // Round by round: neighbours in time met the same machine.
        ratio: Number(median(app.rates.map((rate, i) => rate / (bare.rates[i] ?? Number.NaN))).toFixed(2)),
        baseline:
          "bare Express 5 and pg: same rows, same tables, one prepared multi-row INSERT a table, BEGIN … COMMIT, pool 16",
        unit: "of the requests a second",
        connections,
        requestsPerSecond: { diwan: app.rates.map(Math.round), bare: bare.rates.map(Math.round) },
        milliseconds: { diwan: latencies(app), bare: latencies(bare) },
        processorMillisecondsPerRequest: { diwan: processor(app), bare: processor(bare) },
        rowsPerRequest: { diwan: perRequest(app), bare: perRequest(bare) },
        postgres: office.version,
      },
    ];
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    if (recorded !== null) rmSync(recorded, { force: true });
    await office.close();
  }
}
