/** A second matter becomes a case of its own, and keeps what the application was promised. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { actsIn, at } from "../support/acts.js";
import {
  openWorkingOffice,
  problemOf,
  type Row,
  sundayNine,
  typesOf,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const { focal, room, elsewhere, lastEvent, messages } = actsIn(() => office);

const clocksOf = (reference: string): Promise<Row[]> =>
  office.rows(
    "select k.* from clocks k join cases c on c.id = k.case_id where c.reference = $1 order by k.target",
    reference,
  );
const second = { subject: "The fee", description: "They took the fee twice.", reason: "Two matters." };

describe("splitting", () => {
  it("opens a case for the second matter, promised since the application came in", async () => {
    const sent = await office.receive();
    const now = at("11-24T08:00");
    const done = await office.act(sent.reference, focal(), "split", { ...second, entity: "MOH" }, now);
    const { opened } = done;
    if (opened === undefined) throw new Error("nothing was opened");
    expect(done).toMatchObject({ reference: sent.reference, state: "assigned" });
    expect(opened).toMatchObject({ state: "assigned", entity: "MOH" });
    const [first, other] = [await office.caseRow(sent.reference), await office.caseRow(opened.reference)];
    expect(other).toMatchObject({ split_from: first.id, type: "complaint", channel: "web", received_at: sundayNine });
    for (const clock of await clocksOf(opened.reference)) expect(clock.started_at).toEqual(sundayNine);
    const resolution = (await clocksOf(opened.reference)).find(({ target }) => target === "resolution");
    // Two days of work are gone already, exactly as on the first.
    expect(resolution?.due_at).toEqual(opened.dueAt);
    expect((resolution?.due_at as Date) > now).toBe(true);
    expect((await lastEvent(sent.reference, "case.split"))?.data).toMatchObject({
      into: opened.reference,
      reason: "Two matters.",
    });
    const events = await office.events(opened.reference);
    expect(events[0]).toMatchObject({ type: "application.received", at: now, data: { splitFrom: sent.reference } });
    expect(typesOf(events)).not.toContain("case.routed");
    expect(typesOf(events)).toContain("case.assigned");
    expect((await office.services.audit.verify({ seals: [] })).firstFault).toBeNull();
  });

  it("tells the applicant both references, and the code of the first opens the second", async () => {
    const sent = await office.receive();
    const { opened } = await office.act(
      sent.reference,
      focal(),
      "split",
      { ...second, entity: "MOH" },
      at("11-22T07:00"),
    );
    const reference = opened?.reference ?? "";
    expect(await messages(reference, "applicant-received")).toEqual([]);
    const [told] = await messages(reference, "applicant-split");
    expect(told?.data).toMatchObject({ reference, splitFrom: sent.reference });
    expect(JSON.stringify(told)).not.toContain(sent.code);
    const now = at("11-22T08:00");
    const followed = await office.services.cases.follow({ reference, code: sent.code, now });
    expect(followed).toMatchObject({ subject: "The fee", splitFrom: sent.reference, splitInto: [] });
    expect((await office.services.cases.follow({ ...sent, now })).splitInto).toEqual([reference]);
    // A split of the split is opened by it too; nobody else's code opens any of them.
    const third =
      (await office.act(reference, elsewhere(), "split", { ...second, entity: "CSPD" }, now)).opened?.reference ?? "";
    await office.applicantActs({ reference: third, code: sent.code }, "add_information", { reply: "On Sunday." }, now);
    const other = await office.receive();
    for (const stranger of [
      { reference, code: other.code },
      { reference: other.reference, code: sent.code },
    ]) {
      expect((await problemOf(office.services.cases.follow({ ...stranger, now }))).code).toBe("not-found");
    }
    const [applicant] = await office.rows(
      "select name, email from applicants p join cases c on c.id = p.case_id where c.reference = $1",
      third,
    );
    expect(applicant).toEqual({ name: "Rana Haddad", email: "rana@example.com" });
  });

  it("forgets neither the pause nor what the applicant was told before", async () => {
    const sent = await office.receive();
    await office.act(sent.reference, focal(), "ask", { question: "When?" }, at("11-23T06:30"));
    await office.applicantActs(sent, "reply", { reply: "Sunday." }, at("11-24T08:00"));
    const { opened } = await office.act(
      sent.reference,
      focal(),
      "split",
      { ...second, entity: "CSPD" },
      at("11-24T09:00"),
    );
    const clocks = await clocksOf(opened?.reference ?? "");
    const byTarget = Object.fromEntries(clocks.map((clock) => [clock.target, clock]));
    // Six hours of Monday and two and a half of Tuesday were the applicant's.
    expect(byTarget.resolution).toMatchObject({ paused_seconds: 8.5 * 3600, running_since: at("11-24T09:00") });
    const lines = (
      await office.services.reports.explain({
        reference: opened?.reference ?? "",
        language: "en",
        now: at("11-24T09:00"),
      })
    ).join("\n");
    expect(lines).toContain(`It is a second issue of ${sent.reference}`);
    expect(lines).toMatch(
      /Before it was split off, the case waited 8 hours 30 minutes of working time for the applicant/,
    );
    // Sunday 6.5 h, Monday 7 h and Tuesday 3.5 h have passed.
    expect(byTarget.resolution?.consumed_seconds).toBe((17 - 8.5) * 3600);
    expect(byTarget.firstResponse).toMatchObject({ met_at: at("11-23T06:30") });
    expect((await office.caseRow(opened?.reference ?? "")).first_response_at).toEqual(at("11-23T06:30"));
  });

  it("waits in the queue of its sector where nobody said whom it is for, and never becomes less confidential", async () => {
    const sent = await office.receive({ type: "report", entity: "CSPD", fields: { subjectOfReport: "safety" } });
    const { opened } = await office.act(sent.reference, focal(), "split", second, at("11-22T07:00"));
    const row = await office.caseRow(opened?.reference ?? "");
    expect(row).toMatchObject({ entity: null, state: "triage", sector: "INTERIOR", confidential: true });
    expect(typesOf(await office.events(opened?.reference ?? ""))).toContain("case.routed");
  });

  it("links both pages, for those who may see them", async () => {
    const sent = await office.receive();
    const { opened } = await office.act(
      sent.reference,
      focal(),
      "split",
      { ...second, entity: "MOH" },
      at("11-22T07:00"),
    );
    const reference = opened?.reference ?? "";
    const linked = async (of: string, actor: Actor) =>
      (await office.services.cases.page({ reference: of, actor, now: at("11-22T08:00") })).linked.map((one) => [
        one.reference,
        one.as,
      ]);
    expect(await linked(sent.reference, room())).toEqual([[reference, "splitInto"]]);
    expect(await linked(reference, room())).toEqual([[sent.reference, "splitFrom"]]);
    expect(await linked(sent.reference, focal())).toEqual([]);
    expect((await problemOf(office.act(reference, focal(), "take", {}, at("11-22T08:00")))).code).toBe("not-found");
  });

  it("counts as received with its application, but not in a report of a moment before the split", async () => {
    const kpi = async (now: string) => {
      const asked = { programme: "jordan", from: "2026-01-05", to: "2026-01-08", at: at(now) };
      return (await office.services.reports.kpi(asked)).received;
    };
    const sent = await office.receive({}, at("01-05T08:00"));
    await office.act(sent.reference, focal(), "split", { ...second, entity: "MOH" }, at("01-06T08:00"));
    expect(await kpi("01-05T20:00")).toBe(1);
    expect(await kpi("01-06T20:00")).toBe(2);
  });

  it("leaves no half of it behind", async () => {
    const { reference } = await office.receive();
    const before = await office.rows("select count(*) from cases");
    for (const fields of [
      { ...second, entity: "NOBODY" },
      { ...second, reason: "" },
      { ...second, description: "" },
    ])
      expect((await problemOf(office.act(reference, focal(), "split", fields, sundayNine))).code).toBe("invalid-input");
    expect((await problemOf(office.act(reference, elsewhere(), "split", second, sundayNine))).code).toBe("not-found");
    expect(await office.rows("select count(*) from cases")).toEqual(before);
  });
});
