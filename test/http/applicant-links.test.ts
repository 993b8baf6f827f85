/** Links in letters to applicants, over http: from the letter to what they open, and everything by which one must open nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import { applicantKeys } from "../../src/engine/applicant/applicant-keys.js";
import { keyRing } from "../../src/engine/text/key-ring.js";
import { setUnproven } from "../../src/features/cases/follow/contact-store.js";
import { revokeLinks } from "../../src/features/cases/follow/link-store.js";
import { createMessageLinks } from "../../src/features/cases/follow/message-links.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import { openPortalApp, type PortalApp, type PortalVisitor } from "../support/portal-app.js";
import { followed } from "../support/portal-ways.js";
import { complaint, problemOf, sundayNine, unknownReference } from "../support/working-office.js";

let app: PortalApp;
let mailbox: Mailbox;
const logged: string[] = [];
beforeAll(async () => {
  mailbox = await openMailbox();
  const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
  app = await openPortalApp({
    parts: { smtpUrl: mailbox.url, publicUrl: "http://diwan.example.jo/", log },
    trustProxy: true,
  });
  // Letters with a link, without waiting for a day.
  await app.office.asOwner(
    `update programmes set settings = settings || '{"ratingInviteHours": 0}' where code = 'jordan'`,
  );
});
afterAll(async () => {
  await app.close();
  await mailbox.close();
});
beforeEach(() => {
  app.setNow(sundayNine);
  mailbox.letters.length = 0;
});

const until = async (is: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await is()); tries++) {
    if (tries > 500) throw new Error("waited for nothing");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);
const days = (n: number): Date => minutes(n * 1440);

/** Sends what is due, and gives the tokens in the letter of that kind of title. */
async function letterTo(email: string, title: RegExp): Promise<string> {
  await app.services.handlers["enforce-deadlines"]?.(app.now());
  await app.services.handlers["deliver-messages"]?.(app.now());
  const letter = mailbox.letters
    .filter(({ to, subject }) => JSON.stringify(to).includes(email) && title.test(String(subject)))
    .at(-1);
  if (letter === undefined)
    throw new Error(`no letter ${title}: ${mailbox.letters.map(({ subject }) => subject).join()}`);
  return String(letter.text);
}
const tokensIn = (text: string): string[] => [...text.matchAll(/\/t\/([\w-]+)/g)].map(([, token]) => token as string);
const tokenIn = (text: string): string => tokensIn(text)[0] ?? "none";

let sent = 0;
const somebody = () => `somebody-${++sent}@example.com`;

/** An application by somebody who pressed the button of the receipt. */
async function proven(input = {}) {
  const email = somebody();
  const keys = await app.office.receive({ applicant: { name: "Rana", email }, ...input });
  const token = tokenIn(await letterTo(email, /We received|استلمنا/));
  const who = app.visitor();
  await who.get(`/t/${token}`);
  const { status } = await who.post(`/en/follow/${keys.reference}/confirm`, { go: "on", by: "link" });
  expect(status).toBe(200);
  return { ...keys, email, prove: token };
}
const focal = () => app.office.official("focal_point", "CSPD");
async function answered(at = minutes(10), input = {}) {
  const one = await proven(input);
  await app.office.act(one.reference, focal(), "answer", { answer: "We repaired the door." }, at);
  app.setNow(at);
  const text = await letterTo(one.email, /How was the answer|ما تقييمك/);
  return { ...one, token: tokenIn(text), text };
}

/** All that the database holds of a case's own rows, and counters. */
const whole = async () =>
  JSON.stringify(
    await app.office.asOwner(
      `select (select json_agg(l order by l.id) from case_links l) as links, (select json_agg(p order by p.id) from contact_proofs p) as proofs,
        (select json_agg(a order by a.case_id) from applicants a) as applicants, (select count(*) from case_events) as events,
        (select count(*) from messages) as messages, (select json_agg(f order by f.key) from sign_in_failures f) as counters,
        (select json_agg(c.xmin::text order by c.id) from cases c) as cases, (select count(*) from act_drafts) as drafts`,
    ),
  );

const open = async (token: string): Promise<{ who: PortalVisitor; location: string; status: number }> => {
  const who = app.visitor();
  const { status, headers } = await who.get(`/t/${token}`);
  return { who, status, location: String(headers.location) };
};

