/** Views that officials keep: each their own, filters and nothing else; and what a desk is narrowed down to. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FocalDesk, HomeView } from "../../src/engine/measures/home-view.js";
import type { SavedView } from "../../src/features/people/accounts/saved-views.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let focal: SignedIn;
let other: SignedIn;
beforeAll(async () => {
  app = await openAdminApp();
  focal = await app.signIn("focal_point", "CSPD");
  other = await app.signIn("focal_point", "MOF");
});
afterAll(() => app?.close());

const views = async (who: SignedIn): Promise<readonly SavedView[]> => (await who.page("views")).body.views;
const save = (who: SignedIn, name: string, query: string, screen = "desk") =>
  who.send("views", "save", { screen, name, query });

describe("views that are kept", () => {
  it("hold filters in one order, and nothing else of an address", async () => {
    const answer = await save(
      focal,
      " ما تولّيته ",
      "filters.type=complaint&page=3&do=answer&filters.assignee=me&evil=1",
    );
    expect(answer.status).toBe(200);
    expect(await views(focal)).toEqual([
      {
        id: expect.any(Number),
        screen: "desk",
        name: "ما تولّيته",
        query: "filters.assignee=me&filters.type=complaint",
        opensHome: false,
      },
    ]);
  });

  it("take the place of one of the same name", async () => {
    await save(focal, "ما تولّيته", "filters.assignee=me");
    expect((await views(focal)).map(({ query }) => query)).toEqual(["filters.assignee=me"]);
  });

  it.each([
    ["", "filters.type=complaint", "desk", "/name"],
    ["a".repeat(61), "filters.type=complaint", "desk", "/name"],
    ["turned \u202e round", "filters.type=complaint", "desk", "/name"],
    ["all", "page=2", "desk", "/query"],
    ["long", `search=${"a".repeat(1600)}`, "desk", "/query"],
    ["nul", "search=%00", "desk", "/query"],
    ["elsewhere", "filters.type=complaint", "users", "/screen"],
  ])("refuse what is not one (%#)", async (name, query, screen, field) => {
    const answer = await save(focal, name, query, screen);
    expect([answer.status, answer.body.problem.faults[0].field]).toEqual([422, field]);
  });

  it("are their owner's alone: not seen, renamed or removed by a guessed number", async () => {
    const [mine] = await views(focal);
    expect(await views(other)).toEqual([]);
    for (const act of ["rename", "remove"]) {
      const answer = await other.send("views", act, { id: mine?.id, name: "taken over" });
      expect([act, answer.status]).toEqual([act, 404]);
    }
    expect((await other.send("views", "remove", { id: "1 or true" })).status).toBe(404);
    expect(await views(focal)).toEqual([mine]);
    expect((await app.visitor().page("views")).status).toBe(401);
  });

  it("one of them is what the home opens, for nobody else", async () => {
    await save(
      focal,
      "Figures",
      "period=2026-10&scope=own&known=2026-10-31&split=service&splitSort=volume.asc&do=export",
      "figures",
    );
    const mine = (await views(focal)).find(({ name }) => name === "Figures");
    expect(mine?.query).toBe("known=2026-10-31&period=2026-10&scope=own&split=service&splitSort=volume.asc");
    expect((await other.send("views", "home", { id: mine?.id })).status).toBe(404);
    const homes = async () => (await views(focal)).filter(({ opensHome }) => opensHome).map(({ name }) => name);
    await focal.send("views", "home", { id: (await views(focal))[0]?.id });
    await focal.send("views", "home", { id: mine?.id });
    expect(await homes()).toEqual(["Figures"]);
    // What is none changes nothing.
    expect((await focal.send("views", "home", { id: 999_999 })).status).toBe(404);
    expect(await homes()).toEqual(["Figures"]);
    const { savedViews } = app.office.services;
    expect(await savedViews.homeOf({ userId: focal.person.userId })).toBe(`/admin/pages/figures?${mine?.query}`);
    expect(await savedViews.homeOf({ userId: other.person.userId })).toBeNull();
    await focal.send("views", "home", { id: 0 });
    expect(await homes()).toEqual([]);
    await focal.send("views", "remove", { id: mine?.id });
  });

  it("are renamed to a name that is free, and removed", async () => {
    await save(focal, "Second", "filters.importance=high");
    const second = (await views(focal)).find(({ name }) => name === "Second");
    const taken = await focal.send("views", "rename", { id: second?.id, name: "ما تولّيته" });
    expect([taken.status, taken.body.problem.faults[0].field]).toEqual([409, "/name"]);
    expect((await focal.send("views", "rename", { id: second?.id, name: "Urgent" })).status).toBe(200);
    await focal.send("views", "remove", { id: second?.id });
    expect((await views(focal)).map(({ name }) => name)).toEqual(["ما تولّيته"]);
  });

  it("are thirty at most", async () => {
    for (let i = 0; i < 29; i++) await save(other, `view ${i}`, "filters.type=complaint");
    expect((await save(other, "one more", "filters.type=complaint", "cases")).status).toBe(200);
    expect((await save(other, "too many", "filters.type=complaint")).status).toBe(409);
    // What is there already can still be set anew.
    expect((await save(other, "view 0", "filters.importance=high")).status).toBe(200);
  });
});

describe("a desk in its address", () => {
  const desk = async (who: SignedIn, query: Record<string, string> = {}): Promise<FocalDesk> =>
    ((await who.page("home", query)).body as HomeView).desks[0] as FocalDesk;
  const references = ({ groups }: FocalDesk) => groups.flatMap(({ cases }) => cases.map(({ reference }) => reference));

  it("is narrowed down to what is mine and to codes; its numbers stay those of the whole", async () => {
    const taken = (await app.office.receive({ importance: "high" })).reference;
    const free = (await app.office.receive({ importance: "low" })).reference;
    await app.office.act(taken, focal.person, "take", {}, sundayNine);
    expect(references(await desk(focal)).sort()).toEqual([taken, free].sort());
    const mine = await desk(focal, { "filters.assignee": "me" });
    expect([references(mine), mine.open]).toEqual([[taken], 2]);
    expect(references(await desk(focal, { "filters.importance": "low" }))).toEqual([free]);
    expect(references(await desk(focal, { "filters.type": "inquiry" }))).toEqual([]);
    // Only "me": nobody looks over another's shoulder by a number.
    expect(references(await desk(focal, { "filters.assignee": String(focal.person.userId) })).length).toBe(2);
    expect(
      references(await desk(focal, { "filters.sector": "none such", rows: "overdue.1e9,later.-1,zzz" })).length,
    ).toBe(0);
  });

  it("says the next act of each row as the case's own page does, and what each key starts", async () => {
    const { groups } = await desk(focal);
    for (const row of groups.flatMap(({ cases }) => cases)) {
      const { body } = await focal.get(`/admin/api/resources/cases/records/${row.reference}/page`);
      const offered: { action: string; primary: boolean; allowed: boolean }[] = body.view.actions;
      expect(row.next?.action).toBe(offered.find(({ primary }) => primary)?.action);
      const allowed = offered.filter(({ allowed }) => allowed).map(({ action }) => action);
      for (const { action } of row.acts) expect(allowed).toContain(action);
      expect(row.seq).toBe(body.view.expectedSeq);
    }
    const [free] = groups.flatMap(({ cases }) => cases).filter(({ assignee }) => assignee === null);
    expect([free?.next?.deed, free?.next?.atOnce]).toEqual(["take", true]);
    // From a colleague nothing is taken by one key: it is looked at first.
    const colleague = await app.signIn("focal_point", "CSPD", 1);
    const rows = (await desk(colleague)).groups.flatMap(({ cases }) => cases);
    const theirs = rows.find(({ assignee }) => assignee !== null && !assignee.me);
    expect(theirs?.acts.find(({ deed }) => deed === "take")?.atOnce).toBe(false);
  });

  it("shows a stranger nothing of it", async () => {
    expect(references(await desk(other))).toEqual([]);
    expect((await desk(other)).open).toBe(0);
  });

  it("shows as many rows as are asked for, up to two hundred", async () => {
    for (let i = 0; i < 19; i++) await app.office.receive({ importance: "low" });
    // All that came now with this importance is due at one moment.
    const rows = async (query = {}) => (await desk(focal, query)).groups.find(({ count }) => count >= 20);
    const group = (await rows())?.group;
    expect([(await rows())?.cases.length, (await rows())?.count]).toEqual([15, 20]);
    expect((await rows({ rows: `${group}.17` }))?.cases.length).toBe(17);
    expect((await rows({ rows: `${group}.900` }))?.cases.length).toBe(20);
  });
});
