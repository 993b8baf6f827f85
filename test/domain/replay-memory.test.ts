/** What a replay remembers from page to page is bounded whatever people typed: long texts are let go sooner than codes. */
import { expect, it } from "@jest/globals";
import type { AskedFact } from "../../src/engine/replay/alike-facts.js";
import { columnsOf } from "../../src/engine/replay/decision-columns.js";
import { remembered, rememberedPair } from "../../src/engine/replay/remembered.js";
import { replayRules } from "../../src/engine/replay/replay-rules.js";
import type { RecordedCase } from "../../src/engine/replay/replayer.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { caseReader } from "../../src/features/policy/replay/replay-cases.js";
import { firstLetter, mark, textMark } from "../../src/features/policy/replay/replay-lines.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const field: AskedFact = {
  ...{ name: "field.place", type: "string" as const, cuts: null, nullable: true },
  label: { en: "place", ar: "المكان" },
};
const size = 400;
const labels =
  ["complaint", "", "", ""].join(mark) +
  textMark +
  Array.from({ length: size }, (_, i) => String.fromCharCode(firstLetter + i)).join("");

/** Pages of cases in which people typed texts of so many letters, no two alike; then the first page again. */
function pages(letters: number, count: number): RecordedCase[][] {
  const casesIn = caseReader({ set: "routing", facts: [field], promises: false });
  return [...Array.from({ length: count }, (_, page) => page), 0].map((page) =>
    casesIn(
      { from: 0, size, labels, promises: null },
      columnsOf(
        Array.from({ length: size }, (_, i) => ({
          ...{ caseId: i, cycle: 1, versionId: 1 },
          facts: { "field.place": `${page} ${i}`.padEnd(letters, ".") },
        })),
      ),
    ),
  );
}

const isKnownAgain = (told: readonly RecordedCase[][]): boolean =>
  told[0]?.[0]?.decisions === told.at(-1)?.[0]?.decisions;

it("lets cases with long texts go, and knows those with short ones again", () => {
  expect(isKnownAgain(pages(100, 8))).toBe(true);
  const long = pages(10_000, 8);
  expect(isKnownAgain(long)).toBe(false);
  expect(long.at(-1)).toEqual(long[0]);
});

it("lets what was judged of them go as well", () => {
  const setup = shippedSetup("jordan");
  const draft = shippedJson("rules/jordan/routing.json") as RuleSetDefinition;
  const ground = { setup, wouldBe: setup, calendarOf: () => setup.calendar as never, quietIn: () => new Set<string>() };
  const judgedAgain = (letters: number): boolean => {
    const { judge } = replayRules({ ...ground, now: new Date(0), inForceId: 1 }, { draft, inForce: draft });
    const told = pages(letters, 8);
    const first = told[0]?.[0] as RecordedCase;
    const judged = judge(first);
    for (const page of told.slice(1)) for (const one of page) judge(one);
    return judge(first) === judged;
  };
  expect([judgedAgain(100), judgedAgain(10_000)]).toEqual([true, false]);
});

it("counts what is remembered by its weight, alone and in pairs", () => {
  const made: string[] = [];
  const byText = remembered((text: string) => made.push(text), 10, { weightOf: (text) => text.length });
  for (const text of ["aaaa", "b", "aaaa", "ccccc", "aaaa", "d", "aaaa"]) byText(text);
  expect(made).toEqual(["aaaa", "b", "ccccc", "d", "aaaa"]);
  const [one, other, third] = [{ n: 1 }, { n: 9 }, { n: 5 }];
  const byPair = rememberedPair(
    (a: { n: number }, b: { n: number }) => ({ a, b }),
    10,
    (_, b) => b.n,
  );
  const first = byPair(one, one);
  expect(byPair(one, one)).toBe(first);
  byPair(one, other);
  byPair(one, third);
  expect(byPair(one, one)).not.toBe(first);
});
