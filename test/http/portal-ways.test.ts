/** How applicants say how they hear, at the pages: asked once, told on the receipt, changed and stopped on the page of the case. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { portalTexts } from "../../src/features/portal/portal-texts.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, begin, followed, submitted } from "../support/portal-ways.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { problemOf } from "../support/working-office.js";

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
    for (const contactBy of ["email", "both"])
      await expect(submitted(app, contact({ phone: "0791234567", contactBy }))).rejects.toThrow(
        /href="#email"[^>]*>Email address: To be written to by email, enter an email address/,
      );
  });
});

describe("who would hear nothing", () => {
  /** What the last look says, and the contact page when they go back to it. */
  const warned = async (on: PortalApp, own: Record<string, string>) => {
    const who = on.visitor();
    const id = await begin(who);
    await answerAll(who, id, { contact: own });
    const [check, page] = [
      (await who.get(`/en/apply/${id}/check`)).text,
      (await who.get(`/en/apply/${id}/contact?change=1`)).text,
    ];
    const has = (key: string, html: string) => html.includes(portalTexts.say("en", `silence.${key}`));
    const keys = ["notAgreed", "landline", "noTexts", "noAddress", "noMessages", "textsAlone"].filter((key) => {
      expect(has(key, page)).toBe(has(key, check));
      return has(key, check);
    });
    const link = check.includes(
      `href="/en/apply/${id}/contact?change&#x3D;1">${portalTexts.say("en", "silence.change")}`,
    );
    return [keys, has("title", check), has("instead", check) || has("insteadEmail", check), link];
  };
  const mobile = { name: "Rana", phone: "0791234567" };

  it.each([
    [{ name: "Rana", email: "rana@example.com" }, [[], false, false, false]],
    [{ ...mobile, email: "rana@example.com" }, [[], false, false, false]],
    [mobile, [["notAgreed"], true, true, true]],
    [{ name: "Rana", phone: "065001234" }, [["landline"], true, true, true]],
    [{ name: "Rana" }, [["noAddress"], true, true, true]],
    [{ ...mobile, contactBy: "none" }, [["noMessages"], true, false, true]],
    [{ ...mobile, contactBy: "sms" }, [["textsAlone"], false, false, false]],
  ])("reads so before sending: %j", async (own, said) => {
    expect(await warned(app, own)).toEqual(said);
  });

  it("reads the same of a number that stopped text messages and of one that did not", async () => {
    const stopped = "+962791234599";
    await app.office.rows("insert into sms_opt_outs (number, at, by) values ($1, now(), 'reply')", stopped);
    const said = await warned(app, { ...mobile, phone: stopped, contactBy: "sms" });
    expect(said).toEqual(await warned(app, { ...mobile, contactBy: "sms" }));
    await app.office.rows("delete from sms_opt_outs where number = $1", stopped);
  });
});

