/** The shipped Jordan set-up with the web server and the back office's door, and officials who sign in at it as people do. */
import { createServer, type Server } from "node:http";
import { Router } from "express";
import supertest from "supertest";
import type { Composed, Parts } from "../../src/app/compose.js";
import { type AdminParts, createAdmin } from "../../src/app/office/create-admin.js";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { setPassword } from "../../src/features/people/user-store.js";
import { createHttp, type Door, type HttpOptions } from "../../src/platform/http/create-http.js";
import { openWorkingOffice, type Person, sundayNine, type WorkingOffice } from "./working-office.js";

export const password = "a password for tests";
/** Over plain HTTP: an agent of the tests keeps no cookie for TLS. */
const plainUrl = "http://diwan.example.jo/";

/** Addresses as the build makes them, with nothing behind. */
export const fakeAssets: NonNullable<AdminParts["assets"]> = {
  addresses: {
    entry: {
      script: "/admin/assets/office.0.js",
      imports: ["/admin/assets/shared.0.js"],
      words: { ar: "/admin/assets/office-ar.json", en: "/admin/assets/office-en.json" },
    },
    areas: {
      work: {
        screens: ["CaseList", "CasePage"],
        script: "/admin/assets/work.0.js",
        imports: ["/admin/assets/shared.1.js"],
        styles: [],
        words: { ar: "/admin/assets/work-ar.json", en: "/admin/assets/work-en.json" },
      },
    },
    styles: ["/admin/assets/fonts.0.css", "/admin/assets/admin.0.css"],
    icon: "/admin/assets/icon.0.svg",
    preload: { ar: ["/admin/assets/arabic.0.woff2"], en: ["/admin/assets/latin.0.woff2"] },
  },
  router: Router(),
};

type Answer = supertest.Response;
type Query = Readonly<Record<string, string | number>>;

/** Somebody in front of a browser. `api` addresses are below `/admin/api`. */
export interface Visitor {
  /** With cookies, and nothing else done for you. */
  readonly agent: ReturnType<typeof supertest.agent>;
  get(path: string): Promise<Answer>;
  /** JSON from one of our own pages. */
  post(path: string, body?: unknown): Promise<Answer>;
  list(resource: string, query?: Query): Promise<Answer>;
  show(resource: string, id: string | number): Promise<Answer>;
  create(resource: string, values: Record<string, unknown>, programme?: string): Promise<Answer>;
  edit(
    resource: string,
    id: string | number,
    values: Record<string, unknown>,
    before?: Record<string, unknown>,
  ): Promise<Answer>;
  /** A custom action; `id` null for one of the resource. */
  act(resource: string, id: string | number | null, action: string, body?: unknown): Promise<Answer>;
  page(name: string, query?: Query): Promise<Answer>;
  send(name: string, act: string, body?: Record<string, unknown>): Promise<Answer>;
}

export interface SignedIn extends Visitor {
  readonly person: Person;
  readonly email: string;
}

export interface AdminApp {
  readonly office: WorkingOffice;
  readonly services: Composed;
  readonly server: Server;
  /** Nobody: without a session. */
  visitor(): Visitor;
  /** The n-th holder (from 0) of seats of a role at a place, signed in with password. */
  signIn(role: RoleCode, place?: string | null, n?: number): Promise<SignedIn>;
  /** Signs in an account by its e-mail; its password must be `password` (see `givePassword`). */
  signInAs(email: string): Promise<Visitor>;
  givePassword(email: string): Promise<void>;
  /** Moves the clock that the door goes by. */
  setNow(now: Date): void;
  close(): Promise<void>;
}

export interface AdminAppOptions {
  readonly now?: Date;
  /** Where people reach it; left out: over plain HTTP. */
  readonly publicUrl?: string;
  readonly parts?: Partial<Parts>;
  readonly admin?: Partial<AdminParts>;
  /** Left out: no limits on how often somebody may ask. */
  readonly limits?: HttpOptions["limits"];
  /** Doors behind the back office's, in the same server. */
  readonly doors?: (services: Composed, parts: { sessionSecret: string; publicUrl: string }) => readonly Door[];
}

const sameSite = { "sec-fetch-site": "same-origin" };

function visitorOf(agent: ReturnType<typeof supertest.agent>): Visitor {
  const get = async (path: string, query: Query = {}) => agent.get(path).query(query);
  const post = async (path: string, body: unknown = {}) =>
    agent.post(path).set(sameSite).set("content-type", "application/json").send(JSON.stringify(body));
  const api = "/admin/api";
  return {
    agent,
    get: (path) => get(path),
    post,
    list: (resource, query) => get(`${api}/resources/${resource}/actions/list`, query),
    show: (resource, id) => get(`${api}/resources/${resource}/records/${id}/show`),
    create: (resource, values, programme) =>
      post(`${api}/resources/${resource}/actions/new`, { values, ...(programme && { programme }) }),
    edit: (resource, id, values, before = {}) =>
      post(`${api}/resources/${resource}/records/${id}/edit`, { values, before }),
    act: (resource, id, action, body) =>
      post(`${api}/resources/${resource}/${id === null ? "actions" : `records/${id}`}/${action}`, body),
    page: (name, query) => get(`${api}/pages/${name}`, query),
    send: (name, act, body = {}) => post(`${api}/pages/${name}`, { do: act, ...body }),
  };
}

/** Somebody who signed in at a server; their password must be `password`. */
export async function signedIn(server: Server, email: string): Promise<Visitor> {
  const agent = supertest.agent(server);
  const answer = await agent.post("/admin/login").set(sameSite).type("form").send({ email, password });
  if (answer.status !== 303) throw new Error(`${email} was not let in: ${answer.status} ${answer.text.slice(0, 400)}`);
  return visitorOf(agent);
}

export async function openAdminApp(options: AdminAppOptions = {}): Promise<AdminApp> {
  let now = options.now ?? sundayNine;
  const { publicUrl = plainUrl } = options;
  const sessionSecret = "k".repeat(64);
  const office = await openWorkingOffice({ now: () => now, sessionSecret, ...options.parts });
  const { services, db, setup } = office;
  const door = createAdmin(services, { db, sessionSecret, publicUrl, assets: fakeAssets, ...options.admin });
  await door.ready;
  const others = options.doors?.(services, { sessionSecret, publicUrl }) ?? [];
  const app = createHttp(services, { publicUrl, limits: options.limits ?? false, doors: [door, ...others] });
  const server = createServer(app);
  // A busy machine pauses longer than the five seconds for which Node keeps an idle connection: the next request would meet its end.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const givePassword = (email: string) =>
    setPassword(db, { email, password, by: { kind: "system", job: "test" }, now });
  const signInAs = (email: string): Promise<Visitor> => signedIn(server, email);
  return {
    office,
    services,
    server,
    visitor: () => visitorOf(supertest.agent(server)),
    async signIn(role, place = null, n = 0) {
      const person = office.official(role, place, n);
      const email = setup.seats.flatMap(({ holders }) => holders).find(({ userId }) => userId === person.userId)
        ?.email as string;
      await givePassword(email);
      return { ...(await signInAs(email)), person, email };
    },
    signInAs,
    givePassword,
    setNow(at) {
      now = at;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await office.close();
    },
  };
}
