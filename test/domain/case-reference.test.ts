import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { makeReference, parseReference } from "../../src/engine/lifecycle/case-reference.js";

const reference = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => makeReference(Buffer.from(bytes)));
const digitsOf = (text: string): string[] => [...text.replaceAll("-", "")];
const written = (digits: readonly string[]): string => digits.join("");

describe("a reference number", () => {
  it("has ten digits in three groups, the last of them Damm's check digit", () => {
    expect(makeReference(Buffer.alloc(8))).toBe("100-000-0005");
    // By hand from Damm's table: 1 gives 3, and eight zeros lead 3 → 1 → 7 → 8 → 9 → 2 → 4 → 6 → 5.
    expect(parseReference("100-000-0004")).toBeNull();
    fc.assert(fc.property(reference, (text) => expect(text).toMatch(/^[1-9]\d{2}-\d{3}-\d{4}$/)));
  });

  it("is understood however it is typed or read out", () => {
    fc.assert(
      fc.property(reference, fc.constantFrom("", " ", "-", "–", "."), (text, between) => {
        const digits = digitsOf(text);
        const arabic = digits.map((d) => String.fromCharCode(0x660 + Number(d)));
        const persian = digits.map((d) => String.fromCharCode(0x6f0 + Number(d)));
        for (const typed of [digits, arabic, persian])
          expect(parseReference(` ${typed.join(between)}\u200f`)).toBe(text);
      }),
    );
  });

  it("betrays every wrong digit and every swap of neighbours", () => {
    fc.assert(
      fc.property(reference, fc.nat(9), fc.integer({ min: 1, max: 9 }), (text, place, by) => {
        const wrong = digitsOf(text);
        wrong[place] = String((Number(wrong[place]) + by) % 10);
        expect(parseReference(written(wrong))).toBeNull();
        const swapped = digitsOf(text);
        const at = Math.min(place, 8);
        [swapped[at], swapped[at + 1]] = [swapped[at + 1] as string, swapped[at] as string];
        if (swapped[at] !== swapped[at + 1]) expect(parseReference(written(swapped))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it.each(["", "123", "100-000-00044", "0000000000", "10000000O4", "100000000४", "reference"])("is not %j", (typed) => {
    expect(parseReference(typed)).toBeNull();
  });

  it("is made of unguessable bytes, so that neighbours differ", () => {
    const many = Array.from({ length: 2000 }, (_, i) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE((BigInt(i) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn);
      return makeReference(bytes);
    });
    expect(new Set(many).size).toBe(2000);
  });
});
