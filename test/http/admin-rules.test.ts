/** Rules, grid and calendar at the back office's door: who is told what, what is refused where, and nothing breaks it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
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
    const { definition } = (await current()) ?? {};
    const { body } = await auditor.send("sla-grid", "draft", { programme, definition, changes: [] });
    expect(body.types.map((type: { type: string }) => type.type)).toContain("complaint");
    const mayPublish = async (who: SignedIn) => (await who.page("policy", rules)).body.opened.mayPublish;
    expect([await mayPublish(operator), await mayPublish(auditor)]).toEqual([true, false]);
    const overview = (await auditor.page("policy")).body;
    expect(overview.versions.map((version: { kind: string }) => version.kind)).toEqual(
      expect.arrayContaining(["rules", "workflow", "calendar"]),
    );
    const opened = (await auditor.page("policy", { kind: "rules", name: "sla" })).body.opened;
    expect(opened.checked.examples.length).toBeGreaterThan(10);
    expect(opened.checked.examples.every((example: { passed: boolean }) => example.passed)).toBe(true);
    expect((await auditor.page("calendar")).body).toMatchObject({ mayRetime: false, openClocks: { older: 0 } });
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
    const stored = (await current())?.definition;
    const body = { programme, definition: stored, changes: [change] };
    expect((await operator.send("sla-grid", "draft", body)).status).toBe(200);
    expect((await auditor.send("sla-grid", "draft", body)).status).toBe(403);
    expect((await operator.send("policy", "check", { ...rules, definition: stored })).status).toBe(200);
    expect((await auditor.send("policy", "check", { ...rules, definition: stored })).status).toBe(403);
    const own = (await app.services.setup.of(programme)).calendar.definition;
    const ofCalendar = { programme, kind: "calendar", name: own.code, definition: own };
    expect((await auditor.send("policy", "check", ofCalendar)).status).toBe(403);
    const seen = (await auditor.page("policy", { kind: "rules", name: "sla" })).body.opened;
    expect(seen.checked).toEqual((await operator.page("policy", { kind: "rules", name: "sla" })).body.opened.checked);
    const begun = { ...rules, definition: stored, basedOn };
    for (const [act, more] of [
      ["begin", begun],
      ["reopen", { version: basedOn }],
      ["copy", { version: basedOn, code: "x" }],
    ] as const) {
      expect([act, (await auditor.send("policy", act, more)).status]).toEqual([act, 403]);
    }
    expect((await auditor.send("policy", "begin", { ...ofCalendar, basedOn: 1 })).status).toBe(403);
    expect((await auditor.send("calendar", "retime", { programme, reason: "x", confirmed: true })).status).toBe(403);
    expect(await versionOf()).toBe(basedOn);
  });

  it("names what is wrong at its place: the reason, the cell, the place in the text", async () => {
    const basedOn = await versionOf();
    const fields = (answer: { body: { problem: { faults: { field: string }[] } } }) =>
      answer.body.problem.faults.map(({ field }) => field);
    const set = (await current())?.definition as RuleSetDefinition;
    const wrongCell = { ...change, outcome: { ...change.outcome, resolution: { amount: -1, unit: "workingDays" } } };
    const cell = await operator.send("sla-grid", "draft", { programme, definition: set, changes: [wrongCell] });
    expect([cell.status, fields(cell)]).toEqual([422, ["/changes/0/resolution"]]);
    const definition = { ...set, rules: [{ ...set.rules[0], priority: 0 }] };
    const begun = await operator.send("policy", "begin", { ...rules, definition, basedOn });
    expect([begun.status, begun.body.revision]).toEqual([200, 1]);
    expect(fields(await operator.send("policy", "publish", { ...begun.body, reason: " " }))).toEqual(["/reason"]);
    const text = await operator.send("policy", "publish", { ...begun.body, reason: "x" });
    expect([text.status, fields(text)]).toEqual([422, ["/rules/0/priority"]]);
    expect(text.body.problem.faults[0].reason.ar).toMatch(/[\u0600-\u06ff]/);
    expect((await operator.send("policy", "discard", begun.body)).body).toEqual({ done: true });
  });

  it("is a conflict where it was made from nothing, and something is in force", async () => {
    const before = await current();
    const definition = { ...before?.definition, default: change.outcome };
    const begun = await operator.send("policy", "begin", { ...rules, definition, basedOn: null });
    const answer = await operator.send("policy", "publish", { ...begun.body, reason: "x" });
    expect([answer.status, answer.body.problem.code]).toEqual([409, "conflict"]);
    expect((await operator.send("policy", "discard", begun.body)).status).toBe(200);
    expect(await versionOf()).toBe(before?.versionId);
  });

  it("decides from then on; what is based on an older version is a conflict that says what changed", async () => {
    const basedOn = await versionOf();
    const stored = (await current())?.definition;
    const grid = { programme, definition: stored, changes: [change] };
    const { definition } = (await operator.send("sla-grid", "draft", grid)).body;
    const begun = await operator.send("policy", "begin", { ...rules, definition, basedOn });
    const done = await operator.send("policy", "publish", { ...begun.body, reason: "Twelve days" });
    expect([done.status, done.body.version]).toEqual([200, 2]);
    const second = await operator.send("policy", "begin", { ...rules, definition: stored, basedOn });
    const late = await operator.send("policy", "publish", { ...second.body, reason: "Late" });
    expect(late.status).toBe(409);
    expect(late.body.problem).toMatchObject({
      code: "conflict",
      faults: expect.arrayContaining([
        { field: "", reason: expect.objectContaining({ en: expect.stringContaining("12 working days") }) },
      ]),
    });
    expect((await operator.send("policy", "discard", second.body)).status).toBe(200);
    const { versions } = (await operator.page("policy", { kind: "rules", name: "sla" })).body.opened;
    const first = versions.at(-1);
    const again = await operator.send("policy", "reopen", { version: first.id, reason: "Back to version 1" });
    const { draft } = (await auditor.page("policy", { kind: "rules", name: "sla" })).body.opened;
    expect(draft).toMatchObject({ id: again.body.id, reason: "Back to version 1", copiedFromVersion: 1, acts: [] });
    expect((await auditor.page("policy")).body.drafts).toHaveLength(1);
    const back = await operator.send("policy", "publish", { ...again.body, reason: "As it was" });
    expect([back.status, back.body.version]).toEqual([200, 3]);
  });
});

describe("a workflow under another code", () => {
  const complaint = { programme, kind: "workflow", name: "complaint" };
  const licence = { ...complaint, name: "licence" };
  const faults = (answer: { body: { problem: { faults: { field: string }[] } } }) =>
    answer.body.problem.faults.map(({ field }) => field);
  const shownOf = async () => (await operator.page("policy", complaint)).body.opened.shown;

  it("begins as a draft, is published with a reason and an entry in the record, and types can choose it", async () => {
    const shown = await shownOf();
    expect((await operator.page("policy", licence)).status).toBe(404);
    const begun = await operator.send("policy", "copy", { version: shown.id, code: " licence " });
    expect([begun.status, begun.body.code]).toEqual([200, "licence"]);
    const { opened } = (await operator.page("policy", licence)).body;
    expect([opened.shown, opened.current, opened.versions]).toEqual([null, null, []]);
    const { definition } = opened.draft;
    expect(definition.workflow).toBe("licence");
    expect(opened.checked.faults).toEqual([expect.objectContaining({ field: "/workflow", severity: "warning" })]);
    const { ar, en } = shown.definition.name;
    expect(definition.name).toEqual({ ar: `${ar} (نسخة)`, en: `${en} (copy)` });
    expect(definition.states).toEqual(shown.definition.states);

    const name = { ar: "طلب رخصة", en: "Licence request" };
    const { id } = begun.body;
    const save = (revision: number, more: object) =>
      operator.send("policy", "save", { id, revision, definition: { ...definition, name, ...more } });
    const publish = (revision: number, more: object) => operator.send("policy", "publish", { id, revision, ...more });
    const renamed = await save(1, { workflow: "complaint" });
    expect((await publish(renamed.body.revision, { reason: "x" })).status).toBe(422);
    const { revision } = (await save(renamed.body.revision, {})).body;
    const noReason = await publish(revision, { reason: " " });
    expect([noReason.status, faults(noReason)]).toEqual([422, ["/reason"]]);
    const unsaid = await publish(revision, { reason: "Licences go another way" });
    expect([unsaid.status, faults(unsaid)]).toEqual([422, ["/warningsReason"]]);
    const said = { reason: "Licences go another way", warningsReason: "The type comes next" };
    const done = await publish(revision, said);
    expect([done.status, done.body.version]).toEqual([200, 1]);
    const [event] = (await operator.list("audit-events", { perPage: 1 })).body.records;
    expect(event.values.type).toBe("configuration.published");
    expect(JSON.stringify(event.values)).toContain("Licences go another way");
    // The copy has the name that it was given, and the first keeps its own.
    expect((await operator.page("policy", licence)).body.opened.shown.definition.name).toEqual(name);
    expect((await shownOf()).definition.name).toEqual({ ar, en });

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

  it("needs a code that is one and that nothing has, not even a draft", async () => {
    const { id: version } = await shownOf();
    for (const code of ["complaint", "Complaint", "a b", "../x", "x".repeat(61), "رمز", "\u0000"]) {
      const answer = await operator.send("policy", "copy", { version, code });
      expect([code, answer.status, faults(answer)]).toEqual([code, 422, ["/code"]]);
    }
    const begun = await operator.send("policy", "copy", { version, code: "permit" });
    expect(faults(await operator.send("policy", "copy", { version, code: "permit" }))).toEqual(["/code"]);
    expect((await operator.send("policy", "discard", begun.body)).status).toBe(200);
    expect((await operator.page("policy", { ...complaint, name: "permit" })).status).toBe(404);
  });

  it("is for workflows alone, and for those who may publish", async () => {
    const shown = await shownOf();
    const sla = await operator.send("policy", "copy", { version: await versionOf(), code: "other" });
    expect([sla.status, faults(sla)]).toEqual([422, ["/code"]]);
    const definition = { ...shown.definition, workflow: "other" };
    // Under a name that nothing has nothing is begun by the way.
    const other = { programme, kind: "workflow", name: "other", definition, basedOn: null };
    for (const one of [other, { ...other, kind: "calendar", name: "evil" }, { ...other, kind: "users" }]) {
      expect([one, (await operator.send("policy", "begin", one)).status]).toEqual([one, 404]);
    }
    for (const [who, status] of [
      [auditor, 403],
      [focalPoint, 404],
    ] as const) {
      expect((await who.send("policy", "copy", { version: shown.id, code: "other" })).status).toBe(status);
      expect((await who.send("policy", "begin", { ...other, name: "complaint" })).status).toBe(status);
    }
    expect((await operator.page("policy", { ...complaint, name: "other" })).status).toBe(404);
  });
});

describe("a draft", () => {
  const routing = { programme, kind: "rules", name: "routing" };
  const opened = async (who: SignedIn) => (await who.page("policy", routing)).body.opened;

  it("is handed in and approved by somebody else where the programme wants it, and nobody goes round it", async () => {
    const colleague = await app.signIn("operation_room", null, 1);
    const setting = (wanted: boolean) =>
      operator.edit("programmes", programme, { secondPerson: wanted }, { secondPerson: !wanted });
    expect((await setting(true)).status).toBe(200);
    const { shown } = await opened(operator);
    const definition = { ...shown.definition, rules: shown.definition.rules.slice(1) };
    const begun = await operator.send("policy", "begin", { ...routing, definition, basedOn: shown.id });
    const step = begun.body;
    // The author publishes nothing alone, and nobody a definition of their own.
    const alone = await operator.send("policy", "publish", { ...step, reason: "x", definition });
    expect([alone.status, alone.body.problem.code]).toEqual([409, "not-now"]);
    const said = { reason: "One rule less", warningsReason: "It is meant" };
    expect((await operator.send("policy", "submit", { ...step, reason: "" })).status).toBe(422);
    expect((await operator.send("policy", "submit", { ...step, ...said })).status).toBe(200);
    const waiting = (await opened(operator)).draft;
    expect(waiting).toMatchObject({
      state: "submitted",
      acts: ["takeBack"],
      whyNotPublish: { en: expect.any(String) },
    });
    const seen = { id: waiting.id, revision: waiting.revision };
    expect((await operator.send("policy", "publish", { ...seen, ...said })).status).toBe(403);
    expect((await operator.send("policy", "save", { ...seen, definition: shown.definition })).status).toBe(409);
    const home = (await colleague.page("home")).body;
    expect(home.desks[0].drafts).toEqual([
      expect.objectContaining({ submittedBy: operator.person.name, reason: "One rule less", mine: false }),
    ]);
    for (const [act, more] of [
      ["publish", said],
      ["sendBack", { note: "x" }],
      ["takeBack", {}],
      ["discard", {}],
      ["save", { definition }],
      ["compare", { before: {}, after: {} }],
    ] as const) {
      expect([act, (await auditor.send("policy", act, { ...seen, ...more })).status]).toEqual([act, 403]);
      expect([act, (await focalPoint.send("policy", act, { ...seen, ...more })).status]).toEqual([act, 404]);
      const guessed = await colleague.send("policy", act, { ...seen, ...more, id: seen.id + 1 });
      expect([act, guessed.status]).toEqual([act, 404]);
    }
    const done = await colleague.send("policy", "publish", { ...seen, reason: "Read" });
    expect(done.status).toBe(200);
    expect((await opened(auditor)).versions[0]).toMatchObject({
      publishedBy: { en: operator.person.name },
      approvedBy: colleague.person.name,
      approvalReason: "Read",
      reason: "One rule less",
    });
    // Nor is it done away with by whoever would rather publish alone.
    expect((await setting(false)).status).toBe(422);
    expect((await opened(operator)).secondPerson).toBe(true);
    await app.office.asOwner(
      `update programmes set settings = settings || '{"secondPerson": false}' where code = 'jordan'`,
    );
  });
});

describe("whatever is sent", () => {
  const deep = JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`) as unknown;
  const values = [null, 0, -1, 1.5, 2 ** 60, "", "x", "\u0000", [], {}, [null], { en: 1 }, deep, true];
  const acts: readonly (readonly [page: string, act: string, fields: readonly string[]])[] = [
    ["sla-grid", "draft", ["programme", "definition", "changes", "split"]],
    ["sla-grid", "nothing", ["programme"]],
    ["policy", "check", ["programme", "kind", "name", "definition"]],
    ["policy", "differences", ["from", "to"]],
    ["policy", "copy", ["version", "code"]],
    ["policy", "begin", ["programme", "kind", "name", "definition", "basedOn"]],
    ["policy", "reopen", ["version", "reason"]],
    ["policy", "save", ["id", "revision", "definition", "basedOn"]],
    ["policy", "compare", ["id", "before", "after"]],
    ["policy", "submit", ["id", "revision", "reason", "warningsReason"]],
    ["policy", "sendBack", ["id", "revision", "note"]],
    ["policy", "takeBack", ["id", "revision"]],
    ["policy", "publish", ["id", "revision", "reason", "warningsReason"]],
    ["policy", "discard", ["id", "revision"]],
    ["calendar", "look", ["programme", "definition", "year"]],
    ["calendar", "prepare", ["programme", "definition", "year"]],
    ["calendar", "retime", ["programme", "reason"]],
  ];
  const statuses = new Set<number>();

  /** As the one draft that may be open stands now. */
  async function seenDraft(): Promise<{ id: number; revision: number }> {
    const { draft } = (await operator.page("policy", { kind: "rules", name: "sla" })).body.opened;
    return draft === null ? { id: 1, revision: 1 } : { id: draft.id, revision: draft.revision };
  }

  it.each(acts)("no 5xx: %s, %s", async (page, act, fields) => {
    const basedOn = await versionOf();
    const whole = {
      ...rules,
      definition: {},
      basedOn,
      from: basedOn,
      to: basedOn,
      changes: [change],
      reason: "x",
      note: "x",
      before: {},
      after: {},
      version: basedOn,
      code: "x",
    };
    for (const field of fields) {
      for (const value of values) {
        const seen = fields.includes("id") ? await seenDraft() : { id: 1, revision: 1 };
        const answer = await operator.send(page, act, { ...whole, ...seen, [field]: value });
        if (answer.status >= 500) throw new Error(`${field} ${JSON.stringify(value)}: ${answer.text}`);
        statuses.add(answer.status);
      }
    }
  });

  it("is answered by what it deserves", () => {
    expect([...statuses]).toEqual(expect.arrayContaining([200, 422, 404]));
  });

  it.each(pages)("no 5xx: the address of %s", async (page) => {
    for (const query of ["\u0000", "\ud800", "x".repeat(300), "a,b", "%"]) {
      const { status } = await operator.page(page, { programme: query });
      expect([400, 404]).toContain(status);
    }
    for (const name of ["\u0000", "\ud800", "sla\u0000"]) {
      expect([400, 404]).toContain((await operator.page("policy", { kind: "rules", name })).status);
    }
  });
});
