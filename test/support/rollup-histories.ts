/** Random histories told in steps, summed as they go and counted case by case: the two must be the same. */
import { deepStrictEqual } from "node:assert";
import type { Sequelize } from "sequelize";
import type { CalendarDefinition } from "../../src/engine/calendar/calendar-definition.js";
import { compileCalendar, type WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import { kpiDimensions } from "../../src/engine/measures/kpi-dimensions.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import type { Entity } from "../../src/engine/setup/setup.js";
import { createKpi, createKpiTables, type KpiRequest } from "../../src/features/reports/kpi.js";
import { checkRollups } from "../../src/features/reports/rollups/check-rollups.js";
import { advanceRollups, rebuildRollups } from "../../src/features/reports/rollups/create-rollups.js";
import type { RollupParts } from "../../src/features/reports/rollups/fact-values.js";
import { connect } from "../../src/platform/db/connect.js";
import { insertProgramme } from "./case-rows.js";
import type { TestDatabase } from "./database.js";
import { type Act, type Life, randomLife, seeded, type Told, tell } from "./random-histories.js";
import { sampleSetup } from "./sample-setup.js";
import { storeLife } from "./store-life.js";

const day = 86_400_000;
const hours = [
  ["08:30", "12:00"],
  ["12:30", "15:30"],
] as const;
const shorter = [["09:00", "14:00"]] as const;
export const calendarWith = (more: Partial<CalendarDefinition>): CalendarDefinition => ({
  code: "test",
  name: { en: "Test", ar: "اختبار" },
  timeZone: "Asia/Amman",
  covers: { from: "2024-01-01", to: "2027-12-31" },
  periods: [
    { from: "2024-01-01", to: "2027-12-31", hours: { sun: hours, mon: hours, tue: hours, wed: hours, thu: hours } },
  ],
  days: [],
  ...more,
});
const definitions = [
  calendarWith({}),
  calendarWith({ days: [{ date: "2026-01-18", to: "2026-01-20", name: { en: "Feast", ar: "عيد" }, hours: [] }] }),
  calendarWith({ days: [{ date: "2026-02-01", to: "2026-02-12", name: { en: "Snow", ar: "ثلج" }, hours: shorter }] }),
];
const calendars = definitions.map(compileCalendar);
const sample = sampleSetup();
const ladder = [
  { level: 1, role: "entity_manager" as const },
  { level: 2, role: "minister" as const },
];
const tableDimensions = kpiDimensions.filter((dimension) => dimension !== "entity");
const places = ["A", "B", "C", "D"] as const;
const branches = [
  ["A", "C"],
  ["A", "B", "D"],
  ["B", "C"],
];
/** One of three calendars, how many days a case can be reopened, and which entities are no more. */
export function policyOf(version: number, reopenWindowDays: number, ended: readonly string[] = []): Policy {
  const settings = { ...sample.programme.settings, ladder, reopenWindowDays };
  const programme = { ...sample.programme, code: "test", timeZone: "Asia/Amman", settings };
  const like = sample.entities.get("MWI") as Entity;
  const entities = new Map(places.map((code) => [code, { ...like, code, retired: ended.includes(code) }]));
  const setup = { ...sample, programme, entities, calendar: { ...sample.calendar, versionId: version } };
  return { setup, calendar: calendars[version], runner: () => null } as Policy;
}

/** What a life does not tell: drawn once a case. */
interface Ways {
  readonly confidential: boolean;
  readonly imported: boolean;
  readonly importance: string;
  readonly governorate: string | null;
  /** Its acts are recorded a step late: their moments are past by then. */
  readonly backdated: boolean;
  readonly letters: string;
}

const plain: Ways = {
  confidential: false,
  imported: false,
  importance: "normal",
  governorate: null,
  backdated: false,
  letters: "sent",
};

export interface Histories {
  readonly superuser: Sequelize;
  readonly parts: RollupParts;
  advance(now: Date): Promise<{ cases: number }>;
  clear(): Promise<void>;
  /** Puts a case in, or in the place of what it was. */
  keep(told: Told, ways?: Partial<Ways>): Promise<void>;
  /** Every question that tells of a moment, from the sums and from the cases. */
  expectEqual(at: Date, about: string): Promise<void>;
  setPolicy(policy: Policy): void;
  /** Throws where a sum is not what is counted. */
  run(seed: number): Promise<void>;
  close(): Promise<void>;
}

/** On a migrated database without rows. */
export async function openHistories(test: TestDatabase): Promise<Histories> {
  const superuser = connect(test.ownerUrl, { max: 2, name: "superuser" });
  const versions = await insertProgramme(superuser);
  await superuser.query(`insert into governorates (programme, code, name_ar, name_en) values ('test', 'north', 'ش', 'N');
    insert into importance_levels (programme, code, name_ar, name_en, rank) values ('test', 'high', 'ع', 'High', 2)`);
  const [users] = (await superuser.query(
    "insert into users (email, name, created_at) values ('o@example.jo', 'O', now()) returning id",
  )) as [{ id: number }[], unknown];
  const official = users[0]?.id ?? 0;
  let policy = policyOf(0, 14);
  const policies = { fresh: async () => policy };
  const parts = { db: test.db, policies, programmes: async () => ["test"], elapsed: () => performance.now() };
  const kpi = createKpi({ db: test.db, policies });
  const { series, table } = createKpiTables({ db: test.db, policies });
  const advance = (now: Date) => advanceRollups(parts, { now, maxMs: 60_000 });
  async function clear(): Promise<void> {
    await superuser.query(`truncate enforcements, clocks, messages, case_events, cases, applicants, applications cascade;
      truncate rollups, rollup_cases, rollup_facts, rollup_days, rollup_parts, rollup_later, case_moves cascade`);
  }

  async function forget(id: number): Promise<void> {
    for (const table of ["enforcements", "clocks", "messages", "case_events"])
      await superuser.query(`delete from ${table} where case_id = ${id}`);
    await superuser.query(`delete from cases where id = ${id}; delete from applications where id = ${id}`);
  }

  async function keep(told: Told, drawn: Partial<Ways> = {}): Promise<void> {
    const ways = { ...plain, ...drawn };
    const { id } = told.life;
    await forget(id);
    const imported = ways.imported && told.cycle === 1;
    const events = imported ? told.events.filter(({ type }) => type !== "case.rated") : told.events;
    const columns = { confidential: ways.confidential, importance: ways.importance, imported };
    await storeLife(superuser, { ...told, events }, { ...versions, official, columns });
    if (ways.governorate) await superuser.query(`update applications set governorate = 'north' where id = ${id}`);
    for (const [template, at] of [
      ["applicant-received", told.life.receivedAt],
      ["applicant-answered", told.resolutions[0]],
    ] as const)
      if (at !== undefined)
        await superuser.query(
          `insert into messages (key, case_id, programme, template, receiver_case, language, data, created_at, state, sent_at)
          values ($1, $2, 'test', $3, $2, 'ar', '{}', $4, $5, case when $5 = 'sent' then $4::timestamptz end)`,
          { bind: [`${template}/${id}`, id, template, at, ways.letters] },
        );
  }

  /** Every question that tells of a step, from the sums and from the cases; of many steps a share of the periods is enough. */
  async function expectEqual(at: Date, about: string, share = 1): Promise<void> {
    const random = seeded(at.getTime());
    const pickOne = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const days = (n: number) => new Date(at.getTime() + n * day).toISOString().slice(0, 10);
    const periods = [
      ["2026-01-01", "2026-02-01"],
      ["2026-01-01", "2027-01-01"],
      [days(-9), days(-2)],
      [days(-1), days(3)],
      ["2026-01-15", "2026-03-09"],
      [days(4), days(8)],
    ] as const;
    for (const [i, [from, to]] of periods.entries()) {
      if (random() > share) continue;
      const asked: Partial<KpiRequest>[] = [
        {},
        { confidential: true },
        { entities: ["A", "C"] },
        { entities: pickOne(branches), by: "entity" },
        { by: "entity", only: { dimension: "type", code: "complaint" } },
        ...kpiDimensions.filter((_, n) => n % periods.length === i || i === 1).map((by) => ({ by })),
      ];
      for (const more of asked) {
        const question = { programme: "test", from, to, at, ...more };
        const [summed, counted] = [await kpi({ ...question, newest: true }), await kpi(question)];
        deepStrictEqual({ about, more, ...summed }, { about, more, ...counted, at: at.toISOString() });
      }
    }
    // All periods in one question, and two dimensions in one: as period by period, and cell by cell.
    const [across, by] = [pickOne(tableDimensions), pickOne(kpiDimensions)];
    const [from, to] = pickOne(periods);
    const ranges = periods.map(([from, to]) => ({ from, to }));
    const question = { programme: "test", at, ...pickOne([{}, { confidential: true }, { entities: ["B", "C"] }]) };
    for (const [ask, more] of [
      [series, { ...question, by, periods: ranges }],
      [table, { ...question, across, from, to }],
    ] as [(asked: object) => Promise<unknown>, object][])
      deepStrictEqual(
        { about, more, all: await ask({ ...more, newest: true }) },
        { about, more, all: await ask(more) },
      );
  }

  /** An entity is no more: somebody takes its open cases over, or, with null, they are placed by hand. */
  async function end(place: string, heir: string | null, now: Date, cases: { life: Life }[]): Promise<void> {
    await superuser.query(
      `insert into case_moves (id, programme, entity, to_entity, others, created_at, total, state, finished_at)
        values (gen_random_uuid(), 'test', $1, $2, '{}', $3, 0, 'done', $3)`,
      { bind: [place, heir, now] },
    );
    if (heir === null) return;
    for (const one of cases) {
      const told = tell(one.life, now, calendars[0] as WorkingCalendar);
      if (told?.entity !== place || (told.state !== "open" && told.state !== "waiting")) continue;
      const acts: Act[] = [...one.life.acts, { kind: "transfer", at: now, to: heir }];
      one.life = { ...one.life, acts: acts.sort((a, b) => a.at.getTime() - b.at.getTime()) };
    }
  }

  async function run(seed: number): Promise<void> {
    await clear();
    const random = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    let counting: [version: number, reopenWindowDays: number] = [pick([0, 1, 2]), 14];
    const cases = Array.from({ length: 16 }, (_, i) => ({
      life: randomLife(i + 1, random, new Date("2026-01-01T05:00:00Z"), 45),
      way: {
        confidential: random() < 0.2,
        imported: random() < 0.2,
        importance: pick(["normal", "high"]),
        governorate: pick(["north", null]),
        backdated: random() < 0.3,
        letters: pick(["pending", "sent", "kept", "failed"]),
      } satisfies Ways,
    }));
    const ended = new Set<string>();
    let before = new Date("2026-01-05T00:00:00Z");
    const kept = new Map<number, string>();
    for (const step of [0, 1, 2, 3]) {
      const now = new Date(before.getTime() + Math.floor(1000 + random() * 25 * 86_400) * 1000);
      if (step > 1 && random() < 0.4) counting = [pick([0, 1, 2]), pick([7, 14])];
      if (step > 0 && random() < 0.5) {
        const [place, heir] = [pick(places), pick([...places, null])];
        // One that ended may come back, and one that took cases over may end too.
        if (ended.has(place)) ended.delete(place);
        else if (place !== heir) {
          ended.add(place);
          await end(place, heir, now, cases);
        }
      }
      policy = policyOf(...counting, [...ended]);
      if (random() < 0.3)
        await superuser.query("update messages set state = 'sent', sent_at = $1 where state = 'pending'", {
          bind: [before],
        });
      for (const { life, way } of cases) {
        const told = tell(life, way.backdated ? before : now, calendars[0] as WorkingCalendar);
        const events = JSON.stringify(told?.events.length);
        if (told === null || kept.get(life.id) === events) continue;
        await keep(told, way);
        kept.set(life.id, events);
      }
      await advance(now);
      await expectEqual(now, `seed ${seed}, step ${step}`, 1 / 3);
      const { asOf, wrongCases, wrongSums } = await checkRollups(parts, "test");
      deepStrictEqual({ seed, asOf, wrongCases, wrongSums }, { seed, asOf: now, wrongCases: [], wrongSums: 0 });
      before = now;
    }
    await rebuildRollups(parts, { programme: "test", now: before });
    await advance(before);
    await expectEqual(before, `seed ${seed}, rebuilt`);
  }
  return {
    ...{ superuser, parts, advance, clear, keep, expectEqual, run },
    setPolicy(next) {
      policy = next;
    },
    close: () => superuser.close(),
  };
}