describe("a link", () => {
  it("is in letters to a proven address alone, short, unguessable, and kept as a hash", async () => {
    const email = somebody();
    const { reference } = await app.office.receive({ applicant: { name: "Rana", email } });
    const receipt = await letterTo(email, /We received|استلمنا/);
    const [only, ...others] = tokensIn(receipt);
    expect(others).toEqual([]);
    // It proves, and opens nothing.
    const { who, location } = await open(String(only));
    expect(location).toMatch(new RegExp(`/follow/${reference}/confirm$`));
    expect((await who.get(`/en/follow/${reference}`)).text).toContain('name="code"');
    const { token, text } = await answered();
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(Buffer.from(token, "base64url").length * 8).toBe(128);
    expect(text).toContain("without the code");
    const rows = await app.office.rows("select token_hash from case_links");
    expect(JSON.stringify(rows)).not.toContain(token);
    const all = new Set<string>();
    for (let n = 0; n < 3; n++) all.add((await answered()).token);
    expect(all.size).toBe(3);
  });

  it("says that a call was promised, and no number", async () => {
    const { reference, token, caseId } = await answered();
    await app.office.asOwner("update applicants set phone = '+962791234567' where case_id = $1", caseId);
    const { callBacks } = app.services.contactCentre;
    await callBacks.ask({ reference, note: "", actor: focal(), now: minutes(20) });
    const { who } = await open(token);
    const { text } = await who.get(`/en/follow/${reference}`);
    expect(text).toContain("We will call you by Monday 23 November 2026, 09:20.");
    expect(text).not.toMatch(/1234567|567</);
  });

  it("leads to the form of the rating, which is sent once, and says by what it came", async () => {
    const { reference, token } = await answered();
    const { who, location, status } = await open(token);
    expect([status, location]).toEqual([303, `/en/follow/${reference}/do/rate`]);
    const page = await who.get(location);
    expect(page.text).toContain('name="rating"');
    expect(page.text).not.toContain(token);
    const rated = await who.post(location, { rating: "4", go: "on" });
    expect(rated.headers.location).toBe(`/en/follow/${reference}?done=rate#said`);
    const event = (await app.office.events(reference)).find(({ type }) => type === "case.rated");
    expect(event?.data).toMatchObject({ rating: 4, by: "link" });
    const room = app.office.official("operation_room");
    const told = await app.services.cases.timeline({ reference, actor: room, part: "conversation", before: 1000 });
    expect(JSON.stringify(told)).toContain("The applicant (by a link)");
    // Replayed in another browser.
    const again = await open(token);
    const replay = await again.who.post(`/en/follow/${reference}/do/rate`, { rating: "1", go: "on" });
    expect(replay.status).toBe(303);
    expect((await app.office.caseRow(reference)).rating).toBe(4);
  });

  it("does each thing once: two browsers that reply at the same moment send one message", async () => {
    const { reference, email } = await proven();
    await app.office.act(reference, focal(), "ask", { question: "Which door?" }, minutes(5));
    app.setNow(minutes(5));
    const token = tokenIn(await letterTo(email, /question|سؤال/i));
    const both = [await open(token), await open(token)];
    expect(both.map(({ location }) => location)).toEqual(Array(2).fill(`/en/follow/${reference}/do/reply`));
    const done = await Promise.all(
      both.map(({ who, location }, n) => who.post(location, { reply: `The door ${n}.`, go: "on" })),
    );
    expect(done.filter(({ headers }) => String(headers.location).includes("done=reply"))).toHaveLength(1);
    expect((await app.office.events(reference)).filter(({ type }) => type === "applicant.replied")).toHaveLength(1);
    // More by the same link asks for the code.
    const more = await both[0]?.who.get(`/en/follow/${reference}/do/add_information`);
    expect(more?.text).toContain('name="code"');
  });

  it("shows nothing that the applicant wrote, and no withdrawal, until the code is typed on the page", async () => {
    const { reference, token, code } = await answered();
    const { who } = await open(token);
    const page = (await who.get(`/en/follow/${reference}`)).text;
    expect(page).toContain("We repaired the door.");
    for (const own of [complaint.subject, complaint.description.slice(0, 20), "Rana", "example.com"])
      expect(page).not.toContain(own);
    expect(page).toContain('name="code"');
    const reopen = await who.get(`/en/follow/${reference}/do/reopen`);
    expect(reopen.text).toContain('name="code"');
    expect(reopen.text).toContain("This needs your code");
    const asked = await who.post(`/en/follow/${reference}/do/reopen`, {
      reason: "It broke again after a day.",
      go: "on",
    });
    expect(asked.text).toContain("It broke again");
    expect((await app.office.caseRow(reference)).state).toBe("resolved");
    const refused = app.services.cases.performAsApplicant({
      reference,
      link: token,
      action: "reopen",
      fields: { reason: "It broke again after a day." },
      now: app.now(),
    });
    expect((await problemOf(refused)).code).toBe("forbidden");
    const opened = await who.post("/en/follow", {
      reference,
      code,
      act: "reopen",
      "kept.reason": "It broke again after a day.",
    });
    expect(opened.headers.location).toBe(`/en/follow/${reference}/do/reopen`);
    expect((await who.get(`/en/follow/${reference}`)).text).toContain(complaint.subject);
  });

  it("changes no row, however often programs follow it", async () => {
    const { token, reference, prove } = await answered();
    const other = await proven();
    const before = await whole();
    for (let n = 0; n < 10; n++) {
      expect((await open(token)).status).toBe(303);
      expect((await open(other.prove)).status).toBe(303);
      expect((await app.visitor().agent.head(`/t/${token}`)).status).toBe(303);
      const { who } = await open(token);
      await who.get(`/en/follow/${reference}`);
      await who.get(`/en/follow/${reference}/do/rate`);
      await open(prove);
    }
    expect(await whole()).toBe(before);
  });

  it("ends: by its time, by the applicant, by the office, by another address, by one that refuses letters", async () => {
    const opens = async (token: string, reference: string) => {
      const { location, who } = await open(token);
      const page = await who.get(location);
      return location.includes("link=over")
        ? page.text.includes("no longer works") && page.text.includes('name="code"') && "over"
        : location.includes(reference);
    };
    const timed = await answered();
    expect(await opens(timed.token, timed.reference)).toBe(true);
    app.setNow(days(31));
    expect(await opens(timed.token, timed.reference)).toBe("over");
    app.setNow(sundayNine);

    const own = await answered();
    const who = await followed(app, own);
    const page = (await who.get(`/en/follow/${own.reference}`)).text;
    expect(page).toContain("Cancel the links we sent");
    const stays = await open(own.token);
    expect((await who.post(`/en/follow/${own.reference}/links`)).headers.location).toBe(
      `/en/follow/${own.reference}?done=ended#said`,
    );
    expect(await opens(own.token, own.reference)).toBe("over");
    const [unproven] = await app.office.rows("select email_proven_at from applicants where email = $1", own.email);
    expect(unproven).toEqual({ email_proven_at: null });
    // A browser that came by it before is let go as well.
    expect((await stays.who.get(`/en/follow/${own.reference}`)).text).toContain("no longer works");

    const offices = await answered();
    expect(
      await app.services.applicantLinks.revoke({
        reference: offices.reference,
        by: { actor: focal() },
        now: app.now(),
      }),
    ).toBeGreaterThan(0);
    expect(await opens(offices.token, offices.reference)).toBe("over");
    const stranger = app.services.applicantLinks.revoke({
      reference: offices.reference,
      by: { actor: app.office.official("focal_point", "MOH") },
      now: app.now(),
    });
    expect((await problemOf(stranger)).code).toBe("not-found");
    const auditor = app.services.applicantLinks.revoke({
      reference: offices.reference,
      by: { actor: app.office.official("auditor") },
      now: app.now(),
    });
    expect((await problemOf(auditor)).code).toBe("forbidden");

    const moved = await answered();
    await app.office.asOwner("update applicants set email = 'new@example.com' where email = $1", moved.email);
    expect(await opens(moved.token, moved.reference)).toBe("over");
    const [row] = await app.office.rows("select email_proven_at from applicants where email = 'new@example.com'");
    expect(row).toEqual({ email_proven_at: null });

    const wrong = await answered();
    mailbox.refuse = (address) => (address === wrong.email ? 550 : null);
    await app.office.applicantActs(wrong, "reopen", { reason: "It broke again after a day." }, minutes(20));
    await app.office.act(wrong.reference, focal(), "ask", { question: "Which door?" }, minutes(21));
    app.setNow(minutes(22));
    await app.services.handlers["deliver-messages"]?.(app.now());
    mailbox.refuse = () => null;
    expect(await opens(wrong.token, wrong.reference)).toBe("over");
    const [refused] = await app.office.rows("select email_proven_at from applicants where email = $1", wrong.email);
    expect(refused).toEqual({ email_proven_at: null });
  });

  it("opens one application alone, and nothing that was guessed; guessing is counted", async () => {
    const one = await answered();
    const other = await answered();
    const foreign = app.services.cases.followPage({ reference: other.reference, link: one.token, now: app.now() });
    expect((await problemOf(foreign)).code).toBe("not-found");
    const { who } = await open(one.token);
    expect((await who.get(`/en/follow/${other.reference}`)).text).toContain('name="code"');
    const guesser = (token: string) =>
      app.visitor().agent.get(`/t/${token}`).set({ "x-forwarded-for": "203.0.113.9", "accept-language": "en" });
    const guess = await guesser(Buffer.alloc(16, 7).toString("base64url"));
    expect([guess.status, guess.headers.location]).toEqual([303, "/en/follow?link=unknown"]);
    expect((await app.visitor().get("/en/follow?link=unknown")).text).toContain("could not find this link");
    for (const odd of ["x", "../admin", "a".repeat(300), "%00", one.token.toLowerCase(), `${one.token}A`])
      expect([303, 404, 400]).toContain((await guesser(encodeURIComponent(odd))).status);
    for (let n = 0; n < 60; n++) await guesser(`${"A".repeat(20)}${10 + n}`);
    const stopped = await guesser("A".repeat(22));
    expect(stopped.status).toBe(429);
    // Who has a link is not stopped by others who guess behind the same address.
    expect((await guesser(one.token)).status).toBe(303);
  });

  it("says nothing to other sites, and is kept by no cache", async () => {
    const { token } = await answered();
    const { headers } = await app.visitor().get(`/t/${token}`);
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cache-control"]).toBe("no-store");
    expect(String(headers["set-cookie"])).toMatch(/HttpOnly/);
    expect(String(headers["set-cookie"])).not.toContain(token);
  });

  it("is never for confidential cases, in letters or after one became confidential", async () => {
    const { reference, token } = await answered();
    const [row] = await app.office.rows(
      "select m.id from messages m join cases c on c.id = m.receiver_case where c.reference = $1 order by m.id desc limit 1",
      reference,
    );
    const links = linksOf("k".repeat(64));
    const asked = { id: Number(row?.id), way: "email", now: app.now() } as const;
    // The same for a retry of the same letter.
    expect(await links.forMessage(asked)).toEqual({ purpose: "open", token });
    await app.office.asOwner("update cases set confidential = true where reference = $1", reference);
    expect((await open(token)).location).toContain("link=over");
    expect(await links.forMessage(asked)).toBeNull();
    expect((await links.planned({ ids: [asked.id], way: "email" })).get(asked.id)).toMatchObject({ purpose: "open" });
  });

  it("is in no letter that was being written while links were ended, whichever came first", async () => {
    const { db } = app.office;
    const newest = async (reference: string) => {
      const [row] = await app.office.rows(
        "select m.id, m.receiver_case from messages m join cases c on c.id = m.receiver_case where c.reference = $1 order by m.id desc limit 1",
        reference,
      );
      return { id: Number(row?.id), caseId: Number(row?.receiver_case) };
    };
    const working = (caseId: number) =>
      app.office.rows(
        "select id from case_links where case_id = $1 and purpose = 'open' and revoked_at is null",
        caseId,
      );
    // A message that was never tried: the ending is under way when its link is stored.
    const first = await proven();
    await app.office.act(first.reference, focal(), "ask", { question: "Which door?" }, minutes(5));
    const { id, caseId } = await newest(first.reference);
    const ending = await db.transaction();
    await setUnproven(db, ending, { caseId, way: "email" });
    const written = linksOf("k".repeat(64)).forReceiver({ id, way: "email", now: minutes(6) });
    await until(async () => {
      const waits = await app.office.asOwner("select 1 from pg_stat_activity where wait_event_type = 'Lock'");
      return waits.length > 0;
    });
    await revokeLinks(db, { caseId, by: "applicant", now: minutes(6) }, ending);
    await ending.commit();
    // It quotes nothing either: the address is nobody's any more.
    expect(await written).toEqual({ link: null, proven: false });
    expect(await working(caseId)).toEqual([]);
    // The other way round: the link is stored, and ended.
    const second = await proven();
    await app.office.act(second.reference, focal(), "ask", { question: "Which door?" }, minutes(5));
    const other = await newest(second.reference);
    const link = await linksOf("k".repeat(64)).forMessage({ id: other.id, way: "email", now: minutes(6) });
    expect(link?.purpose).toBe("open");
    const { code, reference } = second;
    await app.services.applicantLinks.revoke({ reference, by: { code }, now: minutes(6) });
    expect(await working(other.caseId)).toEqual([]);
    expect((await open(String(link?.token))).location).toContain("link=over");
  });

  it("that never was is ended too: the confirmation alone, and the case records it", async () => {
    const { reference, code } = await proven();
    const { applicantLinks } = app.services;
    expect(await applicantLinks.revoke({ reference, by: { code }, now: minutes(1) })).toBe(0);
    const told = async () =>
      (await app.office.events(reference)).filter(({ type }) => type === "links.revoked").map(({ data }) => data);
    expect(await told()).toEqual([{ count: 0, by: "applicant", unproven: ["email"] }]);
    // Nothing was left to end.
    expect(await applicantLinks.revoke({ reference, by: { code }, now: minutes(2) })).toBe(0);
    expect(await told()).toHaveLength(1);
  });

  it("outlives an exchange of keys, and a retry after it makes the one that was sent", async () => {
    const { reference, token } = await answered();
    const [row] = await app.office.rows(
      "select m.id from messages m join cases c on c.id = m.receiver_case where c.reference = $1 order by m.id desc limit 1",
      reference,
    );
    const asked = { id: Number(row?.id), way: "email", now: app.now() } as const;
    expect(await linksOf(`2027:${"n".repeat(64)},old:${"k".repeat(64)}`).forMessage(asked)).toEqual({
      purpose: "open",
      token,
    });
    // The former key is gone: another link for the retry, and the one that was sent opens still.
    const other = await linksOf("n".repeat(64)).forMessage(asked);
    expect(other?.token).not.toBe(token);
    for (const one of [token, String(other?.token)]) expect((await open(one)).location).toContain(reference);
    expect(
      await createMessageLinks({ db: app.office.db, keys: () => null, setupOf: app.services.setup.of }).forMessage(
        asked,
      ),
    ).toBeNull();
  });
});

