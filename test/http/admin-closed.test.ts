/** Every hole that AdminJS leaves open (the sixteen points of its trial), tried from a stranger's seat. */

import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { allResources } from "../../src/app/office/all-resources.js";
import { seed } from "../../src/features/config-files/seed.js";
import { modelSource } from "../../src/features/setup/tables/setup-resources.js";
import type { Office } from "../../src/platform/admin/boot-data.js";
import { defineResource } from "../../src/platform/admin/define-resource.js";
import { type AdminApp, openAdminApp, type SignedIn, type Visitor } from "../support/admin-app.js";
import { done, sampleResources, sampleServices } from "../support/sample-resources.js";

let app: AdminApp;
let room: SignedIn;
let clerk: SignedIn;
let auditor: SignedIn;
let nobody: Visitor;
const api = "/admin/api/resources";
const openedAt = new Date("2026-08-01T00:00:00Z");

beforeAll(async () => {
  app = await openAdminApp({ admin: { resources: [...allResources, ...sampleResources] } });
  // Another programme beside: nobody here has a seat in it.
  await seed(app.office.db, { now: openedAt, programmes: ["boston311"] });
  await app.office.asOwner(
    `insert into services (programme, code, name_ar, name_en, entity, sort_order)
     select 'boston311', 'ZZ-ELSEWHERE', 'خدمة أخرى', 'A foreign service', code, 0 from entities where programme = 'boston311' limit 1`,
  );
  room = await app.signIn("operation_room");
  clerk = await app.signIn("focal_point", "CSPD");
  auditor = await app.signIn("auditor");
  nobody = app.visitor();
});
afterAll(() => app?.close());
beforeEach(() => {
  done.length = 0;
});

const sector = async (code = "HEALTH") => {
  const [row] = await app.office.rows("select * from sectors where programme = 'jordan' and code = $1", code);
  return row as Record<string, unknown>;
};
const same = { "sec-fetch-site": "same-origin" };

describe("1. columns that nobody named", () => {
  it("are in no list, record or search, and nothing in AdminJS's own form either", async () => {
    const list = await room.list("sample-accounts", { perPage: 100, search: "@" });
    expect(list.body.records.length).toBeGreaterThan(10);
    expect(Object.keys(list.body.records[0].values)).toEqual(["email", "name"]);
    const show = await room.show("sample-accounts", list.body.records[0].id);
    expect(show.body.record.params).toEqual({});
    for (const { text } of [list, show]) expect(text).not.toMatch(/argon2|passwordHash|password_hash|disabledAt/);
  });

  it("cannot be filtered, sorted or searched by", async () => {
    const queries: Record<string, string>[] = [
      { "filters.passwordHash": "$argon2" },
      { "filters.password_hash": "a" },
      { sortBy: "passwordHash" },
      { "filters.name": "a" },
      { sortBy: "name" },
      { "filters.email.length": "1" },
    ];
    for (const query of queries) {
      const { status, body } = await room.list("sample-accounts", query);
      expect([query, status, body.problem?.code]).toEqual([query, 400, "malformed-request"]);
    }
    // A service may be searched by code and name only: the code of its entity finds none.
    const [row] = await app.office.rows(
      "select entity from services where programme = 'jordan' and entity <> '' limit 1",
    );
    const [named] = await app.office.rows(
      "select count(*)::int as n from services where programme = 'jordan' and (code ilike $1 or name_en ilike $1)",
      `%${row?.entity}%`,
    );
    const { body } = await room.list("sample-services", { search: String(row?.entity) });
    expect(body.meta.total).toBe(named?.n);
  });

  it("do not come along with what a record refers to", async () => {
    const { body, text } = await room.list("sample-services", { perPage: 100 });
    expect(body.records[0].names.entity).toEqual({ ar: expect.any(String), en: expect.any(String) });
    expect(text).not.toMatch(/validFrom|joining|populated":\{"/);
  });

  it("cannot be defined when they look like a secret, nor without access rules or columns", () => {
    const definition = { ...sampleServices, id: "again" };
    const columnsOf = (name: string) => [
      ...sampleServices.columns,
      { name, label: { ar: "x", en: "x" }, type: "text" as const },
    ];
    for (const name of ["passwordHash", "keyHash", "secret", "apiKey", "totpSecret", "resetToken"]) {
      expect(() => defineResource({ ...definition, columns: columnsOf(name) })).toThrow(/looks like a secret/);
    }
    expect(() => defineResource({ ...definition, access: {} as never })).toThrow(/no access rule/);
    expect(() => defineResource({ ...definition, columns: [] })).toThrow(/no columns/);
    const peek = { kind: "resource", label: { ar: "x", en: "x" }, read: async () => null } as never;
    expect(() => defineResource({ ...definition, actions: { peek } })).toThrow(/no access rule/);
  });

  it("must be in the table, and references must lead somewhere", async () => {
    const open = (definition: typeof sampleServices) => openAdminApp({ admin: { resources: [definition], pages: [] } });
    await expect(open(sampleServices)).rejects.toThrow(/there is no resource “entities”/);
    const columns = [
      { name: "code", label: { ar: "x", en: "x" }, type: "text" },
      { name: "nothing", label: { ar: "x", en: "x" }, type: "text" },
    ] as const;
    await expect(open({ ...sampleServices, columns, source: modelSource("pillars") })).rejects.toThrow(
      /no such columns: nothing/,
    );
  });
});

