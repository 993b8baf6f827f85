/** Drafts of policy on a real database: two people at once, the second person who is never an author, the base that moved on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Composed } from "../../src/app/compose.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import {
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
let third: Person;
beforeAll(async () => {
  office = await openWorkingOffice();
  services = office.services;
  [rania, omar, third] = [0, 1, 2].map((n) => office.official("operation_room", null, n)) as [Person, Person, Person];
  expect(new Set([rania, omar, third].map(({ userId }) => userId)).size).toBe(3);
});
afterAll(() => office.close());

const now = sundayNine;
const routing = { programme, kind: "rules", name: "routing" } as const;
const wantsSecond = (wanted: boolean) =>
  office.asOwner(
    "update programmes set settings = settings || jsonb_build_object('secondPerson', $1::boolean) where code = 'jordan'",
    wanted,
  );
const current = async () => {
  const set = (await services.setup.of(programme)).ruleSets.get("routing");
  if (set === undefined) throw new Error("no rules");
  return set;
};
/** The rules in force with the first one called something else. */
async function renamed(title: string): Promise<RuleSetDefinition> {
  const { definition } = await current();
  const [rule, ...rest] = definition.rules;
  if (rule === undefined) throw new Error("no rule");
  return { ...definition, rules: [{ ...rule, title: { ...rule.title, en: title } }, ...rest] };
}
const titleInForce = async () => (await current()).definition.rules[0]?.title.en;
async function begin(actor: Person, title: string) {
  const { versionId: basedOn } = await current();
  return services.policyDrafts.begin({ actor, ...routing, definition: await renamed(title), basedOn, now });
}
const openOne = (actor = rania) => services.policyDrafts.of({ actor, ...routing });
const lastAudit = async (n: number) =>
  (
    await office.rows(
      "select type, actor, data from audit_events where stream = 'configuration' order by seq desc limit $1",
      n,
    )
  ).map(({ type, actor, data }) => ({
    type,
    who: (JSON.parse(String(actor)) as { userId: number }).userId,
    data: JSON.parse(String(data)) as Record<string, unknown>,
  }));

/** No draft is open when a test begins. */
beforeEach(async () => {
  const draft = await openOne();
  if (draft === null) return;
  const { id } = draft;
  const step = { id, now };
  if (draft.state === "submitted") {
    const author = [rania, omar, third].find(({ userId }) =>
      draft.authors.some(({ id: one }) => one === userId),
    ) as Person;
    await services.policyDrafts.takeBack({ ...step, actor: author, revision: draft.revision });
  }
  const { revision } = (await openOne()) as { revision: number };
  await services.policyDrafts.discard({ ...step, actor: rania, revision });
});

