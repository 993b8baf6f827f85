/** What an agent types of a call, without a database: as the application that intake checks, and as it is read out. */
import { describe, expect, it } from "@jest/globals";
import { spelledOut } from "../../src/engine/formatting/spell-out.js";
import { makeCode } from "../../src/engine/lifecycle/applicant-code.js";
import { callerFaults, callInput, isCallInput } from "../../src/features/contact-centre/call-input.js";
import { checkApplicationInput } from "../../src/features/intake/application-input.js";
import { sampleSetup } from "../support/sample-setup.js";

describe("a number read out", () => {
  it("is said sign by sign, in its groups, in both languages", () => {
    expect(spelledOut("482-739-1652")).toEqual({
      en: "four · eight · two – seven · three · nine – one · six · five · two",
      ar: "أربعة · ثمانية · اثنان – سبعة · ثلاثة · تسعة – واحد · ستة · خمسة · اثنان",
    });
  });

  it("has words for every sign of a code", () => {
    const all = Array.from({ length: 32 }, (_, i) => makeCode(Buffer.alloc(12, i)));
    for (const code of all) {
      const { en, ar } = spelledOut(code);
      const said = [...en.split(/ · | – /), ...ar.split(/ · | – /)];
      expect([code, said.length, said.every((word) => word.length > 1)]).toEqual([code, 24, true]);
    }
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

  it("is an application: a subject is made of the story, an anonymous caller takes nothing along", () => {
    const setup = sampleSetup();
    const [type] = setup.types.keys();
    const typed = {
      story: "The hall was closed. Nobody came.",
      type: type as string,
      name: "Huda Khatib",
      phone: "0791234567",
    };
    const checked = checkApplicationInput(callInput(setup, typed), setup);
    expect(checked).toMatchObject({
      ok: true,
      input: { subject: "The hall was closed", applicant: { name: "Huda Khatib", phone: "+962791234567" } },
    });
    expect(callInput(setup, { ...typed, anonymous: "yes", sms: "yes" }).applicant).toBeNull();
  });
});
