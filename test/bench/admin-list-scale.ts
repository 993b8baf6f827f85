/** A page of the back office's list of cases: among a million, against among ten thousand. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { type CaseSearch, searchCases } from "../../src/cases/search-cases.js";
import { createActiveSetup } from "../../src/configuration/active-setup.js";
import { createPolicies } from "../../src/configuration/policies.js";
import type { Actor, HeldSeat, RoleCode } from "../../src/domain/permissions.js";
import { textVector } from "../../src/domain/search/search-document.js";
import type { Setup } from "../../src/domain/setup.js";
import {
  type CopiedOffice,
  cloneStatement,
  median,
  openBenchOffice,
  programme,
  receiveAll,
  sunday,
} from "../support/bench-office.js";

export const name = "admin-list-scale";

const small = 10_000;
const large = 1_000_000;
const received = 300;
const rounds = 41;
/** The first warm up and do not count. */
const warmUp = 5;
/** Cases whose text has the rare word, in either database. */
const rareOnes = 40;
const rareWord = "القيصرية";

/** One case in ten is open, as after some years of work; texts differ by a number and, in a few, by a rare word. */
const copied = {
  applications: { change: { source_id: "null" } },
  cases: {
    change: {
      state: "case when k.ended then 'closed' else t.state end",
      state_kind: "case when k.ended then 'final' else t.state_kind end",
      next_due_at: "null",
    },
  },
  clocks: {},
  case_texts: {
    change: {
      lexemes: `t.lexemes || (k.id || ':1A ' || case when k.rare then $w$${textVector([rareWord])}$w$ else '' end)::tsvector`,
    },
  },
} as const;

/** Makes `size` cases of those that were really received, spread over two years up to the moment of the list. */
export async function fill({ owner }: CopiedOffice, size: number): Promise<void> {
  await owner.query(`
    create temp table templates as select id, row_number() over (order by confidential, id) - 1 as n from cases;
    create temp table clones as
      select 1000000 + g as id, t.id as from_id, g % 10 <> 0 as ended, g % ${size / rareOnes} = 0 as rare,
        (g * 7919::bigint % 17520 - 17519) * interval '1 hour' + interval '20 hours' as shift
      from generate_series(0, ${size - 1}) g
      join templates t on t.n = case when g % ${size / rareOnes} = 0 then 0 else g % (select count(*) from templates) end;
    analyze clones;
    set session_replication_role = replica;
    drop index case_texts_lexemes`);
  for (const [table, options] of Object.entries(copied)) await owner.query(cloneStatement(table, options));
  await owner.query(`create index case_texts_lexemes on case_texts using gin (lexemes)
      with (fastupdate = on, gin_pending_list_limit = 1024);
    drop table clones`);
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}

/** An official with one seat. */
export function seated(setup: Setup, role: RoleCode, entity: string | null = null): Actor {
  const seat: HeldSeat = { role, programme: setup.programme.code, entity, sector: null };
  return { kind: "user", userId: 1, name: role, seats: [seat] };
}

type Asked = Pick<CaseSearch, "actor" | "filters" | "search" | "sort">;

/** What officials ask for all day. `must`: held to the wanted ratio; the others are shown beside it. */
export function questions(setup: Setup, busiest: string): Readonly<Record<string, Asked & { must?: true }>> {
  const room = seated(setup, "operation_room");
  return {
    default: { actor: room, must: true },
    "of one entity": { actor: room, filters: { entity: busiest }, must: true },
    searched: { actor: room, search: rareWord, must: true },
    "searched, a common word": { actor: room, search: "مكتب" },
    late: { actor: room, filters: { late: "late" } },
    newest: { actor: room, sort: "newest" },
    "a focal point's": { actor: seated(setup, "focal_point", busiest) },
    "the Prime Minister's": { actor: seated(setup, "prime_minister", "PM") },
  };
}

export function searchOver({ db }: CopiedOffice): (asked: Asked) => ReturnType<typeof searchCases> {
  const active = createActiveSetup(db);
  const parts = { db, policies: createPolicies(active), programmes: () => active.programmes() };
  return (asked) => searchCases(parts, { ...asked, now: sunday, offset: 0, limit: 25 });
}

async function timed(search: ReturnType<typeof searchOver>, asked: Asked) {
  const began = performance.now();
  const page = await search(asked);
  return { page, took: performance.now() - began };
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const { rows } = await office.owner.query<{ entity: string }>(
      "select entity from cases where entity is not null and not confidential group by entity order by count(*) desc, entity limit 1",
    );
    const { setup } = office;
    const asked = questions(setup, rows[0]?.entity ?? "");
    const { few, many } = await office.copyTo(["few", "many"]);
    const began = performance.now();
    await fill(few, small);
    await fill(many, large);
    const setUpSeconds = Math.round((performance.now() - began) / 1000);
    const [fewOf, manyOf] = [searchOver(few), searchOver(many)];

    const figures: Record<string, { ratio: number; few: number; many: number; total: number }> = {};
    let worst = 0;
    for (const [what, { must, ...one }] of Object.entries(asked)) {
      const milliseconds: { few: number[]; many: number[] } = { few: [], many: [] };
      let total = 0;
      for (let round = 0; round < rounds; round++) {
        // In turns: whoever comes second finds the processor warm.
        const fewFirst = round % 2 === 0;
        const [first, second] = [
          await timed(fewFirst ? fewOf : manyOf, one),
          await timed(fewFirst ? manyOf : fewOf, one),
        ];
        const [{ page: ofFew, took: tookFew }, { page: ofMany, took: tookMany }] = fewFirst
          ? [first, second]
          : [second, first];
        ok(ofFew.rows.length > 0 && ofMany.rows.length === 25, `${what}: a page has to be full among many`);
        ok(!ofMany.estimated || ofMany.total > small / 100, `${what}: ${ofMany.total} estimated`);
        if (what === "searched")
          deepStrictEqual([ofFew.total, ofMany.total], [rareOnes, rareOnes], "the same has to be found in both");
        total = ofMany.total;
        if (round < warmUp) continue;
        milliseconds.few.push(tookFew);
        milliseconds.many.push(tookMany);
      }
      const [a, b] = [median(milliseconds.few), median(milliseconds.many)];
      figures[what] = {
        ratio: Number((b / a).toFixed(2)),
        few: Number(a.toFixed(1)),
        many: Number(b.toFixed(1)),
        total,
      };
      if (must) worst = Math.max(worst, b / a);
    }
    return [
      {
        bench: name,
        ratio: Number(worst.toFixed(2)),
        baseline: `a page of 25 with its count among ${small} cases`,
        unit: `times the time among ${large} cases; the slowest of the default list, one entity's, and a search`,
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
