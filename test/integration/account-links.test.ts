/** Single-use links of letters: the services, against a real database. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import type { Actor } from "../../src/engine/access/permissions.js";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { accountKeys } from "../../src/features/people/accounts/account-keys.js";
import type { Accounts } from "../../src/features/people/accounts/accounts.js";
import { openLinksMost } from "../../src/features/people/accounts/links.js";
import { limits } from "../../src/features/people/accounts/throttle.js";
import { disableUser, enableUser, setPassword } from "../../src/features/people/user-store.js";
import { type AccountOffice, by, later, openAccountOffice, password, tokenOf } from "../support/account-office.js";
import { openMailbox } from "../support/mailbox.js";
import { problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let accounts: Accounts;
let account: AccountOffice["account"];
let signIn: AccountOffice["signIn"];

beforeAll(async () => {
  ({ office, accounts, account, signIn } = await openAccountOffice());
});
afterAll(() => office?.close());

describe("a link", () => {
  it("sets a password once", async () => {
    const { email } = await account({ password: false });
    const { link } = await accounts.resetFor({ email, by, now: sundayNine });
    const token = tokenOf(link);
    expect(link).toBe(`https://diwan.example.jo/admin/link/${token}`);
    expect(await accounts.openLink({ token, now: sundayNine })).toMatchObject({
      purpose: "reset",
      email,
      language: "en",
    });
    expect(
      await accounts.redeemLink({ token, password: "the chosen password", device: null, now: sundayNine }),
    ).toMatchObject({ email });
    await expect(signIn(email, { password: "the chosen password" })).resolves.toMatchObject({ next: "done" });
    expect(
      (await problemOf(accounts.redeemLink({ token, password: "another one again", device: null, now: sundayNine })))
        .code,
    ).toBe("not-found");
    expect((await problemOf(accounts.openLink({ token, now: sundayNine }))).code).toBe("not-found");
  });

  it("is won by one of two", async () => {
    const { email } = await account({ password: false });
    const token = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    const other = office.instance().accounts;
    const results = await Promise.allSettled(
      [accounts, other, accounts, other].map((service, n) =>
        service.redeemLink({ token, password: `password number ${n}`, device: null, now: sundayNine }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = results.findIndex(({ status }) => status === "fulfilled");
    await expect(signIn(email, { password: `password number ${winner}` })).resolves.toMatchObject({ next: "done" });
  });

  it("runs out: a reset after two hours, an invitation after seven days", async () => {
    const { email } = await account({ password: false });
    const reset = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    await expect(accounts.openLink({ token: reset, now: later(7199) })).resolves.toBeDefined();
    expect(
      (await problemOf(accounts.redeemLink({ token: reset, password, device: null, now: later(7200) }))).code,
    ).toBe("not-found");
    const invited = {
      email: "new-one@example.jo",
      name: "New One",
      language: "ar",
      programme,
      by,
      now: sundayNine,
    } as const;
    const token = tokenOf((await accounts.invite(invited)).link);
    await expect(accounts.openLink({ token, now: later(7 * 86_400 - 1) })).resolves.toMatchObject({
      purpose: "invitation",
    });
    expect((await problemOf(accounts.openLink({ token, now: later(7 * 86_400) }))).code).toBe("not-found");
  });

  it("is void once there is a newer one, and nothing for a disabled account", async () => {
    const { email } = await account({ password: false });
    const older = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    const newer = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    expect((await problemOf(accounts.redeemLink({ token: older, password, device: null, now: sundayNine }))).code).toBe(
      "not-found",
    );
    await disableUser(office.db, { email, by, now: sundayNine });
    expect((await problemOf(accounts.redeemLink({ token: newer, password, device: null, now: sundayNine }))).code).toBe(
      "not-found",
    );
    expect((await problemOf(accounts.resetFor({ email, by, now: sundayNine }))).code).toBe("conflict");
  });

  it("is void once a password is stored or the account disabled, by whomever", async () => {
    const { email, userId } = await account();
    const open = async () => tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    const dead = async (token: string) =>
      (await problemOf(accounts.redeemLink({ token, password: "of the thief", device: null, now: sundayNine }))).code;
    const first = await open();
    await accounts.changePassword({ userId, current: password, next: "the next one", sessionId: "", now: sundayNine });
    expect(await dead(first)).toBe("not-found");
    const second = await open();
    await setPassword(office.db, { email, password, by, now: sundayNine });
    expect(await dead(second)).toBe("not-found");
    const third = await open();
    await disableUser(office.db, { email, by, now: sundayNine });
    await enableUser(office.db, { email, by, now: sundayNine });
    expect(await dead(third)).toBe("not-found");
    await expect(signIn(email)).resolves.toMatchObject({ next: "done" });
  });

  it("for oneself is not handed out by what the operation room does for others", async () => {
    const room = office.official("operation_room");
    const [row] = await office.rows("select email from users where id = $1", room.userId);
    const refused = accounts.resetFor({ email: row?.email as string, by: room, now: sundayNine });
    expect((await problemOf(refused)).code).toBe("forbidden");
  });

  it("that a stranger asks for takes no other away; who has no password yet is invited again", async () => {
    const email = "still-invited@example.jo";
    const asked = { email, name: "Still Invited", language: "ar", programme, by, now: sundayNine } as const;
    const invitation = tokenOf((await accounts.invite(asked)).link);
    await accounts.sendReset({ email, address: "stranger", device: null, now: sundayNine });
    await expect(accounts.openLink({ token: invitation, now: sundayNine })).resolves.toMatchObject({
      purpose: "invitation",
      email,
    });
    const [message] = await office.rows(
      `select m.template, m.data->>'expiresAt' as until from messages m join users u on u.id = m.receiver_user
       where u.email = $1 order by m.id desc limit 1`,
      email,
    );
    expect(message).toEqual({ template: "account-invitation", until: later(7 * 86_400).toISOString() });
    const [event] = await office.rows(
      "select type, actor, data from audit_events where stream = 'users' order by seq desc limit 1",
    );
    expect([event?.type, JSON.parse(event?.actor as string)]).toEqual([
      "account.link-sent",
      { kind: "system", job: "sign-in" },
    ]);
    expect(JSON.parse(event?.data as string)).toMatchObject({ purpose: "invitation" });
    await accounts.redeemLink({ token: invitation, password, device: null, now: sundayNine });
    const links = await office.rows(
      `select l.id from account_links l join users u on u.id = l.user_id
       where u.email = $1 and l.used_at is null and l.voided_at is null`,
      email,
    );
    expect(links).toEqual([]);
  });

  it("cannot be made up: not with another link's proof, not with another secret", async () => {
    const mine = await account({ password: false });
    const theirs = await account({ password: false });
    const own = tokenOf((await accounts.resetFor({ email: mine.email, by, now: sundayNine })).link);
    const foreign = tokenOf((await accounts.resetFor({ email: theirs.email, by, now: sundayNine })).link);
    const stranger = office.instance({ sessionSecret: "x".repeat(64) }).accounts;
    const forged = [
      `${foreign.split(".")[0]}.${own.split(".")[1]}`,
      `${own}A`,
      own.slice(0, -1),
      `${own.split(".")[0]}.${"A".repeat(43)}`,
      "",
      `${"9".repeat(15)}.${"A".repeat(43)}`,
      `${"9".repeat(40)}.${"A".repeat(43)}`,
      `0x1.${"A".repeat(43)}`,
    ];
    for (const token of forged) {
      expect((await problemOf(accounts.redeemLink({ token, password, device: null, now: sundayNine }))).code).toBe(
        "not-found",
      );
    }
    expect((await problemOf(stranger.openLink({ token: own, now: sundayNine }))).code).toBe("not-found");
    await expect(accounts.openLink({ token: own, now: sundayNine })).resolves.toBeDefined();
  });

  it("refuses a password that is too short and stays usable", async () => {
    const { email } = await account({ password: false });
    const token = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    const refusal = await problemOf(accounts.redeemLink({ token, password: "short", device: null, now: sundayNine }));
    expect(refusal).toMatchObject({ code: "invalid-input", faults: [{ field: "/password" }] });
    await expect(accounts.redeemLink({ token, password, device: null, now: sundayNine })).resolves.toMatchObject({
      email,
    });
  });

  it("stands in no table, and a reader of the letter sees it masked", async () => {
    const { email } = await account({ password: false });
    const token = tokenOf((await accounts.resetFor({ email, by, now: sundayNine })).link);
    const proof = token.split(".")[1] as string;
    const tables = await office.rows("select tablename as name from pg_tables where schemaname = 'public'");
    for (const { name } of tables) {
      const [found] = await office.asOwner(
        `select count(*)::integer as n from "${name}" t where t::text like '%' || $1 || '%'`,
        proof,
      );
      expect([name, found?.n]).toEqual([name, 0]);
    }
    const [message] = await office.rows(
      "select id from messages where template = 'account-reset' order by id desc limit 1",
    );
    const { rendered } = await office.services.mail.show({ id: message?.id as number, actor: by });
    expect(rendered.text).toContain("/admin/link/***");
    expect(rendered.text + rendered.html).not.toContain(proof);
  });

  it("arrives by mail, works, and is in neither the outbox nor the log of the server that sent it", async () => {
    const mailbox = await openMailbox();
    const log = { lines: "" };
    const stream = {
      write(line: string) {
        log.lines += line;
      },
    };
    const mailing = office.instance({ smtpUrl: mailbox.url, log: pino({ level: "trace" }, stream) });
    const email = "by-mail@example.jo";
    const asked = { email, name: "By Mail", language: "ar", programme, by, now: sundayNine } as const;
    expect((await mailing.accounts.invite(asked)).link).toBeNull();
    await mailing.jobs.run("deliver-messages", later(60));
    await mailbox.close();
    const letter = mailbox.letters.find(({ to }) => !Array.isArray(to) && to?.text === email);
    const address = /https:\S+\/admin\/link\/(\S+)/.exec(letter?.text ?? "");
    expect(letter?.html).toContain(address?.[0]);
    const token = address?.[1] ?? "";
    const [row] = await office.rows(
      "select data::text as data, state from messages where receiver_user in (select id from users where email = $1)",
      email,
    );
    expect(row?.state).toBe("sent");
    expect(`${row?.data} ${log.lines}`).not.toContain(token.split(".")[1]);
    await expect(
      mailing.accounts.redeemLink({ token, password, device: null, now: later(120) }),
    ).resolves.toMatchObject({ email });
  });

  it("is handed over only where no mail leaves", async () => {
    const mailing = office.instance({ smtpUrl: "smtp://localhost:2525" }).accounts;
    const { email } = await account({ password: false });
    expect(await mailing.resetFor({ email, by, now: sundayNine })).toEqual({ link: null });
  });

  it("is for whoever may edit users in all programmes of the account", async () => {
    const { email } = await account({ password: false });
    const focal = office.official("focal_point", "CSPD");
    const room = office.official("operation_room");
    const elsewhere: Actor = {
      ...room,
      seats: [{ role: "operation_room", programme: "other", entity: null, sector: null }],
    };
    for (const actor of [focal, elsewhere]) {
      expect((await problemOf(accounts.resetFor({ email, by: actor, now: sundayNine }))).code).toBe("forbidden");
      const again = { email, name: "A", language: "en", programme, by: actor, now: sundayNine } as const;
      expect((await problemOf(accounts.invite(again))).code).toBe("forbidden");
    }
    await expect(accounts.resetFor({ email, by: room, now: sundayNine })).resolves.toBeDefined();
  });

  describe("asked for by the person", () => {
    const letters = async (email: string) =>
      (
        await office.rows(
          `select count(*)::integer as n from messages m join users u on u.id = m.receiver_user
           where m.template = 'account-reset' and u.email = $1`,
          email,
        )
      )[0]?.n as number;
    const ask = (email: string, more: { address?: string; device?: string | null; now?: Date } = {}) =>
      accounts.sendReset({ email, address: `address of ${email}`, device: null, now: sundayNine, ...more });

    it("takes the same time and gives the same answer for anybody", async () => {
      const { email } = await account();
      const started = Date.now();
      expect(await ask("unknown@example.jo")).toBeUndefined();
      expect(Date.now() - started).toBeGreaterThan(350);
      expect(await letters("unknown@example.jo")).toBe(0);
      expect(await ask(email)).toBeUndefined();
      expect(await letters(email)).toBe(1);
    });

    it("however often strangers ask: no flood of letters, no refusal, and a link that works is always there", async () => {
      const { email, userId } = await account();
      const asks = (count: number, now = sundayNine) =>
        Promise.all(Array.from({ length: count }, (_, n) => ask(email, { address: `stranger ${n} ${+now}`, now })));
      await asks(12);
      expect(await letters(email)).toBe(openLinksMost);
      const [newest] = await office.rows(
        `select data->>'link' as id, data->>'nonce' as nonce from messages
         where receiver_user = $1 and template = 'account-reset' order by id desc limit 1`,
        userId,
      );
      const token = accountKeys(keyRing("k".repeat(64))).linkToken({
        id: Number(newest?.id),
        nonce: Buffer.from(newest?.nonce as string, "base64url"),
        key: null,
      });
      expect(await accounts.openLink({ token, now: later(3600) })).toMatchObject({ email });
      // An hour later there are as many again, and no more.
      await asks(12, later(3601));
      expect(await letters(email)).toBe(2 * openLinksMost);
      // Where none is open any more, anybody who asks is sent one at once.
      await accounts.redeemLink({ token, password, device: null, now: later(3602) });
      await ask(email, { now: later(3603) });
      expect(await letters(email)).toBe(2 * openLinksMost + 1);
    });

    it("at a device that the account knows is counted for that device alone, no matter who shares its address", async () => {
      const { email, userId } = await account();
      const { epoch } = await signIn(email);
      const device = accounts.knowDevice({ userId, epoch, device: null, now: sundayNine })?.value as string;
      const address = "shared by a ministry";
      for (let n = 0; n < limits["reset address"].tries; n++) await ask(`nobody-${n}@example.jo`, { address });
      expect((await problemOf(ask(email, { address }))).code).toBe("too-many-requests");
      for (let n = 0; n < 5; n++) await ask(email, { address: `elsewhere ${n}` });
      expect(await letters(email)).toBe(openLinksMost);
      for (let n = 0; n < 6; n++) expect(await ask(email, { address, device })).toBeUndefined();
      expect(await letters(email)).toBe(openLinksMost + limits["reset device"].tries);
    });
  });

  it("is refused for an account that signs in already", async () => {
    const { email } = await account();
    const again = { email, name: "A", language: "en", programme, by, now: sundayNine } as const;
    expect((await problemOf(accounts.invite(again))).code).toBe("conflict");
    expect((await problemOf(accounts.invite({ ...again, email: "x@example.jo", programme: "nowhere" }))).code).toBe(
      "not-found",
    );
  });
});
