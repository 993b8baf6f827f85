/** Which edits of the set-up take a second person where a programme wants one. */

import { describe, expect, it } from "@jest/globals";
import { isReplayedEdit } from "../../src/engine/replay/replayed-edits.js";
import { affectsDecisions, type EditedRow } from "../../src/engine/setup/affects-decisions.js";
import {
  declarationOf,
  ownColumns,
  setupTableNames,
  storedNames,
} from "../../src/engine/setup/tables/setup-registry.js";

const update = (table: string, values: Record<string, unknown>, before: Record<string, unknown> = {}): EditedRow => ({
  ...{ act: "update", table, values, before },
});

describe("what a replay over past cases shows", () => {
  it.each<[string, EditedRow, boolean]>([
    ["the entity of a service", update("services", { entity: "PSD" }, { entity: "DVLD" }), true],
    ["the weight of a level", update("importance_levels", { rank: 3 }, { rank: 2 }), true],
    ["a merger", { act: "merge", table: "entities" }, true],
    ["a name", update("entities", { nameEn: "A" }), false],
    ["words that rules look for, which were found when a case came", update("keyword_lists", { words: ["a"] }), false],
    ["the workflow of a type", update("application_types", { workflow: "report" }, { workflow: "complaint" }), false],
    ["who sits where", { act: "create", table: "seats", values: {} }, false],
  ])("%s", (_, edit, isShown) => {
    expect(isReplayedEdit(edit)).toBe(isShown);
  });
});

describe("what changes a decision", () => {
  it.each<[string, EditedRow, boolean]>([
    ["a name", update("entities", { nameAr: "أ", nameEn: "A" }), false],
    ["an address and a telephone", update("entities", { email: "a@b.jo", phone: "1" }), false],
    ["what stands above", update("entities", { parent: "PM" }, { parent: "MOI" }), true],
    ["the same as before", update("entities", { parent: "PM" }, { parent: "PM" }), false],
    ["the sector", update("entities", { sector: "HEALTH" }, { sector: "CENTRAL" }), true],
    ["whether it receives cases", update("entities", { joining: "live" }, { joining: "trained" }), true],
    ["until when it exists", update("entities", { validTo: "2027-01-01" }, { validTo: null }), true],
    ["the entity of a service", update("services", { entity: "PSD" }, { entity: "DVLD" }), true],
    ["the weight of a level", update("importance_levels", { rank: 3 }, { rank: 2 }), true],
    ["the order in lists", update("pillars", { sortOrder: 3 }, { sortOrder: 2 }), false],
    ["words that rules look for", update("keyword_lists", { words: ["a"] }, { words: [] }), true],
    ["the workflow of a type", update("application_types", { workflow: "report" }, { workflow: "complaint" }), true],
    ["the purpose of a type", update("application_types", { purposeEn: "To complain" }), false],
    ["the ladder", update("programmes", { ladder: [] }, { ladder: [{ level: 1, role: "minister" }] }), true],
    ["how much may be exported", update("programmes", { exportMostRows: 5 }, { exportMostRows: 6 }), false],
    ["a name and what stands above", update("entities", { nameEn: "A", parent: "PM" }, { parent: "MOI" }), true],
    ["a new entity", { act: "create", table: "entities", values: {} }, true],
    ["a pillar that is retired", { act: "retire", table: "pillars" }, true],
    ["a pillar that comes back", { act: "restore", table: "pillars" }, true],
    ["a merger", { act: "merge", table: "entities" }, true],
    ["a reply template", { act: "create", table: "reply_templates", values: {} }, false],
    ["a closing reason", update("closing_reasons", { textEn: "So" }, { textEn: "Thus" }), false],
  ])("%s", (_, edit, decides) => {
    expect(affectsDecisions(edit)).toBe(decides);
  });

  it("looks into extra fields, and passes over what they are called", () => {
    const field = { code: "plate", name: { ar: "لوحة", en: "Plate" }, type: "choice", required: false };
    const choices = [{ code: "a", name: { ar: "أ", en: "A" } }];
    const before = { fields: [{ ...field, choices }] };
    const renamed = {
      fields: [{ ...field, name: { ar: "رقم", en: "Number" }, choices: [{ code: "a", name: { ar: "ب", en: "B" } }] }],
    };
    expect(affectsDecisions(update("application_types", renamed, before))).toBe(false);
    expect(
      affectsDecisions(update("application_types", { fields: [{ ...field, required: true, choices }] }, before)),
    ).toBe(true);
    expect(
      affectsDecisions(update("application_types", { fields: [{ ...field, choices: [{ code: "b" }] }] }, before)),
    ).toBe(true);
  });

  it("takes a column that nobody has thought of for one that decides", () => {
    for (const table of setupTableNames) {
      const texts = ["reply_templates", "closing_reasons", "instructions", "kpi_alerts"].includes(table);
      expect(affectsDecisions(update(table, { invented: 1 }))).toBe(!texts);
    }
  });

  it("says of each column what its declaration says", () => {
    for (const table of setupTableNames)
      for (const [name, column] of ownColumns(table))
        for (const stored of storedNames(name, column)) {
          const decides = declarationOf(table).decides !== false && column.decides;
          expect([table, stored, affectsDecisions(update(table, { [stored]: "b" }, { [stored]: "a" }))]).toEqual([
            table,
            stored,
            decides,
          ]);
        }
  });
});
