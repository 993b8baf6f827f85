/** The sweep over the shipped rules: what falls due, when exactly, who is told, and that nothing happens twice. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { holdSeat, leaveSeat } from "../../src/features/people/seat-store.js";
import { openWorkingOffice, programme, sundayNine, typesOf, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const at = (text: string): Date => new Date(`2026-${text}:00Z`);
const sweep = (now: Date) => office.services.deadlines.enforce({ now });
const none = { cases: 0, breaches: 0, warnings: 0, escalations: 0, invitations: 0, timers: 0, faults: 0 };
const by = { kind: "system", job: "test" } as const;

/** What an untouched normal complaint of Sunday 9:00 owes: hand-computed from rules/jordan and the calendar. */
const ladder: readonly [moment: string, rule: string, level: number, kind: string][] = [
  ["11-24T06:00", "raise-idle", 1, "escalation"], // 48 hours on the wall
  ["11-25T06:00", "clock:firstResponse", 0, "breach"], // three working days
  ["11-25T06:00", "warn-first-response-missed", 0, "warning"],
  ["12-01T09:30", "warn-resolution-75", 0, "warning"], // seven and a half of ten working days
  ["12-06T06:00", "clock:resolution", 0, "breach"], // ten working days
  ["12-06T06:00", "raise-due", 1, "escalation"],
  ["12-08T06:00", "raise-normal-2", 2, "escalation"], // 48 hours after the due time
  ["12-13T06:00", "raise-normal-3", 3, "escalation"], // five working days after it
  ["12-20T06:00", "raise-normal-4", 4, "escalation"], // ten
];
const owed = ladder.map(([moment, rule, level, kind]) => `${at(moment).toISOString()} ${rule} ${level} ${kind}`);

async function enforced(reference: string): Promise<string[]> {
  const rows = await office.rows(
    `select f.* from enforcements f join cases c on c.id = f.case_id where c.reference = $1
     order by f.due_at, f.kind = 'escalation', f.kind = 'warning', f.level`,
    reference,
  );
  return rows.map((r) => `${(r.due_at as Date).toISOString()} ${r.rule_id} ${r.level} ${r.kind}`);
}

/** E-mail addresses of the officials told by messages of a template, in order of the alphabet. */
async function told(caseId: number, template: string, level?: number): Promise<string[]> {
  const rows = await office.rows(
    "select u.email, m.data from messages m join users u on u.id = m.receiver_user where m.case_id = $1 and m.template = $2 order by u.email",
    caseId,
    template,
  );
  return rows
    .filter(({ data }) => level === undefined || JSON.stringify(data).includes(`"level":${level}`))
    .map(({ email }) => email as string);
}

describe("an application that nobody touches", () => {
  let sent: ReceivedApplication;
  beforeAll(async () => {
    sent = await office.receive();
  });

  it("owes nothing before its first moment, and each step at its very moment", async () => {
    for (const moment of new Set(ladder.map(([m]) => m))) {
      const now = at(moment);
      expect((await office.caseRow(sent.reference)).next_due_at).toEqual(now);
      expect(await sweep(new Date(now.getTime() - 1))).toEqual(none);
      expect((await sweep(now)).cases).toBe(1);
      expect(await enforced(sent.reference)).toEqual(owed.filter((line) => line.slice(0, 24) <= now.toISOString()));
      expect(await sweep(now)).toEqual(none);
    }
    expect((await office.caseRow(sent.reference)).next_due_at).toBeNull();
  });

  it("climbs the tree from the department over its ministry to the Prime Ministry", async () => {
    const escalated = (await office.events(sent.reference)).filter(({ type }) => type === "case.escalated");
    const names = await office.rows("select id, email from users");
    const emails = (ids: unknown) => (ids as number[]).map((id) => names.find((n) => n.id === id)?.email);
    const who = (n: number) => emails(escalated[n]?.data.receivers);
    expect(who(0)).toContain("nisreen.smadi@example.jo"); // manager of the department
    expect(who(2).sort()).toEqual(["laith.hneiti@example.jo", "nisreen.smadi@example.jo"]);
    expect(who(3).sort()).toEqual(["laith.amoush@example.jo", "laith.hneiti@example.jo"]);
    expect(who(4)).toContain("anas.hourani@example.jo");
    expect((await office.caseRow(sent.reference)).escalation_level).toBe(4);
    expect(await told(sent.caseId, "official-warning")).toHaveLength(2 * 5);
    // Every official once an event, whatever ways lead to him.
    const keys = await office.rows("select key from messages where case_id = $1", sent.caseId);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
  });
});

