/** The applicant's pages through the door people use: every page, every fault, and what strangers get. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPortalTexts } from "../../src/portal/portal-texts.js";
import { openPortalApp, type PortalApp, type PortalVisitor } from "../support/portal-app.js";
import { complaint, sundayNine, unknownReference } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());

const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);
const sameOrigin = { "sec-fetch-site": "same-origin", accept: "text/html" };

async function begin(who: PortalVisitor, language = "en"): Promise<string> {
  const { headers, status } = await who.post(`/${language}/apply`, { programme: "jordan" });
  expect(status).toBe(303);
  return String(headers.location).split("/")[3] as string;
}

const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  type: { type: "complaint" },
  sector: { sector: "INTERIOR" },
  entity: { entity: "CSPD" },
  service: { service: "CSPD-PASSPORT" },
  pillar: { pillar: "QUALITY" },
  place: { place: "-" },
  matter: { subject: "The hall was closed", description: "Nobody opened\r\nthe hall." },
  details: { "field.visitDate.day": "٥", "field.visitDate.month": "3", "field.visitDate.year": "2026" },
  identity: { identity: "named" },
  files: {},
  applicant: { name: "Rana Haddad", email: "rana@example.com" },
};

/** Answers pages as they come, until the last look; the pages in the order in which they came. */
async function answerAll(
  who: PortalVisitor,
  id: string,
  own: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
  language = "en",
): Promise<string[]> {
  const pages: string[] = [];
  for (let page = "type"; page !== "check"; ) {
    pages.push(page);
    const form = own[page] ?? answers[page] ?? {};
    const answer = await who.post(`/${language}/apply/${id}/${page}`, form);
    if (answer.status !== 303) throw new Error(`${page}: ${answer.status} ${answer.text.slice(0, 3000)}`);
    page = String(answer.headers.location).split("/")[4] as string;
    if (pages.length > 20) throw new Error(pages.join());
  }
  return pages;
}

const keysIn = (html: string): { reference: string; code: string } => {
  const [, reference = "", code = ""] =
    /<bdi dir="ltr">([\d-]+)<\/bdi>[\s\S]*?<bdi dir="ltr">([\w-]+)<\/bdi>/.exec(html) ?? [];
  return { reference, code };
};

async function submitted(own = {}): Promise<{ who: PortalVisitor; id: string; reference: string; code: string }> {
  const who = app.visitor();
  const id = await begin(who);
  await answerAll(who, id, own);
  await who.post(`/en/apply/${id}/check`);
  return { who, id, ...keysIn((await who.get(`/en/apply/${id}/sent`)).text) };
}

const followed = async ({ reference, code }: { reference: string; code: string }): Promise<PortalVisitor> => {
  const who = app.visitor();
  const { status } = await who.post("/en/follow", { reference, code });
  expect(status).toBe(303);
  return who;
};

describe("the first page", () => {
  it("comes in the language that the browser prefers, in Arabic where it names neither", async () => {
    const asked = async (header: string) =>
      (await app.visitor().agent.get("/").set("accept-language", header)).headers.location;
    expect(await asked("en-GB,en;q=0.9")).toBe("/en");
    expect(await asked("de")).toBe("/ar");
    expect(await asked("ar-JO,en;q=0.4")).toBe("/ar");
  });

  it("has no script, sets no cookie, is kept nowhere, and leads staff to their door", async () => {
    const { text, headers, status } = await app.visitor().get("/ar");
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script|style=|onclick/i);
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["content-security-policy"]).not.toContain("script");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(text).toContain('href="/admin"');
    expect(text).toContain('lang="ar" dir="rtl"');
  });

  it("says that pages are closed where the programme is set so, and takes nothing then", async () => {
    const { setupEditor } = app.services;
    const by = app.office.official("operation_room");
    const place = { programme: "jordan", table: "programmes", code: "jordan", by, now: sundayNine } as const;
    const who = app.visitor();
    const id = await begin(who);
    await answerAll(who, id);
    await setupEditor.update({ ...place, values: { publicPages: false }, before: { publicPages: true } });
    try {
      expect((await app.visitor().get("/en")).text).toContain("not taken here at present");
      expect((await app.visitor().post("/en/apply", { programme: "jordan" })).status).toBe(404);
      expect((await who.post(`/en/apply/${id}/check`)).status).toBe(404);
      expect((await app.office.rows("select 1 from cases where programme = 'jordan'")).length).toBe(0);
    } finally {
      await setupEditor.update({ ...place, values: { publicPages: true }, before: { publicPages: false } });
    }
    expect((await who.post(`/en/apply/${id}/check`)).status).toBe(303);
  });
});

