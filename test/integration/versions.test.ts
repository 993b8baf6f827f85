/** Versions for those who look at them and publish: seen, checked, compared, published; the grid's cells decide the next application. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { Engine } from "json-rules-engine";
import pg from "pg";
import type { Composed } from "../../src/app/compose.js";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { formatDate } from "../../src/engine/formatting/moments.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { ordered } from "../../src/features/policy/ordered.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let operator: Actor;
let auditor: Actor;
let focalPoint: Actor;
let stranger: Actor;
let services: Composed;
beforeAll(async () => {
  office = await openWorkingOffice();
  services = office.services;
  operator = office.official("operation_room");
  auditor = office.official("auditor");
  focalPoint = office.official("focal_point", "CSPD");
  stranger = {
    kind: "user",
    userId: 1,
    name: "Elsewhere",
    seats: [{ role: "operation_room", programme: "boston311", entity: null, sector: null }],
  };
});
afterAll(() => office.close());

const now = sundayNine;
const sla = { programme, kind: "rules", name: "sla" } as const;
const current = async (name: "sla" | "routing" = "sla") => {
  const set = (await services.setup.of(programme)).ruleSets.get(name);
  if (set === undefined) throw new Error("no rules");
  return set;
};
const days = (amount: number) => ({
  acknowledgement: { amount: 0, unit: "workingHours" },
  firstResponse: { amount: 1, unit: "workingHours" },
  resolution: { amount, unit: "workingDays" },
});
const cell = (importance: string, amount: number, pillar = "QUALITY") => ({
  type: "complaint",
  pillar,
  importance,
  outcome: days(amount),
});

/** The grid of the rules in force. */
const grid = async (actor: Actor = operator) => {
  const { definition } = await current();
  return services.versions.draftGrid({ actor, programme, definition, changes: [] });
};

/** As people publish: a draft that is begun and put into force. What is refused leaves no draft behind. */
async function publishDraft(
  a: Pick<Parameters<Composed["policyDrafts"]["begin"]>[0], "programme" | "kind" | "name" | "definition" | "basedOn">,
  reason = "a test",
) {
  const begun = await services.policyDrafts.begin({ actor: operator, ...a, now });
  const step = { actor: operator, ...begun, now };
  return services.policyDrafts.publish({ ...step, reason }).catch(async (error: unknown) => {
    await services.policyDrafts.discard(step);
    throw error;
  });
}

/** Publishes changed cells of the rules that were read `from` a version. */
async function publishCells(
  changes: readonly unknown[],
  reason = "a test",
  from?: Awaited<ReturnType<typeof current>>,
) {
  const { versionId: basedOn, definition: read } = from ?? (await current());
  const { definition } = await services.versions.draftGrid({ actor: operator, programme, definition: read, changes });
  return publishDraft({ ...sla, definition, basedOn }, reason);
}

function withoutRule(definition: RuleSetDefinition, id: string): RuleSetDefinition {
  return { ...definition, rules: definition.rules.filter((rule) => rule.id !== id) };
}

