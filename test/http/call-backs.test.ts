/** Call-backs and survey calls at the door: who sees what, one agent a person, what comes of a call, and the job that makes them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RoleCode } from "../../src/engine/access/roles.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { sundayNine } from "../support/working-office.js";

let app: AdminApp;
let agents: SignedIn[];
let focal: SignedIn;
let room: SignedIn;
let lead: SignedIn;
const name = "call-backs";
const hours = (n: number): Date => new Date(sundayNine.getTime() + n * 3_600_000);
let now = sundayNine;
const setNow = (at: Date) => {
  now = at;
  app.setNow(at);
};

beforeAll(async () => {
  app = await openAdminApp();
  agents = [await app.signIn("contact_centre_agent", null, 0), await app.signIn("contact_centre_agent", null, 1)];
  focal = await app.signIn("focal_point", "CSPD");
  room = await app.signIn("operation_room");
  lead = await app.signIn("contact_centre_lead");
}, 90_000);
afterAll(() => app.close());

const settings = (change: Record<string, unknown>) =>
  app.office.asOwner(
    "update programmes set settings = settings || $1::jsonb where code = 'jordan'",
    JSON.stringify(change),
  );
const phoneOnly = (n: number) => ({
  applicant: { category: "citizen", name: `Caller ${n}`, phone: `+96279${String(1_000_000 + n)}` },
});
let people = 0;
/** A case whose applicant has a telephone only. */
const receive = () => app.office.receive(phoneOnly(++people), now);
/** Answered with effect, whatever the review sample draws. */
async function answered(): Promise<ReceivedApplication> {
  for (;;) {
    const sent = await receive();
    await app.office.act(sent.reference, focal.person, "answer", { answer: "The hall is open again." }, now);
    if ((await app.office.caseRow(sent.reference)).resolved_at !== null) return sent;
  }
}
const list = async (who: SignedIn) => (await who.page(name)).body;
const askFor = (who: SignedIn, reference: string, note = "") =>
  who.send("call-back-request", "ask", { reference, note });
const idOf = async ({ caseId }: { caseId: number }) =>
  Number((await app.office.rows("select max(id)::integer as id from call_backs where case_id = $1", caseId))[0]?.id);
const stored = async (id: number) => (await app.office.rows("select * from call_backs where id = $1", id))[0];
const looksOf = (caseId: number, type: string) =>
  app.office.rows(
    "select actor::jsonb->>'userId' as by from case_events where case_id = $1 and type = $2",
    caseId,
    type,
  );
const work = () => app.services.jobs.run("make-call-backs", now);

async function asked(): Promise<ReceivedApplication & { id: number }> {
  const sent = await receive();
  expect((await askFor(focal, sent.reference, "Ask about the day.")).status).toBe(200);
  return { ...sent, id: await idOf(sent) };
}

beforeEach(async () => {
  setNow(sundayNine);
  await app.office.asOwner("delete from survey_answers");
  await app.office.asOwner("delete from call_back_tries");
  await app.office.asOwner("delete from call_backs");
  await app.office.asOwner("delete from calls");
  await app.office.asOwner("delete from checkpoints where name like 'call-backs/%'");
});

describe("the list of calls", () => {
  it.each<[RoleCode, string | null]>([
    ["focal_point", "CSPD"],
    ["entity_manager", "CSPD"],
    ["main_focal_point", "INTERIOR"],
    ["secretary_general", "MOI"],
    ["steering_committee", null],
    ["auditor", null],
  ])("is none for %s", async (role, place) => {
    const { id } = await asked();
    const stranger = await app.signIn(role, place, role === "focal_point" ? 1 : 0);
    for (const answer of [
      await stranger.page(name),
      await stranger.send(name, "claim", { id }),
      await stranger.send(name, "readOut", { id }),
      await stranger.send(name, "report", { id, number: 1, outcome: "reached" }),
      await stranger.send(name, "release", { id }),
    ])
      expect(answer.status).toBe(404);
    expect((await app.visitor().get(`/admin/api/pages/${name}`)).status).toBe(401);
    expect((await stored(id))?.claimed_by).toBeNull();
  });

  it("says nothing of who it is before an agent takes it, and lead and room only ever see that", async () => {
    const { id, reference } = await asked();
    for (const who of [agents[0] as SignedIn, lead, room]) {
      const view = await list(who);
      expect(view.rows).toHaveLength(1);
      expect(view.rows[0]).toMatchObject({ id, reason: "callerAsked", tries: 0, overdue: false, claimedBy: null });
      expect(JSON.stringify(view)).not.toMatch(/Caller|\+962|hall/);
      expect(JSON.stringify(view)).not.toContain(reference);
    }
    for (const who of [lead, room]) expect((await who.send(name, "claim", { id })).status).toBe(404);
  });

  it("is in order of when they are due, and says what is overdue", async () => {
    const first = await asked();
    setNow(hours(1));
    const second = await asked();
    expect((await list(agents[0] as SignedIn)).rows.map((row: { id: number }) => row.id)).toEqual([
      first.id,
      second.id,
    ]);
    const { callBacks } = app.services.contactCentre;
    const [{ person: actor }] = agents as [SignedIn];
    expect(await callBacks.list({ actor, now: hours(48), late: false })).toMatchObject({
      ready: 2,
      overdue: 2,
      later: 0,
    });
  });

  it("says when and why the others come later, and still not who they are", async () => {
    const [{ person: actor }] = agents as [SignedIn];
    const { callBacks } = app.services.contactCentre;
    const [unanswered, postponed] = [await asked(), await asked()];
    const nothing = { note: "", laterAt: null, rating: null, scales: null, number: 1, actor, now };
    await callBacks.claim({ id: unanswered.id, actor, now });
    await callBacks.report({ ...nothing, id: unanswered.id, outcome: "noAnswer" });
    await callBacks.claim({ id: postponed.id, actor, now });
    // Of this evening: nobody is called then.
    await callBacks.report({ ...nothing, id: postponed.id, outcome: "later", laterAt: hours(9).toISOString() });
    setNow(hours(0.1));
    for (const who of [agents[0] as SignedIn, lead]) {
      const view = await list(who);
      expect(view).toMatchObject({ ready: 0, later: 2, rows: [] });
      expect(view.waiting).toMatchObject([
        { id: unanswered.id, wait: "noAnswer", fromAt: hours(3).toISOString(), tries: 1, wishedAt: null },
        { id: postponed.id, wait: "wished", fromAt: hours(23.5).toISOString(), wishedAt: hours(9).toISOString() },
      ]);
      expect(JSON.stringify(view)).not.toMatch(/Caller|\+962|hall/);
    }
    expect((await (agents[1] as SignedIn).send(name, "claim", { id: unanswered.id })).status).toBe(409);
  });

  it("shows what is overdue, the oldest first, at whatever hour: how late, who has it, how often it was tried; still not who it is", async () => {
    const [agent] = agents as [SignedIn];
    const { callBacks } = app.services.contactCentre;
    const [held, free, secret, early] = [await asked(), await asked(), await asked(), await asked()];
    await app.office.asOwner("update cases set confidential = true where id = $1", secret.caseId);
    await app.office.asOwner("update call_backs set due_at = $1 where id = $2", hours(0.5), free.id);
    await app.office.asOwner("update call_backs set due_at = $1 where id = $2", hours(0.25), secret.id);
    await app.office.asOwner("update call_backs set due_at = $1, tries = 2 where id = $2", hours(1), held.id);
    setNow(hours(1.5));
    await callBacks.claim({ id: held.id, actor: agent.person, now });
    const lateOf = async (who: SignedIn) => (await who.page(`${name}?late=1`)).body;
    for (const who of [lead, room]) {
      const view = await lateOf(who);
      expect(view).toMatchObject({ late: true, calls: false, overdue: 2, waiting: [] });
      expect(view.rows).toMatchObject([
        { id: free.id, dueAt: hours(0.5).toISOString(), secondsLeft: -3600, claimedBy: null, tries: 0, wait: null },
        { id: held.id, dueAt: hours(1).toISOString(), secondsLeft: -1800, claimedBy: { me: false }, tries: 2 },
      ]);
      expect(view.rows[1].claimedBy.name).not.toBe("");
      expect(JSON.stringify(view)).not.toMatch(/Caller|\+962|hall/);
      for (const { reference } of [held, free, secret, early]) expect(JSON.stringify(view)).not.toContain(reference);
      expect((await list(who)).rows).toHaveLength(3);
    }
    // Nobody is called at night, and late is late; by then the agent's half an hour is over. Nights do not count.
    const night = await callBacks.list({ actor: lead.person, now: hours(12), late: true });
    expect(night.rows.map(({ id }) => id)).toEqual([free.id, held.id]);
    expect(night.rows[0]).toMatchObject({ wait: "hours", secondsLeft: -6 * 3600 });
    expect(night.rows[1]?.claimedBy).toBeNull();
    expect((await (await app.signIn("auditor")).page(`${name}?late=1`)).status).toBe(404);
  });

  it("is empty outside working hours, when nobody is called, however late; a call that was begun goes on", async () => {
    const [agent, other] = agents as [SignedIn, SignedIn];
    const { callBacks } = app.services.contactCentre;
    const [one, two] = [await asked(), await asked()];
    // One minute before the day ends, and one behind it.
    const [open, closed] = [hours(6.5 - 1 / 60), hours(6.5 + 1 / 60)];
    await callBacks.claim({ id: one.id, actor: agent.person, now: open });
    expect((await callBacks.claim({ id: one.id, actor: agent.person, now: closed })).phone).toMatch(/^\+96279/);
    await expect(callBacks.claim({ id: two.id, actor: other.person, now: closed })).rejects.toMatchObject({
      code: "not-now",
    });
    const view = await callBacks.list({ actor: other.person, now: hours(32), late: false });
    expect(view).toMatchObject({ ready: 0, later: 2, overdue: 2, rows: [] });
    expect(view.waiting.map(({ wait, fromAt }) => [wait, fromAt])).toEqual([
      ["hours", hours(47.5)],
      ["hours", hours(47.5)],
    ]);
  });
});