const linksOf = (sessionSecret: string) =>
  createMessageLinks({
    db: app.office.db,
    keys: () => applicantKeys(keyRing(sessionSecret)),
    setupOf: app.services.setup.of,
  });

describe("proving", () => {
  it("takes six digits that were sent to the address, five tries, half an hour, the newest alone", async () => {
    const email = somebody();
    const keys = await app.office.receive({ applicant: { name: "Rana", email } });
    const who = await followed(app, keys);
    const confirm = `/en/follow/${keys.reference}/confirm`;
    expect((await who.get(`/en/follow/${keys.reference}`)).text).toContain("Not confirmed");
    expect((await who.post(confirm, { send: "1" })).headers.location).toBe(`${confirm}?way=email&done=sent#said`);
    const digitsIn = async () =>
      /^\s*(\d{6})\s*$/m.exec(await letterTo(email, /code to confirm|رمز تأكيد/))?.[1] ?? "none";
    const first = await digitsIn();
    expect(first).toMatch(/^\d{6}$/);
    app.setNow(minutes(1));
    await who.post(confirm, { send: "1" });
    const second = await digitsIn();
    expect(second).not.toBe(first);
    expect((await who.post(confirm, { digits: first, go: "on" })).status).toBe(422);
    for (let n = 0; n < 4; n++) expect((await who.post(confirm, { digits: "000000", go: "on" })).status).toBe(422);
    // The sixth is too many, though it is right.
    expect((await who.post(confirm, { digits: second, go: "on" })).status).toBe(422);
    await who.post(confirm, { send: "1" });
    const third = await digitsIn();
    app.setNow(minutes(40));
    expect((await who.post(confirm, { digits: third, go: "on" })).status).not.toBe(303);
    const anew = await followed(app, keys);
    await anew.post(confirm, { send: "1" });
    const fourth = await digitsIn();
    const arabic = fourth.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d)));
    expect((await anew.post(confirm, { digits: ` ${arabic} `, go: "on" })).headers.location).toBe(
      `/en/follow/${keys.reference}?done=proven#said`,
    );
    expect((await anew.get(`/en/follow/${keys.reference}`)).text).toContain("Confirmed on");
    const event = (await app.office.events(keys.reference)).find(({ type }) => type === "contact.proven");
    expect(event?.data).toEqual({ way: "email", by: "code" });
    // Used up, and no more are needed.
    expect((await anew.post(confirm, { digits: fourth, go: "on" })).status).not.toBe(303);
    expect((await anew.get(confirm)).headers.location).toBe(`/en/follow/${keys.reference}`);
  });

  it("is by no press of a link where an agent heard the address: who has a misheard one is a stranger", async () => {
    const email = somebody();
    const agent = app.office.official("contact_centre_agent");
    const story = { story: "راجعت دائرة الأحوال المدنية ثلاث مرات ولم يستلم أحد معاملتي.", type: "complaint" };
    const typed = { ...story, entity: "CSPD", governorate: "AMM", name: "هدى", email, language: "en" };
    const call = { token: "a-token-of-a-call-1", programme: "jordan", actor: agent, now: sundayNine, typed };
    const keys = await app.services.contactCentre.calls.save(call);
    const receipt = await letterTo(email, /We received/);
    expect(receipt).toContain(keys.reference);
    expect(receipt).not.toMatch(/\/t\/|confirm/i);
    // Who has the code confirms it by the digits, and then letters open the application.
    const who = await followed(app, keys);
    const confirm = `/en/follow/${keys.reference}/confirm`;
    expect((await who.get(`/en/follow/${keys.reference}`)).text).toContain(`${confirm}?way&#x3D;email`);
    await who.post(confirm, { way: "email", send: "1" });
    const digits = /^\s*(\d{6})\s*$/m.exec(await letterTo(email, /code to confirm/))?.[1] ?? "none";
    const proved = await who.post(confirm, { way: "email", digits, go: "on" });
    expect(proved.headers.location).toBe(`/en/follow/${keys.reference}?done=proven#said`);
    await app.office.act(keys.reference, focal(), "answer", { answer: "It was repaired." }, minutes(5));
    app.setNow(minutes(5));
    expect(tokensIn(await letterTo(email, /answered|How was/))).not.toEqual([]);
  });

  it("is not by a link that such an address was sent before either, looked at or pressed", async () => {
    const email = somebody();
    const { reference } = await app.office.receive({ applicant: { name: "Huda", email } });
    const token = tokenIn(await letterTo(email, /We received/));
    const { who } = await open(token);
    // As letters to callers had links once.
    const heard = "update applications set channel = $2 where id = (select id from cases where reference = $1)";
    const [channel] = await app.office.rows("select code from channels where kind = 'contactCentre'");
    await app.office.asOwner(heard, reference, channel?.code);
    expect((await open(token)).location).toContain("link=over");
    const confirm = `/en/follow/${reference}/confirm`;
    expect((await who.get(confirm)).status).toBe(410);
    expect((await who.post(confirm, { go: "on", by: "link" })).status).toBe(410);
    const [row] = await app.office.rows("select email_proven_at from applicants where email = $1", email);
    expect(row).toEqual({ email_proven_at: null });
  });

  it("is by the link in the letter of a second matter too, where the applicant typed the address", async () => {
    const email = somebody();
    const { reference } = await app.office.receive({ applicant: { name: "Rana", email } });
    const second = { reason: "Two matters.", subject: "The lift", description: "The lift was out of order." };
    await app.office.act(reference, focal(), "split", second, minutes(5));
    app.setNow(minutes(5));
    const letter = await letterTo(email, /divided/);
    expect((await open(tokenIn(letter))).location).toMatch(/\/confirm$/);
  });

  it("sends so many a day and no more, and nothing without the code of the application", async () => {
    const email = somebody();
    const keys = await app.office.receive({ applicant: { name: "Rana", email } });
    const who = await followed(app, keys);
    const confirm = `/en/follow/${keys.reference}/confirm`;
    for (let n = 0; n < 5; n++) expect((await who.post(confirm, { send: "1" })).status).toBe(303);
    expect((await who.post(confirm, { send: "1" })).status).toBe(429);
    const stranger = app.visitor();
    expect((await stranger.post(confirm, { send: "1" })).status).toBe(401);
    expect((await stranger.post(confirm, { digits: "123456", go: "on" })).status).toBe(401);
    const wrong = app.services.applicantLinks.sendCode({
      reference: keys.reference,
      way: "email",
      by: { code: "AAAA-AAAA-AAAA" },
      now: app.now(),
    });
    expect((await problemOf(wrong)).code).toBe("not-found");
    const nobody = app.services.applicantLinks.sendCode({
      reference: keys.reference,
      way: "email",
      by: { actor: focal() },
      now: app.now(),
    });
    expect((await problemOf(nobody)).code).toBe("not-found");
  });
});

