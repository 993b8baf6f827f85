/** Deadlines stay when calendars and rules change, and move when the operation room says so. */
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { runCommand } from "../support/command-line.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
const offices: WorkingOffice[] = [];
beforeEach(async () => {
  office = await openWorkingOffice();
  offices.push(office);
});
afterAll(() => Promise.all(offices.map((o) => o.close())));

const dueOf = async (reference: string): Promise<Date> => {
  const [row] = await office.rows(
    "select k.due_at from clocks k join cases c on c.id = k.case_id and c.cycle = k.cycle where c.reference = $1 and k.target = 'resolution'",
    reference,
  );
  return row?.due_at as Date;
};

const retime = (
  change: { by: "calendar" | "rules"; dryRun?: boolean; reason?: string },
  actor = office.official("operation_room"),
) =>
  office.services.cases.recalculateDueDates({
    programme,
    reason: "A feast was announced",
    now: sundayNine,
    dryRun: false,
    actor,
    ...change,
  });

/** Wednesday after the Sunday on which the case came becomes a day off. */
async function announceFeast(): Promise<void> {
  const { calendar } = await office.services.setup.of(programme);
  const definition: CalendarDefinition = {
    ...calendar.definition,
    days: [...calendar.definition.days, { date: "2026-11-25", name: { ar: "عطلة", en: "Feast" }, hours: [] }],
  };
  const by = office.official("operation_room");
  const name = calendar.definition.code;
  await office.services.configuration.publish({
    programme,
    kind: "calendar",
    name,
    definition,
    reason: "circular",
    by,
    now: sundayNine,
  });
}

