/** What one application leaves in the database, and that none is lost or taken twice. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { codeHash } from "../../src/domain/applicant-code.js";
import { canonicalText, chainHash, emptyHash } from "../../src/domain/audit/chain.js";
import type { RuleSetDefinition, RuleSetName } from "../../src/domain/rules/rule-set.js";
import type { ReceivedApplication, Services } from "../../src/services.js";
import {
  complaint,
  openWorkingOffice,
  problemOf,
  programme,
  type Row,
  sundayNine,
  typesOf,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
}, 30_000);
afterAll(() => office.close());

const by = { kind: "system", job: "test" } as const;
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
        national_number: null,
        phone: "+962791234567",
        email: "rana@example.com",
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

async function publishSla(resolutionDays: number): Promise<number> {
  const { definition } = office.setup.ruleSets.get("sla") ?? {};
  const rules = definition?.rules.map((rule) =>
    rule.id === "sla-normal"
      ? {
          ...rule,
          event: {
            ...rule.event,
            params: { ...rule.event.params, resolution: { amount: resolutionDays, unit: "workingDays" } },
          },
        }
      : rule,
  );
  const request = {
    programme,
    kind: "rules",
    name: "sla",
    definition: { ...definition, rules },
    reason: "a test",
    by,
    now: sundayNine,
  } as const;
  return (await office.services.configuration.publish(request)).versionId;
}

async function slaVersion({ caseId }: ReceivedApplication): Promise<unknown> {
  const [row] = await office.rows("select version_id from decisions where case_id = $1 and rule_set = 'sla'", caseId);
  return row?.version_id;
}

describe("a published version", () => {
  it("decides the very next application in another running instance", async () => {
    const other = office.instance();
    const receive = () =>
      other.intake.receive({ input: complaint, key: office.key, idempotencyKey: null, now: sundayNine });
    expect((await receive()).dueAt).toEqual(due);
    const version = await publishSla(4);
    const next = await receive();
    expect(next.dueAt).toEqual(new Date("2026-11-26T06:00:00Z"));
    expect(await slaVersion(next)).toBe(version);
    await publishSla(10);
    expect((await receive()).dueAt).toEqual(due);
  });

  it("leaves no application without a decision of the version that was published when it was stored", async () => {
    const instances = [office.services, office.instance()];
    const versions = new Set<unknown>([(await office.services.setup.of(programme)).ruleSets.get("sla")?.versionId]);
    const running = instances.flatMap((services) =>
      Array.from({ length: 10 }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 12));
        return services.intake.receive({ input: complaint, key: office.key, idempotencyKey: null, now: sundayNine });
      }),
    );
    for (const days of [4, 10]) versions.add(await publishSla(days));
    const sent = await Promise.all(running);
    for (const one of sent) {
      expect(versions).toContain(await slaVersion(one));
      // Due time and version belong together, whichever it was.
      const [row] = await office.rows(
        "select outcome from decisions where case_id = $1 and rule_set = 'sla'",
        one.caseId,
      );
      const { amount } = (row?.outcome as { resolution: { amount: number } }).resolution;
      expect(one.dueAt).toEqual(amount === 4 ? new Date("2026-11-26T06:00:00Z") : due);
    }
  });
});

/** Publishes past all checks, as only a fault in them could. */
async function force(set: RuleSetName, definition: unknown): Promise<void> {
  await office.asOwner(
    "update configuration_versions set status = 'retired' where programme = 'jordan' and kind = 'rules' and name = $1 and status = 'published'",
    set,
  );
  await office.asOwner(
    `insert into configuration_versions (programme, kind, name, version, status, definition, checksum, created_at)
     select 'jordan', 'rules', $1, max(version) + 1, 'published', $2::jsonb, 'x', now() from configuration_versions where name = $1`,
    set,
    JSON.stringify(definition),
  );
}

describe("a fault in the rules", () => {
  const plain = { description: "Nothing that a keyword list knows.", pillar: null, importance: null };
  const shipped = (set: RuleSetName) => office.setup.ruleSets.get(set)?.definition as RuleSetDefinition;

  async function alerted(sent: ReceivedApplication): Promise<void> {
    expect(typesOf(await office.events(sent.reference))).toContain("rule.faulted");
    const alerts = await office.rows(
      "select 1 from messages where case_id = $1 and template = 'operation-room-alert'",
      sent.caseId,
    );
    expect(alerts.length).toBeGreaterThanOrEqual(6);
  }

  it("of one rule leads to the safe default, is recorded and raised; the application is kept", async () => {
    const broken = {
      ...shipped("classification").rules[0],
      id: "broken",
      priority: 500,
      conditions: { all: [{ fact: "subject", operator: "resembles", value: "x" }] },
    };
    await force("classification", {
      ...shipped("classification"),
      rules: [broken, ...shipped("classification").rules],
    });
    const sent = await office.receive(plain);
    expect(sent).toMatchObject({ importance: "normal", entity: "CSPD", dueAt: due });
    const [decision] = await office.rows(
      "select rule_ids, faults from decisions where case_id = $1 and rule_set = 'classification'",
      sent.caseId,
    );
    expect(decision?.faults).toEqual([expect.objectContaining({ ruleId: "broken" })]);
    await alerted(sent);
    await force("classification", shipped("classification"));
  });

  it.each(["classification", "routing", "sla", "escalation"] as const)(
    "of a whole set is survived: %s",
    async (set) => {
      await force(set, { set, programme, mode: "first", rules: null });
      const sent = await office.receive(plain);
      expect(await office.caseRow(sent.reference)).toMatchObject({ state_kind: "open", sector: "INTERIOR" });
      await alerted(sent);
      await force(set, shipped(set));
    },
  );

  it("that names what the set-up does not have is survived", async () => {
    const set = shipped("classification");
    await force("classification", {
      ...set,
      rules: [],
      default: { pillar: "GONE", importance: "GONE", confidential: false },
    });
    expect(await office.receive(plain)).toMatchObject({ pillar: null, importance: null, entity: "CSPD" });
    await force("classification", set);
    expect(await office.receive(plain)).toMatchObject({ importance: "normal" });
  });
});
