/** Devices at which somebody signed in wholly: strangers who guess do not keep the owner out there. Services, against a real database. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Secret, TOTP } from "otpauth";
import type { Accounts } from "../../src/features/people/accounts/accounts.js";
import { limits } from "../../src/features/people/accounts/throttle.js";
import { disableUser, enableUser } from "../../src/features/people/user-store.js";
import { type AccountOffice, by, later, openAccountOffice, password, tokenOf } from "../support/account-office.js";
import { problemOf, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let accounts: Accounts;
let account: AccountOffice["account"];
let signIn: AccountOffice["signIn"];
const days = (count: number) => later(count * 86_400);
const perAccount = limits["sign-in account"].tries;
const perDevice = limits["sign-in device"].tries;

beforeAll(async () => {
  ({ office, accounts, account, signIn } = await openAccountOffice());
});
afterAll(() => office?.close());

interface Owner {
  readonly userId: number;
  readonly email: string;
  readonly epoch: number;
}

/** Signs in and leaves the browser known; `shown` is what its cookie carried. */
async function known(owner: Owner, shown: string | null = null): Promise<string> {
  const cookie = accounts.knowDevice({ userId: owner.userId, epoch: owner.epoch, device: shown, now: sundayNine });
  return cookie?.value ?? (shown as string);
}
async function owner(): Promise<Owner & { device: string }> {
  const made = await account();
  const { epoch } = await signIn(made.email);
  return { ...made, epoch, device: await known({ ...made, epoch }) };
}
/** How each of so many wrong tries is answered. */
const wrong = (email: string, count: number, more: { address?: string; device?: string | null; now?: Date } = {}) =>
  Promise.all(
    Array.from(
      { length: count },
      async (_, n) =>
        (await problemOf(signIn(email, { password: "wrong", address: `elsewhere ${n} ${email}`, ...more }))).code,
    ),
  );
async function codes(answers: Promise<string[]>): Promise<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const code of await answers) all[code] = (all[code] ?? 0) + 1;
  return all;
}
const attempt = (email: string, device: string | null, more: { address?: string; now?: Date } = {}) =>
  signIn(email, { address: `home of ${email}`, device, ...more }).then(
    () => "in",
    (problem: { code: string }) => problem.code,
  );

describe("strangers who guess", () => {
  it("from ten addresses keep out anybody who comes from a new device, and nobody at a known one", async () => {
    const { email, device } = await owner();
    await wrong(email, perAccount + 5);
    expect(await attempt(email, null)).toBe("too-many-requests");
    expect(await attempt(email, device)).toBe("in");
    // The owner's success gives them no new tries.
    expect(await codes(wrong(email, 5))).toEqual({ "too-many-requests": 5 });
  });

  it("at the owner's own address do not either", async () => {
    const { email, device } = await owner();
    const address = "a whole ministry";
    for (let n = 0; n <= limits["sign-in address"].tries; n++) {
      await problemOf(signIn(`spray-${n}@example.jo`, { password: "wrong", address }));
    }
    expect(await attempt(email, null, { address })).toBe("too-many-requests");
    expect(await attempt(email, device, { address })).toBe("in");
  });

  it("use up nothing of each other: a device is counted for itself alone, and before its password is looked at", async () => {
    const { email, device, ...rest } = await owner();
    const other = await known({ email, ...rest });
    expect(other).not.toBe(device);
    const elsewhere = office.instance().accounts;
    const answers = Array.from({ length: 3 * perDevice }, async (_, n) => {
      const tried = { email, password: "wrong", address: `moving ${n}`, device, now: sundayNine };
      return (await problemOf((n % 2 === 0 ? accounts : elsewhere).signIn(tried))).code;
    });
    expect(await codes(Promise.all(answers))).toEqual({
      unauthenticated: perDevice,
      "too-many-requests": 2 * perDevice,
    });
    expect(await attempt(email, device)).toBe("too-many-requests");
    expect(await attempt(email, device, { now: later(3599) })).toBe("too-many-requests");
    expect(await attempt(email, other)).toBe("in");
    expect(await attempt(email, null)).toBe("in");
    expect(await attempt(email, device, { now: later(3601) })).toBe("in");
  });

  it("are many devices at one address at most so many times", async () => {
    const address = "one room";
    const { tries } = limits["sign-in known address"];
    const people: Awaited<ReturnType<typeof owner>>[] = [];
    for (let n = 0; n < Math.ceil(tries / perDevice); n++) people.push(await owner());
    for (const { email, device } of people) await wrong(email, perDevice, { address, device });
    const last = await owner();
    expect(await attempt(last.email, last.device, { address })).toBe("too-many-requests");
    expect(await attempt(last.email, last.device)).toBe("in");
  });

  it("and hold a stolen device begin again with its old count once its owner signs in there anew", async () => {
    const { email, device, userId, epoch } = await owner();
    await wrong(email, perDevice, { device });
    await accounts.sessions.endOthers({ userId, current: "", now: sundayNine });
    const renewed = await known({ userId, email, epoch: epoch + 1 }, device);
    expect(renewed).not.toBe(device);
    expect(await attempt(email, renewed)).toBe("too-many-requests");
  });
});

