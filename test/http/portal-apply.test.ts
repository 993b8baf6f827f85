/** An application through the door people use: every page, every fault, and what strangers get. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPortalApp, type PortalApp } from "../support/portal-app.js";
import { answerAll, answers, begin, followed, keysIn, sameOrigin, submitted } from "../support/portal-ways.js";
import { sundayNine } from "../support/working-office.js";

let app: PortalApp;
beforeAll(async () => {
  app = await openPortalApp();
});
afterAll(() => app.close());

const minutes = (n: number): Date => new Date(sundayNine.getTime() + n * 60_000);

describe("an application", () => {
  it("begins with the story, is looked over, sent once, and kept nowhere else afterwards", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const pages = await answerAll(who, id);
    expect(pages).toEqual(Object.keys(answers).filter((page) => page !== "match"));
    // With the first page, the last look and the receipt: 12 where nothing is suggested.
    expect(pages.length).toBe(9);
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
    expect(sent.text).toContain("You should get an answer by");
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
    expect((await who.get(`/en/apply/${id}/description`)).headers.location).toBe(`/en/apply/${id}/sent`);
    expect((await who.post(`/en/apply/${id}/description`, answers.description)).headers.location).toBe(
      `/en/apply/${id}/sent`,
    );
    expect((await who.post(`/en/apply/${id}/done`)).headers.location).toBe("/en");
    expect((await who.get(`/en/apply/${id}/sent`)).status).toBe(404);
  });

  it("is one of two in two tabs", async () => {
    const who = app.visitor();
    const [one, two] = [await begin(who), await begin(who)];
    await who.post(`/en/apply/${one}/description`, { subject: "The first" });
    await who.post(`/en/apply/${two}/description`, { subject: "The second" });
    expect((await who.get(`/en/apply/${one}/description`)).text).toContain('value="The first"');
    expect((await who.get(`/en/apply/${two}/description`)).text).toContain('value="The second"');
  });

  it("keeps what was typed through faults, back, the other language and a look at the first page", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const page = `/en/apply/${id}/contact`;
    const fault = await who.post(page, { name: "Half a <b>name</b>", email: "no" });
    expect(fault.status).toBe(422);
    expect(fault.text).toContain('<a href="#email">');
    expect(fault.text).toContain("Half a &lt;b&gt;name&lt;/b&gt;");
    expect(fault.text).toMatch(/<title>Error: /);
    const arabicPage = `/ar/apply/${id}/description`;
    const shown = await who.post(arabicPage, { description: "نصف نص", go: "show" });
    expect(shown.headers.location).toBe(arabicPage);
    const arabic = (await who.get(arabicPage)).text;
    expect(arabic).toContain("نصف نص");
    expect(arabic).toContain('dir="rtl"');
    const back = await who.post(arabicPage, { description: "نص", go: "back" });
    expect(back.headers.location).toBe("/ar");
    expect((await who.get(arabicPage)).text).toContain("نص</textarea>");
    const away = await who.post(arabicPage, { description: "نص آخر", go: "follow" });
    expect(away.headers.location).toBe("/ar/follow");
    expect((await who.get(arabicPage)).text).toContain("نص آخر</textarea>");
  });

  it("asks together what nobody has to answer, and takes nothing for an answer that is none", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await answerAll(who, id);
    const page = `/en/apply/${id}/details`;
    const { text } = await who.get(page);
    for (const name of [
      "pillar",
      "place",
      "field.transactionNumber",
      "field.visitDate.day",
      "field.complainedBefore",
    ]) {
      expect(text).toContain(`name="${name}"`);
    }
    expect((await who.post(page, {})).headers.location).toBe(`/en/apply/${id}/identity`);
    const fault = await who.post(page, { "field.transactionNumber": "x".repeat(41), pillar: "QUALITY" });
    expect(fault.status).toBe(422);
    expect(fault.text).toContain('<a href="#field-transactionNumber">');
    expect(fault.text).toContain('value="QUALITY" selected');
    // Where there is something to answer, skip is no way around it.
    expect((await who.post(`/en/apply/${id}/description`, { description: "", go: "skip" })).status).toBe(422);
    const fresh = await begin(who);
    await who.post(`/en/apply/${fresh}/type`, { type: "complaint" });
    await who.post(`/en/apply/${fresh}/details`, { go: "skip" });
    expect((await who.get(`/en/apply/${fresh}/check`)).headers.location).toBe(`/en/apply/${fresh}/description`);
  });

  it("makes a title of the story where none is given, and shows it before it is sent", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await answerAll(who, id, { description: { description: "The hall was closed all week. Nobody said why." } });
    expect((await who.get(`/en/apply/${id}/check`)).text).toMatch(
      /row-subject[\s\S]*?dir="auto">The hall was closed all week</,
    );
    await who.post(`/en/apply/${id}/check`);
    const { reference } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
    const [row] = await app.office.rows(
      "select a.subject from applications a join cases c on c.id = a.id where c.reference = $1",
      reference,
    );
    expect(row).toEqual({ subject: "The hall was closed all week" });
  });

  it("leads from pages that there were before to where their questions are now, with what was typed", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await who.post(`/en/apply/${id}/type`, { type: "complaint" });
    for (const [page, to, form] of [
      ["subject", "description", { subject: "Typed before" }],
      ["pillar", "details", { pillar: "TIME" }],
      ["place", "details", { place: "-" }],
      ["field-waitingDays", "details", { "field.waitingDays": "12" }],
      ["category", "contact", { category: "citizen" }],
      ["national", "contact", { nationalNumber: "9871012345" }],
    ] as const) {
      const at = `/en/apply/${id}/${to}`;
      expect((await who.get(`/en/apply/${id}/${page}`)).headers.location).toBe(at);
      const { status, headers } = await who.post(`/en/apply/${id}/${page}`, form);
      expect([page, status, headers.location]).toEqual([page, 303, at]);
      const [value] = Object.values(form) as string[];
      if (value !== "-") expect((await who.get(at)).text).toMatch(new RegExp(`value="${value}"`));
    }
    expect((await who.get(`/en/apply/${id}/details`)).text).toContain('value="TIME" selected');
  });

  it("has no page for a question that its type does not ask", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await who.post(`/en/apply/${id}/type`, { type: "report" });
    for (const page of ["field-transactionNumber", "field-__proto__", "constructor", "nowhere"]) {
      expect([page, (await who.get(`/en/apply/${id}/${page}`)).status]).toEqual([page, 404]);
      expect([page, (await who.post(`/en/apply/${id}/${page}`, {})).status]).toEqual([page, 404]);
    }
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
    expect(await faultsOf("description", { description: "a", subject: "x".repeat(201) })).toEqual([422, ["subject"]]);
    expect(await faultsOf("description", { description: "" })).toEqual([422, ["description"]]);
    const wrong = {
      "field.visitDate.day": "31",
      "field.visitDate.month": "2",
      "field.visitDate.year": "2026",
      "field.waitingDays": "-3",
      "field.complainedBefore": "perhaps",
      "field.transactionNumber": "x".repeat(41),
      pillar: "NOTHING",
    };
    expect(await faultsOf("details", wrong)).toEqual([
      422,
      ["pillar", "field-transactionNumber", "field-visitDate-day", "field-waitingDays", "field-complainedBefore"],
    ]);
    expect(await faultsOf("contact", {})).toEqual([422, ["name"]]);
    expect(await faultsOf("contact", { name: "R", phone: "12", email: "no" })).toEqual([422, ["phone", "email"]]);
    expect(await faultsOf("contact", { name: "R", nationalNumber: "1" })).toEqual([422, ["nationalNumber"]]);
  });

  it("goes to the first open question when the end is asked for too early, and from a change back to the end", async () => {
    const who = app.visitor();
    const id = await begin(who);
    expect((await who.get(`/en/apply/${id}/check`)).headers.location).toBe(`/en/apply/${id}/description`);
    expect((await who.post(`/en/apply/${id}/check`)).headers.location).toBe(`/en/apply/${id}/description`);
    await answerAll(who, id);
    const changed = await who.post(`/en/apply/${id}/description?change=1`, { description: "Another" });
    expect(changed.headers.location).toBe(`/en/apply/${id}/check`);
    // Another sector takes entity and service back; both are asked again before the end.
    const other = await who.post(`/en/apply/${id}/sector?change=1`, { sector: "HEALTH" });
    expect(other.headers.location).toBe(`/en/apply/${id}/entity?change=1`);
    expect((await who.get(`/en/apply/${id}/entity`)).text).not.toContain(" checked");
  });

  it("shows what was given before it is sent, names what was left out on one line, and says no total that changes", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await answerAll(who, id, { contact: { name: "Rana Haddad", phone: "٠٧٩ ١٢٣ ٤٥٦٧" } });
    const { text } = await who.get(`/en/apply/${id}/check`);
    expect(text).not.toContain("Not given");
    // Groups of Arabic digits in the order in which they were typed.
    expect(text).toContain('<bdo class="prose" dir="ltr">٠٧٩ ١٢٣ ٤٥٦٧</bdo>');
    const left = text.slice(text.indexOf('id="left-out"'), text.indexOf("</ul>", text.indexOf('id="left-out"')));
    expect(left).toContain(`<a class="govuk-link" href="/en/apply/${id}/contact?change&#x3D;1">Email`);
    expect(left).toContain(`<a class="govuk-link" href="/en/apply/${id}/files?change&#x3D;1">`);
    expect(left).not.toContain("Phone");
    const pages = await Promise.all(
      ["description", "details", "contact"].map(async (page) => (await who.get(`/en/apply/${id}/${page}`)).text),
    );
    for (const page of pages) expect(page).toMatch(/<p class="step-of">Step \d+<\/p>/);
    expect(pages[1]).toContain("Your reference at the entity (optional)");
  });

  it("finds entities by a part of their name in either language, and leaves what nobody knows to the rules", async () => {
    const who = app.visitor();
    const id = await begin(who);
    for (const q of ["passports", "الجوازات"]) {
      const { text } = await who.get(`/en/apply/${id}/entity?q=${encodeURIComponent(q)}`);
      expect(text).toContain('value="CSPD"');
      expect(text).not.toContain('value="MOH"');
    }
    for (const [q, code] of [
      ["الغذاء", "JFDA"],
      ["الضريبة", "ISTD"],
      ["البلديات", "MUN-ZAR"],
    ] as const) {
      expect((await who.get(`/ar/apply/${id}/entity?q=${encodeURIComponent(q)}`)).text).toContain(`value="${code}"`);
    }
    expect((await who.get(`/en/apply/${id}/entity?q=%3Cb%3E`)).text).toContain("No entity matches");
    // From entities that were searched before a sector was named, the way back is to where they are searched.
    const { headers } = await who.post(`/en/apply/${id}/entity?q=%3Cb%3E`, { go: "back" });
    expect(headers.location).toBe(`/en/apply/${id}/sector`);
    const pages = await answerAll(who, id, { sector: { sector: "-" } });
    expect(pages).not.toContain("entity");
    await who.post(`/en/apply/${id}/check`);
    expect((await who.get(`/en/apply/${id}/sent`)).status).toBe(200);
  });

  it("without a name keeps nothing of a person, also of what was typed before", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const report = { type: { type: "report" }, identity: { identity: "anonymous" } };
    await who.post(`/en/apply/${id}/contact`, { name: "Somebody Known", phone: "0791234567" });
    const pages = await answerAll(who, id, report);
    expect(pages).not.toContain("contact");
    const [{ typed } = {}] = await app.office.rows("select typed from application_drafts where id = $1", id);
    expect(JSON.stringify(typed)).not.toMatch(/Somebody|0791234567/);
    expect((await who.get(`/en/apply/${id}/check`)).text).toContain("If you lose it, nobody can give you access");
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
    const reporter = await followed(app, { reference, code });
    expect((await reporter.get(`/en/follow/${reference}`)).text).toContain("Where?");
    const reply = await reporter.post(`/en/follow/${reference}/do/reply`, { reply: "In the hall" });
    expect(reply.headers.location).toBe(`/en/follow/${reference}?done=reply#said`);
    expect((await reporter.get(`/en/follow/${reference}`)).text).toContain("In the hall");
  });

  it("without a name asks so before files, names them neutrally and says what documents may still tell", async () => {
    const who = app.visitor();
    const id = await begin(who);
    const page = `/en/apply/${id}/files`;
    const upload = (name: string) =>
      who.agent.post(page).set(sameOrigin).field("go", "show").attach("file", Buffer.from("a,b"), name);
    const warning = "include the name of their author";
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
    const applicant = await followed(app, keys);
    const html = (await applicant.get(`/en/follow/${keys.reference}`)).text;
    const file = /href="(\/en\/follow\/[\d-]+\/files\/[0-9a-f]{32})"/.exec(html)?.[1] ?? "";
    const saved = await applicant.get(file);
    expect([saved.status, saved.text]).toEqual([200, "what happened"]);
    expect(saved.headers["content-disposition"]).toMatch(/^attachment/);
    expect((await app.visitor().get(file)).status).toBe(404);
    // Somebody who may see another case sees this one's file neither there nor here.
    const stranger = await submitted(app);
    const other = await followed(app, stranger);
    expect((await other.get(file)).status).toBe(404);
    expect((await other.get(file.replace(keys.reference, stranger.reference))).status).toBe(404);
  });

  it("is nobody else's: by address, by a forged cookie, after a day", async () => {
    const who = app.visitor();
    const id = await begin(who);
    await who.post(`/en/apply/${id}/description`, { subject: "A secret subject" });
    const stranger = app.visitor();
    await begin(stranger);
    for (const seen of [
      await stranger.get(`/en/apply/${id}/description`),
      await stranger.get(`/en/apply/${id}/check`),
      await stranger.get(`/en/apply/${id}/sent`),
      await stranger.post(`/en/apply/${id}/follow`),
      await app
        .visitor()
        .agent.get(`/en/apply/${id}/description`)
        .set("cookie", `diwan_draft=${"A".repeat(43)}`),
      await app.visitor().agent.get("/en/apply/%00/matter"),
    ]) {
      expect(seen.status).toBe(404);
      expect(seen.text).not.toContain("A secret subject");
    }
    await stranger.post(`/en/apply/${id}/description`, { subject: "Forged" });
    expect((await who.get(`/en/apply/${id}/description`)).text).toContain("A secret subject");

    app.setNow(minutes(24 * 60 + 1));
    try {
      const late = await who.post(`/en/apply/${id}/description`, { subject: "Typed too late" });
      expect(late.status).toBe(404);
      expect(late.text).toContain('value="Typed too late"');
      const again = await who.post("/en/apply", { programme: "jordan", subject: "Typed too late", evil: "x" });
      const fresh = String(again.headers.location).split("/")[3];
      expect((await who.get(`/en/apply/${fresh}/description`)).text).toContain('value="Typed too late"');
      const swept = (await app.services.handlers.housekeeping(app.now())) as { applicationDrafts: number };
      expect(swept.applicationDrafts).toBeGreaterThan(0);
      expect(await app.office.rows("select 1 from application_drafts where id = $1", id)).toEqual([]);
    } finally {
      app.setNow(sundayNine);
    }
  });
});

it("for an entity that was taken over goes to its successor: by an old link, by the old name, and it is said", async () => {
  const { office } = app;
  const [actor, now] = [office.official("operation_room"), sundayNine];
  const sets = office.services.changeSets;
  const { id: set } = await sets.begin({ actor, programme: "jordan", title: "JCO joins", now });
  const edit = {
    act: "merge",
    table: "entities",
    code: "CSPD",
    into: "MOI",
    cases: { to: "MOI", except: {} },
    seats: "end",
  };
  await sets.put({ actor, id: set, edit, now });
  const { revision } = await sets.read({ actor, id: set, now });
  await sets.publish({ actor, id: set, revision, reason: "Decided.", warningsReason: "Known.", now });
  const who = app.visitor();
  const id = await begin(who);
  const own = { sector: { sector: "INTERIOR" }, entity: { entity: "CSPD" }, service: { service: "-" } };
  await answerAll(who, id, own);
  const found = (await who.get(`/en/apply/${id}/entity?q=civil%20status`)).text;
  expect(found).toContain("Ministry of Interior");
  expect(found).toContain("It took over");
  const check = (await who.get(`/en/apply/${id}/check`)).text;
  expect(check).toMatch(/Ministry of Interior\s+It took over/);
  await who.post(`/en/apply/${id}/check`);
  const { reference } = keysIn((await who.get(`/en/apply/${id}/sent`)).text);
  expect(await office.caseRow(reference)).toMatchObject({ entity: "MOI" });
  const [received] = await office.events(reference);
  expect(received?.data).toMatchObject({ takenOver: { through: ["CSPD"], by: "MOI" } });
});
