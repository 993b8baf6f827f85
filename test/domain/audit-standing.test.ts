/** What the record is read back to: marks of rows, versions in force, people on their seats; and what is said of the coverage. */
import { describe, expect, it } from "@jest/globals";
import { describeFault, type FaultKind } from "../../src/engine/audit/audit-fault.js";
import { listCoverage, nothingCovered, notProven, proven } from "../../src/engine/audit/coverage.js";
import { readRecordedPeople } from "../../src/engine/audit/recorded-people.js";
import { readRecordedVersions } from "../../src/engine/audit/recorded-versions.js";
import { createMarker, differingFacts, marksIn, withoutMarks } from "../../src/engine/audit/row-marks.js";

const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();
const arabic = /^[^a-z]*[\u0600-\u06ff]/;

describe("marks of rows", () => {
  const mark = createMarker(["a", "b", "c"]);
  it("are of what the rows say, in whatever order of columns; nothing and left out are the same", () => {
    const at = new Date(day(1));
    const first = mark([{ a: 1, b: { y: 2, x: at }, c: null }]);
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(mark([{ b: { x: at.toISOString(), y: 2 }, a: 1, d: 4 }])).toBe(first);
    for (const other of [
      [{ a: 1, b: { y: 2, x: at }, c: 0 }],
      [{ a: 1, b: { y: 2, x: null } }],
      [],
      [{ a: "1" }],
      [{}],
    ])
      expect(mark(other)).not.toBe(first);
    expect(mark([{ a: 1 }, { a: 2 }])).not.toBe(mark([{ a: 2 }, { a: 1 }]));
    expect(mark([{ a: 1 }, { b: 2 }])).not.toBe(mark([{ a: 1, b: 2 }]));
  });
  it("are of what will be stored, also where JSON knows no such number", () => {
    expect(mark([{ a: { n: Number.NaN, at: new Date(Number.NaN) } }])).toBe(mark([{ a: { n: null, at: null } }]));
    expect(differingFacts({ n: Number.NaN }, { n: Number.NaN })).toEqual([{}, []]);
  });
  it("are the same for facts as they were decided by and as they are read back", () => {
    const at = new Date(day(1));
    const facts = { a: 1, list: ["x"], at, gone: 3, unknown: undefined };
    const next = { a: 2, list: ["x"], at: new Date(at), unknown: undefined };
    const back = (row: object) => JSON.parse(JSON.stringify(row));
    expect(differingFacts(facts, undefined)).toBe(facts);
    expect(differingFacts(next, facts)).toEqual([{ a: 2 }, ["gone"]]);
    expect(differingFacts(back(next), back(facts))).toEqual([{ a: 2 }, ["gone"]]);
    expect(differingFacts({ ...next, list: ["y"] }, facts)).toEqual([{ a: 2, list: ["y"] }, ["gone"]]);
    expect(differingFacts({ ...facts, a: null }, facts)).toEqual([{ a: null }, []]);
  });
  it("are read from an event's text, and null from what is no text of ours", () => {
    const marks = { case: "c".repeat(43), clocks: "k".repeat(43), decided: 4 };
    expect(marksIn(JSON.stringify({ note: "n", rows: marks }))).toEqual(marks);
    for (const text of ["{}", "", '{"rows":{', '{"rows":{"case":1}}', '{"note":"\\"rows\\":{"}', '{"rows":null}'])
      expect(marksIn(text)).toBeNull();
    expect(withoutMarks({ note: "n", rows: marks })).toEqual({ note: "n" });
  });
});

