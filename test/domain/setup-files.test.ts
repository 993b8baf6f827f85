import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { readMaterial } from "../../src/app/demo/material.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { describeFault } from "../../src/engine/setup/configuration-fault.js";
import { declarationOf } from "../../src/engine/setup/tables/setup-registry.js";
import { checkFiles } from "../../src/features/config-files/check-config.js";
import { readConfiguration } from "../../src/features/config-files/read-configuration.js";
import { type CodedColumn, mappingFaults, readMapping } from "../../src/features/intake/import/mapping.js";
import { asFieldFaults } from "../../src/features/policy/definition-faults.js";
import { installationFolder } from "../../src/platform/root.js";

type Json = Record<string, unknown>;

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "diwan-setup-"));
});
afterAll(() => rm(base, { recursive: true, force: true }));

/** A change of a file's content, or the text that takes its place. */
type Change = (content: Json) => string | undefined;

/** Puts a value at a JSON pointer, or takes what is there away. */
const put =
  (pointer: string, value?: unknown): Change =>
  (content) => {
    const keys = pointer.slice(1).split("/");
    const last = keys.pop() ?? "";
    const at = keys.reduce((inner, key) => inner[key] as Json, content);
    if (value === undefined) delete at[last];
    else at[last] = value;
    return undefined;
  };

let copies = 0;
/** A copy of the small shipped programme (its rules take long to check: only where they are asked for), with one file changed. */
async function changed(
  file: string,
  change: Change,
  { parts = ["seeds", "workflows"], programme = "boston311" } = {},
): Promise<string> {
  const root = join(base, String(copies++));
  for (const part of parts) {
    await cp(join(installationFolder, part, programme), join(root, part, programme), { recursive: true });
  }
  const path = join(root, file);
  const content = JSON.parse(await readFile(path, "utf8").catch(() => "{}"));
  await writeFile(path, change(content) ?? JSON.stringify(content));
  return root;
}

const seeds = "seeds/boston311";
const errorsOf = async (root: string) => (await readConfiguration(root)).faults.filter((f) => f.severity === "error");

describe("the shipped configuration", () => {
  it("names its examples in both languages", async () => {
    const names: unknown[] = [];
    for (const programme of await readdir(join(installationFolder, "rules"), { withFileTypes: true })) {
      if (!programme.isDirectory()) continue;
      const folder = join(installationFolder, "rules", programme.name);
      for (const file of await readdir(folder)) {
        const { rules } = JSON.parse(await readFile(join(folder, file), "utf8")) as RuleSetDefinition;
        names.push(...rules.flatMap(({ examples }) => examples.map(({ name }) => name)));
      }
    }
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) {
      expect(name).toEqual({ ar: expect.stringMatching(/^[^A-Za-z]+$/), en: expect.stringMatching(/^[^؀-ۿ]+$/) });
    }
  });

  it("has no error in any programme", async () => {
    const { checked, faults } = await checkFiles();
    expect(faults.filter((fault) => fault.severity === "error").map((fault) => describeFault(fault))).toEqual([]);
    expect(checked).toEqual(expect.arrayContaining(["rules/jordan/sla.json", "workflows/boston311/request.json"]));
  });
});

