/**
 * The languages that there are. Each is a folder of catalogues (`views/messages/LANGUAGE`), whose `language.json` says how it is
 * written; who starts the program, and each page, gives them with `addLanguage`.
 */

/** Languages in which texts of the set-up and of policy are written. */
export type StoredLanguage = "ar" | "en";

/** A language of people: one of the set-up's, or another that has catalogues; `isLanguage` tells. */
export type Language = StoredLanguage | (string & { readonly languageOfPeople: true });

export const storedLanguages: readonly StoredLanguage[] = ["ar", "en"];

/** What `language.json` says. */
export interface LanguageDescription {
  /** As the language calls itself. */
  readonly name: string;
  readonly direction: "rtl" | "ltr";
  /** BCP 47, with digits 0–9. */
  readonly locale: string;
  /** In which language its readers are shown what is not written in theirs. */
  readonly else: StoredLanguage;
  /** `numeric`: it has no short names of months. Left out: it has. */
  readonly shortMonth?: "short" | "numeric";
  /** Left out: as in English. */
  readonly punctuation?: Punctuation;
}

export interface Punctuation {
  /** Outer pair, inner pair. */
  readonly quotes: readonly [open: string, close: string, innerOpen: string, innerClose: string];
  /** Between names, with its space. */
  readonly comma: string;
  /** Between what has commas of its own. */
  readonly semicolon: string;
}

/** By their codes, for what a page tells its scripts. */
export type LanguageDescriptions = Readonly<Record<string, LanguageDescription>>;

const described = new Map<string, LanguageDescription>();

/** @param code as its folder is called: `en`, `fr`, `pt-BR` */
export function addLanguage(code: string, description: LanguageDescription): void {
  described.set(code, description);
}

/** Takes one away again, with nothing else that was given with it: a test that ends. */
export const forgetLanguage = (code: string): void => {
  described.delete(code);
};

/** All of them, in the order in which they were given. */
export const languages = (): readonly Language[] => [...described.keys()] as Language[];

export const isLanguage = (value: unknown): value is Language => typeof value === "string" && described.has(value);

/** The value, if it is a language that there is. */
export const asLanguage = (value: unknown): Language | null => (isLanguage(value) ? value : null);

export const isStored = (language: string): language is StoredLanguage => language === "ar" || language === "en";

/** One that nobody gave is written as CLDR has it, from left to right, and its readers know English. */
export const describeLanguage = (language: string): LanguageDescription =>
  described.get(language) ?? { name: language, direction: "ltr", locale: `${language}-u-nu-latn`, else: "en" };

export const describeLanguages = (): LanguageDescriptions => Object.fromEntries(described);

const english: Punctuation = { quotes: ["“", "”", "‘", "’"], comma: ", ", semicolon: "; " };

export const punctuationOf = (language: string): Punctuation => describeLanguage(language).punctuation ?? english;

export const directionOf = (language: string): "rtl" | "ltr" => describeLanguage(language).direction;

/** In which of the set-up's languages somebody reads. */
export const storedLanguageOf = (language: Language): StoredLanguage =>
  isStored(language) ? language : describeLanguage(language).else;

/** The others that a reader may switch to, in their own words. */
export const otherLanguages = (
  language: Language,
): readonly { readonly code: Language; readonly name: string; readonly dir: "rtl" | "ltr" }[] =>
  languages()
    .filter((code) => code !== language)
    .map((code) => ({ code, name: describeLanguage(code).name, dir: directionOf(code) }));

/**
 * Which of the languages that there are an `Accept-Language` header prefers (RFC 9110 §12.5.4, as far as we need it): the highest
 * weight wins, the first of equals; null where it names none.
 */
export function preferredLanguage(header: string | undefined): Language | null {
  if (!header) return null;
  let best: { language: Language; weight: number } | null = null;
  for (const part of header.slice(0, 200).split(",")) {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const whole = languages().find((one) => one.toLowerCase() === range);
    const language = whole ?? asLanguage(range.split("-")[0]);
    if (language === null) continue;
    const written = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
    const weight = written === undefined ? 1 : Number(written.slice(2));
    if (weight > 0 && weight <= 1 && (!best || weight > best.weight)) best = { language, weight };
  }
  return best?.language ?? null;
}
