/** Open cases go on by another version of their workflow: by an explicit map, once each, whatever is killed or cancelled. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let room: Person;
let point: Person;
let shipped: WorkflowDefinition;
const at = (minutes: number): Date => new Date(sundayNine.getTime() + minutes * 60_000);
let now = at(60);

beforeAll(async () => {
  office = await openWorkingOffice({ now: () => now });
  room = office.official("operation_room");
  point = office.official("focal_point", "CSPD");
  const published = office.setup.workflows.get("complaint");
  if (published === undefined) throw new Error("no complaint workflow");
  shipped = published.definition;
});
afterAll(() => office.close());

/** A new version in which another state takes the place of `in_progress`, and waiting for the applicant stops no clock. */
function otherVersion(): WorkflowDefinition {
  const text = JSON.stringify(shipped).replaceAll('"in_progress"', '"handling"');
  const next = JSON.parse(text) as { states: Record<string, { kind: string }> } & WorkflowDefinition;
  next.states.waiting_applicant = { ...next.states.waiting_applicant, kind: "open" } as never;
  return next;
}

async function publish(definition: WorkflowDefinition): Promise<{ versionId: number; version: number }> {
  const { services } = office;
  const { inForce } = await services.workflows.standing({ actor: room, programme, name: "complaint" });
  await services.configuration.publish({
    by: room,
    programme,
    kind: "workflow",
    name: "complaint",
    definition,
    basedOn: inForce?.versionId ?? null,
    reason: "test",
    now,
  });
  const after = await services.workflows.standing({ actor: room, programme, name: "complaint" });
  if (after.inForce === null) throw new Error("nothing is in force");
  return after.inForce;
}

const asked = (map: Record<string, string> = {}, actor: Person = room) => ({
  actor,
  programme,
  name: "complaint",
  map,
  now,
});
const settled = (services: Composed = office.services) => services.work.workflows.lane.settled();
const one = async (id: string) =>
  (await office.services.workflows.runs({ actor: room, programme, name: "complaint" })).find((run) => run.id === id);

/** Cases that begin by the version in force, taken on by a focal point. */
async function taken(n: number): Promise<string[]> {
  const all: string[] = [];
  for (let i = 0; i < n; i++) {
    const { reference } = await office.receive({ subject: `Case ${i}` });
    await office.act(reference, point, "take", {}, at(10));
    all.push(reference);
  }
  return all;
}

let old: { versionId: number; version: number };
let target: { versionId: number; version: number };
let takenCases: string[];
let asking: { reference: string; code: string };

beforeEach(async () => {
  now = at(60);
  // Whatever an earlier test left open has ended.
  await office.asOwner("update cases set state_kind = 'final', state = 'closed', next_due_at = null");
  old = await publish({ ...shipped, name: { ...shipped.name, en: `Complaint ${randomUUID()}` } });
  takenCases = await taken(4);
  asking = await office.receive({ subject: "Which hall?" });
  await office.act(asking.reference, point, "take", {}, at(10));
  await office.act(asking.reference, point, "ask", { question: "Which hall?" }, at(20));
  target = await publish({ ...otherVersion(), name: { ...shipped.name, en: `Other ${randomUUID()}` } });
});

