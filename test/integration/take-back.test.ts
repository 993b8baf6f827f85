/** A forward that its author takes back: what the case is again, what of it lapses, who may, and until when. */

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  type Row,
  sundayNine,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  // With a mail server that no one runs, letters wait.
  office = await openWorkingOffice({ smtpUrl: "smtp://127.0.0.1:9" });
});
afterAll(() => office.close());

const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);
const focal = (n = 0): Person => office.official("focal_point", "CSPD", n);
const stranger = (): Person => office.official("focal_point", "JFDA");
const room = (n = 0): Person => office.official("operation_room", null, n);

/** What a forward changes of a case. */
const placed = async (reference: string): Promise<Row> => {
  const row = await office.caseRow(reference);
  const { state, entity, assignee, state_since, turn_since, assigned_at, last_official_action_at, due_at } = row;
  const { transfer_count, next_due_at, promise_due_at, escalation_steps, reminders } = row;
  return {
    ...{ state, entity, assignee, state_since, turn_since, assigned_at, last_official_action_at, due_at },
    ...{ transfer_count, next_due_at, promise_due_at, escalation_steps, reminders },
  };
};
const clocks = (reference: string): Promise<Row[]> =>
  office.rows(
    "select k.* from clocks k join cases c on c.id = k.case_id where c.reference = $1 order by k.target",
    reference,
  );
const back = (reference: string, seq: number, actor: Person, at: Date) =>
  office.services.cases.takeBack({ reference, seq, actor, now: at });
const refusal = async (asked: Promise<unknown>): Promise<string> => (await problemOf(asked)).code;

/** Taken by the first focal point, then forwarded by them to another entity after five minutes. */
async function forwarded(entity = "JFDA", input: Parameters<WorkingOffice["receive"]>[0] = {}) {
  const { reference } = await office.receive(input);
  await office.act(reference, focal(), "take", {}, minutes(1));
  const before = { case: await placed(reference), clocks: await clocks(reference) };
  const done = await office.act(reference, focal(), "transfer", { entity, reason: "Not ours at all" }, minutes(5));
  return { reference, before, done, seq: done.takeBack?.seq ?? 0 };
}

const unseenBy = async (actor: Person, reference: string): Promise<boolean> =>
  (await office.services.news.read({ actor, now: minutes(60), page: 1, rows: 100 })).rows.some(
    (row) => row.reference === reference,
  );

