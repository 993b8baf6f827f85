import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { QueryTypes } from "sequelize";
import { seed } from "../../src/features/config-files/seed.js";
import { channelOfKey, issueChannelKey, revokeChannelKey } from "../../src/features/people/channel-key-store.js";
import { holdSeat, leaveSeat } from "../../src/features/people/seat-store.js";
import {
  actorOf,
  createAdministrator,
  createUser,
  disableUser,
  enableUser,
  setPassword,
  userOfPassword,
} from "../../src/features/people/user-store.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createModels } from "../../src/features/setup/tables/create-models.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

const now = new Date("2026-03-01T08:00:00Z");
const by = { kind: "system", job: "test" } as const;
const change = { by, now };
const programme = "boston311";
const seat = "AUDITOR-1";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.db, { now, programmes: [programme] });
});
afterAll(() => database.close());

const user = (email: string, password?: string) =>
  createUser(database.db, { email, name: "Test", ...(password === undefined ? {} : { password }) }, change);
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const auditTypes = async (stream: string): Promise<string[]> =>
  (
    await database.db.query<{ type: string }>("select type from audit_events where stream = $1 order by seq", {
      bind: [stream],
      type: QueryTypes.SELECT,
    })
  ).map((row) => row.type);

describe("accounts", () => {
  it("sign in with their password, which is nowhere in the database", async () => {
    const id = await user(" First@Example.jo ", "a long password");
    expect(await userOfPassword(database.db, { email: "first@example.jo", password: "a long password" })).toBe(id);
    expect(await userOfPassword(database.db, { email: "first@example.jo", password: "a longer password" })).toBeNull();
    expect(await userOfPassword(database.db, { email: "nobody@example.jo", password: "a long password" })).toBeNull();
    const row = await createModels(database.db).User.findOne({ where: { email: "first@example.jo" } });
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(await auditTypes("users"))).not.toContain('password"');
  });

  it("change their password; the old one no longer works", async () => {
    const id = await user("second@example.jo", "the old password");
    await setPassword(database.db, { email: "Second@example.jo", password: "the new password", ...change });
    expect(await userOfPassword(database.db, { email: "second@example.jo", password: "the old password" })).toBeNull();
    expect(await userOfPassword(database.db, { email: "second@example.jo", password: "the new password" })).toBe(id);
  });

  it("without a password, or disabled, let nobody in", async () => {
    await user("third@example.jo");
    expect(await userOfPassword(database.db, { email: "third@example.jo", password: "" })).toBeNull();
    const id = await user("fourth@example.jo", "a long password");
    await disableUser(database.db, { email: "fourth@example.jo", ...change });
    expect(await userOfPassword(database.db, { email: "fourth@example.jo", password: "a long password" })).toBeNull();
    await expect(actorOf(database.db, { email: "fourth@example.jo", now })).rejects.toMatchObject({
      code: "forbidden",
    });
    await enableUser(database.db, { email: "fourth@example.jo", ...change });
    expect(await userOfPassword(database.db, { email: "fourth@example.jo", password: "a long password" })).toBe(id);
  });

  it("are refused with a reason, and then nothing is written", async () => {
    await user("fifth@example.jo");
    const before = await auditTypes("users");
    const refusals: [Promise<unknown>, string][] = [
      [user("FIFTH@example.jo"), "conflict"],
      [user("no address"), "invalid-input"],
      [user("a,b@c.jo"), "invalid-input"],
      [user('x"><svg/onload=alert(1)>@example.jo'), "invalid-input"],
      [user("a\u202eb@c.jo"), "invalid-input"],
      [user("sixth@example.jo", "short"), "invalid-input"],
      [user("sixth@example.jo", "x".repeat(201)), "invalid-input"],
      [createUser(database.db, { email: "sixth@example.jo", name: " " }, change), "invalid-input"],
      [setPassword(database.db, { email: "nobody@example.jo", password: "a long password", ...change }), "not-found"],
      [disableUser(database.db, { email: "nobody@example.jo", ...change }), "not-found"],
      [actorOf(database.db, { email: "nobody@example.jo", now }), "not-found"],
    ];
    for (const [refusal, code] of refusals) await expect(refusal).rejects.toMatchObject({ code });
    expect(await auditTypes("users")).toEqual(before);
  });
});

