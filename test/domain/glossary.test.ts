/** One name for one idea: words that the glossary bans are found in texts of every audience, in either language. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { type Audience, bannedWords, type Idea, type Language, readGlossary, type Text } from "../support/glossary.js";

const languages: readonly Language[] = ["ar", "en"];
const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Every text of a file that has one language, by its key. */
function flat(node: unknown, path = ""): [key: string, text: string][] {
  if (typeof node === "string") return [[path, node]];
  return Object.entries(node as object).flatMap(([key, child]) => flat(child, path === "" ? key : `${path}.${key}`));
}

/** Pages of applicants and letters to them; all else is read by officials. */
const audienceOf = (file: string, key: string): Audience =>
  file.includes("portal") || key.startsWith("applicant-") || key === "layout.withheld" ? "public" : "official";

const ofFile = (file: string, language: Language): Text[] =>
  flat(json(file)).map(([key, text]) => ({ language, audience: audienceOf(file, key), key: `${file} ${key}`, text }));

/** Both languages of each `{ ar, en }` in files that a database starts with. */
function pairsIn(file: string): Text[] {
  const found: Text[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== "object" || node === null) return;
    const { ar, en } = node as { ar?: unknown; en?: unknown };
    for (const [language, text] of [
      ["ar", ar],
      ["en", en],
    ] as const)
      if (typeof ar === "string" && typeof en === "string" && typeof text === "string")
        found.push({ language, audience: "official", key: `${file} ${path}`, text });
    for (const [key, child] of Object.entries(node)) walk(child, path === "" ? key : `${path}.${key}`);
  };
  walk(json(file), "");
  return found;
}

const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)))
        .filter((file) => file.endsWith(".json"))
    : [];

/** What a README says: no commands, names in backquotes, or addresses of links. */
const readme = (file: string): Text[] =>
  readFileSync(file, "utf8")
    .replace(/^```[^\n]*\n[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, " # ")
    .replace(/\]\([^)]*\)/g, "]")
    .split(/\n\n+/)
    .map((text, i) => ({ language: "en", audience: "official", key: `${file} ${i}`, text }));

const ours = (): Text[] => [
  ...languages.flatMap((language) =>
    filesUnder(join("views/messages", language)).flatMap((file) => ofFile(file, language)),
  ),
  ...["seeds", "rules", "workflows"]
    .flatMap(filesUnder)
    // What the demo's people write is theirs.
    .filter((file) => !file.endsWith("population.json"))
    .flatMap(pairsIn),
  ...readme("README.md"),
];

describe("the glossary", () => {
  const ideas = readGlossary();

  it("says what each idea is, and its word in both languages, once", () => {
    expect(new Set(ideas.map(({ id }) => id)).size).toBe(ideas.length);
    expect(ideas.filter(({ meaning, ar, en }) => !meaning.endsWith(".") || ar.word === "" || en.word === "")).toEqual(
      [],
    );
  });

  it("does not ban a word that it gives itself", () => {
    const words = ideas.flatMap(({ id, en, ar }): Text[] => [
      { language: "en", audience: "official", key: id, text: en.word },
      { language: "ar", audience: "official", key: id, text: ar.word },
    ]);
    expect(bannedWords(words, ideas)).toEqual([]);
  });

  it("is kept by every text", () => {
    const texts = ours();
    expect(texts.length).toBeGreaterThan(1000);
    expect(new Set(texts.map(({ key }) => basename(key.split(" ")[0] ?? ""))).size).toBeGreaterThan(10);
    expect(bannedWords(texts, ideas)).toEqual([]);
  });
});

describe("the finder of banned words", () => {
  const ban = (language: Language, words: string[], more: Partial<Idea> = {}): Idea => ({
    id: "idea",
    meaning: "An idea.",
    en: { word: "x" },
    ar: { word: "س" },
    banned: [{ language, audience: "all", words, say: "another" }],
    ...more,
  });
  const finds = (text: string, ideas: readonly Idea[], language: Language = "en", audience: Audience = "official") =>
    bannedWords([{ language, audience, key: "a.json k", text }], ideas).length > 0;

  it.each([
    ["Mend it.", true],
    ["It is mended; then mend it", true],
    ["Recommend it", false],
    ["to mend-all", false],
    ["{mend} and {mend, plural, one {x} other {y}}", false],
    ["{n, plural, one {mend it} other {go}}", true],
    ["{{mend}}", false],
  ])("in English: %s", (text, found) => {
    expect(finds(text, [ban("en", ["mend", "mended"])])).toBe(found);
  });

  it.each([
    ["المعاملة", true],
    ["وبالمعاملة", true],
    ["للمعاملة", true],
    ["لمعاملتك", true],
    ["مُعامَلةٌ", true],
    ["المعاملون", false],
    ["معاملات", false],
  ])("in Arabic with what is before and behind: %s", (text, found) => {
    expect(finds(text, [ban("ar", ["معاملة"])], "ar")).toBe(found);
  });

  it("of a phrase, whose first word alone takes a prefix", () => {
    const idea = ban("ar", ["أول رد"]);
    expect(finds("لأول رد", [idea], "ar")).toBe(true);
    expect(finds("للرد الأول والرد", [idea], "ar")).toBe(false);
  });

  it("looks at spelling where that is meant", () => {
    expect(finds("سرّي", [ban("ar", ["=سرّي"])], "ar")).toBe(true);
    expect(finds("سري", [ban("ar", ["=سرّي"])], "ar")).toBe(false);
  });

  it("passes over what is allowed, by phrase and by key, and there alone", () => {
    const idea = ban("ar", ["معاملة"], { allowed: [{ language: "ar", phrase: "سوء معاملة", why: "ill-treatment" }] });
    expect(finds("سوء معاملة", [idea], "ar")).toBe(false);
    expect(finds("سوء معاملة في معاملة", [idea], "ar")).toBe(true);
    const keyed = ban("en", ["mend"], { allowed: [{ language: "en", key: "a.json k", why: "a name" }] });
    expect(finds("mend", [keyed])).toBe(false);
  });

  it("looks at the audience", () => {
    const idea: Idea = {
      ...ban("en", []),
      banned: [{ language: "en", audience: "public", words: ["case"], say: "your complaint" }],
    };
    expect(finds("the case", [idea], "en", "public")).toBe(true);
    expect(finds("the case", [idea], "en", "official")).toBe(false);
  });
});
