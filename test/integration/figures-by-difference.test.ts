/**
 * What figures tell by their differences. Everything that any audience is given is taken twice, of the same cases without and with confidential
 * ones: nobody but those who handle them sees any difference, on any page, day or file. And numbers of few cases are nowhere but where
 * the reader reads these cases one by one.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { HeldSeat } from "../../src/engine/access/permissions.js";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import { kpiDimensions, splitDimensions } from "../../src/engine/measures/kpi-dimensions.js";
import { isFew } from "../../src/engine/measures/small-cells.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import { createFigures } from "../../src/features/reports/figures/figures.service.js";
import { createKpiTables } from "../../src/features/reports/kpi.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { audienceOf, countedOf, placeNumbers, sharedWith, type Told, toldTo } from "../support/figure-audiences.js";
import { copyCase } from "../support/many-cases.js";
import { manyOutcomes, spreadOver } from "../support/many-outcomes.js";
import { type Life, randomLife, seeded, tell } from "../support/random-histories.js";
import { calendarWith, type Histories, openHistories, policyOf } from "../support/rollup-histories.js";
import { openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

/** What those see of whom nobody handles a confidential case in that scope. */
const byStrangers = (told: readonly Told[]) =>
  told.filter(({ scope }) => !scope.confidential).map((one) => [one.by, countedOf(one)]);