describe("writing", () => {
  it("decides nothing, is one a thing, and is discarded with an entry in the record", async () => {
    const before = await titleInForce();
    const begun = await begin(rania, "A");
    expect(await titleInForce()).toBe(before);
    expect(await openOne(office.official("auditor"))).toMatchObject({
      id: begun.id,
      acts: [],
      mine: false,
      authors: [{ id: rania.userId, name: rania.name }],
      savedBy: rania.name,
    });
    expect(await problemOf(begin(omar, "B"))).toMatchObject({
      code: "conflict",
      detail: { en: expect.stringContaining(rania.name) },
    });
    const draft = await openOne();
    expect(draft?.checked.differences.map(({ kind }) => kind)).toEqual(["changed"]);
    expect((await services.policyDrafts.list({ actor: omar })).map(({ id, mine }) => [id, mine])).toEqual([
      [begun.id, false],
    ]);
    await services.policyDrafts.discard({ actor: omar, ...begun, now });
    expect(await openOne()).toBeNull();
    expect((await lastAudit(2)).map(({ type, who }) => [type, who])).toEqual([
      ["configuration.discarded", omar.userId],
      ["configuration.opened", rania.userId],
    ]);
  });

  it("lets the second of two who save know what changed, loses nothing, and takes it on top", async () => {
    const begun = await begin(rania, "Mine");
    const before = await renamed("Mine");
    const theirs = await services.policyDrafts.save({
      actor: omar,
      ...begun,
      definition: await renamed("Theirs"),
      now,
    });
    expect(theirs.revision).toBe(begun.revision + 1);
    const mine = await renamed("Mine, and more");
    const refused = await problemOf(services.policyDrafts.save({ actor: rania, ...begun, definition: mine, now }));
    expect(refused).toMatchObject({ code: "conflict", detail: { en: expect.stringContaining(omar.name) } });
    const met = await services.policyDrafts.compare({ actor: rania, id: begun.id, before, after: mine });
    expect(met.theirs?.[0]?.details[0]?.en).toBe("Name: was Mine, now Theirs");
    expect(met.mine?.[0]?.details[0]?.en).toBe("Name: was Theirs, now Mine, and more");
    // Nor can it be told of what is no rule set at all.
    const odd = await services.policyDrafts.compare({ actor: rania, id: begun.id, before: null, after: [] });
    expect([odd.theirs, odd.mine]).toEqual([null, null]);
    await services.policyDrafts.save({ actor: rania, ...theirs, definition: mine, now });
    expect((await openOne())?.authors.map(({ id }) => id)).toEqual([rania.userId, omar.userId]);
    // Saving what is there already is nobody's work.
    const { id, revision } = (await openOne()) as { id: number; revision: number };
    expect(await services.policyDrafts.save({ actor: third, id, revision, definition: mine, now })).toEqual({
      id,
      revision,
    });
    expect((await openOne())?.authors).toHaveLength(2);
  });

  it("lets exactly one of many at the same moment begin, and exactly one save", async () => {
    const titles = ["1", "2", "3", "4"];
    const begun = await Promise.allSettled(titles.map((title, i) => begin(i % 2 === 0 ? rania : omar, title)));
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { id, revision } = (await openOne()) as { id: number; revision: number };
    const definitions = await Promise.all(titles.map((title) => renamed(`At once ${title}`)));
    const saved = await Promise.allSettled(
      definitions.map((definition) => services.policyDrafts.save({ actor: rania, id, revision, definition, now })),
    );
    expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await openOne())?.revision).toBe(revision + 1);
  });

  it("takes any JSON object and nothing else, and no base that is no version of this", async () => {
    const { versionId: basedOn } = await current();
    const request = { actor: rania, ...routing, basedOn, now };
    for (const definition of [null, 7, "x", [], undefined])
      expect((await problemOf(services.policyDrafts.begin({ ...request, definition }))).faults[0]?.field).toBe(
        "/definition",
      );
    const sla = (await services.setup.of(programme)).ruleSets.get("sla")?.versionId ?? 0;
    expect(
      (await problemOf(services.policyDrafts.begin({ ...request, definition: {}, basedOn: sla }))).faults[0]?.field,
    ).toBe("/basedOn");
    const unknown = services.policyDrafts.begin({ ...request, name: "nothing", definition: {} });
    expect((await problemOf(unknown)).code).toBe("not-found");
    const begun = await services.policyDrafts.begin({ ...request, definition: { rules: "no rules yet", name: 7 } });
    const draft = await openOne();
    expect(draft?.checked.faults.some(({ severity }) => severity === "error")).toBe(true);
    const refused = services.policyDrafts.publish({ actor: rania, ...begun, reason: "x", now });
    expect((await problemOf(refused)).code).toBe("invalid-configuration");
    expect((await openOne())?.state).toBe("open");
  });
});

