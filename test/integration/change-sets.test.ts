/** Change-sets on a real database: edits of the set-up and policy gathered, checked, approved by a second person, in force at one instant. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import {
  complaint,
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let services: Composed;
let rania: Person;
let omar: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  services = office.services;
  [rania, omar] = [0, 1].map((n) => office.official("operation_room", null, n)) as [Person, Person];
});
afterAll(() => office.close());

const now = sundayNine;
const wantsSecond = (wanted: boolean) =>
  office.asOwner(
    "update programmes set settings = settings || jsonb_build_object('secondPerson', $1::boolean) where code = 'jordan'",
    wanted,
  );
const sets = () => services.changeSets;
const begin = (actor: Person, title: string) => sets().begin({ actor, programme, title, now });
const put = (actor: Person, id: number, edit: object) => sets().put({ actor, id, edit, now });
const read = (id: number, actor = rania) => sets().read({ actor, id, now });
const step = async (actor: Person, id: number) => ({
  actor,
  id,
  revision: (await sets().list({ actor })).find((one) => one.id === id)?.revision ?? 0,
  now,
});
const said = { reason: "The council of ministers decided it.", warningsReason: "Known, and accepted." };
const errorsOf = async (id: number) =>
  (await read(id)).findings.filter(({ severity }) => severity === "error").map(({ words }) => words.en);
const setup = () => services.setup.of(programme);
const merge = (from: string, into: string, except: Record<string, string> = {}) => ({
  ...{ act: "merge", table: "entities", code: from, into },
  ...{ cases: { to: into, except }, seats: "move" },
});

beforeEach(async () => {
  await wantsSecond(false);
  for (const { id, state, programme: of } of await sets().list({ actor: rania })) {
    expect(of).toBe(programme);
    if (state === "submitted")
      await sets()
        .sendBack({ ...(await step(omar, id)), note: "" })
        .catch(() => undefined);
    await sets().discard(await step(rania, id));
  }
});

describe("gathering", () => {
  it("says each edit in words, joins two of one row, takes one out, and changes nothing", async () => {
    const { id } = await begin(rania, "Traffic");
    const before = await setup();
    await put(rania, id, {
      ...{ act: "update", table: "entities", code: "DVLD" },
      ...{
        values: { parent: "MOI", nameEn: "Drivers" },
        before: { parent: "PSD", nameEn: before.entities.get("DVLD")?.name.en },
      },
    });
    await put(rania, id, {
      ...{ act: "update", table: "entities", code: "DVLD" },
      ...{ values: { phone: "+96265000000" }, before: { phone: before.entities.get("DVLD")?.phone ?? null } },
    });
    await put(omar, id, {
      ...{ act: "create", table: "services", code: "DVLD-PLATES" },
      ...{ values: { nameAr: "لوحات", nameEn: "Plates", entity: "DVLD" } },
    });
    const open = await read(id);
    expect(open.authors.map(({ id: one }) => one)).toEqual([rania.userId, omar.userId]);
    expect(open.listed.map(({ words }) => words.en)).toEqual([
      `“${before.entities.get("DVLD")?.name.en}” moves from “${before.entities.get("PSD")?.name.en}” to “${before.entities.get("MOI")?.name.en}”`,
      "New service “Plates” (DVLD-PLATES)",
    ]);
    expect(open.listed[0]?.details.map(({ en }) => en)).toEqual([
      "name in English: from “Drivers and Vehicles Licensing Department” to “Drivers”",
      "phone: from empty to “+96265000000”",
    ]);
    expect((await setup()).entities.get("DVLD")?.parent).toBe("PSD");
    await sets().takeOut({ actor: omar, id, table: "services", code: "DVLD-PLATES", now });
    expect((await read(id)).listed).toHaveLength(1);
    await sets().discard(await step(rania, id));
    expect((await setup()).entities.get("DVLD")?.parent).toBe("PSD");
  });

  it("tells whoever approves all that changes, entry by entry, and all that a new row says", async () => {
    const { id } = await begin(rania, "Words");
    const lists = [...(await setup()).keywordLists.values()];
    const list = lists[0] as (typeof lists)[number];
    const [first, ...others] = list.words;
    const values = { words: [...others, "a new word"] };
    await put(rania, id, {
      ...{ act: "update", table: "keyword_lists", code: list.code, values },
      ...{ before: { words: list.words } },
    });
    const fields = [{ code: "meter", name: { ar: "العداد", en: "Meter" }, type: "number", required: true, min: 3 }];
    await put(rania, id, {
      ...{ act: "create", table: "application_types", code: "METERS" },
      values: { nameAr: "عدادات", nameEn: "Meters", workflow: "complaint", anonymousAllowed: true, fields },
    });
    const [words, type] = (await read(id)).listed;
    expect(words?.words.en).toContain(`words: adds “a new word”; removes “${first}”`);
    expect(words?.words.ar).toContain(`الكلمات: إضافة «a new word»؛ إزالة «${first}»`);
    expect(type?.details.map(({ en }) => en)).toEqual([
      `workflow: “${(await setup()).workflows.get("complaint")?.definition.name.en}”`,
      "without a name: yes",
      "extra fields: “meter” (name: “Meter”, type of answer: “number”, required: yes, at least: “3”)",
    ]);
  });

  it("tells whether a rule of a draft in it comes or goes and what it says, by names that the set adds", async () => {
    const { id } = await begin(rania, "A new authority");
    const values = { nameAr: "هيئة", nameEn: "New Authority", sector: "HEALTH", parent: "MOH", kind: "authority" };
    await put(rania, id, { act: "create", table: "entities", code: "NEWAUTH", values: { ...values, joining: "live" } });
    const inForce = (await setup()).ruleSets.get("routing");
    const definition = structuredClone(inForce?.definition) as unknown as {
      rules: RuleSetDefinition["rules"][number][];
    };
    const [first] = definition.rules as [RuleSetDefinition["rules"][number]];
    const rule = { ...first, id: "to-new", title: { ar: "إلى الجديدة", en: "To the new one" } };
    definition.rules = [
      { ...rule, event: { type: "routing", params: { to: "entity:NEWAUTH" } } },
      ...definition.rules.slice(1),
    ];
    await services.policyDrafts.begin({
      ...{ actor: rania, programme, kind: "rules", name: "routing", definition, now },
      ...{ basedOn: inForce?.versionId ?? 0, changeSet: id },
    });
    const [draft] = (await read(id)).drafts;
    const changes = draft?.changes.map(({ en }) => en) ?? [];
    expect(changes).toEqual([
      expect.stringMatching(/^New: Rule “To the new one”: Applies when: .*; Goes to: New Authority$/),
      expect.stringMatching(/^Removed: Rule “.*”: Applies when: .*; Goes to: /),
    ]);
  });

  it("tells a draft by the names of what its set adds, also where a type there asks something new", async () => {
    const { id } = await begin(rania, "Plates");
    const type = (await setup()).types.get("complaint");
    const plate = { code: "plate", name: { ar: "رقم اللوحة", en: "Number plate" }, type: "text", required: false };
    const fields = { fields: [...(type?.fields ?? []), plate] };
    const before = { fields: type?.fields ?? [] };
    await put(rania, id, { act: "update", table: "application_types", code: "complaint", values: fields, before });
    const inForce = (await setup()).ruleSets.get("routing");
    const definition = structuredClone(inForce?.definition) as unknown as { rules: object[] };
    const [first, ...rest] = definition.rules;
    const conditions = { all: [{ fact: "field.plate", operator: "notEqual", value: null }] };
    definition.rules = [{ ...first, conditions }, ...rest];
    await services.policyDrafts.begin({
      ...{ actor: rania, programme, kind: "rules", name: "routing", definition, now },
      ...{ basedOn: inForce?.versionId ?? 0, changeSet: id },
    });
    const [draft] = (await read(id)).drafts;
    const told = draft?.changes.map(({ en, ar }) => `${en} ${ar}`).join("\n") ?? "";
    expect(told).toContain("Number plate: known");
    expect(told).toContain("رقم اللوحة: معروف");
    expect(told).not.toContain("field.plate");
  });

  it("keeps a row in one open set, and names that", async () => {
    const [one, two] = [await begin(rania, "The first"), await begin(omar, "The second")];
    await put(rania, one.id, { act: "retire", table: "pillars", code: "QUALITY" });
    expect(await problemOf(put(omar, two.id, { act: "retire", table: "pillars", code: "QUALITY" }))).toMatchObject({
      code: "conflict",
      detail: { en: expect.stringContaining("The first") },
    });
    await sets().takeOut({ actor: rania, id: one.id, table: "pillars", code: "QUALITY", now });
    await put(omar, two.id, { act: "retire", table: "pillars", code: "QUALITY" });
  });

  it("loses nothing that it holds of a row: what goes together is joined, what does not is refused", async () => {
    const { id } = await begin(rania, "One row twice");
    const seat = (await setup()).seats.find((one) => one.role === "focal_point" && one.entity !== "PSD");
    const code = seat?.code ?? "";
    const change = (values: object) => ({ act: "update", table: "seats", code, values, before: {} });
    await put(rania, id, change({ entity: "PSD" }));
    await put(omar, id, change({ holder: null }));
    expect((await read(id)).listed.map(({ edit }) => edit)).toEqual([
      { ...change({ entity: "PSD", holder: null }), before: { entity: seat?.entity, holder: expect.any(String) } },
    ]);
    await put(rania, id, merge("DVLD", "PSD"));
    const named = { act: "update", table: "entities", code: "DVLD", values: { nameEn: "Drivers" } };
    const written = { ...named, before: { nameEn: (await setup()).entities.get("DVLD")?.name.en } };
    expect(await problemOf(put(omar, id, written))).toMatchObject({ code: "conflict" });
    expect((await read(id)).listed.map(({ act }) => act)).toEqual(["update", "merge"]);
    await sets().takeOut({ actor: omar, id, table: "entities", code: "DVLD", now });
    await put(omar, id, written);
  });

  it("takes an edit that was opened again instead of the one that was seen, and refuses with what changed meanwhile", async () => {
    const { id } = await begin(rania, "Second thoughts");
    const { name, phone } = (await setup()).entities.get("DVLD") ?? {};
    const row = { act: "update", table: "entities", code: "DVLD" };
    const before = { parent: "PSD", nameEn: name?.en, phone: phone ?? null };
    const replace = (actor: Person, edit: object, seen: object) => sets().put({ actor, id, edit, seen, now });
    const held = async () => (await read(id)).listed[0]?.edit as { values: object } & object;
    await put(rania, id, { ...row, values: { parent: "MOI", nameEn: "Drivers" }, before });
    const seen = await held();
    // The name is set back: only the place stays changed.
    await replace(rania, { ...row, values: { parent: "PM", nameEn: name?.en }, before }, seen);
    expect(await held()).toMatchObject({ values: { parent: "PM" }, before: { parent: "PSD" } });
    expect((await held()).values).toEqual({ parent: "PM" });
    // Omar saw what is no more: he is told what it says now, and nothing of it changes.
    const refused = await problemOf(replace(omar, { ...row, values: { nameEn: "Licensing" }, before }, seen));
    expect(refused).toMatchObject({
      code: "conflict",
      detail: { en: expect.stringMatching(/changed this in the change-set/) },
    });
    expect(refused.faults.map(({ field, reason }) => [field, reason.en])).toEqual([
      ["/parent", `In the change-set it is now “${(await setup()).entities.get("PM")?.name.en}”.`],
      ["/nameEn", "The change-set leaves it as it is now."],
    ]);
    expect((await held()).values).toEqual({ parent: "PM" });
    expect(await problemOf(replace(rania, { ...row, values: { parent: "PSD" }, before }, await held()))).toMatchObject({
      code: "invalid-input",
      detail: { en: expect.stringMatching(/Nothing changed/) },
    });
    const last = await held();
    await sets().takeOut({ actor: omar, id, table: "entities", code: "DVLD", now });
    expect(await problemOf(replace(rania, { ...row, values: { parent: "MOI" }, before }, last))).toMatchObject({
      code: "conflict",
      detail: { en: expect.stringMatching(/removed this/) },
    });
    // What the set adds is written anew as a whole, and may still be nothing that a form would refuse.
    const create = { act: "create", table: "services", code: "DVLD-PLATES" };
    const values = { nameAr: "لوحات", nameEn: "Plates", entity: "DVLD", sortOrder: 7 };
    await put(rania, id, { ...create, values });
    const { sortOrder: _, ...fewer } = values;
    await replace(omar, { ...create, values: { ...fewer, nameEn: "Number plates" } }, await held());
    expect((await held()).values).toEqual({ ...fewer, nameEn: "Number plates" });
    const wrong = { ...create, values: { ...fewer, entity: "NOBODY" } };
    expect(await problemOf(replace(omar, wrong, await held()))).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/entity" }],
    });
  });

  it("lets what goes into the same set name what the set adds: a new entity takes over a service, a rule asks for new words", async () => {
    const { id } = await begin(rania, "Digital health");
    const known = await setup();
    const { sector, kind } = known.entities.get("MOH") ?? {};
    const values = { nameAr: "هيئة الصحة الرقمية", nameEn: "Digital Health Authority", sector, kind, parent: "MOH" };
    await put(rania, id, { act: "create", table: "entities", code: "DHA", values });
    await put(rania, id, {
      ...{ act: "create", table: "keyword_lists", code: "missing_medicine" },
      ...{ values: { nameAr: "أدوية مفقودة", nameEn: "Missing medicine", words: ["no insulin"] } },
    });
    expect(
      (await sets().coming({ actor: omar, programme })).map(({ code, changeSet }) => [code, changeSet.id]),
    ).toEqual([
      ["DHA", id],
      ["missing_medicine", id],
    ]);
    await put(rania, id, {
      ...{ act: "update", table: "services", code: "MOH-LICENCE" },
      ...{ values: { entity: "DHA" }, before: { entity: "MOH" } },
    });
    expect((await read(id)).listed.map(({ words }) => words.en)).toContain(
      `“${known.services.get("MOH-LICENCE")?.name.en}” moves from “Ministry of Health” to “Digital Health Authority”`,
    );
    const thing = { programme, kind: "rules", name: "classification" } as const;
    const { definition, versionId } = known.ruleSets.get("classification") ?? { definition: null, versionId: 0 };
    const { rules, ...set } = definition as unknown as RuleSetDefinition;
    const life = rules.find(({ conditions }) => JSON.stringify(conditions).includes("danger_to_life"));
    const text = JSON.stringify({ ...life, id: "missing-medicine" }).replaceAll("danger_to_life", "missing_medicine");
    const mine = { ...set, rules: [JSON.parse(text), ...rules] };
    await services.policyDrafts.begin({
      actor: rania,
      ...thing,
      definition: mine,
      basedOn: versionId,
      changeSet: id,
      now,
    });
    const errors = ({ faults }: { faults: readonly { severity: string; reason: { en: string } }[] }) =>
      faults.filter(({ severity }) => severity === "error").map(({ reason }) => reason.en);
    const draft = await services.policyDrafts.of({ actor: rania, ...thing });
    expect(errors(draft?.checked ?? { faults: [] })).toEqual([]);
    expect(errors(await services.versions.check({ actor: rania, ...thing, definition: mine }))).toEqual([]);
    const named = await sets().setupWithChangeSet({ actor: rania, programme, id });
    expect(named.keywordLists.has("missing_medicine")).toBe(true);
    expect((await setup()).keywordLists.has("missing_medicine")).toBe(false);
    // Whoever may not look at change-sets is told of none.
    const stranger = office.official("focal_point", "MOH");
    expect(await problemOf(sets().coming({ actor: stranger, programme }))).toMatchObject({ code: "not-found" });
    expect(await problemOf(sets().setupWithChangeSet({ actor: stranger, programme, id }))).toMatchObject({
      code: "not-found",
    });
    expect(await errorsOf(id)).toEqual([]);
    await sets().publish({ ...(await step(rania, id)), ...said });
    expect((await setup()).services.get("MOH-LICENCE")?.entity).toBe("DHA");
    const next = await office.receive({ ...complaint, service: "MOH-LICENCE", entity: null, sector: null }, sundayNine);
    expect((await office.caseRow(next.reference)).entity).toBe("DHA");
  });

  it("refuses what is no edit, what a form would refuse, and a row that is not there", async () => {
    const { id } = await begin(rania, "Wrong");
    for (const edit of [
      null,
      { act: "drop", table: "entities", code: "PSD" },
      { act: "retire", table: "users", code: "PSD" },
      { act: "update", table: "programmes", code: "jordan", values: {}, before: {} },
      { act: "create", table: "sectors", code: "X\u0000", values: {} },
    ])
      expect(await problemOf(put(rania, id, edit as object))).toMatchObject({ code: "invalid-input" });
    expect(
      await problemOf(
        put(rania, id, {
          act: "create",
          table: "services",
          code: "NEW",
          values: { nameAr: "", nameEn: "New", entity: "NOBODY" },
        }),
      ),
    ).toMatchObject({ code: "invalid-input" });
    expect(
      await problemOf(
        put(rania, id, {
          act: "update",
          table: "entities",
          code: "PSD",
          values: { parent: "DVLD" },
          before: { parent: "MOI" },
        }),
      ),
    ).toMatchObject({ code: "invalid-input", faults: [{ field: "/parent" }] });
    expect(await problemOf(put(rania, id, { act: "retire", table: "pillars", code: "NOTHING" }))).toMatchObject({
      code: "not-found",
    });
    expect(
      await problemOf(
        put(rania, id, {
          act: "update",
          table: "entities",
          code: "PSD",
          values: { parent: "PM" },
          before: { parent: "PM" },
        }),
      ),
    ).toMatchObject({ code: "conflict" });
    expect(await problemOf(begin(rania, "  "))).toMatchObject({ code: "invalid-input", faults: [{ field: "/title" }] });
  });
});

describe("what it would do", () => {
  it("refuses to retire an entity with open cases until each is mapped, and tells what else breaks", async () => {
    const { reference } = await office.receive({ entity: "DVLD" });
    const { id } = await begin(rania, "Close it");
    await put(rania, id, { act: "retire", table: "entities", code: "DVLD" });
    const found = await errorsOf(id);
    expect(found.find((one) => one.includes("has open cases"))).toContain("Select where each goes");
    expect(found.filter((one) => one.includes("still refers to it")).length).toBeGreaterThan(0);
    expect(await problemOf(sets().publish({ ...(await step(rania, id)), ...said }))).toMatchObject({
      code: "invalid-configuration",
    });
    await put(rania, id, merge("DVLD", "PSD", { "JOR-0": "MOI" }));
    expect(await errorsOf(id)).toEqual([expect.stringContaining("JOR-0")]);
    await put(rania, id, merge("DVLD", "PSD", { [reference]: "MOI" }));
    expect(await errorsOf(id)).toEqual([]);
    const told = (await read(id)).findings.map(({ words }) => words.en);
    expect(told.some((one) => one.startsWith("Open cases of"))).toBe(true);
  });

  it("publishes all the same when a case that was to go elsewhere has ended meanwhile, and says so", async () => {
    const sent = await office.receive({ entity: "CSPD" });
    const { id } = await begin(rania, "One has ended");
    const { reference } = sent;
    await put(rania, id, merge("CSPD", "PSD", { [reference]: "MOI" }));
    expect(await errorsOf(id)).toEqual([]);
    await office.applicantActs(sent, "withdraw", { reason: "It was solved." }, now);
    expect(await errorsOf(id)).toEqual([]);
    const told = (await read(id)).findings.map(({ words }) => words.en);
    expect(told.some((one) => one.startsWith(`Case ${reference} has ended`))).toBe(true);
    await put(rania, id, merge("CSPD", "PSD", { [reference]: "MOI", "JOR-0": "MOI" }));
    expect(await errorsOf(id)).toEqual([expect.stringContaining("JOR-0")]);
  });

  it("names the rule that decides for what goes away, and takes the rule's change in the same set", async () => {
    const { id } = await begin(rania, "Without it");
    await put(rania, id, { ...merge("JIACC", "PM"), seats: "end" });
    expect((await errorsOf(id)).some((one) => one.includes("route-corruption") || one.includes("Integrity"))).toBe(
      true,
    );
    const { versionId: basedOn, definition } = (await setup()).ruleSets.get("routing") as {
      versionId: number;
      definition: RuleSetDefinition;
    };
    const text = JSON.stringify(definition).replaceAll("entity:JIACC", "entity:PM");
    await services.policyDrafts.begin({
      ...{ actor: rania, programme, kind: "rules", name: "routing" },
      ...{ definition: JSON.parse(text) as object, basedOn, changeSet: id, now },
    });
    expect(await errorsOf(id)).toEqual([]);
    // It is that set's by now: neither submitted by itself nor begun elsewhere.
    const draft = await services.policyDrafts.of({ actor: rania, programme, kind: "rules", name: "routing" });
    expect(draft).toMatchObject({ changeSet: { id, title: "Without it" } });
    expect(draft?.acts).toEqual(["save", "discard"]);
    const alone = { actor: rania, id: draft?.id ?? 0, revision: draft?.revision ?? 0, now, ...said };
    expect(await problemOf(services.policyDrafts.publish(alone))).toMatchObject({ code: "not-now" });
    expect(
      await problemOf(
        services.policyDrafts.begin({
          actor: omar,
          programme,
          kind: "rules",
          name: "routing",
          definition: {},
          basedOn,
          now,
        }),
      ),
    ).toMatchObject({ code: "conflict", detail: { en: expect.stringContaining("Without it") } });
  });

  it("tells whose chain of escalation changes when an entity moves", async () => {
    const { id } = await begin(rania, "Another minister");
    await put(rania, id, {
      act: "update",
      table: "entities",
      code: "CSPD",
      values: { parent: "MOJ" },
      before: { parent: "MOI" },
    });
    const chains = (await read(id)).findings.filter(({ words }) => words.en.startsWith("Delays at"));
    expect(chains).toHaveLength(1);
    expect(chains[0]?.words.en).toMatch(/Before: .*After: /);
  });
});

describe("publishing", () => {
  it("puts everything into force at one instant, moves the cases with an event each, and stands in every history", async () => {
    const kept = await office.receive({ entity: "DVLD" });
    const elsewhere = await office.receive({ entity: "DVLD" });
    const handler = office.official("focal_point", "DVLD");
    await office.act(kept.reference, handler, "take", {}, now);
    const promised = await office.rows(
      "select k.target, k.due_at from clocks k join cases c on c.id = k.case_id where c.reference = $1 order by k.target",
      kept.reference,
    );
    const { id } = await begin(rania, "Licensing joins the police");
    await put(rania, id, merge("DVLD", "PSD", { [elsewhere.reference]: "MOI" }));
    const current = (await setup()).ruleSets.get("routing") as {
      versionId: number;
      version: number;
      definition: RuleSetDefinition;
    };
    const [first, ...rest] = current.definition.rules;
    const renamed = {
      ...current.definition,
      rules: [{ ...first, title: { ...first?.title, en: "Corruption goes to the commission" } }, ...rest],
    };
    await services.policyDrafts.begin({
      ...{ actor: rania, programme, kind: "rules", name: "routing", definition: renamed },
      ...{ basedOn: current.versionId, changeSet: id, now },
    });
    const revision = (await setup()).revision;
    // Applications keep coming while it is published, at another instance too.
    const other = office.instance();
    const input = { service: "DVLD-LICENCE", entity: null, sector: null };
    const coming = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0
        ? office.receive(input)
        : other.intake.receive({
            input: { ...complaint, ...input },
            ...{ key: office.key, idempotencyKey: null, now },
          }),
    );
    const publishing = sets().publish({ ...(await step(rania, id)), ...said });
    const more = Array.from({ length: 12 }, () => office.receive(input));
    const [{ published }, ...received] = await Promise.all([publishing, ...coming, ...more]);
    expect(published).toEqual([{ kind: "rules", name: "routing", version: current.version + 1 }]);
    await services.work.caseMoves.settled();
    const after = await setup();
    expect(after.revision).toBeGreaterThan(revision);
    expect([after.entities.get("DVLD")?.retired, after.services.get("DVLD-LICENCE")?.entity]).toEqual([true, "PSD"]);
    expect(after.seats.filter(({ entity }) => entity === "DVLD")).toEqual([]);
    for (const { reference } of received) {
      const [row] = await office.rows(
        `select d.version_id as version, r.data::json ->> 'entity' as entity from cases c
          join decisions d on d.case_id = c.id and d.rule_set = 'routing'
          join case_events r on r.case_id = c.id and r.type = 'case.routed' where c.reference = $1`,
        reference,
      );
      const old = row?.version === current.versionId;
      expect([reference, row?.entity]).toEqual([reference, old ? "DVLD" : "PSD"]);
      expect((await office.caseRow(reference)).entity).toBe("PSD");
    }
    // What it was promised stays; whoever had taken it has it no more; nobody misdirected it.
    const moved = await office.caseRow(kept.reference);
    expect(moved).toMatchObject({ entity: "PSD", assignee: null, transfer_count: 0, state: "assigned" });
    expect(
      await office.rows(
        "select k.target, k.due_at from clocks k join cases c on c.id = k.case_id where c.reference = $1 order by k.target",
        kept.reference,
      ),
    ).toEqual(promised);
    const events = (await office.events(kept.reference)).filter(({ type }) => type === "case.transferred");
    expect(events.map(({ data }) => data)).toMatchObject([
      { fromEntity: "DVLD", entity: "PSD", reason: said.reason, changeSet: id, inside: true },
    ]);
    expect((await office.caseRow(elsewhere.reference)).entity).toBe("MOI");
    const taker = office.official("focal_point", "PSD") as { userId: number };
    await office.act(kept.reference, office.official("focal_point", "PSD"), "take", {}, now);
    expect((await office.caseRow(kept.reference)).assignee).toBe(taker.userId);
    // Told in the history of each thing, and on the overview.
    const history = await services.setupEditor.history({
      actor: rania,
      programme,
      table: "services",
      code: "DVLD-LICENCE",
    });
    expect(history[0]).toMatchObject({
      type: "setup.changed",
      changeSet: { id, title: "Licensing joins the police", reason: said.reason },
    });
    expect((await sets().published({ actor: rania, programme }))[0]).toMatchObject({
      id,
      reason: said.reason,
      edits: 1,
      policies: 1,
    });
    const closed = await read(id);
    expect(closed).toMatchObject({ state: "published", acts: [], moves: [{ state: "done" }] });
    expect(closed.listed[0]?.words.en).toContain("is merged into");
    // What was in it says what it changed, also once it is in force.
    expect(closed.drafts.flatMap(({ changes }) => changes.map(({ en }) => en))).toEqual([
      expect.stringContaining("Corruption goes to the commission"),
    ]);
    // Who took it over is said where it is out of use, with the way there; of those in use nothing is.
    const usesOf = (code: string, actor = rania) =>
      services.setupEditor.uses({ actor, programme, table: "entities", code });
    const successor = (await usesOf("DVLD")).successor;
    expect(successor?.name).toEqual((await setup()).entities.get("PSD")?.name);
    expect(successor?.link).toMatch(/\/resources\/entities\/records\/\d+\/show$/);
    expect(await usesOf("PSD")).not.toHaveProperty("successor");
    expect(await problemOf(usesOf("DVLD", office.official("focal_point", "PSD")))).toMatchObject({ code: "forbidden" });
    expect(await problemOf(put(rania, id, { act: "retire", table: "pillars", code: "QUALITY" }))).toMatchObject({
      code: "conflict",
    });
  });

  it("takes the cases along that come back later", async () => {
    const sent = await office.receive({ entity: "GPD" });
    const focal = office.official("focal_point", "GPD");
    await office.act(sent.reference, focal, "take", {}, now);
    await office.act(sent.reference, focal, "answer", { answer: "It was opened at nine o'clock again." }, now);
    expect((await office.caseRow(sent.reference)).state_kind).toBe("resolved");
    const { id } = await begin(rania, "Procurement");
    await put(rania, id, merge("GPD", "MOF"));
    await sets().publish({ ...(await step(rania, id)), ...said });
    await services.work.caseMoves.settled();
    expect((await office.caseRow(sent.reference)).entity).toBe("GPD");
    await office.applicantActs(sent, "reopen", { reason: "It was not." }, now);
    await services.handlers["resume-work"](now);
    await services.work.caseMoves.settled();
    expect((await office.caseRow(sent.reference)).entity).toBe("MOF");
  });

  it("is all undone when one part of it fails, and finds what somebody changed meanwhile", async () => {
    const { id } = await begin(rania, "Half");
    const before = await setup();
    await put(rania, id, {
      act: "update",
      table: "entities",
      code: "ISTD",
      values: { parent: "PM" },
      before: { parent: "MOF" },
    });
    await put(rania, id, {
      act: "create",
      table: "pillars",
      code: "NEWONE",
      values: { nameAr: "جديد", nameEn: "New one" },
    });
    const seen = await step(rania, id);
    await office.asOwner(
      "create function refuse() returns trigger language plpgsql as $$$$ begin raise exception 'no'; end $$$$",
    );
    await office.asOwner("create trigger refuse before insert on pillars for each row execute function refuse()");
    await expect(sets().publish({ ...seen, ...said })).rejects.toThrow();
    await office.asOwner("drop trigger refuse on pillars");
    expect((await setup()).entities.get("ISTD")?.parent).toBe(before.entities.get("ISTD")?.parent);
    expect((await read(id)).state).toBe("open");
    await services.setupEditor.update({
      ...{ programme, table: "entities", code: "ISTD", values: { parent: "MOI" }, before: { parent: "MOF" } },
      ...{ by: omar, now },
    });
    expect(await errorsOf(id)).toEqual([expect.stringContaining("Someone has changed")]);
    expect(await problemOf(sets().publish({ ...seen, ...said }))).toMatchObject({ code: "invalid-configuration" });
    expect((await read(id)).listed).toHaveLength(2);
    await put(rania, id, {
      act: "update",
      table: "entities",
      code: "ISTD",
      values: { parent: "PM" },
      before: { parent: "MOI" },
    });
    expect(await errorsOf(id)).toEqual([]);
    expect(await problemOf(sets().publish({ ...seen, ...said }))).toMatchObject({ code: "conflict" });
    await sets().publish({ ...(await step(rania, id)), ...said });
    expect((await setup()).pillars.has("NEWONE")).toBe(true);
  });

  it("asks why where the checks warn, and the approver why where they warn of more by then", async () => {
    await wantsSecond(true);
    const { id } = await begin(rania, "Triage");
    await put(rania, id, { act: "retire", table: "seats", code: "MAIN-JUSTICE-1" });
    const warnings = (await read(id)).findings.filter(({ severity }) => severity === "warning");
    expect(warnings.map(({ words }) => words.en)).toEqual([
      expect.stringContaining("Sectors without a main focal point"),
    ]);
    const seen = await step(rania, id);
    const silent = sets().submit({ ...seen, reason: "They merge." });
    expect(await problemOf(silent)).toMatchObject({ faults: [{ field: "/warningsReason" }] });
    await sets().submit({ ...seen, ...said });
    await services.people.leaveSeat({ programme, seat: "MAIN-FINANCE-1", at: now, by: omar, now });
    const approving = await step(omar, id);
    const unaware = sets().publish({ ...approving, reason: "Looked at." });
    expect(await problemOf(unaware)).toMatchObject({
      faults: [{ field: "/warningsReason", reason: { en: expect.stringContaining("Sectors without") } }],
    });
    await sets().publish({ ...approving, reason: "Looked at.", warningsReason: "Until Sunday." });
    expect((await setup()).seats.some(({ code }) => code === "MAIN-JUSTICE-1")).toBe(false);
    expect((await read(id)).approvedBy).toBe(omar.name);
  });
});

describe("two people", () => {
  it("is approved by somebody who wrote nothing of it, and is locked meanwhile", async () => {
    await wantsSecond(true);
    const { id } = await begin(rania, "Two");
    await put(rania, id, {
      act: "update",
      table: "entities",
      code: "CUSTOMS",
      values: { parent: "PM" },
      before: { parent: "MOF" },
    });
    expect(await problemOf(sets().publish({ ...(await step(rania, id)), ...said }))).toMatchObject({ code: "not-now" });
    await sets().submit({ ...(await step(rania, id)), ...said });
    expect((await sets().waiting({ actor: omar, programme })).map(({ title, mine }) => [title.en, mine])).toEqual([
      ["Two", false],
    ]);
    expect(await problemOf(put(omar, id, { act: "retire", table: "pillars", code: "QUALITY" }))).toMatchObject({
      code: "not-now",
    });
    expect(await problemOf(sets().publish({ ...(await step(rania, id)), ...said }))).toMatchObject({
      code: "forbidden",
    });
    await sets().sendBack({ ...(await step(omar, id)), note: "Say since when." });
    expect(await read(id)).toMatchObject({ state: "open", note: "Say since when.", returnedBy: omar.name });
    await sets().submit({ ...(await step(rania, id)), ...said });
    await sets().takeBack(await step(rania, id));
    await sets().submit({ ...(await step(rania, id)), ...said });
    await sets().publish({ ...(await step(omar, id)), reason: "Right." });
    expect((await setup()).entities.get("CUSTOMS")?.parent).toBe("PM");
    expect(await read(id)).toMatchObject({ state: "published", approvedBy: omar.name, mine: true });
  });

  it("does not take the approval of an account that an author had in hand since", async () => {
    await wantsSecond(true);
    const { id } = await begin(rania, "In one hand");
    await put(rania, id, {
      act: "update",
      table: "entities",
      code: "DLS",
      values: { parent: "PM" },
      before: { parent: "MOF" },
    });
    await sets().submit({ ...(await step(rania, id)), ...said });
    const [{ email } = { email: "" }] = (await office.rows("select email from users where id = $1", omar.userId)) as {
      email: string;
    }[];
    await services.accounts.resetFor({ email, by: rania, now });
    expect(await problemOf(sets().publish({ ...(await step(omar, id)), reason: "Right." }))).toMatchObject({
      code: "forbidden",
      detail: { en: expect.stringContaining(rania.name) },
    });
    const third = office.official("operation_room", null, 2);
    await sets().publish({ ...(await step(third, id)), reason: "Right." });
  });
});

describe("a seat that is changed", () => {
  it("is changed by what its writer saw in the set: who is late is refused with what a colleague wrote meanwhile", async () => {
    const { id } = await begin(rania, "Seats move");
    const change = (values: object) => ({ act: "update", table: "seats", code: "FOCAL-MOH-1", values, before: {} });
    await put(rania, id, change({ entity: "MOI" }));
    const seen = (await read(id)).listed[0]?.edit;
    await sets().put({ actor: omar, id, edit: change({ entity: "MOF" }), seen, now });
    const late = sets().put({ actor: rania, id, edit: change({ entity: "MOI", holder: null }), seen, now });
    expect(await problemOf(late)).toMatchObject({
      code: "conflict",
      faults: [{ field: "/entity", reason: { en: expect.stringContaining("Ministry of Finance") } }],
    });
    const [now_] = (await read(id)).listed;
    await sets().put({ actor: rania, id, edit: change({ entity: "MOF", holder: null }), seen: now_?.edit, now });
    expect((await read(id)).listed[0]?.edit).toMatchObject({ values: { entity: "MOF", holder: null } });
    await sets().discard(await step(rania, id));
  });
});

describe("one's own seat", () => {
  it("is moved to other cases by somebody else only", async () => {
    const code = "FOCAL-PM-1";
    await office.asOwner(
      "update seat_holders set user_id = $1 where seat_id = (select id from seats where code = $2)",
      ...[rania.userId, code],
    );
    const { id } = await begin(omar, "Closer to the cases");
    await put(omar, id, { act: "update", table: "seats", code, values: { entity: "MOF" }, before: {} });
    expect(await problemOf(sets().publish({ ...(await step(rania, id)), ...said }))).toMatchObject({
      code: "forbidden",
    });
    await sets().publish({ ...(await step(omar, id)), ...said });
    expect((await setup()).seats.find((one) => one.code === code)?.entity).toBe("MOF");
  });
});

describe("a new seat", () => {
  it("gets a code of its role and place, a holder, and is in force with the rest", async () => {
    const { id } = await begin(rania, "One more focal point");
    const email = (await setup()).seats.find(({ code }) => code === "FOCAL-MOF-1")?.holders[0]?.email;
    const values = {
      role: "focal_point",
      titleAr: "ضابط ارتباط",
      titleEn: "Focal point",
      entity: "MOF",
      holder: email,
    };
    const seat = { act: "create", table: "seats", code: "", values };
    await put(rania, id, seat);
    await put(rania, id, { ...seat, values: { ...values, holder: null } });
    const codes = (await read(id)).listed.map(({ code }) => code);
    expect(new Set(codes).size).toBe(2);
    for (const code of codes) {
      expect(code).toMatch(/^FOCAL-MOF-\d+$/);
      expect((await setup()).seats.some((one) => one.code === code)).toBe(false);
    }
    expect(await problemOf(put(rania, id, { ...seat, values: { ...values, entity: null } }))).toMatchObject({
      code: "invalid-input",
      faults: [{ field: "/entity" }],
    });
    await sets().publish({ ...(await step(rania, id)), ...said });
    const made = (await setup()).seats.find(({ code }) => code === codes[0]);
    expect([made?.entity, made?.holders.map((one) => one.email)]).toEqual(["MOF", [email]]);
  });

  it("is given to nobody by themselves: whoever writes it is told so", async () => {
    const { id } = await begin(rania, "For me");
    const own = (await setup()).seats.flatMap(({ holders }) => holders).find(({ userId }) => userId === rania.userId);
    const values = { role: "auditor", titleAr: "مدقق", titleEn: "Auditor", holder: own?.email.toUpperCase() };
    const seat = { act: "create", table: "seats", code: "", values };
    const refused = { code: "forbidden", faults: [{ field: "/edit/values/holder" }] };
    expect(await problemOf(put(rania, id, seat))).toMatchObject(refused);
    const held = { act: "update", table: "seats", code: "FOCAL-MOF-1", values: { holder: own?.email }, before: {} };
    expect(await problemOf(put(rania, id, held))).toMatchObject(refused);
    expect((await read(id)).listed).toEqual([]);
    await put(omar, id, seat);
  });

  it("is told its titles, its place and its holder at once; a stranger is only denied", async () => {
    const { id } = await begin(rania, "A muddled seat");
    const values = {
      role: "focal_point",
      titleAr: "",
      titleEn: "x".repeat(201),
      entity: null,
      holder: "no@one.example",
    };
    const seat = { act: "create", table: "seats", code: "", values };
    const fields = ["/titleAr", "/titleEn", "/entity", "/edit/values/holder"];
    expect(await problemOf(put(rania, id, seat))).toMatchObject({
      code: "invalid-input",
      faults: fields.map((field) => ({ field })),
    });
    const sound = { ...values, titleAr: "ضابط", titleEn: "Focal point", entity: "MOF" };
    expect(await problemOf(put(rania, id, { ...seat, values: sound }))).toMatchObject({
      code: "not-found",
      faults: [{ field: "/edit/values/holder" }],
    });
    const boston = { role: "operation_room" as const, programme: "boston311", entity: null, sector: null };
    for (const stranger of [office.official("focal_point", "CSPD"), { ...rania, seats: [boston] }])
      expect(await problemOf(put(stranger, id, seat))).toMatchObject({ code: "not-found", faults: [] });
    expect(await problemOf(put(office.official("auditor"), id, seat))).toMatchObject({ code: "forbidden", faults: [] });
  });
});

describe("strangers", () => {
  it("have no part in it, and cannot tell that it is there", async () => {
    const { id, revision } = await begin(rania, "Secret");
    const others = [
      office.official("focal_point", "CSPD"),
      { ...rania, seats: [{ role: "operation_room" as const, programme: "boston311", entity: null, sector: null }] },
    ];
    for (const actor of others) {
      const asked = { actor, id, revision, now };
      expect(await problemOf(sets().read(asked))).toMatchObject({ code: "not-found" });
      expect(
        await problemOf(sets().put({ ...asked, edit: { act: "retire", table: "pillars", code: "QUALITY" } })),
      ).toMatchObject({ code: "not-found" });
      const retire = { act: "retire", table: "pillars", code: "QUALITY" };
      expect(await problemOf(sets().put({ ...asked, edit: retire, seen: retire }))).toMatchObject({
        code: "not-found",
      });
      for (const act of ["discard", "takeBack"] as const)
        expect(await problemOf(sets()[act](asked))).toMatchObject({ code: "not-found" });
      expect(await problemOf(sets().publish({ ...asked, ...said }))).toMatchObject({ code: "not-found" });
      expect(await problemOf(sets().begin({ actor, programme, title: "Mine", now }))).toMatchObject({
        code: expect.stringMatching(/forbidden|not-found/),
      });
      expect(await sets().list({ actor })).toEqual([]);
      expect(await sets().waiting({ actor, programme })).toEqual([]);
    }
    const auditor = office.official("auditor");
    expect(await read(id, auditor)).toMatchObject({ acts: [], whyNotPublish: null });
    expect(await problemOf(put(auditor, id, { act: "retire", table: "pillars", code: "QUALITY" }))).toMatchObject({
      code: "forbidden",
    });
    for (const wrong of [0, -1, 2 ** 31, 1.5, Number.NaN, id + 1000])
      expect(await problemOf(read(wrong))).toMatchObject({ code: "not-found" });
  });
});
