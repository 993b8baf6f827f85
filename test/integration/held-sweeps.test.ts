/**
 * A sweep that would do far more than an ordinary one holds and asks; what was foreseen passes by itself. Before there was
 * such a thing, three years ahead were 22,646 letters for a thousand cases, three days 4,519.
 */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { copyCase } from "../support/many-cases.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const minute = 60_000;
const day = 24 * 60 * minute;
const later = (ms: number, from = sundayNine): Date => new Date(from.getTime() + ms);
/** Idle for 48 hours: the first escalation of what was received on Sunday at nine. */
const tuesdayNine = later(2 * day);
/** Sunday, 8:30 in Amman: the working week opens. */
const opening = new Date("2026-12-06T05:30:00Z");

let office: WorkingOffice;
/** Number of the last audit event of the test before. */
let heard = 0;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());
// As a new office is, without making one.
beforeEach(async () => {
  await office.asOwner("truncate applications, case_events, messages, held_sweeps cascade");
  await office.asOwner("update programmes set settings = settings - 'sweepHoldPercent' - 'sweepHoldLeast'");
  const stream = "select coalesce(max(seq), 0)::integer as seq from audit_events where stream = 'operation'";
  heard = Number((await office.rows(stream))[0]?.seq);
});

const sweep = (now: Date, limit?: number) => office.services.deadlines.enforce({ now, ...(limit && { limit }) });
const count = async (table: string): Promise<number> =>
  Number((await office.rows(`select count(*)::integer as n from ${table}`))[0]?.n);
const room = () => office.official("operation_room");
const shown = () => office.services.operation.heldSweeps.list({ actor: room() });
const alerts = () => office.rows("select receiver_user, data from messages where data->>'kind' = 'sweep-held'");
const audited = async () =>
  (
    await office.rows("select type, data from audit_events where type like 'sweep.%' and seq > $1 order by seq", heard)
  ).map(({ type, data }) => [type, JSON.parse(String(data))]);

/** An office of as many open cases; none is due before Tuesday at nine. */
async function openCases(copies: number, shift?: string): Promise<ReceivedApplication> {
  const sent = await office.receive();
  await copyCase(office, { caseId: sent.caseId, copies, ...(shift !== undefined && { shift }) });
  return sent;
}

async function release(reason: string, now: Date): Promise<void> {
  const [held] = await shown();
  if (held === undefined) throw new Error("nothing holds");
  await office.services.operation.heldSweeps.release({
    id: held.id,
    asOf: new Date(held.asOf),
    reason,
    actor: room(),
    now,
  });
}

describe("a clock that is ahead", () => {
  it.each([
    ["years", 3 * 365 * day],
    ["days", 3 * day],
  ])(
    "by %s: nothing of it is written, the room is asked once, and it is over when the clock is right",
    async (_, ms) => {
      await openCases(299);
      const letters = await count("messages");
      for (const again of [0, 1, 2]) {
        const done = await sweep(later(ms + again * minute));
        expect(done).toEqual({
          cases: 0,
          breaches: 0,
          warnings: 0,
          escalations: 0,
          timers: 0,
          invitations: 0,
          faults: 0,
          held: [programme],
        });
      }
      expect([await count("enforcements"), await count("messages")]).toEqual([0, letters + 6]);
      const told = await alerts();
      expect(new Set(told.map(({ receiver_user: user }) => user)).size).toBe(6);
      expect(JSON.stringify(told[0]?.data)).toMatch(
        /300 of 300 open cases passed more than half an hour ago.*The limit is 200\. About [\d,]+ emails/,
      );
      const [held] = await shown();
      expect(held).toMatchObject({ cases: 300, openCases: 300, most: 200, released: null, mayRelease: true });
      expect(held?.letters).toBeGreaterThan(300);
      expect([held?.since, held?.asOf]).toEqual([later(ms), later(ms + 2 * minute)].map((at) => at.toISOString()));
      // The clock is set right: the next sweep has nothing late.
      expect(await sweep(later(minute))).toMatchObject({ cases: 0 });
      expect(await shown()).toEqual([]);
      expect((await audited()).map(([type]) => type)).toEqual(["sweep.held", "sweep.resumed"]);
      // And when the moment truly comes, all are escalated at once.
      expect(await sweep(tuesdayNine)).toMatchObject({ cases: 300, escalations: 300 });
    },
  );

  it("by two minutes: what is due two minutes later is done two minutes early, and no more", async () => {
    await openCases(299);
    expect(await sweep(later(2 * minute))).toMatchObject({ cases: 0 });
    expect(await sweep(later(-2 * minute, tuesdayNine))).toMatchObject({ cases: 0 });
    expect(await sweep(later(2 * minute, tuesdayNine))).toMatchObject({ cases: 300 });
    expect(await shown()).toEqual([]);
  });
});

