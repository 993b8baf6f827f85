/** Answers of a made-up case: rules and guards read from them the very facts that somebody chose. */
import { describe, expect, it } from "@jest/globals";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import type { Application } from "../../src/engine/lifecycle/case.js";
import { answersOfFacts } from "../../src/engine/rules/answers-of-facts.js";
import { applicationFacts, factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import type { ExtraField } from "../../src/engine/setup/setup.js";
import { shippedSetup } from "../support/shipped-setup.js";

const shipped = shippedSetup("jordan");
const calendar = compileCalendar(shipped.calendar.definition);
const name = { ar: "حقل", en: "Field" };
const field = (code: string, type: ExtraField["type"], more: object = {}): ExtraField => ({
  ...{ code, name, type, required: false },
  ...more,
});
const fields = [
  field("words", "text"),
  field("days", "number"),
  field("before", "boolean"),
  field("visit", "date"),
  field("kind", "choice", { choices: [{ code: "a", name }] }),
  field("who", "entity"),
  field("where", "location"),
  field("paper", "file"),
];
const complaint = shipped.types.get("complaint");
if (complaint === undefined) throw new Error("no complaint");
const setup = { ...shipped, types: new Map(shipped.types).set("complaint", { ...complaint, fields }) };
const catalogue = factCatalogue(setup);
const read = (facts: Record<string, unknown>) => answersOfFacts(facts, fields, catalogue);

describe("answers of facts", () => {
  it("are read as those facts, one of every kind of field", () => {
    const [governorate] = [...setup.governorates.keys()];
    const facts = {
      "field.words": "نص",
      "field.days": 0,
      "field.before": false,
      "field.visit": 20260131,
      "field.kind": "a",
      "field.who": "MOH",
      "field.where": governorate,
      "field.paper": true,
    };
    const { answers, faults } = read(facts);
    expect(faults).toEqual([]);
    expect(answers).toMatchObject({ visit: "2026-01-31", where: { governorate } });
    const application = {
      type: "complaint",
      subject: "x",
      description: "x",
      fields: answers,
    } as unknown as Application;
    const known = applicationFacts(
      { ...application, receivedAt: new Date(0), entity: null, service: null },
      setup,
      calendar,
    );
    expect(known).toMatchObject(facts);
  });

  it("are left out where nothing is known", () => {
    expect(read({ "field.words": "", "field.days": null })).toEqual({ answers: {}, faults: [] });
  });

  it.each([
    ["field.days", "3"],
    ["field.days", Number.NaN],
    ["field.visit", 31],
    ["field.visit", "2026-01-31"],
    ["field.kind", "b"],
    ["field.who", "NOWHERE"],
    ["field.words", ["x"]],
    ["field.words", "x".repeat(10_001)],
    ["field.nothing", "x"],
    ["entity", "MOH"],
    ["__proto__x", 1],
  ])("are refused at their fact: %s is %j", (fact, value) => {
    expect(read({ [fact]: value }).faults.map(({ field: at }) => at)).toEqual([`/facts/${fact}`]);
  });
});
