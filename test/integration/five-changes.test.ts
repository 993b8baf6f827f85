/**
 * Five changes of policy as the operation room makes them, one writes and another approves, each followed to its end: what is
 * sent after it is decided by it, and whoever should hear of it hears once.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { policyVocabulary } from "../../src/engine/explain/policy-vocabulary.js";
import type { Condition, RuleSetDefinition, RuleSetName } from "../../src/engine/rules/rule-set.js";
import type { Bilingual } from "../../src/engine/text/text.js";
import { proposedExample } from "../../src/features/policy/replay/propose-example.js";
import {
  freshRule,
  prioritiesOf,
  type RuleSetView,
  viewOfSet,
  withAdded,
} from "../../src/features/policy/rules/rule-model.js";
import { stepOfLevel } from "../../src/features/policy/rules/step-words.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let author: Person;
let approver: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  [author, approver] = [0, 1].map((n) => office.official("operation_room", null, n)) as [Person, Person];
  await office.asOwner(`update programmes set settings = settings || '{"secondPerson": true}'`);
});
afterAll(() => office?.close());

const now = sundayNine;
const said = { reason: "The committee decided it.", warningsReason: null };
const setup = () => office.services.setup.of(programme);

/** Written by one, approved by the other; the author may not. */
async function published(kind: "rules" | "calendar", name: string, definition: object): Promise<number> {
  const { policyDrafts, versions } = office.services;
  const thing = { programme, kind, name } as const;
  const before = (await versions.list({ actor: author, ...thing })).find(({ status }) => status === "published");
  const begun = await policyDrafts.begin({ actor: author, ...thing, definition, basedOn: before?.id ?? null, now });
  const step = { id: begun.id, revision: begun.revision, now, ...said };
  await policyDrafts.submit({ actor: author, ...step });
  const waiting = await policyDrafts.of({ actor: approver, ...thing });
  const seen = { ...step, revision: waiting?.revision ?? 0 };
  expect((await problemOf(policyDrafts.publish({ actor: author, ...seen }))).code).toBe("forbidden");
  await policyDrafts.publish({ actor: approver, ...seen });
  const after = (await versions.list({ actor: author, ...thing })).find(({ status }) => status === "published");
  expect(after?.id).not.toBe(before?.id);
  return after?.id ?? 0;
}

/** A change-set of these edits, in force by the same two; what was told of it before. */
async function gathered(title: string, edits: readonly object[]): Promise<readonly Bilingual[]> {
  const { changeSets } = office.services;
  const { id } = await changeSets.begin({ actor: author, programme, title, now });
  for (const edit of edits) await changeSets.put({ actor: author, id, edit, now });
  const seen = async (actor: Person) => ({
    ...{ actor, id, now, ...said },
    revision: (await changeSets.read({ actor, id, now })).revision,
  });
  const { findings } = await changeSets.read({ actor: approver, id, now });
  await changeSets.submit(await seen(author));
  await changeSets.publish(await seen(approver));
  return findings.map(({ words }) => words);
}

const behaviourInHealth: Condition = {
  all: [
    { fact: "type", operator: "equal", value: "complaint" },
    { fact: "pillar", operator: "equal", value: "BEHAVIOUR" },
    { fact: "importance", operator: "equal", value: "critical" },
    { fact: "sector", operator: "equal", value: "HEALTH" },
  ],
};
const title: Bilingual = { en: "Critical behaviour in health", ar: "سلوك حرج في الصحة" };

/** A rule set with one more rule, as the editor adds it. */
async function withRule(set: RuleSetName, id: string, params: (fresh: Record<string, unknown>) => object) {
  const { ruleSets } = await setup();
  const definition = structuredClone(ruleSets.get(set)?.definition) as RuleSetDefinition;
  const vocabulary = policyVocabulary(await setup(), { kind: "rules", name: set });
  const fresh = freshRule(set, id, title) as { event: { params: Record<string, unknown> } };
  const rule = {
    ...fresh,
    conditions: behaviourInHealth,
    event: { ...fresh.event, params: params(fresh.event.params) },
    examples: [proposedExample(behaviourInHealth, [], vocabulary)],
  };
  return withAdded(viewOfSet(definition) as RuleSetView, rule, 0, prioritiesOf(definition));
}

const inHealth = {
  ...{ sector: "HEALTH", entity: "MOH", pillar: "BEHAVIOUR", importance: "critical" },
  ...{ subject: "The nurse shouted", description: "She shouted at an old man." },
};

