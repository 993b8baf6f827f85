/**
 * No difference between two figures shows a confidential case: one more of them, late, escalated and taken, changes nothing that anybody
 * but its handlers sees, and what is left out is shown as one total of the programme, in full tens.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { confidentialShown } from "../../src/engine/measures/confidential-total.js";
import { figureScopes } from "../../src/engine/measures/figure-scopes.js";
import type { FiguresView } from "../../src/engine/measures/figures-view.js";
import type { HomeDesk } from "../../src/engine/measures/home-view.js";
import { kpiDimensions } from "../../src/engine/measures/kpi-dimensions.js";
import { ruleSetNames } from "../../src/engine/rules/rule-set.js";
import { Problem } from "../../src/engine/text/problems.js";
import { copyCase } from "../support/many-cases.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const day = 24 * 3_600_000;
const since = (days: number): Date => new Date(sundayNine.getTime() + days * day);
/** The Monday two weeks later: what came in on the first day is late, and last week's digest tells of it. */
const later = new Date(since(15).getTime() + 4 * 3_600_000);
/** Where both the complaints and the confidential report are. */
const entity = "CSPD";
const report = {
  type: "report",
  pillar: null,
  importance: "high",
  description: "Somebody uses the car of the office.",
};

let office: WorkingOffice;
let room: Person;
let handler: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  handler = office.official("focal_point", entity);
  for (const importance of ["normal", "high"]) await office.receive({ importance });
  await office.receive({}, since(9));
  const taken = await office.receive({}, since(12));
  await office.act(taken.reference, handler, "take", {}, since(12));
  await office.services.handlers["enforce-deadlines"](later);
}, 60_000);
afterAll(() => office.close());

/** An open report that is late, was raised to every level, and is in somebody's hands. */
async function confidentialOne(): Promise<string> {
  const { reference } = await office.receive({ ...report });
  await office.act(reference, handler, "take", {}, since(1));
  expect(await office.caseRow(reference)).toMatchObject({ confidential: true, entity });
  return reference;
}

/** Everybody but those who handle cases of this entity. */
const strangers = (): readonly [string, Person][] => [
  ["room", room],
  ["Prime Minister", office.official("prime_minister", "PM")],
  ["minister", office.official("minister", "MOI")],
  ["committee", office.official("steering_committee")],
  ["auditor", office.official("auditor")],
  ["agent", office.official("contact_centre_agent")],
  ["lead", office.official("contact_centre_lead")],
  ["main focal point", office.official("main_focal_point", "INTERIOR")],
  ["focal point elsewhere", office.official("focal_point", "MOH")],
];

const answered = async (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => {
    if (error instanceof Problem) return { refused: error.code };
    throw error;
  });

/** The set-up rows that cases hang on, by their table. */
const rowsInUse = [
  ["entities", entity],
  ["sectors", "INTERIOR"],
  ["importance_levels", "high"],
  ["channels", "web"],
  ["applicant_categories", "citizen"],
] as const;

