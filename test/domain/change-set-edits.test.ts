/** What the edits of a change-set come to, in rows, in words, and for the set-up. */

import { describe, expect, it } from "@jest/globals";
import { columnName } from "../../src/engine/setup/column-names.js";
import type { Seat, Setup } from "../../src/engine/setup/setup.js";
import { setupTableNames } from "../../src/engine/setup/tables/setup-registry.js";
import { type ChangeEdit, readChangeEdit } from "../../src/features/policy/change-sets/change-edit.js";
import { editInWords } from "../../src/features/policy/change-sets/edit-words.js";
import { planSteps } from "../../src/features/policy/publication/plan-steps.js";
import { projectSetup } from "../../src/features/policy/publication/project-setup.js";
import { tableOf } from "../../src/features/setup/tables/setup-tables.js";
import { shippedSetup } from "../support/shipped-setup.js";

const now = new Date("2026-11-22T06:00:00Z");
const seat = (id: number, code: string, role: Seat["role"], entity: string): Seat => ({
  ...{ id, code, role, entity, sector: null, title: { ar: code, en: code } },
  holders: [
    { userId: id, name: `N${id}`, email: `n${id}@x.jo`, language: "ar", from: new Date(0), to: null, disabled: false },
  ],
});
const setup: Setup = {
  ...shippedSetup("jordan"),
  seats: [
    seat(1, "FOCAL-DVLD", "focal_point", "DVLD"),
    seat(2, "MANAGER-DVLD", "entity_manager", "DVLD"),
    seat(3, "MANAGER-PSD", "entity_manager", "PSD"),
    seat(4, "FOCAL-PSD", "focal_point", "PSD"),
  ],
};
const merge: ChangeEdit = {
  ...{ act: "merge", table: "entities", code: "DVLD", into: "PSD", seats: "move" },
  cases: { to: "PSD", except: { "JOR-1": "MOI" } },
};
const setupAfter = (edits: readonly ChangeEdit[]): Setup =>
  projectSetup(setup, { steps: planSteps(edits, setup), policies: [], people: new Map(), now });

describe("a merger", () => {
  it("takes services, those below, focal points and cases along, and heads only where there is none", () => {
    const steps = planSteps([merge], setup);
    const services = [...setup.services.values()].filter(({ entity }) => entity === "DVLD").map(({ code }) => code);
    expect(services.length).toBeGreaterThan(0);
    expect(steps.edits.filter(({ table }) => table === "services").map(({ code }) => code)).toEqual(services);
    expect(steps.edits.at(-1)).toEqual({ act: "retire", table: "entities", code: "DVLD", casesMapped: true });
    expect(steps.seats).toEqual([
      { code: "FOCAL-DVLD", place: { entity: "PSD", sector: null } },
      { code: "MANAGER-DVLD", end: true, retire: true },
    ]);
    expect(steps.moves).toEqual([{ entity: "DVLD", to: "PSD", others: { "JOR-1": "MOI" } }]);
    const then = setupAfter([merge]);
    expect(then.entities.get("DVLD")?.retired).toBe(true);
    expect(then.seats.map(({ code, entity }) => [code, entity])).toEqual([
      ["FOCAL-DVLD", "PSD"],
      ["MANAGER-PSD", "PSD"],
      ["FOCAL-PSD", "PSD"],
    ]);
    expect(setup.entities.get("DVLD")?.retired).toBe(false);
  });

  it("leaves to the set what the set itself says of a row", () => {
    const own: ChangeEdit = {
      ...{ act: "update", table: "services", code: "DVLD-LICENCE" },
      ...{ values: { entity: "MOI" }, before: { entity: "DVLD" } },
    };
    expect(setupAfter([merge, own]).services.get("DVLD-LICENCE")?.entity).toBe("MOI");
    expect(setupAfter([own, merge]).services.get("DVLD-VEHICLE")?.entity).toBe("PSD");
  });
});

describe("the set-up as it would be", () => {
  it("has the levels of a tree that moved, in whatever order it was written", () => {
    const edits: ChangeEdit[] = [
      { act: "update", table: "entities", code: "PSD", values: { parent: "NEW" }, before: { parent: "MOI" } },
      {
        ...{ act: "create", table: "entities", code: "NEW" },
        values: { nameAr: "ج", nameEn: "N", parent: "MOI", sector: "INTERIOR", kind: "department" },
      },
    ];
    for (const order of [edits, [...edits].reverse()]) {
      const { entities } = setupAfter(order);
      expect(["MOI", "NEW", "PSD", "DVLD"].map((code) => entities.get(code)?.level)).toEqual([1, 2, 3, 4]);
    }
  });
});