describe("publishing alone", () => {
  it("closes the draft in the same moment, and the version says whose it is", async () => {
    const begun = await begin(rania, "Alone");
    const done = await services.policyDrafts.publish({ actor: rania, ...begun, reason: "It was time", now });
    expect(await titleInForce()).toBe("Alone");
    expect(await openOne()).toBeNull();
    const [newest] = await services.versions.list({ actor: omar, ...routing });
    expect(newest).toMatchObject({
      id: done.versionId,
      publishedBy: { en: rania.name },
      authors: [rania.name],
      approvedBy: null,
      reason: "It was time",
    });
    const again = services.policyDrafts.publish({ actor: rania, ...begun, reason: "Once more", now });
    expect((await problemOf(again)).code).toBe("conflict");
  });

  it("says what another publication changed meanwhile, and goes on once the draft stands on top of it", async () => {
    const begun = await begin(rania, "Before");
    const { versionId: first, definition } = await current();
    const other = { ...definition, rules: definition.rules.slice(0, -1) };
    const gone = definition.rules.at(-1)?.title.en ?? "";
    await services.configuration.publish({
      ...routing,
      definition: other,
      reason: "The machine",
      by: { kind: "system", job: "publish" },
      now,
    });
    const draft = await openOne();
    expect(draft?.baseMoved?.differences?.map(({ kind, what }) => `${kind} ${what.en}`)).toEqual([
      `removed Rule “${gone}”`,
    ]);
    const step = { actor: rania, ...begun, now };
    const refused = await problemOf(services.policyDrafts.publish({ ...step, reason: "x" }));
    expect(refused.code).toBe("conflict");
    const mine = draft?.definition as object;
    const { versionId: second } = await current();
    expect(second).not.toBe(first);
    const rebased = await services.policyDrafts.save({ ...step, definition: mine, basedOn: second });
    expect((await openOne())?.baseMoved).toBeNull();
    await services.policyDrafts.publish({ ...step, ...rebased, reason: "On top" });
    expect(await titleInForce()).toBe("Before");
  });

  it("goes back to an earlier version, and takes what an upgrade offers, by a draft that begins with it", async () => {
    const versions = await services.versions.list({ actor: rania, ...routing });
    const first = versions.at(-1);
    const begun = await services.policyDrafts.reopen({
      actor: rania,
      version: first?.id ?? 0,
      reason: "Back to version 1",
      now,
    });
    expect(await openOne()).toMatchObject({ copiedFromVersion: 1, reason: "Back to version 1", baseMoved: null });
    await services.policyDrafts.publish({ actor: rania, ...begun, reason: "Back to version 1", now });
    expect(
      await services.versions.differences({
        actor: rania,
        from: first?.id ?? 0,
        to: (await current()).versionId,
      }),
    ).toEqual([]);
    const offered = await renamed("Offered");
    const [row] = await office.asOwner(
      `insert into configuration_versions (programme, kind, name, version, status, definition, checksum, reason, created_at)
       select 'jordan', 'rules', 'routing', max(version) + 1, 'draft', $1, 'x', 'Shipped with Diwan', $2
       from configuration_versions where name = 'routing' returning id`,
      JSON.stringify(offered),
      now,
    );
    const id = Number(row?.id);
    const taken = await services.policyDrafts.reopen({ actor: omar, version: id, reason: null, now });
    await services.policyDrafts.publish({ actor: omar, ...taken, reason: "Taken", now });
    expect(await titleInForce()).toBe("Offered");
    const [offer] = await office.rows("select status from configuration_versions where id = $1", id);
    expect(offer?.status).toBe("retired");
  });

  it("of what the checks warn wants its own reason, which stays with the version", async () => {
    const complaint = (await services.setup.of(programme)).workflows.get("complaint")?.versionId ?? 0;
    const begun = await services.policyDrafts.copy({ actor: rania, version: complaint, code: "licence", now });
    const thing = { programme, kind: "workflow", name: begun.code } as const;
    const draft = await services.policyDrafts.of({ actor: rania, ...thing });
    // Its name and code are told beside what it is a copy of; no type names it yet.
    expect(draft?.checked.differences).not.toHaveLength(0);
    expect(draft?.checked.faults).toEqual([expect.objectContaining({ field: "/workflow", severity: "warning" })]);
    const step = { actor: rania, id: begun.id, revision: begun.revision, now, reason: "Licences go another way" };
    for (const warningsReason of [undefined, null, "", "  "]) {
      const refused = await problemOf(services.policyDrafts.publish({ ...step, warningsReason }));
      expect([refused.code, refused.faults[0]?.field]).toEqual(["invalid-input", "/warningsReason"]);
    }
    await services.policyDrafts.publish({ ...step, warningsReason: "The type comes tomorrow" });
    const [version] = await services.versions.list({ actor: omar, ...thing });
    expect(version).toMatchObject({ version: 1, status: "published", warningsReason: "The type comes tomorrow" });
    const again = services.policyDrafts.copy({ actor: rania, version: complaint, code: "licence", now });
    expect((await problemOf(again)).faults[0]?.field).toBe("/code");
  });
});

