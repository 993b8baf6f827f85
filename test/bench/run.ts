/**
 * Runs the benchmarks of this folder: `npm run bench` for all, `npm run bench -- NAME …` for some. One JSON line a result.
 * A benchmark is a file that exports `name` and `run`; how many times faster something is than an honest baseline is
 * measured in one run on one machine, and both sides are checked to give the same results.
 */
import "../../src/platform/messages/load-messages.js";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildPrograms } from "../support/built-program.js";

interface BenchResult {
  readonly bench: string;
  readonly ratio: number;
  /** What the ratio compares with. */
  readonly baseline: string;
  readonly unit: string;
}

interface Bench {
  readonly name: string;
  readonly run: () => Promise<BenchResult[]>;
}

async function discover(folder: string): Promise<Bench[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && file !== "run.ts")
    .sort();
  const found: Bench[] = [];
  for (const file of files) {
    const { name, run } = (await import(pathToFileURL(join(folder, file)).href)) as Partial<Bench>;
    if (name !== undefined && run !== undefined) found.push({ name, run });
  }
  return found;
}

const asked = process.argv.slice(2);
const benches = await discover(dirname(fileURLToPath(import.meta.url)));
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No benchmark ${unknown.join(", ")}. There are: ${benches.map((bench) => bench.name).join(", ")}\n`,
  );
  process.exit(2);
}
await buildPrograms();
for (const { name, run } of benches) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  try {
    for (const result of await run()) process.stdout.write(`${JSON.stringify(result)}\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${name} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}