describe("in words", () => {
  const name = (code: string, language: "en" | "ar" = "en") => setup.entities.get(code)?.name[language];
  it.each<[ChangeEdit, string, string]>([
    [
      { act: "update", table: "entities", code: "DVLD", values: { parent: "MOI" }, before: { parent: "PSD" } },
      `“${name("DVLD")}” moves from “${name("PSD")}” to “${name("MOI")}”`,
      `«${name("DVLD", "ar")}»: نقل من «${name("PSD", "ar")}» إلى «${name("MOI", "ar")}»`,
    ],
    [
      merge,
      `“${name("DVLD")}” is merged into “${name("PSD")}”`,
      `دمج «${name("DVLD", "ar")}» في «${name("PSD", "ar")}»`,
    ],
    [
      { act: "update", table: "seats", code: "FOCAL-DVLD", values: { entity: "PSD" }, before: { entity: "DVLD" } },
      `The seat “FOCAL-DVLD” of “${name("DVLD")}” moves from “${name("DVLD")}” to “${name("PSD")}”`,
      `المقعد «FOCAL-DVLD» في «${name("DVLD", "ar")}»: نقل من «${name("DVLD", "ar")}» إلى «${name("PSD", "ar")}»`,
    ],
  ])("%#", (edit, en, ar) => {
    expect(editInWords(edit, setup, now).words).toEqual({ en, ar });
  });

  it("says every kind of edit in both languages", () => {
    const edits = [
      { act: "create", table: "pillars", code: "N", values: { nameAr: "ج", nameEn: "N" } },
      { act: "retire", table: "pillars", code: "QUALITY" },
      { act: "restore", table: "pillars", code: "QUALITY" },
      { act: "retire", table: "entities", code: "DVLD", cases: { to: "PSD", except: {} } },
      {
        act: "create",
        table: "seats",
        code: "S",
        values: { role: "focal_point", titleAr: "م", titleEn: "T", entity: "PSD" },
      },
      { act: "retire", table: "seats", code: "FOCAL-PSD" },
    ].map(readChangeEdit);
    for (const edit of edits) {
      const { words, details } = editInWords(edit, setup, now);
      for (const { en, ar } of [words, ...details]) {
        expect(en).toMatch(/[A-Za-z]/);
        expect(ar).toMatch(/[\u0600-\u06ff]/);
        expect(`${en}${ar}`).not.toMatch(/undefined|null|\[object/);
      }
    }
  });
});

describe("what is let in", () => {
  it.each([
    [{}],
    [{ act: "retire", table: "users", code: "A" }],
    [{ act: "update", table: "pillars", code: "A", values: {} }],
    [{ act: "retire", table: "pillars", code: "A", more: 1 }],
    [{ act: "merge", table: "pillars", code: "A", into: "B", cases: { to: "B", except: {} }, seats: "move" }],
    [{ act: "create", table: "pillars", code: "A", values: { nameEn: "a\u0000" } }],
    [{ act: "create", table: "pillars", code: "A", values: JSON.parse('{"__proto__":{"x":1}}') }],
    [{ act: "create", table: "seats", code: "A", values: { role: "king" } }],
  ])("is nothing else: %j", (value) => {
    expect(() => readChangeEdit(value)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });
});

it.each<[ChangeEdit["table"], Record<string, unknown>, string[]]>([
  ["entities", { kind: "authority", joining: "inScope" }, ["النوع: «سلطة»", "حالة الانضمام: «ضمن النطاق»"]],
  ["channels", { kind: "contactCentre" }, ["النوع: «مركز اتصال»"]],
  [
    "application_types",
    { fields: [{ code: "a", type: "choice" }] },
    ["الحقول الإضافية: «a» (نوع الإجابة: «اختيار من قائمة»)"],
  ],
  ["instructions", { toSectors: ["HEALTH"] }, ["إلى جهات القطاعات: «الصحة والغذاء والدواء»"]],
])("a new row of %s says its choices by their names, not by codes", (table, values, said) => {
  const edit = {
    act: "create",
    table,
    code: "NEW",
    values: { nameAr: "جديد", nameEn: "New", ...values },
  } as ChangeEdit;
  expect(editInWords(edit, setup, now).details.map(({ ar }) => ar)).toEqual(said);
});

it("a list of roles, and who routes, are told by their names before and after", () => {
  const edit: ChangeEdit = {
    ...{ act: "update", table: "programmes", code: "jordan" },
    values: { triage: "manual", secondFactor: ["minister"] },
    before: { triage: "rules", secondFactor: ["operation_room"] },
  };
  expect(editInWords(edit, setup, now).details.map(({ en }) => en)).toEqual([
    "triage: from “By rules; officials forward the rest” to “By hand, by main focal points”",
    "two-step sign-in required: adds “Minister”; takes out “Operation room”",
  ]);
});

it("each column of the set-up has a name in both languages", () => {
  const columns = setupTableNames.flatMap((table) => tableOf(table).columns.map(({ name }) => name));
  expect(columns.filter((name) => columnName(name).ar === name)).toEqual([]);
});
