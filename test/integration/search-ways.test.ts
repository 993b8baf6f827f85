/**
 * What many cases say is found another way than what few say (`db/case-matching.ts`). Whichever way: the same cases in the
 * same order as by looking through all of them.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Actor, can } from "../../src/engine/access/permissions.js";
import type { CaseFilters } from "../../src/engine/search/case-search.js";
import { placeVector, textVector } from "../../src/engine/search/search-document.js";
import { matchingCases } from "../../src/features/cases/list/case-matching.js";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "../support/working-office.js";

const size = 6000;
const from = 700_000;

interface Made {
  readonly id: number;
  readonly entity: string;
  readonly confidential: boolean;
  /** As the list tells of need: 0 open, 1 waiting, 3 ended. */
  readonly urgency: number;
  readonly due: number | null;
  readonly received: number;
  readonly words: readonly string[];
}

/** `alpha` and `beta` stand in many texts and never together; `gamma` stands in many that are open nowhere. */
function madeCase(g: number): Made {
  const urgency = g % 5 === 0 ? 0 : g % 5 === 1 ? 1 : 3;
  const words = [
    g % 2 === 0 ? "alpha" : "beta",
    ...(g % 3 === 0 ? ["common"] : []),
    ...(urgency === 3 && g % 4 === 0 ? ["gamma"] : []),
    ...(g % 500 === 7 ? ["seldom"] : []),
    ...(g % 7 === 0 ? ["prefixed"] : g % 7 === 1 ? ["prefer"] : []),
    ...(g % 2 === 1 ? ["4712"] : []),
  ];
  return {
    id: from + g,
    entity: g % 10 === 3 ? "MOH" : g % 10 === 4 ? "PSD" : "CSPD",
    confidential: g % 11 === 5,
    urgency,
    due: g % 13 === 0 ? null : (g * 7919) % 5000,
    received: (g * 104_729) % 9000,
    words,
  };
}

const made = Array.from({ length: size }, (_, g) => madeCase(g));
const kindOf: Readonly<Record<number, string>> = { 0: "open", 1: "waiting", 3: "final" };
/** The one case whose reference ends with digits that stand in many texts, and not in its own. */
const endsSo = made[4712] as Made;

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
  const { caseId } = await office.receive({ subject: "template", entity: "CSPD" });
  const at = (minutes: number | null) =>
    minutes === null ? null : new Date(sundayNine.getTime() + minutes * 60_000).toISOString();
  const rows = made.map((one) => ({
    id: one.id,
    reference: `999-000-${String(one.id - from).padStart(4, "0")}`,
    entity: one.entity,
    confidential: one.confidential,
    state: one.urgency === 3 ? "closed" : "assigned",
    state_kind: kindOf[one.urgency],
    due_at: at(one.due),
    received_at: at(-one.received),
    lexemes: `${textVector([one.words.join(" ")])} ${placeVector({ entity: one.entity, sector: null, service: null, governorate: null })}`,
  }));
  const copy = async (table: string, key: string, given: Readonly<Record<string, string>>) => {
    const columns = (
      await office.rows(
        "select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER'",
        table,
      )
    ).map(({ name }) => String(name));
    const values = columns.map((name) => (name === key ? "r.id" : name in given ? given[name] : `t.${name}`));
    await office.asOwner(
      `insert into ${table} (${columns.join(", ")}) select ${values.join(", ")} from ${table} t,
        jsonb_to_recordset($1::jsonb) as r(id bigint, reference text, entity text, confidential boolean, state text,
          state_kind text, due_at timestamptz, received_at timestamptz, lexemes tsvector) where t.${key} = $2`,
      JSON.stringify(rows),
      caseId,
    );
  };
  const own = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `r.${name}`]));
  await copy("applications", "id", {});
  const ofCase = own("reference", "entity", "confidential", "state", "state_kind", "due_at", "received_at");
  await copy("cases", "id", { ...ofCase, promise_due_at: "r.due_at" });
  await copy("case_texts", "case_id", own("lexemes"));
  await office.asOwner("analyze cases");
  await office.asOwner("analyze case_texts");
}, 90_000);
afterAll(() => office.close());

