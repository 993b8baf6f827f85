import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkApplicationInput } from "../../src/features/intake/application-input.js";
import { sampleSetup } from "../support/sample-setup.js";

const setup = sampleSetup();
const now = new Date("2026-11-25T09:00:00Z");
const minimal = { programme: "jordan", type: "complaint", subject: "Long queue", description: "Three hours." };
const full = {
  ...minimal,
  language: "en",
  sector: "health",
  entity: "MOH",
  service: "vaccination",
  governorate: "amman",
  pillar: "time",
  importance: "high",
  applicant: {
    category: "citizen",
    name: "Rania Haddad",
    nationalNumber: "9871234567",
    phone: "0790123456",
    email: "rania@example.jo",
  },
  fields: { visits: 3, since: "2026-11-01", urgent: true, counter: "front", remark: "twice" },
};

function faultsOf(input: unknown): Record<string, { en: string; ar: string }> {
  const checked = checkApplicationInput(input, setup, now);
  return checked.ok ? {} : Object.fromEntries(checked.faults.map((fault) => [fault.field, fault.reason]));
}
function accepted(input: unknown) {
  const checked = checkApplicationInput(input, setup, now);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.input;
}

describe("an entity that is no more", () => {
  const moh = setup.entities.get("MOH") as NonNullable<ReturnType<typeof setup.entities.get>>;
  const ended = (code: string) => [code, { ...moh, code, retired: true }] as const;
  const vaccination = setup.services.get("vaccination") as NonNullable<ReturnType<typeof setup.services.get>>;
  const its = (code: string, entity: string, retired: boolean) =>
    [code, { ...vaccination, code, entity, retired }] as const;
  const after: typeof setup = {
    ...setup,
    entities: new Map([...setup.entities, ended("E1"), ended("E2"), ended("ALONE"), ended("RING"), ended("GNIR")]),
    services: new Map([
      ...setup.services,
      its("old", "E1", true),
      its("kept", "E1", false),
      its("lost", "ALONE", true),
    ]),
    successors: new Map([
      ...([
        ["E1", "E2"],
        ["E2", "MOH"],
        ["RING", "GNIR"],
        ["GNIR", "RING"],
      ] as const),
      ["ALONE", null],
    ]),
  };
  const chain = { through: ["E1", "E2"], by: "MOH" };

  it.each([
    [{ entity: "E1" }, { entity: "MOH", service: null }, chain],
    [{ entity: "E2" }, { entity: "MOH", service: null }, { through: ["E2"], by: "MOH" }],
    [{ entity: "E1", service: "vaccination" }, { entity: "MOH", service: "vaccination" }, chain],
    // The rules find who delivers it today, and say so there.
    [{ service: "kept" }, { entity: null, service: "kept" }, null],
    [{ entity: "MOH", service: "kept" }, { entity: "MOH", service: "kept" }, null],
    [{ service: "old" }, { entity: "MOH", service: null }, { ...chain, service: "old" }],
    [
      { entity: "E1", service: "old" },
      { entity: "MOH", service: null },
      { ...chain, service: "old" },
    ],
    [{ entity: "MOH" }, { entity: "MOH", service: null }, null],
  ])("is followed: %j", (places, expected, takenOver) => {
    const checked = checkApplicationInput({ ...minimal, ...places }, after, now);
    expect(checked).toMatchObject({ ok: true, input: expected, takenOver });
  });

  it("is followed by an answer that names it, as by the entity of the application itself", () => {
    const type = setup.types.get("complaint") as NonNullable<ReturnType<typeof setup.types.get>>;
    const other = { code: "other", type: "entity", name: type.name, required: false } as const;
    const asking = { ...after, types: new Map([...after.types, [type.code, { ...type, fields: [other] }]]) };
    const answered = (code: string) =>
      checkApplicationInput({ ...minimal, type: type.code, fields: { other: code } }, asking, now);
    for (const code of ["E1", "E2", "MOH"])
      expect(answered(code)).toMatchObject({ ok: true, input: { fields: { other: "MOH" } } });
    for (const code of ["ALONE", "RING"])
      expect(answered(code)).toMatchObject({
        faults: [{ field: "/fields/other", reason: { en: expect.stringContaining("no entity took it over") } }],
      });
    expect(answered("NONE")).toMatchObject({ faults: [{ field: "/fields/other" }] });
  });

  it.each([
    [{ entity: "ALONE" }, "/entity", "is retired, and no entity took it over. Leave the entity out"],
    [{ entity: "RING" }, "/entity", "no entity took it over"],
    [{ service: "lost" }, "/service", "is retired"],
    [{ entity: "MWI", service: "old" }, "/service", "(MOH)"],
  ])("is refused with what to do where none took it over: %j", (places, field, words) => {
    const checked = checkApplicationInput({ ...minimal, ...places }, after, now);
    const faults = checked.ok ? [] : checked.faults;
    expect(faults).toEqual([{ field, reason: expect.objectContaining({ en: expect.stringContaining(words) }) }]);
  });
});

