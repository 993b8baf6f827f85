/** Past decisions made ready by columns say what the record says, and are not asked where something was decided since. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { replayPages } from "../../src/db/replay-rows.js";
import { factCatalogue } from "../../src/domain/rules/fact-catalogue.js";
import { type RuleSetName, ruleSetNames } from "../../src/domain/rules/rule-set.js";
import { livePopulation } from "../support/live-population.js";
import { openWorkingOffice, programme, type WorkingOffice } from "../support/working-office.js";

const to = new Date("2026-11-25T10:00:00Z");
const from = new Date(to.getTime() - 95 * 86_400_000);
const last = 1_000_000;
let office: WorkingOffice;

beforeAll(async () => {
  office = await openWorkingOffice({ now: () => to });
  await livePopulation(office, { to, applications: 60 });
}, 300_000);
afterAll(() => office?.close());

async function read(set: RuleSetName, after = 0) {
  const facts = factCatalogue(office.setup).map((fact) => ({ ...fact, cuts: null }));
  const reading = { programme, from, to, asOf: to, set, facts, promises: true, last };
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
  expect(await prepare()).toEqual({ blocksOfDecisions: 1, left: false });
  expect(await Promise.all(ruleSetNames.map((set) => read(set)))).toEqual(before);
  // Nothing was decided since: there is nothing to do.
  expect(await prepare()).toEqual({ blocksOfDecisions: 0, left: false });
});

it("is read in place of the record, of which nothing but its number is looked at", async () => {
  await prepare();
  await office.asOwner("update decision_columns set words = '[true]', places = null where name = 'anonymous'");
  const told = (await read("sla")).flatMap(({ decisions }) => decisions.map(({ facts }) => facts.anonymous));
  expect(new Set(told)).toEqual(new Set([true]));
  await office.asOwner("delete from decision_blocks");
  await prepare();
});

it("begins and ends within a block", async () => {
  await prepare();
  const all = (await read("sla")).map(({ id }) => id);
  const middle = all[20] as number;
  expect((await read("sla", middle)).map(({ id }) => id)).toEqual(all.slice(21));
});

it("is no good where its rule set decided since, and made again in the next night", async () => {
  await prepare();
  const [, second] = await read("sla");
  const id = second?.id as number;
  const again = (set: RuleSetName) =>
    office.asOwner(`insert into decisions
      select case_id, (select max(number) + 1 from decisions where case_id = d.case_id), cycle, '${set}', version_id, at, rule_ids,
        outcome, facts || '{"subjectLength": 7777}', faults
      from decisions d where case_id = ${id} and rule_set = 'sla' order by number limit 1`);
  const lengths = async (set: RuleSetName) =>
    (await read(set)).find((one) => one.id === id)?.decisions.map(({ facts }) => facts.subjectLength) ?? [];
  const before = await lengths("sla");
  // Another rule set decided: what is asked here is as good as it was.
  await again("quality");
  await office.asOwner("update decision_columns set words = '[5]', places = null where name = 'subjectLength'");
  expect(await lengths("sla")).toEqual(before.map(() => 5));
  expect(await lengths("quality")).toContain(7777);
  await again("sla");
  expect(await lengths("sla")).toEqual([...before, 7777]);
  expect(await prepare()).toEqual({ blocksOfDecisions: 1, left: false });
  expect(await lengths("sla")).toEqual([...before, 7777]);
  await office.asOwner("update decision_columns set words = '[6]', places = null where name = 'subjectLength'");
  expect(await lengths("sla")).toEqual([...before, 7777].map(() => 6));
});