describe("the grid", () => {
  it("publishes changed cells as a version that decides the next application in another instance", async () => {
    const other = office.instance();
    const receive = () =>
      other.intake.receive({
        input: {
          programme,
          type: "complaint",
          subject: "The hall was closed",
          description: "Nobody opened the hall.",
          entity: "CSPD",
          pillar: "QUALITY",
          importance: "normal",
        },
        key: office.key,
        idempotencyKey: null,
        now,
      });
    expect((await receive()).dueAt).toEqual(new Date("2026-12-06T06:00:00Z"));
    const { definition } = await current();
    const changes = [cell("normal", 2)];
    const drafted = await services.versions.draftGrid({ actor: operator, programme, definition, changes });
    const { faults, differences } = await services.versions.check({
      actor: operator,
      ...sla,
      definition: drafted.definition,
    });
    expect(faults.filter((fault) => fault.severity === "error")).toEqual([]);
    expect(differences.map(({ kind, what }) => `${kind} ${what.en}`)).toContain(
      "added Rule “Complaint, Quality of service, Normal: 2 working days”",
    );
    const published = await publishCells(changes, "Two days are enough");
    expect((await receive()).dueAt).toEqual(new Date("2026-11-24T06:00:00Z"));
    const [newest, before] = await services.versions.list({ actor: operator, ...sla });
    expect(newest).toMatchObject({
      id: published.versionId,
      status: "published",
      reason: "Two days are enough",
      publishedAt: now,
      publishedBy: { en: (operator as { name: string }).name },
    });
    expect(before).toMatchObject({ status: "retired", publishedBy: { en: "Diwan, as shipped" }, version: 1 });
    const [event] = await office.rows(
      "select type, actor, data from audit_events where stream = 'configuration' order by seq desc limit 1",
    );
    expect(event).toMatchObject({ type: "configuration.published", data: expect.stringContaining("Two days") });
  });

  it("refuses cells that were read from an older version, says what changed, and takes them on top of the new one", async () => {
    const before = await current();
    await publishCells([cell("low", 7)]);
    const mine = [cell("low", 9, "INFRA")];
    const refused = (await problemOf(publishCells(mine, "a test", before))) as never as {
      code: string;
      faults: { reason: { en: string; ar: string } }[];
    };
    expect(refused.code).toBe("conflict");
    expect(refused.faults.map((fault) => fault.reason.en)).toEqual(
      expect.arrayContaining([expect.stringContaining("Complaint, Quality of service, Low: 7 working days")]),
    );
    expect(refused.faults[0]?.reason.ar).toMatch(/القاعدة/);
    await publishCells(mine);
    const { types } = await grid();
    const cells = types
      .flatMap((type) => type.cells)
      .filter((one) => one.type === "complaint" && one.importance === "low");
    expect(cells.find((one) => one.pillar === "QUALITY")?.outcome.resolution?.amount).toBe(7);
    expect(cells.find((one) => one.pillar === "INFRA")?.outcome.resolution?.amount).toBe(9);
  });

  it("never gives the id of a rule again that was taken away", async () => {
    const key = { type: "report", pillar: "TIME", importance: "low" };
    const publish = (outcome: object | null) => publishCells([{ ...key, outcome }]);
    await publish(days(3));
    await publish(null);
    await publish(days(4));
    const ids = (await current()).definition.rules.map((rule) => rule.id);
    expect(ids).toContain("sla-grid-report-time-low-2");
    expect(ids).not.toContain("sla-grid-report-time-low");
  });

  it("names the fault of a cell at that cell", async () => {
    const wrong = [
      cell("low", 2),
      { ...cell("low", 1), outcome: { ...days(1), resolution: { amount: 1.5, unit: "workingDays" } } },
      { ...cell("low", 1), pillar: "NOWHERE" },
      { ...cell("low", 1), outcome: { ...days(1), firstResponse: { amount: -1, unit: "fortnights" } } },
      "nonsense",
    ];
    const refused = (await problemOf(publishCells(wrong))) as never as { code: string; faults: { field: string }[] };
    expect(refused.code).toBe("invalid-input");
    expect(refused.faults.map((fault) => fault.field)).toEqual([
      "/changes/1/resolution",
      "/changes/2",
      "/changes/3/firstResponse",
      "/changes/4",
    ]);
    const tooMany = Array.from({ length: 1001 }, () => cell("low", 1));
    expect((await problemOf(publishCells(tooMany))).code).toBe("invalid-input");
  });
});

