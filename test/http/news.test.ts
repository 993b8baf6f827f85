/** News at the back office's door: the list, its number, marking, what is said of a case that was opened; and strangers. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { NewsView } from "../../src/engine/lifecycle/views/news-view.js";
import { type AdminApp, openAdminApp, type SignedIn, type Visitor } from "../support/admin-app.js";
import { openStream, until } from "../support/live-stream.js";
import { sundayNine } from "../support/working-office.js";

const later = (minutes: number) => new Date(sundayNine.getTime() + minutes * 60_000);

let app: AdminApp;
let owner: SignedIn;
let colleague: SignedIn;
let stranger: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  owner = await app.signIn("focal_point", "CSPD");
  colleague = await app.signIn("focal_point", "CSPD", 1);
  stranger = await app.signIn("focal_point", "MOF");
});
afterAll(() => app?.close());

async function replied(reply = "The hall in Zarqa"): Promise<{ reference: string; code: string }> {
  const sent = await app.office.receive();
  await app.office.act(sent.reference, owner.person, "take", {}, later(1));
  await app.office.applicantActs(sent, "add_information", { reply }, later(2));
  return sent;
}
const newsOf = async (visitor: Visitor, query = {}): Promise<NewsView> => {
  const answer = await visitor.page("news", query);
  expect(answer.status).toBe(200);
  return answer.body;
};
const has = async (visitor: Visitor, reference: string): Promise<boolean> =>
  (await newsOf(visitor)).rows.some((one) => one.reference === reference);
const seqOf = async (visitor: Visitor, reference: string) =>
  (await visitor.get(`/admin/api/resources/cases/records/${reference}/page`)).body.view as {
    expectedSeq: number;
    newFrom: number | null;
  };

describe("the list of news", () => {
  it("has what came in, and on the home as well", async () => {
    const { reference } = await replied();
    expect((await newsOf(owner)).rows).toContainEqual(
      expect.objectContaining({ reference, kinds: ["added"], words: "The hall in Zarqa", whose: "mine" }),
    );
    const home = (await owner.page("home")).body as { news: NewsView };
    expect(home.news.rows.map((one) => one.reference)).toContain(reference);
    expect(home.news.count).toBe((await newsOf(owner, { rows: 0 })).count);
  });

  it("its number costs no rows", async () => {
    const view = await newsOf(owner, { rows: 0 });
    expect([view.rows, view.count > 0]).toEqual([[], true]);
  });

  it("says what is wrong with a page or a number of rows", async () => {
    for (const query of ["page=0", "page=x", "page=401", "rows=101", "rows=-1", "page=1.5"]) {
      const answer = await owner.get(`/admin/api/pages/news?${query}`);
      expect([query, answer.status, answer.body.problem?.code]).toEqual([query, 400, "malformed-request"]);
    }
    expect((await owner.page("news", { page: 400 })).body.rows).toEqual([]);
  });
});

describe("opening a case", () => {
  it("takes its news away up to what was on the screen, for the person who has it alone", async () => {
    const { reference } = await replied();
    const { expectedSeq, newFrom } = await seqOf(owner, reference);
    expect(newFrom).toBe(expectedSeq);
    // Reading the page changed nothing: what was on a screen is said by its window.
    expect(await has(owner, reference)).toBe(true);
    expect((await colleague.act("cases", reference, "presence", { seen: expectedSeq })).body.view.news).toBe(false);
    expect(await has(owner, reference)).toBe(true);
    const beat = await owner.act("cases", reference, "presence", { writing: false, seen: expectedSeq });
    expect(beat.body.view).toEqual({ others: [expect.anything()], news: true });
    expect(await has(owner, reference)).toBe(false);
    expect((await seqOf(owner, reference)).newFrom).toBeNull();
  });

  it("a sign of life without what was seen takes nothing away, nor one with nonsense", async () => {
    const { reference } = await replied();
    expect((await owner.act("cases", reference, "presence", { writing: true })).body.view.news).toBe(false);
    for (const seen of ["5", -1, 1.5, null, 2 ** 31, [9]]) {
      const answer = await owner.act("cases", reference, "presence", { seen });
      expect([seen, answer.status, answer.body.problem?.faults?.[0]?.field]).toEqual([seen, 422, "/seen"]);
    }
    expect(await has(owner, reference)).toBe(true);
  });

  it("can be taken back", async () => {
    const { reference } = await replied();
    const { expectedSeq } = await seqOf(owner, reference);
    await owner.act("cases", reference, "presence", { seen: expectedSeq });
    expect((await owner.send("news", "unseen", { reference })).body).toEqual({ unseen: true });
    expect(await has(owner, reference)).toBe(true);
  });
});

describe("a list that was seen as a whole", () => {
  const shownTo = async (visitor: Visitor) =>
    (await newsOf(visitor, { rows: 100 })).rows.map(({ reference, seq }) => ({ reference, seq }));

  it("goes up to what was shown, and can be taken back", async () => {
    const [first, second] = [await replied(), await replied()];
    const rows = await shownTo(owner);
    await app.office.applicantActs(second, "add_information", { reply: "And more" }, later(3));
    const { marks } = (await owner.send("news", "seen", { rows })).body;
    expect(marks).toContainEqual({ reference: first.reference, named: false, was: 0 });
    expect([await has(owner, first.reference), await has(owner, second.reference)]).toEqual([false, true]);
    expect((await owner.send("news", "takeBack", { marks })).body).toEqual({ takenBack: marks.length });
    expect([await has(owner, first.reference), await has(owner, second.reference)]).toEqual([true, true]);
    // What was seen before it is not news again.
    expect((await owner.send("news", "takeBack", { marks })).body).toEqual({ takenBack: 0 });
  });

  it("says which event it begins with", async () => {
    const sent = await replied();
    await app.office.applicantActs(sent, "add_information", { reply: "And more" }, later(3));
    const row = (await newsOf(owner)).rows.find(({ reference }) => reference === sent.reference);
    expect(row?.firstSeq).toBe((await seqOf(owner, sent.reference)).newFrom);
    expect(row?.firstSeq).toBeLessThan(row?.seq ?? 0);
  });

  it("is nobody else's to mark or to take back", async () => {
    const { reference } = await replied();
    const rows = await shownTo(owner);
    for (const visitor of [colleague, stranger, await app.signIn("auditor")]) {
      expect((await visitor.send("news", "seen", { rows })).body).toEqual({ marks: [] });
    }
    expect(await has(owner, reference)).toBe(true);
    const { marks } = (await owner.send("news", "seen", { rows })).body;
    for (const visitor of [colleague, stranger]) {
      expect((await visitor.send("news", "takeBack", { marks })).body).toEqual({ takenBack: 0 });
    }
    expect(await has(owner, reference)).toBe(false);
    expect((await app.visitor().send("news", "seen", { rows })).status).toBe(401);
  });

  it("says what is wrong with what was sent", async () => {
    const { reference } = await replied();
    const wrong = [
      undefined,
      [],
      "all",
      [{ reference }],
      [{ reference, seq: -1 }],
      [{ reference: "1", seq: 2 }],
      [null],
    ];
    for (const rows of [...wrong, Array.from({ length: 101 }, () => ({ reference, seq: 9 }))]) {
      const answer = await owner.send("news", "seen", { rows });
      expect([answer.status, answer.body.problem?.faults?.[0]?.field]).toEqual([422, "/rows"]);
    }
    expect((await owner.send("news", "takeBack", { marks: [{ reference, named: 1, was: 0 }] })).status).toBe(422);
    expect(await has(owner, reference)).toBe(true);
  });
});

describe("strangers", () => {
  it("see no news of others, and learn nothing by asking", async () => {
    const { reference } = await replied("A secret word");
    for (const visitor of [colleague, stranger, await app.signIn("auditor"), await app.signIn("operation_room")]) {
      const view = await newsOf(visitor);
      expect(JSON.stringify(view)).not.toMatch(new RegExp(`${reference}|secret`));
    }
    for (const body of [{ reference }, { reference: "482-739-1652" }, {}, { reference: 7 }]) {
      expect((await stranger.send("news", "unseen", body)).status).toBe(404);
    }
    expect((await stranger.act("cases", reference, "presence", { seen: 99 })).status).toBe(404);
    expect(await has(owner, reference)).toBe(true);
  });

  it("without a session it is refused; who holds a seat and no case has an empty one", async () => {
    expect((await app.visitor().page("news")).status).toBe(401);
    expect(await newsOf(await app.signIn("contact_centre_agent"))).toMatchObject({ rows: [], count: 0 });
    expect((await owner.page("news", { user: 3 })).status).toBe(400);
  });
});

describe("the stream of what changes", () => {
  it("says of which case there is news, to whom it is", async () => {
    const sent = await app.office.receive();
    await app.office.act(sent.reference, owner.person, "take", {}, later(1));
    const [mine, theirs] = [await openStream(app, owner), await openStream(app, colleague)];
    try {
      await app.office.applicantActs(sent, "add_information", { reply: "More" }, later(2));
      const told = { reference: sent.reference, opened: false };
      expect(await until(() => mine.news.length > 0 && theirs.news.length > 0, 4000)).toBe(true);
      expect(mine.news.flatMap(({ cases }) => cases)).toEqual([{ ...told, news: true }]);
      expect(theirs.news.flatMap(({ cases }) => cases)).toEqual([told]);
    } finally {
      mine.close();
      theirs.close();
    }
  });
});
