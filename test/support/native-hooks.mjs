// How natively run tests find and load modules: imports of `x.js` are those of `x.ts` or `x.tsx`, and `@jest/globals` is ours.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const ownGlobals = new URL("./jest-globals.mjs", import.meta.url).href;

export function resolve(name, context, next) {
  if (name === "@jest/globals") return { url: ownGlobals, shortCircuit: true };
  if (name.startsWith(".") && name.endsWith(".js") && /\.tsx?$/.test(context.parentURL ?? "")) {
    const base = new URL(name.slice(0, -".js".length), context.parentURL).href;
    const url = [".ts", ".tsx"].map((ending) => base + ending).find((one) => existsSync(fileURLToPath(one)));
    if (url !== undefined) return { url, format: "module", shortCircuit: true };
  }
  return next(name, context);
}

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(await readFile(file, "utf8"), {
    loader: file.endsWith("x") ? "tsx" : "ts",
    format: "esm",
    target: "node20",
    sourcefile: file,
    sourcemap: "inline",
    sourcesContent: false,
  });
  return { format: "module", source: code, shortCircuit: true };
}
