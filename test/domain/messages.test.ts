/** The catalogues of words, and that nothing that people read stands anywhere else. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { filled, formatMessage, msg, pattern } from "../../src/engine/text/msg.js";
import { argumentTypes } from "../../src/platform/messages/argument-types.js";
import { messageFaults } from "../../src/platform/messages/message-faults.js";
import { readCatalogues } from "../../src/platform/messages/read-catalogues.js";

const catalogues = readCatalogues(join("views", "messages"));
const sources = (readdirSync("src", { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => [name, readFileSync(join("src", name), "utf8")] as const);

/** Read what people write in Arabic letters or digits, or are made from such data: they have no words for people. */
const readsArabic = new Set([
  "app/office/numbers-anywhere.ts",
  "engine/search/near-words.ts",
  "engine/rules/match-keywords.ts",
  "engine/search/name-words.ts",
  "engine/search/parse-search.ts",
  "engine/search/search-words.ts",
  "engine/search/stem-word.ts",
  "engine/suggestions/common-words.ts",
  "engine/suggestions/known-names.ts",
  "engine/suggestions/named-governorate.ts",
  "engine/suggestions/spoken-words.ts",
  "engine/setup/propose-code.ts",
  "engine/text/mask-personal.ts",
  "engine/text/normalise-text.ts",
  "engine/workflow/action-fields.ts",
  "features/cases/list/best-match-order.ts",
  "features/cases/act/composer-values.ts",
  "features/cases/act/composer-field.tsx",
  "features/intake/import/field-columns.ts",
  "features/intake/input-checks.ts",
  "features/policy/calendar/week-hours.ts",
  "features/policy/sla-grid/grid-text.ts",
  "features/portal/draft-input.ts",
  "platform/admin/scoped-resource.ts",
  "platform/messages/message-faults.ts",
  "platform/ui/shortcuts.ts",
]);

const arabicLetter = /[\u0600-\u06ff]/;

