/** What a language is called in the reader's own: `Arabic`, «العربية». */
import { asLanguage, describeLanguage, languages } from "../text/languages.js";
import { type Bilingual, perLanguage } from "../text/text.js";

const named = new Map<string, Intl.DisplayNames>();

function namesIn(language: string): Intl.DisplayNames {
  const known = named.get(language);
  if (known !== undefined) return known;
  const names = new Intl.DisplayNames(describeLanguage(language).locale, { type: "language", fallback: "none" });
  named.set(language, names);
  return names;
}

/** One that CLDR does not know is called as it calls itself. */
export const languageName = (code: string): Bilingual =>
  perLanguage((reader) =>
    reader === code || asLanguage(code) === null
      ? describeLanguage(code).name
      : (namesIn(reader).of(code) ?? describeLanguage(code).name),
  );

/** All of them, to choose one. */
export const languageChoices = (): { readonly value: string; readonly label: Bilingual }[] =>
  languages().map((value) => ({ value, label: languageName(value) }));