describe("letters about an application", () => {
  const ways = async (who: PortalVisitor, reference: string) =>
    /<section aria-labelledby="ways">[\s\S]*?<\/section>/
      .exec((await who.get(`/en/follow/${reference}`)).text)?.[0]
      .replace(/[\u2066-\u2069]/g, "") ?? "none";
  const lettersTo = async (email: string, at: Date) => {
    mailbox.letters.length = 0;
    app.setNow(at);
    await app.services.handlers["deliver-messages"]?.(at);
    return mailbox.letters.filter(({ to }) => JSON.stringify(to).includes(email)).length;
  };
  const ask = (reference: string, question: string, at: Date) =>
    app.office.act(reference, focal(), "ask", { question }, at);

  it("are stopped and come again by the link of one of them, without the code; asking for the page changes nothing", async () => {
    const { reference, email, text, code, token, caseId } = await answered();
    expect(text).toContain("There you can also stop these emails.");
    const { who } = await open(token);
    const stop = `/en/follow/${reference}/letters`;
    expect(await ways(who, reference)).toMatch(/by email\.[\s\S]*Stop emails about your complaint/);
    // Its own way alone: no choice of another one, no number.
    expect(await ways(who, reference)).not.toMatch(/radio|text message|@|\/stop"/);
    const before = await whole();
    await who.get(stop);
    await who.get(`/en/follow/${reference}`);
    expect(await whole()).toBe(before);
    // Another site, a stranger, and the choice that asks for the code still.
    expect((await app.visitor().post(stop, { go: "stop" })).status).toBe(401);
    expect((await who.agent.post(stop).type("form").send({ go: "stop" })).status).toBeGreaterThanOrEqual(400);
    expect((await who.post(`/en/follow/${reference}/contact`, { choice: "none", go: "on" })).status).toBe(401);
    expect((await who.post(`/en/follow/${reference}/stop`)).status).toBe(401);
    expect(await whole()).toBe(before);

    const stopped = await who.post(stop, { go: "stop" });
    expect([stopped.status, stopped.headers.location]).toEqual([
      303,
      `/en/follow/${reference}?done=contact-letters-stopped#said`,
    ]);
    expect(await ways(who, reference)).toMatch(
      /We send you no emails about your complaint\.[\s\S]*Send me emails again/,
    );
    expect((await who.post(stop, { go: "stop" })).headers.location).toContain("done=contact-same");
    // What names no button begins them no more than it ends them.
    for (const go of ["", "show", "resume"]) {
      const refused = await who.post(stop, { go });
      expect([refused.status, refused.text.includes("Use one of the buttons on this page.")]).toEqual([422, true]);
    }
    expect(await ways(who, reference)).toContain("We send you no emails about your complaint.");
    // Nothing new is written.
    const reopen = { reason: "The door is broken again, as before." };
    await app.office.applicantActs({ reference, code }, "reopen", reopen, minutes(20));
    await ask(reference, "Which door is it?", minutes(21));
    expect(await lettersTo(email, minutes(22))).toBe(0);
    // Who has the code reads the same there, and may choose again.
    const theirs = await followed(app, { reference, code });
    expect(await ways(theirs, reference)).toMatch(/We do not write to you[\s\S]*value="none"/);
    // None of the choices is what they have: saving without one changes nothing, and not unawares to "none".
    expect(await ways(theirs, reference)).not.toContain(" checked");
    const unchosen = await theirs.post(`/en/follow/${reference}/contact`, { go: "on" });
    expect([unchosen.status, unchosen.text.includes("Choose one of the ways that are offered")]).toEqual([422, true]);
    const phoned = "update applicants set phone = $2 where case_id = $1";
    await app.office.asOwner(phoned, caseId, "+96265001234");
    expect(await ways(theirs, reference)).toContain("We may call you about your complaint.");
    await app.office.asOwner(phoned, caseId, null);
    expect(await ways(theirs, reference)).not.toContain("/letters");

    const again = await who.post(stop, { go: "on" });
    expect(again.headers.location).toBe(`/en/follow/${reference}?done=contact-letters-resumed#said`);
    await app.office.applicantActs({ reference, code }, "reply", { reply: "The left door of the hall." }, minutes(29));
    await ask(reference, "Since when?", minutes(30));
    expect(await lettersTo(email, minutes(31))).toBe(1);
    const said = (await app.office.events(reference)).filter(({ type }) => type === "applicant.ways-changed");
    expect(said.map(({ data }) => data.choice)).toEqual(["lettersStopped", "lettersResumed"]);
    // None was wanted by the code: by the link that is taken back for letters alone.
    await theirs.post(`/en/follow/${reference}/contact`, { choice: "none", go: "on" });
    expect((await who.post(stop, { go: "on" })).headers.location).toContain("letters-resumed");
    const [row] = await app.office.rows("select contact_by, sms_consent_at from applicants where case_id = $1", caseId);
    expect(row).toEqual({ contact_by: "email", sms_consent_at: null });
  });

  it("are stopped while an answer waits: where their number may be called it is told by a call, else it lapses", async () => {
    for (const [phone, state] of [
      ["+96265001234", "failed"],
      [null, "lapsed"],
    ]) {
      const one = await proven();
      await app.office.asOwner("update applicants set phone = $2 where case_id = $1", one.caseId, phone);
      await app.office.act(one.reference, focal(), "ask", { question: "Which door?" }, minutes(5));
      app.setNow(minutes(6));
      const { who } = await open(tokenIn(await letterTo(one.email, /A question/)));
      await app.office.applicantActs(one, "reply", { reply: "The left one." }, minutes(8));
      await app.office.act(one.reference, focal(), "answer", { answer: "We repaired it." }, minutes(10));
      await who.post(`/en/follow/${one.reference}/letters`, { go: "stop" });
      expect(await lettersTo(one.email, minutes(11))).toBe(0);
      const answer = "select state from messages where receiver_case = $1 and template = 'applicant-answered'";
      expect(await app.office.rows(answer, one.caseId)).toEqual([{ state }]);
      await app.services.handlers["make-call-backs"]?.(minutes(12));
      const calls = await app.office.rows("select reason from call_backs where case_id = $1", one.caseId);
      expect(calls).toEqual(phone === null ? [] : [{ reason: "answerNotDelivered" }]);
      app.setNow(sundayNine);
    }
  });

  it("are stopped alone where text messages go too, and by the code they come again", async () => {
    const { reference, code, token, caseId } = await answered();
    await app.office.asOwner(
      "update applicants set phone = '+962791234567', sms_consent_at = now() where case_id = $1",
      caseId,
    );
    const { who } = await open(token);
    expect(await ways(who, reference)).not.toMatch(/567|text message/);
    await who.post(`/en/follow/${reference}/letters`, { go: "stop" });
    const reopen = { reason: "The door is broken again, as before." };
    await app.office.applicantActs({ reference, code }, "reopen", reopen, minutes(20));
    await ask(reference, "Which door is it?", minutes(21));
    const [last] = await app.office.rows(
      "select template from messages where receiver_case = $1 order by id desc limit 1",
      caseId,
    );
    expect(last).toEqual({ template: "sms-question" });
    const change = { reference, code, choice: "email", now: minutes(22) };
    expect(await app.services.cases.changeContact(change)).toBe("saved");
    expect(await app.services.cases.changeContact(change)).toBe("same");
    const [row] = await app.office.rows("select email_stopped_at from applicants where case_id = $1", caseId);
    expect(row).toEqual({ email_stopped_at: null });
    // An address that nobody has confirmed is nobody's to stop.
    const keys = await app.office.receive({ applicant: { name: "Rana", email: somebody() } });
    const asked = app.services.cases.changeLetters({ ...keys, go: false, now: minutes(22) });
    expect((await problemOf(asked)).code).toBe("not-now");
  });
});

describe("what was said at the telephone", () => {
  it("is quoted to an address that somebody confirmed, and not to one that anybody may have typed", async () => {
    const room = app.office.official("operation_room");
    const withdrawn = async ({ reference, email }: { reference: string; email: string }) => {
      const fields = { recognisedBy: "called_back", reason: "The neighbour found it." };
      await app.office.act(reference, room, "withdraw_for_applicant", fields, minutes(5));
      app.setNow(minutes(5));
      return letterTo(email, /was withdrawn/);
    };
    const email = somebody();
    const keys = await app.office.receive({ applicant: { name: "Rana", email } });
    const stranger = await withdrawn({ ...keys, email });
    expect(stranger).not.toContain("neighbour");
    expect(stranger).toContain("We do not send what was written down to an address that nobody has confirmed.");
    app.setNow(sundayNine);
    const own = await withdrawn(await proven());
    expect(own).toContain("The neighbour found it.");
  });
});

describe("a lost code", () => {
  const ask = (reference: string, contact: string, from = "203.0.113.9") =>
    app.visitor().agent.post("/en/lost-code").type("form").redirects(0).send({ reference, contact, go: "on" }).set({
      "sec-fetch-site": "same-origin",
      accept: "text/html",
      "x-forwarded-for": from,
    });
  const lettersOf = async (reference: string) => {
    await app.services.handlers["deliver-messages"]?.(app.now());
    return (await app.office.rows(
      `select m.template, m.state from messages m join cases c on c.id = m.receiver_case
       where c.reference = $1 and m.template like '%lost-code' order by m.id`,
      reference,
    )) as { template: string; state: string }[];
  };

  it("is answered by a link to the proven address; the case's record says so without the address", async () => {
    const { reference, email } = await proven();
    expect((await ask(reference.replaceAll("-", " "), ` ${email.toUpperCase()} `)).headers.location).toBe(
      "/en/lost-code?done=asked#said",
    );
    const text = await letterTo(email, /The link to your|رابط طلبك/);
    const { who, location } = await open(tokenIn(text));
    expect(location).toMatch(new RegExp(`/follow/${reference}$`));
    expect((await who.get(`/en/follow/${reference}`)).status).toBe(200);
    const events = (await app.office.events(reference)).filter(({ type }) => type === "link.asked");
    expect(events.map(({ data }) => data)).toEqual([{ way: "email", purpose: "open" }]);
    expect(await app.office.rows("select * from asked_links")).toEqual([]);
  });

  it("gets one answer, by the same statements, whether there is such a case, its address is proven, or not", async () => {
    const there = await proven();
    const unproven = somebody();
    const other = await app.office.receive({ applicant: { name: "Rana", email: unproven } });
    const hidden = await proven();
    await app.office.asOwner("update cases set confidential = true where id = $1", hidden.caseId);
    const asked: [string, string][] = [
      [there.reference, there.email],
      [there.reference, "stranger@example.com"],
      [there.reference, "+962791234567"],
      [other.reference, unproven],
      [hidden.reference, hidden.email],
      [unknownReference, there.email],
    ];
    const seen: string[] = [];
    const sql = jest.spyOn(pg.Client.prototype, "query");
    for (const [reference, contact] of asked) {
      sql.mockClear();
      const answer = await ask(reference, contact);
      const statements = sql.mock.calls.map(([one]) => (one as unknown as { text?: string }).text ?? String(one));
      expect(statements.length).toBeGreaterThan(1);
      const { date: _, "x-request-id": __, ...headers } = answer.headers;
      seen.push(JSON.stringify([answer.status, headers, answer.text, statements]));
      const page = await app.visitor().get("/en/lost-code?done=asked");
      expect(page.text).not.toContain(reference);
    }
    sql.mockRestore();
    expect(new Set(seen).size).toBe(1);
    expect(await lettersOf(there.reference)).toHaveLength(1);
    expect(await lettersOf(hidden.reference)).toEqual([]);
  });

  it("with an address that no one confirmed leads to confirming it, and after that to a link at once", async () => {
    const email = somebody();
    const { reference } = await app.office.receive({ applicant: { name: "Rana", email } });
    await ask(reference, email);
    const first = await letterTo(email, /The link to your|رابط طلبك/);
    const { who, location } = await open(tokenIn(first));
    expect(location).toMatch(/\/confirm$/);
    expect((await who.get(`/en/follow/${reference}`)).text).toContain('name="code"');
    const done = await who.post(`/en/follow/${reference}/confirm`, { go: "on", by: "link" });
    expect(done.text).toContain(`href="/en/lost-code?reference&#x3D;${reference}"`);
    await ask(reference, email);
    const second = tokensIn(await letterTo(email, /The link to your|رابط طلبك/));
    expect((await open(second[0] ?? "none")).location).toMatch(new RegExp(`/follow/${reference}$`));
  });

  it("after its links were ended leads to confirming the address anew", async () => {
    const { reference, email, code } = await proven();
    await app.services.applicantLinks.revoke({ reference, by: { code }, now: app.now() });
    await ask(reference, email);
    // As at first: the address has to be confirmed anew.
    expect((await open(tokenIn(await letterTo(email, /The link to your|رابط طلبك/)))).location).toMatch(/\/confirm$/);
  });

  it("is no flood: one letter in a quarter of an hour, five a day, and strangers use nothing of it up", async () => {
    const { reference, email } = await proven();
    for (let n = 0; n < 6; n++) await ask(reference, `stranger-${n}@example.com`);
    await ask(reference, "+962791234567");
    expect(await lettersOf(reference)).toEqual([]);
    for (let n = 0; n < 3; n++) await ask(reference, email);
    expect(await lettersOf(reference)).toEqual([{ template: "applicant-lost-code", state: "sent" }]);
    for (let n = 1; n <= 8; n++) {
      app.setNow(minutes(16 * n));
      await ask(reference, email, `203.0.113.${20 + n}`);
      await lettersOf(reference);
    }
    expect(await lettersOf(reference)).toHaveLength(5);
    for (let n = 0; n < 20; n++) expect((await ask(unknownReference, email, "198.51.100.7")).status).toBe(303);
    const over = await ask(reference, email, "198.51.100.7");
    expect([over.status, Number(over.headers["retry-after"]) > 0]).toEqual([429, true]);
    expect(over.text).toMatch(/Wait \d+ minutes/);
  });

  it("is asked for again when what was typed is neither; what waits too long is dropped", async () => {
    for (const contact of ["", "rana", "1234", "a@b"]) expect((await ask(unknownReference, contact)).status).toBe(422);
    expect((await ask("12", "rana@example.com")).status).toBe(422);
    const { reference, email } = await proven();
    await ask(reference, email);
    app.setNow(minutes(61));
    expect(await lettersOf(reference)).toEqual([]);
    await app.services.handlers.housekeeping?.(minutes(61));
    expect(await app.office.rows("select * from asked_links")).toEqual([]);
  });

  it("that cannot be looked up keeps none of the others back", async () => {
    const { reference, email } = await proven();
    await app.office.asOwner(
      "insert into asked_links (reference, contact, asked_at) values ('no reference at all', '\\x00', $1)",
      app.now(),
    );
    await ask(reference, email);
    expect(await lettersOf(reference)).toHaveLength(1);
  });
});

describe("other readers", () => {
  it("officials see that a letter has a link, cut; no log, row or record has one", async () => {
    const { reference, token, prove } = await answered();
    const room = app.office.official("operation_room");
    const listed = await app.services.mail.page({ actor: room, filter: { reference }, offset: 0, limit: 50 });
    const shown = await Promise.all(listed.map(async ({ id }) => app.services.mail.show({ id, actor: room })));
    const text = JSON.stringify(shown);
    expect(text).toContain("/t/********");
    const { who } = await open(token);
    await who.get(`/en/follow/${reference}/do/rate`);
    await who.post(`/en/follow/${reference}/do/rate`, { rating: "5", go: "on" });
    await app.visitor().get(`/t/${token}/more`);
    await app.visitor().get(`/t/${prove}`);
    const tables = (await app.office.asOwner(
      "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r','p')",
    )) as { relname: string }[];
    const rows: string[] = [];
    for (const { relname } of tables)
      rows.push(JSON.stringify(await app.office.asOwner(`select to_jsonb(x)::text as row from "${relname}" x`)));
    const everything = `${rows.join("\n")}\n${logged.join("\n")}\n${text}`;
    expect(everything.length).toBeGreaterThan(100_000);
    expect(logged.some((line) => line.includes("/t/:token"))).toBe(true);
    for (const secret of [token, prove]) {
      expect(everything.includes(secret)).toBe(false);
      expect(everything.includes(Buffer.from(secret, "base64url").toString("hex"))).toBe(false);
    }
  });
});
