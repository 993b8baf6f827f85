/**
 * The first visit to the back office as production serves it: how long from start to the login page, how many compressed
 * bytes of JavaScript until the home page stands, and what the second visit still loads. Beside it, the same for one screen of each area.
 */
import { strictEqual } from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { createAdministrator, setPassword } from "../../src/features/people/user-store.js";
import { type BenchOffice, median, openBenchOffice, programme, receiveAll } from "../support/bench-office.js";
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
  const child = spawn(process.execPath, [join("dist", "programs", "main.js")], {
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
  const started = { origin, process: child };
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
      if (performance.now() - began > patienceMs) throw new Error(`no login page after ${patienceMs / 1000} s`);
      try {
        const answer = await fetch(`${origin}/admin/login`, { signal: AbortSignal.timeout(patienceMs) });
        if (answer.status === 200 && (await answer.text()).includes("</html>")) break;
      } catch {
        // It does not listen yet.
      }
      await sleep(10);
    }
  } catch (error) {
    await stop(started);
    throw error;
  }
  return { ...started, milliseconds: performance.now() - began };
}

/** Also of one that has ended by itself. */
async function stop({ process: child }: Pick<Started, "process">): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
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
async function travelled(context: BrowserContext, open: (page: Page) => Promise<void>): Promise<Travelled> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const broken: string[] = [];
  page.on("pageerror", ({ message }) => broken.push(message));
  page.on("crash", () => broken.push("the page crashed"));
  const watch = await context.newCDPSession(page);
  await watch.send("Network.enable");
  const kinds = new Map<string, "script" | "other" | "cached">();
  const sum = { scripts: 0, all: 0 };
  watch.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (response.fromDiskCache) return;
    // Those of an area are fetched before they are imported.
    const script = type === "Script" || response.url.endsWith(".js");
    kinds.set(requestId, script ? "script" : "other");
  });
  watch.on("Network.requestServedFromCache", ({ requestId }) => void kinds.set(requestId, "cached"));
  watch.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind === undefined || kind === "cached") return;
    sum.all += encodedDataLength;
    if (kind === "script") sum.scripts += encodedDataLength;
  });
  try {
    await open(page);
    await page.locator("h1").first().waitFor();
    await page.waitForLoadState("networkidle");
  } catch (error) {
    const what = [...broken, String((error as Error).message)].join("; ");
    throw new Error(`at ${page.url()}, of Chromium ${context.browser()?.version()}: ${what}`);
  } finally {
    await page.close();
  }
  return sum;
}

interface Visits {
  readonly first: Travelled;
  readonly second: Travelled;
}

async function visits(context: BrowserContext, path: string, sign: (page: Page) => Promise<void>): Promise<Visits> {
  const first = await travelled(context, sign);
  const second = await travelled(context, async (page) => {
    await page.goto(path);
  });
  strictEqual(second.scripts, 0, `the second visit of ${path} loads no script`);
  return { first, second };
}

/** One screen of each area, as somebody comes to it by a link who never was here. */
async function visitAreas(browser: Browser, office: BenchOffice, origin: string): Promise<Record<string, Visits>> {
  const seat = office.setup.seats.find(({ role, holders }) => role === "operation_room" && holders.length > 0);
  const email = seat?.holders[0]?.email ?? "";
  const by = { kind: "system", job: "bench" } as const;
  await setPassword(office.db, { email, password: account.password, by, now: new Date() });
  const { rows } = await office.owner.query<{ reference: string }>("select reference from cases order by id limit 1");
  const places = {
    home: "/admin",
    list: "/admin/resources/cases",
    case: `/admin/resources/cases/records/${rows[0]?.reference}/show`,
    setup: "/admin/resources/sectors",
    studio: "/admin/pages/policy?kind=rules&name=sla",
    figures: "/admin/pages/digest",
    operation: "/admin/pages/health",
  };
  const found: Record<string, Visits> = {};
  for (const [area, path] of Object.entries(places)) {
    const context = await browser.newContext({ baseURL: origin, locale: "ar" });
    const answer = await context.request.post("/admin/login", {
      form: { email, password: account.password },
      headers: { "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    strictEqual(answer.status(), 303, "the operation room is let in");
    found[area] = await visits(context, path, async (page) => {
      await page.goto(path);
    });
    await context.close();
  }
  return found;
}

export async function run() {
  const office = await openBenchOffice();
  let browser: Browser | null = null;
  let running: Started | null = null;
  try {
    const by = { kind: "system", job: "bench" } as const;
    await createAdministrator(office.db, { ...account, programme, by, now: new Date() });
    await receiveAll(office, 1);
    const times: number[] = [];
    // The first start warms the disk's cache and does not count.
    running = await start(office);
    for (let i = 0; i < starts; i++) {
      await stop(running);
      running = await start(office);
      times.push(running.milliseconds);
    }
    browser = await launchBrowser();
    const { origin } = running;
    const context = await browser.newContext({ baseURL: origin, locale: "ar" });
    const { first, second } = await visits(context, "/admin", async (page) => {
      await page.goto("/admin/login");
      await page.fill("input[name=email]", account.email);
      await page.fill("input[name=password]", account.password);
      await page.click("form[action='/admin/login'] button");
      await page.waitForURL(/\/admin(\?|$)/);
    });
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
        areas: await visitAreas(browser, office, origin),
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
    // A program that is left running keeps this one from ending.
    await browser?.close();
    if (running !== null) await stop(running);
    await office.close();
  }
}
