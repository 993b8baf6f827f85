/** Texts of applicants in files that spreadsheets open: nothing runs, numbers stay numbers, lines stay lines. */
import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvLine, safeText } from "../../src/engine/text/safe-cell.js";

describe("a text that begins like a formula is text", () => {
  it.each([
    ["=1+1"],
    ['=HYPERLINK("http://evil.example","x")'],
    ["+cmd|' /C calc'!A0"],
    ["-2+3+cmd|' /C calc'!A0"],
    ["@SUM(1+1)*cmd"],
    ["\t=1+1"],
    ["\ttext behind a tab"],
    ["\r=1+1"],
    ["\n=1+1"],
    ["   =1+1"],
    ['"=1+1"'],
    ["'=1+1"],
    ["«=1+1»"],
    ["“=1+1”"],
    ["＝1+1"],
    ["＋1+1"],
    ["－1+1"],
    ["＠SUM(1)"],
    ["−1+1"],
    ["\u200f=1+1"],
    ["\u202e=1+1"],
    ["\ufeff=1+1"],
    ["\u0000=1+1"],
    ["\u200b \u00a0=1+1"],
  ])("%j", (text) => {
    expect(safeText(text)).toMatch(/^'/);
  });
});

describe("what is no formula stays as it is", () => {
  it.each([
    ["لا ماء منذ أسبوع"],
    ["a = b"],
    ["482-739-1652"],
    ["+962791234567"],
    ["-12.5"],
    ["1,234"],
    ["rana@example.com"],
    ["x-ray"],
    ["first\nsecond"],
    [""],
  ])("%j", (text) => {
    expect(safeText(text)).toBe(text);
  });
});

it("what neither XML nor a reader of CSV takes is left out, and what no cell holds is cut at a whole character", () => {
  expect(safeText("a\u0000b\u000bc\ufffed\ud800e")).toBe("abcde");
  const long = safeText("😀".repeat(20_000));
  expect(long.length).toBeLessThanOrEqual(32_767);
  expect(long).toMatch(/😀…$/u);
});

it("whatever is written, no cell of ours begins a formula, and a reader of CSV finds it again", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "'", " ", "\u200f", "１", "1") }),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (fields) => {
      const safe = fields.map(safeText);
      for (const one of safe) {
        if (/^[+-]?\d+([.,]\d+)*$/.test(one)) continue;
        expect(one).not.toMatch(/^[\s"\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]/u);
      }
      // But for the apostrophes inside: see below.
      const bare = (cells: readonly string[]) => cells.map((cell) => cell.replaceAll(/([;,\t\r\n])'+/g, "$1"));
      expect(parse(csvLine(safe), { relaxQuotes: false }).map(bare)).toEqual([bare(safe)]);
    }),
  );
});

describe("where lists are separated by semicolons", () => {
  const asSemicolons = (text: string): string[] =>
    parse(csvLine([safeText(text), "next"]), { delimiter: ";", relaxQuotes: true, relaxColumnCount: true }).flat();
  it.each([["Refused;=cmd|' /C calc'!A0;x"], ["a; +cmd|' /C calc'!A0"], ["a;@SUM(1)"], ["a\t=1+1"], ["a;＝1+1"]])(
    "no cell of %j is a formula",
    (text) => {
      for (const cell of asSemicolons(text)) expect(cell).not.toMatch(/^[\s"]*[=+@＝]/);
    },
  );
  it("a list and a sum in words stay as they are", () => {
    const text = "We ask for:\n- water\n- light; - and a road, +962791234567";
    expect(parse(csvLine([safeText(text)])).flat()).toEqual([text]);
  });
  it("takes no longer for what was made to take long", () => {
    const started = performance.now();
    for (const text of ["\n".repeat(300_000), "+ ".repeat(150_000), ";+".repeat(150_000)]) csvLine([text]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
