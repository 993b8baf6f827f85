/** Orders through the office's door: asked, answered, sent back, accepted, late; and what no other seat sees of them. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { DigestForReader } from "../../src/engine/measures/digest-view.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { orderDesk } from "../support/order-desk.js";
import { complaint, programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let minister: SignedIn;
let committee: SignedIn;
let room: SignedIn;
let focal: SignedIn;
let elsewhere: SignedIn;
let agent: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  minister = await app.signIn("minister", "MOI");
  committee = await app.signIn("steering_committee");
  room = await app.signIn("operation_room");
  focal = await app.signIn("focal_point", "CSPD");
  elsewhere = await app.signIn("focal_point", "JFDA");
  agent = await app.signIn("contact_centre_agent");
});
afterAll(() => app?.close());

const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
const { order, issue, refusal, perform, ordersOf, letters } = orderDesk(() => app);
const references = (lines: readonly { reference: string }[]): string[] => lines.map(({ reference }) => reference);

describe("an order", () => {
  it("is asked from a home, answered, sent back with reasons and accepted; each step reaches the other side", async () => {
    app.setNow(sundayNine);
    const form = (await minister.page("orders", { new: "1", entity: "CSPD" })).body.form;
    expect(form).toMatchObject({
      entity: "CSPD",
      seen: { en: expect.stringMatching(/^As known on 22 November 2026/) },
    });
    const reference = await issue(minister);

    expect(references((await ordersOf(focal)).received)).toContain(reference);
    expect((await focal.page("home")).body.orders.received[0]).toMatchObject({ reference, late: false });
    expect((await focal.page("news", { rows: 20 })).body.rows).toContainEqual(
      expect.objectContaining({ reference, kinds: expect.arrayContaining(["ordered"]) }),
    );
    expect(await letters(reference, "official-assigned")).not.toHaveLength(0);

    expect((await perform(minister, reference, "explain", { answer: "I answer myself." })).status).toBe(403);
    expect((await perform(focal, reference, "accept")).status).toBe(403);
    expect((await perform(focal, reference, "explain", { answer: "Two people are ill." })).status).toBe(200);
    const [told] = await letters(reference, "official-news");
    expect(told).toMatchObject({ receiver_user: minister.person.userId, data: { kind: "orderAnswered" } });
    expect((await minister.page("news", { rows: 20 })).body.rows).toContainEqual(
      expect.objectContaining({ reference, kinds: expect.arrayContaining(["orderAnswered"]) }),
    );
    expect((await ordersOf(minister)).asked[0]).toMatchObject({ reference, next: "you", state: { en: "Explained" } });

    expect((await perform(minister, reference, "send_back", { reason: "And the others?" })).status).toBe(200);
    expect((await perform(focal, reference, "explain", { answer: "They answer 40 a day." })).status).toBe(200);
    expect((await perform(minister, reference, "accept")).status).toBe(200);
    const { figures } = await ordersOf(minister);
    expect(figures).toMatchObject({ open: 0, closed: 1, atFirstTry: 0, medianSeconds: expect.any(Number) });
  });

  it("is opened once, however often it is sent, and one an entity", async () => {
    const twice = order({ entities: ["CSPD", "JFDA"], type: "directive" });
    const [first, second] = await Promise.all([
      committee.send("orders", "issue", twice),
      committee.send("orders", "issue", twice),
    ]);
    expect(first.body.references).toHaveLength(2);
    expect(new Set(second.body.references)).toEqual(new Set(first.body.references));
    expect((await committee.send("orders", "issue", twice)).body).toEqual(second.body);
  });

  it("about a case is linked to it, and none is about one that is confidential or with another entity", async () => {
    const { reference: about } = await app.office.receive({ entity: "CSPD" });
    const reference = await issue(minister, { about, type: "directive" });
    const page = (await focal.get(`/admin/api/resources/cases/records/${about}/page`)).body.view;
    expect(page.linked).toContainEqual(expect.objectContaining({ reference, as: "order" }));
    const back = (await focal.get(`/admin/api/resources/cases/records/${reference}/page`)).body.view;
    expect(back.linked).toContainEqual(expect.objectContaining({ reference: about, as: "orderAbout" }));
    expect(back.askedFrom).toEqual(expect.objectContaining({ en: expect.any(String) }));
    const wrong = await minister.send("orders", "issue", order({ about, entities: ["MOI"] }));
    expect([wrong.status, wrong.body.problem.faults[0].field]).toEqual([422, "/entities"]);
    const secret = await app.office.receive({ ...complaint, type: "report", entity: "CSPD" });
    expect((await minister.send("orders", "issue", order({ about: secret.reference }))).status).toBe(404);
  });

  it("about a figure carries it as it is known then, in the entity's own scope", async () => {
    const asked = { figure: "received", figureFrom: "2026-11-01", figureTo: "2026-12-01" };
    const reference = await issue(minister, asked);
    const fieldsOf = async (who: SignedIn) =>
      (await who.get(`/admin/api/resources/cases/records/${reference}/page`)).body.view.text.fields;
    for (const who of [minister, focal])
      expect(await fieldsOf(who)).toContainEqual({
        label: { ar: expect.any(String), en: "What was seen when it was asked" },
        value: expect.objectContaining({ ar: expect.stringContaining("الواردة") }),
      });
    const form = (
      await minister.page("orders", {
        new: "1",
        entity: "CSPD",
        figure: "received",
        from: "2026-11-01",
        until: "2026-12-01",
      })
    ).body.form;
    expect(form.seen.en).toMatch(/^Received, 1 – 30 November 2026: \d+\. As known on/);
    // Of a figure that the address does not name rightly nothing is said.
    const other = (await minister.page("orders", { new: "1", entity: "CSPD", figure: "names", from: "x", until: "y" }))
      .body;
    expect(other.form.seen.en).toMatch(/^As known on/);
    expect((await minister.page("figures")).body.addressable).toContain("CSPD");
    expect((await focal.page("figures")).body.addressable).toEqual([]);
  });

  it("to the operation room is its queue, from any position", async () => {
    const reference = await issue(agent, {
      type: "help",
      entities: [],
      page: "/admin/pages/caller?phone=0790000000",
      error: "01JDEMO",
    });
    expect(references((await ordersOf(room)).received)).toContain(reference);
    const { text } = (await room.get(`/admin/api/resources/cases/records/${reference}/page`)).body.view;
    // The page and the number of the error, and nothing that was typed there.
    expect(text.fields.map(({ value }: { value: { en: string } }) => value.en).sort()).toEqual([
      "/admin/pages/caller",
      "01JDEMO",
    ]);
    expect((await agent.page("orders", { new: "1", to: "room" })).body.form.entities).toEqual([]);
    expect(references((await ordersOf(focal)).received)).not.toContain(reference);
    expect((await perform(room, reference, "answer", { answer: "Use Alt+N." })).status).toBe(200);
    expect((await ordersOf(agent)).asked[0]).toMatchObject({ reference, next: "you" });
    expect((await perform(agent, reference, "accept")).status).toBe(200);
  });

  it("is refused with what is wrong and where", async () => {
    expect(await refusal(minister, { entities: ["JFDA"] })).toEqual([422, "/entities"]);
    expect(await refusal(minister, { entities: ["NOWHERE"] })).toEqual([422, "/entities"]);
    expect(await refusal(minister, { type: "complaint" })).toEqual([422, "/type"]);
    expect(await refusal(minister, { subject: " " })).toEqual([422, "/subject"]);
    expect(await refusal(minister, { text: "x".repeat(5001) })).toEqual([422, "/text"]);
    for (const until of ["2026-11-21", "2028-01-01", "soon"])
      expect(await refusal(minister, { until })).toEqual([422, "/until"]);
    expect(await refusal(minister, { entities: "CSPD" })).toEqual([422, "/entities"]);
    expect(await refusal(minister, { about: "000-000-0000" })).toEqual([404, undefined]);
    expect(await refusal(committee, { entities: Array.from({ length: 201 }, (_, n) => `E${n}`) })).toEqual([
      422,
      "/entities",
    ]);
  });

  it("is not for strangers: neither to issue, nor to see, nor to act on", async () => {
    const reference = await issue(minister);
    for (const who of [focal, elsewhere, agent]) {
      expect((await who.send("orders", "issue", order({ entities: ["JFDA"] }))).status).toBe(422);
      expect((await who.page("orders", { new: "1" })).status).toBe(404);
    }
    for (const who of [elsewhere, agent, committee]) {
      expect((await who.get(`/admin/api/resources/cases/records/${reference}/page`)).status).toBe(404);
      expect((await perform(who, reference, "accept")).status).toBe(404);
      const { asked, received } = await ordersOf(who);
      expect([...references(asked), ...references(received)]).not.toContain(reference);
    }
    expect((await app.visitor().page("orders")).status).toBe(401);
    expect((await agent.list("cases")).body.records ?? []).toEqual([]);
    expect((await agent.list("cases", { "filters.orders": "asked" })).status).toBe(200);
    // No applicant chooses such a type, by no door.
    const { reference: sent } = await app.office.receive({}).catch(() => ({ reference: "" }));
    expect(sent).not.toBe("");
    await expect(app.office.receive({ type: "directive" })).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("is in no list of applications and no group of a desk, and found by its reference", async () => {
    const reference = await issue(minister);
    const listed = (await focal.list("cases", { perPage: 100 })).body.records.map(({ id }: { id: string }) => id);
    expect(listed).not.toContain(reference);
    const orders = (await focal.list("cases", { "filters.orders": "received" })).body.records;
    expect(orders.map(({ id }: { id: string }) => id)).toContain(reference);
    const found = (await focal.list("cases", { search: reference })).body.records;
    expect(found.map(({ id }: { id: string }) => id)).toEqual([reference]);
    expect((await perform(minister, reference, "withdraw")).status).toBe(200);
    expect((await perform(focal, reference, "explain", { answer: "Too late." })).status).toBe(409);
  });

  it("takes a plan with its day: agreed, it is due at that day's end, and reported done it goes back", async () => {
    app.setNow(sundayNine);
    const reference = await issue(minister, { type: "directive" });
    const plan = { answer: "Two more desks." };
    for (const until of ["2026-11-21", "soon", ""]) {
      const refused = await perform(focal, reference, "promise_plan", { ...plan, until });
      expect([refused.status, refused.body.problem.faults[0].field]).toEqual([422, "/fields/until"]);
    }
    expect((await perform(focal, reference, "promise_plan", { ...plan, until: "2026-12-10" })).status).toBe(200);
    expect((await ordersOf(minister)).asked.find((one) => one.reference === reference)).toMatchObject({ next: "you" });
    expect((await perform(focal, reference, "agree", { until: "2026-12-10" })).status).toBe(403);
    const { actions } = (await minister.get(`/admin/api/resources/cases/records/${reference}/page`)).body.view;
    expect(JSON.stringify(actions)).toContain("2026-12-10");
    expect((await perform(minister, reference, "agree", { until: "2026-12-10" })).status).toBe(200);
    expect(
      await app.office.rows(
        `select k.due_at, k.budget from clocks k join cases c on c.id = k.case_id and k.cycle = c.cycle
         where c.reference = $1`,
        reference,
      ),
    ).toEqual([{ due_at: new Date("2026-12-10T21:00:00Z"), budget: null }]);
    const lineOf = async (who: SignedIn) => (await ordersOf(who)).asked.find((one) => one.reference === reference);
    expect(await lineOf(minister)).toMatchObject({ next: "them", late: false });

    app.setNow(hours(20 * 24));
    await app.services.handlers["enforce-deadlines"]?.(hours(20 * 24));
    const later = await app.signIn("minister", "MOI");
    expect(await lineOf(later)).toMatchObject({ late: true, escalationLevel: 1 });
    const point = await app.signIn("focal_point", "CSPD");
    expect((await perform(point, reference, "report_done", { answer: "Both desks are open." })).status).toBe(200);
    expect((await perform(later, reference, "accept")).status).toBe(200);
    expect(await lineOf(later)).toMatchObject({ next: "nobody" });
  });

  it("climbs when it is late, and who issued it is written to", async () => {
    app.setNow(sundayNine);
    const reference = await issue(committee, { until: "2026-11-23" });
    const due = await app.office.rows(
      "select k.due_at, k.budget from clocks k join cases c on c.id = k.case_id where c.reference = $1",
      reference,
    );
    expect(due).toEqual([{ due_at: new Date("2026-11-23T21:00:00Z"), budget: null }]);
    app.setNow(hours(72));
    await app.services.handlers["enforce-deadlines"]?.(hours(72));
    const told = [
      ...(await letters(reference, "official-escalated")),
      ...(await letters(reference, "official-escalated-copy")),
    ];
    expect(told.map(({ receiver_user }) => receiver_user)).toContain(committee.person.userId);
    const late = await app.signIn("steering_committee");
    expect((await ordersOf(late)).asked.find((one) => one.reference === reference)).toMatchObject({
      late: true,
      escalationLevel: 1,
    });
    expect((await ordersOf(late)).figures).toMatchObject({ late: 1 });
  });
});

it("is issued and followed by the office of the position too, where the operation room says so, and by no one else", async () => {
  app.setNow(sundayNine);
  minister = await app.signIn("minister", "MOI");
  room = await app.signIn("operation_room");
  focal = await app.signIn("focal_point", "CSPD");
  const seatOf = async (role: string, entity: string | null) => {
    const { records } = (await room.list("seats", { "filters.role": role, perPage: 100 })).body;
    return records.find((one: { values: { entity: string | null } }) => one.values.entity === entity);
  };
  const office = await seatOf("secretary_general", "MOF");
  const of = (await seatOf("minister", "MOI")).values.code;
  const set = (who: SignedIn, to: string, before: string) => who.act("seats", office.id, "office", { of: to, before });
  const head = await app.signIn("secretary_general", "MOF");
  const reference = await issue(minister);
  const page = (who: SignedIn) => who.get(`/admin/api/resources/cases/records/${reference}/page`);
  expect((await page(head)).status).toBe(404);

  expect((await set(minister, of, "")).status).toBe(404);
  expect((await set(head, of, "")).status).toBe(404);
  for (const wrong of [office.values.code, (await seatOf("focal_point", "CSPD")).values.code, "NONE"]) {
    const refused = await set(room, wrong, "");
    expect([refused.status, refused.body.problem.faults[0].field]).toEqual([422, "/of"]);
  }
  const own = await seatOf("operation_room", null);
  expect((await room.act("seats", own.id, "office", { of, before: "" })).status).toBe(403);
  expect((await set(room, of, "")).status).toBe(200);
  expect((await set(room, "", "other")).status).toBe(409);

  expect((await page(head)).status).toBe(200);
  expect(references((await ordersOf(head)).asked)).toContain(reference);
  expect((await app.services.audit.verify({ seals: [] })).faults).toEqual([]);
  expect((await perform(focal, reference, "explain", { answer: "Two people are ill." })).status).toBe(200);
  const told = (await letters(reference, "official-news")).map(({ receiver_user }) => receiver_user).sort();
  expect(told).toEqual([minister.person.userId, head.person.userId].sort());
  expect((await perform(head, reference, "accept")).status).toBe(200);
  // What it issues is the minister's: both follow it, and the record names who did it.
  const theirs = await issue(head, { type: "directive" });
  expect(references((await ordersOf(minister)).asked)).toContain(theirs);
  expect((await perform(minister, theirs, "withdraw")).status).toBe(200);

  expect((await set(room, "", of)).status).toBe(200);
  expect((await page(head)).status).toBe(404);
  expect((await head.send("orders", "issue", order())).status).toBe(422);
});

describe("a digest", () => {
  const name = "committee";
  const read = async (at: Date) => {
    const asked = { programme, name, role: "steering_committee", at } as const;
    const { data } = await app.services.digests.told(asked);
    const { text } = await app.services.digests.preview({ ...asked, language: "en" });
    return { reader: (data as { reader: DigestForReader }).reader, text };
  };
  const week = 7 * 24;

  it("asks with the acts that fit, and tells the next time what became of them, in the words given", async () => {
    app.setNow(sundayNine);
    for (let i = 0; i < 5; i++) await app.office.receive({ entity: "CSPD", subject: `Late ${i}` });
    const later = hours(6 * week);
    app.setNow(later);
    const first = await read(later);
    const asks = first.reader.asked.find(({ order }) => order?.entity === "CSPD");
    expect(asks?.order?.acts.map(({ type }) => type)).toEqual(["explanation", "directive"]);
    const link = /admin\/pages\/orders\?(new=1\S*entity=CSPD\S*)/.exec(first.text)?.[1] ?? "";
    const query = Object.fromEntries(new URLSearchParams(link));
    const chair = await app.signIn("steering_committee");
    const before = (await ordersOf(chair)).asked.length;
    // However often the link is fetched, nothing is sent.
    for (let i = 0; i < 3; i++) expect((await chair.page("orders", query)).body.form.entity).toBe("CSPD");
    expect((await app.visitor().page("orders", query)).status).toBe(401);
    expect((await (await app.signIn("auditor")).page("orders", query)).status).toBe(404);
    expect((await ordersOf(chair)).asked).toHaveLength(before);

    const { figure, from, until: figureTo } = query;
    const reference = await issue(chair, { type: query.type, figure, figureFrom: from, figureTo });
    const point = await app.signIn("focal_point", "CSPD");
    expect((await perform(point, reference, "explain", { answer: "Two people were ill; both are back." })).status).toBe(
      200,
    );
    const next = await read(hours(7 * week));
    expect(next.reader.orders?.lines[0]).toMatchObject({
      reference,
      next: "you",
      answer: "Two people were ill; both are back.",
    });
    expect(next.text).toContain("Two people were ill; both are back.");
    expect(next.text).not.toContain("no order about it");
    expect(next.text).toContain(`Your order to it (${reference}): Explained.`);

    app.setNow(hours(7.5 * week));
    const again = await app.signIn("steering_committee");
    expect((await perform(again, reference, "accept")).status).toBe(200);
    const last = await read(hours(8 * week));
    expect(last.reader.orders?.lines.find((one) => one.reference === reference)).toMatchObject({ next: "nobody" });
    // Who holds another position is told nothing of it.
    const { data } = await app.services.digests.told({
      programme,
      name: "executive",
      role: "minister",
      entity: "MOF",
      at: hours(8 * week),
    });
    expect(JSON.stringify(data)).not.toContain(reference);
  });
});