describe("what is accepted", () => {
  it("needs only programme, type, subject and description", () => {
    expect(accepted(minimal)).toEqual({
      ...minimal,
      language: "ar",
      sector: null,
      entity: null,
      service: null,
      governorate: null,
      pillar: null,
      importance: null,
      applicant: null,
      fields: {},
    });
  });
  it("keeps everything that was sent, the telephone as E.164", () => {
    expect(accepted(full)).toEqual({
      ...full,
      applicant: { ...full.applicant, phone: "+962790123456", sms: false, contactBy: null },
    });
  });
  it("takes consent to text messages and the way that is asked for", () => {
    const of = (more: object) => accepted({ ...full, applicant: { ...full.applicant, ...more } }).applicant;
    expect(of({ sms: true, contactBy: "sms" })).toMatchObject({ sms: true, contactBy: "sms" });
    expect(of({ sms: true, contactBy: "email" })).toMatchObject({ sms: true, contactBy: "email" });
    expect(of({ sms: null, contactBy: "none" })).toMatchObject({ sms: false, contactBy: "none" });
    expect(of({ phone: "٠٠٩٦٢ ٧٩ ٠١٢ ٣٤٥٦", sms: true })).toMatchObject({ phone: "+962790123456", sms: true });
  });
  it("refuses consent without a number that gets text messages, and ways that there are not", () => {
    const refused = (more: object) => {
      const checked = checkApplicationInput({ ...full, applicant: { name: "Rana", ...more } }, setup, now);
      return checked.ok ? [] : checked.faults.map(({ field }) => field);
    };
    expect(refused({ sms: true })).toEqual(["/applicant/sms"]);
    expect(refused({ sms: true, phone: "06 500 1234" })).toEqual(["/applicant/sms"]);
    expect(refused({ sms: true, phone: "0700" })).toEqual(["/applicant/phone"]);
    expect(refused({ sms: "yes", phone: "0790123456" })).toEqual(["/applicant/sms"]);
    expect(refused({ contactBy: "sms", phone: "0790123456" })).toEqual(["/applicant/contactBy"]);
    expect(refused({ contactBy: "email", phone: "0790123456" })).toEqual(["/applicant/email"]);
    expect(refused({ contactBy: "pigeon" })).toEqual(["/applicant/contactBy"]);
    expect(refused({ phone: "+44 7911 123456", sms: true, contactBy: "sms" })).toEqual([]);
  });
  it("reads Arabic-Indic and Persian digits", () => {
    const input = accepted({
      ...full,
      applicant: { nationalNumber: "٩٨٧١٢٣٤٥٦٧", phone: "٠٧٩٠١٢٣٤٥٦" },
      fields: { visits: "١٢", since: "٢٠٢٦-١١-٠١" },
    });
    expect(input.applicant).toMatchObject({ nationalNumber: "9871234567", phone: "+962790123456" });
    expect(input.fields).toEqual({ visits: 12, since: "2026-11-01" });
  });
  it("trims and composes text, and changes nothing else in it", () => {
    const input = accepted({ ...minimal, subject: "  Cafe\u0301  ", description: "one\r\n\ttwo  three\n" });
    expect(input.subject).toBe("Café");
    expect(input.description).toBe("one\r\n\ttwo  three");
  });
  it("takes null and blank for what was left out", () => {
    const input = accepted({ ...minimal, sector: null, entity: " ", fields: null, language: null });
    expect(input).toMatchObject({ sector: null, entity: null, fields: {}, language: "ar" });
  });
  it("keeps the joiners and marks that Arabic and Persian need, and signs alone", () => {
    const subject = "می\u200cخواهم \u200fABC\u200e هـ\u200d";
    expect(accepted({ ...minimal, subject }).subject).toBe(subject);
    for (const short of ["؟", "👩\u200d🚒", "\u0600", "\ue000"])
      expect(accepted({ ...minimal, subject: short }).subject).toBe(short);
  });
  it("counts characters, not UTF-16 units", () => {
    expect(faultsOf({ ...minimal, subject: "😀".repeat(200) })).toEqual({});
    expect(faultsOf({ ...minimal, subject: "😀".repeat(201) })["/subject"]?.en).toContain("200");
  });
  it("takes an anonymous application where the type allows it", () => {
    expect(accepted({ ...minimal, applicant: null }).applicant).toBeNull();
    expect(accepted(minimal).applicant).toBeNull();
  });
  it("needs to know who sends what may not be anonymous, however it is left out", () => {
    const report = { ...minimal, type: "report", fields: { place: "Irbid" } };
    for (const applicant of [undefined, null, {}, { category: "citizen" }, { name: " " }]) {
      expect(faultsOf({ ...report, applicant })["/applicant"]?.en).toContain("cannot be sent anonymously");
    }
    expect(accepted({ ...report, applicant: { phone: "0791234567" } }).applicant?.phone).toBe("+962791234567");
  });
});

