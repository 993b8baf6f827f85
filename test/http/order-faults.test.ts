/** Orders when something goes wrong: empty positions, entities that are no more, two people at once, what is retired meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { orderTypes } from "../../src/engine/lifecycle/orders.js";
import { isLive } from "../../src/engine/rules/fact-catalogue.js";
import { fewestCases } from "../../src/engine/suggestions/matters-from-counts.js";
import type { ImportMapping } from "../../src/features/intake/import/mapping.js";
import { mappingFaults, recordsOf } from "../../src/features/intake/import/mapping.js";
import { countWords } from "../../src/features/intake/suggestions.js";
import { holdSeat } from "../../src/features/people/seat-store.js";
import { publishAsMachine } from "../../src/features/policy/publication/publish.js";
import { type AdminApp, openAdminApp, type SignedIn, type Visitor } from "../support/admin-app.js";
import { orderDesk } from "../support/order-desk.js";
import { openPortalApp } from "../support/portal-app.js";
import { begin } from "../support/portal-ways.js";
import { programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let minister: SignedIn;
let committee: SignedIn;
let room: SignedIn;
let focal: SignedIn;
let elsewhere: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  minister = await app.signIn("minister", "MOI");
  committee = await app.signIn("steering_committee");
  room = await app.signIn("operation_room");
  focal = await app.signIn("focal_point", "CSPD");
  elsewhere = await app.signIn("focal_point", "MOH");
}, 90_000);
afterAll(() => app?.close());

const by = { kind: "system", job: "test" } as const;
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
const { order, issue, refusal, seqOf, perform, ordersOf, letters } = orderDesk(() => app);
const referencesOf = async (who: Visitor): Promise<string[]> => {
  const { asked = [], received = [] } = await ordersOf(who);
  return [...asked, ...received].map(({ reference }) => reference);
};
const pageOf = (who: Visitor, reference: string) => who.get(`/admin/api/resources/cases/records/${reference}/page`);
/** People of the operation room who were told that a position is empty. */
const roomTold = async (reference: string) =>
  (await letters(reference, "operation-room-alert"))
    .filter(({ data }) => (data as { kind?: string }).kind === "empty-seat")
    .map(({ receiver_user }) => receiver_user);
const setupNow = () => app.services.setup.of(programme);
const roomPeople = async () =>
  (await setupNow()).seats
    .filter(({ role }) => role === "operation_room")
    .flatMap(({ holders }) => holders.map(({ userId }) => userId))
    .sort();

const leave = (seat: string, at: Date, to: string | null = null) =>
  app.services.people.handOver({ programme, seat, at, to, reason: "Moved on", by, now: at });
const newcomer = async (name: string): Promise<string> => {
  const email = `${name}@example.jo`;
  await app.office.rows(
    "insert into users (email, name, language, programme, created_at) values ($1, $2, 'en', $3, $4)",
    ...[email, name, programme, sundayNine],
  );
  await app.givePassword(email);
  return email;
};
/** Signed in again: the hours that pass between acts end sessions. */
const again = ({ email }: SignedIn) => app.signInAs(email);
/** It is not for strangers, whatever became of it. */
const isClosedTo = async (strangers: readonly SignedIn[], reference: string) => {
  for (const one of strangers) {
    const who = await again(one);
    expect((await pageOf(who, reference)).status).toBe(404);
    expect((await perform(who, reference, "accept")).status).toBe(404);
    expect(await referencesOf(who)).not.toContain(reference);
  }
};

