/** What somebody waits for in a browser: the first row of the desk and of the search, among a million cases and among ten thousand. */
import { ok } from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import type { BrowserContext, Page } from "playwright-core";
import { setPassword } from "../../src/features/people/user-store.js";
import { type CopiedOffice, openBenchOffice, programme, sunday } from "../support/bench-office.js";
import { nextMessage, startProgram } from "../support/bench-programs.js";
import { bothSizes, compared, large, receiveSome, small } from "../support/bench-scale.js";
import { launchBrowser } from "../support/browser.js";
import { type Entities, fill } from "./desk-scale.js";

export const name = "desk-paint";

const password = "a password for measuring only";
/** A word of many applications. */
const word = "مكتب";

/** Each with what has to be there before one can begin. */
const screens = {
  desk: { path: "/admin", first: "[data-row]" },
  search: { path: `/admin/resources/cases?search=${encodeURIComponent(word)}`, first: ".cases tbody tr mark" },
} as const;

interface Side {
  readonly process: ChildProcess;
  readonly context: BrowserContext;
  readonly page: Page;
}

async function openSide(
  { url, db }: CopiedOffice,
  email: string,
  newContext: (origin: string) => Promise<BrowserContext>,
) {
  await setPassword(db, { email, password, by: { kind: "system", job: "bench" }, now: sunday });
  const child = startProgram("bench-app", { DATABASE_URL: url, DIWAN_NOW: sunday.toISOString() });
  const { port } = await nextMessage<{ port: number }>(child);
  const context = await newContext(`http://127.0.0.1:${port}`);
  const page = await context.newPage();
  await page.goto("/admin/login");
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", password);
  await page.click("form[action='/admin/login'] button");
  await page.waitForURL(/\/admin(\?|$)/);
  return { process: child, context, page };
}

interface Painted {
  /** From going there to the frame that shows the first row, by the browser's own clock. */
  readonly milliseconds: number;
  readonly rows: number;
}

async function painted({ page }: Side, { path, first }: { path: string; first: string }): Promise<Painted> {
  await page.goto(path, { waitUntil: "commit" });
  const shown = await page.waitForFunction((selector) => document.querySelector(selector) && performance.now(), first);
  const milliseconds = Number(await shown.jsonValue());
  return { milliseconds, rows: await page.locator(first).count() };
}

export async function run() {
  const office = await openBenchOffice();
  const browser = await launchBrowser();
  const sides: Side[] = [];
  try {
    const { entities: busiest } = await receiveSome(office);
    // Whoever works at the desk has to be somebody who can sign in.
    const focal = office.setup.seats.find(
      ({ role, entity, holders }) =>
        role === "focal_point" && holders.length > 0 && busiest.slice(1).includes(entity ?? ""),
    );
    const email = focal?.holders[0]?.email;
    ok(focal?.entity && email, "nobody holds the seat of a focal point");
    const entities: Entities = { usual: focal.entity, crowded: busiest[0] ?? "" };
    const { few, many, setUpSeconds } = await bothSizes(office, (copy, size) =>
      fill(copy, size, entities, { case_texts: {} }),
    );
    const opened = (copy: CopiedOffice) =>
      openSide(copy, email, (baseURL) =>
        browser.newContext({ baseURL, locale: "ar", viewport: { width: 1280, height: 900 } }),
      );
    const [ofFew, ofMany] = [await opened(few), await opened(many)];
    sides.push(ofFew, ofMany);

    const figures: Record<string, object> = {};
    let worst = 0;
    for (const [what, screen] of Object.entries(screens)) {
      let rows = 0;
      const took = await compared({
        few: () => painted(ofFew, screen),
        many: () => painted(ofMany, screen),
        check: (one, other) => {
          ok(one.rows > 0 && other.rows > 0, `${what}: there has to be a row`);
          rows = other.rows;
        },
        took: ({ milliseconds }) => milliseconds,
      });
      figures[what] = { ...took, rows };
      worst = Math.max(worst, took.ratio);
    }
    return [
      {
        bench: name,
        ratio: worst,
        baseline: `until the first row stands in Chromium among ${small} cases`,
        unit: `times the time among ${large} cases; the slower of the desk and the search`,
        milliseconds: figures,
        setUpSeconds,
        postgres: office.version,
        programme,
      },
    ];
  } finally {
    for (const { process: child, context } of sides) {
      await context.close();
      if (child.connected) child.disconnect();
    }
    await browser.close();
    await office.close();
  }
}
