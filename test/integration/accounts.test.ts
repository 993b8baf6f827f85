/** Signing in, throttles, sessions: the services, against a real database. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Accounts } from "../../src/features/people/accounts/accounts.js";
import { limits } from "../../src/features/people/accounts/throttle.js";
import { disableUser, setPassword } from "../../src/features/people/user-store.js";
import { type AccountOffice, by, later, openAccountOffice, password } from "../support/account-office.js";
import { problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let accounts: Accounts;
let account: AccountOffice["account"];
let signIn: AccountOffice["signIn"];

beforeAll(async () => {
  ({ office, accounts, account, signIn } = await openAccountOffice());
});
afterAll(() => office?.close());

/** A session as the door writes it. */
async function session(userId: number, sid: string, more: object = {}): Promise<void> {
  const sess = { cookie: {}, userId, epoch: 0, secondFactor: false, startedAt: sundayNine.getTime(), ...more };
  await office.rows(
    "insert into sessions (sid, sess, expire) values ($1, $2::json, now() + interval '2 hours')",
    sid,
    JSON.stringify(sess),
  );
}
const official = (userId: number, sessionId: string, now = sundayNine) => accounts.official({ userId, sessionId, now });
const lastEvent = async () =>
  (await office.rows("select type, data from audit_events where stream = 'users' order by seq desc limit 1"))[0];

describe("a password", () => {
  it("opens its account and leaves no counter behind", async () => {
    const { userId, email } = await account();
    expect(await signIn(` ${email.toUpperCase()} `)).toEqual({ userId, language: "en", epoch: 1, next: "done" });
    const [counters] = await office.rows("select coalesce(sum(tries), 0)::integer as tries from sign_in_failures");
    expect(counters?.tries).toBe(0);
  });

  it("is refused in the same words whatever is wrong", async () => {
    const right = await account();
    const without = await account({ password: false });
    const disabled = await account();
    await disableUser(office.db, { email: disabled.email, by, now: sundayNine });
    const refusals = [
      await problemOf(signIn(right.email, { password: "another password" })),
      await problemOf(signIn("nobody@example.jo")),
      await problemOf(signIn(without.email)),
      await problemOf(signIn(without.email, { password: "" })),
      await problemOf(signIn(disabled.email)),
      await problemOf(signIn("nul\0@example.jo")),
      await problemOf(signIn(right.email, { password: password.padEnd(400, "x") })),
    ];
    expect(new Set(refusals.map(({ code, detail }) => `${code} ${detail.en} ${detail.ar}`)).size).toBe(1);
    expect(refusals[0]?.code).toBe("unauthenticated");
  });

  it("takes as long to refuse for nobody as for somebody", async () => {
    const time = async (to: string, address: string) => {
      const started = process.hrtime.bigint();
      await signIn(to, { password: "another password", address }).catch(() => undefined);
      return Number(process.hrtime.bigint() - started) / 1e6;
    };
    // Turn about, until the quickest of each are near: a busy machine takes more turns, but
    // Argon2 alone takes about 20 ms: without it the unknown would stay several times quicker.
    // Another account each time, as the eleventh try of one is refused before its password is looked at.
    const quickest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    const near = () => quickest.unknown > quickest.known * 0.5 && quickest.known > quickest.unknown * 0.5;
    for (let n = 0; n < 6 || (n < 60 && !near()); n++) {
      quickest.known = Math.min(quickest.known, await time((await account()).email, `clock ${n}`));
      quickest.unknown = Math.min(quickest.unknown, await time(`stranger-${n}@example.jo`, `clock ${n}`));
    }
    expect({ ...quickest, near: near() }).toMatchObject({ near: true });
  });
});