describe("the entity that is asked", () => {
  it("without a focal point: the next above gets it and answers, and the operation room hears at once", async () => {
    for (const n of [1, 2, 3]) await leave(`FOCAL-JFDA-${n}`, hours(1));
    app.setNow(hours(2));
    const chair = await again(committee);
    const reference = await issue(chair, { entities: ["JFDA"] });
    const manager = await app.signIn("entity_manager", "JFDA");
    expect((await letters(reference, "official-assigned")).map(({ receiver_user }) => receiver_user)).toEqual([
      manager.person.userId,
    ]);
    expect((await roomTold(reference)).sort()).toEqual(await roomPeople());
    expect((await ordersOf(manager)).received.map((one) => one.reference)).toContain(reference);
    expect((await manager.page("news", { rows: 20 })).body.rows).toContainEqual(
      expect.objectContaining({ reference, kinds: expect.arrayContaining(["ordered"]) }),
    );
    await isClosedTo([elsewhere, focal, await app.signIn("entity_manager", "CSPD")], reference);

    // Without the manager too, it climbs on.
    await leave("MANAGER-JFDA", hours(3));
    app.setNow(hours(4));
    const next = await issue(await again(committee), { entities: ["JFDA"] });
    const secretary = await app.signIn("secretary_general", "MOH");
    expect((await letters(next, "official-assigned")).map(({ receiver_user }) => receiver_user)).toEqual([
      secretary.person.userId,
    ]);
    expect((await roomTold(next)).sort()).toEqual(await roomPeople());
    expect((await perform(secretary, next, "explain", { answer: "We are looking for people." })).status).toBe(200);
    expect((await perform(await again(committee), next, "accept")).status).toBe(200);
    expect((await perform(secretary, reference, "explain", { answer: "As said." })).status).toBe(200);
  });

  it("that was taken over: a new order goes to who took it over, a running one moves there, and answers there", async () => {
    app.setNow(hours(5));
    const issuer = await again(committee);
    const reference = await issue(issuer, { entities: ["DVLD"], type: "directive" });
    const asking = await issue(issuer, { entities: ["DVLD"] });
    const answered = await issue(issuer, { entities: ["DVLD"] });
    const repeated = order({ entities: ["DVLD"] });
    const { references: once } = (await issuer.send("orders", "issue", repeated)).body;
    const former = await app.signIn("focal_point", "DVLD");
    expect((await perform(former, reference, "take")).status).toBe(200);
    expect((await perform(former, asking, "ask", { question: "Which of them?" })).status).toBe(200);
    expect((await perform(former, answered, "explain", { answer: "Two are ill." })).status).toBe(200);
    const due = () =>
      app.office.rows(
        "select k.due_at from clocks k join cases c on c.id = k.case_id where c.reference = $1 order by 1",
        reference,
      );
    const promised = await due();

    const actor = app.office.official("operation_room");
    const now = hours(6);
    const sets = app.services.changeSets;
    const { id } = await sets.begin({ actor, programme, title: "Licensing joins the police", now });
    const cases = { to: "PSD", except: {} };
    const edit = { act: "merge", table: "entities", code: "DVLD", into: "PSD", cases, seats: "move" } as const;
    await app.office.asOwner(
      "update programmes set settings = settings || '{\"secondPerson\": false}'::jsonb where code = 'jordan'",
    );
    await sets.put({ actor, id, edit, now });
    const { revision } = await sets.read({ actor, id, now });
    await sets.publish({ actor, id, revision, now, reason: "Decided.", warningsReason: "Known." });
    await app.services.work.caseMoves.settled();
    app.setNow(hours(7));

    expect(await app.office.caseRow(reference)).toMatchObject({ entity: "PSD", assignee: null, state: "issued" });
    expect(await due()).toEqual(promised);
    expect(await app.office.caseRow(asking)).toMatchObject({ entity: "PSD", state: "asked_back" });
    // What was answered waits for who issued it, as it is.
    expect(await app.office.caseRow(answered)).toMatchObject({ state: "explained" });
    const there = await app.signIn("focal_point", "PSD");
    const chair = await again(committee);
    expect(await referencesOf(there)).toContain(reference);
    expect((await perform(there, reference, "report_done", { answer: "Done." })).status).toBe(200);
    expect((await perform(chair, reference, "accept")).status).toBe(200);
    expect((await perform(chair, asking, "reply", { reply: "All of them." })).status).toBe(200);
    expect((await perform(there, asking, "explain", { answer: "All came late." })).status).toBe(200);
    expect((await perform(chair, answered, "accept")).status).toBe(200);

    // Sent again with the same key, it is the one that moved.
    expect((await chair.send("orders", "issue", repeated)).body).toEqual({ references: once });
    const next = await issue(chair, { entities: ["DVLD"] });
    expect(await app.office.caseRow(next)).toMatchObject({ entity: "PSD" });
    // Both names are one entity by now: one order.
    const both = await issue(chair, { entities: ["DVLD", "PSD"] });
    expect(await app.office.caseRow(both)).toMatchObject({ entity: "PSD" });
    expect((await perform(there, next, "explain", { answer: "We know." })).status).toBe(200);
    await isClosedTo([elsewhere, focal], next);
  });
});

