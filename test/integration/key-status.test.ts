/** Which keys are still needed: by what is stored, with the keys that an instance has. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { sealAudit } from "../../src/features/audit/seal.js";
import type { ListedKey } from "../../src/features/operations/key-status.js";
import { type AccountOffice, by, later, openAccountOffice } from "../support/account-office.js";
import { runCommand } from "../support/command-line.js";
import { sealKey as plainSeal, problemOf, sundayNine } from "../support/working-office.js";

const plain = "k".repeat(64);
const [newSecret, newSeal] = ["n".repeat(64), "t".repeat(64)];
const keys = {
  before: { sessionSecret: plain, sealKey: plainSeal },
  both: { sessionSecret: `2027:${newSecret},old:${plain}`, sealKey: `2027:${newSeal}\nold:${plainSeal}` },
  after: { sessionSecret: `2027:${newSecret}`, sealKey: `2027:${newSeal}` },
};
const printOf = (text: string) => keyRing(text)[0].label.slice(1);
const day = (n: number) => later(n * 86_400);

let made: AccountOffice;
let before: Composed;
let both: Composed;
let after: Composed;
beforeAll(async () => {
  made = await openAccountOffice();
  before = made.office.services;
  both = made.office.instance(keys.both);
  after = made.office.instance(keys.after);
});
afterAll(() => made?.office.close());

/** Short: `SEAL_KEY old reads: 2 seals, …`. */
const short = (listed: readonly ListedKey[]) =>
  listed.map(
    ({ variable, id, state, uses }) =>
      `${variable} ${id} ${state}: ${uses.map(({ what, count, until }) => `${what} ${count} ${until?.toISOString().slice(0, 10) ?? "-"}`).join(", ")}`,
  );
const status = async (services: Composed, now = sundayNine) =>
  short(await services.keyRings.status({ now, everySeal: true }));

it("tells of each key for what it is needed, from before labels were noted until it can go", async () => {
  const { userId } = await made.account({ password: false });
  await before.accounts.secondFactor.begin({ userId, now: sundayNine });
  // As it was before an instance of this version had started: its seals do not tell their key.
  await sealAudit(made.office.db, { keys: [{ ...keyRing(plainSeal)[0], label: null as never }], now: sundayNine });
  await made.office.asOwner("update second_factors set key = null");
  await made.office.asOwner("update account_links set key = null");
  const one = ["second-factors 1 -", "links 1 2026-11-29", "cookies null 2026-11-22"];
  const sorted = (text: string) =>
    text
      .split(": ")
      .map((part) => part.split(", ").sort().join(", "))
      .join(": ");
  const cookies = "cookies null 2026-11-22";
  expect((await status(before)).map(sorted)).toEqual([
    `SESSION_SECRET null writes: ${one.sort().join(", ")}`,
    "SEAL_KEY null writes: seals 1 -",
  ]);
  expect((await status(both)).map(sorted)).toEqual([
    `SESSION_SECRET 2027 writes: ${cookies}, links 1 2026-11-29`,
    `SESSION_SECRET old reads: ${one.join(", ")}`,
    "SEAL_KEY 2027 writes: ",
    "SEAL_KEY old reads: seals 1 -",
  ]);

  // The instances of before sign cookies until they are stopped.
  await before.keyRings.note({ now: sundayNine });
  await both.keyRings.note({ now: later(60) });
  await both.audit.seal({ now: day(1) });
  const { userId: second } = await made.account({ password: false });
  await both.accounts.secondFactor.begin({ userId: second, now: sundayNine });
  expect(await status(both, later(60))).toEqual([
    "SESSION_SECRET 2027 writes: links 1 2026-11-29, second-factors 1 -, cookies null 2026-11-22",
    "SESSION_SECRET old reads: links 2 2026-11-29, cookies null 2026-11-22, second-factors 1 -",
    "SEAL_KEY 2027 writes: seals 1 -",
    "SEAL_KEY old reads: seals 1 -",
  ]);

  // A day later the night's work has sealed anew what was sealed with the old key; a week later its links are over.
  expect(await both.handlers.housekeeping?.(day(1))).toMatchObject({ sealedAnew: 1 });
  expect(await both.accounts.secondFactor.sealAnew()).toEqual({ sealedAnew: 0 });
  expect(await status(both, day(8))).toEqual([
    "SESSION_SECRET 2027 writes: second-factors 2 -",
    "SESSION_SECRET old reads: ",
    "SEAL_KEY 2027 writes: seals 1 -",
    "SEAL_KEY old reads: seals 1 -",
  ]);
  expect(await status(after, day(8))).toEqual([
    "SESSION_SECRET 2027 writes: second-factors 2 -",
    "SEAL_KEY 2027 writes: seals 1 -",
    // It names no key, and holds with none that is here.
    "SEAL_KEY null missing: seals 1 -",
  ]);
  // Secrets of both went from key to key and are what they were.
  for (const id of [userId, second]) {
    expect(await after.accounts.secondFactor.begun({ userId: id, now: sundayNine })).not.toBeNull();
  }
});

describe("a key that is missing", () => {
  it("is named by the database, the command line and the page of health, without any secret", async () => {
    await made.office.asOwner("update second_factors set key = $1", keyRing(plain)[0].label);
    const command = await runCommand(after, ["keys", "status"]);
    expect(command.status).toBe(1);
    const rows = command.out.split("\n");
    expect(rows[0]).toMatch(/^variable +id +fingerprint +here +needed for$/);
    const missing = new RegExp(`^SESSION_SECRET +without id +${printOf(plain)} +missing +.*two-step sign-in: 2\\b`);
    expect(rows.find((row) => missing.test(row))).toBeDefined();
    const json = await runCommand(after, ["keys", "status", "--json"]);
    expect([json.status, JSON.parse(json.out)]).toEqual([
      1,
      expect.arrayContaining([expect.objectContaining({ state: "missing" })]),
    ]);
    const room = made.office.official("operation_room");
    const health = await after.operation.health({ actor: room, now: sundayNine });
    const check = health.checks.find(({ id }) => id === "keys");
    expect(check).toMatchObject({ state: "late", words: { en: expect.stringContaining(`#${printOf(plain)}`) } });
    const told = `${command.out}${json.out}${JSON.stringify(health)}`;
    for (const secret of [plain, plainSeal, newSecret, newSeal]) expect(told).not.toContain(secret.slice(0, 12));
    const well = await both.operation.health({ actor: room, now: sundayNine });
    expect(well.checks.find(({ id }) => id === "keys")).toMatchObject({ state: "good" });
    expect((await runCommand(both, ["keys", "status"])).out).toContain("what is made from now on");
  });

  it("keeps nobody from working with what needs no key", async () => {
    const none = made.office.instance({ sessionSecret: null });
    expect(await none.handlers.housekeeping?.(day(1))).not.toHaveProperty("sealedAnew");
    const asked = {
      email: "x@example.jo",
      name: "X",
      language: "en",
      programme: "jordan",
      by,
      now: sundayNine,
    } as const;
    expect((await problemOf(none.accounts.invite(asked))).code).toBe("unavailable");
    const states = (await none.keyRings.status({ now: sundayNine, everySeal: true })).map(({ state }) => state);
    expect(states.filter((state) => state === "writes")).toHaveLength(1);
    expect(states).toContain("missing");
  });
});
