/** The working office in a real browser: officials who are signed in, accessibility findings, pictures. */

import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "@jest/globals";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import type { RoleCode } from "../../src/engine/access/roles.js";
import type { Language } from "../../src/engine/text/text.js";
import { type AdminApp, type AdminAppOptions, openAdminApp, password } from "./admin-app.js";
import { axe } from "./axe.js";
import { launchBrowser } from "./browser.js";
import { builtAssets } from "./built-assets.js";

export { anyImpact, axe } from "./axe.js";

export interface Seat {
  readonly role: RoleCode;
  /** Code of the entity or sector of the seat. */
  readonly place?: string | null;
  readonly nth?: number;
}

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses outside of the office that were asked for, and errors that the page threw or logged. */
  readonly outside: string[];
  readonly errors: string[];
  /** What travelled since it was last asked: address, kind and bytes of each answer that was not in the cache. */
  travelled(): { url: string; type: string; bytes: number }[];
  open(path: string): Promise<void>;
  /** The same, and the page hears of what others change from here on. */
  openLive(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly language?: Language;
  /** Width of the window; 1280 where it is left out. */
  readonly width?: number;
  readonly height?: number;
  /** With an empty cache, as at a first visit. */
  readonly cold?: boolean;
}

/** A browser of one person after the other, with a page that is never used and gives it orders. */
interface Kept {
  readonly context: BrowserContext;
  readonly blank: Page;
  readonly line: CDPSession;
}

export interface AdminBrowser {
  readonly app: AdminApp;
  readonly origin: string;
  readonly browser: Browser;
  /** Nobody yet: the pages before signing in. */
  visit(options?: VisitOptions): Promise<Visit>;
  /**
   * Somebody whose browser has a session, in front of an empty page: `open` one. `email` names an account whose password is
   * `password`. Signing in at the page, as people do, has its own tests (`account-pages`).
   */
  signedIn(who: Seat | { readonly email: string }, options?: VisitOptions): Promise<Visit>;
  /** The same, in the page that the person has open in this language from before: the tests of a file share it. */
  backAt(who: Seat | { readonly email: string }, options?: VisitOptions): Promise<Visit>;
  /** The same for the time of some work: afterwards the page has thrown nothing and asked for nothing outside. */
  withVisit(
    who: Seat | { readonly email: string },
    options: VisitOptions,
    work: (visit: Visit) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}

/** A picture of the whole page in the folder DIWAN_PICTURES; nothing without it. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.DIWAN_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** The same as it is printed, on A4. */
export async function paper(page: Page, name: string): Promise<void> {
  const folder = process.env.DIWAN_PICTURES;
  if (folder) await page.pdf({ path: join(folder, `${name}.pdf`), format: "A4", printBackground: true });
}

/** What pages have asked for and not received, streams apart; and how often they have asked. */
const traffic = new WeakMap<Page, { readonly pending: Set<unknown>; asked: number }>();

function countTraffic(page: Page): void {
  const counted = { pending: new Set<unknown>(), asked: 0 };
  traffic.set(page, counted);
  page.on("request", (request) => {
    if (request.resourceType() === "eventsource") return;
    counted.asked += 1;
    counted.pending.add(request);
  });
  page.on("requestfinished", (request) => void counted.pending.delete(request));
  page.on("requestfailed", (request) => void counted.pending.delete(request));
}

/**
 * Until a page of `visit` has received all that it asked for, has drawn it, and asks for nothing more because of it: what is
 * looked at is the page and not its spinner. It waits as long as that takes, and no fixed time on top.
 */
export async function settled(page: Page): Promise<void> {
  const counted = traffic.get(page);
  if (counted === undefined) throw new Error("the traffic of this page is not counted: it is no page of a visit");
  await page.waitForLoadState("load");
  const drawn = () =>
    page.evaluate(async () => {
      for (let n = 0; n < 2; n += 1) {
        await new Promise((done) => requestAnimationFrame(done));
        await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
      }
    });
  for (const end = Date.now() + 30_000; ; ) {
    const { asked } = counted;
    await drawn().catch((error: Error) => {
      // It leads on to another page meanwhile, which is then waited for.
      if (!/context was destroyed|navigat/i.test(error.message)) throw error;
    });
    if (counted.pending.size === 0 && counted.asked === asked) return;
    if (Date.now() > end) throw new Error(`the page at ${page.url()} still waits for ${counted.pending.size} answers`);
  }
}

/** How far a page can be pushed sideways, once it is laid out for the window it is in; 0 for one that fits. */
export async function overflow(page: Page): Promise<number> {
  const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  // A window that has just been made narrower is laid out anew by the page's own program.
  // A text would be evaluated anew at each look, which the page's policy forbids; a function is once.
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  await page.waitForFunction(fits, undefined, { timeout: 3000 }).catch(() => undefined);
  return page.evaluate(beyond);
}

/**
 * Looks at a page in windows of these widths, without loading it again: it fits, axe finds nothing, no text is made of what is
 * missing. Pictures are named by `name`, language and width. Afterwards its window is as it was.
 */
export async function looksRight(page: Page, name: string, widths: readonly number[] = [1280, 390]): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  const language = await page.evaluate(() => document.documentElement.lang);
  // As it is first, and from there to the others.
  for (const width of [...widths].sort((a, b) => Math.abs(a - before.width) - Math.abs(b - before.width))) {
    await page.setViewportSize({ width, height: width > 700 ? 900 : 844 });
    // What lies under the edge of the header that stays is no smaller for that.
    await page.evaluate(() => window.scrollTo(0, 0));
    const shown = { name, width, pushed: Math.max(0, await overflow(page)), findings: await axe(page) };
    expect(shown).toEqual({ name, width, pushed: 0, findings: [] });
    expect(await page.locator("#app").textContent()).not.toMatch(/undefined|\[object|NaN/);
    await picture(page, `${name}-${language}-${width}`);
  }
  await page.setViewportSize(before);
}

/** Opens the office, its web server on a free port, and a browser. */
export async function openAdminBrowser(options: AdminAppOptions = {}): Promise<AdminBrowser> {
  const assets = await builtAssets();
  const app = await openAdminApp({ ...options, admin: { assets, ...options.admin } });
  const { port } = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const browser = await launchBrowser();
  const { setup } = app.office;
  const known = new Set<string>();

  /** Browsers of visits that ended, in which nothing is left but what they cached. */
  const left: (Kept & { readonly language: Language })[] = [];

  async function keep(language: Language): Promise<Kept> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: language,
      baseURL: origin,
      // What is looked at is the page, not one moment of what is still fading in.
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(40_000);
    const blank = await context.newPage();
    return { context, blank, line: await context.newCDPSession(blank) };
  }