/** All figures that strangers see, by an instance that has counted nothing yet; `now` is the same each time. */
async function toldToStrangers(): Promise<Record<string, unknown>> {
  const services = office.instance();
  const told: Record<string, unknown> = {};
  const put = async (name: string, work: Promise<unknown>) => {
    told[name] = JSON.parse(JSON.stringify((await answered(work)) ?? null));
  };
  for (const [name, actor] of strangers()) {
    await put(`home of ${name}`, services.home({ actor, now: later }));
    for (const filters of [{}, { desk: "overdue" }, { happened: "escalatedLastDay" }] as const)
      await put(
        `list of ${name} ${JSON.stringify(filters)}`,
        services.cases.search({ actor, now: later, filters, offset: 0, limit: 20 }),
      );
    await put(`count of ${name}`, services.cases.count({ actor, now: later, filters: {} }));
    // Received, open, overdue and answered, of all and of each entity, are on the page however few they are.
    for (const scope of figureScopes(actor, office.setup))
      for (const figure of ["received", "resolved"] as const)
        await put(
          `${figure} of ${name} at ${scope.id}`,
          services.figures.read({ actor, now: later, programme, scope: scope.id, period: "2026-11", figure }),
        );
  }
  const days = { programme, from: "2026-11-01", to: "2026-12-09" };
  const period = { ...days, at: later };
  for (const by of [undefined, ...kpiDimensions]) await put(`kpi by ${by}`, services.reports.kpi({ ...period, by }));
  for (const by of [undefined, ...kpiDimensions])
    await put(`key's figures by ${by}`, services.reports.shared({ ...days, by, key: 1, now: later }));
  await put(
    "key's figures of the entity",
    services.reports.shared({ ...days, entity, by: "type", key: 1, now: later }),
  );
  await put("kpi of the entity", services.reports.kpi({ ...period, entities: [entity] }));
  for (const asked of [
    { name: "committee", readsCases: false },
    { name: "cabinet", role: "prime_minister" },
    { name: "executive", role: "minister", entity: "MOI" },
    { name: "focal-point", entity },
  ])
    await put(`digest ${asked.name}`, services.digests.preview({ ...asked, programme, at: later, language: "en" }));
  const asRoom = { actor: room as Actor, programme };
  for (const name of ruleSetNames)
    await put(`uses of ${name}`, services.versions.uses({ ...asRoom, kind: "rules", name }));
  for (const name of ["complaint", "report"]) {
    await put(`uses of workflow ${name}`, services.versions.uses({ ...asRoom, kind: "workflow", name }));
    await put(`standing of ${name}`, services.workflows.standing({ ...asRoom, name }));
  }
  await put("open clocks", services.versions.openClocks(asRoom));
  await put("entity tree", services.entityTree({ programme, actor: room, now: later }));
  for (const [table, code] of rowsInUse)
    await put(`uses of ${table} ${code}`, services.setupEditor.uses({ ...asRoom, table, code }));
  await put("person", services.people.user({ id: handler.userId, actor: room, now: later }));
  await put(
    "retime",
    services.cases.recalculateDueDates({
      programme,
      by: "rules",
      reason: "A look",
      actor: room,
      now: later,
      dryRun: true,
    }),
  );
  const { checks } = await services.operation.health({ actor: room, now: later });
  told.health = checks.filter(({ id }) => ["enforcement", "messages", "rules"].includes(id));
  return told;
}

describe("one more confidential case", () => {
  it("changes no figure, list or digest but those of its handlers", async () => {
    const mine = async () => {
      const { desks } = await office.instance().home({ actor: handler, now: later });
      return (desks[0] as Extract<HomeDesk, { kind: "focal" }>).late;
    };
    // A state of its workflow stands in the list of states once any case is in it, without a number.
    await confidentialOne();
    await office.services.handlers["enforce-deadlines"](later);
    const [before, handled] = [await toldToStrangers(), await mine()];
    expect(Object.keys(before).length).toBeGreaterThan(70);
    // What is counted there is counted: each stranger who sees figures sees the entity's few cases.
    const seen = ["room", "committee", "lead", "auditor"].map((name) =>
      (before[`received of ${name} at all`] as FiguresView | undefined)?.entities.find(
        ({ place }) => place.code === entity,
      ),
    );
    for (const line of seen) expect(line).toMatchObject({ received: 2, open: 4, delayed: 2, now: { value: 2 } });
    await confidentialOne();
    await office.services.handlers["enforce-deadlines"](later);
    const after = await toldToStrangers();
    expect(after).toEqual(before);
    expect(await mine()).toBe(handled + 1);
  });

  it("is in no result of a sweep, and is enforced", async () => {
    const { reference } = await office.receive({ ...report }, since(2));
    const swept = await office.services.deadlines.enforce({ now: later });
    expect(swept).toMatchObject({ cases: 0, breaches: 0, escalations: 0 });
    expect((await office.events(reference)).map(({ type }) => type)).toContain("case.escalated");
  });

  it("keeps a row of the set-up in use, and is in no number that says so", async () => {
    const { uses } = await office.services.setupEditor.uses({
      ...{ actor: room, programme, table: "application_types", code: "report" },
    });
    expect(uses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: "openCases",
          count: 0,
          words: expect.objectContaining({ en: "Open cases: 0, not counting confidential ones. They keep it." }),
        }),
      ]),
    );
  });
});

