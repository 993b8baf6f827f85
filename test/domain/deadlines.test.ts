import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Clock } from "../../src/engine/calendar/clock.js";
import { cancelClock, meetClock, pauseClock, resumeClock, startClock } from "../../src/engine/calendar/clocks.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import {
  type DueThing,
  endsByItself,
  nextEscalation,
  nextMoment,
  whatIsDue,
} from "../../src/engine/lifecycle/due-moments.js";
import type { EscalationStep } from "../../src/engine/rules/outcomes.js";
import { aCase, calendar, calendarOf, hoursAfter, shippedWorkflow, sunday } from "../support/office.js";

const workflow = shippedWorkflow("complaint");
const far = new Date("2030-01-01T00:00:00Z");

function clock(target: Clock["target"], hours: number, cycle = 1): Clock {
  return startClock({
    target,
    cycle,
    budget: { amount: hours, unit: "workingHours" },
    calendar,
    calendarVersionId: 1,
    at: sunday,
  });
}
function step(ruleId: string, level: number, when: EscalationStep["when"]): EscalationStep {
  return { ruleId, kind: level === 0 ? "warning" : "escalation", level, when, tell: ["operationRoom"] };
}
const next = (theCase: Case) => nextMoment({ theCase, workflow, calendarOf })?.toISOString() ?? null;
const due = (theCase: Case, now: Date) => whatIsDue({ theCase, workflow, calendarOf, now });
const said = (thing: DueThing): string =>
  thing.kind === "breach"
    ? `breach ${thing.target}`
    : thing.kind === "step"
      ? `${thing.step.ruleId}/${thing.step.level}`
      : thing.kind === "invitation"
        ? `invitation${thing.reminder ? " again" : ""}`
        : thing.timer.id;

// Amman is at UTC+3, working hours are 08:30–15:30: 10:00Z is 13:00, with two and a half hours left of that Sunday.
const resolution = clock("resolution", 4); // due on Monday at 10:00 there, 07:00Z
const monday7 = "2026-11-23T07:00:00.000Z";
const percent = step("warn", 0, { clock: "resolution", percent: 50 });
const atDue = step("late", 1, { clock: "resolution", percent: 100 });
const afterDue = step("later", 2, { clock: "resolution", after: { amount: 48, unit: "calendarHours" } });
const idle = step("silent", 1, { idle: { amount: 48, unit: "calendarHours" } });
const ladder = { clocks: [resolution], escalationSteps: [afterDue, atDue, percent] };

describe("what falls due", () => {
  it("warning, breach, escalation and what follows, in order of moment", () => {
    const theCase = aCase(ladder);
    expect(due(theCase, far).map((thing) => [said(thing), thing.dueAt.toISOString()])).toEqual([
      ["warn/0", "2026-11-22T12:00:00.000Z"],
      ["breach resolution", monday7],
      ["late/1", monday7],
      ["later/2", "2026-11-25T07:00:00.000Z"],
    ]);
    expect(next(theCase)).toBe("2026-11-22T12:00:00.000Z");
  });

  it("at its moment and not a millisecond before", () => {
    const theCase = aCase(ladder);
    const moment = new Date(monday7);
    expect(due(theCase, new Date(moment.getTime() - 1)).map(said)).toEqual(["warn/0"]);
    expect(due(theCase, moment).map(said)).toEqual(["warn/0", "breach resolution", "late/1"]);
  });

  it("once: what was enforced in this cycle is over, what was enforced in another is not", () => {
    const once = aCase({
      ...ladder,
      enforced: [
        { cycle: 1, ruleId: "warn", level: 0 },
        { cycle: 1, ruleId: "clock:resolution", level: 0 },
      ],
    });
    expect(due(once, far).map(said)).toEqual(["late/1", "later/2"]);
    const again = aCase({
      ...ladder,
      cycle: 2,
      clocks: [{ ...resolution, cycle: 2 }],
      enforced: [{ cycle: 1, ruleId: "warn", level: 0 }],
    });
    expect(due(again, far).map(said)).toContain("warn/0");
  });

  it("a breach that the clock records is not found again", () => {
    expect(due(aCase({ clocks: [{ ...resolution, breachedAt: sunday }] }), far)).toEqual([]);
  });

  it("one enforcement a rule and level, the earliest", () => {
    const twice = [step("late", 1, { clock: "resolution", after: { amount: 1, unit: "calendarHours" } }), atDue];
    expect(
      due(aCase({ clocks: [resolution], escalationSteps: twice }), far).map((thing) => thing.dueAt.toISOString()),
    ).toEqual([monday7, monday7]);
  });

  it("nothing of a resolution while it is paused, and later by the pause afterwards", () => {
    const paused = pauseClock(resolution, calendar, hoursAfter(sunday, 1));
    const waiting = aCase({ ...ladder, state: "waiting_applicant", clocks: [paused] });
    expect(due(waiting, hoursAfter(sunday, 239))).toEqual([]);
    const resumed = resumeClock(paused, calendar, hoursAfter(sunday, 2));
    expect(due(aCase({ ...ladder, clocks: [resumed] }), far).map((thing) => thing.dueAt.toISOString())[1]).toBe(
      "2026-11-23T08:00:00.000Z",
    );
  });

  it("nothing of a clock that was met, cancelled or belongs to an earlier cycle", () => {
    const ended = [
      meetClock(resolution, calendar, hoursAfter(sunday, 1)),
      cancelClock(resolution, calendar, hoursAfter(sunday, 1)),
    ];
    for (const one of ended) expect(next(aCase({ ...ladder, clocks: [one] }))).toBeNull();
    expect(next(aCase({ ...ladder, cycle: 2, clocks: [resolution] }))).toBeNull();
  });

  it("nothing at all of an imported case", () => {
    expect(next(aCase({ ...ladder, state: "waiting_applicant" }, { imported: true }))).toBeNull();
  });
});

