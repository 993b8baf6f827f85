/** Calls through the door of the contact centre: who may be calling, a new application, what is done about one that is there. */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createCalls } from "../../src/features/contact-centre/calls/calls.js";
import { forgetOldCallDrafts } from "../../src/features/contact-centre/calls/draft-store.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { createActiveSetup } from "../../src/features/setup/active-setup.js";
import { createPolicies } from "../../src/features/setup/policies.js";
import { type AdminApp, openAdminApp, type Visitor } from "../support/admin-app.js";
import { openSmsPeer, type SmsPeer } from "../support/sms-gateway.js";
import { programme, sundayNine } from "../support/working-office.js";

let app: AdminApp;
let peer: SmsPeer;
let agent: Awaited<ReturnType<AdminApp["signIn"]>>;
const address = "/admin/api/pages/caller";
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const phone = "0791234567";
let tokens = 0;
const newToken = (): string => {
  tokens += 1;
  return `token-of-the-call-${tokens}`;
};
const ask = (visitor: Visitor, act: string, body: Record<string, unknown>) =>
  visitor.post(address, { do: act, programme, ...body });
const find = (visitor: Visitor, sought: string, token = newToken()) => ask(visitor, "find", { token, sought });
const story = "راجعتُ دائرة الأحوال المدنية ثلاث مرات لتجديد جواز السفر ولم يستلم أحد معاملتي.";
const typed = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ story, type: "complaint", entity: "CSPD", governorate: "AMM", name: "هدى الخطيب", phone },
  ...more,
});
const callRows = () => app.office.rows("select * from calls order by id");
const perform = (body: Record<string, unknown>, action: string, fields: Record<string, unknown>, visitor = agent) =>
  ask(visitor, "perform", {
    ...{ actKey: `${newToken()}-key`, action, fields: { recognisedBy: "details", ...fields } },
    ...body,
  });

beforeAll(async () => {
  peer = await openSmsPeer();
  app = await openAdminApp({ parts: { sms: peer.config } });
  agent = await app.signIn("contact_centre_agent");
}, 60_000);
afterAll(async () => {
  await app.close();
  await peer.close();
});

/** What text messages to a number say, after all that wait have left. */
const textsTo = async (number: string): Promise<readonly string[]> => {
  await app.services.handlers["deliver-sms"]?.(app.services.now());
  return peer.taken.filter(({ to }) => to === number).map(({ text }) => text);
};
const digitsTo = async (number: string): Promise<string> =>
  (await textsTo(number)).flatMap((text) => /^(\d{6}) /.exec(text)?.[1] ?? []).at(-1) ?? "none";

describe("who may be calling", () => {
  let secret: ReceivedApplication;
  beforeAll(async () => {
    await app.office.receive();
    await app.office.receive({ subject: "The lift is broken", description: "The lift of the hall does not work." });
    await app.office.receive({ applicant: { name: "Sami Odeh", phone: "+962791234567" } });
    secret = await app.office.receive({ type: "report", pillar: null, fields: {} });
  });

  it("is found by the number in whatever way it is written, people apart, by type, state and month only", async () => {
    for (const sought of [phone, "00962791234567", "+962 79 123 4567", "٠٧٩١٢٣٤٥٦٧", "079-123-4567", "791234567"]) {
      const found = await find(agent, sought);
      expect([sought, found.status, found.body.phone]).toEqual([sought, 200, "+962791234567"]);
      expect(found.body.people).toHaveLength(2);
    }
    const { body } = await find(agent, phone);
    expect(body.people.map((one: { name: string; cases: unknown[] }) => [one.name, one.cases.length])).toEqual(
      expect.arrayContaining([
        ["R. H.", 2],
        ["S. O.", 1],
      ]),
    );
    expect(body.people[0].cases[0]).toEqual({
      type: { en: "Complaint", ar: "شكوى" },
      state: { en: "With the entity", ar: "تمت الإحالة إلى الجهة" },
      month: { en: "November 2026", ar: expect.stringContaining("2026") },
      row: expect.any(Number),
    });
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/Rana|Sami|rana@|hall|lift|\d{3}-\d{3}-\d{4}/);
    expect(text).not.toContain(secret.reference);
    expect(text).not.toMatch(/Report|بلاغ/);
  });

  it("says that a number has stopped text messages, before the caller agrees to any", async () => {
    const number = "+962791239876";
    expect((await find(agent, number)).body.stopped).toBe(false);
    await app.office.asOwner(`insert into sms_opt_outs (number, at, by) values ('${number}', now(), 'reply')`);
    expect((await find(agent, number)).body.stopped).toBe(true);
    expect((await find(agent, "Rana Haddad")).body.stopped).toBe(false);
  });

  it("is found by a name of two words, and by nothing that is none", async () => {
    expect((await find(agent, "Rana Haddad")).body.people).toHaveLength(1);
    for (const sought of ["Rana", "", "07912", "+1 202", "0612345", 7 as never, "a\u0000b"]) {
      const refused = await find(agent, sought);
      expect([sought, refused.status, refused.body.problem?.faults[0]?.field]).toEqual([sought, 422, "/sought"]);
    }
    // A landline, a foreign number: nobody has sent anything from them.
    for (const sought of ["06 461 1111", "+44 20 7946 0018"]) {
      const found = await find(agent, sought);
      expect([sought, found.status, found.body.people]).toEqual([sought, 200, []]);
    }
  });

  it("each look is on record before it is answered, masked, with what it found", async () => {
    const before = await app.office.rows(
      "select count(*)::integer as n from audit_events where type = 'applicant.sought'",
    );
    await find(agent, phone);
    const entries = await app.office.rows(
      "select data::jsonb as data, actor::jsonb as actor from audit_events where type = 'applicant.sought' order by seq",
    );
    expect(entries).toHaveLength((before[0]?.n as number) + 1);
    const last = entries.at(-1);
    expect(last?.actor).toMatchObject({ userId: agent.person.userId });
    expect(last?.data).toMatchObject({ programme, by: "phone", sought: "••••567", forCall: true });
    const { found } = (last?.data ?? {}) as { found: string[] };
    expect(found).toHaveLength(3);
    expect(found).not.toContain(secret.reference);
  });

  it("is looked for by agents alone, of their own programme", async () => {
    const seats: Parameters<AdminApp["signIn"]>[] = [
      ["focal_point", "CSPD"],
      ["operation_room"],
      ["auditor"],
      ["minister", "MOI"],
      ["steering_committee"],
    ];
    for (const seat of seats) {
      const stranger = await app.signIn(...seat);
      for (const [act, body] of [
        ["find", { token: newToken(), sought: phone }],
        ["compare", { token: newToken(), story }],
        ["keep", { token: newToken(), typed: typed(), based: 0 }],
        ["save", { token: newToken(), typed: typed() }],
        ["forget", { token: newToken() }],
        ["end", { call: 1 }],
      ] as const) {
        expect([seat, act, (await ask(stranger, act, body)).status]).toEqual([seat, act, 404]);
      }
      expect((await stranger.page("caller")).status).toBe(404);
    }
    expect((await find(app.visitor(), phone)).status).toBe(401);
    const elsewhere = await agent.post(address, {
      do: "find",
      programme: "boston311",
      token: newToken(),
      sought: phone,
    });
    expect(elsewhere.status).toBe(404);
  });

  it("cannot be fished for: after sixty looks in an hour it is over for a while", async () => {
    app.setNow(at(26));
    const other = await app.signIn("contact_centre_agent", null, 1);
    const answers: number[] = [];
    for (let n = 0; n < 61; n++) answers.push((await find(other, `07900000${String(n).padStart(2, "0")}`)).status);
    expect(answers.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(answers[60]).toBe(429);
    expect((await find(other, phone)).status).toBe(429);
    app.setNow(sundayNine);
  });
});

