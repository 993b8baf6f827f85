/** Names that stand twice in one object of a JSON text, whoever wrote it: in a file, or in an editor. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { doubledNames, doubledNameWords } from "../../src/engine/text/doubled-names.js";
import { readJson, textFaults } from "../../src/platform/ui/json/read-json.js";
import { saidOnce } from "../../src/platform/ui/said-once.js";

const pathsIn = (text: string) => doubledNames(text).map(({ path }) => path);

describe("names written twice", () => {
  it.each([
    ['{"a": 1, "a": 2}', ["/a"]],
    ['{"a": {"b": 1, "c": [], "b": {}}, "d": 1}', ["/a/b"]],
    ['[{"x": 1}, {"x": 1, "y": [{"z": 1, "z": 2}]}]', ["/1/y/0/z"]],
    // Each time anew that it stands there again.
    ['{"a": 1, "a": 2, "a": 3}', ["/a", "/a"]],
    // What stands in the one that is dropped is told too.
    ['{"a": {"b": 1, "b": 2}, "a": 1}', ["/a/b", "/a"]],
    ['{"a/b~c": 1, "a/b~c": 2}', ["/a~1b~0c"]],
    ['{"": 1, "": 2}', ["/"]],
    ['{"__proto__": 1, "__proto__": 2, "constructor": 1}', ["/__proto__"]],
    // Written otherwise and yet the same.
    ['{"a": 1, "\\u0061": 2}', ["/a"]],
    ['{"\\"": 1, "\\u0022": 2}', ['/"']],
  ])("are found in %s", (text, paths) => {
    expect(pathsIn(text)).toEqual(paths);
  });

  it.each([
    '{"a": "a", "b": "a"}',
    '["a", "a", {"a": "a"}]',
    '[{"a": 1}, {"a": 1}]',
    '{"a": {"a": {"a": 1}}}',
    '{"a": "}, \\"a\\": {", "b": "\\\\", "c": "\\\\\\""}',
    '{"A": 1, "a": 2}',
    '"a"',
    "[]",
    "1",
  ])("are not seen in %s", (text) => {
    expect(pathsIn(text)).toEqual([]);
  });

  it("are told with both lines, in both languages", () => {
    const [found] = doubledNames('{\n  "a": 1,\n  "b": [\n  {}],\n  "a": 2\n}');
    expect(found).toEqual({ path: "/a", name: "a", first: 2, again: 5 });
    expect(doubledNameWords(found as never).en).toContain('"a" is written twice, in line 2 and in line 5');
    expect(doubledNameWords(found as never).ar).toContain("في السطر 2 وفي السطر 5");
    expect(doubledNameWords({ path: "/a", name: "a", first: 3, again: 3 }).ar).toContain("في السطر 3");
  });

  it("are none in what is written by a machine, however it is laid out, and all of those that are put into it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, layout) => {
        const text = JSON.stringify(value, null, layout);
        expect(doubledNames(text)).toEqual([]);
        expect(readJson(text)).toEqual(JSON.parse(text));
        // One more member in front of each first name: it stands again where it stood.
        if (typeof value !== "object" || value === null || Array.isArray(value)) return;
        const [name] = Object.keys(value);
        if (name === undefined) return;
        const again = text.replace("{", () => `{${JSON.stringify(name)}: "}{,",`);
        expect(doubledNames(again).map((one) => one.name)).toEqual([name]);
        expect(readJson(again)).toBeUndefined();
      }),
    );
  });

  it("are looked for in work that grows no faster than the text, however deep it lies", () => {
    const deep = `${'{"a":'.repeat(5000)}{"b":1,"b":2}${"}".repeat(5000)}`;
    expect(pathsIn(deep)).toEqual([`${"/a".repeat(5000)}/b`]);
    const wide = `{${Array.from({ length: 200_000 }, (_, i) => `"name${i % 199_999}":${i}`).join(",")}}`;
    const began = performance.now();
    expect(pathsIn(wide)).toEqual(["/name0"]);
    expect(doubledNames(`[${'{"a":1,"a":2},'.repeat(1000)}0]`)).toHaveLength(20);
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it("stand in nothing that ships", () => {
    for (const kind of ["rules", "workflows", "seeds"])
      for (const file of readdirSync(new URL(`../../${kind}/jordan/`, import.meta.url))) {
        const text = readFileSync(new URL(`../../${kind}/jordan/${file}`, import.meta.url), "utf8");
        expect([file, doubledNames(text)]).toEqual([file, []]);
      }
  });
});

describe("an editor's text", () => {
  it("is taken when it is JSON and says everything once", () => {
    expect([readJson('{"a": 1}'), readJson("{"), readJson('{"a": 1, "a": 1}')]).toEqual([
      { a: 1 },
      undefined,
      undefined,
    ]);
    expect(textFaults('{"a": 1}')).toEqual([]);
    expect(textFaults('{"a": 1,\n"a": 1}')).toEqual([
      { place: "/a", line: 2, reason: expect.objectContaining({ en: expect.stringContaining("written twice") }) },
    ]);
    const [broken] = textFaults('{"a" 1}');
    expect(broken?.reason.ar).toContain("هذا ليس JSON صالحًا: نقطتان");
  });
});

describe("a problem", () => {
  const words = (en: string) => ({ en, ar: en });
  it("says each sentence once", () => {
    const faults = ["Give a time.", "Choose one.", "Choose one."].map((en, i) => ({
      field: `/${i}`,
      reason: words(en),
    }));
    expect(saidOnce({ detail: words("Give a time."), faults })).toEqual([words("Choose one.")]);
    expect(saidOnce({ detail: words("Mend these."), faults }).map(({ en }) => en)).toEqual([
      "Give a time.",
      "Choose one.",
    ]);
  });
});