const has =
  (...words: string[]) =>
  (one: Made): boolean =>
    words.every((word) => one.words.includes(word));
const searches: Readonly<Record<string, (one: Made) => boolean>> = {
  "alpha ": has("alpha"),
  "common alpha ": has("common", "alpha"),
  "alpha beta ": has("alpha", "beta"),
  "seldom ": has("seldom"),
  "seldom beta ": has("seldom", "beta"),
  "gamma ": has("gamma"),
  pref: (one) => one.words.some((word) => word.startsWith("pref")),
  "وزارة الصحة": (one) => one.entity === "MOH",
  "“alpha common”": has("alpha", "common"),
  "4712": (one) => has("4712")(one) || one === endsSo,
};

type Sort = "need" | "newest";
const orders: Readonly<Record<Sort, (a: Made, b: Made) => number>> = {
  need: (a, b) =>
    a.urgency - b.urgency ||
    (a.due ?? Number.POSITIVE_INFINITY) - (b.due ?? Number.POSITIVE_INFINITY) ||
    a.id - b.id ||
    0,
  newest: (a, b) => a.received - b.received || b.id - a.id,
};
/** Infinity less infinity is no number. */
const inOrder = (sort: Sort) => (a: Made, b: Made) =>
  sort === "need" && a.due === null && b.due === null ? a.urgency - b.urgency || a.id - b.id : orders[sort](a, b);

describe("what many say and what few say", () => {
  it("are told apart", async () => {
    const of = async (sought: string) =>
      (await matchingCases(office.db, { queries: [sought], referenceEnd: null })).named?.length ?? "many";
    expect(await of("'alpha'")).toBe("many");
    expect(await of("'pref':*")).toBe("many");
    expect(await of("'seldom'")).toBe(made.filter(has("seldom")).length);
    // Each of them is said by many, both by nobody.
    expect(await of("'alpha' & 'beta'")).toBe(0);
  });

  const seats = {
    room: () => office.official("operation_room"),
    focal: () => office.official("focal_point", "MOH"),
    above: () => office.official("prime_minister", "PM"),
  };
  const filters: Readonly<Record<string, { filters: CaseFilters; keeps: (one: Made) => boolean }>> = {
    all: { filters: {}, keeps: () => true },
    "of one entity": { filters: { entity: "MOH" }, keeps: ({ entity }) => entity === "MOH" },
    open: { filters: { kinds: ["open"] }, keeps: ({ urgency }) => urgency === 0 },
  };
  const reaches = (actor: Actor, { entity, confidential }: Made): boolean =>
    can(actor, "case.read", {
      case: { programme: "jordan", entity, sector: "INTERIOR", confidential },
      entities: office.setup.entities,
    });

  it.each(Object.keys(searches))(
    "%j finds the same cases in the same order as a look at all of them",
    async (search) => {
      let met = 0;
      for (const [seat, official] of Object.entries(seats)) {
        const actor = official();
        for (const [named, { filters: asked, keeps }] of Object.entries(filters))
          for (const sort of ["need", "newest"] as const) {
            const all = made
              .filter((one) => searches[search]?.(one) && reaches(actor, one) && keeps(one))
              .sort(inOrder(sort))
              .map(({ id }) => id);
            for (const offset of [0, 1975]) {
              const { rows, total, estimated } = await office.services.cases.search({
                actor,
                now: sundayNine,
                search,
                filters: asked,
                sort,
                offset,
                limit: 25,
              });
              const what = [seat, named, sort, offset];
              expect([...what, rows.map(({ id }) => id)]).toEqual([...what, all.slice(offset, offset + 25)]);
              if (!estimated) expect([...what, total]).toEqual([...what, all.length]);
              else {
                expect(all.length).toBeGreaterThan(1000);
                expect(Math.abs(total / all.length - 1)).toBeLessThan(0.2);
              }
              met += rows.length;
            }
          }
      }
      expect(met > 0).toBe(search !== "alpha beta ");
    },
  );
});