describe("2. the id in the body", () => {
  it("changes no other record than the one in the address", async () => {
    const [health, water] = [await sector("HEALTH"), await sector("WATER")];
    const values = { name: { ar: "الصحة العامة", en: "Public health" } };
    const before = { name: { ar: health.name_ar, en: health.name_en } };
    const answer = await room.post(`${api}/sectors/records/${health.id}/edit`, {
      id: water.id,
      recordId: water.id,
      values,
      before,
    });
    expect(answer.status).toBe(200);
    expect((await sector("HEALTH")).name_en).toBe("Public health");
    expect(await sector("WATER")).toEqual(water);
    const inside = await room.edit("sectors", health.id as number, { ...values, id: water.id });
    expect([inside.status, inside.body.problem.faults[0].field]).toEqual([422, "/id"]);
    expect(await sector("WATER")).toEqual(water);
  });
});

describe("3. columns that may not be written", () => {
  it("are refused at their field, and nothing is written", async () => {
    const before = await sector();
    for (const [name, value] of Object.entries({
      programme: "boston311",
      code: "OTHER",
      retiredAt: null,
      nameAr: "مباشرة",
      __v: 1,
      "name.en": "x",
    })) {
      const { status, body } = await room.edit("sectors", before.id as number, { [name]: value });
      expect([name, status, body.problem?.faults[0]?.field]).toEqual([name, 422, `/${name}`]);
    }
    expect(await sector()).toEqual(before);
  });

  it("cannot be reached by AdminJS's flattened names either", async () => {
    const before = await sector();
    const answer = await room.post(`${api}/sectors/records/${before.id}/edit`, {
      nameEn: "Taken",
      "values.name": "Taken",
    });
    expect(answer.status).toBe(400);
    expect(await sector()).toEqual(before);
  });
});

