/** Home, messages, jobs, the record and health at the door: by seat, by method, by what may be asked. */
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import type { RoleCode } from "../../src/engine/access/roles.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";

const seats = [
  ["operation_room", null],
  ["auditor", null],
  ["focal_point", "CSPD"],
  ["entity_manager", "CSPD"],
  ["main_focal_point", "INTERIOR"],
  ["minister", "MOI"],
  ["steering_committee", null],
  ["contact_centre_agent", null],
] as const satisfies readonly (readonly [RoleCode, string | null])[];
type Role = (typeof seats)[number][0];

let app: AdminApp;
const people = {} as Record<Role, SignedIn>;
let reference: string;
beforeAll(async () => {
  app = await openAdminApp();
  for (const [role, place] of seats) people[role] = await app.signIn(role, place);
  reference = (await app.office.receive()).reference;
  await app.office.receive({ type: "report", pillar: null, importance: null });
}, 60_000);
afterAll(() => app.close());

const who = (role: Role): SignedIn => people[role];
const statuses = async (ask: (seat: SignedIn) => Promise<{ status: number }>) =>
  Object.fromEntries(await Promise.all(seats.map(async ([role]) => [role, (await ask(who(role))).status] as const)));
const only = (...roles: Role[]) =>
  Object.fromEntries(seats.map(([role]) => [role, roles.includes(role) ? 200 : 404] as const));

describe("who finds what", () => {
  it("each seat its own home", async () => {
    for (const [role] of seats) {
      const answer = await who(role).page("home");
      expect([role, answer.status, answer.body.desks.length]).toEqual([role, 200, 1]);
    }
    const kinds = await Promise.all(seats.map(async ([role]) => (await who(role).page("home")).body.desks[0].kind));
    expect(kinds).toEqual(["room", "auditor", "focal", "focal", "triage", "executive", "committee", "agent"]);
  });

  it("messages: the operation room; jobs, health, the record: also the auditor", async () => {
    expect(await statuses((seat) => seat.list("messages"))).toEqual(only("operation_room"));
    for (const resource of ["jobs", "audit-events"])
      expect(await statuses((seat) => seat.list(resource))).toEqual(only("operation_room", "auditor"));
    for (const page of ["health", "audit-verify"])
      expect(await statuses((seat) => seat.page(page))).toEqual(only("operation_room", "auditor"));
    expect(await statuses((seat) => seat.page("digest", { language: "en" }))).toEqual(
      // Readers of figures may get digests, and read their own again.
      only(...seats.map(([role]) => role).filter((role) => role !== "contact_centre_agent")),
    );
  });

  it("acts: by POST and by whom the table allows", async () => {
    const room = who("operation_room");
    const auditor = who("auditor");
    expect((await auditor.act("jobs", "housekeeping", "run")).status).toBe(404);
    expect((await auditor.edit("jobs", "housekeeping", { enabled: false }, {})).status).toBe(404);
    expect((await room.get("/admin/api/resources/jobs/records/housekeeping/run")).status).toBeGreaterThanOrEqual(400);
    // No queue is worked off in this test.
    expect((await room.act("jobs", "housekeeping", "run")).body.problem.code).toBe("not-now");
    expect((await room.show("jobs", "tea")).status).toBe(404);
  });
});

