/** What an application is likely about, from its words, and never of which type it is: the rules', those of past cases as counts, and those of names. */
import { describe, expect, it } from "@jest/globals";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { matterKey, matterOf } from "../../src/engine/suggestions/matter.js";
import { mattersFromCounts, type WordCounts } from "../../src/engine/suggestions/matters-from-counts.js";
import { mattersFromNames } from "../../src/engine/suggestions/matters-from-names.js";
import { namedGovernorate } from "../../src/engine/suggestions/named-governorate.js";
import { suggestMatters } from "../../src/engine/suggestions/suggest-matters.js";
import { textStems } from "../../src/engine/suggestions/text-stems.js";
import { calendar, sunday } from "../support/office.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

const setup = shippedSetup("jordan");
const routing = compileRuleSet(shippedJson<RuleSetDefinition>("rules", "jordan", "routing.json"));
const policyOf = (of: Setup = setup): Policy => ({
  setup: of,
  calendar,
  runner: (set) => (set === "routing" ? routing : null),
});
const told = (description: string) => ({
  programme: "jordan",
  channel: "web",
  language: "ar" as const,
  subject: "",
  description,
  sector: null,
  entity: null,
  service: null,
  governorate: null,
  pillar: null,
  importance: null,
  category: null,
  anonymous: true,
  fields: {},
  receivedAt: sunday,
  imported: false,
});
const suggested = (description: string, counts: WordCounts | null = null, policy = policyOf()) =>
  suggestMatters(told(description), policy, counts).map(matterKey);

/** Counts as the job makes them, of texts that so many cases of a matter had. */
function counted(past: readonly (readonly [key: string, cases: number, text: string])[]): WordCounts {
  const words = new Map<string, { cases: number; byMatter: Map<number, number> }>();
  const matters = past.map(([key, cases, text], id) => {
    for (const stem of new Set(textStems(text).flat())) {
      const word = words.get(stem) ?? { cases: 0, byMatter: new Map() };
      words.set(stem, { cases: word.cases + cases, byMatter: word.byMatter.set(id, cases) });
    }
    const matter = matterOf(key);
    if (matter === null) throw new Error(key);
    return { ...matter, id, cases };
  });
  return { matters, words };
}

const past = counted([
  ["CSPD/CSPD-PASSPORT", 70, "تأخر إصدار جواز السفر والموظف يقول انتظر، ما رسوم تجديد جواز السفر"],
  ["MIYAHUNA/", 60, "انقطاع المياه عن الحي منذ أسبوع"],
  ["GAM/", 50, "النفايات لم تُجمع من الشارع منذ أسبوع"],
  ["MOH/", 9, "انتظار طويل في عيادة المستشفى"],
]);