describe("both languages", () => {
  it("have the same words with the same values", () => {
    const texts = loadPortalTexts("views/portal/text");
    expect([...texts.keys("ar")].sort()).toEqual([...texts.keys("en")].sort());
    for (const key of texts.keys("ar")) {
      const values = (language: "ar" | "en") => {
        const named: string[] = [];
        const get = (_: object, name: string | symbol) => {
          named.push(String(name));
          return "x";
        };
        const all = new Proxy({}, { get });
        texts.say(language, key, all as Record<string, string>);
        return named.sort();
      };
      expect([key, values("ar")]).toEqual([key, values("en")]);
    }
  });
});

describe("an application", () => {
  it("is asked one question a page, looked over, sent once, and kept nowhere else afterwards", async () => {
    const who = app.visitor();
    const id = await begin(who);
    expect(await answerAll(who, id)).toEqual(Object.keys(answers));
    const check = (await who.get(`/en/apply/${id}/check`)).text;
    for (const said of ["Complaint", "Civil Status", "passport", "Rana Haddad", "rana@example.com", "5 March 2026"]) {
      expect(check).toContain(said);
    }
    // Twice at once, and once more: one case.
    const pressed = await Promise.all([who.post(`/en/apply/${id}/check`), who.post(`/en/apply/${id}/check`)]);
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    await who.post(`/en/apply/${id}/check`);
    const sent = await who.get(`/en/apply/${id}/sent`);
    const { reference, code } = keysIn(sent.text);
    expect(reference).toMatch(/^\d{3}-\d{3}-\d{4}$/);
    expect(sent.text).toContain("An answer is due by");
    expect(sent.text).toContain("10 working days");
    const rows = await app.office.rows(
      `select c.reference, a.channel, a.entity, a.service, a.subject, a.description, a.language, a.fields, p.name, p.email
      from cases c join applications a on a.id = c.id join applicants p on p.case_id = c.id where a.subject = $1 and a.channel = 'web'
      and c.reference = $2`,
      "The hall was closed",
      reference,
    );
    expect(rows).toEqual([
      {
        reference,
        channel: "web",
        entity: "CSPD",
        service: "CSPD-PASSPORT",
        subject: "The hall was closed",
        description: "Nobody opened\nthe hall.",
        language: "en",
        fields: { visitDate: "2026-03-05" },
        name: "Rana Haddad",
        email: "rana@example.com",
      },
    ]);
    const [draft] = await app.office.rows(
      "select typed::text, done, locked_code from application_drafts where id = $1",
      id,
    );
    expect([draft?.typed, draft?.done]).toEqual(["{}", []]);
    expect(String(draft?.locked_code)).not.toContain(code);
    // Going back changes nothing any more.
    expect((await who.get(`/en/apply/${id}/matter`)).headers.location).toBe(`/en/apply/${id}/sent`);
    expect((await who.post(`/en/apply/${id}/matter`, answers.matter)).headers.location).toBe(`/en/apply/${id}/sent`);
    expect((await who.post(`/en/apply/${id}/done`)).headers.location).toBe("/en");
    expect((await who.get(`/en/apply/${id}/sent`)).status).toBe(404);
  });

  it("is one of two in two tabs", async () => {
    const who = app.visitor();
    const [one, two] = [await begin(who), await begin(who)];
    await who.post(`/en/apply/${one}/matter`, { subject: "The first", description: "x" });
    await who.post(`/en/apply/${two}/matter`, { subject: "The second", description: "y" });
    expect((await who.get(`/en/apply/${one}/matter`)).text).toContain('value="The first"');
    expect((await who.get(`/en/apply/${two}/matter`)).text).toContain('value="The second"');
  });

  it("keeps what was typed through faults, back and the other language", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const fault = await who.post(`/en/apply/${id}/matter`, { subject: "", description: "Half a <b>text</b>" });
    expect(fault.status).toBe(422);
    expect(fault.text).toContain('<a href="#subject">Subject:');
    expect(fault.text).toContain("Half a &lt;b&gt;text&lt;/b&gt;");
    expect(fault.text).toMatch(/<title>Error: /);
    const shown = await who.post(`/ar/apply/${id}/matter`, {
      subject: "نصف عنوان",
      description: "Half a text",
      go: "show",
    });
    expect(shown.headers.location).toBe(`/ar/apply/${id}/matter`);
    const arabic = (await who.get(`/ar/apply/${id}/matter`)).text;
    expect(arabic).toContain("نصف عنوان");
    expect(arabic).toContain('dir="rtl"');
    const back = await who.post(`/ar/apply/${id}/matter`, { subject: "عنوان", description: "نص", go: "back" });
    expect(back.headers.location).toMatch(/\/place$/);
    expect((await who.get(`/en/apply/${id}/matter`)).text).toContain("عنوان");
  });

  it("tells each fault at its field", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const faultsOf = async (page: string, form: Record<string, string>) => {
      const { status, text } = await who.post(`/en/apply/${id}/${page}`, form);
      return [status, [...text.matchAll(/<li><a href="#([^"]+)">/g)].map(([, at]) => at)];
    };
    expect(await faultsOf("type", {})).toEqual([422, ["type"]]);
    expect(await faultsOf("type", { type: "constructor" })).toEqual([422, ["type"]]);
    await who.post(`/en/apply/${id}/type`, { type: "complaint" });
    expect(await faultsOf("sector", { sector: "NOWHERE" })).toEqual([422, ["sector"]]);
    expect(await faultsOf("entity", { entity: "NOBODY" })).toEqual([422, ["entity"]]);
    await who.post(`/en/apply/${id}/entity`, { entity: "CSPD" });
    expect(await faultsOf("service", { service: "PSD-NO-RECORD" })).toEqual([422, ["service"]]);
    expect(await faultsOf("matter", { subject: "x".repeat(201), description: "" })).toEqual([
      422,
      ["subject", "description"],
    ]);
    expect(
      await faultsOf("details", {
        "field.visitDate.day": "31",
        "field.visitDate.month": "2",
        "field.visitDate.year": "2026",
        "field.waitingDays": "-3",
        "field.complainedBefore": "perhaps",
        "field.transactionNumber": "x".repeat(41),
      }),
    ).toEqual([422, ["field-transactionNumber", "field-visitDate-day", "field-waitingDays", "field-complainedBefore"]]);
    expect(await faultsOf("applicant", {})).toEqual([422, ["name"]]);
    expect(await faultsOf("applicant", { name: "R", phone: "12", email: "no", nationalNumber: "1" })).toEqual([
      422,
      ["email", "phone", "nationalNumber"],
    ]);
  });

  it("goes to the first open question when the end is asked for too early, and from a change back to the end", async () => {
    const who = app.visitor();
    const id = await begin(who);
    expect((await who.get(`/en/apply/${id}/check`)).headers.location).toBe(`/en/apply/${id}/type`);
    expect((await who.post(`/en/apply/${id}/check`)).headers.location).toBe(`/en/apply/${id}/type`);
    await answerAll(who, id);
    const changed = await who.post(`/en/apply/${id}/matter?change=1`, { subject: "Another", description: "text" });
    expect(changed.headers.location).toBe(`/en/apply/${id}/check`);
    // Another sector takes entity and service back; both are asked again before the end.
    const other = await who.post(`/en/apply/${id}/sector?change=1`, { sector: "HEALTH" });
    expect(other.headers.location).toBe(`/en/apply/${id}/entity?change=1`);
    expect((await who.get(`/en/apply/${id}/entity`)).text).not.toContain(" checked");
  });

  it("finds entities by a part of their name in either language, and leaves what nobody knows to the rules", async () => {
    const who = app.visitor();
    const id = await begin(who);
    for (const q of ["passports", "الجوازات"]) {
      const { text } = await who.get(`/en/apply/${id}/entity?q=${encodeURIComponent(q)}`);
      expect(text).toContain('value="CSPD"');
      expect(text).not.toContain('value="MOH"');
    }
    expect((await who.get(`/en/apply/${id}/entity?q=%3Cb%3E`)).text).toContain("No entity matches");
    const pages = await answerAll(who, id, { sector: { sector: "-" } });
    expect(pages).not.toContain("entity");
    await who.post(`/en/apply/${id}/check`);
    expect((await who.get(`/en/apply/${id}/sent`)).status).toBe(200);
  });

  it("without a name keeps nothing of a person, also of what was typed before", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const report = { type: { type: "report" }, details: {}, identity: { identity: "anonymous" } };
    await who.post(`/en/apply/${id}/applicant`, { name: "Somebody Known", phone: "0791234567" });
    const pages = await answerAll(who, id, report);
    expect(pages).not.toContain("applicant");
    const [{ typed } = {}] = await app.office.rows("select typed from application_drafts where id = $1", id);
    expect(JSON.stringify(typed)).not.toMatch(/Somebody|0791234567/);
    expect((await who.get(`/en/apply/${id}/check`)).text).toContain("Without it nobody can let you back in");
    await who.post(`/en/apply/${id}/check`);
    const { reference, code } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const [row] = await app.office.rows(
      "select a.anonymous, c.confidential, (select count(*)::int from applicants p where p.case_id = c.id) as people from cases c join applications a on a.id = c.id where c.reference = $1",
      reference,
    );
    expect(row).toEqual({ anonymous: true, confidential: true, people: 0 });

    // The two-way conversation, by the code alone.
    const { office } = app;
    const { entity } = await office.caseRow(reference);
    expect(entity).not.toBeNull();
    await office.act(
      reference,
      office.official("focal_point", String(entity)),
      "ask",
      { question: "Where?" },
      app.now(),
    );
    const reporter = await followed({ reference, code });
    expect((await reporter.get(`/en/follow/${reference}`)).text).toContain("Where?");
    const reply = await reporter.post(`/en/follow/${reference}/do/reply`, { reply: "In the hall" });
    expect(reply.headers.location).toBe(`/en/follow/${reference}?done=reply`);
    expect((await reporter.get(`/en/follow/${reference}`)).text).toContain("In the hall");
  });

  it("without a name asks so before files, names them neutrally and says what documents may still tell", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const page = `/en/apply/${id}/files`;
    const upload = (name: string) =>
      who.agent.post(page).set(sameOrigin).field("go", "show").attach("file", Buffer.from("a,b"), name);
    const warning = "hold the name of their writer";
    await who.post(`/en/apply/${id}/type`, { type: "report" });
    expect((await who.get(page)).text).not.toContain(warning);
    await upload("Rana Haddad.txt");
    expect((await who.get(page)).text).toContain("Rana Haddad");

    await who.post(`/en/apply/${id}/identity`, { identity: "anonymous" });
    const asked = (await who.get(page)).text;
    expect(asked).toContain(warning);
    expect(asked).not.toContain("Rana Haddad");
    await upload("Rana Haddad desk 5.csv");
    await upload("Rana.txt");
    const pages = await answerAll(who, id, {
      type: { type: "report" },
      details: {},
      identity: { identity: "anonymous" },
    });
    expect(pages.indexOf("identity")).toBeLessThan(pages.indexOf("files"));
    await who.post(`/en/apply/${id}/check`);
    const { reference } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const named = await app.office.rows(
      "select a.name from attachments a join cases c on c.id = a.case_id where c.reference = $1 order by a.name",
      reference,
    );
    expect(named).toEqual([{ name: "file-1.csv" }, { name: "file-2.txt" }]);
  });

  it("carries files: attached, taken off again, told when refused, sent with it and saved by nobody else", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const page = `/en/apply/${id}/files`;
    const upload = (name: string, content: Buffer, go: string) =>
      who.agent.post(page).set(sameOrigin).field("go", go).attach("file", content, name);
    await upload("ملاحظة.txt", Buffer.from("what happened"), "show");
    await upload("other.txt", Buffer.from("another"), "show");
    const listed = (await who.get(page)).text;
    expect(listed).toContain("ملاحظة.txt");
    const drop =
      /name="drop" value="([0-9a-f]{32})"[^<]*<\/?[^>]*>[^<]*other/.exec(listed.replace(/\s+/g, " "))?.[1] ?? "";
    expect(drop).not.toBe("");
    await who.post(page, { drop });
    expect((await who.get(page)).text).not.toContain("other.txt");
    const refused = await upload("page.html", Buffer.from("<html><script>alert(1)</script></html>"), "on");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#file-fault-0"');
    expect(
      (await who.agent.post(page).set({ accept: "text/html" }).attach("file", Buffer.from("x"), "x.txt")).status,
    ).toBe(403);
    expect(
      (await app.visitor().agent.post(page).set(sameOrigin).attach("file", Buffer.from("x"), "x.txt")).status,
    ).toBe(404);
    await answerAll(who, id);
    expect((await who.get(`/en/apply/${id}/check`)).text).toContain("ملاحظة.txt");
    await Promise.all([who.post(`/en/apply/${id}/check`), who.post(`/en/apply/${id}/check`)]);
    const keys = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const applicant = await followed(keys);
    const html = (await applicant.get(`/en/follow/${keys.reference}`)).text;
    const file = /href="(\/en\/follow\/[\d-]+\/files\/[0-9a-f]{32})"/.exec(html)?.[1] ?? "";
    const saved = await applicant.get(file);
    expect([saved.status, saved.text]).toEqual([200, "what happened"]);
    expect(saved.headers["content-disposition"]).toMatch(/^attachment/);
    expect((await app.visitor().get(file)).status).toBe(404);
    // Somebody who may see another case sees this one's file neither there nor here.
    const stranger = await submitted();
    const other = await followed(stranger);
    expect((await other.get(file)).status).toBe(404);
    expect((await other.get(file.replace(keys.reference, stranger.reference))).status).toBe(404);
  });

  it("is nobody else's: by address, by a forged cookie, after a day", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await who.post(`/en/apply/${id}/matter`, { subject: "A secret subject", description: "text" });
    const stranger = app.visitor();
    await begin(stranger);
    for (const seen of [
      await stranger.get(`/en/apply/${id}/matter`),
      await stranger.get(`/en/apply/${id}/check`),
      await stranger.get(`/en/apply/${id}/sent`),
      await stranger.post(`/en/apply/${id}/follow`),
      await app
        .visitor()
        .agent.get(`/en/apply/${id}/matter`)
        .set("cookie", `diwan_draft=${"A".repeat(43)}`),
      await app.visitor().agent.get("/en/apply/%00/matter"),
    ]) {
      expect(seen.status).toBe(404);
      expect(seen.text).not.toContain("A secret subject");
    }
    await stranger.post(`/en/apply/${id}/matter`, { subject: "Forged", description: "text" });
    expect((await who.get(`/en/apply/${id}/matter`)).text).toContain("A secret subject");

    app.setNow(minutes(24 * 60 + 1));
    try {
      const late = await who.post(`/en/apply/${id}/matter`, { subject: "Typed too late", description: "A long text" });
      expect(late.status).toBe(404);
      expect(late.text).toContain('value="Typed too late"');
      const again = await who.post("/en/apply", { programme: "jordan", subject: "Typed too late", evil: "x" });
      const fresh = String(again.headers.location).split("/")[3];
      expect((await who.get(`/en/apply/${fresh}/matter`)).text).toContain('value="Typed too late"');
      const swept = (await app.services.handlers.housekeeping(app.now())) as { applicationDrafts: number };
      expect(swept.applicationDrafts).toBeGreaterThan(0);
      expect(await app.office.rows("select 1 from application_drafts where id = $1", id)).toEqual([]);
    } finally {
      app.setNow(sundayNine);
    }
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

  it("stops guessing, one case from one address, and lets the applicant in elsewhere", async () => {
    const { reference, code } = await app.office.receive();
    const guesser = app.visitor();
    const guess = (n: number) => guesser.post("/en/follow", { reference, code: `AAAA-AAAA-AA${10 + n}` });
    for (let n = 0; n < 10; n++) expect((await guess(n)).status).toBe(404);
    const stopped = await guess(11);
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers["retry-after"])).toBeGreaterThan(0);
    expect((await guesser.post("/en/follow", { reference, code })).status).toBe(429);
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
    const who = await followed(mine);
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
    expect(on.text).toContain("Written &lt;slowly&gt;</textarea>");
    await who.post(`/en/follow/${mine.reference}/leave`);
    expect((await who.get(`/en/follow/${mine.reference}`)).text).toContain('name="code"');
    app.setNow(sundayNine);
  });

  it("offers what the workflow offers: reply, withdraw, rate and reopen, with faults at their fields", async () => {
    const { office } = app;
    const { reference, code } = await office.receive();
    const who = await followed({ reference, code });
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
    expect(shown.text).toContain("Half</textarea>");
    await who.post(`${at}/do/reply`, { reply: "The big one" });
    await office.act(reference, official, "answer", { answer: "It is open now" }, app.now());
    if ((await office.caseRow(reference)).state === "in_review") {
      expect((await who.get(at)).text).not.toContain("It is open now");
      await office.act(reference, office.official("operation_room"), "approve", {}, app.now());
    }
    const answered = (await who.get(at)).text;
    expect(answered).toContain("It is open now");
    expect(answered).toContain("Possible until");
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

describe("refusals", () => {
  it("are pages in the portal's look in both languages, and JSON for programs", async () => {
    const page = await app.visitor().get("/en/nothing");
    expect([page.status, page.type]).toEqual([404, "text/html"]);
    expect(page.text).toContain("There is no page at this address");
    expect(page.text).toContain("لا توجد صفحة في هذا العنوان");
    const mistyped = await app.visitor().agent.get("/arr").set("accept", "text/html");
    expect([mistyped.status, mistyped.type]).toEqual([404, "text/html"]);
    const program = await app.visitor().agent.get("/nothing").set("accept", "application/json");
    expect(program.type).toBe("application/problem+json");
  });

  it("meet whatever our pages did not send, what is too large and what is no form", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const path = `/en/apply/${id}/matter`;
    const foreign = { "sec-fetch-site": "cross-site", accept: "text/html" };
    expect((await who.agent.post(path).set(foreign).type("form").send({ subject: "x" })).status).toBe(403);
    expect((await who.agent.post(path).set({ accept: "text/html" }).type("form").send({ subject: "x" })).status).toBe(
      403,
    );
    expect((await who.post(path, { subject: "x", description: "y".repeat(300_000) })).status).toBe(413);
    expect((await who.agent.post(path).set(sameOrigin).type("json").send("{}")).status).toBe(415);
    const broken = { ...sameOrigin, "content-type": "multipart/form-data; boundary=x" };
    expect((await who.agent.post(`/en/apply/${id}/files`).set(broken).send("--x\r\nnothing")).status).toBe(400);
    expect((await who.agent.put(path).set(sameOrigin)).status).toBe(404);
  });
});
