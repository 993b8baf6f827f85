/** Two thousand requests that no browser would send, from a fixed seed: every one is answered, and none with 5xx. */
import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { seededRandom } from "../../src/app/demo/seeded-random.js";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

const total = 2000;
/** How many are under way at a time. */
const lanes = 8;
/** Nothing here takes a second; a machine that does ten other things makes it several. */
const patienceMs = 30_000;

let app: AdminApp;
let room: SignedIn;
let cookies: readonly string[] = [];
let definitions: readonly Definition[] = [];
beforeAll(async () => {
  app = await openAdminApp();
  await app.office.receive();
  room = await app.signIn("operation_room");
  const people: SignedIn[] = [
    room,
    await app.signIn("operation_room", null, 1),
    await app.signIn("focal_point", "CSPD"),
    await app.signIn("auditor"),
  ];
  cookies = await Promise.all(
    people.map(
      async ({ agent }) =>
        /diwan_session=[^;]+/.exec(String((await agent.get("/admin")).headers["set-cookie"]))?.[0] as string,
    ),
  );
});
afterAll(() => app?.close());

/** Something that is published, and how a page is asked to check it. */
interface Definition {
  readonly page: "policy";
  readonly thing: { readonly programme: string; readonly kind: string; readonly name: string };
  readonly definition: unknown;
}

async function publishedDefinitions(): Promise<Definition[]> {
  const programme = "jordan";
  const { ruleSets, workflows, calendar } = await app.services.setup.of(programme);
  const name = calendar.definition.code;
  return [
    ...[...ruleSets].map(([set, { definition }]) => ({
      page: "policy" as const,
      thing: { programme, kind: "rules", name: set },
      definition,
    })),
    ...[...workflows].map(([workflow, { definition }]) => ({
      page: "policy" as const,
      thing: { programme, kind: "workflow", name: workflow },
      definition,
    })),
    { page: "policy", thing: { programme, kind: "calendar", name }, definition: calendar.definition },
  ];
}

/** Objects with members that JavaScript itself asks for when it makes a text, a number or a list of them. */
const tricky: readonly unknown[] = [
  { toString: 1 },
  { valueOf: 1 },
  { toString: 1, valueOf: 1 },
  { toString: null, valueOf: {} },
  { toJSON: 1 },
  { toJSON: {}, toString: [] },
  { length: 1 },
  { length: -1, 0: "x" },
  { length: "x", toString: 1 },
  { hasOwnProperty: 1 },
  [{ toString: 1 }],
];

/** Every place in a definition, by the object or list that holds it. */
function placesIn(node: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof node !== "object" || node === null) return [];
  const holder = node as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

interface Wrong {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

const nasty = [
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "NaN",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "../..",
  "..%2f..",
  "%00",
  "%",
  "%zz",
  "%ff%fe",
  "%E2%80%A8",
  "'",
  "''--",
  "1;select pg_sleep(9)",
  "1 or 1=1",
  "$1",
  "\\",
  "%5c",
  "*",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "<script>",
  "%3Cscript%3E",
  "{{7*7}}",
  "$%7B7*7%7D",
  "٠١٢",
  "%D9%A0",
  "🙈",
  "a".repeat(300),
  "9".repeat(40),
  "2147483648",
  "9007199254740993",
  "1970-01-01",
  "2026-13-45",
  "9999-12-31T23:59:59.999Z",
  "0000-00-00",
  "+00:00",
  ",",
  ",,,",
  "a,b,c",
  "~~from",
  ".",
  "...",
  "%2e%2e",
] as const;

const jsonValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  "",
  "x",
  "\u0000",
  "\ud800",
  "\u202e",
  [],
  {},
  [[]],
  [null],
  { ar: 1, en: [] },
  { ar: "ا" },
  { toString: 1 },
  { length: -1 },
  "9".repeat(5000),
  [1, "a", {}],
  { $ne: 1 },
  { ar: "ا".repeat(30_000), en: "x" },
  2 ** 53,
  "2026-02-30",
  { code: {} },
];

