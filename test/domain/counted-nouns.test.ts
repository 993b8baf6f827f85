import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { type CountedNoun, formatCount, type GrammaticalCase } from "../../src/engine/formatting/counted-nouns.js";

const numbers = [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103];
const cases = ["nominative", "oblique", "accusative"] as const satisfies readonly GrammaticalCase[];
const read = (language: "ar" | "en"): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../views/messages/${language}/units.json`, import.meta.url), "utf8"));
const nouns = Object.keys(read("ar")) as CountedNoun[];
const said = (noun: CountedNoun, grammaticalCase: GrammaticalCase, language: "ar" | "en" = "ar"): string[] =>
  numbers.map((n) => formatCount(n, noun, grammaticalCase)[language]);

interface Written {
  readonly nominative: readonly string[];
  /** Where they differ from the nominative: after a preposition, and as the answer to “how long?” or “how many?”. */
  readonly oblique: Readonly<Record<number, string>>;
  readonly accusative: Readonly<Record<number, string>>;
  readonly en: readonly string[];
}

/** For 0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103. */
const written: Readonly<Partial<Record<CountedNoun, Written>>> = {
  case: {
    nominative: [
      "0 طلب",
      "طلب واحد",
      "طلبان",
      "3 طلبات",
      "10 طلبات",
      "11 طلبًا",
      "99 طلبًا",
      "100 طلب",
      "101 طلب",
      "102 طلب",
      "103 طلبات",
    ],
    oblique: { 2: "طلبين" },
    accusative: { 1: "طلبًا واحدًا", 2: "طلبين" },
    en: [
      "0 cases",
      "1 case",
      "2 cases",
      "3 cases",
      "10 cases",
      "11 cases",
      "99 cases",
      "100 cases",
      "101 cases",
      "102 cases",
      "103 cases",
    ],
  },
  day: {
    nominative: [
      "0 يوم",
      "يوم واحد",
      "يومان",
      "3 أيام",
      "10 أيام",
      "11 يومًا",
      "99 يومًا",
      "100 يوم",
      "101 يوم",
      "102 يوم",
      "103 أيام",
    ],
    oblique: { 2: "يومين" },
    accusative: { 1: "يومًا واحدًا", 2: "يومين" },
    en: [
      "0 days",
      "1 day",
      "2 days",
      "3 days",
      "10 days",
      "11 days",
      "99 days",
      "100 days",
      "101 days",
      "102 days",
      "103 days",
    ],
  },
  workingDay: {
    nominative: [
      "0 يوم عمل",
      "يوم عمل واحد",
      "يوما عمل",
      "3 أيام عمل",
      "10 أيام عمل",
      "11 يوم عمل",
      "99 يوم عمل",
      "100 يوم عمل",
      "101 يوم عمل",
      "102 يوم عمل",
      "103 أيام عمل",
    ],
    oblique: { 2: "يومي عمل" },
    accusative: { 1: "يوم عمل واحدًا", 2: "يومي عمل" },
    en: [
      "0 working days",
      "1 working day",
      "2 working days",
      "3 working days",
      "10 working days",
      "11 working days",
      "99 working days",
      "100 working days",
      "101 working days",
      "102 working days",
      "103 working days",
    ],
  },
  hour: {
    nominative: [
      "0 ساعة",
      "ساعة واحدة",
      "ساعتان",
      "3 ساعات",
      "10 ساعات",
      "11 ساعة",
      "99 ساعة",
      "100 ساعة",
      "101 ساعة",
      "102 ساعة",
      "103 ساعات",
    ],
    oblique: { 2: "ساعتين" },
    accusative: { 2: "ساعتين" },
    en: [
      "0 hours",
      "1 hour",
      "2 hours",
      "3 hours",
      "10 hours",
      "11 hours",
      "99 hours",
      "100 hours",
      "101 hours",
      "102 hours",
      "103 hours",
    ],
  },
  minute: {
    nominative: [
      "0 دقيقة",
      "دقيقة واحدة",
      "دقيقتان",
      "3 دقائق",
      "10 دقائق",
      "11 دقيقة",
      "99 دقيقة",
      "100 دقيقة",
      "101 دقيقة",
      "102 دقيقة",
      "103 دقائق",
    ],
    oblique: { 2: "دقيقتين" },
    accusative: { 2: "دقيقتين" },
    en: [
      "0 minutes",
      "1 minute",
      "2 minutes",
      "3 minutes",
      "10 minutes",
      "11 minutes",
      "99 minutes",
      "100 minutes",
      "101 minutes",
      "102 minutes",
      "103 minutes",
    ],
  },
};

describe("counted nouns", () => {
  for (const [noun, table] of Object.entries(written) as [CountedNoun, Written][]) {
    it(`counts ${noun} in every case, as it is written out here`, () => {
      const inCase = (other: Readonly<Record<number, string>>) =>
        table.nominative.map((text, i) => other[numbers[i] as number] ?? text);
      expect(said(noun, "nominative")).toEqual(table.nominative);
      expect(said(noun, "oblique")).toEqual(inCase(table.oblique));
      expect(said(noun, "accusative")).toEqual(inCase(table.accusative));
      for (const grammaticalCase of cases) expect(said(noun, grammaticalCase, "en")).toEqual(table.en);
    });
  }

  it("has the same nouns in both languages", () => {
    expect(Object.keys(read("en"))).toEqual(nouns);
  });

  it.each(nouns)("has every form of %s that Arabic counts with", (noun) => {
    const pattern = read("ar")[noun] as string;
    for (const form of ["zero", "one", "two", "few", "many", "other"]) expect(pattern).toContain(` ${form} {`);
    for (const grammaticalCase of cases) {
      const [zero, one, two, three, ten, eleven, ninetyNine, hundred, , hundredTwo, hundredThree] = said(
        noun,
        grammaticalCase,
      ) as [string, string, string, string, string, string, string, string, string, string, string];
      const nounOf = (text: string): string => text.replace(/^\d+ /, "");
      // One and two say their number in words or by their form, all others in digits 0–9.
      expect(`${one} ${two}`).not.toMatch(/\d/);
      expect(one).toMatch(/ واحد(ة|ًا)?$/);
      for (const [i, text] of said(noun, grammaticalCase).entries())
        if (numbers[i] !== 1 && numbers[i] !== 2) expect(text).toMatch(new RegExp(`^${numbers[i]} [^\\d٠-٩]+$`));
      expect(nounOf(ten)).toBe(nounOf(three));
      expect(nounOf(hundredThree)).toBe(nounOf(three));
      expect(nounOf(ninetyNine)).toBe(nounOf(eleven));
      expect(nounOf(hundredTwo)).toBe(nounOf(hundred));
      expect(nounOf(zero)).toBe(nounOf(hundred));
      // «100 يوم», not «100 يومًا».
      expect(hundred).not.toMatch(/[\u064b]/);
    }
    // The dual ends in «ان», before another noun in «ا»; after a preposition and as a length in «ين» or «ي».
    expect(said(noun, "nominative")[2]).toMatch(/[اآ]ن?( |$)/);
    expect(said(noun, "oblique")[2]).toMatch(/ين?( |$)/);
    expect(said(noun, "accusative")[2]).toBe(said(noun, "oblique")[2]);
    // Nothing else changes after a preposition.
    expect(said(noun, "oblique").filter((_, i) => i !== 2)).toEqual(said(noun, "nominative").filter((_, i) => i !== 2));
  });

  it.each(nouns)("counts %s in English by one and many, whatever case is asked for", (noun) => {
    const [zero, one, two, ...more] = said(noun, "oblique", "en") as [string, string, string, ...string[]];
    const plural = two.slice(2);
    expect(one).toMatch(/^1 [a-z ]+$/);
    expect(one.slice(2)).not.toBe(plural);
    expect(zero).toBe(`0 ${plural}`);
    expect(more).toEqual(numbers.slice(3).map((n) => `${n} ${plural}`));
  });

  it("groups the digits of large numbers and takes fractions", () => {
    expect(formatCount(12_345, "case")).toMatchObject({ en: "12,345 cases", ar: "12,345 طلبًا" });
    expect(formatCount(1.5, "second")).toMatchObject({ en: "1.5 seconds", ar: "1.5 ثانية" });
  });

  it("fits into sentences: «من 9 طلبات», «متأخرة دقيقتين»", () => {
    expect(`من ${formatCount(9, "case", "oblique").ar}`).toBe("من 9 طلبات");
    expect(`متأخرة ${formatCount(2, "minute", "accusative").ar}`).toBe("متأخرة دقيقتين");
  });
});