describe("critical complaints about employee behaviour in health", () => {
  /** Of a case, by whom it was told of the escalation, and how that reads. */
  async function toldOf(reference: string) {
    const { mail } = office.services;
    const listed = await mail.list({
      actor: { kind: "system", job: "test" },
      programme,
      template: "official-escalated",
    });
    const rows = await office.rows(
      `select m.id, m.language, u.email from messages m join users u on u.id = m.receiver_user
       join cases c on c.id = m.case_id where c.reference = $1 and m.template = 'official-escalated'`,
      reference,
    );
    return Promise.all(
      rows.map(async ({ id, language, email }) => {
        expect(listed.map((message) => message.id)).toContain(id);
        const { rendered } = await mail.show({ actor: { kind: "system", job: "test" }, id: id as number });
        return { language, email, text: rendered.text, subject: rendered.subject };
      }),
    );
  }
  const sweep = (moment: Date) => office.services.deadlines.enforce({ now: moment });
  /** Sunday 9:00 and four of eight working hours. */
  const half = new Date("2026-11-22T10:00:00Z");

  it("are due in eight working hours, and reach the secretary general at half of them, once, in the language of each", async () => {
    const before = await office.receive(inHealth);
    expect(before.dueAt).toEqual(new Date("2026-11-23T06:00:00Z"));
    const sla = await published(
      ...(["rules", "sla"] as const),
      await withRule("sla", "behaviour-health", (fresh) => ({
        ...fresh,
        resolution: { amount: 8, unit: "workingHours" },
      })),
    );
    const ladder = await published(
      ...(["rules", "escalation"] as const),
      await withRule("escalation", "behaviour-health-50", (fresh) =>
        stepOfLevel({ ...fresh, when: { clock: "resolution", percent: 50 }, tell: [] }, 2),
      ),
    );
    const { userId } = office.official("secretary_general", "MOH");
    const [general] = await office.rows("select id, email from users where id = $1", userId);

    for (const language of ["ar", "en"] as const) {
      await office.asOwner("update users set language = $1 where id = $2", language, general?.id);
      // Whoever holds a seat is loaded with the set-up: anything that is published brings it anew.
      const nameEn = (await setup()).governorates.get("AMM")?.name.en;
      const renamed = { values: { nameEn: `Amman, ${language}` }, before: { nameEn } };
      await gathered(`In ${language}`, [{ act: "update", table: "governorates", code: "AMM", ...renamed }]);
      const sent = await office.receive(inHealth);
      // Six and a half hours of Sunday, one and a half of Monday.
      expect(sent.dueAt).toEqual(new Date("2026-11-23T07:00:00Z"));
      const decided = await office.rows(
        `select d.rule_set, d.version_id from decisions d join cases c on c.id = d.case_id
         where c.reference = $1 and d.rule_set in ('sla', 'escalation') order by d.rule_set`,
        sent.reference,
      );
      expect(decided.map(({ version_id }) => version_id)).toEqual([ladder, sla]);
      await sweep(new Date(half.getTime() - 1));
      expect(await toldOf(sent.reference)).toEqual([]);
      await sweep(half);
      await sweep(half);
      await sweep(new Date(half.getTime() + 60_000));
      const told = await toldOf(sent.reference);
      expect(told.map(({ email, language: of }) => [email, of])).toEqual([[general?.email, language]]);
      expect(told[0]?.text).toContain(sent.reference);
      expect(told[0]?.subject).toContain(language === "ar" ? "صُعّد إليك" : "Escalated to you");
      expect((await office.caseRow(sent.reference)).escalation_level).toBe(2);
    }
    // What was decided before keeps what decided it.
    expect(await toldOf(before.reference)).toEqual([]);
    expect((await office.caseRow(before.reference)).escalation_level).toBe(0);
  });
});

it("hours of Ramadan 2027 decide about what comes in Ramadan", async () => {
  const { definition } = (await setup()).calendar;
  const tuesdayNine = new Date("2027-02-16T06:00:00Z");
  const input = { entity: "CSPD", pillar: "TIME", importance: "critical" };
  const before = await office.receive(input, tuesdayNine);
  const ten = [["10:00", "15:00"]];
  const periods = definition.periods.map(({ provisional, ...period }) =>
    period.name?.en === "Ramadan 2027"
      ? { ...period, hours: { sun: ten, mon: ten, tue: ten, wed: ten, thu: ten } }
      : { ...period, ...(provisional === undefined ? {} : { provisional }) },
  );
  await published("calendar", definition.code, { ...definition, periods });
  const after = await office.receive(input, tuesdayNine);
  expect([before.dueAt, after.dueAt]).toEqual([new Date("2027-02-17T06:00:00Z"), new Date("2027-02-17T07:00:00Z")]);
});