describe("a feast announced late", () => {
  it("moves nothing by itself, and every deadline once when it is asked to", async () => {
    const { reference } = await office.receive();
    const before = await dueOf(reference);
    await announceFeast();
    expect(await dueOf(reference)).toEqual(before);

    expect(await retime({ by: "calendar", dryRun: true })).toEqual({
      cases: 1,
      moved: 1,
      earlier: 0,
      later: 1,
      letters: 0,
    });
    expect(await dueOf(reference)).toEqual(before);

    expect(await retime({ by: "calendar" })).toEqual({ cases: 1, moved: 1, earlier: 0, later: 1, letters: 0 });
    // Ten working days from Sunday the 22nd: the 6th of December; with Wednesday off the 7th.
    expect(before.toISOString()).toBe("2026-12-06T06:00:00.000Z");
    expect((await dueOf(reference)).toISOString()).toBe("2026-12-07T06:00:00.000Z");
    const moves = (await office.events(reference)).filter(({ type }) => type === "case.retimed");
    expect(moves.at(-1)?.data).toMatchObject({
      target: "resolution",
      reason: "A feast was announced",
      from: { dueAt: "2026-12-06T06:00:00.000Z" },
      to: { dueAt: "2026-12-07T06:00:00.000Z" },
    });
    expect(await retime({ by: "calendar" })).toMatchObject({ moved: 0 });
  });

  it("takes two people where publishing does: one asks, another does it, and knows how many letters leave", async () => {
    await office.asOwner(
      "update programmes set settings = settings || '{\"secondPerson\": true}' where code = $1",
      programme,
    );
    const { reference } = await office.receive();
    const before = await dueOf(reference);
    await office.asOwner("update configuration_revision set revision = revision + 1");
    const [rania, second] = [office.official("operation_room"), office.official("operation_room", null, 1)];
    const { calendar } = await office.services.setup.of(programme);
    const days = [...calendar.definition.days, { date: "2026-11-25", name: { ar: "عطلة", en: "Feast" }, hours: [] }];
    await office.services.configuration.publish({
      ...{ programme, kind: "calendar", name: calendar.definition.code, reason: "circular", now: sundayNine },
      definition: { ...calendar.definition, days },
      by: { kind: "system", job: "seed" },
    });
    const { recalculations } = office.services.cases;
    const asked = { programme, by: "calendar", reason: "A feast", now: sundayNine } as const;
    // Alone nobody does it, asked for or not; strangers cannot ask.
    expect(await problemOf(retime({ by: "calendar" }, rania))).toMatchObject({ code: "forbidden" });
    for (const actor of [office.official("auditor"), office.official("focal_point", "CSPD")]) {
      expect(await problemOf(recalculations.ask({ ...asked, actor }))).toMatchObject({ code: "forbidden" });
      expect(await problemOf(recalculations.drop({ programme, actor }))).toMatchObject({ code: "forbidden" });
    }
    expect(await problemOf(recalculations.ask({ ...asked, reason: " ", actor: rania }))).toMatchObject({
      code: "invalid-input",
    });
    await recalculations.ask({ ...asked, actor: rania });
    expect(await problemOf(retime({ by: "calendar" }, rania))).toMatchObject({ code: "forbidden" });
    expect(await dueOf(reference)).toEqual(before);
    expect(await recalculations.asked(programme)).toMatchObject({ reason: "A feast", name: rania.name });
    await recalculations.drop({ programme, actor: second });
    expect(await problemOf(retime({ by: "calendar" }, second))).toMatchObject({ code: "forbidden" });
    await recalculations.ask({ ...asked, actor: rania });
    expect(await retime({ by: "calendar", dryRun: true }, second)).toMatchObject({ moved: 1, letters: 0 });
    expect(await retime({ by: "calendar" }, second)).toMatchObject({ moved: 1 });
    const moves = (await office.events(reference)).filter(({ type }) => type === "case.retimed");
    const { userId, name } = rania;
    expect(moves.at(-1)?.data).toMatchObject({ reason: "A feast", askedBy: { userId, name } });
    const { timeline } = await office.services.cases.page({ reference, actor: second, now: sundayNine });
    const told = timeline.find(({ what }) => /Asked for by/.test(what.en));
    expect(told?.who.en).toContain(second.name);
    expect(told?.what.en).toContain(name);
    expect(await recalculations.asked(programme)).toBeNull();
  });

  it("is asked for on the command line where it takes two people, and done there by a colleague", async () => {
    await office.asOwner(
      "update programmes set settings = settings || '{\"secondPerson\": true}' where code = $1",
      programme,
    );
    await office.asOwner("update configuration_revision set revision = revision + 1");
    const people = [office.official("operation_room"), office.official("operation_room", null, 1)] as const;
    const emails = await Promise.all(
      people.map(async ({ userId }) =>
        String((await office.rows("select email from users where id = $1", userId))[0]?.email),
      ),
    );
    const line = (as: string, ...more: string[]) =>
      runCommand(office.services, [
        "retime",
        ...["--programme", programme, "--by", "rules", "--reason", "Late", "--as", as],
        ...more,
      ]);
    const { recalculations } = office.services.cases;
    expect((await line(emails[0] as string, "--dry-run")).out).toMatch(/would move/);
    expect(await recalculations.asked(programme)).toBeNull();
    // However often one person says it, a colleague has to.
    for (const _ of [1, 2]) {
      const { status, out } = await line(emails[0] as string);
      expect([status, out]).toEqual([0, expect.stringMatching(/nothing has moved yet.*--by rules .*--as THEIR-EMAIL/)]);
    }
    expect(await recalculations.asked(programme)).toMatchObject({
      by: "rules",
      reason: "Late",
      askedBy: people[0].userId,
    });
    expect((await line(emails[1] as string)).out).toMatch(/Unfinished cases: 0; moved: 0/);
    expect(await recalculations.asked(programme)).toBeNull();
  });

  it("moves nothing, counts nothing and writes no event where only fractions of a second are left over", async () => {
    const references: string[] = [];
    for (const [i, importance] of ["normal", "high", "critical", "low"].entries()) {
      const sent = await office.receive({ importance }, new Date(`2026-11-22T06:1${i}:23.${i}57Z`));
      references.push(sent.reference);
    }
    const clocks = () => office.rows("select due_at, calendar_version_id from clocks order by case_id, target");
    const before = await clocks();
    const { calendar } = await office.services.setup.of(programme);
    const by = office.official("operation_room");
    // Far behind all that was promised.
    const days = [...calendar.definition.days, { date: "2027-11-24", name: { ar: "عطلة", en: "Feast" }, hours: [] }];
    await office.services.configuration.publish({
      ...{ programme, kind: "calendar", name: calendar.definition.code, reason: "circular", by, now: sundayNine },
      definition: { ...calendar.definition, days },
    });
    const now = new Date("2026-11-22T08:41:09.113Z");
    const asked = { programme, by: "calendar", reason: "A feast", actor: by, now } as const;
    const none = { cases: 4, moved: 0, earlier: 0, later: 0, letters: 0 };
    expect(await office.services.cases.recalculateDueDates({ ...asked, dryRun: true })).toEqual(none);
    expect(await office.services.cases.recalculateDueDates({ ...asked, dryRun: false })).toEqual(none);
    for (const reference of references)
      expect((await office.events(reference)).filter(({ type }) => type === "case.retimed")).toEqual([]);
    const after = await clocks();
    expect(after.map(({ due_at }) => due_at)).toEqual(before.map(({ due_at }) => due_at));
    // They are counted by the new calendar all the same: nothing is left for another day.
    const counts = await office.services.versions.openClocks({ actor: by, programme });
    expect(counts).toMatchObject({ older: 0, olderCases: 0 });
  });

  it("keeps what was paused: the applicant's days are not the office's", async () => {
    const { reference, code } = await office.receive();
    const focal = office.official("focal_point", "CSPD");
    await office.act(reference, focal, "ask", { question: "Which hall?" }, sundayNine);
    const replied = new Date("2026-11-24T06:00:00Z");
    await office.applicantActs({ reference, code }, "reply", { reply: "The big one." }, replied);
    const before = await dueOf(reference);
    await announceFeast();
    await office.services.cases.recalculateDueDates({
      programme,
      by: "calendar",
      reason: "circular",
      actor: office.official("operation_room"),
      now: replied,
      dryRun: false,
    });
    // Two working days were the applicant's; the feast is one more.
    expect(before.toISOString()).toBe("2026-12-08T06:00:00.000Z");
    expect((await dueOf(reference)).toISOString()).toBe("2026-12-09T06:00:00.000Z");
  });
});