describe("who may", () => {
  it("lets an auditor see everything and publish nothing", async () => {
    const { versionId: basedOn } = await current();
    expect(await services.versions.inForce({ actor: auditor })).not.toHaveLength(0);
    expect((await grid(auditor)).types).not.toHaveLength(0);
    const changes = [cell("low", 2)];
    const again = services.policyDrafts.reopen({ actor: auditor, version: basedOn, reason: "x", now });
    expect((await problemOf(again)).code).toBe("forbidden");
    const { definition } = await current();
    const checked = services.versions.check({ actor: auditor, ...sla, definition });
    expect((await problemOf(checked)).code).toBe("forbidden");
    const cells = services.versions.draftGrid({ actor: auditor, programme, definition, changes });
    expect((await problemOf(cells)).code).toBe("forbidden");
    const found = await services.versions.findings({ actor: auditor, id: basedOn });
    expect(found).toEqual(await services.versions.check({ actor: operator, ...sla, definition }));
    // Looked at once, however often it is read.
    expect(await services.versions.findings({ actor: operator, id: basedOn })).toBe(found);
    expect((await current()).versionId).toBe(basedOn);
  });

  it("tells nobody else that there is anything", async () => {
    const { versionId, definition } = await current();
    for (const actor of [focalPoint, stranger]) {
      const asked = [
        services.versions.list({ actor, ...sla }),
        services.versions.read({ actor, id: versionId }),
        services.versions.check({ actor, ...sla, definition }),
        services.versions.findings({ actor, id: versionId }),
        services.versions.differences({ actor, from: versionId, to: versionId }),
        services.policyDrafts.begin({ actor, ...sla, definition, basedOn: versionId, now }),
        services.versions.gaps({ actor, programme }),
        services.versions.draftGrid({ actor, programme, definition, changes: [] }),
        services.versions.draftGrid({ actor, programme, definition, changes: [cell("low", 1)] }),
        services.versions.openClocks({ actor, programme }),
      ];
      for (const one of asked) expect((await problemOf(one)).code).toBe("not-found");
      const seen = await services.versions.inForce({ actor });
      expect(seen.some((version) => version.programme === programme)).toBe(false);
    }
    for (const id of [0, -1, 1.5, 2 ** 40, Number.NaN, 999_999]) {
      expect((await problemOf(services.versions.read({ actor: operator, id }))).code).toBe("not-found");
    }
  });
});

