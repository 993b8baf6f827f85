/** Text messages and links: a number is confirmed by digits that went to it, and then one tap opens the form of the rating. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { smsSize } from "../../src/engine/letters/sms-text.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { followed } from "../support/portal-ways.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { sundayNine } from "../support/working-office.js";

let app: PortalApp;
let peer: SmsPeer;
beforeAll(async () => {
  peer = await openSmsPeer();
  app = await openPortalApp({ parts: { sms: peer.config } });
});
afterAll(async () => {
  await app.close();
  await peer.close();
});

const newest = async (): Promise<string> => {
  await app.services.handlers["deliver-sms"]?.(app.now());
  return peer.taken.at(-1)?.text ?? "none";
};

it("asks for digits by text message, and then sends links in text messages", async () => {
  const applicant = { name: "Rana", phone: "+962791234567", sms: true };
  const keys = await app.office.receive({ applicant });
  expect(await newest()).toMatch(/Confirm your number: .*\/t\/[\w-]{22}$/);
  const stopping = " To stop, reply STOP.";
  const [withStop = ""] = peer.taken.slice(-1).map(({ text }) => text);
  const bare = withStop.replace(stopping, "");
  expect(withStop.includes(stopping)).toBe(smsSize(bare + stopping).segments === smsSize(bare).segments);
  const who = await followed(app, keys);
  const page = (await who.get(`/en/follow/${keys.reference}`)).text;
  expect(page).toContain(`/en/follow/${keys.reference}/confirm?way&#x3D;sms`);
  const confirm = `/en/follow/${keys.reference}/confirm`;
  expect((await who.post(confirm, { way: "sms", send: "1" })).headers.location).toBe(
    `${confirm}?way=sms&done=sent#said`,
  );
  const digits = /\b(\d{6})\b/.exec(await newest())?.[1] ?? "none";
  const wrong = await who.post(confirm, { way: "sms", digits: digits === "111111" ? "222222" : "111111", go: "on" });
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringMatching(/We sent six digits to:[^•]*••••567/)]);
  expect((await who.post(confirm, { way: "email", digits, go: "on" })).status).toBe(422);
  expect((await who.post(confirm, { way: "sms", digits, go: "on" })).headers.location).toBe(
    `/en/follow/${keys.reference}?done=proven#said`,
  );
  const at = new Date(sundayNine.getTime() + 600_000);
  await app.office.act(
    keys.reference,
    app.office.official("focal_point", "CSPD"),
    "answer",
    { answer: "Repaired." },
    at,
  );
  app.setNow(at);
  await newest();
  // The invitation to rate leaves the day after.
  app.setNow(new Date(at.getTime() + 25 * 3_600_000));
  await app.services.handlers["enforce-deadlines"]?.(app.now());
  await newest();
  // No words ask for a code that is not needed.
  for (const { text } of peer.taken.slice(-2)) expect(text).not.toContain("code");
  const rate = peer.taken.find(({ text }) => /How was the service/.test(text))?.text ?? "none";
  const token = /\/t\/([\w-]{22})/.exec(rate)?.[1] ?? "none";
  const other = app.visitor();
  const { headers } = await other.get(`/t/${token}`);
  expect(headers.location).toBe(`/en/follow/${keys.reference}/do/rate`);
  const shown = (await other.get(`/en/follow/${keys.reference}`)).text;
  expect(shown).not.toMatch(/791234567|4567|hall/);
  // Who came by the link does not change how the applicant hears.
  expect((await other.post(`/en/follow/${keys.reference}/contact`, { choice: "none", go: "on" })).status).toBe(401);
  expect((await other.post(String(headers.location), { rating: "5", go: "on" })).status).toBe(303);
  expect((await app.office.caseRow(keys.reference)).rating).toBe(5);
  // What STOP does the link does too, and no more: it chooses no other way.
  const stop = `/en/follow/${keys.reference}/stop`;
  expect(shown).toContain(`href="${stop}"`);
  expect(shown).not.toContain('name="choice"');
  expect((await other.get(stop)).text.replace(/[\u2066-\u2069]/g, "")).toContain("Stop all text messages to ••••567?");
  const byLink = { reference: keys.reference, link: token, now: app.now() };
  await expect(app.services.cases.changeContact({ ...byLink, choice: "none" })).rejects.toMatchObject({
    code: "forbidden",
  });
  // Letters that were ended do not come again by the end of text messages: by the link, and by the code.
  const ofCase = "where case_id = (select id from cases where reference = $1)";
  const stopped = "update applicants set email = 'rana@example.com', email_stopped_at = now()";
  await app.office.asOwner(`${stopped} ${ofCase}`, keys.reference);
  for (const reader of [other, await followed(app, keys)])
    expect((await reader.get(stop)).text).toContain("We will not write to you about");
  expect((await other.post(`/en/follow/${keys.reference}/letters`, { go: "stop" })).status).toBe(401);
  await expect(app.services.cases.changeLetters({ ...byLink, go: false })).rejects.toMatchObject({ code: "forbidden" });
  expect((await other.post(stop)).headers.location).toBe(`/en/follow/${keys.reference}?done=contact-stopped#said`);
  expect(await app.office.rows("select number, by from sms_opt_outs")).toEqual([
    { number: "+962791234567", by: "page" },
  ]);
  expect((await other.get(`/en/follow/${keys.reference}`)).text).toContain("text messages to this number are stopped");
  // Nor is anything else changed: the office may call still, and START gives them back.
  const select = `select email_stopped_at is not null as ended, contact_by, sms_consent_at is not null as consent from applicants ${ofCase}`;
  expect(await app.office.rows(select, keys.reference)).toEqual([{ ended: true, contact_by: null, consent: true }]);
});

it("confirms a number by the receipt's link, which opens nothing itself", async () => {
  const applicant = { name: "Huda", phone: "+962799876543", sms: true };
  app.setNow(sundayNine);
  const { reference } = await app.office.receive({ applicant, language: "ar" });
  const receipt = await newest();
  expect(receipt).toMatch(/أكد رقمك: .*\/t\/[\w-]{22}$/);
  const stop = " لإيقاف الرسائل أرسل: إيقاف.";
  const bare = receipt.replace(stop, "");
  expect(receipt.includes(stop)).toBe(smsSize(bare + stop).segments === smsSize(bare).segments);
  // Arabic takes two segments at most.
  expect(smsSize(receipt).segments).toBeLessThanOrEqual(2);
  const who = app.visitor();
  const { headers } = await who.get(`/t/${/\/t\/([\w-]{22})/.exec(receipt)?.[1]}`);
  expect(headers.location).toBe(`/ar/follow/${reference}/confirm`);
  const page = (await who.get(String(headers.location))).text;
  expect(page).toContain(`href="/ar/follow/${reference}"`);
  expect((await who.get(`/ar/follow/${reference}`)).text).toContain('name="code"');
  expect(page.replace(/[\u2066-\u2069]/g, "")).toContain("تأكيد الرقم ••••543");
  expect((await who.post(String(headers.location), { by: "link", go: "on" })).status).toBe(200);
  const again = app.visitor();
  await again.get(`/t/${/\/t\/([\w-]{22})/.exec(receipt)?.[1]}`);
  const done = (await again.get(String(headers.location))).text;
  expect(done).toContain("سبق تأكيد");
  expect(done).not.toContain('name="by"');
  const proven = (await app.office.events(reference)).filter(({ type }) => type === "contact.proven");
  expect(proven.map(({ data }) => data)).toEqual([{ way: "sms", by: "link" }]);
  const focal = app.office.official("focal_point", "CSPD");
  await app.office.act(reference, focal, "ask", { question: "أي باب؟" }, sundayNine);
  const question = await newest();
  expect(question).toMatch(/اقرأه وأجب: .*\/t\/[\w-]{22}$/);
  // The same number as people write it, for who lost the code: the link comes by text message.
  const lost = await app.visitor().post("/en/lost-code", { reference, contact: "٠٧٩ ٩٨٧ ٦٥٤٣" });
  expect(lost.status).toBe(303);
  await app.services.handlers["deliver-messages"]?.(app.now());
  const text = await newest();
  expect(text).toContain("رابط طلبك");
  const opened = await app.visitor().get(`/t/${/\/t\/([\w-]{22})/.exec(text)?.[1]}`);
  expect(opened.headers.location).toMatch(new RegExp(`/follow/${reference}$`));
});

it("gives the stranger whose number was left by mistake nothing: by links sent before and after, by digits, or by the confirming link", async () => {
  app.setNow(sundayNine);
  const at = (minutes: number) => new Date(sundayNine.getTime() + minutes * 60_000);
  const applicant = {
    name: "Samir",
    phone: "+962795550001",
    sms: true,
    email: "samir@example.com",
    contactBy: "sms" as const,
  };
  const { reference, code, caseId } = await app.office.receive({ applicant });
  const { applicantLinks, cases, contactCentre, operation } = app.services;
  const tokenOf = (text: string) => /\/t\/([\w-]{22})/.exec(text)?.[1] ?? "none";
  const confirming = tokenOf(await newest());
  const sendDigits = (now: Date) => applicantLinks.sendCode({ reference, way: "sms", by: { code }, now });
  await sendDigits(at(1));
  app.setNow(at(1));
  const digits = /\b(\d{6})\b/.exec(await newest())?.[1] ?? "none";
  expect(digits).not.toBe("none");
  await applicantLinks.proveByLink({ reference, link: confirming, now: at(2) });
  const focal = app.office.official("focal_point", "CSPD");
  const ask = (question: string, now: Date) => app.office.act(reference, focal, "ask", { question }, now);
  await ask("Which door?", at(3));
  app.setNow(at(3));
  const opening = tokenOf(await newest());
  expect((await cases.followPage({ reference, link: opening, now: at(4) })).reference).toBe(reference);
  // One more waits when the call is made, and the receipt is there to be sent again.
  await app.office.applicantActs({ reference, code }, "reply", { reply: "The left one." }, at(4));
  await ask("Which day?", at(5));

  await contactCentre.callBacks.ask({ reference, note: "", actor: focal, now: at(5) });
  const [call] = await app.office.rows("select id::integer from call_backs where case_id = $1", caseId);
  const actor = app.office.official("contact_centre_agent");
  const id = Number(call?.id);
  await contactCentre.callBacks.claim({ id, actor, now: at(6) });
  const report = { id, number: 1, outcome: "wrongNumber", note: "", laterAt: null, rating: null, scales: null };
  await contactCentre.callBacks.report({ ...report, actor, now: at(7) });

  const texts = peer.taken.length;
  const rows = () =>
    app.office.rows(
      "select id::integer, template, way, state, last_error from messages where receiver_case = $1 order by id",
      caseId,
    );
  expect((await rows()).slice(-2)).toMatchObject([
    { template: "sms-question", state: "lapsed", last_error: "the number is another's" },
    { template: "applicant-question", way: "email", state: expect.stringMatching("pending|kept") },
  ]);
  app.setNow(at(8));
  const nothing = async () => {
    for (const token of [confirming, opening])
      expect(await applicantLinks.look({ token, address: "::1", now: app.now() })).toMatchObject({ kind: "over" });
    await expect(applicantLinks.proveByLink({ reference, link: confirming, now: app.now() })).rejects.toMatchObject({
      code: "not-found",
    });
    for (const link of [confirming, opening])
      await expect(cases.followPage({ reference, link, now: app.now() })).rejects.toMatchObject({ code: "not-found" });
    expect(await applicantLinks.proveByCode({ reference, way: "sms", digits, by: { code }, now: app.now() })).toBe(
      false,
    );
    const [{ proven }] = (await app.office.rows(
      "select phone_proven_at is not null as proven from applicants where case_id = $1",
      caseId,
    )) as [{ proven: boolean }];
    expect(proven).toBe(false);
  };
  await nothing();
  // Nothing of this case goes there any more: no later message, none that someone sends again, none that was on its way.
  await app.office.applicantActs({ reference, code }, "reply", { reply: "Sunday." }, at(9));
  await ask("Which hour?", at(10));
  app.setNow(at(10));
  const [receipt] = await rows();
  const room = app.office.official("operation_room");
  await expect(operation.resend({ id: Number(receipt?.id), actor: room, now: at(10) })).rejects.toMatchObject({
    code: "not-now",
    detail: { en: "The number is not the applicant’s: a call found that out" },
  });
  await app.office.asOwner(
    "update messages set state = 'pending', next_attempt_at = created_at where id = $1",
    receipt?.id,
  );
  await app.services.handlers["deliver-sms"]?.(app.now());
  expect(peer.taken).toHaveLength(texts);
  expect(
    await app.office.rows("select 1 from case_links where case_id = $1 and revoked_at is null and way = 'sms'", caseId),
  ).toEqual([]);
  // Nor a link that the stranger asks for, who knows the reference and has the number.
  const { lostCodes } = app.services;
  await lostCodes.ask({ reference, contact: "95550001", address: "::1", now: app.now() });
  await lostCodes.send({ now: app.now() });
  await app.services.handlers["deliver-sms"]?.(app.now());
  expect(peer.taken).toHaveLength(texts);
  await nothing();
  const contact = (await cases.followPage({ reference, code, now: app.now() })).contact;
  expect(contact).toMatchObject({ wrongNumber: true, ways: [{ way: "email" }], choices: ["email", "none"] });

  // New digits, that its applicant asks for with the code, make it theirs again; what was sent before stays over.
  await sendDigits(at(11));
  app.setNow(at(11));
  const anew = /\b(\d{6})\b/.exec(await newest())?.[1] ?? "none";
  expect(peer.taken).toHaveLength(texts + 1);
  expect(await applicantLinks.proveByCode({ reference, way: "sms", digits: anew, by: { code }, now: at(12) })).toBe(
    true,
  );
  for (const token of [confirming, opening])
    expect(await applicantLinks.look({ token, address: "::1", now: at(12) })).toMatchObject({ kind: "over" });
  expect((await cases.followPage({ reference, code, now: at(12) })).contact).toMatchObject({
    wrongNumber: false,
    ways: [{ way: "sms" }, { way: "email" }],
  });
});