describe("4. each action has its own guard", () => {
  it("search, delete and bulk delete are not there, for nobody", async () => {
    const { id } = await sector();
    for (const address of [
      `${api}/sectors/actions/search`,
      `${api}/sectors/search/a`,
      `${api}/sectors/search`,
      `${api}/sectors/actions/search/a`,
      `${api}/sectors/records/${id}/delete`,
      `${api}/sectors/bulk/bulkDelete?recordIds=${id}`,
      `/admin/resources/sectors/bulk/bulkDelete?recordIds=${id}`,
      `${api}/sectors/actions/list/a`,
      "/admin/api/dashboard",
    ]) {
      const [read, written] = [await room.get(address), await room.post(address)];
      expect([address, read.status, written.status]).toEqual([address, 404, 404]);
    }
    expect(await sector()).toBeDefined();
  });

  it("who may read may not write: new, edit and acts say so", async () => {
    const { id } = await sector();
    expect((await auditor.show("sectors", id as number)).status).toBe(200);
    const [service] = (await auditor.list("sample-services")).body.records;
    expect(service.actions).toEqual([]);
    for (const answer of [
      await auditor.create("sectors", { code: "MINE", name: { ar: "ا", en: "a" } }),
      await auditor.edit("sectors", id as number, { name: { ar: "ا", en: "a" } }),
      await auditor.get(`${api}/sectors/records/${id}/edit`),
      await auditor.act("sample-services", service.id, "ring"),
      await auditor.post(`${api}/sample-services/bulk/ringAll?recordIds=${service.id}`),
      await auditor.act("sample-services", null, "fail"),
      await clerk.get(`${api}/sample-services/actions/peek`),
      await auditor.get("/admin/resources/sectors/actions/new"),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await auditor.get(`${api}/sample-services/actions/peek`)).body).toEqual({ view: { seen: true } });
    expect(done).toEqual([]);
  });

  it("a rule that only promises an answer is a no", async () => {
    for (const visitor of [room, clerk]) expect((await visitor.list("sample-later")).status).toBe(404);
    expect((await room.get("/admin")).text).not.toContain("sample-later");
  });

  it("a record that is not there brings nothing of itself along", async () => {
    const foreign = await app.office.rows("select id, name_en from sectors where programme = 'boston311' limit 1");
    const answer = await room.show("sectors", foreign[0]?.id as number);
    expect(answer.status).toBe(404);
    expect(Object.keys(answer.body)).toEqual(["problem"]);
    expect(answer.text).not.toContain(foreign[0]?.name_en as string);
    expect(answer.text).toBe(
      (await room.show("sectors", 2_000_000)).text.replace(
        /"request":"[^"]+"/,
        answer.text.match(/"request":"[^"]+"/)?.[0] ?? "",
      ),
    );
  });
});

describe("5. the scope is in every question", () => {
  it("another programme's records are in no list, filter, count, record, act or reference", async () => {
    const [foreign] = await app.office.rows(
      "select id, code, entity from services where programme = 'boston311' limit 1",
    );
    const all = await room.list("sample-services", { perPage: 100, "filters.programme": "boston311,jordan" });
    const [{ n }] = (await app.office.rows("select count(*)::int as n from services where programme = 'jordan'")) as [
      { n: number },
    ];
    expect(all.body.meta.total).toBe(n);
    const queries: Record<string, string>[] = [
      { "filters.programme": "boston311" },
      { "filters.code": String(foreign?.code) },
      { search: String(foreign?.code) },
    ];
    for (const query of queries) {
      expect((await room.list("sample-services", query)).body.meta.total).toBe(0);
    }
    for (const answer of [
      await room.show("sample-services", foreign?.id as number),
      await room.act("sample-services", foreign?.id as number, "ring"),
    ]) {
      expect(answer.status).toBe(404);
    }
    // A bulk act over one of ours and a foreign one takes ours alone.
    const [own] = await app.office.rows("select id from services where programme = 'jordan' order by id limit 1");
    const bulk = await room.post(`${api}/sample-services/bulk/ringAll?recordIds=${own?.id},${foreign?.id}`);
    expect([bulk.status, done]).toEqual([200, [`ring all ${own?.id}`]]);
    const onlyForeign = await room.post(`${api}/sample-services/bulk/ringAll?recordIds=${foreign?.id}`);
    expect([onlyForeign.status, done.length]).toEqual([404, 1]);
  });

  it("a reference names nothing of another programme, even where the code is the same", async () => {
    await app.office.asOwner(
      `insert into entities (programme, code, name_ar, name_en, kind, sector, level, sort_order)
       select 'boston311', 'CSPD', 'أخرى', 'Somewhere else', kind, sector, 0, 0 from entities where programme = 'boston311' limit 1`,
    );
    const { body, text } = await room.list("sample-services", { "filters.entity": "CSPD", perPage: 100 });
    expect(body.records.length).toBeGreaterThan(0);
    expect(text).not.toContain("Somewhere else");
    expect(body.records[0].names.entity.en).not.toBe("");
  });
});