/** Two who ask the same of the same cases get the same answer. */
function expectAgreed(told: readonly Told[]): void {
  const first = new Map<string, Told>();
  for (const one of told) {
    const guard = one.scope.readsCases ? "all" : one.scope.readsOf.join();
    const key = `${one.question} · ${one.scope.confidential} · ${guard}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, one);
    else expect([one.by, sharedWith(one, other)]).toEqual([one.by, sharedWith(other, one)]);
  }
}

/** What is counted of each place, and of how many cases its shares are. */
const [counts, shares]: readonly ReadonlySet<string>[] = [
  new Set(["overdue", "delayed", "count", "open"]),
  new Set(["denominator"]),
];
/** All numbers of that name that a letter's data hold of a place, wherever they are. */
function numbersOfPlaces(data: unknown, names: ReadonlySet<string> | undefined, inPlace = false): number[] {
  if (typeof data !== "object" || data === null) return [];
  const isPlace = inPlace || "code" in data || ("place" in data && data.place !== null);
  return Object.entries(data).flatMap(([key, value]) =>
    typeof value === "number" ? (isPlace && names?.has(key) ? [value] : []) : numbersOfPlaces(value, names, isPlace),
  );
}

describe("random histories", () => {
  const count = Number(process.env.HISTORIES ?? 2);
  const tree = { A: null, B: "A", C: "A", D: null } as const;
  const base = policyOf(0, 14);
  const setup = {
    ...base.setup,
    entities: new Map(
      Object.entries(tree).map(([code, parent], i) => [
        code,
        {
          ...base.setup.entities.get("A"),
          ...{ code, parent, sector: "water", level: parent === null ? 0 : 1, order: i, retired: false },
          name: { en: code, ar: code },
        },
      ]),
    ),
  } as Policy["setup"];
  const policy = { ...base, setup };
  const seat = (role: RoleCode, entity: string | null = null, sector: string | null = null): HeldSeat => ({
    ...{ role, programme: "test", entity, sector },
  });
  const audiences = [
    audienceOf(seat("operation_room")),
    audienceOf(seat("auditor")),
    audienceOf(seat("steering_committee")),
    audienceOf(seat("contact_centre_lead")),
    audienceOf(seat("secretary_general", "A")),
    audienceOf(seat("minister", "A")),
    audienceOf(seat("prime_minister", "A")),
    audienceOf(seat("main_focal_point", null, "water")),
    audienceOf(seat("entity_manager", "B")),
    audienceOf(seat("entity_manager", "A")),
    audienceOf(seat("focal_point", "B")),
    audienceOf(seat("focal_point", "D"), seat("steering_committee")),
  ];
  const calendar = compileCalendar(calendarWith({}));

  let test: TestDatabase;
  let histories: Histories;
  beforeAll(async () => {
    test = await createTestDatabase();
    histories = await openHistories(test);
    histories.setPolicy(policy);
  });
  afterAll(async () => {
    await histories.close();
    await test.close();
  });

  it.each(Array.from({ length: count }, (_, i) => i + 1))(
    "no difference tells of a confidential case (seed %i)",
    async (seed) => {
      const random = seeded(seed);
      const lives = Array.from({ length: 24 }, (_, i) =>
        randomLife(i + 1, random, new Date("2026-01-01T05:00:00Z"), 40),
      );
      // The first of all is one of them: no beginning tells of it.
      const secret = new Set(lives.filter((_, i) => i % 4 === 0));
      const first = {
        ...(lives[0] as Life),
        id: 100,
        entity: "B",
        receivedAt: new Date("2025-11-12T07:00:00Z"),
        acts: [],
      };
      const policies = { fresh: async () => policy };
      let isFound = false;
      for (const now of [new Date("2026-01-21T09:00:00Z"), new Date("2026-02-17T12:00:00Z")]) {
        const keep = async (life: Life, confidential: boolean) => {
          const told = tell(life, now, calendar);
          const ways = { confidential, governorate: life.id % 3 === 0 ? "north" : null };
          if (told !== null) await histories.keep(told, ways);
        };
        const all = () =>
          toldTo(audiences, {
            figures: createFigures({ db: test.db, policies, ...createKpiTables({ db: test.db, policies }) }),
            setup,
            now,
            asked: [
              { period: "2026-01", figure: "received", split: "service" },
              { period: "2026-01-18..2026-01-18", unit: "week", figure: "onTimeResolution", split: "channel" },
            ],
          });
        await histories.clear();
        for (const life of lives) if (!secret.has(life)) await keep(life, false);
        await histories.advance(now);
        const without = await all();
        for (const life of [first, ...secret]) await keep(life, true);
        await histories.advance(now);
        const told = await all();
        expect(without.length).toBeGreaterThan(20);
        expect(byStrangers(told)).toEqual(byStrangers(without));
        expectAgreed(told);
        const handled = (all: readonly Told[]) =>
          JSON.stringify(all.filter(({ scope }) => scope.confidential).map(countedOf));
        isFound ||= handled(told) !== handled(without);
      }
      // Those who handle them see them: a difference would be found.
      expect(isFound).toBe(true);
    },
    180_000,
  );
});

describe("a year of a small office", () => {
  const now = sundayNine;
  const entities = ["JFDA", "MOH", "MWI"];
  let office: WorkingOffice;
  beforeAll(async () => {
    office = await openWorkingOffice();
    await manyOutcomes(office, { entities, late: "MOH", now });
    // A few entities with few cases.
    await office.asOwner(
      `update cases set entity = (array['CSPD','MOF','MOI','MOT'])[1 + (id % 4)::integer] where id > 1000000 and id % 31 = 0`,
    );
    await spreadOver(office);
  }, 180_000);
  afterAll(() => office.close());

  const audiences = () =>
    [
      office.official("operation_room"),
      office.official("steering_committee"),
      office.official("contact_centre_lead"),
      office.official("auditor"),
      office.official("prime_minister", "PM"),
      office.official("minister", "MOH"),
      office.official("main_focal_point", "INTERIOR"),
      office.official("entity_manager", "MOH"),
      office.official("focal_point", "MOH"),
    ].map((actor) => ({ ...audienceOf(...(actor.seats as [HeldSeat])), actor }));
  const told = (asked: readonly { period: string; figure?: string; split?: string }[]) => {
    const { figures } = office.instance();
    return toldTo(audiences(), { figures: figures.read, setup: office.setup, now, asked });
  };

  it("shows counts of an entity to all who see its figures, and other numbers of few cases to who reads these cases", async () => {
    const all = await told(
      ["2026-10", "2026-11-08..2026-11-14"].flatMap((period) =>
        ["received", "onTimeResolution", "medianResolutionWorkingSeconds"].map((figure, i) => ({
          ...{ period, figure, split: splitDimensions[i] ?? "type" },
        })),
      ),
    );
    const [guarded, open] = [true, false].map((hides) => all.filter(({ view }) => view.hidesSmall === hides));
    const few = (numbers: readonly [string, number][]) => numbers.filter(([, n]) => isFew(n));
    for (const { by, view } of guarded ?? []) {
      const { counts, others } = placeNumbers(view);
      expect([by, few(others), few(counts).length > 0]).toEqual([by, [], true]);
      // Each as those see it who read the cases there.
      const seen = open?.find((one) => one.scope.kind === "programme" && one.view.period.from === view.period.from);
      const countsOf = (of: Told["view"] | undefined, codes: ReadonlySet<string>) =>
        of?.entities.flatMap(({ place, received, open: left, delayed }) =>
          codes.has(place.code) ? [[place.code, received, left, delayed]] : [],
        );
      const codes = new Set(view.entities.map(({ place }) => place.code));
      expect([by, countsOf(view, codes)]).toEqual([by, countsOf(seen?.view, codes)]);
      // By pillar nothing is alone in its row: the entity's own number would tell it.
      for (const { place, cells } of view.heat.rows)
        expect([by, place.code, cells.filter(({ hidden }) => hidden !== undefined).length]).not.toEqual([
          ...[by, place.code, 1],
        ]);
    }
    expect(new Set(guarded?.map(({ by }) => by.split(" · ")[0]))).toEqual(
      new Set(["steering_committee", "contact_centre_lead", "main_focal_point INTERIOR"]),
    );
    // There are many, and what is hidden of a whole is several lines that are together no small number.
    expect(open?.flatMap(({ view }) => few(placeNumbers(view).others)).length).toBeGreaterThan(50);
    const room = open?.find(
      ({ by, view }) => by.startsWith("operation_room") && view.figure === "medianResolutionWorkingSeconds",
    );
    const committee = guarded?.find(({ question }) => question === room?.question);
    const hidden = (committee?.view.entities ?? []).flatMap(({ now: { hidden: word } }, i) =>
      word === undefined ? [] : [room?.view.entities[i]?.now.n ?? 0],
    );
    expect(hidden.length).toBeGreaterThan(1);
    expect(hidden.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(10);
    // The same in a file.
    const table = committee?.files.find((file) => (file as { title: string }).title === "Entities") as
      | { rows: readonly (readonly unknown[])[] }
      | undefined;
    expect(
      table?.rows.flat().filter((cell) => cell === "Not shown" || cell === "Fewer than 10").length,
    ).toBeGreaterThan(3);
  });

  it("a letter tells how many are overdue of a place, and no share of few cases to who does not read them, then or now", async () => {
    for (const at of [new Date(now.getTime() - 7 * 86_400_000), now])
      await office.instance().jobs.run("send-digests", at);
    const letters = await office.rows(
      "select m.data, u.name from messages m join users u on u.id = m.receiver_user where m.key like 'digest/%' and m.data ? 'reader'",
    );
    const numbersIn = (names: ReadonlySet<string> | undefined) =>
      letters.flatMap(({ data }) => {
        const { reader } = data as { reader: { scope: { readsCases: boolean } } };
        return numbersOfPlaces(data, names).map((n) => ({ readsCases: reader.scope.readsCases, n }));
      });
    const ofShares = numbersIn(shares);
    const few = ofShares.filter(({ n }) => isFew(n));
    expect(few.filter(({ readsCases }) => !readsCases)).toEqual([]);
    expect(few.some(({ readsCases }) => readsCases)).toBe(true);
    expect(ofShares.some(({ readsCases }) => !readsCases)).toBe(true);
    expect(numbersIn(counts).some(({ n, readsCases }) => isFew(n) && !readsCases)).toBe(true);
    // The committee's names who is furthest behind, by fewer than ten.
    const told = letters.map(({ data }) => data as { story?: { latest?: unknown }; reader: { scope: object } });
    const committee = told.filter(({ reader }) => "figures" in reader.scope && reader.scope.figures === "all");
    expect(committee.at(-1)?.story?.latest).toMatchObject({ code: "MOH", count: 6, open: 18, onTime: null });
  });

  /** What is told besides pages: by letters of all kinds, to keys of other systems, and by trials of alerts. */
  const elsewhere = async () => {
    const { digests, reports, figureAlerts } = office.instance();
    const period = { programme, from: "2026-09-01", to: "2026-11-22" };
    const given = {
      programme,
      scope: "all",
      condition: "above",
      value: 1,
      unit: "week",
      periods: 1,
      least: 10,
    } as const;
    const actor = office.official("steering_committee");
    const found: unknown[] = [];
    for (const asked of [
      { name: "committee", readsCases: false },
      { name: "cabinet", role: "minister" },
      { name: "cabinet", role: "prime_minister" },
      { name: "executive", entity: "MOH", role: "minister" },
    ])
      found.push((await digests.told({ ...asked, programme, at: now })).data);
    for (const by of [undefined, ...kpiDimensions])
      found.push(await reports.shared({ ...period, by, key: 1, now }), await reports.kpi({ ...period, by, at: now }));
    for (const entity of entities)
      found.push(await reports.shared({ ...period, entity, by: "type", key: 1, now: sundayNine }));
    for (const kpi of ["received", "resolved", "delayed", "backlog"] as const)
      found.push(await figureAlerts.try({ actor, now, given: { ...given, kpi } }));
    return found.map(withoutTotal);
  };
  /** All but the total of what is left out, which is in full tens. */
  const withoutTotal = (told: unknown): unknown =>
    JSON.parse(JSON.stringify(told, (key, value) => (key === "confidentialCases" ? null : value)));

  it("no page, home, file, letter, key or alert differs for strangers when there are confidential cases everywhere", async () => {
    const asked = [
      { period: "2026-10" },
      { period: "2026", figure: "received", split: "service" },
      { period: "2026-11", split: "channel" },
    ];
    const homes = async () => {
      const { home } = office.instance();
      const desks = [];
      for (const { name, actor } of audiences())
        if (!name.startsWith("focal_point") && !name.startsWith("entity_manager"))
          desks.push([name, withoutTotal(await home({ actor, now }))]);
      return desks;
    };
    const sum = () => office.services.reports.rollups.rebuild({ now });
    await sum();
    const [before, homesBefore, othersBefore] = [await told(asked), await homes(), await elsewhere()];
    const { reference } = await office.receive(
      { type: "report", pillar: null, description: "Somebody uses the car." },
      now,
    );
    const { id } = await office.caseRow(reference);
    await copyCase(office, { caseId: Number(id), copies: 60, shift: "g * interval '-200 hours'" });
    await office.asOwner(
      `update cases set entity = (array['JFDA','MOH','MWI','MOF'])[1 + (id % 4)::integer], pillar = (select min(code) from pillars where programme = $1)
        where confidential and id > 1000000`,
      programme,
    );
    await office.asOwner(
      "update applications a set governorate = 'AMM' from cases c where c.id = a.id and c.confidential",
    );
    await office.asOwner(
      `update cases set state_kind = 'final', first_resolved_at = received_at + interval '1 day', resolved_at = received_at + interval '1 day',
        imported = true, rated_at = received_at + interval '2 days', rating = 1 where confidential and id % 2 = 0`,
    );
    await sum();
    const after = await told(asked);
    expect(byStrangers(after)).toEqual(byStrangers(before));
    expect(await homes()).toEqual(homesBefore);
    expect(await elsewhere()).toEqual(othersBefore);
    expectAgreed(after);
    // What each has in hand is seen by those alone who handle the confidential cases of that entity too.
    expect(new Set(after.flatMap(({ by, view }) => (view.team === null ? [] : [by.split(" · ")[0]])))).toEqual(
      new Set(["entity_manager MOH"]),
    );
    const handler = (all: readonly Told[]) => all.filter(({ by }) => by.startsWith("focal_point MOH")).map(countedOf);
    expect(handler(after)).not.toEqual(handler(before));
  });
});
