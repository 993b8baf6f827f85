/** Serving a caller, through the door of the contact centre: recognised by the application itself, or nothing is there. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { type AdminApp, openAdminApp, type Visitor } from "../support/admin-app.js";
import { sundayNine, unknownReference } from "../support/working-office.js";

let app: AdminApp;
let agent: Awaited<ReturnType<AdminApp["signIn"]>>;
let sent: ReceivedApplication;
const address = "/admin/api/pages/caller";
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const phone = "0791234567";
let keys = 0;
const ask = (visitor: Visitor, body: Record<string, unknown>) => visitor.post(address, { do: "open", ...body });
const withdraw = (visitor: Visitor, body: Record<string, unknown>, fields: Record<string, unknown> = {}) => {
  keys += 1;
  return visitor.post(address, {
    ...{ do: "perform", action: "withdraw_for_applicant", actKey: `caller-${keys}-key` },
    fields: { recognisedBy: "details", reason: "He solved it.", ...fields },
    ...body,
  });
};
const stateOf = async ({ reference }: ReceivedApplication) => (await app.office.caseRow(reference)).state;

beforeAll(async () => {
  app = await openAdminApp();
  agent = await app.signIn("contact_centre_agent");
  sent = await app.office.receive();
}, 60_000);
afterAll(() => app.close());

describe("a caller", () => {
  it("is recognised by code or by what stands in the application, in whatever way it is said", async () => {
    const { reference, code } = sent;
    for (const proof of [
      { code },
      { code: code.toLowerCase().replaceAll("-", " ") },
      { said: phone },
      { said: "+962 79 123 4567" },
      { said: "٠٧٩١٢٣٤٥٦٧" },
      { said: "RANA@example.com" },
      { code, said: phone },
    ]) {
      const opened = await ask(agent, { reference, ...proof });
      expect([proof, opened.status]).toEqual([proof, 200]);
      expect(opened.body).toMatchObject({ reference, state: { en: "With the entity" } });
      expect(opened.body.actions.map((one: { action: string }) => one.action)).toEqual([
        "add_information_for_applicant",
        "withdraw_for_applicant",
        "reply_for_applicant",
        "rate_for_applicant",
        "reopen_for_applicant",
      ]);
      // Which application it is, and nothing of who sent it or what they wrote.
      expect(JSON.stringify(opened.body)).not.toMatch(/Rana|rana@|0?791234567|hall/);
    }
  });

  it("who was recognised is on the record of the application: by whom it was opened, and by what the caller was known", async () => {
    const one = await app.office.receive();
    const { reference, code } = one;
    const looks = () =>
      app.office.rows(
        "select data::jsonb - 'rows' as data, actor::jsonb as actor from case_events where type = 'caller.served' and case_id = $1 order by seq",
        one.caseId,
      );
    expect((await ask(agent, { reference, said: "0790000001" })).status).toBe(404);
    expect(await looks()).toEqual([]);
    await ask(agent, { reference, said: phone });
    await ask(agent, { reference, code, said: "rana@example.com" });
    // What is refused says all the same that the caller was right.
    expect((await withdraw(agent, { reference, said: phone }, { reason: "" })).status).toBe(422);
    const found = await looks();
    expect(found.map(({ data, actor }) => [data, (actor as { userId: number }).userId])).toEqual([
      [{ recognisedBy: ["phone"] }, agent.person.userId],
      [{ recognisedBy: ["code", "email"] }, agent.person.userId],
      [{ recognisedBy: ["phone"] }, agent.person.userId],
    ]);
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`rana@|791234567|${code}`));
    const room = await app.signIn("operation_room");
    const shown = await room.get(`/admin/api/resources/cases/records/${reference}/page`);
    expect(JSON.stringify(shown.body)).toContain(
      "Opened the application for a caller. Identity checked by: code of the application, email.",
    );
  });

  it("who does not know it finds nothing, in the same words as where there is none", async () => {
    const other = await app.office.receive({
      applicant: { category: "citizen", name: "Omar", phone: "+962797654321" },
    });
    const secret = await app.office.receive({ type: "report", pillar: null, fields: {} });
    const { reference } = sent;
    const nothing = await ask(agent, { reference: unknownReference, said: phone });
    expect(nothing.status).toBe(404);
    for (const body of [
      { reference, code: other.code },
      { reference, said: "0797654321" },
      { reference, said: "someone@example.com" },
      { reference, code: other.code, said: phone },
      { reference, code: sent.code, said: "0797654321" },
      // Also with its very code: it is its sender's alone.
      { reference: secret.reference, code: secret.code },
      { reference: secret.reference, said: phone },
    ]) {
      for (const refused of [await ask(agent, body), await withdraw(agent, body)]) {
        const { detail } = refused.body.problem;
        expect([body, refused.status, detail]).toEqual([body, 404, nothing.body.problem.detail]);
      }
    }
    expect(await stateOf(secret)).toBe("assigned");
  });

  it("is asked for what is missing, at its field", async () => {
    const { reference } = sent;
    for (const [body, fields] of [
      [{ reference }, ["/said"]],
      [{ reference, said: "Rana Haddad" }, ["/said"]],
      [{ reference, said: "123" }, ["/said"]],
      [{ reference: "12", said: phone }, ["/reference"]],
      [{ reference: { $ne: 1 }, code: ["x"] }, ["/reference", "/said"]],
    ] as const) {
      const refused = await ask(agent, body);
      expect([refused.status, refused.body.problem.faults.map(({ field }: { field: string }) => field)]).toEqual([
        422,
        fields,
      ]);
    }
  });

  it("meets what nobody can read or what is too long with the field named, and nothing is done", async () => {
    const one = await app.office.receive();
    const body = { reference: one.reference, said: phone };
    for (const reason of ["a\u0000b", "a\u202eb", "\ud800", "x".repeat(2001), "\u200b", 7, ["x"], { a: 1 }]) {
      const refused = await withdraw(agent, body, { reason });
      const { faults = [] } = refused.body.problem;
      expect([reason, refused.status, faults[0]?.field]).toEqual([reason, 422, "/fields/reason"]);
    }
    for (const said of ["a\u0000@example.com", "rana\u0000@example.com", "9".repeat(5000)]) {
      expect([404, 422]).toContain((await ask(agent, { ...body, said })).status);
    }
    expect((await ask(agent, { ...body, said: "", code: "\u0000".repeat(300) })).status).toBe(422);
    // Marks of direction come along with what is copied from an Arabic text.
    expect((await ask(agent, { ...body, said: "\u202a0791234567\u202c" })).status).toBe(200);
    expect(await stateOf(one)).toBe("assigned");
  });

  it("without a name is recognised by the code alone", async () => {
    const anonymous = await app.office.receive({ type: "suggestion", pillar: null, importance: null, applicant: null });
    const { reference, code } = anonymous;
    expect((await ask(agent, { reference, said: phone })).status).toBe(404);
    expect((await withdraw(agent, { reference, code }, { recognisedBy: "code" })).status).toBe(200);
    expect(await stateOf(anonymous)).toBe("withdrawn_on_request");
  });

  it("has the application withdrawn, once, on record by whom, and is told", async () => {
    const one = await app.office.receive();
    const { reference } = one;
    const body = { reference, said: phone, actKey: "the-same-key-1" };
    const missing = await withdraw(agent, body, { reason: "" });
    expect([missing.status, missing.body.problem.faults[0].field]).toEqual([422, "/fields/reason"]);
    const forged = await withdraw(agent, body, { code: "AAAA-AAAA-AAAA" });
    expect([forged.status, forged.body.problem.faults[0].field]).toEqual([422, "/fields/code"]);
    for (const _ of [1, 2]) {
      const done = await withdraw(agent, body);
      expect([done.status, done.body.state]).toEqual([200, "withdrawn_on_request"]);
    }
    const told = (await app.office.events(reference)).filter(({ type }) => type === "case.withdrawn");
    expect(told.map(({ data }) => data)).toEqual([
      expect.objectContaining({ forApplicant: true, recognisedBy: "details", reason: "He solved it." }),
    ]);
    expect((await app.office.caseRow(reference)).withdrawn_by).toBe(agent.person.userId);
    const [letter] = await app.office.rows(
      "select data from messages where template = 'applicant-withdrawn' and receiver_case = $1",
      one.caseId,
    );
    expect(letter?.data).toMatchObject({ role: "contact_centre_agent" });
    const again = await ask(agent, { reference, said: phone });
    expect(again.body.actions.filter((one: { allowed: boolean }) => one.allowed)).toEqual([
      expect.objectContaining({ action: "reopen_for_applicant" }),
    ]);
    expect((await withdraw(agent, { reference, said: phone })).status).toBe(409);
  });

  it("gives the agent nothing but that: no other act, no page, no list, no key of another's act", async () => {
    const { reference } = await app.office.receive();
    for (const action of ["take", "answer", "note", "transfer", "withdraw", "constructor", "reopen"]) {
      const refused = await withdraw(agent, { reference, said: phone, action });
      expect([action, [403, 409, 422].includes(refused.status)]).toEqual([action, true]);
    }
    expect((await agent.get(`/admin/api/resources/cases/records/${reference}/show`)).status).toBe(404);
    const fields = { recognisedBy: "details", reason: "x" };
    const expectedSeq = (await app.office.caseRow(reference)).last_seq;
    const act = { action: "withdraw_for_applicant", fields, expectedSeq };
    const direct = await agent.post(`/admin/api/resources/cases/records/${reference}/perform`, act);
    expect(direct.status).toBe(404);
    expect((await app.office.caseRow(reference)).state).toBe("assigned");
  });

  it("is served by the contact centre alone, while the seat is held, from this very site, and not by reading", async () => {
    const { reference } = await app.office.receive();
    const body = { reference, said: phone };
    const seats: Parameters<AdminApp["signIn"]>[] = [
      ["focal_point", "CSPD"],
      ["operation_room"],
      ["auditor"],
      ["minister", "MOI"],
    ];
    for (const seat of seats) {
      const stranger = await app.signIn(...seat);
      expect([seat, (await ask(stranger, body)).status, (await withdraw(stranger, body)).status]).toEqual([
        seat,
        404,
        404,
      ]);
    }
    expect((await ask(app.visitor(), body)).status).toBe(401);
    const crossSite = await agent.agent
      .post(address)
      .set("sec-fetch-site", "cross-site")
      .set("content-type", "application/json")
      .send(JSON.stringify({ do: "open", ...body }));
    expect(crossSite.status).toBe(403);
    expect((await agent.get(`${address}?reference=${reference}&said=${phone}&do=open`)).body.reference).toBeUndefined();
  });

  it("cannot be guessed: after ten tries on an application it is left alone for a quarter of an hour", async () => {
    app.setNow(at(3));
    agent = await app.signIn("contact_centre_agent");
    const { reference } = await app.office.receive({}, at(2));
    const guess = (n: number) => ask(agent, { reference, said: `07900000${String(n).padStart(2, "0")}` });
    for (let n = 0; n < 10; n++) expect((await guess(n)).status).toBe(404);
    expect((await guess(10)).status).toBe(429);
    expect((await ask(agent, { reference, said: phone })).status).toBe(429);
    app.setNow(at(3.3));
    expect((await ask(agent, { reference, said: phone })).status).toBe(200);
  });
});
