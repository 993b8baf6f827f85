/**
 * Acts of officials over HTTP by the real back office, against bare Express and pg that write the same rows; and with the sums of
 * figures brought up to date beside it, against without.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storedColumns } from "../../src/features/cases/stored-columns.js";
import { setPassword } from "../../src/features/people/user-store.js";
import { type BenchOffice, median, openBenchOffice, programme, receiveAll, sunday } from "../support/bench-office.js";
import { nextMessage, processorOfSide, signIn, startProgram } from "../support/bench-programs.js";

export const name = "action-http";

const connections = 16;
const rounds = 5;
/** Rounds before those that count: a server's program is compiled for hours of work, and not anew each few hundred acts. */
const warmUps = 3;
/** Cases of a connection in a round, each of which gets all acts. */
const casesEach = 8;
const perRound = connections * casesEach;
const importance = (level: string) => ({
  action: "reclassify",
  fields: { importance: level, reason: "People wait outside." },
});
/** What is done to each case, in this order; each is one request. */
const acts = [
  { action: "note", fields: { note: "اتصلت بمكتب الزرقاء: الطلب لديهم، وسيُنجز قبل نهاية الأسبوع." } },
  { action: "note", fields: { note: "They called back: it is done tomorrow." } },
  importance("high"),
  { action: "note", fields: { note: "لم تُنجز بعد، وسأتصل غدًا." } },
  { action: "note", fields: { note: "Done. They have seen it." } },
  importance("low"),
  { action: "note", fields: { note: "لم يصل الفريق بعد، وموعده غدًا صباحًا." } },
  { action: "note", fields: { note: "The team comes tomorrow at eight." } },
  importance("high"),
  { action: "note", fields: { note: "وصل الفريق." } },
  { action: "note", fields: { note: "Nobody waits outside any more." } },
  importance("low"),
] as const;
/** Tables that acts add rows to. */
const tables = ["case_events", "decisions", "messages", "enforcements", "case_acts"];
/** Tables of which acts change rows that are there already, and by what a row is named beside its case. */
const changedTables: Readonly<Record<string, readonly string[]>> = { clocks: ["cycle", "target"], case_texts: [] };
const password = "a password for measuring only";

interface Target {
  readonly id: number;
  readonly reference: string;
  readonly seq: number;
}

const columnsOf = (table: string): string[] =>
  table === "case_acts"
    ? ["user_id", "key", "case_id", "action", "at"]
    : [...Object.keys(storedColumns[table] ?? {}), ...(table === "messages" ? ["next_attempt_at"] : [])];

/** The columns of a case that an act writes: all but those set once. */
const caseColumns = Object.keys(storedColumns.cases ?? {}).filter(
  (column) =>
    !["id", "programme", "reference", "code_hash", "type", "channel", "imported", "received_at", "split_from"].includes(
      column,
    ),
);

let made = 0;
function requestOf(target: Target, step: number, cookie: string) {
  made += 1;
  return {
    path: `/admin/api/resources/cases/records/${target.reference}/perform`,
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", cookie },
    body: (expectedSeq: number) =>
      JSON.stringify({ ...acts[step], expectedSeq, actKey: `bench-${String(made).padStart(12, "0")}` }),
  };
}

const namesOf = (columns: readonly string[]): string => columns.map((column) => `${column}::text`).join(", ");

/** Rows of a case with the transaction that wrote each, as text. */
async function rowsOf({ owner }: BenchOffice, table: string, caseId: number): Promise<string[][]> {
  const text = `select xmin::text, ${namesOf(columnsOf(table))} from ${table} where case_id = $1`;
  return (await owner.query({ text, values: [caseId], rowMode: "array" })).rows;
}

/** All rows of a case that acts may write, by their table. */
async function allRowsOf(office: BenchOffice, caseId: number): Promise<Record<string, string[][]>> {
  const found: Record<string, string[][]> = {};
  for (const table of [...tables, ...Object.keys(changedTables)]) found[table] = await rowsOf(office, table, caseId);
  return found;
}