describe("an ordinary opening of the week", () => {
  it("passes by itself, however many moments fall on it, also when the sweep comes twenty minutes late", async () => {
    await openCases(899);
    await office.asOwner("update clocks set due_at = $1 where target = 'resolution'", opening);
    await sweep(tuesdayNine);
    await sweep(later(12 * 60 * minute, tuesdayNine));
    await office.asOwner("update cases set next_due_at = $1 where programme = $2", opening, programme);
    expect(await sweep(later(-minute, opening))).toMatchObject({ cases: 0 });
    const done = await sweep(later(20 * minute, opening));
    expect([done.cases, done.held]).toEqual([900, undefined]);
    expect(done.escalations).toBeGreaterThanOrEqual(900);
  });

  it("holds when the jobs stood still over it and too many of the open cases are late", async () => {
    await openCases(299);
    expect(await sweep(later(31 * minute, tuesdayNine))).toMatchObject({ cases: 0, held: [programme] });
  });
});

describe("the settings of a programme", () => {
  const settings = (values: object) =>
    office.asOwner(
      "update programmes set settings = settings || $1::jsonb where code = $2",
      JSON.stringify(values),
      programme,
    );

  it("a share of the open cases, and a number that always passes", async () => {
    await openCases(59, "case when g > 20 then interval '7 days' else interval '0' end");
    const late = later(60 * minute, tuesdayNine);
    // 21 of 60 are late.
    await settings({ sweepHoldPercent: 34, sweepHoldLeast: 20 });
    expect(await sweep(late)).toMatchObject({ held: [programme] });
    expect((await shown())[0]).toMatchObject({ cases: 21, openCases: 60, most: 20 });
    await settings({ sweepHoldPercent: 35 });
    expect(await sweep(late)).toMatchObject({ cases: 21 });
    expect(await shown()).toEqual([]);
  });
});

describe("a release", () => {
  const late = later(60 * minute, tuesdayNine);

  it("lets exactly what was due then go on, by a person of the room, with a reason, and ends with that sweep", async () => {
    // 300 are due on Tuesday, 250 on Wednesday.
    await openCases(549, "case when g >= 300 then interval '1 day' else interval '0' end");
    await sweep(late);
    const auditor = office.official("auditor");
    const focal = office.official("focal_point", "CSPD");
    const [held] = await shown();
    const asked = {
      id: held?.id as number,
      asOf: new Date(held?.asOf as string),
      reason: "Jobs stood still",
      now: late,
    };
    const { list, release: let_ } = office.services.operation.heldSweeps;
    expect((await list({ actor: auditor }))[0]).toMatchObject({ cases: 300, mayRelease: false });
    expect(await list({ actor: focal })).toEqual([]);
    expect((await problemOf(let_({ ...asked, actor: auditor }))).code).toBe("forbidden");
    expect((await problemOf(let_({ ...asked, actor: focal }))).code).toBe("not-found");
    const elsewhere = { ...room(), seats: [{ ...room().seats[0], programme: "boston311" }] } as ReturnType<typeof room>;
    expect(await list({ actor: elsewhere })).toEqual([]);
    expect((await problemOf(let_({ ...asked, actor: elsewhere }))).code).toBe("not-found");
    const noReason = await problemOf(let_({ ...asked, reason: "  ", actor: room() }));
    expect([noReason.code, noReason.faults[0]?.field]).toEqual(["invalid-input", "/reason"]);
    expect((await sweep(late)).held).toEqual([programme]);

    await let_({ ...asked, actor: room() });
    expect((await problemOf(let_({ ...asked, actor: room() }))).code).toBe("conflict");
    expect((await shown())[0]).toMatchObject({ released: { reason: "Jobs stood still" }, mayRelease: false });
    // A sweep that ends early does not end the release.
    expect((await sweep(later(minute, late), 50)).cases).toBe(50);
    expect(await shown()).toHaveLength(1);
    expect((await sweep(later(2 * minute, late))).cases).toBe(250);
    expect(await shown()).toEqual([]);
    expect(await audited()).toEqual([
      ["sweep.held", expect.objectContaining({ programme, cases: 300, openCases: 550 })],
      ["sweep.released", { programme, cases: 300, reason: "Jobs stood still", until: late.toISOString() }],
    ]);
    // The door is shut again: what is late the next day is asked about anew.
    expect((await sweep(later(day, late))).held).toEqual([programme]);
    expect(await alerts()).toHaveLength(12);
  });

  it("covers nothing that became late since, and is asked about anew when that is too much", async () => {
    await openCases(549, "case when g >= 300 then interval '1 day' else interval '0' end");
    await sweep(late);
    await release("Seen", late);
    // The jobs stood still again for a day.
    expect((await sweep(later(day, late))).held).toEqual([programme]);
    expect((await shown())[0]).toMatchObject({ cases: 550, released: null });
    expect(await count("enforcements")).toBe(0);
  });

  it("runs out after a day", async () => {
    await openCases(299);
    await sweep(late);
    await release("Seen", late);
    expect((await sweep(later(day + minute, late))).held).toEqual([programme]);
  });
});

