/** Every kind of event has words in both languages, whatever its data are. */
import { describe, expect, it } from "@jest/globals";
import { describeEvents } from "../../src/engine/explain/describe-event.js";
import { descriptions } from "../../src/engine/explain/event-descriptions.js";
import type { CaseEventType } from "../../src/engine/lifecycle/case-event.js";
import { sampleSetup } from "../support/sample-setup.js";
import { shippedJson } from "../support/shipped-setup.js";

const at = new Date("2026-11-22T07:10:00Z");
const setup = sampleSetup();
const noWorkflow = [...setup.workflows.values()][0]?.definition as never;
const reached = new Set(["482-739-1652"]);
const complaints = shippedJson("workflows", "jordan", "complaint.json") as never;
const told = (type: CaseEventType, data: Record<string, unknown> = {}, { workflow } = { workflow: noWorkflow }) => {
  const event = { caseId: 1, seq: 1, at, type, actor: { kind: "system", job: "test" } as const, data };
  const [entry] = describeEvents([event], { setup, workflow, reached });
  if (entry === undefined) throw new Error("nothing was told");
  return entry;
};

describe("an event", () => {
  it.each(Object.keys(descriptions) as CaseEventType[])("%s is told in both languages, even without data", (type) => {
    const { what, who } = told(type);
    expect(what.en).toMatch(/[A-Za-z]/);
    expect(what.en).not.toMatch(/[؀-ۿ]/);
    expect(what.ar).toMatch(/[؀-ۿ]/);
    expect(who).toEqual({ en: "The system", ar: "النظام" });
  });

  it.each(Object.keys(descriptions) as CaseEventType[])(
    "%s holds no code and no JSON in Arabic, whatever it names",
    (type) => {
      const moment = at.toISOString();
      const names = {
        target: "resolution",
        reason: "duplicate",
        cause: "term",
        by: "person",
        action: "transfer",
        kind: "phone",
      };
      const places = {
        entity: "MOH",
        fromEntity: "MOI",
        sector: "HEALTH",
        state: "resolved",
        from: "assigned",
        to: "resolved",
      };
      const people = { assignee: 7, before: 8, colleague: 7, seat: "s", name: "Rana", level: 2 };
      const things = {
        dueAt: moment,
        until: moment,
        rating: 2,
        duplicateOf: "482-739-1652",
        closingReason: "x",
        ...{ version: 3, fromVersion: 2, toVersion: 3, set: "sla" },
      };
      // Work that is handed over goes from one person to another.
      const between = type === "case.handed-over" ? { from: 7, to: 8 } : {};
      const data = { ...names, ...places, ...people, ...things, ...between };
      const { what } = told(type, data, { workflow: complaints });
      const said = what.ar.replace(/[\u2066-\u2069]/g, "");
      expect(said).not.toMatch(/[{}[\]"]|undefined|null|NaN|object/);
      expect(said.replaceAll("Rana", "")).not.toMatch(/[a-z]{2}/);
    },
  );

  it("names moments, levels and people", () => {
    expect(told("clock.breached", { target: "resolution", dueAt: at.toISOString() }).what.en).toBe(
      "Final answer: overdue since Sunday 22 November 2026, 10:10.",
    );
    expect(told("case.escalated", { level: 2, receivers: [], emptySeats: [{ level: 1, seat: null }] }).what).toEqual({
      en: "Escalated to level 2: nobody. The position of level 1 was vacant, so this goes to the next one.",
      ar: "صُعّد إلى المستوى 2: لا أحد. منصب المستوى 1 شاغر، فالمعني هو الذي يليه.",
    });
    // A copy is no escalation to the one who gets it.
    expect(told("case.escalated", { level: 4, receivers: [3, 4, 9], escalatedTo: [4], emptySeats: [] }).what).toEqual({
      en: "Escalated to level 4: \u2068#4\u2069. Copy to: \u2068#3\u2069, \u2068#9\u2069.",
      ar: "صُعّد إلى المستوى 4: \u2068#4\u2069. نسخة للعلم إلى: \u2068#3\u2069، \u2068#9\u2069.",
    });
  });

  it("sets names apart, so that the full stop stays where the sentence ends", () => {
    expect(told("deadline.warned", { receivers: [7] }).what.en).toBe("Reminder of the deadline for: \u2068#7\u2069.");
    expect(told("case.routed", { entity: "CSPD" }).what.ar).toMatch(/^وجّهته القواعد إلى \u2068.+\u2069\.$/u);
    expect(told("case.linked", { duplicateOf: "482-739-1652" }).what.ar).toContain("\u2068482-739-1652\u2069");
    expect(told("case.split", { into: "482-739-1652" }).what.en).toContain("case \u2068482-739-1652\u2069");
  });

  it("says no number of a case that its reader does not reach", () => {
    const hidden = "117-204-9981";
    const named = { duplicateOf: hidden, into: hidden, splitFrom: hidden, others: [hidden, "482-739-1652", "x"] };
    for (const type of ["case.linked", "case.split", "application.received", "case.merged"] as const) {
      const { what } = told(type, named);
      expect(`${what.en} ${what.ar}`).not.toContain(hidden);
      expect(what.ar).toMatch(/طلب آخر|طلبات أخرى|طلبان آخران/u);
      expect(what.en).toMatch(/another case|other cases/);
    }
    expect(told("case.merged", named).what.en).toBe(
      "Answered together with this case: \u2068482-739-1652\u2069, 2 other cases.",
    );
  });

  it("shows what was written only where something was", () => {
    expect(told("case.noted", { note: "look" }).text).toBe("look");
    expect(told("case.noted", { note: "" }).text).toBeNull();
    expect(told("case.transferred", { entity: "x", reason: 7 }).text).toBeNull();
  });

  it("says that a case waits in triage, or whose successor has it, when an entity is no more", () => {
    const back = told("case.transferred", { fromEntity: "MOH", entity: null, through: ["MWI"] }).what;
    expect(back.en).toMatch(/^Back to triage: .+ is retired\.$/);
    expect(back.ar).toMatch(/^إعادة إلى الفرز: /);
    const past = told("case.transferred", { fromEntity: "PSD", entity: "MOH", through: ["MWI"] }).what;
    expect(past.en).toMatch(/^Transferred to .+, which took over from .+\.$/);
    expect(past.ar).not.toMatch(/undefined|null/);
  });

  it("that this build does not know is named and not lost", () => {
    expect(told("case.sung" as CaseEventType).what.en).toBe("case.sung.");
  });
});
