/** A draft replayed over cases that were really lived: it decides as the live engine did, counts right, and changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import type { RecordedCase } from "../../src/engine/replay/replayer.js";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import { type RuleSetDefinition, type RuleSetName, ruleSetNames } from "../../src/engine/rules/rule-set.js";
import { Problem } from "../../src/engine/text/problems.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { seed } from "../../src/features/config-files/seed.js";
import { casesToReplay, type ReplayReading, replayPages } from "../../src/features/policy/replay/replay-queries.js";
import type { ReplayAsked } from "../../src/features/policy/replay/replay-service.js";
import { replayerOf } from "../../src/features/policy/replay/run-replay.js";
import { livePopulation } from "../support/live-population.js";
import { openWorkingOffice, type Person, programme, type WorkingOffice } from "../support/working-office.js";

const to = new Date("2026-11-25T10:00:00Z");
const from = new Date(to.getTime() - 95 * 86_400_000);
let office: WorkingOffice;
let room: Person;

beforeAll(async () => {
  office = await openWorkingOffice({ now: () => to });
  await livePopulation(office, { to, applications: 80 });
  room = office.official("operation_room");
  // One case is decided twice, whatever the population does.
  const [open] = await office.rows(
    "select reference, importance from cases where state_kind = 'open' and type = 'complaint' and not confidential and entity is not null order by id limit 1",
  );
  const importance = open?.importance === "high" ? "low" : "high";
  await office.act(
    String(open?.reference),
    room,
    "reclassify",
    { importance, reason: "It is more than it seemed." },
    to,
  );
}, 300_000);
afterAll(() => office?.close());

const published = (set: RuleSetName): RuleSetDefinition =>
  structuredClone(office.setup.ruleSets.get(set)?.definition as RuleSetDefinition);

async function replayed(name: string, definition: object, more: Partial<ReplayAsked> = {}) {
  const { replays } = office.services.work;
  const kind = name === office.setup.calendar.definition.code ? "calendar" : "rules";
  const { id } = await replays.start({ actor: room, programme, kind, name, definition, from, to, now: to, ...more });
  await replays.lane.settled();
  return replays.one({ actor: room, id, definition });
}

/** All that is stored of cases, as one text a table. */
async function fingerprint(): Promise<unknown[]> {
  const tables = [
    "cases",
    "applications",
    "clocks",
    "decisions",
    "case_events",
    "enforcements",
    "messages",
    "case_texts",
  ];
  const parts = tables.map(
    (t) => `select '${t}' as t, md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as sum from ${t} x`,
  );
  return office.asOwner(parts.join(" union all "));
}

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

describe("what is read", () => {
  it.each(ruleSetNames)("decides %s as the live engine did, by the facts that were recorded", async (set) => {
    const runner = compileRuleSet(published(set));
    const asked = { programme, kind: "rules" as const, name: set, from, to, asOf: to, inForceId: null };
    const active = office.setup.ruleSets;
    const versionOf = {
      rules: async () => published(set),
      calendar: async () => office.setup.calendar.definition,
      workflow: async () => office.setup.workflows.get("complaint")?.definition as WorkflowDefinition,
    };
    const replayer = await replayerOf(
      { db: office.db, versionOf },
      { ...asked, definition: published(set) },
      { setup: office.setup, wouldBe: office.setup },
    );
    const { last: lastId } = await casesToReplay(office.db, asked);
    const said = new Map<string, unknown>();
    for await (const { cases } of replayPages(office.db, { ...asked, ...replayer, lastId }, 0))
      for (const { id, decisions } of cases)
        for (const [i, { facts }] of decisions.entries()) said.set(`${id}/${i}`, runner.decideCompiled(facts));
    const recorded = await office.rows(
      `select d.case_id || '/' || (row_number() over (partition by d.case_id order by number) - 1) as key, d.rule_ids, d.outcome
       from decisions d join cases c on c.id = d.case_id where d.rule_set = $1 and not c.confidential and c.requested_by is null and c.duplicate_of is null
         and (c.withdrawn_at is null or c.withdrawn_by is not null)`,
      set,
    );
    expect(active.has(set)).toBe(true);
    expect(recorded.length).toBeGreaterThan(0);
    const then = Object.fromEntries(recorded.map((row) => [row.key, { ruleIds: row.rule_ids, outcome: row.outcome }]));
    expect(JSON.parse(JSON.stringify(Object.fromEntries(said)))).toEqual(then);
  });
});

