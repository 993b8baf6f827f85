/** Leaving hands work over: what somebody had taken goes to the successor or back to the entity, whatever happens meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { inTransaction } from "../../src/platform/db/transaction.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const later = (minutes: number) => new Date(sundayNine.getTime() + minutes * 60_000);
const days = (n: number) => later(n * 24 * 60);

let office: WorkingOffice;
let room: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
});
afterAll(() => office.close());

/** Code of the n-th focal point's seat of an entity, and who sits there. */
const seatOf = (entity: string, n = 1) => `FOCAL-${entity}-${n}`;
const focal = (entity: string, n = 0) => office.official("focal_point", entity, n);
const emailOf = async (userId: number) =>
  (await office.rows("select email from users where id = $1", userId))[0]?.email as string;
const assigneeOf = async (reference: string) => (await office.caseRow(reference)).assignee as number | null;
const handedOver = async (reference: string) =>
  (await office.events(reference)).filter(({ type }) => type === "case.handed-over");

/** What does not hold of the chains themselves: accounts and a case are put in here by hand, which a check names too. */
const brokenChains = async () =>
  (await office.services.audit.verify({ seals: [] })).faults.filter(
    ({ what }) => !["account altered", "seat altered", "case altered"].includes(what),
  );

async function newcomer(name: string): Promise<{ email: string; userId: number }> {
  const email = `${name}@example.jo`;
  await office.rows(
    "insert into users (email, name, language, programme, created_at) values ($1, $2, 'ar', $3, $4)",
    email,
    name,
    programme,
    sundayNine,
  );
  const [row] = await office.rows("select id from users where email = $1", email);
  return { email, userId: row?.id as number };
}

/** A case of an entity that somebody has taken. */
async function taken(by: Person, entity: string, more: Record<string, unknown> = {}): Promise<string> {
  const { reference } = await office.receive({ entity, sector: null, service: null, ...more });
  await office.act(reference, by, "take", {}, later(1));
  expect(await assigneeOf(reference)).toBe(by.userId);
  return reference;
}

const handOver = (seat: string, to: string | null, more: { at?: Date; by?: Actor; now?: Date } = {}) =>
  office.services.people.handOver({
    programme,
    seat,
    at: more.at ?? later(10),
    to,
    reason: "Moved to another ministry",
    by: more.by ?? room,
    now: more.now ?? later(10),
  });