it("a new entity that takes over a service gets what comes from then on; what is open stays where it is", async () => {
  const passport = { entity: null, sector: "INTERIOR", service: "CSPD-PASSPORT", pillar: "TIME" };
  const before = await office.receive(passport);
  expect((await office.caseRow(before.reference)).entity).toBe("CSPD");
  const focal = office.official("focal_point", "CSPD");
  const [holder] = await office.rows("select email from users where id = $1", focal.userId);
  const entity = { nameEn: "Passport Authority", nameAr: "هيئة الجوازات", sector: "INTERIOR", parent: "MOI" };
  const told = await gathered("Passports", [
    {
      ...{ act: "create", table: "entities", code: "PASSAUTH" },
      values: { ...entity, kind: "authority", joining: "live" },
    },
    {
      ...{ act: "create", table: "seats", code: "" },
      values: {
        ...{ role: "focal_point", titleEn: "Focal point of passports", titleAr: "ضابط ارتباط الجوازات" },
        ...{ entity: "PASSAUTH", sector: null, holder: holder?.email },
      },
    },
    {
      ...{ act: "update", table: "services", code: "CSPD-PASSPORT" },
      ...{ values: { entity: "PASSAUTH" }, before: { entity: "CSPD" } },
    },
  ]);
  expect(told).toEqual([
    {
      en: "From then on, applications about “Issue or renewal of a passport” go to “Passport Authority”. Open cases stay with “Civil Status and Passports Department”, which can transfer them.",
      ar: "تُحال طلبات «إصدار جواز سفر أو تجديده» منذ ذلك الحين إلى «هيئة الجوازات»، وتبقى الطلبات المفتوحة لدى «دائرة الأحوال المدنية والجوازات» ولها أن تحوّلها.",
    },
  ]);
  const after = await office.receive(passport);
  const row = await office.caseRow(after.reference);
  expect(row.entity).toBe("PASSAUTH");
  expect((await office.caseRow(before.reference)).entity).toBe("CSPD");
  const seat = { role: "focal_point", programme, entity: "PASSAUTH", sector: null } as const;
  await office.act(after.reference, { ...focal, seats: [seat] }, "take", {}, now);
  expect((await problemOf(office.act(after.reference, focal, "answer", { answer: "No." }, now))).code).toBe(
    "not-found",
  );
});

it("a new closing reason is offered to whoever may reject, and the applicant reads its text in the own language", async () => {
  const reason = { textEn: "The bank settled the matter.", textAr: "سوّى البنك الموضوع." };
  await gathered("Closing reason", [
    {
      ...{ act: "create", table: "closing_reasons", code: "BANK_SETTLED" },
      values: { nameEn: "Settled by the bank", nameAr: "سوّاه البنك", ...reason },
    },
  ]);
  for (const language of ["ar", "en"] as const) {
    const sent = await office.receive({ language });
    const manager = office.official("entity_manager", "CSPD");
    const offered = await office.services.cases.page({ reference: sent.reference, actor: manager, now });
    const reject = offered.actions.find(({ action }) => action === "reject");
    expect(reject?.fields[0]?.choices).toContainEqual(expect.objectContaining({ value: "BANK_SETTLED" }));
    await office.act(sent.reference, manager, "reject", { closingReason: "BANK_SETTLED" }, now);
    const [letter] = await office.rows(
      `select m.id from messages m join cases c on c.id = m.case_id where c.reference = $1 and m.template = 'applicant-rejected'`,
      sent.reference,
    );
    const { rendered } = await office.services.mail.show({
      actor: { kind: "system", job: "test" },
      id: letter?.id as number,
    });
    expect(rendered.text).toContain(language === "ar" ? reason.textAr : reason.textEn);
  }
});

it("a keyword makes a complaint critical, however it is written, and its deadline follows", async () => {
  const list = (await setup()).keywordLists.get("danger_to_life");
  const words = list?.words ?? [];
  const poisoned = { importance: null, pillar: null, entity: "CSPD" } as const;
  const texts = ["There is arsenic in the water.", "وجدنا الزَّرنيخ في المياه."];
  const send = (description: string) => office.receive({ ...poisoned, description });
  for (const text of texts) expect((await send(text)).importance).not.toBe("critical");
  await gathered("Arsenic", [
    {
      ...{ act: "update", table: "keyword_lists", code: "danger_to_life" },
      ...{ values: { words: [...words, "arsenic", "زرنيخ"] }, before: { words } },
    },
  ]);
  for (const text of texts) {
    const sent = await send(text);
    expect([sent.importance, sent.dueAt]).toEqual(["critical", new Date("2026-11-23T06:00:00Z")]);
  }
  expect((await send("There is parsenic in the water.")).importance).not.toBe("critical");
});