async function casesRead({ after = 0, ...more }: Partial<ReplayReading> & { readonly after?: number }) {
  const reads = [{ ruleSet: "sla" as const, facts: ["type"] }];
  const reading = { programme, from, to, reads, everyCase: false, lastId: 1_000_000, ...more };
  const read: RecordedCase[] = [];
  for await (const { cases } of replayPages(office.db, reading, after)) read.push(...cases);
  return read;
}

it("reads facts as they were recorded, whatever people typed", async () => {
  const odd = {
    type: "complaint",
    "field.place": 'first\nsecond, "third" {x}',
    keywords: ['a "b"', "ج"],
    pillar: null,
  };
  const [one] = await office.asOwner(
    `update decisions d set facts = facts || '${JSON.stringify(odd)}'::jsonb from cases c
     where c.id = d.case_id and d.rule_set = 'sla' and d.number = (select max(number) from decisions where rule_set = 'sla' and case_id = d.case_id)
       and c.id = (select min(id) from cases where not confidential and requested_by is null and duplicate_of is null and withdrawn_at is null)
     returning d.case_id, d.facts`,
  );
  const last = Number(one?.case_id);
  const facts = one?.facts as Record<string, unknown>;
  const read = async (names: readonly string[]) =>
    (await casesRead({ after: last - 1, lastId: last, reads: [{ ruleSet: "sla", facts: names }] })).map(
      ({ id, decisions }) => [id, decisions.at(-1)?.facts],
    );
  expect(await read(Object.keys(facts))).toEqual([[last, facts]]);
  expect(await read(["pillar", "keywords", "never.recorded"])).toEqual([
    [last, { pillar: null, keywords: odd.keywords, "never.recorded": null }],
  ]);
});

it("reads cases of one programme between two numbers, and no confidential one", async () => {
  const all = await casesRead({});
  const ids = all.map(({ id }) => id);
  expect(all.some(({ decisions }) => decisions.length > 1)).toBe(true);
  expect((await casesRead({ after: ids[9] as number, lastId: ids.at(-2) as number })).map(({ id }) => id)).toEqual(
    ids.slice(10, -1),
  );
  expect(await casesRead({ reads: [], everyCase: true })).toEqual(all.map((one) => ({ ...one, decisions: [] })));
  const [secret, foreign] = ids as [number, number];
  await seed(office.db, { now: to, programmes: ["boston311"] });
  const change = (set: string, id: number) =>
    office.asOwner(`set session_replication_role = replica; update cases set ${set} where id = ${id};
      reset session_replication_role`);
  await change("confidential = true", secret);
  await change("programme = 'boston311'", foreign);
  expect((await casesRead({})).map(({ id }) => id)).toEqual(ids.slice(2));
  await change("confidential = false", secret);
  await change(`programme = '${programme}'`, foreign);
});

describe("what is in force, replayed", () => {
  it.each([...ruleSetNames, "calendar"])("changes nothing: %s", async (thing) => {
    const name = thing === "calendar" ? office.setup.calendar.definition.code : thing;
    const definition = thing === "calendar" ? office.setup.calendar.definition : published(name as RuleSetName);
    const { state, tally, changed, cases, expected, unrecorded, sameText } = await replayed(name, definition);
    expect({ state, changed, changes: tally.changes, unrecorded, sameText }).toEqual({
      state: "done",
      changed: 0,
      changes: [],
      unrecorded: [],
      sameText: true,
    });
    // Not every case was answered, and a second matter that a person sent to an entity was not routed.
    if (name === "quality" || name === "routing") expect(cases).toBeLessThanOrEqual(expected);
    else expect(cases).toBe(expected);
    const { firstResponse, resolution } = tally.whole;
    for (const counts of [firstResponse, resolution])
      expect([counts.fellAfter, counts.keptAfter]).toEqual([counts.fellBefore, counts.keptBefore]);
  });
});

