/** What officials do among themselves: notes that name colleagues, giving, reminding, units. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { actsIn, at, faultsOf } from "../support/acts.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  type Row,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const { focal, room, elsewhere, lastEvent, messages } = actsIn(() => office);
const focals = (): Person[] => [0, 1, 2, 3, 4].map(focal);
const manager = (): Person => office.official("entity_manager", "CSPD");

async function offered(reference: string, actor: Actor, action: string, now = sundayNine) {
  const view = await office.services.cases.page({ reference, actor, now });
  return view.actions.find((one) => one.action === action);
}
const choicesOf = async (reference: string, actor: Actor, action: string, field: string): Promise<string[]> =>
  (await offered(reference, actor, action))?.fields
    .find(({ name }) => name === field)
    ?.choices?.map(({ value }) => value) ?? [];

describe("a note that names colleagues", () => {
  it("tells each of them, and the timeline names them", async () => {
    const { reference } = await office.receive();
    const [writer, colleague, boss] = [focal(0), focal(1), manager()];
    const mentions = [String(colleague.userId), boss.userId, String(colleague.userId)];
    await office.act(reference, writer, "note", { note: "Who knows this hall?", mentions }, sundayNine);
    expect((await lastEvent(reference, "case.noted"))?.data.mentions).toEqual([colleague.userId, boss.userId]);
    const told = await messages(reference, "official-mentioned");
    expect(told.map((row) => row.receiver_user)).toEqual([colleague.userId, boss.userId].sort((a, b) => a - b));
    expect(told[0]?.data).toMatchObject({ by: writer.name, note: "Who knows this hall?", reference });
    const { timeline } = await office.services.cases.page({ reference, actor: writer, now: sundayNine });
    const note = timeline.find(({ kind }) => kind === "note");
    for (const name of [colleague.name, boss.name]) {
      expect(note?.what.en).toContain(name);
      expect(note?.what.ar).toContain(name);
    }
  });

  it("names nobody where none was chosen", async () => {
    const { reference } = await office.receive();
    await office.act(reference, focal(), "note", { note: "For the file.", mentions: [] }, sundayNine);
    expect((await lastEvent(reference, "case.noted"))?.data).not.toHaveProperty("mentions");
    expect(await messages(reference, "official-mentioned")).toEqual([]);
  });

  it("offers who may read the case, those of the entity first, and refuses anybody else in the same words", async () => {
    const { reference } = await office.receive();
    const choices = await choicesOf(reference, focal(), "note", "mentions");
    expect(choices[0]).toBe(String(focal(1).userId));
    expect(choices).toContain(String(room().userId));
    expect(choices).toContain(String(manager().userId));
    expect(choices).not.toContain(String(focal(0).userId));
    expect(choices).not.toContain(String(elsewhere().userId));
    const name = (mentions: unknown) =>
      faultsOf(office.act(reference, focal(), "note", { note: "x", mentions }, sundayNine));
    const refused = (who: unknown) => [
      "invalid-input",
      `/fields/mentions: "${who}" is not one of the officials who can read this case. Select one from the list.`,
    ];
    expect(await name([String(elsewhere().userId)])).toEqual(refused(elsewhere().userId));
    expect(await name(["999999"])).toEqual(refused(999999));
    expect(await name([String(focal(0).userId)])).toEqual(refused(focal(0).userId));
    expect(await name([room().userId, "x", elsewhere().userId])).toHaveLength(3);
    expect((await name(Array.from({ length: 51 }, (_, i) => i)))[1]).toMatch(/at most 50/);
  });

  it("of a confidential case offers its handlers alone and tells them which case it is, and nothing else", async () => {
    const { reference } = await office.receive({
      type: "report",
      entity: "CSPD",
      fields: { subjectOfReport: "safety" },
    });
    const handlers = [focal(1).userId, manager().userId].map(String);
    expect(await choicesOf(reference, focal(), "note", "mentions")).toEqual(expect.arrayContaining(handlers));
    expect(await choicesOf(reference, focal(), "note", "mentions")).not.toContain(String(room().userId));
    await office.act(reference, focal(), "note", { note: "A secret.", mentions: [handlers[0]] }, sundayNine);
    const [told] = await messages(reference, "official-mentioned");
    expect(Object.keys(told?.data as Row).sort()).toEqual(["confidential", "dueAt", "reference"]);
    expect(
      await faultsOf(office.act(reference, focal(), "note", { note: "x", mentions: [room().userId] }, sundayNine)),
    ).toHaveLength(2);
  });
});

describe("giving a case", () => {
  it("makes a colleague of the entity its owner and tells only them", async () => {
    const { reference } = await office.receive();
    expect(await choicesOf(reference, manager(), "give", "colleague")).toEqual(
      focals().map(({ userId }) => String(userId)),
    );
    const done = await office.act(
      reference,
      manager(),
      "give",
      { colleague: String(focal(1).userId), reason: "Yours." },
      sundayNine,
    );
    expect(done.state).toBe("in_progress");
    expect(await office.caseRow(reference)).toMatchObject({ assignee: focal(1).userId });
    expect((await lastEvent(reference, "case.given"))?.data).toMatchObject({
      before: null,
      colleague: focal(1).userId,
      reason: "Yours.",
    });
    const told = await messages(reference, "official-given");
    expect(told.map((row) => row.receiver_user)).toEqual([focal(1).userId]);
    // Whoever has it is not offered, nor is it given to them again.
    expect(await choicesOf(reference, manager(), "give", "colleague")).toEqual(
      focals()
        .filter(({ userId }) => userId !== focal(1).userId)
        .map(({ userId }) => String(userId)),
    );
    const again = office.act(reference, manager(), "give", { colleague: focal(1).userId }, sundayNine);
    expect(await faultsOf(again)).toHaveLength(2);
  });

  it("reaches nobody outside the entity", async () => {
    const { reference } = await office.receive();
    for (const stranger of [elsewhere(), room(), office.official("entity_manager", "MOH")]) {
      const given = office.act(reference, focal(), "give", { colleague: stranger.userId }, sundayNine);
      expect(await faultsOf(given)).toEqual([
        "invalid-input",
        `/fields/colleague: "${stranger.userId}" is not one of the colleagues who can take this case. Select one from the list.`,
      ]);
    }
    expect(
      (await problemOf(office.act(reference, elsewhere(), "give", { colleague: focal().userId }, sundayNine))).code,
    ).toBe("not-found");
    expect(
      (await problemOf(office.act(reference, room(), "give", { colleague: focal().userId }, sundayNine))).code,
    ).toBe("forbidden");
  });

  it("does not give an appeal to whoever wrote the answer, nor let them choose who hears it", async () => {
    const sent = await office.receive();
    const { reference } = sent;
    const done = await office.act(reference, focal(0), "answer", { answer: "It is open." }, at("11-22T07:00"));
    if (done.state === "in_review") await office.act(reference, room(), "approve", {}, at("11-22T07:10"));
    await office.applicantActs(sent, "rate", { rating: 1 }, at("11-22T08:00"));
    expect(await choicesOf(reference, manager(), "give_appeal", "colleague")).toEqual(
      focals()
        .slice(1)
        .map(({ userId }) => String(userId)),
    );
    const toWriter = office.act(reference, manager(), "give_appeal", { colleague: focal(0).userId }, at("11-22T08:10"));
    expect((await problemOf(toWriter)).code).toBe("invalid-input");
    const byWriter = office.act(reference, focal(0), "give_appeal", { colleague: focal(1).userId }, at("11-22T08:10"));
    expect((await problemOf(byWriter)).code).toBe("action-refused");
    await office.act(reference, manager(), "give_appeal", { colleague: focal(1).userId }, at("11-22T08:20"));
    // Given is as good as taken: the receiver answers it.
    const answered = await office.act(reference, focal(1), "answer_appeal", { answer: "Sorry." }, at("11-22T09:00"));
    expect(["resolved", "appeal_in_review"]).toContain(answered.state);
  });
});

describe("an executive's note", () => {
  const write = (reference: string, actor: Person, time: string) =>
    office.act(reference, actor, "executive_note", { note: "Call him today." }, at(time));

  it("is for those whom the case reached, signed with their office, and news to who has it", async () => {
    const { reference } = await office.receive();
    const [minister, other] = [office.official("minister", "MOI"), office.official("minister", "MOH")];
    await office.act(reference, focal(), "take", {}, at("11-22T07:00"));
    const note = async (actor: Person, time: string) => offered(reference, actor, "executive_note", at(time));
    // It is read by everyone above, and did not come to them yet.
    expect((await note(minister, "11-22T08:00"))?.allowed).toBe(false);
    expect((await problemOf(write(reference, minister, "11-22T08:00"))).code).toBe("action-refused");
    const read = (actor: Person, time: string) => office.services.cases.page({ reference, actor, now: at(time) });
    expect((await read(minister, "11-22T08:00")).escalation).toBeNull();

    await office.services.deadlines.enforce({ now: at("12-06T06:00") });
    await office.services.deadlines.enforce({ now: at("12-20T06:00") });
    expect((await office.caseRow(reference)).escalation_level).toBeGreaterThanOrEqual(3);
    expect((await note(minister, "12-20T07:00"))?.allowed).toBe(true);
    // Another entity's executive does not reach the case; those of the entity have their own notes.
    expect((await problemOf(write(reference, other, "12-20T07:00"))).code).toMatch(/not-found|forbidden/);
    for (const actor of [focal(), manager(), room(), elsewhere()])
      expect((await problemOf(write(reference, actor, "12-20T07:00"))).code).toMatch(/not-found|forbidden/);

    const before = await office.caseRow(reference);
    await write(reference, minister, "12-20T07:00");
    const after = await office.caseRow(reference);
    expect(after.last_official_action_at).toEqual(before.last_official_action_at);
    expect((await lastEvent(reference, "case.noted"))?.data).toMatchObject({ role: "minister" });
    for (const actor of [focal(1), room()]) {
      const said = (await read(actor, "12-20T08:00")).timeline.find(({ kind }) => kind === "note");
      expect(said).toMatchObject({ text: "Call him today.", internal: true });
      expect([said?.what.en, said?.what.ar]).toEqual([
        expect.stringContaining("as Minister"),
        expect.stringContaining("الوزير"),
      ]);
    }
    const { rows } = await office.services.news.read({ actor: focal(), now: at("12-20T08:00"), page: 1, rows: 100 });
    expect(rows.find((row) => row.reference === reference)).toMatchObject({
      ...{ kinds: expect.arrayContaining(["noted"]), words: "Call him today.", by: minister.name },
    });
    // What is written as a colleague names no office.
    await office.act(reference, focal(), "note", { note: "For the file." }, at("12-20T09:00"));
    expect((await lastEvent(reference, "case.noted"))?.data).not.toHaveProperty("role");
  });

  it("follows what they are shown first: by which step it came, since when, and who had it before", async () => {
    const { reference } = await office.receive();
    await office.services.deadlines.enforce({ now: at("12-06T06:00") });
    await office.services.deadlines.enforce({ now: at("12-20T06:00") });
    const shown = async (actor: Person) =>
      (await office.services.cases.page({ reference, actor, now: at("12-20T07:00") })).escalation;
    const [minister, secretary] = [office.official("minister", "MOI"), office.official("secretary_general", "MOI")];
    const toMinister = await shown(minister);
    expect(toMinister).toMatchObject({ level: 3, to: { en: "Minister" }, at: expect.any(Date) });
    expect(toMinister?.reason.ar).toMatch(/[؀-ۿ]/);
    expect(toMinister?.before.map(({ level }) => level)).toEqual([1, 2]);
    expect(await shown(secretary)).toMatchObject({ level: 2, before: [{ level: 1 }] });
    for (const actor of [focal(), manager(), room()]) expect(await shown(actor)).toBeNull();
  });
});

describe("reminding", () => {
  it("tells the focal points, changes no deadline and no sign of life, and comes once in four working hours", async () => {
    const { reference } = await office.receive();
    const before = await office.caseRow(reference);
    await office.act(reference, room(), "remind", { note: "He calls each day." }, at("11-22T07:00"));
    const after = await office.caseRow(reference);
    expect(after).toMatchObject({ last_official_action_at: null, next_due_at: before.next_due_at, state: "assigned" });
    const told = await messages(reference, "official-reminder");
    expect(told.map((row) => row.receiver_user)).toEqual(focals().map(({ userId }) => userId));
    expect(told[0]?.data).toMatchObject({ by: room().name, note: "He calls each day." });
    const refused = await problemOf(office.act(reference, manager(), "remind", {}, at("11-22T10:59")));
    expect(refused.code).toBe("action-refused");
    expect(refused.detail.en).toMatch(/last 4 working hours/);
    expect((await offered(reference, room(), "remind", at("11-22T10:59")))?.allowed).toBe(false);
    // From ten to two; the executive above may as well.
    await office.act(reference, office.official("minister", "MOI"), "remind", {}, at("11-22T11:00"));
    // The night is no working time: it ended at half past three, and opens at half past eight.
    expect((await problemOf(office.act(reference, room(), "remind", {}, at("11-23T07:59")))).code).toBe(
      "action-refused",
    );
    await office.act(reference, room(), "remind", {}, at("11-23T08:00"));
    expect((await problemOf(office.act(reference, focal(), "remind", {}, at("11-25T08:00")))).code).toBe("forbidden");
  });

  it("from above is never refused because of one from below, says what it follows, and binds those below", async () => {
    const { reference } = await office.receive();
    const [minister, prime] = [office.official("minister", "MOI"), office.official("prime_minister", "PM")];
    const remind = (actor: Person, time: string) => office.act(reference, actor, "remind", {}, at(time));
    const allowed = async (actor: Person, time: string) =>
      (await offered(reference, actor, "remind", at(time)))?.allowed;
    await remind(room(), "11-22T07:00");
    expect(await allowed(manager(), "11-22T07:05")).toBe(false);
    expect(await allowed(minister, "11-22T07:05")).toBe(true);
    await remind(minister, "11-22T07:05");
    for (const actor of [manager(), room(1), minister]) {
      expect((await problemOf(remind(actor, "11-22T07:10"))).code).toBe("action-refused");
    }
    await remind(prime, "11-22T07:15");
    const [data] = (await messages(reference, "official-reminder")).slice(-1).map((row) => row.data);
    const after = { by: minister.name, role: "minister", at: at("11-22T07:05").toISOString() };
    expect(data).toMatchObject({ by: prime.name, role: "prime_minister", after });
    const { timeline } = await office.services.cases.page({ reference, actor: focal(), now: at("11-22T07:20") });
    const said = timeline.filter(({ kind }) => kind === "escalation").map(({ what }) => what.en);
    expect(said[0]).not.toContain("It follows");
    expect(said[1]).toContain(`It follows the reminder by \u2068${room().name}\u2069 (Operation room)`);
    expect(said[2]).toContain(`It follows the reminder by \u2068${minister.name}\u2069 (Minister)`);
  });

  it("waits until someone of the entity does something about the case, whatever is said or given meanwhile", async () => {
    const { reference } = await office.receive();
    const minister = office.official("minister", "MOI");
    const open = async () =>
      ((await office.caseRow(reference)).reminders as { open: boolean }[]).map((one) => one.open);
    await office.act(reference, minister, "remind", { note: "Today." }, at("11-22T07:00"));
    await office.act(reference, focal(), "note", { note: "I look at it." }, at("11-22T07:10"));
    await office.act(reference, focal(), "take", {}, at("11-22T07:20"));
    await office.act(reference, room(), "reclassify", { importance: "high", reason: "So." }, at("11-22T07:30"));
    expect(await open()).toEqual([true]);
    await office.act(reference, focal(), "contact", { note: "We called." }, at("11-22T07:40"));
    expect(await open()).toEqual([false]);
    await office.act(reference, minister, "remind", {}, at("11-23T12:00"));
    expect(await open()).toEqual([true]);
    // It leaves their hands.
    await office.act(reference, room(), "transfer", { entity: "MOH", reason: "Theirs." }, at("11-23T12:10"));
    expect(await open()).toEqual([false]);
  });

  it("does not put off an escalation", async () => {
    const [reminded, silent] = [await office.receive(), await office.receive()];
    await office.act(reminded.reference, room(), "remind", {}, at("11-23T07:00"));
    await office.services.deadlines.enforce({ now: at("11-25T12:00") });
    const level = async (reference: string) => (await office.caseRow(reference)).escalation_level;
    expect(await level(reminded.reference)).toBeGreaterThan(0);
    expect(await level(reminded.reference)).toBe(await level(silent.reference));
  });

  it("is put off by the first look and by what reaches somebody, not by what officials do among themselves", async () => {
    const sent = at("11-22T06:00");
    const silent = await office.receive();
    await office.services.deadlines.enforce({ now: at("11-23T06:00") });
    const due = async (reference: string) => (await office.caseRow(reference)).next_due_at;
    const dueInSilence = await due(silent.reference);
    const colleague = { colleague: String(focal(1).userId) };
    const first = (reference: string, action: string, fields: Record<string, unknown>, actor = focal()) =>
      office.act(reference, actor, action, fields, at("11-23T07:00"));
    const quiet: readonly [string, Record<string, unknown>][] = [
      ["note", { note: "I shall look at it." }],
      ["note", { note: "Please look.", mentions: [String(focal(1).userId)] }],
      ["give", colleague],
    ];
    for (const [action, fields] of quiet) {
      const { reference } = await office.receive();
      await office.services.deadlines.enforce({ now: at("11-23T06:00") });
      await first(reference, action, fields);
      expect([action, await due(reference)]).toEqual([action, dueInSilence]);
      expect([action, (await office.caseRow(reference)).last_official_action_at]).toEqual([action, null]);
      await office.services.deadlines.enforce({ now: new Date(sent.getTime() + 48 * 3_600_000 - 1) });
      expect([action, (await office.caseRow(reference)).escalation_level]).toEqual([action, 0]);
      await office.services.deadlines.enforce({ now: new Date(sent.getTime() + 48 * 3_600_000) });
      expect([action, (await office.caseRow(reference)).escalation_level]).toEqual([action, 1]);
    }
    for (const [action, fields] of [["take", {}] as const, ["contact", { note: "We called." }] as const]) {
      const { reference } = await office.receive();
      await first(reference, action, fields);
      await office.services.deadlines.enforce({ now: at("11-25T06:59") });
      expect([action, (await office.caseRow(reference)).escalation_level]).toEqual([action, 0]);
      await office.services.deadlines.enforce({ now: at("11-25T07:00") });
      expect([action, (await office.caseRow(reference)).escalation_level]).toEqual([action, 1]);
    }
  });

  it("makes nothing of what somebody is writing wrong", async () => {
    const { reference } = await office.receive();
    const { expectedSeq } = await office.services.cases.page({ reference, actor: focal(), now: sundayNine });
    await office.act(reference, room(), "remind", {}, at("11-22T07:00"));
    const act = { reference, actor: focal(), action: "take", fields: {}, now: at("11-22T07:10"), expectedSeq };
    expect((await office.services.cases.perform(act)).state).toBe("in_progress");
  });
});

describe("units of an entity", () => {
  beforeAll(async () => {
    await office.asOwner(
      `insert into entities (programme, code, name_ar, name_en, kind, sector, parent, level, valid_from, joining, sort_order)
       select programme, 'CSPD-U', 'وحدة الأرشيف', 'Archive unit', 'unit', sector, code, level + 1, valid_from, 'live', 9999
       from entities where code = 'CSPD'`,
    );
  });

  it("come first where a case is transferred, count as no misdirection, and stay in the manager's sight", async () => {
    const { reference } = await office.receive();
    expect((await choicesOf(reference, focal(), "transfer", "entity"))[0]).toBe("CSPD-U");
    const done = await office.act(
      reference,
      focal(),
      "transfer",
      { entity: "CSPD-U", reason: "The archive." },
      at("11-22T07:00"),
    );
    expect(done).toMatchObject({ state: "assigned", entity: "CSPD-U" });
    expect(await office.caseRow(reference)).toMatchObject({ transfer_count: 0, assignee: null });
    const { head } = await office.services.cases.page({ reference, actor: manager(), now: at("11-22T08:00") });
    expect(head.entity?.name.en).toBe("Archive unit");
    // Nobody sits in the unit: the manager above is told, and the room of the empty seat.
    const told = (await messages(reference, "official-assigned")).map((row) => row.receiver_user);
    expect(told).toContain(manager().userId);
    await office.services.deadlines.enforce({ now: at("11-25T12:00") });
    const escalated = await lastEvent(reference, "case.escalated");
    expect(escalated?.data.receivers).toContain(manager().userId);
    // Beyond the institution it is a transfer like any other.
    await office.act(reference, room(), "transfer", { entity: "MOH", reason: "Not the archive." }, at("11-25T13:00"));
    expect(await office.caseRow(reference)).toMatchObject({ transfer_count: 1, entity: "MOH" });
  });
});