describe("a definition", () => {
  it("is checked without being published: faults at their places, examples one by one, what would change", async () => {
    const { definition, versionId } = await current();
    const rules = definition.rules.map((rule) =>
      rule.id === "sla-inquiry"
        ? {
            ...rule,
            event: { ...rule.event, params: days(6) },
            examples: [
              ...rule.examples,
              { name: { en: "not so", ar: "ليس كذلك" }, facts: { type: "complaint" }, decides: true },
            ],
          }
        : rule,
    );
    const at = rules.findIndex((rule) => rule.id === "sla-inquiry");
    const checked = await services.versions.check({ actor: operator, ...sla, definition: { ...definition, rules } });
    expect(checked.faults.filter((fault) => fault.severity === "error")).toEqual([
      expect.objectContaining({ field: `/rules/${at}/examples/2` }),
    ]);
    const examples = checked.examples.filter((example) => example.ruleId === "sla-inquiry");
    expect(examples.map(({ passed }) => passed)).toEqual([true, true, false]);
    expect(checked.differences).toEqual([
      expect.objectContaining({
        kind: "changed",
        what: { en: "Rule “Inquiry: five working days”", ar: "القاعدة «استفسار: خمسة أيام عمل»" },
      }),
    ]);
    expect(checked.differences[0]?.details.map((detail) => detail.en)).toEqual([
      "First reply: was 11 hours 40 minutes of working time, now 1 hour of working time",
      "Final answer: was 5 working days, now 6 working days",
      "Its examples",
    ]);
    expect((await current()).versionId).toBe(versionId);
  });

  it("of any shape is answered with faults", async () => {
    const { definition } = await current();
    for (const wrong of [null, 7, "x", [], {}, { set: "sla" }, { ...definition, rules: null }]) {
      for (const thing of [sla, { programme, kind: "workflow", name: "complaint" }, calendarThing()] as const) {
        const { faults, examples } = await services.versions.check({ actor: operator, ...thing, definition: wrong });
        expect(faults.some((fault) => fault.severity === "error")).toBe(true);
        expect(examples).toEqual([]);
      }
    }
  });

  it("is published again by its number, and refused with places in it", async () => {
    const [newest] = await services.versions.list({ actor: operator, ...sla });
    const again = await services.configuration.publish({
      ...{ by: operator, ...sla, version: 1 },
      ...{ basedOn: newest?.id ?? 0, reason: "Back to how it was", now },
    });
    expect(again.version).toBe((newest?.version ?? 0) + 1);
    expect(await services.versions.differences({ actor: auditor, from: again.versionId, to: again.versionId })).toEqual(
      [],
    );
    const changed = await services.versions.differences({ actor: auditor, from: newest?.id ?? 0, to: again.versionId });
    expect(changed.some((one) => one.kind === "removed" && one.what.en.includes("Complaint, Quality"))).toBe(true);
    const { definition, versionId: basedOn } = await current();
    const broken = { ...definition, rules: [{ ...definition.rules[0], priority: "high" }] };
    const refused = (await problemOf(publishDraft({ ...sla, definition: broken, basedOn }))) as never as {
      code: string;
      faults: { field: string }[];
    };
    expect(refused).toMatchObject({ code: "invalid-configuration", faults: [{ field: "/rules/0/priority" }] });
  });

  it("is refused when the engine and its compiled form would not decide it alike", async () => {
    const { definition, versionId } = await current("routing");
    const rule = definition.rules[0];
    if (rule === undefined) throw new Error("no rule");
    const next = withoutRule(definition, "none");
    const edited = { ...next, rules: [{ ...rule, title: { ...rule.title, en: "Renamed" } }, ...next.rules.slice(1)] };
    const request = { programme, kind: "rules", name: "routing", definition: edited, basedOn: versionId } as const;
    // The library as it might be after an upgrade: it finds that nothing holds.
    const run = jest.spyOn(Engine.prototype, "run").mockResolvedValue({ results: [], failureResults: [] } as never);
    try {
      const refused = (await problemOf(publishDraft(request))) as never as {
        code: string;
        faults: { field: string }[];
      };
      expect(refused.code).toBe("invalid-configuration");
      expect(refused.faults[0]?.field).toMatch(/^\/rules\/\d+\/examples\/\d+$/);
      expect((await current("routing")).versionId).toBe(versionId);
    } finally {
      run.mockRestore();
    }
    expect((await publishDraft(request)).versionId).toBeGreaterThan(versionId);
  });

  it("keeps nobody from publishing while the engine is asked about its examples", async () => {
    const { definition } = await current("routing");
    const [rule, ...rest] = definition.rules;
    if (rule === undefined) throw new Error("no rule");
    const edited = { ...definition, rules: [{ ...rule, title: { ...rule.title, en: "Renamed again" } }, ...rest] };
    const original = Engine.prototype.run;
    let free = 0;
    const run = jest.spyOn(Engine.prototype, "run").mockImplementation(async function (this: Engine, facts) {
      await office.db.query("SELECT 1 FROM programmes FOR NO KEY UPDATE NOWAIT");
      free += 1;
      return original.call(this, facts);
    });
    try {
      const thing = { programme, kind: "rules", name: "routing" } as const;
      for (const what of [{ definition: edited }, { version: 1 }])
        await services.configuration.publish({ by: operator, ...thing, ...what, reason: "x", now });
      expect(free).toBeGreaterThan(20);
    } finally {
      run.mockRestore();
    }
  });

  it("that is stored is compared with the one in force once, however often it is read", async () => {
    const [, older] = await services.versions.list({ actor: auditor, ...sla });
    const read = () => services.versions.read({ actor: auditor, id: older?.id ?? 0 });
    const { differsFromCurrent } = await read();
    expect(differsFromCurrent?.length).toBeGreaterThan(0);
    expect((await read()).differsFromCurrent).toBe(differsFromCurrent);
  });

  it("with very many examples shows those that fail first, and says how many more there are", async () => {
    const { definition } = await current();
    const [rule, ...rest] = definition.rules;
    if (rule === undefined) throw new Error("no rule");
    const facts = rule.examples[0]?.facts ?? {};
    const example = (i: number) => ({ name: { en: `n ${i}`, ar: `م ${i}` }, facts, decides: i < 250 });
    const examples = Array.from({ length: 270 }, (_, i) => example(i));
    const checked = await services.versions.check({
      actor: operator,
      ...sla,
      definition: { ...definition, rules: [{ ...rule, examples }, ...rest] },
    });
    expect(checked.examples).toHaveLength(200);
    const failed = checked.examples.filter(({ passed }) => !passed).length;
    expect([failed, checked.moreExamples.failed]).toEqual([20, 0]);
    expect(checked.moreExamples.passed).toBeGreaterThan(69);
  });
});

