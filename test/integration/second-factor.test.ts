/** The second factor: codes of an app, each once; recovery codes; demanded by role. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Secret, TOTP } from "otpauth";
import type { Accounts } from "../../src/features/people/accounts/accounts.js";
import { limits } from "../../src/features/people/accounts/throttle.js";
import { type AccountOffice, by, later, openAccountOffice, password } from "../support/account-office.js";
import { problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let accounts: Accounts;
let account: AccountOffice["account"];
let signIn: AccountOffice["signIn"];
const now = sundayNine;

beforeAll(async () => {
  ({ office, accounts, account, signIn } = await openAccountOffice());
});
afterAll(() => office?.close());
/** A test that begins at the end of a half minute would see its codes grow old between two lines. */
beforeEach(async () => {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 3000) await sleep(left);
});

/** What the app on a telephone shows, `steps` of half a minute from now. Telephones have the machine's time. */
function codeOf(secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return totp.generate({ timestamp: Date.now() + steps * 30_000 });
}
/** An account with a second factor in use, confirmed with the code of the last half minute. */
async function enrolled(): Promise<{ userId: number; email: string; secret: string; codes: readonly string[] }> {
  const made = await account();
  const { secret } = await accounts.secondFactor.begin({ userId: made.userId, now });
  const code = codeOf(secret, -1);
  const codes = await accounts.secondFactor.confirm({ userId: made.userId, code, sessionId: "none", now });
  return { ...made, secret, codes };
}
const verify = (userId: number, code: string) => accounts.secondFactor.verify({ userId, code, device: null, now });

describe("setting it up", () => {
  it("shows a secret, an address and a picture, and is in use from its first code on", async () => {
    const { userId, email } = await account();
    const begun = await accounts.secondFactor.begin({ userId, now });
    expect(begun.secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(begun.uri).toContain(`issuer=Diwan`);
    expect(begun.uri).toContain(encodeURIComponent(email));
    expect(begun.qrSvg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(begun.qrSvg).not.toMatch(/script|style|on\w+=/);
    expect(await signIn(email)).toMatchObject({ next: "done" });
    expect(
      await problemOf(accounts.secondFactor.confirm({ userId, code: "000000", sessionId: "", now })),
    ).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/code" }],
    });
    const codes = await accounts.secondFactor.confirm({ userId, code: codeOf(begun.secret), sessionId: "", now });
    expect(new Set(codes).size).toBe(10);
    expect(await signIn(email)).toMatchObject({ next: "second-factor" });
    expect(await accounts.secondFactor.status({ userId, now })).toEqual({
      on: true,
      since: now,
      required: false,
      recoveryCodesLeft: 10,
    });
    expect((await problemOf(accounts.secondFactor.begin({ userId, now }))).code).toBe("conflict");
    expect(await accounts.secondFactor.begun({ userId, now })).toBeNull();
  });

  it("in a live session needs the password, which is not to be guessed there", async () => {
    const { userId } = await account();
    const begin = (current: string) =>
      accounts.secondFactor.beginInSession({ userId, current, sessionId: "here", now });
    expect(await problemOf(begin("not it"))).toMatchObject({ code: "invalid-input", faults: [{ field: "/current" }] });
    expect(await accounts.secondFactor.begun({ userId, now })).toBeNull();
    await expect(begin(password)).resolves.toMatchObject({ secret: expect.any(String) });
    for (let n = 0; n < limits["current password"].tries; n++) await problemOf(begin("not it"));
    expect((await problemOf(begin(password))).code).toBe("too-many-requests");
  });

  it("ends the sessions that the password alone had opened; the one that asks goes on", async () => {
    const { userId, email } = await account();
    const { epoch } = await signIn(email);
    for (const sid of ["asks", "elsewhere"]) {
      const sess = { cookie: {}, userId, epoch, secondFactor: false, startedAt: now.getTime() };
      await office.rows(
        "insert into sessions (sid, sess, expire) values ($1, $2::json, now() + interval '1 hour')",
        sid,
        JSON.stringify(sess),
      );
    }
    const { secret } = await accounts.secondFactor.begin({ userId, now });
    await accounts.secondFactor.confirm({ userId, code: codeOf(secret), sessionId: "asks", now });
    expect(await accounts.official({ userId, sessionId: "elsewhere", now })).toBeNull();
    expect(await accounts.official({ userId, sessionId: "asks", now })).not.toBeNull();
  });

  it("keeps neither secret nor recovery codes in readable form, and each opens for its own account only", async () => {
    const one = await enrolled();
    const other = await enrolled();
    const raw = Buffer.from(Secret.fromBase32(one.secret.replaceAll(" ", "")).bytes).toString("hex");
    const [row] = await office.rows(
      "select encode(secret, 'hex') as secret, (select string_agg(code_hash::text, ' ') from recovery_codes) as codes from second_factors where user_id = $1",
      one.userId,
    );
    expect(row?.secret).not.toContain(raw);
    expect(String(row?.codes)).not.toContain(Buffer.from(one.codes[0] ?? "").toString("hex"));
    await office.rows(
      "update second_factors set secret = (select secret from second_factors where user_id = $1) where user_id = $2",
      one.userId,
      other.userId,
    );
    await expect(verify(other.userId, codeOf(one.secret))).rejects.toThrow();
  });
});

