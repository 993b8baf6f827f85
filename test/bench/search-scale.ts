/** What officials type into the search all day: among a million cases, against among ten thousand. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { findApplicant } from "../../src/cases/find-applicant.js";
import { createRelatedCases } from "../../src/cases/related-cases.js";
import { searchCases } from "../../src/cases/search-cases.js";
import { createActiveSetup } from "../../src/configuration/active-setup.js";
import { createPolicies } from "../../src/configuration/policies.js";
import type { Actor } from "../../src/domain/permissions.js";
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
import { seated } from "./admin-list-scale.js";

export const name = "search-scale";

const small = 10_000;
const large = 1_000_000;
const received = 300;
const rounds = 31;
/** The first warm up and do not count. */
const warmUp = 5;
/** Cases, in either database, whose text has two rare words; half as many have both beside each other. */
const rareOnes = 40;
const rareWords = ["القيصرية", "المنحدرات"] as const;
const phone = "+962795550101";

/** One in ten is open, of every entity; the texts of a few have the rare words, and each has a number of its own, as letters and bills do. */
const copied = {
  applications: { change: { source_id: "null" } },
  applicants: {
    change: {
      phone: `case when k.rare then '${phone}' else '+9627' || (10000000 + k.id) end`,
      email: "'a' || k.id || '@example.jo'",
      name_words: `(t.name_words::text || ' x' || k.id % 5000)::tsvector`,
    },
  },
  cases: {
    change: {
      reference: "(2000000000 + k.id::bigint * 7919 % 1000000007)::text",
      state: "case when k.ended then 'closed' else t.state end",
      state_kind: "case when k.ended then 'final' else t.state_kind end",
      next_due_at: "null",
    },
  },
  clocks: {},
  case_texts: {
    change: {
      lexemes: `t.lexemes || (k.id || ':1A ' || case when k.rare then $w$${textVector([rareWords.join(" ")])}$w$ else '' end)::tsvector`,
    },
  },
} as const;

const indexes = ["case_texts_lexemes", "applicants_name_words", "cases_reference_end"];

/** Makes `size` cases of those that were really received, spread over two years up to the moment of the search. */
async function fill({ owner }: CopiedOffice, size: number): Promise<void> {
  await owner.query(`
    create temp table templates as select c.id, row_number() over (order by p.case_id is null, confidential, c.id) - 1 as n
      from cases c left join applicants p on p.case_id = c.id;
    create temp table clones as
      select 1000000 + g as id, t.id as from_id, g % 10 <> 0 as ended, g % ${size / rareOnes} = 0 as rare,
        (g * 7919::bigint % 17520 - 17519) * interval '1 hour' + interval '20 hours' as shift
      from generate_series(0, ${size - 1}) g
      join templates t on t.n = case when g % ${size / rareOnes} = 0 then 0 else g / 7 % (select count(*) from templates) end;
    analyze clones;
    set session_replication_role = replica`);
  const { rows } = await owner.query<{ name: string; made: string }>(
    "select indexname as name, indexdef as made from pg_indexes where indexname = any($1)",
    [indexes],
  );
  for (const { name: index } of rows) await owner.query(`drop index ${index}`);
  for (const [table, options] of Object.entries(copied)) await owner.query(cloneStatement(table, options));
  for (const { made } of rows) await owner.query(made);
  await owner.query("drop table clones");
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}

interface Question {
  readonly actor: Actor;
  readonly search?: string;
  readonly applicant?: string;
  readonly near?: string;
  /** Held to the wanted ratio; the others are shown beside it. */
  readonly must?: true;
  /** The same has to be found in both. */
  readonly finds?: number;
}