/** Literals of a file with an Arabic letter in them; comments are none. */
function arabicLiterals(name: string, text: string): string[] {
  if (!arabicLetter.test(text)) return [];
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const literal =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isRegularExpressionLiteral(node) ||
      ts.isJsxText(node);
    if (literal && arabicLetter.test(node.getText())) found.push(`${name}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The command line: what its files say to people comes from the catalogues too. */
const ofCommandLine = /\.command\.ts$|^platform\/cli\/|^app\/run-cli\.ts$|^cli\.ts$/;
/** Two words in a row: a sentence, or a name that is spelled as one. */
const twoWords = /[A-Za-z]+ [A-Za-z]+/;
/** What others write and we read, and what is recorded under this name. */
const noSentences = new Set(['"Global Options:"', '"command line"']);

/** Literals of a file with English words in a row; what a programmer reads (`throw new Error`) is no word for people. */
function englishLiterals(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const literal = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (literal && twoWords.test(node.text) && !noSentences.has(node.getText()))
      found.push(`${name}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("the catalogues", () => {
  it("have every text in both languages, with arguments of the same kind", () => {
    expect(Object.keys(catalogues.get("en") ?? {}).length).toBeGreaterThan(4000);
    expect(messageFaults(catalogues)).toEqual([]);
  });

  // Templates and places of the office name these by their parts.
  const composed = /^(help|emails|portal-pages|units|times)\./;
  it("have nothing that nobody says", () => {
    const all = sources.map(([name, text]) => (name.endsWith("message-arguments.ts") ? "" : text)).join("\n");
    const said = new Set([...all.matchAll(/"([a-z][a-z-]*(?:\.\w+)+)"/g)].map(([, key]) => key));
    expect(Object.keys(catalogues.get("en") ?? {}).filter((key) => !said.has(key) && !composed.test(key))).toEqual([]);
  });

  it.each([
    ["a text that Arabic lacks", { en: { "a.b": "Yes" }, ar: {} }, "ar a.b: it is missing"],
    ["a text that English lacks", { en: {}, ar: { "a.b": "نعم" } }, "ar a.b: English does not have it"],
    ["an empty text", { en: { "a.b": "" }, ar: { "a.b": "نعم" } }, "en a.b: it is empty"],
    [
      "another kind of argument",
      { en: { "a.b": "{n, number}" }, ar: { "a.b": "{n}" } },
      "ar a.b: {n} is number in another language",
    ],
    [
      "an argument a language",
      { en: { "a.b": "{size}" }, ar: { "a.b": "{size2}" } },
      "ar a.b: {size2} where English has {size}",
    ],
    [
      "a plural without dual",
      { en: { "a.b": "{n, number}" }, ar: { "a.b": "{n, plural, few {# أيام} other {# يوم}}" } },
      "ar a.b: forms of the plural are missing: n: two",
    ],
  ])("would be found with %s", (_, texts, fault) => {
    expect(messageFaults(new Map(Object.entries(texts as Record<string, Record<string, string>>)))).toContain(fault);
  });

  it.each([
    ["en", "{n, number} cases are open", 1],
    ["en", "{n, number} of {all, number}", 0],
    ["en", "{n, plural, one {# case} other {# cases}}", 0],
    ["ar", "من {n, number} طلب", 1],
    ["ar", "{n, number} من {all, number}", 0],
  ])("would be found with a fixed noun: %s %s", (language, text, count) => {
    const faults = messageFaults(new Map([[language, { "a.b": text }]]));
    expect(faults.filter((fault) => fault.includes("a noun fixed after a number"))).toHaveLength(count);
  });

  it("give the types of their arguments", () => {
    const types = argumentTypes([{ "a.b": "{n, number} {name}", "a.c": "Yes" }, { "a.b": "{n, plural, other {#}}" }]);
    expect(types).toContain('"a.b": { readonly n: number; readonly name: Text };');
    expect(types).not.toContain('"a.c"');
    expect(types).toContain('"a": typeof import("../../../views/messages/en/a.json");');
  });
});

describe("a message", () => {
  it("says both languages, and takes words of both as arguments", () => {
    const name = { en: "Water Authority", ar: "سلطة المياه" };
    const { en, ar } = msg("people.seats.isRetired", { name });
    expect([en.includes(name.en), ar.includes(name.ar)]).toEqual([true, true]);
  });

  it("waits for its arguments as a pattern", () => {
    expect(filled(pattern("ui.letterFrame.frame"), { subject: "Water" }).en).toContain("Water");
  });

  it("is refused with an argument missing, and without a text in any language", () => {
    expect(() => formatMessage("en", "ui.letterFrame.frame", {})).toThrow("subject");
    expect(() => formatMessage("en", "no.such.key")).toThrow("No catalogue has the message no.such.key");
  });

  it("does not compile with a key that is not there, or without its arguments", () => {
    // @ts-expect-error The area is there, the key is not.
    const unknown = msg("ui.letterFrame.noSuchKey");
    // @ts-expect-error `subject` is missing.
    const unfilled = msg("ui.letterFrame.frame");
    for (const one of [unknown, unfilled]) expect(() => one.en).toThrow();
  });
});

describe("words that people read", () => {
  it("are in the catalogues, and nowhere in the code", () => {
    const found = sources.flatMap(([name, text]) => (readsArabic.has(name) ? [] : arabicLiterals(name, text)));
    expect(found).toEqual([]);
  });

  it("are in the catalogues where the command line says them", () => {
    const files = sources.filter(([name]) => ofCommandLine.test(name));
    expect(files.length).toBeGreaterThan(30);
    expect(files.flatMap(([name, text]) => englishLiterals(name, text))).toEqual([]);
  });

  it("would be found where the command line says them", () => {
    const texts = [
      '.description("Show a case.")',
      "io.out(`$".concat("{n} cases moved`)"),
      '.option("--as <email>", say(words))',
    ];
    expect(englishLiterals("a.command.ts", texts.map((text) => `program${text}`).join(";\n"))).toHaveLength(2);
  });

  it("would be found in the code", () => {
    const texts = ["const a = 'نعم';", "const b = `$".concat("{a} لا`;"), "const c = <p>نعم</p>;", "// تعليق"];
    const literals = arabicLiterals("a.tsx", texts.join("\n"));
    expect(literals).toHaveLength(3);
  });

  it("are read by every file that is let off", () => {
    const idle = [...readsArabic].filter(
      (name) => !sources.some(([one, text]) => one === name && arabicLetter.test(text)),
    );
    expect(idle).toEqual([]);
  });
});
