/** The shipped Jordan set-up with the web server and the applicant's door, as people meet it. */
import { createServer, type Server } from "node:http";
import { Router } from "express";
import supertest from "supertest";
import type { Composed, Parts } from "../../src/app/compose.js";
import { createPortal } from "../../src/features/portal/create-portal.js";
import type { PortalAssets } from "../../src/features/portal/open-portal-assets.js";
import { createHttp, type HttpOptions } from "../../src/platform/http/create-http.js";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "./working-office.js";

const look = { style: "/assets/portal.0.css", icon: "/assets/icon.0.svg", preload: [] };
export const noAssets: PortalAssets = { lookOf: () => look, router: Router() };

export interface PortalVisitor {
  /** With cookies, and nothing else done for you. */
  readonly agent: ReturnType<typeof supertest.agent>;
  get(path: string): Promise<supertest.Response>;
  /** A form of one of our own pages. */
  post(path: string, form?: Readonly<Record<string, string>>): Promise<supertest.Response>;
}

export interface PortalApp {
  readonly office: WorkingOffice;
  readonly services: Composed;
  readonly server: Server;
  visitor(): PortalVisitor;
  setNow(now: Date): void;
  now(): Date;
  close(): Promise<void>;
}

export interface PortalAppOptions {
  readonly parts?: Partial<Parts>;
  /** Where people reach it; left out: over plain HTTP. */
  readonly publicUrl?: string;
  readonly assets?: PortalAssets;
  /** Left out: no limits of the web server on how often somebody may ask. */
  readonly limits?: HttpOptions["limits"];
  /** True: where somebody asks from is what `x-forwarded-for` says. */
  readonly trustProxy?: boolean;
}

export async function openPortalApp(options: PortalAppOptions = {}): Promise<PortalApp> {
  let now = sundayNine;
  const sessionSecret = "k".repeat(64);
  const office = await openWorkingOffice({ now: () => now, sessionSecret, ...options.parts });
  const { services } = office;
  // Over plain HTTP: an agent of the tests keeps no cookie for TLS.
  const { publicUrl = "http://diwan.example.jo/" } = options;
  const portal = createPortal(services, { sessionSecret, publicUrl, assets: options.assets ?? noAssets });
  const app = createHttp(services, {
    publicUrl,
    limits: options.limits ?? false,
    trustProxy: options.trustProxy ?? false,
    doors: [portal],
  });
  const server = createServer(app);
  // A busy machine pauses longer than the five seconds for which Node keeps an idle connection: the next request would meet its end.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    office,
    services,
    server,
    visitor() {
      const agent = supertest.agent(server);
      return {
        agent,
        get: async (path) => agent.get(path).set("accept", "text/html"),
        post: async (path, form = {}) =>
          agent.post(path).set({ "sec-fetch-site": "same-origin", accept: "text/html" }).type("form").send(form),
      };
    },
    setNow(at) {
      now = at;
    },
    now: () => now,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await office.close();
    },
  };
}
