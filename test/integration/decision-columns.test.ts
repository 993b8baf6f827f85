/** Past decisions made ready by columns say what the record says, and are not asked where something was decided since. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { factCatalogue } from "../../src/engine/rules/fact-catalogue.js";
import { type RuleSetName, ruleSetNames } from "../../src/engine/rules/rule-set.js";
import { prepareReplays } from "../../src/features/policy/replay/prepare-replays.js";
import { replayPages } from "../../src/features/policy/replay/replay-rows.js";
import { livePopulation } from "../support/live-population.js";
import { openWorkingOffice, programme, type WorkingOffice } from "../support/working-office.js";

const to = new Date("2026-11-25T10:00:00Z");
const from = new Date(to.getTime() - 95 * 86_400_000);
let office: WorkingOffice;

beforeAll(async () => {
  office = await openWorkingOffice({ now: () => to });
  await livePopulation(office, { to, applications: 60 });
}, 300_000);
afterAll(() => office?.close());

async function read(set: RuleSetName, { after = 0, last = 1_000_000 } = {}) {
  const facts = factCatalogue(office.setup).map((fact) => ({ ...fact, cuts: null }));
  const reading = { programme, from, to, asOf: to, set, facts, unasked: [], promises: true, last };
  const found: unknown[] = [];
  for await (const cases of replayPages(office.db, { reading, after }, async (page) => page.cases))
    found.push(...cases);
  return found as { id: number; decisions: { recorded: { cycle: number }; facts: Record<string, unknown> }[] }[];
}
const prepare = () => office.services.handlers["prepare-replays"](to);

it("says the same as the record, of every rule set", async () => {
  const before = await Promise.all(ruleSetNames.map((set) => read(set)));
  expect(before.map((cases) => cases.length > 30)).toEqual(ruleSetNames.map(() => true));
  // Cases that were decided more than once are among them.
  expect(before.flat().some(({ decisions }) => decisions.length > 1)).toBe(true);
  expect(await prepare()).toMatchObject({ blocksOfDecisions: 1, left: false });
  expect(await Promise.all(ruleSetNames.map((set) => read(set)))).toEqual(before);
  // Nothing was decided since: there is nothing to do.
  expect(await prepare()).toMatchObject({ blocksOfDecisions: 0, left: false });
});

it("is read in place of the record, of which nothing but its number is looked at", async () => {
  await prepare();
  await office.asOwner("update decision_columns set words = '[true]', places = null where name = 'anonymous'");
  const told = (await read("sla")).flatMap(({ decisions }) => decisions.map(({ facts }) => facts.anonymous));
  expect(new Set(told)).toEqual(new Set([true]));
  await office.asOwner("delete from decision_blocks");
  await prepare();
});

/** Whatever is decided comes with an event. */
const happens = (id: number) =>
  office.asOwner(`insert into case_events (case_id, seq, at, type, actor, data, previous_hash, hash)
    select case_id, (select max(seq) + 1 from case_events where case_id = ${id}), at, type, actor, data, previous_hash, hash
    from case_events where case_id = ${id} and seq = 1`);

it("begins and ends within a block, of which all is held against the record", async () => {
  await prepare();
  const all = (await read("sla")).map(({ id }) => id);
  const [after, last] = [all[20] as number, all.at(-2) as number];
  expect((await read("sla", { after, last })).map(({ id }) => id)).toEqual(all.slice(21, -1));
  // It is read though the run ends in its midst …
  await office.asOwner("update decision_columns set words = '[5]', places = null where name = 'subjectLength'");
  const lengths = async (id: number) =>
    (await read("sla", { last })).find((one) => one.id === id)?.decisions.map(({ facts }) => facts.subjectLength) ?? [];
  const [first] = all as [number];
  const before = await lengths(first);
  expect(new Set(before)).toEqual(new Set([5]));
  // … and no more when as many were decided below the end as there are above it.
  const [above] = await office.asOwner(`select count(*)::integer as n from decisions where case_id > ${last}`);
  await office.asOwner(`insert into decisions
    select case_id, (select max(number) from decisions where case_id = d.case_id) + g, cycle, 'sla', version_id, at, rule_ids,
      outcome, facts || '{"subjectLength": 8888}', faults
    from generate_series(1, ${above?.n}) g, lateral (select * from decisions d where case_id = ${first} and rule_set = 'sla' order by number limit 1) d`);
  await happens(first);
  expect(await lengths(first)).toContain(8888);
  await office.asOwner(`delete from decisions where facts->>'subjectLength' = '8888'; delete from decision_blocks`);
});