describe("with a second person", () => {
  beforeAll(() => wantsSecond(true));
  afterAll(() => wantsSecond(false));

  it("nobody publishes alone, by whatever door; the machine may", async () => {
    const before = (await current()).versionId;
    const begun = await begin(rania, "Alone?");
    const step = { actor: rania, ...begun, now };
    expect((await problemOf(services.policyDrafts.publish({ ...step, reason: "x" }))).code).toBe("not-now");
    const definition = await renamed("Past everybody");
    const raw = services.configuration.publish({ ...routing, definition, reason: "x", by: rania, now });
    expect((await problemOf(raw)).code).toBe("forbidden");
    const taken = services.policyDrafts.begin({ actor: omar, ...routing, definition, basedOn: before, now });
    expect((await problemOf(taken)).code).toBe("conflict");
    expect((await current()).versionId).toBe(before);
  });

  it("it is locked, looked at and approved by one who wrote nothing; both texts stay with the version and in the record", async () => {
    const begun = await begin(rania, "Seen by two");
    await services.policyDrafts.save({ actor: rania, ...begun, definition: await renamed("Seen by two!"), now });
    const { id, revision } = (await openOne()) as { id: number; revision: number };
    await services.policyDrafts.submit({ actor: rania, id, revision, reason: "A better name", now });
    const waiting = await openOne(omar);
    expect(waiting).toMatchObject({ state: "submitted", acts: ["sendBack", "publish"], reason: "A better name" });
    const step = { id, revision: waiting?.revision ?? 0, now };
    const locked = services.policyDrafts.save({ actor: omar, ...step, definition: await renamed("No") });
    expect((await problemOf(locked)).code).toBe("not-now");
    expect((await problemOf(services.policyDrafts.publish({ actor: rania, ...step, reason: "x" }))).code).toBe(
      "forbidden",
    );
    // Signing in again makes nobody somebody else.
    const again = { ...rania, name: "Rania again" };
    expect((await problemOf(services.policyDrafts.publish({ actor: again, ...step, reason: "x" }))).code).toBe(
      "forbidden",
    );
    const home = await services.home({ actor: omar, now });
    expect(home.desks.find(({ kind }) => kind === "room")).toMatchObject({
      drafts: [{ submittedBy: rania.name, reason: "A better name", mine: false }],
    });
    const done = await services.policyDrafts.publish({ actor: omar, ...step, reason: "Read it twice" });
    expect(await titleInForce()).toBe("Seen by two!");
    const [newest] = await services.versions.list({ actor: third, ...routing });
    expect(newest).toMatchObject({
      id: done.versionId,
      publishedBy: { en: rania.name },
      reason: "A better name",
      approvedBy: omar.name,
      approvalReason: "Read it twice",
      authors: [rania.name],
    });
    const [published, submitted] = await lastAudit(2);
    expect(submitted).toMatchObject({
      type: "configuration.submitted",
      who: rania.userId,
      data: { reason: "A better name" },
    });
    expect(published).toMatchObject({
      type: "configuration.published",
      who: omar.userId,
      data: {
        reason: "A better name",
        approvalReason: "Read it twice",
        draftedBy: [rania.userId],
        approvedBy: omar.userId,
      },
    });
  });

  it("whoever saved anything in it, or handed it in, may not approve it, also after it was sent back", async () => {
    const begun = await begin(rania, "Sent back");
    // Omar hands in what Rania wrote: he vouches for it.
    await services.policyDrafts.submit({ actor: omar, ...begun, reason: "For Rania", now });
    const first = (await openOne()) as { revision: number };
    const step = { id: begun.id, now };
    for (const actor of [rania, omar]) {
      const refused = services.policyDrafts.publish({ actor, ...step, revision: first.revision, reason: "x" });
      expect((await problemOf(refused)).code).toBe("forbidden");
    }
    await services.policyDrafts.sendBack({
      actor: third,
      ...step,
      revision: first.revision,
      note: "Say it in Arabic too",
    });
    expect(await openOne()).toMatchObject({ state: "open", note: "Say it in Arabic too", returnedBy: third.name });
    const { revision } = (await openOne()) as { revision: number };
    const saved = await services.policyDrafts.save({
      actor: third,
      ...step,
      revision,
      definition: await renamed("Mended"),
    });
    await services.policyDrafts.submit({ actor: rania, ...saved, reason: "Mended", now });
    const last = (await openOne()) as { revision: number };
    const refused = services.policyDrafts.publish({ actor: third, ...step, revision: last.revision, reason: "x" });
    expect((await problemOf(refused)).code).toBe("forbidden");
    // Nor does the database take a version that an author approved.
    const past = office.asOwner(
      `insert into configuration_versions (programme, kind, name, version, status, definition, checksum, created_at, drafted_by, approved_by)
       values ('jordan', 'rules', 'routing', 999, 'retired', '{}', 'x', now(), $1, $2)`,
      [rania.userId, third.userId],
      third.userId,
    );
    await expect(past).rejects.toThrow("no_author_approves");
  });

  it("two who approve at the same moment publish once; an approval of what was taken back meanwhile is refused", async () => {
    const before = (await services.versions.list({ actor: rania, ...routing })).length;
    const begun = await begin(rania, "Once");
    await services.policyDrafts.submit({ actor: rania, ...begun, reason: "Once", now });
    const { id, revision } = (await openOne()) as { id: number; revision: number };
    const approve = (actor: Person) => services.policyDrafts.publish({ actor, id, revision, reason: "Yes", now });
    const results = await Promise.allSettled([approve(omar), approve(third), approve(omar)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await services.versions.list({ actor: rania, ...routing })).length).toBe(before + 1);
    const next = await begin(rania, "Taken back");
    await services.policyDrafts.submit({ actor: rania, ...next, reason: "x", now });
    const seen = (await openOne()) as { id: number; revision: number };
    await services.policyDrafts.takeBack({ actor: rania, ...seen, now });
    const open = (await openOne()) as { id: number; revision: number };
    const changed = await renamed("Something else altogether");
    const saved = await services.policyDrafts.save({ actor: rania, ...open, definition: changed, now });
    await services.policyDrafts.submit({ actor: rania, ...saved, reason: "x", now });
    const late = services.policyDrafts.publish({
      actor: omar,
      id: seen.id,
      revision: seen.revision,
      reason: "As I saw it",
      now,
    });
    expect((await problemOf(late)).code).toBe("conflict");
  });

  it("nothing half is left when the publication dies on the way", async () => {
    const begun = await begin(rania, "Killed");
    await services.policyDrafts.submit({ actor: rania, ...begun, reason: "x", now });
    const { id, revision } = (await openOne()) as { id: number; revision: number };
    const before = (await current()).versionId;
    // The last thing of the transaction: it fails as a lost connection would.
    await office.asOwner(`create function dies() returns trigger language plpgsql as 'begin
      if new.state = ''published'' then raise exception ''killed''; end if; return new; end'`);
    await office.asOwner("create trigger dies before update on policy_drafts for each row execute function dies()");
    await expect(services.policyDrafts.publish({ actor: omar, id, revision, reason: "x", now })).rejects.toThrow(
      "killed",
    );
    await office.asOwner("drop trigger dies on policy_drafts");
    expect((await current()).versionId).toBe(before);
    expect(await openOne()).toMatchObject({ state: "submitted", revision });
    await services.policyDrafts.publish({ actor: omar, id, revision, reason: "x", now });
    expect(await titleInForce()).toBe("Killed");
  });

  it("cells of the grid are handed in as a draft, and decide once a second person has approved", async () => {
    const sla = { programme, kind: "rules", name: "sla" } as const;
    const before = (await services.setup.of(programme)).ruleSets.get("sla");
    const outcome = {
      acknowledgement: null,
      firstResponse: null,
      resolution: { amount: 9, unit: "workingDays" },
    };
    const { definition } = await services.versions.draftGrid({
      actor: rania,
      programme,
      definition: before?.definition,
      changes: [{ type: "complaint", pillar: "INFRA", importance: "low", outcome }],
    });
    const begun = await services.policyDrafts.begin({
      ...{ actor: rania, ...sla, definition, now },
      basedOn: before?.versionId ?? null,
    });
    await services.policyDrafts.submit({ actor: rania, ...begun, reason: "Nine are enough", now });
    const draft = await services.policyDrafts.of({ actor: omar, ...sla });
    expect(draft).toMatchObject({ state: "submitted", reason: "Nine are enough", mine: false });
    await services.policyDrafts.publish({
      actor: omar,
      id: draft?.id ?? 0,
      revision: draft?.revision ?? 0,
      reason: "Yes",
      now,
    });
    const decides = (await services.setup.of(programme)).ruleSets.get("sla")?.definition;
    const { types } = await services.versions.draftGrid({ actor: rania, programme, definition: decides, changes: [] });
    const cell = types
      .flatMap(({ cells }) => cells)
      .find((one) => one.type === "complaint" && one.pillar === "INFRA" && one.importance === "low");
    expect(cell?.outcome.resolution?.amount).toBe(9);
  });
});

