/** Text messages and links: a number is confirmed by digits that went to it, and then one tap opens the form of the rating. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
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
  expect(await newest()).toMatch(/\/f\//);
  const who = await followed(app, keys);
  const page = (await who.get(`/en/follow/${keys.reference}`)).text;
  expect(page).toContain(`/en/follow/${keys.reference}/confirm?way&#x3D;sms`);
  const confirm = `/en/follow/${keys.reference}/confirm`;
  expect((await who.post(confirm, { way: "sms", send: "1" })).headers.location).toBe(
    `${confirm}?way=sms&done=sent#said`,
  );
  const digits = /\b(\d{6})\b/.exec(await newest())?.[1] ?? "none";
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
});
