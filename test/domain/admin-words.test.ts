/** Small reckonings of the back office's screens that need no browser. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decidesWords } from "../../src/features/policy/decides-words.js";
import { configurationKinds } from "../../src/features/setup/tables/create-models.js";
import { lineOfPointer } from "../../src/platform/ui/json/json-lines.js";
import { firstFault, parseFault } from "../../src/platform/ui/json/read-json.js";
import { momentFromLocal, momentToLocal } from "../../src/platform/ui/language/zoned.js";

describe("from when on a publication decides", () => {
  it("is said of a new workflow alone as of what nothing runs by: a letter takes effect at once", () => {
    const idle = configurationKinds.filter((kind) => decidesWords(kind, true).en.includes("no case follows it"));
    expect(idle).toEqual(["workflow"]);
    expect(configurationKinds.map((kind) => decidesWords(kind, false).en).join()).not.toContain("no case follows it");
    expect(decidesWords("message", true)).toMatchObject({
      en: expect.stringContaining("very next email of this type"),
      ar: expect.stringContaining("الرسالة التالية"),
    });
  });
});

describe("places in JSON", () => {
  const text = `{
  "rules": [
    { "name": "a, [\\"b\\"}", "if": null },
    {
      "name": "c/d",
      "a/b": { "x~y": [1,
        2] }
    }
  ]
}`;
  it.each([
    ["", 1],
    ["/rules", 2],
    ["/rules/0", 3],
    ["/rules/0/name", 3],
    ["/rules/1", 4],
    ["/rules/1/name", 5],
    ["/rules/1/a~1b/x~0y/0", 6],
    ["/rules/1/a~1b/x~0y/1", 7],
    ["/rules/1/missing", 4],
    ["/rules/9", 2],
    ["/nothing/at/all", 1],
  ])("%s", (pointer, line) => {
    expect(lineOfPointer(text, pointer)).toBe(line);
  });
  it("ends for texts that are no JSON", () => {
    for (const broken of ["{", "[1", "{a}", '{"a" 1}', '["', "[:]", "", "{,}", "[[[", '{"a":}']) {
      expect(() => lineOfPointer(broken, "/a/0")).not.toThrow();
      expect(parseFault(broken)).not.toBeNull();
    }
  });
  it.each([
    ['{\n"a": x\n}', 2],
    ['{\n"a": 1\n"b": 2\n}', 3],
    ['{\n"a": [1,\n2,\n]\n}', 4],
    ['{\n"a": {\n"b": 1\n\n', 3],
    ['{"a": "b\nc"}', 1],
    ["\n\n01", 3],
    ["[1]\n[2]", 2],
    ["{\n'a': 1}", 2],
    ['[\n"\\x"]', 2],
  ])("finds the line of the fault in %j", (broken, line) => {
    expect(parseFault(broken)?.line).toBe(line);
  });
  it.each([
    ['{"a": }', "a value is missing or cannot be read", "قيمة ناقصة أو لا يمكن قراءتها"],
    ["{a: 1}", "a name in double quotes is missing", "اسم بين علامتي اقتباس مزدوجتين ناقص"],
    ['{"a" 1}', "a colon is missing after the name", "نقطتان رأسيتان ناقصتان بعد الاسم"],
    ['{"a": 1', "a comma or a closing bracket is missing", "فاصلة أو قوس إغلاق ناقص"],
    ["[1] 2", "there is something after the end", "يوجد نص بعد النهاية"],
  ])("says in both languages why %j is none", (broken, en, ar) => {
    expect(parseFault(broken)?.reason).toEqual({ en, ar });
  });
  it("agrees with JSON.parse on what is JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', ":", "1"), (json, where, inserted) => {
        const at = where % (json.length + 1);
        const changed = json.slice(0, at) + inserted + json.slice(at);
        const isJson = (() => {
          try {
            JSON.parse(changed);
            return true;
          } catch {
            return false;
          }
        })();
        expect(parseFault(changed) === null).toBe(isJson);
        // The scanner alone agrees too: a fault is never only said to be at the end.
        expect(firstFault(changed) === null).toBe(isJson);
      }),
    );
  });
});

describe("moments on the programme's clock", () => {
  it("come and go without change, also where clocks were moved", () => {
    expect(momentToLocal("2026-11-22T06:00:00Z", "Asia/Amman")).toBe("2026-11-22T09:00");
    expect(momentFromLocal("2026-11-22T09:00", "Asia/Amman")).toBe("2026-11-22T06:00:00.000Z");
    // Jordan's last winter time.
    expect(momentFromLocal("2022-02-10T09:00", "Asia/Amman")).toBe("2022-02-10T07:00:00.000Z");
    for (const local of ["2026-03-29T12:00", "2026-10-25T12:00", "2026-07-01T00:30"]) {
      const moment = momentFromLocal(local, "Europe/Berlin") ?? "";
      expect(momentToLocal(moment, "Europe/Berlin")).toBe(local);
    }
  });
  it("are nothing where nothing is typed", () => {
    expect(momentFromLocal("", "Asia/Amman")).toBeNull();
    expect(momentToLocal("nonsense", "Asia/Amman")).toBe("");
  });
});

describe("words that officials read", () => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      // The glossary names what nobody may say.
      .filter((name) => /\.(json|tsx?|hbs)$/.test(name) && !name.endsWith("glossary.json"))
      .map((name) => join(folder, name));

  it.each(["views", "src", "rules", "workflows", "seeds"])(
    "in %s speak of no penalty: a notice is «إشعار»",
    (folder) => {
      const all = files(folder);
      expect(all.length).toBeGreaterThan(5);
      expect(all.filter((file) => readFileSync(file, "utf8").includes("إنذار"))).toEqual([]);
    },
  );
});
