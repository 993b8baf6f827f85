import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Clock } from "../../src/engine/calendar/clock.js";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import type { Application, Case } from "../../src/engine/lifecycle/case.js";
import {
  actionFacts,
  applicationFacts,
  caseFacts,
  factCatalogue,
  isLive,
} from "../../src/engine/rules/fact-catalogue.js";
import { keywordHits, markedPieces } from "../../src/engine/rules/keyword-hits.js";
import { matchKeywords } from "../../src/engine/rules/match-keywords.js";
import { sampleBucketOf } from "../../src/engine/rules/sample-bucket.js";
import { normaliseText } from "../../src/engine/text/normalise-text.js";
import { shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const calendar = compileCalendar(setup.calendar.definition);

function application(changes: Partial<Application> = {}): Application {
  return {
    programme: "jordan",
    type: "complaint",
    channel: "web",
    language: "ar",
    subject: "تأخر صرف المعونة",
    description: "منذ شهرين",
    sector: null,
    entity: null,
    service: null,
    governorate: "AMM",
    pillar: null,
    importance: null,
    category: "citizen",
    anonymous: false,
    fields: {},
    receivedAt: new Date("2026-03-10T07:00:00Z"),
    imported: false,
    ...changes,
  };
}

function aCase(changes: Partial<Case> = {}): Case {
  const none = {
    assignee: null,
    lastOfficialActionAt: null,
    remindedAt: null,
    reminders: [],
    assignedAt: null,
    firstResponseAt: null,
    firstResolvedAt: null,
  };
  return {
    id: 1,
    programme: "jordan",
    reference: "482-739-1652",
    application: application(),
    workflow: { name: "complaint", versionId: 1 },
    state: "in_progress",
    stateSince: new Date("2026-03-10T07:00:00Z"),
    turnSince: new Date("2026-03-10T07:00:00Z"),
    pillar: "TIME",
    importance: "high",
    sector: "SOCIAL",
    entity: "NAF",
    confidential: false,
    cycle: 1,
    lastSeq: 1,
    lastHash: "",
    clocks: [],
    escalationSteps: [],
    enforced: [],
    escalationLevel: 0,
    ...none,
    resolvedAt: null,
    resolutionWorkingSeconds: null,
    closedAt: null,
    withdrawnAt: null,
    withdrawnBy: null,
    closingReason: null,
    rejectedAt: null,
    duplicateOf: null,
    splitFrom: null,
    requestedBy: null,
    transferCount: 2,
    reopenCount: 0,
    firstReopenedAt: null,
    rating: null,
    ratingScales: null,
    ratedAt: null,
    ratedBy: null,
    ratingInvitedAt: null,
    inviteToRateAt: null,
    remindToRateAt: null,
    answeredBy: null,
    answerWrittenAt: null,
    ...changes,
  };
}

const facts = (changes: Partial<Application>) => applicationFacts(application(changes), setup, calendar);

describe("the catalogue", () => {
  const catalogue = factCatalogue(setup);
  const now = new Date("2026-03-12T07:00:00Z");

  it("is exactly what applications and cases give: every fact, never undefined, of its type", () => {
    const names = catalogue.map((fact) => fact.name).sort();
    for (const given of [facts({}), caseFacts(aCase(), setup, calendar, now)]) {
      expect(Object.keys(given).sort()).toEqual(names);
      for (const { name, type, nullable, values } of catalogue) {
        const value = given[name];
        if (value === null) expect([name, nullable]).toEqual([name, true]);
        else if (type === "strings") expect(value).toBeInstanceOf(Array);
        else expect([name, typeof value]).toEqual([name, type]);
        if (typeof value === "string" && values !== undefined) expect(values).toContain(value);
      }
    }
    for (const name of Object.keys(actionFacts(aCase(), { kind: "applicant" }, {}))) expect(names).toContain(name);
  });

  it("takes its values from the set-up and says everything in both languages", () => {
    const values = (name: string) => catalogue.find((fact) => fact.name === name)?.values;
    expect(values("entity")).toHaveLength(106);
    expect(values("pillar")).toEqual(["QUALITY", "TIME", "BEHAVIOUR", "PROCEDURE", "INFRA"]);
    expect(values("field.subjectOfReport")).toContain("bribery");
    for (const { label } of catalogue) expect([label.ar, label.en].every((text) => text.trim() !== "")).toBe(true);
  });

  it("knows nothing of who the applicant is", () => {
    for (const { name } of catalogue) expect(name).not.toMatch(/gender|name$|nationalNumber|phone|email/i);
  });
});

describe("facts of an application", () => {
  it("the sector follows from the service or the entity where none was picked", () => {
    expect(facts({ service: "CSPD-PASSPORT" })).toMatchObject({
      sector: "INTERIOR",
      serviceEntity: "CSPD",
      serviceEntityLive: true,
      entityLive: false,
    });
    expect(facts({ entity: "MOH" })).toMatchObject({ sector: "HEALTH", entity: "MOH", entityLive: true });
    expect(facts({ entity: "MOH", sector: "WATER" }).sector).toBe("WATER");
  });

  it("the hour and weekday are those on the wall in Amman, summer time of 2022 included", () => {
    expect(facts({ receivedAt: new Date("2026-03-10T21:30:00Z") })).toMatchObject({
      receivedHour: 0,
      receivedWeekday: "wed",
    });
    expect(facts({ receivedAt: new Date("2022-01-10T21:30:00Z") })).toMatchObject({
      receivedHour: 23,
      receivedWeekday: "mon",
    });
    expect(facts({ receivedAt: new Date("2026-05-10T07:00:00Z") }).receivedInWorkingTime).toBe(true);
    expect(facts({ receivedAt: new Date("2026-05-15T07:00:00Z") }).receivedInWorkingTime).toBe(false);
  });

  it("extra fields are facts of their type; dates are numbers that compare", () => {
    const fields = { visitDate: "2026-01-31", waitingDays: 90, complainedBefore: true, transactionNumber: 12 };
    expect(facts({ fields })).toMatchObject({
      "field.visitDate": 20260131,
      "field.waitingDays": 90,
      "field.complainedBefore": true,
      "field.transactionNumber": null,
      "field.subjectOfReport": null,
    });
  });

  it("lengths count letters, not code units", () => {
    expect(facts({ subject: "👍👍", description: "" })).toMatchObject({ subjectLength: 2, descriptionLength: 0 });
  });

  it("an entity is live only once joined, while it exists and is in use", () => {
    const moh = setup.entities.get("MOH");
    if (moh === undefined) throw new Error("no MOH");
    expect(isLive(moh, "2026-01-01")).toBe(true);
    expect(isLive({ ...moh, joining: "trained" }, "2026-01-01")).toBe(false);
    expect(isLive({ ...moh, retired: true }, "2026-01-01")).toBe(false);
    expect(isLive({ ...moh, validTo: "2026-01-01" }, "2026-01-01")).toBe(false);
    expect(isLive({ ...moh, validFrom: "2026-01-02" }, "2026-01-01")).toBe(false);
  });
});

describe("facts of a case", () => {
  const at = (iso: string) => new Date(iso);
  const clock = (changes: Partial<Clock>): Clock => ({
    target: "resolution",
    cycle: 1,
    calendarVersionId: 1,
    budget: { amount: 1, unit: "workingDays" },
    startedAt: at("2026-03-10T07:00:00Z"),
    consumedSeconds: 0,
    runningSince: at("2026-03-10T07:00:00Z"),
    pausedAt: null,
    dueAt: at("2026-03-11T07:00:00Z"),
    pausedSeconds: 0,
    metAt: null,
    breachedAt: null,
    cancelledAt: null,
    heldBy: null,
    ...changes,
  });
  const late = (changes: Partial<Clock>, now: string) =>
    caseFacts(aCase({ clocks: [clock(changes)] }), setup, calendar, at(now)).answeredLate;

  it("it is late after the due time, not at it, whether or not the sweep has come by", () => {
    expect(late({}, "2026-03-11T07:00:00Z")).toBe(false);
    expect(late({}, "2026-03-11T07:00:01Z")).toBe(true);
    expect(late({ metAt: at("2026-03-11T06:00:00Z") }, "2026-03-20T07:00:00Z")).toBe(false);
    expect(late({ dueAt: null, pausedAt: at("2026-03-10T08:00:00Z") }, "2026-03-20T07:00:00Z")).toBe(false);
    expect(late({ breachedAt: at("2026-03-11T07:00:00Z"), dueAt: null }, "2026-03-12T07:00:00Z")).toBe(true);
    expect(caseFacts(aCase(), setup, calendar, at("2026-03-20T07:00:00Z")).answeredLate).toBeNull();
  });

  it("the reopening window is the programme's, exclusive at its end", () => {
    const resolved = aCase({ resolvedAt: at("2026-03-01T10:00:00Z") });
    const window = (now: string) => {
      const { daysSinceResolved, withinReopenWindow } = caseFacts(resolved, setup, calendar, at(now));
      return [daysSinceResolved, withinReopenWindow];
    };
    expect(window("2026-03-15T09:59:59Z")).toEqual([13, true]);
    expect(window("2026-03-15T10:00:00Z")).toEqual([14, false]);
    expect(caseFacts(aCase(), setup, calendar, at("2026-03-15T10:00:00Z"))).toMatchObject({
      daysSinceResolved: null,
      withinReopenWindow: false,
    });
  });

  it("an appeal must be handled by another person than the one who answered", () => {
    const answered = aCase({ answeredBy: 7, assignee: 7 });
    const by = (userId: number) => actionFacts(answered, { kind: "user", userId, name: "x", seats: [] }, {});
    expect(by(7)).toMatchObject({ actorKind: "user", handledByAnother: false, actorIsAssignee: true });
    expect(by(8)).toMatchObject({ handledByAnother: true, actorIsAssignee: false });
    expect(actionFacts(answered, { kind: "applicant" }, { rating: 2 })).toMatchObject({
      actorKind: "applicant",
      rating: 2,
    });
  });

  it("the sample is spread evenly over references and never drawn anew", () => {
    const buckets = new Array<number>(100).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const bucket = sampleBucketOf(`${100 + (i % 900)}-${i}-${i * 7}`);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(Math.min(...buckets)).toBeGreaterThan(130);
    expect(Math.max(...buckets)).toBeLessThan(280);
    expect(sampleBucketOf("482-739-1652")).toBe(sampleBucketOf("482-739-1652"));
  });
});

describe("text in its one form", () => {
  it.each([
    ["مَدْرَسَةٌ", "مدرسه"],
    ["إدارة أمانة آفاق ٱلكتاب", "اداره امانه افاق الكتاب"],
    ["مستشفى", "مستشفي"],
    ["مســـؤول شؤون", "مسوول شوون"],
    ["شيءٌ سيئ", "شيء سيي"],
    ["٢٠٢٦ ۱۲", "2026 12"],
    ["\u200fعمّان\u200e  الكبرى\n", "عمان الكبري"],
    ["Café ÉCOLE", "cafe ecole"],
    ["ﻣﺮﺣﺒﺎ", "مرحبا"],
  ])("%s", (written, expected) => {
    expect(normaliseText(written)).toBe(expected);
  });

  it("does not change any further when it is normalised again", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."أإآىةؤئءابت ًّـ٣۴\u200fAbÉ .".split("")), maxLength: 30 });
    fc.assert(
      fc.property(
        fc.oneof(letters, fc.string({ unit: "grapheme" })),
        (text) => normaliseText(normaliseText(text)) === normaliseText(text),
      ),
    );
  });
});

