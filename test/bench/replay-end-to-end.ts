/**
 * 200,000 past cases replayed by the service that the operation room asks: a draft of a hundred rules over the recorded
 * decisions, beside the version in force, with the promises that were kept and would be. Everything is read from the database,
 * decided by both, counted, and what changes is stored. Measured is the whole run, from its start to its end.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import type { ReplayDetail } from "../../src/engine/replay/replay-view.js";
import { type Facts, factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { actorNumbered } from "../../src/features/people/user-store.js";
import {
  type BenchOffice,
  cloneStatement,
  median,
  openBenchOffice,
  programme,
  receiveAll,
  sunday,
} from "../support/bench-office.js";
import { processorOf } from "../support/bench-programs.js";
import { hundredRules, stockDecider } from "../support/bench-rules.js";

export const name = "replay-end-to-end";

const pastCases = 200_000;
/** What people wait for it at most. */
const mostSeconds = 10;
const received = 1_000;
const stockCases = 2_000;
/** Numbers follow upon those of the cases that were received, as they do in life. */
const firstClone = 2 * received;
const dayMs = 86_400_000;
/** In which they were received, one after the other. */
const days = 300;
/** Those of a replay before, which is not timed. */
const daysBefore = 20;
/** An odd number: the one in the middle counts. */
const timedRuns = 3;

/**
 * The rules in force stand on top and decide most; above them a few of the hundred promise something else. So every rule has to
 * be asked, and some cases in a hundred change.
 */
function fewChange(inForce: RuleSetDefinition): RuleSetDefinition {
  const { rules } = hundredRules();
  const above = rules.filter((_, i) => i % 9 === 4 && i < 60);
  const promises = { ...inForce.rules[0]?.event.params };
  const examples = [{ name: { en: "nothing known", ar: "لا شيء معروف" }, facts: {}, decides: false }];
  const raised = rules.map((rule) => ({
    ...rule,
    priority: above.includes(rule) ? 900 + rule.priority : rule.priority,
    event: { ...rule.event, params: { ...promises, ...rule.event.params } },
    examples,
  }));
  return {
    ...inForce,
    rules: [...inForce.rules.map((rule) => ({ ...rule, priority: 300 + rule.priority })), ...raised],
  };
}

/** Every promise becomes another one, so that each case is weighed by its clocks and stored. */
function allChange(inForce: RuleSetDefinition): RuleSetDefinition {
  const params = { acknowledgement: null, firstResponse: null, resolution: { amount: 41, unit: "workingHours" } };
  const definition = fewChange(inForce);
  return { ...definition, rules: definition.rules.map((rule) => ({ ...rule, event: { ...rule.event, params } })) };
}

async function fill({ owner }: BenchOffice): Promise<void> {
  await owner.query(`
    create temp table clones as
      select ${firstClone} + g as id, c.id as from_id, (g * ${days}::bigint / ${pastCases - received} - ${days - 1}) * interval '1 day' as shift
      from generate_series(0, ${pastCases - received - 1}) g
      join (select id, row_number() over (order by id) - 1 as n from cases) c on c.n = g % ${received}
      order by 1;
    analyze clones;
    set session_replication_role = replica`);
  // Some ten events a case: those of its receipt, and what came later.
  await owner.query(`insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash)
    select case_id, seq + 100, at, type, actor, data, previous_hash, hash from case_events where seq <= 4`);
  // Rows lie in the order of their cases, as they come in.
  await owner.query("set enable_hashjoin = off; set enable_mergejoin = off");
  await owner.query(cloneStatement("cases"));
  // All decisions of a case stand beside each other, and texts are as long as they happen to be: hardly two have the same facts.
  const facts = "t.facts || jsonb_build_object('descriptionLength', abs(hashint8(k.id)::bigint) % 1500)";
  await owner.query(cloneStatement("decisions", { change: { facts } }));
  // Answered after some days, early or late.
  const met = "t.started_at + k.shift + (k.id % 23) * interval '17 hours'";
  await owner.query(cloneStatement("clocks", { change: { met_at: met, running_since: "null" } }));
  await owner.query(cloneStatement("case_events"));
  await owner.query("reset enable_hashjoin; reset enable_mergejoin");
  await owner.query("vacuum (analyze) cases");
  await owner.query("vacuum (analyze) decisions");
  await owner.query("vacuum (analyze) clocks");
  await owner.query("vacuum (analyze) case_events");
  await owner.query("checkpoint");
}

/** Seconds of processor, of Node and of the server's side of the pool. */
async function processor({ db }: BenchOffice): Promise<number> {
  const [rows] = await db.query("select pid from pg_stat_activity where application_name = 'bench'");
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + processorOf((rows as { pid: number }[]).map(({ pid }) => pid)) / 1000;
}