describe("who may", () => {
  it("is whoever may publish; others of the programme read, or are told that there is none", async () => {
    const begun = await begin(rania, "Whose");
    const auditor = office.official("auditor");
    const focalPoint = office.official("focal_point", "CSPD");
    const stranger: Person = {
      kind: "user",
      userId: omar.userId,
      name: "Elsewhere",
      seats: [{ role: "operation_room", programme: "boston311", entity: null, sector: null }],
    };
    const definition = await renamed("Not theirs");
    const acts = (actor: Person) => {
      const step = { actor, ...begun, now };
      return [
        services.policyDrafts.save({ ...step, definition }),
        services.policyDrafts.compare({ actor, id: begun.id, before: {}, after: {} }),
        services.policyDrafts.discard(step),
        services.policyDrafts.submit({ ...step, reason: "x" }),
        services.policyDrafts.takeBack(step),
        services.policyDrafts.sendBack({ ...step, note: "x" }),
        services.policyDrafts.publish({ ...step, reason: "x" }),
        services.policyDrafts.begin({ actor, ...routing, definition, basedOn: null, now }),
        services.policyDrafts.reopen({ actor, version: 1, reason: null, now }),
        services.policyDrafts.copy({ actor, version: 1, code: "other", now }),
      ];
    };
    for (const one of acts(auditor)) expect((await problemOf(one)).code).toBe("forbidden");
    for (const actor of [focalPoint, stranger]) {
      for (const one of acts(actor)) expect((await problemOf(one)).code).toBe("not-found");
      expect((await problemOf(services.policyDrafts.of({ actor, ...routing }))).code).toBe("not-found");
      expect(await services.policyDrafts.list({ actor })).toEqual([]);
      expect(await services.policyDrafts.waiting({ actor, programme })).toEqual([]);
    }
    for (const id of [0, -1, 1.5, 2 ** 40, Number.NaN, 999_999]) {
      const guessed = services.policyDrafts.discard({ actor: rania, id, revision: 1, now });
      expect((await problemOf(guessed)).code).toBe("not-found");
    }
    expect(await openOne()).toMatchObject({ ...begun, state: "open" });
  });
});

