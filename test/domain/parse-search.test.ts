/** What is typed into a search, and what it asks for. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { makeReference } from "../../src/engine/lifecycle/case-reference.js";
import { leadsToPerson, mayLeadToPerson, personIn } from "../../src/engine/search/leads-to-person.js";
import { parseSearch } from "../../src/engine/search/parse-search.js";
import { applicationTexts, eventTexts, placeVector, textVector } from "../../src/engine/search/search-document.js";
import { searchQuery } from "../../src/engine/search/search-query.js";
import type { Setup } from "../../src/engine/setup/setup.js";

const label = (code: string, ar: string, en: string) => [code, { code, name: { ar, en }, order: 1 }] as const;
const setup = {
  entities: new Map([
    label("MOH", "وزارة الصحة", "Ministry of Health"),
    label("WAJ", "سلطة المياه", "Water Authority"),
  ]),
  sectors: new Map([label("HEALTH", "الصحة", "Health")]),
  services: new Map(),
  governorates: new Map([label("IRBID", "إربد", "Irbid")]),
} as unknown as Setup;
const queryOf = (typed: string): string => searchQuery(parseSearch(typed).terms, setup);

describe("a search", () => {
  const reference = makeReference(Buffer.alloc(8, 7));
  it.each([
    ["", { terms: [], empty: false, day: null }],
    ["   ", { terms: [], empty: false }],
    ["في", { terms: [], empty: true }],
    ["?!", { terms: [], empty: true }],
    [reference, { reference, terms: [] }],
    [reference.replaceAll("-", " "), { reference }],
    [`رقم المعاملة ${reference}`, { reference, terms: [] }],
    [`case ${reference}, ${reference}`, { reference: null }],
    ["1234", { reference: null, referenceEnd: "1234" }],
    ["١٢-٣٤ 56", { referenceEnd: "123456" }],
    ["123", { referenceEnd: null }],
    ["2026-11-03", { day: "2026-11-03", terms: [], referenceEnd: null, empty: false }],
    ["3/11/2026", { day: "2026-11-03" }],
    ["٠٣/١١/٢٠٢٦", { day: "2026-11-03" }],
    ["31/2/2026", { day: null }],
    ["2026-13-01", { day: null }],
  ])("%j", (typed, expected) => expect(parseSearch(typed)).toMatchObject(expected));

  it("leaves the day out of the words", () => {
    const { day, terms } = parseSearch("leak 3/11/2026 school");
    expect(day).toBe("2026-11-03");
    expect(terms.map(({ words }) => words[0]?.word)).toEqual(["leak", "school"]);
  });
});

describe("the query", () => {
  it.each([
    ["leaks ", "'leak'"],
    ["leak", "('leak' | 'leak':*)"],
    ["leaks pipe ", "'leak' & 'pipe'"],
    ["“burst of pipes”", "('burst' <2> 'pipe')"],
    ["12-345 ", "('12' <1> '345')"],
    ["مستشفيا", "('مستشفيا' | 'مستشف' | 'مستشفيا':*)"],
    ["الصحة ", "('صح' | 'entity/MOH' | 'sector/HEALTH')"],
    ["irbid ", "('irbid' | 'governorate/IRBID')"],
    ["health author", "('health' | 'entity/MOH' | 'sector/HEALTH') & ('author' | 'author':* | 'entity/WAJ')"],
  ])("of %j", (typed, expected) => expect(queryOf(typed)).toBe(expected));

  it("has no sign of its own in what was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (typed) => {
        const bare = queryOf(typed).replace(/'[\p{L}\p{N}/_]+'/gu, "x");
        expect(bare).toMatch(/^[x\s&|():*<>\d]*$/);
      }),
    );
  });

  it("takes a sample of all that is typed and no more", () => {
    expect(parseSearch("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10").terms).toHaveLength(8);
  });
});

describe("what is kept", () => {
  it("are stems with their places, and the codes of places apart", () => {
    expect(textVector(["Leaks in the school", "leak"])).toBe("'leak':1A,15A 'school':4A");
    expect(textVector(["المدارس"])).toBe("'مدرس':1A 'مدارس':1A");
    expect(placeVector({ entity: "MOH", sector: null, service: "a'b\\c", governorate: null })).toBe(
      "'entity/MOH' 'service/a''b\\\\c'",
    );
  });
  it("includes answers to the type's own questions and what people write later, no codes", () => {
    expect(applicationTexts({ subject: "s", description: "d", fields: { meter: 12, ok: true, none: null } })).toEqual([
      "s",
      "d",
      "12",
    ]);
    expect(
      eventTexts({ type: "case.answered", data: { action: "answer", from: "a", to: "b", answer: "Done." } }),
    ).toEqual(["Done."]);
    const rejected = {
      action: "reject",
      closingReason: "ABUSIVE",
      told: { ar: "أ", en: "A" },
      explanation: "Insults.",
    };
    expect(eventTexts({ type: "case.rejected", data: rejected })).toEqual(["Insults."]);
    expect(eventTexts({ type: "personal.read", data: { note: "x" } })).toEqual([]);
  });
});

describe("a number that leads to a person", () => {
  const reference = makeReference(Buffer.alloc(8, 7));
  const mistyped = `${reference.slice(0, -1)}${(Number(reference.at(-1)) + 1) % 10}`;
  it.each([
    ["0795551234", true],
    ["+962 79 555 1234", true],
    ["9871012345", true],
    ["somebody@example.jo", true],
    [reference, false],
    // Its digits are no reference; it is written as one, so it is one with a wrong digit.
    [mistyped, false],
    [mistyped.replaceAll("-", ""), true],
    ["079555", false],
    ["00962791234567", true],
    ["(079) 123-4567", true],
    ["079.123.4567", true],
    ["٠٧٩١٢٣٤٥٦٧", true],
    ["\u2067٠٧٩ ١٢٣ ٤٥٦٧\u2069", true],
    ["هاتف 0791234567", true],
    ["“0791234567”", true],
    ["الرقم الوطني 9871012345", true],
    ["فاتورة 123456789", false],
    [`طلب ${reference}`, false],
    [mistyped.replaceAll("-", "."), false],
    ["3/11/2026", false],
    ["water 03/11/2026 school", false],
    ["تسرب المياه", false],
  ])("%j: %j", (typed, leads) => expect(leadsToPerson(typed)).toBe(leads));

  it.each([
    ["هاتف 079 123 4567 من إربد", "079 123 4567"],
    ["write to somebody@example.jo please", "somebody@example.jo"],
    ["٠٧٩١٢٣٤٥٦٧", "0791234567"],
  ])("is taken out of %j", (typed, person) => expect(personIn(typed)).toBe(person));

  it("is not sent while it is typed: digits that may become one wait", () => {
    for (const typed of ["0", "079", "٠٧", "(0", "+9", "4712", "07912", "٠٧٩١٢٣٤٥", "98710123", "rana@", "+96279"])
      expect([typed, mayLeadToPerson(typed)]).toEqual([typed, true]);
    for (const typed of ["", "-", "water", "water 4712", reference, "شارع 12"])
      expect([typed, mayLeadToPerson(typed)]).toEqual([typed, false]);
  });
});