describe("a transfer that is taken back", () => {
  it("makes the case what it was, with its clocks, and is an event of an unbroken chain", async () => {
    const { reference, before, done, seq } = await forwarded();
    expect(done).toMatchObject({ gone: true, takeBack: { until: minutes(15) } });
    expect(await placed(reference)).toMatchObject({ entity: "JFDA", transfer_count: 1, assignee: null });
    await back(reference, seq, focal(), minutes(15));
    expect(await placed(reference)).toEqual(before.case);
    expect(await clocks(reference)).toEqual(before.clocks);
    const events = await office.events(reference);
    expect(events.at(-1)).toMatchObject({
      type: "case.taken-back",
      data: { of: seq, entity: "CSPD", fromEntity: "JFDA", assignee: focal().userId, counted: true },
    });
    expect((await office.services.audit.verify({ seals: [] })).faults).toEqual([]);
    // The story says both, "why here" only what counts.
    const page = await office.services.cases.page({ reference, actor: focal(), now: minutes(16) });
    expect(page.timeline.at(-1)?.what.en).toMatch(/Took the forward back/);
    const why = JSON.stringify(await office.services.cases.why({ reference, actor: focal(), now: minutes(16) }));
    expect(why).not.toMatch(/Transferred to/);
    // It can go on from there.
    await office.act(reference, focal(), "answer", { answer: "It was ours." }, minutes(17));
  });

  it("lets unsent letters about it lapse, and withdraws its news; what was news before is theirs again", async () => {
    const sent = await office.receive();
    const { reference } = sent;
    await office.act(reference, focal(), "take", {}, minutes(1));
    await office.applicantActs(sent, "add_information", { reply: "One thing more" }, minutes(2));
    const manager = office.official("entity_manager", "CSPD");
    const done = await office.act(reference, manager, "transfer", { entity: "JFDA", reason: "Not ours" }, minutes(5));
    expect(await unseenBy(stranger(), reference)).toBe(true);
    await back(reference, done.takeBack?.seq ?? 0, manager, minutes(6));
    expect(await unseenBy(stranger(), reference)).toBe(false);
    const news = await office.services.news.read({ actor: focal(), now: minutes(60), page: 1, rows: 100 });
    expect(news.rows.find((row) => row.reference === reference)?.kinds).toEqual(["added"]);
    const letters = await office.rows(
      "select m.state, m.last_error from messages m join cases c on c.id = m.case_id where c.reference = $1 and m.key like $2",
      reference,
      `%/${done.takeBack?.seq}/%`,
    );
    expect(letters.length).toBeGreaterThan(0);
    for (const letter of letters) expect(letter).toEqual({ state: "lapsed", last_error: "lapsed: it was taken back" });
  });

  it("gives back what was news to who had it, though another looked at it meanwhile", async () => {
    const sent = await office.receive();
    const { reference } = sent;
    await office.act(reference, focal(), "take", {}, minutes(1));
    await office.applicantActs(sent, "add_information", { reply: "Once more" }, minutes(2));
    const manager = office.official("entity_manager", "CSPD");
    const to = { colleague: String(focal(1).userId) };
    const done = await office.act(reference, manager, "give", to, minutes(5));
    const [row] = await office.rows("select id, last_seq from cases where reference = $1", reference);
    expect(await unseenBy(focal(1), reference)).toBe(true);
    const seen = { caseId: Number(row?.id), userId: focal(1).userId, upTo: Number(row?.last_seq) };
    expect(await office.services.news.seen(seen)).toBe(true);
    expect(await unseenBy(focal(1), reference)).toBe(false);
    await back(reference, done.takeBack?.seq ?? 0, manager, minutes(6));
    expect(await unseenBy(focal(1), reference)).toBe(false);
    expect(await unseenBy(focal(), reference)).toBe(true);
  });

  it("counts as no transfer, now and as of then", async () => {
    const period = { programme: "jordan", from: "2026-11-22", to: "2026-11-23" };
    const transferred = async (at: Date) => (await office.services.reports.kpi({ ...period, at })).misrouted.numerator;
    const before = await transferred(minutes(30));
    const { reference, seq } = await forwarded();
    expect(await transferred(minutes(30))).toBe((before ?? 0) + 1);
    await back(reference, seq, focal(), minutes(8));
    expect(await transferred(minutes(30))).toBe(before);
    await office.act(reference, focal(), "contact", { note: "Called them" }, minutes(40));
    await office.act(reference, focal(), "ask", { question: "Which day?" }, minutes(41));
    expect(await transferred(minutes(30))).toBe(before);
    await office.services.reports.rollups.advance({ now: minutes(50) });
    expect(await office.services.reports.rollups.check()).toMatchObject([{ wrongCases: [], wrongSums: 0 }]);
    expect(await transferred(minutes(51))).toBe(before);
  });
});

