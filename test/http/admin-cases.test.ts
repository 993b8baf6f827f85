/** Cases through the door of the back office: found, read, acted on and refused, from several seats. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { CasePageView } from "../../src/engine/lifecycle/views/case-view.js";
import type { FoundCase } from "../../src/engine/search/case-search.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let stranger: SignedIn;
let room: SignedIn;
let reference: string;
const later = new Date(sundayNine.getTime() + 3_600_000);

beforeAll(async () => {
  app = await openAdminApp({ now: later });
  ({ reference } = await app.office.receive());
  await app.office.receive({
    entity: "MOH",
    sector: "HEALTH",
    subject: "Another entity's",
    description: "No bed is free.",
  });
  focal = await app.signIn("focal_point", "CSPD");
  stranger = await app.signIn("focal_point", "MOH");
  room = await app.signIn("operation_room");
}, 90_000);
afterAll(() => app.close());

const record = (id: string, action: string) => `/admin/api/resources/cases/records/${id}/${action}`;
const foundIn = (body: { records: { values: { found: FoundCase } }[] }): string[] =>
  body.records.map(({ values }) => values.found.subject);
async function pageOf(who: SignedIn): Promise<CasePageView> {
  const answer = await who.get(record(reference, "page"));
  expect(answer.status).toBe(200);
  return answer.body.view;
}

describe("the list", () => {
  it("has the cases of the seat and nobody's personal data", async () => {
    const answer = await focal.list("cases");
    expect(answer.status).toBe(200);
    expect(foundIn(answer.body)).toEqual(["The hall was closed"]);
    expect(answer.body.meta).toMatchObject({ total: 1, estimated: false, page: 1, perPage: 25 });
    expect(answer.text).not.toMatch(/Rana|Haddad|example\.com|9627912/);
    expect(foundIn((await room.list("cases")).body).sort()).toEqual(["Another entity's", "The hall was closed"]);
    expect(foundIn((await stranger.list("cases")).body)).toEqual(["Another entity's"]);
  });

  it("has what a version of policy decided, as the count of the version says, for readers of the configuration", async () => {
    const things = [
      ["rules", "sla"],
      ["workflow", "complaint"],
      ["calendar", "jordan-government"],
    ] as const;
    for (const [kind, name] of things) {
      const { status, body } = await room.send("policy", "uses", { programme: "jordan", kind, name });
      expect([status, body.mayList]).toEqual([200, true]);
      const [{ id, used }] = body.uses;
      expect([name, used]).toEqual([name, kind === "calendar" ? expect.any(Number) : 2]);
      const asked = { "filters.version": `${kind}.${id}`, "filters.confidential": "false" };
      expect(foundIn((await room.list("cases", asked)).body)).toHaveLength(2);
      expect(foundIn((await room.list("cases", { "filters.version": `${kind}.${id + 900}` })).body)).toEqual([]);
      // Their own case was decided by it, but versions are no business of theirs.
      expect(foundIn((await focal.list("cases", asked)).body)).toEqual([]);
      expect((await focal.send("policy", "uses", { programme: "jordan", kind, name })).status).toBe(404);
    }
    for (const odd of ["rules", "rules.0", "seats.1", "1", "rules.1;"])
      expect((await room.list("cases", { "filters.version": odd })).status).toBe(400);
  });

  it("takes filters, search and sort as the address names them", async () => {
    const of = async (query: Record<string, string>) => foundIn((await room.list("cases", query)).body);
    expect(await of({ "filters.entity": "MOH" })).toEqual(["Another entity's"]);
    expect(await of({ "filters.kind": "open,waiting", search: "HALL" })).toEqual(["The hall was closed"]);
    expect(await of({ "filters.late": "late" })).toEqual([]);
    expect(await of({ "filters.assignee": "me" })).toEqual([]);
    expect(await of({ "filters.receivedAt~~from": "2026-11-22", "filters.receivedAt~~to": "2026-11-22" })).toHaveLength(
      2,
    );
    expect(await of({ "filters.receivedAt~~from": "2026-11-23" })).toEqual([]);
    expect(await of({ sortBy: "receivedAt", direction: "desc" })).toHaveLength(2);
    const today = { "filters.happened": "receivedToday" };
    expect(await of({ ...today, sortBy: "receivedAt", direction: "desc" })).toHaveLength(2);
    expect(await of({ ...today, search: "hall" })).toEqual(["The hall was closed"]);
    expect(await of({ ...today, "filters.entity": "MOH" })).toEqual(["Another entity's"]);
    expect(await of({ ...today, "filters.sector": "-" })).toEqual([]);
    expect(await of({ "filters.happened": "answeredThisWeek" })).toEqual([]);
    expect(await of({ ...today, search: reference })).toEqual(["The hall was closed"]);
    expect(foundIn((await stranger.list("cases", today)).body)).toEqual(["Another entity's"]);
    expect(await of({ search: reference.replaceAll("-", "") })).toEqual(["The hall was closed"]);
  });

  it("is in the order of the best match where words are searched for, until another is asked for", async () => {
    const orderOf = async (query: Record<string, string>) => (await room.list("cases", query)).body.meta.sortBy;
    expect(await orderOf({})).toBe("dueAt");
    expect(await orderOf({ search: "hall" })).toBe("match");
    expect(await orderOf({ search: "hall", sortBy: "dueAt" })).toBe("dueAt");
    expect(await orderOf({ search: "hall", sortBy: "receivedAt", direction: "desc" })).toBe("receivedAt");
    // Where nothing can be compared it is the usual one, and the answer says so.
    expect(await orderOf({ search: reference })).toBe("dueAt");
    expect(await orderOf({ sortBy: "match" })).toBe("dueAt");
  });

  it("answers what makes no sense with 4xx and words", async () => {
    for (const query of [
      { "filters.nothing": "1" },
      { "filters.late": "late,today" },
      { "filters.late": "soon" },
      { "filters.happened": "never" },
      { "filters.happened": "receivedToday,answeredToday" },
      { "filters.escalated": "perhaps" },
      { sortBy: "subject" },
      { page: "0" },
      { page: "90" },
      { "filters.receivedAt~~from": "yesterday" },
    ]) {
      const answer = await room.list("cases", query as never);
      expect([query, Math.floor(answer.status / 100)]).toEqual([query, 4]);
      expect(answer.body.problem.detail.ar).toMatch(/[؀-ۿ]/);
    }
    for (const query of [{ "filters.assignee": "99999999999999" }, { "filters.entity": "'; drop table cases" }]) {
      const answer = await room.list("cases", query as never);
      expect([answer.status, answer.body.records]).toEqual([200, []]);
    }
  });

  it("knows what it can be filtered by", async () => {
    const answer = await focal.get("/admin/api/resources/cases/actions/choices");
    expect(answer.body.view).toHaveLength(1);
    expect(answer.body.view[0].entities.map(({ code }: { code: string }) => code)).toEqual(["CSPD"]);
  });
});

describe("a case", () => {
  it("is not there for another entity's focal point or whoever reads no cases", async () => {
    const agent = await app.signIn("steering_committee");
    for (const who of [stranger, agent])
      for (const action of ["show", "page", "why", "timeline?part=conversation&before=99"]) {
        const answer = await who.get(record(reference, action));
        expect([action, answer.status, answer.body.problem.code]).toEqual([action, 404, "not-found"]);
      }
    for (const asked of ["part=all&before=9", "part=readings&before=x", "before=9", "part=readings"]) {
      const answer = await focal.get(record(reference, `timeline?${asked}`));
      expect([asked, answer.status]).toEqual([asked, 422]);
    }
    for (const action of ["perform", "unmask"]) {
      const answer = await stranger.act("cases", reference, action, { action: "take", expectedSeq: 1 });
      expect(answer.status).toBe(404);
    }
    // In the same words as of a case that does not exist: nothing tells the two apart.
    for (const action of ["perform", "draft", "preview", "fill", "presence"]) {
      const sent = {
        action: "note",
        fields: {},
        expectedSeq: 1,
        tab: "a-window-1",
        counter: 1,
        based: 0,
        template: "x",
      };
      const theirs = await stranger.act("cases", reference, action, sent);
      const nobodys = await stranger.act("cases", "999-999-9999", action, sent);
      const told = ({ body }: typeof theirs) => ({ ...body.problem, request: null });
      expect([action, theirs.status, told(theirs)]).toEqual([action, 404, told(nobodys)]);
    }
    // What they asked for themselves is a list too.
    for (const orders of ["received", "asked"]) {
      const { status, body } = await agent.list("cases", { "filters.orders": orders });
      expect([status, body.records]).toEqual([200, []]);
    }
    expect((await app.visitor().list("cases")).status).toBe(401);
    expect((await focal.get(record("nonsense", "page"))).status).toBe(404);
  });

  it("shows the applicant masked, and whole by a POST that is on record", async () => {
    const view = await pageOf(focal);
    expect(JSON.stringify(view)).not.toMatch(/Haddad|rana@/);
    expect((await focal.get(record(reference, "unmask"))).status).toBe(405);
    const shown = await focal.act("cases", reference, "unmask");
    expect(shown.body.view).toMatchObject({ masked: false, applicant: { name: "Rana Haddad" } });
    expect((await app.office.events(reference)).at(-1)?.type).toBe("personal.read");
    const auditor = await app.signIn("auditor");
    expect((await auditor.act("cases", reference, "unmask")).status).toBeGreaterThanOrEqual(403);
    expect((await app.office.events(reference)).filter(({ type }) => type === "personal.read")).toHaveLength(1);
  });

  it("explains itself in both languages", async () => {
    const { body } = await focal.get(record(reference, "why"));
    expect(body.view.en.map(({ title }: { title: string }) => title)).toContain("Why this entity");
    expect(body.view.ar[3].title).toBe("لماذا هذا الموعد");
  });

  it("is acted on, and refuses with the place of the fault", async () => {
    const { expectedSeq } = await pageOf(focal);
    const act = (action: unknown, fields?: unknown, seq: unknown = expectedSeq) =>
      focal.act("cases", reference, "perform", { action, fields, expectedSeq: seq });
    const faults = async (answer: Promise<{ status: number; body: { problem: { faults: { field: string }[] } } }>) => {
      const { status, body } = await answer;
      return [status, body.problem.faults.map(({ field }) => field)];
    };
    expect(await faults(act("answer", {}))).toEqual([422, ["/fields/answer"]]);
    expect(await faults(act("fly"))).toEqual([422, ["/action"]]);
    expect(await faults(act("constructor"))).toEqual([422, ["/action"]]);
    expect(await faults(act(7))).toEqual([422, ["/action"]]);
    expect(await faults(act("take", []))).toEqual([422, ["/fields"]]);
    expect(await faults(act("take", {}, "1"))).toEqual([422, ["/expectedSeq"]]);
    expect(await faults(act("take", {}, null))).toEqual([422, ["/expectedSeq"]]);
    expect((await act("approve")).status).toBe(403);
    expect((await act("take_appeal")).body.problem.code).toBe("action-refused");
    const done = await act("take", {});
    expect(done.status).toBe(200);
    expect(done.body.view.state).toBe("in_progress");
    const moved = await act("note", { note: "late" });
    expect(moved.status).toBe(409);
    expect(moved.body.problem.detail.en).toContain("Took the case.");
    expect(moved.body.problem.detail.ar).toContain("تولّي الطلب.");
  });

  it("leaves with the entity that it is transferred to", async () => {
    const { expectedSeq } = await pageOf(focal);
    const answer = await focal.act("cases", reference, "perform", {
      action: "transfer",
      fields: { entity: "PSD", reason: "Theirs" },
      expectedSeq,
    });
    expect(answer.status).toBe(200);
    expect(answer.body.record.gone).toBe(true);
    expect((await focal.get(record(reference, "page"))).status).toBe(404);
  });
});

describe("what officials do among themselves", () => {
  it("goes through the same door, and reaches nobody and nothing beyond the official", async () => {
    const { office } = app;
    const [one, another] = [await office.receive(), await office.receive()];
    const theirs = await office.receive({ entity: "MOH", sector: "HEALTH" });
    const userId = (role: "focal_point" | "operation_room", place: string | null, n = 0) =>
      office.official(role, place, n).userId;
    const act = async (who: SignedIn, action: string, fields: Record<string, unknown>, of = one.reference) => {
      const { last_seq: expectedSeq } = await office.caseRow(of);
      return who.act("cases", of, "perform", { action, fields, expectedSeq });
    };
    const second = { subject: "The fee", description: "Twice.", reason: "Two matters." };
    for (const [action, fields] of [
      ["note", { note: "x", mentions: [userId("focal_point", "CSPD", 1)] }],
      ["give", { colleague: userId("focal_point", "CSPD", 1) }],
      ["split", second],
      ["merge", { others: [another.reference] }],
      ["remind", {}],
    ] as const) {
      expect([action, (await act(stranger, action, fields)).status]).toEqual([action, 404]);
      expect([action, (await app.visitor().post(record(one.reference, "perform"), { action, fields })).status]).toEqual(
        [action, 401],
      );
    }
    const at = async (answer: ReturnType<typeof act>) => {
      const { status, body } = await answer;
      return [status, body.problem?.faults.map(({ field }: { field: string }) => field)];
    };
    // Forged in the body: a stranger's number, somebody else's case, several kinds of nonsense.
    const strangers = userId("focal_point", "MOH");
    expect(await at(act(focal, "give", { colleague: strangers }))).toEqual([422, ["/fields/colleague"]]);
    expect(await at(act(focal, "note", { note: "x", mentions: [strangers, {}, null] }))).toEqual([
      422,
      ["/fields/mentions", "/fields/mentions", "/fields/mentions"],
    ]);
    expect(await at(act(focal, "merge", { others: [another.reference, theirs.reference] }))).toEqual([
      422,
      ["/fields/others"],
    ]);
    expect(await at(act(focal, "merge", { others: [[another.reference]] }))).toEqual([422, ["/fields/others"]]);
    expect(await at(act(focal, "split", { ...second, splitFrom: theirs.reference }))).toEqual([
      422,
      ["/fields/splitFrom"],
    ]);
    expect((await act(focal, "remind", {})).status).toBe(403);
    expect((await office.caseRow(another.reference)).state).toBe("assigned");

    const split = await act(focal, "split", { ...second, entity: "MOH" });
    expect(split.status).toBe(200);
    const opened = split.body.view.opened.reference;
    expect((await focal.get(record(opened, "page"))).status).toBe(404);
    expect((await stranger.get(record(opened, "page"))).status).toBe(200);
    expect((await act(focal, "merge", { others: [another.reference] })).status).toBe(200);
    expect((await act(room, "remind", {})).status).toBe(200);
    expect((await act(focal, "give", { colleague: String(userId("focal_point", "CSPD", 1)) })).status).toBe(200);
  });
});

describe("what comes next on a list", () => {
  it("is the first case that waits for the asker: not for the applicant, a review or a colleague", async () => {
    const { receive, act, official } = app.office;
    const made = async (subject: string) => (await receive({ subject })).reference;
    const [asked, taken, free, mine] = [
      await made("Asked"),
      await made("Taken"),
      await made("Free"),
      await made("Mine"),
    ];
    await act(asked, focal.person, "ask", { question: "When?" }, later);
    await act(taken, official("focal_point", "CSPD", 1), "take", {}, later);
    await act(mine, focal.person, "take", {}, later);
    const next = async (who: SignedIn, references: unknown, action: unknown = "answer") => {
      const { status, body } = await who.act("cases", null, "next", { references, action });
      return status === 200
        ? body.view.next
        : [status, ...body.problem.faults.map((one: { field: string }) => one.field)];
    };
    expect(await next(focal, [asked, taken, free, mine])).toEqual({ reference: free, subject: "Free" });
    expect(await next(focal, [asked, taken, mine, free], "note")).toEqual({ reference: mine, subject: "Mine" });
    expect(await next(focal, [asked, taken], "note")).toBeNull();
    // Others answer; who reminds goes on where that is possible.
    expect(await next(room, [asked, taken, free])).toBeNull();
    expect(await next(room, [asked, taken, free], "remind")).toEqual({ reference: taken, subject: "Taken" });
    expect(await next(stranger, [asked, taken, free, mine])).toBeNull();
    expect(await next(focal, "all")).toEqual([422, "/references"]);
    expect(await next(focal, [7])).toEqual([422, "/references"]);
    expect(await next(focal, Array(100).fill(free))).toEqual([422, "/references"]);
    expect(await next(focal, [free], 7)).toEqual([422, "/action"]);
  });
});
