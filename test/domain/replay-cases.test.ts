/** Whole cases of a page of a replay, made of its lines: just what each case says for itself, and equal ones as one object. */
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { columnsOf } from "../../src/engine/replay/decision-columns.js";
import { keptWords } from "../../src/engine/replay/would-be-kept.js";
import { caseReader } from "../../src/features/policy/replay/replay-cases.js";
import { firstLetter, lineMark, mark, textMark } from "../../src/features/policy/replay/replay-lines.js";

const entity = {
  name: "entity",
  type: "string",
  cuts: null,
  nullable: true,
  label: { en: "entity", ar: "جهة" },
} as const;
const page = { from: 8192, size: 40 };

const budget = fc.option(
  fc.record({ amount: fc.constantFrom(8, 0.5, 41), unit: fc.constant("workingHours" as const) }),
);
const promise = fc.record({ kept: fc.constantFrom(...keptWords), budget });
const decision = fc.record({
  cycle: fc.integer({ min: 1, max: 3 }),
  versionId: fc.constantFrom(7, 9),
  entity: fc.constantFrom(null, "moh", "moe"),
});
const aCase = fc.record({
  at: fc.integer({ min: 0, max: page.size - 1 }),
  /** Null: not looked at. */
  labels: fc.option(
    fc.record({
      type: fc.constantFrom("complaint", "praise"),
      entity: fc.constantFrom(null, "moh"),
      pillar: fc.constantFrom(null, "care"),
      importance: fc.constantFrom(null, "high"),
    }),
  ),
  decisions: fc.array(decision, { maxLength: 4 }),
  /** By cycle and target. */
  promises: fc.dictionary(fc.constantFrom("1 firstResponse", "1 resolution", "2 resolution"), promise),
});
type ACase = typeof aCase extends fc.Arbitrary<infer Case> ? Case : never;
const someCases = fc
  .uniqueArray(aCase, { selector: ({ at }) => at, maxLength: 30 })
  .map((cases) => cases.sort((a, b) => a.at - b.at));

/** One line for all cases of which it holds. */
function linesOf(said: readonly (readonly [string, number])[]): string | null {
  const lines = new Map<string, string>();
  for (const [text, at] of said) lines.set(text, (lines.get(text) ?? "") + String.fromCharCode(firstLetter + at));
  return lines.size === 0 ? null : [...lines].map(([text, cases]) => text + textMark + cases).join(lineMark);
}

const labelsText = (cases: readonly ACase[]) =>
  linesOf(
    cases.flatMap(({ at, labels }) =>
      labels === null
        ? []
        : [
            [
              [labels.type, labels.entity, labels.pillar, labels.importance].map((l) => l ?? "").join(mark),
              at,
            ] as const,
          ],
    ),
  );

const promisesText = (cases: readonly ACase[]) =>
  linesOf(
    cases.flatMap(({ at, promises }) =>
      Object.entries(promises).map(([key, { kept, budget }]) => {
        const [cycle, target] = key.split(" ");
        const promised = budget === null ? "" : `${budget.amount}${budget.unit}`;
        return [[target, cycle, `${keptWords.indexOf(kept)}${promised}`].join(textMark), at] as const;
      }),
    ),
  );

const pageOf = (cases: readonly ACase[]) => ({
  texts: { ...page, labels: labelsText(cases), promises: promisesText(cases) },
  columns: columnsOf(
    cases.flatMap(({ at, decisions }) =>
      decisions.map((d) => ({
        caseId: page.from + at,
        cycle: d.cycle,
        versionId: d.versionId,
        facts: { entity: d.entity },
      })),
    ),
  ),
});

const expected = (cases: readonly ACase[]) =>
  cases.flatMap(({ at, labels, decisions, promises }) =>
    labels === null || decisions.length === 0
      ? []
      : [
          {
            id: page.from + at,
            decisions: decisions.map(({ cycle, versionId, entity }) => ({
              facts: { entity },
              recorded: {
                ...labels,
                ...{ cycle, versionId },
                promised: {
                  firstResponse: promises[`${cycle} firstResponse`] ?? null,
                  resolution: promises[`${cycle} resolution`] ?? null,
                },
              },
            })),
          },
        ],
  );

it("say what each case says for itself, page after page", () => {
  fc.assert(
    fc.property(fc.array(someCases, { minLength: 1, maxLength: 3 }), (pages) => {
      const casesIn = caseReader({ set: "sla", facts: [entity], promises: true });
      for (const cases of pages) {
        const { texts, columns } = pageOf(cases);
        const told = casesIn(texts, columns);
        expect(told.map(({ id, decisions }) => ({ id, decisions }))).toEqual(expected(cases));
        for (const { labels, decisions } of told) expect(labels).toBe(decisions[0]?.recorded);
      }
    }),
    { numRuns: 300 },
  );
});

it("share their one decision as one object where the same is said of them, also on another page", () => {
  fc.assert(
    fc.property(someCases, someCases, (first, second) => {
      const casesIn = caseReader({ set: "sla", facts: [entity], promises: true });
      const known = new Map<string, object>();
      for (const cases of [first, second]) {
        const { texts, columns } = pageOf(cases);
        for (const { decisions } of casesIn(texts, columns)) {
          if (decisions.length !== 1) continue;
          const key = JSON.stringify(decisions);
          expect(known.get(key) ?? decisions).toBe(decisions);
          known.set(key, decisions);
        }
      }
    }),
  );
});

it("come without decisions where none are asked for, each with its labels", () => {
  fc.assert(
    fc.property(someCases, (cases) => {
      const casesIn = caseReader({ set: null, facts: [], promises: false });
      const { texts, columns } = pageOf(cases);
      expect(casesIn(texts, columns)).toEqual(
        cases.flatMap(({ at, labels }) => (labels === null ? [] : [{ id: page.from + at, labels, decisions: [] }])),
      );
    }),
  );
});
