/** Following an application by reference and code: what is shown, what can be done, and what strangers get. */

import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import supertest from "supertest";
import { createApi } from "../../src/features/intake/create-api.js";
import { createHttp } from "../../src/platform/http/create-http.js";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { followed } from "../support/portal-ways.js";
import { complaint, sundayNine, unknownReference } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());

const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);

describe("a promised call", () => {
  const callOn = (html: string) => /id="call">([^<]*)</.exec(html)?.[1];

  it("is on the page until when, in both languages and without a word of the office; a survey call is none, nor any of a confidential case", async () => {
    app.setNow(sundayNine);
    const sent = await app.office.receive();
    const who = await followed(app, sent);
    const read = async (language = "en") => (await who.get(`/${language}/follow/${sent.reference}`)).text;
    await app.office.asOwner(
      `insert into call_backs (key, programme, case_id, reason, language, created_at, ready_at, due_at, promised_at)
       values ('survey/made', 'jordan', $1, 'survey', 'en', $2, $2, $2, $2)`,
      sent.caseId,
      sundayNine,
    );
    expect(callOn(await read())).toBeUndefined();
    const actor = app.office.official("focal_point", "CSPD");
    const { callBacks } = app.services.contactCentre;
    await callBacks.ask({ reference: sent.reference, note: "He shouts.", actor, now: sundayNine });
    expect(callOn(await read())).toBe("We will call you by Monday 23 November 2026, 09:00.");
    expect(callOn(await read("ar"))).toMatch(/^سنتصل بك في موعد أقصاه /);
    expect(await read()).not.toContain("He shouts.");
    await app.office.asOwner("update cases set confidential = true where id = $1", sent.caseId);
    expect(callOn(await read())).toBeUndefined();
  });
});

