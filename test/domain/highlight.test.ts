/** What is marked in a text, the stretch that is shown of it, and how alike texts are. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { highlighted, markedEnd, snippet, termsMet } from "../../src/engine/search/highlight.js";
import { likeness, sharedWords, stemSet, tellingStems } from "../../src/engine/search/likeness.js";
import { parseSearch } from "../../src/engine/search/parse-search.js";

const terms = (typed: string) => parseSearch(typed).terms;
/** Marked as [so]. */
const marked = (text: string, typed: string): string =>
  highlighted(text, terms(typed))
    .map(({ text: piece, found }) => (found ? `[${piece}]` : piece))
    .join("");

describe("marks", () => {
  it.each([
    ["المدارس بعيدة عن الحي", "مدرسة", "[المدارس] بعيدة عن الحي"],
    ["وصلت شكواي إلى البلدية والشَّكْوَى قديمة", "شكاوى ", "وصلت [شكواي] إلى البلدية [والشَّكْوَى] قديمة"],
    ["Leaking pipes, a pipe.", "pipe", "Leaking [pipes], a [pipe]."],
    ["The pipe burst; burst pipe", '"burst pipes"', "The pipe burst; [burst pipe]"],
    ["school and schooling", "school ", "[school] and schooling"],
    ["school and schooling", "school", "[school] and [schooling]"],
    ["<b>leak</b>", "leak", "<b>[leak]</b>"],
    ["nothing", "leak", "nothing"],
    ["", "leak", ""],
  ])("%j for %j", (text, typed, expected) => expect(marked(text, typed)).toBe(expected));

  it("change nothing of the text, whatever it is and whatever was typed", () => {
    const string = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(string, string, (text, typed) => {
        const all = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join("");
        expect(all(highlighted(text, terms(typed)))).toBe(text);
        const part = snippet(text, terms(typed), 20);
        if (part !== null) expect(text).toContain(all(part.filter(({ text: one }) => !/^( …|… )$/.test(one))));
      }),
    );
  });

  it("count the terms that a text meets", () => {
    expect(termsMet("a pipe at the school", terms("school pipe leak"))).toBe(2);
  });
});

describe("a stretch", () => {
  const long = `${"water ".repeat(100)}the pipe at the school leaks ${"again ".repeat(100)}`;
  it("is short, whole words, around what meets most", () => {
    const pieces = snippet(long, terms("school pipe")) ?? [];
    const text = pieces.map((piece) => piece.text).join("");
    expect(text.length).toBeLessThan(200);
    expect(text).toMatch(/^… water [\s\S]*pipe at the school leaks again[\s\S]* …$/);
    expect(pieces.filter(({ found }) => found).map((piece) => piece.text)).toEqual(["pipe", "school"]);
  });
  it("is all of a short text, and none where nothing is found", () => {
    expect(snippet("The pipe", terms("pipe"))).toEqual([
      { text: "The ", found: false },
      { text: "pipe", found: true },
    ]);
    expect(snippet("The pipe", terms("school"))).toBeNull();
  });
});

describe("likeness", () => {
  const shares = new Map([
    ["حي", 0.3],
    ["ايام", 0.3],
    ["يوم", 0.3],
  ]);
  const alike = (one: string, other: string): number => likeness(stemSet(one), stemSet(other), shares);
  const outage = "انقطاع المياه عن حي نزال منذ ثلاثة أيام";
  it("is higher for the same matter in other words than for another matter at the same place", () => {
    expect(alike(outage, outage)).toBe(1);
    expect(alike(outage, "إنقطاع المياة عن حيّ نزّال منذ ثلاثه ايام")).toBeGreaterThan(0.8);
    expect(alike(outage, "انقطاع المياه عن حي نزال")).toBeGreaterThan(alike(outage, "حفرة كبيرة في حي نزال منذ أيام"));
    expect(alike(outage, "حفرة كبيرة في شارع الجامعة")).toBe(0);
    expect(alike("", "")).toBe(0);
  });
  it("tells what both say as the text says it, in its order, and of many what tells most", () => {
    const other = stemSet("المياه مقطوعة منذ ايام عن حيّ نزّال");
    expect(sharedWords(outage, other, shares, 9)).toEqual(["المياه", "حي", "نزال", "منذ", "أيام"]);
    expect(sharedWords(outage, other, shares, 2)).toEqual(["المياه", "نزال"]);
    expect(sharedWords(outage, stemSet("حفرة كبيرة"), shares, 5)).toEqual([]);
    expect(sharedWords("Pipes leak, a pipe leaks", stemSet("the pipe"), new Map(), 5)).toEqual(["Pipes"]);
  });
  it("looks for what is rare first", () => {
    expect(tellingStems(stemSet("حي نزال"), shares, 1)).toEqual(["نزال"]);
  });
});

describe("the end of a reference", () => {
  it.each([
    ["482-739-1652", "1652", "482-739-[1652]"],
    ["482-739-1652", "391652", "482-7[39-1652]"],
    ["482-739-1652", "4827391652", "[482-739-1652]"],
  ])("%j for %s", (reference, digits, expected) =>
    expect(
      markedEnd(reference, digits)
        ?.map(({ text, found }) => (found ? `[${text}]` : text))
        .join(""),
    ).toBe(expected),
  );
  it("is not marked where it is another", () => expect(markedEnd("482-739-1652", "1653")).toBeNull());
});
