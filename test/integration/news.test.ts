/** News of a case reaches the person who has it, goes with it, and is gone for those who opened it, whatever happens meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { NewsRow } from "../../src/engine/lifecycle/views/news-view.js";
import { copyCase } from "../support/many-cases.js";
import { openWorkingOffice, type Person, sundayNine, type WorkingOffice } from "../support/working-office.js";

const later = (minutes: number) => new Date(sundayNine.getTime() + minutes * 60_000);

let office: WorkingOffice;
let [first, second, manager, room, stranger]: Person[] = [];
beforeAll(async () => {
  office = await openWorkingOffice();
  first = office.official("focal_point", "CSPD");
  second = office.official("focal_point", "CSPD", 1);
  manager = office.official("entity_manager", "CSPD");
  room = office.official("operation_room");
  stranger = office.official("focal_point", "MOF");
});
afterAll(() => office.close());

type Sent = { readonly reference: string; readonly code: string };
const read = (actor: Person | undefined, page = 1, rows = 50) =>
  office.services.news.read({ actor: actor as Person, now: later(60), page, rows });
async function row(actor: Person | undefined, { reference }: { reference: string }): Promise<NewsRow | undefined> {
  return (await read(actor)).rows.find((one) => one.reference === reference);
}
const whose = async (sent: Sent, ...people: (Person | undefined)[]): Promise<boolean[]> => {
  const found = [];
  for (const one of people) found.push((await row(one, sent)) !== undefined);
  return found;
};
const caseOf = async ({ reference }: Sent) => {
  const { id, last_seq: seq } = await office.caseRow(reference);
  return { caseId: Number(id), seq: seq as number };
};
async function opens(actor: Person | undefined, sent: Sent, upTo?: number): Promise<boolean> {
  const { caseId, seq } = await caseOf(sent);
  return office.services.news.seen({ caseId, userId: (actor as Person).userId, upTo: upTo ?? seq });
}
const act = (sent: Sent, actor: Person | undefined, action: string, fields = {}, at = later(2)) =>
  office.act(sent.reference, actor as Person, action, fields, at);
const adds = (sent: Sent, reply: string, at = later(5)) => office.applicantActs(sent, "add_information", { reply }, at);
async function taken(more = {}): Promise<Sent> {
  const sent = await office.receive(more);
  await act(sent, first, "take", {}, later(1));
  return sent;
}

describe("a case that somebody has", () => {
  it("its applicant's reply is news to them, with its first words, and to nobody else", async () => {
    const sent = await taken();
    await act(sent, first, "ask", { question: "Which hall?" });
    expect(await row(first, sent)).toBeUndefined();
    await office.applicantActs(sent, "reply", { reply: "The hall in Zarqa" }, later(9));
    expect(await row(first, sent)).toEqual({
      reference: sent.reference,
      confidential: false,
      subject: "The hall was closed",
      kinds: ["replied"],
      at: later(9),
      words: "The hall in Zarqa",
      by: null,
      whose: "mine",
      seq: expect.any(Number),
      firstSeq: expect.any(Number),
      mayAskCall: false,
      taken: true,
      reminder: null,
      seen: false,
    });
    expect(await whose(sent, second, manager, room, stranger)).toEqual([false, false, false, false]);
  });

  it("several pieces are one row, the newest first; being listed leaves them, opening the case takes them away", async () => {
    const sent = await taken();
    const { count } = await read(first);
    await adds(sent, "One", later(5));
    await office.services.cases.perform({
      ...{ reference: sent.reference, actor: manager as Person, now: later(6) },
      ...{ action: "remind", fields: { note: "Please hurry" } },
    });
    expect(await row(first, sent)).toMatchObject({
      kinds: ["reminded", "added"],
      words: "Please hurry",
      by: (manager as Person).name,
    });
    expect((await read(first)).count).toBe(count + 1);
    expect(await opens(first, sent)).toBe(true);
    // What someone above asks for stays, until something is done.
    expect(await row(first, sent)).toMatchObject({ kinds: ["reminded"], seen: true });
    await act(sent, first, "contact", { note: "We called." }, later(7));
    expect(await row(first, sent)).toBeUndefined();
    expect((await read(first)).count).toBe(count);
    expect(await opens(first, sent)).toBe(false);
  });

  it("a reminder from above comes first, seen or not, to those who are asked alone, and is on their desk and in their lists", async () => {
    const sent = await taken();
    const minister = office.official("minister", "MOI");
    await act(sent, minister, "remind", { note: "Today, please" }, later(5));
    const newer = await taken();
    await adds(newer, "Newer", later(6));
    const newest = async () =>
      (await office.services.news.read({ actor: first as Person, now: later(60), page: 1, rows: 9 })).rows[0];
    await opens(first, sent);
    expect(await newest()).toMatchObject({
      ...{ reference: sent.reference, kinds: ["reminded"], words: "Today, please", by: minister.name, at: later(5) },
      ...{ reminder: { as: { en: "Minister" } }, seen: true },
    });
    expect(
      (await office.services.news.read({ actor: first as Person, now: later(60), page: 1, rows: 0 })).reminded,
    ).toBeGreaterThan(0);
    expect(await whose(sent, manager, minister, stranger)).toEqual([false, false, false]);
    // Those who were asked and do not have it: of its other news they get none.
    await adds(sent, "To the one who has it", later(6));
    expect(await row(second, sent)).toMatchObject({
      ...{ kinds: ["reminded"], words: "Today, please", whose: "shared", taken: true, seen: true },
      firstSeq: expect.any(Number),
    });
    expect((await read(second)).rows[0]?.reminder).not.toBeNull();
    await opens(first, sent);
    const now = later(7);
    const deskOf = async (actor: Person) => {
      const [desk] = (await office.services.home({ actor, now })).desks;
      return desk?.kind === "focal" ? desk : null;
    };
    const [group, ...others] = (await deskOf(first as Person))?.groups ?? [];
    expect(group?.group).toBe("reminded");
    expect(group?.cases.find(({ reference }) => reference === sent.reference)?.reminder).toMatchObject({
      ...{ as: { en: "Minister" }, by: minister.name, at: later(5) },
    });
    expect(others.flatMap(({ cases }) => cases.map(({ reference }) => reference))).not.toContain(sent.reference);
    // The figures count it as before, and each list is that of its number.
    const desk = await deskOf(first as Person);
    const found = (filters: object) =>
      office.services.cases.search({ actor: first as Person, filters, offset: 0, limit: 99, now });
    expect((await found({ desk: "reminded" })).total).toBe(group?.count);
    for (const { group: name, count } of others) {
      expect([name, (await found({ desk: name, reminded: false })).total]).toEqual([name, count]);
    }
    expect((await found({ desk: "overdue" })).total).toBe(desk?.late);
    const [line] = (await found({ desk: "reminded" })).rows.filter(({ reference }) => reference === sent.reference);
    expect(line?.reminder).toMatchObject({ by: minister.name });
    const { head } = await office.services.cases.page({ reference: sent.reference, actor: minister, now });
    expect(head.reminder).toBeNull();
    await act(sent, first, "contact", { note: "We called." }, later(8));
    expect(await whose(sent, first, second)).toEqual([false, false]);
    expect((await newest())?.reference).not.toBe(sent.reference);
  });

  it("a colleague who opens it takes nothing away", async () => {
    const sent = await taken();
    await adds(sent, "One");
    expect(await opens(second, sent)).toBe(false);
    expect(await opens(stranger, sent)).toBe(false);
    expect(await whose(sent, first, second)).toEqual([true, false]);
  });

  it("an old window that says what it saw leaves what came later", async () => {
    const sent = await taken();
    await adds(sent, "One", later(5));
    const old = (await caseOf(sent)).seq;
    await adds(sent, "Two", later(6));
    expect(await opens(first, sent, old)).toBe(true);
    expect(await row(first, sent)).toMatchObject({ kinds: ["added"], words: "Two" });
    expect(await opens(first, sent)).toBe(true);
    // The old window again: what was seen stays seen, and is not set back.
    expect(await opens(first, sent, old)).toBe(false);
    expect(await row(first, sent)).toBeUndefined();
  });

  it("who says that they saw what has not happened yet misses nothing of it", async () => {
    const sent = await taken();
    await adds(sent, "One", later(5));
    await opens(first, sent, 2_000_000_000);
    await adds(sent, "Two", later(6));
    expect(await row(first, sent)).toMatchObject({ words: "Two", kinds: ["added"] });
  });

  it("can be marked as not read, by oneself and for oneself", async () => {
    const sent = await taken();
    await adds(sent, "One", later(5));
    await adds(sent, "Two", later(6));
    await opens(first, sent);
    const { caseId } = await caseOf(sent);
    expect(await office.services.news.unseen({ caseId, userId: (second as Person).userId })).toBe(false);
    expect(await row(first, sent)).toBeUndefined();
    expect(await office.services.news.unseen({ caseId, userId: (first as Person).userId })).toBe(true);
    expect(await row(first, sent)).toMatchObject({ words: "Two", kinds: ["added"] });
  });

  it("marked as not read, what they had not seen before it stays news", async () => {
    const sent = await taken();
    await adds(sent, "One", later(5));
    await act(sent, manager, "remind", { note: "Please hurry" }, later(6));
    const { caseId } = await caseOf(sent);
    await office.services.news.unseen({ caseId, userId: (first as Person).userId });
    expect(await row(first, sent)).toMatchObject({ kinds: ["reminded", "added"] });
  });

  it("an appeal against them stays news to all of the place, whatever comes after it, until another takes the case", async () => {
    const sent = await taken();
    await act(sent, first, "answer", { answer: "We have opened the hall again for everybody." }, later(3));
    await office.applicantActs(sent, "rate", { rating: 1, comment: "Still shut" }, later(5));
    expect(await whose(sent, first, second, manager)).toEqual([true, true, true]);
    await adds(sent, "More", later(6));
    expect(await row(second, sent)).toMatchObject({ kinds: ["added", "appealed"], whose: "shared" });
    await act(sent, manager, "remind", { note: "Who takes it?" }, later(7));
    expect(await row(manager, sent)).toBeUndefined();
    expect(await row(second, sent)).toMatchObject({ kinds: ["reminded", "added", "appealed"] });
    await act(sent, second, "take_appeal", {}, later(8));
    expect(await whose(sent, second, manager)).toEqual([true, false]);
    // The reminder was to both of them, and waits.
    expect(await row(first, sent)).toMatchObject({ kinds: ["reminded"], seen: true });
  });

  it("an answer that quality review sent back, a low mark and a withdrawal are news", async () => {
    const sent = await taken({ importance: "critical" });
    await act(sent, first, "answer", { answer: "We have opened the hall again for everybody." }, later(3));
    expect(await office.caseRow(sent.reference)).toMatchObject({ state: "in_review" });
    await act(sent, room, "return", { reason: "Say when" }, later(4));
    expect(await row(first, sent)).toMatchObject({ kinds: ["returned"], words: "Say when", by: room?.name });
    const other = await taken();
    await office.applicantActs(other, "withdraw", { reason: "Solved" }, later(5));
    expect(await row(first, other)).toMatchObject({ kinds: ["withdrawn"] });
  });
});

describe("handed over", () => {
  it("what is unseen goes along, what was seen does not", async () => {
    const sent = await taken();
    await adds(sent, "Seen", later(5));
    await opens(first, sent);
    await adds(sent, "Unseen", later(6));
    await act(sent, first, "give", { colleague: String(second?.userId), reason: "Yours" }, later(7));
    expect(await row(first, sent)).toBeUndefined();
    expect(await row(second, sent)).toMatchObject({ kinds: ["given", "added"], whose: "mine" });
  });

  it("by a transfer it is news to all of the other entity, and of the former to nobody", async () => {
    const sent = await taken();
    await adds(sent, "One", later(5));
    await act(sent, first, "transfer", { entity: "MOF", reason: "Not ours" }, later(6));
    expect(await whose(sent, first, second)).toEqual([false, false]);
    expect(await row(stranger, sent)).toMatchObject({ kinds: ["transferred", "added"], whose: "shared" });
  });

  it("while it is being opened: whichever comes first, the next has all that was not seen", async () => {
    for (let round = 0; round < 6; round++) {
      const sent = await taken();
      await adds(sent, "One", later(5));
      const { seq } = await caseOf(sent);
      const [saw] = await Promise.all([
        opens(first, sent, seq),
        act(sent, first, "give", { colleague: String(second?.userId), reason: "Yours" }, later(7)),
      ]);
      expect(await row(first, sent)).toBeUndefined();
      expect((await row(second, sent))?.kinds).toEqual(saw ? ["given"] : ["given", "added"]);
    }
  });
});

describe("a case that nobody has taken", () => {
  it("is news to all of its place; who opened it has seen it, the others have not", async () => {
    const sent = await office.receive();
    await adds(sent, "One");
    expect(await whose(sent, first, second, manager, room, stranger)).toEqual([true, true, true, false, false]);
    expect(await row(first, sent)).toMatchObject({ whose: "shared", words: "One" });
    expect(await Promise.all([opens(first, sent), opens(first, sent)])).toEqual(expect.arrayContaining([true, false]));
    expect(await whose(sent, first, second)).toEqual([false, true]);
  });

  it("becomes the news of the person who takes it, unless they have seen it", async () => {
    const [seen, unseen] = [await office.receive(), await office.receive()];
    for (const sent of [seen, unseen]) await adds(sent, "One");
    await opens(first, seen);
    for (const sent of [seen, unseen]) await act(sent, first, "take", {}, later(7));
    expect(await whose(seen, first, second)).toEqual([false, false]);
    expect(await whose(unseen, first, second)).toEqual([true, false]);
  });

  it("in a sector's queue it is news to the main focal point", async () => {
    const main = office.official("main_focal_point", "INTERIOR");
    const sent = await office.receive({ entity: null, service: null });
    expect(await office.caseRow(sent.reference)).toMatchObject({ entity: null, sector: "INTERIOR" });
    await adds(sent, "One");
    expect(await whose(sent, main, first, stranger)).toEqual([true, false, false]);
  });
});

describe("a note that names a colleague", () => {
  it("is news to them alone, once, though they share the place", async () => {
    const sent = await office.receive();
    await act(sent, first, "note", { note: "Do you know this hall?", mentions: [String(second?.userId)] });
    expect(await whose(sent, first, second, manager)).toEqual([false, true, false]);
    await adds(sent, "One");
    const { rows, count } = await read(second);
    expect(rows.filter(({ reference }) => reference === sent.reference)).toHaveLength(1);
    expect(count).toBe(rows.length);
    expect(await row(second, sent)).toMatchObject({ kinds: ["added", "mentioned"], whose: "mine" });
    await opens(second, sent);
    expect(await row(second, sent)).toBeUndefined();
  });

  it("who lost the case from reach has no news of it any more", async () => {
    const sent = await office.receive();
    await act(sent, first, "note", { note: "See", mentions: [String(second?.userId)] });
    const gone: Person = { ...(second as Person), seats: (stranger as Person).seats };
    expect(await row(gone, sent)).toBeUndefined();
    expect((await read({ ...gone, seats: [] })).count).toBe(0);
  });
});

describe("a confidential case", () => {
  it("says its reference and what happened, and not a word of what was written", async () => {
    const sent = await office.receive({ type: "report", subject: "A quiet word", pillar: null, importance: null });
    await act(sent, first, "take", {}, later(1));
    await adds(sent, "He took money");
    const found = await row(first, sent);
    expect(found).toMatchObject({ confidential: true, subject: null, words: null, by: null, kinds: ["added"] });
    expect(await whose(sent, second, manager, room, stranger)).toEqual([false, false, false, false]);
  });

  it("that nobody took is news to its handlers alone", async () => {
    const sent = await office.receive({ type: "report", subject: "A quiet word", pillar: null, importance: null });
    await adds(sent, "He took money");
    expect(await whose(sent, first, room, stranger)).toEqual([true, false, false]);
    expect(JSON.stringify(await read(first))).not.toMatch(/quiet|money/);
  });
});

describe("what was read, and what is old", () => {
  const all = (actor: Person | undefined, a: { search?: string; page?: number; rows?: number; now?: Date } = {}) =>
    office.services.news.read({ actor: actor as Person, now: later(60), page: 1, rows: 50, shown: "all", ...a });
  const days = (n: number) => later(60 + n * 24 * 60);
  const references = async (found: ReturnType<typeof all>) => (await found).rows.map(({ reference }) => reference);

  it("is found again by what it says, and by the words and the number of its case, by those alone to whom it came", async () => {
    const sent = await taken({ subject: "The swimming bath leaks" });
    await adds(sent, "Through the roof");
    await opens(first, sent);
    expect(await row(first, sent)).toBeUndefined();
    expect((await all(first)).rows.find(({ reference }) => reference === sent.reference)).toMatchObject({
      ...{ seen: true, kinds: ["added"], words: "Through the roof" },
    });
    expect(await references(all(first, { search: "swimming" }))).toEqual([sent.reference]);
    expect(await references(all(first, { search: sent.reference }))).toEqual([sent.reference]);
    expect(await references(all(first, { search: "cathedral" }))).toEqual([]);
    // A search of signs alone finds nothing, and not everything.
    expect(await references(all(first, { search: "…" }))).toEqual([]);
    for (const other of [second, manager, room, stranger]) {
      expect(await references(all(other, { search: "swimming" }))).toEqual([]);
      expect(await references(all(other, { search: sent.reference }))).toEqual([]);
    }
  });

  it("of a confidential case is found by those who handle it, and says nothing of it to others", async () => {
    const sent = await office.receive({ type: "report", subject: "A velvet glove", pillar: null, importance: null });
    await adds(sent, "He took money");
    await opens(first, sent);
    expect(await references(all(first, { search: "velvet" }))).toEqual([sent.reference]);
    for (const other of [room, stranger, office.official("minister", "MOI")]) {
      expect(await references(all(other, { search: "velvet" }))).toEqual([]);
      expect(await references(all(other, { search: sent.reference }))).toEqual([]);
    }
  });

  it("that nobody read is no more first after some days, is marked and counted apart; the programme says after how many", async () => {
    const old = await taken();
    await adds(old, "Old");
    const newer = await taken();
    await adds(newer, "Newer", days(19));
    const read = await taken();
    await adds(read, "Read", days(18));
    await opens(first, read);
    const order = async (now: Date) =>
      (await references(all(first, { now }))).filter((one) => [old, newer, read].some((c) => c.reference === one));
    // Within the days what is unread comes before what was read, however much newer that is.
    expect(await order(days(10))).toEqual([newer, old, read].map(({ reference }) => reference));
    const { count, older } = await all(first, { now: days(10) });
    expect(await order(days(20))).toEqual([newer, read, old].map(({ reference }) => reference));
    const after = await all(first, { now: days(20) });
    expect(older).toBe(0);
    expect(after.older).toBeGreaterThan(0);
    expect(after.count + after.older).toBe(count);
    const seen = new Map(after.rows.map((one) => [one.reference, one.seen]));
    expect([old, newer, read].map(({ reference }) => seen.get(reference))).toEqual([false, false, true]);
    // A home has what is new alone.
    const home = await office.services.news.read({
      ...{ actor: first as Person, now: days(20), page: 1, rows: 50, shown: "new" },
    });
    const onHome = home.rows.map(({ reference }) => reference);
    expect(onHome.filter((one) => [old.reference, newer.reference].includes(one))).toEqual([newer.reference]);
    await office.asOwner("update programmes set settings = settings || '{\"newsDays\": 30}'");
    const longer = await all(first, { now: days(20) });
    expect([longer.count, longer.older]).toEqual([count, 0]);
    await office.asOwner("update programmes set settings = settings - 'newsDays'");
  });

  it("is read page by page, each case once", async () => {
    const whole = await references(all(first));
    const pages = [1, 2, 3].map((page) => references(all(first, { page, rows: 3 })));
    expect((await Promise.all(pages)).flat()).toEqual(whole.slice(0, 9));
    expect(new Set(whole).size).toBe(whole.length);
  });
});

describe("many of them", () => {
  it("are counted as far as they are shown, and read page by page, each case once", async () => {
    const other = stranger as Person;
    const { caseId } = await caseOf(await office.receive());
    await copyCase(office, { caseId, copies: 10_000 });
    const copies = "cases where id > 1000000";
    await office.asOwner(
      `insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash)
       select id, 1, now(), 'case.noted', '{"kind":"applicant"}', '{"note":"See"}', '', '' from ${copies}`,
    );
    await office.asOwner(
      `insert into case_news (case_id, user_id, holder, programme, items, last_seq, at)
       select id, $1, $1, programme, '[{"seq": 1, "kind": "mentioned"}]', 1, $2::timestamptz - (id - 1000000) * interval '1 second' from ${copies}`,
      other.userId,
      later(60).toISOString(),
    );
    const reader = { ...other, seats: office.official("operation_room").seats };
    const { count, most, more } = await read(reader);
    expect([count, more]).toEqual([most + 1, true]);
    const pages = await Promise.all([read(reader, 1, 25), read(reader, 2, 25), read(reader, 400, 25)]);
    const references = pages.flatMap(({ rows }) => rows.map(({ reference }) => reference));
    expect([references.length, new Set(references).size]).toEqual([75, 75]);
  });
});
