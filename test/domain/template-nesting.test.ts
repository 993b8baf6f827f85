/** How deep a template stands inside itself, told before it is parsed: what is too deep is refused, and nothing else. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { templateFaults as letterFaults } from "../../src/engine/letters/letter-template.js";
import { templateFaults as replyFaults } from "../../src/engine/letters/reply-template.js";
import { nestedTooDeepAt } from "../../src/engine/letters/template-nesting.js";

/** A template and how deep it goes. */
interface Part {
  readonly text: string;
  readonly depth: number;
}
/** What neither opens nor closes anything, although it looks like it. */
const neither = [
  "{{!{{/if}}",
  "{{!-- {{#if a}}{{#if a}}{{/if}} ((((((((( --}}",
  "\\{{/if}}",
  "\\{{#if a}}",
  '{{a "{{/if" "((((((((("}}',
  "{{a [{{/if]}}",
  "{{{{raw}}}}{{#if a}}{{/if}}{{/if}}{{{{/raw}}}}",
];
const words = fc
  .constantFrom("text (a (b))", "{{a}}", "\n", "{ } ( )", "{{! (remark) }}", "{{~ a ~}}", "(((((((((", ...neither)
  .map((text): Part => ({ text, depth: 0 }));
const { part } = fc.letrec<{ part: Part }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 9, withCrossShrink: true },
    words,
    fc.array(tie("part"), { maxLength: 3 }).map((parts) => ({
      text: parts.map(({ text }) => text).join(""),
      depth: Math.max(0, ...parts.map(({ depth }) => depth)),
    })),
    fc
      .tuple(fc.constantFrom("{{#if a}}", "{{~#if a~}}", "{{# unless a}}"), tie("part"))
      .map(([open, { text, depth }]) => ({
        text: `${open}${text}${open.includes("unless") ? "{{/unless}}" : "{{/if}}"}`,
        depth: depth + 1,
      })),
    fc.tuple(tie("part"), tie("part")).map(([one, other]) => ({
      text: `{{#if a}}${one.text}{{else}}${other.text}{{/if}}`,
      depth: Math.max(one.depth, other.depth) + 1,
    })),
    fc.tuple(tie("part"), tie("part")).map(([one, other]) => ({
      text: `{{#if a}}${one.text}{{else if b}}${other.text}{{/if}}`,
      depth: Math.max(one.depth + 1, other.depth + 2),
    })),
  ),
}));

it("is what a template was made of, whatever stands between its blocks", () => {
  fc.assert(
    fc.property(part, fc.integer({ min: 1, max: 7 }), ({ text, depth }, most) => {
      expect(nestedTooDeepAt(text, most) !== null).toBe(depth > most);
    }),
    { numRuns: 2000, seed: 20_261_127 },
  );
});

it.each(neither)("is not told by %s", (text) => {
  expect(nestedTooDeepAt(text.repeat(20), 1)).toBeNull();
  const source = `{{#if service}}${text}`.repeat(20);
  expect(nestedTooDeepAt(source, 19)).toEqual({ line: 1, column: source.lastIndexOf("{{#if service}}") });
});

it("refuses no remark, whatever it says", () => {
  const source = "{{!-- {{#if service}} {{#if service}} (1 (2 (3 (4 (5 (6 (7 --}}Dear {{reference}}";
  expect(replyFaults(source)).toEqual([]);
});

it("names the line and the column of the first that is too deep", () => {
  const source = "Dear\n{{#if a}}{{#if a}}\n  {{#if a}}x{{/if}}{{/if}}{{/if}}";
  expect(nestedTooDeepAt(source, 2)).toEqual({ line: 3, column: 2 });
  expect(nestedTooDeepAt(source, 3)).toBeNull();
});

describe("a template of a thousand inside each other is refused as that, and not read to its end", () => {
  it.each([
    ["blocks that nobody closes", "{{#if service}}".repeat(1000)],
    ["blocks", `${"{{#if service}}".repeat(1000)}${"{{/if}}".repeat(1000)}`],
    ["blocks for what is missing", "{{^service}}".repeat(1000)],
    ["partials", "{{#>service}}".repeat(1000)],
    ["otherwise upon otherwise", `{{#if service}}${"{{else if service}}".repeat(1000)}{{/if}}`],
    ["brackets", `{{service ${"(a ".repeat(1000)}`],
    ["brackets in values", `{{service ${"a=(a ".repeat(1000)}`],
    ["blocks that remarks pretend to close", "{{#if service}}{{!{{/if}}".repeat(1000)],
  ])("%s", (_, source) => {
    const fields = [{ name: "service", form: "text" as const, always: false, label: { en: "s", ar: "خ" } }];
    const faults = [
      ...letterFaults(source, fields as never, { parts: true }).map(({ reason }) => reason),
      ...replyFaults(source),
    ];
    expect(faults).toHaveLength(2);
    for (const { en, ar } of faults) {
      expect(en).toMatch(/^Line 1, character \d+: parts are nested more than 6 levels deep/);
      expect(ar).toMatch(/تداخل الأجزاء/);
    }
  });
});