describe("6. acts are posted, from our own pages", () => {
  it("a GET of an act is refused and does nothing", async () => {
    const [own] = await app.office.rows("select id from services where programme = 'jordan' order by id limit 1");
    const address = `${api}/sample-services/records/${own?.id}/ring`;
    const answer = await room.get(address);
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST"]);
    for (const method of ["put", "patch", "delete", "options"] as const) {
      expect([method, (await room.agent[method](address).set(same)).status]).toEqual([method, 405]);
    }
    expect((await room.agent.head(address)).status).toBe(405);
    expect(done).toEqual([]);
    // What may be read and done at one address is read by HEAD, which no guard of the origin looks at.
    const both = `${api}/sample-services/records/${own?.id}/knock`;
    expect([(await room.get(both)).status, (await room.agent.head(both)).status]).toEqual([200, 200]);
    for (const read of ["/admin/api/pages/home", `${api}/sectors/records/${(await sector()).id}/edit`]) {
      expect([read, (await room.agent.head(read)).status]).toEqual([read, 200]);
    }
    expect(done).toEqual([]);
    expect((await room.post(address)).status).toBe(200);
    expect(done).toHaveLength(1);
  });

  it("a POST from elsewhere, or from nowhere, is refused", async () => {
    const { id } = await sector();
    const address = `${api}/sample-services/records/${(await app.office.rows("select id from services where programme = 'jordan' limit 1"))[0]?.id}/ring`;
    const headers: Record<string, string>[] = [
      {},
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "cross-site", origin: "http://diwan.example.jo" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://diwan.example.jo.evil.example" },
      { referer: "http://diwan.example.jo/admin" },
    ];
    for (const sent of headers) {
      const answer = await room.agent.post(address).set(sent).set("content-type", "application/json").send("{}");
      expect([sent, answer.status]).toEqual([sent, 403]);
      const login = await nobody.agent
        .post("/admin/login")
        .set(sent)
        .type("form")
        .send({ email: room.email, password: "x" });
      expect([sent, login.status]).toEqual([sent, 403]);
    }
    expect(done).toEqual([]);
    // Older browsers say where a request comes from in `Origin` alone.
    const ours = await room.agent
      .post(address)
      .set("origin", "http://diwan.example.jo")
      .set("content-type", "application/json")
      .send("{}");
    expect([ours.status, done.length]).toEqual([200, 1]);
    expect(id).toBeDefined();
  });

  it("other sites cannot read the API either", async () => {
    const answer = await room.agent.get(`${api}/sectors/actions/list`).set("sec-fetch-site", "cross-site");
    expect(answer.status).toBe(403);
  });
});

describe("7. the session", () => {
  it("is a cookie for /admin that scripts and other sites do not get, and nobody has one before signing in", async () => {
    const page = await nobody.agent.get("/admin/login");
    expect(page.headers["set-cookie"]).toBeUndefined();
    const answer = await app
      .visitor()
      .agent.post("/admin/login")
      .set(same)
      .type("form")
      .send({ email: room.email, password: "a password for tests" });
    expect(String(answer.headers["set-cookie"])).toMatch(/Path=\/admin;.*HttpOnly;.*SameSite=Lax/);
  });

  it("does not keep an id that somebody planted", async () => {
    const planted = "diwan_session=s%3Aplanted.signature";
    const answer = await app
      .visitor()
      .agent.post("/admin/login")
      .set(same)
      .set("cookie", planted)
      .type("form")
      .send({ email: room.email, password: "a password for tests" });
    expect(answer.status).toBe(303);
    expect(String(answer.headers["set-cookie"])).not.toContain("planted");
  });

  it("holds no official: roles are asked anew, and a disabled account is out at once", async () => {
    const other = await app.signIn("focal_point", "MOF");
    expect((await other.list("sample-services")).status).toBe(200);
    const stored = await app.office.asOwner("select sess::text as text from sessions");
    for (const { text } of stored) expect(text).not.toMatch(/adminUser|seats|roles|\bactor/);
    await app.office.asOwner("update seat_holders set held_to = $1 where user_id = $2", openedAt, other.person.userId);
    expect((await other.list("sample-services")).status).toBe(404);
    await app.office.asOwner("update users set disabled_at = now() where id = $1", other.person.userId);
    expect((await other.list("sample-services")).status).toBe(401);
  });
});

