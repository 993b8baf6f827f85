/** Drafts over recorded cases, without a database: the same as the live engine and the clocks would have made of them. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Budget } from "../../src/engine/calendar/budget.js";
import type { Clock } from "../../src/engine/calendar/clock.js";
import { meetClock, pauseClock, resumeClock, startClock } from "../../src/engine/calendar/clocks.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { idleSpansOf } from "../../src/engine/replay/idle-spans.js";
import { dueWithBudget, promiseState } from "../../src/engine/replay/promise-state.js";
import { replayRules } from "../../src/engine/replay/replay-rules.js";
import { emptyTally, keepTally, type ReplayedCase } from "../../src/engine/replay/replay-tally.js";
import { replayTogether } from "../../src/engine/replay/replay-together.js";
import type { RecordedCase, ReplayGround } from "../../src/engine/replay/replayer.js";
import { firedEscalations } from "../../src/engine/replay/set-replays.js";

import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import { type Facts, factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import type { EscalationStep } from "../../src/engine/rules/outcomes.js";
import type { Condition, RuleSetDefinition, RuleSetName } from "../../src/engine/rules/rule-set.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const calendar = compileCalendar(setup.calendar.definition);
const at = (text: string): Date => new Date(`${text}:00Z`);
const now = at("2026-11-25T10:00");
const ground: ReplayGround = {
  setup,
  wouldBe: setup,
  calendarOf: () => calendar,
  quietIn: () => new Set(),
  now,
  inForceId: 1,
};

const asked = factCatalogue(setup).filter(({ name }) =>
  ["type", "pillar", "importance", "sector", "anonymous", "cycle", "keywords"].includes(name),
);
const oneValueOf = (name: string): fc.Arbitrary<unknown> => {
  const fact = asked.find((one) => one.name === name);
  if (fact?.type === "boolean") return fc.boolean();
  if (fact?.type === "number") return fc.integer({ min: 0, max: 4 });
  return fc.constantFrom(...(fact?.values ?? []).slice(0, 3));
};
const leaf: fc.Arbitrary<Condition> = fc.constantFrom(...asked.map(({ name }) => name)).chain((fact) => {
  const type = asked.find(({ name }) => name === fact)?.type;
  const [single, list] =
    type === "strings"
      ? [["contains", "doesNotContain"], []]
      : [
          ["equal", "notEqual"],
          ["in", "notIn"],
        ];
  const one = fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...single), value: oneValueOf(fact) });
  if (list.length === 0) return one;
  const values = fc.array(oneValueOf(fact), { minLength: 1, maxLength: 3 });
  return fc.oneof(one, fc.record({ fact: fc.constant(fact), operator: fc.constantFrom(...list), value: values }));
});
const condition: fc.Arbitrary<Condition> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: leaf },
      leaf.map((not) => ({ not })),
      fc.array(leaf, { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((all) => ({ all }));
const budget: fc.Arbitrary<Budget> = fc.record({
  amount: fc.integer({ min: 1, max: 6 }),
  unit: fc.constantFrom("workingHours", "workingDays", "calendarHours"),
});
const slaSet: fc.Arbitrary<RuleSetDefinition> = fc
  .array(
    fc.tuple(
      condition,
      fc.record({
        acknowledgement: fc.constant(null),
        firstResponse: fc.option(budget),
        resolution: fc.option(budget),
      }),
    ),
    { maxLength: 8 },
  )
  .map((rules) => ({
    set: "sla",
    programme: "jordan",
    mode: "first",
    default: { acknowledgement: null, firstResponse: null, resolution: null },
    rules: rules.map(([conditions, params], i) => ({
      id: `r${i}`,
      title: { en: `r${i}`, ar: `r${i}` },
      priority: 1 + (i % 3),
      conditions,
      event: { type: "sla" as const, params },
      examples: [],
    })),
  }));
const factsOf: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(
    asked.map(({ name, type }) => [
      name,
      type === "strings" ? fc.array(oneValueOf(name), { maxLength: 2 }) : fc.option(oneValueOf(name)),
    ]),
  ),
);
const caseOf = (facts: Facts, workflowVersionId = 1, ruleSet: RuleSetName = "sla"): RecordedCase => ({
  ...{ id: 1, type: "complaint", entity: null, pillar: null, importance: null, workflowVersionId },
  decisions: [{ ruleSet, cycle: 1, versionId: 1, facts }],
});
const noDetails = { clocks: [], events: [] };

it("finds a change exactly where the live engine decides otherwise by the two texts", async () => {
  const inputs = fc.tuple(slaSet, slaSet, fc.array(factsOf, { minLength: 1, maxLength: 5 }));
  await fc.assert(
    fc.asyncProperty(inputs, async ([inForce, draft, population]) => {
      const replayer = replayRules(ground, { draft, inForce });
      const [was, would] = [compileRuleSet(structuredClone(inForce)), compileRuleSet(structuredClone(draft))];
      for (const facts of population) {
        const [before, after] = (await Promise.all([was.decide(facts), would.decide(facts)])).map(
          ({ outcome }) => outcome as Record<string, Budget | null>,
        );
        const expected = ["acknowledgement", "firstResponse", "resolution"].flatMap((facet) => {
          const [from, to] = [before?.[facet] ?? null, after?.[facet] ?? null];
          return from?.amount === to?.amount && from?.unit === to?.unit ? [] : [{ facet, from, to }];
        });
        const theCase = caseOf(facts);
        const { changes } = replayer.weigh(theCase, replayer.judge(theCase), noDetails);
        expect(JSON.parse(JSON.stringify(changes))).toEqual(JSON.parse(JSON.stringify(expected)));
      }
    }),
    { numRuns: 150 },
  );
});

/** Seconds of a day that lie in and out of working hours, over three weeks with a weekend between. */
const moments = fc
  .uniqueArray(fc.integer({ min: 1, max: 21 * 86_400 }), { minLength: 1, maxLength: 7 })
  .map((seconds) => seconds.sort((a, b) => a - b).map((s) => new Date(at("2026-11-01T06:00").getTime() + s * 1000)));

