/** Keys, seats and accounts from the command line, over the shipped set-up: who may change them, and what follows. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { seed } from "../../src/features/config-files/seed.js";
import { runCommand } from "../support/command-line.js";
import { openWorkingOffice, type WorkingOffice } from "../support/working-office.js";

const now = new Date("2026-11-25T09:00:00Z");
const password = "a long enough password";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice({ now: () => now });
  await seed(office.db, { now, programmes: ["boston311"] });
  await diwan("create-admin", "rania@example.jo", "Rania", "--programme", "jordan");
});
afterAll(() => office.close());

const diwan = (...argv: string[]) => runCommand(office.services, argv, password);

describe("who comes and goes", () => {
  it("a key is listed without itself, and opens nothing once it is revoked", async () => {
    const key = (await diwan("issue-key", "web", "--programme", "jordan", "--label", "lost laptop")).out;
    const listed = await diwan("keys", "--programme", "jordan", "--as", "rania@example.jo");
    expect(listed).toMatchObject({ status: 0, errors: "" });
    expect(listed.out).not.toContain(key);
    const id = /^(\d+) .*lost laptop/m.exec(listed.out)?.[1] ?? "";
    expect(await office.services.intake.channelOfKey(key)).toMatchObject({ id: Number(id) });
    expect(await diwan("revoke-key", id, "--as", "rania@example.jo")).toMatchObject({ status: 0, errors: "" });
    expect(await office.services.intake.channelOfKey(key)).toBeNull();
    expect((await diwan("revoke-key", id)).status).toBe(1);
    expect((await diwan("keys", "--programme", "jordan")).out).toMatch(/lost laptop .*2026-11-25 09:00 +2026-11-25/);
  });
  it("a successor takes a seat when its holder leaves, and not before", async () => {
    const { seats } = await office.services.setup.of("jordan");
    const holder = seats.find((s) => s.role === "focal_point" && s.entity === "MOH")?.holders[0]?.email ?? "";
    const [rows] = await office.db.query(
      "select s.code from seats s join seat_holders h on h.seat_id = s.id join users u on u.id = h.user_id where u.email = $1",
      { bind: [holder] },
    );
    const code = (rows as { code: string }[])[0]?.code ?? "";
    const place = ["--programme", "jordan", "--seat", code];
    const take = () => diwan("take-seat", ...place, "--user", "rania@example.jo", "--from", "2026-12-01");
    expect((await take()).status).toBe(1);
    expect(await diwan("leave-seat", ...place, "--at", "2026-12-01")).toMatchObject({ status: 0, errors: "" });
    expect(await take()).toMatchObject({ status: 0, errors: "" });
    const seatsAt = async (email: string, at: string) =>
      ((await office.services.cases.actorOf({ email, now: new Date(at) })) as Extract<Actor, { kind: "user" }>).seats
        .length;
    // Midnight in Amman is 21:00 in UTC.
    expect([await seatsAt(holder, "2026-11-30T20:59:59Z"), await seatsAt(holder, "2026-11-30T21:00Z")]).toEqual([1, 0]);
    expect(await seatsAt("rania@example.jo", "2026-11-30T21:00Z")).toBe(2);
  });
  it("a disabled account acts no more until it is enabled; whoever may not edit users may do none of this", async () => {
    const { seats } = await office.services.setup.of("jordan");
    const someone = seats.find((s) => s.role === "focal_point" && s.entity === "CSPD")?.holders[0]?.email ?? "";
    const as = ["--as", someone];
    for (const line of [
      ["disable-user", "rania@example.jo", ...as],
      ["enable-user", "rania@example.jo", ...as],
      ["take-seat", "--programme", "jordan", "--seat", "X", "--user", someone, "--from", "2026-12-01", ...as],
      ["leave-seat", "--programme", "jordan", "--seat", "X", "--at", "2026-12-01", ...as],
      ["keys", "--programme", "jordan", ...as],
      ["revoke-key", "1", ...as],
      ["revoke-key", "999999", ...as],
      ["issue-key", "web", "--programme", "jordan", "--label", "mine", ...as],
    ]) {
      const refused = await diwan(...line);
      expect([line[0], refused.status, refused.errors]).toEqual([
        line[0],
        1,
        expect.stringContaining("Only the operation room"),
      ]);
    }
    const room = ["--as", "rania@example.jo"];
    expect((await diwan("disable-user", someone, ...room)).out).toBe(`${someone} is disabled.`);
    expect((await diwan("cases", ...as)).errors).toContain("disabled");
    expect((await diwan("enable-user", someone, ...room)).status).toBe(0);
    expect((await diwan("cases", ...as)).status).toBe(0);
    const [rows] = await office.db.query(
      "select count(*)::integer as n from audit_events where type = 'user.disabled'",
    );
    expect(rows).toEqual([{ n: 1 }]);
    expect((await diwan("disable-user", "nobody@example.jo")).status).toBe(1);
  });
  it("one room does not close accounts of another programme", async () => {
    expect((await diwan("create-admin", "bob@example.jo", "Bob", "--programme", "boston311")).status).toBe(0);
    const refused = await diwan("disable-user", "bob@example.jo", "--as", "rania@example.jo");
    expect([refused.status, refused.errors]).toEqual([1, expect.stringContaining("Only the operation room")]);
  });
});
