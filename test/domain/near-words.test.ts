/** Words that are one letter away from what was typed, and texts in the order of likeness. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { lettersApart, nearestFirst, nearStems } from "../../src/engine/search/near-words.js";
import { stemWord } from "../../src/engine/search/stem-word.js";
import { normaliseText } from "../../src/engine/text/normalise-text.js";

const letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 4, maxLength: 9 });

describe("a mistyped word", () => {
  it.each([
    ["a letter wrong", "المدزسة", "المدرسة"],
    ["a letter left out", "المدسة", "المدرسة"],
    ["a letter too many", "الممدرسة", "المدرسة"],
    ["two letters swapped", "المدسرة", "المدرسة"],
    ["the article swapped", "لامدرسة", "المدرسة"],
    ["a letter wrong in English", "schoal", "school"],
  ])("with %s may have been the one that was meant", (_fault, typed, meant) => {
    const { likelier, others } = nearStems(normaliseText(typed));
    expect([...likelier, ...others]).toContain(stemWord(normaliseText(meant)));
  });

  it("is near to every word that is a letter away, and to the same ones each time", () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom(...letters), (meant, at, letter) => {
        const place = at % meant.length;
        const typed = `${meant.slice(0, place)}${letter}${meant.slice(place + 1)}`;
        const { likelier, others } = nearStems(typed);
        const near = new Set([...likelier, ...others]);
        const stem = stemWord(meant);
        expect(near.has(stem) || stem.length < 2).toBe(true);
        expect(likelier.filter((one) => others.includes(one))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it.each(["12345", "ab", "في", "привет", "a".repeat(16), "x1y2"])("has no like where it is %j", (typed) =>
    expect(nearStems(typed)).toEqual({ likelier: [], others: [] }),
  );
});

describe("letters apart", () => {
  it.each([
    ["شارع", "شارع", 0],
    ["شارع", "شرع", 1],
    ["شارع", "شاعر", 1],
    ["شارع", "شارعين", 2],
    ["شارع", "مدرسه", 3],
    ["", "ab", 2],
  ])("%j and %j: %j", (one, other, apart) => {
    expect(lettersApart(one, other)).toBe(apart);
    expect(lettersApart(other, one)).toBe(apart);
  });
});

describe("texts", () => {
  it("stand in the order of likeness, as near ones in their own, with the words that are alike", () => {
    const texts = [
      { id: 1, words: ["شرطه", "المدينه"] },
      { id: 2, words: ["انقطاع", "المياه"] },
      { id: 3, words: ["تسرب", "المياه", "شارع"] },
      { id: 4, words: ["تسرب", "المياه"] },
    ];
    const found = nearestFirst({ typed: ["تصرب", "المياه"], texts });
    expect(found.map(({ id }) => id)).toEqual([3, 4, 2, 1]);
    expect(found[0]?.words).toEqual(["تسرب", "المياه"]);
  });
});
