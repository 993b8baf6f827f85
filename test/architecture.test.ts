/** Imports point one way: the rules are data in `.dependency-cruiser.cjs`. Here they are held, and each is shown to bite. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { build, type Plugin } from "esbuild";

const root = process.cwd();
const config = join(root, ".dependency-cruiser.cjs");
const program = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
const { forbidden } = createRequire(import.meta.url)(config) as {
  forbidden: { name: string; from: { path?: string } }[];
};
/** In the order of the story, as the rules have them. */
const features = forbidden.flatMap(
  ({ from: { path = "" } }) => /^\^src\/\(features\/([a-z-]+)\)\/$/.exec(path)?.slice(1) ?? [],
);

/** Sources name the file that TypeScript would write. */
const asSource: Plugin = {
  name: "as-source",
  setup(context) {
    context.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir }) => {
      const base = join(resolveDir, path.replace(/\.js$/, ""));
      const found = [`${base}.tsx`, `${base}.ts`].find(existsSync);
      return found === undefined ? undefined : { path: found };
    });
  },
};

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
  "order-engine": ["src/engine/a.ts", 'import type { B } from "../platform/b.js"; export type A = B;'],
  "order-platform": ["src/platform/a.ts", 'import { b } from "../features/setup/b.js"; export const a = b;'],
  // Each feature but the last names the one after it.
  ...Object.fromEntries(
    features
      .slice(0, -1)
      .map((feature, at) => [
        `order-${feature}`,
        [`src/features/${feature}/a.ts`, `import type { B } from "../${features[at + 1]}/b.js"; export type A = B;`],
      ]),
  ),
  "order-portal": ["src/features/portal/a.ts", 'import type { B } from "../../app/b.js"; export type A = B;'],
  "order-app": ["src/app/a.ts", 'import { b } from "../main.js"; export const a = b;'],
  "known-place": ["src/helpers/a.ts", 'import { b } from "../engine/b.js"; export const a = b;'],
  "only-ways-in-start": ["src/features/home/c.ts", 'import { b } from "../../app/b.js"; export const a = b;'],
  "pure-engine": ["src/engine/c.ts", 'import { readFileSync } from "node:fs"; export const a = readFileSync;'],
  "no-circle": ["src/engine/d.ts", 'import type { E } from "./e.js"; export type D = E | null;'],
  "no-tests-in-src": ["src/platform/c.ts", 'import { b } from "../../test/b.js"; export const a = b;'],
  "screens-run-in-browsers": [
    "src/features/cases/c.tsx",
    'import { b } from "../../platform/b.js"; export const a = b;',
  ],
  resolvable: ["src/platform/d.ts", 'import { b } from "./nowhere.js"; export const a = b;'],
  "no-development-packages": ["src/platform/e.ts", 'import { tool } from "tool"; export const a = tool;'],
};

function plant(folder: string): void {
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  };
  for (const [file, text] of Object.values(breaches)) put(file, text);
  for (const place of ["engine", "platform", "app", ...features.map((feature) => `features/${feature}`)])
    put(`src/${place}/b.ts`, "export const b = 1; export type B = number;");
  for (const file of ["src/main.ts", "test/b.ts"]) put(file, "export const b = 1;");
  put("src/engine/e.ts", 'import type { D } from "./d.js"; export type E = D | null;');
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

describe("what browsers load", () => {
  it("is the engine, the pieces and the screens, and nothing of the server", async () => {
    const { metafile } = await build({
      entryPoints: [
        "src/app/office/entry.tsx",
        ...readdirSync("src/app/office/areas").map((name) => `src/app/office/areas/${name}`),
      ],
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      outdir: "unwritten",
      external: ["node:*"],
      loader: { ".ts": "ts", ".tsx": "tsx" },
      plugins: [asSource],
      logLevel: "silent",
    });
    const loaded = Object.keys(metafile.inputs);
    expect(loaded.length).toBeGreaterThan(300);
    const external = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter((one) => one.external));
    expect(external).toEqual([]);
    const packages = loaded.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
    expect(packages).toContain("react");
    expect(
      packages.filter((name) => /^(ajv|handlebars|json-rules-engine|zod|sequelize|pg|express)/.test(name)),
    ).toEqual([]);
    const server = /^src\/platform\/(?!ui\/)|\.(service|store|queries|page|resource|command|routes)\.ts$/;
    expect(loaded.filter((file) => server.test(file))).toEqual([]);
  });
});
