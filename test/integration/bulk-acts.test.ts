/** One act on many cases: each by its rules, once, whatever is killed, cancelled or taken away in between. */

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import type { Problem } from "../../src/engine/text/problems.js";
import { openWorkingOffice, type Person, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let point: Person;
let room: Person;
const at = (minutes: number): Date => new Date(sundayNine.getTime() + minutes * 60_000);
const now = at(30);

beforeAll(async () => {
  office = await openWorkingOffice({ now: () => now });
  point = office.official("focal_point", "CSPD");
  room = office.official("operation_room");
});
afterAll(() => office.close());

async function received(n: number, input: object = {}): Promise<string[]> {
  const all: string[] = [];
  for (let i = 0; i < n; i++) all.push((await office.receive({ subject: `Case ${i}`, ...input })).reference);
  return all;
}

const settled = async (services: Composed = office.services) => {
  await services.work.bulk.lane.settled();
};

async function carriedOut(a: { actor: Person; references: string[]; action: string; fields?: object; id?: string }) {
  const { id = randomUUID(), fields = {}, ...rest } = a;
  const run = { ...rest, id, fields: fields as Record<string, unknown>, now };
  await office.services.work.bulk.start(run);
  await settled();
  return office.services.work.bulk.one({ actor: a.actor, id, now });
}

const timesTaken = async (reference: string): Promise<number> =>
  (await office.events(reference)).filter(({ type }) => type === "case.taken").length;

describe("what is offered", () => {
  it("is what the workflow gives this person, counted, with reasons for the rest", async () => {
    const references = await received(3);
    await office.act(references[2] as string, point, "take", {}, now);
    const offer = await office.services.work.bulk.offer({ actor: point, now, selection: { references } });
    expect(offer).toMatchObject({ references, total: 3, estimated: false, most: 500 });
    const names = offer.actions.map(({ action }) => action);
    expect(names).toEqual(expect.arrayContaining(["take", "transfer", "link", "note"]));
    for (const never of ["answer", "ask", "assign", "approve", "contact"]) expect(names).not.toContain(never);
    const take = offer.actions.find(({ action }) => action === "take");
    expect(take).toMatchObject({ can: 2, cannot: [{ count: 1, references: [references[2]] }] });
    const transfer = offer.actions.find(({ action }) => action === "transfer");
    expect(transfer?.fields.map(({ name, required }) => [name, required])).toContainEqual(["entity", true]);
  });

  it("leaves out what is not theirs, as if it did not exist", async () => {
    const [mine] = await received(1);
    const stranger = office.official("focal_point", "JFDA");
    const [theirs] = await received(1, { sector: "HEALTH", entity: "JFDA" });
    const both = [mine as string, theirs as string];
    const offer = await office.services.work.bulk.offer({ actor: point, now, selection: { references: both } });
    expect(offer.references).toEqual([mine]);
    const other = await office.services.work.bulk.offer({ actor: stranger, now, selection: { references: both } });
    expect(other.references).toEqual([theirs]);
    const none = office.services.work.bulk.offer({ actor: stranger, now, selection: { references: [mine as string] } });
    await expect(none).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("of a filtered list is all that it finds, up to the most that the programme sets", async () => {
    const offer = await office.services.work.bulk.offer({
      actor: room,
      now,
      selection: { asked: { filters: { entity: "CSPD" } } },
    });
    const { total } = await office.services.cases.count({ actor: room, now, filters: { entity: "CSPD" } });
    expect(offer.references).toHaveLength(total);
    expect(offer.total).toBe(total);
  });
});

describe("a look before", () => {
  it("tells faults of the fields, and what stands against single cases", async () => {
    const references = await received(2);
    const preview = (fields: Record<string, unknown>, action = "transfer") =>
      office.services.work.bulk.preview({ actor: point, now, references, action, fields });
    await expect(preview({})).rejects.toMatchObject({
      code: "invalid-input",
      faults: expect.arrayContaining([expect.objectContaining({ field: "/fields/entity" })]),
    });
    expect(await preview({ entity: "JFDA", reason: "Asked the wrong office" })).toEqual({ can: 2, cannot: [] });
    await expect(preview({ entity: "CSPD", reason: "Not ours" })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(preview({ duplicateOf: "482-739-1652" }, "link")).rejects.toMatchObject({
      faults: [expect.objectContaining({ field: "/fields/duplicateOf" })],
    });
    const one = references[0] as string;
    expect(await preview({ duplicateOf: one }, "link")).toMatchObject({
      can: 1,
      cannot: [{ count: 1, references: [one] }],
    });
  });

  it.each(["answer", "ask", "contact", "constructor", "nothing"])(
    "refuses %s, which is no act for many",
    async (action) => {
      const references = await received(1);
      const act = { actor: point, now, references, action, fields: { answer: "x", question: "x", note: "x" } };
      await expect(office.services.work.bulk.preview(act)).rejects.toMatchObject({ code: "invalid-input" });
      const started = office.services.work.bulk.start({ ...act, id: randomUUID() });
      await expect(started).rejects.toMatchObject({ code: "invalid-input" });
    },
  );
});

describe("a run", () => {
  it("does it to each case by its rules, names what was refused, and tells each person once", async () => {
    const references = await received(4);
    await office.act(references[3] as string, point, "take", {}, now);
    await office.act(references[3] as string, point, "ask", { question: "Which office?" }, now);
    const before = (await office.rows("select count(*)::int n from messages"))[0]?.n as number;
    const run = await carriedOut({
      actor: point,
      references,
      action: "transfer",
      fields: { entity: "JFDA", reason: "Not ours: theirs" },
    });
    expect(run).toMatchObject({ state: "done", total: 4, done: 3, refused: 1 });
    expect(run.refusals).toMatchObject([{ count: 1, references: [references[3]] }]);
    for (const reference of references.slice(0, 3)) {
      expect(await office.caseRow(reference)).toMatchObject({ entity: "JFDA", transfer_count: 1 });
    }
    const letters = await office.rows(
      "select template, receiver_user, data from messages where id > $1 and receiver_user is not null order by id",
      before,
    );
    const bulk = letters.filter(({ template }) => template === "official-bulk");
    expect(letters.filter(({ template }) => template === "official-assigned")).toEqual([]);
    expect(new Set(bulk.map(({ receiver_user }) => receiver_user)).size).toBe(bulk.length);
    expect(bulk.length).toBeGreaterThan(0);
    expect(bulk[0]?.data).toMatchObject({ count: 3, references: references.slice(0, 3), by: point.name });
    const [entry] = await office.rows(
      "select data from audit_events where type = 'bulk.started' order by seq desc limit 1",
    );
    expect(JSON.parse(entry?.data as string)).toMatchObject({
      ...{ action: "transfer", cases: 4, programme: "jordan" },
      actionName: { ar: expect.any(String), en: "Transfer to another entity" },
    });
  });

  it("that is sent twice is one; another person's number is nobody's", async () => {
    const references = await received(2);
    const id = randomUUID();
    await carriedOut({ actor: point, references, action: "take", id });
    const again = await office.services.work.bulk.start({
      actor: point,
      references,
      action: "take",
      fields: {},
      id,
      now,
    });
    expect(again).toMatchObject({ id, state: "done" });
    for (const reference of references) expect(await timesTaken(reference)).toBe(1);
    const stranger = office.official("focal_point", "JFDA");
    const { bulk } = office.services.work;
    const gone = { code: "not-found" } satisfies Partial<Problem>;
    await expect(bulk.one({ actor: stranger, id, now })).rejects.toMatchObject(gone);
    await expect(bulk.cancel({ actor: stranger, id, now })).rejects.toMatchObject(gone);
    const theirs = { actor: stranger, references, action: "take", fields: {}, id, now };
    await expect(bulk.start(theirs)).rejects.toMatchObject(gone);
    expect((await bulk.list({ actor: stranger, now })).map((run) => run.id)).not.toContain(id);
  });

  it("is worked off by one of three instances, and what was killed in between goes on without doing anything twice", async () => {
    const references = await received(30);
    const id = randomUUID();
    let later = now;
    const killed = office.instance({ now: () => later });
    const run = killed.work.bulk.start({ actor: point, references, action: "take", fields: {}, id, now });
    await run;
    const done = async () =>
      (await office.rows("select count(*)::int n from bulk_items where run_id = $1 and state = 'done'", id))[0]
        ?.n as number;
    while ((await done()) < 3) await sleep(5);
    // As a kill leaves it: in the middle, with a claim that nobody renews.
    await killed.work.bulk.lane.stop();
    await office.rows("update bulk_runs set claimed_until = $2 where id = $1", id, at(31));
    const first = await done();
    expect(first).toBeLessThan(30);
    const others = [1, 2, 3].map(() => office.instance({ now: () => later }));
    for (const other of others) other.work.bulk.resume();
    await Promise.all(others.map(settled));
    expect(await done()).toBe(first); // the claim still holds
    later = at(32);
    for (const other of others) other.work.bulk.resume();
    await Promise.all(others.map(settled));
    expect(await killed.work.bulk.one({ actor: point, id, now })).toMatchObject({
      state: "done",
      done: 30,
      refused: 0,
    });
    for (const reference of references) expect(await timesTaken(reference)).toBe(1);
  });

  it("whose instance only slept is not done twice by the one that took it over", async () => {
    const references = await received(12);
    const id = randomUUID();
    const slow = office.instance();
    await slow.work.bulk.start({ actor: point, references, action: "take", fields: {}, id, now });
    const quick = office.instance();
    // The claim runs out under the hands of an instance that is still at work.
    await office.rows("update bulk_runs set claimed_until = $2 where id = $1", id, at(-1));
    quick.work.bulk.resume();
    await Promise.all([settled(slow), settled(quick)]);
    expect(await slow.work.bulk.one({ actor: point, id, now })).toMatchObject({ state: "done", done: 12, refused: 0 });
    for (const reference of references) expect(await timesTaken(reference)).toBe(1);
  });

  it("that gives cases to one colleague is one letter to them, and a reminder one to each who is reminded", async () => {
    const references = await received(3);
    const manager = office.official("entity_manager", "CSPD");
    const fields = { colleague: String(point.userId) };
    expect(await carriedOut({ actor: manager, references, action: "give", fields })).toMatchObject({ done: 3 });
    expect(await carriedOut({ actor: room, references, action: "remind" })).toMatchObject({ done: 3 });
    for (const reference of references) expect((await office.caseRow(reference)).assignee).toBe(point.userId);
    const letters = await office.rows(
      `select template, data->>'kind' as kind, count(*)::int as n from messages
       where receiver_user = $1 and data::text like $2 group by 1, 2 order by 2`,
      point.userId,
      `%${references[0]}%`,
    );
    expect(letters).toEqual([
      { template: "official-bulk", kind: "official-given", n: 1 },
      { template: "official-bulk", kind: "official-reminder", n: 1 },
      { template: "official-assigned", kind: null, n: 1 }, // when it came in
    ]);
    // Each case knows that letter for its own.
    const { timeline } = await office.services.cases.page({ reference: references[1] as string, actor: point, now });
    const told = timeline.filter(({ kind }) => kind === "escalation").flatMap(({ letters = [] }) => letters);
    expect(told.map(({ fate }) => fate.en)).toEqual(told.map(() => "There is no mail server: it was not sent."));
    expect(told.length).toBeGreaterThan(0);
  });

  it("that is cancelled does no more, and what was done stays done", async () => {
    const references = await received(20);
    const id = randomUUID();
    await office.services.work.bulk.start({ actor: point, references, action: "take", fields: {}, id, now });
    const cancelled = await office.services.work.bulk.cancel({ actor: point, id, now });
    expect(cancelled.state).toBe("cancelled");
    await settled();
    const after = await office.services.work.bulk.one({ actor: point, id, now });
    expect(after.done).toBeLessThan(20);
    const taken = await Promise.all(references.map(timesTaken));
    expect(taken.filter((n) => n > 0)).toHaveLength(after.done);
    await expect(office.services.work.bulk.cancel({ actor: point, id, now })).rejects.toMatchObject({
      code: "not-now",
    });
  });

  it("does nothing more once the seat is left", async () => {
    const references = await received(3);
    const id = randomUUID();
    const asleep = office.instance();
    await asleep.work.bulk.lane.stop();
    await asleep.work.bulk.start({ actor: point, references, action: "take", fields: {}, id, now });
    const terms = await office.rows(
      "update seat_holders set held_to = $2 where user_id = $1 and held_to is null returning id",
      point.userId,
      at(1),
    );
    office.services.work.bulk.resume();
    await settled();
    for (const term of terms) await office.rows("update seat_holders set held_to = null where id = $1", term.id);
    expect(await office.services.work.bulk.one({ actor: point, id, now })).toMatchObject({
      state: "done",
      done: 0,
      refused: 3,
    });
    for (const reference of references) expect(await timesTaken(reference)).toBe(0);
  });

  it("is one at a time a person", async () => {
    const references = await received(1);
    const asleep = office.instance();
    await asleep.work.bulk.lane.stop();
    const act = { actor: point, references, action: "take", fields: {}, now };
    await asleep.work.bulk.start({ ...act, id: randomUUID() });
    await expect(asleep.work.bulk.start({ ...act, id: randomUUID() })).rejects.toMatchObject({ code: "not-now" });
    office.services.work.bulk.resume();
    await settled();
  });
});

it("runs are forgotten after a month, with their cases' lines", async () => {
  const { work } = office.services;
  expect((await work.tidy(at(60 * 24 * 29))).bulkRuns).toBe(0);
  expect((await work.tidy(at(60 * 24 * 31))).bulkRuns).toBeGreaterThan(0);
  expect(await office.rows("select 1 from bulk_items")).toEqual([]);
});
