/** Letters in a programme's own words on a real database: published, pinned, tried, and what happens when one is at fault. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import type { MessageDefinition } from "../../src/engine/letters/letter-definition.js";
import { diffConfiguration } from "../../src/features/config-files/diff-configuration.js";
import { exportConfiguration } from "../../src/features/config-files/export-configuration.js";
import { importConfiguration } from "../../src/features/config-files/import-configuration.js";
import { maxTests } from "../../src/features/notifications/send-test.js";
import { shippedDefinition } from "../../src/features/policy/versions/shipped-definitions.js";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import {
  complaint,
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let mailbox: Mailbox;
let office: WorkingOffice;
let services: Composed;
let other: Composed;
let rania: Person;
let omar: Person;
let auditor: Person;
beforeAll(async () => {
  mailbox = await openMailbox();
  office = await openWorkingOffice({ smtpUrl: mailbox.url });
  services = office.services;
  other = office.instance();
  [rania, omar] = [0, 1].map((n) => office.official("operation_room", null, n)) as [Person, Person];
  auditor = office.official("auditor");
});
afterAll(async () => {
  await office.close();
  await mailbox.close();
});
beforeEach(async () => {
  await office.asOwner("update messages set state = 'kept' where state = 'pending'");
  mailbox.letters.length = 0;
});

const now = sundayNine;
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const received = shippedDefinition("message", "applicant-received") as MessageDefinition;
const receipt = (en: string): MessageDefinition => ({
  ...received,
  subject: { ar: received.subject?.ar ?? "", en: `${en} {{reference}}` },
  body: { ...received.body, en: `# ${en}\n\nYour number is {{reference}}.\n\n{{details}}\n\n{{button}}\n\n{{note}}` },
});
const thingOf = (name: string) =>
  ({ programme, kind: name.startsWith("digest-") ? "digest" : "message", name }) as const;

/** Written as a draft and published by its author, as in a programme that wants no second person. */
async function publishLetter(name: string, definition: object, actor = rania): Promise<number> {
  const thing = thingOf(name);
  const setup = await services.setup.of(programme);
  const current = thing.kind === "digest" ? setup.digests.get(name) : setup.messages.get(name);
  const basedOn = current?.versionId ?? null;
  const draft = await services.policyDrafts.begin({ actor, ...thing, definition, basedOn, now });
  const reasons = { reason: "In our own words", warningsReason: "It is meant" };
  return (await services.policyDrafts.publish({ actor, ...draft, now, ...reasons })).versionId;
}
const deliver = async (from = services, at = now) => {
  await from.jobs.run("deliver-messages", at);
  return mailbox.letters;
};
const receiptsOf = (reference: string) =>
  office.rows(
    "select m.wording_id, m.wording_fault, m.state from messages m join cases c on c.id = m.receiver_case where c.reference = $1 and m.template = 'applicant-received'",
    reference,
  );