describe("where no text message can leave", () => {
  it("none is offered or promised, and no digits are sent by one", async () => {
    const without = await openPortalApp();
    try {
      const who = without.visitor();
      const id = await begin(who);
      await answerAll(who, id, contact({ phone: "0791234567", email: "rana@example.com", contactBy: "email" }));
      const page = (await who.get(`/en/apply/${id}/contact?change=1`)).text;
      expect([...page.matchAll(/name="contactBy" type="radio" value="(\w+)"/g)].map(([, value]) => value)).toEqual([
        "email",
        "none",
      ]);
      expect(page).toContain(portalTexts.say("en", "step.contactBy.hintEmail"));
      const alone = without.visitor();
      const other = await begin(alone);
      await answerAll(alone, other, contact({ phone: "0791234567" }));
      expect((await alone.get(`/en/apply/${other}/check`)).text).toContain(portalTexts.say("en", "silence.noTexts"));
      // As a channel sends it: consent is kept for the day on which they can leave.
      const applicant = { name: "Rana", phone: "+962791234567", email: "rana@example.com", sms: true };
      const keys = await without.office.receive({ applicant });
      const mine = await followed(without, keys);
      const at = `/en/follow/${keys.reference}`;
      const shown = (await mine.get(at)).text;
      expect(shown).not.toMatch(/text message|way&#x3D;sms/);
      expect(shown).toContain('value="email"');
      expect((await mine.post(`${at}/contact`, { choice: "sms" })).status).toBe(422);
      expect((await mine.post(`${at}/confirm`, { way: "sms", send: "1" })).status).toBe(409);
      const { applicantLinks } = without.services;
      const agent = { actor: without.office.official("contact_centre_agent") };
      const digits = applicantLinks.sendCode({ reference: keys.reference, way: "sms", by: agent, now: without.now() });
      expect((await problemOf(digits)).code).toBe("not-now");
    } finally {
      await without.close();
    }
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
    expect([saved.status, saved.headers.location]).toEqual([303, `/en/follow/${reference}?done=contact-saved#said`]);
    expect(await of()).toContain("text message to ••••567. If it does not arrive, by email");
    expect((await change({ choice: "pigeon" })).status).toBe(422);
    expect((await change({ choice: "email" })).headers.location).toContain("done=contact-saved");
    expect((await change({ choice: "email" })).headers.location).toContain("done=contact-same");
    expect(await of()).toBe("We write to you by email to r••••@example.com.");

    const stranger = app.visitor();
    expect((await change({ choice: "none" }, stranger)).status).not.toBe(303);
    expect(
      (await stranger.agent.post(`/en/follow/${reference}/contact`).type("form").send({ choice: "none" })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(await of()).toBe("We write to you by email to r••••@example.com.");
  });

  it("says why nobody writes, where there is no address, or a number for calls alone", async () => {
    const page = async (applicant: object) => {
      const keys = await app.office.receive({ applicant: { name: "Rana Haddad", ...applicant } });
      return [keys, await ways(await followed(app, keys), keys.reference)] as const;
    };
    expect((await page({}))[1]).toMatch(/^You left no email address and no phone number/);
    const [keys, calls] = await page({ phone: "+96265001234" });
    expect(calls).toMatch(/your phone number is for calls only\. We may call you about your complaint\./);
    // Who wants nothing is not called.
    await app.services.cases.changeContact({ ...keys, choice: "none", now: app.now() });
    expect(await ways(await followed(app, keys), keys.reference)).toMatch(/^We do not write to you\. You see news/);
    // Nobody promises what is not there to be changed.
    const sent = await submitted(app, { contact: { name: "Rana Haddad" } });
    const last = (await sent.who.get(`/en/apply/${sent.id}/sent`)).text;
    expect(last).toContain("You left no email address");
    expect(last).not.toContain("You can change this");
  });

  it("asks before it ends all text messages to a number, says so, and says when they begin again", async () => {
    const { reference, code } = await submitted(app, contact({ phone: "0791234567", contactBy: "sms" }));
    const who = await followed(app, { reference, code });
    const at = `/en/follow/${reference}`;
    const stop = (by = who) => by.post(`${at}/stop`);
    const optOuts = () => app.office.rows("select number, by from sms_opt_outs");
    const plain = async (path: string) => (await who.get(path)).text.replace(/[\u2066-\u2069]/g, "");
    expect(await plain(at)).toContain(`href="${at}/stop"`);
    // Also who wants to hear nothing of this one: others may write to the number.
    await who.post(`${at}/contact`, { choice: "none" });
    expect(await plain(at)).toContain(`href="${at}/stop"`);
    await who.post(`${at}/contact`, { choice: "sms" });
    // Anybody can type somebody else's number.
    expect(await plain(`${at}/stop`)).toMatch(/First confirm that it is yours[\s\S]*confirm\?way&#x3D;sms/);
    expect((await stop()).status).toBe(409);
    expect(await optOuts()).toEqual([]);
    expect(await plain(`${at}/stop`)).toContain("answer STOP to one of our text messages");
    // Confirming leads back here: sent, typed wrongly, typed, seen again.
    const confirm = `${at}/confirm?way=sms&next=stop`;
    expect(await plain(`${at}/stop`)).toContain(confirm.replaceAll("=", "&#x3D;").replaceAll("&n", "&amp;n"));
    const sending = /name="next" value="(\w+)"/.exec(await plain(confirm))?.[1] ?? "none";
    const form = { way: "sms", next: sending };
    const { headers } = await who.post(`${at}/confirm`, { ...form, send: "1" });
    expect(headers.location).toBe(`${confirm}&done=sent#said`);
    const wrong = await who.post(`${at}/confirm`, { ...form, digits: "000000", go: "on" });
    expect([wrong.status, wrong.text.includes('name="next" value="stop"')]).toEqual([422, true]);
    await app.office.services.jobs.run("deliver-sms", app.now());
    const digits = peer.taken.flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? []).at(-1) ?? "none";
    const elsewhere = await who.get(`${at}/confirm?way=sms&next=https://evil.example`);
    expect(elsewhere.text).not.toMatch(/evil|name="next"/);
    const proved = await who.post(`${at}/confirm`, { ...form, digits, go: "on" });
    expect(proved.headers.location).toBe(`${at}/stop`);
    expect((await who.get(confirm)).headers.location).toBe(`${at}/stop`);
    // Nothing of it is open any more.
    await app.office.asOwner("update cases set closed_at = now()");
    expect(await plain(`${at}/stop`)).toContain(
      "You get no text messages about anything open on this number. After this you will get none",
    );
    await app.office.asOwner("update cases set closed_at = null where reference = $1", reference);
    const asked = await plain(`${at}/stop`);
    expect(asked).toContain("Stop all text messages to ••••567?");
    expect(asked).toMatch(/about \d open matters?\. After this you will get none/);
    expect(asked).toContain("We will not write to you about your complaint");
    // Asking alone ends nothing, and nobody else ends it.
    expect(await optOuts()).toEqual([]);
    expect((await stop(app.visitor())).status).toBe(401);
    expect((await stop()).headers.location).toBe(`${at}?done=contact-stopped#said`);
    expect(await optOuts()).toEqual([{ number: "+962791234567", by: "page" }]);
    const said = (text: string) => /id="said"[^>]*tabindex="-1"><p[^>]*>([^<]*)/.exec(text)?.[1];
    const after = await plain(`${at}?done=contact-stopped`);
    expect(said(after)).toMatch(/^We stopped all text messages/);
    // Beside what was changed, and there alone.
    expect(after.indexOf('id="said"')).toBeGreaterThan(after.indexOf('id="ways"'));
    expect(after.match(/id="said"/g)).toHaveLength(1);
    expect(after).toContain("If you choose text messages here, we will send them again");
    expect((await stop()).headers.location).toBe(`${at}#ways`);
    const resumed = await who.post(`${at}/contact`, { choice: "sms" });
    expect(resumed.headers.location).toBe(`${at}?done=contact-resumed#said`);
    expect(said(await plain(`${at}?done=contact-resumed`))).toMatch(/again, also about anything else/);
    expect(await optOuts()).toEqual([]);
  });

  it("is led to by the short address of a text message, which opens nothing by itself", async () => {
    const { reference } = await app.office.receive();
    const answer = await app.visitor().get(`/f/${reference.replace(/\D/g, "")}`);
    expect([answer.status, answer.headers.location]).toEqual([302, `/ar/follow/${reference}?from=text`]);
    // Whom the message reached by mistake.
    expect((await app.visitor().get(`/en/follow/${reference}?from=text`)).text).toContain("reply STOP");
    expect((await app.visitor().get("/f/123")).status).toBe(404);
    const asked = await app.visitor().get(`/en/follow/${reference}`);
    expect(asked.text).toContain('name="code"');
    expect(asked.text).not.toContain("The hall was closed");
    expect(asked.text).not.toContain("STOP");
  });
});
