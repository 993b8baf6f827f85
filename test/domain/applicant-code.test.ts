import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { codeHash, isCode, makeCode } from "../../src/engine/applicant/applicant-code.js";

const bytes = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((list) => Buffer.from(list));
const reference = "100-000-0005";

describe("the applicant's code", () => {
  it("has sixty bits in twelve characters that survive being read out", () => {
    expect(makeCode(Buffer.from([0, 1, 2, 3, 10, 17, 18, 31, 32, 33, 63, 255]))).toBe("0123-AHJZ-01ZZ");
    fc.assert(
      fc.property(bytes, (b) => expect(makeCode(b)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)),
    );
  });

  it("is recognised with digits of an Arabic keyboard, other hyphens and the marks that come with a copied text", () => {
    const stored = codeHash(reference, "K7QM-30VD-P2H9");
    for (const typed of ["k٧qm ٣٠vd p٢h٩", "K۷QM-۳۰VD-P۲H۹", "\u2066K7QM‑30VD–P2H9\u2069"])
      expect(isCode(reference, typed, stored)).toBe(true);
    expect(isCode(reference, "k٧qm ٣٠vd p٢h٨", stored)).toBe(false);
  });

  it("is recognised in lower case, without or with other separators, with O for 0 and I or L for 1", () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom("I", "L", "i", "l"), (b, one) => {
        const code = makeCode(b);
        const stored = codeHash(reference, code);
        const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", one);
        expect(isCode(reference, typed, stored)).toBe(true);
      }),
    );
  });

  it("opens its own case only, and nothing where none is stored", () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [code, other] = [makeCode(a), makeCode(b)];
        const stored = codeHash(reference, code);
        expect(isCode(reference, other, stored)).toBe(code === other);
        expect(isCode("100-000-0012", code, stored)).toBe(false);
        expect(isCode(reference, code, null)).toBe(false);
      }),
    );
  });

  it("is not what is stored", () => {
    const code = makeCode(Buffer.alloc(12, 5));
    expect(codeHash(reference, code).toString("latin1")).not.toContain(code);
    expect(codeHash(reference, code)).toHaveLength(32);
  });
});
