/** Cases of entities that are no more: one that cannot be moved keeps none waiting, and none follows to where nobody is any more. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Sequelize } from "sequelize";
import { importHistory } from "../../src/features/intake/import/import-history.js";
import { historyParts } from "../support/history.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let rania: Person;
const now = sundayNine;
/** What the office takes the time to be. */
let clock = now;
beforeAll(async () => {
  office = await openWorkingOffice({ now: () => clock });
  rania = office.official("operation_room");
});
afterAll(() => office?.close());

const sets = () => office.services.changeSets;
const read = (id: number) => sets().read({ actor: rania, id, now });
async function published(edits: readonly object[]): Promise<number> {
  const { id } = await sets().begin({ actor: rania, programme, title: "They go", now });
  for (const edit of edits) await sets().put({ actor: rania, id, edit, now });
  const { revision } = await read(id);
  await sets().publish({ actor: rania, id, revision, reason: "Decided.", warningsReason: "Known.", now });
  await office.services.work.caseMoves.settled();
  return id;
}
const merge = (code: string, into: string) => ({
  ...{ act: "merge", table: "entities", code, into },
  ...{ cases: { to: into, except: {} }, seats: "end" },
});
/** Without saying where its cases go: all that stands in the way ends with it. */
async function alone(code: string): Promise<object[]> {
  const setup = await office.services.setup.of(programme);
  return [
    { act: "retire", table: "entities", code },
    ...setup.seats
      .filter((seat) => seat.entity === code)
      .map((seat) => ({ act: "retire", table: "seats", code: seat.code })),
    ...[...setup.services.values()]
      .filter((service) => service.entity === code && !service.retired)
      .map((service) => ({ act: "retire", table: "services", code: service.code })),
  ];
}
const housekeeping = async (minutes = 0) => {
  clock = new Date(now.getTime() + minutes * 60_000);
  await office.services.handlers["resume-work"](clock);
  await office.services.work.caseMoves.settled();
  clock = now;
};
async function answered(entity: string) {
  const sent = await office.receive({ entity });
  const focal = office.official("focal_point", entity);
  await office.act(sent.reference, focal, "take", {}, now);
  await office.act(sent.reference, focal, "answer", { answer: "It was mended this morning." }, now);
  return sent;
}
const placeOf = async (reference: string) => (await office.caseRow(reference)).entity;

describe("a case that cannot be moved", () => {
  const broken = {
    "worked out": {
      places: ["DVLD", "PSD"],
      breaks: (reference: string) => `update cases set escalation_steps = '{}' where reference = '${reference}'`,
      mends: (reference: string) => `update cases set escalation_steps = '[]' where reference = '${reference}'`,
    },
    stored: {
      places: ["GPD", "MOF"],
      breaks: (reference: string) => `create function refuse_one() returns trigger language plpgsql as $$$$ begin
          if new.reference = '${reference}' then raise exception 'no'; end if; return new; end $$$$;
        create trigger refuse_one before update on cases for each row execute function refuse_one()`,
      mends: () => "drop trigger refuse_one on cases",
    },
  } as const;

  it.each(["worked out", "stored"] as const)(
    "keeps none of the others waiting, is named with the reason, and is tried again: not %s",
    async (how) => {
      const { places, breaks, mends } = broken[how];
      const [from, to] = places;
      const sent: string[] = [];
      for (let i = 0; i < 4; i++) sent.push((await office.receive({ entity: from })).reference);
      const wrong = sent[1] as string;
      await office.asOwner(breaks(wrong));
      const id = await published([merge(from, to)]);
      for (const reference of sent) expect(await placeOf(reference)).toBe(reference === wrong ? from : to);
      const [move] = (await read(id)).moves;
      expect(move).toMatchObject({ state: "failed", moved: 3, total: 4 });
      expect(move?.failure?.en).toBe(
        "Cases that could not be moved: 1, confidential ones not counted. All the others were.",
      );
      expect(move?.left).toEqual([{ reference: wrong, reason: { en: expect.any(String), ar: expect.any(String) } }]);

      const again = { actor: rania, id, move: move?.id ?? "" };
      const stranger = office.official("focal_point", "CSPD");
      expect(await problemOf(sets().moveAgain({ ...again, actor: stranger }))).toMatchObject({ code: "not-found" });
      const auditor = office.official("auditor");
      expect(await problemOf(sets().moveAgain({ ...again, actor: auditor }))).toMatchObject({ code: "forbidden" });
      for (const none of ["", "x", again.move.replace(/[^-]/g, "0")])
        expect(await problemOf(sets().moveAgain({ ...again, move: none }))).toMatchObject({ code: "not-found" });
      expect(await problemOf(sets().moveAgain({ ...again, id: id + 99 }))).toMatchObject({ code: "not-found" });

      await office.asOwner(mends(wrong));
      // Nothing tries at every minute what failed just now: somebody does, or an hour goes by.
      await housekeeping(59);
      expect((await read(id)).moves).toMatchObject([{ state: "failed", moved: 3 }]);
      if (how === "stored") await housekeeping(61);
      else await sets().moveAgain(again);
      await office.services.work.caseMoves.settled();
      expect(await placeOf(wrong)).toBe(to);
      expect((await read(id)).moves).toMatchObject([{ state: "done", moved: 4, left: [] }]);
      expect(await problemOf(sets().moveAgain(again))).toMatchObject({ code: "not-found" });
    },
  );
});