describe("who takes a forward back, and when", () => {
  it("is only its author: for a stranger, a colleague and the room there is nothing", async () => {
    const { reference, seq } = await forwarded();
    for (const actor of [stranger(), focal(1), room()])
      expect(await refusal(back(reference, seq, actor, minutes(6)))).toBe("not-found");
    expect(await refusal(back(unknownReference, seq, focal(), minutes(6)))).toBe("not-found");
    expect(await refusal(back(reference, seq - 1, focal(), minutes(6)))).toBe("not-found");
    expect(await refusal(back(reference, seq + 1, focal(), minutes(6)))).toBe("not-found");
    // Their position is over, or another one.
    for (const seats of [[], stranger().seats])
      expect(await refusal(back(reference, seq, { ...focal(), seats }, minutes(6)))).toBe("action-refused");
  });

  it("is not once the minutes of the programme have passed", async () => {
    const { reference, seq } = await forwarded();
    expect(await refusal(back(reference, seq, focal(), new Date(minutes(15).getTime() + 1)))).toBe("action-refused");
    expect((await office.caseRow(reference)).entity).toBe("JFDA");
  });

  it("is not once someone acted; looking at it is no act", async () => {
    const read = await forwarded();
    await office.services.cases.readApplicant({
      reference: read.reference,
      actor: stranger(),
      unmask: true,
      now: minutes(6),
    });
    await back(read.reference, read.seq, focal(), minutes(7));
    const taken = await forwarded();
    await office.act(taken.reference, stranger(), "take", {}, minutes(6));
    const refused = await problemOf(back(taken.reference, taken.seq, focal(), minutes(7)));
    expect(refused.code).toBe("action-refused");
    // Who did what in between is why, and the list of forwards says it too.
    expect(refused.detail.en).toContain(stranger().name);
    expect(refused.detail.en).toContain("Took the case.");
    expect(refused.detail.ar).toContain("تولّي الطلب.");
    const listed = (await office.services.cases.forwarded({ actor: focal(), now: minutes(7), page: 1 })).cases;
    expect(listed.find(({ reference }) => reference === taken.reference)).toMatchObject({
      until: null,
      refused: refused.detail,
    });
    // Forwarded on by the one who got it, it says where to.
    await office.act(taken.reference, stranger(), "transfer", { entity: "PSD", reason: "Theirs" }, minutes(8));
    expect((await problemOf(back(taken.reference, taken.seq, focal(), minutes(9)))).detail.en).toMatch(
      /Public Security/,
    );
    const noted = await forwarded();
    await office.act(noted.reference, room(), "note", { note: "Hm" }, minutes(6));
    expect(await refusal(back(noted.reference, noted.seq, focal(), minutes(7)))).toBe("action-refused");
    const secret = await forwarded("JFDA", { type: "report", entity: "CSPD" });
    await office.act(secret.reference, stranger(), "take", {}, minutes(6));
    const { detail } = await problemOf(back(secret.reference, secret.seq, focal(), minutes(7)));
    expect(detail.en).not.toContain(stranger().name);
  });

  it("is with a note of one's own since, which stays", async () => {
    const { reference } = await office.receive();
    await office.act(reference, focal(), "take", {}, minutes(1));
    await office.act(reference, focal(), "give", { colleague: focal(1).userId, reason: "Yours" }, minutes(5));
    await office.act(reference, focal(), "note", { note: "Or was it?" }, minutes(6));
    const { takeBack } = await office.services.cases.page({ reference, actor: focal(), now: minutes(7) });
    expect(takeBack).not.toBeNull();
    await back(reference, takeBack?.seq ?? 0, focal(), minutes(7));
    expect(await office.caseRow(reference)).toMatchObject({ assignee: focal().userId });
    expect((await office.services.audit.verify({ seals: [] })).faults).toEqual([]);
  });

  it("is once: a second time, or of two at once the second, is done already", async () => {
    const { reference, seq } = await forwarded();
    const both = await Promise.all([0, 1].map(() => back(reference, seq, focal(), minutes(7))));
    expect(both).toEqual([{ reference }, { reference }]);
    await office.act(reference, room(), "note", { note: "Seen" }, minutes(8));
    expect(await back(reference, seq, focal(), minutes(30))).toEqual({ reference });
    expect(await refusal(back(reference, seq, stranger(), minutes(9)))).toBe("not-found");
    const types = (await office.events(reference)).map(({ type }) => type);
    expect(types.filter((type) => type === "case.taken-back")).toHaveLength(1);
  });

  it("works on what came from triage, on what was given to a colleague, and on a confidential case", async () => {
    const open = await office.receive({ entity: undefined, sector: undefined, type: "complaint" } as never);
    const waiting = await office.caseRow(open.reference);
    if (waiting.entity === null) {
      const before = await placed(open.reference);
      const done = await office.act(open.reference, room(), "assign", { entity: "MOH" }, minutes(5));
      await back(open.reference, done.takeBack?.seq ?? 0, room(), minutes(6));
      expect(await placed(open.reference)).toEqual(before);
    }
    const { reference } = await office.receive();
    const manager = office.official("entity_manager", "CSPD");
    const before = await placed(reference);
    const given = await office.act(reference, manager, "give", { colleague: String(focal(1).userId) }, minutes(5));
    await back(reference, given.takeBack?.seq ?? 0, manager, minutes(6));
    expect(await placed(reference)).toEqual(before);

    const secret = await forwarded();
    await office.asOwner("update cases set confidential = true where reference = $1", secret.reference);
    expect(await refusal(back(secret.reference, secret.seq, room(), minutes(6)))).toBe("not-found");
    await back(secret.reference, secret.seq, focal(), minutes(7));
    expect(await placed(secret.reference)).toEqual(secret.before.case);
  });
});

