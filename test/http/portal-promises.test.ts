/** What the applicant's page says of the time: nothing that did not happen, and a way on wherever no answer is due. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { followed } from "../support/portal-ways.js";
import { sundayNine } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());

const daysLater = (n: number): Date => new Date(sundayNine.getTime() + n * 86_400_000);
const official = () => app.office.official("focal_point", "CSPD");
const manager = () => app.office.official("entity_manager", "CSPD");
type Sent = { reference: string; code: string };

/** The words under “Deadline for the answer”, as somebody reads them who looks at that moment. */
const told = (sent: Sent, now = sundayNine) => under("Deadline for the answer", sent, now);
const messages = (sent: Sent, now = sundayNine) => under("Messages", sent, now);

async function under(heading: string, sent: Sent, now: Date): Promise<string> {
  app.setNow(now);
  try {
    const { text } = await (await followed(app, sent)).get(`/en/follow/${sent.reference}`);
    const part = new RegExp(`${heading}</h2>([\\s\\S]*?)<h2`).exec(text)?.[1] ?? "";
    return part
      .replace(/<details[\s\S]*?<\/details>/g, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/[\u2068\u2069]/g, "")
      .replace(/\s+/g, " ")
      .trim();
  } finally {
    app.setNow(sundayNine);
  }
}

describe("the time that was promised", () => {
  const promisedBy = async (input: Record<string, unknown>) => {
    const { reference, code } = await app.office.receive(input);
    const { promised } = await app.services.cases.followPage({ reference, code, now: sundayNine });
    return { time: promised?.budget?.en, by: promised?.by.map(({ label, value }) => [label.en, value.en]) };
  };

  it("is by what the rule asked: of an inquiry its type alone, of a complaint its importance too, as it was decided", async () => {
    const { time, by } = await promisedBy({ type: "inquiry" });
    expect([time, by?.length, by?.[0]?.[1]]).toEqual(["5 working days", 1, "Inquiry"]);
    const complaint = await promisedBy({ importance: "high" });
    expect(complaint.by?.map(([label]) => label)).toContain("Importance level");
  });
});

describe("an answer that is late", () => {
  it("was told to the higher official only once it was", async () => {
    const sent = await app.office.receive();
    const late = daysLater(15);
    const before = await told(sent, late);
    expect(before).toContain(
      "You should have had an answer by Sunday 6 December 2026, 09:00. We are sorry for the delay.",
    );
    expect(before).toContain("We are escalating it to a more senior official now.");
    expect(before).not.toContain("We escalated it");
    await app.services.handlers["enforce-deadlines"](late);
    const after = await told(sent, daysLater(16));
    expect(after).toContain("We escalated it to a more senior official on Monday 7 December 2026, 09:00.");
    expect(after).not.toContain("are escalating");
  });

  it("was told to the operation room where no one sits above, and to no one where no one there was written to", async () => {
    const sent = await app.office.receive({ subject: "Nobody above" });
    const late = daysLater(15);
    const above = "('entity_manager', 'secretary_general', 'minister', 'prime_minister', 'operation_room')";
    const seats = `from seats s where s.id = h.seat_id and s.role in ${above}`;
    const leave = (room: boolean) =>
      app.office.asOwner(
        `update seat_holders h set held_to = $1 ${seats} and h.held_to is null and (s.role = 'operation_room') = $2`,
        daysLater(1),
        room,
      );
    await leave(false);
    try {
      await app.services.handlers["enforce-deadlines"](late);
      const page = await told(sent, daysLater(16));
      expect(page).toContain("We told the operation room about the delay on Monday 7 December 2026");
      expect(page).not.toContain("senior official");
      const other = await app.office.receive({ subject: "Nobody at all" });
      await leave(true);
      await app.services.handlers["enforce-deadlines"](late);
      const escalated = (await app.office.events(other.reference)).filter(({ type }) => type === "case.escalated");
      expect(escalated.length).toBeGreaterThan(0);
      expect(await told(other, daysLater(16))).not.toMatch(/We told|We escalated/);
    } finally {
      await app.office.asOwner(`update seat_holders h set held_to = null ${seats} and h.held_to = $1`, daysLater(1));
    }
  });
});