describe("a sweep that comes late, twice, or three at once", () => {
  it("enforces all in the order in which it fell due", async () => {
    const sent = await office.receive();
    const result = await sweep(at("12-21T06:00"));
    expect(result).toEqual({ ...none, cases: 1, breaches: 2, warnings: 2, escalations: 5 });
    expect(await enforced(sent.reference)).toEqual(owed);
    const events = (await office.events(sent.reference)).filter(
      (e) => typeof e.data.dueAt === "string" && e.type !== "clock.started" && e.type !== "clock.met",
    );
    expect(events.map((e) => e.data.dueAt)).toEqual(ladder.map(([moment]) => at(moment).toISOString()));
    expect(new Set(events.map((e) => e.at.toISOString()))).toEqual(new Set([at("12-21T06:00").toISOString()]));
  });

  it("does everything exactly once with three services sweeping together", async () => {
    const sent: ReceivedApplication[] = [];
    for (let i = 0; i < 24; i++) sent.push(await office.receive());
    const services = [office.services, office.instance(), office.instance()];
    const total = { ...none };
    for (const now of [at("11-25T06:00"), at("12-21T06:00")]) {
      // Small batches, so that they get into each other's way.
      const sweeps = services.flatMap((s) => Array.from({ length: 6 }, () => s.deadlines.enforce({ now, limit: 4 })));
      for (const result of await Promise.all(sweeps))
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += result[key] ?? 0;
      const rest = await sweep(now);
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += rest[key] ?? 0;
    }
    expect(total).toMatchObject({ breaches: 48, warnings: 48, escalations: 120, timers: 0, faults: 0 });
    for (const { reference } of sent) {
      expect(await enforced(reference)).toEqual(owed);
      const kinds = typesOf(await office.events(reference));
      expect(kinds.filter((type) => type === "case.escalated")).toHaveLength(5);
      expect(kinds.filter((type) => type === "clock.breached")).toHaveLength(2);
    }
    expect((await office.services.audit.verify({ seals: [] })).firstFault).toBeNull();
  });
});

describe("an empty seat", () => {
  it("has the next level told, and the operation room", async () => {
    await leaveSeat(
      office.db,
      { programme, seat: "SECRETARY-MOI", at: at("11-20T06:00") },
      { by, now: at("11-20T06:00") },
    );
    const sent = await office.receive();
    await sweep(at("12-07T06:00"));
    await sweep(at("12-08T06:00"));
    expect(await told(sent.caseId, "official-escalated", 2)).toEqual(["laith.amoush@example.jo"]);
    expect(await told(sent.caseId, "official-escalated-copy", 2)).toEqual(["nisreen.smadi@example.jo"]);
    expect(await told(sent.caseId, "operation-room-alert", 2)).toHaveLength(6);
    const back = { programme, seat: "SECRETARY-MOI", email: "laith.hneiti@example.jo", from: at("12-08T07:00") };
    await holdSeat(office.db, back, { by, now: at("12-08T07:00") });
    await sweep(at("12-21T06:00"));
    // Level 3 names the secretary general as well, for a copy: he sits there again.
    expect(await told(sent.caseId, "official-escalated", 3)).toEqual(["laith.amoush@example.jo"]);
    expect(await told(sent.caseId, "official-escalated-copy", 3)).toEqual(["laith.hneiti@example.jo"]);
    // The Prime Minister's level: the minister reads that it was escalated, and not to whom it was not.
    expect(await told(sent.caseId, "official-escalated", 4)).toEqual(["anas.hourani@example.jo"]);
    expect(await told(sent.caseId, "official-escalated-copy", 4)).toContain("laith.amoush@example.jo");
    const [copy] = await office.rows(
      `select m.id from messages m join users u on u.id = m.receiver_user
       where m.case_id = $1 and m.template = 'official-escalated-copy' and u.email = 'laith.amoush@example.jo'`,
      sent.caseId,
    );
    const { rendered } = await office.services.mail.show({
      id: Number(copy?.id),
      actor: { kind: "system", job: "test" },
    });
    expect(rendered.text).toMatch(/4 · (Prime Minister|رئيس الوزراء)/);
    expect(`${rendered.subject} ${rendered.text}`).not.toMatch(/to you\b|إليك/);
  });
});