/** What is changed in which file, where the fault is told, and words that it must say. */
const wrong: [name: string, file: string, change: Change, path: string, words: string][] = [
  ["no JSON", "sectors.json", () => '[{"code": "A",}]', "", "line 1, column 15"],
  ["an object where a list is due", "sectors.json", () => "{}", "", "a list"],
  ["a property left out", "entities.json", put("/1/sector"), "/1/sector", "missing"],
  ["a kind that has no label", "entities.json", put("/1/kind", "bureau"), "/1/kind", "one of: government, ministry"],
  ["a property that nobody knows", "pillars.json", put("/0/colour", "red"), "/0", "colour"],
  ["a name in one language", "pillars.json", put("/0/name/ar"), "/0/name/ar", "missing"],
  ["an empty name", "pillars.json", put("/0/name/ar", " "), "/0/name/ar", "Enter a value"],
  ["a code with a space", "channels.json", put("/0/code", "a b"), "/0/code", "code"],
  [
    "a keyword of signs only",
    "keyword-lists.json",
    () => '[{"code":"k","name":{"ar":"ك","en":"K"},"words":["fire","!"]}]',
    "/0/words/1",
    "letters or digits",
  ],
  ["a name that turns the text round", "pillars.json", put("/0/name/en", "a\u202eb"), "/0/name/en", "change the order"],
  ["a name without end", "pillars.json", put("/0/name/en", "x".repeat(301)), "/0/name/en", "300 characters or fewer"],
  [
    "a role of no entity on the ladder",
    "programme.json",
    put("/settings/ladder/0/role", "auditor"),
    "/settings/ladder/0/role",
    "positions of an entity",
  ],
  [
    "a role twice on the ladder",
    "programme.json",
    put("/settings/ladder/1/role", "entity_manager"),
    "/settings/ladder/1/role",
    "lower level of escalation",
  ],
  ["an entity in use under a retired one", "entities.json", put("/0/retired", true), "/1/parent", "CITY is retired"],
  ["an unknown kind of channel", "channels.json", put("/0/kind", "pigeon"), "/0/kind", "contactCentre"],
  ["a rank that is text", "importance-levels.json", put("/0/rank", "one"), "/0/rank", "a number"],
  ["a rank of 0", "importance-levels.json", put("/0/rank", 0), "/0/rank", "at least 1"],
  ["a day that does not exist", "entities.json", put("/1/validFrom", "2026-02-30"), "/1/validFrom", "YYYY-MM-DD"],
  ["an end before the beginning", "entities.json", put("/1/validTo", "1999-01-01"), "/1/validTo", "before"],
  ["a code used twice", "sectors.json", put("/1/code", "PUBLIC_WORKS"), "/1/code", "used twice"],
  ["an unknown sector", "entities.json", put("/1/sector", "CITTY"), "/1/sector", "Did you mean CITY?"],
  ["an unknown parent", "entities.json", put("/1/parent", "NOWHERE"), "/1/parent", "No entity has the code NOWHERE"],
  ["itself as parent", "entities.json", put("/1/parent", "PWDx"), "/1/parent", "circle: PWDx > PWDx"],
  [
    "a circle of two",
    "entities.json",
    (entities) => put("/1/parent", "INFO")(entities) ?? put("/2/parent", "PWDx")(entities),
    "/2/parent",
    "INFO > PWDx > INFO",
  ],
  ["no root", "entities.json", put("/0/parent", "PWDx"), "", "no top entity"],
  ["a wrong level", "entities.json", put("/1/level", 3), "/1/level", "level 1"],
  ["a level under no parent", "entities.json", put("/0/level", 1), "/0/level", "level 0"],
  [
    "a rank used twice",
    "importance-levels.json",
    put("/1", { code: "high", name: { ar: "عالية", en: "High" }, rank: 1 }),
    "/1/rank",
    "Rank 1 belongs to",
  ],
  ["an unknown workflow", "application-types.json", put("/0/workflow", "requests"), "/0/workflow", "request?"],
  [
    "a choice without choices",
    "application-types.json",
    put("/0/fields/0", { code: "size", name: { ar: "الحجم", en: "Size" }, type: "choice", required: false }),
    "/0/fields/0/choices",
    "needs choices",
  ],
  [
    "a least above the most",
    "application-types.json",
    put("/0/fields/0", {
      code: "weight",
      name: { ar: "الوزن", en: "Weight" },
      type: "number",
      required: false,
      min: 9,
      max: 1,
    }),
    "/0/fields/0/min",
    "greater than the maximum",
  ],
  ["an unknown zone", "programme.json", put("/timeZone", "America/Bostonia"), "/timeZone", "Asia/Amman"],
  ["an unknown calendar", "programme.json", put("/calendar", "moon"), "/calendar", "No calendar file"],
  ["a ladder with a gap", "programme.json", put("/settings/ladder/1/level", 5), "/settings/ladder/1/level", "2"],
  ["a code that is not the folder's", "programme.json", put("/code", "boston"), "/code", "boston311"],
  ["a seat in no entity", "people.json", put("/seats/8/entity", null), "/seats/8/entity", "Give the entity"],
  [
    "a seat in too many places",
    "people.json",
    put("/seats/0/entity", "ISD"),
    "/seats/0/entity",
    "not belong to any entity",
  ],
  ["an unknown role", "people.json", put("/seats/0/role", "king"), "/seats/0/role", "auditor"],
  [
    "one address for two people",
    "people.json",
    put("/seats/1/holder/email", "rosa.ortiz@boston.example"),
    "/seats/1/holder/email",
    "already",
  ],
  ["an unknown KPI", "shown-kpis.json", put("/0/kpi", "onTime"), "/0/kpi", "onTimeResolution"],
  ["an unknown role of a KPI", "shown-kpis.json", put("/0/audiences/0", "king"), "/0/audiences/0", "auditor"],
  [
    "a role that reads no figures",
    "shown-kpis.json",
    put("/0/audiences/0", "contact_centre_agent"),
    "/0/audiences/0",
    "auditor",
  ],
  ["a KPI for nobody", "shown-kpis.json", put("/0/audiences", []), "/0/audiences", "at least 1"],
  ["a role twice", "shown-kpis.json", put("/0/audiences/1", "operation_room"), "/0/audiences/1", "twice"],
  ["a KPI twice for a role", "shown-kpis.json", put("/1/kpi", "onTimeResolution"), "/1/audiences/0", "(ON_TIME)"],
  ["a target of 140 %", "shown-kpis.json", put("/0/target", 140), "/0/target", "at most 100 per cent"],
  ["a target that is no number", "shown-kpis.json", put("/0/target", "90 %"), "/0/target", "a number"],
  ["a target of half a case", "shown-kpis.json", put("/1/target", 1.5), "/1/target", "a whole number"],
  ["a target below nothing", "shown-kpis.json", put("/1/target", -1), "/1/target", "at least 0"],
  ["a target without a direction", "shown-kpis.json", put("/2/target", 100), "/2/target", "“Received”"],
  ["a target of years", "shown-kpis.json", put("/11/target", 2000), "/11/target", "1,000 working days"],
  [
    "a target without a KPI",
    "shown-kpis.json",
    () => '[{"code":"A","name":{"ar":"أ","en":"A"},"audiences":["auditor"],"target":90}]',
    "/0/kpi",
    "one of: onTimeResolution",
  ],
  ["a threshold without a target", "shown-kpis.json", put("/0/threshold", 80), "/0/threshold", "no target"],
  [
    "a threshold on the wrong side",
    "shown-kpis.json",
    (rows) => void Object.assign((rows as unknown as Json[])[0] as Json, { target: 80, threshold: 90 }),
    "/0/threshold",
    "below 80",
  ],
  [
    "a threshold on the wrong side of what is better low",
    "shown-kpis.json",
    (rows) => void Object.assign((rows as unknown as Json[])[1] as Json, { target: 80, threshold: 70 }),
    "/1/threshold",
    "above 80",
  ],
  ["what is never shown alone", "shown-kpis.json", put("/0/retired", true), "/9/audiences/0", "“Answered on time” too"],
  ["a file that nobody reads", "sektors.json", () => "[]", "", "is not read"],
  ["a file that nobody reads for its capitals", "SECTORS.JSON", () => "[]", "", "in lower case"],
];

