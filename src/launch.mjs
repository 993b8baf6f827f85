// The way in from a fresh clone, with nothing but Node: install when the lock file changed, build when the sources did,
// then run. `npm run demo | dev | test | check | messages | build | start | bench | diwan` all come through here.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const say = (line) => process.stderr.write(`${line}\n`);
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

function requireNode() {
  // What package.json says is what is asked for: `>=20.10`.
  const { engines } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const [needed, found] = [engines.node, process.versions.node].map((text) => text.match(/\d+/g).map(Number));
  const [major, minor] = found;
  if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
    say(`Diwan needs Node ${needed.join(".")} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** One clone is installed and built by one process at a time; a file outside of it, for it may be new. */
const lockFile = path.join(
  tmpdir(),
  `diwan-launch-${createHash("sha256").update(`${root} ${process.getuid?.()}`).digest("hex").slice(0, 16)}.lock`,
);
/** Longer than any installation takes. */
const lockHoldsMs = 900_000;

async function lock() {
  for (let said = false; ; ) {
    try {
      writeFileSync(lockFile, `${process.pid}`, { flag: "wx" });
      process.on("exit", unlock);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    // Also whom a killed holder had started: npm goes on without it.
    const holders = readOr(lockFile, "").split("\n").map(Number);
    const age = Date.now() - (statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age > lockHoldsMs || (age > 2000 && !holders.some((pid) => pid > 0 && isAlive(pid))))
      rmSync(lockFile, { force: true });
    else {
      if (!said) say("Another start is installing or building; waiting for it …");
      said = true;
      await sleep(250);
    }
  }
}

function unlock() {
  process.off("exit", unlock);
  rmSync(lockFile, { force: true });
}

/** Runs a program to its end; exits with a word of what failed. A signal ends both. */
function mustRun(what, command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    if (child.pid !== undefined) appendFileSync(lockFile, `\n${child.pid}`);
    const stop = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, stop);
    const failed = (why) => {
      say(`${what} failed: ${why}.`);
      process.exit(1);
    };
    child.on("error", (error) => failed(error.message));
    child.on("exit", (code, signal) => {
      for (const one of signals) process.off(one, stop);
      if (code === 0) resolve();
      else failed(signal ?? `it ended with ${code}`);
    });
  });
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}

/** What an installation is for: the lock file on this platform, with this binary interface of Node. */
function packagesStamp() {
  return createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .update([process.platform, process.arch, process.versions.modules].join())
    .digest("hex");
}

async function install() {
  say("Installing packages (once; a minute or so) …");
  await mustRun("The installation", npm, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(at("node_modules", ".diwan-stamp"), packagesStamp());
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
    ...sourcesOf(at("views", "assets")),
    // Browsers get their words with the scripts that say them.
    ...sourcesOf(at("views", "messages")),
    // The sheet of the applicant's pages holds what they name.
    ...sourcesOf(at("views", "portal")),
    at("tsconfig.json"),
    at("package-lock.json"),
  ]) {
    hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** The sources become a few files, which start twice as fast; their types are checked elsewhere (`npm run check`). */
async function bundle(folder) {
  // Not at the top: an installation comes first.
  const { build: esbuild } = await import("esbuild");
  const entryPoints = ["main", "cli", "demo"].map((name) => at("src", `${name}.ts`));
  // Looked for in the folder of the program that starts it.
  entryPoints.push(at("src", "platform", "files", "check-worker.ts"));
  const form = { bundle: true, splitting: true, packages: "external", entryNames: "[name]" };
  const target = { format: "esm", platform: "node", target: "node20", charset: "utf8" };
  await esbuild({ ...form, ...target, entryPoints, outdir: folder, logLevel: "error" }).catch(() => {
    say("The build failed: see above.");
    process.exit(1);
  });
}

const program = (name) => at("dist", "programs", `${name}.js`);

/** Builds beside and moves into place: what runs from the old build is not disturbed, and half a build is none. */
async function build() {
  say("Building …");
  const stamp = sourceStamp();
  const fresh = at("node_modules", ".diwan-build");
  rmSync(fresh, { recursive: true, force: true });
  // What browsers load, bundled and compressed once: at run time only files are read.
  const tsx = at("node_modules", "tsx", "dist", "cli.mjs");
  const assets = (builder, ...place) =>
    mustRun("The build", process.execPath, [tsx, at("src", ...place, builder), path.join(fresh, ...place, "public")]);
  await Promise.all([
    bundle(path.join(fresh, "programs")),
    assets("build-assets.ts", "platform", "admin"),
    assets("build-portal.ts", "features", "portal"),
  ]);
  writeFileSync(path.join(fresh, ".diwan-stamp"), stamp);
  rmSync(at("dist"), { recursive: true, force: true });
  renameSync(fresh, at("dist"));
}

const bin = (...parts) => at("node_modules", ...parts);

const isInstalled = () => readOr(at("node_modules", ".diwan-stamp"), "") === packagesStamp();
const isBuilt = () => readOr(at("dist", ".diwan-stamp"), "") === sourceStamp();

/** Production's packages alone beside a build, as in an image: nothing can be built here, and nothing is to be installed. */
const isSlim = () => existsSync(at("node_modules")) && !existsSync(bin("typescript")) && isBuilt();

/** Installs when lock file, platform or Node changed, and builds when a source did. */
async function prepare({ built }) {
  if (isInstalled() && (!built || isBuilt())) return;
  await lock();
  if (!isInstalled()) await install();
  if (built && !isBuilt()) await build();
  unlock();
}

/**
 * Becomes the program: passes signals on, ends as it ends. A program that serves is given a channel: when this process
 * is killed, it learns so and stops, instead of holding the port for ever.
 */
function become(args, { env = {}, serves = false } = {}) {
  const stdio = ["inherit", "inherit", "inherit", ...(serves ? ["ipc"] : [])];
  const child = spawn(process.execPath, args, { stdio, env: { ...process.env, ...env } });
  // A terminal's Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !isatty(0)) child.kill(signal);
    });
  }
  // npm killed outright tells nobody; an orphan knows by its new parent.
  const parent = process.ppid;
  if (serves && process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => {
      if (process.ppid !== parent) child.kill("SIGTERM");
    }, 500).unref();
  }
  child.on("error", (error) => {
    say(error.message);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** One check beside others; its output is shown when it fails. */
function check(name, args) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
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

/** What need not be worked out anew is kept here; an installation begins without it. */
const cache = (name) => at("node_modules", ".cache", "diwan", name);

/** What is checked without running it, the longest first. */
const staticChecks = [
  [
    "types",
    [
      bin("typescript", "bin", "tsc"),
      ...["-p", at("tsconfig.json"), "--incremental", "--tsBuildInfoFile", cache("types.json")],
    ],
  ],
  [
    "import rules",
    [
      bin("dependency-cruiser", "bin", "dependency-cruise.mjs"),
      ...["--config", at(".dependency-cruiser.cjs"), "--cache", cache("imports"), "--cache-strategy", "content", "src"],
    ],
  ],
  ["dead code", [bin("knip", "bin", "knip.js"), "--no-progress"]],
  [
    "packages of production",
    [
      bin("knip", "bin", "knip.js"),
      ...["--no-progress", "--production", "--strict", "--include", "dependencies,unlisted,unresolved"],
    ],
  ],
  ["messages", [bin("tsx", "dist", "cli.mjs"), at("src", "platform", "messages", "check-messages.ts")]],
  ["lint and format", [bin("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."]],
];

/** Runs the static checks, two at a time; the names of those that failed. */
async function runStaticChecks() {
  const failed = [];
  const waiting = staticChecks.values();
  const lane = async () => {
    for (const [name, command] of waiting) if (!(await check(name, command))) failed.push(name);
  };
  await Promise.all([lane(), lane()]);
  if (failed.length > 0) say(`FAILED: ${failed.join(", ")}`);
  return failed.length === 0;
}

async function test(args) {
  await prepare({ built: false });
  const jest = [bin("jest", "bin", "jest.js"), ...args];
  let sound = true;
  // Arguments narrow the tests down: then only the tests run.
  if (args.length === 0) {
    sound = await runStaticChecks();
    // One more than there are processors: browsers and databases let their tests wait.
    jest.push(`--maxWorkers=${Math.max(2, Math.min(4, availableParallelism() + 1))}`);
  }
  const { status } = spawnSync(process.execPath, jest, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (!sound) say("A static check FAILED, see above.");
  process.exit(sound ? (status ?? 1) : 1);
}

function start() {
  // Production installs and builds nothing by itself: what runs is what was built.
  if (!existsSync(program("main")) || !existsSync(at("node_modules"))) {
    say("There is no build. Run “npm ci” and “npm run build” first.");
    process.exit(1);
  }
  if (!isBuilt()) {
    say("The build is older than the sources. Run “npm run build” first.");
    process.exit(1);
  }
  become([program("main")], { env: { NODE_ENV: "production" }, serves: true });
}

requireNode();
const [mode, ...args] = process.argv.slice(2);
const modes = {
  async demo() {
    if (!isInstalled()) say("The first start takes two to three minutes: packages, build, ninety days of work.");
    await prepare({ built: true });
    become([program("demo"), ...args], { serves: true });
  },
  async dev() {
    await prepare({ built: false });
    const watched = ["src", "views", "rules", "workflows"].flatMap((folder) => ["--include", at(folder, "**", "*")]);
    const watch = [bin("tsx", "dist", "cli.mjs"), "watch", "--clear-screen=false", ...watched];
    become([...watch, at("src", "dev.ts"), ...args], { serves: true });
  },
  test: () => test(args),
  async check() {
    await prepare({ built: false });
    process.exit((await runStaticChecks()) ? 0 : 1);
  },
  async messages() {
    await prepare({ built: false });
    become([bin("tsx", "dist", "cli.mjs"), at("src", "platform", "messages", "check-messages.ts"), "--write"]);
  },
  async build() {
    await prepare({ built: true });
    say(`Built: ${path.relative(process.cwd(), at("dist")) || "dist"}`);
  },
  start,
  async bench() {
    await prepare({ built: true });
    become([bin("tsx", "dist", "cli.mjs"), at("test", "bench", "run.ts"), ...args]);
  },
  async diwan() {
    if (!isSlim()) await prepare({ built: true });
    become([program("cli"), ...args]);
  },
};
const run = modes[mode];
if (run === undefined) {
  say(`Usage: node src/launch.mjs ${Object.keys(modes).join(" | ")}`);
  process.exit(2);
}
await run();