/** Makes the n-th wrong request. */
function makeWrong(random: () => number, idsOf: (resource: string) => readonly string[]) {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const chance = (share: number) => random() < share;
  const escaped = (text: string) => (chance(0.7) ? encodeURI(text).replaceAll("#", "%23") : text);
  const word = () => escaped(pick(nasty)).replace(/[^\x21-\x7e]/g, "");
  const resource = () => pick(allResources);

  /** Leads nowhere, mostly. */
  function wild(): string {
    const forms: (() => string)[] = [
      () => `/admin/api/resources/${word()}/actions/list`,
      () =>
        `/admin/api/resources/${resource().id}/records/${word() || "x"}/${pick(["show", "edit", "delete", word()])}`,
      () => `/admin/api/resources/${resource().id}/${pick(["search", "bulk", "actions"])}/${word()}`,
      () => `/admin/api/pages/${word()}`,
      () => `/admin/api/${word()}/${word()}/${word()}`,
      () => `/admin/${word()}`,
      () => "/admin/login",
      () => `/admin/assets/${word()}`,
    ];
    return `${pick(forms)()}${query(resource().columns.map(({ name }) => name))}`;
  }

  /** A definition as it is in force, with something tricky in one place of it. */
  function spoilt(): { path: string; body: Buffer } {
    const { page, thing, definition } = pick(definitions);
    const wrong = structuredClone({ definition });
    const { holder, key } = pick(placesIn(wrong));
    holder[key] = pick(tricky);
    const act = chance(0.8) ? { do: "check" } : { do: "publish", basedOn: 1, reason: "x" };
    return { path: `/admin/api/pages/${page}`, body: Buffer.from(JSON.stringify({ ...act, ...thing, ...wrong })) };
  }

  /** Leads to something, with the method that it takes; what comes along is wrong. */
  function aimed(): { method: string; path: string; keys: readonly string[]; act: string | null } {
    if (chance(0.3)) {
      const page = pick(allPages);
      const acts = Object.keys(page.acts ?? {});
      const act = acts.length > 0 && chance(0.7) ? pick([...acts, "toString"]) : null;
      const path = `/admin/api/pages/${page.name}`;
      return {
        method: act === null ? "GET" : "POST",
        path: act === null ? `${path}${query(page.query ?? [])}` : path,
        keys: [],
        act,
      };
    }
    const one = resource();
    const api = `/admin/api/resources/${one.id}`;
    const columns = one.columns.map(({ name }) => name);
    const id = pick(idsOf(one.id));
    const custom = Object.entries(one.actions ?? {});
    if (custom.length > 0 && chance(0.45)) {
      const [name, action] = pick(custom);
      const place = action.kind === "record" ? `records/${id}` : action.kind === "bulk" ? "bulk" : "actions";
      const ids = action.kind === "bulk" ? `?recordIds=${id},${word()}` : "";
      const method = action.run && (action.read === undefined || chance(0.5)) ? "POST" : "GET";
      return {
        method,
        path: `${api}/${place}/${name}${method === "GET" ? query(action.query ?? []) : ids}`,
        keys: columns,
        act: null,
      };
    }
    const forms: { method: string; path: string }[] = [
      { method: "GET", path: `${api}/actions/list${query(columns)}` },
      { method: "GET", path: `${api}/actions/list${query(columns)}` },
      { method: "GET", path: `${api}/records/${id}/show${chance(0.3) ? query(columns) : ""}` },
      ...(one.create ? [{ method: "POST", path: `${api}/actions/new` }] : []),
      ...(one.update ? [{ method: "POST", path: `${api}/records/${id}/edit` }] : []),
    ];
    return { ...pick(forms), keys: columns, act: null };
  }

  function query(names: readonly string[]): string {
    const known = [
      "page",
      "perPage",
      "sortBy",
      "direction",
      "search",
      "recordIds",
      "cursor",
      "next",
      "filters",
      "a[b][c]",
      word(),
    ];
    const all = [
      ...known,
      ...names,
      ...names.flatMap((name) => [`filters.${name}`, `filters.${name}~~from`, `filters.${name}~~to`]),
    ];
    const parts = Array.from(
      { length: Math.floor(random() * 3) },
      () => `${pick(all)}=${chance(0.7) ? word() : pick(["1", "asc", ...names])}`,
    );
    return parts.length === 0 ? "" : `?${parts.join("&")}`;
  }

  function value(depth: number): unknown {
    if (depth <= 0 || chance(0.6)) return pick(jsonValues);
    const keys = [
      "values",
      "before",
      "name",
      "code",
      "do",
      "programme",
      "id",
      "fields",
      "rows",
      "definition",
      "reason",
      "__proto__",
      "constructor",
    ];
    return Object.fromEntries(Array.from({ length: 3 }, () => [pick(keys), value(depth - 1)]));
  }

  function body(keys: readonly string[], act: string | null): Buffer {
    const own = () => Object.fromEntries(keys.filter(() => chance(0.6)).map((name) => [name, pick(jsonValues)]));
    const likely = () =>
      JSON.stringify(act === null ? { values: own(), before: own(), ...own() } : { do: act, ...(value(2) as object) });
    const forms: (() => string | Buffer)[] = [
      () => JSON.stringify(value(4)),
      () => JSON.stringify(value(4)).slice(0, -1),
      () => "[".repeat(20_000),
      () => Buffer.from(Array.from({ length: 200 }, () => Math.floor(random() * 256))),
      () => "a=b&c[d]=e",
      () => `--x\r\ncontent-disposition: form-data; name="f"; filename="x"\r\n\r\n1\r\n--x--`,
      () => "",
    ];
    return Buffer.from(chance(0.7) ? likely() : pick(forms)());
  }

  return (): Wrong => {
    if (chance(0.15)) {
      const { path, body: sent } = spoilt();
      const headers = { "sec-fetch-site": "same-origin", "content-type": "application/json", cookie: cookies[0] ?? "" };
      return { method: "POST", path, headers, body: sent };
    }
    const target = chance(0.7)
      ? aimed()
      : {
          method: pick(["GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]),
          path: wild(),
          keys: [],
          act: null,
        };
    const { method, path, keys, act } = target;
    const headers: Record<string, string> = { "sec-fetch-site": chance(0.96) ? "same-origin" : "cross-site" };
    if (chance(0.98))
      headers.cookie = chance(0.97) ? pick(cookies) : `diwan_session=s%3A${word()}; diwan_language=${word()}`;
    if (chance(0.1)) headers["accept-language"] = word();
    if (chance(0.1)) headers["x-request-id"] = word();
    if (chance(0.05)) headers["accept-encoding"] = word();
    if (chance(0.03)) headers["content-encoding"] = "gzip";
    const sends = !["GET", "HEAD", "OPTIONS"].includes(method);
    if (sends) {
      const others = [
        "application/json; charset=utf-7",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json;;;",
      ];
      headers["content-type"] = chance(0.9) ? "application/json" : pick([...others, word()]);
    }
    return { method, path, headers, body: sends ? body(keys, act) : null };
  };
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

function send(agent: Agent, port: number, wrong: Wrong): Promise<Answered> {
  const { method, path, headers, body } = wrong;
  return new Promise((resolve, reject) => {
    const asked = request({
      agent,
      host: "127.0.0.1",
      port,
      method,
      path,
      headers: { ...headers, ...(body && { "content-length": body.length }) },
    });
    const timer = setTimeout(() => asked.destroy(new Error("no answer")), patienceMs);
    // A kept connection that the server let go of just then says nothing of the request: it is sent again.
    asked.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (asked.reusedSocket && error.code === "ECONNRESET") resolve(send(agent, port, wrong));
      else reject(error);
    });
    asked.on("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        clearTimeout(timer);
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") });
      });
    });
    asked.end(body ?? undefined);
  });
}

