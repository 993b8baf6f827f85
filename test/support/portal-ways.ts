/** What applicants do at the portal, over http: fill in pages, send, come back with reference and code. */
import { expect } from "@jest/globals";
import type { PortalApp, PortalVisitor } from "./portal-app.js";

type Form = Readonly<Record<string, string>>;
export type Answers = Readonly<Record<string, Form>>;

/** Of one of our own pages. */
export const sameOrigin = { "sec-fetch-site": "same-origin", accept: "text/html" };

export async function begin(who: PortalVisitor, language = "en", programme = "jordan"): Promise<string> {
  const { headers, status } = await who.post(`/${language}/apply`, { programme });
  expect(status).toBe(303);
  return String(headers.location).split("/")[3] as string;
}

/** By page, in the order in which they come; what is suggested is none of it. */
export const answers: Answers = {
  description: { description: "Nobody opened\r\nthe hall.", subject: "The hall was closed" },
  match: { match: "-" },
  type: { type: "complaint" },
  sector: { sector: "INTERIOR" },
  entity: { entity: "CSPD" },
  service: { service: "CSPD-PASSPORT" },
  details: {
    pillar: "QUALITY",
    "field.visitDate.day": "٥",
    "field.visitDate.month": "3",
    "field.visitDate.year": "2026",
  },
  identity: { identity: "named" },
  files: {},
  contact: { name: "Rana Haddad", email: "rana@example.com" },
};

/** Answers pages as they come, until the last look; the pages in the order in which they came. */
export async function answerAll(who: PortalVisitor, id: string, own: Answers = {}, language = "en"): Promise<string[]> {
  const pages: string[] = [];
  for (let page = "description"; page !== "check"; ) {
    pages.push(page);
    const form = own[page] ?? answers[page] ?? {};
    const answer = await who.post(`/${language}/apply/${id}/${page}`, form);
    if (answer.status !== 303) throw new Error(`${page}: ${answer.status} ${answer.text.slice(0, 3000)}`);
    page = String(answer.headers.location).split("/")[4] as string;
    if (pages.length > 25) throw new Error(pages.join());
  }
  return pages;
}

/** Reference and code of the page that is shown after sending. */
export const keysIn = (html: string): { reference: string; code: string } => {
  const [, reference = "", code = ""] =
    /<bdi dir="ltr">([\d-]+)<\/bdi>[\s\S]*?<bdi dir="ltr">([\w-]+)<\/bdi>/.exec(html) ?? [];
  return { reference, code };
};

/** An application of somebody new. */
export async function submitted(
  app: PortalApp,
  own: Answers = {},
): Promise<{ who: PortalVisitor; id: string; reference: string; code: string }> {
  const who = app.visitor();
  const id = await begin(who);
  await answerAll(who, id, own);
  await who.post(`/en/apply/${id}/check`);
  return { who, id, ...keysIn((await who.get(`/en/apply/${id}/sent`)).text) };
}

/** Somebody who showed reference and code. */
export const followed = async (
  app: PortalApp,
  { reference, code }: { reference: string; code: string },
): Promise<PortalVisitor> => {
  const who = app.visitor();
  const { status } = await who.post("/en/follow", { reference, code });
  expect(status).toBe(303);
  return who;
};
