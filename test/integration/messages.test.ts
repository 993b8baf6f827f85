/** Delivery against a real SMTP peer and a real outbox. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pino from "pino";
import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import type { MessageIntent } from "../../src/engine/letters/message-intent.js";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";
import { notWritten } from "../../src/engine/letters/message-states.js";
import { createDelivery, maxAttempts, nextAttempt } from "../../src/features/notifications/deliver-messages.js";
import { createMailReader } from "../../src/features/notifications/mail-reader.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import { nothingEnclosed } from "../../src/features/notifications/view-context.js";
import { drawTrend } from "../../src/features/reports/trend-chart.js";
import { connect } from "../../src/platform/db/connect.js";
import { claimMessages, insertMessages } from "../../src/platform/mail/message-store.js";
import { createSmtpTransport } from "../../src/platform/mail/smtp.js";
import type { Transport } from "../../src/platform/mail/transport.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { sampleMessages } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";
import { addCase, openSmallOffice } from "../support/small-office.js";

const now = new Date("2026-11-25T06:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const publicUrl = "https://diwan.example.jo";
const renderer = createRenderer({ publicUrl, drawChart: drawTrend, linkToken: ({ id }) => `${id}.token` });
const setupOf = async () => sampleSetup();
const wordingOf = async () => null;
const [huda, omar, gone] = [1, 2, 3];
const atTheMachine: Actor = { kind: "system", job: "command line" };

let database: TestDatabase;
let mailbox: Mailbox;
let transport: Transport;

beforeAll(async () => {
  database = await createTestDatabase();
  await openSmallOffice(database.db);
  await addCase(database.db, { id: 1, reference: "482-739-1652", email: "citizen@example.com" });
  await addCase(database.db, { id: 2, reference: "615-204-9930", email: null });
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.asOwner("delete from messages");
  mailbox = await openMailbox();
  transport = createSmtpTransport(mailbox.url);
});
afterEach(async () => {
  transport.close();
  await mailbox.close();
});

it("a receiver is one receiver, whatever stands in the address", async () => {
  const asked: string[] = [];
  mailbox.refuse = (address) => {
    asked.push(address);
    return null;
  };
  const letter = { subject: "S", html: "<p>x</p>", text: "x", headers: {}, images: [], messageId: "<one@diwan>" };
  const from = { name: "Diwan", address: "diwan@example.jo" };
  for (const to of ["a,b@c.jo", "Rana <rana@example.jo>, b@c.jo", "x@y.jo;b@c.jo"]) {
    await transport.send({ ...letter, from, to });
  }
  expect(asked).not.toContain("b@c.jo");
  expect(asked).not.toContain("rana@example.jo");
  asked.length = 0;
  expect(await transport.send({ ...letter, from, to: "huda@example.jo" })).toEqual({ kind: "sent" });
  expect(asked).toEqual(["huda@example.jo"]);
});

const noLinks = { planned: async () => new Map() };

const delivery = (over: Partial<Parameters<typeof createDelivery>[0]> = {}) =>
  createDelivery({
    db: database.db,
    log: pino({ level: "silent" }),
    renderer,
    setupOf,
    wordingOf,
    enclose: { in: async () => nothingEnclosed },
    transport,
    textsLeave: false,
    mayGetReceipt: async () => true,
    failForGood: async ({ id, reason }) => {
      const bind = [id, reason];
      await database.db.query(
        "update messages set state = 'failed', last_error = $2, next_attempt_at = null, claimed_until = null where id = $1",
        { bind },
      );
    },
    publicUrl,
    elapsed: () => 0,
    ...over,
  });

function intent(key: string, template: MessageTemplate, receiver: MessageIntent["receiver"]): MessageIntent {
  return { key, template, receiver, language: "ar", data: sampleMessages[template] };
}
const toUser = (userId: number, key = `k/${userId}`, template: MessageTemplate = "official-assigned") =>
  intent(key, template, { kind: "user", userId });
const owe = (...intents: MessageIntent[]) => insertMessages(database.db, { programme: "jordan", intents, now });

async function rows() {
  const [found] = await database.db.query(
    "select key, state, attempts, message_id, last_error, next_attempt_at, sent_at from messages order by id",
  );
  return found as {
    key: string;
    state: string;
    attempts: number;
    message_id: string;
    last_error: string;
    next_attempt_at: Date;
    sent_at: Date;
  }[];
}

describe("a message that is owed", () => {
  it("reaches officials and applicants once, in their form, and is marked", async () => {
    await owe(toUser(huda), intent("k/applicant", "applicant-received", { kind: "applicant", caseId: 1 }));
    expect(await delivery()({ now })).toEqual({ sent: 2, kept: 0, retried: 0, failed: 0 });
    expect(await delivery()({ now: later(500) })).toEqual({ sent: 0, kept: 0, retried: 0, failed: 0 });

    expect(mailbox.letters.map(({ to }) => (Array.isArray(to) ? "" : to?.text)).sort()).toEqual([
      "citizen@example.com",
      "huda@example.jo",
    ]);
    const letter = mailbox.letters.find(({ subject }) => subject?.startsWith("طلب جديد"));
    expect(letter?.from?.value[0]).toEqual({ name: "الخدمات الحكومية", address: "no-reply@diwan.example.jo" });
    expect(letter?.messageId).toMatch(/^<[0-9a-f]{40}@diwan\.example\.jo>$/);
    expect(letter?.headers.get("auto-submitted")).toBe("auto-generated");
    expect(letter?.headers.has("list")).toBe(false);
    expect(letter?.html).toContain('dir="rtl"');
    expect(letter?.text).toContain("482-739-1652");
    for (const row of await rows())
      expect(row).toMatchObject({ state: "sent", attempts: 1, sent_at: now, last_error: null });
  });

  it("is not made twice by the same key", async () => {
    expect(await owe(toUser(huda))).toBe(1);
    expect(await owe(toUser(huda), toUser(omar))).toBe(1);
    expect(await rows()).toHaveLength(2);
  });

  it("is sent once however many instances deliver", async () => {
    await owe(...Array.from({ length: 60 }, (_, i) => toUser(i % 2 === 0 ? huda : omar, `many/${i}`)));
    const reports = await Promise.all([delivery()({ now }), delivery()({ now }), delivery()({ now })]);
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
    expect(new Set(mailbox.letters.map(({ messageId }) => messageId)).size).toBe(60);
    expect(mailbox.letters).toHaveLength(60);
  });

  it("goes out again under the same Message-ID when its sender died before marking", async () => {
    await owe(toUser(huda));
    const [claimed] = await claimMessages(database.db, {
      way: "email",
      now,
      limit: 1,
      claimedUntil: later(2),
      host: "diwan.example.jo",
    });
    expect(claimed?.address).toBe("huda@example.jo");
    expect((await delivery()({ now: later(1) })).sent).toBe(0);
    expect((await delivery({ publicUrl: "https://renamed.example.jo" })({ now: later(2) })).sent).toBe(1);
    expect(mailbox.letters.map(({ messageId }) => messageId)).toEqual([claimed?.messageId]);
  });

  it("is not looked at before its time", async () => {
    await owe(toUser(huda));
    expect((await delivery()({ now: later(-1) })).sent).toBe(0);
  });
});

describe("a digest", () => {
  it("carries its chart inside and can be left", async () => {
    await owe(toUser(huda, "digest/committee/jordan/2026-11-15/user/1", "digest-committee"));
    const unsubscribeUrl = (userId: number, template: string) => `${publicUrl}/leave/${template}/${userId}`;
    await delivery({ unsubscribeUrl })({ now });
    const [letter] = mailbox.letters;
    expect(letter?.attachments).toHaveLength(1);
    expect(letter?.attachments[0]).toMatchObject({
      contentType: "image/png",
      cid: "trend@diwan",
      contentDisposition: "inline",
    });
    expect(letter?.headerLines.find(({ key }) => key === "list-unsubscribe")?.line.replace(/\s+/g, " ")).toBe(
      "List-Unsubscribe: <https://diwan.example.jo/leave/digest-committee/1>, <mailto:no-reply@diwan.example.jo?subject=unsubscribe%20digest-committee>",
    );
    expect(letter?.headerLines.find(({ key }) => key === "list-unsubscribe-post")?.line).toContain("One-Click");
  });
});

describe("trouble", () => {
  it("that passes is tried again later, and then it is sent", async () => {
    await owe(toUser(huda));
    mailbox.refuse = () => 451;
    expect(await delivery()({ now })).toMatchObject({ sent: 0, retried: 1 });
    expect((await rows())[0]).toMatchObject({ state: "pending", attempts: 1, next_attempt_at: later(1) });
    expect((await rows())[0]?.last_error).not.toContain("huda");
    mailbox.refuse = () => null;
    expect((await delivery()({ now: later(0.5) })).sent).toBe(0);
    expect((await delivery()({ now: later(1) })).sent).toBe(1);
  });

  it("that stays is final and visible with its reason, without the address", async () => {
    await owe(toUser(huda), toUser(gone), intent("k/none", "applicant-linked", { kind: "applicant", caseId: 2 }));
    mailbox.refuse = (address) => (address === "huda@example.jo" ? 550 : null);
    expect(await delivery()({ now })).toEqual({ sent: 0, kept: 0, retried: 0, failed: 3 });
    const found = await rows();
    expect(found.map(({ state }) => state)).toEqual(["failed", "failed", "failed"]);
    expect(found[0]?.last_error).toContain("550");
    expect(found[0]?.last_error).not.toContain("huda");
    expect(found.slice(1).map(({ last_error }) => last_error)).toEqual([
      "the receiver's account is disabled",
      "the receiver has no address",
    ]);
    expect(mailbox.letters).toHaveLength(0);
  });

  it.each([
    ["is sent while it can be rated", "state_kind = 'resolved'", "sent"],
    ["lapses once it was rated", "state_kind = 'resolved', rating = 4", "lapsed"],
    ["lapses once it was reopened", "state_kind = 'open'", "lapsed"],
    ["lapses once it was closed", "state_kind = 'final', closed_at = '2026-11-25T06:00:01Z'", "lapsed"],
  ])("of an invitation to rate that had to wait: it %s", async (_, standing, state) => {
    const invited = { kind: "applicant", caseId: 1 } as const;
    await owe(intent("k/rate", "applicant-rate", invited), intent("k/other", "applicant-linked", invited));
    await database.asOwner(`update cases set ${standing} where id = 1`);
    await delivery()({ now: later(1) });
    expect((await rows()).map((row) => row.state)).toEqual([state, "sent"]);
    await database.asOwner("update cases set state_kind = 'open', rating = null, closed_at = null where id = 1");
  });

  it("at the mail server costs one batch its attempt, not all messages", async () => {
    await owe(...Array.from({ length: 25 }, (_, i) => toUser(huda, `away/${i}`)));
    const nowhere = createSmtpTransport("smtp://127.0.0.1:9");
    expect(await delivery({ transport: nowhere })({ now })).toEqual({ sent: 0, kept: 0, retried: 10, failed: 0 });
    nowhere.close();
    expect((await rows()).filter(({ attempts }) => attempts > 0)).toHaveLength(10);
    expect((await delivery()({ now: later(1) })).sent).toBe(25);
  });

  it("with the letter itself is recorded and tried again, and others go on", async () => {
    await owe({ ...toUser(huda, "bad", "digest-focal-point"), data: {} }, toUser(omar, "good"));
    expect(await delivery()({ now })).toMatchObject({ sent: 1, retried: 1 });
    expect((await rows())[0]?.last_error).toContain("cannot be rendered");
  });

  it("is given up after ten attempts, over more than a day", async () => {
    const waits = Array.from({ length: maxAttempts }, (_, i) => {
      const next = nextAttempt(i + 1, now);
      return next === null ? null : (next.getTime() - now.getTime()) / 60_000;
    });
    expect(waits).toEqual([1, 5, 15, 60, 240, 240, 240, 240, 240, null]);
    await owe(toUser(huda));
    await database.db.query(`update messages set attempts = ${maxAttempts - 1}`);
    mailbox.refuse = () => 451;
    expect(await delivery()({ now })).toMatchObject({ failed: 1 });
  });
});

describe("a letter that somebody waits for", () => {
  const backlog = (count: number, template: MessageTemplate = "official-assigned") =>
    database.db.query(
      `insert into messages (key, programme, template, receiver_user, language, data, created_at, state, next_attempt_at)
       select 'backlog/' || $1 || '/' || n, 'jordan', $1, ${huda}, 'ar', $2::jsonb, $3, 'pending', $3 from generate_series(1, $4) n`,
      { bind: [template, JSON.stringify(sampleMessages[template]), later(-60), count] },
    );
  const told = () => mailbox.letters.map(({ to }) => (Array.isArray(to) ? "" : to?.text));

  it("goes before thousands that have waited for an hour", async () => {
    await backlog(5000);
    await owe(toUser(omar, "reset", "account-reset"), toUser(omar, "invitation", "account-invitation"));
    expect(await delivery()({ now, limit: 10 })).toMatchObject({ sent: 10 });
    const sent = (await rows()).filter(({ state }) => state === "sent").map(({ key }) => key);
    expect(sent).toEqual(expect.arrayContaining(["reset", "invitation"]));
    expect(told().filter((to) => to === "omar@example.jo")).toHaveLength(2);
  });

  it("is seen by a run that is at a backlog already", async () => {
    await backlog(60);
    let [passed, asked] = [0, false];
    mailbox.beforeAcknowledge = async () => {
      passed += 1000;
      if (asked || mailbox.letters.length < 5) return;
      asked = true;
      await insertMessages(database.db, {
        programme: "jordan",
        intents: [toUser(omar, "reset", "account-reset")],
        now: new Date(now.getTime() + passed),
      });
    };
    expect(await delivery({ elapsed: () => passed })({ now, limit: 40 })).toMatchObject({ sent: 40 });
    // After those that were being handed over, and not after the run.
    expect(told().indexOf("omar@example.jo")).toBeGreaterThanOrEqual(10);
    expect(told().indexOf("omar@example.jo")).toBeLessThan(20);
  });

  it("and cannot be sent keeps neither the others away nor one that was not tried yet", async () => {
    await backlog(30, "account-invitation");
    await backlog(30);
    mailbox.refuse = (address) => (address === "huda@example.jo" ? 451 : null);
    await delivery()({ now, limit: 20 });
    const attempts = async (template: string) => {
      const [found] = await database.db.query(
        "select sum(attempts)::integer as n, max(attempts) as most from messages where template = $1",
        { bind: [template] },
      );
      return (found as { n: number; most: number }[])[0];
    };
    expect(await attempts("account-invitation")).toEqual({ n: 14, most: 1 });
    expect(await attempts("official-assigned")).toEqual({ n: 6, most: 1 });
    // All that failed is due again; what is new goes first nevertheless.
    await database.db.query("update messages set attempts = 3 where template = 'account-invitation'");
    await owe(toUser(omar, "reset", "account-reset"));
    await delivery()({ now: later(10), limit: 10 });
    expect(told()).toEqual(["omar@example.jo"]);
  });
});

describe("a message that cannot be rendered", () => {
  it("waits with a reason that quotes nothing, and so does the log", async () => {
    await owe(toUser(huda));
    const refused = Object.assign(new Error('invalid input syntax for type integer: "Rana Haddad"'), {
      name: "error",
      code: "22P02",
      detail: "Rana Haddad",
    });
    const broken = {
      ...renderer,
      render: () => {
        throw refused;
      },
    };
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => lines.push(line) });
    expect(await delivery({ renderer: broken, log })({ now })).toMatchObject({ retried: 1 });
    expect((await rows())[0]?.last_error).toBe("cannot be rendered: database error 22P02");
    expect(lines.join()).toContain("a message cannot be rendered");
    expect(lines.join()).not.toContain("Haddad");
  });
});

describe("who reads messages", () => {
  const seat = (role: HeldSeat["role"], entity: string | null, programme = "jordan"): Actor => ({
    kind: "user",
    userId: 9,
    name: "x",
    seats: [{ role, programme, entity, sector: null }],
  });
  const readers: [string, Actor, string[]][] = [
    ["whoever works at the machine, all but the secret", atTheMachine, ["none", "open", "told"]],
    ["the operation room, likewise", seat("operation_room", null), ["none", "open", "told"]],
    ["a handler, what is about the own cases, secret or not", seat("focal_point", "MOH"), ["open", "secret", "told"]],
    ["a handler of another entity, nothing", seat("focal_point", "MWI"), []],
    ["a minister, no secrets", seat("minister", "MOH"), ["open", "told"]],
    ["another programme's operation room, nothing", seat("operation_room", null, "boston311"), []],
    ["an applicant, nothing", { kind: "applicant" }, []],
  ];
  it.each(readers)("%s", async (_, actor, expected) => {
    await database.asOwner("delete from cases where id = 3");
    await database.asOwner("delete from applicants where case_id = 3");
    const owner = connect(database.ownerUrl, { max: 1, name: "owner" });
    await owner.query("delete from applications where id = 3");
    await owner.close();
    await addCase(database.db, { id: 3, reference: "333-333-3333", confidential: true });
    await owe(
      toUser(huda, "none", "digest-focal-point"),
      intent("told", "applicant-received", { kind: "applicant", caseId: 1 }),
      toUser(huda, "open"),
      toUser(omar, "secret"),
      intent("secret-applicant", "applicant-received", { kind: "applicant", caseId: 3 }),
    );
    await database.asOwner("update messages set case_id = 1 where key = 'open'");
    await database.asOwner("update messages set case_id = 3 where key = 'secret'");
    const reader = createMailReader({ db: database.db, renderer, setupOf, wordingOf, links: noLinks });
    const listed = (await reader.list({ actor })).map(({ key }) => key);
    const secrets = expected.includes("secret") ? ["secret-applicant"] : [];
    expect([...listed].sort()).toEqual([...expected, ...secrets].sort());
    const [all] = await database.db.query("select id, key from messages");
    for (const { id, key } of all as { id: number; key: string }[]) {
      const shown = await reader.show({ id, actor }).then(
        () => true,
        (error) => (error as { code: string }).code !== "not-found",
      );
      expect([key, shown]).toEqual([key, listed.includes(key)]);
    }
  });
});

describe("without a mail server", () => {
  it("messages are kept and can be read", async () => {
    await owe(toUser(huda), intent("k/applicant", "applicant-received", { kind: "applicant", caseId: 1 }));
    expect(await delivery({ transport: null })({ now })).toEqual({ sent: 0, kept: 2, retried: 0, failed: 0 });
    const reader = createMailReader({ db: database.db, renderer, setupOf, wordingOf, links: noLinks });
    const listed = await reader.list({ actor: atTheMachine, state: "kept" });
    expect(listed.map(({ template, receiverName, reference }) => [template, receiverName, reference])).toEqual([
      ["applicant-received", null, "482-739-1652"],
      ["official-assigned", "هدى", null],
    ]);
    expect(listed[1]?.subject).toBe("طلب جديد \u2068482-739-1652\u2069");
    expect(await reader.list({ actor: atTheMachine, state: "sent" })).toEqual([]);
    const { message, rendered } = await reader.show({ id: listed[1]?.id ?? 0, actor: atTheMachine });
    expect(message.state).toBe("kept");
    expect(rendered.html).toContain("482-739-1652");
    await expect(reader.show({ id: 999_999_999, actor: atTheMachine })).rejects.toMatchObject({ code: "not-found" });
  });

  it("the demo puts them into a mailbox of its own, unrendered, and says so; nowhere else does anything count as sent", async () => {
    await owe(toUser(huda), { ...toUser(omar, "bad", "digest-focal-point"), data: {} });
    const demo = { transport: null, ownMailbox: true };
    expect(await delivery(demo)({ now })).toEqual({ sent: 2, kept: 0, retried: 0, failed: 0 });
    await insertMessages(database.db, { programme: "jordan", intents: [toUser(gone)], now, state: "sent" });
    const listed = await createMailReader({ db: database.db, renderer, setupOf, wordingOf, links: noLinks }).list({
      actor: atTheMachine,
    });
    const there = { state: "sent", sentAt: now, ownMailbox: true };
    expect(listed).toMatchObject([there, there, there]);
    // With a mail server the demo is as any other.
    await owe(toUser(huda, "again"));
    expect(await delivery({ ownMailbox: true })({ now })).toMatchObject({ sent: 1 });
    expect(mailbox.letters).toHaveLength(1);
    const [newest] = await createMailReader({ db: database.db, renderer, setupOf, wordingOf, links: noLinks }).list({
      actor: atTheMachine,
    });
    expect(newest).toMatchObject({ state: "sent", ownMailbox: false });
  });

  it("one that cannot be rendered does not hide the others", async () => {
    await owe({ ...toUser(huda, "bad", "digest-focal-point"), data: {} }, toUser(omar, "good"));
    const listed = await createMailReader({ db: database.db, renderer, setupOf, wordingOf, links: noLinks }).list({
      actor: atTheMachine,
    });
    expect(listed).toHaveLength(2);
    expect(listed[1]?.subject).toBeNull();
    const asked = { id: listed[1]?.id ?? 0, actor: atTheMachine };
    const reader = createMailReader({ db: database.db, renderer, setupOf, wordingOf, links: noLinks });
    expect(await reader.one(asked)).toMatchObject({ subject: null, template: "digest-focal-point" });
    expect(await reader.one({ ...asked, id: 999_999_999 })).toBeNull();
    await expect(reader.show(asked)).rejects.toMatchObject({ code: "not-now", detail: notWritten });
  });
});