describe("seats", () => {
  const hold = (email: string, from: string, to: string | null) =>
    holdSeat(database.db, { programme, seat, email, from: day(from), to: to === null ? null : day(to) }, change);
  const seatsOf = async (email: string, at: string) =>
    (await actorOf(database.db, { email, now: day(at) })).seats.map((held) => held.role);

  it("are held from one moment to another, the end not included", async () => {
    await user("successor@example.jo");
    await expect(hold("successor@example.jo", "2026-05-01", null)).rejects.toMatchObject({ code: "conflict" });
    await leaveSeat(database.db, { programme, seat, at: day("2026-05-01") }, change);
    await hold("successor@example.jo", "2026-05-01", "2026-07-01");
    expect(await seatsOf("successor@example.jo", "2026-04-30")).toEqual([]);
    expect(await seatsOf("successor@example.jo", "2026-05-01")).toEqual(["auditor"]);
    expect(await seatsOf("successor@example.jo", "2026-06-30")).toEqual(["auditor"]);
    expect(await seatsOf("successor@example.jo", "2026-07-01")).toEqual([]);
  });

  it("have one holder at a time", async () => {
    await user("rival@example.jo");
    await expect(hold("rival@example.jo", "2026-06-30", "2026-08-01")).rejects.toMatchObject({ code: "conflict" });
    await expect(hold("rival@example.jo", "2026-04-01", "2026-05-02")).rejects.toMatchObject({ code: "conflict" });
    await expect(hold("rival@example.jo", "2026-08-01", "2026-08-01")).rejects.toMatchObject({ code: "invalid-input" });
    await hold("rival@example.jo", "2026-07-01", "2026-08-01");
    await expect(hold("nobody@example.jo", "2026-09-01", null)).rejects.toMatchObject({ code: "not-found" });
    await expect(
      holdSeat(database.db, { programme, seat: "THRONE", email: "rival@example.jo", from: now }, change),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(leaveSeat(database.db, { programme, seat, at: day("2027-01-01") }, change)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("stand in the set-up with all their holders, and in the audit", async () => {
    const setup = await createActiveSetup(database.db).of(programme);
    const holders = setup.seats.find((s) => s.role === "auditor")?.holders.map((h) => [h.email.split("@")[0], h.to]);
    expect(holders?.slice(1)).toEqual([
      ["successor", day("2026-07-01")],
      ["rival", day("2026-08-01")],
    ]);
    expect(holders?.[0]?.[1]).toEqual(day("2026-05-01"));
    expect(await auditTypes("permissions")).toEqual(["seats.seeded", "seat.left", "seat.held", "seat.held"]);
  });

  it("come with a new administrator", async () => {
    const a = { email: "admin@example.jo", name: "Admin", password: "a long password", programme, ...change };
    const id = await createAdministrator(database.db, a);
    expect(await actorOf(database.db, { email: "admin@example.jo", now })).toEqual({
      kind: "user",
      userId: id,
      name: "Admin",
      seats: [{ id: expect.any(Number), role: "operation_room", programme, entity: null, sector: null }],
    });
    await expect(createAdministrator(database.db, a)).rejects.toMatchObject({ code: "conflict" });
    await expect(
      createAdministrator(database.db, { ...a, email: "other@example.jo", programme: "atlantis" }),
    ).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("channel keys", () => {
  const random = { bytes: (n: number) => randomBytes(n) };
  const issue = (channel: string) =>
    issueChannelKey(database.db, { programme, channel, label: "Test", random, ...change });

  it("open their channel until they are revoked, and are kept only as a hash", async () => {
    const { id, key } = await issue("api");
    expect(key).toMatch(/^dk_[\w-]{43}$/);
    expect(await channelOfKey(database.db, key)).toEqual({ id, programme, channel: "api", purpose: "applications" });
    const rows = await database.db.query("select * from channel_keys", { type: QueryTypes.SELECT });
    expect(JSON.stringify(rows)).not.toContain(key);
    await revokeChannelKey(database.db, { id, ...change });
    expect(await channelOfKey(database.db, key)).toBeNull();
    await expect(revokeChannelKey(database.db, { id, ...change })).rejects.toMatchObject({ code: "not-found" });
  });

  it("open nothing when they are wrong or their channel is out of use", async () => {
    const { key } = await issue("TWITTER");
    for (const wrong of ["", "dk_", `${key}x`, key.toUpperCase(), key.slice(0, -2), `dk_${"A".repeat(43)}`]) {
      expect(await channelOfKey(database.db, wrong)).toBeNull();
    }
    await createModels(database.db).channels.update({ retiredAt: now }, { where: { programme, code: "TWITTER" } });
    expect(await channelOfKey(database.db, key)).toBeNull();
    await expect(issue("TWITTER")).rejects.toMatchObject({ code: "not-found" });
    await expect(issue("carrier-pigeon")).rejects.toMatchObject({ code: "not-found" });
  });
});
