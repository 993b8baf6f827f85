/**
 * The first visit to the back office as production serves it: how long from start to the login page, how many compressed
 * bytes of JavaScript until the home page stands, and what the second visit still loads.
 */
import { strictEqual } from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext } from "playwright-core";
import { createAdministrator } from "../../src/features/people/user-store.js";
import { type BenchOffice, median, openBenchOffice, programme } from "../support/bench-office.js";
import { launchBrowser } from "../support/browser.js";

export const name = "first-visit-js";

/** What AdminJS's stock production bundles weigh, compressed with gzip: global, design system and app. */
const stockBytes = 928_000;
const starts = 5;
/** For a start, an end, and each step in the browser: what takes longer hangs. */
const patienceMs = 60_000;
const account = { email: "bench@example.jo", name: "Bench", password: "a password for measuring only" };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

interface Started {
  readonly origin: string;
  readonly process: ChildProcess;
  /** From the start of the process to the whole login page. */
  readonly milliseconds: number;
}

/** `npm start` without npm: the built program in production on a prepared database. */
async function start({ url }: BenchOffice): Promise<Started> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [join("dist", "main.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATABASE_URL: url,
      PORT: String(port),
      PUBLIC_URL: origin,
      SESSION_SECRET: "a secret for measuring only, nobody signs in",
      SEAL_KEY: "a key for measuring only, nothing is sealed with it",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    if (performance.now() - began > patienceMs) {
      child.kill("SIGKILL");
      throw new Error(`no login page after ${patienceMs / 1000} s`);
    }
    try {
      const answer = await fetch(`${origin}/admin/login`, { signal: AbortSignal.timeout(patienceMs) });
      if (answer.status === 200 && (await answer.text()).includes("</html>")) break;
    } catch {
      // It does not listen yet.
    }
    await sleep(10);
  }
  return { origin, process: child, milliseconds: performance.now() - began };
}

async function stop({ process: child }: Started): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await ended;
  clearTimeout(late);
}

interface Travelled {
  readonly scripts: number;
  readonly all: number;
}

/** Opens the home page in a new tab and counts what travelled over the network, not out of the cache. */
async function travelled(context: BrowserContext, open: (page: import("playwright-core").Page) => Promise<void>) {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const broken: string[] = [];
  page.on("pageerror", ({ message }) => broken.push(message));
  page.on("crash", () => broken.push("the page crashed"));
  const watch = await context.newCDPSession(page);
  await watch.send("Network.enable");
  const types = new Map<string, string>();
  const sum = { scripts: 0, all: 0 };
  watch.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (!response.fromDiskCache) types.set(requestId, type);
  });
  watch.on("Network.requestServedFromCache", ({ requestId }) => void types.set(requestId, "cached"));
  watch.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId);
    if (type === undefined || type === "cached") return;
    sum.all += encodedDataLength;
    if (type === "Script") sum.scripts += encodedDataLength;
  });
  try {
    await open(page);
    await page.locator("h1").first().waitFor();
    await page.waitForLoadState("networkidle");
  } catch (error) {
    const what = [...broken, String((error as Error).message)].join("; ");
    throw new Error(`at ${page.url()}, of Chromium ${context.browser()?.version()}: ${what}`);
  }
  await page.close();
  return sum as Travelled;
}

export async function run() {
  if (!existsSync(join("dist", "main.js"))) throw new Error("There is no build. Run “npm run build” first.");
  const office = await openBenchOffice();
  const browser = await launchBrowser();
  let running: Started | null = null;
  try {
    const by = { kind: "system", job: "bench" } as const;
    await createAdministrator(office.db, { ...account, programme, by, now: new Date() });
    const times: number[] = [];
    running = await start(office);
    // The first start warms the disk's cache and does not count.
    for (let i = 0; i < starts; i++) {
      await stop(running);
      running = await start(office);
      times.push(running.milliseconds);
    }
    const context = await browser.newContext({ baseURL: running.origin, locale: "ar" });
    const first = await travelled(context, async (page) => {
      await page.goto("/admin/login");
      await page.fill("input[name=email]", account.email);
      await page.fill("input[name=password]", account.password);
      await page.click("form[action='/admin/login'] button");
      await page.waitForURL(/\/admin(\?|$)/);
    });
    const second = await travelled(context, async (page) => {
      await page.goto("/admin");
    });
    strictEqual(second.scripts, 0, "the second visit loads no script");
    return [
      {
        bench: name,
        ratio: first.scripts / stockBytes,
        baseline: "AdminJS's stock production bundles, compressed with gzip (928,000 bytes)",
        unit: "of the baseline's bytes",
        bytes: first.scripts,
        allBytes: first.all,
        secondVisitBytes: second.scripts,
        secondVisitAllBytes: second.all,
      },
      {
        bench: "start-to-login",
        ratio: median(times) / 3000,
        baseline: "three seconds",
        unit: "of the baseline",
        milliseconds: times.map(Math.round),
      },
    ];
  } finally {
    await browser.close();
    // A program that is left running keeps this one from ending.
    if (running !== null) await stop(running);
    await office.close();
  }
}