async function replayOf(office: BenchOffice, definition: RuleSetDefinition, ofDays = days + 5) {
  const { replays } = office.services.work;
  const [seat] = office.setup.seats.filter(({ role, holders }) => role === "operation_room" && holders.length > 0);
  const actor = await actorNumbered(office.db, { userId: seat?.holders[0]?.userId ?? 0, now: sunday });
  ok(actor !== null, "nobody sits in the operation room");
  const asked = { actor, programme, kind: "rules", name: "sla", definition, now: sunday };
  const before = await processor(office);
  const began = performance.now();
  const from = new Date(sunday.getTime() - ofDays * dayMs);
  const { id } = await replays.start({ ...asked, from, to: new Date(sunday.getTime() + dayMs) });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, process.memoryUsage().rss / 1024 / 1024);
  }, 250);
  await replays.lane.settled();
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1000;
  const work = (await processor(office)) - before;
  return { seconds, work, megabytes, replayed: await replays.one({ actor, id }) };
}

/** Checks which of some cases the draft changes, as the stock library says; how many seconds that takes it a case. */
async function checkStock(office: BenchOffice, definition: RuleSetDefinition, replayed: ReplayDetail): Promise<number> {
  const { rows } = await office.owner.query<{ case_id: string; facts: Facts }>(
    `select d.case_id, d.facts from decisions d join cases c on c.id = d.case_id and not c.confidential
      where d.rule_set = 'sla' and d.case_id >= ${firstClone} order by d.case_id limit ${stockCases}`,
  );
  const inForce = office.setup.ruleSets.get("sla")?.definition as RuleSetDefinition;
  const [before, after] = [stockDecider(inForce), stockDecider(definition)];
  for (const { facts } of rows.slice(0, 200)) await after(facts);
  const began = performance.now();
  const changed: string[] = [];
  for (const { case_id, facts } of rows) {
    const [was, would] = [await before(facts), await after(facts)] as Record<string, unknown>[];
    const budgets = (outcome: Record<string, unknown> | undefined) =>
      ["acknowledgement", "firstResponse", "resolution"].map((target) => {
        const budget = outcome?.[target] as { amount: number; unit: string } | null | undefined;
        return budget ? `${budget.amount} ${budget.unit}` : null;
      });
    if (JSON.stringify(budgets(was)) !== JSON.stringify(budgets(would))) changed.push(case_id);
  }
  const seconds = (performance.now() - began) / 1000;
  const found = await office.owner.query<{ case_id: string }>(
    "select distinct case_id from replay_changes where run_id = $1 and case_id = any($2::bigint[]) order by case_id",
    [replayed.id, rows.map(({ case_id }) => case_id)],
  );
  deepStrictEqual(
    found.rows.map(({ case_id }) => case_id),
    changed,
  );
  return seconds / rows.length;
}

async function measure(bench: string, office: BenchOffice, definition: RuleSetDefinition) {
  // Both programs are compiled before they are timed; the stock library by two hundred cases.
  await replayOf(office, definition, daysBefore);
  const runs: Awaited<ReturnType<typeof replayOf>>[] = [];
  for (let run = 0; run < timedRuns; run++) runs.push(await replayOf(office, definition));
  const all = runs.map(({ seconds }) => seconds);
  const { seconds, work, replayed } = runs.find((run) => run.seconds === median(all)) as (typeof runs)[number];
  const megabytes = Math.max(...runs.map((run) => run.megabytes));
  strictEqual(replayed.state, "done");
  strictEqual(replayed.cases, replayed.expected);
  ok(seconds <= mostSeconds, `${bench}: ${seconds.toFixed(1)} s for ${replayed.cases} cases, more than ${mostSeconds}`);
  const stockSeconds = (await checkStock(office, definition, replayed)) * replayed.cases;
  return {
    bench,
    ratio: Math.round(stockSeconds / seconds),
    baseline: `stock json-rules-engine, a run a case for the draft and for what is in force, extrapolated from ${stockCases} cases, without reading, same changes`,
    unit: "times faster, all of the run included",
    seconds: Number(seconds.toFixed(2)),
    runs: all.map((one) => Number(one.toFixed(2))),
    processorSeconds: Number(work.toFixed(2)),
    stockSeconds: Math.round(stockSeconds),
    megabytesAtMost: Math.round(megabytes),
    cases: replayed.cases,
    changed: replayed.changed,
    rules: definition.rules.length,
  };
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const filling = performance.now();
    await fill(office);
    const setUpSeconds = Math.round((performance.now() - filling) / 1000);
    const about = { setUpSeconds, postgres: office.version, facts: factCatalogue(office.setup).length };
    const inForce = office.setup.ruleSets.get("sla")?.definition as RuleSetDefinition;
    return [
      { ...(await measure("replay-few-changed", office, fewChange(inForce))), ...about },
      { ...(await measure("replay-all-changed", office, allChange(inForce))), ...about },
    ];
  } finally {
    await office.close();
  }
}
