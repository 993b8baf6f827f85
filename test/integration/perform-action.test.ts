/** What people do to a case, from receipt to closing, over the shipped workflows and rules. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  sundayNine,
  typesOf,
  unknownReference,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const at = (text: string): Date => new Date(`2026-${text}:00Z`);
const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const focal = (n = 0) => office.official("focal_point", "CSPD", n);
const room = (n = 0) => office.official("operation_room", null, n);

/** Answers as `n`-th focal point; the operation room approves where the quality rules drew it. */
async function answer(reference: string, now: Date, n = 0): Promise<void> {
  const done = await office.act(reference, focal(n), "answer", { answer: "The hall is open again." }, now);
  if (done.state === "in_review") await office.act(reference, room(), "approve", {}, now);
}

async function clock(reference: string, target: string, cycle = 1): Promise<Record<string, unknown>> {
  const [row] = await office.rows(
    "select k.* from clocks k join cases c on c.id = k.case_id where c.reference = $1 and target = $2 and k.cycle = $3",
    reference,
    target,
    cycle,
  );
  return row ?? {};
}

describe("the whole life of a complaint", () => {
  let sent: ReceivedApplication;

  it("is received, routed and promised", async () => {
    sent = await office.receive();
    expect(sent).toMatchObject({ state: "assigned", entity: "CSPD", pillar: "QUALITY", importance: "normal" });
    // Ten working days on: the same time of day, Fridays and Saturdays left out.
    expect(iso(sent.dueAt)).toBe("2026-12-06T06:00:00.000Z");
  });

  it("is taken; a question meets the first response and stops the resolution clock", async () => {
    await office.act(sent.reference, focal(), "take", {}, at("11-22T07:00"));
    expect((await office.caseRow(sent.reference)).assignee).toBe(focal().userId);
    await office.act(sent.reference, focal(), "ask", { question: "Which day was it?" }, at("11-23T06:30"));
    const resolution = await clock(sent.reference, "resolution");
    expect(resolution.due_at).toBeNull();
    // Six hours and a half on Sunday, one on Monday.
    expect(resolution.consumed_seconds).toBe(7.5 * 3600);
    expect(iso((await clock(sent.reference, "firstResponse")).met_at)).toBe("2026-11-23T06:30:00.000Z");
  });

  it("goes on with the reply, the due time later by the working time that it waited", async () => {
    const done = await office.applicantActs(sent, "reply", { reply: "On Sunday." }, at("11-24T08:00"));
    // Waited 6 h of Monday and 2 h 30 of Tuesday: 8 h 30 after Sunday 9:00 is Monday 10:30 in Amman.
    expect(done).toMatchObject({ state: "in_progress", dueAt: at("12-07T07:30") });
    const row = await clock(sent.reference, "resolution");
    expect(row.paused_seconds).toBe(8.5 * 3600);
  });

  it("is answered, rated and closed", async () => {
    await answer(sent.reference, at("11-25T07:00"));
    const resolved = await office.caseRow(sent.reference);
    expect(resolved).toMatchObject({ state: "resolved", state_kind: "resolved", answered_by: focal().userId });
    // Sunday 6.5 h, Monday 7 h, Tuesday 7 h, Wednesday 1.5 h, less the 8.5 h of waiting.
    expect(resolved.resolution_working_seconds).toBe((6.5 + 7 + 7 + 1.5 - 8.5) * 3600);
    await office.applicantActs(sent, "rate", { rating: 5 }, at("11-26T09:00"));
    const closed = await office.caseRow(sent.reference);
    expect(closed).toMatchObject({ state: "closed", rating: 5, next_due_at: null });
    expect(iso(closed.closed_at)).toBe("2026-11-26T09:00:00.000Z");
  });

  it("has said so, event by event, without a gap", async () => {
    const events = await office.events(sent.reference);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(typesOf(events).filter((type) => type !== "case.moved")).toEqual([
      "application.received",
      "case.classified",
      "case.routed",
      "case.assigned",
      "clock.met",
      "clock.started",
      "clock.started",
      "case.taken",
      "clock.met",
      "applicant.asked",
      "clock.paused",
      "applicant.replied",
      "clock.resumed",
      "case.answered",
      "clock.met",
      "case.resolved",
      "case.rated",
      "case.closed",
    ]);
    const { conversation } = await office.services.cases.follow({ ...sent, now: at("11-26T10:00") });
    expect(conversation.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      "question: Which day was it?",
      "reply: On Sunday.",
      "answer: The hall is open again.",
    ]);
  });

  it("owed the applicant each message once", async () => {
    const told = await office.rows(
      "select template, state from messages where receiver_case = $1 order by id",
      (await office.caseRow(sent.reference)).id,
    );
    expect(told).toEqual(
      ["applicant-received", "applicant-question", "applicant-answered"].map((template) => ({
        template,
        state: "kept",
      })),
    );
  });
});