describe("who issued it", () => {
  it("changes: the new holder goes on with it, the former one cannot any more", async () => {
    app.setNow(hours(8));
    const before = await app.signIn("minister", "MOI");
    const reference = await issue(before);
    const point = await again(focal);
    expect((await perform(point, reference, "explain", { answer: "Two people were ill." })).status).toBe(200);
    const email = await newcomer("new.minister");
    await leave("MINISTER-MOI", hours(9), email);
    app.setNow(hours(10));
    const next = await app.signInAs(email);
    expect((await ordersOf(next)).asked.find((one) => one.reference === reference)).toMatchObject({ next: "you" });
    expect((await pageOf(next, reference)).status).toBe(200);
    // The former one is let in no more, and is a stranger where they are.
    const former = await app.signInAs(before.email).catch(() => before);
    expect((await pageOf(former, reference)).status).not.toBe(200);
    expect((await perform(former, reference, "accept")).status).not.toBe(200);
    expect((await former.page("orders")).body.asked ?? []).toEqual([]);
    expect((await app.office.caseRow(reference)).state).toBe("explained");
    await isClosedTo([elsewhere], reference);
    expect((await perform(next, reference, "send_back", { reason: "And the others?" })).status).toBe(200);
    const later = await again(focal);
    expect((await perform(later, reference, "explain", { answer: "They answer 40 a day." })).status).toBe(200);
    const told = (await letters(reference, "official-news")).at(-1)?.receiver_user;
    const [user] = await app.office.rows("select id from users where email = $1", email);
    expect(told).toBe(user?.id);
    expect((await perform(next, reference, "accept")).status).toBe(200);
    minister = { ...minister, ...next, email };
  });

  it("is no one for a while: the operation room hears of each letter that no one gets", async () => {
    app.setNow(hours(11));
    const secretary = await app.signIn("secretary_general", "MOI");
    const reference = await issue(secretary);
    const late = await issue(secretary, { until: "2026-11-23" });
    await leave("SECRETARY-MOI", hours(12));
    app.setNow(hours(13));
    const point = await again(focal);
    expect((await perform(point, reference, "ask", { question: "Which of them?" })).status).toBe(200);
    expect((await roomTold(reference)).sort()).toEqual(await roomPeople());
    // An overdue order escalates to who issued it as well.
    app.setNow(hours(72));
    await app.services.handlers["enforce-deadlines"]?.(hours(72));
    expect((await app.office.caseRow(late)).escalation_level).toBe(1);
    expect((await roomTold(late)).sort()).toEqual(await roomPeople());

    const email = await newcomer("new.secretary");
    await holdSeat(
      app.office.db,
      {
        programme,
        seat: "SECRETARY-MOI",
        email,
        from: hours(73),
      },
      { by, now: hours(73) },
    );
    app.setNow(hours(74));
    const next = await app.signInAs(email);
    expect(await referencesOf(next)).toEqual(expect.arrayContaining([reference, late]));
    expect((await perform(next, reference, "reply", { reply: "All of them." })).status).toBe(200);
  });

  it("gets gathered letters, and not who answered; while the position is empty the operation room gets them", async () => {
    const ways = (way: string) =>
      app.office.asOwner(
        "update programmes set settings = settings || jsonb_build_object('officialLetters', $1::text) where code = 'jordan'",
        way,
      );
    await ways("hourly");
    try {
      // Sunday a week later, so that an hour is a working hour.
      const at = (n: number) => hours(7 * 24 + n);
      app.setNow(at(0));
      const issuer = await again(minister);
      const [own] = await app.office.rows("select id from users where email = $1", minister.email);
      const point = await again(focal);
      const answered = async (text: string) => {
        const reference = await issue(issuer);
        expect((await perform(point, reference, "take")).status).toBe(200);
        expect((await perform(point, reference, "explain", { answer: text })).status).toBe(200);
        return reference;
      };
      const receivers = async (reference: string) =>
        (await letters(reference, "official-news"))
          .filter(({ state }) => state !== "lapsed")
          .map(({ receiver_user }) => receiver_user);
      const first = await answered("Two people were ill.");
      expect(await letters(first, "official-news")).toMatchObject([{ state: "gathering", receiver_user: own?.id }]);
      await app.services.handlers["gather-letters"]?.(at(1));
      expect(await receivers(first)).toEqual([own?.id]);

      app.setNow(at(1.1));
      const second = await answered("They are back.");
      await leave("MINISTER-MOI", at(1.2));
      await app.services.handlers["gather-letters"]?.(at(2));
      const [told, ...more] = await receivers(second);
      expect([await roomPeople(), more]).toEqual([expect.arrayContaining([told]), []]);
    } finally {
      await ways("atOnce");
    }
    const back = hours(7 * 24 + 3);
    await holdSeat(
      app.office.db,
      {
        programme,
        seat: "MINISTER-MOI",
        email: minister.email,
        from: back,
      },
      { by, now: back },
    );
  });

  it("is a position that was ended: the order is seen, with its name, and the operation room closes it", async () => {
    const at = (n: number) => hours(8 * 24 + n);
    app.setNow(at(0));
    const issuer = await app.signIn("secretary_general", "MOF");
    const place = [...(await setupNow()).entities.values()].find(({ parent }) => parent === "MOF")?.code ?? "MOF";
    const reference = await issue(issuer, { entities: [place] });
    const title = (await setupNow()).seats.find(({ code }) => code === "SECRETARY-MOF")?.title;
    await leave("SECRETARY-MOF", at(1));
    await app.services.people.retireSeat({ programme, seat: "SECRETARY-MOF", by, now: at(2) });
    app.setNow(at(3));
    const point = await app.signIn("focal_point", place);
    expect((await ordersOf(point)).received.find((one) => one.reference === reference)).toMatchObject({ from: title });
    const desk = await again(room);
    expect((await pageOf(desk, reference)).body.view.askedFrom).toEqual(title);
    expect((await perform(point, reference, "explain", { answer: "Two people were ill." })).status).toBe(200);
    expect((await roomTold(reference)).sort()).toEqual(await roomPeople());
    await isClosedTo([elsewhere, committee], reference);
    expect((await perform(point, reference, "close_for_them", { note: "We close it." })).status).toBe(403);
    expect((await perform(desk, reference, "close_for_them", { note: "The position is no more." })).status).toBe(200);
    expect(await app.office.caseRow(reference)).toMatchObject({ state: "noted", state_kind: "final" });
  });
});

