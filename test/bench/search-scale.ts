/** What officials type into the search all day: among a million cases, against among ten thousand. */
import { deepStrictEqual, ok } from "node:assert/strict";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { CaseFilters } from "../../src/engine/search/case-search.js";
import { textVector } from "../../src/engine/search/search-document.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { findApplicant } from "../../src/features/cases/list/find-applicant.js";
import { nearCases } from "../../src/features/cases/list/near-cases.js";
import { searchCases } from "../../src/features/cases/list/search-cases.js";
import { relatedCasesReader } from "../../src/features/cases/page/related-cases.js";
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

export const name = "search-scale";

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

/** Makes `size` cases of those that were really received, spread over two years up to the moment of the search. */
export async function fill({ owner }: CopiedOffice, size: number): Promise<void> {
  const rare = `g % ${size / rareOnes} = 0`;
  await cloneCases(owner, {
    // The first is a case of the entity that has the most, as receiveSome names it: the rare words are its own.
    templates: `select c.id, row_number() over (order by p.case_id is null, confidential,
        (select count(*) from cases d where d.entity = c.entity and not d.confidential) desc, c.entity, c.id) - 1 as n
      from cases c left join applicants p on p.case_id = c.id`,
    clones: `select 1000000 + g as id, t.id as from_id, g % 10 <> 0 as ended, ${rare} as rare, ${spread} as shift
      from generate_series(0, ${size - 1}) g
      join templates t on t.n = case when ${rare} then 0 else g / 7 % (select count(*) from templates) end`,
    copied,
    indexes: ["case_texts_lexemes", "applicants_name_words", "cases_reference_end"],
  });
  await settle(owner);
}

interface Question {
  readonly actor: Actor;
  readonly search?: string;
  readonly filters?: CaseFilters;
  readonly applicant?: string;
  readonly near?: string;
  /** Typed with a wrong letter: what has similar words. */
  readonly mistyped?: string;
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
    "a mistyped rare word": { actor: room, mistyped: "القيسرية" },
    "a mistyped common word": { actor: room, mistyped: "مكنب" },
    "a focal point's mistyped word": { actor: seated(setup, "focal_point", busiest), mistyped: "مكنب" },
    "a common word": { actor: room, search: "مكتب " },
    "two common words": { actor: room, search: "مكتب موظف " },
    "one letter pair while typing": { actor: room, search: "مك" },
    "an entity's name": { actor: room, search: entity },
    "a focal point's common word": { actor: seated(setup, "focal_point", busiest), search: "مكتب " },
    "a focal point's own entity": { actor: seated(setup, "focal_point", busiest), search: entity },
    "the Prime Minister's common word": { actor: seated(setup, "prime_minister", "PM"), search: "مكتب " },
    "a common word of one entity, waiting": {
      actor: room,
      search: "مكتب ",
      filters: { entity: busiest, kinds: ["open"] },
    },
    "a common word, ended": { actor: room, search: "مكتب ", filters: { kinds: ["final"] } },
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
  const related = relatedCasesReader(parts);
  return async ({ actor, search, filters = {}, applicant, near, mistyped }) => {
    if (mistyped !== undefined) {
      const { cases } = await nearCases(parts, { actor, search: mistyped, now: sunday });
      return { total: cases.length, estimated: false };
    }
    if (applicant !== undefined) {
      const { cases } = await findApplicant(parts, { applicant, actor, now: sunday });
      return { total: cases.length, estimated: false };
    }
    if (near !== undefined) {
      const { similar } = await related({ reference: near, actor, now: sunday });
      return { total: similar.length, estimated: false };
    }
    return searchCases(parts, {
      actor,
      search: search ?? "",
      sort: "match",
      filters,
      now: sunday,
      offset: 0,
      limit: 25,
    });
  };
}

export async function run() {
  const office = await openBenchOffice();
  try {
    const { entities, reference } = await receiveSome(office);
    const asked = questions(office.setup, entities[0] ?? "", reference);
    const { few, many, setUpSeconds } = await bothSizes(office, fill);
    const [fewOf, manyOf] = [askOver(few), askOver(many)];
    const about = { setUpSeconds, postgres: office.version, programme };

    const kinds: object[] = [];
    let worst = 0;
    for (const [what, one] of Object.entries(asked)) {
      let answered: Answer = { total: 0, estimated: false };
      const took = await compared({
        few: () => fewOf(one),
        many: () => manyOf(one),
        check(ofFew, ofMany) {
          if (one.finds !== undefined) deepStrictEqual([ofFew.total, ofMany.total], [one.finds, one.finds], what);
          answered = ofMany;
        },
      });
      ok(answered.total > 0, `${what}: nothing was found among many`);
      kinds.push({
        bench: `${name}: ${what}`,
        ...took,
        baseline: `the same among ${small} cases`,
        unit: `times the time among ${large} cases; milliseconds beside it`,
        total: answered.total,
        estimated: answered.estimated,
      });
      if (one.must) worst = Math.max(worst, took.ratio);
    }
    return [
      {
        bench: name,
        ratio: worst,
        baseline: `a page of 25 with its count among ${small} cases`,
        unit: `times the time among ${large} cases; the slowest of those that are held to it`,
        ...about,
      },
      ...kinds,
    ];
  } finally {
    await office.close();
  }
}
