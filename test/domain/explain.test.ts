/** "Why this deadline, why this entity?" on the shipped rules: the words name rule, facts, days off and pauses. */

import { beforeAll, describe, expect, it } from "@jest/globals";
import { meetClock, pauseClock, resumeClock, startClock } from "../../src/engine/calendar/clocks.js";
import { explainCase, explanationLines } from "../../src/engine/explain/explain-case.js";
import { explainClock } from "../../src/engine/explain/explain-deadline.js";
import type { ExplainedDecision } from "../../src/engine/explain/explain-decision.js";
import { conditionsMet } from "../../src/engine/explain/explain-decision.js";
import type { ExplainInput } from "../../src/engine/explain/explained-section.js";
import { wordsOf } from "../../src/engine/explain/words.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import type { CaseEvent, NewCaseEvent } from "../../src/engine/lifecycle/case-event.js";
import { openCase } from "../../src/engine/lifecycle/open-case.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import { type RuleSetDefinition, type RuleSetName, ruleSetNames } from "../../src/engine/rules/rule-set.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { aCase, calendar, calendarOf, office, shippedWorkflow } from "../support/office.js";
import { shippedJson } from "../support/shipped-setup.js";

const workflow = shippedWorkflow("complaint");
const definitions = new Map<RuleSetName, RuleSetDefinition>(
  ruleSetNames.map((set) => [set, shippedJson<RuleSetDefinition>("rules", "jordan", `${set}.json`)]),
);
const ruleSets: Setup["ruleSets"] = new Map(
  ruleSetNames.map((set, i) => [
    set,
    { versionId: i + 10, version: 4, definition: definitions.get(set) as RuleSetDefinition },
  ]),
);
const setup = office({
  ruleSets,
  workflows: new Map([["complaint", { versionId: 3, version: 1, definition: workflow }]]),
});
const policy: Policy = { setup, calendar, runner: (set) => compileRuleSet(definitions.get(set) as RuleSetDefinition) };
const english = wordsOf(setup, "en");
const arabic = wordsOf(setup, "ar");

const numbered = (events: readonly NewCaseEvent[]): CaseEvent[] =>
  events.map((event, i) => ({ ...event, caseId: 7, seq: i + 1 }));
/** Thursday 19 November 2026, 14:50 in Amman: forty minutes before closing. */
const thursday = new Date("2026-11-19T11:50:00Z");

async function opened(change: Partial<Case["application"]> = {}, by: Policy = policy): Promise<ExplainInput> {
  const { application } = aCase({}, { receivedAt: thursday, ...change });
  const { draft } = await openCase({
    id: 7,
    reference: "123-456-7897",
    application,
    policy: by,
    actor: { kind: "channel", channel: "web" },
    now: thursday,
  });
  const decisions: ExplainedDecision[] = draft.decisions.map((decision) => ({
    ...decision,
    version: 4,
    definition: definitions.get(decision.ruleSet) as RuleSetDefinition,
  }));
  return {
    theCase: draft.theCase,
    decisions,
    events: numbered(draft.events),
    setup,
    workflow,
    calendarOf,
    language: "en",
    now: new Date("2026-11-22T06:00:00Z"),
    ruleCodes: false,
  };
}
const linesOf = (input: ExplainInput): string => explanationLines(explainCase(input)).join("\n");

