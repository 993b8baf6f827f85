/** Receipts to addresses that anybody may have typed: they repeat nothing, and a stranger fills nobody's mailbox with them. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, begin, keysIn } from "../support/portal-ways.js";
import { openSmsPeer } from "../support/sms-gateway.js";
import { sundayNine } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  // Letters are owed, and nobody delivers them here.
  app = await openPortalApp({ parts: { smtpUrl: "smtp://127.0.0.1:1" } });
});
afterAll(() => app.close());

/** Sends an application with that address; what the page after it says, and the receipt as it stands. */
async function sendAs(email: string) {
  const who = app.visitor();
  const id = await begin(who);
  const subject = "Buy cheap watches at evil.example";
  await answerAll(who, id, { contact: { email }, description: { description: subject, subject } });
  await who.post(`/en/apply/${id}/check`);
  const { text } = await who.get(`/en/apply/${id}/sent`);
  const { reference } = keysIn(text);
  const [receipt] = await app.office.rows(
    "select m.id, m.state, m.last_error, m.data from messages m join cases c on c.id = m.case_id where c.reference = $1 and m.template = 'applicant-received'",
    reference,
  );
  return {
    text,
    reference,
    receipt: receipt as { id: string; state: string; last_error: string | null; data: object },
  };
}

const setting = (to: number, from: number) =>
  app.services.setupEditor.update({
    programme: "jordan",
    table: "programmes",
    code: "jordan",
    by: app.office.official("operation_room"),
    now: sundayNine,
    values: { receiptsMost: to },
    before: { receiptsMost: from },
  });

const reader = { kind: "system", job: "test" } as const;

describe("a receipt", () => {
  it("says reference, kind, entity and when an answer is due, and nothing that was written", async () => {
    const { receipt, reference, text } = await sendAs("somebody@example.com");
    expect(receipt.state).toBe("pending");
    expect(text).toContain("We will email you a receipt with the reference number");
    const { rendered } = await app.services.mail.show({ id: Number(receipt.id), actor: reader });
    for (const part of [rendered.html, rendered.text]) {
      expect(part).toContain(reference);
      expect(part).toContain("Complaint");
      expect(part).toContain("Civil Status");
      expect(part).toContain("6 December 2026");
      expect(part).not.toMatch(/watches|evil|Nobody opened/);
    }
    expect(JSON.stringify(receipt.data)).not.toContain("watches");
  });

  it("that goes as a text message counts against no mailbox, until an email takes its place: then it does", async () => {
    const peer = await openSmsPeer();
    await setting(2, 10);
    try {
      const email = "target@example.com";
      const texting = app.office.instance({ sms: peer.config, smtpUrl: "smtp://127.0.0.1:1" });
      const byText = async (n: number) => {
        const who = app.visitor();
        const id = await begin(who);
        await answerAll(who, id, { contact: { email, phone: `079123456${n}`, contactBy: "sms" } });
        await who.post(`/en/apply/${id}/check`);
      };
      for (let n = 0; n < 4; n++) await byText(n);
      // None of the four was counted: two emails may go yet.
      expect((await sendAs(email)).receipt.state).toBe("pending");
      peer.answer = () => ({ status: 200, body: { result: "invalid number" } });
      await texting.jobs.run("deliver-sms", sundayNine);
      const instead = await app.office.rows(
        "select m.state from messages m join applicants p on p.case_id = m.receiver_case where p.email = $1 and m.template = 'applicant-received'",
        email,
      );
      expect(instead).toHaveLength(2);
      // The same where there is no gateway at all.
      for (let n = 4; n < 7; n++) await byText(n);
      await app.services.jobs.run("deliver-sms", sundayNine);
      const more = await app.office.rows(
        "select m.state from messages m join applicants p on p.case_id = m.receiver_case where p.email = $1 and m.template = 'applicant-received'",
        email,
      );
      expect(more).toHaveLength(2);
      expect((await sendAs(email)).receipt.state).toBe("held");
    } finally {
      await setting(10, 2);
      await peer.close();
    }
  });

  it("to one address is held back when there were too many in a day; others and other letters go on", async () => {
    await setting(2, 10);
    try {
      const states = [];
      for (const address of ["victim@example.com", "Victim@Example.com", "victim@example.com", "other@example.com"]) {
        states.push((await sendAs(address)).receipt.state);
      }
      expect(states).toEqual(["pending", "pending", "held", "pending"]);
      const held = await sendAs("victim@example.com");
      expect(held.receipt).toMatchObject({ state: "held", last_error: expect.stringContaining("held back") });
      expect(held.text).toContain("We did not email you a receipt");
      // The case itself is as any other, and what the office writes leaves.
      const official = app.office.official("focal_point", "CSPD");
      await app.office.act(held.reference, official, "ask", { question: "Which hall?" }, sundayNine);
      const [asked] = await app.office.rows(
        "select m.state from messages m join cases c on c.id = m.case_id where c.reference = $1 and m.template = 'applicant-question'",
        held.reference,
      );
      expect(asked).toEqual({ state: "pending" });
      // By a channel's key nothing is held back: its holder answers for what is typed there.
      const keyed = await app.office.receive({ applicant: { email: "victim@example.com" } });
      const [byKey] = await app.office.rows(
        "select m.state from messages m join cases c on c.id = m.case_id where c.reference = $1 and m.template = 'applicant-received'",
        keyed.reference,
      );
      expect(byKey).toEqual({ state: "pending" });
      // Delivery leaves it alone, and the operation room sees it and may send it.
      await app.services.handlers["deliver-messages"](sundayNine);
      const listed = await app.services.mail.list({ actor: reader, state: "held", limit: 10 });
      expect(listed.map(({ id }) => Number(id))).toContain(Number(held.receipt.id));
      const room = app.office.official("operation_room");
      await app.services.operation.resend({ id: Number(held.receipt.id), actor: room, now: sundayNine });
      const [sentOn] = await app.office.rows("select state, last_error from messages where id = $1", held.receipt.id);
      expect(sentOn).toEqual({ state: "pending", last_error: null });
      // A day later there is room again.
      app.setNow(new Date(sundayNine.getTime() + 25 * 3_600_000));
      expect((await sendAs("victim@example.com")).receipt.state).toBe("pending");
    } finally {
      app.setNow(sundayNine);
      await setting(10, 2);
    }
  });

  it("is limited by a number of the programme that is refused in words where it makes no sense", async () => {
    for (const wrong of [-1, 1001, 1.5]) {
      await expect(setting(wrong, 10)).rejects.toMatchObject({ code: "invalid-input" });
    }
  });
});
