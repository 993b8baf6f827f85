/** A name found by words that somebody types, in whatever form they stand there and here. */
import { describe, expect, it } from "@jest/globals";
import { nameFinder } from "../../src/engine/search/name-finder.js";
import { shippedSetup } from "../support/shipped-setup.js";

const names = [...shippedSetup("jordan").entities.values()];
const found = (typed: string): string[] => {
  const isFound = nameFinder(typed);
  return names.filter(({ code, name }) => isFound(code, name.ar, name.en)).map(({ code }) => code);
};

describe("a name is found", () => {
  it.each([
    ["الغذاء", "JFDA"],
    ["غذاء", "JFDA"],
    ["للغذاء والدواء", "JFDA"],
    ["الغذ", "JFDA"],
    ["الضريبة", "ISTD"],
    ["ضرائب الدخل", "ISTD"],
    ["البلديات", "MUN-IRB"],
    ["مشتريات", "GPD"],
    ["universities", "JUST"],
    ["jfda", "JFDA"],
    ["جامعات", "UJ"],
  ])("by “%s”", (typed, code) => expect(found(typed)).toContain(code));

  it("by all words together alone", () => {
    expect(found("الغذاء الضريبة")).toEqual([]);
    expect(found("البلديات إربد")).toEqual(["MUN-IRB"]);
    expect(found("zzz")).toEqual([]);
    expect(found("؟")).toEqual([]);
  });

  it("of whatever it is where nothing is typed yet", () => {
    expect(found("")).toHaveLength(names.length);
    expect(found("  ")).toHaveLength(names.length);
  });
});