describe("handing a seat over", () => {
  it("says before how many cases move, and moves just those: the leaver's, open, of that seat's entity", async () => {
    const [leaver, colleague] = [focal("CSPD", 0), focal("CSPD", 1)];
    const mine = [await taken(leaver, "CSPD"), await taken(leaver, "CSPD")];
    const waiting = await taken(leaver, "CSPD");
    await office.act(waiting, leaver, "ask", { question: "Which hall?" }, later(2));
    const theirs = await taken(colleague, "CSPD");
    const closed = await taken(leaver, "CSPD");
    await office.act(closed, leaver, "answer", { answer: "It is open again." }, later(2));
    await office.rows("update cases set state = 'resolved', state_kind = 'resolved' where reference = $1", closed);
    const seat = seatOf("CSPD");
    const moving = 3;
    expect(await office.services.people.previewHandOver({ programme, seat, actor: room, now: later(9) })).toEqual({
      userId: leaver.userId,
      cases: moving,
    });
    const successor = await newcomer("successor");
    expect(await handOver(seat, successor.email)).toEqual({ cases: moving });
    for (const reference of [...mine, waiting]) {
      expect(await assigneeOf(reference)).toBe(successor.userId);
      expect((await handedOver(reference)).map(({ data }) => data)).toEqual([
        {
          from: leaver.userId,
          to: successor.userId,
          by: "hand-over",
          cause: "term",
          seat,
          reason: "Moved to another ministry",
        },
      ]);
    }
    expect(await assigneeOf(theirs)).toBe(colleague.userId);
    expect(await assigneeOf(closed)).toBe(leaver.userId);
    expect(await brokenChains()).toEqual([]);
    // Nothing is left to do for the sweep.
    expect(await office.services.jobs.run("enforce-deadlines", later(11))).toMatchObject({ terms: 0, handedOver: 0 });
  });

  it("puts it back into the entity's pool where there is no successor, also what is confidential", async () => {
    const leaver = focal("JFDA", 0);
    const open = await taken(leaver, "JFDA", { sector: "HEALTH" });
    const confidential = await taken(leaver, "JFDA", { type: "report", sector: "HEALTH" });
    expect((await office.caseRow(confidential)).confidential).toBe(true);
    // Both change hands, and the room hears of the one that it may know of.
    expect(await handOver(seatOf("JFDA"), null)).toEqual({ cases: 1 });
    expect([await assigneeOf(open), await assigneeOf(confidential)]).toEqual([null, null]);
    // Any focal point of the entity may take it now; the leaver not even see it.
    await office.act(open, focal("JFDA", 1), "take", {}, later(12));
    const gone = (await office.services.cases.actorOf({
      email: await emailOf(leaver.userId),
      now: later(12),
    })) as Person;
    expect((await problemOf(office.act(open, gone, "take", {}, later(13)))).code).toBe("not-found");
  });

  it("that lies ahead moves nothing before its time, and once then, by the sweep", async () => {
    const leaver = focal("MWI", 0);
    const reference = await taken(leaver, "MWI", { sector: null });
    const successor = await newcomer("next.year");
    const seat = seatOf("MWI");
    expect(await handOver(seat, successor.email, { at: days(2) })).toEqual({ cases: 0 });
    await office.services.jobs.run("enforce-deadlines", days(1));
    expect(await assigneeOf(reference)).toBe(leaver.userId);
    const [first, second] = await Promise.all([
      office.services.jobs.run("enforce-deadlines", days(2)),
      office.instance().jobs.run("enforce-deadlines", days(2)),
    ]);
    const moved = [first, second].map((result) => (result as { handedOver: number }).handedOver);
    expect(moved.reduce((a, b) => a + b, 0)).toBe(1);
    expect(await assigneeOf(reference)).toBe(successor.userId);
    expect(await handedOver(reference)).toMatchObject([{ data: { reason: "Moved to another ministry", seat } }]);
    expect(await office.services.people.termsOf({ programme, seat, actor: room })).toMatchObject([
      { userId: successor.userId, to: null, handedOver: null },
      { userId: leaver.userId, to: days(2), handedOver: 1, reason: "Moved to another ministry" },
    ]);
  });

  it("goes on where it was killed: a term that ended without its work having moved is found by the sweep", async () => {
    const leaver = focal("MOE", 0);
    const reference = await taken(leaver, "MOE", { sector: null });
    const [term] = await office.rows("select id from seat_holders where user_id = $1", leaver.userId);
    await office.rows("update seat_holders set held_to = $2 where id = $1", term?.id, later(20));
    await office.services.jobs.run("enforce-deadlines", later(21));
    expect(await assigneeOf(reference)).toBeNull();
    expect(await handedOver(reference)).toHaveLength(1);
    await office.services.jobs.run("enforce-deadlines", later(22));
    expect(await handedOver(reference)).toHaveLength(1);
  });

  it("takes along what was given to the leaver, and leaves what they gave away", async () => {
    const [leaver, colleague] = [focal("MOH", 0), focal("MOH", 1)];
    const received = await taken(colleague, "MOH", { sector: "HEALTH" });
    await office.act(received, colleague, "give", { colleague: leaver.userId }, later(2));
    const given = await taken(leaver, "MOH", { sector: "HEALTH" });
    await office.act(given, leaver, "give", { colleague: colleague.userId }, later(2));
    const to = await newcomer("given");
    await handOver(seatOf("MOH"), to.email);
    expect(await assigneeOf(received)).toBe(to.userId);
    expect(await assigneeOf(given)).toBe(colleague.userId);
    // Whoever left is no colleague any more, and whoever came is one.
    const offered = async (userId: number) =>
      office.act(given, colleague, "give", { colleague: userId }, later(20)).then(
        () => true,
        () => false,
      );
    await office.services.setup.of(programme);
    expect(await offered(leaver.userId)).toBe(false);
    expect(await offered(to.userId)).toBe(true);
  });

  it("hands over a promoted focal point's work too, although the manager may still act", async () => {
    const leaver = focal("MOL", 0);
    const reference = await taken(leaver, "MOL", { sector: null });
    const manager = office.official("entity_manager", "MOL");
    await office.services.people.leaveSeat({ programme, seat: "MANAGER-MOL", at: later(5), by: room, now: later(5) });
    expect(manager.userId).not.toBe(leaver.userId);
    const email = await emailOf(leaver.userId);
    const seat = { programme, seat: "MANAGER-MOL", email, from: later(6), to: null };
    await office.services.people.takeSeat({ ...seat, by: room, now: later(6) });
    expect(await handOver(seatOf("MOL"), null)).toEqual({ cases: 1 });
    expect(await assigneeOf(reference)).toBeNull();
  });

  it("is refused without a reason, by others, and where nobody sits", async () => {
    const seat = seatOf("MOT");
    const people = office.services.people;
    const a = { programme, seat, at: later(10), to: null, by: room, now: later(10) };
    expect(await problemOf(people.handOver({ ...a, reason: "  " }))).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/reason" }],
    });
    for (const [role, place] of [
      ["focal_point", "MOT"],
      ["auditor", null],
      ["entity_manager", "MOT"],
    ] as const) {
      const by = office.official(role, place);
      expect((await problemOf(people.handOver({ ...a, reason: "x", by }))).code).toBe("forbidden");
      expect((await problemOf(people.previewHandOver({ programme, seat, actor: by, now: later(10) }))).code).toBe(
        "forbidden",
      );
    }
    expect((await problemOf(handOver("NO-SUCH-SEAT", null))).code).toBe("not-found");
    expect((await problemOf(handOver(seat, "nobody@example.jo"))).code).toBe("not-found");
    // The refused one left everything as it was.
    expect(
      (await people.seats({ actor: room, now: later(11) })).find(({ code }) => code === seat)?.holder?.userId,
    ).toBe(focal("MOT").userId);
  });
});

