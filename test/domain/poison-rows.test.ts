/** Rows of the set-up with anything in the place of anything: each is answered with faults, and a list without end is not looked through. */

import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { type SetupTableName, setupTableNames } from "../../src/engine/setup/tables/setup-registry.js";
import { rowFaults, type Surroundings } from "../../src/features/setup/setup-faults.js";
import { type FileRow, fileRow, flatRow, rowsOf, tableOf } from "../../src/features/setup/tables/setup-tables.js";
import { shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const around: Surroundings = {
  setup,
  definitions: [...new Set([...setup.types.values()].map(({ workflow }) => workflow))].map((name, id) => ({
    id,
    kind: "workflow" as const,
    name,
    status: "published" as const,
    version: 1,
    definition: {},
  })),
  calendars: new Set([setup.calendar.definition.code]),
};
const instruction = {
  code: "INS-1",
  name: { ar: "تعليمات", en: "Instruction" },
  order: 1,
  retired: false,
  number: "1/2026",
  issuedOn: "2026-01-01",
  inForceFrom: "2026-01-01",
  text: { ar: "نص", en: "Text" },
  toAll: true,
  toSectors: [],
  toSubtrees: [],
  toEntities: [],
};
const tables = setupTableNames;
const rowOf = (table: SetupTableName): FileRow =>
  table === "instructions" ? instruction : ([...rowsOf(setup, table).values()].at(-1) as FileRow);

const many = <Item>(count: number, make: (i: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => make(i));
const poison = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      many(4000, () => null),
      many(4000, (i) => `WORD${i}`),
      many(4000, (i) => ({ code: `f${i}`, name: { ar: "ا", en: "x" }, type: "text", required: true })),
      { toString: 1, valueOf: 1 },
      [{ toString: null }],
      "{{#if service}}".repeat(3000),
      "0000-00-00",
      "+275760-09-13",
      1e308,
      -1,
      0.5,
      "hasOwnProperty",
    ),
  },
);

it.each(tables)("%s: whatever stands in a column, there is an answer", (table) => {
  const columns = tableOf(table).columns.map(({ name }) => name);
  const row = rowOf(table);
  fc.assert(
    fc.property(fc.constantFrom(...columns), poison, (column, value) => {
      const faults = rowFaults(
        table,
        fileRow(table, { ...flatRow(table, row), [column]: value as never }, row),
        around,
      );
      for (const { field, reason } of faults) {
        expect(field).toMatch(/^(\/|$)/);
        expect(reason.en.length).toBeGreaterThan(0);
        expect(reason.ar.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150, seed: 20_261_127 },
  );
});

/** Longer than any of them may be. */
const tooLong = 4000;
it.each<[SetupTableName, string, unknown]>([
  ["application_types", "fields", null],
  ["keyword_lists", "words", null],
  ["reply_templates", "types", "NOTHING"],
  ["instructions", "toSectors", "NOTHING"],
  ["instructions", "toSubtrees", "NOTHING"],
  ["instructions", "toEntities", 7],
])("%s: %s that are too many are told once, whatever they are, and not looked through", (table, column, item) => {
  const row = rowOf(table);
  const items = many(tooLong, (i) => (typeof item === "string" ? `${item}${i}` : item));
  const faults = rowFaults(table, fileRow(table, { ...flatRow(table, row), [column]: items as never }, row), around);
  expect(faults).toEqual([
    { field: `/${column}`, reason: { en: expect.stringMatching(/at most/), ar: expect.any(String) } },
  ]);
});

it("a choice that is none is answered with the names of the choices, not with their codes", () => {
  const row = rowOf("digests");
  const faults = rowFaults("digests", fileRow("digests", { ...flatRow("digests", row), weekday: "" }, row), around);
  expect(faults).toMatchObject([{ field: "/weekday", reason: { en: expect.stringContaining("Sunday") } }]);
  expect(faults[0]?.reason.en).not.toMatch(/\bsun\b/);
});