describe("a new complaint", () => {
  let input: ExplainInput;
  beforeAll(async () => {
    input = await opened({ pillar: "TIME", importance: "critical", entity: "JFDA" });
  });

  it("names rule, version and the facts that met it", () => {
    const said = linesOf(input);
    expect(said).toContain("Case \u2068123-456-7897\u2069");
    expect(said).toContain("The applicant named the pillar.");
    expect(said).toContain("The rules sent it to the entity that the applicant named.");
    expect(said).toContain("Rule “Critical: one working day”, because:");
    expect(said).toContain("- Application type: Complaint (one of: Complaint, Report)");
    expect(said).toContain("- Importance level: Critical");
    expect(said).toContain("“Service levels”, version 4, on Thursday 19 November 2026, 14:50");
  });

  it("reckons the deadline as a person would", () => {
    // 2 h 20 min of working time from Thursday 14:50: forty minutes, the weekend, and an hour and forty minutes of Sunday.
    const said = linesOf(input);
    expect(said).toContain("First reply: 2 hours 20 minutes of working time, from Thursday 19 November 2026, 14:50.");
    expect(said).toContain("Thursday 19 November 2026, 14:50–15:30: 40 minutes");
    expect(said).toContain("Friday 20 November 2026 to Saturday 21 November 2026: off (Weekend)");
    expect(said).toContain("Sunday 22 November 2026, 08:30–10:10: 1 hour 40 minutes");
    expect(said).toContain("Due: Sunday 22 November 2026, 10:10.");
    // Asked on Sunday at 9:00.
    expect(said).toContain("Time left: 1 working hour 10 minutes.");
  });

  it("says the same in Arabic, with no English words left", () => {
    const said = linesOf({ ...input, language: "ar" });
    expect(said).toContain("ساعتان و20 دقيقة من وقت الدوام");
    expect(said).toContain("الجمعة 20 تشرين الثاني 2026 إلى السبت 21 تشرين الثاني 2026: عطلة (عطلة نهاية الأسبوع)");
    expect(said.match(/[A-Za-z]{3,}/g)).toBeNull();
  });

  it("names rules by their title, and to people who may open them with the identifier, set apart", () => {
    const said = (language: "ar" | "en", ruleCodes: boolean) => linesOf({ ...input, language, ruleCodes });
    expect(said("ar", false)).toContain("القاعدة «حرجة: يوم عمل»، لأن:");
    expect(said("ar", true)).toContain("القاعدة «حرجة: يوم عمل» (\u2068sla-critical\u2069)، لأن:");
    expect(said("en", true)).toContain("Rule “Critical: one working day” (\u2068sla-critical\u2069), because:");
    const codes = input.decisions.flatMap(({ definition }) => definition.rules.map(({ id }) => id));
    for (const language of ["ar", "en"] as const) {
      expect(codes.filter((code) => code.includes("-") && said(language, false).includes(code))).toEqual([]);
    }
  });

  it("sets the case's number apart: in an Arabic line it would be read backwards", () => {
    const [head] = explainCase({ ...input, language: "ar" });
    expect(head?.title).toBe(`الطلب \u2068${input.theCase.reference}\u2069`);
  });

  it("has as many lines in both languages, and nothing undefined", () => {
    const lines = (language: "ar" | "en") => explanationLines(explainCase({ ...input, language }));
    expect(lines("ar")).toHaveLength(lines("en").length);
    expect([...lines("ar"), ...lines("en")].join("\n")).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it("tells what comes next, in order, and to whom", () => {
    const next = explainCase(input).at(-1)?.lines ?? [];
    expect(next[0]).toMatch(
      /^Friday 20 November 2026, 14:50: escalated to level 1; tells: level 1 above the entity \(Entity manager\)/,
    );
    expect(next).toContain("Sunday 22 November 2026, 10:10: “First reply” is overdue");
  });
});

describe("what the rules decided", () => {
  it("is told by key, and by the default where no rule named it", async () => {
    const input = await opened({ pillar: null, importance: null, entity: "JFDA", subject: "x", description: "y" });
    const lines = explainCase(input)[1]?.lines.join("\n") ?? "";
    expect(lines).toContain("“Classification”, version 4");
    expect(lines).toMatch(/No rule decided “(Pillar|Importance level)”: the default of the rule set applies\./);
    expect(lines).not.toContain("The applicant named the pillar");
  });

  const danger = { subject: "x", description: "Exposed wires hang beside the school" };

  it("names the rule that raised what came with the application, with its conditions", async () => {
    const input = await opened({ pillar: "TIME", importance: "low", ...danger });
    const lines = (language: "ar" | "en") => explainCase({ ...input, language })[1]?.lines ?? [];
    const said = lines("en").join("\n");
    expect(said).toContain("Importance level: Critical");
    expect(said).toContain("The application came with the importance “Low”; a rule raised it.");
    expect(said).toContain("Rule “Danger to life is critical”, because:");
    expect(said).not.toContain("overruled");
    expect(lines("ar").join("\n")).toContain("ورد الطلب بمستوى الأهمية «منخفضة»، ورفعته قاعدة.");
    expect(lines("ar")).toHaveLength(lines("en").length);
  });

  it("names the rule that was overruled, and why: it would lower, or the programme does not let it raise", async () => {
    const late = { type: "complaint", subject: "x", description: "There is no water for a week" };
    const said = linesOf(await opened({ pillar: null, importance: "critical", ...late }));
    expect(said).toContain("The importance came with the application.");
    expect(said).toMatch(
      /Rule “.+ is high” says “Importance level: High” and was overruled: a higher level came with the application, and rules never lower it\./,
    );
    const settings = { ...setup.programme.settings, raiseStatedImportance: false };
    const strict = { ...policy, setup: { ...setup, programme: { ...setup.programme, settings } } };
    const held = linesOf(await opened({ pillar: null, importance: "low", ...danger }, strict));
    expect(held).toContain(
      "Rule “Danger to life is critical” says “Importance level: Critical” and was overruled: another level came with the application, and in this programme rules do not raise it.",
    );
  });

  it("says of cases of before that what came with the application held then", async () => {
    const input = await opened({ pillar: "TIME", importance: "low", ...danger });
    const events = input.events.map((event) =>
      event.type === "case.classified"
        ? { ...event, data: { pillar: "TIME", importance: "low", pillarBy: "applicant", importanceBy: "applicant" } }
        : event,
    );
    expect(linesOf({ ...input, events })).toContain(
      "was overruled: something else came with the application, and at that time this always counted.",
    );
  });

  it("names a rule that was at fault", async () => {
    const input = await opened({ pillar: "TIME", importance: "high" });
    const faulty = input.decisions.map((d) =>
      d.ruleSet === "routing" ? { ...d, ruleIds: [], faults: [{ ruleId: "route-service", message: "broken" }] } : d,
    );
    const lines = explainCase({ ...input, decisions: faulty })[2]?.lines.join("\n") ?? "";
    expect(lines).toContain("No rule applied: the default of the rule set applies.");
    expect(lines).toContain("Rule “To the entity that delivers the service” failed and was skipped: broken");
  });

  it("shows of alternatives only those that held, and what a negation denies", () => {
    const condition = {
      all: [
        {
          any: [
            { fact: "pillar", operator: "equal", value: "TIME" },
            { fact: "importance", operator: "equal", value: "high" },
          ],
        },
        { not: { fact: "type", operator: "equal", value: "inquiry" } },
      ],
    };
    const facts = { pillar: "QUALITY", importance: "high", type: "complaint" };
    expect(conditionsMet(condition, facts, english)).toEqual([
      "Importance level: High",
      "it is not true that: Application type: Inquiry",
    ]);
    expect(
      conditionsMet({ all: [{ fact: "entity", operator: "equal", value: null }] }, { entity: null }, english),
    ).toEqual(["Entity: not known"]);
  });
});

describe("where there is nothing to tell", () => {
  const [classification, entity, deadline, escalations, next] = [1, 2, 3, 4, 5];
  const noTimer = "The workflow does nothing by itself in this state.";
  const noRules = (set: string) => `No rules of “${set}” were in force when this was decided.`;
  const bare: Partial<Case> = { clocks: [], escalationSteps: [] };
  const imported = (theCase: Case): Partial<Case> => ({ application: { ...theCase.application, imported: true } });

  type Changed = Partial<Case> & Partial<Pick<ExplainInput, "decisions" | "events">>;
  const empty: readonly (readonly [string, number, (input: ExplainInput) => Changed, readonly string[]])[] = [
    ["no set decides classes", classification, () => ({ decisions: [], events: [] }), [noRules("Classification")]],
    ["no set routes", entity, () => ({ decisions: [] }), [noRules("Routing")]],
    ["no set promises", deadline, () => ({ decisions: [], ...bare }), [noRules("Service levels")]],
    ["the rules promise nothing", deadline, () => bare, ["The rules set no deadline for a case like this."]],
    ["no set escalates", escalations, () => ({ decisions: [], ...bare }), [noRules("Escalation")]],
    ["no step for such a case", escalations, () => bare, ["escalate nothing for a case like this."]],
    ["no step yet", escalations, () => ({}), ["is due yet."]],
    ["it waits for the applicant", escalations, () => ({ state: "waiting_applicant" }), ["It waits for the applicant"]],
    ["answered before a step", escalations, () => ({ state: "resolved" }), ["It was answered or ended before"]],
    ["it has ended", next, () => ({ state: "closed", ...bare }), ["It has ended."]],
    ["nothing rings any more", next, () => bare, ["set no deadline", "escalate nothing", noTimer]],
    ["no sets at all", next, () => ({ decisions: [], ...bare }), [noRules("Service levels"), noRules("Escalation")]],
    ["imported: no rules", entity, ({ theCase }) => ({ decisions: [], ...imported(theCase) }), ["It was imported"]],
    [
      "imported: no deadline",
      deadline,
      ({ theCase }) => ({ ...bare, ...imported(theCase) }),
      ["which gave no deadline"],
    ],
    ["imported: no step", escalations, ({ theCase }) => imported(theCase), ["no deadline is enforced on it"]],
    ["imported: nothing next", next, ({ theCase }) => imported(theCase), ["no deadline is enforced on it"]],
  ];
  it.each(empty)("it says why: %s", async (_, section, change, reasons) => {
    const input = await opened({ pillar: null, importance: null, entity: "JFDA" });
    const { decisions = input.decisions, events = input.events, ...more } = change(input);
    const changed = { ...input, decisions, events, theCase: { ...input.theCase, ...more } };
    const lines = (language: "ar" | "en") => explainCase({ ...changed, language })[section]?.lines ?? [];
    for (const reason of reasons) expect(lines("en").join("\n")).toContain(reason);
    expect(lines("ar")).toHaveLength(lines("en").length);
  });
});

describe("what happened to the case", () => {
  const at = new Date("2026-11-23T07:00:00Z");
  const happened = (...events: Pick<NewCaseEvent, "type" | "data">[]): CaseEvent[] =>
    numbered(
      events.map((event) => ({ ...event, at, actor: { kind: "user", userId: 11, name: "Person 11", seats: [] } })),
    );

  it("names who was told of an escalation and which seat was empty", async () => {
    const input = await opened();
    const events = happened({
      type: "case.escalated",
      data: {
        ruleId: "raise-idle-critical",
        level: 1,
        dueAt: at.toISOString(),
        receivers: [13, 51],
        emptySeats: [
          { level: 1, seat: 6 },
          { level: 2, seat: null },
        ],
      },
    });
    const lines = explainCase({ ...input, events })[4]?.lines ?? [];
    expect(lines).toEqual([
      "Escalated to level 1 on Monday 23 November 2026, 10:00: Person 13 (Seat 3), Person 51 (Seat 9).",
      "  Because: “Critical and no action within 24 hours: level 1”, due Monday 23 November 2026, 10:00.",
      "  The position “Seat 6” was vacant, so it went to the next level.",
      "  There is no position at level 2, so it went to the next level.",
    ]);
  });

  it("names to whom it was escalated apart from who got a copy", async () => {
    const data = {
      ruleId: "x",
      level: 1,
      dueAt: at.toISOString(),
      receivers: [13, 51],
      escalatedTo: [13],
      emptySeats: [],
    };
    const events = happened({ type: "case.escalated", data });
    const lines = explainCase({ ...(await opened()), events })[4]?.lines ?? [];
    expect(lines.slice(0, 2)).toEqual([
      "Escalated to level 1 on Monday 23 November 2026, 10:00: Person 13 (Seat 3).",
      "  Copy to: Person 51 (Seat 9).",
    ]);
  });

  it("says when and why it went back to triage", async () => {
    const data = { fromEntity: "MWI", entity: null, reason: "It was dissolved" };
    const events = happened({ type: "case.transferred", data });
    const lines = explainCase({ ...(await opened()), events })[2]?.lines ?? [];
    expect(lines.at(-1)).toMatch(
      /^Back to triage on Monday 23 November 2026, 10:00: .+ is retired\. Reason given: “It was dissolved”$/,
    );
  });

  it("names who transferred it, and the reason", async () => {
    const input = await opened();
    const events = happened({ type: "case.transferred", data: { entity: "MWI", reason: "not ours" } });
    const lines = explainCase({ ...input, events })[2]?.lines ?? [];
    expect(lines.at(-1)).toMatch(
      /^Transferred to .+ by Person 11 on Monday 23 November 2026, 10:00\. Reason given: “not ours”$/,
    );
  });
});

describe("the arithmetic of working time", () => {
  const sevenThirds = startClock({
    target: "resolution",
    cycle: 1,
    budget: { amount: 7 / 3, unit: "workingHours" },
    calendar,
    calendarVersionId: 1,
    at: thursday,
  });
  const monday = new Date("2026-11-23T07:00:00Z");
  const paused = pauseClock(sevenThirds, calendar, new Date("2026-11-19T12:10:00Z"));
  const resumed = resumeClock(paused, calendar, monday);
  const events = numbered([
    { type: "clock.paused", at: paused.pausedAt as Date, actor: { kind: "applicant" }, data: { target: "resolution" } },
    { type: "clock.resumed", at: monday, actor: { kind: "applicant" }, data: { target: "resolution" } },
  ]);
  const explain = (
    clock: ExplainInput["theCase"]["clocks"][number],
    now: Date,
    happened: CaseEvent[] = [],
    words = english,
  ) => explainClock({ clock, calendar, events: happened, now, words });

  it("names a pause that still lasts", () => {
    expect(explain(paused, thursday, events.slice(0, 1))).toEqual([
      "Final answer: 2 hours 20 minutes of working time, from Thursday 19 November 2026, 14:50.",
      "  Thursday 19 November 2026, 14:50–15:10: 20 minutes",
      "  Paused since Thursday 19 November 2026, 15:10: the case waits for the applicant.",
      "  Used up so far: 20 minutes.",
      "  It is paused and has no deadline until it runs again; time left: 2 working hours.",
    ]);
  });

  it("leaves a pause out and goes on after it", () => {
    const met = meetClock(resumed, calendar, new Date("2026-11-24T07:00:00Z"));
    expect(explain(met, monday, events)).toEqual([
      "Final answer: 2 hours 20 minutes of working time, from Thursday 19 November 2026, 14:50.",
      "  Thursday 19 November 2026, 14:50–15:10: 20 minutes",
      "  Paused from Thursday 19 November 2026, 15:10 to Monday 23 November 2026, 10:00: 8 hours 50 minutes of working time does not count.",
      "  Monday 23 November 2026, 10:00–12:00: 2 hours",
      "  Due: Monday 23 November 2026, 12:00.",
      "  Done on Tuesday 24 November 2026, 10:00, 5 working hours after the deadline.",
    ]);
  });

  it("tells what is left in working days and hours, and no seconds", () => {
    const tenDays = { amount: 10, unit: "workingDays" } as const;
    const long = { ...sevenThirds, budget: tenDays, dueAt: new Date("2026-12-03T12:00:00Z") };
    const at = new Date("2026-11-22T07:00:12Z");
    expect(explain(long, at).at(-1)).toMatch(/^ {2}Time left: \d+ working days( and \d+ hours?)?\.$/);
    expect(explain(long, at, [], arabic).at(-1)).toMatch(/^ {2}المتبقي \d+ (أيام|يوم) عمل( و.*ساع.*)?\.$/);
    const short = { ...sevenThirds, dueAt: new Date("2026-11-22T09:00:00Z") };
    expect(explain(short, at).at(-1)).toBe("  Time left: 1 working hour 59 minutes.");
  });

  it("speaks of a target in the masculine in Arabic", () => {
    const met = meetClock(resumed, calendar, new Date("2026-11-24T07:00:00Z"));
    expect(explain(met, monday, events, arabic).at(-1)).toBe(
      "  أُنجز في الثلاثاء 24 تشرين الثاني 2026، 10:00، ومدة التأخر 5 ساعات عمل.",
    );
    const early = meetClock(sevenThirds, calendar, new Date("2026-11-19T12:10:00Z"));
    expect(explain(early, monday, [], arabic).at(-1)).toMatch(/^ {2}أُنجز في .+، ضمن الموعد\.$/);
    expect(explain(sevenThirds, monday, [], arabic).at(-1)).toMatch(/^ {2}مفتوح، ومدة التأخر /);
  });

  it("counts days in the titles of the shipped ladder as Arabic counts them", () => {
    const titles = (definitions.get("escalation") as RuleSetDefinition).rules.map(({ title }) => title.ar);
    expect(titles.filter((title) => /بعد (5|10) أيام عمل/.test(title))).toHaveLength(4);
    expect(titles.filter((title) => /\b([3-9]|10) يوم عمل/.test(title))).toEqual([]);
  });

  it("counts working days over Ramadan and names what is not confirmed", () => {
    const clock = startClock({
      target: "resolution",
      cycle: 1,
      budget: { amount: 10, unit: "workingDays" },
      calendar,
      calendarVersionId: 1,
      at: new Date("2026-02-12T18:00:00Z"),
    });
    const lines = explain(clock, new Date("2026-02-12T18:00:00Z"));
    expect(lines[1]).toBe(
      "  Outside working time, so it counts from the next opening: Sunday 15 February 2026, 08:30.",
    );
    expect(lines).toContain(
      "  Sunday 22 February 2026 to Thursday 26 February 2026: working days 5 to 9 (Ramadan 2026)",
    );
    expect(lines).toContain("  Sunday 1 March 2026: working day 10 (Ramadan 2026)");
    expect(lines.some((line) => line.includes("not confirmed yet"))).toBe(true);
  });

  it("puts like days on one line and adds up to the budget", () => {
    const clock = startClock({
      target: "resolution",
      cycle: 1,
      budget: { amount: 70, unit: "workingHours" },
      calendar,
      calendarVersionId: 1,
      at: new Date("2026-03-12T08:00:00Z"),
    });
    const lines = explain(clock, new Date("2026-03-12T18:00:00Z"));
    expect(lines).toContain(
      "  Sunday 15 March 2026 to Thursday 19 March 2026, 09:00–14:30: 5 working days of 5 hours 30 minutes, 27 hours 30 minutes (Ramadan 2026)",
    );
    // 3.5 + 27.5 + 21 + 14 + 4 = 70
    expect(
      lines
        .filter((line) => /hours/.test(line))
        .slice(1, 6)
        .map((line) =>
          line
            .match(/, (\d+) hours(?: 30 minutes)?(?: \(|$)|: (\d+) hours(?: 30 minutes)?(?: \(|$)/)
            ?.slice(1)
            .find(Boolean),
        ),
    ).toEqual(["3", "27", "21", "14", "4"]);
  });

  it("counts in Arabic by its four forms", () => {
    expect([1, 2, 3, 10, 11, 100, 103].map((n) => arabic.counted(n, "workingDay"))).toEqual([
      "يوم عمل واحد",
      "يوما عمل",
      "3 أيام عمل",
      "10 أيام عمل",
      "11 يوم عمل",
      "100 يوم عمل",
      "103 أيام عمل",
    ]);
    expect(arabic.length(3661)).toBe("ساعة واحدة ودقيقة واحدة وثانية واحدة");
  });
});

it("a day that an applicant named is said as people say it, and an ordinary text stays as it is", () => {
  const asking = [...setup.types.values()].flatMap(({ fields }) => fields);
  const day = asking.find(({ type }) => type === "date");
  const text = asking.find(({ type }) => type === "text");
  expect([day, text].every((field) => field !== undefined)).toBe(true);
  expect(english.value(`field.${day?.code}`, "2026-04-15")).toBe("15 April 2026");
  expect(arabic.value(`field.${day?.code}`, "2026-04-15")).toBe("15 نيسان 2026");
  expect(english.value(`field.${text?.code}`, "2026-04-15")).toBe("2026-04-15");
});
