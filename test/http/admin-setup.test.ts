/** The set-up through the door of the back office: what a browser sends, what it is told, and what strangers are not. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { EntityTreeView } from "../../src/features/people/entity-tree/entity-tree.page.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { programme } from "../support/working-office.js";

let app: AdminApp;
let room: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  room = await app.signIn("operation_room");
});
afterAll(() => app.close());

type Values = Record<string, unknown>;
interface Shown {
  readonly id: string;
  readonly values: Values;
  readonly actions: readonly string[];
  readonly names: Values;
}

const resources = [
  "applicant-categories",
  "application-types",
  "channels",
  "closing-reasons",
  "entities",
  "governorates",
  "importance-levels",
  "keyword-lists",
  "pillars",
  "reply-templates",
  "sectors",
  "services",
  "shown-kpis",
];

async function record(resource: string, code: string, by = room): Promise<Shown> {
  const { body } = await by.list(resource, { search: code, perPage: 100 });
  const found = (body.records as Shown[]).find(({ values }) => values.code === code);
  if (found === undefined) throw new Error(`no ${code} in ${resource}: ${JSON.stringify(body).slice(0, 300)}`);
  return found;
}
const name = (en: string) => ({ en, ar: "اسم" });

describe("what a service is called as well", () => {
  const matters = async (by: SignedIn, body: Values) => {
    const { status, body: answer } = await by.post("/admin/api/resources/services/actions/tryText", body);
    return {
      status,
      matters: (answer.view?.matters ?? []) as { service: { en: string } | null; own: boolean; grounds: unknown }[],
    };
  };
  const tried = async (by: SignedIn, { values }: Shown, more: Values, text: string) => {
    const { nameAr, nameEn } = { nameAr: (values.name as Values).ar, nameEn: (values.name as Values).en };
    return matters(by, { programme, ...values, nameAr, nameEn, ...more, text });
  };

  it("is written in the form, on record, suggested at once, and tried on a text before it is saved", async () => {
    const passport = await record("services", "CSPD-PASSPORT");
    const names = passport.values.alsoCalled as string[];
    expect(names.length).toBeGreaterThan(2);
    const text = "My little blue BOOKLETS have not arrived";
    expect(await tried(room, passport, {}, text)).toEqual({ status: 200, matters: [] });
    const alsoCalled = [...names, "blue booklet"];
    const [first] = (await tried(room, passport, { alsoCalled }, text)).matters;
    expect(first).toMatchObject({ own: true, grounds: [{ by: "synonym", words: ["blue", "BOOKLETS"] }] });
    expect((await room.edit("services", passport.id, { alsoCalled }, { alsoCalled: names })).status).toBe(200);
    expect((await record("services", "CSPD-PASSPORT")).values.alsoCalled).toEqual(alsoCalled);
    const { body } = await room.get(`/admin/api/resources/services/records/${passport.id}/history`);
    expect(JSON.stringify(body)).toContain("blue booklet");
    const told = {
      programme,
      subject: "",
      description: text,
      language: "en" as const,
      address: "here",
      now: new Date(),
    };
    expect(await app.office.services.publicPages.suggest(told)).toEqual([{ entity: "CSPD", service: "CSPD-PASSPORT" }]);
    // Tried in its form it takes its own place.
    expect((await tried(room, passport, { alsoCalled }, text)).matters.map(({ own }) => own)).toEqual([true]);
    const other = (await tried(room, await record("services", "CSPD-ID"), {}, text)).matters;
    expect(other.map(({ own }) => own)).toEqual([false]);
  });

  it("of a service that is not there yet is tried as well, and says nothing where nothing is known", async () => {
    const row = {
      code: "",
      entity: "CSPD",
      nameAr: "سجل الطائرات الورقية",
      nameEn: "Register of kites",
      alsoCalled: [],
    };
    const { matters: found } = await matters(room, { programme, ...row, text: "the register of kites is closed" });
    const byName = [{ by: "name", words: ["register", "kites"] }];
    expect(found).toMatchObject([{ own: true, service: { en: "Register of kites" }, grounds: byName }]);
    expect(await matters(room, { programme, ...row, text: "" })).toEqual({ status: 200, matters: [] });
  });

  it("is no stranger's to try", async () => {
    const passport = await record("services", "CSPD-PASSPORT");
    for (const role of ["focal_point", "contact_centre_agent"] as const)
      expect([role, (await tried(await app.signIn(role), passport, {}, "passport")).status]).toEqual([role, 404]);
    expect((await tried(room, passport, { programme: "elsewhere" }, "passport")).status).toBe(422);
  });
});

describe("the set-up over HTTP", () => {
  it.each(resources)("lists and shows %s with uses and history, in both languages", async (resource) => {
    const { status, body } = await room.list(resource);
    expect(status).toBe(200);
    const [first] = body.records as Shown[];
    expect(first?.values.name).toEqual({ en: expect.stringMatching(/\S/), ar: expect.stringMatching(/\S/) });
    const own = resource === "reply-templates" ? ["preview"] : [];
    expect(first?.actions).toEqual(["edit", "uses", "history", "retire", "remove", ...own]);
    const shown = await room.show(resource, first?.id ?? "");
    expect(shown.status).toBe(200);
    for (const view of ["uses", "history"]) {
      const answer = await room.get(`/admin/api/resources/${resource}/records/${first?.id}/${view}`);
      expect(answer.status).toBe(200);
    }
  });

  it.each([
    ["الغذاء", "JFDA"],
    ["الضريبة", "ISTD"],
    ["البلديات إربد", "MUN-IRB"],
  ])("finds an entity by “%s”, whatever form the word has in its name", async (search, code) => {
    const { body } = await room.list("entities", { search });
    const codes = (body.records as Shown[]).map(({ values }) => values.code);
    expect(codes).toContain(code);
    expect(body.meta.total).toBe(codes.length);
    expect(codes).not.toContain("MOH");
  });

  it("adds an entity, names what is wrong at its field, and shows where it stands", async () => {
    const wrong = await room.create(
      "entities",
      { code: "a b", name: { en: "X", ar: "" }, sector: "NOWHERE" },
      programme,
    );
    expect(wrong.status).toBe(422);
    const fields = (wrong.body.problem.faults as { field: string }[]).map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(["/nameAr", "/kind"]));
    const values = {
      code: "NCDC",
      name: name("Centre"),
      kind: "centre",
      sector: "HEALTH",
      parent: "MOH",
      joining: "live",
    };
    const { status, body } = await room.create("entities", values, programme);
    expect(status).toBe(200);
    expect(body.record).toMatchObject({ values: { code: "NCDC", level: 2 }, names: { parent: expect.anything() } });
  });

  /** What is missing, of the wrong form, at odds with the rest of the set-up: all in one answer, each field once. */
  const muddled: [resource: string, values: Record<string, unknown>, faults: string[]][] = [
    ["sectors", { code: "a b", name: { en: "", ar: "اسم" } }, ["/code", "/nameEn"]],
    ["pillars", { code: "TIME", name: { en: "", ar: "" } }, ["/code", "/nameAr", "/nameEn"]],
    ["importance-levels", { code: "a b", name: name("\u202Ex"), rank: null }, ["/code", "/nameEn", "/rank"]],
    [
      "entities",
      { code: "1", name: name(""), sector: "NOWHERE", parent: "NOWHERE", kind: "", validFrom: "never", email: "x" },
      ["/code", "/email", "/joining", "/kind", "/nameEn", "/parent", "/sector", "/validFrom"],
    ],
    ["services", { code: "a b", name: name(""), entity: "NOWHERE" }, ["/code", "/entity", "/nameEn"]],
    ["services", { code: "", name: name("x".repeat(301)), entity: "" }, ["/code", "/entity", "/nameEn"]],
    [
      "application-types",
      {
        code: "",
        name: name("x"),
        workflow: "nothing",
        fields: [{ code: "A b", name: name("x"), type: "text", required: true }],
      },
      ["/code", "/fields/0/code", "/workflow"],
    ],
    ["closing-reasons", { code: "a b", name: name("x"), text: { en: "x", ar: "" } }, ["/code", "/textAr"]],
    [
      "shown-kpis",
      { code: "", name: name("x"), kpi: "onTimeResolution", audiences: ["auditor", "king"], target: 140 },
      ["/audiences/1", "/code", "/target"],
    ],
    [
      "shown-kpis",
      { code: "TWICE", name: name("x"), kpi: "received", audiences: ["auditor"], target: 100, threshold: 120 },
      ["/audiences/0", "/target"],
    ],
    ["shown-kpis", { code: "NONE", name: name("x"), kpi: "", audiences: [], target: 90 }, ["/audiences", "/kpi"]],
    ["keyword-lists", { code: "", name: name("x"), words: ["ok", "!!"] }, ["/code", "/words/1"]],
  ];
  it.each(muddled)("tells all that is wrong with a form of %s at once", async (resource, values, faults) => {
    const { status, body } = await room.create(resource, values, programme);
    expect(status).toBe(422);
    const found = (body.problem.faults as { field: string }[]).map(({ field }) => field);
    expect([...found].sort()).toEqual(faults);
  });

  it("tells all that is wrong with an edited programme or entity at once", async () => {
    const office = await record("programmes", programme);
    const { timeZone, reopenWindowDays, name: called } = office.values;
    const before = { timeZone, reopenWindowDays, name: called };
    const values = { timeZone: "Asia/Nowhere", name: { en: "", ar: "" }, reopenWindowDays: 9999 };
    const edited = await room.edit("programmes", office.id, values, before);
    expect(edited.body.problem.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
      "/nameAr",
      "/nameEn",
      "/reopenWindowDays",
      "/timeZone",
    ]);
    const entity = await record("entities", "MOH");
    const { name: was, sector } = entity.values;
    const moved = { name: { en: "x", ar: "" }, sector: "NOWHERE" };
    const wrong = await room.edit("entities", entity.id, moved, { name: was, sector });
    expect(wrong.body.problem.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
      "/nameAr",
      "/sector",
    ]);
  });

  it("changes a row as the form sends it, and tells the second editor what changed, by whom", async () => {
    const pillar = await record("pillars", "TIME");
    const { name: was, sortOrder } = pillar.values;
    const before = { name: was, sortOrder };
    const values = { ...before, name: name("Time of delivery") };
    expect((await room.edit("pillars", pillar.id, values, before)).status).toBe(200);
    const second = await room.edit("pillars", pillar.id, { ...before, name: name("Speed") }, before);
    expect(second.status).toBe(409);
    expect(second.body.problem.code).toBe("conflict");
    expect(second.body.problem.faults.at(-1).reason.en).toContain(`is now “Time of delivery” (${room.person.name}`);
    const history = await room.get(`/admin/api/resources/pillars/records/${pillar.id}/history`);
    expect(history.body.view[0]).toMatchObject({ type: "setup.changed", who: room.person.name });
  });

  it("leaves the whole form of every row unchanged when nothing was typed", async () => {
    const revision = (await app.services.setup.of(programme)).revision;
    for (const resource of [...resources, "programmes"]) {
      const { body } = await room.list(resource, { perPage: 2 });
      const { resources: views } = { resources: body.records as Shown[] };
      for (const { id, values } of views) {
        const editable = Object.fromEntries(Object.entries(values).filter(([column]) => !fixed.has(column)));
        const answer = await room.edit(resource, id, editable, editable);
        expect([resource, answer.status, answer.body.problem?.faults ?? []]).toEqual([resource, 200, []]);
      }
    }
    expect((await app.services.setup.of(programme)).revision).toBe(revision);
  });

  it("retires what may be retired, and offers to take it back", async () => {
    const governorate = await record("governorates", "AQB");
    const retired = await room.act("governorates", governorate.id, "retire");
    expect(retired.status).toBe(200);
    expect(retired.body.record.actions).toEqual(["edit", "uses", "history", "restore", "remove"]);
    expect(retired.body.record.values.retiredAt).toBe(true);
    expect((await room.list("governorates", { "filters.retiredAt": "true" })).body.meta.total).toBe(1);
    expect((await room.act("governorates", governorate.id, "restore")).body.record.values.retiredAt).toBe(false);
  });

  it("refuses to retire a ministry with the numbers of what stands below", async () => {
    const ministry = await record("entities", "MOH");
    const { status, body } = await room.act("entities", ministry.id, "retire");
    expect(status).toBe(409);
    expect(body.problem.detail.en).toMatch(/Entities below it: \d+/);
    expect(body.problem.detail.ar).toMatch(/الجهات التابعة لها: \d+/);
  });

  it("links everything that uses a row, and every warning, to a list or page that is there", async () => {
    const seen: string[] = [];
    for (const [resource, code] of [
      ["entities", "CSPD"],
      ["entities", "MOH"],
      ["entities", "MIYAHUNA"],
      ["sectors", "WATER"],
      ["application-types", "complaint"],
      ["importance-levels", "critical"],
      ["channels", "web"],
      ["keyword-lists", "corruption"],
      ["closing-reasons", "ABUSIVE"],
      ["pillars", "QUALITY"],
    ] as const) {
      const { id } = await record(resource, code);
      const { body } = await room.get(`/admin/api/resources/${resource}/records/${id}/uses`);
      const { uses } = body.view as { uses: { link: string | null }[] };
      seen.push(...uses.flatMap(({ link }) => link ?? []));
    }
    await app.office.asOwner("update seat_holders set held_to = now() - interval '1 day' where user_id % 7 = 3");
    const warnings = await app.services.setupWarnings({ actor: room.person, now: new Date("2029-01-01") });
    expect(new Set(warnings.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
    seen.push(...warnings.map(({ link }) => link));
    for (const link of new Set(seen)) {
      const [path = "", query] = link.replace("/admin/", "").split("?");
      const address = path.startsWith("pages/") ? path : `${path}/actions/list`;
      const { status, body } = await room.get(`/admin/api/${address}?${query}`);
      expect([link, status, body.problem?.faults]).toEqual([link, 200, undefined]);
    }
  });

  it("takes a digest and an alert whose optional numbers are left empty, and gives one that is emptied its usual value", async () => {
    const optional = { monthDay: null, hour: null, leastChange: null, leastCases: null, sortOrder: null };
    const digest = {
      code: "every-entity",
      name: name("Every entity"),
      audience: ["steering_committee"],
      scope: "programme",
      letter: "digest-committee",
      period: "week",
      weekday: "sun",
      ...optional,
    };
    const alert = {
      code: "late-again",
      name: name("Late again"),
      audiences: ["entity_manager"],
      kpi: "delayed",
      condition: "above",
      value: 3,
      unit: "week",
      ...{ periods: null, least: null, sortOrder: null },
    };
    const usual = { monthDay: 1, hour: 8, leastChange: 5, leastCases: 30 };
    for (const [resource, values, expected] of [
      ["digests", digest, usual],
      ["kpi-alerts", alert, { periods: 1, least: expect.any(Number) }],
    ] as const) {
      const { status, body } = await room.create(resource, values, programme);
      expect([resource, status, body.problem?.faults]).toEqual([resource, 200, undefined]);
      expect(body.record.values).toMatchObject(expected);
      expect(body.record.values.sortOrder).toBeGreaterThan(0);
    }
    const { id, values } = await record("digests", "every-entity");
    const change = (to: Values, from: Values) => room.edit("digests", id, to, from);
    expect((await change({ leastCases: 50, sortOrder: 9 }, values)).status).toBe(200);
    const emptied = await change({ leastCases: null, sortOrder: null }, { leastCases: 50, sortOrder: 9 });
    expect(emptied.status).toBe(200);
    // Its order has no usual value: it stays where it was.
    expect(emptied.body.record.values).toMatchObject({ ...usual, sortOrder: 9 });
    // What has to be said is still asked for, and nobody else may.
    const weekday = await change({ weekday: null }, { weekday: "sun" });
    expect([weekday.status, weekday.body.problem.faults[0]?.field]).toEqual([422, "/weekday"]);
    const stranger = await app.signIn("focal_point", "CSPD");
    expect((await stranger.edit("digests", id, { leastCases: null }, { leastCases: 30 })).status).toBe(404);
  });

  it("keeps as many steps of the ladder as files may have, each addressed to any position of an entity", async () => {
    const { values } = (await room.show("programmes", programme)).body.record as Shown;
    const edit = (change: Values, before: Values) => room.edit("programmes", programme, change, before);
    const ladder = (...roles: (string | null)[]) =>
      Object.fromEntries(roles.map((role, i) => [`ladder${i + 1}`, role]));
    const four = ["entity_manager", "secretary_general", "minister", "prime_minister"];
    const five = [...four, "focal_point"];
    const stored = async () => {
      const { settings } = (await app.services.setup.of(programme)).programme;
      return settings.ladder.map(({ role }) => role);
    };
    expect((await edit({ ladder5: "focal_point" }, values)).status).toBe(200);
    expect(await stored()).toEqual(five);
    // A save of something else, and of one step, cuts nothing.
    const whole = { ...ladder(...five), lowRatingMost: 1 };
    expect((await edit(whole, { ...whole, lowRatingMost: 2 })).status).toBe(200);
    const swapped = { ladder4: "focal_point", ladder5: "prime_minister" };
    expect((await edit(swapped, whole)).status).toBe(200);
    expect(await stored()).toEqual([...five.slice(0, 3), "focal_point", "prime_minister"]);
    const now = { ...whole, ...swapped };
    expect((await edit({ ladder4: "auditor" }, now)).status).toBe(422);
    expect((await edit({ ...ladder(...four, null), lowRatingMost: 2 }, now)).status).toBe(200);
    expect(await stored()).toEqual(four);
  });

  it("takes the settings of the programme as fields, and tells a gap of the ladder at its step", async () => {
    const { body } = await room.show("programmes", programme);
    const { values } = body.record as Shown;
    expect(values).toMatchObject({
      triage: "rules",
      ladder1: "entity_manager",
      ladder4: "prime_minister",
      secondFactor: [],
      lowRatingMost: 2,
    });
    const edit = (change: Values) => room.edit("programmes", programme, change, values);
    const gap = await edit({ ladder1: null, ladder2: "secretary_general", ladder3: null, ladder4: null });
    expect(gap.status).toBe(422);
    expect(gap.body.problem.faults.map(({ field }: { field: string }) => field)).toContain("/ladder2");
    const short = await edit({ ladder1: "entity_manager", ladder2: null, ladder3: null, ladder4: null });
    expect(short.body.problem.faults[0]).toMatchObject({ field: "/ladder1" });
    expect((await edit({ lowRatingMost: 5 })).body.problem.faults[0]).toMatchObject({ field: "/lowRatingMost" });
    expect(
      (await edit({ reviewSamplePercent: 25, lowRatingMost: 1, secondFactor: ["steering_committee"] })).status,
    ).toBe(200);
    const { settings } = (await app.services.setup.of(programme)).programme;
    expect(settings).toMatchObject({ reviewSamplePercent: 25, lowRatingMost: 1, secondFactor: ["steering_committee"] });
    expect(settings.ladder).toHaveLength(4);
    const history = await room.get(`/admin/api/resources/programmes/records/${programme}/history`);
    expect(history.body.view[0].changes.map(({ field }: { field: string }) => field).sort()).toEqual([
      "lowRatingMost",
      "reviewSamplePercent",
      "secondFactor",
    ]);
  });

  it("takes no code, level or programme in an edit, and no unknown column", async () => {
    const entity = await record("entities", "CSPD");
    for (const column of ["code", "level", "programme", "id", "retiredAt", "colour"]) {
      const answer = await room.edit("entities", entity.id, { [column]: "X" }, {});
      expect([column, answer.status]).toEqual([column, 422]);
      expect(answer.body.problem.faults[0].field).toBe(`/${column}`);
    }
  });
});