describe("what is published is what the next letter says", () => {
  it("also in an instance that runs already, and a letter keeps the words of its moment", async () => {
    const before = await office.receive();
    const first = await publishLetter("applicant-received", receipt("Welcome"));
    const between = await other.intake.receive({
      input: complaint,
      key: office.key,
      idempotencyKey: null,
      now,
    });
    const second = await publishLetter("applicant-received", receipt("Hello again"), omar);
    const after = await office.receive();
    expect((await receiptsOf(before.reference))[0]?.wording_id).toBeNull();
    expect((await receiptsOf(between.reference))[0]?.wording_id).toBe(first);
    expect((await receiptsOf(after.reference))[0]?.wording_id).toBe(second);

    const letters = await deliver(other);
    const about = (reference: string) =>
      letters.find(({ text, to }) => text?.includes(reference) && JSON.stringify(to).includes("rana@example.com"));
    expect(about(before.reference)?.subject).toBe(`We received your complaint ${before.reference}`);
    expect(about(between.reference)?.subject).toBe(`Welcome ${between.reference}`);
    expect(about(after.reference)?.subject).toBe(`Hello again ${after.reference}`);
    expect(about(after.reference)?.html).toContain("Hello again</h1>");
    expect(about(after.reference)?.text).toContain("Civil Status");
  });

  it("whoever looks at a message sees by which version it was written; back to an older one is a version of its own", async () => {
    const { id: rollTo } = (await services.versions.list({ actor: rania, ...thingOf("applicant-received") })).find(
      ({ version }) => version === 1,
    ) as { id: number };
    const { reference } = await office.receive();
    const filter = (of: string) => ({ reference: of, templates: ["applicant-received" as const] });
    const pageOf = (of: string) => services.mail.page({ actor: rania, filter: filter(of), offset: 0, limit: 1 });
    const [listed] = await pageOf(reference);
    expect(listed).toMatchObject({
      wordingName: "applicant-received",
      wordingVersion: 2,
      subject: `Hello again ${reference}`,
    });
    const draft = await services.policyDrafts.reopen({ actor: rania, version: rollTo, reason: "Better before", now });
    await services.policyDrafts.publish({ actor: rania, ...draft, now, reason: "Better before", warningsReason: "x" });
    const again = await office.receive();
    const [row] = await pageOf(again.reference);
    expect(row).toMatchObject({ wordingVersion: 3, subject: expect.stringContaining("Welcome") });
  });

  it("a letter that nobody has published reads as it ships, with no version", async () => {
    const thing = thingOf("applicant-rate");
    expect(await services.versions.list({ actor: auditor, ...thing })).toEqual([]);
    expect(services.versions.asShipped({ actor: auditor, ...thing })).toEqual(
      shippedDefinition("message", "applicant-rate"),
    );
    const stranger = office.official("focal_point", "CSPD");
    expect(() => services.versions.asShipped({ actor: stranger, ...thing })).toThrow("were not found here");
    expect(await problemOf(services.versions.list({ actor: auditor, ...thingOf("applicant-other") }))).toMatchObject({
      code: "not-found",
    });
    expect(
      await problemOf(
        services.policyDrafts.begin({ actor: rania, ...thingOf("account-reset"), definition: {}, basedOn: null, now }),
      ),
    ).toMatchObject({ code: "not-found" });
  });

  it("what reads what it may not is refused at its place, and what was in force stays", async () => {
    const bad = {
      ...receipt("Hello"),
      body: { ...received.body, en: "{{#if subject}}{{subject}}{{/if}}\n{{button}}{{note}}" },
    };
    const current = (await services.setup.of(programme)).messages.get("applicant-received");
    const refused = await problemOf(
      services.configuration.publish({
        ...thingOf("applicant-received"),
        definition: bad,
        reason: "x",
        by: { kind: "system", job: "publish" },
        now,
      }),
    );
    expect(refused).toMatchObject({
      code: "invalid-configuration",
      faults: [
        {
          field: "message/applicant-received#/body/en",
          reason: { en: expect.stringContaining("Line 1, character 7") },
        },
      ],
    });
    expect((await services.setup.of(programme)).messages.get("applicant-received")).toBe(current);
  });
});

describe("a letter at fault", () => {
  it("goes out as it ships, says so, and the operation room is told once", async () => {
    const id = await publishLetter("applicant-received", receipt("Broken"));
    await office.asOwner(
      `update configuration_versions set definition = '{"message":"applicant-received","subject":{"ar":"x","en":"x"},"body":{"ar":"{{gone}}","en":"{{gone}}"}}' where id = $1`,
      id,
    );
    const fresh = office.instance();
    const [one, two] = [await office.receive(), await office.receive()];
    await deliver(fresh);
    expect(mailbox.letters.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([one, two].map(({ reference }) => `We received your complaint ${reference}`)),
    );
    for (const { reference } of [one, two]) {
      expect(await receiptsOf(reference)).toEqual([
        { wording_id: id, wording_fault: expect.stringContaining("gone"), state: "sent" },
      ]);
    }
    const alerts = await office.rows("select receiver_user from messages where data->>'kind' = 'wording-failed'");
    expect(alerts.length).toBeGreaterThan(0);
    expect(new Set(alerts.map(({ receiver_user }) => receiver_user)).size).toBe(alerts.length);
    await publishLetter("applicant-received", receipt("Mended"));
  });
});

