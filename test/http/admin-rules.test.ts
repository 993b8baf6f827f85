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
  it("is refused to an auditor, and so is checking what could be published; what is stored they read with its findings", async () => {
    const basedOn = await versionOf();
    const body = { programme, basedOn, changes: [change] };
    expect((await operator.send("sla-grid", "check", body)).body.differences).not.toHaveLength(0);
    expect((await auditor.send("sla-grid", "check", body)).status).toBe(403);
    const stored = (await current())?.definition;
    expect((await operator.send("policy", "check", { ...rules, definition: stored })).status).toBe(200);
    expect((await auditor.send("policy", "check", { ...rules, definition: stored })).status).toBe(403);
    const own = (await app.services.setup.of(programme)).calendar.definition;
    const ofCalendar = { programme, name: own.code, definition: own };
    expect((await auditor.send("calendar", "check", ofCalendar)).status).toBe(403);
    const seen = (await auditor.page("policy", { kind: "rules", name: "sla" })).body.opened;
    expect(seen.checked).toEqual((await operator.page("policy", { kind: "rules", name: "sla" })).body.opened.checked);
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

  it("is a conflict where it says that nothing is in force, and something is", async () => {
    const before = await current();
    const definition = { ...before?.definition, default: change.outcome };
    const answer = await operator.send("policy", "publish", { ...rules, definition, basedOn: null, reason: "x" });
    expect([answer.status, answer.body.problem.code]).toEqual([409, "conflict"]);
    const { calendar } = await app.services.setup.of(programme);
    const unchecked = { programme, kind: "calendar", name: calendar.definition.code, basedOn: null, reason: "x" };
    const widened = { ...calendar.definition, name: { ar: "آخر", en: "Another" } };
    expect((await operator.send("policy", "publish", { ...unchecked, definition: widened })).status).toBe(409);
    expect(await versionOf()).toBe(before?.versionId);
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

describe("a workflow under another code", () => {
  const complaint = { programme, kind: "workflow", name: "complaint" };
  const copyAs = (who: SignedIn, code: string) => who.page("policy", { ...complaint, copyAs: code });
  const faults = (answer: { body: { problem: { faults: { field: string }[] } } }) =>
    answer.body.problem.faults.map(({ field }) => field);

  it("begins as a copy, is published with a reason and an entry in the record, and types can choose it", async () => {
    const opened = (await operator.page("policy", complaint)).body.opened;
    expect((await operator.page("policy", { ...complaint, name: "licence" })).status).toBe(404);
    const asked = await operator.send("policy", "copy", { id: opened.shown.id, code: " licence " });
    expect([asked.status, asked.body.code]).toEqual([200, "licence"]);
    const { body, status } = await copyAs(operator, "licence");
    expect(status).toBe(200);
    const { definition, checked, copied } = body.copy;
    expect([definition.workflow, copied.name]).toEqual(["licence", "complaint"]);
    expect(checked.faults).toEqual([expect.objectContaining({ field: "/workflow", severity: "warning" })]);
    const { ar, en } = opened.shown.definition.name;
    expect(definition.name).toEqual({ ar: `${ar} (نسخة)`, en: `${en} (copy)` });
    expect(definition.states).toEqual(opened.shown.definition.states);

    const name = { ar: "طلب رخصة", en: "Licence request" };
    const publication = { programme, kind: "workflow", name: "licence", asNew: true, basedOn: null };
    const named = { ...publication, definition: { ...definition, name } };
    const noReason = await operator.send("policy", "publish", { ...named, reason: " " });
    expect([noReason.status, faults(noReason)]).toEqual([422, ["/reason"]]);
    const renamed = { ...named, definition: { ...definition, workflow: "complaint" }, reason: "x" };
    expect((await operator.send("policy", "publish", renamed)).status).toBe(422);
    const done = await operator.send("policy", "publish", { ...named, reason: "Licences go another way" });
    expect([done.status, done.body.version]).toEqual([200, 1]);
    const [event] = (await operator.list("audit-events", { perPage: 1 })).body.records;
    expect(event.values.type).toBe("configuration.published");
    expect(JSON.stringify(event.values)).toContain("Licences go another way");

    const choices = await operator.list("published-workflows", { search: "licence" });
    expect(choices.body.records.map((record: { id: string }) => record.id)).toEqual([`${programme}.licence`]);
    const [type] = await app.office.rows("select id from application_types where code = 'suggestion'");
    const values = { workflow: "licence" };
    const chosen = await operator.edit("application-types", Number(type?.id), values, { workflow: "suggestion" });
    expect([chosen.status, chosen.body.record?.values.workflow]).toEqual([200, "licence"]);
    const received = await app.office.receive({ type: "suggestion" });
    const [row] = await app.office.rows(
      "select v.name from cases c join configuration_versions v on v.id = c.workflow_version_id where reference = $1",
      received.reference,
    );
    expect(row).toEqual({ name: "licence" });
  });

  it("needs a code that is one and that nothing has, also at the moment of publishing", async () => {
    const opened = (await operator.page("policy", complaint)).body.opened;
    for (const code of ["complaint", "Complaint", "a b", "../x", "x".repeat(61), "رمز", "\u0000"]) {
      const answer = await operator.send("policy", "copy", { id: opened.shown.id, code });
      expect([code, answer.status, faults(answer)]).toEqual([code, 422, ["/code"]]);
    }
    expect((await copyAs(operator, "complaint")).status).toBe(422);
    const { definition } = opened.shown;
    const taken = await operator.send("policy", "publish", {
      ...complaint,
      asNew: true,
      definition,
      basedOn: null,
      reason: "x",
    });
    expect([taken.status, faults(taken)]).toEqual([422, ["/code"]]);
    expect((await operator.page("policy", complaint)).body.opened.versions).toHaveLength(opened.versions.length);
  });

  it("is for workflows alone, and for those who may publish", async () => {
    const { shown } = (await operator.page("policy", complaint)).body.opened;
    const sla = await operator.send("policy", "copy", { id: await versionOf(), code: "other" });
    expect([sla.status, faults(sla)]).toEqual([422, ["/code"]]);
    expect((await operator.page("policy", { ...rules, copyAs: "other" })).status).toBe(422);
    const definition = { ...shown.definition, workflow: "other" };
    const publication = {
      programme,
      kind: "workflow",
      name: "other",
      asNew: true,
      definition,
      basedOn: null,
      reason: "x",
    };
    // Under a name that nothing has nothing is published by the way.
    const { asNew: _, ...unsaid } = publication;
    for (const one of [unsaid, { ...publication, asNew: "yes" }, { ...unsaid, kind: "calendar", name: "evil" }]) {
      expect([one, (await operator.send("policy", "publish", one)).status]).toEqual([one, 404]);
    }
    for (const [who, status] of [
      [auditor, 403],
      [focalPoint, 404],
    ] as const) {
      expect((await who.send("policy", "copy", { id: shown.id, code: "other" })).status).toBe(status);
      expect((await copyAs(who, "other")).status).toBe(status);
      expect((await who.send("policy", "publish", publication)).status).toBe(status);
    }
    expect((await operator.page("policy", { ...complaint, name: "other" })).status).toBe(404);
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
      copy: ["id", "code"],
      publish: ["programme", "kind", "name", "definition", "version", "basedOn", "reason", "asNew"],
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
      id: basedOn,
      code: "x",
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