describe("a case that comes back", () => {
  it("goes past an entity that took over and is no more itself, to the one that took over from that", async () => {
    const sent = await answered("CUSTOMS");
    await published([merge("CUSTOMS", "ISTD")]);
    await published([merge("ISTD", "MOF")]);
    await office.applicantActs(sent, "reopen", { reason: "It was not." }, now);
    await housekeeping();
    expect(await placeOf(sent.reference)).toBe("MOF");
    const [event] = (await office.events(sent.reference)).filter(({ type }) => type === "case.transferred");
    expect(event?.data).toMatchObject({ fromEntity: "CUSTOMS", entity: "MOF", through: ["ISTD"], reason: "Decided." });
  });

  it("and what is sent for it follows as well, by every door, and says so", async () => {
    const sent = await office.receive({ entity: "CUSTOMS", service: "CUSTOMS-CLEARANCE" });
    expect(await placeOf(sent.reference)).toBe("MOF");
    const [received] = await office.events(sent.reference);
    expect(received?.data).toMatchObject({ takenOver: { through: ["CUSTOMS", "ISTD"], by: "MOF" } });
    const why = await office.services.reports.explain({ reference: sent.reference, language: "en", now });
    const lines = why.join("\n").replace(/[\u2066-\u2069]/g, "");
    expect(lines).toContain("Jordan Customs Department was taken over by Income and Sales Tax Department.");
    expect(lines).toContain("Income and Sales Tax Department was taken over by Ministry of Finance.");
    const bySearch = await office.receive({ entity: null, service: "CUSTOMS-CLEARANCE" });
    expect(await placeOf(bySearch.reference)).toBe("MOF");
  });

  it("never to each other in a circle: such a set is refused", async () => {
    const { id } = await sets().begin({ actor: rania, programme, title: "In a circle", now });
    for (const edit of [merge("JSMO", "HCD"), merge("HCD", "JSMO")]) await sets().put({ actor: rania, id, edit, now });
    const { findings, revision } = await read(id);
    expect(
      findings.filter(({ severity, words }) => severity === "error" && words.en.startsWith("Cases cannot go to"))
        .length,
    ).toBe(2);
    await sets().discard({ actor: rania, id, revision, now });
  });

  it("waits in triage where whoever took over is no more and named nobody, and where nobody ever took over", async () => {
    const [taken, left] = [await answered("DLS"), await answered("CSPD")];
    await published([merge("DLS", "CSPD")]);
    await published(await alone("CSPD"));
    for (const sent of [taken, left]) await office.applicantActs(sent, "reopen", { reason: "It was not." }, now);
    await housekeeping();
    for (const [sent, from] of [
      [taken, "DLS"],
      [left, "CSPD"],
    ] as const) {
      expect(await office.caseRow(sent.reference)).toMatchObject({ entity: null, state: "triage", assignee: null });
      const [event] = (await office.events(sent.reference)).filter(({ type }) => type === "case.transferred");
      expect(event?.data).toMatchObject({ fromEntity: from, entity: null });
    }
    // Once: nothing is left there.
    const events = (await office.events(left.reference)).length;
    await housekeeping();
    expect((await office.events(left.reference)).length).toBe(events);
  });
});