describe("steps of the ladder", () => {
  const letter = {
    message: "step-health",
    name: { ar: "تصعيد الصحة", en: "Health escalation" },
    subject: { ar: "عاجل {{reference}}", en: "Urgent {{reference}}" },
    body: {
      ar: "# عاجل\n{{#if subject}}{{subject}}{{/if}}\n{{details}}\n{{button}}\n{{note}}",
      en: "# Urgent\n{{#if subject}}About: {{subject}}{{else}}Of a closed case.{{/if}}\n{{details}}\n{{button}}\n{{note}}",
    },
  };
  const withTemplate = async (template: string) => {
    const set = (await services.setup.of(programme)).ruleSets.get("escalation");
    const definition = structuredClone(set?.definition) as unknown as {
      default: Record<string, unknown>[];
      rules: { event: { params: Record<string, unknown> } }[];
    };
    for (const step of [...definition.default, ...definition.rules.map(({ event }) => event.params)])
      step.template = template;
    return definition;
  };

  it("name a letter that is in force; another is refused at its place", async () => {
    const publishRules = async (template: string) =>
      services.configuration.publish({
        programme,
        kind: "rules",
        name: "escalation",
        definition: await withTemplate(template),
        reason: "x",
        by: { kind: "system", job: "publish" },
        now,
      });
    const none = await problemOf(publishRules("step-health"));
    expect(none).toMatchObject({ code: "invalid-configuration" });
    expect(none.faults[0]).toMatchObject({ field: expect.stringMatching(/^rules\/escalation#.*\/template$/) });
    const version = await publishLetter("step-health", letter);
    const wrong = await problemOf(publishRules("step-helth"));
    expect(wrong.faults[0]?.reason.en).toContain("step-health");
    await publishRules("step-health");

    const { reference } = await office.receive();
    const secret = await office.receive({ type: "report", fields: await reportFields() });
    await services.deadlines.enforce({ now: later(60 * 24 * 60) });
    const told = await office.rows(
      "select m.wording_id, m.template, m.data->>'subject' as subject, c.reference from messages m join cases c on c.id = m.case_id where m.template in ('official-warning', 'official-escalated')",
    );
    const of = (wanted: string) => told.filter((row) => row.reference === wanted);
    expect(of(reference).length).toBeGreaterThan(0);
    // The ladder of a case that came before was decided without the letter.
    const own = told.filter((row) => row.reference === reference || row.reference === secret.reference);
    expect(new Set(own.map((row) => row.wording_id))).toEqual(new Set([version]));
    expect(of(secret.reference).every(({ subject }) => subject === null)).toBe(true);
    await deliver(services, later(60 * 24 * 60));
    const sent = mailbox.letters.filter(({ text }) => text?.includes(reference));
    expect(
      sent.some(({ subject }) => subject === `Urgent ${reference}` || subject === `عاجل \u2068${reference}\u2069`),
    ).toBe(true);
    const closed = mailbox.letters.filter(({ text, subject }) => `${text}${subject}`.includes(secret.reference));
    expect(closed.every(({ text }) => !text?.includes("The hall was closed"))).toBe(true);
  });

  it("keep a letter from being retired while they name it; then it is, by name and reason, and comes back by a version", async () => {
    const retire = (over: object = {}) =>
      services.versions.retireLetter({
        actor: rania,
        programme,
        name: "step-health",
        reason: "Not needed",
        now,
        ...over,
      });
    const used = await problemOf(retire());
    expect(used.code).toBe("not-now");
    const rules = (await services.setup.of(programme)).ruleSets.get("escalation")?.definition.rules ?? [];
    expect(used.detail.en).toContain(rules[0]?.title.en);
    expect(used.detail.ar).toContain(rules[0]?.title.ar);

    const usual = await withTemplate("step-health");
    for (const step of [...usual.default, ...usual.rules.map(({ event }) => event.params)]) delete step.template;
    await services.configuration.publish({
      programme,
      kind: "rules",
      name: "escalation",
      definition: usual,
      reason: "The usual letters again",
      by: { kind: "system", job: "publish" },
      now,
    });
    expect((await problemOf(retire({ reason: " " }))).faults[0]?.field).toBe("/reason");
    expect((await problemOf(retire({ name: "applicant-received" }))).code).toBe("not-found");
    expect((await problemOf(retire({ name: "step-nothing" }))).code).toBe("not-found");
    expect((await problemOf(retire({ actor: office.official("auditor") }))).code).toBe("forbidden");
    expect((await problemOf(retire({ actor: office.official("focal_point", "CSPD") }))).code).toBe("not-found");
    await retire();
    expect((await services.setup.of(programme)).messages.has("step-health")).toBe(false);
    const [version] = await services.versions.list({ actor: rania, programme, kind: "message", name: "step-health" });
    expect(version).toMatchObject({ status: "retired", retiredAt: now });
    expect((await problemOf(retire())).code).toBe("not-found");
    const [entry] = await office.rows(
      "select data::json->>'reason' as reason from audit_events where type = 'configuration.retired'",
    );
    expect(entry).toEqual({ reason: "Not needed" });

    const again = await services.policyDrafts.reopen({ actor: rania, version: version?.id ?? 0, reason: null, now });
    const reasons = { reason: "Needed after all", warningsReason: "It is meant" };
    await services.policyDrafts.publish({ actor: rania, ...again, now, ...reasons });
    expect((await services.setup.of(programme)).messages.has("step-health")).toBe(true);
  });
});

const reportFields = async () => {
  const type = (await services.setup.of(programme)).types.get("report");
  return Object.fromEntries(
    (type?.fields ?? [])
      .filter(({ required }) => required)
      .map((field) => [field.code, field.type === "choice" ? field.choices?.[0]?.code : "here"]),
  );
};

describe("trying a letter", () => {
  const tried = (over: Partial<Parameters<Composed["letters"]["preview"]>[0]> = {}) => ({
    actor: rania,
    programme,
    kind: "message" as const,
    name: "applicant-received",
    definition: receipt("Trial") as unknown,
    reference: null as string | null,
    now,
    ...over,
  });

  it("shows both languages, of a real case or of none, and stores nothing", async () => {
    const { reference } = await office.receive();
    const [before] = await office.rows("select count(*)::integer as n from messages");
    const look = await services.letters.preview(tried({ reference }));
    expect(look.letters.map(({ language, subject }) => [language, subject])).toEqual([
      ["ar", expect.stringContaining(reference)],
      ["en", `Trial ${reference}`],
    ]);
    expect(look.letters[1]?.text).toContain("Civil Status");
    expect(look.letters[0]?.html).toContain('dir="rtl"');
    expect((await services.letters.preview(tried())).letters).toHaveLength(2);
    for (const { kind, name } of services.versions.shipped.filter((one) => one.kind === "message")) {
      const shown = await services.letters.preview(
        tried({ kind, name, reference, definition: shippedDefinition(kind, name) }),
      );
      expect([name, shown.letters.length]).toEqual([name, 2]);
    }
    expect((await services.letters.preview(tried({ definition: { message: "x" } }))).letters).toEqual([]);
    expect((await office.rows("select count(*)::integer as n from messages"))[0]).toEqual(before);
  });

  it("shows nothing of a case that is not theirs, and nothing to whoever may not publish", async () => {
    const secret = await office.receive({ type: "report", fields: await reportFields() });
    for (const reference of [secret.reference, "000-000-0000", "nonsense"])
      expect(await problemOf(services.letters.preview(tried({ reference })))).toMatchObject({ code: "not-found" });
    expect(await problemOf(services.letters.preview(tried({ actor: auditor })))).toMatchObject({ code: "forbidden" });
    const focal = office.official("focal_point", "CSPD");
    expect(await problemOf(services.letters.preview(tried({ actor: focal })))).toMatchObject({ code: "not-found" });
    expect(await problemOf(services.letters.preview(tried({ programme: "boston311" })))).toMatchObject({
      code: "not-found",
    });
    expect(await problemOf(services.letters.test({ ...tried({ actor: auditor }), language: "en" }))).toMatchObject({
      code: "forbidden",
    });
  });

  it("a test goes to its author alone, is marked, on record, and limited", async () => {
    const { reference } = await office.receive();
    expect(await services.letters.test({ ...tried({ reference }), language: "en" })).toEqual({ leaves: true });
    await deliver();
    const [address] = await office.rows("select email from users where id = $1", rania.userId);
    const mine = mailbox.letters.filter(({ subject }) => subject?.startsWith("[Test]"));
    expect(mine.map(({ subject, to }) => [subject, JSON.stringify(to).includes(String(address?.email))])).toEqual([
      [`[Test] Trial ${reference}`, true],
    ]);
    expect(mine[0]?.text).toContain("This is a test");
    const [record] = await office.rows(
      "select actor, data from audit_events where type = 'message.tested' order by seq desc limit 1",
    );
    expect(JSON.parse(String(record?.data))).toMatchObject({ name: "applicant-received", reference, language: "en" });
    expect(await problemOf(services.letters.test({ ...tried({ definition: {} }), language: "en" }))).toMatchObject({
      code: "invalid-input",
    });
    for (let n = 1; n < maxTests; n++) await services.letters.test({ ...tried({ now: later(n) }), language: "ar" });
    expect(await problemOf(services.letters.test({ ...tried({ now: later(20) }), language: "ar" }))).toMatchObject({
      code: "too-many-requests",
    });
    await services.letters.test({ ...tried({ actor: omar }), language: "ar" });
    await services.letters.test({ ...tried({ now: later(62) }), language: "ar" });
  });
});

describe("digests", () => {
  it("the published one is what is previewed, tried and queued; figures are those of before", async () => {
    const shipped = shippedDefinition("digest", "digest-committee") as Record<string, unknown>;
    const definition = {
      ...shipped,
      title: { ar: "تقرير اللجنة", en: "Report to the committee" },
      sections: [{ section: "figures", figures: ["received", "delayed"] }],
    };
    const before = await services.digests.preview({ name: "committee", at: now, language: "en", programme });
    const tried = await services.letters.preview({
      actor: rania,
      ...thingOf("digest-committee"),
      definition,
      reference: null,
      now,
    });
    const version = await publishLetter("digest-committee", definition);
    const after = await other.digests.preview({ name: "committee", at: now, language: "en", programme });
    expect(before.text).toContain("Answered on time, week by week");
    expect(after.text).toContain("Report to the committee");
    expect(after.text).not.toContain("Satisfied");
    expect(tried.letters[1]?.text).toBe(after.text);
    const received = (text: string) => /Received: .*/.exec(text)?.[0];
    expect(received(after.text)).toBe(received(before.text));
    await other.jobs.run("send-digests", now);
    const queued = await office.rows("select distinct wording_id from messages where template = 'digest-committee'");
    expect(queued).toEqual([{ wording_id: version }]);
  });
});

describe("as files", () => {
  it("letters and digests go out and come back to the byte, a line of a body a line of the file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "diwan-letters-"));
    try {
      const written = await exportConfiguration(office.db, folder, [programme]);
      expect(written).toEqual(
        expect.arrayContaining([
          "messages/jordan/applicant-received.json",
          "messages/jordan/step-health.json",
          "digests/jordan/digest-committee.json",
        ]),
      );
      const path = join(folder, "messages/jordan/applicant-received.json");
      const text = await readFile(path, "utf8");
      expect(JSON.parse(text).body.en).toEqual(expect.arrayContaining(["# Mended", "Your number is {{reference}}."]));
      const same = await diffConfiguration(office.db, folder);
      expect(same.faults.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(same.programmes[0]?.definitions).toEqual([]);

      await writeFile(path, text.replace("# Mended", "# From a file"));
      const [changed] = (await diffConfiguration(office.db, folder)).programmes;
      expect(changed?.definitions.map(({ name, differences }) => [name, differences[0]?.details[0]?.en])).toEqual([
        ["applicant-received", expect.stringMatching(/^Body, English, line 1: was .*Mended.*From a file/)],
      ]);
      const by = { kind: "system", job: "import-config" } as const;
      await importConfiguration(office.db, { folder, reason: "from git", retireMissing: false, by, now });
      const back = join(folder, "back");
      await exportConfiguration(office.db, back, [programme]);
      expect(await readFile(join(back, "messages/jordan/applicant-received.json"), "utf8")).toBe(
        await readFile(path, "utf8"),
      );

      await writeFile(path, text.replace("number is {{reference}}", "number is {{referense}}"));
      const broken = await diffConfiguration(office.db, folder);
      expect(broken.faults.find(({ severity }) => severity === "error")).toMatchObject({
        source: "messages/jordan/applicant-received.json",
        path: "/body/en",
        at: { line: 3, column: 16 },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