describe("past cases", () => {
  const from = (text: string, counts = past) => mattersFromCounts(textStems(text), counts, 5).map(matterKey);

  it("say entity and service by their words, in whatever form they stand", () => {
    expect(from("تأخر إصدار جوازي وعندي سفر")[0]).toBe("CSPD/CSPD-PASSPORT");
    expect(from("كم رسوم تجديد الجواز؟")[0]).toBe("CSPD/CSPD-PASSPORT");
    expect(from("المياه مقطوعة عنا، انقطاع متكرر")).toEqual(["MIYAHUNA/"]);
  });

  it("count a word once, in however many forms it stands there, and common words not at all", () => {
    const schools = counted([
      ["EMRC/", 20, "أسلاك مكشوفة قرب المدرسة"],
      ["GAM/", 60, "نفايات قرب المدرسة"],
      ["DLS/", 20, "كل مراجعة يطلبون العودة بعد أسبوع"],
      ["MOF/", 60, "خطأ في الراتب"],
    ]);
    expect(from("من مدرسة لمدرسة ومدرستنا بعيدة", schools)).toEqual([]);
    expect(from("كل يوم أراجع وبعد أسبوع أعود", schools)).toEqual([]);
  });

  it("say nothing by a word that is said of something else as often, unless a word beside it says what is meant", () => {
    const lands = counted([
      ["DLS/", 20, "قطعة أرض"],
      ["DLS/DLS-SALE", 20, "نقل ملكية الأرض"],
      ["GAM/", 200, "حفرة"],
    ]);
    expect(from("سقط ابني على الأرض", lands)).toEqual([]);
    expect(from("لي قطعة أرض", lands)[0]).toMatch(/DLS/);
  });

  it("say nothing where the words are everybody's or nobody's", () => {
    expect(from("منذ أسبوع")).toEqual([]);
    expect(from("zzz qqq")).toEqual([]);
    expect(from("")).toEqual([]);
  });

  it("of a matter with fewer than ten cases say nothing, whatever stands in them", () => {
    expect(from("انتظار طويل في عيادة المستشفى")).toEqual([]);
    const tenth = counted([
      ["MOH/", 10, "انتظار طويل في عيادة المستشفى"],
      ["GAM/", 50, "النفايات لم تُجمع من الشارع"],
    ]);
    expect(from("انتظار طويل في عيادة المستشفى", tenth)).toEqual(["MOH/"]);
  });

  it("are at most as many as asked for, the likeliest first", () => {
    const many = counted(
      Array.from({ length: 9 }, (_, n): [string, number, string] => [
        `E/S${n}`,
        20 + n,
        `رخصة ${n === 4 ? "سواقة فحص نظري" : "مهن"}`,
      ]).concat([["X/", 900, "مياه"]]),
    );
    expect(mattersFromCounts(textStems("فحص نظري رخصة سواقة"), many, 5).map(matterKey)[0]).toBe("E/S4");
    expect(mattersFromCounts(textStems("رخصة مهن"), many, 5)).toHaveLength(5);
  });

  it("say nothing by one word, however often it stood there, nor by words that as many others have", () => {
    const buses = counted([
      ["EMRC/", 60, "باص"],
      ["GAM/", 200, "حفرة"],
    ]);
    expect(from("سائق الباص", buses)).toEqual([]);
    const alike = counted(
      Array.from({ length: 5 }, (_, n): [string, number, string] => [`E${n}/`, 20, "رخصة مهن"]).concat([
        ["X/", 900, "مياه"],
      ]),
    );
    expect(from("رخصة مهن", alike)).toEqual([]);
  });
});

describe("names", () => {
  const from = (text: string) => [...Object.values(mattersFromNames(text, setup, 5))].flat().map(matterKey);

  it("say entity and service without any past case", () => {
    expect(from("قدمت طلب تجديد جواز سفر")[0]).toBe("CSPD/CSPD-PASSPORT");
    expect(from("my passport has not arrived")[0]).toBe("CSPD/CSPD-PASSPORT");
  });

  it("say nothing by words that many names have", () => {
    expect(from("وزارة دائرة خدمة إصدار طلب")).toEqual([]);
  });
});

describe("the short list", () => {
  it("begins with what the rules say because of words, and not with what they say without", () => {
    expect(suggested("طلب الموظف رشوة مني")[0]).toBe("JIACC/");
    expect(suggested("تأخرت المعاملة")).toEqual([]);
  });

  it("names nothing twice, and no type", () => {
    const list = suggested("تأخر إصدار جواز السفر", past);
    for (const matter of suggestMatters(told("تأخر إصدار جواز السفر"), policyOf(), past))
      expect(matter).not.toHaveProperty("type");
    expect(list[0]).toBe("CSPD/CSPD-PASSPORT");
    expect(new Set(list).size).toBe(list.length);
    expect(list.length).toBeLessThanOrEqual(5);
  });

  it("has nothing that cannot be chosen today", () => {
    const cspd = setup.entities.get("CSPD");
    if (cspd === undefined) throw new Error("CSPD");
    const without: Setup = { ...setup, entities: new Map(setup.entities).set("CSPD", { ...cspd, joining: "trained" }) };
    expect(suggested("تأخر إصدار جواز السفر", past, policyOf(without)).join()).not.toContain("CSPD");
  });
});

