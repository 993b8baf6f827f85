/** The record of changes to read and to verify, by whom and of which programmes. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Actor, rolesWithPersonal } from "../../src/engine/access/permissions.js";
import type { AuditType } from "../../src/engine/audit/audit-types.js";
import { readMailedSeals } from "../../src/features/audit/run-verification.js";
import { appendAudit } from "../../src/platform/audit/audit-store.js";
import { inTransaction } from "../../src/platform/db/transaction.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let auditor: Person;
let room: Person;
const at = (minutes: number): Date => new Date(sundayNine.getTime() + minutes * 60_000);

beforeAll(async () => {
  office = await openWorkingOffice();
  auditor = office.official("auditor");
  room = office.official("operation_room");
  const write = (
    type: AuditType,
    data: object,
    minutes: number,
    stream: "configuration" | "operation" | "users" = "configuration",
  ) =>
    inTransaction(office.db, (tx) => appendAudit(tx, office.db, { stream, type, actor: room, data, at: at(minutes) }));
  await write(
    "setup.changed",
    { programme: "jordan", table: "entities", code: "CSPD", from: { nameEn: "A" }, to: { nameEn: "B" } },
    1,
  );
  await write("setup.changed", { programme: "elsewhere", table: "entities", code: "X" }, 2);
  await write(
    "job.edited",
    { job: "housekeeping", from: { cron: "0 8 * * *" }, to: { cron: "0 9 * * *" } },
    3,
    "operation",
  );
  await write("user.disabled", { userId: room.userId, email: "room@example.jo" }, 4, "users");
  await office.db.query(
    "insert into programmes (code, name_ar, name_en, time_zone, calendar, settings) values ('other', 'أ', 'O', 'UTC', 'x', '{}')",
  );
  await office.db.query("insert into users (email, name, created_at) values ('far@example.jo', 'Far', now())");
  await office.db.query(
    "insert into seats (programme, code, role, title_ar, title_en) values ('other', 'S', 'auditor', 'أ', 'A')",
  );
  await office.db.query(
    "insert into seat_holders (seat_id, user_id, held_from) select (select id from seats where code = 'S' and programme = 'other'), id, now() from users where email = 'far@example.jo'",
  );
  const [far] = await office.rows("select id from users where email = 'far@example.jo'");
  await write("user.disabled", { userId: Number(far?.id), email: "far@example.jo" }, 5, "users");
  // Of a version that knew another kind.
  await write("programme.tuned" as AuditType, { programme: "jordan", code: "X1" }, 6);
});
afterAll(() => office.close());

const page = (actor: Actor, filter = {}, limit = 50) =>
  office.services.operation.audit.page({ actor, filter, offset: 0, limit });
const since = { from: at(0) };

describe("the list", () => {
  it("calls a published workflow by its name, not by its code", async () => {
    const rows = await page(auditor, { types: ["configuration.published"], to: at(0) });
    const said = rows.map(({ sentence }) => sentence.ar.replace(/[\u2068\u2069]/g, ""));
    expect(said).toContain("نُشر: سير عمل الشكوى، النسخة 1");
    expect(said).toContain("نُشر: قواعد التوجيه، النسخة 1");
    expect(said.filter((one) => one.includes("complaint"))).toEqual([]);
  });

  it("says who did what, in words and from what to what, the newest first", async () => {
    const rows = await page(auditor, since);
    expect(rows.map(({ type }) => type)).toEqual(["programme.tuned", "user.disabled", "job.edited", "setup.changed"]);
    expect(rows[3]).toMatchObject({
      who: room.name,
      changes: [{ field: "nameEn", from: "A", to: "B" }],
      programme: "jordan",
      at: at(1),
    });
    expect(rows[3]?.sentence.en.replace(/[\u2068\u2069]/g, "")).toBe("Changed CSPD in entities");
    expect(rows[1]?.sentence.en).toContain(room.name);
    for (const { sentence } of rows.slice(1)) expect(sentence.ar).toMatch(/[\u0600-\u06ff]/);
    expect(rows[0]?.sentence.en).toContain("programme.tuned");
  });

  it("has nothing of another programme, neither by list, nor by count, nor by number", async () => {
    const all = await page(auditor, {}, 500);
    expect(JSON.stringify(all)).not.toMatch(/elsewhere|far@example/);
    expect((await office.services.operation.audit.count({ actor: auditor, filter: {} })).total).toBe(all.length);
    const [foreign] = await office.rows("select stream, seq from audit_events where data like '%elsewhere%'");
    const [far] = await office.rows("select stream, seq from audit_events where data like '%far@example.jo%'");
    for (const row of [foreign, far])
      expect(
        await office.services.operation.audit.one({ actor: auditor, id: `${row?.stream}-${row?.seq}` }),
      ).toBeNull();
    const own = all[0]?.id ?? "";
    expect((await office.services.operation.audit.one({ actor: auditor, id: own }))?.id).toBe(own);
    expect(await office.services.operation.audit.one({ actor: auditor, id: "users-x" })).toBeNull();
  });

  it("is filtered by stream, type, who and time", async () => {
    const types = async (filter: object) => (await page(auditor, { ...since, ...filter })).map(({ type }) => type);
    expect(await types({ streams: ["operation"] })).toEqual(["job.edited"]);
    expect(await types({ types: ["user.disabled"] })).toEqual(["user.disabled"]);
    expect(await types({ who: room.name.slice(0, 3) })).toHaveLength(4);
    expect(await types({ who: "nobody_%" })).toEqual([]);
    expect(await types({ from: at(2), to: at(3) })).toEqual(["job.edited"]);
  });

  it("is for auditors and the operation room", async () => {
    expect((await page(room, since)).length).toBe(4);
    expect((await problemOf(page(office.official("focal_point", "CSPD")))).code).toBe("forbidden");
  });

  it("stays readable when somebody wrote past us", async () => {
    await office.asOwner(
      "insert into audit_events (stream, seq, at, type, actor, data, previous_hash, hash) values ('users', 9999, $1, 'x', 'no json', 'no json', '', '')",
      at(9),
    );
    const [first] = await page(auditor, since);
    expect(first).toMatchObject({ type: "x", data: {}, who: "" });
    await office.asOwner("delete from audit_events where seq = 9999");
  });
});

describe("verifying", () => {
  const { operation } = { operation: () => office.services.operation };
  const settle = async () => {
    await operation().verification.settled();
    return operation().verification.state({ actor: auditor, now: at(60) });
  };

  it("runs beside the work and keeps its result for everyone who may see it", async () => {
    await office.receive();
    const seal = await office.services.audit.seal({ now: at(30) });
    expect((await operation().verification.state({ actor: auditor, now: at(31) })).state).toBe("never");
    const started = await operation().verification.start({
      actor: auditor,
      seals: `${seal.number} ${seal.mac}`,
      now: at(31),
    });
    expect(started).toMatchObject({ state: expect.stringMatching(/running|done/), by: auditor.name });
    const { state, last } = await settle();
    expect([state, last?.compared]).toEqual(["done", 1]);
    // Whom this file put in or wrote about by hand, and nothing else.
    expect(last?.faults.map(({ en }) => /Position other\/S|Account (room|far)@/.exec(en)?.[0])).toEqual([
      "Position other/S",
      "Account room@",
      "Account far@",
    ]);
    expect(last?.checked.events).toBeGreaterThan(5);
    expect((await office.instance().operation.verification.state({ actor: room, now: at(60) })).last).toEqual(last);
  });

  it("tells a seal that is not the mailed one", async () => {
    await operation().verification.start({ actor: auditor, seals: `Seal 1: ${"0".repeat(64)}`, now: at(40) });
    const { last } = await settle();
    expect(last?.ok).toBe(false);
    expect(last?.faults[0]?.en).toContain("Seal 1");
  });

  it("is one at a time, and begins anew when the one before was killed", async () => {
    const running = {
      state: "running",
      startedAt: at(50).toISOString(),
      by: "X",
      checked: { chains: 1, events: 2 },
      expected: null,
      last: null,
    };
    await office.rows(
      "update checkpoints set position = $1, updated_at = $2 where name = 'audit-verification'",
      JSON.stringify(running),
      at(50),
    );
    expect((await operation().verification.start({ actor: room, seals: "", now: at(51) })).by).toBe("X");
    expect((await operation().verification.state({ actor: room, now: at(55) })).state).toBe("failed");
    expect((await operation().verification.start({ actor: room, seals: "", now: at(55) })).by).toBe(room.name);
    expect((await settle()).state).toBe("done");
  });

  it("refuses lines that are no seals, and whoever may not", async () => {
    const bad = operation().verification.start({ actor: auditor, seals: "1 abc\n\nseal two", now: at(56) });
    const problem = (await problemOf(bad)) as unknown as { code: string; faults: { field: string }[] };
    expect([problem.code, problem.faults.length, problem.faults[0]?.field]).toEqual(["invalid-input", 2, "/seals"]);
    const focal = office.official("focal_point", "CSPD");
    expect((await problemOf(operation().verification.start({ actor: focal, seals: "", now: at(57) }))).code).toBe(
      "forbidden",
    );
    expect(readMailedSeals(`12  ${"aB".repeat(32)}\n`)).toEqual([{ number: 12, mac: "ab".repeat(32) }]);
  });
});

describe("the state of the machinery", () => {
  const check = async (id: string, now = at(60), actor: Actor = room) =>
    (await office.services.operation.health({ actor, now })).checks.find((one) => one.id === id);

  it("is well where it is well, with versions", async () => {
    const view = await office.services.operation.health({ actor: auditor, now: at(60) });
    const states = Object.fromEntries(view.checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      database: "good",
      migrations: "good",
      clocks: "good",
      queue: "good",
      "mail-server": "off",
      "sms-gateway": "off",
      seal: "good",
      rules: "good",
      enforcement: "good",
    });
    expect(view.versions.map(({ version }) => version).every((version) => /^\d/.test(version))).toBe(true);
    for (const { state, advice } of view.checks) expect(state === "good").toBe(advice === null);
    for (const one of view.checks) expect(one.words.ar).toMatch(/[\u0600-\u06ff]/);
  });

  it("sees where people reach it, who signs in in one step, and what the data folder is", async () => {
    const of = async (parts: Parameters<typeof office.instance>[0]) => {
      const { checks } = await office.instance(parts).operation.health({ actor: room, now: at(60) });
      return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
    };
    expect(await of({})).toMatchObject({ address: "good", "second-factor": "near", "data-folder": "good" });
    expect(await of({ publicUrl: "http://diwan.example.jo/" })).toMatchObject({ address: "near" });
    const here = { publicUrl: "http://127.0.0.1:3000/", standing: () => "unsure" as const };
    expect(await of(here)).toMatchObject({ address: "off", "second-factor": "off", "data-folder": "late" });
    expect(await of({ standing: () => "copy" })).toMatchObject({ "data-folder": "off" });
    const roles = JSON.stringify(rolesWithPersonal);
    await office.rows(`update programmes set settings = settings || '{"secondFactor": ${roles}}'`);
    expect(await of({})).toMatchObject({ "second-factor": "good" });
    await office.rows(`update programmes set settings = settings || '{"secondFactor": []}'`);
  });

  it("says what is not, and what to do", async () => {
    const late = at(60 * 24 * 20);
    expect(await check("enforcement", late)).toMatchObject({
      state: "late",
      advice: { en: expect.stringContaining("Run the job") },
    });
    expect(await check("seal", late)).toMatchObject({ state: "late" });
    expect(await check("bell", late)).toMatchObject({ state: "late" });
    await office.rows("update messages set state = 'failed' where id = (select min(id) from messages)");
    await office.rows(`insert into messages (key, programme, template, receiver_case, language, data, created_at, state, way, last_error)
      select 'text/' || n, 'jordan', 'sms-received', (select min(id) from cases where not confidential), 'en', '{}', now(), 'failed', 'sms',
        'gateway: not delivered' from generate_series(1, 2) n`);
    const failed = "/admin/resources/messages?filters.state=failed";
    expect(await check("messages")).toMatchObject({
      state: "near",
      link: failed,
      words: { en: expect.stringContaining("Failed: 3 (emails: 1, text messages: 2).") },
      // Each cause leads to its own messages.
      groups: [
        {
          words: { en: "Not delivered to the phone number: 2. Check the number with the applicant." },
          link: `${failed}&filters.unsent=number`,
        },
        { words: { en: "Other causes: 1. Open each to see why." }, link: `${failed}&filters.unsent=other` },
      ],
    });
    await office.rows(
      `insert into messages (key, programme, template, receiver_user, case_id, language, data, created_at, state)
       select 'fault/' || n, 'jordan', 'operation-room-alert', $1, (select min(id) from cases), 'en', '{"kind":"rule-faulted","set":"sla","ruleId":"r1"}', $2, 'kept' from generate_series(1, 2) n`,
      room.userId,
      at(58),
    );
    expect(await check("rules")).toMatchObject({ state: "late", words: { en: "Errors in the last day: sla r1 (1)." } });
  });

  it("is for the operation room and auditors", async () => {
    expect(
      (
        await problemOf(
          office.services.operation.health({ actor: office.official("focal_point", "CSPD"), now: at(60) }),
        )
      ).code,
    ).toBe("forbidden");
  });
});
