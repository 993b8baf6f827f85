/** What a reply template leaves to be filled in: found as long as nothing stands there, and in what is sent nowhere else. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { fillTemplate } from "../../src/engine/letters/reply-template.js";
import type { Bilingual } from "../../src/engine/text/text.js";
import { emptyPlaces } from "../../src/features/cases/act/composer-values.js";

const labels = (text: string) => emptyPlaces(text).map(({ label }) => label);

describe("empty places", () => {
  it.each([
    ["• What was done: \n• On which day: Sunday", ["What was done"]],
    ["•\n\nYours", [""]],
    ["• ما أُنجز:\n• تاريخ الإنجاز:", ["ما أُنجز", "تاريخ الإنجاز"]],
    ["- Fees:", ["Fees"]],
    // Written below the label, or a sentence that leads to what follows: nothing is missing.
    ["• What was done:\nThe hall was opened.", []],
    ["We solved it as follows:\n\n• It was mended.", []],
    ["It is 8:30 – 15:30.\n–5 degrees\nAt 10:", []],
    ["", []],
  ])("of %j are %j", (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it("say where somebody writes on", () => {
    const text = "Dear applicant,\n\n• Fees: \n• Place: ";
    const [fees, place] = emptyPlaces(text);
    expect([fees?.line, text.slice(0, fees?.at)]).toEqual([3, "Dear applicant,\n\n• Fees: "]);
    expect([place?.line, place?.at]).toEqual([4, text.length]);
  });

  it("are the same in both languages of each template that is shipped, and each template has some", () => {
    const shipped = JSON.parse(readFileSync("seeds/jordan/reply-templates.json", "utf8")) as {
      code: string;
      body: Bilingual;
    }[];
    const values = {
      ...{ reference: "482-739-1652", subject: "The hall", entity: "CSPD", service: null, dueDate: null },
      ...{ official: "Nada", programme: "Diwan", today: "26 November 2026" },
    };
    for (const { code, body } of shipped) {
      const [ar, en] = (["ar", "en"] as const).map(
        (language) => emptyPlaces(fillTemplate(body, language, values)).length,
      );
      expect([code, ar]).toEqual([code, en]);
      expect([code, (en ?? 0) > 0]).toEqual([code, true]);
    }
  });
});