describe("what a device is known by", () => {
  it("ends with all sessions of the account: other sessions ended, password changed, disabled, link used", async () => {
    const ends: Record<string, (a: Owner) => Promise<unknown>> = {
      others: ({ userId }) => accounts.sessions.endOthers({ userId, current: "", now: sundayNine }),
      password: ({ userId }) =>
        accounts.changePassword({ userId, current: password, next: password, sessionId: "", now: sundayNine }),
      disabled: async ({ email }) => {
        await disableUser(office.db, { email, by, now: sundayNine });
        await enableUser(office.db, { email, by, now: sundayNine });
      },
      link: async ({ email }) => {
        const token = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
        await accounts.redeemLink({ token, password, device: null, now: sundayNine });
      },
    };
    for (const [name, end] of Object.entries(ends)) {
      const person = await owner();
      await end(person);
      await wrong(person.email, perAccount);
      expect([name, await attempt(person.email, person.device)]).toEqual([name, "too-many-requests"]);
    }
  });

  it("does not end with one session, nor within half a year, and is renewed in time", async () => {
    const { email, device, userId, epoch } = await owner();
    const sess = { cookie: {}, userId, epoch, secondFactor: false, startedAt: sundayNine.getTime() };
    await office.rows(
      "insert into sessions (sid, sess, expire) values ('only', $1::json, now() + interval '1 hour')",
      JSON.stringify(sess),
    );
    const [only] = await accounts.sessions.list({ userId, current: "", now: sundayNine });
    await accounts.sessions.end({ userId, id: only?.id as string, now: sundayNine });
    for (const [at, answer] of [
      [days(0), "in"],
      [days(179), "in"],
      [days(180), "too-many-requests"],
    ] as const) {
      await wrong(email, perAccount + 1, { now: at });
      expect([at, await attempt(email, device, { now: at })]).toEqual([at, answer]);
    }
    const renewedAt = (now: Date) => accounts.knowDevice({ userId, epoch, device, now });
    expect(renewedAt(days(29))).toBeNull();
    expect(renewedAt(days(31))).toMatchObject({ lifeMs: 180 * 86_400_000 });
  });

  it("cannot be made up, nor be carried over to another account, time or secret", async () => {
    const mine = await owner();
    const theirs = await owner();
    const [userId, epoch, since, lot, proof] = mine.device.split(".") as [string, string, string, string, string];
    const foreign = office.instance({ sessionSecret: "x".repeat(64) }).accounts;
    const forged = [
      `${theirs.userId}.${epoch}.${since}.${lot}.${proof}`,
      `${userId}.${Number(epoch) + 1}.${since}.${lot}.${proof}`,
      `${userId}.${epoch}.${Number(since) + 1}.${lot}.${proof}`,
      `${userId}.${epoch}.${since}.${theirs.device.split(".")[3]}.${proof}`,
      `${userId}.${epoch}.${since}.${lot}.${"A".repeat(43)}`,
      `${userId}.${epoch}.${since}.${lot}.`,
      mine.device.slice(0, -1),
      foreign.knowDevice({ ...mine, device: null, now: sundayNine })?.value as string,
      theirs.device,
      "",
      "~~~~~~",
      "\0",
      "x".repeat(100_000),
      `${"x~".repeat(50_000)}${mine.device}`,
    ];
    await wrong(mine.email, perAccount);
    for (const device of forged) {
      expect([device.slice(0, 80), await attempt(mine.email, device)]).toEqual([
        device.slice(0, 80),
        "too-many-requests",
      ]);
    }
    expect(await attempt(mine.email, mine.device)).toBe("in");
  });

  it("is a few accounts at a shared computer, the last ones, and of bounded size", async () => {
    const people: Owner[] = [];
    let shown: string | null = null;
    for (let n = 0; n < 7; n++) {
      const person = await owner();
      people.unshift(person);
      shown = await known(person, shown);
    }
    expect(shown?.length).toBeLessThan(600);
    expect(shown?.split("~").map((entry) => Number(entry.split(".")[0]))).toEqual(
      people.slice(0, 5).map(({ userId }) => userId),
    );
    // Anybody who comes again stands first, once.
    const again = accounts.knowDevice({ ...(people[3] as Owner), device: shown, now: days(40) })?.value;
    expect(again?.split("~").map((entry) => Number(entry.split(".")[0]))).toEqual(
      [3, 0, 1, 2, 4].map((n) => people[n]?.userId),
    );
  });
});

