/** How applicants say how they hear, at the pages: asked once, told on the receipt, changed and stopped on the page of the case. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { followed, submitted } from "../support/portal-ways.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";

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

const contact = (more: Record<string, string>) => ({ contact: { name: "Rana Haddad", ...more } });
const ways = async (who: Awaited<ReturnType<typeof followed>>, reference: string) => {
  const { text } = await who.get(`/en/follow/${reference}`);
  return /<section aria-labelledby="ways">[\s\S]*?<p class="govuk-body">([^<]*)/
    .exec(text)?.[1]
    ?.replace(/[\u2068\u2069]/g, "");
};

describe("the contact page", () => {
  it("takes consent and order by one answer, and the receipt says what comes of it", async () => {
    const sent = await submitted(app, contact({ phone: "0791234567", contactBy: "sms" }));
    const page = (await sent.who.get(`/en/apply/${sent.id}/sent`)).text.replace(/[\u2068\u2069]/g, "");
    expect(page).toContain("We will send you a text message with the reference number");
    expect(page).toContain("We write to you by text message to ••••567.");
    await app.office.services.jobs.run("deliver-sms", app.now());
    expect(peer.taken.map(({ to }) => to)).toEqual(["+962791234567"]);
    expect(peer.taken[0]?.text).not.toContain("Nobody opened");
  });

  it("says at the telephone that it gets no text messages, and that a way is not there", async () => {
    await expect(submitted(app, contact({ phone: "065001234", contactBy: "sms" }))).rejects.toThrow(/mobile number/);
    await expect(submitted(app, contact({ phone: "0791234567", contactBy: "email" }))).rejects.toThrow(/email address/);
  });
});

describe("the page of the case", () => {
  it("says how they hear, changes it and stops it, and nobody else does", async () => {
    const { reference, code } = await submitted(
      app,
      contact({ phone: "0791234567", email: "rana@example.com", contactBy: "both" }),
    );
    const who = await followed(app, { reference, code });
    const of = () => ways(who, reference);
    expect(await of()).toBe(
      "We write to you by email to r••••@example.com. If it does not arrive, by text message to ••••567.",
    );
    const change = (form: Record<string, string>, by = who) => by.post(`/en/follow/${reference}/contact`, form);
    const saved = await change({ choice: "sms" });
    expect([saved.status, saved.headers.location]).toEqual([303, `/en/follow/${reference}?done=contact-ways#ways`]);
    expect(await of()).toContain("text message to ••••567. If it does not arrive, by email");
    expect((await change({ choice: "pigeon" })).status).toBe(422);
    const stopped = await change({ go: "stop", choice: "sms" });
    expect(stopped.status).toBe(303);
    expect(await of()).toBe("We write to you by email to r••••@example.com.");
    expect(await app.office.rows("select number, by from sms_opt_outs")).toEqual([
      { number: "+962791234567", by: "page" },
    ]);

    const stranger = app.visitor();
    expect((await change({ choice: "none" }, stranger)).status).not.toBe(303);
    expect(
      (await stranger.agent.post(`/en/follow/${reference}/contact`).type("form").send({ choice: "none" })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(await of()).toBe("We write to you by email to r••••@example.com.");
  });

  it("is led to by the short address of a text message, which opens nothing by itself", async () => {
    const { reference } = await app.office.receive();
    const answer = await app.visitor().get(`/f/${reference.replace(/\D/g, "")}`);
    expect([answer.status, answer.headers.location]).toEqual([302, `/ar/follow/${reference}`]);
    expect((await app.visitor().get("/f/123")).status).toBe(404);
    const asked = await app.visitor().get(`/en/follow/${reference}`);
    expect(asked.text).toContain('name="code"');
    expect(asked.text).not.toContain("The hall was closed");
  });
});