describe("a draft of service levels", () => {
  /** Every resolution that is counted in working days gets one more or less. */
  const shifted = (days: number): RuleSetDefinition => {
    const definition = published("sla");
    const rules = definition.rules.map((rule) => {
      const { resolution } = rule.event.params as { resolution?: { amount: number; unit: string } | null };
      if (resolution?.unit !== "workingDays") return rule;
      const moved = { ...resolution, amount: Math.max(1, resolution.amount + days) };
      return { ...rule, event: { ...rule.event, params: { ...rule.event.params, resolution: moved } } };
    });
    return { ...definition, rules };
  };

  it("tells how many would have been on time, as reckoned case by case", async () => {
    const { tally } = await replayed("sla", shifted(-1));
    expect(tally.changed).toBeGreaterThan(10);
    const clocks = await office.rows(
      `select k.*, k.budget as budget from clocks k join cases c on c.id = k.case_id where k.target = 'resolution'
        and not c.confidential and c.requested_by is null and c.duplicate_of is null and (c.withdrawn_at is null or c.withdrawn_by is not null)`,
    );
    const calendar = compileCalendar(office.setup.calendar.definition);
    const counts = { fellBefore: 0, keptBefore: 0, fellAfter: 0, keptAfter: 0 };
    for (const clock of clocks) {
      const { amount, unit } = clock.budget as { amount: number; unit: "workingDays" };
      const less = unit === "workingDays" ? Math.max(1, amount - 1) : amount;
      // Plainly: a day less from the start, and as much later as was waited for the applicant.
      const first = calendar.add(clock.started_at as Date, { amount: less, unit }).due;
      const paused = clock.paused_at !== null;
      const dueThen = clock.due_at as Date | null;
      const due = less === amount ? dueThen : paused ? null : calendar.addSeconds(first, Number(clock.paused_seconds));
      const [met, cancelled] = [clock.met_at as Date | null, clock.cancelled_at as Date | null];
      const told = (moment: Date | null): "none" | "kept" | "missed" => {
        if (moment === null || moment > to || (cancelled !== null && cancelled <= moment)) return "none";
        return met !== null && met <= moment ? "kept" : "missed";
      };
      const [before, after] = [told(dueThen), told(due)];
      if (before !== "none") counts.fellBefore += 1;
      if (before === "kept") counts.keptBefore += 1;
      if (after !== "none") counts.fellAfter += 1;
      if (after === "kept") counts.keptAfter += 1;
    }
    expect(tally.whole.resolution).toEqual(counts);
    expect(counts.keptAfter).toBeLessThan(counts.keptBefore);
    // What is told by each dimension adds up to the whole.
    for (const groups of Object.values(tally.by)) {
      const sums = Object.values(groups).reduce((sum, group) => sum + group.resolution.keptAfter, 0);
      expect(sums).toBe(counts.keptAfter);
    }
    const turned = tally.changes.find(
      ({ facet, from: was, to: would }) => facet === "kept.resolution" && was === "kept" && would === "missed",
    );
    expect(turned?.cases).toBeGreaterThan(0);
  });
});

describe("a draft of routing", () => {
  it("tells from where to where, and how many cases each entity would get", async () => {
    const definition = published("routing");
    const everything = {
      id: "all-to-one",
      title: { en: "All to the Civil Status Department", ar: "الكل إلى الأحوال المدنية" },
      priority: 10_000,
      conditions: { all: [{ fact: "type", operator: "notEqual", value: "compliment" }] },
      event: { type: "routing" as const, params: { to: "entity:CSPD" } },
      examples: [{ name: { en: "a complaint", ar: "شكوى" }, facts: { type: "complaint" }, decides: true }],
    };
    const { tally } = await replayed("routing", { ...definition, rules: [everything, ...definition.rules] });
    const rows = await office.rows(
      `select d.facts->>'type' as type, e.data::jsonb->>'suggested' as suggested, e.data::jsonb->>'entity' as entity
       from decisions d join cases c on c.id = d.case_id join case_events e on e.case_id = c.id and e.type = 'case.routed'
       where d.rule_set = 'routing' and not c.confidential and c.requested_by is null and c.duplicate_of is null
         and (c.withdrawn_at is null or c.withdrawn_by is not null)`,
    );
    const before: Record<string, number> = {};
    let moved = 0;
    for (const { type, suggested, entity } of rows) {
      const code = String(entity ?? suggested ?? "");
      before[code] = (before[code] ?? 0) + 1;
      if (type !== "compliment" && code !== "CSPD") moved += 1;
    }
    expect(
      Object.fromEntries(Object.entries(tally.load).flatMap(([code, n]) => (n.before > 0 ? [[code, n.before]] : []))),
    ).toEqual(before);
    expect(tally.changed).toBe(moved);
    expect(tally.changes.every(({ facet, to: would }) => facet === "entity" && would === "CSPD")).toBe(true);
  });
});

