/** Change-sets as the back office answers: whose the page is, what it refuses, and that nothing tells a stranger of one. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

let app: AdminApp;
let operator: SignedIn;
let id: number;
beforeAll(async () => {
  app = await openAdminApp();
  operator = await app.signIn("operation_room");
  const begun = await operator.send("change-set", "begin", { programme: "jordan", title: "Licensing" });
  expect(begun.status).toBe(200);
  id = begun.body.id;
}, 60_000);
afterAll(() => app.close());

const edit = { act: "retire", table: "pillars", code: "QUALITY" };
const cspd = async () => {
  const [row] = await app.office.rows("select id, parent from entities where code = 'CSPD'");
  return row as { id: number; parent: string };
};

it("is listed, opened, filled and emptied by the operation room", async () => {
  expect((await operator.send("change-set", "put", { id, edit })).status).toBe(200);
  const { body } = await operator.page("change-set", { programme: "jordan" });
  expect(body.open).toMatchObject([{ id, title: "Licensing", edits: 1 }]);
  const { opened } = (await operator.page("change-set", { programme: "jordan", id })).body;
  expect(opened.listed[0].words.ar).toMatch(/^إيقاف/);
  expect(opened.findings.length).toBeGreaterThan(0);
  expect((await operator.send("change-set", "rename", { id, revision: opened.revision, title: " " })).status).toBe(422);
  const out = await operator.send("change-set", "takeOut", { id, table: "pillars", code: "QUALITY" });
  expect(out.status).toBe(200);
  expect((await operator.send("change-set", "takeOut", { id, table: "pillars", code: "QUALITY" })).status).toBe(404);
});

it("refuses what is no edit, with a place a fault, and never answers with an error of ours", async () => {
  for (const wrong of [undefined, null, 7, "retire", [], {}, { ...edit, table: "users" }, { ...edit, more: 1 }]) {
    const { status, body } = await operator.send("change-set", "put", { id, edit: wrong });
    expect(status).toBe(422);
    expect(body.problem.faults.length).toBeGreaterThan(0);
  }
  const put = async (name: string, before: Record<string, unknown>) => {
    const sent = { act: "update", table: "pillars", code: "QUALITY", values: { nameEn: " ", [name]: 1 }, before };
    const { status, body } = await operator.send("change-set", "put", { id, edit: sent });
    return [status, body.problem.faults.map(({ field }: { field: string }) => field).sort()];
  };
  for (const before of [{}, { nothing: 1 }])
    expect(await put("nothing", before)).toEqual([422, ["/nameEn", "/nothing"]]);
  // Names that every object has are refused at the door, wherever they are.
  for (const name of ["toString", "hasOwnProperty"]) {
    expect(await put(name, {})).toEqual([400, [`/edit/values/${name}`]]);
  }
  for (const number of [0, -1, "1", 1.5, null]) {
    expect((await operator.send("change-set", "put", { id: number, edit })).status).toBe(422);
  }
  expect((await operator.send("change-set", "put", { id: id + 99, edit })).status).toBe(404);
  for (const asked of ["x", "0", `${id + 99}`, "9".repeat(40)])
    expect((await operator.page("change-set", { programme: "jordan", id: asked })).status).toBe(404);
});

it("is begun with its first edit at once, or not at all", async () => {
  const titles = async () =>
    (await operator.page("change-set", { programme: "jordan" })).body.open.map(({ title }: { title: string }) => title);
  const begin = (first: unknown) =>
    operator.send("change-set", "begin", { programme: "jordan", title: "Quality", edit: first });
  const before = await titles();
  expect((await begin({ ...edit, code: "NOTHING" })).status).toBe(404);
  for (const wrong of [null, 7, { ...edit, table: "users" }]) expect((await begin(wrong)).status).toBe(422);
  const unnamed = await begin({ act: "create", table: "pillars", code: "NEW", values: { nameAr: "جديد", nameEn: "" } });
  expect([unnamed.status, unnamed.body.problem.faults.map(({ field }: { field: string }) => field)]).toEqual([
    422,
    ["/nameEn"],
  ]);
  expect(await titles()).toEqual(before);
  const { status, body } = await begin(edit);
  expect(status).toBe(200);
  const { opened } = (await operator.page("change-set", { programme: "jordan", id: body.id })).body;
  expect(opened).toMatchObject({ title: "Quality", revision: body.revision, listed: [{ edit: { code: "QUALITY" } }] });
  // The row is in that set now: another is not begun with it.
  expect((await begin(edit)).status).toBe(409);
  expect((await titles()).filter((title: string) => title === "Quality")).toHaveLength(1);
  expect((await operator.send("change-set", "discard", { id: body.id, revision: body.revision })).status).toBe(200);
});

it("is begun at a policy's page with a draft of it at once, or not at all, and by nobody who may not write", async () => {
  const sla = { programme: "jordan", kind: "rules", name: "sla" };
  const inForce = (await app.services.setup.of("jordan")).ruleSets.get("sla");
  const body = { ...sla, definition: inForce?.definition, basedOn: inForce?.versionId };
  const titles = async () =>
    (await operator.page("change-set", { programme: "jordan" })).body.open.map(({ title }: { title: string }) => title);
  const before = await titles();
  const begin = (changeSet: unknown, who = operator) => who.send("policy", "begin", { ...body, changeSet });
  for (const wrong of [{ title: " " }, { title: 7 }, {}, { title: "x".repeat(300) }]) {
    const { status, body: told } = await begin(wrong);
    expect([status, told.problem.faults.map(({ field }: { field: string }) => field)]).toEqual([422, ["/title"]]);
  }
  for (const wrong of ["1", 0, [], true]) expect((await begin(wrong)).status).toBe(422);
  expect((await begin(2 ** 40)).status).toBe(404);
  const stranger = await app.signIn("focal_point", "CSPD");
  const auditor = await app.signIn("auditor");
  expect((await begin({ title: "Theirs" }, stranger)).status).toBe(404);
  expect((await begin({ title: "Theirs" }, auditor)).status).toBe(403);
  expect(await titles()).toEqual(before);
  const begun = await begin({ title: "Faster" });
  expect(begun.status).toBe(200);
  const { changeSet } = begun.body;
  const { opened } = (await operator.page("policy", sla)).body;
  expect(opened.draft).toMatchObject({ id: begun.body.id, changeSet: { id: changeSet, title: "Faster" } });
  // It is in one already: neither it nor a second set goes anywhere.
  const seen = { id: begun.body.id, revision: begun.body.revision };
  const again = await operator.send("policy", "intoSet", { ...seen, changeSet: { title: "Another" } });
  expect([again.status, again.body.problem.detail.ar]).toEqual([409, expect.stringContaining("«Faster»")]);
  const out = await operator.send("policy", "discard", seen);
  expect(out.status).toBe(200);

  const alone = (await begin(null)).body;
  const step = { id: alone.id, revision: alone.revision, changeSet };
  for (const wrong of [undefined, null, "1", {}])
    expect((await operator.send("policy", "intoSet", { ...step, changeSet: wrong })).status).toBe(422);
  expect((await stranger.send("policy", "intoSet", step)).status).toBe(404);
  expect((await auditor.send("policy", "intoSet", step)).status).toBe(403);
  expect((await operator.send("policy", "intoSet", step)).body).toMatchObject({ id: alone.id, changeSet });
  const set = (await operator.page("change-set", { programme: "jordan", id: changeSet })).body.opened;
  expect(set.drafts.map(({ id: one }: { id: number }) => one)).toEqual([alone.id]);
  const ended = { id: changeSet, revision: set.revision };
  expect((await operator.send("change-set", "discard", ended)).status).toBe(200);
});

it("leads a made-up case by its set-up, for the operation room alone, and says what is wrong with the number", async () => {
  const definition = (await app.services.setup.of("jordan")).workflows.get("complaint")?.definition;
  const as = { by: "focal_point", person: 1 };
  const walked = { programme: "jordan", name: "complaint", definition, steps: [], as };
  const walk = (changeSet: unknown, who = operator) => who.send("workflow", "walk", { ...walked, changeSet });
  expect((await walk(id)).body).toMatchObject({ state: "assigned", changeSet: { id, title: "Licensing" } });
  for (const none of [null, undefined]) expect((await walk(none)).body.changeSet).toBeNull();
  for (const wrong of ["1", 0, -1, 1.5, {}, []]) expect((await walk(wrong)).status).toBe(422);
  for (const unknown of [id + 99, 2 ** 40]) expect((await walk(unknown)).status).toBe(404);
  // With words, it says what the applicants' pages would suggest for them.
  const told = await operator.send("workflow", "walk", { ...walked, subject: "My passport is late", description: "" });
  expect(told.body.matters[0]).toMatchObject({ entity: { en: expect.stringContaining("Civil Status") } });
  expect((await walk(null)).body.matters).toBeNull();
  expect((await walk(id, await app.signIn("focal_point", "CSPD"))).status).toBe(404);
  expect((await walk(id, await app.signIn("auditor"))).status).toBe(403);
});

it("shows the grid by its set-up to those who read the configuration, and says what is wrong with the number", async () => {
  const definition = (await app.services.setup.of("jordan")).ruleSets.get("sla")?.definition;
  const values = { nameAr: "الخدمات الرقمية", nameEn: "Digital services" };
  const added = { act: "create", table: "pillars", code: "DIGITAL", values };
  expect((await operator.send("change-set", "put", { id, edit: added })).status).toBe(200);
  const auditor = await app.signIn("auditor");
  const draft = (changeSet: unknown, who = operator) =>
    who.send("sla-grid", "draft", { programme: "jordan", definition, changes: [], changeSet });
  for (const who of [operator, auditor]) expect((await draft(id, who)).body.added.pillars).toEqual(["DIGITAL"]);
  for (const none of [null, undefined]) expect((await draft(none)).body.added.pillars).toEqual([]);
  for (const wrong of ["1", 0, -1, 1.5, {}, []]) expect((await draft(wrong)).status).toBe(422);
  for (const unknown of [id + 99, 2 ** 40]) expect((await draft(unknown)).status).toBe(404);
  expect((await draft(id, await app.signIn("focal_point", "CSPD"))).status).toBe(404);

  // The page says which set was asked for while the open draft is not in it, and whether a draft may begin there.
  const sla = { programme: "jordan", kind: "rules", name: "sla" };
  const asked = async () => (await operator.page("policy", { ...sla, changeSet: id })).body.opened.changeSet;
  expect(await asked()).toEqual({ id, title: "Licensing", open: true });
  const inForce = (await app.services.setup.of("jordan")).ruleSets.get("sla");
  const body = { ...sla, definition, basedOn: inForce?.versionId };
  const alone = (await operator.send("policy", "begin", { ...body, changeSet: null })).body;
  expect(await asked()).toEqual({ id, title: "Licensing", open: true });
  const seen = { id: alone.id, revision: alone.revision };
  const put = await operator.send("policy", "intoSet", { ...seen, changeSet: id });
  expect(await asked()).toBeNull();
  expect((await operator.send("policy", "discard", { id: alone.id, revision: put.body.revision })).status).toBe(200);
  const out = await operator.send("change-set", "takeOut", { id, table: "pillars", code: "DIGITAL" });
  expect(out.status).toBe(200);
});

it("takes a digest and an alert whose optional numbers are left empty, as their forms send them", async () => {
  const begun = await operator.send("change-set", "begin", { programme: "jordan", title: "Digests" });
  const set = begun.body.id;
  const put = async (sent: Record<string, unknown>) => {
    const { status, body } = await operator.send("change-set", "put", { id: set, edit: sent });
    return [status, body.problem?.faults];
  };
  const names = { nameAr: "اسم", nameEn: "A name", sortOrder: null };
  const digest = { code: "d", audience: ["minister"], scope: "own", letter: "digest-executive", period: "week" };
  const numbers = { weekday: "sun", monthDay: null, hour: null, leastChange: null, leastCases: null };
  const values = { ...names, ...digest, ...numbers };
  expect(await put({ act: "create", table: "digests", code: "d", values })).toEqual([200, undefined]);
  const alert = { code: "a", audiences: ["minister"], kpi: "delayed", condition: "above", value: 3, unit: "week" };
  const ofAlert = { ...names, ...alert, periods: null, least: null };
  expect(await put({ act: "create", table: "kpi_alerts", code: "a", values: ofAlert })).toEqual([200, undefined]);
  await app.office.asOwner("update digests set least_cases = 40 where code = 'executive'");
  const emptied = { values: { leastCases: null, sortOrder: null }, before: { leastCases: 40, sortOrder: 2 } };
  expect(await put({ act: "update", table: "digests", code: "executive", ...emptied })).toEqual([200, undefined]);
  const { opened } = (await operator.page("change-set", { programme: "jordan", id: set })).body;
  const changed = opened.listed.find(({ edit: { act } }: { edit: { act: string } }) => act === "update");
  expect([changed.edit.values, changed.edit.before]).toEqual([{ leastCases: 30 }, { leastCases: 40 }]);
  expect((await operator.send("change-set", "discard", { id: set, revision: opened.revision })).status).toBe(200);
});

it("is nobody else's: not a focal point's, not another programme's, an auditor only reads", async () => {
  const focalPoint = await app.signIn("focal_point", "CSPD");
  expect((await focalPoint.page("change-set", { programme: "jordan" })).status).toBe(404);
  expect((await focalPoint.page("change-set", { programme: "jordan", id })).status).toBe(404);
  expect((await app.visitor().page("change-set", { programme: "jordan", id })).status).toBe(401);
  expect((await operator.page("change-set", { programme: "boston311", id })).status).toBe(404);
  for (const act of [
    "put",
    "takeOut",
    "discard",
    "submit",
    "takeBack",
    "sendBack",
    "publish",
    "rename",
    "begin",
    "replays",
    "replay-start",
  ]) {
    const body = {
      programme: "jordan",
      title: "T",
      id,
      revision: 1,
      edit,
      table: "pillars",
      code: "QUALITY",
      reason: "R",
      note: "N",
    };
    expect([act, (await focalPoint.send("change-set", act, body)).status]).toEqual([act, 404]);
  }
  const auditor = await app.signIn("auditor");
  const { status, body } = await auditor.page("change-set", { programme: "jordan", id });
  expect([status, body.mayWrite, body.opened.acts]).toEqual([200, false, []]);
  expect((await auditor.send("change-set", "put", { id, edit })).status).toBe(403);
  expect((await auditor.send("change-set", "begin", { programme: "jordan", title: "Mine" })).status).toBe(403);
});

it("is offered where a saved edit would need a second person", async () => {
  await app.office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
  const record = await cspd();
  const before = { parent: record.parent };
  const refused = await operator.edit("entities", record.id, { parent: "PM" }, before);
  expect(refused.status).toBe(409);
  expect(refused.body.problem.faults).toMatchObject([{ field: "/changeSet" }]);
  const values = { parent: "PM" };
  const put = await operator.send("change-set", "put", {
    id,
    edit: { act: "update", table: "entities", code: "CSPD", values, before },
  });
  expect(put.status).toBe(200);
});

it("takes the settings of a programme that decide, as its form sends them, the ladder step by step", async () => {
  await app.office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
  const before = {
    ladder1: "entity_manager",
    ladder2: "secretary_general",
    ladder3: "minister",
    ladder4: "prime_minister",
    ladder5: null,
  };
  const values = { ...before, ladder3: "prime_minister", ladder4: "minister", reviewSamplePercent: 30 };
  const seen = { ...before, reviewSamplePercent: 0 };
  const refused = await operator.edit("programmes", "jordan", values, seen);
  expect(refused.status).toBe(409);
  expect(refused.body.problem.faults).toMatchObject([{ field: "/changeSet" }]);
  const edit = { act: "update", table: "programmes", code: "jordan", values, before: seen };
  const put = await operator.send("change-set", "put", { id, edit });
  expect([put.status, put.body.problem?.faults]).toEqual([200, undefined]);
  const { opened } = (await operator.page("change-set", { programme: "jordan", id })).body;
  const listed = opened.listed.find(({ table }: { table: string }) => table === "programmes");
  // As the form has it, which opens it again and puts it in place of what it saw.
  expect(listed.edit.values).toEqual(values);
  const again = { ...edit, values: { ...before, reviewSamplePercent: 40 } };
  expect((await operator.send("change-set", "put", { id, edit: again, seen: listed.edit })).status).toBe(200);
  expect((await operator.send("change-set", "put", { id, edit: again, seen: listed.edit })).status).toBe(409);
  for (const wrong of [
    { ...edit, values: [] },
    { ...edit, values: null },
    { ...edit, before: 7 },
  ])
    expect((await operator.send("change-set", "put", { id, edit: wrong })).status).toBe(422);
});

it("offers a workflow that a set adds to those who write a type, and to none who may not read the configuration", async () => {
  const versionId = (await app.services.setup.of("jordan")).workflows.get("complaint")?.versionId ?? 0;
  const actor = app.office.official("operation_room");
  const now = new Date();
  const { policyDrafts } = app.services;
  const copied = await policyDrafts.copy({ actor, version: versionId, code: "permit", now });
  const offered = async (who: SignedIn) =>
    (await who.list("published-workflows", { perPage: 50 })).body.records?.map(
      (one: { values: { code: string } }) => one.values.code,
    ) ?? [];
  expect(await offered(operator)).not.toContain("permit");
  await policyDrafts.intoSet({ actor, id: copied.id, revision: copied.revision, changeSet: id, now });
  expect(await offered(operator)).toContain("permit");
  expect(await offered(await app.signIn("focal_point", "CSPD"))).toEqual([]);
  const values = { nameAr: "تصاريح", nameEn: "Permits", workflow: "permit", anonymousAllowed: true };
  const type = { act: "create", table: "application_types", code: "permit", values };
  expect((await operator.send("change-set", "put", { id, edit: type })).status).toBe(200);
  const elsewhere = await operator.send("change-set", "begin", { programme: "jordan", title: "Another" });
  const other = { id: elsewhere.body.id, edit: { ...type, code: "permit2" } };
  expect((await operator.send("change-set", "put", other)).status).toBe(422);
});