/** Does all acts once to a case through the real door, and reads back every row that each of them wrote. */
async function record(office: BenchOffice, port: number, cookie: string, target: Target) {
  const recorded: unknown[] = [];
  const steps: number[] = [];
  let seq = target.seq;
  for (let step = 0; step < acts.length; step++) {
    const before = await allRowsOf(office, target.id);
    const { path, headers, body } = requestOf(target, step, cookie);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body: body(seq) });
    const text = await answer.text();
    strictEqual(answer.status, 200, text);
    const after = await allRowsOf(office, target.id);
    const written = Object.entries(after).flatMap(([table, rows]) => {
      const old = new Set(before[table]?.map(([xmin]) => xmin));
      // What was there has the transaction that wrote it then; an act's rows have the act's.
      const fresh = rows.filter(([xmin]) => !old.has(xmin)).map((row) => row.slice(1));
      const added = changedTables[table] === undefined || rows.length > (before[table]?.length ?? 0);
      ok(added || rows.length === before[table]?.length, `${table}: an act both adds and changes rows`);
      return fresh.length === 0 ? [] : [{ table, added, rows: fresh }];
    });
    const { rows } = await office.owner.query({
      text: `select ${namesOf(caseColumns)} from cases where id = $1`,
      values: [target.id],
      rowMode: "array",
    });
    recorded.push({ written, values: rows[0], answer: JSON.parse(text) });
    seq = Number((await office.owner.query("select last_seq from cases where id = $1", [target.id])).rows[0].last_seq);
    steps.push(seq - target.seq);
  }
  return { recorded, steps };
}

type Counts = Readonly<Record<string, number>>;

type Side = "app" | "beside" | "bare";
/** Whoever comes first differs from round to round. */
const inTurn = (round: number): readonly Side[] =>
  (["app", "beside", "bare"] as const).map((_, i, all) => all[(i + round) % all.length] as Side);

/** How many rows there are, and of these cases how many of the rows that are changed were not yet written by `before`. */
async function countWritten({ owner }: BenchOffice, cases: readonly number[], before?: ReadonlySet<string>) {
  const counts = tables.map((table) => `(select count(*)::integer from ${table}) as ${table}`).join(", ");
  const [counted] = (await owner.query<Record<string, number>>(`select ${counts}`)).rows;
  const seen = new Set<string>();
  const changed: Record<string, number> = {};
  for (const [table, keys] of Object.entries(changedTables)) {
    const key = ["case_id", ...keys, "xmin"].map((column) => `${column}::text`).join(" || '/' || ");
    const text = `select ${key} as key from ${table} where case_id = any($1)`;
    const { rows } = await owner.query<{ key: string }>(text, [cases]);
    changed[table] = rows.filter(({ key }) => before !== undefined && !before.has(`${table} ${key}`)).length;
    for (const { key } of rows) seen.add(`${table} ${key}`);
  }
  return { counts: { ...counted, ...changed } as Counts, seen };
}

