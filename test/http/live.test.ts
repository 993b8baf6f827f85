/** What changes is told within two seconds, by whichever instance it was changed, and to nobody whom it does not concern. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { endSessions } from "../../src/features/people/accounts/session-store.js";
import { connect } from "../../src/platform/db/connect.js";
import { inTransaction } from "../../src/platform/db/transaction.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { type OpenStream, openStream, until } from "../support/live-stream.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let department: SignedIn;
let finance: SignedIn;
const streams: OpenStream[] = [];
beforeAll(async () => {
  app = await openAdminApp();
  department = await app.signIn("focal_point", "CSPD");
  finance = await app.signIn("focal_point", "MOF");
});
afterAll(() => app?.close());
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

async function open(visitor: SignedIn | null): Promise<OpenStream> {
  const stream = await openStream(app, visitor);
  streams.push(stream);
  return stream;
}
const told = (stream: OpenStream): string[] => stream.news.flatMap(({ cases }) => cases.map((one) => one.reference));
/** Two looks of the server: whatever is told has been told by then. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 2300));

describe("the stream of what changes", () => {
  it("tells of a new case whoever may read it, within two seconds, and nobody else", async () => {
    const [theirs, others] = [await open(department), await open(finance)];
    expect([theirs.status, theirs.headers["content-type"]]).toEqual([200, "text/event-stream; charset=utf-8"]);
    const { reference } = await app.office.receive();
    expect(await until(() => told(theirs).includes(reference), 2000)).toBe(true);
    expect(theirs.news.flatMap(({ cases }) => cases)).toContainEqual({ reference, opened: true });
    await aWhile();
    expect(others.news).toEqual([]);
    expect(others.text()).not.toContain(reference);
    // Nothing that stands in a case is in it.
    expect(theirs.text()).not.toMatch(/hall|Rana|CSPD|INTERIOR/);
  });

  it("passes compression and proxies as it is written", async () => {
    const stream = await open(department);
    expect(stream.headers["content-encoding"]).toBeUndefined();
    expect([stream.headers["cache-control"], stream.headers["x-accel-buffering"]]).toEqual([
      "no-store, no-transform",
      "no",
    ]);
    expect(await until(() => stream.text().includes("event: hello"))).toBe(true);
  });

  it("tells what another instance did", async () => {
    const { reference } = await app.office.receive();
    const stream = await open(department);
    const other = app.office.instance();
    const actor = app.office.official("focal_point", "CSPD");
    await other.cases.perform({ reference, action: "take", fields: {}, actor, now: sundayNine });
    expect(await until(() => told(stream).includes(reference), 2000)).toBe(true);
    expect(stream.news.flatMap(({ cases }) => cases)).toEqual([{ reference, opened: false }]);
  });

  it("tells each change once", async () => {
    const stream = await open(department);
    const { reference } = await app.office.receive();
    await until(() => told(stream).length > 0);
    await aWhile();
    expect(told(stream)).toEqual([reference]);
  });

  it("a confidential case reaches its handlers alone, not even its number the room, auditors or those above", async () => {
    const room = await open(await app.signIn("operation_room"));
    const auditor = await open(await app.signIn("auditor"));
    const minister = await open(await app.signIn("minister", "MOI"));
    const handler = await open(department);
    const other = await open(finance);
    const report = { type: "report", subject: "A quiet word", pillar: null, importance: null };
    const { reference } = await app.office.receive(report);

    expect(await until(() => told(handler).includes(reference))).toBe(true);
    await aWhile();
    for (const stranger of [room, auditor, minister, other]) {
      expect(stranger.status).toBe(200);
      expect([stranger.news, stranger.text().includes(reference)]).toEqual([[], false]);
    }
  });

  it("whoever had a case learns that something left, the new ones that it came", async () => {
    const { reference } = await app.office.receive();
    const [before, after] = [await open(department), await open(finance)];
    const actor = app.office.official("focal_point", "CSPD");
    await app.office.act(reference, actor, "transfer", { entity: "MOF", reason: "Theirs" }, sundayNine);
    expect(await until(() => told(after).includes(reference))).toBe(true);
    expect(await until(() => before.news.length > 0)).toBe(true);
    expect(before.news).toEqual([{ cases: [], presence: [], all: true }]);
    expect(before.text()).not.toContain(reference);
  });

  it("ends with the session, at once, and tells nothing more", async () => {
    const second = await app.signIn("focal_point", "CSPD");
    const stream = await open(second);
    expect(stream.ended()).toBe(false);
    await inTransaction(app.office.db, (tx) => endSessions(app.office.db, tx, second.person.userId));
    const { reference } = await app.office.receive();
    expect(await until(() => stream.ended(), 2500)).toBe(true);
    expect(stream.text()).not.toContain(reference);
    department = await app.signIn("focal_point", "CSPD");
  });

  it("whoever comes while it is looked which sessions live is not taken for gone", async () => {
    await open(department);
    const { person } = await app.signIn("minister", "MOI");
    const [session] = await app.office.rows("select sid from sessions where user_id = $1", person.userId);
    let ended = false;
    // The running role may not lock a table.
    const owner = connect(app.office.database.ownerUrl, { max: 1, name: "owner" });
    const listening = await inTransaction(owner, async (transaction) => {
      // Until this is over nobody learns which sessions live.
      await owner.query("lock table session_epochs in access exclusive mode", { transaction });
      const looks = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%session_epochs%'";
      for (let tries = 0; (await app.office.rows(looks)).length === 0; tries++) {
        if (tries > 100) throw new Error("nobody looked which sessions live");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const listener = { userId: person.userId, sessionId: String(session?.sid), tell: () => undefined };
      const end = () => {
        ended = true;
      };
      return { stops: app.services.live.listen({ ...listener, end }) };
    }).finally(() => owner.close());
    const stop = await listening.stops;
    await aWhile();
    stop();
    expect(ended).toBe(false);
  });

  it("a seat that was lost counts at the next event", async () => {
    const visitor = await app.signIn("focal_point", "MOF");
    const stream = await open(visitor);
    const room = app.office.official("operation_room");
    const [seat] = await app.office.rows(
      "select s.code from seats s join seat_holders h on h.seat_id = s.id where h.user_id = $1",
      visitor.person.userId,
    );
    await app.services.people.leaveSeat({
      programme: "jordan",
      seat: String(seat?.code),
      at: sundayNine,
      by: room,
      now: sundayNine,
    });
    const { reference } = await app.office.receive({ entity: "MOF", sector: "FINANCE" });
    await aWhile();
    expect(stream.text()).not.toContain(reference);
  });

  it("is closed to nobody in particular, and takes no other method", async () => {
    expect((await open(null)).status).toBe(401);
    expect((await department.post("/admin/live", {})).status).toBe(404);
  });

  it("has an end to how many windows one session may follow", async () => {
    const opened: OpenStream[] = [];
    for (let i = 0; i < 7; i++) opened.push(await open(department));
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    opened[0]?.close();
    // The place of one that was closed is free a moment later.
    let status = 429;
    for (let i = 0; status === 429 && i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ({ status } = await open(department));
    }
    expect(status).toBe(200);
  });

  it("has an end for one person too, however often they sign in", async () => {
    const first = await app.signIn("entity_manager", "CSPD");
    const again = async (): Promise<SignedIn> => ({ ...first, ...(await app.signInAs(first.email)) });
    const sessions = [first, await again(), await again()];
    const statuses: number[] = [];
    for (const session of sessions) for (let i = 0; i < 5; i++) statuses.push((await open(session)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(12);
    expect(statuses.slice(12)).toEqual([429, 429, 429]);
  });

  it("stops when the instance stops", async () => {
    const stream = await open(await app.signIn("operation_room"));
    app.services.live.stop();
    expect(await until(() => stream.ended())).toBe(true);
  });
});

describe("presence in a case", () => {
  const beat = (who: SignedIn, reference: string, body: object) => who.act("cases", reference, "presence", body);
  const others = (answer: { body: { view?: { others: { name: string; writing: boolean }[] } } }) =>
    answer.body.view?.others.map(({ name, writing }) => [name, writing]);

  it("shows each other, writing too, until one leaves or gives no sign of life", async () => {
    const [one, two] = [await app.signIn("focal_point", "CSPD"), await app.signIn("entity_manager", "CSPD")];
    const { reference } = await app.office.receive();
    expect(others(await beat(one, reference, { writing: false }))).toEqual([]);
    const stream = await open(one);
    expect(others(await beat(two, reference, { writing: true }))).toEqual([[one.person.name, false]]);
    // Whoever is there is told to look.
    expect(await until(() => stream.news.some(({ presence }) => presence.includes(reference)))).toBe(true);
    expect(others(await beat(one, reference, {}))).toEqual([[two.person.name, true]]);
    await beat(two, reference, { leaving: true });
    expect(others(await beat(one, reference, {}))).toEqual([]);
    await beat(two, reference, {});
    app.setNow(new Date(sundayNine.getTime() + 31_000));
    expect(others(await beat(one, reference, {}))).toEqual([]);
    app.setNow(sundayNine);
  });

  it("is not for strangers: neither seen nor entered, and told to nobody who is not there", async () => {
    const { reference } = await app.office.receive();
    const one = await app.signIn("focal_point", "CSPD");
    const stranger = await app.signIn("focal_point", "MOI");
    const room = await open(await app.signIn("operation_room"));
    await aWhile();
    const before = room.news.length;
    await beat(one, reference, {});
    const answer = await beat(stranger, reference, { writing: true });
    expect([answer.status, answer.text.includes(one.person.name)]).toEqual([404, false]);
    const [row] = await app.office.rows(
      "select count(*)::integer as n from case_presence where user_id = $1",
      stranger.person.userId,
    );
    expect(row?.n).toBe(0);
    await aWhile();
    // The operation room may read the case, but is not in it.
    expect(room.news.slice(before).flatMap(({ presence }) => presence)).toEqual([]);
  });
});