describe("keyword lists", () => {
  const lists = [
    {
      code: "bribery",
      name: { ar: "رشوة", en: "Bribery" },
      order: 1,
      retired: false,
      words: ["رشوة", "مبلغ غير رسمي", "brib*", "kick-back"],
    },
    { code: "old", name: { ar: "قديم", en: "Old" }, order: 2, retired: true, words: ["رشوة"] },
    { code: "empty", name: { ar: "فارغ", en: "Empty" }, order: 3, retired: false, words: ["  ", "*"] },
  ];
  const found = (text: string) => matchKeywords(text, new Map(lists.map((list) => [list.code, list])));

  it.each([
    "طلب رِشوةً",
    "وبالرشوة",
    "للرشوة",
    "الرشوه!",
    "مبلغ غير رسمى",
    "They were BRIBING",
    "a kick-back",
    "a kick back",
  ])("finds: %s", (text) => {
    expect(found(text)).toEqual(["bribery"]);
  });

  it.each(["", "رش", "مبلغ رسمي", "a tribe", "kickback", "رشوةات", "(.*)"])("does not find: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  /** Marked as `[word]`, with what else is named behind it. */
  const marked = (text: string) =>
    markedPieces(text, keywordHits(text, lists))
      .map(({ text: piece, hits }) => (hits.length === 0 ? piece : `[${piece}]`))
      .join("");

  it.each([
    ["طلب رِشوةً صباحًا", "طلب [رِشوةً] صباحًا"],
    ["وبالرشوة، أو  مبلغ   غير رسمى!", "[وبالرشوة]، أو  [مبلغ   غير رسمى]!"],
    ["They were BRIBING; a (kick-\nback).", "They were [BRIBING]; a ([kick-\nback])."],
    ["brib bribe", "[brib] [bribe]"],
    ["a tribe, رشوةات", "a tribe, رشوةات"],
  ])("marks where they stand: %j", (text, expected) => {
    expect(marked(text)).toBe(expected);
  });

  it("names list and word of each hit, and marks a phrase and a word of it as one", () => {
    const two = [
      { code: "a", words: ["red tape"] },
      { code: "b", words: ["tape*"] },
    ];
    const hits = keywordHits("So much red tape here", two);
    expect(hits).toEqual([
      { list: "a", word: "red tape", from: 8, to: 16 },
      { list: "b", word: "tape*", from: 12, to: 16 },
    ]);
    expect(markedPieces("So much red tape here", hits)).toEqual([
      { text: "So much ", hits: [] },
      { text: "red tape", hits },
      { text: " here", hits: [] },
    ]);
  });

  it("finds in a text just the lists that rules get, whatever is pasted", () => {
    const words = fc.constantFrom(
      "رشوة",
      "بالرِّشوةِ",
      "brib",
      "bribery",
      "kick",
      "-",
      "back",
      "kick-back",
      "مبلغ",
      "غير رسمي",
      "،",
      "x",
    );
    const pasted = fc.array(fc.oneof(words, fc.string({ unit: "grapheme", maxLength: 3 })), { maxLength: 9 });
    // A sigma becomes another small letter at the end of a word.
    const known: [string[]][] = [[["ᲀΣ", "رشوة"]], [["ΟΔΟΣ", "brib"]]];
    fc.assert(
      fc.property(pasted, (parts) => {
        const text = parts.join(" ");
        const hits = keywordHits(text, lists);
        expect([...new Set(hits.map(({ list }) => list))]).toEqual(found(text));
        for (const { from, to, list, word } of hits) {
          const alone = new Map([
            [list, { code: list, name: { ar: "", en: "" }, order: 1, retired: false, words: [word] }],
          ]);
          expect(matchKeywords(text.slice(from, to), alone)).toEqual([list]);
        }
        expect(
          markedPieces(text, hits)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text);
      }),
      { examples: known },
    );
  });
});