  /** Forgets who was there, also what pages write down while they close. */
  async function leave(language: Language, kept: Kept): Promise<void> {
    const { context, blank, line } = kept;
    await Promise.all(context.pages().map((page) => (page === blank ? undefined : page.close())));
    await context.clearCookies();
    await context.setOffline(false);
    await line.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    left.push({ language, ...kept });
  }

  async function visit(visitOptions: VisitOptions = {}): Promise<Visit> {
    const { language = "ar", width = 1280, height = 900, cold = false } = visitOptions;
    const known = cold ? -1 : left.findIndex((one) => one.language === language);
    const kept = left.splice(known, known < 0 ? 0 : 1)[0] ?? (await keep(language));
    const { context } = kept;
    await context.addCookies([{ name: "diwan_language", value: language, url: origin }]);
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    countTraffic(page);
    const outside: string[] = [];
    const errors: string[] = [];
    let answers: { url: string; type: string; bytes: number }[] = [];
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) outside.push(url);
    });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      // With the address: which of a page's requests failed is what one looks for.
      if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`.trim());
    });
    const watch = await context.newCDPSession(page);
    await watch.send("Network.enable");
    const kindOf = new Map<string, { url: string; type: string; cached: boolean }>();
    watch.on("Network.responseReceived", ({ requestId, response, type }) => {
      kindOf.set(requestId, { url: response.url, type, cached: response.fromDiskCache ?? false });
    });
    watch.on("Network.requestServedFromCache", ({ requestId }) => {
      const known = kindOf.get(requestId);
      if (known) known.cached = true;
      else kindOf.set(requestId, { url: "", type: "", cached: true });
    });
    watch.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const known = kindOf.get(requestId);
      if (known && !known.cached && encodedDataLength > 0) {
        answers.push({ url: known.url, type: known.type, bytes: encodedDataLength });
      }
    });
    const open = async (path: string): Promise<void> => {
      await page.goto(path, { waitUntil: "load" });
      await page.locator("h1").first().waitFor();
      await settled(page);
    };
    return {
      page,
      context,
      outside,
      errors,
      travelled() {
        const now = answers;
        answers = [];
        return now;
      },
      open,
      async openLive(path) {
        const stream = page.waitForResponse((one) => one.request().resourceType() === "eventsource");
        await Promise.all([open(path), stream]);
      },
      close: () => leave(language, kept),
    };
  }

  const emailOf = ({ role, place = null, nth = 0 }: Seat): string => {
    const { userId } = app.office.official(role, place, nth);
    const holder = setup.seats.flatMap(({ holders }) => holders).find((one) => one.userId === userId);
    return holder?.email ?? "";
  };

  const shared = new Map<string, Visit>();

  const office: AdminBrowser = {
    app,
    origin,
    browser,
    visit,
    async backAt(who, visitOptions = {}) {
      const { language = "ar", width = 1280, height = 900 } = visitOptions;
      const key = JSON.stringify([who, language]);
      const seen = shared.get(key) ?? (await office.signedIn(who, visitOptions));
      shared.set(key, seen);
      if (seen.page.viewportSize()?.width !== width) await seen.page.setViewportSize({ width, height });
      return seen;
    },
    async signedIn(who, visitOptions) {
      const email = "email" in who ? who.email : emailOf(who);
      // Once only: a new password ends the sessions that there are.
      if (!("email" in who) && !known.has(email)) await app.givePassword(email);
      known.add(email);
      const seen = await visit(visitOptions);
      const answer = await seen.context.request.post("/admin/login", {
        form: { email, password },
        headers: { "sec-fetch-site": "same-origin" },
        maxRedirects: 0,
      });
      if (answer.status() !== 303) throw new Error(`${email} was not let in: ${answer.status()}`);
      return seen;
    },
    async withVisit(who, options, work) {
      const seen = await office.signedIn(who, options);
      try {
        await work(seen);
        // The browser reports what the server refused, and what the test cut off, on purpose.
        expect(seen.errors.filter((error) => !/status of 4\d\d|net::ERR_/.test(error))).toEqual([]);
        expect(seen.outside).toEqual([]);
      } finally {
        await seen.close();
      }
    },
    async close() {
      await browser.close();
      await app.close();
    },
  };
  return office;
}
