/** This release keeps what the former one promised: `test/contract/README.md`. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Command } from "commander";
import { allCommands } from "../../src/app/all-commands.js";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { programOf } from "../../src/app/run-cli.js";
import { exportConfiguration } from "../../src/features/config-files/export-configuration.js";
import { importConfiguration } from "../../src/features/config-files/import-configuration.js";
import { openApiDocument } from "../../src/features/intake/openapi.js";
import { type EnvironmentError, readConfig } from "../../src/platform/config.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const folder = new URL("../contract/", import.meta.url);
const json = async (path: string) => JSON.parse(await readFile(new URL(path, folder), "utf8"));

interface CommandShape {
  readonly name: string;
  readonly arguments?: readonly string[];
  readonly options?: readonly string[];
  readonly commands?: readonly CommandShape[];
}

/** @param shared options that each command has beside its own */
function shapeOf(command: Command, shared: readonly string[]): CommandShape {
  const mark = (required: boolean, name: string, several: boolean) => {
    const text = several ? `${name}...` : name;
    return required ? `<${text}>` : `[${text}]`;
  };
  return {
    name: command.name(),
    arguments: command.registeredArguments.map((one) => mark(one.required, one.name(), one.variadic)),
    options: [...command.options.map(({ flags }) => flags), ...shared],
    commands: command.commands.map((one) => shapeOf(one, shared)),
  };
}

function commandsNow(): CommandShape[] {
  const io = { out: () => undefined, error: () => undefined };
  const program = programOf(
    { io, language: "en", asked: null, say: ({ en }: { en: string }) => en } as never,
    allCommands,
  );
  const shared = program.options.map(({ flags }) => flags);
  return program.commands.map((one) => shapeOf(one, shared));
}

/**
 * Where a promise is not kept, as paths. Objects may gain names, lists of words gain words; what a caller must send
 * (`required`) may not grow.
 */
function broken(former: unknown, now: unknown, path = ""): string[] {
  if (Array.isArray(former)) {
    if (!Array.isArray(now)) return [path];
    const texts = new Set(now.map((item) => JSON.stringify(item)));
    if (former.some((item) => typeof item === "object")) {
      return former.flatMap((item, i) => broken(item, now[i], `${path}/${i}`));
    }
    const lost = former.filter((item) => !texts.has(JSON.stringify(item))).map((item) => `${path}/${item}`);
    return path.endsWith("/required") && now.length > former.length ? [...lost, `${path}: more is asked`] : lost;
  }
  if (typeof former === "object" && former !== null) {
    if (typeof now !== "object" || now === null) return [path];
    return Object.entries(former).flatMap(([name, value]) =>
      broken(value, (now as Record<string, unknown>)[name], `${path}/${name}`),
    );
  }
  return former === now ? [] : [path];
}

const namesOfActions = (all: readonly object[], nameOf: (one: never) => string) =>
  Object.fromEntries(
    all.map((one) => [nameOf(one as never), Object.keys((one as { actions?: object }).actions ?? {})]),
  );

describe("a comparison", () => {
  it("finds what is lost, other or newly asked, and lets more come", () => {
    const former = { a: { type: "string" }, names: ["x"], required: ["x"], list: [{ b: 1 }] };
    expect(broken(former, { ...former, c: 1, names: ["y", "x"] })).toEqual([]);
    const now = { a: { type: "number" }, names: ["y"], required: ["x", "y"], list: [{ b: 2 }] };
    expect(broken(former, now)).toEqual(["/a/type", "/names/x", "/required: more is asked", "/list/0/b"]);
    expect(broken(former, {})).toHaveLength(4);
  });
});

describe("the doors are where they were", () => {
  it("npm scripts", async () => {
    const { scripts } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining((await json("doors.json")).scripts));
  });

  it("variables of the environment and their defaults", async () => {
    const { variables, settings } = await json("doors.json");
    expect(broken(settings, readConfig({}, { production: false }))).toEqual([]);
    const wrong = Object.fromEntries((variables as string[]).map((name) => [name, "\0"]));
    const faults = (() => {
      try {
        readConfig(wrong, { production: false });
        return [];
      } catch (error) {
        return (error as EnvironmentError).faults.map(({ variable }) => variable);
      }
    })();
    expect([...new Set(faults)].sort()).toEqual(expect.arrayContaining([...variables].sort()));
  });

  it("commands, their arguments and options", async () => {
    const byName = (all: readonly CommandShape[]): object =>
      Object.fromEntries(all.map((one) => [one.name, { ...one, commands: byName(one.commands ?? []) }]));
    expect(broken(byName((await json("doors.json")).commands), byName(commandsNow()))).toEqual([]);
  });

  it("resources and pages of the back office, and their acts", async () => {
    const { resources, pages } = await json("doors.json");
    expect(
      broken(
        resources,
        namesOfActions(allResources, ({ id }: { id: string }) => id),
      ),
    ).toEqual([]);
    expect(
      broken(
        pages,
        namesOfActions(allPages, ({ name }: { name: string }) => name),
      ),
    ).toEqual([]);
  });

  it("the API", async () => {
    expect(broken((await json("doors.json")).api, openApiDocument("/"))).toEqual([]);
  });
});

describe("configuration that the former release exported", () => {
  let database: TestDatabase;
  let back: string;
  beforeAll(async () => {
    database = await createTestDatabase("migrated");
    back = await mkdtemp(join(tmpdir(), "diwan-contract-"));
  });
  afterAll(async () => {
    await database.close();
    await rm(back, { recursive: true, force: true });
  });

  it("is imported into an empty database and comes out as it was, to the byte", async () => {
    const { pathname } = new URL("configuration/", folder);
    const by = { kind: "system", job: "import-config" } as const;
    const now = new Date("2026-11-29T06:00:00Z");
    await importConfiguration(database.db, { folder: pathname, reason: "from before", retireMissing: false, by, now });
    const files = (await readdir(pathname, { recursive: true })).filter((name) => name.endsWith(".json")).sort();
    expect((await exportConfiguration(database.db, back)).sort()).toEqual(files);
    const text = (of: string, name: string) => readFile(join(of, name), "utf8");
    for (const name of files) expect([name, await text(back, name)]).toEqual([name, await text(pathname, name)]);
  });
});