describe("an invitation to rate", () => {
  const answered = { state: "resolved", stateSince: sunday, resolvedAt: sunday, answeredBy: 11 };
  const at = (hours: number) => hoursAfter(sunday, hours);
  const invited = { ...answered, inviteToRateAt: at(24) };
  const reminded = { ...answered, remindToRateAt: at(96) };
  const cases: readonly (readonly [string, Partial<Case>, number, readonly string[]])[] = [
    ["comes at its moment", invited, 24, ["invitation"]],
    ["not before it", invited, 23.9, []],
    ["late, while there is still time to rate", invited, 167, ["invitation"]],
    ["not with what ends that", invited, 168, ["resolved-7-days"]],
    ["not behind it", { ...answered, inviteToRateAt: at(169) }, 200, ["resolved-7-days"]],
    ["once more", reminded, 96, ["invitation again"]],
    ["the first before the second", { ...invited, remindToRateAt: at(24) }, 100, ["invitation"]],
    ["not where it was rated", { ...invited, rating: 4 }, 24, []],
    ["not where it goes on", { ...invited, state: "assigned" }, 24, []],
    ["not where it has ended", { ...invited, state: "closed" }, 24, []],
    ["not of what was answered before there were any", answered, 100, []],
  ];
  it.each(cases)("%s", (_, change, hours, expected) => {
    expect(due(aCase(change), at(hours)).map(said)).toEqual(expected);
  });

  it("not of types whose workflow asks for no rating", () => {
    const other = shippedWorkflow("compliment");
    expect(whatIsDue({ theCase: aCase(invited), workflow: other, calendarOf, now: at(24) })).toEqual([]);
  });
});

describe("a silent office", () => {
  const silent = (change: Partial<Case>) => next(aCase({ escalationSteps: [idle], ...change }));
  it("is silent since its last act, the assignment, the receipt or since it is its turn, whichever is latest", () => {
    expect(silent({ assignedAt: null })).toBe(hoursAfter(sunday, 48).toISOString());
    expect(silent({ assignedAt: hoursAfter(sunday, 1) })).toBe(hoursAfter(sunday, 49).toISOString());
    expect(silent({ lastOfficialActionAt: hoursAfter(sunday, 5) })).toBe(hoursAfter(sunday, 53).toISOString());
    expect(silent({ turnSince: hoursAfter(sunday, 7) })).toBe(hoursAfter(sunday, 55).toISOString());
  });

  it("is not silent while the applicant is asked, nor once it answered", () => {
    const steps = (state: string) =>
      due(aCase({ escalationSteps: [idle], state }), far).filter((thing) => thing.kind === "step");
    for (const state of ["waiting_applicant", "resolved", "closed"]) expect(steps(state)).toEqual([]);
    for (const state of ["assigned", "in_review", "appealed"]) expect(steps(state)).toHaveLength(1);
  });

  it("in working time when the rule says so, by the calendar that the case was promised by", () => {
    const working = step("silent", 1, { idle: { amount: 4, unit: "workingHours" } });
    const met = meetClock(clock("acknowledgement", 0), calendar, sunday);
    expect(silent({ escalationSteps: [working], clocks: [met] })).toBe(monday7);
  });

  it("without any clock there is no calendar: time on the wall", () => {
    const working = step("silent", 1, { idle: { amount: 2, unit: "workingDays" } });
    expect(silent({ escalationSteps: [working] })).toBe(hoursAfter(sunday, 48).toISOString());
  });
});

