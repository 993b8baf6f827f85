/**
 * Random lives of cases of every type: whatever people, applicants and the sweep do in whatever order, the clocks add up,
 * agree with the state, and a refused act leaves no trace.
 */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type SeededRandom, seededRandom } from "../../src/app/demo/seeded-random.js";
import { compileCalendar, type WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import { Problem } from "../../src/engine/text/problems.js";
import type { ActionField, WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import {
  openWorkingOffice,
  type Person,
  type Row,
  sundayNine,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let calendar: WorkingCalendar;
let other: ReceivedApplication;
const kindsSeen = new Set<unknown>();
beforeAll(async () => {
  office = await openWorkingOffice();
  calendar = compileCalendar(office.setup.calendar.definition);
  other = await office.receive();
});
afterAll(() => office.close());

/** Each has focal points and a manager. */
const entities = ["CSPD", "MOI", "MOH"];

function someValue(field: ActionField, random: SeededRandom): unknown {
  switch (field.type) {
    case "entity":
      return random.pick(entities);
    case "rating":
      return random.int(0, 5);
    case "choice":
      return random.pick(field.choices ?? []).code;
    case "pillar":
      return random.pick([...office.setup.pillars.keys()]);
    case "importance":
      return random.pick([...office.setup.importanceLevels.keys()]);
    case "reference":
      return random.pick([other.reference, unknownReference]);
    case "references":
      return random.pick([[other.reference], [other.reference, unknownReference]]);
    case "colleague":
      return someone(random, random.pick(entities)).userId;
    case "colleagues":
      return random.chance(0.6) ? [] : [someone(random, random.pick(entities)).userId];
    case "applicantCode":
      return random.pick(["", "AAAA-AAAA-AAAA"]);
    case "text":
      return "said";
  }
}

/** Who acts in these lives. */
const people: ReadonlySet<string> = new Set([
  ...["focal_point", "entity_manager", "operation_room", "main_focal_point", "applicant", "system"],
]);

/** Somebody who may stand before the case, or (now and then) a stranger to it. */
function someone(random: SeededRandom, entity: string): Person {
  const place = random.chance(0.9) ? entity : "MOH";
  return random.pick([
    office.official("focal_point", place, 0),
    office.official("focal_point", place, 1),
    office.official("entity_manager", place),
    office.official("operation_room"),
    office.official("operation_room", null, 1),
    office.official("main_focal_point", "INTERIOR"),
  ]);
}

async function act(
  sent: ReceivedApplication,
  workflow: WorkflowDefinition,
  random: SeededRandom,
  row: Row,
  now: Date,
): Promise<boolean> {
  // None of these people is at the telephone or above an entity: what those do has tests of its own.
  const theirs = Object.entries(workflow.actions).filter(([, { by }]) => by.some((one) => people.has(one)));
  const possible = theirs.filter(([, a]) => a.from.includes(String(row.state)));
  const offered = random.chance(0.95) && possible.length > 0 ? possible : theirs;
  // What ends a case at once comes rarely, or every life would be short.
  const ends = (effects: readonly string[]) => effects.includes("withdraw") || effects.includes("link");
  const [name, action] = random.weighted(offered, ([, a]) => (ends(a.effects) ? 0.1 : 1));
  const fields = Object.fromEntries(
    Object.entries(action.fields).map(([code, field]) => [code, someValue(field, random)]),
  );
  try {
    if (action.by.includes("applicant") && random.chance(0.8)) await office.applicantActs(sent, name, fields, now);
    else await office.act(sent.reference, someone(random, String(row.entity)), name, fields, now);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return false;
    throw error;
  }
}

const workedBetween = (from: unknown, to: unknown): number => calendar.between(from as Date, to as Date);

/** What was consumed and what was waited make up all working time since the start, to the second. */
function expectToAddUp(clock: Row): void {
  const until = clock.met_at ?? clock.cancelled_at ?? clock.paused_at ?? clock.running_since;
  expect((clock.consumed_seconds as number) + (clock.paused_seconds as number)).toBe(
    workedBetween(clock.started_at, until),
  );
}

function expectToAgree(row: Row, clocks: readonly Row[]): void {
  const ended = (clock: Row) => clock.met_at !== null || clock.cancelled_at !== null;
  const current = clocks.filter((clock) => clock.cycle === row.cycle);
  const resolution = current.find((clock) => clock.target === "resolution");
  for (const clock of clocks) {
    expectToAddUp(clock);
    expect(clock.met_at !== null && clock.cancelled_at !== null).toBe(false);
    if (clock.cycle !== row.cycle) expect(ended(clock)).toBe(true);
    // Exactly one of: it runs, it is paused, it has ended.
    expect([clock.running_since !== null, clock.paused_at !== null, ended(clock)].filter(Boolean)).toHaveLength(1);
  }
  if (row.state_kind === "open" && resolution !== undefined) expect(resolution.running_since).not.toBeNull();
  if (row.state_kind === "waiting" && resolution !== undefined)
    expect(resolution).toMatchObject({ due_at: null, running_since: null });
  if (row.state_kind === "resolved") expect(row.resolved_at).not.toBeNull();
  if (row.state_kind === "resolved" || row.state_kind === "final") expect(current.every(ended)).toBe(true);
  expect(row.closed_at !== null).toBe(row.state_kind === "final");
  if (row.state_kind === "final") expect(row.next_due_at).toBeNull();
}

describe.each(["complaint", "inquiry", "report", "suggestion", "compliment"])("any life of a %s", (type) => {
  const workflow = (): WorkflowDefinition => {
    const found = office.setup.workflows.get(office.setup.types.get(type)?.workflow ?? "");
    if (found === undefined) throw new Error(`no workflow for ${type}`);
    return found.definition;
  };

  it("adds up", async () => {
    let done = 0;
    for (let life = 0; life < 6; life++) {
      const random = seededRandom(1000 * life + type.length);
      const sent = await office.receive({ type });
      let now = sundayNine;
      for (let step = 0; step < 14; step++) {
        now = new Date(now.getTime() + random.int(1, 40) * 1_800_000 + random.int(0, 59_999));
        // Now and then the sweep is late.
        if (random.chance(0.7)) await office.services.deadlines.enforce({ now });
        const before = await office.caseRow(sent.reference);
        if (await act(sent, workflow(), random, before, now)) done += 1;
        else expect(await office.caseRow(sent.reference)).toEqual(before);
        const clocks = await office.rows("select * from clocks where case_id = $1", sent.caseId);
        const after = await office.caseRow(sent.reference);
        kindsSeen.add(after.state_kind);
        expectToAgree(after, clocks);
      }
    }
    expect(done).toBeGreaterThan(20);
  });
});

describe("after all that", () => {
  it("every kind of state was lived, nothing was put off as a fault, and the record verifies", async () => {
    expect(await office.rows("select data from case_events where type = 'rule.faulted'")).toEqual([]);
    expect([...kindsSeen].sort()).toEqual(["final", "open", "resolved", "waiting"]);
    const types = (await office.rows("select distinct type from case_events")).map(({ type }) => type);
    for (const type of [
      "clock.paused",
      "clock.resumed",
      "clock.breached",
      "clock.cancelled",
      "case.reopened",
      "case.retimed",
    ])
      expect(types).toContain(type);
    expect((await office.services.audit.verify({ seals: [] })).firstFault).toBeNull();
  });
});
