/** Which languages there are, and what readers of each are shown. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { languageChoices, languageName } from "../../src/engine/formatting/language-names.js";
import { formatZone } from "../../src/engine/formatting/moments.js";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";
import {
  asLanguage,
  directionOf,
  languages,
  otherLanguages,
  preferredLanguage,
} from "../../src/engine/text/languages.js";
import { msg } from "../../src/engine/text/msg.js";
import { inAllLanguages, inLanguage, listed, perLanguage, quoted } from "../../src/engine/text/text.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import { readCatalogues, readDescriptions } from "../../src/platform/messages/read-catalogues.js";
import { escapedFrom, pseudo, pseudoText, speakPseudo } from "../support/pseudo-language.js";
import { sampleMessages } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";

let hush: () => void;
beforeAll(() => {
  hush = speakPseudo();
});
afterAll(() => hush());

describe("a language", () => {
  it("is there with its folder, its name and its direction", () => {
    expect(languages()).toEqual(["ar", "en", pseudo]);
    expect([directionOf("ar"), directionOf("en"), directionOf(pseudo)]).toEqual(["rtl", "ltr", "ltr"]);
    expect(otherLanguages("ar").map(({ name }) => name)).toEqual(["English", "[!! Ƥśéúďó !!]"]);
    expect(asLanguage("xx")).toBeNull();
    expect(preferredLanguage(`de, ${pseudo};q=0.8, en;q=0.5`)).toBe(pseudo);
  });

  it("is called in the reader's own words where CLDR knows it", () => {
    expect({ ...languageName("ar") }).toEqual({ ar: "العربية", en: "Arabic" });
    expect({ ...languageName("en") }).toEqual({ ar: "الإنجليزية", en: "English" });
    expect(languageChoices().map(({ value }) => value)).toEqual(["ar", "en", pseudo]);
  });

  it("is refused where its folder does not say what it is", () => {
    const folder = mkdtempSync(join(tmpdir(), "diwan-languages-"));
    const say = (code: string, text: string | null) => {
      mkdirSync(join(folder, code), { recursive: true });
      if (text !== null) writeFileSync(join(folder, code, "language.json"), text);
    };
    const described = { name: "Français", direction: "ltr", locale: "fr", else: "en" };
    try {
      say("fr", null);
      expect(() => readDescriptions(folder)).toThrow("has no language.json");
      say("fr", JSON.stringify({ ...described, else: "de" }));
      expect(() => readDescriptions(folder)).toThrow("else is missing or wrong");
      say("fr", JSON.stringify(described));
      expect(readDescriptions(folder).get("fr")).toEqual(described);
      expect(readCatalogues(folder).get("fr")).toEqual({});
      say("French", JSON.stringify(described));
      expect(() => readDescriptions(folder)).toThrow("called as in en or pt-BR");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("words", () => {
  const name = { ar: "وزارة", en: "Ministry" };

  it("are said in it, and texts of the set-up in the language that its readers know", () => {
    const label = msg("people.account.name");
    expect(inLanguage(label, pseudo)).toBe(pseudoText(label.en));
    expect(inLanguage(name, pseudo)).toBe("Ministry");
    expect(inLanguage(null, pseudo)).toBeUndefined();
    expect(inLanguage(listed([quoted(name), label]), pseudo)).toBe(`“Ministry”, ${pseudoText(label.en)}`);
    expect(
      inLanguage(
        perLanguage((language) => language),
        pseudo,
      ),
    ).toBe(pseudo);
  });

  it("travel in all languages where they are sent so, and as two otherwise", () => {
    const label = msg("people.account.name");
    const sent = JSON.parse(JSON.stringify(inAllLanguages(label)));
    expect(sent).toEqual({ ar: label.ar, en: label.en, [pseudo]: pseudoText(label.en) });
    expect(inLanguage(sent, pseudo)).toBe(pseudoText(label.en));
    expect(JSON.parse(JSON.stringify(label))).toEqual({ ar: label.ar, en: label.en });
    expect(inAllLanguages(name)).toBe(name);
  });

  it("keep arguments and plurals in the pseudo-language", () => {
    expect(pseudoText("{n, plural, one {# case} other {# cases}} of {name}")).toBe(
      "[!! {n,plural,one{# ćáśé} other{# ćáśéś}} óƒ {name} !!]",
    );
    expect(pseudoText(", ")).toBe(", ");
  });
});

describe("letters", () => {
  const renderer = createRenderer({
    publicUrl: "https://diwan.example.jo/office",
    drawChart: () => Buffer.from("chart"),
    linkToken: ({ id }) => `${id}.token`,
  });

  it.each(Object.keys(sampleMessages) as MessageTemplate[])("speak it: %s", (template) => {
    const data = sampleMessages[template];
    const setup = sampleSetup();
    const { subject, text, html } = renderer.render({ template, language: pseudo, data }, setup);
    expect(html).toContain(`lang="${pseudo}"`);
    // Zones are named by the runtime, as months are.
    const { name, timeZone } = setup.programme;
    const zone = formatZone(timeZone, pseudo, new Date("2026-11-22T05:00:00Z"));
    expect(escapedFrom([subject, text], [JSON.stringify(data), name.en, zone])).toEqual([]);
  });
});
