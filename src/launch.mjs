// The way in from a fresh clone, with nothing but Node: install when the lock file changed, build when the sources did,
// then run. `npm run demo | test | build | start | bench | diwan` all come through here.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const say = (line) => process.stderr.write(`${line}\n`);
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) {
    say(`Diwan needs Node 20 or newer; this is ${process.version}.`);
    process.exit(1);
  }
}

/** Runs a program to its end; exits with a word of what failed. */
function mustRun(what, command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
  if (done.status !== 0) {
    say(`${what} failed${done.error ? `: ${done.error.message}` : ` (${done.signal ?? done.status})`}.`);
    process.exit(1);
  }
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}

/** Packages: again when lock file, platform or Node's binary interface differ from those that they were installed for. */
function install() {
  const stamp = createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .update([process.platform, process.arch, process.versions.modules].join())
    .digest("hex");
  const stampFile = at("node_modules", ".diwan-stamp");
  if (readOr(stampFile, "") === stamp) return;
  say("Installing packages (once; a minute or so) …");
  mustRun("The installation", npm, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stampFile, stamp);
}

function sourcesOf(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function sourceStamp() {
  const hash = createHash("sha256");
  for (const file of [
    ...sourcesOf(at("src")),
    at("tsconfig.json"),
    at("tsconfig.build.json"),
    at("package-lock.json"),
  ]) {
    hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** dist/: again when a source changed. */
function build() {
  const stamp = sourceStamp();
  const stampFile = at("dist", ".diwan-stamp");
  if (readOr(stampFile, "") === stamp) return;
  say("Building …");
  rmSync(at("dist"), { recursive: true, force: true });
  mustRun("The build", process.execPath, [
    at("node_modules", "typescript", "bin", "tsc"),
    "-p",
    at("tsconfig.build.json"),
  ]);
  mkdirSync(at("dist"), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Becomes the program: passes signals on, ends as it ends. */
function become(args, options = {}) {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? process.cwd(),
    stdio: "inherit",
    env: { ...process.env, ...options.env },
  });
  // A terminal's Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    say(error.message);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

const bin = (...parts) => at("node_modules", ...parts);

/** One check beside others; its output is shown when it fails. */
function check(name, args, env = {}) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
      });
    }
    child.on("close", (code) => {
      const ok = code === 0;
      say(`${ok ? "ok    " : "FAILED"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (!ok) process.stdout.write(`${output}\n`);
      resolve(ok);
    });
  });
}

const staticChecks = [
  ["types", [bin("typescript", "bin", "tsc"), "-p", at("tsconfig.json")]],
  ["lint and format", [bin("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."]],
  [
    "import rules",
    [bin("dependency-cruiser", "bin", "dependency-cruise.mjs"), "--config", at(".dependency-cruiser.cjs"), "src"],
  ],
  ["dead code", [bin("knip", "bin", "knip.js"), "--no-progress"]],
];

async function test(args) {
  install();
  build();
  const jest = [bin("jest", "bin", "jest.js"), ...args];
  const env = {
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
  };
  // Arguments narrow the tests down: then only the tests run.
  const results = [];
  if (args.length === 0) {
    for (const [name, command] of staticChecks) results.push(await check(name, command));
    jest.push(`--maxWorkers=${Math.max(2, Math.min(4, availableParallelism()))}`);
  }
  const tests = spawnSync(process.execPath, jest, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const failed = staticChecks.filter((_, i) => results[i] === false).map(([name]) => name);
  if (failed.length > 0) say(`FAILED: ${failed.join(", ")}`);
  process.exit(failed.length > 0 ? 1 : (tests.status ?? 1));
}

function start() {
  // Production installs and builds nothing by itself: what runs is what was built.
  if (!existsSync(at("dist", "main.js")) || !existsSync(at("node_modules"))) {
    say("There is no build. Run “npm ci” and “npm run build” first.");
    process.exit(1);
  }
  if (readOr(at("dist", ".diwan-stamp"), "") !== sourceStamp()) {
    say("The build is older than the sources. Run “npm run build” first.");
    process.exit(1);
  }
  become([at("dist", "main.js")], { env: { NODE_ENV: "production" } });
}

requireNode();
const [mode, ...args] = process.argv.slice(2);
const modes = {
  demo() {
    install();
    build();
    become([at("dist", "demo.js"), ...args]);
  },
  test: () => test(args),
  build() {
    install();
    build();
    say(
      `Built: ${path.relative(process.cwd(), at("dist")) || "dist"}, ${statSync(at("dist", "main.js")).size} bytes of main.js`,
    );
  },
  start,
  bench() {
    install();
    build();
    become([bin("tsx", "dist", "cli.mjs"), at("test", "bench", "run.ts"), ...args]);
  },
  diwan() {
    install();
    build();
    become([at("dist", "cli.js"), ...args]);
  },
};
const run = modes[mode];
if (run === undefined) {
  say(`Usage: node src/launch.mjs ${Object.keys(modes).join(" | ")}`);
  process.exit(2);
}
await run();
