/** What the commands for accounts, seats, keys and mail ask of the services. */
import { describe, expect, it } from "@jest/globals";
import { runAsked as run } from "../support/fake-command-line.js";

describe("accounts, seats and keys", () => {
  const now = new Date("2026-11-25T09:00:00Z");
  const rania = { kind: "user", userId: 1, name: "rania@b.jo", seats: [] };
  it("take days in the programme's zone, and the system's hand where nobody is named", async () => {
    const line = ["take-seat", "--seat", "FP-1", "--user", "a@b.jo", "--from", "2026-12-01", "--to", "2027-01-01"];
    const { code, out, asked } = await run(line, { takeSeat: undefined });
    expect([code, out]).toEqual([
      0,
      "a@b.jo holds FP-1 of jordan from 2026-11-30T21:00:00.000Z to 2026-12-31T21:00:00.000Z.",
    ]);
    expect(asked.takeSeat).toEqual({
      programme: "jordan",
      seat: "FP-1",
      email: "a@b.jo",
      from: new Date("2026-11-30T21:00:00Z"),
      to: new Date("2026-12-31T21:00:00Z"),
      by: { kind: "system", job: "take-seat" },
      now,
    });
  });
  it.each([
    [["leave-seat", "--seat", "FP-1", "--at", "2026-12-01T00:00Z"], "leaveSeat", { at: new Date("2026-12-01T00:00Z") }],
    [["disable-user", "a@b.jo"], "disable", { email: "a@b.jo" }],
    [["enable-user", "a@b.jo"], "enable", { email: "a@b.jo" }],
    [["revoke-key", "7"], "revoke", { id: 7 }],
  ])("%p is done as who is named", async (line, service, what) => {
    const { code, asked } = await run([...line, "--as", "rania@b.jo"], { [service]: undefined });
    expect(code).toBe(0);
    expect(asked[service]).toMatchObject({ ...what, by: rania, now });
  });
  it("seats are listed by their codes, the empty ones if asked for", async () => {
    const holder = { userId: 7, name: "A", email: "a@b.jo", disabled: false, from: now, to: null };
    const seat = { programme: "jordan", role: "focal_point", entity: "MOH", sector: null, next: null, retiredAt: null };
    const seats = [
      { ...seat, code: "FOCAL-MOH-1", holder, emptySince: null },
      { ...seat, code: "FOCAL-MOH-2", holder: null, emptySince: now },
      { ...seat, code: "FOCAL-MOH-3", holder: { ...holder, disabled: true }, emptySince: null },
      { ...seat, code: "OLD", holder: null, emptySince: now, retiredAt: now },
      { ...seat, code: "ELSEWHERE", programme: "boston311", holder },
    ];
    const codes = (out: string) => out.split("\n").map((line) => line.split(/ {2,}/)[0]);
    const all = await run(["seats"], { seats });
    expect(codes(all.out)).toEqual(["position", "FOCAL-MOH-1", "FOCAL-MOH-2", "FOCAL-MOH-3"]);
    // Noon in Amman.
    expect(all.out).toMatch(/FOCAL-MOH-1 +focal_point +MOH +a@b.jo +2026-11-25 12:00/);
    const empty = await run(["seats", "--empty", "--entity", "MOH"], { seats });
    expect(codes(empty.out)).toEqual(["position", "FOCAL-MOH-2", "FOCAL-MOH-3"]);
    expect(codes((await run(["seats", "--role", "minister"], { seats })).out)).toEqual(["position"]);
  });
  it("a seat is made, handed over with a reason, and retired", async () => {
    const made = await run(
      [
        "create-seat",
        "--role",
        "focal_point",
        "--entity",
        "MOH",
        "--title-ar",
        "ض",
        "--title-en",
        "F",
        "--as",
        "rania@b.jo",
      ],
      { createSeat: { id: 1, seat: "FOCAL-MOH-4" } },
    );
    expect(made.out).toBe("FOCAL-MOH-4");
    const input = {
      programme: "jordan",
      role: "focal_point",
      entity: "MOH",
      titleAr: "ض",
      titleEn: "F",
      by: rania,
      now,
    };
    expect(made.asked.createSeat).toEqual(input);
    const over = await run(["hand-over", "--seat", "S", "--to", "b@b.jo", "--reason", "moved"], {
      handOver: { cases: 3 },
    });
    expect(over.out).toBe("S of jordan is handed over; open cases that went to b@b.jo: 3.");
    expect(over.asked.handOver).toMatchObject({ seat: "S", to: "b@b.jo", reason: "moved", at: now, now });
    const ahead = await run(["hand-over", "--seat", "S", "--at", "2026-12-01", "--reason", "moved"], {
      handOver: { cases: 0 },
    });
    expect(ahead.asked.handOver).toMatchObject({ to: null, at: new Date("2026-11-30T21:00:00Z") });
    expect((await run(["hand-over", "--seat", "S"], {})).code).toBe(2);
    expect((await run(["retire-seat", "S"], { retireSeat: undefined })).asked.retireSeat).toMatchObject({ seat: "S" });
  });
  it("keys are listed with what is known of them", async () => {
    const key = { id: 7, channel: "web", label: "portal", purpose: "figures", createdAt: now, revokedAt: null };
    const { out } = await run(["keys"], { "keys.list": [key, { ...key, id: 8, revokedAt: now }] });
    expect(out.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["id", "channel", "label", "purpose", "issued (UTC)", "revoked (UTC)"],
      ["7", "web", "portal", "Read figures", "2026-11-25 09:00"],
      ["8", "web", "portal", "Read figures", "2026-11-25 09:00", "2026-11-25 09:00"],
    ]);
  });
  it("mail is read as who is named, else as the system", async () => {
    const named = await run(["mail", "--as", "rania@b.jo"], { "mail.list": [] });
    expect(named.asked["mail.list"]).toMatchObject({ actor: rania });
    const unnamed = await run(["mail"], { "mail.list": [] });
    expect(unnamed.asked["mail.list"]).toMatchObject({ actor: { kind: "system" } });
    const shown = await run(["mail", "show", "4", "--as", "rania@b.jo"], {});
    expect(shown.asked["mail.show"]).toEqual({ id: 4, actor: rania });
  });
});
