/** The applicant's pages in a real browser, without JavaScript. */
import { existsSync, mkdtempSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Language } from "../../src/engine/text/text.js";
import { buildPortal } from "../../src/features/portal/build-portal.js";
import { openPortalAssets, portalManifestName } from "../../src/features/portal/open-portal-assets.js";
import { launchBrowser } from "./browser.js";
import { openPortalApp, type PortalApp, type PortalAppOptions } from "./portal-app.js";

export interface Applicant {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses outside of the platform that were asked for, and what the browser logged as errors. */
  readonly outside: string[];
  readonly errors: string[];
  /** Bytes that travelled, by kind, since the beginning. */
  readonly travelled: Map<string, number>;
  close(): Promise<void>;
}

export interface ApplicantOptions {
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
  /** With JavaScript, which axe needs; the pages have none. */
  readonly script?: boolean;
}

export interface PortalBrowser {
  readonly app: PortalApp;
  readonly browser: Browser;
  readonly origin: string;
  applicant(options?: ApplicantOptions): Promise<Applicant>;
  close(): Promise<void>;
}

let built: string | null = null;

export async function builtPortal(): Promise<string> {
  if (built === null || !existsSync(join(built, portalManifestName))) {
    built = mkdtempSync(join(tmpdir(), "diwan-portal-"));
    await buildPortal({ outDir: built });
  }
  return built;
}

/** An applicant before a browser of their own, at the portal of whatever server stands behind `origin`. */
export async function newApplicant(
  browser: Browser,
  origin: string,
  { language = "ar", width = 1280, height = 900, script = false }: ApplicantOptions = {},
): Promise<Applicant> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    baseURL: origin,
    javaScriptEnabled: script,
  });
  context.setDefaultTimeout(40_000);
  const page = await context.newPage();
  const outside: string[] = [];
  const errors: string[] = [];
  const travelled = new Map<string, number>();
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) outside.push(request.url());
  });
  page.on("console", (message) => {
    // The browser's own word for an answer of 4xx is no fault of the page.
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  const watch = await context.newCDPSession(page);
  await watch.send("Network.enable");
  const kinds = new Map<string, string>();
  watch.on("Network.responseReceived", ({ requestId, type }) => {
    kinds.set(requestId, type);
  });
  watch.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    travelled.set(kind, (travelled.get(kind) ?? 0) + encodedDataLength);
  });
  return { page, context, outside, errors, travelled, close: () => context.close() };
}

export async function openPortalBrowser(options: PortalAppOptions = {}): Promise<PortalBrowser> {
  const app = await openPortalApp({ ...options, assets: openPortalAssets(await builtPortal()) });
  const { port } = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const browser = await launchBrowser();
  return {
    app,
    browser,
    origin,
    applicant: (options = {}) => newApplicant(browser, origin, options),
    async close() {
      await browser.close();
      await app.close();
    },
  };
}
