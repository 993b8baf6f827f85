/** People, seats and keys through the back office's door: what is shown to whom, what is done, what is refused at its field. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { seed } from "../../src/features/config-files/seed.js";
import { type AdminApp, openAdminApp, password, type SignedIn, type Visitor } from "../support/admin-app.js";

const programme = "jordan";
let app: AdminApp;
let room: SignedIn;
let auditor: SignedIn;
beforeAll(async () => {
  app = await openAdminApp({ admin: { pages: [] } });
  room = await app.signIn("operation_room");
  await app.givePassword((await emailOf("OPERATION-ROOM-2")) as string);
  auditor = await app.signIn("auditor");
});
afterAll(() => app?.close());

async function emailOf(seat: string): Promise<string | null> {
  const rows = await app.office.rows(
    `select u.email from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
     where s.code = $1 and s.programme = 'jordan' and h.held_to is null`,
    seat,
  );
  return (rows[0]?.email as string) ?? null;
}
const seatIdOf = async (code: string): Promise<number> =>
  (await app.office.rows("select id from seats where code = $1 and programme = 'jordan'", code))[0]?.id as number;
const values = (answer: { body: { record: { values: Record<string, unknown> } } }) => answer.body.record.values;
const read = (who: Visitor, resource: string, id: number | string, action: string) =>
  who.get(`/admin/api/resources/${resource}/records/${id}/${action}`);
const faultsOf = (answer: { status: number; body: { problem?: { faults: { field: string }[] } } }) => [
  answer.status,
  ...(answer.body.problem?.faults.map(({ field }) => field) ?? []),
];

describe("seats", () => {
  it("are listed, searched in either spelling, filtered and sorted", async () => {
    const all = await room.list("seats", { perPage: 5 });
    expect(all.body.meta).toMatchObject({ total: 433, page: 1 });
    const found = await room.list("seats", { search: "وزير الصحه", "filters.role": "minister" });
    expect(found.body.records.map((one: { values: { code: string } }) => one.values.code)).toEqual(["MINISTER-MOH"]);
    expect(found.body.records[0]).toMatchObject({
      names: { entity: { en: "Ministry of Health" } },
      values: { state: "held", role: "minister" },
    });
    const none = await room.list("seats", { "filters.state": "empty" });
    expect(none.body.meta.total).toBe(0);
    const queries: Record<string, string | number>[] = [
      { sortBy: "since" },
      { sortBy: "holder", direction: "desc" },
      { page: 400 },
    ];
    for (const query of queries) {
      expect((await room.list("seats", query)).status).toBe(200);
    }
  });
  it("are made, with the faults at their fields, renamed, and refuse an edit over somebody else's", async () => {
    const title = { ar: "ضابط ارتباط ثالث", en: "Third focal point" };
    expect(faultsOf(await room.create("seats", { role: "focal_point", title: { ar: "", en: "x" } }))).toEqual([
      422,
      "/titleAr",
      "/entity",
    ]);
    const unreadable = { ar: "", en: "a\u202Eb" };
    expect(faultsOf(await room.create("seats", { role: "", code: "a b", title: unreadable }))).toEqual([
      422,
      "/titleAr",
      "/role",
      "/titleEn",
      "/code",
    ]);
    expect(faultsOf(await room.create("seats", { role: "focal_point", title }))).toEqual([422, "/entity"]);
    const made = await room.create("seats", { role: "focal_point", entity: "MOH", title });
    expect([made.status, values(made).code, values(made).state]).toEqual([
      200,
      expect.stringMatching(/^FOCAL-MOH-/),
      "empty",
    ]);
    const { id } = made.body.record;
    const renamed = await room.edit("seats", id, { title: { ...title, en: "Third" } }, { title });
    expect([renamed.status, values(renamed).title]).toEqual([200, { ...title, en: "Third" }]);
    expect(faultsOf(await room.edit("seats", id, { title: unreadable }, { title }))).toEqual([
      422,
      "/titleAr",
      "/titleEn",
    ]);
    const over = await room.edit("seats", id, { title: { ...title, en: "Other" } }, { title });
    expect([...faultsOf(over), over.body.problem.code]).toEqual([409, "/titleEn", "conflict"]);
    expect((await room.edit("seats", id, { role: "minister" }, {})).status).toBe(422);
    expect((await room.act("seats", id, "retire")).status).toBe(200);
  });
  it("are taken, extended and handed over, with the number of cases shown before", async () => {
    const id = await seatIdOf("FOCAL-MOH-1");
    const leaver = app.office.official("focal_point", "MOH");
    const { reference } = await app.office.receive({ entity: "MOH", sector: "HEALTH" });
    await app.office.act(reference, leaver, "take", {}, new Date("2026-11-22T06:00:00Z"));
    const preview = await read(room, "seats", id, "handOver");
    expect(preview.body.view).toEqual({ userId: leaver.userId, cases: 1 });
    const successor = (await emailOf("STEERING-2")) as string;
    expect(faultsOf(await room.act("seats", id, "handOver", { to: successor, reason: " " }))).toEqual([422, "/reason"]);
    expect(faultsOf(await room.act("seats", id, "handOver", { at: "tomorrow", reason: "x" }))).toEqual([422, "/at"]);
    expect((await room.act("seats", id, "handOver", { to: "nobody@example.jo", reason: "x" })).status).toBe(404);
    const done = await room.act("seats", id, "handOver", { to: successor, reason: "Retired" });
    expect([done.status, done.body.view, values(done).holderEmail]).toEqual([200, { cases: 1 }, successor]);
    const line = await read(auditor, "seats", id, "line");
    expect(line.body.view).toMatchObject([
      { email: successor, when: "now", handedOver: null },
      { userId: leaver.userId, when: "past", handedOver: 1, reason: "Retired" },
    ]);
    const end = "2026-12-31T20:00:00Z";
    expect(values(await room.act("seats", id, "extend", { to: end })).until).toBe("2026-12-31T20:00:00.000Z");
    expect((await room.act("seats", id, "take", { email: successor, from: "2026-12-01T00:00:00Z" })).status).toBe(409);
    expect((await room.act("seats", id, "take", { email: successor, from: end })).status).toBe(200);
    expect((await room.act("seats", id, "retire")).body.problem.code).toBe("not-now");
  });
  it("belong somewhere by their role, as forms are told", async () => {
    const places = await room.get("/admin/api/resources/seats/actions/places");
    expect(places.body.view).toMatchObject({ focal_point: "entity", main_focal_point: "sector", auditor: "programme" });
  });
});

describe("people", () => {
  it("are invited with a link that is shown once where no mail can be sent, and can choose a password with it", async () => {
    const invite = { email: "Nadia@example.jo", name: "نادية", language: "ar" };
    expect(faultsOf(await room.act("users", null, "invite", { ...invite, name: "" }))).toEqual([422, "/name"]);
    expect(faultsOf(await room.act("users", null, "invite", { ...invite, language: "fr" }))).toEqual([
      422,
      "/language",
    ]);
    expect(faultsOf(await room.act("users", null, "invite", { ...invite, programme: "boston311" }))).toEqual([
      422,
      "/programme",
    ]);
    const invited = await room.act("users", null, "invite", invite);
    const { userId, link } = invited.body.view as { userId: number; link: string };
    expect([invited.status, link]).toEqual([200, expect.stringMatching(/^https:\/\/diwan\.example\.jo\/admin\//)]);
    const listed = await room.list("users", { search: "nadia@" });
    expect(listed.body.records[0]).toMatchObject({ id: String(userId), values: { state: "invited", seats: [] } });
    expect(JSON.stringify(listed.body)).not.toContain(link);
    const token = link.split("/").at(-1) as string;
    expect(
      (await app.services.accounts.redeemLink({ token, password, device: null, now: app.services.now() })).email,
    ).toBe("nadia@example.jo");
    expect(values(await room.show("users", userId)).state).toBe("active");
  });
  it("are shown with seats and work; edited; disabled and enabled, which ends their session at once", async () => {
    const focal = await app.signIn("focal_point", "CSPD");
    const { reference } = await app.office.receive();
    await app.office.act(reference, focal.person, "take", {}, app.services.now());
    const { userId } = focal.person;
    const detail = await read(auditor, "users", userId, "detail");
    expect(detail.body.view).toMatchObject({
      mayEdit: false,
      lastSignIn: app.services.now().toISOString(),
      terms: [{ role: "focal_point", entity: "CSPD", when: "now" }],
      taken: { count: 1, oldest: [{ reference }] },
    });
    expect((await read(room, "users", userId, "detail")).body.view.mayEdit).toBe(true);
    const { name, language } = values(await room.show("users", userId));
    const edited = await room.edit("users", userId, { name: "Sami" }, { name, language });
    expect(values(edited).name).toBe("Sami");
    const over = await room.edit("users", userId, { name: "Samir" }, { name, language });
    expect([...faultsOf(over), over.body.problem.code]).toEqual([409, "/name", "conflict"]);
    expect((await focal.get("/admin/api/resources/cases/actions/list")).status).toBe(200);
    const disabled = await room.act("users", userId, "disable");
    expect([disabled.status, disabled.body.view]).toEqual([200, { cases: 1 }]);
    expect((await focal.get("/admin/api/resources/cases/actions/list")).status).toBe(401);
    expect(values(await room.act("users", userId, "enable")).state).toBe("active");
    expect((await room.act("users", userId, "reset")).body.view.link).toMatch(/^https:/);
  });
  it("are found by role and entity, in either spelling", async () => {
    const ministers = await room.list("users", { "filters.roles": "minister", perPage: 100 });
    expect(ministers.body.meta.total).toBe(27);
    const one = await room.list("users", { "filters.roles": "minister", "filters.entity": "MOH" });
    expect(one.body.records).toHaveLength(1);
    const { name } = one.body.records[0].values;
    const plain = String(name).replace(/[أإآ]/g, "ا");
    expect((await room.list("users", { search: plain })).body.meta.total).toBeGreaterThan(0);
  });
  it("do not change how they sign in themselves but by password and code: not by what the room does for others", async () => {
    const own = room.person.userId;
    const before = await app.office.rows("select count(*)::integer as n from account_links where user_id = $1", own);
    for (const act of ["reset", "forgetSecondFactor", "disable"]) {
      const answer = await room.act("users", own, act);
      expect([act, answer.status, answer.body.problem?.code]).toEqual([act, 403, "forbidden"]);
      expect((await room.show("users", own)).body.record.actions).not.toContain(act);
      const another = app.office.official("focal_point", "MOL").userId;
      expect((await room.show("users", another)).body.record.actions).toContain(act);
    }
    expect(await app.office.rows("select count(*)::integer as n from account_links where user_id = $1", own)).toEqual(
      before,
    );
  });
  it("of another programme are not drawn into this one, nor told of", async () => {
    await seed(app.office.db, { now: app.services.now(), programmes: ["boston311"] });
    const machine = { kind: "system", job: "test" } as const;
    await app.services.people.createAdministrator({
      email: "bob@example.jo",
      name: "Bob",
      password,
      programme: "boston311",
      by: machine,
      now: app.services.now(),
    });
    const foreign = await app.signInAs("bob@example.jo");
    const auditorOf = (
      await app.office.rows(
        `select u.id, u.email from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id
       where s.programme = 'jordan' and s.code = 'AUDITOR-2'`,
      )
    )[0] as { id: number; email: string };
    const made = await foreign.create("seats", { role: "auditor", title: { ar: "مدقق", en: "Auditor" } });
    expect(made.status).toBe(200);
    const take = (email: string) => foreign.act("seats", made.body.record.id, "take", { email });
    const answers = [await take(auditorOf.email), await take("nobody@example.jo")];
    expect(answers.map(faultsOf)).toEqual([
      [404, "/email"],
      [404, "/email"],
    ]);
    const [known, unknown] = answers.map(({ body }) => JSON.stringify({ ...body.problem, request: "" }));
    expect(known?.replaceAll(auditorOf.email, "X")).toBe(unknown?.replaceAll("nobody@example.jo", "X"));
    // Their own room may do as before.
    expect((await room.act("users", auditorOf.id, "disable")).status).toBe(200);
    expect((await room.act("users", auditorOf.id, "enable")).status).toBe(200);
    expect((await room.act("users", auditorOf.id, "reset")).status).toBe(200);
  });
  it("have an address that is one receiver and no part of a page", async () => {
    const invite = { name: "X", language: "ar" };
    for (const email of ["a,b@c.jo", 'x"><svg/onload=alert(1)>@example.jo', "a;b@c.jo", "a b@c.jo", "a\u200bb@c.jo"]) {
      expect([email, ...faultsOf(await room.act("users", null, "invite", { ...invite, email }))]).toEqual([
        email,
        422,
        "/email",
      ]);
    }
  });
  it("do not write the history of a seat anew", async () => {
    const made = await room.create("seats", { role: "auditor", title: { ar: "مدقق", en: "Auditor" } });
    const { id } = made.body.record;
    const email = (await emailOf("FOCAL-MOL-1")) as string;
    expect(faultsOf(await room.act("seats", id, "take", { email, from: "2001-01-01T00:00:00Z" }))).toEqual([
      422,
      "/from",
    ]);
    expect((await room.act("seats", id, "take", { email })).status).toBe(200);
    expect(
      faultsOf(await room.act("seats", id, "handOver", { at: "2002-01-01T00:00:00Z", to: email, reason: "x" })),
    ).toEqual([422, "/at"]);
  });
  it("do not lock each other out: the last administrator who can sign in stays", async () => {
    const second = await app.signInAs((await emailOf("OPERATION-ROOM-2")) as string);
    expect((await second.act("users", room.person.userId, "disable")).status).toBe(200);
    const [row] = await app.office.rows("select id from users where email = $1", await emailOf("OPERATION-ROOM-2"));
    const self = await second.act("users", row?.id as number, "disable");
    expect([self.status, self.body.problem.code]).toEqual([403, "forbidden"]);
    expect((await second.act("users", room.person.userId, "enable")).status).toBe(200);
    room = { ...room, ...(await app.signInAs(room.email)) };
  });
});

describe("keys of channels", () => {
  it("are shown once, open the channel until revoked, and say when they were last used", async () => {
    expect(faultsOf(await room.act("channel-keys", null, "issue", { channel: "web" }))).toEqual([422, "/label"]);
    expect((await room.act("channel-keys", null, "issue", { channel: "moon", label: "x" })).status).toBe(404);
    const answer = await room.act("channel-keys", null, "issue", { channel: "web", label: "بوابة" });
    const { id, issued } = answer.body.view as { id: number; issued: string };
    const key = await app.services.intake.channelOfKey(issued);
    expect(key).toMatchObject({ id, channel: "web", programme });
    const before = await room.list("channel-keys", { search: "بوابه" });
    expect(before.body.records[0].values).toMatchObject({ label: "بوابة", state: "inUse", lastUsedOn: null });
    expect(JSON.stringify(before.body)).not.toContain(issued);
    await app.services.intake.receive({
      input: { programme, type: "complaint", subject: "A subject", description: "A description of it." },
      key: key as never,
      idempotencyKey: null,
      now: app.services.now(),
    });
    expect(values(await room.show("channel-keys", id)).lastUsedOn).toBe("2026-11-22");
    expect((await room.act("channel-keys", id, "revoke")).status).toBe(200);
    expect(values(await room.show("channel-keys", id)).state).toBe("revoked");
    expect(await app.services.intake.channelOfKey(issued)).toBeNull();
    expect((await room.act("channel-keys", id, "revoke")).status).toBe(404);
  });
});

describe("a stranger", () => {
  it("finds no people, no seats and no keys; the auditor reads the first two and changes nothing", async () => {
    const seat = await seatIdOf("FOCAL-MOI-1");
    const user = app.office.official("focal_point", "MOI").userId;
    const acts: [string, number | null, string][] = [
      ["seats", seat, "take"],
      ["seats", seat, "extend"],
      ["seats", seat, "handOver"],
      ["seats", seat, "retire"],
      ["users", null, "invite"],
      ["users", user, "disable"],
      ["users", user, "enable"],
      ["users", user, "reset"],
      ["users", user, "forgetSecondFactor"],
      ["channel-keys", null, "issue"],
      ["channel-keys", 1, "revoke"],
    ];
    const refused = [401, 403, 404];
    const strangers: [string, Visitor][] = [
      ["nobody", app.visitor()],
      ["a focal point", await app.signIn("focal_point", "MOT")],
      ["a manager", await app.signIn("entity_manager", "MOT")],
      ["a minister", await app.signIn("minister", "MOT")],
      ["the committee", await app.signIn("steering_committee")],
      ["a main focal point", await app.signIn("main_focal_point", "HEALTH")],
      ["an auditor", auditor],
    ];
    const reason = { reason: "x", email: "x@example.jo", name: "x", language: "ar", channel: "web", label: "x" };
    for (const [who, visitor] of strangers) {
      for (const [resource, id, act] of acts) {
        const { status } = await visitor.act(resource, id, act, reason);
        expect([who, resource, act, refused.includes(status)]).toEqual([who, resource, act, true]);
      }
      const reads = [
        await visitor.list("seats"),
        await visitor.list("users"),
        await visitor.show("users", user),
        await read(visitor, "users", user, "detail"),
        await read(visitor, "seats", seat, "line"),
      ].map(({ status }) => status);
      if (who === "an auditor") expect(reads).toEqual([200, 200, 200, 200, 200]);
      else expect([who, reads.every((status) => refused.includes(status))]).toEqual([who, true]);
      expect([who, refused.includes((await visitor.list("channel-keys")).status)]).toEqual([who, true]);
      expect([who, refused.includes((await read(visitor, "seats", seat, "handOver")).status)]).toEqual([who, true]);
    }
    expect(await emailOf("FOCAL-MOI-1")).not.toBeNull();
  });
  it("hears of no secret in any answer", async () => {
    const answers = [
      await room.list("users", { perPage: 100 }),
      await room.list("seats", { perPage: 100 }),
      await room.list("channel-keys"),
      await read(room, "users", room.person.userId, "detail"),
    ];
    const names = new Set<string>();
    JSON.stringify(
      answers.map(({ body }) => body),
      (name, value) => {
        names.add(name);
        return value;
      },
    );
    expect([...names].filter((name) => /^hash|Hash|[pP]assw|[sS]ecret(?!ary)|[tT]oken|totp|salt/.test(name))).toEqual(
      [],
    );
  });
});