describe("following", () => {
  it("takes reference and code as people type them, and says the same whichever is wrong", async () => {
    const { reference, code } = await app.office.receive();
    const arabic = (text: string) => text.replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d)));
    const typed = {
      reference: arabic(reference.replaceAll("-", " ")),
      code: arabic(code.toLowerCase().replaceAll("-", " – ")),
    };
    const who = app.visitor();
    const opened = await who.post("/ar/follow", typed);
    expect([opened.status, opened.headers.location]).toEqual([303, `/ar/follow/${reference}`]);
    expect(String(opened.headers.location)).not.toContain(code);
    expect(String(opened.headers["set-cookie"])).toMatch(/HttpOnly/i);
    expect(String(opened.headers["set-cookie"])).toMatch(/SameSite=Lax/i);
    expect(String(opened.headers["set-cookie"])).not.toContain(code.replaceAll("-", ""));
    const wrong = await app.visitor().post("/ar/follow", { reference, code: "0000-0000-0000" });
    const unknown = await app.visitor().post("/ar/follow", { reference: unknownReference, code: "0000-0000-0000" });
    expect([wrong.status, unknown.status]).toEqual([404, 404]);
    const plain = (html: string) =>
      html
        .replaceAll(reference, "R")
        .replaceAll(unknownReference, "R")
        .replace(/<bdi[^>]*>[^<]*<\/bdi>/g, "");
    expect(plain(wrong.text)).toBe(plain(unknown.text));
    expect((await app.visitor().post("/ar/follow", { reference: "12", code: "" })).status).toBe(422);
  });

  it("stops guessing, one case from one address, at pages and API together, and never who has shown the code", async () => {
    const { reference, code } = await app.office.receive();
    const owner = await followed(app, { reference, code });
    // Another instance, as far as counting goes.
    const server = createServer(createHttp(app.services, { limits: false, doors: [createApi(app.services)] }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const byApi = (typed: string, how = reference) =>
      supertest(server)
        .get(`/api/v1/applications/${encodeURIComponent(how)}`)
        .set("X-Application-Code", typed);
    const guesser = app.visitor();
    const guess = (n: number) => guesser.post("/en/follow", { reference, code: `AAAA-AAAA-AA${10 + n}` });
    for (let n = 0; n < 30; n++) expect((await byApi(code)).status).toBe(200);
    for (let n = 0; n < 5; n++) {
      expect((await guess(n)).status).toBe(404);
      expect((await byApi(`AAAA-AAAA-AB${10 + n}`, reference.replaceAll("-", " "))).status).toBe(404);
    }
    const stopped = await guess(11);
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers["retry-after"])).toBeGreaterThan(0);
    expect(stopped.text).toContain(`href="/en/lost-code?reference&#x3D;${reference}"`);
    expect((await guesser.post("/en/follow", { reference, code })).status).toBe(429);
    const told = await byApi(code);
    expect([told.status, Number(told.headers["retry-after"]) > 0]).toEqual([429, true]);
    server.close();
    // Stays where they were, from the same address.
    expect((await owner.get(`/en/follow/${reference}`)).status).toBe(200);
    app.setNow(minutes(16));
    expect((await guesser.post("/en/follow", { reference, code })).status).toBe(303);
    app.setNow(sundayNine);
  });

  it("does not let the cookies of many cases add up until nothing is served", async () => {
    const who = app.visitor();
    const sent = [];
    for (let n = 0; n < 11; n++) sent.push(await app.office.receive());
    for (const [n, { reference, code }] of sent.entries()) {
      app.setNow(new Date(sundayNine.getTime() + n * 1000));
      expect((await who.post("/en/follow", { reference, code })).status).toBe(303);
    }
    const opened = [];
    for (const { reference } of sent) {
      const { text } = await who.get(`/en/follow/${reference}`);
      opened.push(!text.includes('name="code"'));
    }
    expect(opened).toEqual([...Array(3).fill(false), ...Array(8).fill(true)]);
    app.setNow(sundayNine);
  });

  it("is for that case only, for half an hour without a request, and keeps what was written when it ends", async () => {
    const mine = await app.office.receive();
    const other = await app.office.receive({ subject: "Somebody else's" });
    const who = await followed(app, mine);
    expect((await who.get(`/en/follow/${mine.reference}`)).text).toContain(complaint.subject);
    const asked = await who.get(`/en/follow/${other.reference}`);
    expect(asked.text).not.toContain("Somebody else");
    expect(asked.text).toContain('name="code"');
    // A cookie of one case under the name of another.
    const jar = await app.visitor().post("/en/follow", { reference: mine.reference, code: mine.code });
    const value = /diwan_case_\d+=([^;]+)/.exec(String(jar.headers["set-cookie"]))?.[1] ?? "";
    for (const forged of [value, `${value.slice(0, -2)}AA`, "x".repeat(60), "%00"]) {
      const cookie = `diwan_case_${other.reference.replaceAll("-", "")}=${forged}`;
      const seen = await app.visitor().agent.get(`/en/follow/${other.reference}`).set("cookie", cookie);
      expect(seen.text).not.toContain("Somebody else");
    }
    app.setNow(minutes(29));
    expect((await who.get(`/en/follow/${mine.reference}`)).text).toContain(complaint.subject);
    app.setNow(minutes(60));
    const form = { reply: "Written <slowly>" };
    const late = await who.post(`/en/follow/${mine.reference}/do/add_information`, form);
    expect(late.status).toBe(401);
    expect(late.text).toContain('name="kept.reply" value="Written &lt;slowly&gt;"');
    const on = await who.post("/en/follow", {
      ...mine,
      act: "add_information",
      "kept.reply": "Written <slowly>",
    } as never);
    expect(on.headers.location).toBe(`/en/follow/${mine.reference}/do/add_information`);
    expect((await who.get(String(on.headers.location))).text).toContain("Written &lt;slowly&gt;</textarea>");
    // Leaving closes nothing, and says so: "closed" is what becomes of an application in the end.
    expect((await who.get(`/en/follow/${mine.reference}`)).text).toMatch(/<button[^>]*>Leave this page<\/button>/);
    expect((await who.get(`/ar/follow/${mine.reference}`)).text).toMatch(/<button[^>]*>مغادرة هذه الصفحة<\/button>/);
    const gone = await who.post(`/en/follow/${mine.reference}/leave`);
    expect((await who.get(String(gone.headers.location))).text).toContain(
      "You have left the page. Nothing has changed.",
    );
    expect((await who.get(`/en/follow/${mine.reference}`)).text).toContain('name="code"');
    app.setNow(sundayNine);
  });

  it("offers what the workflow offers: reply, withdraw, rate and reopen, with faults at their fields", async () => {
    const { office } = app;
    const { reference, code } = await office.receive();
    const who = await followed(app, { reference, code });
    const at = `/en/follow/${reference}`;
    const official = office.official("focal_point", "CSPD");
    expect((await who.get(`${at}/do/rate`)).headers.location).toBe(at);
    expect((await who.post(`${at}/do/assign`, { entity: "MOH" })).headers.location).toBe(at);
    expect((await who.post(`${at}/do/constructor`)).headers.location).toBe(at);
    await office.act(reference, official, "ask", { question: "Which hall?" }, app.now());
    const page = (await who.get(`${at}/do/reply`)).text;
    expect(page).toContain("Which hall?");
    expect((await who.post(`${at}/do/reply`, { reply: " " })).text).toContain('href="#reply"');
    const shown = await who.post(`/ar/follow/${reference}/do/reply`, { reply: "Half", go: "show" });
    expect((await who.get(String(shown.headers.location))).text).toContain("Half</textarea>");
    await who.post(`${at}/do/reply`, { reply: "The big one" });
    await office.act(reference, official, "answer", { answer: "It is open now" }, app.now());
    if ((await office.caseRow(reference)).state === "in_review") {
      expect((await who.get(at)).text).not.toContain("It is open now");
      await office.act(reference, office.official("operation_room"), "approve", {}, app.now());
    }
    const answered = (await who.get(at)).text;
    expect(answered).toContain("It is open now");
    expect(answered).toContain("You can do this until");
    expect((await who.post(`${at}/do/rate`, {})).text).toContain('href="#rating"');
    expect((await who.post(`${at}/do/rate`, { rating: "6" })).status).toBe(422);
    expect((await who.post(`${at}/do/rate`, { rating: "5", comment: "Thanks" })).status).toBe(303);
    expect((await office.caseRow(reference)).rating).toBe(5);
    expect((await who.post(`${at}/do/reopen`, { reason: "Closed again" })).status).toBe(303);
    expect((await office.caseRow(reference)).state).toBe("assigned");
    await who.post(`${at}/do/withdraw`, {});
    expect((await office.caseRow(reference)).state).toBe("withdrawn");
    // What another tab still offers is told to be over, and nothing happens.
    expect((await who.post(`${at}/do/withdraw`, {})).headers.location).toBe(at);
    // Nobody acts without the code.
    expect((await app.visitor().post(`${at}/do/add_information`, { reply: "x" })).status).toBe(401);
  });

  it("shows the answer before it is rated, says what a low mark brings, and afterwards what it brought", async () => {
    const { office } = app;
    const { reference, code } = await office.receive();
    const who = await followed(app, { reference, code });
    const at = `/en/follow/${reference}`;
    const focal = office.official("focal_point", "CSPD");
    const text = async (path = at) => (await who.get(path)).text;
    expect(await text()).toContain("<strong>We are working on it</strong>");
    await office.act(reference, focal, "ask", { question: "Which hall?" }, app.now());
    const asked = await text();
    expect(asked).toContain("<strong>We need something from you</strong>");
    expect(asked).not.toContain("Waiting for the applicant");
    // The question before the way to reply to it, and once.
    expect(asked.match(/Which hall\?/g)).toHaveLength(1);
    expect(asked.indexOf("Which hall?")).toBeLessThan(asked.indexOf("/do/reply"));
    // A channel says it in the same words.
    expect(await office.services.cases.follow({ reference, code, now: app.now() })).toMatchObject({
      stateName: { en: "We need something from you", ar: "نحتاج إلى رد منك" },
    });
    await who.post(`${at}/do/reply`, { reply: "The large one" });
    await office.act(reference, focal, "answer", { answer: "The hall opens at eight." }, app.now());
    if ((await office.caseRow(reference)).state === "in_review") {
      expect(await text()).not.toContain("The hall opens at eight.");
      // In the workflow's own words for applicants.
      expect(await text()).toContain("<strong>The answer is written, and we are checking it");
      await office.act(reference, office.official("operation_room"), "approve", {}, app.now());
    }
    const page = await text();
    expect(page.match(/The hall opens at eight\./g)).toHaveLength(1);
    expect(page.indexOf("The hall opens at eight.")).toBeLessThan(page.indexOf('href="/en/follow/'));
    const form = await text(`${at}/do/rate`);
    expect(form.indexOf("The hall opens at eight.")).toBeLessThan(form.indexOf('name="rating"'));
    expect(form.replace(/[\u2068\u2069]/g, "")).toContain(
      "If you give 1 or 2, someone else will look at your complaint again",
    );
    // The mark alone is asked; the rest is behind it, and open where it was begun.
    expect(form.indexOf('name="rating"')).toBeLessThan(form.indexOf("<details"));
    expect(form.indexOf("<details")).toBeLessThan(form.indexOf('name="comment"'));
    const fault = await who.post(`${at}/do/rate`, { comment: "Not enough" });
    expect(fault.text).toMatch(/<details class="govuk-details" open>/);
    await who.post(`${at}/do/rate`, { rating: "2", comment: "Not enough" });
    expect((await office.caseRow(reference)).state).toBe("appealed");
    const after = await text(`${at}?done=rate`);
    expect(after).toContain("<strong>Someone else is looking at it again</strong>");
    expect(after).toContain("You gave the answer a mark of 2");
    expect(after).not.toContain("Appeal, waiting for another person");
    // The answer of before is a message among the others now.
    expect(after).not.toContain('id="first"');
    // What they wrote with the mark is theirs to read again.
    expect(after).toContain("Your comment on the answer");
    expect(after).toContain("Not enough");
    expect(after).toContain("The hall opens at eight.");
  });

  it("is where letters lead, also those of before", async () => {
    const { reference } = await app.office.receive();
    const [sent] = await app.office.rows(
      "select id from messages where template = 'applicant-received' and data->>'reference' = $1",
      reference,
    );
    const actor = { kind: "system", job: "test" } as const;
    const { rendered } = await app.services.mail.show({ id: Number(sent?.id), actor });
    expect(rendered.html).toContain(`https://diwan.example.jo/en/follow/${reference}`);
    const old = await app.visitor().agent.get(`/track/${reference}`).set("accept-language", "en");
    expect(old.headers.location).toBe(`/en/follow/${reference}`);
    expect((await app.visitor().get(`/en/follow/${reference}`)).text).toContain(`value="${reference}"`);
  });
});

