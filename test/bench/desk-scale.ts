/** The desk of a focal point among a million cases, against among ten thousand, with the same work on it. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import type { FocalDesk, HomeView } from "../../src/domain/home/home-view.js";
import {
  type CopiedOffice,
  cloneStatement,
  median,
  openBenchOffice,
  programme,
  receiveAll,
  sunday,
} from "../support/bench-office.js";
import { seated } from "./admin-list-scale.js";

export const name = "desk-scale";

const small = 10_000;
const large = 1_000_000;
const received = 300;
const rounds = 41;
/** The first warm up and do not count. */
const warmUp = 5;
/** Open cases of the two entities that are looked at, in either database. */
const usual = 60;
const crowded = 2000;
const minutes = 60_000;

interface Entities {
  readonly usual: string;
  readonly crowded: string;
}

/** `work`: which of the two desks a case lies on; the rest is history, one in ten of it open elsewhere. */
const copied = ({ usual: a, crowded: b }: Entities) => {
  const others = `(k.work is null and (k.ended or t.entity in ('${a}', '${b}')))`;
  const after = (column: string, days: number): string =>
    `case when ${others} then t.${column} + k.shift + interval '${days} days' end`;
  return {
    applications: { change: { source_id: "null" } },
    cases: {
      change: {
        entity: `case k.work when 'usual' then '${a}' when 'crowded' then '${b}' else t.entity end`,
        state: `case when ${others} then 'closed' else t.state end`,
        state_kind: `case when ${others} then 'final' else t.state_kind end`,
        first_resolved_at: after("received_at", 3),
        resolved_at: after("received_at", 3),
        closed_at: after("received_at", 10),
        next_due_at: "null",
      },
    },
    clocks: {
      change: { met_at: "case when k.ended and k.work is null then t.started_at + k.shift + interval '3 days' end" },
    },
  } as const;
};

/** Makes `size` cases of those that were really received; the two desks get the same ones in either database, spread all over. */
async function fill({ owner }: CopiedOffice, size: number, entities: Entities): Promise<void> {
  await owner.query(`
    create temp table templates as select id, row_number() over (order by id) - 1 as n from cases
      where entity is not null and not confidential and state_kind = 'open';
    create temp table clones as
      select 1000000 + g as id, t.id as from_id, g.work, g.ended, case when g.work is null
          then (g.g * 7919::bigint % 17520 - 17519) * interval '1 hour' + interval '20 hours'
          else -(g.place * 37 % 400) * interval '1 hour' end as shift
      from (
        select g, g % 10 <> 0 as ended,
          case when p < ${usual} then 'usual' when p < ${usual + crowded} then 'crowded' end as work,
          case when p < ${usual} then p when p < ${usual + crowded} then p - ${usual} else g end as place
        from generate_series(0, ${size - 1}) g cross join lateral (select g * 7919::bigint % ${size} as p) p) g
      join templates t on t.n = g.place % (select count(*) from templates);
    analyze clones;
    set session_replication_role = replica`);
  for (const [table, options] of Object.entries(copied(entities))) await owner.query(cloneStatement(table, options));
  // What was received to copy from is on neither desk.
  await owner.query(`update cases set state_kind = 'final', state = 'closed' where id < 1000000;
    drop table clones`);
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}

const groupsOf = ({ desks }: HomeView): [string, number, number][] =>
  (desks[0] as FocalDesk).groups.map(({ group, count, cases }) => [group, count, cases.length]);

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const { rows } = await office.owner.query<{ entity: string }>(
      "select entity from cases where entity is not null and not confidential group by entity order by count(*) desc, entity limit 2",
    );
    const entities: Entities = { usual: rows[1]?.entity ?? "", crowded: rows[0]?.entity ?? "" };
    const { setup } = office;
    const { few, many } = await office.copyTo(["few", "many"]);
    const began = performance.now();
    await fill(few, small, entities);
    await fill(many, large, entities);
    const setUpSeconds = Math.round((performance.now() - began) / 1000);

    const questions = {
      [`${usual} open`]: { entity: entities.usual, open: usual, later: 0, must: true },
      [`${crowded} open`]: { entity: entities.crowded, open: crowded, later: 0, must: true },
      // The rate of thirty days is counted once in five minutes: this is how long whoever comes first waits for it.
      [`${usual} open, the first in five minutes`]: {
        entity: entities.usual,
        open: usual,
        later: 6 * minutes,
        must: false,
      },
    };
    const figures: Record<string, { ratio: number; few: number; many: number; open: number }> = {};
    let worst = 0;
    for (const [what, { entity, open, later, must }] of Object.entries(questions)) {
      const actor = seated(setup, "focal_point", entity);
      const took: { few: number[]; many: number[] } = { few: [], many: [] };
      for (let round = 0; round < rounds; round++) {
        const now = new Date(sunday.getTime() + round * later);
        const one = async (side: CopiedOffice) => {
          const start = performance.now();
          const view = await side.services.home({ actor, now });
          return { view, milliseconds: performance.now() - start };
        };
        // In turns: whoever comes second finds the processor warm.
        const fewFirst = round % 2 === 0;
        const first = await one(fewFirst ? few : many);
        const second = await one(fewFirst ? many : few);
        const [ofFew, ofMany] = fewFirst ? [first, second] : [second, first];
        deepStrictEqual(groupsOf(ofFew.view), groupsOf(ofMany.view), `${what}: the same work has to lie on both desks`);
        deepStrictEqual((ofMany.view.desks[0] as FocalDesk).open, open, what);
        ok(groupsOf(ofMany.view).some(([, , shown]) => shown > 0));
        if (round < warmUp) continue;
        took.few.push(ofFew.milliseconds);
        took.many.push(ofMany.milliseconds);
      }
      const [a, b] = [median(took.few), median(took.many)];
      const [ofFew, ofMany] = [Number(a.toFixed(1)), Number(b.toFixed(1))];
      figures[what] = { ratio: Number((b / a).toFixed(2)), few: ofFew, many: ofMany, open };
      if (must) worst = Math.max(worst, b / a);
    }
    return [
      {
        bench: name,
        ratio: Number(worst.toFixed(2)),
        baseline: `the desk of a focal point among ${small} cases`,
        unit: `times the time among ${large} cases; the slower of an entity with ${usual} and one with ${crowded} open cases`,
        milliseconds: figures,
        setUpSeconds,
        postgres: office.version,
        programme,
      },
    ];
  } finally {
    await office.close();
  }
}