describe("who asked", () => {
  const heard = async (reference: string) => {
    const rows = await office.rows(
      `select u.email, m.data->>'kind' as kind from messages m join users u on u.id = m.receiver_user
       join cases c on c.id = m.case_id where c.reference = $1 and m.template = 'official-news' order by m.id`,
      reference,
    );
    return rows.map(({ email, kind }) => `${kind}: ${email}`);
  };
  const emailOf = async ({ userId }: Person) =>
    String((await office.rows("select email from users where id = $1", userId))[0]?.email);
  const colleague = () => office.official("focal_point", "CSPD", 1);

  it("has the case, and alone hears of the reply; who has it already takes nothing", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, colleague(), "ask", { question: "Which hall?" }, at("11-23T07:00"));
    expect((await office.caseRow(sent.reference)).assignee).toBe(colleague().userId);
    await office.applicantActs(sent, "reply", { reply: "The large one." }, at("11-23T08:00"));
    expect(await heard(sent.reference)).toEqual([`replied: ${await emailOf(colleague())}`]);
    await office.act(sent.reference, colleague(), "ask", { question: "On which day?" }, at("11-23T09:00"));
    const taken = (await office.events(sent.reference)).filter(({ type }) => type === "case.taken");
    expect(taken).toHaveLength(1);
  });

  it("hears of all that the applicant does: more information, a reopening, a low rating that appeals", async () => {
    const sent = await office.receive();
    await office.applicantActs(sent, "add_information", { reply: "It was Sunday." }, at("11-22T08:00"));
    // Nobody has it yet: all focal points of the entity.
    const seats = office.setup.seats.filter(({ role, entity }) => role === "focal_point" && entity === "CSPD");
    const all = seats.flatMap(({ holders }) => holders.map(({ email }) => email));
    expect(all.length).toBeGreaterThan(1);
    expect((await heard(sent.reference)).sort()).toEqual(all.map((email) => `added: ${email}`).sort());
    await office.act(sent.reference, focal(), "take", {}, at("11-23T07:00"));
    await answer(sent.reference, at("11-23T08:00"));
    await office.applicantActs(sent, "reopen", { reason: "It is closed again." }, at("11-24T08:00"));
    const reopened = (await heard(sent.reference)).slice(all.length);
    expect(reopened).toEqual([`reopened: ${await emailOf(focal())}`]);
    await answer(sent.reference, at("11-25T08:00"));
    await office.applicantActs(sent, "rate", { rating: 1 }, at("11-26T08:00"));
    const appealed = (await heard(sent.reference)).slice(all.length + 1);
    expect(appealed.sort()).toEqual(all.map((email) => `appealed: ${email}`).sort());
  });
});

