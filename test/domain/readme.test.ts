/** What the README names is there: scripts, commands, options. That its blocks run is shown by `integration/launcher`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
