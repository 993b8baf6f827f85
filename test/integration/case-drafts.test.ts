/** What is being written is kept for its author alone, as long as the case is theirs; what is sent twice is done once. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  sundayNine,
  typesOf,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let focal: Person;
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);

beforeAll(async () => {
  office = await openWorkingOffice();
  focal = office.official("focal_point", "CSPD");
}, 60_000);
afterAll(() => office.close());

const drafts = (reference: string, actor = focal) => office.services.cases.drafts({ reference, actor });
const keep = (
  reference: string,
  text: string | null,
  a: { tab?: string; counter?: number; based?: number; actor?: Person; action?: string; now?: Date } = {},
) =>
  office.services.cases.keepDraft({
    reference,
    action: a.action ?? "note",
    fields: text === null ? null : { [a.action ?? "note"]: text },
    tab: a.tab ?? "window-one",
    counter: a.counter ?? 1,
    based: a.based ?? 0,
    actor: a.actor ?? focal,
    now: a.now ?? sundayNine,
  });

describe("a draft", () => {
  it("is there for its author alone, an action a row, the newest first", async () => {
    const { reference } = await office.receive();
    expect(await keep(reference, "They called.")).toEqual({ kept: true, version: 1 });
    await keep(reference, "We are sorry.", { action: "answer", now: at(1) });
    expect((await drafts(reference)).map(({ action, fields }) => [action, fields])).toEqual([
      ["answer", { answer: "We are sorry." }],
      ["note", { note: "They called." }],
    ]);
    expect(await drafts(reference, office.official("operation_room"))).toEqual([]);
    expect((await problemOf(drafts(reference, office.official("focal_point", "MOH")))).code).toBe("not-found");
    expect((await problemOf(keep(reference, "x", { actor: office.official("focal_point", "MOH") }))).code).toBe(
      "not-found",
    );
  });

  it("is not there any more for whoever lost the case, and is again for whoever got it back", async () => {
    const { reference } = await office.receive();
    await keep(reference, "The applicant said her name.");
    await office.act(reference, focal, "transfer", { entity: "PSD", reason: "Theirs" }, at(1));
    expect((await problemOf(drafts(reference))).code).toBe("not-found");
    expect((await problemOf(keep(reference, "more", { counter: 2, based: 1 }))).code).toBe("not-found");
    const police = office.official("focal_point", "PSD");
    expect(await drafts(reference, police)).toEqual([]);
    await office.act(reference, police, "transfer", { entity: "CSPD", reason: "Not ours" }, at(2));
    expect((await drafts(reference)).map(({ fields }) => fields)).toEqual([{ note: "The applicant said her name." }]);
  });

  it("takes the newest of one window, also when requests overtake each other", async () => {
    const { reference } = await office.receive();
    await keep(reference, "one", { counter: 1 });
    expect(await keep(reference, "three", { counter: 3, based: 1 })).toEqual({ kept: true, version: 2 });
    expect(await keep(reference, "two", { counter: 2, based: 1 })).toEqual({ kept: true, version: 2 });
    expect((await drafts(reference))[0]?.fields).toEqual({ note: "three" });
  });

  it("of another window is not overwritten before it was seen", async () => {
    const { reference } = await office.receive();
    await keep(reference, "here", { counter: 1 });
    const refused = await keep(reference, "there", { tab: "window-two", counter: 1 });
    expect(refused).toMatchObject({ kept: false, newer: { fields: { note: "here" }, version: 1 } });
    expect(await keep(reference, "there, having read it", { tab: "window-two", counter: 2, based: 1 })).toEqual({
      kept: true,
      version: 2,
    });
    expect(await keep(reference, "here again", { counter: 2, based: 1 })).toMatchObject({ kept: false });
  });

  it("that was sent or thrown away does not come back from a second window", async () => {
    const { reference } = await office.receive();
    await keep(reference, "first");
    await keep(reference, null);
    expect(await keep(reference, "late", { tab: "window-two", counter: 1, based: 1 })).toEqual({
      kept: false,
      newer: null,
    });
    expect(await drafts(reference)).toEqual([]);
  });

  it("is refused where nothing could be sent", async () => {
    const { reference } = await office.receive();
    const refused = async (work: Promise<unknown>) => (await problemOf(work)).code;
    expect(await refused(keep(reference, "x", { action: "fly" }))).toBe("invalid-input");
    expect(await refused(keep(reference, "x", { action: "constructor" }))).toBe("invalid-input");
    expect(await refused(keep(reference, "x", { action: "approve" }))).toBe("forbidden");
    expect(await refused(keep(reference, "x", { actor: office.official("auditor") }))).toBe("forbidden");
    expect(await refused(keep(reference, "x".repeat(70_000)))).toBe("invalid-input");
  });

  it("is forgotten by housekeeping after thirty days, keys of acts after seven", async () => {
    const { reference } = await office.receive();
    await keep(reference, "old");
    const note = { reference, action: "note", fields: { note: "x" }, actor: focal, now: sundayNine };
    await office.services.cases.perform({ ...note, actKey: "kept-for-a-week" });
    await keep(reference, "old");
    const run = (days: number) => office.services.handlers.housekeeping(at(days * 24));
    await run(6);
    expect(
      await office.services.cases.actDone({ actor: focal, actKey: "kept-for-a-week", now: sundayNine }),
    ).not.toBeNull();
    await run(29);
    expect(
      await office.services.cases.actDone({ actor: focal, actKey: "kept-for-a-week", now: sundayNine }),
    ).toBeNull();
    expect(await drafts(reference)).toHaveLength(1);
    await run(31);
    expect(await drafts(reference)).toEqual([]);
  });
});

describe("an act with a key", () => {
  const act = (reference: string, actKey: string, more: object = {}) =>
    office.services.cases.perform({
      reference,
      action: "note",
      fields: { note: "Once" },
      actor: focal,
      now: sundayNine,
      actKey,
      ...more,
    });
  const notes = async (reference: string) =>
    typesOf(await office.events(reference)).filter((type) => type === "case.noted");

  it("is done once, however often it is sent, and takes its draft along", async () => {
    const { reference } = await office.receive();
    await keep(reference, "Once");
    const { lastSeq } = (await office.services.cases.read({ reference, actor: focal })).theCase;
    const first = await act(reference, "once-or-twice", { expectedSeq: lastSeq });
    expect(await act(reference, "once-or-twice", { expectedSeq: lastSeq })).toEqual(first);
    expect(await notes(reference)).toHaveLength(1);
    expect(await drafts(reference)).toEqual([]);
    expect(
      await office.services.cases.actDone({ actor: focal, actKey: "once-or-twice", now: sundayNine }),
    ).toMatchObject({
      reference,
      action: "note",
    });
    const other = office.official("focal_point", "MOH");
    expect(await office.services.cases.actDone({ actor: other, actKey: "once-or-twice", now: sundayNine })).toBeNull();
  });

  it("is done once when it arrives many times together", async () => {
    const { reference } = await office.receive();
    const answers = await Promise.all(Array.from({ length: 8 }, () => act(reference, "all-at-the-same-time")));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await notes(reference)).toHaveLength(1);
  });

  it("does not stand for another act", async () => {
    const { reference } = await office.receive();
    await act(reference, "taken-already");
    expect((await problemOf(act(reference, "taken-already", { action: "take", fields: {} }))).code).toBe(
      "idempotency-conflict",
    );
    const second = await office.receive();
    expect((await problemOf(act(second.reference, "taken-already"))).code).toBe("idempotency-conflict");
  });

  it("that was refused leaves its key and its draft free", async () => {
    const { reference } = await office.receive();
    await keep(reference, "long");
    expect((await problemOf(act(reference, "refused-at-first", { fields: {} }))).code).toBe("invalid-input");
    expect(await drafts(reference)).toHaveLength(1);
    await act(reference, "refused-at-first");
    expect(await notes(reference)).toHaveLength(1);
  });
});

describe("the letter of an act that is being written", () => {
  const preview = (reference: string, action: string, fields: object, actor = focal) =>
    office.services.cases.previewLetter({ reference, action, fields: { ...fields }, actor, now: sundayNine });

  it("reads as it will be sent, in the applicant's language, and stores nothing", async () => {
    const { reference } = await office.receive({ language: "ar" });
    const before = await office.caseRow(reference);
    const letter = await preview(reference, "answer", { answer: "فُتحت القاعة <b>اليوم</b>." });
    expect(letter).toMatchObject({ language: "ar", reachable: true, withheld: false });
    expect(letter.html).toContain("فُتحت القاعة &lt;b&gt;اليوم&lt;/b&gt;.");
    expect(letter.text).toContain(reference);
    expect(await office.caseRow(reference)).toEqual(before);
    const [messages] = await office.rows(
      "select count(*)::integer as n from messages where template = 'applicant-answered'",
    );
    expect(messages?.n).toBe(0);
  });

  it("names the day until which a question should be answered", async () => {
    const { reference } = await office.receive();
    const letter = await preview(reference, "ask", { question: "Which hall?" });
    expect(letter.text).toContain("Which hall?");
    expect(letter.text).toContain("2 December 2026");
  });

  it("is the same letter that is sent afterwards", async () => {
    const { reference } = await office.receive();
    const letter = await preview(reference, "ask", { question: "Which hall was it?" });
    await office.act(reference, focal, "ask", { question: "Which hall was it?" }, sundayNine);
    const room = office.official("operation_room");
    const [sent] = await office.services.mail.list({ actor: room, template: "applicant-question", limit: 1 });
    const { rendered } = await office.services.mail.show({ id: sent?.id ?? 0, actor: room });
    expect(letter).toMatchObject({ subject: rendered.subject, text: rendered.text, html: rendered.html });
  });

  it("keeps to itself what a confidential case says, and says when there is no address", async () => {
    const { reference } = await office.receive({ type: "report", entity: "CSPD", applicant: null });
    const handler = office.official("focal_point", "CSPD");
    const page = await office.services.cases.page({ reference, actor: handler, now: sundayNine });
    // Where no message is sent, none is offered to be looked at.
    expect(page.actions.find(({ action }) => action === "answer")).toMatchObject({ letter: true, letterLeaves: false });
    const letter = await preview(reference, "answer", { answer: "The matter was handled." }, handler);
    expect(letter).toMatchObject({ reachable: false, withheld: true });
    expect(letter.text).not.toContain("handled");
  });

  it("of a rejection is the letter that is sent: the reason as the applicant reads it, what was added, and until when to reopen", async () => {
    const manager = office.official("entity_manager", "CSPD");
    const { reference, caseId } = await office.receive({ language: "ar" });
    const fields = { closingReason: "INSUFFICIENT_INFORMATION", explanation: "أي قاعة؟" };
    const { actions } = await office.services.cases.page({ reference, actor: manager, now: sundayNine });
    const reject = actions.find(({ action }) => action === "reject");
    const told = office.setup.closingReasons.get(fields.closingReason)?.text;
    expect(reject?.letter).toBe(true);
    expect(reject?.fields[0]?.choices).toContainEqual(expect.objectContaining({ value: fields.closingReason, told }));
    const letter = await preview(reference, "reject", fields, manager);
    expect(letter.text).toContain(told?.ar);
    expect(letter.text).toContain("أي قاعة؟");
    expect(letter.text).toContain("14");
    await office.act(reference, manager, "reject", fields, sundayNine);
    const room = office.official("operation_room");
    const [message] = await office.rows(
      "select id::integer from messages where template = 'applicant-rejected' and receiver_case = $1",
      caseId,
    );
    const { rendered } = await office.services.mail.show({ id: Number(message?.id), actor: room });
    expect(letter).toMatchObject({ subject: rendered.subject, text: rendered.text, html: rendered.html });
  });

  it("is refused as the act would be", async () => {
    const { reference } = await office.receive();
    const refused = async (work: Promise<unknown>) => (await problemOf(work)).code;
    expect(await refused(preview(reference, "answer", {}))).toBe("invalid-input");
    expect(await refused(preview(reference, "note", { note: "x" }))).toBe("invalid-input");
    expect(await refused(preview(reference, "approve", {}))).toBe("forbidden");
    expect(await refused(preview(reference, "answer", { answer: "x" }, office.official("focal_point", "MOH")))).toBe(
      "not-found",
    );
  });
});