describe("where something happens", () => {
  it.each([
    ["صارلي خمس شهور بستنى نقل ملكية الأرض بإربد", "IRB"],
    ["المي مقطوعة بالزرقاء من أسبوع", "ZAR"],
    ["أسكن في عمّان وبيتي بلا ماء", "AMM"],
    ["الإنارة مطفأة في مدينة الكرك", "KAR"],
    ["بلدية الطفيلة لا ترد", "TAF"],
    ["راجعت مكتب جوازات إربد مرتين", "IRB"],
    ["أنا من معان وأراجع في العقبة", "AQB"],
    ["There has been no water in Zarqa for a week", "ZAR"],
    ["The office in the city of Irbid is closed", "IRB"],
    ["I live in Ma'an", "MAN"],
    ["المي مقطوعة بمعان", "MAN"],
    ["وقع حادث في معان", "MAN"],
    ["الإنارة مطفأة في العقبة وبالعقبة القديمة", "AQB"],
    ["I drove to Aqaba from my house in Irbid", "IRB"],
  ])("is the governorate that the story names: %s", (story, governorate) => {
    expect(namedGovernorate(story, setup)).toBe(governorate);
  });

  it.each([
    "السيارة الزرقاء واقفة قدام بيتي",
    "هل يجدد أخي جوازه دون الحضور إلى عمان",
    "انتظرت مع أمي ومعها أختي",
    "نقلوني من إربد إلى جرش",
    "لا يرد علي أحد",
    "The working capital of my shop is gone",
    "وقعت في عقبة كبيرة",
    "كانت عقبة أمامي",
    "معان كثيرة لا أفهمها في القرار",
    "There was an accident on the road to Aqaba",
    "انقلبت شاحنة على طريق إربد",
    "",
  ])("is not said by words that look like one, by where people travel, or by two of them: %s", (story) => {
    expect(namedGovernorate(story, setup)).toBeNull();
  });

  it.each([
    "انقطاع المياه في إربد والزرقاء",
    "انقطاع المياه في الزرقاء وإربد",
    "المي مقطوعة بإربد والعقبة ومعان",
    "في إربد، وكذلك الزرقاء، لا مياه",
    "No water in Irbid and Zarqa",
    "No water in Zarqa, Irbid or Aqaba",
  ])("is none of two that one story joins, and no company of the first: %s", (story) => {
    expect(namedGovernorate(story, setup)).toBeNull();
    expect(suggested(story)).not.toContain("YWC/");
    expect(suggested(story)).not.toContain("MIYAHUNA/");
  });

  it("is the longest name of those that stand there", () => {
    const boston = shippedSetup("boston311");
    const named = namedGovernorate("The hydrant of East Boston leaks", boston);
    expect(boston.governorates.get(named ?? "")?.name.en).toBe("East Boston");
  });

  it("is no governorate that is out of use, and says with the rules who supplies water there", () => {
    const retired = { ...setup.governorates.get("IRB"), retired: true } as never;
    const without: Setup = { ...setup, governorates: new Map(setup.governorates).set("IRB", retired) };
    expect(namedGovernorate("المي مقطوعة بإربد", without)).toBeNull();
    expect(suggested("المي مقطوعة بإربد")).toEqual(["YWC/YWC-SUPPLY", "YWC/"]);
    expect(suggested("المي مقطوعة بالعقبة")).toEqual(["AWC/AWC-SUPPLY", "AWC/"]);
    // Where it is not known there are three to choose from.
    expect(suggested("المي مقطوعة من أسبوع").sort()).toEqual([
      "AWC/AWC-SUPPLY",
      "MIYAHUNA/MIYAHUNA-SUPPLY",
      "YWC/YWC-SUPPLY",
    ]);
  });
});

describe("a suggestion as a form carries it", () => {
  it("comes back as it was, and nothing else does", () => {
    for (const key of ["CSPD/CSPD-PASSPORT", "CSPD/", "MOH/"]) {
      const matter = matterOf(key);
      expect(matter && matterKey(matter)).toBe(key);
    }
    for (const forged of ["", "-", "complaint", "/X", "complaint/CSPD/CSPD-PASSPORT", "__proto__"]) {
      expect(matterOf(forged)).toBeNull();
    }
  });
});