describe("the second person", () => {
  it("does not approve by an account that an author had in hand since the draft began", async () => {
    await wantsSecond(true);
    const begun = await begin(rania, "In one hand");
    await services.policyDrafts.submit({ actor: rania, ...begun, now, reason: "Why" });
    const { id, revision } = (await openOne()) as { id: number; revision: number };
    const [{ email } = { email: "" }] = (await office.rows("select email from users where id = $1", omar.userId)) as {
      email: string;
    }[];
    await services.accounts.resetFor({ email, by: rania, now });
    const approval = { id, revision, now, reason: "Looked at" };
    expect(await problemOf(services.policyDrafts.publish({ actor: omar, ...approval }))).toMatchObject({
      code: "forbidden",
      detail: { en: expect.stringContaining(rania.name) },
    });
    await services.policyDrafts.publish({ actor: third, ...approval });
    await wantsSecond(false);
  });
});

it("takes no text into a draft that could not be stored, whichever door it comes by", async () => {
  const { versionId: basedOn, definition } = await current();
  for (const bad of ["a\u0000b", "a\ud800b"]) {
    const written = {
      ...definition,
      rules: definition.rules.map((rule) => ({ ...rule, title: { ar: bad, en: bad } })),
    };
    const refused = await problemOf(
      services.policyDrafts.begin({ actor: rania, ...routing, definition: written, basedOn, now }),
    );
    expect(refused).toMatchObject({ code: "invalid-input" });
    expect(refused.faults[0]?.field).toMatch(/^\/definition\/rules\//);
  }
});
