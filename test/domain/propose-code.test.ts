/** Codes that forms propose, so that people who write no Latin need not invent any. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { codeBeside, proposeCode } from "../../src/engine/setup/propose-code.js";
import { rowSchemas } from "../../src/features/setup/tables/setup-files.js";

const named = (en: string, ar = "") => ({ en, ar });

describe("a proposed code", () => {
  it.each([
    ["row", named("Water meter's reading"), [], "water-meters-reading"],
    ["row", named("", "قراءة عداد المياه"), [], "qrah-adad-miah"],
    ["field", named("Preferred hour", "الساعة المفضلة"), [], "preferredHour"],
    ["field", named("", "الساعة المفضلة"), [], "saahMfdlh"],
    ["row", named("Crédit 2"), [], "credit-2"],
    ["row", named("112 line"), [], "n112-line"],
    ["row", named("—", "؟"), [], ""],
    // As the table writes its codes.
    ["row", named("Family book"), ["CSPD-ID", "CSPD-BIRTH", "x"], "FAMILY-BOOK"],
    ["row", named("Closed road"), ["no_answer", "late"], "closed_road"],
    // Unique among what is there, in whatever letters.
    ["row", named("Late"), ["late", "late-2", "no-answer"], "late-3"],
    ["row", named("Id"), ["ID", "a", "b"], "id-2"],
    ["field", named("Constructor"), ["place"], "constructor2"],
  ] as const)("%s %j", (form, name, taken, code) => {
    expect(proposeCode(name, taken, form)).toBe(code);
  });

  it("is a code that the server takes, whatever the name", () => {
    const code = rowSchemas.pillars.shape.code as { safeParse: (value: unknown) => { success: boolean } };
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 120 }), fc.constantFrom("row", "field"), (text, form) => {
        const proposed = proposeCode(named(text, "حقل"), [], form as "row" | "field");
        expect(code.safeParse(proposed).success).toBe(true);
        if (form === "field") expect(proposed).toMatch(/^[a-z][A-Za-z0-9_]{0,39}$/);
      }),
    );
  });

  it("follows the name until somebody writes another", () => {
    const taken = ["late", "other"];
    const typed = (code: string, before: string, name: string) =>
      codeBeside({ code, before: named(before), name: named(name) }, taken, "row");
    expect(typed("", "", "L")).toBe("l");
    expect(typed("lat", "Lat", "Late")).toBe("late-2");
    expect(typed("late-2", "Late", "Late answer")).toBe("late-answer");
    expect(codeBeside({ code: "lat", before: named("Lat"), name: named("Late") }, ["LATE"], "row")).toBe("LATE-2");
    expect(typed("mine", "Late", "Late answer")).toBe("mine");
  });
});
