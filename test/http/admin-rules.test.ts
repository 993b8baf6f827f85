/** Rules, grid and calendar at the back office's door: who is told what, what is refused where, and nothing breaks it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/domain/rules/rule-set.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

let app: AdminApp;
let operator: SignedIn;
let auditor: SignedIn;
let focalPoint: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  operator = await app.signIn("operation_room");
  auditor = await app.signIn("auditor");
  focalPoint = await app.signIn("focal_point", "CSPD");
}, 60_000);
afterAll(() => app.close());

const programme = "jordan";
const pages = ["sla-grid", "policy", "calendar"] as const;
const rules = { programme, kind: "rules", name: "sla" };
const current = async () => (await app.services.setup.of(programme)).ruleSets.get("sla");
const versionOf = async () => (await current())?.versionId as number;
const change = {
  type: "complaint",
  pillar: "QUALITY",
  importance: "low",
  outcome: {
    acknowledgement: { amount: 0, unit: "workingHours" },
    firstResponse: { amount: 3, unit: "workingDays" },
    resolution: { amount: 12, unit: "workingDays" },
  },
};

describe("the pages", () => {
  it("are for those who may read the configuration; to others they are not there", async () => {
    for (const page of pages) {
      for (const reader of [operator, auditor]) expect((await reader.page(page)).status).toBe(200);
      expect((await focalPoint.page(page)).status).toBe(404);
      expect((await focalPoint.send(page, "publish", { programme })).status).toBe(404);
      expect((await app.visitor().page(page)).status).toBe(401);
      expect((await operator.page(page, { programme: "boston311" })).status).toBe(404);
      expect((await operator.page(page, { unknown: "1" })).status).toBe(400);
    }
  });

  it("tell in both languages what is in force, and whether it may be published", async () => {
    const { body } = await auditor.page("sla-grid", { programme });
    expect(body.grid).toMatchObject({ mayPublish: false, version: { publishedBy: { en: "Diwan, as shipped" } } });
    expect(body.grid.types.map((type: { type: string }) => type.type)).toContain("complaint");
    expect((await operator.page("sla-grid")).body.grid.mayPublish).toBe(true);
    const overview = (await auditor.page("policy")).body;
    expect(overview.versions.map((version: { kind: string }) => version.kind)).toEqual(
      expect.arrayContaining(["rules", "workflow", "calendar"]),
    );
    const opened = (await auditor.page("policy", { kind: "rules", name: "sla" })).body.opened;
    expect(opened.checked.examples.length).toBeGreaterThan(10);
    expect(opened.checked.examples.every((example: { passed: boolean }) => example.passed)).toBe(true);
    expect((await auditor.page("calendar")).body).toMatchObject({
      confirmedUntil: "2027-02-07",
      mayPublish: false,
      openClocks: { older: 0 },
    });
  });

  it("know no other kind, name or version", async () => {
    const unknown: Record<string, string>[] = [
      { kind: "rules", name: "nothing" },
      { kind: "users", name: "sla" },
      { name: "sla" },
      { kind: "rules", name: "sla", version: "0" },
      { kind: "rules", name: "sla", version: "x" },
      // A version of something else.
      { kind: "rules", name: "routing", version: String(await versionOf()) },
    ];
    for (const query of unknown) {
      expect((await operator.page("policy", query)).status).toBe(404);
    }
  });
});

describe("publishing", () => {
  it("is refused to an auditor, who may check", async () => {
    const basedOn = await versionOf();
    const body = { programme, basedOn, changes: [change] };
    expect((await auditor.send("sla-grid", "check", body)).body.differences).not.toHaveLength(0);
    expect((await auditor.send("sla-grid", "publish", { ...body, reason: "x" })).status).toBe(403);
    const again = await auditor.send("policy", "publish", { ...rules, version: 1, basedOn, reason: "x" });
    expect(again.status).toBe(403);
    const { definition } = (await app.services.setup.of(programme)).calendar;
    const calendar = { programme, name: definition.code, definition, basedOn: 1, reason: "x" };
    expect((await auditor.send("calendar", "publish", calendar)).status).toBe(403);
    expect((await auditor.send("calendar", "retime", { programme, reason: "x", confirmed: true })).status).toBe(403);
    expect(await versionOf()).toBe(basedOn);
  });

  it("names what is wrong at its place: the reason, the cell, the place in the text", async () => {
    const basedOn = await versionOf();
    const body = { programme, basedOn, changes: [change] };
    const fields = (answer: { body: { problem: { faults: { field: string }[] } } }) =>
      answer.body.problem.faults.map(({ field }) => field);
    const noReason = await operator.send("sla-grid", "publish", { ...body, reason: "  " });
    expect([noReason.status, fields(noReason)]).toEqual([422, ["/reason"]]);
    const wrongCell = { ...change, outcome: { ...change.outcome, resolution: { amount: -1, unit: "workingDays" } } };
    const cell = await operator.send("sla-grid", "publish", { ...body, changes: [wrongCell], reason: "x" });
    expect([cell.status, fields(cell)]).toEqual([422, ["/changes/0/resolution"]]);
    const set = (await current())?.definition as RuleSetDefinition;
    const definition = { ...set, rules: [{ ...set.rules[0], priority: 0 }] };
    const text = await operator.send("policy", "publish", { ...rules, definition, basedOn, reason: "x" });
    expect([text.status, fields(text)]).toEqual([422, ["/rules/0/priority"]]);
    expect(text.body.problem.faults[0].reason.ar).toMatch(/[\u0600-\u06ff]/);
  });

  it("decides from then on; what is based on an older version is a conflict that says what changed", async () => {
    const basedOn = await versionOf();
    const body = { programme, basedOn, changes: [change], reason: "Twelve days" };
    const done = await operator.send("sla-grid", "publish", body);
    expect([done.status, done.body.version]).toEqual([200, 2]);
    const late = await operator.send("sla-grid", "publish", body);
    expect(late.status).toBe(409);
    expect(late.body.problem).toMatchObject({
      code: "conflict",
      faults: expect.arrayContaining([
        { field: "", reason: expect.objectContaining({ en: expect.stringContaining("12 working days") }) },
      ]),
    });
    const back = await operator.send("policy", "publish", {
      ...rules,
      version: 1,
      basedOn: done.body.versionId,
      reason: "As it was",
    });
    expect([back.status, back.body.version]).toEqual([200, 3]);
  });
});

it("survives whatever is sent: no act ends in a 5xx", async () => {
  const deep = JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`) as unknown;
  const values = [null, 0, -1, 1.5, 2 ** 60, "", "x", "\u0000", [], {}, [null], { en: 1 }, deep, true];
  const acts: Record<string, Record<string, string[]>> = {
    "sla-grid": { check: ["programme", "changes"], publish: ["basedOn", "changes", "reason"], nothing: ["programme"] },
    policy: {
      check: ["programme", "kind", "name", "definition"],
      differences: ["from", "to"],
      publish: ["programme", "kind", "name", "definition", "version", "basedOn", "reason"],
    },
    calendar: {
      check: ["name", "definition"],
      publish: ["name", "definition", "basedOn"],
      retime: ["programme", "reason"],
    },
  };
  const basedOn = await versionOf();
  const { code } = (await app.services.setup.of(programme)).calendar.definition;
  const statuses = new Set<number>();
  for (const [page, names] of Object.entries(acts)) {
    const whole = {
      ...rules,
      name: page === "calendar" ? code : "sla",
      definition: {},
      basedOn,
      from: basedOn,
      to: basedOn,
      changes: [change],
      reason: "x",
    };
    for (const [act, fields] of Object.entries(names)) {
      for (const field of fields) {
        for (const value of values) {
          const answer = await operator.send(page, act, { ...whole, [field]: value });
          if (answer.status >= 500) throw new Error(`${page} ${act} ${field} ${JSON.stringify(value)}: ${answer.text}`);
          statuses.add(answer.status);
        }
      }
    }
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 422, 404]));
  for (const page of pages) {
    for (const query of ["\u0000", "\ud800", "x".repeat(300), "a,b", "%"]) {
      const { status } = await operator.page(page, { programme: query });
      expect([400, 404]).toContain(status);
    }
  }
  for (const name of ["\u0000", "\ud800", "sla\u0000"]) {
    expect([400, 404]).toContain((await operator.page("policy", { kind: "rules", name })).status);
  }
}, 60_000);
