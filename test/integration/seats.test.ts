/** Seats and accounts: what may be made of them, by whom, and what is refused with words. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { Problem } from "../../src/engine/text/problems.js";
import { seed } from "../../src/features/config-files/seed.js";
import type { PeopleService } from "../../src/features/people/people.js";
import { createAdministrator, createUser, setPassword } from "../../src/features/people/user-store.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const now = sundayNine;
const machine: Actor = { kind: "system", job: "test" };
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);

let office: WorkingOffice;
let people: PeopleService;
let room: Person;
let stranger: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  people = office.services.people;
  await seed(office.db, { now, programmes: ["boston311"] });
  room = office.official("operation_room");
  await createAdministrator(office.db, {
    email: "bob@example.jo",
    name: "Bob",
    password: "a long enough password",
    programme: "boston311",
    by: machine,
    now,
  });
  stranger = (await office.services.cases.actorOf({ email: "bob@example.jo", now })) as Person;
});
afterAll(() => office.close());

const words = { titleAr: "ضابط ارتباط جديد", titleEn: "New focal point" };
const newSeat = (more: object = {}) =>
  people.createSeat({ programme, role: "focal_point", entity: "MOT", ...words, by: room, now, ...more });
const seatNow = async (code: string, at = now) =>
  (await people.seats({ actor: room, now: at })).find((seat) => seat.code === code);
const faultsOf = async (work: Promise<unknown>) => {
  const problem = (await problemOf(work)) as unknown as { code: string; faults: { field: string }[] };
  return [problem.code, ...problem.faults.map(({ field }) => field)];
};
const audits = async (type: string) =>
  (await office.rows("select data, actor from audit_events where type = $1 order by stream, seq", type)).map((row) => ({
    data: JSON.parse(row.data as string),
    actor: JSON.parse(row.actor as string),
  }));
async function account(name: string, of = programme): Promise<string> {
  const email = `${name}@example.jo`;
  await createUser(office.db, { email, name, programme: of }, { by: machine, now });
  return email;
}
const take = (seat: string, email: string, from: Date, to: Date | null = null, by: Actor = room) =>
  people.takeSeat({ programme, seat, email, from, to, by, now });

describe("a new seat", () => {
  it("gets a code of its role and place, or its own, and stands in the list, empty", async () => {
    const made = await newSeat();
    expect(made.seat).toMatch(/^FOCAL-MOT-\d+$/);
    expect((await newSeat()).seat).not.toBe(made.seat);
    expect((await newSeat({ code: "LIAISON-1" })).seat).toBe("LIAISON-1");
    expect((await newSeat({ role: "steering_committee", entity: null })).seat).toMatch(/^STEERING-\d+$/);
    expect(await seatNow(made.seat)).toMatchObject({
      role: "focal_point",
      entity: "MOT",
      title: { ar: words.titleAr, en: words.titleEn },
      holder: null,
      next: null,
      emptySince: null,
      retiredAt: null,
    });
    expect((await audits("seat.created"))[0]).toMatchObject({ data: { seat: made.seat, role: "focal_point" } });
  });
  it.each([
    ["two titles", { titleAr: " ", titleEn: "x".repeat(201) }, ["/titleAr", "/titleEn"]],
    ["a title that turns the text round", { titleEn: "a\u202eb" }, ["/titleEn"]],
    ["a role that there is", { role: "king" }, ["/role"]],
    ["an entity for a focal point", { entity: null }, ["/entity"]],
    ["an entity that there is", { entity: "ATLANTIS" }, ["/entity"]],
    ["no sector for a focal point", { sector: "HEALTH" }, ["/sector"]],
    ["a sector for a main focal point", { role: "main_focal_point", entity: null }, ["/sector"]],
    ["nothing for an auditor", { role: "auditor", entity: "MOT", sector: "HEALTH" }, ["/entity", "/sector"]],
    ["a code that can be written", { code: "über 1" }, ["/code"]],
  ])("needs %s", async (_what, more, fields) => {
    expect(await faultsOf(newSeat(more))).toEqual(["invalid-input", ...fields]);
  });
  it("takes no code twice, also not that of a retired one", async () => {
    await newSeat({ code: "TWICE" });
    expect(await faultsOf(newSeat({ code: "TWICE" }))).toEqual(["conflict", "/code"]);
    await people.retireSeat({ programme, seat: "TWICE", by: room, now });
    expect(await faultsOf(newSeat({ code: "TWICE" }))).toEqual(["conflict", "/code"]);
  });
  it("is made at an entity that is in use", async () => {
    await office.rows("update entities set retired_at = $1 where code = 'NARC' and programme = 'jordan'", now);
    expect(await faultsOf(newSeat({ entity: "NARC" }))).toEqual(["invalid-input", "/entity"]);
  });
});

describe("the words of a seat", () => {
  it("change from what the editor saw; an edit over somebody else's is refused with what it is now", async () => {
    const { seat } = await newSeat();
    const rename = (titleEn: string, before: typeof words) =>
      people.renameSeat({ programme, seat, ...words, titleEn, before, by: room, now });
    await rename("First", words);
    expect(await faultsOf(rename("Second", words))).toEqual(["conflict", "/titleEn"]);
    await rename("Second", { ...words, titleEn: "First" });
    expect((await seatNow(seat))?.title.en).toBe("Second");
    expect((await audits("seat.renamed")).map(({ data }) => [data.from.en, data.to.en])).toEqual([
      [words.titleEn, "First"],
      ["First", "Second"],
    ]);
    expect(await faultsOf(rename("", { ...words, titleEn: "Second" }))).toEqual(["invalid-input", "/titleEn"]);
  });
});

describe("the line of holders", () => {
  it("is one at a time, with who comes next and since when it is empty", async () => {
    const { seat } = await newSeat();
    const [first, second] = [await account("first.holder"), await account("second.holder")];
    await take(seat, first, hours(0), hours(24));
    await take(seat, second, hours(48));
    expect(await seatNow(seat)).toMatchObject({ holder: { email: first, to: hours(24) }, next: { email: second } });
    expect(await seatNow(seat, hours(30))).toMatchObject({
      holder: null,
      emptySince: hours(24),
      next: { email: second },
    });
    expect(await seatNow(seat, hours(50))).toMatchObject({ holder: { email: second, to: null }, next: null });
    expect((await problemOf(take(seat, first, hours(47)))).code).toBe("conflict");
    await people.extendTerm({ programme, seat, to: hours(48), by: room, now });
    expect((await problemOf(people.extendTerm({ programme, seat, to: null, by: room, now }))).code).toBe("conflict");
    expect(await faultsOf(people.extendTerm({ programme, seat, to: now, by: room, now }))).toEqual([
      "invalid-input",
      "/to",
    ]);
    expect((await audits("seat.extended")).map(({ data }) => [data.from, data.to])).toEqual([
      [hours(24).toISOString(), hours(48).toISOString()],
    ]);
    expect((await people.termsOf({ programme, seat, actor: room })).map(({ email }) => email)).toEqual([second, first]);
  });
  it("admits one of two who take the seat at once", async () => {
    const { seat } = await newSeat();
    const both = [await account("rival.one"), await account("rival.two")];
    const results = await Promise.allSettled(both.map((email) => take(seat, email, now)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    expect(await people.termsOf({ programme, seat, actor: room })).toHaveLength(1);
  });
  it("is not left behind: a seat with a holder, now or later, is not retired", async () => {
    const { seat } = await newSeat();
    const email = await account("still.there");
    await take(seat, email, hours(1), hours(2));
    const retire = (at: Date) => people.retireSeat({ programme, seat, by: room, now: at });
    expect((await problemOf(retire(hours(0)))).code).toBe("not-now");
    expect((await problemOf(retire(hours(1)))).code).toBe("not-now");
    await retire(hours(2));
    expect((await seatNow(seat))?.retiredAt).toEqual(hours(2));
    expect((await problemOf(take(seat, email, hours(3)))).code).toBe("not-found");
    expect((await problemOf(retire(hours(3)))).code).toBe("not-found");
  });
  it("does not take in a disabled account", async () => {
    const { seat } = await newSeat();
    const email = await account("sleeping");
    await people.disable({ email, by: room, now });
    expect(await faultsOf(take(seat, email, now))).toEqual(["invalid-input", "/email"]);
    await people.enable({ email, by: room, now });
    await take(seat, email, now);
  });
});

describe("nobody gives rights to themselves", () => {
  it("whoever sits in the operation room seats others, not themselves, and does not lengthen the own term", async () => {
    const { seat } = await newSeat();
    const [row] = await office.rows("select email from users where id = $1", room.userId);
    const email = row?.email as string;
    expect((await problemOf(take(seat, email, now))).code).toBe("forbidden");
    const own = { programme, seat: "OPERATION-ROOM-1", by: room, now };
    expect((await problemOf(people.extendTerm({ ...own, to: hours(99) }))).code).toBe("forbidden");
    expect((await problemOf(people.handOver({ ...own, at: now, to: email, reason: "again" }))).code).toBe("forbidden");
    const second = office.official("operation_room", null, 1);
    await take(seat, email, now, null, second);
  });
});

describe("a stranger", () => {
  const everything = (by: Actor): [string, () => Promise<unknown>][] => [
    ["createSeat", () => newSeat({ by })],
    ["renameSeat", () => people.renameSeat({ programme, seat: "FOCAL-MOH-1", ...words, before: words, by, now })],
    ["retireSeat", () => people.retireSeat({ programme, seat: "FOCAL-MOH-1", by, now })],
    ["extendTerm", () => people.extendTerm({ programme, seat: "FOCAL-MOH-1", to: null, by, now })],
    ["takeSeat", () => take("FOCAL-MOH-1", "bob@example.jo", now, null, by)],
    ["leaveSeat", () => people.leaveSeat({ programme, seat: "FOCAL-MOH-1", at: now, by, now })],
    ["handOver", () => people.handOver({ programme, seat: "FOCAL-MOH-1", at: now, to: null, reason: "x", by, now })],
    ["previewHandOver", () => people.previewHandOver({ programme, seat: "FOCAL-MOH-1", actor: by, now })],
  ];
  const strangers = (): [string, Actor][] => [
    ["another programme's room", stranger],
    ["an auditor", office.official("auditor")],
    ["a focal point", office.official("focal_point", "MOH")],
    ["a minister", office.official("minister", "MOH")],
    ["a channel", { kind: "channel", channel: "web" }],
    ["an applicant", { kind: "applicant" }],
    ["nobody", { kind: "user", userId: 1, name: "x", seats: [] }],
  ];
  it("changes nothing, and what was asked for changed nothing", async () => {
    const before = await people.seats({ actor: room, now });
    for (const [who, by] of strangers()) {
      for (const [what, work] of everything(by)) {
        expect([who, what, (await problemOf(work())).code]).toEqual([who, what, "forbidden"]);
      }
    }
    expect(await people.seats({ actor: room, now })).toEqual(before);
  });
  it("changes no account of this programme, reads neither seats nor people", async () => {
    const [row] = await office.rows("select email, name, language from users where id = $1", focalOfHealth().userId);
    const { email, ...was } = row as { email: string; name: string; language: "ar" };
    for (const [who, by] of strangers()) {
      for (const work of [
        people.disable({ email, by, now }),
        people.enable({ email, by, now }),
        people.edit({ email, to: { name: "Hacked", language: "en" }, before: was, by, now }),
      ]) {
        expect([who, (await problemOf(work)).code]).toEqual([who, "forbidden"]);
      }
    }
    const reader = office.official("auditor");
    expect((await people.users({ actor: reader, now })).map((user) => user.email)).toContain(email);
    for (const [, actor] of strangers().filter(([who]) => who !== "an auditor")) {
      const seats = await people.seats({ actor, now });
      expect(seats.filter((seat) => seat.programme === programme)).toEqual([]);
      expect((await people.users({ actor, now })).map((user) => user.email)).not.toContain(email);
      expect(await people.user({ id: focalOfHealth().userId, actor, now })).toBeNull();
      expect((await problemOf(people.termsOf({ programme, seat: "FOCAL-MOH-1", actor }))).code).toBe("forbidden");
    }
    // Nothing that looks like a secret has a place in the lists.
    const [listed] = await people.users({ actor: room, now });
    expect(Object.keys(listed ?? {}).sort()).toEqual([
      "createdAt",
      "disabledAt",
      "elsewhere",
      "email",
      "id",
      "language",
      "name",
      "secondFactor",
      "signsIn",
      "terms",
    ]);
  });
  const focalOfHealth = () => office.official("focal_point", "MOH");
});

describe("an account", () => {
  it("is edited from what the editor saw, with from and to in the record", async () => {
    const email = await account("wael");
    const edit = (name: string, before: string) =>
      people.edit({
        email,
        to: { name, language: "en" },
        before: { name: before, language: before === "wael" ? "ar" : "en" },
        by: room,
        now,
      });
    await edit("Wael Haddad", "wael");
    expect(await faultsOf(edit("Wael H.", "wael"))).toEqual(["conflict", "/name", "/language"]);
    expect(await faultsOf(edit("  ", "Wael Haddad"))).toEqual(["invalid-input", "/name"]);
    expect((await audits("user.edited")).map(({ data }) => [data.from, data.to])).toEqual([
      [
        { name: "wael", language: "ar" },
        { name: "Wael Haddad", language: "en" },
      ],
    ]);
  });
  it("with seats in two programmes is for whoever edits users in both; each closes the door where the person sits", async () => {
    const email = await account("both.worlds");
    const { seat } = await newSeat();
    const boston = { programme: "boston311", seat: "AUDITOR-1", by: machine, now };
    await take(seat, email, now);
    await people.leaveSeat({ ...boston, at: now });
    await people.takeSeat({ ...boston, email, from: now, to: null });
    const words = { name: "both.worlds", language: "ar" } as const;
    for (const by of [room, stranger]) {
      expect((await problemOf(people.edit({ email, to: words, before: words, by, now }))).code).toBe("forbidden");
      expect((await problemOf(office.services.accounts.resetFor({ email, by, now }))).code).toBe("forbidden");
      await people.disable({ email, by, now });
      expect((await problemOf(people.enable({ email, by, now }))).code).toBe("forbidden");
      await people.enable({ email, by: machine, now });
    }
    const both: Actor = { ...room, seats: [...room.seats, ...stranger.seats] };
    await people.edit({ email, to: words, before: words, by: both, now });
    const user = (await people.users({ actor: room, now })).find((one) => one.email === email);
    expect(user).toMatchObject({ elsewhere: true });
    expect(user?.terms.map((term) => term.seat)).toEqual([seat]);
    expect(await people.user({ id: user?.id ?? 0, actor: room, now })).toMatchObject({
      mayEdit: false,
      mayDisable: true,
    });
    // What is over counts no more: the person is the other room's alone.
    await people.leaveSeat({ ...boston, at: hours(1), now: hours(1) });
    await people.disable({ email, by: room, now: hours(1) });
    expect((await problemOf(people.enable({ email, by: stranger, now: hours(1) }))).code).toBe("forbidden");
    await people.enable({ email, by: room, now: hours(1) });
    expect(await people.user({ id: user?.id ?? 0, actor: room, now: hours(1) })).toMatchObject({ mayEdit: true });
  });
  it("that another programme invited is that programme's, also after the links of its invitation are forgotten", async () => {
    const email = "invitee@example.jo";
    const invite = { email, name: "Invitee", language: "ar", programme: "boston311", by: stranger, now } as const;
    const { userId } = await office.services.accounts.invite(invite);
    const much = new Date(now.getTime() + 90 * 86_400_000);
    await office.services.accounts.forgetExpired({ now: much });
    const before = { name: "Invitee", language: "ar" } as const;
    for (const work of [
      people.disable({ email, by: room, now: much }),
      people.enable({ email, by: room, now: much }),
      people.edit({ email, to: { name: "Hacked", language: "en" }, before, by: room, now: much }),
      office.services.accounts.resetFor({ email, by: room, now: much }),
      office.services.accounts.invite({ ...invite, programme, by: room, now: much }),
      office.services.accounts.secondFactor.removeFor({ email, by: room, now: much }),
    ]) {
      expect((await problemOf(work)).code).toBe("forbidden");
    }
    expect(await people.user({ id: userId, actor: room, now: much })).toBeNull();
    expect((await people.users({ actor: room, now: much })).map((user) => user.email)).not.toContain(email);
    expect(await people.user({ id: userId, actor: stranger, now: much })).toMatchObject({ mayEdit: true });
    const reach = { filter: {}, offset: 0, limit: 500 };
    const seen = JSON.stringify(await office.services.operation.audit.page({ actor: room, ...reach }));
    expect(seen).not.toMatch(/invitee|Invitee/);
    const own = await office.services.operation.audit.page({ actor: stranger, ...reach });
    expect(own.map(({ type }) => type)).toEqual(expect.arrayContaining(["user.created", "account.link-sent"]));
    await people.disable({ email, by: stranger, now: much });
  });
});

describe("somebody of another programme", () => {
  it("is not seated, and nobody is told whether there is such an account; their sessions and their own room stay", async () => {
    const foreign = await account("captured", "boston311");
    const [row] = await office.rows("select id from users where email = $1", foreign);
    const userId = row?.id as number;
    const { seat } = await newSeat();
    const held = (await newSeat()).seat;
    await take(held, await account("leaving"), hours(-1));
    await office.rows(
      "insert into sessions (sid, sess, expire) values ('captured', $1::json, now() + interval '1 hour')",
      JSON.stringify({ cookie: {}, userId, epoch: 0, secondFactor: false, startedAt: now.getTime() }),
    );
    const answers = async (work: (email: string) => Promise<unknown>) => {
      const problems = [];
      for (const email of [foreign, "nobody.there@example.jo"]) {
        const { code, detail, faults } = (await problemOf(work(email))) as Problem;
        problems.push(JSON.stringify({ code, detail, faults }).replaceAll(email, "EMAIL"));
      }
      return problems;
    };
    for (const [field, work] of [
      ["/email", (email: string) => take(seat, email, now)],
      [
        "/to",
        (email: string) => people.handOver({ programme, seat: held, at: now, to: email, reason: "x", by: room, now }),
      ],
    ] as const) {
      const [of, unknown] = await answers(work);
      expect(of).toBe(unknown);
      expect(JSON.parse(of ?? "")).toMatchObject({ code: "not-found", faults: [{ field }] });
    }
    expect(await office.services.accounts.official({ userId, sessionId: "captured", now })).not.toBeNull();
    expect(await seatNow(held)).toMatchObject({ holder: { email: "leaving@example.jo", to: null } });
    await people.disable({ email: foreign, by: stranger, now });
    await people.enable({ email: foreign, by: stranger, now });
    const both: Actor = { ...room, seats: [...room.seats, ...stranger.seats] };
    await take(seat, foreign, now, null, both);
  });
});

describe("what was long ago", () => {
  const days = (n: number) => hours(24 * n);
  it("is not written anew: neither seated nor ended more than 31 days back, nor a term that is over", async () => {
    const { seat } = await newSeat();
    const [first, second] = [await account("long.ago"), await account("later.on")];
    expect(await faultsOf(take(seat, first, days(-32)))).toEqual(["invalid-input", "/from"]);
    await take(seat, first, days(-400), days(-20), machine);
    const end = (at: Date, to: string | null = null) =>
      people.handOver({ programme, seat, at, to, reason: "x", by: room, now });
    expect(await faultsOf(end(days(-32), second))).toEqual(["invalid-input", "/at"]);
    // Inside the time that may be entered late, but over already.
    expect(await faultsOf(end(days(-25), second))).toEqual(["not-found", "/at"]);
    expect((await people.termsOf({ programme, seat, actor: room })).map(({ to }) => to)).toEqual([days(-20)]);
    await take(seat, second, days(-10));
    await end(days(-5));
    expect((await people.termsOf({ programme, seat, actor: room }))[0]).toMatchObject({ email: second, to: days(-5) });
    await take(seat, first, days(10));
    await end(days(20), second);
    await people.leaveSeat({ programme, seat, at: days(-300), by: machine, now });
    expect((await people.termsOf({ programme, seat, actor: room })).at(-1)).toMatchObject({ to: days(-300) });
  });
});

describe("the last one of the operation room", () => {
  const seatsOf = async () =>
    (await people.seats({ actor: room, now })).filter((seat) => seat.role === "operation_room" && seat.holder !== null);
  it("who can sign in is neither unseated nor disabled, also not by two at once", async () => {
    const [first, second] = (await seatsOf()).map(({ code, holder }) => ({ code, email: holder?.email ?? "" }));
    if (first === undefined || second === undefined) throw new Error("two administrators are needed");
    const leave = (seat: string) => people.leaveSeat({ programme, seat, at: now, by: room, now });
    const password = "a long enough password";
    await setPassword(office.db, { email: first.email, password, by: machine, now });
    // Four others sit there, but none of them could let anybody in again.
    for (const work of [
      () => leave(first.code),
      () => people.disable({ email: first.email, by: office.official("operation_room", null, 3), now }),
      () => people.handOver({ programme, seat: first.code, at: hours(5), to: null, reason: "x", by: room, now }),
    ]) {
      const refused = await problemOf(work());
      expect([refused.code, refused.detail.ar]).toEqual(["not-now", expect.stringContaining("غرفة العمليات")]);
    }
    await setPassword(office.db, { email: second.email, password, by: machine, now });
    const byRoom = office.official("operation_room", null, 3);
    const both = await Promise.allSettled([
      people.disable({ email: first.email, by: byRoom, now }),
      people.leaveSeat({ programme, seat: second.code, at: now, by: byRoom, now }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const left = await office.rows(
      `select 1 from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
       where s.programme = 'jordan' and s.role = 'operation_room' and u.password_hash is not null and u.disabled_at is null
         and (h.held_to is null or h.held_to > $1)`,
      now,
    );
    expect(left).toHaveLength(1);
  });
  it("does not go by way of somebody who sat there for a moment that has passed", async () => {
    const [mine] = (await seatsOf()).filter(({ holder }) => holder?.disabled === false && holder.email !== "");
    const signsIn = await office.rows(
      `select s.code, u.email from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
       where s.programme = 'jordan' and s.role = 'operation_room' and u.password_hash is not null and u.disabled_at is null
         and (h.held_to is null or h.held_to > $1)`,
      now,
    );
    expect([mine !== undefined, signsIn.length]).toEqual([true, 1]);
    const { seat } = await newSeat({ role: "operation_room", entity: null });
    const email = await account("passing.by");
    await setPassword(office.db, { email, password: "a long enough password", by: machine, now });
    const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    const term = { programme, seat, email, from: ago(40), to: ago(2) };
    await people.takeSeat({ ...term, by: room, now });
    const last = String(signsIn[0]?.code);
    const refused = await problemOf(
      people.handOver({ programme, seat: last, at: ago(20), to: null, reason: "x", by: room, now }),
    );
    expect(refused.code).toBe("not-now");
  });
  it("may go when a successor sits there, and at the machine itself", async () => {
    const [mine] = (await seatsOf()).filter(({ holder }) => holder?.disabled === false);
    const { seat } = await newSeat({ role: "operation_room", entity: null });
    const email = await account("next.admin");
    await setPassword(office.db, { email, password: "a long enough password", by: machine, now });
    await take(seat, email, now);
    const other = office.official("operation_room", null, 3);
    await people.disable({ email: mine?.holder?.email ?? "", by: other, now });
    await people.leaveSeat({ programme, seat, at: hours(1), by: machine, now: hours(1) });
  });
});

describe("sessions", () => {
  const session = (userId: number, sid: string) =>
    office.rows(
      "insert into sessions (sid, sess, expire) values ($1, $2, now() + interval '1 hour')",
      sid,
      JSON.stringify({ userId, epoch: 0, secondFactor: false, startedAt: now.getTime(), address: "", agent: "" }),
    );
  const alive = async (sid: string) => (await office.rows("select 1 from sessions where sid = $1", sid)).length === 1;
  it("end when an account is disabled, a seat taken or left; not for what lies ahead", async () => {
    const email = await account("signed.in");
    const [{ id } = { id: 0 }] = (await office.rows("select id from users where email = $1", email)) as {
      id: number;
    }[];
    const { seat } = await newSeat();
    await session(id, "s1");
    await take(seat, email, hours(100));
    expect(await alive("s1")).toBe(true);
    const { seat: other } = await newSeat();
    await take(other, email, hours(-1));
    expect(await alive("s1")).toBe(false);
    await session(id, "s2");
    await people.leaveSeat({ programme, seat: other, at: now, by: room, now });
    expect(await alive("s2")).toBe(false);
    await session(id, "s3");
    await people.disable({ email, by: room, now });
    expect(await alive("s3")).toBe(false);
  });
});