it("is left for the next night when the time is over", async () => {
  await office.asOwner("delete from decision_blocks");
  let minutes = 0;
  const late = () => {
    minutes += 11;
    return minutes * 60_000;
  };
  expect(await prepareReplays(office.db, { now: to, elapsed: late })).toMatchObject({
    blocksOfDecisions: 0,
    left: true,
  });
  expect(await prepare()).toMatchObject({ blocksOfDecisions: 1, left: false });
});

it("tells facts as they were recorded, also where their type has become another since, or nobody asks for their text", async () => {
  const [one] = await read("sla");
  const odd = `'{"keywords": "abc", "subjectLength": "12", "field.place": "a long text"}'`;
  await office.asOwner(`update decisions set facts = facts || ${odd} where case_id = ${one?.id} and rule_set = 'sla'`);
  await office.asOwner("delete from decision_blocks");
  const told = async () => (await read("sla"))[0]?.decisions[0]?.facts;
  const before = await told();
  expect(before).toMatchObject({ keywords: "abc", subjectLength: "12", "field.place": "a long text" });
  await prepare();
  expect(await told()).toEqual(before);
});

async function again(id: number, set: RuleSetName): Promise<void> {
  await happens(id);
  await office.asOwner(`insert into decisions
    select case_id, (select max(number) + 1 from decisions where case_id = d.case_id), cycle, '${set}', version_id, at, rule_ids,
      outcome, facts || '{"subjectLength": 7777}', faults
    from decisions d where case_id = ${id} and rule_set = 'sla' order by number limit 1`);
}
const lengthsOf = async (id: number, set: RuleSetName) =>
  (await read(set)).find((one) => one.id === id)?.decisions.map(({ facts }) => facts.subjectLength) ?? [];

it("is no good where what is said of its cases was made after a decision, and the night ended before it was", async () => {
  await prepare();
  const [, , third] = await read("sla");
  const id = third?.id as number;
  const before = await lengthsOf(id, "sla");
  await office.asOwner("update decision_columns set words = '[5]', places = null where name = 'subjectLength'");
  await again(id, "sla");
  let asked = 0;
  // Enough for one block: those of cases come first.
  const short = () => (asked++ < 2 ? 0 : 11 * 60_000);
  expect(await prepareReplays(office.db, { now: to, elapsed: short })).toEqual({
    blocksOfCases: 1,
    blocksOfDecisions: 0,
    left: true,
  });
  expect(await lengthsOf(id, "sla")).toEqual([...before, 7777]);
  await prepare();
  expect(await lengthsOf(id, "sla")).toEqual([...before, 7777]);
});

it("is no good where its rule set decided since, and made again in the next night", async () => {
  await prepare();
  const [, second] = await read("sla");
  const id = second?.id as number;
  const lengths = (set: RuleSetName) => lengthsOf(id, set);
  const before = await lengths("sla");
  // Another rule set decided: what is asked here is as good as it was.
  await again(id, "quality");
  await office.asOwner("update decision_columns set words = '[5]', places = null where name = 'subjectLength'");
  expect(await lengths("sla")).toEqual(before.map(() => 5));
  expect(await lengths("quality")).toContain(7777);
  await again(id, "sla");
  expect(await lengths("sla")).toEqual([...before, 7777]);
  expect(await prepare()).toMatchObject({ blocksOfDecisions: 1, left: false });
  expect(await lengths("sla")).toEqual([...before, 7777]);
  await office.asOwner("update decision_columns set words = '[6]', places = null where name = 'subjectLength'");
  expect(await lengths("sla")).toEqual([...before, 7777].map(() => 6));
});