describe("a look before", () => {
  it("counts by state, proposes the same state where it fits, and asks for the others", async () => {
    const preview = await office.services.workflows.preview(asked());
    expect(preview.target).toMatchObject(target);
    expect(preview.cases).toBe(5);
    expect(
      preview.rows.map(({ state, version, cases, proposed, to }) => ({ state, version, cases, proposed, to })),
    ).toEqual([
      { state: "in_progress", version: old.version, cases: 4, proposed: null, to: null },
      {
        state: "waiting_applicant",
        version: old.version,
        cases: 1,
        proposed: "waiting_applicant",
        to: "waiting_applicant",
      },
    ]);
    expect(preview.faults.map(({ field }) => field)).toEqual(["/map/in_progress"]);
    const mapped = await office.services.workflows.preview(asked({ in_progress: "handling" }));
    expect(mapped.faults).toEqual([]);
    // The one that waited: its state means work by now, so its clock runs again.
    expect(mapped.effects).toMatchObject({ looked: 5, pauses: 0, resumes: 1 });
  });

  it.each([
    [{ in_progress: "nowhere" }],
    [{ in_progress: "closed" }],
    [{ in_progress: "resolved" }],
    [{ in_progress: "constructor" }],
    [{ in_progress: "handling", waiting_applicant: "withdrawn" }],
  ])("refuses %j, and moves nothing", async (map: Record<string, string>) => {
    const preview = await office.services.workflows.preview(asked(map));
    expect(preview.faults).toHaveLength(1);
    const started = office.services.workflows.start({ ...asked(map), id: randomUUID(), ...target, reason: "x" });
    await expect(started).rejects.toMatchObject({ code: "invalid-input", faults: preview.faults });
    expect((await office.caseRow(takenCases[0] as string)).workflow_version_id).toBe(old.versionId);
  });

  it("is for the operation room; the auditor sees where cases stand, others not even that", async () => {
    const { workflows } = office.services;
    const auditor = office.official("auditor");
    const standing = await workflows.standing({ actor: auditor, programme, name: "complaint" });
    expect(standing.standing.map(({ state, cases }) => [state, cases])).toEqual([
      ["in_progress", 4],
      ["waiting_applicant", 1],
    ]);
    await expect(workflows.preview(asked({}, auditor))).rejects.toMatchObject({ code: "forbidden" });
    for (const stranger of [point, office.official("main_focal_point", "INTERIOR")]) {
      const theirs = { actor: stranger, programme, name: "complaint" };
      await expect(workflows.standing(theirs)).rejects.toMatchObject({ code: "not-found" });
      await expect(workflows.runs(theirs)).rejects.toMatchObject({ code: "not-found" });
      await expect(workflows.preview(asked({}, stranger))).rejects.toMatchObject({ code: "not-found" });
    }
    await expect(workflows.preview({ ...asked(), name: "nothing" })).rejects.toMatchObject({ code: "not-found" });
    await expect(workflows.preview({ ...asked(), programme: "boston311" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

const map = { in_progress: "handling" };

describe("a run", () => {
  it("moves each case once with an event that says why; clocks follow, nobody is written to, and it goes on from there", async () => {
    const { workflows } = office.services;
    const messages = async () => (await office.rows("select count(*)::integer as n from messages"))[0]?.n;
    const before = await messages();
    const id = randomUUID();
    const begun = { ...asked(map), id, ...target, reason: "Circular 12" };
    await workflows.start(begun);
    // Sent again it is the same run.
    expect((await workflows.start(begun)).id).toBe(id);
    await settled();
    expect(await one(id)).toMatchObject({ state: "done", total: 5, moved: 5, stayed: 0, by: room.name });
    const first = takenCases[0] as string;
    expect(await office.caseRow(first)).toMatchObject({ state: "handling", workflow_version_id: target.versionId });
    const [event] = (await office.events(first)).filter(({ type }) => type === "case.workflow-migrated");
    expect(event?.data).toMatchObject({
      fromVersion: old.version,
      toVersion: target.version,
      from: "in_progress",
      to: "handling",
      reason: "Circular 12",
    });
    const types = (await office.events(asking.reference)).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(["case.workflow-migrated", "clock.resumed"]);
    expect(await office.caseRow(asking.reference)).toMatchObject({ state: "waiting_applicant", state_kind: "open" });
    expect(await messages()).toBe(before);
    const [told] = await office.rows(
      "select data from audit_events where type = 'workflow.migration-started' order by seq desc limit 1",
    );
    expect(JSON.parse(String(told?.data))).toMatchObject({ run: id, map, reason: "Circular 12", cases: 5 });
    // The act that the old version called by another state's name goes on in the new one.
    await office.act(first, point, "answer", { answer: "The hall is open." }, at(90));
    expect((await office.caseRow(first)).state).toBe("resolved");
    await expect(
      workflows.start({ ...asked(map), id: randomUUID(), ...target, reason: "again" }),
    ).rejects.toMatchObject({
      code: "not-now",
    });
    // Rows that earlier tests left were altered by hand, and a check says so.
    const { faults } = await office.services.audit.verify({ seals: [] });
    expect(
      faults.filter(({ what, reference }) => what !== "case altered" || takenCases.includes(`${reference}`)),
    ).toEqual([]);
  });

  it("is refused without a reason, and when another version came into force since", async () => {
    const { workflows } = office.services;
    const begin = (more: object) =>
      workflows.start({ ...asked(map), id: randomUUID(), ...target, reason: "x", ...more });
    await expect(begin({ reason: "  " })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(begin({ versionId: old.versionId })).rejects.toMatchObject({ code: "conflict" });
    await expect(begin({ id: "1" })).rejects.toMatchObject({ code: "not-found" });
    await expect(begin({ actor: office.official("auditor") })).rejects.toMatchObject({ code: "forbidden" });
    await expect(begin({ actor: point })).rejects.toMatchObject({ code: "not-found" });
  });

  it("waits for a second person where publishing does", async () => {
    const { workflows, setupWarnings } = office.services;
    const colleague = office.official("operation_room", undefined, 1);
    const settings = (on: boolean) =>
      office.asOwner(
        "update programmes set settings = settings || jsonb_build_object('secondPerson', $1::boolean) where code = 'jordan'",
        on,
      );
    const toConfirm = async () =>
      (await setupWarnings({ actor: colleague, now })).filter(({ kind }) => kind === "toConfirm");
    await settings(true);
    try {
      const id = randomUUID();
      const begun = await workflows.start({ ...asked(map), id, ...target, reason: "Circular 12" });
      expect(begun).toMatchObject({ state: "asked", mayConfirm: false });
      await settled();
      expect(await one(id)).toMatchObject({ state: "asked", moved: 0 });
      expect(await toConfirm()).toEqual([
        expect.objectContaining({ count: 1, link: expect.stringContaining("complaint") }),
      ]);
      for (const [actor, code] of [
        [room, "forbidden"],
        [office.official("auditor"), "forbidden"],
        [point, "not-found"],
      ] as const)
        await expect(workflows.confirm({ actor, id, now })).rejects.toMatchObject({ code });
      expect(await workflows.confirm({ actor: colleague, id, now })).toMatchObject({ confirmedBy: colleague.name });
      await settled();
      expect(await one(id)).toMatchObject({ state: "done", moved: 5 });
      await expect(workflows.confirm({ actor: colleague, id, now })).rejects.toMatchObject({ code: "not-now" });
      expect(await toConfirm()).toEqual([]);
    } finally {
      await settings(false);
    }
  });

  it("that was asked for a version no longer in force is not confirmed, and can be cancelled", async () => {
    const id = randomUUID();
    await office.asOwner(
      `insert into workflow_migrations (id, programme, workflow, to_version_id, map, reason, user_id, state, total, created_at)
       values ($1, 'jordan', 'complaint', $2, '{}', 'x', $3, 'asked', 5, $4)`,
      id,
      old.versionId,
      office.official("operation_room", undefined, 1).userId,
      now,
    );
    const { workflows } = office.services;
    await expect(workflows.confirm({ actor: room, id, now })).rejects.toMatchObject({ code: "conflict" });
    expect(await workflows.cancel({ actor: room, id, now })).toMatchObject({ state: "cancelled" });
  });

  it("is worked off by one of three instances; what was killed in between goes on and moves nothing twice", async () => {
    takenCases.push(
      ...(await (async () => {
        // More than a transaction takes, by the old version again.
        const again = await publish({ ...shipped, name: { ...shipped.name, en: `Complaint ${randomUUID()}` } });
        expect(again.version).toBeGreaterThan(target.version);
        return taken(60);
      })()),
    );
    target = await publish({ ...otherVersion(), name: { ...shipped.name, en: `Other ${randomUUID()}` } });
    const id = randomUUID();
    const killed = office.instance({ now: () => now });
    const run = killed.workflows.start({ ...asked(map), id, ...target, reason: "x" });
    await run;
    const half = async () => Number((await one(id))?.moved) > 0;
    while (!(await half())) await new Promise((resolve) => setTimeout(resolve, 5));
    await killed.work.workflows.lane.stop();
    // As a kill leaves it: with a claim that nobody renews.
    await office.asOwner(
      `update workflow_migrations set claimed_by = '${randomUUID()}', claimed_until = $1 where id = $2 and finished_at is null`,
      at(61),
      id,
    );
    now = at(65);
    const others = [office.instance({ now: () => now }), office.instance({ now: () => now })];
    for (const other of others) other.work.workflows.resume();
    for (const other of others) await settled(other);
    const done = await one(id);
    expect(done).toMatchObject({ state: "done", stayed: 0 });
    expect(done?.moved).toBe(done?.total);
    for (const reference of takenCases) {
      const moves = (await office.events(reference)).filter(({ type }) => type === "case.workflow-migrated");
      expect([reference, moves.length]).toEqual([reference, 1]);
    }
  });

  it("is cancelled cleanly: nothing more is moved, and what is left can be moved later", async () => {
    const { workflows, work } = office.services;
    const id = randomUUID();
    // Someone else holds it, as far as this instance knows.
    await work.workflows.lane.settled();
    await office.asOwner(
      `insert into workflow_migrations (id, programme, workflow, to_version_id, map, reason, user_id, state, total, created_at, claimed_by, claimed_until)
       values ($1, 'jordan', 'complaint', $2, '{"in_progress":"handling"}', 'x', $3, 'running', 5, $4, $5, $6)`,
      id,
      target.versionId,
      room.userId,
      now,
      randomUUID(),
      at(120),
    );
    await expect(workflows.start({ ...asked(map), id: randomUUID(), ...target, reason: "x" })).rejects.toMatchObject({
      code: "not-now",
    });
    await expect(workflows.cancel({ actor: point, id, now })).rejects.toMatchObject({ code: "not-found" });
    await expect(workflows.cancel({ actor: office.official("auditor"), id, now })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await workflows.cancel({ actor: room, id, now })).toMatchObject({ state: "cancelled", moved: 0 });
    await expect(workflows.cancel({ actor: room, id, now })).rejects.toMatchObject({ code: "not-now" });
    work.workflows.resume();
    await settled();
    expect((await office.caseRow(takenCases[0] as string)).workflow_version_id).toBe(old.versionId);
    expect(await work.workflows.migrate({ ...asked(map), id: randomUUID(), ...target, reason: "x" })).toMatchObject({
      state: "done",
      moved: 5,
    });
  });

  it("ends where whoever started it left the room, and leaves alone what has no place in the new version", async () => {
    const { work } = office.services;
    const id = randomUUID();
    await office.asOwner(
      `insert into workflow_migrations (id, programme, workflow, to_version_id, map, reason, user_id, state, total, created_at)
       values ($1, 'jordan', 'complaint', $2, '{}', 'x', $3, 'waiting', 5, $4)`,
      id,
      target.versionId,
      point.userId,
      now,
    );
    work.workflows.resume();
    await settled();
    expect(await one(id)).toMatchObject({ state: "failed", moved: 0 });
    const next = randomUUID();
    await office.asOwner(
      `insert into workflow_migrations (id, programme, workflow, to_version_id, map, reason, user_id, state, total, created_at)
       values ($1, 'jordan', 'complaint', $2, '{}', 'x', $3, 'waiting', 5, $4)`,
      next,
      target.versionId,
      room.userId,
      now,
    );
    work.workflows.resume();
    await settled();
    expect(await one(next)).toMatchObject({ state: "done", moved: 1, stayed: 4 });
  });

  it("ends as failed where something goes wrong of itself, and keeps no other run from beginning", async () => {
    const { work } = office.services;
    await work.workflows.lane.settled();
    const id = randomUUID();
    // A version that is no workflow at all stands for whatever nobody thought of.
    await office.asOwner(
      `insert into workflow_migrations (id, programme, workflow, to_version_id, map, reason, user_id, state, total, created_at)
       values ($1, 'jordan', 'complaint', (select min(id) from configuration_versions where kind = 'rules'), '{}', 'x', $2, 'waiting', 5, $3)`,
      id,
      room.userId,
      now,
    );
    work.workflows.resume();
    await settled();
    expect(await one(id)).toMatchObject({ state: "failed", moved: 0, failure: { en: expect.any(String) } });
    expect(await work.workflows.migrate({ ...asked(map), id: randomUUID(), ...target, reason: "x" })).toMatchObject({
      state: "done",
      moved: 5,
    });
  });
});

describe("cases that are stuck already", () => {
  const stuck = async () =>
    (await office.services.operation.health({ actor: room, now })).checks.find(({ id }) => id === "stuck-cases");
  const put = (references: readonly string[], versionId: number, more = "") =>
    office.asOwner(
      `update cases set state = 'in_review', workflow_version_id = $1 ${more} where reference = any($2)`,
      versionId,
      references,
    );

  it("are named on the health page with the way out, and go on once they are moved", async () => {
    expect(await stuck()).toMatchObject({ state: "good", groups: [] });
    // A version of before the checks: none of those who may approve an answer sees the case by then.
    const { approve } = shipped.actions;
    const definition = {
      ...shipped,
      actions: { ...shipped.actions, approve: { ...approve, by: ["main_focal_point"] } },
    };
    const [row] = await office.asOwner(
      `insert into configuration_versions (programme, kind, name, version, status, definition, checksum, created_at, published_at)
       values ($1, 'workflow', 'complaint', 9000, 'retired', $2, 'x', $3, $3) returning id`,
      programme,
      JSON.stringify(definition),
      now,
    );
    await put(takenCases.slice(0, 2), row?.id as number);
    const found = await stuck();
    expect(found).toMatchObject({ state: "late" });
    expect(found?.words.en).toContain(": 2.");
    expect(found?.groups.map(({ words }) => words.en)).toEqual([
      expect.stringMatching(/“Complaint”, in “In quality review”, by version 9000 .*: 2\..*move the cases there/),
    ]);
    expect(found?.groups[0]?.link).toContain("name=complaint&part=cases");
    const run = { ...asked(map), id: randomUUID(), ...target, reason: "x" };
    expect(await office.services.work.workflows.migrate(run)).toMatchObject({ state: "done", moved: 5 });
    expect(await stuck()).toMatchObject({ state: "good" });
  });

  it("are said of confidential ones without a number, and only to those who see the health page", async () => {
    await put(takenCases.slice(2, 3), old.versionId, ", confidential = true");
    const found = await stuck();
    expect(found).toMatchObject({ state: "late", groups: [], link: expect.stringContaining("name=complaint") });
    expect(found?.words.en).toMatch(
      /^\s*There are confidential cases that cannot be carried on\. They are not counted\.$/,
    );
    expect(JSON.stringify(found)).not.toContain("quality review");
    await expect(office.services.operation.health({ actor: point, now })).rejects.toMatchObject({ code: "forbidden" });
  });
});
