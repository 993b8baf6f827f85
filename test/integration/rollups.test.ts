/** Sums that are kept equal the count of single cases, over random histories: in steps, with everything that may change between two. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { compileCalendar, type WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import { createKpi } from "../../src/features/reports/kpi.js";
import { checkRollups } from "../../src/features/reports/rollups/check-rollups.js";
import { createRollups, rebuildRollups } from "../../src/features/reports/rollups/create-rollups.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { randomLife, seeded, tell } from "../support/random-histories.js";
import { calendarWith, type Histories, openHistories, policyOf } from "../support/rollup-histories.js";

/** How many histories; `HISTORIES=300` is the proof. */
const count = Number(process.env.HISTORIES ?? 6);
const firstSeed = Number(process.env.FIRST_SEED ?? 1);

let test: TestDatabase;
let histories: Histories;
beforeAll(async () => {
  test = await createTestDatabase();
  histories = await openHistories(test);
});
afterAll(async () => {
  await histories.close();
  await test.close();
});

/** Cases are counted again as long as a transaction that is older than their events may still write, also one of another database. */
async function settled() {
  const unsettled = `select 1 from case_events where tx >= pg_snapshot_xmin(pg_current_snapshot())
    and tx < pg_snapshot_xmax(pg_current_snapshot()) limit 1`;
  while ((await rows(unsettled)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("random histories", () => {
  it.each(Array.from({ length: count }, (_, i) => firstSeed + i))(
    "are summed as they are counted (seed %i)",
    (seed) => histories.run(seed),
    120_000,
  );
});

const calendar: WorkingCalendar = compileCalendar(calendarWith({}));
const lives = (n: number, seed: number) => {
  const random = seeded(seed);
  return Array.from({ length: n }, (_, i) => randomLife(i + 1, random, new Date("2026-01-01T05:00:00Z"), 30));
};
const early = new Date("2026-01-20T09:00:00Z");
const late = new Date("2026-02-10T09:00:00Z");
async function keepAll(until: Date, n = 12): Promise<void> {
  for (const life of lives(n, 5)) {
    const told = tell(life, until, calendar);
    if (told !== null) await histories.keep(told);
  }
}
const rows = async <Row>(text: string): Promise<Row[]> => (await histories.superuser.query(text))[0] as Row[];
const aCase = async () =>
  (await rows<{ id: number }>("select min(case_id)::integer as id from rollup_facts where kind = 'received'"))[0]?.id ??
  0;
const sound = async () => {
  const { wrongCases, wrongSums } = await checkRollups(histories.parts, "test");
  expect({ wrongCases, wrongSums }).toEqual({ wrongCases: [], wrongSums: 0 });
};
const kpi = () => createKpi({ db: test.db, policies: histories.parts.policies });
const asked = { programme: "test", from: "2026-01-01", to: "2026-03-01" };

describe("sums", () => {
  beforeEach(async () => {
    await histories.clear();
    histories.setPolicy(policyOf(0, 14));
    await keepAll(early);
    await histories.advance(early);
    await keepAll(late);
  });

  it("are what they were or what they should be, whenever the one who counts is killed", async () => {
    const kill = () =>
      histories.superuser.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'diwan' and datname = current_database() and state <> 'idle'",
      );
    let killed = 0;
    for (const wait of [3, 15, 40, 90]) {
      // All of them are new again.
      await keepAll(late);
      let ended = false;
      const advancing = histories.advance(late).then(
        () => 0,
        () => 1,
      );
      const watched = advancing.finally(() => {
        ended = true;
      });
      while (!ended) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        await kill();
      }
      killed += await watched;
      await sound();
    }
    expect(killed).toBeGreaterThan(0);
    await histories.advance(late);
    await histories.expectEqual(late, "after kills");
  }, 60_000);

  it("are counted once by many at once, while they are built too", async () => {
    await Promise.all([1, 2, 3].map(() => histories.advance(late)));
    await histories.expectEqual(late, "three at once");
    await rebuildRollups(histories.parts, { programme: "test", now: late });
    await Promise.all([1, 2, 3].map(() => histories.advance(late)));
    await histories.advance(late);
    await histories.expectEqual(late, "three at once, rebuilt");
    expect(await rows("select state from rollups")).toEqual([{ state: "current" }]);
  }, 60_000);

  it("cost nothing where nothing happened", async () => {
    expect((await histories.advance(late)).cases).toBeGreaterThan(0);
    await settled();
    await histories.advance(late);
    // The deadline that falls at this very moment would count again: there is none.
    expect(await histories.advance(late)).toEqual({ cases: 0 });
  });

  it("leave a case as it was until an event of a wrong clock has come", async () => {
    await histories.advance(late);
    const id = await aCase();
    const before = await rows(`select kind, day from rollup_facts where case_id = ${id} order by 1, 2`);
    const ahead = new Date(late.getTime() + 86_400_000);
    await histories.superuser.query(
      `insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) values (${id}, 900, $1, 'case.transferred', '{}', '{}', '', '');`,
      { bind: [ahead] },
    );
    await histories.superuser.query(`update cases set transfer_count = 9, entity = 'D' where id = ${id}`);
    await histories.advance(late);
    expect(await rows("select as_of from rollups")).toEqual([{ as_of: late }]);
    expect(await rows(`select kind, day from rollup_facts where case_id = ${id} order by 1, 2`)).toEqual(before);
    await sound();
    await histories.advance(ahead);
    expect(await rows(`select entity from rollup_cases where case_id = ${id}`)).toEqual([{ entity: "D" }]);
    await sound();
  });

  /** Of one case the letter of its receipt, and how many receipts the sums have. */
  const aReceipt = async () =>
    (
      await rows<{ id: number; case_id: number }>(
        "select m.id::integer, m.case_id::integer from messages m join cases c on c.id = m.case_id and c.withdrawn_at is null and c.duplicate_of is null where m.template = 'applicant-received' order by m.id limit 1",
      )
    )[0] ?? { id: 0, case_id: 0 };
  const change = (text: string, ...bind: unknown[]) => histories.superuser.query(text, { bind });

  it("have a letter that leaves while they are brought up to date", async () => {
    const { id } = await aReceipt();
    await histories.advance(late);
    const soon = new Date(late.getTime() + 5000);
    await change("update messages set state = 'pending', sent_at = null where id = $1", id);
    await rebuildRollups(histories.parts, { programme: "test", now: late });
    // It leaves behind the moment that the run is for, before the run looks at it.
    await change("update messages set state = 'sent', sent_at = $2 where id = $1", id, soon);
    await histories.advance(late);
    await histories.expectEqual(late, "not sent yet");
    await histories.advance(new Date(late.getTime() + 60_000));
    await histories.expectEqual(new Date(late.getTime() + 60_000), "sent since");
    await sound();
  });

  it("have a letter that was kept, and is sent when somebody asks for it", async () => {
    const { id } = await aReceipt();
    await change("update messages set state = 'kept', sent_at = null where id = $1", id);
    await histories.advance(late);
    const next = new Date(late.getTime() + 60_000);
    await change("update messages set state = 'sent', sent_at = $2 where id = $1", id, next);
    await histories.advance(next);
    await histories.expectEqual(next, "kept before");
    // So also where somebody ran the job as of a moment to come.
    const ahead = new Date(late.getTime() + 86_400_000);
    await change(
      "update messages set state = 'pending', sent_at = null where id <> $1 and template = 'applicant-received'",
      id,
    );
    await rebuildRollups(histories.parts, { programme: "test", now: ahead });
    await histories.advance(ahead);
    await change(
      "update messages set state = 'sent', sent_at = $1 where state = 'pending'",
      new Date(next.getTime() + 1000),
    );
    await histories.advance(new Date(next.getTime() + 60_000));
    await histories.expectEqual(ahead, "ahead");
    // The same once more, to somebody who has it already.
    await change(
      `insert into messages (key, case_id, programme, template, receiver_case, language, data, created_at, state)
        select key || '/again/1', case_id, programme, template, receiver_case, language, data, $2, 'pending' from messages where id = $1`,
      id,
      next,
    );
    await sound();
  });

  it("have what a wrong clock dated ahead, also where the case changed meanwhile", async () => {
    await histories.advance(late);
    const id = await aCase();
    const ahead = new Date(late.getTime() + 3_600_000);
    const add = (seq: number, at: Date, data: string) =>
      change(
        `insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) values ($1, $2, $3, 'case.rated', '{}', $4, '', '')`,
        id,
        seq,
        at,
        data,
      );
    await change("update cases set rated_at = $2, rating = 5 where id = $1", id, ahead);
    await add(900, ahead, '{"rating":5}');
    await histories.advance(new Date(late.getTime() + 60_000));
    await add(901, new Date(late.getTime() + 90_000), '{"rating":4}');
    await histories.advance(new Date(late.getTime() + 120_000));
    await histories.advance(ahead);
    await histories.expectEqual(ahead, "its moment has come");
    await sound();
  });

  it("go on in a restored copy, whose transactions have lower numbers", async () => {
    await histories.advance(late);
    const far = "(pg_current_xact_id()::text::bigint + 1000000)::text::xid8";
    await change(`update case_events set tx = ${far}`);
    await change(`update rollups set from_tx = ${far}`);
    const id = await aCase();
    const next = new Date(late.getTime() + 60_000);
    await change(
      "insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash) values ($1, 902, $2, 'case.transferred', '{}', '{}', '', '')",
      id,
      next,
    );
    await change("update cases set transfer_count = 9 where id = $1", id);
    await histories.advance(next);
    await histories.expectEqual(next, "restored");
    await settled();
    await histories.advance(next);
    // What came with the copy is not new each time.
    expect(await histories.advance(new Date(next.getTime() + 1000))).toEqual({ cases: 0 });
  });

  it("are made anew to the end beside another who counts", async () => {
    await histories.advance(late);
    const rollups = createRollups(histories.parts);
    const lock = await histories.superuser.transaction();
    await histories.superuser.query("select pg_advisory_xact_lock(hashtextextended('diwan rollups ' || 'test', 0))", {
      transaction: lock,
    });
    const rebuilding = rollups.rebuild({ now: late });
    await new Promise((resolve) => setTimeout(resolve, 300));
    // No second edition is begun while another instance may be at the end of one.
    expect(await rows("select state from rollups where state <> 'old'")).toEqual([{ state: "current" }]);
    await lock.commit();
    expect((await rebuilding).cases).toBeGreaterThan(0);
    expect(await rows("select state from rollups where state <> 'old'")).toEqual([{ state: "current" }]);
    await sound();
  });

  it("are compared with the cases, and made anew", async () => {
    // A case that may still change by an open transaction is not compared, so none may be open.
    await settled();
    await histories.advance(late);
    const id = await aCase();
    await histories.superuser.query(
      "update rollup_days set received = received + 1 where dimension = '' and grain = 'month' and received > 0",
    );
    const months = (await rows("select 1 from rollup_days where dimension = '' and grain = 'month' and received > 0"))
      .length;
    await histories.superuser.query(`delete from rollup_facts where case_id = ${id} and kind = 'received'`);
    const found = await checkRollups(histories.parts, "test");
    expect(found.wrongCases).toEqual([id]);
    expect(found.wrongSums).toBeGreaterThanOrEqual(months);
    await rebuildRollups(histories.parts, { programme: "test", now: late });
    // Until the new ones are complete the old ones answer.
    expect(await rows("select state from rollups order by id")).toEqual([{ state: "current" }, { state: "building" }]);
    await histories.advance(late);
    await sound();
    await histories.expectEqual(late, "made anew");
  });

  it("have times of a clock that went backwards", async () => {
    await histories.superuser.query(
      "update cases set resolution_working_seconds = -90 - id where first_resolved_at is not null",
    );
    await rebuildRollups(histories.parts, { programme: "test", now: late });
    await histories.advance(late);
    await histories.expectEqual(late, "below nought");
  });

  it("answer what is at most two minutes old, and the cases answer otherwise", async () => {
    await histories.advance(late);
    const since = (minutes: number) => new Date(late.getTime() + minutes * 60_000);
    const at = async (minutes: number) => (await kpi()({ ...asked, at: since(minutes), newest: true })).at;
    expect(await at(2)).toBe(late.toISOString());
    expect(await at(3)).toBe(since(3).toISOString());
    // Somebody ran the job as of a moment to come.
    expect(await at(-3)).toBe(since(-3).toISOString());
    expect((await kpi()({ ...asked, at: since(1) })).at).toBe(since(1).toISOString());
    // Another window for reopening: the sums are not counted in this way yet.
    histories.setPolicy(policyOf(0, 3));
    expect(await at(1)).toBe(since(1).toISOString());
    await histories.advance(since(1));
    await histories.advance(since(1));
    expect(await at(1)).toBe(since(1).toISOString());
    expect(await rows("select state from rollups where state = 'current'")).toHaveLength(1);
    await histories.expectEqual(since(1), "another window");
  });
});