describe("a new device", () => {
  it("is known by a link from the mailbox, and gets in while the guessing goes on", async () => {
    const { email } = await owner();
    await wrong(email, perAccount + 1);
    const token = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    const { device } = await accounts.redeemLink({ token, password, device: null, now: sundayNine });
    await wrong(email, perAccount + 1);
    expect(await attempt(email, null)).toBe("too-many-requests");
    expect(await attempt(email, device?.value ?? null)).toBe("in");
  });

  it("is not known by a link where there is a second factor: each link would be ten more guesses at it", async () => {
    const { email, userId } = await owner();
    await office.rows(
      "insert into second_factors (user_id, secret, created_at, confirmed_at) values ($1, '\\x00', $2, $2)",
      userId,
      sundayNine,
    );
    const token = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    expect(await accounts.redeemLink({ token, password, device: null, now: sundayNine })).toEqual({
      email,
      device: null,
    });
  });

  it("of nobody's account is refused after as many tries, in the same words", async () => {
    const { email } = await owner();
    const answersTo = async (to: string) => {
      const before = await wrong(to, perAccount);
      const after = (await problemOf(signIn(to, { address: "new", password: "wrong" }))) as {
        code: string;
        detail?: unknown;
        retryAfter?: number;
      };
      return [before, after.code, after.detail, after.retryAfter];
    };
    expect(await answersTo("nobody-there@example.jo")).toEqual(await answersTo(email));
  });
});

describe("the second step", () => {
  it("is not used up by somebody who knows the password: neither at a known device nor in a session", async () => {
    const left = 30_000 - (Date.now() % 30_000);
    if (left < 5000) await sleep(left);
    const { userId, email } = await owner();
    const { secondFactor } = accounts;
    const { secret } = await secondFactor.begin({ userId, now: sundayNine });
    const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
    const codeAt = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
    const [recovery, ...spare] = await secondFactor.confirm({
      userId,
      code: codeAt(-1),
      sessionId: "mine",
      now: sundayNine,
    });
    const { epoch } = await signIn(email);
    const device = await known({ userId, email, epoch });
    const verify = (code: string, shown: string | null) =>
      secondFactor.verify({ userId, code, device: shown, now: sundayNine });
    const { tries } = limits["second factor"];
    const answers = Array.from({ length: tries + 5 }, async () => (await problemOf(verify("000000", null))).code);
    expect(await codes(Promise.all(answers))).toEqual({ "invalid-input": tries, "too-many-requests": 5 });
    expect((await problemOf(verify(recovery as string, null))).code).toBe("too-many-requests");
    await expect(verify(codeAt(0), device)).resolves.toBeDefined();
    const renew = (sessionId: string) =>
      secondFactor.renewRecoveryCodes({ userId, code: spare[0] as string, sessionId, now: sundayNine });
    await expect(renew("mine")).resolves.toHaveLength(10);
    // Known or not: so many and no more.
    for (let n = 0; n < tries; n++) await problemOf(verify("000000", device));
    expect((await problemOf(verify(codeAt(1), device))).code).toBe("too-many-requests");
  });

  it("nor is the password asked for in a session used up by who sits in another", async () => {
    const { userId } = await owner();
    const change = (current: string, sessionId: string) =>
      accounts.changePassword({ userId, current, next: password, sessionId, now: sundayNine });
    for (let n = 0; n < limits["current password"].tries; n++) await problemOf(change("wrong", "thief"));
    expect((await problemOf(change(password, "thief"))).code).toBe("too-many-requests");
    await expect(change(password, "mine")).resolves.toBeUndefined();
  });
});