describe("timers of the workflow", () => {
  it("close a case that nobody rates after seven days", async () => {
    const sent = await office.receive();
    const done = await office.act(
      sent.reference,
      office.official("focal_point", "CSPD"),
      "answer",
      { answer: "Done" },
      at("11-23T07:00"),
    );
    if (done.state === "in_review")
      await office.act(sent.reference, office.official("operation_room"), "approve", {}, at("11-23T07:00"));
    // They are asked to rate it meanwhile, and reminded.
    for (const moment of ["11-24T07:00", "11-27T07:00"]) {
      expect((await office.caseRow(sent.reference)).next_due_at).toEqual(at(moment));
      expect(await sweep(at(moment))).toEqual({ ...none, cases: 1, invitations: 1 });
    }
    expect((await office.caseRow(sent.reference)).next_due_at).toEqual(at("11-30T07:00"));
    expect(await sweep(new Date(at("11-30T07:00").getTime() - 1))).toEqual(none);
    expect(await sweep(at("11-30T07:00"))).toEqual({ ...none, cases: 1, timers: 1 });
    expect(await office.caseRow(sent.reference)).toMatchObject({ state: "closed", next_due_at: null, rating: null });
  });

  it("close a case whose applicant does not reply, and cancel what it was promised", async () => {
    const sent = await office.receive();
    await office.act(
      sent.reference,
      office.official("focal_point", "CSPD"),
      "ask",
      { question: "?" },
      at("11-23T07:00"),
    );
    // While it waits for the applicant neither the silence nor the paused clock escalates.
    expect((await office.caseRow(sent.reference)).next_due_at).toEqual(at("12-03T07:00"));
    expect(await sweep(at("12-20T07:00"))).toEqual({ ...none, cases: 1, timers: 1 });
    expect(await office.caseRow(sent.reference)).toMatchObject({ state: "closed_no_reply", resolved_at: null });
    expect(await enforced(sent.reference)).toEqual([]);
  });
});

describe("a case that cannot be worked out", () => {
  it.each([
    [
      "a step that names nobody",
      `'[{"ruleId":"x","level":1,"kind":"escalation","when":{"idle":{"amount":1,"unit":"calendarHours"}},"tell":null}]'`,
    ],
    ["a ladder that is none", `'{"broken":true}'`],
  ])("is put off, recorded and reported, and holds up nobody: %s", async (_, steps) => {
    const [bad, good] = [await office.receive(), await office.receive()];
    await office.asOwner(
      `update cases set escalation_steps = ${steps}::jsonb, next_due_at = '2026-11-22T07:00Z' where id = $1`,
      bad.caseId,
    );
    const now = at("11-24T06:00");
    expect(await sweep(now)).toEqual({ ...none, cases: 2, escalations: 1, faults: 1 });
    expect(await enforced(good.reference)).toEqual(owed.slice(0, 1));
    expect((await office.caseRow(bad.reference)).next_due_at).toEqual(at("11-24T06:15"));
    expect((await office.events(bad.reference)).at(-1)?.type).toBe("rule.faulted");
    expect(await told(bad.caseId, "operation-room-alert")).toHaveLength(6);
    // Longer each time: mail every quarter of an hour would help nobody.
    await sweep(at("11-24T06:15"));
    expect((await office.caseRow(bad.reference)).next_due_at).toEqual(at("11-24T06:45"));
    await office.asOwner("update cases set next_due_at = null where id = any($1)", [bad.caseId, good.caseId]);
  });

  it("is recorded and reported without the values that the database quotes", async () => {
    const bad = await office.receive();
    const quoting = `case when case_id = ${bad.caseId} then (case_id || ' Rana Haddad')::integer is null else true end`;
    await office.asOwner(`alter table enforcements add constraint quoting check (${quoting})`);
    try {
      expect(await sweep(at("11-24T06:00"))).toEqual({ ...none, cases: 1, faults: 1 });
    } finally {
      await office.asOwner("alter table enforcements drop constraint quoting");
    }
    const fault = (await office.events(bad.reference)).at(-1);
    expect([fault?.type, fault?.data.message]).toEqual(["rule.faulted", "database error 22P02"]);
    const letters = await office.rows("select data::text as data from messages where case_id = $1", bad.caseId);
    const alerts = letters.filter(({ data }) => String(data).includes("22P02"));
    expect(alerts).toHaveLength(6);
    expect(JSON.stringify([fault, alerts])).not.toMatch(/Haddad/);
    await office.asOwner("update cases set next_due_at = null where id = $1", bad.caseId);
  });

  it("is put off also when the database refuses it", async () => {
    const [bad, good] = [await office.receive(), await office.receive()];
    await office.asOwner(`alter table enforcements add constraint refused check (case_id <> ${bad.caseId})`);
    try {
      expect(await sweep(at("11-24T06:00"))).toEqual({ ...none, cases: 2, escalations: 1, faults: 1 });
      expect(await enforced(good.reference)).toEqual(owed.slice(0, 1));
      expect(await enforced(bad.reference)).toEqual([]);
    } finally {
      await office.asOwner("alter table enforcements drop constraint refused");
    }
    // Mended, it is done by the next sweep after the delay, late and once.
    await sweep(at("11-24T06:15"));
    expect(await enforced(bad.reference)).toEqual(owed.slice(0, 1));
    await office.asOwner("update cases set next_due_at = null where id = any($1)", [bad.caseId, good.caseId]);
  });

  it("of another system's history is never enforced", async () => {
    const sent = await office.receive();
    await office.asOwner(
      "update cases set imported = true, next_due_at = '2026-11-22T07:00Z' where id = $1",
      sent.caseId,
    );
    await sweep(at("12-21T06:00"));
    expect(await enforced(sent.reference)).toEqual([]);
    expect((await office.caseRow(sent.reference)).next_due_at).toBeNull();
  });
});

