/** The register of instructions: who reads what, what is issued stays, each entity acknowledges once, the room reminds. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { checkRuleSet } from "../../src/engine/rules/check-rule-set.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import { exportConfiguration } from "../../src/features/config-files/export-configuration.js";
import { readConfiguration } from "../../src/features/config-files/read-configuration.js";
import { publishDefinition as publish } from "../../src/features/policy/publication/publish.js";
import type { FlatRow } from "../../src/features/setup/tables/setup-tables.js";
import { aPdf } from "../support/hostile-files.js";
import { openWorkingOffice, problemOf, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

const hour = 3_600_000;
const since = (hours: number): Date => new Date(sundayNine.getTime() + hours * hour);

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const room = () => office.official("operation_room");
const focal = (entity = "CSPD") => office.official("focal_point", entity);
const register = () => office.services.instructions;

async function draft(code: string, more: FlatRow = {}) {
  const values = {
    code,
    nameAr: "تعليمات الرد على الشكاوى",
    nameEn: "Answering complaints",
    number: "5/2026",
    issuedOn: "2026-11-20",
    inForceFrom: "2026-12-01",
    textAr: "على كل جهة أن ترد.",
    textEn: "Every entity answers.",
    toEntities: ["CSPD", "MOF"],
    ...more,
  };
  await office.services.setupEditor.create({ programme, table: "instructions", values, by: room(), now: sundayNine });
}
const issue = (code: string, now = sundayNine) => register().issue({ programme, code, by: room(), now });
async function issued(code: string, more: FlatRow = {}) {
  await draft(code, more);
  await issue(code);
}
const acknowledge = (code: string, by = focal(), entity = "CSPD", now = since(1)) =>
  register().acknowledge({ programme, code, entity, by, now });
const one = (code: string, actor = room(), now = since(2)) => register().one({ programme, code, actor, now });
const refused = async (work: Promise<unknown>): Promise<string> => (await problemOf(work)).code;
const letters = (code: string) =>
  office.rows(
    `select u.email as name, m.data ->> 'kind' as kind from messages m join users u on u.id = m.receiver_user
     where m.template = 'official-instruction' and m.data ->> 'code' = '${code}' order by m.id`,
  );

describe("to whom an instruction goes", () => {
  it("has to be said, one way or the other", async () => {
    const faults = async (more: FlatRow) => (await problemOf(draft("NOWHERE", more))).faults.map(({ field }) => field);
    expect(await faults({ toEntities: [] })).toEqual(["/toAll"]);
    expect(await faults({ toAll: true })).toEqual(["/toAll"]);
    expect(await faults({ toEntities: ["NOBODY"] })).toEqual(["/toEntities/0"]);
    expect(await faults({ replaces: "NOTHING" })).toEqual(["/replaces"]);
  });

  it("is read by those whom it concerns, and a draft by the room and the auditor alone", async () => {
    await draft("SEEN");
    const seen = async (actor: ReturnType<typeof room>) =>
      (await register().list({ actor, programme })).map(({ code }) => code).includes("SEEN");
    expect(await seen(room())).toBe(true);
    expect(await seen(office.official("auditor"))).toBe(true);
    expect(await seen(focal())).toBe(false);
    expect(await refused(one("SEEN", focal()))).toBe("not-found");
    await issue("SEEN");
    expect(await seen(focal())).toBe(true);
    expect(await seen(focal("JFDA"))).toBe(false);
    expect(await refused(one("SEEN", focal("JFDA")))).toBe("not-found");
    expect(await seen(office.official("minister", "MOF"))).toBe(true);
    expect(await seen(office.official("contact_centre_agent"))).toBe(false);
    const elsewhere = {
      ...focal(),
      seats: [{ role: "focal_point", programme: "boston311", entity: "CSPD", sector: null }],
    };
    expect(await seen(elsewhere as unknown as ReturnType<typeof room>)).toBe(false);
  });

  it("is every entity, those to come too, where it goes to all", async () => {
    await issued("ALL", { toAll: true, toEntities: [] });
    const before = (await one("ALL")).standing?.addressed ?? 0;
    const values = {
      code: "LATER",
      nameAr: "اسم",
      nameEn: "Later",
      kind: "department",
      sector: "HEALTH",
      parent: "MOH",
    };
    await office.services.setupEditor.create({ programme, table: "entities", values, by: room(), now: sundayNine });
    expect((await one("ALL")).standing?.addressed).toBe(before + 1);
    expect((await one("ALL", office.official("contact_centre_agent"))).entities).toEqual([]);
  });
});

describe("what was issued", () => {
  it("keeps its words, whoever asks; a correction replaces it", async () => {
    await issued("KEPT");
    const update = (values: FlatRow, before: FlatRow) =>
      office.services.setupEditor.update({
        programme,
        table: "instructions",
        code: "KEPT",
        values,
        before,
        by: room(),
        now: since(1),
      });
    const problem = await problemOf(update({ textEn: "Other words." }, { textEn: "Every entity answers." }));
    expect(problem.faults.map(({ field }) => field)).toEqual(["/textEn"]);
    await expect(office.asOwner("update instructions set text_en = 'Other.' where code = 'KEPT'")).rejects.toThrow(
      /words stay/,
    );
    await expect(office.asOwner("delete from instructions where code = 'KEPT'")).rejects.toThrow(/words stay/);
    expect(await refused(issue("KEPT"))).toBe("not-now");
    const remove = { programme, table: "instructions", code: "KEPT", by: room(), now: since(1) } as const;
    expect(await refused(office.services.setupEditor.remove(remove))).toBe("not-now");

    await draft("BETTER", { replaces: "KEPT", number: "6/2026" });
    expect((await one("KEPT")).state).toBe("issued");
    await issue("BETTER");
    expect(await one("KEPT")).toMatchObject({ state: "replaced", replacedBy: { code: "BETTER" } });
    expect(await refused(acknowledge("KEPT"))).toBe("not-now");
    const again = await problemOf(draft("BEST", { replaces: "KEPT" }));
    expect(again.faults.map(({ field }) => field)).toEqual(["/replaces"]);
  });

  it("is issued by the room alone", async () => {
    await draft("THEIRS");
    const attempt = (by: ReturnType<typeof room>) =>
      register().issue({ programme, code: "THEIRS", by, now: sundayNine });
    for (const by of [focal(), office.official("auditor"), office.official("minister", "MOF")])
      expect(await refused(attempt(by))).toBe("forbidden");
    expect((await one("THEIRS")).state).toBe("draft");
  });
});

describe("an entity", () => {
  it("acknowledges once, by its focal points or its manager; others do not", async () => {
    await issued("ONCE");
    expect((await letters("ONCE")).map(({ kind }) => kind)).not.toHaveLength(0);
    expect((await one("ONCE", focal())).mine.map(({ code }) => code)).toEqual(["CSPD"]);
    for (const by of [room(), office.official("minister", "MOF"), focal("MOF")])
      expect(["forbidden", "not-now"]).toContain(await refused(acknowledge("ONCE", by)));
    expect(await refused(acknowledge("ONCE", focal("JFDA"), "JFDA"))).toBe("not-found");
    await acknowledge("ONCE");
    await acknowledge("ONCE", focal(), "CSPD", since(5));
    const view = await one("ONCE");
    expect(view.standing).toEqual({ acknowledged: 1, addressed: 2 });
    expect(view.entities.map(({ entity, acknowledged }) => [entity.code, acknowledged?.at ?? null])).toEqual([
      ["MOF", null],
      ["CSPD", since(1).toISOString()],
    ]);
    expect((await one("ONCE", focal())).mine).toEqual([]);
    const [event, ...more] = await office.rows(
      "select 1 from audit_events where type = 'instruction.acknowledged' and data::json ->> 'code' = 'ONCE'",
    );
    expect([event, more]).toEqual([expect.anything(), []]);
    await expect(office.rows("delete from instruction_acknowledgements")).rejects.toThrow(/permission denied/);
  });

  it("has it on the home of whoever can acknowledge, and the room those that are missing", async () => {
    await issued("HOME");
    const home = await office.services.home({ actor: focal(), now: since(2) });
    expect(home.toAcknowledge.map(({ code }) => code)).toContain("HOME");
    const rooms = await office.services.home({ actor: room(), now: since(2) });
    expect(rooms.toAcknowledge).toEqual([]);
    expect(rooms.desks[0]).toMatchObject({
      instructions: expect.arrayContaining([expect.objectContaining({ code: "HOME", acknowledged: 0, addressed: 2 })]),
    });
    await acknowledge("HOME");
    const after = await office.services.home({ actor: focal(), now: since(2) });
    expect(after.toAcknowledge.map(({ code }) => code)).not.toContain("HOME");
  });

  it("that has not is reminded once in a day", async () => {
    await issued("REMIND");
    const remind = (now: Date, by = room()) => register().remind({ programme, code: "REMIND", by, now });
    expect(await refused(remind(since(1), focal()))).toBe("forbidden");
    await acknowledge("REMIND");
    expect((await remind(since(2))).entities).toBe(1);
    expect(await refused(remind(since(3)))).toBe("not-now");
    expect((await remind(since(27))).entities).toBe(1);
    const sent = await letters("REMIND");
    expect(sent.filter(({ kind }) => kind === "reminder").length).toBeGreaterThanOrEqual(2);
    expect((await one("REMIND", room(), since(28))).entities[0]).toMatchObject({ remindedAt: since(27).toISOString() });
  });
});

describe("an entity where no one can acknowledge", () => {
  const vacate = (to: string | null) =>
    office.asOwner(
      `update seat_holders set held_to = ${to === null ? "null" : `'${to}'`} where held_to is not distinct from ${to === null ? `'${since(0).toISOString()}'` : "null"}
       and seat_id in (select id from seats where entity = 'MOF')`,
    );
  it("is not reminded, and no record says that it was", async () => {
    await issued("VACANT");
    await vacate(since(0).toISOString());
    try {
      const done = await register().remind({ programme, code: "VACANT", by: room(), now: since(2) });
      expect(done.entities).toBe(1);
      const view = await one("VACANT", room(), since(3));
      expect(view.entities.map(({ entity, remindedAt }) => [entity.code, remindedAt !== null])).toEqual([
        ["MOF", false],
        ["CSPD", true],
      ]);
    } finally {
      await vacate(null);
    }
  });
});

describe("the paper of an instruction", () => {
  const stage = async (code: string, content: Buffer, name = "paper.pdf", actor = room()) => {
    const owner = { kind: "instruction", actor, programme, code } as const;
    const chunks = (async function* () {
      yield content;
    })();
    return office.services.attachments.stage({ owner, name, content: chunks, declaredType: null, now: sundayNine });
  };
  const attach = (code: string, file: string, by = room()) =>
    register().attach({ programme, code, file, by, now: sundayNine });
  const open = (code: string, actor = room()) =>
    office.services.attachments.openInstruction({ programme, code, actor });

  it("is opened by whoever may read it, and stays once it is issued", async () => {
    await draft("PAPER");
    const paper = await stage("PAPER", aPdf("first"));
    expect(await refused(attach("PAPER", paper.id, focal()))).toBe("forbidden");
    await attach("PAPER", paper.id);
    expect(await buffer((await open("PAPER")).stream())).toEqual(aPdf("first"));
    expect(await refused(open("PAPER", focal()))).toBe("not-found");
    await issue("PAPER");
    expect((await open("PAPER", focal())).attachment.name).toBe("paper.pdf");
    expect(await refused(open("PAPER", focal("JFDA")))).toBe("not-found");
    const other = await stage("PAPER", aPdf("second"));
    expect(await refused(attach("PAPER", other.id))).toBe("invalid-input");
    await office.services.handlers.housekeeping(new Date(sundayNine.getTime() + 3 * 24 * hour));
    expect(await buffer((await open("PAPER", focal())).stream())).toEqual(aPdf("first"));
  });

  it("is a document, sent by whoever edits the register", async () => {
    await draft("KINDS");
    expect(await refused(stage("KINDS", Buffer.from("plain words"), "words.txt"))).toBe("invalid-input");
    expect(await refused(stage("KINDS", aPdf("x"), "x.pdf", focal()))).toBe("not-found");
    expect(await refused(stage("UNKNOWN", aPdf("x")))).toBe("not-found");
    expect(await refused(attach("KINDS", "0".repeat(32)))).toBe("invalid-input");
  });
});

describe("rules cite instructions", () => {
  const check = async (basis: unknown) => {
    const setup = await office.services.setup.of(programme);
    const definition = structuredClone(setup.ruleSets.get("sla")?.definition) as RuleSetDefinition;
    const rules = definition.rules.map((rule, i) => (i === 0 ? { ...rule, basis } : rule));
    return checkRuleSet({ ...definition, rules }, setup, "sla").filter(({ path }) => path.startsWith("/rules/0/basis"));
  };

  it("of the register: an unknown one is an error, one that holds no longer a warning", async () => {
    await issued("CITED");
    expect(await check("CITED")).toEqual([]);
    expect(await check("CITEDD")).toMatchObject([
      { severity: "error", reason: { en: expect.stringContaining("Did you mean CITED?") } },
    ]);
    expect(await check(["CITED", 7])).toMatchObject([{ severity: "error", path: "/rules/0/basis/1" }]);
    await draft("CITED_DRAFT");
    expect(await check(["CITED", "CITED_DRAFT"])).toMatchObject([{ severity: "warning", path: "/rules/0/basis/1" }]);
    const withdraw = { programme, table: "instructions", code: "CITED", by: room(), now: since(1) } as const;
    await office.services.setupEditor.retire(withdraw);
    expect(await check("CITED")).toMatchObject([
      { severity: "warning", reason: { en: "The instruction 5/2026 (CITED) was withdrawn." } },
    ]);
  });

  it("and the explanation of a case names it, with the way to it", async () => {
    await issued("BASIS", { nameEn: "Times of answers", toAll: true, toEntities: [] });
    const setup = await office.services.setup.of(programme);
    const definition = structuredClone(setup.ruleSets.get("sla")?.definition) as RuleSetDefinition;
    const rules = definition.rules.map((rule) => ({ ...rule, basis: ["BASIS"] }));
    const draftOf = { programme, kind: "rules", name: "sla" } as const;
    await publish(office.db, {
      ...draftOf,
      definition: { ...definition, rules },
      reason: "By the book",
      by: room(),
      now: sundayNine,
    });
    const sent = await office.receive();
    const explained = await office.services.cases.why({ reference: sent.reference, actor: room(), now: since(1) });
    const [en, ar] = [explained.en[3], explained.ar[3]];
    expect(en?.lines.join("\n")).toContain("According to instruction 5/2026 “Times of answers”");
    expect(ar?.lines.join("\n")).toContain("بموجب التعليمات رقم 5/2026");
    expect(en?.cited).toEqual([{ words: "instruction 5/2026 “Times of answers”", programme, code: "BASIS" }]);
    expect((await one("BASIS")).citedBy.length).toBeGreaterThan(0);
    const uses = await office.services.setupEditor.uses({
      programme,
      table: "instructions",
      code: "BASIS",
      actor: room(),
    });
    expect(uses.removable).toBe(false);
    expect(uses.uses.some(({ words }) => words.en.includes("cites it as its legal basis"))).toBe(true);
  });
});

it("the register goes out as files, and comes back the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "diwan-register-"));
  await exportConfiguration(office.db, folder, [programme]);
  const { programmes, faults } = await readConfiguration(folder, [programme]);
  expect(faults.filter(({ severity }) => severity === "error")).toEqual([]);
  const [read] = programmes;
  const paper = read?.files.instructions.find(({ code }) => code === "PAPER");
  expect(paper).toMatchObject({ number: "5/2026", issuedAt: sundayNine.toISOString(), file: { name: "paper.pdf" } });
  expect(Object.keys(paper?.file ?? {}).sort()).toEqual(["bytes", "name", "sha256", "type"]);
});
