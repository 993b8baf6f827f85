/**
 * A million past cases decided again from the database: what a draft of the rules would have changed. The facts that the
 * rules ask about are read from the recorded decisions, the compiled form decides, what the SLA rules say now is compared
 * with what they said then, and the deciding rules are counted. Once for SLA and escalation, once for all five rule sets.
 */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { Engine, type RuleProperties } from "json-rules-engine";
import pg from "pg";
import { factsOf } from "../../src/domain/rules/compile-condition.js";
import { compileRuleSet, type RuleSetRunner } from "../../src/domain/rules/compile-rule-set.js";
import { type FactDefinition, type Facts, factCatalogue } from "../../src/domain/rules/fact-catalogue.js";
import { resolveConflict } from "../../src/domain/rules/resolve-conflict.js";
import type { RuleSetDefinition } from "../../src/domain/rules/rule-set.js";
import { cloneStatement, openBenchOffice, receiveAll } from "../support/bench-office.js";

export const name = "replay-end-to-end";

const pastCases = 1_000_000;
const received = 1_000;
/** Small enough that the answer fits into the socket while the batch before is decided, and dies young in memory. */
const batchSize = 2_000;
const stockCases = 2_000;

/** What a fact is made of again: a JSON field comes out of the database as text. */
const readers: Readonly<Record<FactDefinition["type"], (text: string) => unknown>> = {
  string: (text) => text,
  number: Number,
  boolean: (text) => text === "true",
  strings: (text) => (text === "[]" ? none : JSON.parse(text)),
};
const none: readonly string[] = Object.freeze([]);

/** The rule that gave the targets then, and the text of each fact that was asked for. */
type Row = readonly [ruleId: string | null, ...texts: (string | null)[]];

/** Batch after batch by key: no transaction stays open, and it goes on wherever it stopped. */
function readerOf(client: pg.Client, facts: readonly FactDefinition[]) {
  // The last column is the key, for the next batch. (Named: else the order would be that of its text.)
  const values = facts.map((fact) => `facts->>'${fact.name.replaceAll("'", "''")}'`).join(", ");
  const text = `select rule_ids[1], ${values}, case_id::text as last from decisions
    where rule_set = 'sla' and case_id > $1 order by case_id limit ${batchSize}`;
  const name = `replay-${facts.length}`;
  return async (after: string): Promise<Row[]> =>
    (await client.query<string[]>({ name, text, values: [after], rowMode: "array" })).rows as unknown as Row[];
}

function factsReader(definitions: readonly FactDefinition[]): (row: Row) => Facts {
  const names = definitions.map(({ name }) => name);
  const reads = definitions.map(({ type }) => readers[type]);
  return (row) => {
    const facts: Facts = {};
    for (let i = 0; i < names.length; i++) {
      const text = row[i + 1] as string | null;
      facts[names[i] as string] = text === null ? null : (reads[i] as (text: string) => unknown)(text);
    }
    return facts;
  };
}

/** How often each rule decided, a table a rule set; and for how many cases the SLA rules now say something else. */
interface Replayed {
  cases: number;
  changed: number;
  readonly decided: ReadonlyMap<string, number>[];
}

async function replay(
  client: pg.Client,
  runners: readonly RuleSetRunner[],
  asked: readonly FactDefinition[],
  watch: (facts: Facts) => void,
): Promise<Replayed> {
  const read = readerOf(client, asked);
  const factsOfRow = factsReader(asked);
  const decided = runners.map(() => new Map<string, number>());
  const sla = runners.findIndex((runner) => runner.definition.set === "sla");
  const replayed: Replayed = { cases: 0, changed: 0, decided };
  let reading = read("0");
  for (;;) {
    const rows = await reading;
    const last = rows.at(-1)?.at(-1);
    if (last === undefined || last === null) return replayed;
    // The server looks for the next ones while these are decided.
    reading = read(last);
    for (const row of rows) {
      const facts = factsOfRow(row);
      if (replayed.cases < stockCases) watch(facts);
      replayed.cases += 1;
      for (let i = 0; i < runners.length; i++) {
        const { ruleIds } = (runners[i] as RuleSetRunner).decideCompiled(facts);
        const count = decided[i] as Map<string, number>;
        for (const id of ruleIds) count.set(id, (count.get(id) ?? 0) + 1);
        if (i === sla && (ruleIds[0] ?? null) !== row[0]) replayed.changed += 1;
      }
    }
  }
}