describe("an act that is sent again by its key", () => {
  it("has its way back, also where the case left its author's reach", async () => {
    const { reference } = await office.receive();
    const send = (action: string, fields: Record<string, unknown>, actKey: string) =>
      office.services.cases.perform({ reference, action, fields, actKey, actor: focal(), now: minutes(5) });
    const given = { colleague: String(focal(1).userId) };
    const manager = { actor: office.official("entity_manager", "CSPD") };
    const give = { reference, action: "give", fields: given, actKey: "given-by-its-key", ...manager, now: minutes(2) };
    const first = await office.services.cases.perform(give);
    expect(first.takeBack).toBeDefined();
    expect((await office.services.cases.perform(give)).takeBack).toEqual(first.takeBack);
    const sent = await send("transfer", { entity: "JFDA", reason: "Not ours at all" }, "sent-by-its-key");
    const known = (actor: Person, at: Date) =>
      office.services.cases.actDone({ actor, actKey: "sent-by-its-key", now: at });
    expect(await known(focal(), minutes(6))).toMatchObject({ reference, takeBack: sent.takeBack });
    expect(await known(stranger(), minutes(6))).toBeNull();
    expect(await known(focal(), minutes(16))).not.toHaveProperty("takeBack");
  });
});

describe("a forward of many", () => {
  const run = async (references: string[], actor = focal()) => {
    const id = randomUUID();
    const fields = { entity: "JFDA", reason: "Not ours at all" };
    await office.services.work.bulk.start({ id, references, action: "transfer", fields, actor, now: sundayNine });
    await office.services.work.bulk.lane.settled();
    return id;
  };
  const received = async (n: number) => {
    const all: string[] = [];
    for (let i = 0; i < n; i++) all.push((await office.receive()).reference);
    return all;
  };
  const seqOf = async (reference: string) =>
    (await office.events(reference)).find(({ type }) => type === "case.transferred")?.seq as number;
  /** What leaves, or waits to leave, in letters of several cases that name one of these. */
  const letters = async (references: string[]) =>
    (
      await office.rows(
        `select receiver_user as "to", state, data->>'kind' as kind, (data->>'count')::integer as n, data->'references' as references
          from messages where template = 'official-bulk' and data->'references' ?| $1 order by id`,
        references as never,
      )
    ).filter(({ to }) => to === stranger().userId);

  it("is not told of a case that was taken back before the letter leaves, and not at all once none is left", async () => {
    const references = await received(3);
    const [one, two, three] = references as [string, string, string];
    const id = await run(references);
    // As if the run had not written yet.
    await office.asOwner("delete from messages where key like $1", `bulk/${id}/%`);
    await office.asOwner("update bulk_runs set told_at = null, claimed_until = null where id = $1", id);
    await back(one, await seqOf(one), focal(), minutes(1));
    office.services.work.bulk.resume();
    await office.services.work.bulk.lane.settled();
    expect(await letters(references)).toMatchObject([
      { state: "pending", kind: "official-assigned", n: 2, references: [two, three] },
    ]);
    await back(two, await seqOf(two), focal(), minutes(2));
    expect(await letters(references)).toMatchObject([
      { state: "gathered" },
      { state: "pending", n: 1, references: [three] },
    ]);
    const fates = async (reference: string) => {
      const { timeline } = await office.services.cases.page({ reference, actor: room(), now: minutes(3) });
      return timeline.flatMap(({ letters: told = [] }) => told.map(({ end, fate }) => `${end}: ${fate.en}`));
    };
    expect((await fates(two)).filter((fate) => /taken back/.test(fate)).length).toBeGreaterThan(0);
    expect((await fates(three)).filter((fate) => /taken back/.test(fate))).toEqual([]);
    await back(three, await seqOf(three), focal(), minutes(3));
    expect((await letters(references)).map(({ state }) => state)).toEqual(["gathered", "lapsed"]);
  });

  it("is taken back in one act: what someone acted on since stays, and each official hears once", async () => {
    const references = await received(4);
    const [one, two, three, four] = references as [string, string, string, string];
    const id = await run(references);
    await office.asOwner(
      "update messages set state = 'sent', sent_at = $2 where key like $1",
      `bulk/${id}/%`,
      sundayNine.toISOString(),
    );
    await office.act(two, stranger(), "take", {}, sundayNine);
    await back(three, await seqOf(three), focal(), sundayNine);
    const { bulk } = office.services.work;
    const listed = await bulk.list({ actor: focal(), now: sundayNine });
    expect(listed.find((one) => one.id === id)).toMatchObject({ id, takeBack: { cases: 3, until: minutes(10) } });
    expect((await bulk.one({ actor: focal(), id, now: minutes(11) })).takeBack).toBeNull();
    const ask = (actor: Person, at = sundayNine, of = id) =>
      bulk.takeBack({ actor, now: at, id: "6f6e0b5e-0000-4000-8000-000000000031", run: of });
    expect(await refusal(ask(stranger()))).toBe("not-found");
    expect(await refusal(ask(room()))).toBe("not-found");
    expect(await refusal(ask(focal(), minutes(11)))).toBe("not-now");
    const begun = await ask(focal());
    await bulk.lane.settled();
    // Sent twice it is one run.
    expect((await ask(focal())).id).toBe(begun.id);
    expect(await bulk.one({ actor: focal(), id: begun.id, now: sundayNine })).toMatchObject({
      ...{ state: "done", total: 3, done: 2, refused: 1, takeBack: null },
      refusals: [{ references: [two], reason: { en: expect.stringMatching(/acted/) } }],
    });
    for (const [reference, entity] of [
      [one, "CSPD"],
      [two, "JFDA"],
      [four, "CSPD"],
    ] as const)
      expect((await office.caseRow(reference)).entity).toBe(entity);
    expect(await letters(references)).toMatchObject([
      { state: "sent", n: 4 },
      { state: "pending", kind: "taken-back", n: 1, references: [three] },
      { state: "pending", kind: "taken-back", n: 2, references: [one, four] },
    ]);
    expect((await office.services.audit.verify({ seals: [] })).faults).toEqual([]);
  });
});