describe("a new call", () => {
  it("is received by the contact centre's channel, by the agent who typed it, with number and code to read out", async () => {
    const token = newToken();
    const saved = await ask(agent, "save", { token, typed: typed({ sms: "yes" }) });
    expect(saved.status).toBe(200);
    const { reference, code, spelled, due } = saved.body;
    const signsOf = (groups: { sign: string }[][]) =>
      groups.map((group) => group.map(({ sign }) => sign).join("")).join("-");
    expect([signsOf(spelled.reference), signsOf(spelled.code)]).toEqual([reference, code]);
    expect(saved.body.receipt).toEqual({ by: "sms", to: "+962791234567" });
    expect(saved.body.changed).toBe(false);
    expect(due.en).toMatch(/^An answer by \d+ \w+ 2026$/);
    expect(saved.body.language).toBe("ar");
    const row = await app.office.caseRow(reference);
    expect(row).toMatchObject({ channel: "contact_centre", type: "complaint", entity: "CSPD" });
    const [received, classified] = await app.office.rows(
      "select type, actor::jsonb as actor from case_events where case_id = $1 order by seq limit 2",
      row.id,
    );
    expect(received).toMatchObject({ type: "application.received", actor: { userId: agent.person.userId } });
    expect(classified?.actor).toEqual({ kind: "channel", channel: "contact_centre" });
    expect((await app.office.services.cases.follow({ reference, code, now: at(1) })).subject).toBe(
      story.slice(0, 80).replace(/\.$/, ""),
    );
    const [applicant] = await app.office.rows("select * from applicants where case_id = $1", row.id);
    expect(applicant).toMatchObject({ phone: "+962791234567", name: "هدى الخطيب" });
    expect(applicant?.sms_consent_at).not.toBeNull();
    expect((await callRows()).at(-1)).toMatchObject({
      kind: "new",
      agent: agent.person.userId,
      case_id: row.id,
      outcome: "received",
    });
  });

  it("saved twice is one case, also when both arrive at once and after the draft is gone", async () => {
    const token = newToken();
    const both = await Promise.all([1, 2].map(() => ask(agent, "save", { token, typed: typed() })));
    const again = await ask(agent, "save", { token, typed: typed() });
    expect(new Set([...both, again].map(({ body }) => `${body.reference} ${body.code}`)).size).toBe(1);
    const calls = (await callRows()).filter(({ kind }) => kind === "new");
    expect(new Set(calls.map(({ case_id }) => case_id)).size).toBe(calls.length);
    // Another agent who knows the token saves a call of their own.
    const colleague = await app.signIn("contact_centre_agent", null, 1);
    const theirs = await ask(colleague, "save", { token, typed: typed() });
    expect(theirs.body.reference).not.toBe(again.body.reference);
  });

  it("whose answer was lost shows number and code again, whatever was typed or done since, and says so", async () => {
    const token = newToken();
    const { body: lost } = await ask(agent, "save", { token, typed: typed() });
    const focal = app.office.official("focal_point", "CSPD");
    await app.office.act(lost.reference, focal, "take", {}, at(0));
    const cases = (await app.office.rows("select count(*)::integer as n from cases"))[0];
    const more = { token, typed: typed({ story: `${story} Today again.`, governorate: "IRB" }) };
    const again = await ask(agent, "save", more);
    expect([again.status, again.body.reference, again.body.code]).toEqual([200, lost.reference, lost.code]);
    expect([lost.changed, again.body.changed]).toEqual([false, true]);
    expect((await app.office.rows("select count(*)::integer as n from cases"))[0]).toEqual(cases);
    const { reference, code } = again.body;
    expect((await app.office.services.cases.follow({ reference, code, now: at(1) })).subject).not.toBe("");
  });

  it("takes as long as its agent worked on it: not while another call was in front of them, nor while it was left", async () => {
    app.setNow(at(0));
    const visitor = await app.signIn("contact_centre_agent", null, 2);
    const [one, two] = [newToken(), newToken()];
    const minutes = (n: number) => new Date(at(0).getTime() + n * 60_000);
    const keep = (token: string, based: number, n: number) => {
      app.setNow(minutes(n));
      return ask(visitor, "keep", { token, based, typed: typed() });
    };
    await keep(one, 0, 0);
    await keep(one, 1, 2);
    // Set aside in the third minute; half an hour later it is in front of the agent again, after a reload.
    await keep(two, 0, 3);
    await keep(two, 1, 10);
    await keep(two, 2, 33);
    await keep(one, 2, 34);
    app.setNow(minutes(35));
    const saved = await ask(visitor, "save", { token: one, typed: typed() });
    const { id } = await app.office.caseRow(saved.body.reference);
    expect((await callRows()).find(({ case_id }) => case_id === id)).toMatchObject({ seconds: 4 * 60 });
    app.setNow(minutes(36));
    const later = await ask(visitor, "save", { token: two, typed: typed() });
    const other = await app.office.caseRow(later.body.reference);
    // 7 minutes, 10 of the 23 in which nothing was done, 1 until it was set aside.
    expect((await callRows()).find(({ case_id }) => case_id === other.id)).toMatchObject({ seconds: 18 * 60 });
    app.setNow(sundayNine);
  });

  it("takes no longer while a case is opened, a call-back is taken or a new call is begun", async () => {
    app.setNow(at(0));
    const visitor = await app.signIn("contact_centre_agent", null, 3);
    const minutes = (n: number) => new Date(at(0).getTime() + n * 60_000);
    const applicant = { category: "citizen", name: "Rana", phone: "+962795557001" };
    const { reference, code } = await app.office.receive({ applicant }, at(0));
    const handler = app.office.official("focal_point", "CSPD");
    const { callBacks } = app.services.contactCentre;
    await callBacks.ask({ reference, note: "", actor: handler, now: at(0) });
    const [due] = await app.office.rows("select max(id)::integer as id from call_backs");
    const away: readonly [string, () => Promise<{ status: number }>][] = [
      ["open", () => visitor.send("caller", "open", { reference, code, said: "" })],
      ["claim", () => visitor.send("call-backs", "claim", { id: due?.id })],
      ["setAside", () => ask(visitor, "setAside", { token: newToken() })],
    ];
    for (const [what, turnAway] of away) {
      const token = newToken();
      app.setNow(minutes(0));
      expect((await ask(visitor, "keep", { token, based: 0, typed: typed() })).status).toBe(200);
      app.setNow(minutes(2));
      expect([what, (await turnAway()).status]).toEqual([what, 200]);
      app.setNow(minutes(10));
      const { body } = await ask(visitor, "save", { token, typed: typed() });
      const { id } = await app.office.caseRow(body.reference);
      const seconds = (await callRows()).find(({ case_id }) => case_id === id)?.seconds;
      expect([what, seconds]).toEqual([what, 120]);
    }
    app.setNow(sundayNine);
  });

  it("says by which way the receipt goes, or why none does", async () => {
    const receiptOf = async (more: Record<string, string>) =>
      (await ask(agent, "save", { token: newToken(), typed: typed(more) })).body.receipt;
    expect(await receiptOf({ email: "huda@example.org", sms: "yes" })).toEqual({ by: "email", to: "huda@example.org" });
    expect(await receiptOf({})).toEqual({ by: null, why: "notAgreed" });
    expect(await receiptOf({ phone: "" })).toEqual({ by: null, why: "noAddress" });
    expect(await receiptOf({ anonymous: "yes", sms: "yes" })).toEqual({ by: null, why: "noAddress" });
  });

  it("promises no text message where none can leave, whatever was ticked or agreed to before", async () => {
    const bare = app.office.instance({ sms: null });
    const save = (token: string, more: Record<string, string>, by = bare) =>
      by.contactCentre.calls.save({ token, programme, actor: agent.person as never, now: at(0), typed: typed(more) });
    const ticked = await save(newToken(), { sms: "yes" });
    expect(ticked).toMatchObject({ receipt: { by: null, why: "noTexts" }, number: "none" });
    const { id } = await app.office.caseRow(ticked.reference);
    expect(await app.office.rows("select sms_consent_at from applicants where case_id = $1", id)).toEqual([
      { sms_consent_at: null },
    ]);
    expect((await save(newToken(), { phone: "064611111", sms: "yes" })).receipt).toMatchObject({ why: "noTexts" });
    // Agreed to while there was a gateway; the same call is read out once more after it went.
    const token = newToken();
    expect((await save(token, { sms: "yes" }, app.services)).receipt).toMatchObject({ by: "sms" });
    expect((await save(token, { sms: "yes" })).receipt).toEqual({ by: null, why: "noTexts" });
  });

  it("confirms no number by a press: who was misheard is a stranger; the caller confirms it by digits in the same call", async () => {
    app.setNow(at(0));
    const saved = await ask(agent, "save", { token: newToken(), typed: typed({ sms: "yes", phone: "0785550177" }) });
    const { reference, code, call } = saved.body;
    expect(saved.body.number).toBe("open");
    const [receipt = "none"] = await textsTo("+962785550177");
    expect(receipt).toContain(reference);
    expect(receipt).toContain("بالرمز");
    expect(receipt).not.toMatch(/\/t\//);
    const calls = await callRows();
    const by = (act: string, more: object = {}) => ask(agent, act, { reference, code, said: "", call, ...more });
    expect((await by("sendDigits")).status).toBe(200);
    const digits = await digitsTo("+962785550177");
    expect((await by("confirmNumber", { digits })).status).toBe(200);
    // All of it is in the call that was saved.
    expect(await callRows()).toEqual(calls);
    expect((await by("open")).body.number).toBe("confirmed");
    const known = await ask(agent, "save", { token: newToken(), typed: typed({ sms: "yes", type: "report" }) });
    const quiet = await ask(agent, "save", { token: newToken(), typed: typed({ phone: "", email: "h@example.org" }) });
    // A report is confidential: only its code opens it.
    expect([known.body.number, quiet.body.number]).toEqual(["none", "none"]);
  });

  it("says all that is wrong at once, each at its field; nobody stays unknown by mistake", async () => {
    const refused = await ask(agent, "save", { token: newToken(), typed: { story: "", type: "nonsense" } });
    expect(refused.status).toBe(422);
    const fields = refused.body.problem.faults.map(({ field }: { field: string }) => field);
    // The subject is how the story begins: an empty story is one fault.
    expect(fields.sort()).toEqual(["/applicant/name", "/description", "/type"]);
    const badPhone = await ask(agent, "save", { token: newToken(), typed: typed({ phone: "07912" }) });
    expect(badPhone.body.problem.faults[0].field).toBe("/applicant/phone");
    // A number that stopped text messages gets none, and the agent does not promise one.
    await app.office.asOwner("insert into sms_opt_outs (number, by, at) values ('+962791112233', 'reply', now())");
    const stopped = await ask(agent, "save", { token: newToken(), typed: typed({ phone: "0791112233", sms: "yes" }) });
    expect([stopped.status, stopped.body.receipt]).toEqual([200, { by: null, why: "stopped" }]);
    const landline = await ask(agent, "save", { token: newToken(), typed: typed({ phone: "064611111", sms: "yes" }) });
    expect(landline.body.problem.faults[0].field).toBe("/applicant/sms");
    const nobody = await ask(agent, "save", { token: newToken(), typed: typed({ anonymous: "yes" }) });
    expect(nobody.status).toBe(200);
    const { id } = await app.office.caseRow(nobody.body.reference);
    expect(await app.office.rows("select 1 from applicants where case_id = $1", id)).toEqual([]);
    for (const bad of [
      { typed: { evil: "x" } },
      { typed: "x" },
      { typed: { story: 7 } },
      { typed: typed(), token: "x" },
    ]) {
      expect((await ask(agent, "save", { token: newToken(), ...bad })).status).toBe(422);
    }
  });

  it("keeps drafts for its agent alone: through a reload, an ended session, the next call; two windows do not overwrite", async () => {
    const [one, two] = [newToken(), newToken()];
    const keep = (token: string, based: number, more: Record<string, string>, visitor: Visitor = agent) =>
      ask(visitor, "keep", { token, based, typed: more });
    expect((await keep(one, 0, { story: "first", phone })).body).toMatchObject({ kept: true, version: 1 });
    expect((await keep(two, 0, { story: "second" })).body).toMatchObject({ kept: true, version: 1 });
    expect((await keep(one, 1, { story: "first, longer" })).body).toMatchObject({ kept: true, version: 2 });
    const stale = await keep(one, 1, { story: "from another window" });
    expect(stale.body).toMatchObject({ kept: false, newer: { version: 2, typed: { story: "first, longer" } } });
    const again = await app.signInAs(agent.email);
    const drafts = (await again.page("caller")).body.drafts as { token: string; typed: { story: string } }[];
    expect(drafts.map(({ typed: { story: text } }) => text)).toEqual(
      expect.arrayContaining(["first, longer", "second"]),
    );
    const colleague = await app.signIn("contact_centre_agent", null, 1);
    expect((await colleague.page("caller")).body.drafts).toEqual([]);
    expect((await keep(one, 2, { story: "theirs" }, colleague)).body).toEqual({
      kept: false,
      newer: null,
      takenBy: null,
    });
    await ask(colleague, "forget", { token: one });
    expect((await again.page("caller")).body.drafts).toHaveLength(drafts.length);
    await ask(agent, "forget", { token: two });
    expect((await ask(agent, "save", { token: one, typed: typed() })).status).toBe(200);
    expect((await again.page("caller")).body.drafts).toHaveLength(drafts.length - 2);
  });

  it("keeps at most twenty drafts, and says so", async () => {
    const colleague = await app.signIn("contact_centre_agent", null, 2);
    for (let n = 0; n < 20; n++) {
      const kept = await ask(colleague, "keep", { token: newToken(), based: 0, typed: { story: `call ${n}` } });
      expect(kept.body.kept).toBe(true);
    }
    const over = await ask(colleague, "keep", { token: newToken(), based: 0, typed: { story: "one more" } });
    expect([over.status, over.body.problem.code]).toEqual([409, "conflict"]);
    const token = newToken();
    await find(colleague, phone, token);
    expect((await ask(colleague, "keep", { token, based: 0, typed: { story: "one more" } })).status).toBe(409);
  });

  it("in which someone was only looked up ends by itself after half an hour, and is none of the twenty; the look stays", async () => {
    const colleague = await app.signIn("contact_centre_agent", null, 3);
    const looks = () =>
      app.office.rows("select count(*)::integer as n from audit_events where type = 'applicant.sought'");
    const before = Number((await looks())[0]?.n);
    for (let n = 0; n < 19; n++)
      await ask(colleague, "keep", { token: newToken(), based: 0, typed: { story: `call ${n}` } });
    const lookedUp = { sought: phone, phone: "+962791234567", foundPhone: "+962791234567" };
    for (let n = 0; n < 3; n++) {
      const token = newToken();
      await find(colleague, phone, token);
      const kept = await ask(colleague, "keep", { token, based: 0, typed: lookedUp });
      expect(kept.body.kept).toBe(true);
    }
    const drafts = async (hours: number) =>
      (
        await app.services.contactCentre.calls.drafts({
          ...{ actor: colleague.person, programmes: [programme], now: at(hours) },
        })
      ).length;
    expect([await drafts(0.4), await drafts(0.6)]).toEqual([22, 19]);
    // The twentieth in which something is told; and one of those that were looked up is the next one.
    const told = newToken();
    await find(colleague, phone, told);
    expect((await ask(colleague, "keep", { token: told, based: 0, typed: lookedUp })).body.version).toBe(1);
    const story = { ...lookedUp, story: "the lift" };
    expect((await ask(colleague, "keep", { token: told, based: 1, typed: story })).body.version).toBe(2);
    const next = newToken();
    await ask(colleague, "keep", { token: next, based: 0, typed: lookedUp });
    expect((await ask(colleague, "keep", { token: next, based: 1, typed: story })).status).toBe(409);
    const { db } = app.office;
    await forgetOldCallDrafts(db, { before: at(-24 * 7), lookedBefore: at(1) });
    const { userId } = colleague.person;
    const left = await app.office.rows("select 1 from call_drafts where not told and agent = $1", userId);
    expect([await drafts(0), left.length]).toEqual([20, 0]);
    expect(Number((await looks())[0]?.n)).toBe(before + 4);
  });

  it("that was cut off is taken over by a colleague who looks for its number, with all that was typed; both hear who has it", async () => {
    const [first, second] = [
      await app.signIn("contact_centre_agent", null, 5),
      await app.signIn("contact_centre_agent", null, 4),
    ];
    const number = "0795550042";
    const one = newToken();
    const told = typed({ name: "Huda", phone: number });
    await ask(first, "keep", { token: one, based: 0, typed: told });
    // A number that another caller wants unknown, a confidential type, and a call in which nothing was told.
    const unknown = { ...told, anonymous: "yes", name: "", story: "the unknown" };
    await ask(first, "keep", { token: newToken(), based: 0, typed: unknown });
    await ask(first, "keep", { token: newToken(), based: 0, typed: { ...told, type: "report" } });
    await ask(first, "keep", { token: newToken(), based: 0, typed: { sought: number, phone, foundPhone: phone } });
    const looked = newToken();
    const cutOff = async (visitor: Visitor, sought = number, token = looked) =>
      (await find(visitor, sought, token)).body.cutOff;
    expect(await cutOff(first, number, newToken())).toEqual([]);
    expect(await cutOff(second, "0795550043", newToken())).toEqual([]);
    const [found, ...more] = await cutOff(second);
    expect([found, more]).toEqual([
      { id: expect.any(Number), version: 1, agentName: first.person.name, at: expect.any(String) },
      [],
    ]);
    const token = newToken();
    const take = (more: Record<string, unknown> = {}, visitor: Visitor = second) =>
      ask(visitor, "takeOver", { token, looked, id: found.id, version: found.version, ...more });
    // Only by the number that this agent looked for, and only as it was seen.
    const other = newToken();
    await find(second, "0795550043", other);
    expect((await take({ looked: other })).status).toBe(404);
    expect((await take({ looked: newToken() })).status).toBe(404);
    for (const stranger of [await app.signIn("contact_centre_lead"), await app.signIn("focal_point", "CSPD")])
      expect((await take({}, stranger)).status).toBe(404);
    await ask(first, "keep", { token: one, based: 1, typed: { ...told, story: `${story} واليوم أيضًا` } });
    const typedOn = await take();
    expect([typedOn.status, typedOn.body.problem.detail.en]).toEqual([
      ...[409, expect.stringContaining(first.person.name)],
    ]);
    const [again] = await cutOff(second);
    const both = await Promise.all([
      take({ version: again.version }),
      take({ version: again.version, token: newToken() }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    const draft = both.find(({ status }) => status === 200)?.body;
    expect(draft.typed).toEqual({ ...told, story: `${story} واليوم أيضًا` });
    // The first agent hears of it, whatever they do, and saves nothing twice.
    const late = await ask(first, "keep", { token: one, based: 2, typed: told });
    expect(late.body).toEqual({ kept: false, newer: null, takenBy: second.person.name });
    const refused = await ask(first, "save", { token: one, typed: told });
    expect([refused.status, refused.body.problem.detail.en]).toEqual([
      409,
      expect.stringContaining(second.person.name),
    ]);
    await ask(first, "forget", { token: one });
    const page = (await first.page("caller")).body;
    expect(page.takenOver).toEqual([{ token: one, by: second.person.name, at: expect.any(String) }]);
    expect(page.drafts.map(({ token: name }: { token: string }) => name)).not.toContain(one);
    expect(
      await app.office.rows("select typed, sought_phone, typed_phone from call_drafts where token = $1", one),
    ).toEqual([{ typed: {}, sought_phone: null, typed_phone: null }]);
    const [entry] = await app.office.rows(
      "select actor::jsonb as actor, data::jsonb as data from audit_events where type = 'call.taken-over' order by seq desc limit 1",
    );
    expect(entry).toEqual({
      actor: expect.objectContaining({ userId: second.person.userId }),
      data: { programme, userId: first.person.userId, phone: "••••042" },
    });
    const saved = await ask(second, "save", { token: draft.token, typed: draft.typed });
    expect(saved.status).toBe(200);
    expect((await ask(first, "save", { token: one, typed: told })).status).toBe(409);
  });

  it("saved while a colleague takes it over is one application, whichever saves first and however often", async () => {
    const [first, second] = [
      await app.signIn("contact_centre_agent", null, 5),
      await app.signIn("contact_centre_agent", null, 4),
    ];
    const { db } = app.office;
    const policies = createPolicies(createActiveSetup(db));
    for (const [number, fastest] of [
      ["0795550051", "the first"],
      ["0795550052", "the second"],
    ] as const) {
      const [one, looked, token] = [newToken(), newToken(), newToken()];
      const told = typed({ phone: number });
      await ask(first, "keep", { token: one, based: 0, typed: told });
      const [found] = (await find(second, number, looked)).body.cutOff;
      const takeOver = async () => {
        const taken = await ask(second, "takeOver", { token, looked, id: found.id, version: found.version });
        expect(taken.status).toBe(200);
        if (fastest === "the second") await save(second, token);
      };
      const save = async (visitor: Visitor, name: string) => {
        const saved = await ask(visitor, "save", { token: name, typed: { ...told, story: `${story} 2` } });
        expect(saved.status).toBe(200);
        return saved.body.reference as string;
      };
      // The colleague comes when the first agent's call is on its way already.
      const calls = createCalls({
        db,
        policies,
        offersTexts: true,
        receive: async (reception) => {
          await takeOver();
          return app.services.intake.receive(reception);
        },
      });
      const { reference } = await calls.save({
        ...{ token: one, programme, actor: first.person, now: app.services.now(), typed: told },
      });
      // Their answer may be lost: the draft is gone then.
      const theirs = [await save(second, token), await save(second, token)];
      expect(theirs).toEqual([reference, reference]);
    }
  });

  it("is compared with this caller's own open cases alone: type, state and month", async () => {
    const text = "The water pipe in front of our school has been leaking for two weeks and the street is flooded";
    await app.office.receive({
      ...{ subject: "Leaking pipe", description: text },
      applicant: { name: "Lina Saleh", phone: "+962795550001" },
    });
    await app.office.receive({
      ...{ type: "report", pillar: null, fields: {}, subject: "Leaking pipe", description: text },
      applicant: { name: "Lina Saleh", phone: "+962795550001" },
    });
    const token = newToken();
    const compare = (of: string, said = text) => ask(agent, "compare", { token: of, story: said, language: "en" });
    // Before anybody was looked for there is nobody to compare with.
    expect((await compare(token)).body.same).toEqual([]);
    await find(agent, "0795550001", token);
    const { body } = await compare(token);
    expect(body.same).toEqual([expect.objectContaining({ type: expect.objectContaining({ en: "Complaint" }) })]);
    expect(JSON.stringify(body)).not.toMatch(/\d{3}-\d{3}-\d{4}|pipe|Lina/);
    expect(
      (await compare(token, "Thanks to the employee at the licensing office, she was friendly")).body.same,
    ).toEqual([]);
    expect((await compare(newToken())).body.same).toEqual([]);
    expect(body.governorate).toBeNull();
    expect((await compare(token, "There has been no water in Zarqa since Tuesday")).body.governorate).toBe("ZAR");
  });
});

describe("a call about an application that is there", () => {
  const opened = async (sent: { reference: string }, more: Record<string, unknown> = { said: phone }) =>
    ask(agent, "open", { reference: sent.reference, ...more });
  const lettersTo = (caseId: number) =>
    app.office.rows("select data from messages where template = 'applicant-acted' and receiver_case = $1", caseId);
  const eventOf = async (reference: string, type: string) =>
    (await app.office.events(reference)).filter((event) => event.type === type).at(-1);

  /** Sessions end when nobody does anything for a while. */
  const laterSignedIn = async (hours: number) => {
    app.setNow(at(hours));
    agent = await app.signIn("contact_centre_agent");
  };

  it("shows during the call that the number is the caller's, by digits that went to it", async () => {
    const number = "0785550101";
    const applicant = { name: "Omar Salem", phone: "+962785550101", sms: true };
    const { reference } = await app.office.receive({ applicant });
    const { call, number: standing } = (await opened({ reference }, { said: number })).body;
    expect(standing).toBe("open");
    const by = (act: string, more: object = {}) => ask(agent, act, { reference, said: number, call, ...more });
    // Another instance has no gateway: nothing can be sent, and nothing is offered.
    const bare = app.office.instance({ sms: null }).contactCentre;
    const asked = { reference, code: "", said: number, call, now: at(0), actor: agent.person } as const;
    await expect(bare.proveNumber.sendDigits(asked)).rejects.toMatchObject({ code: "not-now" });
    expect((await bare.open(asked)).number).toBe("none");
    expect((await by("sendDigits")).status).toBe(200);
    const digits = await digitsTo("+962785550101");
    // Who does not know the caller confirms nothing, and digits alone are nothing.
    expect((await by("confirmNumber", { said: "0790000000", digits })).status).toBe(404);
    const wrong = await by("confirmNumber", { digits: "000000" });
    expect([wrong.status, wrong.body.problem.faults[0].field]).toEqual([422, "/digits"]);
    const read = digits.replace(/\d/g, (one) => String.fromCharCode(0x660 + Number(one)));
    expect((await by("confirmNumber", { digits: `${read.slice(0, 3)} ${read.slice(3)}` })).status).toBe(200);
    const event = await eventOf(reference, "contact.proven");
    expect(event?.data).toEqual({ way: "sms", by: "code" });
  });

  it("says by which way the applicant hears of an act, and none where no text message can leave", async () => {
    const act = async (applicant: object) => {
      const { reference } = await app.office.receive({ applicant: { name: "Omar Salem", sms: true, ...applicant } });
      const focal = app.office.official("focal_point", "CSPD");
      await app.office.act(reference, focal, "ask", { question: "Which hall?" }, at(0));
      return (by = app.services) =>
        by.contactCentre.perform({
          ...{ reference, code: "", said: "0785550102", call: null, actor: agent.person, now: at(0) },
          ...{ action: "reply_for_applicant", actKey: `${newToken()}-key` },
          fields: { reply: "The left one.", recognisedBy: "details" },
        });
    };
    const bare = app.office.instance({ sms: null });
    const number = { phone: "+962785550102", contactBy: "sms" };
    expect((await (await act(number))()).toldBy).toBe("sms");
    expect((await (await act(number))(bare)).toldBy).toBeNull();
    expect((await (await act({ ...number, email: "omar@example.org" }))(bare)).toldBy).toBe("email");
  });

  it("says where it is, what was asked and until when, and takes the reply down: on record, told to the applicant", async () => {
    const sent = await app.office.receive();
    const { reference, caseId } = sent;
    const focal = app.office.official("focal_point", "CSPD");
    await app.office.act(reference, focal, "ask", { question: "Which hall was it?" }, at(0));
    const { body } = await opened(sent);
    const said = body.readOut.map(({ say, written }: { say: { en: string }; written: string | null }) => [
      say.en,
      written,
    ]);
    expect(said).toEqual([
      ["We received your application on 22 November 2026.", null],
      [expect.stringMatching(/^Where it is now: /), null],
      ["On 22 November 2026 you were asked:", "Which hall was it?"],
      ["Please reply by 2 December 2026. If we get no reply, we will close it.", null],
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Nobody opened|Rana|rana@/);
    const done = await perform({ reference, said: phone, call: body.call }, "reply_for_applicant", {
      reply: "The one on the left.",
    });
    expect([done.status, done.body.state]).toEqual([200, "in_progress"]);
    expect((await eventOf(reference, "applicant.replied"))?.data).toMatchObject({
      ...{ reply: "The one on the left.", forApplicant: true, recognisedBy: "details" },
    });
    expect((await lettersTo(caseId))[0]?.data).toMatchObject({
      said: "The one on the left.",
      role: "contact_centre_agent",
    });
    expect((await callRows()).find(({ id }) => Number(id) === body.call)).toMatchObject({
      ...{ kind: "existing", recognised_by: ["phone"], outcome: "reply_for_applicant" },
    });
    // Nobody in the office moved by it.
    expect((await app.office.caseRow(reference)).last_official_action_at).toEqual(at(0));
  });

  it("says the answer, takes down information and a rating, apart from those given at the page; reopens", async () => {
    const sent = await app.office.receive({}, at(1));
    const { reference } = sent;
    const body = { reference, said: phone };
    await laterSignedIn(2);
    const added = await perform(body, "add_information_for_applicant", { reply: "It was on Sunday." });
    expect([added.status, added.body.toldBy]).toEqual([200, "email"]);
    const focal = app.office.official("focal_point", "CSPD");
    await app.office.act(reference, focal, "take", {}, at(2));
    await app.office.act(reference, focal, "answer", { answer: "The hall is open again." }, at(2));
    if ((await app.office.caseRow(reference)).state === "in_review") {
      await app.office.act(reference, app.office.official("operation_room"), "approve", {}, at(2));
    }
    const { body: view } = await opened(sent);
    expect(view.readOut.slice(-2)).toMatchObject([
      { written: "The hall is open again." },
      { say: { en: expect.stringContaining("reopened until") } },
    ]);
    const rated = await perform(body, "rate_for_applicant", { rating: 5, comment: "Good." });
    expect([rated.status, rated.body.state]).toEqual([200, "closed"]);
    expect(await app.office.caseRow(reference)).toMatchObject({ rating: 5, rated_by: agent.person.userId });
    const figures = await app.services.reports.kpi({
      ...{ programme, from: "2026-11-22", to: "2026-12-31", at: at(3), entities: ["CSPD"] },
    });
    expect(figures.satisfaction).toMatchObject({ numerator: 0, denominator: 0 });
    expect(figures.satisfactionByTelephone).toMatchObject({ numerator: 1, denominator: 1 });
    const again = await perform(body, "reopen_for_applicant", { reason: "Closed again today." });
    expect([again.status, again.body.state]).toEqual([200, "assigned"]);
    expect(await app.office.caseRow(reference)).toMatchObject({ cycle: 2 });
    await laterSignedIn(0);
  });

  it("is opened from what a look-up found by its code alone, in that agent's call, counted and on record", async () => {
    const sent = await app.office.receive({ applicant: { name: "Lina Saleh", phone: "+962795550009" } });
    const token = newToken();
    const looked = await find(agent, "0795550009", token);
    const { row } = looked.body.people[0].cases[0];
    const open = (more: Record<string, unknown>, visitor = agent) =>
      ask(visitor, "open", { found: { token, row }, ...more });
    // What the look-up itself was given proves nothing; no more does a wrong code, another place or another agent.
    const unproved = await open({ said: "0795550009" });
    expect([unproved.status, unproved.body.problem.faults[0]?.field]).toEqual([422, "/code"]);
    expect((await open({ code: "K7QM-3XVD-P2HR" })).status).toBe(404);
    expect((await open({ code: sent.code, found: { token, row: row + 1 } })).status).toBe(404);
    expect((await open({ code: sent.code, found: { token, row: -1 } })).status).toBe(422);
    const colleague = await app.signIn("contact_centre_agent", null, 1);
    expect((await open({ code: sent.code }, colleague)).status).toBe(404);
    expect(await eventOf(sent.reference, "caller.served")).toBeUndefined();
    const opened = await open({ code: sent.code });
    expect([opened.status, opened.body.reference]).toEqual([200, sent.reference]);
    expect((await eventOf(sent.reference, "caller.served"))?.data).toEqual({ recognisedBy: ["code"] });
    // Wrong codes are counted as of any other opening.
    const answers: number[] = [];
    for (let n = 0; n < 12; n++) answers.push((await open({ code: "K7QM-3XVD-P2HR" })).status);
    expect(answers).toContain(429);
  });

  it("is opened without the code by digits that went to its number: what a link there may show, and no withdrawal", async () => {
    await laterSignedIn(30);
    const applicant = { name: "Lina Saleh", phone: "+962795550010", sms: true };
    const sent = await app.office.receive({ applicant }, at(30));
    const { reference } = sent;
    const focal = app.office.official("focal_point", "CSPD");
    await app.office.act(reference, focal, "ask", { question: "Which hall was it?" }, at(30));
    const token = newToken();
    const looked = await find(agent, "0795550010", token);
    const found = { token, row: looked.body.people[0].cases[0].row };
    const went = await ask(agent, "sendDigits", { found });
    expect([went.status, went.body]).toEqual([200, { to: "••••010" }]);
    expect((await eventOf(reference, "contact.code-sent"))?.data).toEqual({ way: "sms" });
    const digits = await digitsTo("+962795550010");
    expect((await textsTo("+962795550010")).join()).toContain("only to the agent whom you called");
    // Wrong ones are counted, and open nothing; no more do the right ones for another agent, or at another place.
    const wrong = await ask(agent, "openByDigits", { found, digits: "000000" });
    expect([wrong.status, wrong.body.problem.faults[0].field]).toEqual([422, "/digits"]);
    const colleague = await app.signIn("contact_centre_agent", null, 1);
    expect((await ask(colleague, "openByDigits", { found, digits })).status).toBe(404);
    expect((await ask(agent, "openByDigits", { found: { token, row: 7 }, digits })).status).toBe(404);
    expect(await eventOf(reference, "caller.served")).toBeUndefined();
    const opened = await ask(agent, "openByDigits", { found, digits });
    expect([opened.status, opened.body]).toEqual([200, expect.objectContaining({ reference, byDigits: true })]);
    expect((await eventOf(reference, "caller.served"))?.data).toEqual({ recognisedBy: ["digits"] });
    expect((await eventOf(reference, "contact.proven"))?.data).toEqual({ way: "sms", by: "code" });
    // What messages to the number say; nothing that the applicant wrote, and nothing of who they are.
    expect(JSON.stringify(opened.body)).toContain("Which hall was it?");
    expect(JSON.stringify(opened.body)).not.toMatch(/Lina|795550010|queue|closed since/);
    const allowed = (opened.body.actions as { action: string; allowed: boolean }[]).filter((one) => one.allowed);
    expect(allowed.map(({ action }) => action).sort()).toEqual(["reply_for_applicant"]);
    // Known by the call from here on, to this agent alone.
    const body = { reference, code: "", said: "", call: opened.body.call };
    expect((await ask(agent, "open", body)).body.call).toBe(opened.body.call);
    expect((await ask(colleague, "open", body)).status).toBe(422);
    // A way in without an agent: a link to that number, once, and for no one else.
    expect((await ask(colleague, "sendLink", body)).status).toBe(422);
    expect((await ask(agent, "sendLink", body)).body).toEqual({ way: "sms" });
    expect((await textsTo("+962795550010")).at(-1)).toContain("/t/");
    expect((await ask(agent, "sendLink", body)).status).toBe(429);
    const by = { recognisedBy: "digits" };
    expect((await perform(body, "withdraw_for_applicant", { reason: "No need.", ...by })).status).toBe(403);
    const replied = await perform(body, "reply_for_applicant", { reply: "The left one.", ...by });
    expect([replied.status, replied.body.state]).toEqual([200, "in_progress"]);
    expect((await eventOf(reference, "applicant.replied"))?.data).toMatchObject({ forApplicant: true, ...by });
    // Over with the call, and with the number: then it asks for the code again.
    await ask(agent, "end", { call: opened.body.call });
    expect((await ask(agent, "open", body)).status).toBe(422);
    const again = await ask(agent, "openByDigits", { found, digits });
    expect(again.status).toBe(422);
    await ask(agent, "sendDigits", { found });
    const anew = await ask(agent, "openByDigits", { found, digits: await digitsTo("+962795550010") });
    expect(anew.status).toBe(200);
    const open = () => ask(agent, "open", { reference, call: anew.body.call });
    expect((await open()).status).toBe(200);
    await app.office.asOwner("update applicants set phone_proven_at = null where case_id = $1", sent.caseId);
    expect((await open()).status).toBe(422);
  });

  it("sends digits to no number that is not theirs, takes none, or of a confidential case; so many a case and agent", async () => {
    await laterSignedIn(30);
    const token = newToken();
    const look = async (more: Record<string, unknown>) => {
      people += 1;
      const number = `07955511${String(people).padStart(2, "0")}`;
      const sent = await app.office.receive({ applicant: { name: "Sami Odeh", phone: number, ...more } }, at(30));
      await find(agent, number, token);
      return { ...sent, number, e164: `+962${number.slice(1)}` };
    };
    let people = 0;
    const send = () => ask(agent, "sendDigits", { found: { token, row: 0 } });
    const refusal = async () => {
      const { status, body } = await send();
      return [status, body.problem?.detail.en];
    };
    const proofs = async () => (await app.office.rows("select 1 from contact_proofs")).length;
    const before = await proofs();
    await look({});
    expect(await refusal()).toEqual([409, expect.stringContaining("did not agree to text messages")]);
    const stopped = await look({ sms: true });
    await app.office.asOwner("insert into sms_opt_outs (number, at, by) values ($1, now(), 'reply')", stopped.e164);
    expect(await refusal()).toEqual([409, expect.stringContaining("has stopped text messages")]);
    const wrong = await look({ sms: true });
    await app.office.asOwner("update applicants set number_wrong_at = now() where case_id = $1", wrong.caseId);
    expect(await refusal()).toEqual([409, expect.stringContaining("not the applicant’s")]);
    const secret = await look({ sms: true });
    await app.office.asOwner("update cases set confidential = true where id = $1", secret.caseId);
    expect((await send()).status).toBe(404);
    const bare = app.office.instance({ sms: null }).contactCentre.proveNumber;
    const asked = { reference: "", code: "", said: "", call: null, actor: agent.person, now: at(30) };
    await look({ sms: true });
    await expect(bare.sendDigits({ ...asked, found: { token, row: 0 } })).rejects.toMatchObject({
      code: "action-refused",
    });
    expect(await proofs()).toBe(before);
    // Five a day for a case; a stranger reaches nothing of it.
    for (let n = 0; n < 5; n++) expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(429);
    const stranger = await app.signIn("focal_point", "CSPD");
    const found = { token, row: 0 };
    for (const act of ["sendDigits", "openByDigits"])
      expect((await ask(stranger, act, { found, digits: "123456" })).status).toBe(404);
    // Digits end after half an hour.
    const late = await look({ sms: true });
    await send();
    const digits = await digitsTo(late.e164);
    const { proveNumber } = app.services.contactCentre;
    await expect(proveNumber.openByDigits({ ...asked, found, digits, now: at(30.6) })).rejects.toMatchObject({
      code: "invalid-input",
    });
    // Five wrong ones, and the right ones open nothing.
    for (let n = 0; n < 5; n++) await ask(agent, "openByDigits", { found, digits: "000000" });
    expect((await ask(agent, "openByDigits", { found, digits })).status).toBe(422);
    // Who sends thirty in an hour has no callers.
    const statuses: number[] = [];
    for (let n = 0; n < 24 && !statuses.includes(429); n++) {
      await look({ sms: true });
      statuses.push((await send()).status);
    }
    expect(statuses.at(-1)).toBe(429);
    await laterSignedIn(0);
  });

  it("asks for what an act needs: how the caller was recognised, the code where that was it", async () => {
    const sent = await app.office.receive();
    const body = { reference: sent.reference, said: phone };
    for (const [fields, field] of [
      [{ reply: "x", recognisedBy: "" }, "/fields/recognisedBy"],
      [{ reply: "", recognisedBy: "details" }, "/fields/reply"],
      [{ reply: "x", recognisedBy: "code" }, "/fields/code"],
    ] as const) {
      const refused = await perform(body, "add_information_for_applicant", fields);
      expect([field, refused.status, refused.body.problem.faults[0]?.field]).toEqual([field, 422, field]);
    }
    const stranger = { reference: sent.reference, said: "0797777777" };
    expect((await perform(stranger, "add_information_for_applicant", { reply: "x" })).status).toBe(404);
    for (const action of ["reply", "rate", "add_information", "reopen"]) {
      expect([403, 409]).toContain((await perform(body, action, { reply: "x" })).status);
    }
  });

  it("never opens what is confidential, nor takes down the rating of one's own work", async () => {
    const secret = await app.office.receive({ type: "report", pillar: null, fields: {} });
    expect((await opened(secret, { code: secret.code })).status).toBe(404);
    // An agent who handled the case in another position.
    const sent = await app.office.receive({}, at(1));
    const focal = app.office.official("focal_point", "CSPD");
    await laterSignedIn(2);
    await app.office.act(sent.reference, focal, "take", {}, at(2));
    await app.office.act(sent.reference, focal, "answer", { answer: "Done." }, at(2));
    if ((await app.office.caseRow(sent.reference)).state === "in_review") {
      await app.office.act(sent.reference, app.office.official("operation_room"), "approve", {}, at(2));
    }
    await app.office.asOwner(
      "update cases set answered_by = $1 where reference = $2",
      agent.person.userId,
      sent.reference,
    );
    const refused = await perform({ reference: sent.reference, said: phone }, "rate_for_applicant", { rating: 5 });
    expect([refused.status, refused.body.problem.detail.en]).toEqual([
      409,
      "You handled this case yourself. Someone else must take down the rating.",
    ]);
    app.setNow(sundayNine);
  });
});