describe("the record of changes, read back", () => {
  it("tells the text of each version and which is in force", () => {
    const recorded = readRecordedVersions();
    const told = (seq: number, type: string, data: object) => recorded.add({ seq, type, data: JSON.stringify(data) });
    const thing = { programme: "p", kind: "message", name: "step" };
    told(1, "configuration.published", { ...thing, version: 1, versionId: 10, checksum: "a" });
    told(2, "configuration.drafted", { ...thing, version: 2, versionId: 11, checksum: "b" });
    expect(recorded.inForce.get("p/message/step")).toBe(10);
    told(3, "configuration.published", { ...thing, version: 2, versionId: 11, checksum: "b", approvedBy: 7 });
    expect(recorded.inForce.get("p/message/step")).toBe(11);
    expect(recorded.versions.get(11)).toEqual({
      seq: 3,
      thing: "p/message/step",
      version: 2,
      checksum: "b",
      approvedBy: 7,
    });
    told(4, "configuration.retired", { ...thing, version: 1, versionId: 10 });
    expect(recorded.inForce.get("p/message/step")).toBe(11);
    told(5, "configuration.retired", { ...thing, version: 2, versionId: 11 });
    told(6, "setup.changed", { code: "x" });
    expect([recorded.inForce.size, recorded.versions.size]).toEqual([0, 2]);
  });

  it("tells seats, who sat on them, and accounts", () => {
    const recorded = readRecordedPeople();
    const told = (seq: number, at: number, type: string, data: object) =>
      recorded.add({ seq, at: new Date(day(at)), type, data: JSON.stringify(data) });
    const seat = { programme: "p", seat: "S" };
    told(1, 1, "seats.seeded", { programme: "p", from: day(1), seats: [{ seat: "OLD", role: "minister", userId: 3 }] });
    told(2, 1, "seat.created", { ...seat, role: "focal_point", entity: "E", sector: null });
    told(3, 2, "seat.held", { ...seat, role: "focal_point", userId: 1, from: day(2), to: day(30) });
    told(4, 3, "seat.extended", { ...seat, userId: 1, from: day(30), to: null });
    told(5, 4, "seat.held", { ...seat, userId: 1, from: day(40), to: null });
    told(6, 5, "seat.left", { ...seat, userId: 1, to: day(9) });
    told(7, 6, "seat.moved", { ...seat, from: {}, to: { entity: "F", sector: "X" } });
    told(8, 7, "seat.office-set", { ...seat, from: null, to: "M" });
    const ms = (n: number) => Date.parse(day(n));
    expect(recorded.seats.get("p/S")).toEqual({
      seq: 8,
      role: "focal_point",
      officeOf: "M",
      place: { entity: "F", sector: "X" },
      retired: false,
      terms: [
        { userId: 1, from: ms(2), to: ms(9) },
        { userId: 1, from: ms(40), to: null },
      ],
    });
    expect(recorded.seats.get("p/OLD")).toMatchObject({ place: undefined, terms: [{ userId: 3, to: null }] });
    told(9, 8, "seat.retired", seat);
    expect(recorded.seats.get("p/S")?.retired).toBe(true);
    told(1, 1, "users.seeded", { users: [{ userId: 3, email: "c@d.jo" }] });
    told(2, 1, "user.created", { userId: 1, email: "a@b.jo" });
    told(3, 2, "user.disabled", { userId: 1, email: "a@b.jo" });
    told(4, 2, "account.signed-in", {});
    expect([...recorded.accounts]).toEqual([
      [3, { seq: 1, email: "c@d.jo", disabled: false }],
      [1, { seq: 3, email: "a@b.jo", disabled: true }],
    ]);
    told(5, 3, "user.enabled", { userId: 1, email: "a@b.jo" });
    expect(recorded.accounts.get(1)?.disabled).toBe(false);
  });
});

describe("what is said of it", () => {
  it("lists what was checked and what was not, and nothing where nothing was", () => {
    const coverage = { ...nothingCovered(), cases: { checked: 2, uncovered: 0 }, seats: { checked: 5, uncovered: 1 } };
    expect(listCoverage(coverage, "checked", (n) => `${n}.`)).toEqual({
      en: "cases with their time limits: 2., positions with their holders: 5.",
      ar: "الطلبات مع احتساب مددها: 2.، المناصب مع شاغليها: 5.",
    });
    expect(listCoverage(coverage, "uncovered")?.en).toBe("entities and sectors of positions: 1");
    expect(listCoverage(nothingCovered(), "checked")).toBeNull();
  });
  it("names each fault, and what is proven and not, in both languages", () => {
    const kinds: FaultKind[] = ["application altered", "decisions altered", "clocks altered", "case altered"];
    for (const what of kinds) {
      const said = describeFault({ chain: "case/7", seq: 3, what, reference: "123" });
      expect(said.en).toMatch(/case\/7 \(123\).*event 3/);
      expect(said.ar).toMatch(/123.*الحدث رقم 3/);
    }
    const seat = { chain: "audit/permissions", what: "seat altered", reference: "p/S" } as const;
    expect(describeFault({ ...seat, seq: 7 }).en).toContain(
      "Position p/S, its entity or its holder is not as the record says (event 7",
    );
    expect(describeFault({ ...seat, seq: 0 }).en).toContain("audit/permissions does not name it");
    for (const { en, ar } of [...proven, ...notProven])
      expect([en.endsWith("."), arabic.test(ar)]).toEqual([true, true]);
  });
});