describe("where no answer is due, why, and what one may do", () => {
  it("while the applicant is waited for: until when to reply, and what comes of silence", async () => {
    const sent = await app.office.receive();
    await app.office.act(sent.reference, official(), "ask", { question: "Which hall?" }, sundayNine);
    const waiting = await told(sent);
    expect(waiting).toContain("The time limit is paused until you reply");
    expect(waiting).toContain("Reply by Wednesday 2 December 2026, 09:00, or we will close your complaint.");
    await app.services.handlers["enforce-deadlines"](daysLater(11));
    const closed = await told(sent, daysLater(12));
    expect(closed).toContain("We closed your complaint on Thursday 3 December 2026");
    expect(closed).toContain("because we did not get your reply to the question");
    expect(closed).toContain("send a new complaint and include this reference number");
  });

  it("after withdrawing", async () => {
    const sent = await app.office.receive();
    await app.office.applicantActs(sent, "withdraw", {}, sundayNine);
    const page = await told(sent);
    expect(page).toContain("you withdrew your complaint on Sunday 22 November 2026, 09:00");
    expect(page).toContain("send a new complaint");
    expect(page).not.toContain("You should get");
  });

  it("after an official withdrew it for the applicant: who is taken for them, why, and what to do if it was not them", async () => {
    const nameless = { type: "suggestion", pillar: null, importance: null, applicant: null } as const;
    const sent = await app.office.receive(nameless);
    const room = app.office.official("operation_room");
    const fields = { recognisedBy: "code", code: sent.code, reason: "He built it himself." };
    await app.office.act(sent.reference, room, "withdraw_for_applicant", fields, sundayNine);
    const page = await told(sent);
    expect(page).toContain("An official withdrew your suggestion for you on Sunday 22 November 2026, 09:00");
    expect(page).toContain("you can reopen your suggestion until Sunday 6 December 2026, 09:00");
    expect(page).not.toContain("you withdrew");
    const said = await messages(sent);
    expect(said).toContain("An official withdrew it for you, for this reason");
    expect(said).toContain("He built it himself. How your identity was checked: Gave the secret code.");
    expect(said).toContain(
      "If this was not you, or you have changed your mind, reopen it by Sunday 6 December 2026, 09:00",
    );
    expect(said).not.toContain(sent.code);
    expect(said).not.toContain(room.name);
    // Later it is too late to reopen, and the page says what is left.
    const over = await messages(sent, daysLater(20));
    expect(over).toContain("If this was not you, send a new suggestion");
    expect(over).not.toContain("reopen it");
  });

  it("after that was reopened: it stands in the messages, and nothing more has to be done about it", async () => {
    const sent = await app.office.receive();
    const room = app.office.official("operation_room");
    const fields = { recognisedBy: "called_back", reason: "Solved." };
    await app.office.act(sent.reference, room, "withdraw_for_applicant", fields, sundayNine);
    await app.office.applicantActs(sent, "reopen", { reason: "It was not me." }, sundayNine);
    const said = await messages(sent);
    expect(said).toContain("An official withdrew it for you");
    expect(said).not.toContain("If this was not you");
    const { conversation } = await app.office.services.cases.follow({ ...sent, now: sundayNine });
    expect(conversation).toEqual([
      expect.objectContaining({
        kind: "withdrawal",
        text: "Solved.",
        recognised: expect.objectContaining({ en: "Was called back on the recorded number" }),
      }),
    ]);
  });

  it("after a rejection: it can be reopened, as long as it can", async () => {
    const sent = await app.office.receive();
    const fields = { closingReason: "BEFORE_COURTS" };
    await app.office.act(sent.reference, manager(), "reject", fields, sundayNine);
    expect(await told(sent)).toMatch(/for the reason given in the messages\. .*you can reopen your complaint until/);
    const over = await told(sent, daysLater(20));
    expect(over).not.toContain("reopen");
    expect(over).toContain("send a new complaint");
  });

  it("when it was joined to another", async () => {
    const first = await app.office.receive({ subject: "The same" });
    const second = await app.office.receive({ subject: "The same" });
    await app.office.act(second.reference, official(), "link", { duplicateOf: first.reference }, sundayNine);
    const page = await told(second);
    expect(page).toContain("joined your complaint to an earlier one about the same matter");
    expect(page).not.toContain(first.reference);
  });

  it("where the rules set no time", async () => {
    const sent = await app.office.receive({ type: "compliment" });
    expect(await told(sent)).toContain("There is no deadline for an answer to this");
  });

  it("and what was answered came in time or late", async () => {
    const sent = await app.office.receive();
    await app.office.act(sent.reference, official(), "answer", { answer: "It is open" }, sundayNine);
    expect((await app.office.caseRow(sent.reference)).state).toBe("resolved");
    expect(await told(sent)).toContain("The answer came on time.");
  });
});
