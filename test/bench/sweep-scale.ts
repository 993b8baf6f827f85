/** The sweep that enforces 1,000 due cases: among a million open ones, against among ten thousand. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import {
  type CopiedOffice,
  cloneStatement,
  median,
  openBenchOffice,
  receiveAll,
  sunday,
} from "../support/bench-office.js";

export const name = "sweep-scale";

const due = 1_000;
const small = 10_000;
const large = 1_000_000;
const received = 300;
/** The first warms up and does not count. */
const rounds = 6;
const week = 7 * 86_400_000;
/** When the round's cases are due: their first moments lie within five days of their receipt. */
const roundAt = (round: number): Date => new Date(sunday.getTime() + round * week + (week * 5) / 7);

/** What a background case has fewer of than a real one: the sweep adds to these tables and never reads what stands there. */
const copied = {
  applications: {},
  applicants: {},
  cases: {},
  clocks: {},
  case_events: { where: "t.seq = 1" },
  decisions: { where: "t.number = 1", change: { facts: "'{}'" } },
  messages: { where: "t.id in (select min(id) from messages group by case_id)" },
} as const;

/**
 * Makes `size` open cases of those that were really received. Number g lies in week `g mod (size / 1,000)`, so that each
 * round finds exactly 1,000 due, spread all over the tables and copies of the same cases whatever the size. All that no
 * round is for are due more than half a year later.
 */
async function fill({ owner }: CopiedOffice, size: number): Promise<void> {
  const every = size / due;
  // What is due lies days back, a tenth of the smaller office: it is counted as ever, and passes.
  await owner.query(`update programmes set settings = settings || '{"sweepHoldPercent": 10}'`);
  await owner.query(`
    create temp table templates as select id, row_number() over (order by id) - 1 as n from cases
      where next_due_at <= '${roundAt(0).toISOString()}';
    create temp table clones as
      select 1000000 + g as id, t.id as from_id,
        case when g % ${every} < ${rounds} then g % ${every} else 30 + g % 60 end * interval '7 days' as shift
      from generate_series(0, ${size - 1}) g
      join templates t on t.n = (g / ${every}) % (select count(*) from templates);
    analyze clones;
    set session_replication_role = replica`);
  for (const [table, options] of Object.entries(copied)) await owner.query(cloneStatement(table, options));
  await owner.query("update cases set next_due_at = null where id < 1000000; drop table clones");
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}

/** Enforces what is due in a round; how long it took and what it did. Afterwards these cases are out of the game. */
async function sweep(
  { owner, services }: CopiedOffice,
  size: number,
  round: number,
): Promise<{ seconds: number; done: object }> {
  const now = roundAt(round);
  const found = await owner.query<{ due: number; open: number }>(
    "select count(*) filter (where next_due_at <= $1) as due, count(*) as open from cases where state_kind = 'open' and next_due_at is not null",
    [now],
  );
  strictEqual(found.rows[0]?.due, due);
  const began = performance.now();
  const done = await services.deadlines.enforce({ now });
  const seconds = (performance.now() - began) / 1000;
  await owner.query("update cases set next_due_at = null where (id - 1000000) % $1 = $2", [size / due, round]);
  return { seconds, done };
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const { few, many } = await office.copyTo(["few", "many"]);
    const began = performance.now();
    await fill(few, small);
    await fill(many, large);
    const setUpSeconds = Math.round((performance.now() - began) / 1000);
    const seconds: { few: number[]; many: number[] } = { few: [], many: [] };
    let did: object = {};
    for (let round = 0; round < rounds; round++) {
      const amongFew = await sweep(few, small, round);
      const amongMany = await sweep(many, large, round);
      deepStrictEqual(amongMany.done, amongFew.done, "the same has to be enforced among few and among many");
      if (round === 0) continue;
      seconds.few.push(amongFew.seconds);
      seconds.many.push(amongMany.seconds);
      did = amongMany.done;
    }
    const rounded = (figures: readonly number[]) => figures.map((figure) => Number(figure.toFixed(2)));
    return [
      {
        bench: name,
        ratio: Number((median(seconds.many) / median(seconds.few)).toFixed(2)),
        baseline: `${due} due among ${small} open cases`,
        unit: `times the time among ${large} open cases`,
        seconds: { few: rounded(seconds.few), many: rounded(seconds.many) },
        enforced: did,
        setUpSeconds,
        postgres: office.version,
      },
    ];
  } finally {
    await office.close();
  }
}