describe("guessing", () => {
  it("of one account is stopped, also from many addresses, and also with the right password", async () => {
    const { email } = await account();
    for (let n = 0; n < limits["sign-in account"].tries; n++) {
      expect((await problemOf(signIn(email, { password: "wrong", address: `a${n}` }))).code).toBe("unauthenticated");
    }
    const refusal = (await problemOf(signIn(email, { address: "a-new-one", now: later(60) }))) as {
      retryAfter?: number;
    };
    expect(refusal).toMatchObject({ code: "too-many-requests", retryAfter: 15 * 60 - 60 });
    expect(await lastEvent()).toMatchObject({ type: "account.throttled" });
    await expect(signIn(email, { address: "a-new-one", now: later(15 * 60 + 1) })).resolves.toMatchObject({
      next: "done",
    });
  });

  it("is written into the record once a burst", async () => {
    const { email } = await account();
    const count = async () =>
      (await office.rows("select count(*)::integer as n from audit_events where type = 'account.throttled'"))[0]
        ?.n as number;
    const before = await count();
    for (let n = 0; n < limits["sign-in account"].tries + 5; n++) {
      await problemOf(signIn(email, { password: "wrong", address: `b${n}` }));
    }
    expect(await count()).toBe(before + 1);
  });

  it("is told of the account from the third wrong password on, once a window; of nobody's account nothing is written", async () => {
    const { email, userId } = await account();
    const events = async () =>
      (await office.rows("select seq, type, actor, data from audit_events where stream = 'users' order by seq"))
        .slice(before)
        .map(({ type, data }) => [type, JSON.parse(data as string).userId]);
    const before = (await office.rows("select 1 from audit_events where stream = 'users'")).length;
    const wrong = (n: number, to = email, now = sundayNine) =>
      problemOf(signIn(to, { password: "wrong", address: `g${n}`, now }));
    await wrong(1);
    await wrong(2);
    expect(await events()).toEqual([]);
    await wrong(3);
    expect(await events()).toEqual([["account.sign-in-failed", userId]]);
    for (let n = 4; n < 20; n++) await wrong(n);
    const once = [
      ["account.sign-in-failed", userId],
      ["account.throttled", userId],
    ];
    expect(await events()).toEqual(once);
    for (let n = 20; n < 40; n++) await wrong(n, "no-such-account@example.jo");
    expect(await events()).toEqual(once);
    for (let n = 40; n < 44; n++) await wrong(n, email, later(15 * 60 + 1));
    expect(await events()).toEqual([...once, ["account.sign-in-failed", userId]]);
  });

  it("of many accounts from one address is stopped, and a success takes back its own try only", async () => {
    const { email } = await account();
    const address = "one address";
    const { tries } = limits["sign-in address"];
    for (let n = 0; n < tries - 1; n++) {
      await problemOf(signIn(`spray-${n}@example.jo`, { address }));
    }
    await signIn(email, { address });
    await signIn(email, { address });
    await problemOf(signIn("spray@example.jo", { address }));
    expect((await problemOf(signIn(email, { address }))).code).toBe("too-many-requests");
    await expect(signIn(email, { address: "another address" })).resolves.toMatchObject({ next: "done" });
  });

  it("in parallel passes no more often than one after the other", async () => {
    const { email } = await account();
    const other = office.instance().accounts;
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, n) =>
        problemOf(
          (n % 2 === 0 ? accounts : other).signIn({
            email,
            password: "wrong",
            address: `p${n}`,
            device: null,
            now: sundayNine,
          }),
        ),
      ),
    );
    expect(answers.filter(({ code }) => code === "unauthenticated")).toHaveLength(limits["sign-in account"].tries);
    expect(answers.filter(({ code }) => code === "too-many-requests")).toHaveLength(
      40 - limits["sign-in account"].tries,
    );
  });

  it("leaves neither names nor addresses in its table", async () => {
    await problemOf(signIn("secretive@example.jo", { address: "198.51.100.77" }));
    const [row] = await office.rows("select string_agg(encode(key, 'escape'), ' ') as all from sign_in_failures");
    expect(String(row?.all)).not.toMatch(/secretive|198\.51/);
  });
});