describe("messages", () => {
  it("are listed without anything that a letter is made of, filtered, and never of a confidential case", async () => {
    const room = who("operation_room");
    const all = await room.list("messages", { perPage: 50 });
    expect(all.body.meta.total).toBeGreaterThan(1);
    expect(JSON.stringify(all.body)).not.toMatch(/"data"|"key"|nonce|messageId/);
    const own = await room.list("messages", { search: reference });
    expect(own.body.records.map((one: { values: { reference: string } }) => one.values.reference)).toEqual(
      own.body.records.map(() => reference),
    );
    expect((await room.list("messages", { "filters.state": "failed" })).body.meta.total).toBe(0);
    const malformed: Record<string, string>[] = [
      { "filters.state": "lost" },
      { sortBy: "lastError" },
      { "filters.data": "x" },
    ];
    for (const bad of malformed) expect((await room.list("messages", bad)).status).toBe(400);
    const references = all.body.records.map((one: { values: { reference: string | null } }) => one.values.reference);
    const [secret] = await app.office.rows("select reference from cases where confidential");
    expect(references).not.toContain(secret?.reference);
  });

  it("are asked for by the day on which they were written, by the way, and by why they were not sent", async () => {
    const room = who("operation_room");
    const totalOf = async (asked: Record<string, string>) =>
      (await room.list("messages", Object.fromEntries(Object.entries(asked).map(([k, v]) => [`filters.${k}`, v])))).body
        .meta.total;
    const noted: Record<string, string[]> = {
      refused: ["550 no such user", "smtp 553."],
      password: ["535 bad password"],
      server: ["connect ECONNREFUSED 10.0.0.1:25"],
      number: ["gateway: not delivered", "gateway: refused (x)"],
      gateway: ["gateway: 500"],
      wrongNumber: ["the number is another's"],
      gone: ["lapsed: it concerns the receiver no more"],
      other: ["15501 is no code of a server"],
    };
    const rows = Object.values(noted).flat();
    await app.office.asOwner(
      `insert into messages (key, programme, template, receiver_case, case_id, language, data, created_at, state, way, last_error)
       select 'why/' || n, 'jordan', 'sms-received', (select min(id) from cases where not confidential),
         (select min(id) from cases where not confidential), 'en', '{}', '2020-02-01'::date + n, 'failed', 'sms', ($1::text[])[n]
       from generate_series(1, $2::integer) n returning id`,
      rows,
      rows.length,
    );
    const found = await Promise.all(
      Object.keys(noted).map(async (unsent) => [unsent, await totalOf({ unsent, state: "failed" })]),
    );
    expect(found).toEqual(Object.entries(noted).map(([reason, { length }]) => [reason, length]));
    expect(await totalOf({ unsent: "refused,number" })).toBe(4);
    expect(await totalOf({ state: "failed", way: "sms" })).toBe(rows.length);
    expect(await totalOf({ state: "failed", way: "email" })).toBe(0);
    expect(await totalOf({ state: "failed", "createdAt~~from": "2020-02-03", "createdAt~~to": "2020-02-04" })).toBe(2);
    const { body } = await room.list("messages", { "filters.unsent": "gone" });
    expect(body.records[0].values).toMatchObject({ way: "sms", unsent: "gone" });
    await app.office.asOwner("delete from messages where key like 'why/%' returning id");
  });

  it("read as they look, and say why they cannot be sent again", async () => {
    const room = who("operation_room");
    const [first] = (await room.list("messages", { search: reference })).body.records;
    const answer = await room.get(`/admin/api/resources/messages/records/${first.id}/letter`);
    expect(answer.body.view).toMatchObject({
      copies: 0,
      mayResend: true,
      refusal: { en: expect.stringContaining("No mail server") },
    });
    expect(answer.body.view.html).toContain("<html");
    expect(answer.body.view.html).not.toMatch(/<script|https?:\/\/fonts/);
    const resent = await room.act("messages", first.id, "resend", {});
    expect([resent.status, resent.body.problem.code]).toEqual([409, "not-now"]);
    for (const id of ["0", "99999999", "1e3", "x"]) expect((await room.show("messages", id)).status).toBe(404);
  });
});

describe("what is read in the language of the page", () => {
  const inLanguage = (seat: SignedIn, path: string, language: "ar" | "en") =>
    seat.agent.get(`/admin/api/${path}`).set("cookie", `diwan_language=${language}`);

  it("the committee's digest, unless another is asked for", async () => {
    const committee = who("steering_committee");
    const letters = await Promise.all(
      [
        inLanguage(committee, "pages/digest", "en"),
        inLanguage(committee, "pages/digest", "ar"),
        inLanguage(committee, "pages/digest?language=ar", "en"),
      ].map(async (asked) => (await asked).body),
    );
    expect(letters.map(({ language }) => language)).toEqual(["en", "ar", "ar"]);
    expect(letters.map(({ at }) => at)).toEqual([null, null, null]);
    expect(letters[0].letter.html).toContain('lang="en"');
  });

  it("the digest of a moment, where a letter's link names one that has been", async () => {
    const committee = who("steering_committee");
    const asked = async (at: string) => (await committee.page("digest", { language: "en", at })).body;
    const then = new Date(app.services.now().getTime() - 30 * 86_400_000);
    const letter = await asked(then.toISOString());
    const day = then.toLocaleDateString("en-GB", {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "Asia/Amman",
    });
    expect([letter.at, letter.letter.text]).toEqual([
      then.toISOString(),
      expect.stringMatching(`Figures as of [A-Za-z]+ ${day}`),
    ]);
    for (const none of ["", "soon", "2999-01-01T00:00:00Z", "-271821-04-20T00:00:00.000Z", "0001-01-01T00:00:00Z"])
      expect((await asked(none)).at).toBeNull();
  });

  it("digests: all of them for those who run the programme, one's own for everybody else, and a test for none of these", async () => {
    const seen = async (role: "operation_room" | "auditor" | "steering_committee" | "minister" | "focal_point") => {
      const { status, body } = await who(role).page("digest", { language: "en" });
      return [status, body.digests?.length > 0, body.letter !== null, body.mayTest, body.ofAll];
    };
    expect(await seen("operation_room")).toEqual([200, true, true, true, true]);
    expect(await seen("auditor")).toEqual([200, true, true, false, false]);
    expect(await seen("steering_committee")).toEqual([200, true, true, false, false]);
    expect(await seen("minister")).toEqual([200, false, false, false, false]);
    expect(await seen("focal_point")).toEqual([200, false, false, false, false]);
    // Who reads no cases is shown no letter of an entity's, nor one that lists cases.
    for (const digest of ["focal-point", "executive"]) {
      const { body } = await who("steering_committee").page("digest", { digest, entity: "MOH", role: "minister" });
      expect([digest, body.letter, body.nothing]).toEqual([digest, null, expect.anything()]);
    }
    expect((await who("auditor").page("digest", { digest: "executive", entity: "MOH" })).body.letter).not.toBeNull();
    expect((await who("contact_centre_agent").page("digest")).status).toBe(404);
    expect((await who("minister").page("digest", { programme: "boston311" })).status).toBe(404);
    expect((await who("minister").page("digest", { sent: "1" })).status).toBe(404);
    const test = { programme: "jordan", digest: "committee", entity: null, language: "en" };
    expect((await who("operation_room").send("digest", "test", test)).status).toBe(200);
    for (const role of ["auditor", "steering_committee", "minister", "focal_point"] as const)
      expect((await who(role).send("digest", "test", test)).status).toBe(404);
    expect((await who("operation_room").send("digest", "test", { ...test, digest: "gossip" })).status).toBe(422);
  });

  it("a letter that cannot be prepared says so, and the others are listed", async () => {
    const room = who("operation_room");
    const [first] = (await room.list("messages", { search: reference })).body.records;
    const [stored] = await app.office.rows("select template, data from messages where id = $1", first.id);
    const write = (template: unknown, data: unknown) =>
      app.office.asOwner(
        "update messages set template = $2, data = $3::jsonb where id = $1 returning id",
        first.id,
        template,
        JSON.stringify(data),
      );
    await write("digest-committee", {});
    const path = `resources/messages/records/${first.id}`;
    const [ar, en] = await Promise.all(
      (["ar", "en"] as const).map(async (language) => {
        const shown = await inLanguage(room, `${path}/show`, language);
        expect(shown.status).toBe(200);
        return String(shown.body.record.values.subject);
      }),
    );
    expect([ar, en]).toEqual([
      expect.stringContaining("تعذّر إعداد هذه الرسالة"),
      expect.stringContaining("cannot be prepared"),
    ]);
    const letter = await room.get(`/admin/api/${path}/letter`);
    expect([letter.status, letter.body.problem.code]).toEqual([409, "not-now"]);
    await write(stored?.template, stored?.data);
  });

  it("a fault is told as one, and not as if there were no such message", async () => {
    const lost = () => Promise.reject(new Error("connection lost"));
    const mail = jest.spyOn(app.services.mail, "one").mockImplementation(lost);
    expect((await who("operation_room").show("messages", 1)).status).toBe(500);
    mail.mockRestore();
  });
});