describe("one order to every entity", () => {
  it("opens one case each, once, and each receiver hears of each once", async () => {
    const now = hours(9 * 24);
    app.setNow(now);
    // One person answers for two of them.
    await leave("FOCAL-MOF-1", now, (await app.signIn("focal_point", "MOL")).email);
    const chair = await again(committee);
    const { entities, programme: own } = await setupNow();
    expect(own.timeZone).toBe("Asia/Amman");
    const codes = [...entities.values()].filter((one) => isLive(one, "2026-12-01")).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(100);
    const all = order({ entities: codes });
    const [first, second] = await Promise.all([chair.send("orders", "issue", all), chair.send("orders", "issue", all)]);
    const third = await chair.send("orders", "issue", all);
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    const opened = new Set<string>(first.body.references);
    expect(opened.size).toBe(codes.length);
    for (const { body } of [second, third]) expect(new Set(body.references)).toEqual(opened);
    const rows = await app.office.rows(
      `select c.entity, count(*)::integer as n from cases c join applications a on a.id = c.id
       where a.source_id like $1 group by 1`,
      `order/%/${all.key}/%`,
    );
    expect(rows.map(({ entity }) => entity).sort()).toEqual([...codes].sort());
    expect(rows.every(({ n }) => n === 1)).toBe(true);
    const doubled = await app.office.rows(
      `select c.reference, m.receiver_user, m.template from messages m join cases c on c.id = m.case_id
       where c.reference = any($1::text[]) group by 1, 2, 3 having count(*) > 1`,
      [...opened],
    );
    expect(doubled).toEqual([]);
    const holder = (await setupNow()).seats.find(({ code }) => code === "FOCAL-MOF-1")?.holders.at(-1)
      ?.userId as number;
    const theirs = await app.office.rows(
      `select c.entity from messages m join cases c on c.id = m.case_id
       where c.reference = any($1::text[]) and m.receiver_user = $2 and m.template = 'official-assigned' order by 1`,
      [...opened],
      holder,
    );
    expect(theirs.map(({ entity }) => entity)).toEqual(["MOF", "MOL"]);
    // A stranger to all of them sees none.
    const agent = await app.signIn("contact_centre_agent");
    expect((await referencesOf(agent)).filter((one) => opened.has(one))).toEqual([]);
  });
});