describe("a step that raises the importance", () => {
  it("lifts it by one level, tells why, and moves no deadline; at the top there is nothing to lift", async () => {
    const own = await openWorkingOffice();
    const escalation = own.setup.ruleSets.get("escalation")?.definition;
    const raising = ["raise-due", "raise-normal-2", "raise-normal-3"];
    const rules = escalation?.rules.map((rule) =>
      raising.includes(rule.id)
        ? { ...rule, event: { ...rule.event, params: { ...rule.event.params, raiseImportance: true } } }
        : rule,
    );
    await own.services.configuration.publish({
      programme,
      kind: "rules",
      name: "escalation",
      definition: { ...escalation, rules },
      reason: "a test",
      by,
      now: sundayNine,
    });
    const sent = await own.receive();
    const clocks = () => own.rows("select target, due_at from clocks where case_id = $1 order by target", sent.caseId);
    const importance = async () => (await own.rows("select importance from cases where id = $1", sent.caseId))[0];
    const promised = await clocks();
    const sweepOwn = (now: Date) => own.services.deadlines.enforce({ now });
    await sweepOwn(at("12-06T06:00"));
    expect(await importance()).toEqual({ importance: "high" });
    await sweepOwn(at("12-20T06:00"));
    expect(await importance()).toEqual({ importance: "critical" });
    expect(await clocks()).toEqual(promised);
    const events = await own.rows(
      "select data::text from case_events where case_id = $1 and type = 'case.classified' order by seq",
      sent.caseId,
    );
    expect(events.slice(1).map(({ data }) => JSON.parse(String(data)))).toEqual(
      [
        ["raise-due", "normal", "high"],
        ["raise-normal-2", "high", "critical"],
      ].map(([ruleId, from, to]) =>
        expect.objectContaining({ ruleId, importance: to, was: expect.objectContaining({ importance: from }) }),
      ),
    );
    // The third step is taken as the others are, and finds nothing above.
    const steps = await own.rows("select rule_id from enforcements where case_id = $1 and level > 0", sent.caseId);
    expect(steps.map(({ rule_id }) => rule_id)).toContain("raise-normal-3");
    await own.close();
  });
});

describe("a change of policy", () => {
  it("changes nothing that was decided, and decides what comes next", async () => {
    const before = await office.receive();
    const rows = () => office.rows("select * from clocks where case_id = $1 order by target", before.caseId);
    const decided = await rows();

    const calendar = office.setup.calendar.definition;
    const off = { date: "2026-11-30", name: { ar: "عطلة", en: "A day off" }, hours: [] };
    await publish("calendar", calendar.code, { ...calendar, days: [...calendar.days, off] });
    const escalation = office.setup.ruleSets.get("escalation")?.definition;
    const rules = escalation?.rules.filter(({ id }) => id !== "raise-idle");
    await publish("rules", "escalation", { ...escalation, rules });

    expect(await rows()).toEqual(decided);
    await sweep(at("11-24T06:00"));
    expect(await enforced(before.reference)).toEqual(owed.slice(0, 1));

    const after = await office.receive();
    expect(after.dueAt).toEqual(at("12-07T06:00"));
    await sweep(at("11-24T06:00"));
    expect(await enforced(after.reference)).toEqual([]);
    await sweep(at("12-21T06:00"));
    expect(await enforced(before.reference)).toEqual(owed);
  });
});

async function publish(kind: "rules" | "calendar", name: string, definition: unknown): Promise<void> {
  await office.services.configuration.publish({
    programme,
    kind,
    name,
    definition,
    reason: "a test",
    by,
    now: sundayNine,
  });
}