describe("transfer, reclassification, reopening", () => {
  it("keeps the clocks of a case that another entity takes over", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, focal(), "take", {}, at("11-23T07:00"));
    await office.act(sent.reference, focal(), "transfer", { entity: "MOI", reason: "Theirs" }, at("11-23T08:00"));
    const row = await office.caseRow(sent.reference);
    expect(row).toMatchObject({ entity: "MOI", state: "assigned", transfer_count: 1, assignee: null });
    expect(iso((await clock(sent.reference, "resolution")).due_at)).toBe(iso(sent.dueAt));
    // The one who had it has it no more.
    expect((await problemOf(office.act(sent.reference, focal(), "note", { note: "x" }, at("11-23T09:00")))).code).toBe(
      "not-found",
    );
  });

  it("moves the due times of a case whose importance is corrected, each with an event", async () => {
    const sent = await office.receive();
    const act = { pillar: "QUALITY", importance: "high", reason: "It is urgent" };
    const done = await office.act(sent.reference, room(), "reclassify", act, at("11-22T09:00"));
    // Three working days from receipt, not from the correction.
    expect(iso(done.dueAt)).toBe("2026-11-25T06:00:00.000Z");
    const retimed = (await office.events(sent.reference)).filter(({ type }) => type === "case.retimed");
    expect(retimed.map(({ data }) => data.target)).toEqual(["firstResponse", "resolution"]);
    expect(retimed[1]?.data).toMatchObject({
      from: { dueAt: "2026-12-06T06:00:00.000Z" },
      to: { dueAt: "2026-11-25T06:00:00.000Z" },
    });
    const steps = (await office.caseRow(sent.reference)).escalation_steps as { ruleId: string }[];
    expect(steps.map(({ ruleId }) => ruleId)).toContain("raise-high-2");
  });

  it("forgets no pause when it is corrected, keeps what was decided before, and says who corrected it and why", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, focal(), "ask", { question: "Which day?" }, at("11-22T07:00"));
    await office.applicantActs(sent, "reply", { reply: "Sunday." }, at("11-22T09:00"));
    const act = { importance: "high", reason: "People wait outside." };
    const done = await office.act(sent.reference, room(), "reclassify", act, at("11-22T10:00"));
    // Three working days from receipt, and the two hours in which the applicant was waited for.
    expect(iso(done.dueAt)).toBe("2026-11-25T08:00:00.000Z");
    expect(await clock(sent.reference, "resolution")).toMatchObject({ paused_seconds: 7200, cycle: 1 });
    // The first response was given already: what has ended stays as it was promised.
    const retimed = (await office.events(sent.reference)).filter(({ type }) => type === "case.retimed");
    expect(retimed.map(({ data }) => data.target)).toEqual(["resolution"]);
    const decided = await office.rows(
      `select facts->>'importance' as importance from decisions d join cases c on c.id = d.case_id
       where reference = $1 and rule_set = 'sla' order by number`,
      sent.reference,
    );
    expect(decided.map(({ importance }) => importance)).toEqual(["normal", "high"]);
    const why = (language: "ar" | "en") =>
      office.services.reports.explain({ reference: sent.reference, language, now: at("11-22T11:00") });
    const english = (await why("en")).join("\n");
    expect(english).toContain(
      `Corrected by ${room().name} on Sunday 22 November 2026, 13:00. Reason given: “People wait outside.”`,
    );
    expect(english).toMatch(
      /Moved by an explicit action on Sunday 22 November 2026, 13:00: from .* to Wednesday 25 November 2026, 11:00/,
    );
    expect((await why("ar")).join("\n")).toContain("السبب المذكور: «People wait outside.»");
    const { timeline } = await office.services.cases.page({
      reference: sent.reference,
      actor: room(),
      now: at("11-22T11:00"),
    });
    expect(timeline.find(({ what }) => what.en.startsWith("Changed the classification"))?.text).toBe(
      "People wait outside.",
    );
  });

  it("begins a new cycle with new clocks when the applicant reopens", async () => {
    const sent = await office.receive();
    await answer(sent.reference, at("11-23T07:00"));
    const done = await office.applicantActs(sent, "reopen", { reason: "Closed again" }, at("11-24T06:00"));
    expect(done).toMatchObject({ state: "assigned", dueAt: at("12-08T06:00") });
    expect(await office.caseRow(sent.reference)).toMatchObject({ cycle: 2, reopen_count: 1, resolved_at: null });
    expect(iso((await clock(sent.reference, "resolution", 1)).met_at)).toBe("2026-11-23T07:00:00.000Z");
    expect((await clock(sent.reference, "resolution", 2)).met_at).toBeNull();
    const decided = await office.rows(
      "select d.cycle, rule_set from decisions d join cases c on c.id = d.case_id where reference = $1 and d.cycle = 2",
      sent.reference,
    );
    expect(decided.map((d) => d.rule_set)).toEqual(["sla", "escalation"]);
  });

  it("refuses to reopen after the window, and says what to do", async () => {
    const sent = await office.receive();
    await answer(sent.reference, at("11-23T07:00"));
    const late = await problemOf(office.applicantActs(sent, "reopen", { reason: "Overdue" }, at("12-08T07:00")));
    expect(late.code).toBe("action-refused");
    expect(late.detail.en).toMatch(/send a new one/i);
  });

  it("counts waiting of an earlier cycle out of the working time to the first resolution", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, focal(), "ask", { question: "?" }, at("11-22T07:00"));
    await office.services.deadlines.enforce({ now: at("12-02T07:00") });
    expect(await office.caseRow(sent.reference)).toMatchObject({ state: "closed_no_reply" });
    await office.act(sent.reference, room(), "reopen_unanswered", { reason: "Phoned" }, at("12-02T07:00"));
    await answer(sent.reference, at("12-02T09:00"));
    // One hour before the question, two after the reopening.
    expect((await office.caseRow(sent.reference)).resolution_working_seconds).toBe(3 * 3600);
  });

  it("gives an appeal to another person", async () => {
    const sent = await office.receive();
    await answer(sent.reference, at("11-23T07:00"));
    const rated = await office.applicantActs(sent, "rate", { rating: 1, comment: "No" }, at("11-23T09:00"));
    expect(rated.state).toBe("appealed");
    const own = await problemOf(office.act(sent.reference, focal(0), "take_appeal", {}, at("11-23T10:00")));
    expect(own).toMatchObject({ code: "action-refused", detail: { en: expect.stringMatching(/someone else/i) } });
    expect((await office.act(sent.reference, focal(1), "take_appeal", {}, at("11-23T10:00"))).state).toBe(
      "appeal_in_progress",
    );
    expect(await office.caseRow(sent.reference)).toMatchObject({ cycle: 2, assignee: focal(1).userId });
  });
});

