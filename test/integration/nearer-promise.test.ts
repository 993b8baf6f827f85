/** Order and groups of work by the nearer promise: as cases are received, taken, asked about and answered; what is stored for it; ties; pages. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { desk as migration } from "../../src/app/migrations/2026-12-09-desk.js";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { DeskFilter } from "../../src/engine/lifecycle/desk-groups.js";
import type { FocalDesk } from "../../src/engine/measures/home-view.js";
import type { CaseFilters } from "../../src/engine/search/case-search.js";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "../support/working-office.js";

const hour = 3_600_000;
const day = 24 * hour;
const at = (ms: number): Date => new Date(sundayNine.getTime() + ms);

let office: WorkingOffice;
let focal: Actor;
beforeAll(async () => {
  office = await openWorkingOffice();
  focal = office.official("focal_point", "CSPD");
});
afterAll(() => office.close());

const deskAt = async (now: Date, actor: Actor = focal): Promise<FocalDesk> =>
  (await office.services.home({ actor, now })).desks[0] as FocalDesk;
async function placeOf(reference: string, now: Date) {
  const { groups } = await deskAt(now);
  const found = groups.flatMap(({ group, cases }) => cases.map((row) => ({ group, row })));
  const mine = found.find(({ row }) => row.reference === reference);
  return { group: mine?.group, target: mine?.row.promise?.target, later: mine?.row.laterPromise?.target };
}
const listed = async (desk: DeskFilter, now: Date, page: { offset: number; limit: number }, actor: Actor = focal) =>
  (await office.services.cases.search({ actor, now, filters: { desk }, ...page })).rows.map((row) => row.reference);

/** Of every case what is stored, and what its clocks say. */
const stored = () =>
  office.rows(`select c.reference, c.promise_due_at as said,
      coalesce(min(k.due_at) filter (where k.met_at is null and k.cancelled_at is null), max(k.due_at) filter (where k.target = 'resolution')) as due
    from cases c left join clocks k on k.case_id = c.id and k.cycle = c.cycle and k.target in ('firstResponse', 'resolution')
    group by c.id order by c.id`);

describe("a case", () => {
  let reference: string;
  it("is where its first reply puts it, and taking it lowers nothing", async () => {
    ({ reference } = await office.receive({ importance: "normal", subject: "The counter was closed" }, sundayNine));
    const before = await placeOf(reference, at(hour));
    expect(before).toMatchObject({ target: "firstResponse", later: "resolution" });
    await office.act(reference, focal, "take", {}, at(2 * hour));
    expect(await placeOf(reference, at(3 * hour))).toEqual(before);
  });

  it("is under late first replies once its first reply is late, though its final answer has time", async () => {
    const [row] = await office.rows(
      "select k.due_at from clocks k join cases c on c.id = k.case_id where c.reference = $1 and target = 'firstResponse'",
      reference,
    );
    const due = row?.due_at as Date;
    const late = new Date(due.getTime() + 60_000);
    expect(await placeOf(reference, late)).toMatchObject({ group: "replyLate", target: "firstResponse" });
    expect((await deskAt(late)).late).toBe(0);
    // The final answer is not late, and the figure of `diwan kpi` does not say so.
    const lateOnes = await office.services.cases.count({ actor: focal, now: late, filters: { late: "late" } });
    expect(lateOnes.total).toBe(0);
    // Once it is, the list of those says how late it is by that promise, as the home does.
    const [final] = await office.rows(
      "select k.due_at from clocks k join cases c on c.id = k.case_id where c.reference = $1 and target = 'resolution'",
      reference,
    );
    const both = new Date(Number(final?.due_at) + 60_000);
    const targetsIn = async (filters: CaseFilters) =>
      (await office.services.cases.search({ actor: focal, now: both, filters, limit: 10, offset: 0 })).rows.map(
        ({ promise }) => promise?.target,
      );
    expect(await targetsIn({ late: "late" })).toEqual(["resolution"]);
    expect(await targetsIn({})).toEqual(["resolution"]);
  });

  it("waits for the applicant once it is asked about, and comes back by its final answer", async () => {
    await office.act(reference, focal, "ask", { question: "Which counter?" }, at(4 * hour));
    expect(await placeOf(reference, at(5 * hour))).toEqual({
      group: "waiting",
      target: "resolution",
      later: undefined,
    });
    const sent = await office.receive({ importance: "low", subject: "Another" }, at(4 * hour));
    expect((await placeOf(sent.reference, at(5 * hour))).target).toBe("firstResponse");
    expect(await stored()).toEqual((await stored()).map((row) => ({ ...row, said: row.due })));
  });
});