const calendarThing = () => ({ programme, kind: "calendar", name: office.setup.calendar.definition.code }) as const;

describe("differences in words", () => {
  it("of workflows name states and actions", async () => {
    const before = office.setup.workflows.get("complaint")?.definition as WorkflowDefinition;
    const [code, action] = Object.entries(before.actions)[0] ?? [];
    if (code === undefined || action === undefined) throw new Error("no action");
    const definition = {
      ...before,
      actions: { ...before.actions, [code]: { ...action, name: { en: "Renamed", ar: "باسم آخر" } } },
    };
    const { differences } = await services.versions.check({
      actor: operator,
      programme,
      kind: "workflow",
      name: "complaint",
      definition,
    });
    expect(differences).toEqual([
      {
        kind: "changed",
        what: { en: "Action “Renamed”", ar: "الإجراء «باسم آخر»" },
        details: [
          { en: `Name: was ${action.name.en}, now Renamed`, ar: `الاسم: كان ${action.name.ar}، والآن باسم آخر` },
        ],
      },
    ]);
  });

  it("of a workflow as it is read, with one state renamed, tell that alone: no field changes its place", async () => {
    const version = office.setup.workflows.get("complaint")?.versionId ?? 0;
    const { definition: shown } = await services.versions.read({ actor: operator, id: version });
    const read = shown as WorkflowDefinition;
    const states = {
      ...read.states,
      resolved: { ...read.states.resolved, name: { en: "Settled", ar: "تمت التسوية" } },
    };
    const definition = { ...read, states };
    const asked = { actor: operator, programme, kind: "workflow", name: "complaint", definition } as const;
    const { differences } = await services.versions.check(asked);
    expect(differences.map(({ what, details }) => [what.en, details.length])).toEqual([["State “Settled”", 1]]);
    // So in a draft that begins with a version, and in files: names that people gave keep their order, all others have one.
    const named = {
      actions: { zeta: { fields: { why: { type: "text", name: { en: "Why", ar: "لماذا" } }, code: {} } }, id: {} },
    };
    expect(JSON.stringify(ordered({ states: { open: {}, default: {} }, ...named, code: "x" }))).toBe(
      '{"code":"x","states":{"open":{},"default":{}},"actions":{"zeta":{"fields":{"why":{"name":{"ar":"لماذا","en":"Why"},"type":"text"},"code":{}}},"id":{}}}',
    );
  });

  it("of calendars name days: added, removed, confirmed, moved", async () => {
    const before = office.setup.calendar.definition;
    const eid = before.days.find((day) => day.provisional === true && day.name.en.includes("Eid"));
    const first = before.days[0];
    if (eid === undefined || first === undefined) throw new Error("no such days");
    const { provisional: _, ...confirmed } = eid;
    const definition: CalendarDefinition = {
      ...before,
      days: [
        ...before.days.filter((day) => day !== first && day !== eid),
        confirmed,
        { date: "2027-12-30", name: { en: "Storm", ar: "عاصفة" }, hours: [["10:00", "15:30"]] },
      ],
    };
    const { differences } = await services.versions.check({ actor: operator, ...calendarThing(), definition });
    expect(differences.map(({ kind, what, details }) => [kind, what.en, details.map((one) => one.en)])).toEqual([
      ["changed", expect.stringContaining(eid.name.en), ["Certainty: was expected, now confirmed"]],
      ["added", "“Storm”, 30 December 2027", ["working hours 10:00–15:30"]],
      ["removed", `“${first.name.en}”, ${formatDate(first.date, "en")}`, ["holiday"]],
    ]);
    const moved = {
      ...before,
      days: before.days.map((day) =>
        day === eid ? { ...day, date: `${day.date.slice(0, 8)}25`, to: undefined } : day,
      ),
    };
    const after = await services.versions.check({ actor: operator, ...calendarThing(), definition: moved });
    expect(after.differences[0]).toMatchObject({
      kind: "changed",
      details: [{ en: expect.stringContaining("Dates:") }],
    });
  });

  it("counts the open clocks that run on an earlier calendar", async () => {
    await office.receive();
    const before = await services.versions.openClocks({ actor: auditor, programme });
    expect(before.older).toBe(0);
    expect(before.current).toBeGreaterThan(0);
    const definition = {
      ...office.setup.calendar.definition,
      days: [
        ...office.setup.calendar.definition.days,
        { date: "2026-11-24", name: { en: "Snow", ar: "ثلوج" }, hours: [] },
      ],
    };
    await publishDraft({ ...calendarThing(), definition, basedOn: office.setup.calendar.versionId }, "Snow");
    expect(await services.versions.openClocks({ actor: auditor, programme })).toMatchObject({
      current: 0,
      older: before.current,
    });
    const done = await services.cases.recalculateDueDates({
      programme,
      by: "calendar",
      reason: "Snow",
      actor: operator as never,
      now,
      dryRun: false,
    });
    expect(done.moved).toBeGreaterThan(0);
    expect((await services.versions.openClocks({ actor: auditor, programme })).older).toBe(0);
  });

  it("says how much each version decided: its decisions, cases and deadlines, and nobody else is told", async () => {
    const things = [
      { programme, kind: "rules", name: "routing" },
      { programme, kind: "workflow", name: "complaint" },
      calendarThing(),
    ] as const;
    const uses = (thing: (typeof things)[number]) => services.versions.uses({ actor: auditor, ...thing });
    const newest = (found: readonly { used: number }[]) => found[0]?.used ?? 0;
    const before = await Promise.all(things.map(uses));
    await office.receive();
    const after = await Promise.all(things.map(uses));
    // One decision of where it goes, one case; each promise is a deadline of its own.
    expect(newest(after[0] ?? []) - newest(before[0] ?? [])).toBe(1);
    expect(newest(after[1] ?? []) - newest(before[1] ?? [])).toBe(1);
    expect(newest(after[2] ?? []) - newest(before[2] ?? [])).toBe(3);
    // What older versions decided stays theirs.
    expect(after.map((found) => found.slice(1))).toEqual(before.map((found) => found.slice(1)));
    expect(after.flat().every(({ isMore }) => !isMore)).toBe(true);
    expect(await services.versions.uses({ actor: auditor, programme, kind: "message", name: "receipt" })).toEqual([]);
    for (const actor of [focalPoint, stranger]) {
      const refused = services.versions.uses({ actor, programme, kind: "rules", name: "routing" });
      expect((await problemOf(refused)).code).toBe("not-found");
    }
  });

  it("counts to ten thousand and no further, by an index, however many there are", async () => {
    const [version] = await services.versions.list({ actor: auditor, programme, kind: "rules", name: "quality" });
    const owner = new pg.Client({ connectionString: office.database.ownerUrl });
    await owner.connect();
    await owner.query(
      `insert into decisions (case_id, number, cycle, rule_set, version_id, at, rule_ids, outcome, facts)
        select c.id, 1000 + n, 1, 'quality', $1, now(), '{}', '{}', '{}'
        from (select id from cases limit 1) c, generate_series(1, 30000) n`,
      [version?.id],
    );
    const { rows } = await owner.query<{ indexname: string }>(
      "select indexname from pg_indexes where indexname = any ($1) order by indexname",
      [["cases_by_workflow_version", "clocks_by_calendar_version", "decisions_by_version"]],
    );
    await owner.end();
    expect(rows).toHaveLength(3);
    const [use] = await services.versions.uses({ actor: auditor, programme, kind: "rules", name: "quality" });
    expect(use).toEqual({ id: version?.id, used: 10_000, isMore: true });
  });
});