describe("a code", () => {
  it("is taken once, also by two at once, and none that is older than one that was taken", async () => {
    const { userId, secret } = await enrolled();
    expect((await problemOf(verify(userId, codeOf(secret, -1)))).code).toBe("invalid-input");
    const code = codeOf(secret);
    const results = await Promise.allSettled([verify(userId, code), verify(userId, code), verify(userId, code)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await problemOf(verify(userId, code))).code).toBe("invalid-input");
    await expect(verify(userId, codeOf(secret, 1))).resolves.toEqual({ recoveryCodesLeft: 10 });
  });

  it.each([
    ["Arabic", 0x660],
    ["Persian", 0x6f0],
  ])("is taken as people type it: with a blank, in %s digits", async (_script, nought) => {
    const { userId, secret } = await enrolled();
    const code = codeOf(secret);
    const arabic = [...code].map((digit) => String.fromCharCode(nought + Number(digit))).join("");
    await expect(verify(userId, ` ${arabic.slice(0, 3)} ${arabic.slice(3)}`)).resolves.toBeDefined();
  });

  it("of another time or another account is refused", async () => {
    const one = await enrolled();
    const other = await enrolled();
    for (const code of [
      codeOf(one.secret, -3),
      codeOf(one.secret, 3),
      codeOf(other.secret),
      "",
      "12345",
      "1234567",
      "\0",
    ]) {
      expect((await problemOf(verify(one.userId, code))).code).toBe("invalid-input");
    }
  });

  it("is not to be guessed", async () => {
    const { userId, secret } = await enrolled();
    const tries = await Promise.all(Array.from({ length: 25 }, () => problemOf(verify(userId, "000000"))));
    expect(tries.filter(({ code }) => code === "invalid-input")).toHaveLength(limits["second factor"].tries);
    expect((await problemOf(verify(userId, codeOf(secret)))).code).toBe("too-many-requests");
  });
});

describe("a recovery code", () => {
  it("opens once, in any writing, and is counted", async () => {
    const { userId, codes } = await enrolled();
    const code = codes[3] as string;
    expect(await verify(userId, ` ${code.toLowerCase().replaceAll("-", " ")}`)).toEqual({ recoveryCodesLeft: 9 });
    expect((await problemOf(verify(userId, code))).code).toBe("invalid-input");
    expect(await accounts.secondFactor.status({ userId, now })).toMatchObject({ recoveryCodesLeft: 9 });
    const other = await enrolled();
    expect((await problemOf(verify(other.userId, codes[4] as string))).code).toBe("invalid-input");
  });

  it("is void once there are new ones", async () => {
    const { userId, codes, secret } = await enrolled();
    const fresh = await accounts.secondFactor.renewRecoveryCodes({
      userId,
      code: codeOf(secret),
      sessionId: "here",
      now,
    });
    expect((await problemOf(verify(userId, codes[0] as string))).code).toBe("invalid-input");
    await expect(verify(userId, fresh[0] as string)).resolves.toEqual({ recoveryCodesLeft: 9 });
  });
});