export async function run() {
  const office = await openBenchOffice();
  const children: ChildProcess[] = [];
  const file = join(tmpdir(), `diwan-bench-acts-${process.pid}.json`);
  try {
    await receiveAll(office, 15_000);
    const { rows: open } = await office.owner.query<Target>(
      `select c.id, c.reference, c.last_seq as seq from cases c where c.state = 'assigned' and not c.confidential
        and c.type = 'complaint' and c.importance is distinct from 'high' order by c.last_seq, c.id`,
    );
    // Cases to which the same had happened, so that the same rows fit each of them.
    const usual = open.filter(({ seq }) => seq === open[Math.floor(open.length / 2)]?.seq);
    const needed = 1 + (rounds + warmUps) * perRound * 3;
    if (usual.length < needed) throw new Error(`${usual.length} cases are alike, ${needed} are needed`);
    const room = office.setup.seats.find(({ role, holders }) => role === "operation_room" && holders.length > 0);
    const email = room?.holders[0]?.email ?? "";
    await setPassword(office.db, { email, password, by: { kind: "system", job: "bench" }, now: sunday });

    const env = { DATABASE_URL: office.url, DIWAN_NOW: sunday.toISOString(), SESSION_SECRET: "s" };
    // Its clock goes on from there.
    const began = performance.now();
    const app = startProgram("bench-app", env);
    children.push(app);
    const { port: appPort } = await nextMessage<{ port: number }>(app);
    const cookie = await signIn(appPort, { email, password });
    const [sample, ...others] = usual as [Target, ...Target[]];
    const { recorded, steps } = await record(office, appPort, cookie, sample);
    const written = [...tables, ...Object.keys(changedTables)];
    const columns = Object.fromEntries(written.map((table) => [table, columnsOf(table)]));
    const recording = { columns, keys: changedTables, caseColumns, acts: recorded };
    writeFileSync(file, JSON.stringify(recording), { mode: 0o600 });
    // It writes rows as they were recorded, also columns that the running role may not change.
    const bareEnv = { ...env, DATABASE_URL: office.ownerUrl, DIWAN_BENCH_RECORDED: file };
    const bare = startProgram("bench-acts-bare.mjs", bareEnv);
    const load = startProgram("bench-acts-load.mjs");
    children.push(bare, load);
    const { port: barePort } = await nextMessage<{ port: number }>(bare);

    const listsOf = (real: boolean, targets: readonly Target[]) => {
      return Array.from({ length: connections }, (_, i) =>
        targets.slice(i * casesEach, (i + 1) * casesEach).flatMap((target) =>
          acts.map((_act, step) => {
            if (!real) {
              const headers = { "content-type": "application/json" };
              return { path: `/acts/${step}/${target.id}`, headers, body: JSON.stringify(acts[step]) };
            }
            const { body, ...rest } = requestOf(target, step, cookie);
            return { ...rest, body: body(target.seq + (step === 0 ? 0 : (steps[step - 1] ?? 0))) };
          }),
        ),
      );
    };
    // The job of the sums, which runs each minute, is another process than the one that answers people.
    const { rollups } = office.services.reports;
    await rollups.rebuild({ now: sunday });
    const summed: number[] = [];
    const sumUp = async () => {
      const { cases } = await rollups.advance({ now: new Date(sunday.getTime() + performance.now() - began) });
      summed.push(cases);
    };
    const rates: Record<Side, number[]> = { app: [], bare: [], beside: [] };
    const writes: Record<Side, Record<string, number>> = { app: {}, bare: {}, beside: {} };
    const ofApp = { child: app, login: "diwan-web" };
    const sides = {
      app: { ...ofApp, used: { node: 0, postgres: 0 } },
      beside: { ...ofApp, used: { node: 0, postgres: 0 } },
      bare: { child: bare, login: "bare", used: { node: 0, postgres: 0 } },
    };
    for (let round = -warmUps; round < rounds; round++) {
      for (const side of inTurn(round + warmUps)) {
        const targets = others.splice(0, perRound);
        const lists = listsOf(side !== "bare", targets);
        const cases = targets.map(({ id }) => id);
        const before = await countWritten(office, cases);
        const { child, login, used } = sides[side];
        const earlier = await processorOfSide(office, { process: child, login });
        load.send({ port: side === "bare" ? barePort : appPort, lists });
        const [{ seconds, refused }] = await Promise.all([
          nextMessage<{ seconds: number; refused: number }>(load),
          side === "beside" ? sumUp() : null,
        ]);
        strictEqual(refused, 0, `${side}: ${refused} refused`);
        const later = await processorOfSide(office, { process: child, login });
        const after = await countWritten(office, cases, before.seen);
        for (const table of written) {
          const more = (after.counts[table] ?? 0) - (before.counts[table] ?? 0);
          writes[side][table] = (writes[side][table] ?? 0) + more;
        }
        if (round < 0) continue;
        rates[side].push((perRound * acts.length) / seconds);
        used.node += later.node - earlier.node;
        used.postgres += later.postgres - earlier.postgres;
      }
    }
    deepStrictEqual(writes.app, writes.bare, "both have to write the same rows");
    deepStrictEqual(writes.app, writes.beside, "both have to write the same rows");
    ok(
      summed.every((cases) => cases >= perRound),
      `there was nothing to sum up: ${summed}`,
    );
    const processor = ({ used }: { used: { node: number; postgres: number } }) => ({
      node: Number((used.node / (rounds * perRound * acts.length)).toFixed(2)),
      postgres: Number((used.postgres / (rounds * perRound * acts.length)).toFixed(2)),
    });
    const ratioOf = (side: Side, to: Side) =>
      Number(median(rates[side].map((rate, i) => rate / (rates[to][i] ?? Number.NaN))).toFixed(2));
    return [
      {
        bench: name,
        ratio: ratioOf("app", "bare"),
        baseline: `the same rows in one transaction by bare Express and pg, ${connections} connections`,
        unit: "of its acts a second",
        actsPerSecond: { app: Math.round(median(rates.app)), bare: Math.round(median(rates.bare)) },
        rounds: { app: rates.app.map(Math.round), bare: rates.bare.map(Math.round) },
        processorMillisecondsPerAct: { app: processor(sides.app), bare: processor(sides.bare) },
        rows: writes,
        postgres: office.version,
        programme,
      },
      {
        bench: "action-http-beside-sums",
        ratio: ratioOf("beside", "app"),
        baseline: "the same acts without the job that sums up figures",
        unit: "of its acts a second",
        actsPerSecond: { beside: Math.round(median(rates.beside)), app: Math.round(median(rates.app)) },
        rounds: { beside: rates.beside.map(Math.round), app: rates.app.map(Math.round) },
        casesSummedInARound: summed.slice(warmUps),
      },
    ];
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    rmSync(file, { force: true });
    await office.close();
  }
}