describe("timers of the workflow", () => {
  it("ring in their state, counted from its beginning", () => {
    const waiting = aCase({ state: "waiting_applicant" });
    expect(next(waiting)).toBe(hoursAfter(sunday, 240).toISOString());
    expect(due(waiting, far).map(said)).toEqual(["no-reply-10-days"]);
    expect(next(aCase({ state: "resolved" }))).toBe(hoursAfter(sunday, 168).toISOString());
    expect(next(aCase({ state: "closed" }))).toBeNull();
  });
});

describe("the two questions", () => {
  const anyStep = fc
    .record({
      level: fc.integer({ min: 0, max: 4 }),
      rule: fc.integer({ min: 1, max: 3 }),
      kind: fc.constantFrom("percent", "after", "idle"),
      amount: fc.integer({ min: 1, max: 150 }),
    })
    .map(({ level, rule, kind, amount }) =>
      step(
        `r${rule}`,
        level,
        kind === "percent"
          ? { clock: "resolution", percent: amount }
          : kind === "after"
            ? { clock: "firstResponse", after: { amount, unit: "workingHours" } }
            : { idle: { amount, unit: "calendarHours" } },
      ),
    );
  const anyCase = fc
    .record({
      steps: fc.array(anyStep, { maxLength: 6 }),
      hours: fc.integer({ min: 1, max: 100 }),
      state: fc.constantFrom(...Object.keys(workflow.states)),
      done: fc.array(anyStep, { maxLength: 3 }),
    })
    .map(({ steps, hours, state, done }) =>
      aCase({
        state,
        escalationSteps: steps,
        clocks: [clock("resolution", hours), clock("firstResponse", Math.ceil(hours / 3))],
        enforced: done.map(({ ruleId, level }) => ({ cycle: 1, ruleId, level })),
      }),
    );

  it("agree: nothing is due before the next moment, something is at it, each key once, and enforcing it all ends it", () => {
    fc.assert(
      fc.property(anyCase, (theCase) => {
        const moment = nextMoment({ theCase, workflow, calendarOf });
        const all = due(theCase, far);
        expect(all.length > 0).toBe(moment !== null && moment <= far);
        if (moment === null) return;
        expect(due(theCase, new Date(moment.getTime() - 1))).toEqual([]);
        expect(due(theCase, moment).length).toBeGreaterThan(0);
        const times = all.map((thing) => thing.dueAt.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
        const keys = all.map(said);
        expect(new Set(keys).size).toBe(keys.length);
        const enforced = all.flatMap((thing) =>
          thing.kind === "step"
            ? [{ cycle: 1, ruleId: thing.step.ruleId, level: thing.step.level }]
            : thing.kind === "breach"
              ? [{ cycle: 1, ruleId: `clock:${thing.target}`, level: 0 }]
              : [],
        );
        const rest = due({ ...theCase, enforced: [...theCase.enforced, ...enforced] }, far);
        expect(rest.every((thing) => thing.kind === "timer")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("what applicants are told of what is to come", () => {
  const watched = (theCase: Case) => ({ theCase, workflow, calendarOf });
  it("is the next step that raises the case; a warning is told to nobody above", () => {
    const theCase = aCase({ clocks: [resolution], escalationSteps: [percent, afterDue], state: "in_progress" });
    expect(nextEscalation(watched(theCase))?.toISOString()).toBe("2026-11-25T07:00:00.000Z");
    expect(nextEscalation(watched({ ...theCase, escalationSteps: [percent] }))).toBeNull();
    expect(
      nextEscalation(watched({ ...theCase, enforced: [{ cycle: theCase.cycle, ruleId: "later", level: 2 }] })),
    ).toBeNull();
  });
  it("is the end that silence brings, and no timer that ends nothing", () => {
    const waiting = aCase({ state: "waiting_applicant", stateSince: sunday });
    expect(endsByItself(watched(waiting))).toEqual(hoursAfter(sunday, 240));
    expect(endsByItself(watched(aCase({ state: "in_progress" })))).toBeNull();
  });
});