describe("jobs", () => {
  const before = { cron: "30 3 * * *", timeZone: "Asia/Amman", enabled: true };
  it("take another schedule, refuse a wrong one at its field, and a second save", async () => {
    const room = who("operation_room");
    const wrong = await room.edit("jobs", "housekeeping", { cron: "99 3 * * *" }, before);
    expect([wrong.status, wrong.body.problem.faults[0].field]).toEqual([422, "/cron"]);
    expect((await room.edit("jobs", "housekeeping", { cron: "0 4 * * *" }, before)).status).toBe(200);
    const again = await room.edit("jobs", "housekeeping", { cron: "0 5 * * *" }, before);
    expect([again.status, again.body.problem.code]).toEqual([409, "conflict"]);
    const shown = await room.show("jobs", "housekeeping");
    expect(shown.body.record.values).toMatchObject({ cron: "0 4 * * *", words: { en: "every day at 04:00" } });
    const preview = await room.get(
      "/admin/api/resources/jobs/records/housekeeping/preview?cron=0%206%20*%20*%200&timeZone=Asia/Amman",
    );
    expect(preview.body.view).toMatchObject({ words: { en: "every Sunday at 06:00" }, faults: [] });
    expect(preview.body.view.next).toHaveLength(5);
  });
});

describe("the record", () => {
  it("shows the edit above, with who and from what to what", async () => {
    const auditor = who("auditor");
    const { records } = (await auditor.list("audit-events", { "filters.stream": "operation" })).body;
    expect(records[0].values).toMatchObject({
      who: who("operation_room").person.name,
      changes: [{ field: "cron", from: "30 3 * * *", to: "0 4 * * *" }],
    });
    const shown = await auditor.show("audit-events", records[0].id);
    expect(shown.body.record.values.recorded.job).toBe("housekeeping");
    expect((await auditor.show("audit-events", "operation-99999")).status).toBe(404);
    const ofKind = (await auditor.list("audit-events", { "filters.type": "job.edited,job.asked" })).body.records;
    expect(ofKind.map((one: { values: { type: string } }) => one.values.type)).toEqual(["job.edited"]);
    expect((await auditor.list("audit-events", { "filters.type": "job.ed" })).status).toBe(400);
    const bad = await auditor.send("audit-verify", "start", { seals: "nonsense" });
    expect([bad.status, bad.body.problem.faults[0].field]).toEqual([422, "/seals"]);
    expect((await auditor.send("audit-verify", "start", { seals: 7 })).status).toBe(200);
    await app.services.operation.verification.settled();
    expect((await auditor.page("audit-verify")).body).toMatchObject({ state: "done", last: { ok: true } });
  });
});
