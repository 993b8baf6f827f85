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
  for (const reader of [other, who]) expect((await reader.get(stop)).text).toContain("We will not write to you about");
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
  const stop = " للإيقاف أرسل إيقاف.";
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