describe("what is refused, with the field and what is allowed", () => {
  const applicant = (more: object) => ({ ...minimal, applicant: more });
  const fields = (more: object) => ({ ...minimal, fields: more });
  it.each<[string, unknown, string, string]>([
    ["a list instead of an object", [], "", "one JSON object"],
    ["null", null, "", "one JSON object"],
    ["no programme", { ...minimal, programme: undefined }, "/programme", "required"],
    ["another programme", { ...minimal, programme: "boston311" }, "/programme", "jordan"],
    ["no type", { ...minimal, type: undefined }, "/type", "required"],
    ["a misspelt type", { ...minimal, type: "complant" }, "/type", "Did you mean “complaint”"],
    ["a retired type", { ...minimal, type: "petition" }, "/type", "retired"],
    ["a type that is a number", { ...minimal, type: 5 }, "/type", "must be text"],
    ["a blank subject", { ...minimal, subject: "   " }, "/subject", "required"],
    [
      "a subject too long",
      { ...minimal, subject: "x".repeat(201) },
      "/subject",
      "This must be 200 characters or fewer",
    ],
    ["a line break in the subject", { ...minimal, subject: "a\nb" }, "/subject", "control characters"],
    ["a null character", { ...minimal, description: "a\u0000b" }, "/description", "control characters"],
    ["nothing visible", { ...minimal, subject: "\u200b\u2060\u00ad" }, "/subject", "no visible character"],
    ["joiners and marks alone", { ...minimal, description: "\u200c\u200d \u200e\u200f" }, "/description", "no visible"],
    ["letters that show nothing", { ...minimal, subject: "\u3164\u2800" }, "/subject", "no visible character"],
    ["a bidi override", { ...minimal, description: "pay \u202e001 JOD" }, "/description", "U+202A–U+202E"],
    ["a bidi isolate", { ...minimal, subject: "a\u2067b\u2069" }, "/subject", "change the order"],
    ["half a surrogate pair", { ...minimal, description: "a\ud800b" }, "/description", "broken characters"],
    [
      "a description too long",
      { ...minimal, description: "x".repeat(10_001) },
      "/description",
      "This must be 10,000 characters or fewer",
    ],
    ["a language nobody speaks here", { ...minimal, language: "fr" }, "/language", "ar or en"],
    ["an unknown sector", { ...minimal, sector: "xyzzy" }, "/sector", "The codes are water, health"],
    ["a retired sector", { ...minimal, sector: "telegraph" }, "/sector", "retired"],
    ["a name instead of a code", { ...minimal, entity: "Ministry of Healt" }, "/entity", "Did you mean “MOH”"],
    ["an entity that has not joined", { ...minimal, entity: "NEW" }, "/entity", "cannot be chosen here"],
    ["an entity that was dissolved", { ...minimal, entity: "OLD" }, "/entity", "cannot be chosen here"],
    ["a service of another entity", { ...minimal, entity: "MWI", service: "vaccination" }, "/service", "(MOH)"],
    ["a service of an entity not live", { ...minimal, service: "new-service" }, "/service", "cannot be chosen here"],
    ["an unknown governorate", { ...minimal, governorate: "Ammann" }, "/governorate", "Did you mean “amman”"],
    ["an unknown pillar", { ...minimal, pillar: "colour" }, "/pillar", "The codes are quality, time"],
    ["an unknown importance", { ...minimal, importance: "higj" }, "/importance", "Did you mean “high”"],
    ["an unknown property", { ...minimal, sectr: "water" }, "/sectr", "Did you mean “sector”"],
    ["a property with a slash", { ...minimal, "a/b~c": 1 }, "/a~1b~0c", "is not a property here"],
    ["an applicant in one word", { ...minimal, applicant: "Rania" }, "/applicant", "JSON object"],
    [
      "anonymous where that is not allowed",
      { ...minimal, type: "report", fields: { place: "Irbid" }, applicant: null },
      "/applicant",
      "cannot be sent anonymously",
    ],
    ["nine digits", applicant({ nationalNumber: "987123456" }), "/applicant/nationalNumber", "exactly 10 digits"],
    ["a telephone number that is short", applicant({ phone: "0790" }), "/applicant/phone", "too short. Enter it as 07"],
    ["one that is long", applicant({ phone: "0791234567890" }), "/applicant/phone", "too long. Enter it as 07"],
    ["one with letters", applicant({ phone: "079 none" }), "/applicant/phone", "no letters. Enter it as 07"],
    [
      "one like no other",
      applicant({ phone: "0111234567" }),
      "/applicant/phone",
      "not a valid phone number. Enter it as 07",
    ],
    ["an e-mail address without a host", applicant({ email: "rania@" }), "/applicant/email", "name@example.jo"],
    ["an e-mail address that is two", applicant({ email: "a@b.jo,c@d.jo" }), "/applicant/email", "name@example.jo"],
    ["an unknown property of the applicant", applicant({ mail: "x" }), "/applicant/mail", "Did you mean “email”"],
    ["an unknown category", applicant({ category: "sitizen" }), "/applicant/category", "Did you mean “citizen”"],
    ["fields as a list", { ...minimal, fields: [1] }, "/fields", "JSON object"],
    ["an unknown field", fields({ visit: 3 }), "/fields/visit", "Did you mean “visits”"],
    ["a word for a number", fields({ visits: "many" }), "/fields/visits", "must be a number"],
    ["a number out of bounds", fields({ visits: 100 }), "/fields/visits", "between 0 and 99"],
    ["a day that never was", fields({ since: "2026-02-30" }), "/fields/since", "YYYY-MM-DD"],
    ["yes for true", fields({ urgent: "yes" }), "/fields/urgent", "true or false"],
    ["no such choice", fields({ counter: "side" }), "/fields/counter", "The codes are front, back"],
    ["a field too long", fields({ remark: "x".repeat(21) }), "/fields/remark", "This must be 20 characters or fewer"],
    [
      "a required field left out",
      { ...minimal, type: "report", applicant: { name: "R" } },
      "/fields/place",
      "“Place” is required",
    ],
  ])("%s", (_what, input, field, words) => {
    const faults = faultsOf(input);
    expect(Object.keys(faults)).toEqual([field]);
    expect(faults[field]?.en).toContain(words);
    expect(faults[field]?.ar).toMatch(/[\u0600-\u06ff]/);
  });

  it("names all faults at once", () => {
    const faults = faultsOf({
      type: "nothing",
      subject: 3,
      entity: {},
      applicant: { phone: "x", email: "y" },
      extra: 1,
    });
    expect(Object.keys(faults).sort()).toEqual(
      [
        "/extra",
        "/programme",
        "/type",
        "/subject",
        "/description",
        "/entity",
        "/applicant/phone",
        "/applicant/email",
      ].sort(),
    );
  });
  it("ends a list of faults that nobody would read", () => {
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`p${i}`, i]));
    const checked = checkApplicationInput({ ...minimal, ...many }, setup);
    expect(checked.ok ? 0 : checked.faults.length).toBe(51);
  });
});

describe("whatever is sent", () => {
  it("is accepted or refused with reasons in both languages, and never throws", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer(),
      fc.constant(null),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.jsonValue(),
    );
    const input = fc.record(
      Object.fromEntries([...Object.keys(full), "__proto__", "constructor"].map((name) => [name, value])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(input, (some) => {
        for (const sent of [some, { ...full, ...some }]) {
          const checked = checkApplicationInput(sent, setup, now);
          if (checked.ok) continue;
          expect(checked.faults.length).toBeGreaterThan(0);
          for (const { reason } of checked.faults) {
            expect(reason.en.length).toBeGreaterThan(0);
            expect(reason.ar).toMatch(/[\u0600-\u06ff]/);
            expect(reason.en).not.toMatch(/undefined|NaN|\[object/);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
  it("survives being checked twice: a checked application is accepted unchanged", () => {
    const once = accepted(full);
    expect(accepted(once)).toEqual(once);
  });
});
