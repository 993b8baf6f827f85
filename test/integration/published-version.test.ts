/** The next application is decided by what is published now, in every instance; and by something safe where that is at fault. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RuleSetDefinition, RuleSetName } from "../../src/engine/rules/rule-set.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import {
  complaint,
  openWorkingOffice,
  programme,
  sundayNine,
  typesOf,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const by = { kind: "system", job: "test" } as const;
const due = new Date("2026-12-06T06:00:00Z");

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
      const { amount } = (row as { outcome: { resolution: { amount: number } } }).outcome.resolution;
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