describe("what is written about a case and not sent", () => {
  const written = "الدفعة الأولى <b>وصلت</b>";
  const begun = async () => {
    const keys = await app.office.receive();
    const who = await followed(app, keys);
    return { ...keys, who, act: `/en/follow/${keys.reference}/do/add_information` };
  };
  const shown = "الدفعة الأولى &lt;b&gt;وصلت&lt;/b&gt;</textarea>";

  it("is there again after Back, another page, the other language, a fault, and on another device", async () => {
    const { reference, code, who, act } = await begun();
    for (const [go, to] of [
      ["back", `/en/follow/${reference}`],
      ["home", "/en"],
      ["follow", "/en/follow"],
      ["show", act],
    ] as const) {
      const left = await who.post(act, { reply: `${go}: ${written}`, go });
      expect([left.status, left.headers.location]).toEqual([303, to]);
      expect((await who.get(act)).text).toContain(`${go}: ${shown}`);
    }
    const arabic = await who.post(act.replace("/en/", "/ar/"), { reply: written, go: "show" });
    expect(arabic.headers.location).toBe(act.replace("/en/", "/ar/"));
    expect((await who.get(act.replace("/en/", "/ar/"))).text).toContain(shown);
    expect((await who.post(act, { reply: "x".repeat(5001) })).status).toBe(422);
    expect((await who.get(act)).text).toContain("x".repeat(5001));
    await who.post(act, { reply: written, go: "back" });
    expect((await who.get(`/en/follow/${reference}`)).text).toContain("You started writing here");
    const elsewhere = await followed(app, { reference, code: code.toLowerCase() });
    expect((await elsewhere.get(act)).text).toContain(shown);
    // Another action of the same case has none of it.
    expect((await who.get(act.replace("add_information", "withdraw"))).text).not.toContain("الدفعة");
  });

  it("is gone once it is sent, deleted or a day old", async () => {
    const { reference, who, act } = await begun();
    await who.post(act, { reply: written, go: "back" });
    await who.post(act, { reply: written });
    expect((await who.get(act)).text).not.toContain("الدفعة");
    await who.post(act, { reply: written, go: "back" });
    expect((await who.post(act, { reply: written, go: "forget" })).headers.location).toBe(`/en/follow/${reference}`);
    expect((await who.get(act)).text).not.toContain("الدفعة");
    expect((await who.get(`/en/follow/${reference}`)).text).not.toContain("You started writing here");
    await who.post(act, { reply: written, go: "back" });
    expect(await app.office.rows("select 1 from act_drafts")).not.toEqual([]);
    // A day after the last that any of these tests wrote.
    app.setNow(minutes(26 * 60));
    try {
      const swept = (await app.services.handlers.housekeeping(app.now())) as { actDrafts: number };
      expect(swept.actDrafts).toBeGreaterThan(0);
      expect(await app.office.rows("select 1 from act_drafts")).toEqual([]);
    } finally {
      app.setNow(sundayNine);
    }
  });

  it("is read by nobody without the code, in no copy of the database either", async () => {
    const { reference, code, who, act } = await begun();
    await who.post(act, { reply: written, go: "back" });
    const rows = await app.office.rows("select owner_hash::text || encode(locked, 'escape') as all from act_drafts");
    expect(JSON.stringify(rows)).not.toMatch(/وصلت|reply/);
    const other = await app.office.receive();
    const stranger = await followed(app, other);
    const strangers = await stranger.get(act);
    expect(strangers.text).toContain('name="code"');
    expect(strangers.text).not.toContain("الدفعة");
    expect((await stranger.get(act.replace(reference, other.reference))).text).not.toContain("الدفعة");
    // What a stranger writes at its address stands nowhere.
    expect((await stranger.post(act, { reply: "forged", go: "back" })).status).toBe(401);
    expect((await (await followed(app, { reference, code })).get(act)).text).toContain(shown);
  });

  it("goes on behind the code when the time was over, whichever language it is gone on in", async () => {
    const { reference, code, who, act } = await begun();
    app.setNow(minutes(45));
    try {
      const late = await who.post(act, { reply: written });
      expect(late.status).toBe(401);
      expect(late.text).toContain('formaction="/ar/follow"');
      const kept = { reference, code: "", act: "add_information", "kept.reply": written };
      const turned = await who.post("/ar/follow", { ...kept, go: "show" });
      expect(turned.status).toBe(200);
      expect(turned.text).toContain('name="kept.reply" value="الدفعة الأولى');
      const on = await who.post("/ar/follow", { ...kept, code });
      expect([on.status, on.headers.location]).toEqual([303, act.replace("/en/", "/ar/")]);
      expect((await who.get(act.replace("/en/", "/ar/"))).text).toContain(shown);
    } finally {
      app.setNow(sundayNine);
    }
  });

  it("is shown, not sent, when the case moved on meanwhile; pressed twice it was sent", async () => {
    const { reference, who, act } = await begun();
    const official = app.office.official("focal_point", "CSPD");
    await app.office.act(reference, official, "ask", { question: "Which hall?" }, app.now());
    const reply = act.replace("add_information", "reply");
    expect((await who.post(reply, { reply: written })).status).toBe(303);
    expect((await who.post(reply, { reply: written })).headers.location).toBe(`/en/follow/${reference}`);
    const over = await who.post(reply, { reply: "Something else, by hand" });
    expect(over.status).toBe(409);
    expect(over.text).toContain("What you wrote was not sent");
    expect(over.text).toContain("Something else, by hand");
    expect(over.text).toContain(`href="/ar/follow/${reference}"`);
    const { n } = (
      await app.office.rows(
        "select count(*)::int as n from case_events e join cases c on c.id = e.case_id where c.reference = $1 and e.type = 'applicant.replied'",
        reference,
      )
    )[0] as { n: number };
    expect(n).toBe(1);
  });

  it("of two presses at once stands once; the same words later, or after others, stand again", async () => {
    const sent = await app.office.receive();
    const { reference } = sent;
    const [who, twin] = [await followed(app, sent), await followed(app, sent)];
    const act = `/en/follow/${reference}/do/add_information`;
    const both = await Promise.all([who.post(act, { reply: written }), twin.post(act, { reply: `${written} ` })]);
    for (const { status, headers } of both)
      expect([status, headers.location]).toEqual([303, `/en/follow/${reference}?done=add_information#said`]);
    const replies = async () =>
      (await app.office.events(reference))
        .filter(({ type }) => type === "applicant.replied")
        .map(({ data }) => data.reply);
    expect(await replies()).toHaveLength(1);
    await who.post(act, { reply: "Something else" });
    await who.post(act, { reply: written });
    expect(await replies()).toHaveLength(3);
    app.setNow(minutes(3));
    try {
      await who.post(act, { reply: written });
      expect(await replies()).toHaveLength(4);
    } finally {
      app.setNow(sundayNine);
    }
  });

  it("was sent by the first of two presses also where no conversation shows it", async () => {
    const sent = await app.office.receive();
    const { reference } = sent;
    const who = await followed(app, sent);
    const withdraw = `/en/follow/${reference}/do/withdraw`;
    const form = { reason: "I solved it\r\nmyself." };
    expect((await who.post(withdraw, form)).headers.location).toBe(`/en/follow/${reference}?done=withdraw#said`);
    const again = await who.post(withdraw, form);
    expect([again.status, again.headers.location]).toEqual([303, `/en/follow/${reference}`]);
    expect((await who.post(withdraw, { reason: "Another reason" })).status).toBe(409);
  });
});
