/** What one application leaves in the database, and that none is lost or taken twice. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { codeHash } from "../../src/engine/applicant/applicant-code.js";
import { canonicalText, chainHash, emptyHash } from "../../src/engine/audit/chain.js";
import type { RuleSetName } from "../../src/engine/rules/rule-set.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import type { Services } from "../../src/platform/services.js";
import {
  complaint,
  openWorkingOffice,
  problemOf,
  programme,
  type Row,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const due = new Date("2026-12-06T06:00:00Z");

async function all(table: string, caseId: number, column = "case_id"): Promise<Row[]> {
  return office.rows(`select * from ${table} where ${column} = $1`, caseId);
}

/** Tables of which some row contains the text, in whatever column. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await office.asOwner(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await office.asOwner(
      `select count(*)::integer as n from ${name} t where t::text ilike $1`,
      `%${text}%`,
    );
    if (row?.n !== 0) found.push(String(name));
  }
  return found.sort();
}

describe("one application", () => {
  let sent: ReceivedApplication;
  beforeAll(async () => {
    sent = await office.services.intake.receive({
      input: complaint,
      key: office.key,
      idempotencyKey: "key of the first",
      now: sundayNine,
    });
  });

  it("is answered with what was decided", () => {
    expect(sent).toMatchObject({
      state: "assigned",
      entity: "CSPD",
      pillar: "QUALITY",
      importance: "normal",
      dueAt: due,
      replayed: false,
    });
    expect(sent.reference).toMatch(/^[1-9]\d\d-\d{3}-\d{4}$/);
    expect(sent.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  it("is stored as it was sent, who sent it apart", async () => {
    const [application] = await all("applications", sent.caseId, "id");
    expect(application).toMatchObject({
      programme,
      type: "complaint",
      channel: "web",
      language: "en",
      subject: complaint.subject,
      description: complaint.description,
      sector: "INTERIOR",
      entity: "CSPD",
      pillar: "QUALITY",
      importance: "normal",
      category: "citizen",
      anonymous: false,
      received_at: sundayNine,
      imported: false,
      source_id: null,
    });
    expect(await all("applicants", sent.caseId)).toEqual([
      {
        case_id: sent.caseId,
        name: "Rana Haddad",
        // By what somebody who may ask for it finds the name, in the same table of personal data.
        name_words: "'haddad' 'rana'",
        national_number: null,
        phone: "+962791234567",
        email: "rana@example.com",
        sms_consent_at: null,
        contact_by: null,
        email_stopped_at: null,
        email_proven_at: null,
        phone_proven_at: null,
        number_wrong_at: null,
      },
    ]);
    for (const secret of ["Rana Haddad", "rana@example.com", "+962791234567"])
      expect(await tablesWith(secret)).toEqual(["applicants"]);
    expect(await tablesWith(sent.code)).toEqual([]);
    expect(await tablesWith("key of the first")).toEqual([]);
  });

  it("opens a case with two running targets, one met, and its next moment", async () => {
    const row = await office.caseRow(sent.reference);
    expect(row).toMatchObject({
      id: sent.caseId,
      state_kind: "open",
      cycle: 1,
      confidential: false,
      escalation_level: 0,
      assigned_at: sundayNine,
    });
    expect((row.code_hash as Buffer).equals(codeHash(sent.reference, sent.code))).toBe(true);
    // Silence of 48 hours comes first.
    expect(row.next_due_at).toEqual(new Date("2026-11-24T06:00:00Z"));
    const clocks = await office.rows(
      "select target, due_at, met_at from clocks where case_id = $1 order by target",
      sent.caseId,
    );
    expect(clocks).toEqual([
      { target: "acknowledgement", due_at: sundayNine, met_at: sundayNine },
      { target: "firstResponse", due_at: new Date("2026-11-25T06:00:00Z"), met_at: null },
      { target: "resolution", due_at: due, met_at: null },
    ]);
  });

  it("chains its events and numbers them", async () => {
    const events = await office.rows("select * from case_events where case_id = $1 order by seq", sent.caseId);
    let previous = emptyHash;
    for (const [i, e] of events.entries()) {
      const event = {
        chain: `case/${sent.caseId}`,
        seq: i + 1,
        at: sundayNine,
        type: String(e.type),
        actor: String(e.actor),
        data: String(e.data),
      };
      expect(e).toMatchObject({ seq: i + 1, previous_hash: previous, hash: chainHash(previous, event) });
      previous = String(e.hash);
    }
    expect(await office.caseRow(sent.reference)).toMatchObject({ last_seq: events.length, last_hash: previous });
    expect(events[0]?.actor).toBe(canonicalText({ kind: "channel", channel: "web" }));
  });

  it("pins four decisions to the versions that made them", async () => {
    const decisions = await office.rows("select * from decisions where case_id = $1 order by number", sent.caseId);
    expect(decisions.map((d) => [d.number, d.rule_set])).toEqual([
      [1, "classification"],
      [2, "routing"],
      [3, "sla"],
      [4, "escalation"],
    ]);
    for (const d of decisions)
      expect(d.version_id).toBe(office.setup.ruleSets.get(d.rule_set as RuleSetName)?.versionId);
    expect(decisions[2]).toMatchObject({
      rule_ids: ["sla-normal"],
      outcome: { resolution: { amount: 10, unit: "workingDays" } },
    });
    expect(decisions[2]?.facts).toMatchObject({ importance: "normal", entity: "CSPD" });
  });

  it("owes a receipt to the applicant and the news to the five focal points, and enforces nothing yet", async () => {
    const messages = await office.rows(
      "select template, count(*)::integer as n from messages where case_id = $1 group by 1 order by 1",
      sent.caseId,
    );
    expect(messages).toEqual([
      { template: "applicant-received", n: 1 },
      { template: "official-assigned", n: 5 },
    ]);
    expect(await all("enforcements", sent.caseId)).toEqual([]);
  });
});

describe("an anonymous report", () => {
  it("stores nothing that identifies, and is confidential from the first row", async () => {
    const report = { type: "report", description: "An official asked for a bribe.", entity: null, applicant: null };
    const sent = await office.receive(report);
    expect(await all("applicants", sent.caseId)).toEqual([]);
    expect((await all("applications", sent.caseId, "id"))[0]).toMatchObject({ anonymous: true, category: null });
    expect(await office.caseRow(sent.reference)).toMatchObject({ confidential: true, entity: "JIACC" });
    expect((await all("messages", sent.caseId)).filter((m) => m.receiver_case !== null)).toEqual([]);
    // The code alone opens it, so that the reporter can be asked.
    expect((await office.services.cases.follow({ ...sent, now: sundayNine })).state).toBe("assigned");
  });
});

describe("a retry", () => {
  const receive = (idempotencyKey: string, input: unknown = complaint, services: Services = office.services) =>
    services.intake.receive({ input, key: office.key, idempotencyKey, now: sundayNine });

  it("gets the same answer, code and all, and writes nothing", async () => {
    const first = await receive("again");
    const cases = await office.rows("select count(*)::integer as n from cases");
    expect(await receive("again")).toEqual({ ...first, replayed: true });
    // The same request however its properties are ordered.
    expect(await receive("again", Object.fromEntries(Object.entries(complaint).reverse()))).toEqual({
      ...first,
      replayed: true,
    });
    expect(await office.rows("select count(*)::integer as n from cases")).toEqual(cases);
  });

  it("with another request is refused, and so is one that would not be accepted", async () => {
    await receive("other");
    expect((await problemOf(receive("other", { ...complaint, subject: "Something else" }))).code).toBe(
      "idempotency-conflict",
    );
    expect((await problemOf(receive("other", { ...complaint, type: "nonsense" }))).code).toBe("idempotency-conflict");
    expect((await problemOf(receive("a new key", { ...complaint, type: "nonsense" }))).code).toBe("invalid-input");
  });

  it("twenty times at once in two instances opens one case", async () => {
    const other = office.instance();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => receive("race", complaint, i % 2 === 0 ? office.services : other)),
    );
    expect(new Set(answers.map(({ reference, code }) => `${reference} ${code}`)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await office.rows("select count(*)::integer as n from cases where id = $1", answers[0]?.caseId)).toEqual([
      { n: 1 },
    ]);
    expect(
      (await office.events(answers[0]?.reference ?? "")).filter((e) => e.type === "application.received"),
    ).toHaveLength(1);
  });

  it("is answered also when the set-up would refuse it by now", async () => {
    const input = { ...complaint, governorate: "AJL" };
    const first = await receive("retired", input);
    await office.asOwner("update governorates set retired_at = now() where programme = 'jordan' and code = 'AJL'");
    try {
      expect((await problemOf(receive("after", input))).code).toBe("invalid-input");
      expect(await receive("retired", input)).toEqual({ ...first, replayed: true });
    } finally {
      await office.asOwner("update governorates set retired_at = null where code = 'AJL'");
    }
  });
});

describe("chance", () => {
  it("that gives a reference twice is asked again", async () => {
    let asked = 0;
    // The first two references are the same; what follows differs.
    const random = { bytes: (n: number) => Buffer.alloc(n, n === 8 && asked++ < 2 ? 1 : asked + 1) };
    const services = office.instance({ random });
    const receive = () =>
      services.intake.receive({ input: complaint, key: office.key, idempotencyKey: null, now: sundayNine });
    const [one, two] = [await receive(), await receive()];
    expect(one.reference).not.toBe(two.reference);
    expect(asked).toBe(3);
  });
});