function questions(setup: Setup, busiest: string, one: string): Readonly<Record<string, Question>> {
  const room = seated(setup, "operation_room");
  const entity = setup.entities.get(busiest)?.name.ar ?? "";
  return {
    "a rare word": { actor: room, search: "القيصرية ", must: true, finds: rareOnes },
    "another form of it": { actor: room, search: "والقيصريات ", must: true, finds: rareOnes },
    "two words": { actor: room, search: "القيصرية المنحدرات ", must: true, finds: rareOnes },
    "a phrase": { actor: room, search: "“القيصرية المنحدرات”", must: true, finds: rareOnes },
    "a word while it is typed": { actor: room, search: "القيصري", must: true, finds: rareOnes },
    "an entity's name and a word": { actor: room, search: `${entity} القيصرية `, must: true },
    "a reference": { actor: room, search: one, must: true, finds: 1 },
    "the end of a reference": { actor: room, search: one.slice(-7), must: true },
    "an applicant's telephone": { actor: room, applicant: phone, must: true },
    "a focal point's rare word": { actor: seated(setup, "focal_point", busiest), search: "القيصرية ", must: true },
    "a common word": { actor: room, search: "مكتب " },
    "two common words": { actor: room, search: "مكتب موظف " },
    "one letter pair while typing": { actor: room, search: "مك" },
    "an entity's name": { actor: room, search: entity },
    "a day": { actor: room, search: "2026-11-03" },
    "an applicant's name": { actor: room, applicant: "محمد x17" },
    "near a case": { actor: room, near: one },
  };
}

interface Answer {
  readonly total: number;
  readonly estimated: boolean;
}

function askOver({ db }: CopiedOffice): (asked: Question) => Promise<Answer> {
  const active = createActiveSetup(db);
  const parts = { db, policies: createPolicies(active), programmes: () => active.programmes() };
  const related = createRelatedCases(parts);
  return async ({ actor, search, applicant, near }) => {
    if (applicant !== undefined) {
      const { cases } = await findApplicant(parts, { applicant, actor, now: sunday });
      return { total: cases.length, estimated: false };
    }
    if (near !== undefined) {
      const { similar } = await related({ reference: near, actor, now: sunday });
      return { total: similar.length, estimated: false };
    }
    return searchCases(parts, { actor, search: search ?? "", now: sunday, offset: 0, limit: 25 });
  };
}

export async function run() {
  const office = await openBenchOffice();
  try {
    await receiveAll(office, received);
    const { rows } = await office.owner.query<{ entity: string; reference: string }>(
      `select entity, min(reference) filter (where not confidential) as reference from cases
        where entity is not null and not confidential group by entity order by count(*) desc, entity limit 1`,
    );
    const asked = questions(office.setup, rows[0]?.entity ?? "", rows[0]?.reference ?? "");
    const { few, many } = await office.copyTo(["few", "many"]);
    const began = performance.now();
    await fill(few, small);
    await fill(many, large);
    const setUpSeconds = Math.round((performance.now() - began) / 1000);
    const [fewOf, manyOf] = [askOver(few), askOver(many)];

    const figures: Record<string, { ratio: number; few: number; many: number; slowest: number; total: number }> = {};
    let worst = 0;
    for (const [what, one] of Object.entries(asked)) {
      const took: { few: number[]; many: number[] } = { few: [], many: [] };
      let total = 0;
      for (let round = 0; round < rounds; round++) {
        // In turns: whoever comes second finds the processor warm.
        const order = round % 2 === 0 ? (["few", "many"] as const) : (["many", "few"] as const);
        const answers: Partial<Record<"few" | "many", Answer>> = {};
        for (const side of order) {
          const start = performance.now();
          answers[side] = await (side === "few" ? fewOf : manyOf)(one);
          if (round >= warmUp) took[side].push(performance.now() - start);
        }
        if (one.finds !== undefined)
          deepStrictEqual([answers.few?.total, answers.many?.total], [one.finds, one.finds], what);
        total = answers.many?.total ?? 0;
      }
      ok(total > 0, `${what}: nothing was found among many`);
      const [a, b] = [median(took.few), median(took.many)];
      figures[what] = {
        ratio: Number((b / a).toFixed(2)),
        few: Number(a.toFixed(1)),
        many: Number(b.toFixed(1)),
        slowest: Number(Math.max(...took.many).toFixed(1)),
        total,
      };
      if (one.must) worst = Math.max(worst, b / a);
    }
    return [
      {
        bench: name,
        ratio: Number(worst.toFixed(2)),
        baseline: `a page of 25 with its count among ${small} cases`,
        unit: `times the time among ${large} cases; the slowest of ten searches`,
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