describe("8. what a page prints", () => {
  it("cannot end its script, whoever is called what", async () => {
    const evil = `</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028\u2029<!--`;
    const [before] = await app.office.asOwner("select name from users where id = $1", clerk.person.userId);
    await app.office.asOwner("update users set name = $1 where id = $2", evil, clerk.person.userId);
    await app.office.asOwner("update entities set name_en = $1 where programme = 'jordan' and code = 'CSPD'", evil);
    const { text } = await clerk.get("/admin/resources/sample-services?search=%3C%2Fscript%3E%3Cimg%3E");
    await app.office.asOwner("update users set name = $1 where id = $2", before?.name, clerk.person.userId);
    expect(text).not.toMatch(/<img|alert\(1\)<|\u2028|\u2029|<!--/);
    const told = /window\.DIWAN = (.*);<\/script>/.exec(text)?.[1] ?? "";
    const boot = JSON.parse(told);
    expect([boot.official.name, boot.official.roles[0].place.en]).toEqual([evil, evil]);
  });

  const officeOf = async (visitor: Visitor): Promise<Office> => {
    const { text } = await visitor.get("/admin");
    return JSON.parse(/<script id="office" type="application\/json">(.*)<\/script>/.exec(text)?.[1] ?? "");
  };

  it("names nobody among its places, and only those that this official may open", async () => {
    const { text } = await clerk.get("/admin");
    const office = await officeOf(clerk);
    const ids = office.resources.map(({ id }) => id);
    expect(ids).toContain("sample-services");
    expect(ids).not.toContain("users");
    expect(ids).not.toContain("sample-accounts");
    expect(office.pages.map(({ name }) => name)).not.toContain("health");
    expect(text).not.toContain(clerk.email);
    const rooms = await officeOf(room);
    expect(rooms.resources.length).toBeGreaterThan(ids.length);
    expect(rooms.pages.map(({ name }) => name)).toContain("health");
    // Who may only read is told of no form, and of no action that is somebody else's.
    const actionsOf = (one: Office, id: string) =>
      one.resources.find((resource) => resource.id === id)?.actions.map(({ name }) => name);
    expect(actionsOf(rooms, "sectors")).toEqual(["list", "show", "new", "edit"]);
    expect(actionsOf(await officeOf(auditor), "sectors")).toEqual(["list", "show"]);
  });

  it("is nothing before signing in", async () => {
    const answer = await nobody.get("/admin");
    expect([answer.status, answer.text.includes("window.DIWAN"), answer.text.includes('id="office"')]).toEqual([
      303,
      false,
      false,
    ]);
  });

  it("runs nothing without its nonce, which is new on each page", async () => {
    const pages = [await clerk.get("/admin"), await clerk.get("/admin")];
    const nonces = pages.map(({ headers, text }) => {
      const policy = headers["content-security-policy"] as string;
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] as string;
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).not.toMatch(/script-src[^;]*(unsafe|strict-dynamic|'self')|\*/);
      expect(policy).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
      // Data run nothing.
      const tags = (text.match(/<script[\s>][^>]*/g) ?? []).filter((tag) => !tag.includes('type="application/json"'));
      expect(tags).toHaveLength(2);
      for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
      expect(text).not.toMatch(/<[a-z][^>]*\son\w+=/);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it("comes with every header that a browser heeds, also when it is a refusal", async () => {
    for (const [visitor, address] of [
      [clerk, "/admin"],
      [clerk, "/admin/nothing/here"],
      [clerk, `${api}/sample-services/actions/list`],
      [nobody, `${api}/sectors/actions/list`],
      [nobody, "/admin/login"],
    ] as const) {
      const { headers } = await visitor.get(address);
      expect([address, headers]).toEqual([
        address,
        expect.objectContaining({
          "cache-control": expect.stringContaining("no-store"),
          "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "permissions-policy": expect.stringContaining("camera=()"),
          "x-content-type-options": "nosniff",
        }),
      ]);
      expect(headers["referrer-policy"]).toMatch(/^(same-origin|no-referrer)$/);
      expect(headers["x-powered-by"]).toBeUndefined();
    }
  });
});

describe("9. bodies", () => {
  const files = () => readdirSync(tmpdir()).filter((name) => /^upload_|^[0-9a-f]{25,}$/.test(name));

  it("are never written to disk, before or after signing in", async () => {
    const before = files();
    for (const visitor of [nobody, room]) {
      for (const address of ["/admin/login", "/admin/api/pages/home", `${api}/sectors/actions/new`, "/admin/nothing"]) {
        const answer = await visitor.agent
          .post(address)
          .set(same)
          .attach("file", Buffer.alloc(200_000, 1), "evil.html");
        expect([401, 400, 404, 405, 413, 415, 422]).toContain(answer.status);
      }
    }
    expect(files()).toEqual(before);
  });

  it("must be JSON, whole, in UTF-8, not too large, not too deep, without names of prototypes", async () => {
    const { id } = await sector();
    const { port } = app.server.address() as { port: number };
    const home = await room.agent.get("/admin/api/pages/home");
    const cookie = /diwan_session=[^;]+/.exec(String(home.headers["set-cookie"]))?.[0] ?? "";
    const address = `http://127.0.0.1:${port}${api}/sectors/records/${id}/edit`;
    const post = async (type: string, body: string | Buffer) => {
      const headers = { ...same, cookie, "content-type": type };
      const answer = await fetch(address, { method: "POST", headers, body: new Uint8Array(Buffer.from(body)) });
      return { status: answer.status, body: (await answer.json()) as { problem: { detail: unknown } } };
    };
    const json = "application/json";
    const deep = `{"values":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    const cases: [string, string | Buffer, number][] = [
      ["application/x-www-form-urlencoded", "values[name]=x", 415],
      ["text/plain", "{}", 415],
      ["application/jsonp", "{}", 415],
      [json, "", 422],
      [json, "{", 400],
      [json, "null", 400],
      [json, "[]", 400],
      [json, "7", 400],
      [json, deep, 400],
      [json, '{"values":{"nameEn":"A","nameEn":"B"}}', 400],
      [json, `{"values":${'{"a":'.repeat(60_000)}1${"}".repeat(60_000)},"values":{},"values":{}}`, 400],
      [json, '{"__proto__":{"polluted":1},"values":{}}', 400],
      [json, '{"values":{"constructor":{"prototype":{"polluted":1}}}}', 400],
      [json, `{"values":{"name":{"ar":"a\\u0000b","en":"x"}}}`, 422],
      [json, `{"values":{"name":{"ar":"\\ud800","en":"x"}}}`, 422],
      [json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
      [`${json}; charset=utf-16`, "{}", 415],
      [json, `{"values":{"name":"${"x".repeat(1_100_000)}"}}`, 413],
    ];
    for (const [type, body, status] of cases) {
      const answer = await post(type, body);
      expect([type, String(body).slice(0, 60), answer.status]).toEqual([type, String(body).slice(0, 60), status]);
      expect(answer.body.problem.detail).toEqual({ en: expect.any(String), ar: expect.any(String) });
    }
    const doubled = await post(json, '{"values":{"nameEn":"A",\n"nameEn":"B"}}');
    expect(doubled.body.problem).toMatchObject({
      faults: [
        { field: "/values/nameEn", reason: { en: expect.stringMatching(/^"nameEn" is written twice, in line 1/) } },
      ],
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("10. nothing loads from outside", () => {
  it("on any page", async () => {
    for (const answer of [
      await room.get("/admin"),
      await nobody.get("/admin/login"),
      await room.get("/admin/nowhere"),
    ]) {
      const { text } = answer;
      expect(text).not.toMatch(/googleapis|gstatic|unpkg|jsdelivr/);
      for (const [, address] of text.matchAll(/\s(?:src|href)="([^"]+)"/g))
        expect(address).toMatch(/^\/admin(\/|$)|^#/);
    }
  });
});

describe("11. addresses", () => {
  it("with dots, escapes, other cases or a trailing slash lead nowhere", async () => {
    for (const address of [
      "/admin/.adminjs/bundle.js",
      "/admin/assets/../create-admin.js",
      "/admin/assets/..%2f..%2fpackage.json",
      "/admin/assets/%2e%2e/package.json",
      "/admin/frontend/assets/components.bundle.js",
      "/admin/frontend/assets/app.bundle.js",
      "/admin/resources/sectors/",
      "/admin/resources/Sectors",
      "/admin/api/resources/sect%6frs/actions/list",
      "/admin//api/resources/sectors/actions/list",
      "/admin/api/resources/__proto__/actions/list",
      "/admin/api/resources/sectors/actions/constructor",
      "/admin/api/resources/sectors/records/1/toString",
      "/admin/api/pages/constructor",
      "/admin/%",
      "/admin/api/%ff",
    ]) {
      const { status } = await room.get(address);
      expect([address, [400, 404].includes(status)]).toEqual([address, true]);
    }
  });

  it("of records have the form of an id", async () => {
    for (const id of ["0", "-1", "1e3", "01", "99999999999", "2147483648", "1;", "1%00", "NaN", "a", "1.5", "*"]) {
      const { status } = await room.get(`${api}/sectors/records/${id}/show`);
      expect([id, [400, 404].includes(status)]).toEqual([id, true]);
    }
  });

  it("send whoever is not signed in to sign in and back, the API says 401", async () => {
    const page = await nobody.get("/admin/resources/sectors?filters.code=A&page=2");
    expect([page.status, page.headers.location]).toEqual([
      303,
      `/admin/login?next=${encodeURIComponent("/admin/resources/sectors?filters.code=A&page=2")}`,
    ]);
    for (const address of [`${api}/sectors/actions/list`, `${api}/nothing/actions/list`, "/admin/api/pages/home"]) {
      const read = await nobody.get(address);
      expect([read.status, read.body.problem.code]).toEqual([401, "unauthenticated"]);
      expect((await nobody.post(address)).status).toBe(401);
    }
  });
});

describe("12. and 13. scripts", () => {
  it("are our own bundles under hashed names; nothing is bundled at run time", async () => {
    const { text } = await room.get("/admin");
    const addressesIn = (html: string, tag: RegExp) => [...html.matchAll(tag)].map(([, address]) => address);
    expect(addressesIn(text, /<script[^>]* src="([^"]+)"/g)).toEqual(["/admin/assets/office.0.js"]);
    expect(addressesIn(text, /<link rel="modulepreload"[^>]* href="([^"]+)"/g)).toEqual(["/admin/assets/shared.0.js"]);
    // Those of the address's own screen are asked for early.
    const early = /<link rel="preload" as="fetch"[^>]* href="([^"]+)"/g;
    expect(addressesIn(text, early)).toEqual(["/admin/assets/office-ar.json"]);
    expect(addressesIn((await room.get("/admin/resources/cases")).text, early)).toEqual([
      "/admin/assets/office-ar.json",
      "/admin/assets/work-ar.json",
      "/admin/assets/work.0.js",
      "/admin/assets/shared.1.js",
    ]);
    expect(existsSync(path.resolve(".adminjs"))).toBe(false);
  });

  it("and pages and answers travel compressed", async () => {
    for (const address of ["/admin", `${api}/entities/actions/list?perPage=100`]) {
      const brotli = await room.agent
        .get(address)
        .set("accept-encoding", "br")
        .buffer(false)
        .parse((response, done) => {
          (response as unknown as NodeJS.ReadableStream).resume();
          response.on("end", () => done(null, null));
        });
      expect([address, brotli.headers["content-encoding"]]).toEqual([address, "br"]);
    }
  });
});

describe("14. lists", () => {
  it("take wildcards as what they are, in any case and any spelling of Arabic letters", async () => {
    const total = async (search: string) => (await room.list("sectors", { search })).body.meta.total as number;
    for (const search of ["%", "_", "\\", "%%", "a%b", "_E"]) {
      const [meant] = await app.office.rows(
        `select count(*)::int as n from sectors where programme = 'jordan'
         and strpos(lower(code || ' ' || name_ar || ' ' || name_en), lower($1)) > 0`,
        search,
      );
      expect([search, await total(search)]).toEqual([search, meant?.n]);
    }
    expect(await total("%")).toBe(0);
    const [row] = await app.office.rows(
      "select name_ar, name_en from sectors where programme = 'jordan' and name_ar ~ '[أإة]' limit 1",
    );
    const { name_ar, name_en } = row as { name_ar: string; name_en: string };
    expect(await total(name_en.toUpperCase())).toBe(1);
    expect(await total(name_ar.replace(/[أإ]/g, "ا").replaceAll("ة", "ه"))).toBe(1);
  });

  it("are never longer than asked for, nor asked for without end", async () => {
    for (const query of [
      { perPage: 101 },
      { perPage: 0 },
      { perPage: "all" },
      { page: 0 },
      { page: -1 },
      { page: 1e9 },
      { perPage: 100, page: 1001 },
      { direction: "sideways" },
      { sortBy: "id; drop table cases" },
      { sortBy: "" },
      { search: "x".repeat(201) },
      { search: "a\u0000b" },
      { nonsense: 1 },
      { "filters.sortOrder": "1" },
      { "filters.sortOrder~~from": "one" },
      { "filters.retiredAt": "maybe" },
    ]) {
      const { status, body } = await room.list("sample-services", query as never);
      expect([query, status, body.problem?.faults?.[0]?.field]).toEqual([query, 400, expect.stringMatching(/^\?/)]);
    }
    const twice = await room.get(`${api}/sectors/actions/list?page=1&page=2`);
    expect(twice.status).toBe(400);
    const nested = await room.get(`${api}/sectors/actions/list?filters[code][$ne]=1`);
    expect(nested.status).toBe(400);
  });

  it("keep their order from page to page and count what they hold", async () => {
    const seen = new Set<string>();
    let total = 0;
    for (let page = 1; page <= 4; page += 1) {
      const { body } = await room.list("entities", { perPage: 30, page, sortBy: "sortOrder" });
      total = body.meta.total;
      for (const { id } of body.records) seen.add(id);
    }
    expect(seen.size).toBe(total);
  });
});

describe("15. JSON in a record", () => {
  it("arrives as what it is, not as flattened strings", async () => {
    const { body } = await room.list("application-types", { search: "complaint" });
    const [first] = body.records;
    expect(first.values.fields[0]).toMatchObject({ code: expect.any(String), required: expect.any(Boolean) });
  });
});

describe("errors that nobody foresaw", () => {
  it("say nothing of themselves", async () => {
    const answer = await room.act("sample-services", null, "fail");
    expect([answer.status, answer.body.problem.code]).toEqual([500, "internal"]);
    expect(answer.text).not.toMatch(/secrets|select|inside|at /);
    expect(answer.body.problem.request).toBe(answer.headers["x-request-id"]);
  });
});
