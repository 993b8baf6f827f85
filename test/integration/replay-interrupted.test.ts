/** A replay that is killed, cancelled, or met by two instances: each case is counted once or not at all. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { createReplayService, type ReplayService } from "../../src/features/policy/replay/replay-service.js";
import { type ReplayParts, runReplay } from "../../src/features/policy/replay/run-replay.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createPolicies } from "../../src/features/setup/policies.js";
import { claimWork, letGo } from "../../src/platform/db/work-claims.js";
import { unguessable } from "../../src/platform/unguessable.js";
import { cloneStatement } from "../support/bench-office.js";
import { eventually, freePort, type Instance, startInstance } from "../support/instances.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sealKey,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const received = 12;
/** Of three pages; and many more of a month before, so that a process can be killed while it replays them. */
const all = 6000;
const copies = 24_000;
const most = received + copies;
const later = (minutes: number) => new Date(sundayNine.getTime() + minutes * 60_000);
let office: WorkingOffice;
let room: Person;
let parts: ReplayParts;
let now = later(0);

const desk = (instance: string): ReplayService =>
  createReplayService({ ...parts, now: () => now, instance, random: unguessable });
const instances = ["1", "2", "3"].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [string, string, string];

beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  const kinds = ["low", "normal", "high", "critical"];
  for (let i = 0; i < received; i++) await office.receive({ importance: kinds[i % kinds.length] ?? null });
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`create temp table clones as
    select 1000000 + g as id, c.id as from_id, interval '-30 days' * (g >= ${all - received})::integer as shift from generate_series(0, ${copies - 1}) g
      join (select id, row_number() over (order by id) - 1 as n from cases) c on c.n = g % ${received};
    set session_replication_role = replica`);
  await owner.query(cloneStatement("cases"));
  await owner.query(cloneStatement("decisions", { where: "t.rule_set = 'sla'" }));
  await owner.query("analyze cases; analyze decisions");
  await owner.end();
  const active = createActiveSetup(office.db);
  const versionOf = {
    rules: (id: number) => active.ruleSetDefinition(id),
    calendar: (id: number) => active.calendarDefinition(id),
    workflow: (id: number) => active.workflowDefinition(id),
  };
  const { db } = office;
  parts = { db, log: pino({ level: "silent" }), now: () => now, policies: createPolicies(active), versionOf };
}, 120_000);
afterAll(() => office?.close());

/** Every promise is another one. */
function draft(): RuleSetDefinition {
  const definition = structuredClone(office.setup.ruleSets.get("sla")?.definition) as RuleSetDefinition;
  const params = { acknowledgement: null, firstResponse: null, resolution: { amount: 41, unit: "workingHours" } };
  return { ...definition, rules: definition.rules.map((rule) => ({ ...rule, event: { ...rule.event, params } })) };
}

const asked = (from = later(-1440)) => ({
  actor: room,
  programme,
  kind: "rules",
  name: "sla",
  definition: draft(),
  from,
  to: later(1440),
  now,
});

/** Asked for without anybody working it off. */
async function waiting(from?: Date): Promise<string> {
  const idle = desk(instances[2]);
  await idle.lane.stop();
  return (await idle.start(asked(from))).id;
}

const found = async (id: string) =>
  office.rows(
    `select count(*)::integer as n, count(distinct case_id)::integer as cases from replay_changes where run_id = $1`,
    id,
  );

it("goes on after a kill where it was, when the claim has run out, and counts each case once", async () => {
  const id = await waiting();
  const [first, second] = instances;
  const until = later(1);
  expect(await claimWork(office.db, "replay_runs", { by: first, now, until })).toBe(id);
  let pages = 0;
  // The process is gone in the midst of the second page: nothing is said of it any more.
  const killed = runReplay(parts, {
    id,
    by: first,
    stopping: () => false,
    until: () => {
      pages += 1;
      if (pages === 2) throw Object.assign(new Error("killed"), { code: "ECONNRESET" });
      return until;
    },
  });
  await expect(killed).rejects.toThrow("killed");
  const half = await desk(second).one({ actor: room, id });
  expect(half.state).toBe("running");
  expect(half.cases).toBeGreaterThan(0);
  expect(half.cases).toBeLessThan(all);
  expect(await found(id)).toEqual([{ n: half.cases, cases: half.cases }]);

  const successor = desk(second);
  successor.resume();
  await successor.lane.settled();
  expect((await successor.one({ actor: room, id })).cases).toBe(half.cases);

  now = later(2);
  successor.resume();
  await successor.lane.settled();
  const whole = await successor.one({ actor: room, id });
  expect(whole).toMatchObject({ state: "done", cases: all, changed: all });
  expect(whole.tally.whole.cases).toBe(all);
  expect(whole.tally.changes[0]?.cases).toBe(all);
  expect(await found(id)).toEqual([{ n: all, cases: all }]);
});

