/** What replays say of past cases, laid down at night: the same as the record, and not asked where anything happened since. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RecordedCase } from "../../src/engine/replay/replayer.js";
import type { RuleSetName } from "../../src/engine/rules/rule-set.js";
import { seed } from "../../src/features/config-files/seed.js";
import { replayPages } from "../../src/features/policy/replay/replay-rows.js";
import { livePopulation } from "../support/live-population.js";
import { openWorkingOffice, programme, type WorkingOffice } from "../support/working-office.js";

const to = new Date("2026-11-25T10:00:00Z");
const hourMs = 3_600_000;
const from = new Date(to.getTime() - 95 * 24 * hourMs);
let office: WorkingOffice;

/** Nothing of a case or a clock changes, and nothing is decided, without an event in the same transaction. */
const watched = `
create function without_event() returns trigger language plpgsql as '
declare changed bigint;
begin
  changed := coalesce((to_jsonb(new)->>''case_id'')::bigint, (to_jsonb(new)->>''id'')::bigint);
  if not exists (select from case_events e where e.case_id = changed and e.xmin = pg_current_xact_id()::xid) then
    raise exception ''% of case % changed without an event'', tg_table_name, changed;
  end if;
  return null;
end';
create constraint trigger cases_watched after update on cases initially deferred for each row
  when ((old.programme, old.received_at, old.type, old.entity, old.pillar, old.importance, old.confidential, old.duplicate_of, old.withdrawn_at, old.withdrawn_by)
    is distinct from (new.programme, new.received_at, new.type, new.entity, new.pillar, new.importance, new.confidential, new.duplicate_of, new.withdrawn_at, new.withdrawn_by))
  execute function without_event();
create constraint trigger decisions_watched after insert on decisions initially deferred for each row execute function without_event();
create constraint trigger clocks_opened after insert on clocks initially deferred for each row execute function without_event();
create constraint trigger clocks_watched after update on clocks initially deferred for each row
  when ((old.budget, old.due_at, old.met_at, old.cancelled_at) is distinct from (new.budget, new.due_at, new.met_at, new.cancelled_at))
  execute function without_event();`;

beforeAll(async () => {
  office = await openWorkingOffice({ now: () => to });
  await office.asOwner(watched);
  await livePopulation(office, { to, applications: 60 });
}, 300_000);
afterAll(() => office?.close());

interface Asked {
  readonly set?: RuleSetName | null;
  readonly after?: number;
  readonly last?: number;
  readonly asOf?: Date;
  readonly since?: Date;
}
async function read({ set = "sla", after = 0, last = 1_000_000, asOf = to, since = from }: Asked = {}) {
  const reading = { programme, from: since, to, asOf, set, facts: [], unasked: [], promises: true, last };
  const found: RecordedCase[] = [];
  for await (const cases of replayPages(office.db, { reading, after }, async (page) => page.cases))
    found.push(...cases);
  return found;
}
const prepare = (now = to) => office.services.handlers["prepare-replays"](now);
/** So that it is seen whether they are asked. */
const spoil = () => office.asOwner("update replay_texts set labels = regexp_replace(labels, '[A-Z]+', 'SPOILT', 'g')");
const isSpoilt = (cases: readonly RecordedCase[]) => cases.some(({ labels }) => labels.entity === "SPOILT");

beforeEach(async () => {
  await office.asOwner("delete from replay_texts");
});

describe("what was laid down of cases", () => {
  it("says the same as the record, and is asked in its place", async () => {
    const before = [await read(), await read({ set: null })];
    expect(before.map(({ length }) => length > 30)).toEqual([true, true]);
    const promised = before[0]?.flatMap(({ decisions }) =>
      decisions.map(({ recorded }) => recorded.promised.resolution?.kept),
    );
    expect([...new Set(promised)]).toEqual(expect.arrayContaining(["kept", "missed", "open"]));
    expect(await prepare()).toMatchObject({ blocksOfCases: 1, left: false });
    expect([await read(), await read({ set: null })]).toEqual(before);
    expect(await prepare()).toMatchObject({ blocksOfCases: 0, left: false });
    await spoil();
    expect([await read(), await read({ set: null })].map(isSpoilt)).toEqual([true, true]);
  });

  it("begins and ends where a run does", async () => {
    const all = await read();
    await prepare();
    await spoil();
    const [after, last] = [all[9]?.id, all.at(-2)?.id];
    const part = await read({ after: after as number, last: last as number });
    expect([part.map(({ id }) => id), isSpoilt(part)]).toEqual([all.slice(10, -1).map(({ id }) => id), true]);
  });

  it("is not asked about another time, or as of a moment before it", async () => {
    await prepare();
    await spoil();
    const later = new Date(from.getTime() + 40 * 24 * hourMs);
    const before = new Date(to.getTime() - 1);
    expect([await read({ since: later }), await read({ asOf: before })].map(isSpoilt)).toEqual([false, false]);
    expect((await read({ since: later })).length).toBeLessThan((await read()).length);
  });

  it("is asked until the next promise falls due, which is told in the next night", async () => {
    await prepare();
    const [{ due }] = (await office.rows(
      "select min(due_at) as due from clocks where due_at > $1 and target <> 'acknowledgement'",
      to,
    )) as [{ due: Date }];
    const justBefore = new Date(due.getTime() - 1);
    const said = async (asOf: Date) => (await read({ asOf })).length;
    expect(await said(due)).toBe(await said(to));
    await spoil();
    expect([await read({ asOf: justBefore }), await read({ asOf: due })].map(isSpoilt)).toEqual([true, false]);
    expect(await prepare(due)).toMatchObject({ blocksOfCases: 1 });
    const prepared = await read({ asOf: due });
    await office.asOwner("delete from replay_texts");
    expect(prepared).toEqual(await read({ asOf: due }));
  });

  it("is not asked once anything happened to one of its cases", async () => {
    await prepare();
    await spoil();
    const [open] = await office.rows(
      "select reference from cases where state_kind = 'open' and not confidential order by id limit 1",
    );
    await office.act(open?.reference as string, office.official("operation_room"), "note", { note: "Seen." }, to);
    expect(isSpoilt(await read())).toBe(false);
    const before = await read();
    expect(await prepare()).toMatchObject({ blocksOfCases: 1 });
    expect(await read()).toEqual(before);
  });

  it("would not be good if a case or a clock could change without an event, which none did here", async () => {
    for (const change of [
      "update cases set importance = null",
      "update clocks set met_at = null where met_at is not null",
    ])
      await expect(office.asOwner(change)).rejects.toThrow("changed without an event");
  });

  it("keeps apart what two programmes have among the same numbers, and knows no confidential case", async () => {
    await seed(office.db, { now: to, programmes: ["boston311"] });
    await office.asOwner(`set session_replication_role = replica;
      update cases set programme = 'boston311', last_seq = last_seq + 1 where id % 2 = 0;
      update cases set confidential = true, last_seq = last_seq + 1 where id % 5 = 0;
      reset session_replication_role`);
    const before = await read();
    expect(before.filter(({ id }) => id % 2 === 0 || id % 5 === 0)).toEqual([]);
    expect(await prepare()).toMatchObject({ blocksOfCases: 2 });
    await spoil();
    const told = await read();
    expect([told.map(({ id }) => id), isSpoilt(told)]).toEqual([before.map(({ id }) => id), true]);
  });
});
