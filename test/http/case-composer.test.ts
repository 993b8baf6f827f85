/** Drafts, letters to look at and keys of acts through the door of the back office: whose they are not, they are not there. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let colleague: SignedIn;
let stranger: SignedIn;
let reference: string;
let secret: string;

beforeAll(async () => {
  app = await openAdminApp({ now: sundayNine });
  ({ reference } = await app.office.receive());
  ({ reference: secret } = await app.office.receive({ type: "report", entity: "CSPD" }));
  focal = await app.signIn("focal_point", "CSPD");
  colleague = await app.signIn("operation_room");
  stranger = await app.signIn("focal_point", "MOH");
}, 90_000);
afterAll(() => app.close());

const record = (action: string, id = reference) => `/admin/api/resources/cases/records/${id}/${action}`;
const kept = { action: "note", fields: { note: "Half a sentence" }, tab: "window-one", counter: 1, based: 0 };
const textsOf = async (who: SignedIn) => {
  const answer = await who.get(record("drafts"));
  return [answer.status, answer.body.view?.drafts.map(({ fields }: { fields: { note: string } }) => fields.note)];
};

describe("a draft", () => {
  it("is its author's alone, also where others read the case", async () => {
    expect((await focal.act("cases", reference, "draft", kept)).body.view).toEqual({ kept: true, version: 1 });
    expect(await textsOf(focal)).toEqual([200, ["Half a sentence"]]);
    expect(await textsOf(colleague)).toEqual([200, []]);
    expect((await stranger.get(record("drafts"))).status).toBe(404);
    expect((await stranger.act("cases", reference, "draft", kept)).status).toBe(404);
    expect((await app.visitor().get(record("drafts"))).status).toBe(401);
    expect((await app.visitor().post(record("draft"), kept)).status).toBe(401);
  });

  it("of a confidential case is not even asked for by others, nor by a number that nobody has", async () => {
    for (const who of [colleague, stranger]) {
      expect((await who.get(record("drafts", secret))).status).toBe(404);
      expect((await who.act("cases", secret, "draft", kept)).status).toBe(404);
    }
    expect((await focal.get(record("drafts", "999-999-9999"))).status).toBe(404);
  });

  it("cannot be written in another's name, by a forged user or reference in the body", async () => {
    const forged = {
      ...kept,
      userId: focal.person.userId,
      user_id: focal.person.userId,
      reference: secret,
      counter: 2,
    };
    expect((await colleague.act("cases", reference, "draft", { ...forged, fields: { note: "Forged" } })).status).toBe(
      200,
    );
    expect(await textsOf(focal)).toEqual([200, ["Half a sentence"]]);
    expect(await textsOf(colleague)).toEqual([200, ["Forged"]]);
    expect((await focal.get(record("drafts", secret))).body.view.drafts).toEqual([]);
  });

  it("is written by POST of our own pages only, and refused with the place of the fault", async () => {
    expect((await focal.get(record("draft"))).status).toBe(405);
    expect((await focal.agent.post(record("draft")).set("content-type", "application/json").send(kept)).status).toBe(
      403,
    );
    const faults = async (change: object) => {
      const { status, body } = await focal.act("cases", reference, "draft", { ...kept, counter: 9, ...change });
      return [status, body.problem.faults.map(({ field }: { field: string }) => field)];
    };
    expect(await faults({ action: 7 })).toEqual([422, ["/action"]]);
    expect(await faults({ action: "constructor" })).toEqual([422, ["/action"]]);
    expect(await faults({ fields: "x" })).toEqual([422, ["/fields"]]);
    expect(await faults({ fields: { note: 7 } })).toEqual([422, ["/fields"]]);
    expect(await faults({ fields: { other: "x" } })).toEqual([422, ["/fields"]]);
    expect(await faults({ tab: "" })).toEqual([422, ["/tab"]]);
    expect(await faults({ counter: -1 })).toEqual([422, ["/counter"]]);
    expect(await faults({ based: 2 ** 40 })).toEqual([422, ["/based"]]);
  });

  it("is gone with the act that sends it, and not there any more for whoever lost the case", async () => {
    const { reference: other } = await app.office.receive();
    await focal.act("cases", other, "draft", kept);
    const { expectedSeq } = (await focal.get(record("page", other))).body.view;
    const act = { action: "transfer", fields: { entity: "PSD", reason: "Theirs" }, expectedSeq };
    expect((await focal.act("cases", other, "perform", act)).status).toBe(200);
    expect((await focal.get(record("drafts", other))).status).toBe(404);
    const police = await app.signIn("focal_point", "PSD");
    expect((await police.get(record("drafts", other))).body.view.drafts).toEqual([]);
  });
});

describe("a letter to look at", () => {
  const act = { action: "answer", fields: { answer: "It opens at eight." } };
  it("is for whoever could send it", async () => {
    const shown = await focal.act("cases", reference, "preview", act);
    expect(shown.status).toBe(200);
    expect(shown.body.view.text).toContain("It opens at eight.");
    expect(shown.text).not.toMatch(/Haddad|rana@/);
    expect((await stranger.act("cases", reference, "preview", act)).status).toBe(404);
    expect((await colleague.act("cases", reference, "preview", act)).status).toBe(403);
    expect((await colleague.act("cases", secret, "preview", act)).status).toBe(404);
    expect((await focal.get(record("preview"))).status).toBe(405);
    const faulty = await focal.act("cases", reference, "preview", { ...act, fields: {} });
    expect([faulty.status, faulty.body.problem.faults[0].field]).toEqual([422, "/fields/answer"]);
  });
});

describe("the case after an act", () => {
  const show = true;
  const noted = async (who: SignedIn, id: string, more: object = {}) => {
    const { expectedSeq } = (await who.get(record("page", id))).body.view;
    const act = { action: "note", fields: { note: "They called back" }, expectedSeq, ...more };
    return who.act("cases", id, "perform", act);
  };

  it("comes with the act's answer where it is asked for, as the page and the drafts are to whoever acted", async () => {
    const { reference: own } = await app.office.receive();
    await focal.act("cases", own, "draft", kept);
    await focal.act("cases", own, "draft", { ...kept, action: "answer", fields: { answer: "It opens at" } });
    const acted = await noted(focal, own, { show, actKey: "shown-after-it" });
    expect(acted.status).toBe(200);
    const { shown } = acted.body.view;
    expect(shown.page).toEqual((await focal.get(record("page", own))).body.view);
    expect(shown.page.timeline.map(({ text }: { text: string }) => JSON.stringify(text)).join()).toContain(
      "They called back",
    );
    expect(shown.drafts).toEqual((await focal.get(record("drafts", own))).body.view.drafts);
    expect(shown.drafts.map(({ action }: { action: string }) => action)).toEqual(["answer"]);
    // A colleague's answer has none of what somebody else is writing.
    expect((await noted(colleague, own, { show })).body.view.shown.drafts).toEqual([]);
    expect((await noted(focal, own)).body.view).not.toHaveProperty("shown");
  });

  it("is not told to whoever lost it by the act, nor to a stranger", async () => {
    const { reference: other } = await app.office.receive();
    const { expectedSeq } = (await focal.get(record("page", other))).body.view;
    const act = { action: "transfer", fields: { entity: "PSD", reason: "Theirs" }, expectedSeq, show };
    for (const id of [other, secret]) {
      const refused = await stranger.act("cases", id, "perform", act);
      expect([refused.status, refused.body.view]).toEqual([404, undefined]);
    }
    const left = await focal.act("cases", other, "perform", act);
    expect([left.status, left.body.record.gone, left.body.view.shown]).toEqual([200, true, null]);
    const odd = await focal.act("cases", reference, "perform", { ...act, show: "yes" });
    expect([odd.status, odd.body.problem.faults[0].field]).toEqual([422, "/show"]);
  });
});

describe("the key of an act", () => {
  it("makes it done once, and tells its own author alone that it was", async () => {
    const { expectedSeq } = (await focal.get(record("page"))).body.view;
    const act = { action: "note", fields: { note: "Once" }, expectedSeq, actKey: "0123456789abcdef" };
    const first = await focal.act("cases", reference, "perform", act);
    const second = await focal.act("cases", reference, "perform", act);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.view).toEqual(first.body.view);
    const notes = (await app.office.events(reference)).filter(({ type }) => type === "case.noted");
    expect(notes).toHaveLength(1);
    const asked = (who: SignedIn, key: string) => who.get(`/admin/api/resources/cases/actions/performed?key=${key}`);
    expect((await asked(focal, act.actKey)).body.view.act).toMatchObject({ reference, action: "note" });
    expect((await asked(focal, "another-key-of-mine")).body.view.act).toBeNull();
    expect((await asked(colleague, act.actKey)).body.view.act).toBeNull();
    expect((await asked(focal, "x")).status).toBe(422);
    expect((await app.visitor().get("/admin/api/resources/cases/actions/performed?key=0123456789abcdef")).status).toBe(
      401,
    );
    const other = await focal.act("cases", reference, "perform", { ...act, action: "take", fields: {} });
    expect([other.status, other.body.problem.code]).toEqual([409, "idempotency-conflict"]);
    const odd = await focal.act("cases", reference, "perform", { ...act, actKey: "a b" });
    expect([odd.status, odd.body.problem.faults[0].field]).toEqual([422, "/actKey"]);
  });
});

describe("what was sent after the case had moved on", () => {
  it("says whether the reader did it in another window, or somebody else did", async () => {
    const { reference: id } = await app.office.receive();
    const { expectedSeq } = (await focal.get(record("page", id))).body.view;
    const act = { action: "note", fields: { note: "Called them" }, expectedSeq };
    expect((await focal.act("cases", id, "perform", act)).status).toBe(200);
    const own = (await focal.act("cases", id, "perform", act)).body.problem;
    expect([own.code, own.title.en]).toEqual(["conflict", "This changed while you were working on it"]);
    expect(own.detail.en).toContain("You, in another window");
    const theirs = (await colleague.act("cases", id, "perform", act)).body.problem;
    expect(theirs.code).toBe("conflict");
    expect(theirs.detail.en).not.toContain("You, in");
    const timeline = async (who: SignedIn) =>
      (await who.get(record("page", id))).body.view.timeline as { own?: true }[];
    expect((await timeline(focal)).filter(({ own }) => own)).toHaveLength(1);
    expect((await timeline(colleague)).filter(({ own }) => own)).toHaveLength(0);
  });
});