/** The library as its manual says: all rules of a set in one engine, a run a case; conflicts as ours are resolved. */
function stockDecider(definition: RuleSetDefinition): (facts: Facts) => Promise<unknown> {
  const rules = definition.rules
    .map((rule, order) => ({ rule, order }))
    .sort((a, b) => b.rule.priority - a.rule.priority || a.order - b.order)
    .map(({ rule }) => rule);
  const engine = new Engine(
    rules.map(
      (r) =>
        ({ name: r.id, priority: r.priority, conditions: r.conditions, event: r.event }) as unknown as RuleProperties,
    ),
  );
  const ranked = rules.map((rule) => ({ id: rule.id, outcome: rule.event.params }));
  return async (facts) => {
    const { results } = await engine.run(facts);
    const names = new Set(results.map((result) => result.name));
    const matched = ranked.flatMap(({ id }, rank) => (names.has(id) ? [rank] : []));
    return resolveConflict({
      mode: definition.mode,
      rules: ranked,
      safeDefault: definition.default,
      matched,
      uncertain: [],
    });
  };
}

async function measure(
  bench: string,
  client: pg.Client,
  definitions: readonly RuleSetDefinition[],
  catalogue: readonly FactDefinition[],
) {
  const runners = definitions.map(compileRuleSet);
  const names = new Set(definitions.flatMap(({ rules }) => rules.flatMap((rule) => [...factsOf(rule.conditions)])));
  const asked = catalogue.filter((fact) => names.has(fact.name));
  strictEqual(asked.length, names.size);
  const rules = definitions.reduce((sum, definition) => sum + definition.rules.length, 0);

  const first: Facts[] = [];
  const began = performance.now();
  const replayed = await replay(client, runners, asked, (facts) => first.push(facts));
  const seconds = (performance.now() - began) / 1000;
  strictEqual(replayed.cases, pastCases);
  strictEqual(replayed.changed, 0, "the version that decided then has to decide the same now");

  const stock = definitions.map(stockDecider);
  const decideStock = async (facts: Facts) => {
    const resolutions: unknown[] = [];
    for (const decide of stock) resolutions.push(await decide(facts));
    return resolutions;
  };
  for (const facts of first.slice(0, 200)) await decideStock(facts);
  const answers: unknown[] = [];
  const stockBegan = performance.now();
  for (const facts of first) answers.push(await decideStock(facts));
  const stockSeconds = (performance.now() - stockBegan) / 1000;
  deepStrictEqual(
    first.map((facts) => runners.map((runner) => ({ ...runner.decideCompiled(facts) }))),
    answers,
  );

  const perMillion = (all: number, cases: number) => (all / cases) * 1_000_000;
  return {
    bench,
    ratio: Math.round(perMillion(stockSeconds, first.length) / perMillion(seconds, pastCases)),
    baseline: `stock json-rules-engine, a run a case and rule set, extrapolated from ${first.length} cases, without reading, same outcomes`,
    unit: "times faster, reading included",
    secondsPerMillion: Number(perMillion(seconds, pastCases).toFixed(2)),
    stockSecondsPerMillion: Math.round(perMillion(stockSeconds, first.length)),
    cases: pastCases,
    ruleSets: definitions.length,
    rules,
    facts: asked.length,
    decided: Object.fromEntries(definitions.map(({ set }, i) => [set, replayed.decided[i]?.size ?? 0])),
  };
}

export async function run() {
  const office = await openBenchOffice();
  const client = new pg.Client({ connectionString: office.url });
  try {
    await receiveAll(office, received);
    const filling = performance.now();
    await office.owner.query(`
      create temp table clones as
        select 1000000 + g as id, c.id as from_id, g % 90 * interval '-1 day' as shift from generate_series(0, ${pastCases - received - 1}) g
        join (select id, row_number() over (order by id) - 1 as n from cases) c on c.n = g % ${received};
      analyze clones;
      set session_replication_role = replica`);
    await office.owner.query(cloneStatement("decisions", { where: "t.rule_set = 'sla'" }));
    await office.owner.query("vacuum (analyze) decisions");
    await office.owner.query("checkpoint");
    const setUpSeconds = Math.round((performance.now() - filling) / 1000);

    await client.connect();
    const published = [...office.setup.ruleSets.values()].map(({ definition }) => definition);
    const some = published.filter(({ set }) => set === "sla" || set === "escalation");
    const catalogue = factCatalogue(office.setup);
    const about = { setUpSeconds, postgres: office.version };
    return [
      { ...(await measure(name, client, some, catalogue)), ...about },
      { ...(await measure(`${name}-all-rule-sets`, client, published, catalogue)), ...about },
    ];
  } finally {
    await client.end();
    await office.close();
  }
}
