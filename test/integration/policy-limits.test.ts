/** Limits of rules and keywords that a programme sets: held at the check, at publishing, in the set-up, and never set below what is in force. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { checkRuleSet } from "../../src/engine/rules/check-rule-set.js";
import type { Condition, RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { publishDefinition as publish } from "../../src/features/policy/publication/publish.js";
import type { FlatRow } from "../../src/features/setup/tables/setup-tables.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office?.close());

const room = () => office.official("operation_room");
const setup = () => office.services.setup.of(programme);
async function set(values: FlatRow) {
  const at = { programme, table: "programmes", code: programme } as const;
  const { [Object.keys(values)[0] ?? ""]: was } = await office.services.setupEditor.row({ ...at, actor: room() });
  const before = { [Object.keys(values)[0] ?? ""]: was };
  await office.services.setupEditor.update({ ...at, values, before, by: room(), now: sundayNine });
}
const faultsOf = async (work: Promise<unknown>) =>
  (await problemOf(work)).faults.map(({ field, reason }) => `${field}: ${reason.en}`);
async function routing(change: (rules: RuleSetDefinition["rules"]) => RuleSetDefinition["rules"]) {
  const definition = (await setup()).ruleSets.get("routing")?.definition as RuleSetDefinition;
  return { ...definition, rules: change(definition.rules) };
}
const published = async () => ((await setup()).ruleSets.get("routing")?.definition.rules ?? []).length;

describe("a limit of the programme", () => {
  it("is held when rules are checked and when they are published, at the place that is too much", async () => {
    const n = Math.max(...[...(await setup()).ruleSets.values()].map(({ definition }) => definition.rules.length));
    await set({ rulesMost: n });
    const many = await routing(
      (rules) =>
        [
          ...rules,
          ...Array.from({ length: n + 1 - rules.length }, (_, i) => ({
            ...rules[0],
            id: `more-${i}`,
            priority: 5000 + i,
          })),
        ] as RuleSetDefinition["rules"],
    );
    const words = `The rule set is too large: it has more than ${n} of these: rules.`;
    expect(checkRuleSet(many, await setup(), "routing")[0]).toMatchObject({ path: "/rules", severity: "error" });
    const again = { programme, kind: "rules", name: "routing", definition: many, reason: "x" } as const;
    expect((await faultsOf(publish(office.db, { ...again, by: room(), now: sundayNine }))).join()).toContain(words);
    await set({ nestingMost: 4 });
    const deep: Condition = {
      all: [{ any: [{ all: [{ any: [{ not: { fact: "cycle", operator: "equal", value: 1 } }] }] }] }],
    };
    const nested = await routing(([first, ...rest]) => [{ ...first, conditions: deep }, ...rest] as never);
    expect(checkRuleSet(nested, await setup(), "routing")[0]).toMatchObject({
      path: "/rules/0/conditions",
      reason: { en: "The conditions are nested too deeply: at most 4 levels are allowed." },
    });
    await set({ ruleConditionsMost: 30 });
    const leaf = { fact: "cycle", operator: "equal", value: 1 };
    const wide = await routing(
      ([first, ...rest]) =>
        [{ ...first, conditions: { any: Array.from({ length: 31 }, () => leaf) } }, ...rest] as never,
    );
    expect(checkRuleSet(wide, await setup(), "routing")[0]).toMatchObject({ path: "/rules/0/conditions" });
  });

  it("is held by keyword lists, and is no number beyond what can be checked", async () => {
    const lists = [...(await setup()).keywordLists.values()];
    const longest = Math.max(...lists.map(({ words }) => words.length));
    await set({ listWordsMost: longest });
    const words = Array.from({ length: longest + 1 }, (_, i) => `word${i}`);
    const values = { code: "TOO_LONG", nameAr: "قائمة", nameEn: "List", words };
    const list = { programme, table: "keyword_lists", values, by: room(), now: sundayNine } as const;
    expect((await faultsOf(office.services.setupEditor.create(list))).join()).toContain(
      `can have at most ${longest} words`,
    );
    expect(await faultsOf(set({ rulesMost: 1001 }))).toEqual([expect.stringContaining("/rulesMost: ")]);
    expect(await faultsOf(set({ nestingMost: 0 }))).toEqual([expect.stringContaining("/nestingMost: ")]);
  });

  it("is not set below what is in force", async () => {
    expect(await faultsOf(set({ rulesMost: (await published()) > 1 ? 1 : 0 }))).not.toEqual([]);
    expect((await faultsOf(set({ listWordsMost: 1 }))).join()).toContain("can have at most 1 word");
  });
});