describe("a call in hand", () => {
  it("shows number and name to the agent who has it, and each look is on the case's record", async () => {
    const { id, caseId, reference } = await asked();
    const [agent, other] = agents as [SignedIn, SignedIn];
    const taken = await agent.send(name, "claim", { id });
    expect(taken.status).toBe(200);
    expect(taken.body).toMatchObject({
      id,
      reference,
      phone: expect.stringMatching(/^\+96279/),
      note: "Ask about the day.",
      number: 1,
    });
    expect(await looksOf(caseId, "personal.read")).toEqual([{ by: String(agent.person.userId) }]);
    await agent.send(name, "claim", { id });
    expect(await looksOf(caseId, "personal.read")).toHaveLength(2);
    const refused = await other.send(name, "claim", { id });
    expect([refused.status, JSON.stringify(refused.body).includes("+962")]).toEqual([409, false]);
    for (const answer of [
      await other.send(name, "readOut", { id }),
      await other.send(name, "report", { id, number: 1, outcome: "reached" }),
    ])
      expect(answer.status).toBe(409);
    expect((await list(other)).rows[0].claimedBy).toMatchObject({ me: false });
    expect((await list(agent)).mine).toBe(id);
  });

  it("is one agent's, also where two press at the same moment, and one person is not called twice for two tasks", async () => {
    const [agent, other] = agents as [SignedIn, SignedIn];
    const one = await asked();
    const both = await Promise.all([
      agent.send(name, "claim", { id: one.id }),
      other.send(name, "claim", { id: one.id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    // The second hears who has it, as the list tells them.
    const first = both[0]?.status === 200 ? agent : other;
    const { detail } = both.find(({ status }) => status === 409)?.body.problem ?? {};
    expect([detail.en, detail.ar]).toEqual([
      expect.stringContaining(first.person.name),
      expect.stringContaining(first.person.name),
    ]);
    for (const who of agents) await who.send(name, "release", { id: one.id });
    // The same number in another case.
    const again = await app.office.receive(phoneOnly(people), now);
    expect((await askFor(focal, again.reference)).status).toBe(200);
    const second = await idOf(again);
    const two = await Promise.all([
      agent.send(name, "claim", { id: one.id }),
      other.send(name, "claim", { id: second }),
    ]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("is one of an agent's two windows that take two calls at the same moment; the other hears why", async () => {
    const [agent] = agents as [SignedIn];
    for (let n = 0; n < 4; n += 1) {
      const ids = [(await asked()).id, (await asked()).id];
      const both = await Promise.all(ids.map((id) => agent.send(name, "claim", { id })));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const refused = both.find(({ status }) => status === 409)?.body.problem;
      expect(refused.detail.en).toContain("You have another call in hand.");
      for (const id of ids) await agent.send(name, "release", { id });
    }
  });

  it("is one at a time, goes back to the list, and to others after half an hour", async () => {
    const [agent, other] = agents as [SignedIn, SignedIn];
    const [one, two] = [await asked(), await asked()];
    await agent.send(name, "claim", { id: one.id });
    const refused = await agent.send(name, "claim", { id: two.id });
    // Nothing changed: they have another one.
    expect([refused.status, refused.body.problem.code, refused.body.problem.detail.en]).toEqual([
      ...[409, "not-now", expect.stringContaining("You have another call in hand.")],
    ]);
    expect((await agent.send(name, "release", { id: one.id })).status).toBe(200);
    expect((await agent.send(name, "claim", { id: two.id })).status).toBe(200);
    setNow(hours(0.6));
    expect((await other.send(name, "claim", { id: two.id })).status).toBe(200);
    expect((await agent.send(name, "report", { id: two.id, number: 1, outcome: "reached" })).status).toBe(409);
  });

  it("reads out the answer as the applicant would read it, and nothing inside the office; on record", async () => {
    const [agent] = agents as [SignedIn];
    const sent = await answered();
    await app.office.act(sent.reference, focal.person, "note", { note: "Internal words." }, now);
    await askFor(focal, sent.reference);
    const id = await idOf(sent);
    await agent.send(name, "claim", { id });
    const read = await agent.send(name, "readOut", { id });
    const words = read.body as { say: { en: string }; written: string | null }[];
    expect(words.at(-2)).toMatchObject({ say: { en: expect.stringContaining("The answer of") } });
    expect(words.at(-2)?.written).toBe("The hall is open again.");
    // By the workflow and the days of the programme.
    expect(words.at(-1)?.say.en).toContain(
      "If you are not satisfied with the answer, you can have the application reopened until",
    );
    expect(await looksOf(sent.caseId, "caller.served")).toHaveLength(1);
    // The same that is read out to a caller; the promised call is this one.
    const proof = { reference: sent.reference, code: sent.code, said: "", actor: agent.person, call: null, now };
    const { readOut } = await app.services.contactCentre.open(proof);
    expect(words).toEqual(JSON.parse(JSON.stringify(readOut)).slice(0, -1));
    expect(readOut.at(-1)?.say.en).toBe("We will call you by Monday 23 November 2026, 09:00.");
    expect(JSON.stringify(read.body)).not.toContain("Internal words");
  });
});

describe("what comes of a call", () => {
  const report = (who: SignedIn, body: Record<string, unknown>) => who.send(name, "report", { number: 1, ...body });

  it("ends the task, is on the timeline and is a call of the agent's; sent twice it is one", async () => {
    const [agent] = agents as [SignedIn];
    const { id, caseId, reference } = await asked();
    await agent.send(name, "claim", { id });
    setNow(hours(0.1));
    for (let n = 0; n < 2; n++) {
      const done = await report(agent, { id, outcome: "reached", note: "Said thanks." });
      expect([done.status, done.body]).toEqual([200, { state: "done", readyAt: null }]);
    }
    expect(await stored(id)).toMatchObject({ state: "done", outcome: "reached", tries: 1, claimed_by: null });
    const calls = await app.office.rows(
      "select kind, extract(epoch from ended_at - begun_at)::integer as seconds, case_id, outcome from calls",
    );
    expect(calls).toEqual([{ kind: "callBack", seconds: 360, case_id: caseId, outcome: "reached" }]);
    const shown = await room.get(`/admin/api/resources/cases/records/${reference}/page`);
    expect(JSON.stringify(shown.body)).toContain(
      "Call-back ended. Reason: Call-back asked for. Result: reached. 1 call was made.",
    );
    expect((await agent.send(name, "claim", { id })).status).toBe(409);
  });

  it("has reached nobody with an answer that its agent did not open in this call", async () => {
    const [agent] = agents as [SignedIn];
    await settings({ callBacks: "unreached", surveyPercent: 0 });
    const sent = await answered();
    await work();
    await settings({ callBacks: "failed" });
    const id = await idOf(sent);
    await agent.send(name, "claim", { id });
    setNow(hours(0.1));
    await agent.send(name, "readOut", { id });
    await agent.send(name, "release", { id });
    setNow(hours(0.2));
    await agent.send(name, "claim", { id });
    // What was read before the call was given back tells nothing of this one.
    const refused = await report(agent, { id, outcome: "reached" });
    expect([refused.status, refused.body.problem?.faults[0]]).toMatchObject([
      422,
      { field: "/outcome", reason: { en: expect.stringContaining("Open what is read out first") } },
    ]);
    expect(await stored(id)).toMatchObject({ state: "open", tries: 0 });
    await agent.send(name, "readOut", { id });
    setNow(hours(0.3));
    // Shown once more, as after a reload, it is the same call.
    await agent.send(name, "claim", { id });
    expect((await report(agent, { id, outcome: "reached" })).body).toEqual({ state: "done", readyAt: null });
  });

  it("is tried again, later, and given up after so many tries", async () => {
    const [{ person: actor }] = agents as [SignedIn];
    const { callBacks } = app.services.contactCentre;
    const { id } = await asked();
    const nothing = { note: "", laterAt: null, rating: null, scales: null };
    let at = now;
    for (const number of [1, 2, 3]) {
      await callBacks.claim({ id, actor, now: at });
      const done = await callBacks.report({ id, number, outcome: "noAnswer", ...nothing, actor, now: at });
      expect(done.state).toBe(number === 3 ? "done" : "open");
      if (done.readyAt === null) break;
      await expect(callBacks.claim({ id, actor, now: at })).rejects.toMatchObject({ code: "not-now" });
      expect(await callBacks.list({ actor, now: at, late: false })).toMatchObject({ ready: 0, later: 1 });
      at = done.readyAt;
    }
    expect(await stored(id)).toMatchObject({ state: "done", outcome: "notReached", tries: 3 });
  });

  it("says before it is put off once more that nobody calls again then", async () => {
    const [{ person: actor }] = agents as [SignedIn];
    const { callBacks } = app.services.contactCentre;
    const { id } = await asked();
    const report = { id, outcome: "later", note: "", rating: null, scales: null, actor };
    const said: boolean[] = [];
    for (const number of [1, 2, 3]) {
      const at = hours(number);
      said.push((await callBacks.claim({ id, actor, now: at })).lastWish);
      await callBacks.report({ ...report, number, laterAt: hours(number + 1).toISOString(), now: at });
    }
    expect(said).toEqual([false, false, true]);
    expect(await stored(id)).toMatchObject({ state: "done", outcome: "notReached" });
  });

  it("names what is missing, and keeps the call in hand", async () => {
    const [agent] = agents as [SignedIn];
    const { id } = await asked();
    await agent.send(name, "claim", { id });
    for (const [body, field] of [
      [{}, "/outcome"],
      [{ outcome: "maybe" }, "/outcome"],
      [{ outcome: "later" }, "/laterAt"],
      [{ outcome: "later", laterAt: "soon" }, "/laterAt"],
      [{ outcome: "later", laterAt: hours(-1).toISOString() }, "/laterAt"],
      [{ outcome: "later", laterAt: hours(24 * 40).toISOString() }, "/laterAt"],
      [{ outcome: "busy", note: "x".repeat(1001) }, "/note"],
      [{ outcome: "busy", note: "a\u202eb" }, "/note"],
    ] as const) {
      const refused = await report(agent, { id, ...body });
      expect([body, refused.status, refused.body.problem?.faults[0]?.field]).toEqual([body, 422, field]);
    }
    expect(await stored(id)).toMatchObject({ state: "open", tries: 0, claimed_by: agent.person.userId });
    expect((await report(agent, { id, outcome: "later", laterAt: hours(2).toISOString() })).body).toEqual({
      ...{ state: "open", readyAt: hours(2).toISOString() },
    });
  });
});

describe("asking for a call-back", () => {
  it("is for who handles the case, once, and never for a confidential one or without a number", async () => {
    const one = await receive();
    for (const [role, place] of [
      ["focal_point", "MOH"],
      ["contact_centre_agent", null],
      ["steering_committee", null],
    ] as const) {
      const stranger = await app.signIn(role, place, role === "contact_centre_agent" ? 2 : 0);
      expect([role, (await askFor(stranger, one.reference)).status]).toEqual([role, 404]);
    }
    const auditor = await app.signIn("auditor");
    expect((await askFor(auditor, one.reference)).status).toBe(403);
    const shown = async (who: SignedIn) =>
      (await who.get(`/admin/api/resources/cases/records/${one.reference}/page`)).body.view.callBacks;
    expect(await shown(auditor)).toEqual({ asking: null, wrongNumber: false, callBacks: [] });
    expect(await shown(focal)).toEqual({
      ...{ asking: { dueAt: hours(24).toISOString() }, wrongNumber: false, callBacks: [] },
    });
    expect((await askFor(focal, one.reference, "x".repeat(1001))).status).toBe(422);
    expect((await askFor(focal, one.reference)).status).toBe(200);
    expect((await askFor(room, one.reference)).status).toBe(409);
    expect(await shown(focal)).toMatchObject({
      ...{ asking: null, callBacks: [{ reason: "callerAsked", state: "open", tries: 0 }] },
    });
    const silent = await app.office.receive({ applicant: { category: "citizen", name: "N", email: "n@example.com" } });
    expect((await askFor(focal, silent.reference)).status).toBe(409);
    const secret = await app.office.receive({ type: "report", pillar: null, fields: {} });
    expect((await askFor(focal, secret.reference)).status).toBe(409);
    expect((await askFor(room, secret.reference)).status).toBe(404);
    expect((await askFor(focal, "000-000-0000")).status).toBe(404);
  });

  it("is refused where the last call found a wrong number, with what one can do, until its digits show that it is theirs", async () => {
    const [agent] = agents as [SignedIn];
    const { id, caseId, reference, code } = await asked();
    await app.office.asOwner("update applicants set phone_proven_at = $1 where case_id = $2", hours(-1), caseId);
    await agent.send(name, "claim", { id });
    await agent.send(name, "report", { id, number: 1, outcome: "wrongNumber" });
    const proof = { reference, code, said: "", call: null };
    const views = async () => [
      (await focal.get(`/admin/api/resources/cases/records/${reference}/page`)).body.view.callBacks,
      (await agent.send("caller", "open", proof)).body,
    ];
    expect(await views()).toMatchObject([{ asking: null, wrongNumber: true }, { wrongNumber: true }]);
    const refusals = [
      await askFor(focal, reference),
      await agent.send(name, "askForCaller", { ...proof, at: null, note: "" }),
    ];
    expect(refusals.map(({ status, body }) => [status, body.problem.detail.en])).toEqual([
      [409, expect.stringContaining("Ask the applicant for the right number")],
      [409, expect.stringContaining("Answer the caller now")],
    ]);
    expect(await app.office.rows("select 1 from call_backs where state = 'open'")).toEqual([]);
    // What it had shown before no longer holds.
    expect(await app.office.rows("select phone_proven_at from applicants where case_id = $1", caseId)).toEqual([
      { phone_proven_at: null },
    ]);
    await app.office.asOwner("update applicants set phone_proven_at = $1 where case_id = $2", hours(1), caseId);
    setNow(hours(1));
    expect(await views()).toMatchObject([{ wrongNumber: false }, { wrongNumber: false }]);
    expect((await askFor(focal, reference)).status).toBe(200);
    // Who has it in hand knows what came of it before.
    const again = await agent.send(name, "claim", { id: await idOf({ caseId }) });
    expect(again.body).toMatchObject({
      number: 1,
      earlier: [{ at: sundayNine.toISOString(), reason: "callerAsked", outcome: "wrongNumber" }],
      asked: { by: "official", name: focal.person.name },
    });
  });

  it("says whether the applicant or an official wanted the call", async () => {
    const [agent] = agents as [SignedIn];
    const { id, reference, code } = await asked();
    const [mine] = [await receive()];
    const wish = { said: "", call: null, at: null, note: "" };
    await agent.send(name, "askForCaller", { ...wish, reference: mine.reference, code: mine.code });
    const askedOf = async (one: number) => {
      const { asked: who } = (await agent.send(name, "claim", { id: one })).body;
      await agent.send(name, "release", { id: one });
      return who;
    };
    expect(await askedOf(id)).toEqual({ by: "official", name: focal.person.name });
    expect(await askedOf(await idOf(mine))).toEqual({ by: "caller" });
    // Who asks for another time wants the call too.
    await agent.send(name, "askForCaller", { ...wish, reference, code });
    expect(await askedOf(id)).toEqual({ by: "caller" });
  });

  it("is for a caller only once the application knows them", async () => {
    const [agent] = agents as [SignedIn];
    const one = await receive();
    const { callBacks } = app.services.contactCentre;
    const unknown = { reference: one.reference, said: "0790000001" };
    expect((await agent.send(name, "askForCaller", unknown)).status).toBe(404);
    const by = {
      reference: one.reference,
      code: "",
      note: "After noon",
      at: hours(3).toISOString(),
      actor: agent.person,
      call: null,
      now,
    };
    await expect(callBacks.askForCaller({ ...by, said: "0790000001" })).rejects.toMatchObject({ code: "not-found" });
    expect(await app.office.rows("select 1 from call_backs")).toEqual([]);
    const made = await callBacks.askForCaller({ ...by, said: `079${1_000_000 + people}` });
    expect(made.readyAt).toEqual(hours(3));
    expect(await looksOf(one.caseId, "caller.served")).toHaveLength(1);
    expect(await looksOf(one.caseId, "call-back.asked")).toHaveLength(1);
  });

  it("says before and after that a wish outside working hours is moved, and by when the call comes otherwise", async () => {
    const [agent] = agents as [SignedIn];
    const one = await receive();
    const proof = { reference: one.reference, code: one.code, said: "", call: null };
    const english = ({ body }: { body: { say: { en: string }[] } }) => body.say.map(({ en }) => en);
    const foresee = (at: string | null) => agent.send(name, "foresee", { programme: "jordan", at });
    // Friday is a day off, and the next day too.
    const friday = new Date("2026-11-27T08:00:00Z").toISOString();
    const moved = [
      "Friday 27 November 2026, 11:00 is outside our working hours.",
      "On Sunday 29 November 2026 we work from 08:30 to 15:30.",
      "We will call you from Sunday 29 November 2026, 08:30, and by Sunday 29 November 2026, 09:30 at the latest.",
    ];
    expect(english(await foresee(friday))).toEqual(moved);
    expect(english(await foresee(null))).toEqual(["We will call you by Monday 23 November 2026, 09:00."]);
    expect(english(await foresee(hours(2).toISOString()))).toEqual([
      "We will call you from Sunday 22 November 2026, 11:00, and by Sunday 22 November 2026, 12:00 at the latest.",
    ]);
    expect((await foresee(hours(-1).toISOString())).body.problem.faults[0].field).toBe("/at");
    for (const [who, programme] of [
      [agent, "boston311"],
      [focal, "jordan"],
    ] as const)
      expect((await who.send(name, "foresee", { programme, at: null })).status).toBe(404);
    expect(english(await agent.send(name, "askForCaller", { ...proof, at: friday }))).toEqual(moved);
    const view = await list(agent);
    expect(view.waiting).toMatchObject([{ wait: "wished", wishedAt: friday }]);
  });

  it("takes down another wish of the caller, and no more call where none is needed, unless somebody is calling them", async () => {
    const [agent, other] = agents as [SignedIn, SignedIn];
    const { id, caseId, reference, code } = await asked();
    const proof = { reference, code, said: "", call: null };
    const opened = async () => (await agent.send("caller", "open", proof)).body;
    expect(await opened()).toMatchObject({ callBacks: ["callerAsked"], wishedAt: null, language: "en" });
    const at = hours(2).toISOString();
    expect((await agent.send(name, "askForCaller", { ...proof, at, note: "" })).status).toBe(200);
    expect(await opened()).toMatchObject({
      ...{ wishedAt: at, soon: [{ en: "We will call you by Sunday 22 November 2026, 12:00." }] },
    });
    expect(await stored(id)).toMatchObject({
      ...{ state: "open", ready_at: hours(2), wished_at: hours(2), promised_at: hours(3), note: "Ask about the day." },
    });
    const wrong = { ...proof, code: "0000-0000-0000" };
    expect((await other.send(name, "endForCaller", wrong)).status).toBe(404);
    expect((await focal.send(name, "endForCaller", proof)).status).toBe(404);
    // Late already: another wish does not make it in time.
    const { callBacks: services } = app.services.contactCentre;
    const wish = { at: hours(31).toISOString(), note: "" };
    await services.askForCaller({ ...proof, ...wish, actor: agent.person, now: hours(30) });
    expect(await stored(id)).toMatchObject({ ready_at: hours(47.5), promised_at: hours(3) });
    await services.claim({ id, actor: other.person, now: hours(48) });
    const mine = { ...proof, actor: agent.person, now: hours(48) };
    await expect(services.endForCaller(mine)).rejects.toMatchObject({ code: "conflict" });
    await expect(services.askForCaller({ ...mine, at: null, note: "" })).rejects.toMatchObject({ code: "conflict" });
    await services.release({ id, actor: other.person, now: hours(48) });
    expect(await services.endForCaller(mine)).toEqual({ ended: 1 });
    expect(await stored(id)).toMatchObject({ state: "done", outcome: "cancelled" });
    expect(await looksOf(caseId, "call-back.done")).toEqual([{ by: String(agent.person.userId) }]);
    expect(await services.endForCaller(mine)).toEqual({ ended: 0 });
  });

  it("ends all of a case that are open, and each end is on its record", async () => {
    const [agent] = agents as [SignedIn];
    const { caseId, reference, code } = await asked();
    await app.office.asOwner(
      `insert into call_backs (key, programme, case_id, reason, language, created_at, ready_at, due_at, promised_at)
       values ($1, 'jordan', $2, 'answerNotDelivered', 'en', $3, $3, $4, $4)`,
      ...[`answer/${caseId}/1`, caseId, now, hours(24)],
    );
    const ended = await agent.send(name, "endForCaller", { reference, code, said: "", call: null });
    expect([ended.status, ended.body]).toEqual([200, { ended: 2 }]);
    expect(await app.office.rows("select 1 from call_backs where state = 'open'")).toEqual([]);
    expect(await looksOf(caseId, "call-back.done")).toHaveLength(2);
  });

  it("is never later for a caller who only adds a note, which is below that of the office", async () => {
    const [{ person: actor }] = agents as [SignedIn];
    const { id, reference, code } = await asked();
    const proof = { reference, code, said: "", call: null, at: null, actor, now: hours(5) };
    const add = (note: string) => app.services.contactCentre.callBacks.askForCaller({ ...proof, note });
    const kept = { due_at: hours(24), promised_at: hours(24), note: "Ask about the day.\nThe bell is broken." };
    // The second time it is the same, sent again.
    for (const note of ["The bell is broken.", "The bell is broken.", ""]) {
      const { say } = await add(note);
      expect(say.map(({ en }) => en)).toEqual(["We will call you by Monday 23 November 2026, 09:00."]);
      expect(await stored(id)).toMatchObject(kept);
    }
    await expect(add("x".repeat(980))).rejects.toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/note", reason: { en: expect.stringContaining("There is room for 961 more characters.") } }],
    });
    expect(await stored(id)).toMatchObject(kept);
  });

  it("says nothing of a call that was not answered to a person who put it off", async () => {
    const [agent] = agents as [SignedIn];
    const { id, reference, code } = await asked();
    await agent.send(name, "claim", { id });
    await agent.send(name, "report", { id, number: 1, outcome: "later", laterAt: hours(50).toISOString() });
    const sooner = { reference, code, said: "", call: null, at: null, note: "" };
    const said = await agent.send(name, "askForCaller", sooner);
    expect(said.body.say.map(({ en }: { en: string }) => en)).toEqual([
      "We will call you by Monday 23 November 2026, 09:00.",
    ]);
    const { call } = await app.services.cases.followPage({ reference, code, now });
    expect(call?.en).toBe("We will call you by Monday 23 November 2026, 09:00.");
  });

  it("is no agent's any more when the case became confidential", async () => {
    const [agent] = agents as [SignedIn];
    const { id, caseId } = await asked();
    await app.office.asOwner("update cases set confidential = true where id = $1", caseId);
    expect((await list(agent)).rows).toEqual([]);
    const refused = await agent.send(name, "claim", { id });
    expect([refused.status, JSON.stringify(refused.body).includes("+962")]).toEqual([409, false]);
    expect(await stored(id)).toMatchObject({ state: "done", outcome: "cancelled" });
  });
});

describe("the job", () => {
  it("makes a call-back of an answer that could not be delivered, once, however often it runs", async () => {
    await settings({ callBacks: "failed", surveyPercent: 0 });
    const sent = await app.office.receive({}, now);
    await app.office.act(sent.reference, focal.person, "answer", { answer: "Open." }, now);
    const row = await app.office.caseRow(sent.reference);
    if (row.resolved_at === null)
      await app.office.act(sent.reference, room.person, "approve", {}, now).catch(() => undefined);
    await app.office.asOwner(
      `insert into messages (key, case_id, programme, template, receiver_case, language, data, created_at, state)
       values ('made/up', $1, 'jordan', 'applicant-answered', $1, 'en', '{}', $2, 'failed')
       on conflict do nothing`,
      sent.caseId,
      now,
    );
    await app.office.asOwner(
      "update messages set state = 'failed' where case_id = $1 and template = 'applicant-answered'",
      sent.caseId,
    );
    await app.office.asOwner(
      "update cases set resolved_at = coalesce(resolved_at, $2) where id = $1",
      sent.caseId,
      now,
    );
    await Promise.all([work(), work()]);
    await work();
    const made = await app.office.rows("select reason, key from call_backs where case_id = $1", sent.caseId);
    expect(made).toEqual([{ reason: "answerNotDelivered", key: `answer/${sent.caseId}/1` }]);
    expect((await list(agents[0] as SignedIn)).rows).toHaveLength(1);
  });

  it("calls nobody about an answer who chose since to hear nothing, unless they asked for the call", async () => {
    await settings({ callBacks: "unreached", surveyPercent: 0 });
    const [agent] = agents as [SignedIn];
    const [one, two] = [await answered(), await answered()];
    await work();
    await askFor(focal, two.reference);
    const open = () =>
      app.office.rows(
        "select case_id, reason from call_backs where state = 'open' and case_id = any($1::bigint[]) order by id",
        [one.caseId, two.caseId],
      );
    expect(await open()).toHaveLength(3);
    for (const { reference, code } of [one, two])
      await app.services.cases.changeContact({ reference, code, choice: "none", now });
    // Before the job comes round too.
    const [first] = await app.office.rows("select id::integer from call_backs where case_id = $1", one.caseId);
    expect((await agent.send(name, "claim", { id: first?.id })).status).toBe(409);
    await work();
    expect(await open()).toEqual([{ case_id: two.caseId, reason: "callerAsked" }]);
    expect((await agent.send(name, "claim", { id: await idOf(two) })).status).toBe(200);
    await settings({ callBacks: "failed" });
  });

  it("calls no number that is not the applicant's, neither with an answer nor with questions", async () => {
    await settings({ callBacks: "unreached", surveyPercent: 0 });
    const [agent] = agents as [SignedIn];
    const [one, two] = [await answered(), await answered()];
    await askFor(focal, one.reference);
    const wrong = await idOf(one);
    await agent.send(name, "claim", { id: wrong });
    await work();
    await agent.send(name, "report", { id: wrong, number: 1, outcome: "wrongNumber" });
    const made = await idOf(one);
    expect((await agent.send(name, "claim", { id: made })).status).toBe(409);
    expect(await stored(made)).toMatchObject({ reason: "answerNotDelivered", state: "done", outcome: "cancelled" });
    await settings({ callBacks: "failed", surveyPercent: 100, surveyDays: 0 });
    setNow(hours(1));
    await work();
    await settings({ surveyPercent: 0 });
    expect(
      await app.office.rows("select case_id from call_backs where reason = 'survey' and case_id = any($1::bigint[])", [
        one.caseId,
        two.caseId,
      ]),
    ).toEqual([{ case_id: two.caseId }]);
  });

  it("makes one of an answer that nobody could be sent, where the programme wants that", async () => {
    await settings({ callBacks: "failed", surveyPercent: 0 });
    const sent = await answered();
    await work();
    expect(await app.office.rows("select 1 from call_backs where case_id = $1", sent.caseId)).toEqual([]);
    await settings({ callBacks: "unreached" });
    // Letters were ended while the answer waited to leave: they may be called still.
    const ended = await answered();
    const lapsed = `insert into messages (key, case_id, programme, template, receiver_case, language, data, created_at, state)
      select 'lapsed-answer', c.id, c.programme, 'applicant-answered', c.id, 'en', '{}', c.resolved_at, 'lapsed' from cases c where c.id = $1`;
    await app.office.asOwner(lapsed, ended.caseId);
    await work();
    expect(await app.office.rows("select reason from call_backs where case_id = $1", ended.caseId)).toHaveLength(1);
    // A run that was killed after it wrote some begins where the last whole one ended.
    await app.office.asOwner("delete from checkpoints where name like 'call-backs/%'");
    await work();
    expect(await app.office.rows("select reason from call_backs where case_id = $1", sent.caseId)).toEqual([
      { reason: "answerNotDelivered" },
    ]);
  });

  it("tells its owner once that an answer reached nobody, and how the call ended where it did not serve either", async () => {
    await settings({ callBacks: "unreached", surveyPercent: 0 });
    const { reference, caseId } = await answered();
    const undelivered = async () =>
      (await app.office.events(reference)).filter(({ type }) => type === "applicant.not-reached").length;
    await Promise.all([work(), work()]);
    expect(await undelivered()).toBe(1);
    // The case said so already, as where a message of the answer failed for good.
    await app.office.asOwner("delete from call_backs");
    await app.office.asOwner("delete from checkpoints where name like 'call-backs/%'");
    await work();
    expect(await undelivered()).toBe(1);
    const newsOf = async () => {
      const { body } = await focal.get("/admin/api/pages/news?rows=100");
      return body.rows.find((row: { reference: string }) => row.reference === reference);
    };
    expect(await newsOf()).toMatchObject({ kinds: ["notReached"], mayAskCall: true });
    const [row] = await app.office.rows("select id::integer from call_backs where case_id = $1", caseId);
    const [agent] = agents as [SignedIn];
    await agent.send(name, "claim", { id: row?.id });
    await agent.send(name, "report", { number: 1, id: row?.id, outcome: "wrongNumber", note: "" });
    // Nobody is offered to call a wrong number again.
    expect(await newsOf()).toMatchObject({ kinds: ["callWrongNumber", "notReached"], mayAskCall: false });
    await settings({ callBacks: "failed" });
  });

  it("leaves answers that reached nobody in their owner's list of cases, until somebody told them; nobody sees others' cases there", async () => {
    await settings({ callBacks: "unreached", surveyPercent: 0 });
    const made = [await answered(), await answered(), await answered(), await answered(), await answered()];
    const [told, served, rated, reopened, left] = made as [ReceivedApplication, ...ReceivedApplication[]];
    const named = new Map(made.map(({ reference }, n) => [reference, n]));
    const listed = async (who: SignedIn, query: Record<string, string> = {}) => {
      const { body } = await who.list("cases", { perPage: "100", ...query });
      return (body.records as { id: string }[]).flatMap(({ id }) => named.get(id) ?? []).sort();
    };
    const undelivered = { "filters.happened": "answerUndelivered" };
    expect(await listed(focal)).toEqual([0, 1, 2, 3, 4]);
    expect(await listed(focal, undelivered)).toEqual([]);
    await work();
    const elsewhere = await app.signIn("focal_point", "MOH");
    for (const who of [focal, room]) expect(await listed(who, undelivered)).toEqual([0, 1, 2, 3, 4]);
    const { body: theirs } = await elsewhere.list("cases", undelivered);
    expect([theirs.records, theirs.meta.total]).toEqual([[], 0]);
    const [agent] = agents as [SignedIn];
    for (const who of [agent, lead]) expect((await who.list("cases", undelivered)).body.records ?? []).toEqual([]);

    const search = (at: Date) =>
      app.services.cases.search({
        ...{ actor: focal.person, now: at, filters: { happened: "answerUndelivered" } },
        ...{ offset: 0, limit: 100 },
      });
    const days = (n: number) => hours(24 * n);
    const references = (await search(days(89))).rows.map(({ reference }) => reference);
    expect(references).toEqual(expect.arrayContaining([...named.keys()]));
    expect((await search(days(91))).rows).toEqual([]);

    // Read out in a call that reached the person; one that was busy says nothing to them.
    const id = await idOf(told);
    await agent.send(name, "claim", { id });
    await agent.send(name, "readOut", { id });
    expect(await listed(focal, undelivered)).toEqual([0, 1, 2, 3, 4]);
    expect((await agent.send(name, "report", { id, number: 1, outcome: "reached", note: "" })).status).toBe(200);
    expect(await listed(focal, undelivered)).toEqual([1, 2, 3, 4]);
    // Read out to who calls, rated, and opened again.
    const { reference, code } = served as ReceivedApplication;
    expect((await agent.send("caller", "open", { reference, code, said: "" })).status).toBe(200);
    expect(await listed(focal, undelivered)).toEqual([2, 3, 4]);
    await app.office.applicantActs(rated as ReceivedApplication, "rate", { rating: 5 }, now);
    expect(await listed(focal, undelivered)).toEqual([3, 4]);
    await app.office.applicantActs(reopened as ReceivedApplication, "reopen", { reason: "It is closed again." }, now);
    expect(await listed(focal, undelivered)).toEqual([4]);
    // What became confidential is there for its handlers alone.
    await app.office.asOwner("update cases set confidential = true where id = $1", left?.caseId);
    expect(await listed(room)).toEqual([0, 1, 2, 3]);
    expect(await listed(room, undelivered)).toEqual([]);
    await settings({ callBacks: "failed" });
  });

  it("takes an answer for heard that was read out meanwhile or rated: it is no news, and nobody is called about it", async () => {
    await settings({ callBacks: "unreached", surveyPercent: 0 });
    const [agent] = agents as [SignedIn];
    const [called, rated, telephoned, silent] = [
      await answered(),
      await answered(),
      await answered(),
      await answered(),
    ];
    const cases = [called, rated, telephoned, silent];
    const newsOf = async ({ reference }: ReceivedApplication) => {
      const { body } = await focal.get("/admin/api/pages/news?rows=100");
      const row = body.rows.find((one: { reference: string }) => one.reference === reference);
      return [row?.kinds ?? [], body.count];
    };
    await work();
    const [, count] = await newsOf(silent);
    // Another call than that about the answer, in which the answer was opened.
    await askFor(focal, called.reference);
    const id = await idOf(called);
    await agent.send(name, "claim", { id });
    setNow(hours(0.1));
    await agent.send(name, "report", { id, number: 1, outcome: "reached" });
    expect(await newsOf(called)).toEqual([["notReached"], count]);
    await askFor(focal, called.reference);
    const again = await idOf(called);
    await agent.send(name, "claim", { id: again });
    await agent.send(name, "readOut", { id: again });
    await agent.send(name, "report", { id: again, number: 1, outcome: "reached" });
    expect(await newsOf(called)).toEqual([[], count - 1]);
    await app.office.applicantActs(rated, "rate", { rating: 5 }, now);
    await agent.send("caller", "open", {
      reference: telephoned.reference,
      code: telephoned.code,
      said: "",
      call: null,
    });
    expect([await newsOf(rated), await newsOf(telephoned), await newsOf(silent)]).toEqual([
      [[], count - 3],
      [[], count - 3],
      [["notReached"], count - 3],
    ]);
    const ofRated = await app.office.rows("select id::integer from call_backs where case_id = $1", rated.caseId);
    expect((await agent.send(name, "claim", { id: ofRated[0]?.id })).status).toBe(409);
    await work();
    await app.office.asOwner("delete from call_back_tries");
    await app.office.asOwner("delete from call_backs where case_id <> $1", silent.caseId);
    await app.office.asOwner("delete from checkpoints where name like 'call-backs/%'");
    await work();
    expect(
      await app.office.rows(
        "select case_id from call_backs where case_id = any($1::bigint[])",
        cases.map(({ caseId }) => caseId),
      ),
    ).toEqual([{ case_id: silent.caseId }]);
    expect(await newsOf(called)).toEqual([[], count - 3]);
    await settings({ callBacks: "failed" });
  });

  it("draws the same sample again, after the days that the programme says, and asks nobody who has an email address or rated already", async () => {
    await settings({ callBacks: "none", surveyPercent: 100, surveyDays: 3 });
    const [mine, rated] = [await answered(), await answered()];
    const mailed = await app.office.receive({}, now);
    await app.office.act(mailed.reference, focal.person, "answer", { answer: "Open." }, now);
    await work();
    expect(await app.office.rows("select 1 from call_backs")).toEqual([]);
    setNow(hours(73));
    await app.office.applicantActs(rated, "rate", { rating: 5 }, now);
    await work();
    await app.office.asOwner("delete from checkpoints where name like 'call-backs/%'");
    await work();
    const found = await app.office.rows(
      "select case_id from call_backs where reason = 'survey' and case_id = any($1::bigint[])",
      [...[mine.caseId, rated.caseId, mailed.caseId]],
    );
    expect(found).toEqual([{ case_id: mine.caseId }]);
    await settings({ surveyPercent: 0 });
  });
});

describe("a survey call", () => {
  async function survey(): Promise<ReceivedApplication & { id: number }> {
    await settings({ callBacks: "none", surveyPercent: 100, surveyDays: 0 });
    const sent = await answered();
    setNow(hours(1));
    await work();
    await settings({ surveyPercent: 0 });
    // Others of other tests are drawn as well.
    await app.office.asOwner("delete from call_backs where case_id <> $1", sent.caseId);
    return { ...sent, id: await idOf(sent) };
  }

  it("has a script and no text of the case, and its answer is stored apart from ratings by web", async () => {
    const [agent] = agents as [SignedIn];
    const { id, reference, caseId } = await survey();
    const taken = await agent.send(name, "claim", { id });
    expect(taken.body.script.en).toContain("calling about the answer");
    expect(taken.body.scales.length).toBeGreaterThan(0);
    expect((await agent.send(name, "readOut", { id })).status).toBe(409);
    const missing = await agent.send(name, "report", { id, number: 1, outcome: "reached" });
    expect([missing.status, missing.body.problem.faults[0].field]).toEqual([422, "/rating"]);
    const scale = taken.body.scales[0].code;
    const scales = { [scale]: 4, madeUp: 5, other: "x" };
    expect((await agent.send(name, "report", { id, number: 1, outcome: "reached", rating: 5, scales })).status).toBe(
      200,
    );
    expect(await app.office.rows("select case_id, agent, rating, scales from survey_answers")).toEqual([
      { case_id: caseId, agent: agent.person.userId, rating: 5, scales: { [scale]: 4 } },
    ]);
    expect((await app.office.caseRow(reference)).rating).toBeNull();
    expect(await app.office.rows("select kind from calls")).toEqual([{ kind: "survey" }]);
  });

  it("is never for the agent who worked on the case", async () => {
    const [agent, other] = agents as [SignedIn, SignedIn];
    const { id, caseId } = await survey();
    await app.office.asOwner(
      "insert into calls (programme, agent, kind, begun_at, ended_at, case_id) values ('jordan', $1, 'new', $2, $2, $3)",
      ...[agent.person.userId, now, caseId],
    );
    expect((await list(agent)).rows).toEqual([]);
    expect((await agent.send(name, "claim", { id })).status).toBe(409);
    expect((await list(other)).rows).toHaveLength(1);
    expect((await other.send(name, "claim", { id })).status).toBe(200);
  });

  it("counts refusals, and shows what was said by telephone beside what was said by web", async () => {
    const [agent] = agents as [SignedIn];
    const { id } = await survey();
    await agent.send(name, "claim", { id });
    await agent.send(name, "report", { id, number: 1, outcome: "refused" });
    const view = (await lead.page("contact-figures", { days: 1 })).body;
    expect(view.total).toMatchObject({ surveysEnded: 1, refused: 1, answered: 0, calls: 1 });
    expect(view.ratings.map(({ way }: { way: string }) => way)).toEqual(["web", "told", "survey"]);
  });
});

describe("figures of the contact centre", () => {
  it("count a call in time on the day on which that was decided, and the home of its agent counts the same", async () => {
    const [agent] = agents as [SignedIn];
    const [one, two, missed] = [await asked(), await asked(), await asked()];
    for (const { id } of [one, two]) {
      await agent.send(name, "claim", { id });
      setNow(new Date(now.getTime() + 60_000));
      await agent.send(name, "report", { id, number: 1, outcome: "reached" });
    }
    const { contactCentre, home } = app.services;
    const day = async (from: string, to: string) => {
      const { due, inTime } = (await contactCentre.figures({ actor: lead.person, now, from, to })).total;
      return [due, inTime];
    };
    const ofAgent = async () => {
      const actor = agent.person;
      const page = (await contactCentre.figures({ actor, now, days: "1" })).total;
      const { desks } = await home({ actor, now, setting: { narrowing: {}, rows: {} } });
      const own = desks.flatMap((desk) => (desk.kind === "agent" && desk.own !== null ? [desk.own.today] : []))[0];
      return [page.due, page.inTime, own?.due, own?.inTime];
    };
    setNow(hours(1));
    // Promised for tomorrow, made today.
    expect(await day("2026-11-22", "2026-11-23")).toEqual([2, 2]);
    expect(await ofAgent()).toEqual([2, 2, 2, 2]);
    setNow(hours(24.5));
    expect(await day("2026-11-22", "2026-11-23")).toEqual([2, 2]);
    expect(await day("2026-11-23", "2026-11-24")).toEqual([1, 0]);
    expect(await ofAgent()).toEqual([0, 0, 0, 0]);
    // Too late when it was taken, it is missed by the office, and by no agent.
    const late = { id: missed.id, actor: agent.person, now };
    const nothing = { note: "", laterAt: null, rating: null, scales: null };
    await contactCentre.callBacks.claim(late);
    await contactCentre.callBacks.report({ ...late, ...nothing, number: 1, outcome: "noAnswer" });
    expect(await ofAgent()).toEqual([0, 0, 0, 0]);
    expect(await day("2026-11-23", "2026-11-24")).toEqual([1, 0]);
    // In time when it was taken, and made too late: its agent's.
    setNow(hours(25));
    const sent = await receive();
    await contactCentre.callBacks.ask({ reference: sent.reference, note: "", actor: focal.person, now });
    const slow = { id: await idOf(sent) };
    const { promised_at: by } = (await stored(slow.id)) as { promised_at: Date };
    const fromDue = (minutes: number) => new Date(by.getTime() + minutes * 60_000);
    await contactCentre.callBacks.claim({ ...late, id: slow.id, now: fromDue(-5) });
    setNow(fromDue(5));
    await contactCentre.callBacks.report({ ...late, ...nothing, id: slow.id, number: 1, outcome: "reached", now });
    setNow(fromDue(6));
    expect(await ofAgent()).toEqual([1, 0, 1, 0]);
  });

  it("are of all for lead and room, of one's own for an agent, and of nobody else", async () => {
    const [agent, other] = agents as [SignedIn, SignedIn];
    const one = await asked();
    await agent.send(name, "claim", { id: one.id });
    setNow(hours(0.05));
    await agent.send(name, "report", { id: one.id, number: 1, outcome: "reached" });
    await asked();
    for (const who of [lead, room]) {
      const view = (await who.page("contact-figures", { days: 7 })).body;
      expect(view).toMatchObject({ scope: "all", total: { calls: 1, medianSeconds: 180, ended: 1, reached: 1 } });
      expect(view).toMatchObject({ today: 1, waiting: { ready: 1, overdue: 0 } });
      expect(view.agents.map((line: { name: string }) => line.name)).toEqual([agent.person.name]);
      expect(view.shifts.map((line: { name: string }) => line.name)).toEqual(["08:00–15:00", "15:00–08:00"]);
      expect(view.shifts[0].counts.calls).toBe(1);
    }
    expect((await agent.page("contact-figures")).body).toMatchObject({
      scope: "own",
      total: { calls: 1 },
      ratings: [],
    });
    expect((await other.page("contact-figures")).body).toMatchObject({ scope: "own", total: { calls: 0 }, agents: [] });
    expect((await agent.page("contact-figures", { programme: "boston311" })).status).toBe(404);
    for (const [role, place] of [
      ["focal_point", "MOH"],
      ["steering_committee", null],
      ["auditor", null],
    ] as const)
      expect((await (await app.signIn(role, place)).page("contact-figures")).status).toBe(404);
  });
});