describe("a session", () => {
  it("is alive for two hours without use and twelve in all", async () => {
    const { userId, email } = await account();
    const { epoch } = await signIn(email);
    await session(userId, "idle", { epoch });
    expect(await official(userId, "idle", later(7199))).toMatchObject({ userId, actor: { kind: "user" } });
    expect(await official(userId, "idle", later(7200))).toBeNull();
    await office.rows("update sessions set seen_at = $1 where sid = 'idle'", later(12 * 3600 - 60));
    expect(await official(userId, "idle", later(12 * 3600 - 1))).not.toBeNull();
    expect(await official(userId, "idle", later(12 * 3600))).toBeNull();
    expect(await official(userId + 1, "idle")).toBeNull();
  });

  it("ends when the account is disabled, its password set or its seats change; also one that is written late", async () => {
    const { userId, email } = await account();
    const { epoch } = await signIn(email);
    const ends: Record<string, () => Promise<unknown>> = {
      seat: () =>
        office.services.people.takeSeat({
          programme,
          seat: "OR-TEST",
          email,
          from: sundayNine,
          to: null,
          by,
          now: sundayNine,
        }),
      password: () => setPassword(office.db, { email, password, by, now: sundayNine }),
      disabled: () => disableUser(office.db, { email, by, now: sundayNine }),
    };
    await office.rows(
      "insert into seats (programme, code, role, title_ar, title_en) values ($1, 'OR-TEST', 'operation_room', 'أ', 'A')",
      programme,
    );
    let now = epoch;
    for (const [name, end] of Object.entries(ends)) {
      await session(userId, name, { epoch: now });
      expect(await official(userId, name)).not.toBeNull();
      await end();
      expect(await office.rows("select 1 from sessions where owner_id = $1", userId)).toEqual([]);
      // As a sign-in that was under way writes it.
      await session(userId, `${name} late`, { epoch: now });
      expect(await official(userId, `${name} late`)).toBeNull();
      now += 1;
    }
  });

  it("is listed without its id, and ended by its owner only", async () => {
    const mine = await account();
    const theirs = await account();
    const { epoch } = await signIn(mine.email);
    for (const sid of ["mine-1", "mine-2", "mine-3"]) await session(mine.userId, sid, { epoch, agent: sid });
    await session(theirs.userId, "theirs", { epoch });
    const { list, end, endOthers } = accounts.sessions;
    const listed = await list({ userId: mine.userId, current: "mine-2", now: sundayNine });
    expect(listed.map(({ agent, current }) => [agent, current])).toEqual(
      expect.arrayContaining([
        ["mine-1", false],
        ["mine-2", true],
        ["mine-3", false],
      ]),
    );
    expect(listed[0]?.agent).toBe("mine-2");
    expect(JSON.stringify(listed.map(({ id }) => id))).not.toMatch(/mine/);
    const id = listed.find(({ agent }) => agent === "mine-1")?.id as string;
    expect((await problemOf(end({ userId: theirs.userId, id, now: sundayNine }))).code).toBe("not-found");
    await end({ userId: mine.userId, id, now: sundayNine });
    expect(await official(mine.userId, "mine-1")).toBeNull();
    expect(await endOthers({ userId: mine.userId, current: "mine-2", now: sundayNine })).toEqual({ ended: 1 });
    expect(await official(mine.userId, "mine-2")).not.toBeNull();
    expect(await official(mine.userId, "mine-3")).toBeNull();
    expect(await official(theirs.userId, "theirs")).not.toBeNull();
  });

  it("goes on when its owner changes the password in it; the others end", async () => {
    const { userId, email } = await account();
    const { epoch } = await signIn(email);
    await session(userId, "here", { epoch });
    await session(userId, "there", { epoch });
    const change = (current: string, next: string) =>
      accounts.changePassword({ userId, current, next, sessionId: "here", now: sundayNine });
    expect(await problemOf(change("wrong", "the next password"))).toMatchObject({ faults: [{ field: "/current" }] });
    expect(await problemOf(change(password, "short"))).toMatchObject({ faults: [{ field: "/next" }] });
    await change(password, "the next password");
    expect(await official(userId, "here")).not.toBeNull();
    expect(await official(userId, "there")).toBeNull();
    await expect(signIn(email, { password: "the next password" })).resolves.toBeDefined();
    expect((await problemOf(signIn(email))).code).toBe("unauthenticated");
  });

  it("is swept away when its time is over, with links and counters", async () => {
    const { userId } = await account();
    await session(userId, "old");
    const swept = await accounts.forgetExpired({ now: later(60 * 86_400) });
    expect(swept.sessions).toBeGreaterThan(0);
    expect(swept.links).toBeGreaterThan(0);
    for (const table of ["sessions", "account_links", "sign_in_failures"]) {
      expect(await office.rows(`select 1 from ${table}`)).toEqual([]);
    }
  });
});

it("nothing secret stands in the record", async () => {
  const [row] = await office.rows("select string_agg(data, ' ') as all from audit_events");
  expect(String(row?.all)).not.toMatch(/argon2|otpauth|password for tests|chosen password/);
});