describe("what somebody forwarded", () => {
  it("is theirs alone; of what is out of their reach it says where it went and when", async () => {
    const { reference, seq } = await forwarded();
    const list = async (actor: Person, at = minutes(6)) =>
      (await office.services.cases.forwarded({ actor, now: at, page: 1 })).cases.filter(
        (one) => one.reference === reference,
      );
    const [mine] = await list(focal());
    expect(mine).toEqual({
      ...{ reference, seq, at: minutes(5), takenBackAt: null, until: minutes(15), refused: null, state: null },
      subject: "The hall was closed",
      to: office.setup.entities.get("JFDA")?.name,
    });
    for (const actor of [stranger(), focal(1), room()]) expect(await list(actor)).toEqual([]);
    expect((await list(focal(), minutes(16)))[0]).toMatchObject({ until: null });
    await back(reference, seq, focal(), minutes(7));
    const [again] = await list(focal(), minutes(8));
    expect(again).toMatchObject({
      until: null,
      takenBackAt: minutes(7),
      subject: "The hall was closed",
      state: { en: "Being worked on" },
    });
  });

  it("goes on beyond a page, and says no subject of what is confidential and out of their reach", async () => {
    const page = async (n: number) => office.services.cases.forwarded({ actor: focal(), now: minutes(60), page: n });
    let reference = "";
    while ((await page(1)).total < 52) ({ reference } = await forwarded());
    const first = await page(1);
    const all = [...first.cases, ...(await page(2)).cases];
    expect([first.cases.length, all.length]).toEqual([50, first.total]);
    expect(new Set(all.map((one) => `${one.reference}/${one.seq}`)).size).toBe(first.total);
    // Beyond the last page is the last.
    expect(await page(400)).toMatchObject({ page: 2, cases: (await page(2)).cases });
    await office.rows("update cases set confidential = true where reference = $1", reference);
    expect((await page(1)).cases.find((one) => one.reference === reference)).toMatchObject({
      subject: null,
      state: null,
    });
  });
});