describe("a rule that was wrong", () => {
  it("decides what comes, and what is under way only when it is asked to", async () => {
    const first = await office.receive();
    const before = await dueOf(first.reference);
    const { ruleSets } = await office.services.setup.of(programme);
    const definition = structuredClone(ruleSets.get("sla")?.definition) as RuleSetDefinition;
    const rules = definition.rules.map((rule) => {
      const resolution = rule.event.params.resolution as { amount: number; unit: string } | null;
      const shorter = { ...rule.event.params, resolution: resolution && { ...resolution, amount: 5 } };
      return resolution?.amount === 10 ? { ...rule, event: { ...rule.event, params: shorter } } : rule;
    });
    const by = office.official("operation_room");
    const changed = { ...definition, rules };
    await office.services.configuration.publish({
      programme,
      kind: "rules",
      name: "sla",
      definition: changed,
      reason: "shorter",
      by,
      now: sundayNine,
    });

    const second = await office.receive();
    expect((await dueOf(second.reference)).toISOString()).toBe("2026-11-29T06:00:00.000Z");
    expect(await dueOf(first.reference)).toEqual(before);
    const counted = (now: Date) =>
      office.services.cases.recalculateDueDates({ programme, by: "rules", reason: "", actor: by, now, dryRun: true });
    expect(await counted(sundayNine)).toMatchObject({ moved: 1, earlier: 1, letters: 0 });
    // A day after the shorter time is over: what was not late would be, and its levels hear of it at once.
    expect((await counted(new Date("2026-11-30T06:00:00Z"))).letters).toBeGreaterThan(0);
    expect(await retime({ by: "rules", reason: "shorter for all" })).toMatchObject({ cases: 2, moved: 1, earlier: 1 });
    expect((await dueOf(first.reference)).toISOString()).toBe("2026-11-29T06:00:00.000Z");
  });
});

describe("who may", () => {
  it("is the operation room, with a reason", async () => {
    await expect(retime({ by: "calendar" }, office.official("focal_point", "CSPD"))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(retime({ by: "calendar", reason: "  " })).rejects.toMatchObject({ code: "invalid-input" });
  });
});
