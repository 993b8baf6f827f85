/** What an application is likely about, from its words: the rules', those of past cases as counts, and those of names. */
import { describe, expect, it } from "@jest/globals";
import { compileRuleSet } from "../../src/engine/rules/compile-rule-set.js";
import type { RuleSetDefinition } from "../../src/engine/rules/rule-set.js";
import type { Policy } from "../../src/engine/setup/policy.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { matterKey, matterOf } from "../../src/engine/suggestions/matter.js";
import { mattersFromCounts, type WordCounts } from "../../src/engine/suggestions/matters-from-counts.js";
import { mattersFromNames } from "../../src/engine/suggestions/matters-from-names.js";
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
  ["complaint/CSPD/CSPD-PASSPORT", 40, "تأخر إصدار جواز السفر والموظف يقول انتظر"],
  ["inquiry/CSPD/CSPD-PASSPORT", 30, "ما رسوم تجديد جواز السفر"],
  ["complaint/MIYAHUNA/", 60, "انقطاع المياه عن الحي منذ أسبوع"],
  ["complaint/GAM/", 50, "النفايات لم تُجمع من الشارع منذ أسبوع"],
  ["complaint/MOH/", 9, "انتظار طويل في عيادة المستشفى"],
]);

describe("past cases", () => {
  const from = (text: string, counts = past) => mattersFromCounts(textStems(text), counts, 5).map(matterKey);

  it("say type, entity and service by their words, in whatever form they stand", () => {
    expect(from("جوازي تأخر إصداره شهرين")[0]).toBe("complaint/CSPD/CSPD-PASSPORT");
    expect(from("كم رسوم تجديد الجواز؟")[0]).toBe("inquiry/CSPD/CSPD-PASSPORT");
    expect(from("المياه مقطوعة عنا، انقطاع متكرر")).toEqual(["complaint/MIYAHUNA/"]);
  });

  it("say nothing where the words are everybody's or nobody's", () => {
    expect(from("منذ أسبوع")).toEqual([]);
    expect(from("zzz qqq")).toEqual([]);
    expect(from("")).toEqual([]);
  });

  it("of a matter with fewer than ten cases say nothing, whatever stands in them", () => {
    expect(from("انتظار طويل في عيادة المستشفى")).toEqual([]);
    const tenth = counted([
      ["complaint/MOH/", 10, "انتظار طويل في عيادة المستشفى"],
      ["complaint/GAM/", 50, "النفايات لم تُجمع من الشارع"],
    ]);
    expect(from("انتظار طويل في عيادة المستشفى", tenth)).toEqual(["complaint/MOH/"]);
  });

  it("are at most as many as asked for, the likeliest first", () => {
    const many = counted(
      Array.from({ length: 9 }, (_, n): [string, number, string] => [
        `complaint/E${n}/`,
        20 + n,
        `رخصة ${n === 4 ? "سواقة فحص نظري" : "مهن"}`,
      ]).concat([["complaint/X/", 900, "مياه"]]),
    );
    expect(mattersFromCounts(textStems("فحص نظري رخصة سواقة"), many, 5).map(matterKey)[0]).toBe("complaint/E4/");
    expect(mattersFromCounts(textStems("رخصة مهن"), many, 5)).toHaveLength(5);
  });
});

describe("names", () => {
  const from = (text: string) => [...Object.values(mattersFromNames(text, setup, 5))].flat().map(matterKey);

  it("say entity and service without any past case, and no type", () => {
    expect(from("قدمت طلب تجديد جواز سفر")[0]).toBe("/CSPD/CSPD-PASSPORT");
    expect(from("my passport has not arrived")[0]).toBe("/CSPD/CSPD-PASSPORT");
  });

  it("say nothing by words that many names have", () => {
    expect(from("وزارة دائرة خدمة إصدار طلب")).toEqual([]);
  });
});

describe("the short list", () => {
  it("begins with what the rules say because of words, and not with what they say without", () => {
    expect(suggested("طلب الموظف رشوة مني")[0]).toBe("report/JIACC/");
    expect(suggested("تأخرت المعاملة")).toEqual([]);
  });

  it("names nothing twice: what past cases say of it says more", () => {
    const list = suggested("تأخر إصدار جواز السفر", past);
    expect(list[0]).toBe("complaint/CSPD/CSPD-PASSPORT");
    expect(list).not.toContain("/CSPD/CSPD-PASSPORT");
    expect(list.length).toBeLessThanOrEqual(5);
  });

  it("has nothing that cannot be chosen today", () => {
    const cspd = setup.entities.get("CSPD");
    if (cspd === undefined) throw new Error("CSPD");
    const without: Setup = { ...setup, entities: new Map(setup.entities).set("CSPD", { ...cspd, joining: "trained" }) };
    expect(suggested("تأخر إصدار جواز السفر", past, policyOf(without)).join()).not.toContain("CSPD");
    const complaint = setup.types.get("complaint");
    if (complaint === undefined) throw new Error("complaint");
    const gone: Setup = { ...setup, types: new Map(setup.types).set("complaint", { ...complaint, retired: true }) };
    expect(suggested("تأخر إصدار جواز السفر", past, policyOf(gone)).join()).not.toContain("complaint/");
  });
});

describe("a suggestion as a form carries it", () => {
  it("comes back as it was, and nothing else does", () => {
    for (const key of ["complaint/CSPD/CSPD-PASSPORT", "/CSPD/", "inquiry/MOH/"]) {
      const matter = matterOf(key);
      expect(matter && matterKey(matter)).toBe(key);
    }
    for (const forged of ["", "-", "complaint", "complaint//X", "a/b/c/d", "__proto__"]) {
      expect(matterOf(forged)).toBeNull();
    }
  });
});