it(`${total} malformed requests: no 5xx, no hang, and the office goes on`, async () => {
  const random = seededRandom(20_261_125);
  const ids = new Map<string, readonly string[]>();
  for (const { id } of allResources) {
    const { body } = await room.list(id);
    const found = (body.records as { id: string }[]).map((record) => record.id);
    ids.set(id, found.length === 0 ? ["1"] : found.slice(0, 6));
  }
  definitions = await publishedDefinitions();
  const next = makeWrong(
    () => random.next(),
    (resource) => ids.get(resource) ?? ["1"],
  );
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const statuses = new Map<number, number>();
  const broken: string[] = [];
  let left = total;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      const wrong = next();
      // What Node's own client refuses to send never reaches a server.
      const answer = await send(agent, port, wrong).catch((error: Error) => {
        if (/unescaped|Invalid character/.test(error.message)) return null;
        return { status: 599, text: error.message };
      });
      if (answer === null) continue;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500)
        broken.push(
          `${answer.status} ${wrong.method} ${wrong.path} ${String(wrong.body).slice(0, 200)} … ${String(wrong.body).match(/.{60}"(?:toString|valueOf|toJSON|length)".{40}/)?.[0]} → ${answer.text.slice(0, 200)}`,
        );
      expect(answer.text).not.toMatch(/at \S+ \(.*:\d+:\d+\)|SequelizeDatabaseError|syntax error at or near/);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  agent.destroy();
  expect(broken).toEqual([]);
  // Not all refused at the first door: many went as far as a resource, some were even right.
  const count = (from: number, to: number) =>
    [...statuses].reduce((sum, [status, n]) => sum + (status >= from && status < to ? n : 0), 0);
  expect(count(200, 300)).toBeGreaterThan(20);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(200);
  expect(statuses.get(422) ?? 0).toBeGreaterThan(60);
  expect(count(200, 500)).toBeGreaterThan(total * 0.9);
  expect((await app.visitor().get("/healthz")).status).toBe(200);
}, 120_000);
