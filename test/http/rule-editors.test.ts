/** What the editors of rule sets ask the back office for: told to those who read the configuration, and to nobody else. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

let app: AdminApp;
let operator: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  operator = await app.signIn("operation_room");
}, 60_000);
afterAll(() => app.close());

const routing = { programme: "jordan", kind: "rules", name: "routing" };

it("tells the codes of all rules that ever were, so that none is used again", async () => {
  const { body } = await operator.page("policy", { kind: "rules", name: "routing" });
  const { definition } = body.opened.shown;
  const removed = {
    ...definition,
    rules: definition.rules.filter(({ id }: { id: string }) => id !== "route-education"),
  };
  const basedOn = body.opened.current;
  await app.services.configuration.publish({
    by: app.office.official("operation_room"),
    ...routing,
    kind: "rules",
    definition: removed,
    basedOn,
    reason: "A test",
    now: new Date("2026-11-22T07:00:00Z"),
  });
  const told = await operator.send("policy", "ruleIds", routing);
  expect(told.status).toBe(200);
  expect(told.body.ids).toEqual(expect.arrayContaining(["route-education", "route-service"]));
  expect((await operator.send("policy", "ruleIds", { ...routing, name: "nothing" })).body.ids).toEqual([]);
});

it("tells nobody else", async () => {
  const focalPoint = await app.signIn("focal_point", "CSPD");
  expect((await focalPoint.send("policy", "ruleIds", routing)).status).toBe(404);
  expect((await app.visitor().send("policy", "ruleIds", routing)).status).toBe(401);
  expect((await operator.send("policy", "ruleIds", { ...routing, programme: "boston311" })).status).toBe(404);
});

it("names facts, values, keyword lists and the ladder in both languages", async () => {
  const { vocabulary } = (await operator.page("policy", { kind: "rules", name: "escalation" })).body.opened;
  const sector = vocabulary.facts.find(({ name }: { name: string }) => name === "sector");
  expect(sector.values).toContainEqual(expect.objectContaining({ code: "WATER", retired: false }));
  expect(vocabulary.keywordLists.length).toBeGreaterThan(3);
  expect(vocabulary.ladder[0].name).toEqual({ en: expect.any(String), ar: expect.any(String) });
});

it("reads and writes the grid of a draft, stores nothing of it, and says what it cannot read", async () => {
  const { definition } = (await operator.page("policy", { kind: "rules", name: "sla" })).body.opened.shown;
  const key = { type: "complaint", pillar: "QUALITY", importance: "low" };
  const outcome = { acknowledgement: null, firstResponse: null, resolution: { amount: 12, unit: "workingDays" } };
  const body = { programme: "jordan", definition, changes: [{ ...key, outcome }] };
  const { status, body: drafted } = await operator.send("sla-grid", "draft", body);
  expect(status).toBe(200);
  const cells = drafted.types.find(({ type }: { type: string }) => type === "complaint").cells;
  expect(cells.find((cell: typeof key) => cell.pillar === "QUALITY" && cell.importance === "low").outcome).toEqual(
    outcome,
  );
  expect(drafted.definition.rules).toHaveLength(definition.rules.length + 1);
  const after = (await operator.page("policy", { kind: "rules", name: "sla" })).body.opened;
  expect(after.shown.definition).toEqual(definition);
  const unread = { ...body, changes: [{ ...key, outcome: { ...outcome, resolution: { amount: -1, unit: "days" } } }] };
  const refused = await operator.send("sla-grid", "draft", unread);
  expect([refused.status, refused.body.problem.faults[0].field]).toEqual([422, "/changes/0/resolution"]);
  for (const odd of [null, 7, [], {}, { ...definition, rules: 1 }, { ...definition, set: "quality" }])
    expect((await operator.send("sla-grid", "draft", { ...body, definition: odd })).status).toBe(422);
  const auditor = await app.signIn("auditor");
  expect((await auditor.send("sla-grid", "draft", { ...body, changes: [] })).status).toBe(200);
  expect((await auditor.send("sla-grid", "draft", body)).status).toBe(403);
  const focalPoint = await app.signIn("focal_point", "CSPD");
  expect((await focalPoint.send("sla-grid", "draft", body)).status).toBe(404);
  expect((await operator.send("sla-grid", "draft", { ...body, programme: "boston311" })).status).toBe(404);
});

it("is replayed over days that there are, and says at its place which are none", async () => {
  const { definition } = (await operator.page("policy", { kind: "rules", name: "sla" })).body.opened.shown;
  const asked = { kind: "rules", name: "sla", programme: "jordan", definition, from: "2026-11-01" };
  for (const [to, words] of [
    ["2027-02-31", "does not exist"],
    ["yesterday", "does not exist"],
    ["", "Select a day"],
  ] as const) {
    const { status, body } = await operator.send("policy", "replay-start", { ...asked, to });
    expect([status, body.problem.faults]).toEqual([
      422,
      [{ field: "/to", reason: { en: expect.stringContaining(words), ar: expect.stringMatching(/\S/) } }],
    ]);
  }
});
