/** The page of a case: what happened in words, clocks, actions with reasons, links; and a conflict that says what changed. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { makeReference } from "../../src/engine/lifecycle/case-reference.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let focal: Person;
let room: Person;
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const page = (reference: string, actor: Actor, now = sundayNine) =>
  office.services.cases.page({ reference, actor, now });

beforeAll(async () => {
  office = await openWorkingOffice();
  focal = office.official("focal_point", "CSPD");
  room = office.official("operation_room");
}, 60_000);
afterAll(() => office.close());

describe("the head and the text", () => {
  it("name everything in both languages and mask the applicant", async () => {
    const { reference } = await office.receive();
    const view = await page(reference, focal);
    expect(view.head).toMatchObject({
      reference,
      type: { code: "complaint", name: { en: "Complaint", ar: "شكوى" } },
      state: { code: "assigned", kind: "open", name: { en: "With the entity" } },
      entity: { code: "CSPD" },
      pillar: { code: "QUALITY" },
      importance: { code: "normal" },
      confidential: false,
      assignee: null,
    });
    expect(view.text).toMatchObject({ subject: "The hall was closed", language: "en" });
    expect(view.applicant).toEqual({
      name: "R. H.",
      nationalNumber: null,
      phone: "••••567",
      email: "r••••@example.com",
    });
    expect(view.mayUnmask).toBe(true);
    expect(JSON.stringify(view)).not.toMatch(/Haddad|rana@/);
    // The auditor reads the case and never who sent it.
    expect((await page(reference, office.official("auditor"))).mayUnmask).toBe(false);
    expect((await page(reference.replaceAll("-", ""), focal)).head.reference).toBe(reference);
  });

  it("are not there for a stranger, in the words of a case that does not exist", async () => {
    const { reference } = await office.receive();
    const unknown = await problemOf(page(makeReference(Buffer.alloc(8, 3)), focal));
    for (const actor of [office.official("focal_point", "MOH"), { kind: "channel", channel: "web" } as const]) {
      const refused = await problemOf(page(reference, actor));
      expect([refused.code, refused.detail]).toEqual(["not-found", unknown.detail]);
      const why = await problemOf(office.services.cases.why({ reference, actor, now: sundayNine }));
      expect(why.code).toBe("not-found");
    }
    const report = await office.receive({ type: "report", entity: null, applicant: null });
    expect((await problemOf(page(report.reference, room))).code).toBe("not-found");
  });
});

describe("clocks", () => {
  it("show working time left, reckoned by hand", async () => {
    // Normal quality complaints: 10 working days. Received Sunday 9:00, so due Sunday two weeks later at 9:00.
    const { reference } = await office.receive();
    const clocks = async (hours: number) => (await page(reference, focal, at(hours))).clocks;
    const answer = async (hours: number) => (await clocks(hours)).find(({ target }) => target === "resolution");
    // The nearer promise comes first.
    const [first, resolution] = await clocks(0);
    expect(resolution).toMatchObject({ target: "resolution", state: "running", share: 0, secondsLeft: 10 * 7 * 3600 });
    expect(resolution?.dueAt).toEqual(at(14 * 24));
    expect(resolution?.budget).toEqual({ en: "10 working days", ar: "10 أيام عمل" });
    expect(first).toMatchObject({ target: "firstResponse", state: "running" });
    // Tuesday 12:30: two whole days and three and a half hours are gone.
    const later = await answer(2 * 24 + 3.5);
    expect(later?.secondsLeft).toBe((7 * 7 + 3.5) * 3600);
    expect(later?.share).toBeCloseTo(17.5 / 70, 5);
    // Sunday two weeks later at 11:00: two hours late.
    const late = await answer(14 * 24 + 2);
    expect(late).toMatchObject({ state: "late", secondsLeft: -2 * 3600 });
    expect(late?.share).toBeCloseTo(72 / 70, 5);
  });

  it("stand while the applicant is asked, and say why", async () => {
    const { reference } = await office.receive();
    await office.act(reference, focal, "take", {}, at(1));
    await office.act(reference, focal, "ask", { question: "Which hall?" }, at(2));
    for (const hours of [2, 100]) {
      const [resolution, first] = (await page(reference, focal, at(hours))).clocks;
      expect(resolution).toMatchObject({
        state: "paused",
        dueAt: null,
        secondsLeft: 68 * 3600,
        pausedSince: at(2),
        pausedBecause: { en: "Waiting for the applicant" },
      });
      expect(first).toMatchObject({ state: "met", metAt: at(2) });
    }
  });

  it("are read without anything being enforced", async () => {
    const { reference } = await office.receive();
    const before = await office.events(reference);
    const view = await page(reference, focal, at(24 * 60));
    expect(view.clocks[0]?.state).toBe("late");
    expect(await office.events(reference)).toEqual(before);
    expect(view.expectedSeq).toBe(before.length);
  });
});

describe("what follows", () => {
  const followsOf = async (reference: string, action: string) =>
    (await page(reference, focal, at(2))).actions.find((one) => one.action === action)?.follows.map(({ en }) => en);

  it("says that the applicant's last letter came back, until one arrives", async () => {
    const { reference } = await office.receive();
    await office.act(reference, focal, "take", {}, at(1));
    const undelivered = expect.stringMatching(/^The last email to the applicant could not be delivered/);
    expect(await followsOf(reference, "ask")).not.toContainEqual(undelivered);
    const { id } = await office.caseRow(reference);
    await office.asOwner("update messages set state = 'failed', next_attempt_at = null where receiver_case = $1", id);
    expect(await followsOf(reference, "ask")).toContainEqual(undelivered);
    await office.asOwner("update messages set state = 'sent' where receiver_case = $1", id);
    expect(await followsOf(reference, "ask")).not.toContainEqual(undelivered);
  });

  it("is what then happens: an answer that is said to be reviewed first is, one that is said to leave does", async () => {
    const said = { true: "The answer is reviewed before it leaves.", false: "No review comes before it" };
    for (const importance of ["critical", "normal"]) {
      const { reference } = await office.receive({ importance });
      await office.act(reference, focal, "take", {}, at(1));
      const follows = (await followsOf(reference, "answer"))?.join(" ") ?? "";
      await office.act(reference, focal, "answer", { answer: "It opens at eight." }, at(2));
      const { state } = await office.caseRow(reference);
      if (follows.includes(said.true)) expect(state).toBe("in_review");
      else if (follows.includes(said.false)) expect(state).toBe("resolved");
      else expect(follows).toContain("drawn for a quality review");
      if (importance === "critical") expect(follows).toContain(said.true);
    }
  });
});

describe("actions", () => {
  const named = async (reference: string, actor: Actor, now = sundayNine) =>
    new Map((await page(reference, actor, now)).actions.map((one) => [one.action, one]));

  it("are those of the official's role, with reasons for what cannot be done now", async () => {
    const { reference } = await office.receive();
    const mine = await named(reference, focal);
    expect([...mine.keys()].sort()).toEqual(
      [
        ...["take", "contact", "ask", "answer", "give", "transfer", "split", "link", "merge", "note"],
        ...["take_appeal", "give_appeal", "answer_appeal"],
      ].sort(),
    );
    expect(mine.get("take")).toMatchObject({ allowed: true, primary: true, reason: null, fields: [] });
    expect(mine.get("take_appeal")).toMatchObject({ allowed: false, primary: false });
    expect(mine.get("take_appeal")?.reason?.en).toMatch(/The case is “With the entity”/);
    expect(mine.get("take_appeal")?.reason?.ar).toMatch(/حالة الطلب/);
    expect([...(await named(reference, office.official("auditor"))).keys()]).toEqual([]);
    expect((await named(reference, room)).has("approve")).toBe(true);

    await office.act(reference, focal, "take", {}, at(1));
    const taken = await named(reference, focal, at(1));
    expect(taken.get("take")?.reason?.en).toMatch(/already taken this case/);
    expect(taken.get("answer")).toMatchObject({ allowed: true, primary: true });
  });

  it("that are others' say whose they are, now and in this state, and are none of one's own", async () => {
    const sent = await office.receive();
    const { reference } = sent;
    const others = async (actor: Actor, now = sundayNine) =>
      Object.fromEntries(
        (await page(reference, actor, now)).others.map(({ name, who }) => [name.en, who.map(({ en }) => en)]),
      );
    const room = "the operation room";
    const fresh = await others(focal);
    expect(fresh["Change pillar or importance"]).toEqual([room]);
    expect(fresh.Withdraw).toEqual(["the applicant"]);
    // Nothing is rated before it is answered, placed when it is placed, or approved before it was written.
    for (const not of ["Rate the answer", "Approve the answer", "Reopen", "Take the case", "Forward to an entity"])
      expect([not, fresh[not]]).toEqual([not, undefined]);
    // The main focal point's reach ended with the queue: of what stands before nobody's seat nothing is told.
    expect(Object.values(fresh).flat()).not.toContain("the main focal point of the sector");
    expect((await others(office.official("auditor")))["Take the case"]).toEqual([
      "a focal point of the entity",
      "the manager of the entity",
    ]);
    expect((await others(office.official("operation_room"))).Withdraw).toEqual(["the applicant"]);
    await office.act(reference, focal, "ask", { question: "Which hall?" }, at(1));
    expect((await others(focal, at(1)))["Reply to the question"]).toEqual(["the applicant"]);
    expect((await page(reference, focal, at(1))).others.map(({ name }) => name.ar).join("")).toMatch(/[\u0600-\u06ff]/);
  });

  it("bring fields that are ready for a form", async () => {
    const { reference } = await office.receive();
    const mine = await named(reference, focal);
    const [entity, reason] = mine.get("transfer")?.fields ?? [];
    expect(entity).toMatchObject({
      name: "entity",
      type: "entity",
      required: true,
      label: { en: "Entity", ar: "الجهة" },
    });
    const codes = entity?.choices?.map(({ value }) => value) ?? [];
    expect(codes).toContain("PSD");
    // Not the one that has it, and none that does not receive cases.
    expect(codes).not.toContain("CSPD");
    expect(reason).toMatchObject({ type: "text", required: true, maxLength: 2000, choices: null });
    const all = await named(reference, room);
    const [pillar] = all.get("reclassify")?.fields ?? [];
    expect(pillar?.choices?.length).toBe([...office.setup.pillars.values()].filter((one) => !one.retired).length);
    expect(mine.get("link")?.fields).toMatchObject([{ type: "reference", required: true }]);
  });
});

describe("the timeline", () => {
  it("tells a whole life in both languages", async () => {
    const sent = await office.receive();
    const { reference } = sent;
    await office.act(reference, focal, "take", {}, at(1));
    await office.act(reference, focal, "note", { note: "Call them <b>first</b>" }, at(1.1));
    await office.act(reference, focal, "ask", { question: "Which hall?" }, at(1.2));
    await office.applicantActs(sent, "reply", { reply: "The east one" }, at(1.5));
    await office.services.cases.readApplicant({ reference, actor: focal, unmask: true, now: at(1.6) });
    await office.act(reference, focal, "answer", { answer: "It opens at eight." }, at(2));
    const row = await office.caseRow(reference);
    if (row.state === "in_review") await office.act(reference, room, "approve", {}, at(2.5));
    await office.applicantActs(sent, "rate", { rating: 1, comment: "Still closed" }, at(3));

    const { timeline } = await page(reference, focal, at(4));
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, i) => i + 1));
    const kinds = (kind: string) => timeline.filter((entry) => entry.kind === kind);
    expect(kinds("application")[0]).toMatchObject({
      whoKind: "channel",
      what: { en: expect.stringMatching(/^Received through: /) },
    });
    expect(kinds("note")[0]).toMatchObject({
      internal: true,
      text: "Call them <b>first</b>",
      who: { en: focal.name, ar: focal.name },
      what: { en: "Internal note.", ar: "ملاحظة داخلية." },
    });
    expect(kinds("question")[0]).toMatchObject({ text: "Which hall?", internal: false, folded: false });
    expect(kinds("reply")[0]).toMatchObject({ text: "The east one", whoKind: "applicant", who: { ar: "مقدم الطلب" } });
    expect(kinds("answer")[0]).toMatchObject({ text: "It opens at eight." });
    expect(kinds("reading")[0]).toMatchObject({
      internal: true,
      what: { en: "Looked at the applicant's data: name, phone, email." },
    });
    expect(timeline.find((entry) => entry.text === "Still closed")?.what.en).toBe("Rated the answer 1 of 5.");
    expect(timeline.some((entry) => /appeal/.test(entry.what.en))).toBe(true);
    for (const { what, who } of timeline) {
      expect(what.en).not.toMatch(/undefined|null|\[object|[؀-ۿ]/);
      expect(what.ar).toMatch(/[؀-ۿ]/);
      expect(what.ar).not.toMatch(/undefined|null|\[object/);
      expect(who.ar).not.toBe("");
    }
    // What follows by itself is folded; what people did is not.
    expect(timeline.filter(({ folded }) => folded).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["clock", "rules"]),
    );
    expect(
      timeline.filter(({ whoKind, folded }) => whoKind === "official" && folded).map(({ kind }) => kind),
    ).not.toContain("step");
  });

  it("comes in parts where it is long, each of them for those who may read the case", async () => {
    const { reference } = await office.receive();
    for (let n = 1; n <= 70; n += 1) await office.act(reference, focal, "note", { note: `Note ${n}` }, at(1 + n / 60));
    await office.services.cases.readApplicant({ reference, actor: focal, unmask: true, now: at(3) });
    const { timeline, earlier } = await page(reference, focal, at(4));
    expect(timeline.filter(({ kind }) => kind === "application")).toHaveLength(1);
    const said = timeline.filter(({ kind }) => kind !== "application" && kind !== "reading");
    expect(said).toHaveLength(60);
    expect(earlier.readings).toBe(0);
    const before = said[0]?.seq ?? 0;
    const asked = { reference, part: "conversation", before } as const;
    const rest = await office.services.cases.timeline({ ...asked, actor: focal });
    expect(rest.entries).toHaveLength(earlier.conversation);
    expect([rest.earlier, rest.entries.at(-1)?.seq]).toEqual([0, before - 1]);
    expect(rest.entries.some(({ kind }) => kind === "reading" || kind === "application")).toBe(false);
    const first = await office.services.cases.timeline({ ...asked, part: "readings", before: 10_000, actor: focal });
    expect(first.entries.map(({ kind }) => kind)).toEqual(["reading"]);
    const stranger = office.official("focal_point", "MOH");
    expect((await problemOf(office.services.cases.timeline({ ...asked, actor: stranger }))).code).toBe("not-found");
  });

  it("tells decisions by the titles of their rules", async () => {
    const { reference } = await office.receive();
    const { decisions } = await page(reference, focal);
    expect(decisions.map(({ ruleSet }) => ruleSet.en)).toEqual([
      "Classification",
      "Routing",
      "Service levels",
      "Escalation",
    ]);
    for (const { rules, version } of decisions) {
      expect(version).toBe(1);
      for (const title of rules) expect(title.ar).toMatch(/[؀-ۿ]/);
    }
    const why = await office.services.cases.why({ reference, actor: focal, now: at(1) });
    expect(why.en.map(({ title }) => title)).toContain("Why this deadline");
    expect(why.ar).toHaveLength(why.en.length);
  });
});

describe("what is answered", () => {
  it("is the application, and after an appeal what was said in it and the answer before it", async () => {
    const sent = await office.receive();
    const { reference } = sent;
    await office.act(reference, focal, "answer", { answer: "It was open." }, at(1));
    expect((await page(reference, focal)).answered).toEqual([]);
    if ((await page(reference, focal)).head.state.code === "in_review")
      await office.act(reference, room, "approve", {}, at(2));
    await office.applicantActs(sent, "rate", { rating: 1, comment: "It was shut" }, at(3));
    const colleague = office.official("focal_point", "CSPD", 1);
    await office.act(reference, colleague, "take_appeal", {}, at(4));
    const { answered } = await page(reference, colleague, at(4));
    expect(answered.map(({ text }) => text)).toEqual(["It was shut", "It was open."]);
    // With the answer to it the first one is no longer what it is about.
    await office.act(reference, colleague, "answer_appeal", { answer: "You are right." }, at(5));
    expect((await page(reference, colleague, at(5))).answered).toEqual(answered);
  });
});

describe("links", () => {
  it("lead to the original and to duplicates that the official may read", async () => {
    const first = await office.receive();
    const second = await office.receive();
    await office.act(second.reference, focal, "link", { duplicateOf: first.reference }, at(1));
    expect((await page(second.reference, focal)).linked).toMatchObject([
      { reference: first.reference, as: "original" },
    ]);
    expect((await page(first.reference, focal)).linked).toMatchObject([
      { reference: second.reference, as: "duplicate", state: { en: "Duplicate, linked to another case" } },
    ]);
    await office.asOwner("update cases set entity = 'PSD' where reference = $1", second.reference);
    expect((await page(first.reference, focal)).linked).toEqual([]);
  });

  it("bring the files of the same matter to whoever may see the other case, and to nobody else", async () => {
    const first = await office.receive();
    const second = await office.receive();
    const matter = await office.receive();
    const carries = async (reference: string, name: string, digit: string) => {
      await office.asOwner(
        `insert into attachments (id, programme, owner, name, type, bytes, sha256, staged_at, case_id, event_seq)
          select repeat($3, 32), programme, 'test', $2, 'image/png', 2048, '\\x00', received_at, id, 1 from cases where reference = $1`,
        ...[reference, name, digit],
      );
    };
    await carries(first.reference, "hall.png", "a");
    await carries(second.reference, "queue.png", "b");
    await carries(matter.reference, "fee.png", "c");
    await office.act(second.reference, focal, "link", { duplicateOf: first.reference }, at(1));
    await office.asOwner(
      "update cases set split_from = (select id from cases where reference = $1) where reference = $2",
      ...[first.reference, matter.reference],
    );
    const filesOf = async (reference: string) =>
      (await page(reference, focal)).linked.map(({ as, files }) => [as, files.map(({ name }) => name)]);
    expect(await filesOf(second.reference)).toEqual([["original", ["hall.png"]]]);
    expect(await filesOf(first.reference)).toEqual([
      ["duplicate", ["queue.png"]],
      ["splitInto", []],
    ]);
    await office.asOwner("update cases set entity = 'PSD' where reference = $1", first.reference);
    expect(await filesOf(second.reference)).toEqual([]);
  });
});

describe("two people in one case", () => {
  const answer = (reference: string, expectedSeq: number, now: Date) =>
    office.services.cases.perform({
      reference,
      action: "note",
      fields: { note: "mine" },
      actor: focal,
      now,
      expectedSeq,
    });

  it("the second is refused with what happened since", async () => {
    const { reference } = await office.receive();
    const { expectedSeq } = await page(reference, focal);
    await office.act(reference, room, "note", { note: "secret to none" }, at(1));
    const refused = await problemOf(answer(reference, expectedSeq, at(2)));
    expect(refused.code).toBe("conflict");
    expect(refused.detail.en).toContain(`${room.name} (Sunday 22 November 2026, 10:00): Internal note.`);
    expect(refused.detail.ar).toContain(`${room.name} (الأحد 22 تشرين الثاني 2026، 10:00): ملاحظة داخلية.`);
    expect((await office.events(reference)).at(-1)?.data.note).toBe("secret to none");
    const again = await page(reference, focal);
    await answer(reference, again.expectedSeq, at(2));
  });

  it("a look at the applicant and a reminder stop nobody", async () => {
    const { reference } = await office.receive();
    const { expectedSeq } = await page(reference, focal);
    await office.services.cases.readApplicant({ reference, actor: room, unmask: true, now: at(1) });
    await office.services.deadlines.enforce({ now: at(24 * 8) });
    expect((await office.caseRow(reference)).last_seq).toBeGreaterThan(expectedSeq + 1);
    await answer(reference, expectedSeq, at(24 * 8 + 1));
    expect((await office.events(reference)).at(-1)?.data.note).toBe("mine");
  });
});
