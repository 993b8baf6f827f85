/**
 * Programs for tests that start processes: put together from the sources into a file each, once a run. A process that finds and
 * translates every source by itself needs several times as long to start.
 */
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Two folders below the installation's, as sources are: what lies beside the code is found. */
const folder = "node_modules/.diwan-test";
const programs = {
  main: "src/main.ts",
  cli: "src/cli.ts",
  demo: "src/demo.ts",
  "bench-app": "test/support/bench-app.ts",
  "embedded-user": "test/support/embedded-user.ts",
  // Looked for beside the program.
  "check-worker": "src/platform/files/check-worker.ts",
} as const;

/** The file that Node starts; made by `buildPrograms`, which the set-up of a run calls. */
export const builtProgram = (name: keyof typeof programs): string => `${root}${folder}/${name}.js`;

export async function buildPrograms(): Promise<void> {
  // First: the files of a copied installation may be links to those of another one.
  rmSync(`${root}${folder}`, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
}