describe("somebody acting at the same moment", () => {
  it("either comes first and counts, or acts on a case that is handed over; no event is lost", async () => {
    const leaver = focal("ASEZA", 0);
    const colleague = focal("ASEZA", 1);
    const references = await Promise.all([1, 2, 3, 4, 5, 6].map(() => taken(leaver, "ASEZA", { sector: null })));
    const acts = references.map((reference, i) =>
      i % 2 === 0
        ? office.act(reference, colleague, "take", {}, later(10))
        : office.act(reference, leaver, "contact", { note: "Called" }, later(10)),
    );
    const successor = await newcomer("aqaba");
    await Promise.allSettled([handOver(seatOf("ASEZA"), successor.email), ...acts]);
    await office.services.jobs.run("enforce-deadlines", later(11));
    await office.services.jobs.run("housekeeping", later(12));
    for (const [i, reference] of references.entries()) {
      const events = await office.events(reference);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
      const assignee = await assigneeOf(reference);
      // Whoever took it from the leaver keeps it; what the leaver still had is the successor's.
      expect(i % 2 === 0 ? [colleague.userId, successor.userId] : [successor.userId]).toContain(assignee);
    }
    expect(await brokenChains()).toEqual([]);
  });

  it("a leaver who takes a case just before the end waits, and that case is handed over as well", async () => {
    const leaver = focal("DLS", 0);
    const reference = await taken(leaver, "DLS", { sector: null });
    let finished = false;
    const handing = await inTransaction(office.db, async (transaction) => {
      await office.db.query("select 1 from cases where reference = $1 for update", { bind: [reference], transaction });
      const running = handOver(seatOf("DLS"), null).then((result) => {
        finished = true;
        return result;
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(finished).toBe(false);
      return { running };
    });
    expect(await handing.running).toEqual({ cases: 1 });
  });

  it("what a leaver took at the very moment of leaving is found by housekeeping", async () => {
    const leaver = focal("JMC", 0);
    const { reference } = await office.receive({ entity: "JMC", sector: null });
    await handOver(seatOf("JMC"), null);
    // Asked before the end, written after it: the actor still carries the seat.
    await office.act(reference, leaver, "take", {}, later(10));
    expect(await assigneeOf(reference)).toBe(leaver.userId);
    await office.services.jobs.run("housekeeping", later(30));
    expect(await assigneeOf(reference)).toBeNull();
    expect(await handedOver(reference)).toMatchObject([{ data: { cause: "seat", from: leaver.userId, to: null } }]);
  });
});

describe("a disabled account", () => {
  it("gives back what it had taken, everywhere, at once; its seats stay in name", async () => {
    const leaver = focal("ISTD", 0);
    const references = [await taken(leaver, "ISTD", { sector: null }), await taken(leaver, "ISTD", { sector: null })];
    const email = await emailOf(leaver.userId);
    const detail = await office.services.people.user({ id: leaver.userId, actor: room, now: sundayNine });
    expect(detail?.taken).toMatchObject({ count: 2, oldest: references.map((reference) => ({ reference })) });
    expect(await office.services.people.disable({ email, by: room, now: later(15) })).toEqual({ cases: 2 });
    for (const reference of references) {
      expect(await assigneeOf(reference)).toBeNull();
      expect(await handedOver(reference)).toMatchObject([{ data: { cause: "account", to: null, seat: null } }]);
    }
  });
});
