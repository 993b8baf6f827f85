/** Imports point one way: the rules are data in `.dependency-cruiser.cjs`. Here they are held, and each is shown to bite. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = process.cwd();
const config = join(root, ".dependency-cruiser.cjs");
const program = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] };

interface Cruise {
  readonly modules: { source: string; dependencies: unknown[] }[];
  readonly summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

/** What dependency-cruiser finds in `src/` of a folder; it runs as a process, as `npm test` runs it. */
function cruise(folder: string): Cruise {
  const args = [program, "--config", config, "--output-type", "json", "src"];
  const options = {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"] as ("ignore" | "pipe" | "inherit")[],
  };
  return JSON.parse(execFileSync(process.execPath, args, options).toString()) as Cruise;
}

/** A file for each rule that breaks it. */
const breaches: Readonly<Record<string, readonly [file: string, text: string]>> = {
  "order-domain": ["src/domain/a.ts", 'import { b } from "../db/b.js"; export const a = b;'],
  "order-db": ["src/db/a.ts", 'import type { B } from "../configuration/b.js"; export type A = B;'],
  "order-configuration": ["src/configuration/a.ts", 'import { b } from "../cases/b.js"; export const a = b;'],
  "order-cases": ["src/cases/a.ts", 'import { b } from "../intake/b.js"; export const a = b;'],
  "order-intake": ["src/intake/a.ts", 'import { b } from "../deadlines/b.js"; export const a = b;'],
  "order-deadlines": ["src/deadlines/a.ts", 'import { b } from "../notifications/b.js"; export const a = b;'],
  "order-notifications": ["src/notifications/a.ts", 'import { b } from "../cases/b.js"; export const a = b;'],
  "order-reports": ["src/reports/a.ts", 'import { b } from "../notifications/b.js"; export const a = b;'],
  "order-audit": ["src/audit/a.ts", 'import { b } from "../log.js"; export const a = b;'],
  "order-attachments": ["src/attachments/a.ts", 'import { b } from "../intake/b.js"; export const a = b;'],
  "order-accounts": ["src/accounts/a.ts", 'import { b } from "../notifications/b.js"; export const a = b;'],
  "order-live": ["src/live/a.ts", 'import { b } from "../cases/b.js"; export const a = b;'],
  "order-demo": ["src/demo/a.ts", 'import { b } from "../intake/b.js"; export const a = b;'],
  "door-http": ["src/http/a.ts", 'import type { B } from "../channels/b.js"; export type A = B;'],
  "door-jobs": ["src/jobs/a.ts", 'import { b } from "../http/b.js"; export const a = b;'],
  "door-channels": ["src/channels/a.ts", 'import { b } from "../commands/b.js"; export const a = b;'],
  "door-commands": ["src/commands/a.ts", 'import { b } from "../config.js"; export const a = b;'],
  "door-http-values": ["src/http/c.ts", 'import { b } from "../intake/b.js"; export const a = b;'],
  "door-jobs-values": ["src/jobs/c.ts", 'import { b } from "../deadlines/b.js"; export const a = b;'],
  "door-channels-values": ["src/channels/c.ts", 'import { b } from "../intake/b.js"; export const a = b;'],
  "door-commands-values": ["src/commands/c.ts", 'import { b } from "../db/b.js"; export const a = b;'],
  "door-admin": ["src/admin/a.ts", 'import type { B } from "../commands/b.js"; export type A = B;'],
  "door-admin-values": ["src/admin/c.ts", 'import { b } from "../cases/b.js"; export const a = b;'],
  "order-assets": ["src/assets/a.ts", 'import { b } from "../domain/b.js"; export const a = b;'],
  "order-transfer": ["src/transfer/a.ts", 'import { b } from "../intake/b.js"; export const a = b;'],
  "door-portal": ["src/portal/a.ts", 'import type { B } from "../http/b.js"; export type A = B;'],
  "door-portal-values": ["src/portal/c.ts", 'import { b } from "../cases/b.js"; export const a = b;'],
  "components-run-in-browsers": [
    "src/admin/components/a.ts",
    'import { b } from "../../domain/b.js"; export const a = b;',
  ],
  "both-sides-stand-alone": ["src/domain/doubled-names.ts", 'import { b } from "./b.js"; export const a = b;'],
  "known-folder": ["src/helpers/a.ts", 'import { b } from "../domain/b.js"; export const a = b;'],
  "only-roots-compose": ["src/boot.ts", 'import { b } from "./compose.js"; export const a = b;'],
  "services-are-types": ["src/services.ts", 'import type { B } from "./db/b.js"; export type A = B;'],
  "pure-domain": ["src/domain/c.ts", 'import { readFileSync } from "node:fs"; export const a = readFileSync;'],
  "no-circle": [
    "src/domain/d.ts",
    'import { e } from "./e.js"; export const d = e;\n// its other half is planted beside it',
  ],
  "no-tests-in-src": ["src/db/c.ts", 'import { b } from "../../test/b.js"; export const a = b;'],
  resolvable: ["src/db/d.ts", 'import { b } from "./nowhere.js"; export const a = b;'],
  "no-development-packages": ["src/db/e.ts", 'import { tool } from "tool"; export const a = tool;'],
};

function plant(folder: string): void {
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  };
  for (const [file, text] of Object.values(breaches)) put(file, text);
  const places = [
    "domain",
    "db",
    "configuration",
    "cases",
    "intake",
    "deadlines",
    "notifications",
    "channels",
    "commands",
    "http",
  ];
  for (const place of places) put(`src/${place}/b.ts`, "export const b = 1; export type B = number;");
  for (const file of ["src/log.ts", "src/config.ts", "src/compose.ts", "test/b.ts"]) put(file, "export const b = 1;");
  put("src/domain/e.ts", 'import { d } from "./d.js"; export const e = d;');
  put("node_modules/tool/index.js", "exports.tool = 1;");
  put("node_modules/tool/package.json", '{"name":"tool","version":"1.0.0","main":"index.js"}');
  put("package.json", '{"name":"planted","type":"module","devDependencies":{"tool":"1.0.0"}}');
  copyFileSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
}

describe("the import rules", () => {
  it("hold in src/, all of which was read", () => {
    const { modules, summary } = cruise(root);
    const read = new Set(modules.map(({ source }) => source));
    const files = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `src/${file}`);
    expect(files.length).toBeGreaterThan(150);
    expect(files.filter((file) => !read.has(file))).toEqual([]);
    // Modules without their imports would pass every rule.
    expect(modules.flatMap(({ dependencies }) => dependencies).length).toBeGreaterThan(3 * files.length);
    expect(summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it("each find the file that breaks it", () => {
    const folder = mkdtempSync(join(tmpdir(), "diwan-rules-"));
    try {
      plant(folder);
      const found = cruise(folder).summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
      expect(Object.keys(breaches).sort()).toEqual(forbidden.map(({ name }) => name).sort());
      for (const [name, [file]] of Object.entries(breaches)) expect(found).toContain(`${name}: ${file}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