describe("two at once", () => {
  it("accept it: the second reads that it moved on, and it is accepted once", async () => {
    const at = hours(9 * 24 + 1);
    app.setNow(at);
    const reference = await issue(await again(committee));
    const point = await again(focal);
    expect((await perform(point, reference, "explain", { answer: "Two people were ill." })).status).toBe(200);
    const [here, there] = [await again(committee), await again(committee)];
    const expectedSeq = await seqOf(reference);
    const answers = await Promise.all(
      [here, there].map((who) => perform(who, reference, "accept", {}, { expectedSeq })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409)?.body.problem;
    expect(lost.detail).toMatchObject({ en: expect.stringMatching(/\w/), ar: expect.stringMatching(/\S/) });
    const closed = (await app.office.events(reference)).filter(({ type }) => type === "case.closed");
    expect(closed).toHaveLength(1);
  });

  it("withdraw and answer it: one wins, the other reads why, and nothing of the winner is lost", async () => {
    for (let round = 0; round < 4; round++) {
      const who = await again(committee);
      const point = await again(focal);
      const reference = await issue(who);
      const expectedSeq = await seqOf(reference);
      const both = await Promise.all([
        perform(who, reference, "withdraw", {}, { expectedSeq }),
        perform(point, reference, "explain", { answer: "Two people were ill." }, { expectedSeq }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [withdrawn] = both;
      const types = (await app.office.events(reference)).map(({ type }) => type);
      const { state } = await app.office.caseRow(reference);
      const won = withdrawn?.status === 200;
      expect([state, types.includes("case.answered"), types.includes("case.withdrawn")]).toEqual(
        won ? ["withdrawn", false, true] : ["explained", true, false],
      );
    }
  });
});

describe("a file with the answer", () => {
  it("is read by who asked and by no stranger", async () => {
    const who = await again(committee);
    const point = await again(focal);
    const reference = await issue(who);
    const upload = (by: Visitor) =>
      by.agent
        .post(`/admin/api/files?reference=${reference}`)
        .set({
          "sec-fetch-site": "same-origin",
          "content-type": "application/octet-stream",
          "content-disposition": "attachment; filename*=UTF-8''figures.txt",
        })
        .send(Buffer.from("40 a day"));
    const stranger = await again(elsewhere);
    expect((await upload(stranger)).status).toBe(404);
    const { status, body } = await upload(point);
    expect(status).toBe(201);
    const { id } = body.file as { id: string };
    const given = { attachments: [id] };
    expect((await perform(point, reference, "explain", { answer: "See the figures." }, given)).status).toBe(200);
    const read = (by: Visitor) => by.get(`/admin/files/${id}`);
    expect(await read(who)).toMatchObject({ status: 200, text: "40 a day" });
    expect((await read(point)).status).toBe(200);
    expect(JSON.stringify((await pageOf(who, reference)).body.view.timeline)).toContain(id);
    for (const other of [
      stranger,
      await app.signIn("steering_committee", null, 1),
      await app.signIn("contact_centre_agent"),
    ])
      expect((await read(other)).status).toBe(404);
    expect((await read(app.visitor())).status).not.toBe(200);
    // Who sends it back sends a file too, and the entity reads it.
    const back = (await upload(who)).body.file as { id: string };
    const reason = { reason: "And the others?" };
    expect((await perform(who, reference, "send_back", reason, { attachments: [back.id] })).status).toBe(200);
    expect((await point.get(`/admin/files/${back.id}`)).status).toBe(200);
    expect((await stranger.get(`/admin/files/${back.id}`)).status).toBe(404);
  });
});

describe("types of orders", () => {
  it("are chosen by no door of applicants: import, API, calls, pages and suggestions", async () => {
    const setup = await setupNow();
    const internal = [...setup.types.values()].filter((type) => type.internal).map(({ code }) => code);
    expect(internal).toEqual(["explanation", "directive", "help"]);
    const mapping = (type: object) =>
      ({
        programme,
        timeFormat: "DD/MM/YYYY",
        columns: { sourceId: "no", receivedAt: "at", subject: "title" },
        ...type,
      }) as unknown as ImportMapping;
    for (const code of internal) {
      const faults = (more: object) =>
        mappingFaults(mapping(more), setup, ["no", "at", "title"]).map(({ field }) => field);
      expect(faults({ defaults: { type: code } })).toEqual(["/defaults/type"]);
      expect(faults({ values: { type: { x: code } } })).toContain("/values/type/x");
      expect(recordsOf(setup, "type").has(code)).toBe(false);
      await expect(app.office.receive({ type: code })).rejects.toMatchObject({
        code: "invalid-input",
        faults: [expect.objectContaining({ field: "/type" })],
      });
    }
    // What officials ask teaches no suggestion, however much of it one entity answered.
    const [answered] = await app.office.rows(
      "select count(*)::integer as n from cases where entity = 'CSPD' and resolved_at is not null",
    );
    const chair = await again(committee);
    const point = await again(focal);
    for (let n = answered?.n as number; n < fewestCases; n++) {
      const reference = await issue(chair);
      expect((await perform(point, reference, "explain", { answer: "Two people were ill." })).status).toBe(200);
    }
    expect(await countWords(app.office.db, [programme])).toMatchObject({ cases: 0, words: 0 });
    expect(mappingFaults(mapping({ defaults: { type: "complaint" } }), setup, ["no", "at", "title"])).toEqual([]);
    const agent = await app.signIn("contact_centre_agent");
    const caller = JSON.stringify((await agent.page("caller")).body);
    expect(caller).toContain('"complaint"');
    for (const code of internal) expect(caller).not.toContain(`"${code}"`);
  });

  it("and their answers reach no applicant: an application repeats no order", async () => {
    app.setNow(hours(9 * 24 + 2));
    const reference = await issue(await again(committee));
    const point = await again(focal);
    expect((await perform(point, reference, "explain", { answer: "Between us: two are ill." })).status).toBe(200);
    const { reference: sent } = await app.office.receive({}, hours(9 * 24 + 2));
    const refused = await perform(point, sent, "link", { duplicateOf: reference });
    expect([refused.status, refused.body.problem?.faults[0]?.field]).toEqual([422, "/fields/duplicateOf"]);
    expect(await letters(sent, "applicant-answered")).toEqual([]);
    // Another application it may repeat.
    const { reference: first } = await app.office.receive({}, hours(9 * 24 + 2));
    expect((await perform(point, sent, "link", { duplicateOf: first })).status).toBe(200);
  });

  it("are on no page of applicants", async () => {
    const portal = await openPortalApp();
    try {
      const who = portal.visitor();
      const id = await begin(who);
      const page = await who.get(`/en/apply/${id}/type`);
      expect(page.status).toBe(200);
      expect(page.text).toContain('value="complaint"');
      for (const code of ["explanation", "directive", "help"]) expect(page.text).not.toContain(`value="${code}"`);
      const answer = await who.post(`/en/apply/${id}/type`, { type: "directive" });
      expect(answer.status).not.toBe(303);
    } finally {
      await portal.close();
    }
  }, 60_000);

  it("go on under the version they began with; what is retired meanwhile is not issued any more", async () => {
    const now = hours(9 * 24 + 3);
    app.setNow(now);
    const chair = await again(committee);
    const point = await again(focal);
    const explained = await issue(chair);
    const directed = await issue(chair, { type: "directive", key: "before" });
    const published = (await setupNow()).workflows.get("order");
    const definition = structuredClone(published?.definition) as unknown as {
      actions: Record<string, { fields: object }>;
    };
    const word = { name: { ar: "كلمة", en: "A word" }, type: "text", required: true, maxLength: 100 };
    Object.assign(definition.actions.accept?.fields ?? {}, { word });
    const change = {
      programme,
      kind: "workflow" as const,
      name: "order",
      definition,
      basedOn: published?.versionId ?? null,
    };
    const retire = { act: "retire", table: "application_types", code: "directive" } as const;
    await publishAsMachine(
      app.office.db,
      { programme, edits: [retire], policies: [change] },
      { actor: by, reason: "Decided.", warningsReason: "Known.", now },
    );
    expect(orderTypes(await setupNow(), "entities").map(({ code }) => code)).toEqual(["explanation"]);
    expect(await refusal(chair, { type: "directive" })).toEqual([422, "/type"]);
    expect(await issue(chair, { type: "directive", key: "before" })).toBe(directed);
    const form = (await chair.page("orders", { new: "1", type: "directive" })).body.form;
    expect(form.types.map(({ type }: { type: string }) => type)).toEqual(["explanation"]);

    for (const [reference, action] of [
      [explained, "explain"],
      [directed, "report_done"],
    ] as const) {
      expect(await referencesOf(point)).toContain(reference);
      expect((await perform(point, reference, action, { answer: "As it was asked." })).status).toBe(200);
      expect((await perform(chair, reference, "accept")).status).toBe(200);
    }
    const next = await issue(chair);
    expect((await perform(point, next, "explain", { answer: "By the new version." })).status).toBe(200);
    const refused = await perform(chair, next, "accept");
    expect([refused.status, refused.body.problem.faults[0]?.field]).toEqual([422, "/fields/word"]);
    expect((await perform(chair, next, "accept", { word: "Thanks" })).status).toBe(200);
  });
});