describe("taking it away", () => {
  it("needs a code", async () => {
    const { userId, email, secret } = await enrolled();
    const remove = (code: string) => accounts.secondFactor.remove({ userId, code, sessionId: "here", now });
    expect((await problemOf(remove("000000"))).code).toBe("invalid-input");
    await remove(codeOf(secret));
    expect(await signIn(email)).toMatchObject({ next: "done" });
  });

  it("for somebody else is the operation room's, and ends their sessions", async () => {
    const { userId, email } = await enrolled();
    const { epoch } = await signIn(email);
    const focal = office.official("focal_point", "CSPD");
    expect((await problemOf(accounts.secondFactor.removeFor({ email, by: focal, now }))).code).toBe("forbidden");
    const themselves = { ...office.official("operation_room"), userId };
    expect((await problemOf(accounts.secondFactor.removeFor({ email, by: themselves, now }))).code).toBe("forbidden");
    await accounts.secondFactor.removeFor({ email, by: office.official("operation_room"), now });
    expect(await signIn(email)).toMatchObject({ next: "done", epoch: epoch + 1 });
    expect((await problemOf(accounts.secondFactor.removeFor({ email, by, now }))).code).toBe("not-found");
    expect(await accounts.secondFactor.status({ userId, now })).toMatchObject({ on: false });
  });
});

describe("a programme that demands it of a role", () => {
  it("lets nobody of that role in without, ends no other's session, and lets nobody take it away", async () => {
    const { userId, email } = await account();
    const plain = await account();
    const demand = (roles: readonly string[]) =>
      office.rows(
        "update programmes set settings = settings || jsonb_build_object('secondFactor', $2::jsonb) where code = $1",
        programme,
        JSON.stringify(roles),
      );
    const seat = "OR-SECOND-FACTOR";
    await office.rows(
      "insert into seats (programme, code, role, title_ar, title_en) values ($1, $2, 'operation_room', 'أ', 'A')",
      programme,
      seat,
    );
    await office.services.people.takeSeat({ programme, seat, email, from: now, to: later(3600), by, now });
    const { epoch } = await signIn(email);
    for (const [sid, id, secondFactor, of] of [
      ["plain", userId, false, epoch],
      ["shown", userId, true, epoch],
      ["other", plain.userId, false, 1],
    ] as const) {
      const sess = { cookie: {}, userId: id, epoch: of, secondFactor, startedAt: now.getTime() };
      await office.rows(
        "insert into sessions (sid, sess, expire) values ($1, $2::json, now() + interval '1 hour')",
        sid,
        JSON.stringify(sess),
      );
    }
    const alive = async (id: number, sessionId: string) =>
      (await accounts.official({ userId: id, sessionId, now })) !== null;
    expect([await alive(userId, "plain"), await alive(plain.userId, "other")]).toEqual([true, true]);
    await demand(["operation_room"]);
    expect(await signIn(email)).toMatchObject({ next: "enrol-second-factor" });
    expect(await signIn(plain.email)).toMatchObject({ next: "done" });
    expect(await alive(userId, "plain")).toBe(false);
    expect(await alive(userId, "shown")).toBe(true);
    expect(await alive(plain.userId, "other")).toBe(true);
    const { secret } = await accounts.secondFactor.begin({ userId, now });
    await accounts.secondFactor.confirm({ userId, code: codeOf(secret), sessionId: "plain", now });
    expect(await alive(userId, "plain")).toBe(true);
    expect(await accounts.secondFactor.status({ userId, now })).toMatchObject({ on: true, required: true });
    const remove = accounts.secondFactor.remove({ userId, code: codeOf(secret, 1), sessionId: "here", now });
    expect((await problemOf(remove)).code).toBe("forbidden");
    // After the term the role is not held any more.
    expect(await accounts.secondFactor.status({ userId, now: later(3600) })).toMatchObject({ required: false });
    await demand([]);
  });
});
