/** Several people act on one case at once, or on what the record says of it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { sealAudit } from "../../src/features/audit/seal.js";
import { openWorkingOffice, sealKey, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const at = (text: string): Date => new Date(`2026-${text}:00Z`);
const focal = (n = 0) => office.official("focal_point", "CSPD", n);

describe("several people at once", () => {
  it("tells the second that the case moved on", async () => {
    const sent = await office.receive();
    const expectedSeq = (await office.caseRow(sent.reference)).last_seq as number;
    const act = (n: number) =>
      office.services.cases.perform({
        reference: sent.reference,
        action: "take",
        fields: {},
        actor: focal(n),
        now: at("11-23T07:00"),
        expectedSeq,
      });
    const results = await Promise.allSettled([act(0), act(1)]);
    const lost = results.filter((r) => r.status === "rejected").map((r) => (r as PromiseRejectedResult).reason.code);
    expect(lost).toEqual(["conflict"]);
  });

  it("overwrites nothing that happened to the case without a step of its own while the act was worked out", async () => {
    const { reference } = await office.receive();
    const { id, last_seq: expectedSeq } = await office.caseRow(reference);
    const gate = await office.db.transaction();
    await office.db.query("update cases set reminded_at = $2 where id = $1", {
      bind: [id, at("11-23T05:00")],
      transaction: gate,
    });
    const acting = office.services.cases.perform({
      reference,
      action: "note",
      fields: { note: "written meanwhile" },
      actor: focal(),
      now: at("11-23T07:00"),
      expectedSeq: expectedSeq as number,
      actKey: "meanwhile-1",
    });
    await waiting(1);
    await gate.commit();
    await acting;
    const after = await office.caseRow(reference);
    expect([after.reminded_at, after.last_seq]).toEqual([at("11-23T05:00"), (expectedSeq as number) + 1]);
  });

  it("lets whoever waited for the other see all of what the other did", async () => {
    const sent = await office.receive();
    const other = office.instance();
    // Whoever has to load its set-up first begins anew, and then sees everything anyway.
    await other.cases.perform({
      reference: sent.reference,
      action: "note",
      fields: { note: "x" },
      actor: focal(1),
      now: at("11-23T06:00"),
    });
    // Both wait for the row before either may write.
    const gate = await office.db.transaction();
    await office.db.query("select 1 from cases where reference = $1 for update", {
      bind: [sent.reference],
      transaction: gate,
    });
    const contact = (services: typeof other, n: number, minute: string) =>
      services.cases.perform({
        reference: sent.reference,
        action: "contact",
        fields: { note: "phoned" },
        actor: focal(n),
        now: at(`11-23T07:${minute}`),
      });
    const both = Promise.all([contact(office.services, 0, "00"), contact(other, 1, "01")]);
    await waiting(2);
    await gate.commit();
    await both;
    const met = (await office.events(sent.reference)).filter(
      (e) => e.type === "clock.met" && e.data.target === "firstResponse",
    );
    expect(met).toHaveLength(1);
  });

  it("numbers the decisions of two answers that wait for each other", async () => {
    const sent = await office.receive();
    const gate = await office.db.transaction();
    await office.db.query("select 1 from cases where reference = $1 for update", {
      bind: [sent.reference],
      transaction: gate,
    });
    const answers = [0, 1].map((n) =>
      problemOrDone(office.act(sent.reference, focal(n), "answer", { answer: "Done" }, at("11-23T07:00"))),
    );
    await waiting(2);
    await gate.commit();
    expect((await Promise.all(answers)).sort()).toEqual(["action-refused", "done"]);
  });
});

/** Until so many statements wait for a lock. */
async function waiting(n: number): Promise<void> {
  for (;;) {
    const [row] = await office.asOwner(
      "select count(*)::integer as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    if (row?.n === n) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function problemOrDone(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe("the record", () => {
  it("verifies, sealed and unsealed, after everything above", async () => {
    await sealAudit(office.db, { keys: keyRing(sealKey), now: at("11-30T00:00") });
    const sent = await office.receive();
    await office.act(sent.reference, focal(), "take", {}, at("11-30T07:00"));
    const report = await office.services.audit.verify({ seals: [] });
    expect(report).toMatchObject({ ok: true, firstFault: null });
    expect(report.unsealed.events).toBeGreaterThanOrEqual(8);
    await office.asOwner(
      "update case_events set data = replace(data, 'CSPD', 'CSPX') where case_id = $1 and seq = 3",
      sent.caseId,
    );
    const altered = await office.services.audit.verify({ seals: [] });
    expect(altered.firstFault).toMatchObject({ chain: `case/${sent.caseId}`, seq: 3 });
  });
});
