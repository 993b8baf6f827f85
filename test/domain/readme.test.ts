/** What the README names is there: scripts, commands, options. That its blocks run is shown by `integration/launcher`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { runAsked } from "../support/fake-command-line.js";
import { commandsUnder, inlineCode } from "../support/readme.js";

const headings = ["Two commands", "Five minutes in a second terminal", "Production", "Measuring"];
const lines = headings
  .flatMap(commandsUnder)
  .flatMap((block) => block.split("\n"))
  .concat(inlineCode());

describe("the README", () => {
  it("names scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const named = new Set(
      lines.flatMap((line) => [...line.matchAll(/npm run (?:-s )?([a-z][\w-]*)/g)].map(([, name]) => name)),
    );
    expect(named.size).toBeGreaterThan(3);
    expect([...named].filter((name) => scripts[name ?? ""] === undefined)).toEqual([]);
  });

  it("names commands and options that there are", async () => {
    const called = lines.flatMap((line) => [
      ...line.matchAll(/(?:^|[(|] *)diwan ([a-z][\w -]*)(.*)/g),
      ...line.matchAll(/npm run (?:-s )?diwan -- ([a-z][\w -]*)(.*)/g),
    ]);
    const known = new Map<string, string>();
    const unknown: string[] = [];
    for (const [line, words = "", rest = ""] of called) {
      const [name = "", second = ""] = words.split(" ");
      const of = name === "keys" && second === "status" ? [name, second] : [name];
      const help = known.get(of.join(" ")) ?? (await runAsked([...of, "--help"]));
      const told = typeof help === "string" ? help : help.code === 0 ? help.out : "";
      known.set(of.join(" "), told);
      const options = [...`${words}${rest}`.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, option]) => option ?? "");
      if (told === "" || options.some((option) => option !== "--help" && !told.includes(option))) unknown.push(line);
    }
    expect(called.length).toBeGreaterThan(25);
    expect(unknown).toEqual([]);
  });

  it("names files of the repository that there are", () => {
    const files = commandsUnder("Five minutes in a second terminal")
      .flatMap((block) => [...block.matchAll(/(?<![\w/$"])(?:seeds|rules|workflows|views)\/[\w./-]+/g)])
      .map(([file]) => file);
    expect(files).toEqual(expect.arrayContaining(["seeds/boston311/history-sample.csv", "rules/jordan/sla.json"]));
    expect(files.filter((file) => !existsSync(join(process.cwd(), file)))).toEqual([]);
  });
});

/** Files and folders of the repository, relative to its root; what is built or installed is none of it. */
const places = ["src", "test", "rules", "workflows", "seeds", "views"].flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
);
const maps = ["README.md", ...places.filter((file) => basename(file) === "README.md")];
/** What is made by building or running, or by a programme that has some, and is no part of the repository. */
const laterOn = /^(var|exports|dist|messages|digests)\/|^instructions\.json$/;
const names = new Set(places.map((file) => basename(file)));

/** What a map names in backquotes or links to: files, folders, or a file's name alone. Words in capitals are placeholders. */
function namedIn(map: string): readonly string[] {
  const text = readFileSync(map, "utf8").replace(/^```[\s\S]*?^```$/gm, "");
  const quoted = [...text.matchAll(/`([\w.@/-]+\/|[\w.@/-]+\.(?:tsx?|[cm]js|json|css|hbs|md|csv))`/g)];
  const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)];
  return [...quoted, ...linked]
    .map(([, name = ""]) => name)
    .filter((name) => !/[A-Z]{2}/.test(name.replace(/README|LICENSE/, "")));
}

describe("the maps", () => {
  it("name files and folders that there are", () => {
    const missing = maps.flatMap((map) =>
      namedIn(map)
        .filter((name) => ![dirname(map), ".", "src"].some((from) => existsSync(join(from, name))))
        .filter((name) => name.replace(/\/$/, "").includes("/") || !names.has(basename(name)))
        .filter((name) => !laterOn.test(name))
        .map((name) => `${map}: ${name}`),
    );
    expect(maps.length).toBeGreaterThan(15);
    expect(maps.flatMap(namedIn).length).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });

  it("are short enough to be read", () => {
    const words = (map: string) => readFileSync(map, "utf8").split(/\s+/).length;
    expect(words("README.md")).toBeLessThanOrEqual(2500);
    expect(words("src/README.md")).toBeLessThanOrEqual(1800);
  });
});