/** A clock that really was started with this budget, paused and resumed in turns, and met at the last moment. */
function lived(promised: Budget, turns: readonly Date[]): Clock {
  const start = at("2026-11-01T06:00");
  let clock = startClock({
    target: "resolution",
    cycle: 1,
    budget: promised,
    calendar,
    calendarVersionId: 1,
    at: start,
  });
  for (const [i, moment] of turns.slice(0, -1).entries())
    clock = i % 2 === 0 ? pauseClock(clock, calendar, moment) : resumeClock(clock, calendar, moment);
  return meetClock(clock, calendar, turns.at(-1) ?? start);
}

describe("a promise under another budget", () => {
  it("would have been due when a clock with that budget was, whatever it was paused", () => {
    fc.assert(
      fc.property(budget, budget, moments, (own, other, turns) => {
        // Wall time that was paused is measured in working time by a clock of working time, and the other way round.
        fc.pre((own.unit === "calendarHours") === (other.unit === "calendarHours"));
        const [clock, really] = [lived(own, turns), lived(other, turns)];
        const due = dueWithBudget(clock, other, calendar, now);
        // The same working time from the start; a closing and the opening after it are the same working moment.
        expect(other.unit === "calendarHours" ? due : due && calendar.between(clock.startedAt, due)).toEqual(
          other.unit === "calendarHours"
            ? really.dueAt
            : really.dueAt && calendar.between(really.startedAt, really.dueAt),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("counts as the key figures do", () => {
    const due = at("2026-11-10T10:00");
    const clock = (metAt: Date | null, cancelledAt: Date | null = null) => ({ metAt, cancelledAt });
    expect(promiseState(clock(at("2026-11-10T10:00")), due, now)).toBe("kept");
    expect(promiseState(clock(at("2026-11-10T10:01")), due, now)).toBe("missed");
    expect(promiseState(clock(null), due, now)).toBe("missed");
    expect(promiseState(clock(null), at("2026-12-10T10:00"), now)).toBe("open");
    expect(promiseState(clock(null), null, now)).toBe("open");
    expect(promiseState(clock(null, at("2026-11-09T10:00")), due, now)).toBe("none");
    expect(promiseState(clock(null, at("2026-11-11T10:00")), due, now)).toBe("missed");
  });
});

it("weighs a promise by how its clock was met", () => {
  const promised: Budget = { amount: 7, unit: "workingHours" };
  const inForce = shippedJson<RuleSetDefinition>("rules", "jordan", "sla.json");
  const outcome = { acknowledgement: null, firstResponse: null, resolution: { amount: 5, unit: "workingHours" } };
  const draft = { ...inForce, rules: [], default: outcome };
  const replayer = replayRules(ground, { draft, inForce });
  const theCase = caseOf({});
  const judged = replayer.judge(theCase);
  expect(judged.needs).toBe("clocks");
  const would = (metAt: string) =>
    replayer
      .weigh(theCase, judged, { ...noDetails, clocks: [lived(promised, [at(metAt)])] })
      .promises.find(({ target }) => target === "resolution")?.after;
  // Half an hour before the five hours are over, and half an hour after it.
  expect(["10:30", "11:30"].map((time) => would(`2026-11-01T${time}`))).toEqual(["kept", "missed"]);
});

it("takes what a decision did not record as not known, and as an empty list where it would be one", () => {
  const inForce = shippedJson<RuleSetDefinition>("rules", "jordan", "sla.json");
  const rule = (id: string, condition: object) => ({
    ...{ id, title: { en: id, ar: id }, priority: 1, conditions: { all: [condition] }, examples: [] },
    event: { type: "sla" as const, params: {} },
  });
  const rules = [
    rule("a", { fact: "keywords", operator: "contains", value: "water" }),
    rule("b", { fact: "pillar", operator: "equal", value: null }),
  ] as RuleSetDefinition["rules"];
  const { judge, reads } = replayRules(ground, { draft: { ...inForce, rules }, inForce: null });
  expect(reads).toEqual([{ ruleSet: "sla", facts: ["keywords", "pillar"] }]);
  const asked = (recorded: Facts) => judge(caseOf(recorded)).compared.map(({ decision }) => decision.facts);
  expect(asked({ importance: "high" })).toEqual([{ keywords: [], pillar: null }]);
  // As it was recorded, also where its type has become another one since.
  expect(asked({ keywords: "water", pillar: 3 })).toEqual([{ keywords: "water", pillar: 3 }]);
});

describe("drafts that are replayed together", () => {
  const first = (rules: RuleSetDefinition, conditions: object, params: object): RuleSetDefinition => {
    const rule = { id: "draft", title: { en: "d", ar: "م" }, priority: 10_000, conditions, examples: [] };
    const event = { type: rules.set, params: params as Record<string, unknown> };
    return { ...rules, rules: [{ ...rule, event } as unknown as RuleSetDefinition["rules"][number], ...rules.rules] };
  };
  const inForceOf = (name: string) => shippedJson<RuleSetDefinition>("rules", "jordan", `${name}.json`);
  const complaints = { all: [{ fact: "type", operator: "equal", value: "complaint" }] };
  const [classification, sla] = [inForceOf("classification"), inForceOf("sla")];
  const raised = first(classification, complaints, { importance: "critical" });
  const together = replayTogether(ground, {
    rules: [
      replayRules(ground, { draft: raised, inForce: classification }),
      replayRules(ground, { draft: sla, inForce: sla }),
    ],
    calendar: null,
  });
  const changesOf = (recorded: string) => {
    const facts = { type: "complaint", importance: null, pillar: null, confidential: false, keywords: [] };
    const theCase = {
      ...caseOf({}),
      decisions: [
        { ruleSet: "classification" as const, cycle: 1, versionId: 1, facts },
        { ruleSet: "sla" as const, cycle: 1, versionId: 1, facts: { ...facts, importance: recorded } },
      ],
    };
    return together.weigh(theCase, together.judge(theCase), noDetails).changes.map(({ facet }) => facet);
  };

  it("ask deadlines with the importance that would have been said, unless an official had corrected it", () => {
    const raisedAt = changesOf("normal");
    expect(raisedAt[0]).toBe("importance");
    expect(raisedAt).toContain("resolution");
    expect(changesOf("high")).toEqual(["importance"]);
  });

  it("read of each rule set what its own rules ask for", () => {
    expect(together.reads.map(({ ruleSet }) => ruleSet)).toEqual(["classification", "sla"]);
    expect([together.everyCase, together.clocks]).toEqual([false, ["firstResponse", "resolution"]]);
  });
});

describe("steps of a ladder", () => {
  it("are told by the workflow that the case follows: an act may be a sign of life in one version, and none in another", () => {
    const shipped = shippedJson<RuleSetDefinition>("rules", "jordan", "escalation.json");
    const draft = { ...shipped, rules: shipped.rules.filter(({ id }) => id === "warn-triage-idle") };
    const quietIn = (version: number) => new Set(version === 7 ? ["note"] : []);
    const replayer = replayRules({ ...ground, quietIn }, { draft, inForce: { ...shipped, rules: [] } });
    const facts = { type: "complaint", entity: null };
    const judged = replayer.judge(caseOf(facts, 1, "escalation"));
    expect(judged.needs).toBe("events");
    const event = (type: "application.received" | "case.noted" | "case.closed", moment: string) =>
      ({ type, at: at(moment), official: true, action: "note" }) as const;
    const events = [
      event("application.received", "2026-11-01T06:00"),
      event("case.noted", "2026-11-02T05:00"),
      event("case.closed", "2026-11-03T04:00"),
    ];
    const changed = (workflowVersionId: number) =>
      replayer
        .weigh(caseOf(facts, workflowVersionId), judged, { clocks: [], events })
        .changes.map(({ facet }) => facet);
    // Two times twenty-three hours of silence, or one of forty-six.
    expect([changed(7), changed(8)]).toEqual([["level.0"], []]);
  });

  const step = (level: number, when: EscalationStep["when"]): EscalationStep => ({
    ...{ ruleId: `r${level}`, kind: level === 0 ? "warning" : "escalation", level, when, tell: ["operationRoom"] },
  });
  const hours = (amount: number): Budget => ({ amount, unit: "calendarHours" });
  const clock = lived({ amount: 7, unit: "workingHours" }, [at("2026-11-01T10:30")]);
  const life = { clocks: [clock], idleSpans: [], calendarOf: () => calendar, now };

  it("go out as far as the clock had come when it was met", () => {
    // Half past eight to half past three: it began at nine in Amman and was met four and a half hours later.
    const fired = firedEscalations(
      [50, 64, 65, 100].map((percent, i) => step(i, { clock: "resolution", percent })),
      life,
    );
    expect([...fired.keys()]).toEqual([0, 1]);
    expect(fired.get(0)?.at).toEqual(at("2026-11-01T09:30"));
    expect(firedEscalations([step(1, { clock: "resolution", after: hours(1) })], life).size).toBe(0);
    expect(firedEscalations([step(1, { clock: "firstResponse", percent: 1 })], life).size).toBe(0);
  });

  it("go out after the due time while nobody answers, and a level once, at its first moment", () => {
    const open = { ...clock, metAt: null, consumedSeconds: 0, runningSince: clock.startedAt };
    const steps = [step(1, { clock: "resolution", after: hours(48) }), step(1, { clock: "resolution", percent: 100 })];
    const fired = firedEscalations(steps, { ...life, clocks: [open] });
    expect([...fired]).toEqual([[1, { at: open.dueAt, tell: ["operationRoom"] }]]);
  });

  it("go out after silence, which signs of life end and waiting for the applicant interrupts", () => {
    const event = (
      type: "case.taken" | "applicant.asked" | "applicant.replied" | "case.noted" | "case.resolved",
      moment: string,
      action: string | null = type,
    ) => ({
      type,
      at: at(moment),
      official: type !== "applicant.replied",
      action,
    });
    const events = [
      event("case.noted", "2026-11-02T06:00", "note"),
      event("case.taken", "2026-11-03T06:00"),
      event("applicant.asked", "2026-11-04T06:00"),
      event("applicant.replied", "2026-11-09T06:00"),
      event("case.resolved", "2026-11-10T06:00"),
    ];
    const forward = {
      ...event("case.noted", "2026-11-02T08:00", "transfer"),
      type: "case.transferred" as const,
      seq: 7,
      from: 6,
      upTo: 8,
    };
    const noted = { ...event("case.noted", "2026-11-02T08:00", "transfer"), seq: 6 };
    const back = { ...event("case.noted", "2026-11-02T08:05"), type: "case.taken-back" as const, seq: 9, of: 7 };
    const spans = (some: Parameters<typeof idleSpansOf>[0]) =>
      idleSpansOf(some, { from: at("2026-11-01T06:00"), until: null }, new Set(["note"]));
    const idleSpans = spans(events);
    // A forward that was taken back is none.
    const [first, ...others] = events as [(typeof events)[number], ...typeof events];
    expect(spans([first, noted, forward, back, ...others])).toEqual(idleSpans);
    expect(spans([first, noted, forward, ...others])).not.toEqual(idleSpans);
    expect(idleSpans.map(({ from, to }) => [from, to])).toEqual([
      [at("2026-11-01T06:00"), at("2026-11-03T06:00")],
      [at("2026-11-03T06:00"), at("2026-11-04T06:00")],
      [at("2026-11-09T06:00"), at("2026-11-10T06:00")],
    ]);
    const fired = (amount: number) => firedEscalations([step(1, { idle: hours(amount) })], { ...life, idleSpans });
    expect(fired(48).get(1)?.at).toEqual(at("2026-11-03T06:00"));
    expect(fired(49).size).toBe(0);
  });
});

describe("what is counted", () => {
  const one = (change: string, entity: string): ReplayedCase => ({
    ...{ type: "complaint", entity, pillar: null, importance: "high", decisions: 1, otherVersions: 0, unmeasured: 0 },
    changedDecisions: 1,
    changes: [{ facet: "resolution", from: { amount: 1, unit: "workingDays" }, to: change }],
    promises: [{ target: "resolution", before: "kept", after: "missed" }],
    load: [{ before: entity, after: null }],
  });

  it("goes on from what was stored, and does not care in which order keys were written", () => {
    const whole = keepTally();
    const cases = [one("a", "X"), one("b", "Y"), one("a", "X"), one("b", "X")];
    const places = cases.map((each) => whole.add(each));
    const half = keepTally();
    for (const each of cases.slice(0, 2)) half.add(each);
    // As a database gives it back: keys in an order of its own.
    const stored = JSON.parse(
      JSON.stringify(half.tally).replaceAll('{"amount":1,"unit":"workingDays"}', '{"unit":"workingDays","amount":1}'),
    );
    const rest = keepTally(stored);
    expect(cases.slice(2).map((each) => rest.add(each))).toEqual(places.slice(2));
    expect(rest.tally).toEqual(whole.tally);
    expect(whole.tally).toMatchObject({
      cases: 4,
      changed: 4,
      load: { X: { before: 3, after: 0 }, "": { before: 0, after: 4 } },
    });
    expect(whole.tally.by.entity.X?.resolution).toEqual({ fellBefore: 3, keptBefore: 3, fellAfter: 3, keptAfter: 0 });
  });

  it("does not grow without end: changes beyond a thousand kinds are one", () => {
    const keeper = keepTally(emptyTally());
    for (let i = 0; i < 1500; i++) keeper.add(one(`to ${i}`, "X"));
    expect(keeper.tally.changes).toHaveLength(1001);
    expect(keeper.tally.changes.at(-1)).toEqual({ facet: "others", from: null, to: null, cases: 500 });
  });
});