describe("an open case of a register that was imported", () => {
  it("is let in to an entity that is no more, and housekeeping takes it to triage or to whoever took over", async () => {
    await published(await alone("VTC"));
    await published([merge("JFDA", "MOH")]);
    const folder = await mkdtemp(join(tmpdir(), "diwan-moves-"));
    const mapping = {
      programme,
      timeFormat: "DD/MM/YYYY HH:mm:ss",
      columns: {
        ...{ sourceId: "no", receivedAt: "opened", closedAt: "closed", type: "kind", subject: "title" },
        ...{ description: "text", entity: "ministry" },
      },
      values: { type: { c: "complaint" }, entity: { a: "VTC", b: "JFDA" } },
      defaults: { channel: "import", importance: "normal", pillar: "TIME" },
    };
    const lines = [
      "no,opened,closed,kind,title,text,ministry",
      "M1,01/10/2026 10:00:00,,c,Lamp,It is dark,a",
      "M2,01/10/2026 10:00:00,02/10/2026 10:00:00,c,Lamp,It was dark,a",
      "M3,01/10/2026 10:00:00,,c,Food,It is old,b",
    ];
    const [file, how] = [join(folder, "register.csv"), join(folder, "mapping.json")];
    await writeFile(file, lines.join("\n"));
    await writeFile(how, JSON.stringify(mapping));
    const asked = {
      file,
      mapping: how,
      compareTargets: false,
      report: `${file}.report`,
      encoding: null,
      now,
      progress: () => undefined,
    };
    const told = await importHistory(historyParts(office.db as Sequelize), asked);
    await rm(folder, { recursive: true });
    expect(told).toMatchObject({ imported: 3, refused: 0 });
    const cases = () =>
      office.rows(
        `select a.source_id as no, c.entity, c.state from cases c join applications a on a.id = c.id
          where a.source_id like 'M%' order by 1`,
      );
    expect(await cases()).toMatchObject([
      { no: "M1", entity: "VTC" },
      { no: "M2", entity: "VTC" },
      { no: "M3", entity: "JFDA" },
    ]);
    await housekeeping();
    expect(await cases()).toMatchObject([
      { no: "M1", entity: null, state: "triage" },
      { no: "M2", entity: "VTC" },
      { no: "M3", entity: "MOH" },
    ]);
    // Once: nothing is left there.
    await housekeeping();
    expect((await cases())[0]).toMatchObject({ entity: null, state: "triage" });
  });
});

it("does not go to an entity that is not there yet, or is there no more: the set says so before it is published", async () => {
  const days = [
    {
      act: "update",
      table: "entities",
      code: "MOH",
      values: { validFrom: "2099-01-01" },
      before: { validFrom: "2000-01-01" },
    },
    { act: "update", table: "entities", code: "MOH", values: { validTo: "2020-01-01" }, before: { validTo: null } },
  ];
  for (const [edits, refused] of [[[], false], ...days.map((day) => [[day], true])] as [object[], boolean][]) {
    const { id } = await sets().begin({ actor: rania, programme, title: "Too early", now });
    for (const edit of [...edits, merge("JIACC", "MOH")]) await sets().put({ actor: rania, id, edit, now });
    const { findings, revision } = await read(id);
    const said = findings.filter(
      ({ severity, words }) => severity === "error" && words.en.startsWith("Cases cannot go to"),
    );
    expect([edits, said.length]).toEqual([edits, refused ? 1 : 0]);
    await sets().discard({ actor: rania, id, revision, now });
  }
});