describe("groups and order", () => {
  const now = at(5 * hour);
  it("hold each open case once, and the list behind each group the same ones", async () => {
    for (const importance of ["critical", "high", "normal", "low"]) {
      for (let i = 0; i < 3; i++) await office.receive({ importance, subject: `${importance} ${i}` }, at(4 * hour));
    }
    for (const moment of [now, at(day), at(3 * day), at(5 * day), at(14 * day), at(60 * day)]) {
      const { groups, open } = await deskAt(moment);
      const references = groups.flatMap(({ cases }) => cases.map((row) => row.reference));
      expect(new Set(references).size).toBe(references.length);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(open);
      for (const { group, cases } of groups) {
        const list = await listed(group, moment, { offset: 0, limit: 50 });
        expect([...list].sort()).toEqual(cases.map((row) => row.reference).sort());
      }
    }
  });

  it("importance breaks ties, on the desk and over the pages of the list", async () => {
    const tied = new Date(now.getTime() + hour);
    await office.asOwner("update cases set promise_due_at = $1 where urgency = 0", tied);
    const { groups } = await deskAt(now);
    const today = groups.find(({ group }) => group === "today");
    const ranks = today?.cases.map((row) => row.importance?.rank ?? 0) ?? [];
    expect(ranks.length).toBeGreaterThan(10);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    const pages = [0, 5, 10, 15].map((offset) => listed("today", now, { offset, limit: 5 }));
    const shown = (await Promise.all(pages)).flat();
    expect(new Set(shown).size).toBe(today?.count);
    const rankOf = new Map(today?.cases.map((row) => [row.reference, row.importance?.rank ?? 0]));
    const listedRanks = shown.map((one) => rankOf.get(one) ?? 0);
    expect(listedRanks).toEqual([...listedRanks].sort((a, b) => b - a));
  });

  it("are nobody else's", async () => {
    const stranger = office.official("focal_point", "MOF");
    expect((await deskAt(now, stranger)).open).toBe(0);
    expect(await listed("today", now, { offset: 0, limit: 50 }, stranger)).toEqual([]);
  });
});

it("the migration carries views of groups that are no more over to those that there are", async () => {
  const views = [
    "filters.desk=new",
    "filters.desk=week&filters.type=complaint",
    "filters.desk=overdue",
    "filters.importance=low",
  ];
  for (const [i, query] of views.entries()) {
    await office.asOwner(
      "insert into saved_views (user_id, screen, name, query, created_at) select id, 'cases', $1, $2, now() from users order by id limit 1",
      `view ${i}`,
      query,
    );
  }
  for (const statement of migration.up.match(/update saved_views[^;]*;/g) ?? []) await office.asOwner(statement);
  const rows = await office.rows("select query from saved_views where name like 'view %' order by name");
  expect(rows.map(({ query }) => query)).toEqual([
    ...[
      "filters.desk=later",
      "filters.desk=next&filters.type=complaint",
      "filters.desk=overdue",
      "filters.importance=low",
    ],
  ]);
});

it("the migration fills what the case store would have", async () => {
  const [fill] = /update cases[^;]*;/.exec(migration.up) ?? [];
  await office.asOwner("update cases set promise_due_at = null");
  await office.asOwner(String(fill));
  const rows = await stored();
  expect(rows.length).toBeGreaterThan(10);
  expect(rows).toEqual(rows.map((row) => ({ ...row, said: row.due })));
  expect(rows.some(({ said }) => said !== null)).toBe(true);
});
