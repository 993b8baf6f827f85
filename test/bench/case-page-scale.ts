/** The page of one case: among a million cases, against among ten thousand. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { makeReference } from "../../src/engine/lifecycle/case-reference.js";
import {
  type CopiedOffice,
  cloneStatement,
  median,
  openBenchOffice,
  programme,
  receiveAll,
  sunday,
} from "../support/bench-office.js";
import { seated } from "../support/bench-scale.js";

export const name = "case-page-scale";

const small = 10_000;
const large = 1_000_000;
const received = 300;
/** Cases that are opened, lying all over the tables, copies of the same ones in either database. */
const opened = 401;
/** The first warm up and do not count. */
const warmUp = 50;

/** Those that are opened have all that happened to them; the others one event and one decision, so that they fit on a disk. */
const copied = {
  applications: { change: { source_id: "null" } },
  applicants: {},
  cases: { change: { next_due_at: "null" } },
  clocks: {},
  case_events: { where: "where_opened or t.seq = 1" },
  decisions: { where: "where_opened or t.number = 1" },
} as const;

/** Makes `size` cases of those that were really received; gives the references of those that are opened. */
async function fill({ owner }: CopiedOffice, size: number): Promise<string[]> {
  const every = Math.floor(size / opened);
  await owner.query(`
    create temp table templates as select id, row_number() over (order by id) - 1 as n from cases where not confidential;
    create temp table clones as
      select 1000000 + g as id, t.id as from_id, g % ${every} = 0 and g / ${every} < ${opened} as opened,
        ((g / ${every}) * 7919::bigint % 17520 - 17519) * interval '1 hour' + interval '20 hours' as shift
      from generate_series(0, ${size - 1}) g join templates t on t.n = (g / ${every}) % (select count(*) from templates);
    analyze clones;
    set session_replication_role = replica`);
  for (const [table, { where, ...options }] of Object.entries(copied) as [
    string,
    { where?: string; change?: object },
  ][]) {
    const condition = where === undefined ? {} : { where: where.replace("where_opened", "k.opened") };
    await owner.query(cloneStatement(table, { ...(options as { change?: Record<string, string> }), ...condition }));
  }
  const references = Array.from({ length: opened }, (_, i) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(i * 1_000_003, 2);
    return makeReference(bytes);
  });
  await owner.query(
    `update cases c set reference = r.reference from unnest($1::text[]) with ordinality as r(reference, n)
    where c.id = 1000000 + (r.n - 1) * ${every}`,
    [references],
  );
  await owner.query("drop table clones");
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
  return references;
}

async function timed({ services }: CopiedOffice, asked: Parameters<CopiedOffice["services"]["cases"]["page"]>[0]) {
  const began = performance.now();
  const [view] = await Promise.all([services.cases.page(asked), services.cases.drafts(asked)]);
  return { view, took: performance.now() - began };
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const actor = seated(office.setup, "operation_room");
    const { few, many } = await office.copyTo(["few", "many"]);
    const began = performance.now();
    const references = await fill(few, small);
    deepStrictEqual(await fill(many, large), references);
    const setUpSeconds = Math.round((performance.now() - began) / 1000);
    const milliseconds: { few: number[]; many: number[] } = { few: [], many: [] };
    for (const [i, reference] of references.entries()) {
      const asked = { reference, actor, now: sunday };
      // In turns: whoever comes second finds the processor warm.
      const order = i % 2 === 0 ? ([few, many] as const) : ([many, few] as const);
      const first = await timed(order[0], asked);
      const second = await timed(order[1], asked);
      const [ofFew, ofMany] = i % 2 === 0 ? [first, second] : [second, first];
      deepStrictEqual(
        ofFew.view.timeline.map(({ what }) => what),
        ofMany.view.timeline.map(({ what }) => what),
        "the same case has to be shown",
      );
      ok(ofFew.view.timeline.length > 3 && ofFew.view.decisions.length > 1, "a case with all that happened to it");
      if (i < warmUp) continue;
      milliseconds.few.push(ofFew.took);
      milliseconds.many.push(ofMany.took);
    }
    const [a, b] = [median(milliseconds.few), median(milliseconds.many)];
    return [
      {
        bench: name,
        ratio: Number((b / a).toFixed(2)),
        baseline: `the page of a case with its drafts among ${small} cases`,
        unit: `times the time among ${large} cases, median of ${opened - warmUp} cases each opened once`,
        milliseconds: { few: Number(a.toFixed(1)), many: Number(b.toFixed(1)) },
        setUpSeconds,
        postgres: office.version,
        programme,
      },
    ];
  } finally {
    await office.close();
  }
}