it("every setting of a programme is in its form, under one heading", () => {
  const { columns, formGroups } = declarationOf("programmes");
  const shown = formGroups?.flatMap((group) => group.columns) ?? [];
  expect([...shown].sort()).toEqual(Object.keys(columns).sort());
});

describe("a set-up that is wrong", () => {
  it.each(wrong)("%s", async (_name, file, change, path, words) => {
    const errors = await errorsOf(await changed(`${seeds}/${file}`, change));
    const fault = errors.find((f) => f.source === `${seeds}/${file}` && f.path === path && f.reason.en.includes(words));
    expect(errors.map((f) => describeFault(f))).not.toEqual([]);
    expect(fault?.reason.ar).toMatch(/[\u0621-\u064a]/);
  });

  it("is told of a rule set that would be left out for the letters of its name", async () => {
    const root = await changed("rules/boston311/SLA.JSON", () => "{}", { parts: ["seeds", "rules", "workflows"] });
    const told = (await errorsOf(root)).map(({ source, reason }) => [source, reason.en]);
    expect(told).toEqual([["rules/boston311/SLA.JSON", expect.stringContaining("in lower case")]]);
  });

  it("is none where a file begins with the mark of its encoding, as some editors write it", async () => {
    const root = await changed(`${seeds}/sectors.json`, (content) => `\ufeff${JSON.stringify(content)}`);
    expect(await errorsOf(root)).toEqual([]);
  });

  it("is told all at once, with what is wrong in rules and workflows", async () => {
    const root = await changed(`${seeds}/sectors.json`, put("/1/code", "PUBLIC_WORKS"), {
      parts: ["seeds", "rules", "workflows"],
    });
    const sla = join(root, "rules/boston311/sla.json");
    const rules = JSON.parse(await readFile(sla, "utf8"));
    rules.rules[0].priority = -1;
    await writeFile(sla, JSON.stringify(rules));
    await writeFile(join(root, "workflows/boston311/request.json"), "{");
    const sources = new Set((await errorsOf(root)).map((fault) => fault.source));
    expect([...sources]).toEqual(
      expect.arrayContaining([`${seeds}/sectors.json`, "rules/boston311/sla.json", "workflows/boston311/request.json"]),
    );
  });

  it("is told for what parsers take and nobody meant, in every file, and nothing of it is passed on", async () => {
    const root = await changed(`${seeds}/sectors.json`, (content) =>
      JSON.stringify(content).replace('"code":', '"code":"FIRST","code":'),
    );
    const calendar = join(root, seeds, "calendar.json");
    await writeFile(calendar, (await readFile(calendar, "utf8")).replace('"name"', '"timeZone": "UTC",\n  "name"'));
    const workflow = join(root, "workflows/boston311/request.json");
    await writeFile(workflow, (await readFile(workflow, "utf8")).replace('"initial"', '"initial": "x", "initial"'));
    const deep = join(root, "rules/boston311");
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, "sla.json"), `${"[".repeat(400_000)}${"]".repeat(400_000)}`);
    await writeFile(join(deep, "routing.json"), '{"set": "routing", "default": {"to": "a\\u0000b"}}');
    const told = (await errorsOf(root)).map((fault) => describeFault(fault));
    for (const said of [
      /sectors\.json, \/0\/code: "code" is written twice in line 1/,
      /calendar\.json, \/timeZone: "timeZone" is written twice, in line \d+ and in line \d+/,
      /request\.json, \/initial: "initial" is written twice/,
      /sla\.json, (\/0){5}: This is nested more than 40 levels deep/,
      /routing\.json, \/default\/to: This has control characters/,
    ])
      expect(told).toContainEqual(expect.stringMatching(said));
  });

  it.each<[string, Change, path: string, words: RegExp]>([
    ["no JSON", () => '{"seed": 1,}', "", /This is not valid JSON/],
    ["a name twice", () => '{"seed": 1, "seed": 2}', "/seed", /written twice in line 1/],
    ["something else", () => "[]", "", /must be an object/],
    ["a part left out", put("/office/notes"), "/office/notes", /missing/],
    ["a list in the place of types", put("/types", []), "/types", /^This must be an object\.$/m],
    [
      "an empty list that is drawn from",
      put("/office/answers", []),
      "/office/answers",
      /list must have at least 1 entry/,
    ],
    ["a share beyond all", put("/arabicPercent", 101), "/arabicPercent", /at most 100/],
    ["an effect that there is not", put("/office/reasons/transfr", []), "/office/reasons", /transfr/],
    [
      "a type that there is not",
      put("/types/complaint1", { weight: 0, subjects: [] }),
      "/types/complaint1/subjects",
      /at least 1/,
    ],
    [
      "a sector that there is not",
      put("/types/complaint/subjects/0/sector", "WATR"),
      "/types/complaint/subjects/0/sector",
      /No sector has the code WATR\. Did you mean WATER\?/,
    ],
    [
      "a pillar that there is not",
      put("/types/complaint/subjects/0/pillar", "QUALITI"),
      "/types/complaint/subjects/0/pillar",
      /Did you mean QUALITY/,
    ],
    ["a subject that nobody writes about", put("/types/inquiry/bodies"), "/types/inquiry/subjects/0", /Add bodies/],
    [
      "a picture of nothing",
      put("/files/ofApplicants/0/scene"),
      "/files/ofApplicants/0/scene",
      /one of these scenes: road/,
    ],
    [
      "a file for no sector",
      put("/files/ofApplicants/0/sectors/0", "WERKS"),
      "/files/ofApplicants/0/sectors/0",
      /No sector has the code WERKS/,
    ],
    [
      "a story of an entity that there is not",
      put("/stories/0/entity", "ISTT"),
      "/stories/0/entity",
      /Did you mean ISTD/,
    ],
    [
      "a story of another entity's service",
      put("/stories/0/service", "CSPD-ID"),
      "/stories/0/service",
      /CSPD provides this service/,
    ],
    [
      "a story in a governorate that there is not",
      put("/stories/0/governorates/0", "AMN"),
      "/stories/0/governorates/0",
      /Did you mean AMM/,
    ],
    ["a phase before the one before it", put("/stories/0/phases/1/from", 90), "/stories/0/phases/1/from", /later/],
    ["trouble that is none", put("/stories/0/phases/1/onTime", 90), "/stories/0/kind", /below the first one's by 20/],
    ["a story of no kind", put("/stories/0/kind", "strange"), "/stories/0/kind", /trouble/],
  ])(
    "is told for the demo's people, when it is checked and when it is read: %s",
    async (_name, change, path, words) => {
      const root = await changed("seeds/jordan/population.json", change, { programme: "jordan" });
      const errors = await errorsOf(root);
      expect(errors.map(({ source, path: at }) => [source, at])).toContainEqual(["seeds/jordan/population.json", path]);
      expect(errors.map(({ reason }) => reason.en).join("\n")).toMatch(words);
      expect(new Set(errors.map(({ source }) => source))).toEqual(new Set(["seeds/jordan/population.json"]));
      const file = join(root, "seeds/jordan/population.json");
      // Whether what it names is there, only the set-up knows.
      if (/No sector has|Did you mean|provides this service/.test(words.source)) return;
      expect(() => readMaterial(file)).toThrow(
        expect.objectContaining({
          faults: expect.arrayContaining([expect.objectContaining({ field: `${file}#${path}` })]),
        }),
      );
    },
  );

  it("is none where the demo's people have words of their own for what has no pillar", async () => {
    const change: Change = (content) => {
      const inquiry = (content.types as Json).inquiry as Json;
      inquiry.bodiesByPillar = { "": inquiry.bodies };
      delete inquiry.bodies;
      for (const subject of inquiry.subjects as Json[]) subject.pillar = null;
      return undefined;
    };
    expect(await errorsOf(await changed("seeds/jordan/population.json", change, { programme: "jordan" }))).toEqual([]);
  });

  it("is told for a folder without a programme, and for one without files", async () => {
    const empty = join(base, "empty");
    await mkdir(empty);
    const told = await errorsOf(empty);
    // It is named as it was given: a mistyped folder is what this mostly is.
    expect(told.map((fault) => describeFault(fault))).toEqual([
      expect.stringMatching(/\/empty\/: No programme was found here/),
    ]);
    expect(asFieldFaults(told).map(({ field }) => field)).toEqual([`${empty}/`]);
    expect(told.map((f) => f.reason.en)).toEqual([
      "No programme was found here. A folder of policy has seeds/CODE/, rules/CODE/ and workflows/CODE/.",
    ]);
    const bare = join(base, "bare");
    await mkdir(join(bare, "seeds", "atlantis"), { recursive: true });
    const missing = (await errorsOf(bare)).map((f) => f.source);
    expect(missing).toContain("seeds/atlantis/entities.json");
    expect(missing).not.toContain("seeds/atlantis/people.json");
  });
});