describe("what the figures leave out", () => {
  const asked = { programme, from: "2026-11-22", to: "2026-11-23", at: later };
  const told = async () => (await office.services.reports.kpi(asked)).confidentialCases;
  const count = async () =>
    (await office.rows("select count(*)::int as n from cases where confidential"))[0]?.n as number;

  it("is shown in full tens, from ten on", () => {
    expect([0, 1, 9, 10, 11, 19, 20, 137].map(confidentialShown)).toEqual([null, null, null, 10, 10, 10, 20, 130]);
  });

  it("is one total of the programme, whatever is asked, on homes, in the digest and by the command alike", async () => {
    const [{ id }] = (await office.rows("select max(id)::int as id from cases where confidential")) as [{ id: number }];
    await copyCase(office, { caseId: id, copies: 9 - (await count()) });
    expect(await told()).toBeNull();
    await copyCase(office, { caseId: id, copies: 1 });
    expect(await told()).toBe(10);
    await copyCase(office, { caseId: id, copies: 4 });
    expect([await count(), await told()]).toEqual([14, 10]);
    const { reports, digests, home } = office.instance();
    for (const more of [{ entities: ["MOH"] }, { by: "entity" }, { from: "2026-12-01", to: "2026-12-02" }])
      expect((await reports.kpi({ ...asked, ...more })).confidentialCases).toBe(10);
    const { text } = await digests.preview({ name: "committee", programme, at: later, language: "en" });
    expect(text).toContain("at least 10 of them so far");
    const arabic = await digests.preview({ name: "committee", programme, at: later, language: "ar" });
    expect(arabic.text).toContain("لا تدخل الطلبات السرية في هذه الأرقام");
    for (const [, actor] of strangers().filter(([name]) => /room|minister|committee|agent/i.test(name))) {
      const [desk] = (await home({ actor, now: later })).desks;
      expect(desk).toMatchObject({ confidentialCases: 10 });
    }
  });

  it("agrees: the Prime Minister's late cases are the committee's and the room's", async () => {
    const { home } = office.instance();
    const late = async (actor: Actor) => {
      const desk = (await home({ actor, now: later })).desks[0] as HomeDesk;
      // The committee's is among the figures that the settings show it.
      return desk.kind === "committee"
        ? desk.figures.find(({ code }) => code === "delayed")?.measured.value
        : (desk as Extract<HomeDesk, { delayed: number }>).delayed;
    };
    const [ours, first, committee] = await Promise.all(
      ["operation_room", "prime_minister", "steering_committee"].map((role) =>
        late(office.official(role as "operation_room", role === "prime_minister" ? "PM" : null)),
      ),
    );
    expect(ours).toBeGreaterThan(0);
    expect([first, committee]).toEqual([ours, ours]);
  });
});

describe("ten thousand orders among officials", () => {
  /** What says how much hangs on a row, or whose deadlines would be counted anew: orders hang there and have deadlines as well. */
  const ofOrdersToo =
    /^(uses of (entities|sectors|importance_levels|channels|sla|escalation)\b|open clocks|retime|person|health)/;
  const figures = (told: Readonly<Record<string, unknown>>) =>
    // A home shows its rate when it is ready in time; what it counts is compared among the sums.
    JSON.parse(
      JSON.stringify(
        Object.fromEntries(Object.entries(told).filter(([name]) => !ofOrdersToo.test(name))),
        (key, value) => (key === "entityOnTime" ? undefined : value),
      ),
    );
  const summed = async () => {
    const { reports } = office.instance();
    // Copies come by no trigger: all is summed anew.
    await reports.rollups.rebuild({ now: later });
    const asked = { programme, from: "2026-11-01", to: "2026-12-09", at: later, newest: true };
    return Promise.all([undefined, ...kpiDimensions].map((by) => reports.kpi({ ...asked, by })));
  };

  it("move no figure, home, list or digest of applications by one, neither counted nor summed", async () => {
    await office.services.handlers["enforce-deadlines"](later);
    const [before, sums] = [await toldToStrangers(), await summed()];
    const { references } = await office.services.orders.issue({
      ...{
        actor: office.official("secretary_general", "MOI"),
        now: sundayNine,
        programme,
        type: "directive",
        entities: [entity],
      },
      ...{ subject: "Answer what is overdue", text: "Please answer.", until: "2026-11-24", actKey: "one" },
      ...{ about: null, seen: null, page: null, error: null },
    });
    const [reference = ""] = references;
    await office.act(reference, handler, "take", {}, since(1));
    await office.services.handlers["enforce-deadlines"](later);
    expect(await office.caseRow(reference)).toMatchObject({
      entity,
      escalation_level: expect.any(Number),
      state: "in_hand",
    });
    const [{ id }] = (await office.rows("select id::int from cases where requested_by is not null")) as [
      { id: number },
    ];
    await office.asOwner("update applications set source_id = null where id = $1", id);
    await copyCase(office, { caseId: id, copies: 10_000 });
    await office.asOwner("analyze");
    expect(figures(await toldToStrangers())).toEqual(figures(before));
    expect(await summed()).toEqual(sums);
  });
});
