/** Choosing one of many by typing: what is found among them, and that it is compared as the server compares. */
import { describe, expect, it } from "@jest/globals";
import { normaliseText } from "../../src/engine/text/normalise-text.js";
import { folded, foundAmong } from "../../src/platform/ui/form/typed-search.js";

const choice = (value: string, ar: string, en: string) => ({ value, label: { ar, en } });
const choices = [
  choice("MOH", "وزارة الصحة", "Ministry of Health"),
  choice("MOI", "وزارة الداخلية", "Ministry of Interior"),
  choice("PSD", "مديرية الأمن العام", "Public Security Directorate"),
  choice("HIC", "مؤسسة التأمين الصحي", "Health Insurance"),
];
const codes = (typed: string): string[] => foundAmong(choices, typed).map(({ value }) => value);

describe("one of many by typing", () => {
  it("finds words in either language, in any order, and codes", () => {
    expect(codes("")).toEqual(["MOH", "MOI", "PSD", "HIC"]);
    expect(codes("security public")).toEqual(["PSD"]);
    expect(codes("psd")).toEqual(["PSD"]);
    expect(codes("nothing")).toEqual([]);
  });

  it("takes Arabic as it is typed: without hamza, with ه for ة, with vowels", () => {
    expect(codes("الامن")).toEqual(["PSD"]);
    expect(codes("وزاره الداخليه")).toEqual(["MOI"]);
    expect(codes("الصِّحَّة")).toEqual(["MOH"]);
  });

  it("has those first that begin so, and no more than a glance takes", () => {
    expect(codes("health")).toEqual(["HIC", "MOH"]);
    const many = Array.from({ length: 40 }, (_, i) => choice(`E${i}`, `جهة ${i}`, `Entity ${i}`));
    expect(foundAmong(many, "entity")).toHaveLength(12);
    expect(foundAmong(many, "٣٩").map(({ value }) => value)).toEqual(["E39"]);
  });

  it("compares as the server's search does", () => {
    for (const text of ["أإآٱ ىةؤئ", "ﻻ شُكْرًا ــ", "Élan  VITAL", "٤٥ ۶۷", "\u200fعمّان\u200e", " a\n b "])
      expect(folded(text)).toBe(normaliseText(text));
  });
});