describe("while a sweep holds", () => {
  const late = later(60 * minute, tuesdayNine);

  it("another programme goes on", async () => {
    await office.services.configuration.seed({ now: sundayNine, programmes: ["boston311"] });
    const key = { id: null, programme: "boston311", channel: "CONSTITUENT_CALL" };
    const input = {
      programme: "boston311",
      type: "PICKUP_DEAD_ANIMAL",
      language: "en",
      subject: "A raccoon",
      description: "It lies at the corner.",
    };
    const { caseId } = await office.services.intake.receive({ input, key, idempotencyKey: null, now: sundayNine });
    await office.asOwner("update cases set next_due_at = $1 where id = $2", later(-minute, late), caseId);
    await openCases(299);
    expect(await sweep(late)).toMatchObject({ cases: 1, held: [programme] });
    expect(await office.rows("select programme from held_sweeps")).toEqual([{ programme }]);
  });

  it("several instances ask once", async () => {
    await openCases(299);
    const instances = [office.services, office.instance(), office.instance()];
    const done = await Promise.all(instances.map((one) => one.deadlines.enforce({ now: late })));
    expect(done.map(({ held }) => held)).toEqual([[programme], [programme], [programme]]);
    expect([await shown(), await alerts(), await audited()].map((all) => all.length)).toEqual([1, 6, 1]);
  });

  it("a person's act enforces what fell due on its own case before it, and on no other", async () => {
    const sent = await openCases(299);
    await sweep(late);
    const focal = office.official("focal_point", "CSPD");
    await office.act(sent.reference, focal, "take", {}, late);
    const enforced = await office.rows("select distinct case_id from enforcements");
    expect(enforced).toEqual([{ case_id: sent.caseId }]);
    expect((await sweep(later(minute, late))).held).toEqual([programme]);
    expect((await shown())[0]).toMatchObject({ cases: 299 });
  });

  it("nobody acts on many cases at once, which would enforce what is held", async () => {
    const sent = await openCases(299);
    await sweep(late);
    const actor = office.official("focal_point", "CSPD");
    const bulk = { actor, references: [sent.reference], action: "take", fields: {}, id: randomUUID(), now: late };
    const refused = await problemOf(office.services.work.bulk.start(bulk));
    expect([refused.code, refused.detail.en]).toEqual([
      "not-now",
      expect.stringContaining("Deadline enforcement is held"),
    ]);
    await release("Seen", late);
    expect(await office.services.work.bulk.start(bulk)).toMatchObject({ total: 1 });
    await office.services.work.bulk.lane.settled();
  });

  it("re-timing, which is what helps after a wrong policy, enforces nothing and lets it go on", async () => {
    await openCases(299);
    await sweep(late);
    await office.asOwner("update cases set next_due_at = next_due_at + interval '7 days' where id % 2 = 0");
    expect(await sweep(later(minute, late))).toMatchObject({ escalations: 150 });
    expect((await audited()).map(([type]) => type)).toEqual(["sweep.held", "sweep.resumed"]);
  });
});
