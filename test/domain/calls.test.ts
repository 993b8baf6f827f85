/** What an agent types of a call, without a database: as the application that intake checks, and as it is read out. */
import { describe, expect, it } from "@jest/globals";
import { makeCode } from "../../src/engine/applicant/applicant-code.js";
import { callLabel, secondsSince } from "../../src/engine/contact-centre/typed-call.js";
import { spelledOut } from "../../src/engine/formatting/spell-out.js";
import { callerFaults, callInput, isCallInput } from "../../src/features/contact-centre/calls/call-input.js";
import { checkApplicationInput } from "../../src/features/intake/application-input.js";
import { sampleSetup } from "../support/sample-setup.js";

describe("a number read out", () => {
  it("is said sign by sign, in its groups, in both languages", () => {
    const said = (language: "ar" | "en") => spelledOut("48-9E").map((group) => group.map((one) => one.said[language]));
    expect(said("en")).toEqual([
      ["four", "eight"],
      ["nine", "E for Echo"],
    ]);
    expect(said("ar")).toEqual([
      ["أربعة", "ثمانية"],
      ["تسعة", "إي: إيميل (Email)"],
    ]);
    expect(spelledOut("48-9E").map((group) => group.map(({ sign }) => sign).join(""))).toEqual(["48", "9E"]);
  });

  it("has a word for every sign of a code; of a letter one that begins with it, in Arabic too, and no two alike", () => {
    const signs = Array.from({ length: 32 }, (_, i) => makeCode(Buffer.alloc(12, i)).charAt(0));
    const all = signs.map((sign) => ({ sign, ...spelledOut(sign)[0]?.[0]?.said }));
    for (const { sign, ar = "", en = "" } of all) {
      if (/\d/.test(sign))
        expect([sign, /^\p{Script=Arabic}+$/u.test(ar), /^[a-z]+$/.test(en)]).toEqual([sign, true, true]);
      else {
        expect([sign, en.split(" for ")[1]?.charAt(0)]).toEqual([sign, sign]);
        expect([
          sign,
          /^\p{Script=Arabic}+: [\p{Script=Arabic}\p{M} ]+ \(([A-Z])[A-Za-z \u2011]+\)$/u.exec(ar)?.[1],
        ]).toEqual([sign, sign]);
      }
    }
    const words = all.map(({ ar = "" }) => ar.split(": ").at(-1));
    expect(new Set(words).size).toBe(32);
  });
});

describe("the time of a call", () => {
  it("is what passed since something was done in it, ten minutes at most, and never less than nothing", () => {
    const now = new Date("2026-11-22T06:00:00Z");
    const passed = (seconds: number) => secondsSince({ activeAt: new Date(now.getTime() - seconds * 1000), now });
    expect([passed(0), passed(59.6), passed(600), passed(601), passed(86_400), passed(-5)]).toEqual([
      0, 60, 600, 600, 600, 0,
    ]);
  });
});

describe("what an open call is known by", () => {
  it("is who calls and how it begins; of somebody who wants to stay unknown only how it begins", () => {
    const typed = { name: "Huda", phone: "0790000001", sought: "Huda", story: "The hall was closed." };
    expect(callLabel(typed)).toBe("Huda · \u20660790000001\u2069: The hall was closed.");
    expect(callLabel({ ...typed, anonymous: "yes" })).toBe("The hall was closed.");
    expect(callLabel({ ...typed, anonymous: "yes", story: "" })).toBeNull();
  });
});

describe("what was typed", () => {
  it("takes known inputs only", () => {
    for (const name of ["story", "phone", "field.visitDate", "field.place.governorate"])
      expect(isCallInput(name)).toBe(true);
    for (const name of ["pillar", "constructor", "field.", "field.a.b", "__proto__"])
      expect(isCallInput(name)).toBe(false);
  });

  it("says who calls, or that nobody does, on purpose", () => {
    expect(callerFaults({ story: "x" }).map(({ field }) => field)).toEqual(["/applicant/name"]);
    const known: readonly Record<string, string>[] = [{ name: "Huda" }, { phone: "079" }, { anonymous: "yes" }];
    for (const typed of known) expect(callerFaults(typed)).toEqual([]);
  });

  it.each([
    ["My street light is broken. بلدية", "en"],
    ["انقطع الماء في شارعنا منذ PM 3", "ar"],
    ["", "ar"],
    ["0791234567", "ar"],
  ])("is in the language of its letters unless one was chosen: %s", (story, expected) => {
    const setup = sampleSetup();
    const languageOf = (typed: Record<string, string>) => callInput(setup, typed, { offersTexts: true }).language;
    // Of a number it is the programme's.
    expect(languageOf({ story })).toBe(expected);
    expect(languageOf({ story, language: "ar" })).toBe("ar");
    expect(languageOf({ story, language: "en" })).toBe("en");
  });

  it("is an application: a subject is made of the story, an anonymous caller takes nothing along", () => {
    const setup = sampleSetup();
    const [type] = setup.types.keys();
    const typed = {
      story: "The hall was closed. Nobody came.",
      type: type as string,
      name: "Huda Khatib",
      phone: "0791234567",
    };
    const checked = checkApplicationInput(callInput(setup, typed, { offersTexts: true }), setup);
    expect(checked).toMatchObject({
      ok: true,
      input: { subject: "The hall was closed", applicant: { name: "Huda Khatib", phone: "+962791234567" } },
    });
    expect(callInput(setup, { ...typed, anonymous: "yes", sms: "yes" }, { offersTexts: true }).applicant).toBeNull();
    // Ticked before the gateway was taken away: nobody sees the tick any more.
    const agreed = (offersTexts: boolean) => callInput(setup, { ...typed, sms: "yes" }, { offersTexts }).applicant;
    expect(agreed(true)).toMatchObject({ sms: true });
    expect(agreed(false)).not.toHaveProperty("sms");
  });
});
