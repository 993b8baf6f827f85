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
  it("keys are listed with what is known of them", async () => {
    const key = { id: 7, channel: "web", label: "portal", createdAt: now, revokedAt: null };
    const { out } = await run(["keys"], { "keys.list": [key, { ...key, id: 8, revokedAt: now }] });
    expect(out.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["id", "channel", "label", "issued (UTC)", "revoked (UTC)"],
      ["7", "web", "portal", "2026-11-25 09:00"],
      ["8", "web", "portal", "2026-11-25 09:00", "2026-11-25 09:00"],
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
