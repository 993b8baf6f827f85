/** A page of the back office's list of cases: among a million, against among ten thousand. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { textVector } from "../../src/engine/search/search-document.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { type CaseSearch, searchCases } from "../../src/features/cases/list/search-cases.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createPolicies } from "../../src/features/setup/policies.js";
import { type CopiedOffice, openBenchOffice, programme, sunday } from "../support/bench-office.js";
import {
  bothSizes,
  cloneCases,
  compared,
  large,
  receiveSome,
  seated,
  settle,
  small,
  spread,
} from "../support/bench-scale.js";

export const name = "admin-list-scale";

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
  const rare = `g % ${size / rareOnes} = 0`;
  await cloneCases(owner, {
    templates: "select id, row_number() over (order by confidential, id) - 1 as n from cases",
    clones: `select 1000000 + g as id, t.id as from_id, g % 10 <> 0 as ended, ${rare} as rare, ${spread} as shift
      from generate_series(0, ${size - 1}) g
      join templates t on t.n = case when ${rare} then 0 else g % (select count(*) from templates) end`,
    copied,
    indexes: ["case_texts_lexemes"],
  });
  await settle(owner);
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

export async function run() {
  const office = await openBenchOffice();
  try {
    const { entities } = await receiveSome(office);
    const asked = questions(office.setup, entities[0] ?? "");
    const { few, many, setUpSeconds } = await bothSizes(office, fill);
    const [fewOf, manyOf] = [searchOver(few), searchOver(many)];

    const figures: Record<string, object> = {};
    let worst = 0;
    for (const [what, { must, ...one }] of Object.entries(asked)) {
      let total = 0;
      const took = await compared({
        few: () => fewOf(one),
        many: () => manyOf(one),
        check(ofFew, ofMany) {
          ok(ofFew.rows.length > 0 && ofMany.rows.length === 25, `${what}: a page has to be full among many`);
          ok(!ofMany.estimated || ofMany.total > small / 100, `${what}: ${ofMany.total} estimated`);
          if (what === "searched")
            deepStrictEqual([ofFew.total, ofMany.total], [rareOnes, rareOnes], "the same has to be found in both");
          total = ofMany.total;
        },
      });
      figures[what] = { ...took, total };
      if (must) worst = Math.max(worst, took.ratio);
    }
    return [
      {
        bench: name,
        ratio: worst,
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
