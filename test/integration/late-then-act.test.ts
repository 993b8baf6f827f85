/** What fell due counts, whatever is done afterwards: an act forgets no deadline, and a question excuses no delay. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const at = (iso: string): Date => new Date(iso);
/** Ten working days after the Sunday on which it came, and a day. */
const due = at("2026-12-06T06:00:00Z");
const late = at("2026-12-07T08:00:00Z");

describe("an act while the sweep was away", () => {
  it("first enforces what fell due, once, and tells whom it concerned then", async () => {
    const { reference } = await office.receive();
    const focal = office.official("focal_point", "CSPD");
    await office.act(reference, focal, "transfer", { entity: "MOH", reason: "not ours" }, late);

    const events = await office.events(reference);
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === "clock.breached")).toHaveLength(2);
    expect(types.indexOf("case.escalated")).toBeGreaterThan(0);
    expect(types.indexOf("case.escalated")).toBeLessThan(types.indexOf("case.transferred"));
    const manager = office.official("entity_manager", "CSPD");
    const escalated = events.filter(({ type }) => type === "case.escalated");
    expect(escalated.some(({ data }) => (data.receivers as number[]).includes(manager.userId))).toBe(true);

    const before = await office.rows("select count(*)::int as n from enforcements");
    await office.services.deadlines.enforce({ now: late });
    expect(await office.rows("select count(*)::int as n from enforcements")).toEqual(before);
  });

  it("is undone together with an act that is refused, and found by the next sweep", async () => {
    const { reference } = await office.receive();
    const focal = office.official("focal_point", "CSPD");
    const count = (await office.events(reference)).length;
    await expect(office.act(reference, focal, "answer", {}, late)).rejects.toMatchObject({ code: "invalid-input" });
    expect(await office.events(reference)).toHaveLength(count);
    await office.services.deadlines.enforce({ now: late });
    expect((await office.events(reference)).some(({ type }) => type === "clock.breached")).toBe(true);
  });
});

describe("a question that comes too late", () => {
  it("stops no clock, and closing for want of a reply does not make the delay undone", async () => {
    const { reference } = await office.receive();
    const focal = office.official("focal_point", "CSPD");
    await office.act(reference, focal, "ask", { question: "Which hall?" }, late);
    const [clock] = await office.rows(
      "select due_at, paused_at, breached_at from clocks where target = 'resolution' and case_id = (select id from cases where reference = $1)",
      reference,
    );
    expect(clock).toEqual({ due_at: due, paused_at: null, breached_at: late });

    const afterTimer = at("2026-12-20T09:00:00Z");
    await office.services.deadlines.enforce({ now: afterTimer });
    expect((await office.caseRow(reference)).state).toBe("closed_no_reply");
    const kpi = (await office.services.reports.kpi({
      programme,
      from: "2026-12-06",
      to: "2026-12-07",
      at: afterTimer,
    })) as {
      onTimeResolution: { numerator: number; denominator: number };
      delayed: number;
    };
    // Three cases of this file fell due that day; none was kept.
    expect(kpi.onTimeResolution).toMatchObject({ numerator: 0, denominator: 3 });
  });

  it("stops it in time: the applicant's days are not the office's", async () => {
    const { reference } = await office.receive(undefined, sundayNine);
    const focal = office.official("focal_point", "CSPD");
    await office.act(reference, focal, "ask", { question: "Which hall?" }, at("2026-11-24T06:00:00Z"));
    const [clock] = await office.rows(
      "select due_at, paused_at from clocks where target = 'resolution' and case_id = (select id from cases where reference = $1)",
      reference,
    );
    expect(clock).toEqual({ due_at: null, paused_at: at("2026-11-24T06:00:00Z") });
  });
});