describe("a draft of escalation", () => {
  it("tells which steps would have gone out: for the ladder in force the same that did", async () => {
    const definition = published("escalation");
    const none = { ...definition, rules: definition.rules.slice(0, 1) };
    const { tally } = await replayed("escalation", none);
    const silenced = new Map(
      tally.changes.filter(({ to: would }) => would === "silent").map(({ facet, cases }) => [facet, cases]),
    );
    const really = await office.rows(
      `select f.level, count(distinct f.case_id)::integer as n from enforcements f join cases c on c.id = f.case_id
        where f.kind = 'escalation' and not c.confidential and c.requested_by is null and c.duplicate_of is null
          and (c.withdrawn_at is null or c.withdrawn_by is not null) group by f.level order by f.level`,
    );
    expect(really.length).toBeGreaterThan(0);
    for (const { level, n } of really) expect([level, silenced.get(`level.${level}`)]).toEqual([level, n]);
  });
});

describe("a draft of the calendar", () => {
  it("tells which deadlines would be elsewhere, and what of the past would have been on time", async () => {
    const { definition } = office.setup.calendar;
    const name = { en: "A day of storm", ar: "يوم عاصف" };
    const days = [...definition.days, { date: "2026-11-24", name, hours: [] }];
    const { tally } = await replayed(definition.code, { ...definition, days });
    const due = tally.changes.filter(({ facet }) => facet.startsWith("due."));
    expect(due.length).toBeGreaterThan(0);
    expect(due.every(({ to: would }) => would === "later")).toBe(true);
    // Later deadlines: none more is missed, and what is not due yet is no longer counted as kept.
    const { fellBefore, keptBefore, fellAfter, keptAfter } = tally.whole.resolution;
    expect(fellAfter - keptAfter).toBeLessThanOrEqual(fellBefore - keptBefore);
    expect(fellAfter).toBeLessThanOrEqual(fellBefore);
  });
});

describe("the cases behind a number", () => {
  it("are the list's own: what is in reach, as many as were counted, and exported with its filters", async () => {
    const { replays } = office.services.work;
    const definition = published("sla");
    const rules = definition.rules.map((rule) => ({
      ...rule,
      event: { ...rule.event, params: { ...rule.event.params, resolution: { amount: 90, unit: "workingHours" } } },
    }));
    const { id, tally, changed } = await replayed("sla", { ...definition, rules });
    const listed = async (actor: Actor, change: number | null) => {
      const filters = { replayed: { run: id, change } };
      return office.services.cases.search({ actor, now: to, filters, offset: 0, limit: 5 });
    };
    expect(changed).toBeGreaterThan(5);
    expect((await listed(room, null)).total).toBe(changed);
    for (const [place, { cases }] of tally.changes.entries()) expect((await listed(room, place)).total).toBe(cases);
    expect((await listed(office.official("auditor"), null)).total).toBe(changed);
    // Whoever handles such cases learns nothing of a draft by a guessed number.
    const focal = office.official("focal_point", "CSPD");
    expect(await listed(focal, null)).toMatchObject({ rows: [], total: 0 });
    const { exports } = office.services.work;
    const asked = { filters: { replayed: { run: id, change: 0 } } };
    await exports.start({
      actor: room,
      now: to,
      asked,
      format: "csv",
      language: "en",
      columns: ["reference"],
      reason: null,
    });
    await exports.lane.settled();
    expect((await exports.list({ actor: room }))[0]).toMatchObject({ state: "done", rows: tally.changes[0]?.cases });
    await replays.forgetOld(new Date(to.getTime() + 20 * 86_400_000));
    expect((await listed(room, null)).total).toBe(0);
  });
});