const history = join(installationFolder, "../shared/data/boston311_2017.csv");
const whenPresent = existsSync(history) ? it : it.skip;

describe("the import mapping of boston311", () => {
  whenPresent("reads every value of every coded column of the city's file (skipped without ../shared)", async () => {
    const read = readMapping(JSON.parse(await readFile(join(installationFolder, seeds, "mapping.json"), "utf8")));
    if (!("mapping" in read)) throw new Error(JSON.stringify(read.faults));
    const { mapping } = read;
    const rows = parse(await readFile(history), { columns: true }) as Record<string, string>[];
    const { programmes } = await readConfiguration(installationFolder, ["boston311"]);
    const [boston] = programmes;
    if (boston === undefined) throw new Error("no boston311");
    expect(mappingFaults(mapping, boston.setup, Object.keys(rows[0] ?? {}))).toEqual([]);
    for (const [column, table] of Object.entries(mapping.values ?? {})) {
      const header = mapping.columns[column as CodedColumn] ?? "";
      const cells = new Set(rows.map((row) => (row[header] ?? "").trim()));
      const unread = [...cells].filter((cell) => cell !== "" && !Object.hasOwn(table, cell));
      expect([column, unread]).toEqual([column, []]);
    }
    expect(rows).toHaveLength(7760);
  });
});
