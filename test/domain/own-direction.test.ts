/** Numbers in groups keep their order in Arabic sentences: between Arabic words `482-739-1652` is drawn as `1652-739-482`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const filesIn = (folder: string, ends: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ends.test(name))
    .map((name) => join(folder, name));

/** Arabic first, then groups of digits that nothing sets apart. */
const bare = /\p{Script=Arabic}[^"`\u2066-\u2068]*?\d+-\d+/u;

/** Texts between quotes, with their escapes read. */
const textsOf = (source: string): string[] =>
  [...source.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, text = ""]) =>
    text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );

describe("groups of digits in Arabic texts", () => {
  it.each([
    ["views", /\.json$/],
    ["src", /\.tsx?$/],
    ["workflows", /\.json$/],
  ])("are set apart in %s", (folder, ends) => {
    const files = filesIn(folder, ends);
    expect(files.length).toBeGreaterThan(3);
    const wrong = files.flatMap((file) => textsOf(readFileSync(file, "utf8")).filter((text) => bare.test(text)));
    expect(wrong).toEqual([]);
  });
  it("would be found", () => {
    const [text = ""] = textsOf('ar: "مثال: 482-739-1652"');
    const [apart = ""] = textsOf(String.raw`ar: "مثال: \u2068482-739-1652\u2069"`);
    expect([bare.test(text), bare.test(apart)]).toEqual([true, false]);
  });
});