describe("whoever asks", () => {
  it("may be the auditor, and nobody who does not read configuration and cases", async () => {
    const { replays } = office.services.work;
    const definition = published("sla");
    const asked = { programme, kind: "rules", name: "sla", definition, from, to, now: to };
    const { id } = await replays.start({ actor: room, ...asked });
    await replays.lane.settled();
    const stranger = (role: Parameters<typeof office.official>[0], place: string | null = null): Actor =>
      office.official(role, place);
    const focal = stranger("focal_point", "CSPD");
    const committee = stranger("steering_committee");
    for (const actor of [focal, committee, { kind: "applicant" } as const]) {
      expect(await refusal(replays.start({ actor, ...asked }))).toBe("not-found");
      expect(await refusal(replays.of({ actor, programme, kind: "rules", name: "sla" }))).toBe("not-found");
      expect(await refusal(replays.one({ actor, id }))).toBe("not-found");
      expect(await refusal(replays.cancel({ actor, id, now: to }))).toBe("not-found");
    }
    const elsewhere: Actor = { ...room, seats: room.seats.map((seat) => ({ ...seat, programme: "boston311" })) };
    expect(await refusal(replays.one({ actor: elsewhere, id }))).toBe("not-found");
    expect(await refusal(replays.start({ actor: elsewhere, ...asked }))).toBe("not-found");
    const auditor = office.official("auditor");
    expect(await replays.one({ actor: auditor, id })).toMatchObject({ mine: false, state: "done" });
    expect(await refusal(replays.cancel({ actor: auditor, id, now: to }))).toBe("not-found");
  });

  it("hears what is wrong with the text, the time and the thing", async () => {
    const { replays } = office.services.work;
    const asked = { actor: room, programme, kind: "rules", name: "sla", from, to, now: to };
    const definition = published("sla");
    const [first, ...rest] = definition.rules;
    const broken = {
      ...definition,
      rules: [{ ...first, conditions: { all: [{ fact: "colour", operator: "equal", value: 1 }] } }, ...rest],
    };
    const fault = await replays.start({ ...asked, definition: broken }).catch((error: Problem) => error);
    expect(fault).toMatchObject({
      code: "invalid-configuration",
      faults: [{ field: expect.stringMatching(/^\/rules\/0\//) }],
    });
    // Two rules in conflict: the one behind would change nothing, and 0 would be told as what the draft does.
    const resolution = { amount: 77, unit: "workingDays" };
    const event = { ...first?.event, params: { ...first?.event.params, resolution } };
    const twin = { ...first, id: "twin", title: { en: "The twin", ar: "التوأم" }, event };
    const tied = await replays
      .start({ ...asked, definition: { ...definition, rules: [...definition.rules, twin] } })
      .catch((error: Problem) => error);
    expect(tied).toMatchObject({
      code: "invalid-configuration",
      detail: { en: expect.stringContaining("has errors") },
      faults: [{ field: expect.stringMatching(/priority$/), reason: { en: expect.stringContaining("“The twin”") } }],
    });
    expect(await refusal(replays.start({ ...asked, definition: published("routing") }))).toBe("invalid-configuration");
    expect(await refusal(replays.start({ ...asked, definition, kind: "workflow", name: "complaint" }))).toBe(
      "not-found",
    );
    const early = new Date("2020-01-01T00:00:00Z");
    expect(
      await refusal(replays.start({ ...asked, definition, from: early, to: new Date("2020-02-01T00:00:00Z") })),
    ).toBe("invalid-input");
    expect(await refusal(replays.start({ ...asked, definition, from: to, to: from }))).toBe("invalid-input");
    await office.asOwner(`update programmes set settings = settings || '{"replayMostCases": 3}'`);
    expect(await refusal(replays.start({ ...asked, definition }))).toBe("invalid-input");
    await office.asOwner(`update programmes set settings = settings - 'replayMostCases'`);
  });
});

describe("the record", () => {
  it("is as it was, to the last letter", async () => {
    const before = await fingerprint();
    await replayed("sla", published("sla"));
    await replayed("escalation", { ...published("escalation"), rules: published("escalation").rules.slice(1) });
    expect(await fingerprint()).toEqual(before);
  });
});
