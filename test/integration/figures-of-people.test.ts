/** What somebody has in hand or answered, as figures of their own; and what each of an entity's people has to do. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { CountedFilter, CountedHappening } from "../../src/engine/lifecycle/counted-cases.js";
import type { FiguresView } from "../../src/engine/measures/figures-view.js";
import { pageFigure } from "../../src/engine/measures/page-figures.js";
import type { CaseFilters } from "../../src/engine/search/case-search.js";
import { manyOutcomes } from "../support/many-outcomes.js";
import {
  openWorkingOffice,
  type Person,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

const now = sundayNine;
const entity = "JFDA";
let office: WorkingOffice;
let rana: Person;
let manager: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  await manyOutcomes(office, { entities: [entity, "MOH", "MWI"], late: "MOH", now });
  rana = office.official("focal_point", entity);
  manager = office.official("entity_manager", entity);
  for (const [who, part] of [
    [rana, 0],
    [manager, 1],
  ] as const) {
    await office.asOwner(
      "update cases set answered_by = $1 where entity = $2 and id > 1000000 and id % 4 = $3 and first_resolved_at is not null",
      ...[who.userId, entity, part],
    );
    await office.asOwner(
      "update cases set assignee = $1 where entity = $2 and id > 1000000 and id % 4 = $3 and state_kind = 'open'",
      ...[who.userId, entity, part],
    );
  }
  await office.asOwner(
    "update clocks k set held_by = coalesce(c.assignee, c.answered_by) from cases c where c.id = k.case_id and c.id > 1000000",
  );
  // Answered, and handed to another entity: the cases of others.
  await office.asOwner(
    "update cases set answered_by = $1 where entity = 'MOH' and id > 1000000 and id % 9 = 0 and first_resolved_at is not null",
    rana.userId,
  );
}, 180_000);
afterAll(() => office.close());

const read = (actor: Person, more: object = {}): Promise<FiguresView> =>
  office.services.figures.read({ actor, now, period: "2026", ...more });
const listed = async (actor: Person, filters: CaseFilters): Promise<number> =>
  (await office.services.cases.count({ actor, now, filters: { programme, ...filters } })).total;
const figureOf = (view: FiguresView, code: string) => view.figures.find((figure) => figure.code === code)?.now;

it("own figures count what one has in hand or answered, and lead to exactly that", async () => {
  const [own, whole] = [await read(rana, { scope: "own" }), await read(rana)];
  const { from, to } = own.elapsed;
  const mine = { handledBy: rana.userId, entity };
  for (const code of ["onTimeResolution", "firstResponse", "satisfaction", "reopened", "resolved"] as const) {
    const measured = figureOf(own, code);
    const counted: CountedFilter = { happening: pageFigure(code).cases as CountedHappening, from, to, level: null };
    expect([code, await listed(rana, { ...mine, counted })]).toEqual([code, measured?.denominator ?? measured?.value]);
    expect(figureOf(whole, code)?.n).toBeGreaterThan(measured?.n ?? 0);
    expect(measured?.n).toBeGreaterThan(0);
  }
  expect(await listed(rana, { ...mine, kinds: ["open", "waiting"] })).toBe(figureOf(own, "backlog")?.value);
  expect(own.figures.map(({ code }) => code)).not.toContain("casesPerFocalPoint");
  expect(own.entities.map(({ place }) => place.code)).toEqual([entity]);
  // Nobody else's.
  expect(figureOf(await read(manager, { scope: "own" }), "resolved")?.value).not.toBe(figureOf(own, "resolved")?.value);
});

it("a team's load is by person, and leads to their cases", async () => {
  const { team } = await read(manager);
  const open = await listed(manager, { entity, kinds: ["open", "waiting"] });
  expect(team?.reduce((sum, line) => sum + line.open, 0)).toBe(open);
  expect(team?.[0]?.person).toBeNull();
  const names = team?.flatMap(({ person }) => person?.name ?? []) ?? [];
  expect(names).toEqual([...names].sort());
  const ofRana = team?.find(({ person }) => person?.id === rana.userId);
  expect(ofRana?.open).toBeGreaterThan(0);
  for (const group of ["overdue", "today", "next"] as const)
    expect([group, await listed(manager, { entity, assignee: rana.userId, desk: group })]).toEqual([
      group,
      ofRana?.[group],
    ]);
});

it("a scope is narrowed down to one of its entities", async () => {
  const room = office.official("operation_room");
  const all = await read(room);
  const one = await read(room, { entity });
  const line = all.entities.find(({ place }) => place.code === entity);
  expect(figureOf(one, "received")?.value).toBe(line?.received);
  expect(one.within?.code).toBe(entity);
  expect(one.scope).toMatchObject({ id: "all", kind: "entity", code: entity, readsCases: true });
  expect(one.trend.steps.reduce((sum, { received }) => sum + Number(received), 0)).toBeGreaterThan(0);
});

it("after a change of the zone, days are those of the new one, in figures and lists alike", async () => {
  const room = office.official("operation_room");
  const day = "2026-10-05";
  await office.services.handlers["sum-figures"](now);
  await office.asOwner("update programmes set time_zone = 'Pacific/Auckland' where code = $1", programme);
  const { figures, cases } = office.instance();
  const view = await figures.read({ actor: room, now, period: `${day}..${day}`, figure: "received" });
  const counted: CountedFilter = { happening: "received", from: day, to: "2026-10-06", level: null };
  const { total } = await cases.count({ actor: room, now, filters: { programme, confidential: false, counted } });
  expect(figureOf(view, "received")?.value).toBe(total);
  // Its midnight is that of Auckland.
  const [row] = await office.rows(
    `select count(*)::integer as n from cases where (received_at at time zone 'Pacific/Auckland')::date = '${day}'::date`,
  );
  expect(total).toBe(row?.n);
});