it("ends with the numbers of one that was never interrupted, when its process is killed and another starts", async () => {
  const longAgo = later(-60 * 24 * 60);
  const whole = await waiting(longAgo);
  const calm = desk(instances[0]);
  calm.resume();
  await calm.lane.settled();
  const id = await waiting(longAgo);
  const process = async (at: Date): Promise<Instance> =>
    startInstance(await freePort(), {
      ...{ DATABASE_URL: office.database.url, DATABASE_OWNER_URL: office.database.ownerUrl },
      ...{ SEAL_KEY: sealKey, SESSION_SECRET: sealKey, PUBLIC_URL: "https://diwan.example.jo" },
      DIWAN_NOW: at.toISOString(),
    });
  const state = () => calm.one({ actor: room, id });
  const started: Instance[] = [];
  try {
    const first = await process(later(5));
    started.push(first);
    const begun = async () => (await state()).cases > 0;
    expect([await eventually(begun, 40, 10), first.output()]).toEqual([true, ""]);
    await first.kill();
    const half = await state();
    expect(half.state).toBe("running");
    expect(half.cases).toBeLessThan(most);
    // By the clock of the next one the claim of the one that is gone has run out.
    const next = await process(later(10));
    started.push(next);
    const over = async () => (await state()).state === "done";
    expect([await eventually(over, 80), next.output()]).toEqual([true, ""]);
  } finally {
    await Promise.all(started.map((one) => one.kill()));
  }
  const { tally } = await state();
  expect(tally).toEqual((await calm.one({ actor: room, id: whole })).tally);
  expect(tally.whole.cases).toBe(most);
  expect(await found(id)).toEqual([{ n: most, cases: most }]);
});

it("is worked off by one instance, whoever else looks for work", async () => {
  const id = await waiting();
  const [one, other] = [desk(instances[0]), desk(instances[1])];
  one.resume();
  other.resume();
  await Promise.all([one.lane.settled(), other.lane.settled()]);
  expect(await one.one({ actor: room, id })).toMatchObject({ state: "done", cases: all });
  expect(await found(id)).toEqual([{ n: all, cases: all }]);
});

it("hands over when its process ends, and another instance needs no patience", async () => {
  const id = await waiting();
  const leaving = desk(instances[0]);
  leaving.resume();
  await leaving.lane.stop();
  const part = await leaving.one({ actor: room, id });
  const next = desk(instances[1]);
  next.resume();
  await next.lane.settled();
  expect(part.cases).toBeLessThanOrEqual(all);
  expect(await next.one({ actor: room, id })).toMatchObject({ state: "done", cases: all });
  expect(await found(id)).toEqual([{ n: all, cases: all }]);
});

it("counts no further page once its process is to end, and keeps what it counted", async () => {
  const id = await waiting();
  const [leaving, next] = instances;
  const until = new Date(now.getTime() + 60_000);
  expect(await claimWork(office.db, "replay_runs", { by: leaving, now, until })).toBe(id);
  await runReplay(parts, { id, by: leaving, stopping: () => true, until: () => until });
  const half = await desk(next).one({ actor: room, id });
  expect(half.state).toBe("running");
  expect(half.cases).toBeGreaterThan(0);
  expect(half.cases).toBeLessThan(all);
  expect(await found(id)).toEqual([{ n: half.cases, cases: half.cases }]);
  await letGo(office.db, "replay_runs", id, leaving);
  const successor = desk(next);
  successor.resume();
  await successor.lane.settled();
  expect(await successor.one({ actor: room, id })).toMatchObject({ state: "done", cases: all });
  expect(await found(id)).toEqual([{ n: all, cases: all }]);
});

it("ends when it is cancelled; then another may be started, one at a time", async () => {
  const id = await waiting();
  const working = desk(instances[0]);
  await expect(working.start(asked())).rejects.toMatchObject({ code: "not-now" });
  await working.cancel({ actor: room, id, now });
  await expect(working.cancel({ actor: room, id, now })).rejects.toMatchObject({ code: "not-now" });
  working.resume();
  await working.lane.settled();
  expect(await working.one({ actor: room, id })).toMatchObject({ state: "cancelled", cases: 0 });
  const started = await working.start(asked());
  await working.cancel({ actor: room, id: started.id, now });
  await working.lane.settled();
  const { state, cases } = await working.one({ actor: room, id: started.id });
  expect(state).toBe("cancelled");
  expect(await found(started.id)).toEqual([{ n: cases, cases }]);
});

it("is forgotten after two weeks, with what it found", async () => {
  expect(await desk(instances[0]).forgetOld(later(60 * 24 * 13))).toBe(0);
  expect(await desk(instances[0]).forgetOld(later(60 * 24 * 15))).toBeGreaterThan(3);
  expect(await office.rows("select count(*)::integer as n from replay_changes")).toEqual([{ n: 0 }]);
});