describe("ending without an answer", () => {
  it("is withdrawn by the applicant in whatever state it is open", async () => {
    const review = async (sent: ReceivedApplication): Promise<void> => {
      await office.asOwner("update cases set state = 'in_review' where reference = $1", sent.reference);
    };
    const appeal = async (sent: ReceivedApplication): Promise<void> => {
      await answer(sent.reference, at("11-22T07:00"));
      await office.applicantActs(sent, "rate", { rating: 1 }, at("11-22T08:00"));
    };
    const ways: Record<string, (sent: ReceivedApplication) => Promise<unknown>> = {
      assigned: async () => undefined,
      in_progress: (sent) => office.act(sent.reference, focal(), "take", {}, at("11-22T07:00")),
      waiting_applicant: (sent) => office.act(sent.reference, focal(), "ask", { question: "?" }, at("11-22T07:00")),
      in_review: review,
      appealed: appeal,
      appeal_in_progress: async (sent) => {
        await appeal(sent);
        await office.act(sent.reference, focal(1), "take_appeal", {}, at("11-22T08:10"));
      },
    };
    for (const [state, lead] of Object.entries(ways)) {
      const sent = await office.receive();
      await lead(sent);
      expect((await office.caseRow(sent.reference)).state).toBe(state);
      await office.applicantActs(sent, "withdraw", {}, at("11-23T07:00"));
      expect(await office.caseRow(sent.reference)).toMatchObject({ state: "withdrawn", next_due_at: null });
      const open = await office.rows(
        `select target from clocks k join cases c on c.id = k.case_id
         where reference = $1 and met_at is null and cancelled_at is null`,
        sent.reference,
      );
      expect(open).toEqual([]);
    }
    const unplaced = await office.receive({ type: "inquiry", sector: "MUNICIPAL", entity: null });
    expect(unplaced.state).toBe("triage");
    expect((await office.applicantActs(unplaced, "withdraw", {}, at("11-23T07:00"))).state).toBe("withdrawn");
  });

  it("cancels what still ran when the applicant withdraws", async () => {
    const sent = await office.receive();
    await office.applicantActs(sent, "withdraw", {}, at("11-23T07:00"));
    const row = await office.caseRow(sent.reference);
    expect(row).toMatchObject({ state: "withdrawn", state_kind: "final", next_due_at: null, resolved_at: null });
    for (const target of ["firstResponse", "resolution"]) {
      const ended = await clock(sent.reference, target);
      expect([iso(ended.cancelled_at), ended.met_at]).toEqual(["2026-11-23T07:00:00.000Z", null]);
    }
  });

  it("links a duplicate, and no case to itself, to nothing, or to what is a duplicate already", async () => {
    const [first, second, third] = [await office.receive(), await office.receive(), await office.receive()];
    const link = (from: ReceivedApplication, duplicateOf: string) =>
      office.act(from.reference, focal(), "link", { duplicateOf }, at("11-23T07:00"));
    expect((await problemOf(link(second, second.reference))).code).toBe("invalid-input");
    expect((await problemOf(link(second, unknownReference))).code).toBe("invalid-input");
    await link(second, first.reference.replaceAll("-", " "));
    expect(await office.caseRow(second.reference)).toMatchObject({ state: "duplicate", duplicate_of: first.caseId });
    // A ring of duplicates would be nobody's work.
    expect((await problemOf(link(first, second.reference))).code).toBe("invalid-input");
    expect((await problemOf(link(third, second.reference))).code).toBe("invalid-input");
    expect((await office.caseRow(first.reference)).state).toBe("assigned");
  });

  it("tells the applicant of a duplicate: linked, and the answer once there is one", async () => {
    const [first, second, late] = [await office.receive(), await office.receive(), await office.receive()];
    const silent = await office.receive({ applicant: { category: "citizen", name: "Nobody", phone: "+962791234567" } });
    const link = (from: ReceivedApplication, now: Date) =>
      office.act(from.reference, focal(), "link", { duplicateOf: first.reference }, now);
    await link(second, at("11-23T07:00"));
    await link(silent, at("11-23T07:00"));
    await answer(first.reference, at("11-23T08:00"));
    await link(late, at("11-23T09:00"));
    const told = (sent: ReceivedApplication) =>
      office.rows("select template, key, data from messages where receiver_case = $1 order by id", sent.caseId);
    const heard = await told(second);
    expect(heard.map(({ template }) => template)).toEqual([
      "applicant-received",
      "applicant-linked",
      "applicant-answered",
    ]);
    expect(heard[2]?.key).toMatch(
      new RegExp(`^case/${first.caseId}/\\d+/applicant-answered/duplicate/${second.caseId}$`),
    );
    expect(heard[2]?.data).toMatchObject({ reference: second.reference, answer: "The hall is open again." });
    expect(JSON.stringify(heard)).not.toContain(first.reference);
    // Linked to what was answered already: nobody will answer it again.
    const heardLate = await told(late);
    expect(heardLate.map(({ template }) => template)).toEqual([
      "applicant-received",
      "applicant-linked",
      "applicant-answered",
    ]);
    expect(heardLate[2]?.data).toMatchObject({ reference: late.reference, answer: "The hall is open again." });
    expect(await told(silent)).toEqual([]);
  });

  it("links no open case to a confidential one, also for who handles both", async () => {
    const both = office.setup.seats.find(({ role, holders }) => role === "focal_point" && holders.length > 0);
    const place = both?.entity ?? null;
    const secret = await office.receive({
      type: "report",
      description: "An official asked for a bribe.",
      entity: place,
    });
    const open = await office.receive({ entity: place, sector: null });
    const secretRow = await office.caseRow(secret.reference);
    expect(secretRow.confidential).toBe(true);
    const handler = office.official("focal_point", secretRow.entity as string);
    const openRow = await office.caseRow(open.reference);
    const seats = [...handler.seats, ...office.official("focal_point", openRow.entity as string).seats];
    const problem = await problemOf(
      office.act(open.reference, { ...handler, seats }, "link", { duplicateOf: secret.reference }, at("11-23T07:00")),
    );
    expect(problem.code).toBe("invalid-input");
    expect(problem.detail.en).toMatch(/is confidential/);
  });

  it("promises no date any more once it was answered or ended", async () => {
    const [answered, withdrawn] = [await office.receive(), await office.receive()];
    await answer(answered.reference, at("11-23T07:00"));
    const followed = await office.services.cases.follow({ ...answered, now: at("11-23T08:00") });
    expect(followed).toMatchObject({ state: "resolved", dueAt: null });
    const done = await office.applicantActs(withdrawn, "withdraw", {}, at("11-23T07:00"));
    expect(done.dueAt).toBeNull();
    expect((await office.services.cases.follow({ ...withdrawn, now: at("11-23T08:00") })).dueAt).toBeNull();
  });

  it("never lets two cases become duplicates of each other, however close together", async () => {
    const [one, two] = [await office.receive(), await office.receive()];
    const link = (from: ReceivedApplication, to: ReceivedApplication, n: number) =>
      office.act(from.reference, focal(n), "link", { duplicateOf: to.reference }, at("11-23T07:00"));
    const results = await Promise.allSettled([link(one, two, 0), link(two, one, 1)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("does not tell a stranger by a link whether a confidential case exists", async () => {
    const secret = await office.receive({
      type: "report",
      description: "An official asked for a bribe.",
      applicant: null,
      entity: null,
    });
    const open = await office.receive();
    const linked = await problemOf(
      office.act(open.reference, focal(), "link", { duplicateOf: secret.reference }, at("11-23T07:00")),
    );
    const nothing = await problemOf(
      office.act(open.reference, focal(), "link", { duplicateOf: unknownReference }, at("11-23T07:00")),
    );
    expect(linked.code).toBe("invalid-input");
    expect(linked.detail.en.replace(secret.reference, "R")).toBe(nothing.detail.en.replace(unknownReference, "R"));
  });
});

describe("refusals", () => {
  it.each([
    ["an unknown action", "fly", {}, "invalid-input"],
    ["a missing field", "answer", {}, "invalid-input"],
    ["a field that does not belong", "take", { speed: 3 }, "invalid-input"],
    ["an action of another state", "take_appeal", {}, "action-refused"],
    ["an action of another role", "reclassify", { importance: "high", reason: "x" }, "forbidden"],
    ["the entity it is with", "transfer", { entity: "CSPD", reason: "Not ours" }, "invalid-input"],
    ["half a character", "answer", { answer: "broken \ud800 half" }, "invalid-input"],
    ["an order that is turned", "answer", { answer: "pay \u202e001" }, "invalid-input"],
    ["nothing to see", "answer", { answer: "\u200b\u2060" }, "invalid-input"],
    ["a NUL", "answer", { answer: "broken \u0000 text" }, "invalid-input"],
  ])("names %s and changes nothing", async (_, action, fields, code) => {
    const sent = await office.receive();
    const before = await office.caseRow(sent.reference);
    const problem = await problemOf(office.act(sent.reference, focal(), action, fields, at("11-23T07:00")));
    expect(problem.code).toBe(code);
    expect(problem.detail.ar).toMatch(/[\u0600-\u06ff]/);
    expect(await office.caseRow(sent.reference)).toEqual(before);
  });

  it("lets an applicant in by reference and code only", async () => {
    const sent = await office.receive();
    const wrong = await problemOf(
      office.applicantActs({ ...sent, code: "AAAA-AAAA-AAAA" }, "withdraw", {}, at("11-23T07:00")),
    );
    const unknown = await problemOf(
      office.applicantActs({ ...sent, reference: unknownReference }, "withdraw", {}, at("11-23T07:00")),
    );
    const nonsense = await problemOf(office.services.cases.follow({ reference: "x", code: "y", now: sundayNine }));
    expect([wrong.code, wrong.detail]).toEqual([unknown.code, unknown.detail]);
    expect([nonsense.code, nonsense.detail]).toEqual([unknown.code, unknown.detail]);
    // Read out on the telephone: lower case, spaces, O for 0, L for 1.
    const spoken = sent.code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
    expect((await office.applicantActs({ ...sent, code: spoken }, "withdraw", {}, at("11-23T07:00"))).state).toBe(
      "withdrawn",
    );
  });

  it("hides a case from a focal point of another entity", async () => {
    const sent = await office.receive();
    const stranger = office.official("focal_point", "MOH");
    const hidden = await problemOf(office.act(sent.reference, stranger, "take", {}, at("11-23T07:00")));
    const unknown = await problemOf(office.act(unknownReference, stranger, "take", {}, at("11-23T07:00")));
    expect([hidden.code, hidden.detail]).toEqual([unknown.code, unknown.detail]);
  });
});