const fixed = new Set(["code", "level", "retiredAt"]);

describe("the entity tree", () => {
  it("shows seats, cases and what is missing, and moves an entity with those below", async () => {
    await app.office.receive();
    await app.office.receive({ type: "report", entity: "CSPD", fields: { subjectOfReport: "safety" } });
    const { status, body } = await room.page("entity-tree", { programme });
    expect(status).toBe(200);
    const view = body as EntityTreeView;
    const of = (tree: EntityTreeView, code: string) => tree.entities.find((entity) => entity.code === code);
    expect(view).toMatchObject({ programme, editable: true, programmes: [programme] });
    // The report is confidential: whoever may not read it does not count it either.
    expect(of(view, "CSPD")).toMatchObject({ openCases: 1, parent: "MOI", troubles: [], emptySeats: [] });
    expect(of(view, "NCDC")).toMatchObject({ seats: 0, troubles: ["withoutFocalPoint"] });
    const moved = await room.send("entity-tree", "move", { programme, code: "NCDC", parent: "PM", before: "MOH" });
    expect(moved.status).toBe(200);
    expect(of(moved.body, "NCDC")?.parent).toBe("PM");
    const late = await room.send("entity-tree", "move", { programme, code: "NCDC", parent: "MOI", before: "MOH" });
    expect(late.status).toBe(409);
    const circle = await room.send("entity-tree", "move", { programme, code: "MOH", parent: "JFDA", before: "PM" });
    expect(circle.body.problem.faults[0]).toMatchObject({ field: "/parent" });
  });

  it("says no to anything that is no move", async () => {
    for (const body of [
      {},
      { programme, code: 7 },
      { programme, code: "MOH", parent: ["PM"] },
      { programme: "x\0", code: "MOH" },
    ]) {
      const { status } = await room.send("entity-tree", "move", body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect((await room.page("entity-tree", { programme: "atlantis" })).status).toBe(404);
  });
});

describe("strangers", () => {
  it("an auditor reads all of it and writes nothing", async () => {
    const auditor = await app.signIn("auditor");
    const { id } = await record("pillars", "QUALITY", auditor);
    expect((await auditor.show("pillars", id)).body.record.actions).toEqual(["uses", "history"]);
    const attempts = [
      await auditor.create("pillars", { code: "MINE", name: name("Mine") }, programme),
      await auditor.edit("pillars", id, { name: name("Mine") }, {}),
      await auditor.act("pillars", id, "retire"),
      await auditor.act("pillars", id, "remove"),
      await auditor.edit("programmes", programme, { triage: "manual" }, {}),
      await auditor.send("entity-tree", "move", { programme, code: "MOH", parent: "MOI", before: "PM" }),
    ];
    for (const { status } of attempts) expect([403, 404]).toContain(status);
    expect((await auditor.page("entity-tree")).body.editable).toBe(false);
    expect((await app.services.setup.of(programme)).pillars.get("QUALITY")?.retired).toBe(false);
  });

  it.each([
    ["focal_point", "CSPD"],
    ["minister", "MOI"],
    ["contact_centre_agent", null],
  ] as const)("a %s is told that there is none of it", async (role, place) => {
    const stranger = await app.signIn(role, place);
    const { id } = await record("pillars", "QUALITY");
    for (const resource of [...resources, "programmes", "published-workflows", "published-calendars"]) {
      expect([resource, (await stranger.list(resource)).status]).toEqual([resource, 404]);
    }
    for (const answer of [
      await stranger.show("pillars", id),
      await stranger.edit("pillars", id, { name: name("Mine") }, {}),
      await stranger.act("pillars", id, "retire"),
      await stranger.create("pillars", { code: "MINE", name: name("Mine") }, programme),
      await stranger.page("entity-tree"),
      await stranger.show("programmes", programme),
    ]) {
      expect(answer.status).toBe(404);
    }
  });
});
