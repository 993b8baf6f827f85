import { describeLanguage, isStored, type Language, languages, punctuationOf } from "./languages.js";

export type { Language, StoredLanguage } from "./languages.js";

/** A text in both languages of the set-up. Words of a catalogue can be said in more: read them with `inLanguage`. */
export interface Bilingual {
  readonly ar: string;
  readonly en: string;
}

type Make = (language: Language) => string;

class Given {
  constructor(words: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what is given gets the private field of the class below
    return words;
  }
}

/**
 * How words say themselves in any language; a text of the set-up does not have it. It stands in the words themselves, where nobody else sees
 * it: pages make thousands of them, and a WeakMap of so many would cost the collector of garbage more than all else.
 */
class Spoken extends Given {
  readonly #make: Make;
  constructor(words: Bilingual, make: Make) {
    super(words);
    this.#make = make;
  }
  static makeOf(words: object): Make | undefined {
    return #make in words ? (words as Spoken).#make : undefined;
  }
}

/** Words that `make` says in each language, when they are read: they may be made before there are catalogues. */
export function perLanguage(make: Make): Bilingual {
  const words: Bilingual = {
    get ar() {
      return make("ar");
    },
    get en() {
      return make("en");
    },
  };
  new Spoken(words, make);
  return words;
}

/** What a reader of that language is shown: its own words, else what its description says (`else` of `language.json`). */
export function inLanguage(text: Bilingual, language: Language): string;
export function inLanguage(text: Bilingual | null | undefined, language: Language): string | undefined;
export function inLanguage(text: Bilingual | null | undefined, language: Language): string | undefined {
  if (text === null || text === undefined) return undefined;
  if (isStored(language)) return text[language];
  const make = Spoken.makeOf(text);
  if (make !== undefined) return make(language);
  // As `inAllLanguages` sent it.
  const sent = (text as Bilingual & Readonly<Record<string, string | undefined>>)[language];
  return sent ?? text[describeLanguage(language).else];
}

/** Words in all languages that there are, as plain data: for a reader who may switch to any of them. Other texts as they are. */
export function inAllLanguages(text: Bilingual): Bilingual {
  const make = Spoken.makeOf(text);
  return make === undefined
    ? text
    : { ar: make("ar"), en: make("en"), ...Object.fromEntries(languages().map((one) => [one, make(one)])) };
}

/** What somebody wrote as it is stored, whichever keyboard and form it came by: two that are the same so are the same text. */
export const asStored = (text: string): string => text.normalize("NFC").trim();

/** Set apart in its own direction: names, codes and numbers stand in sentences of both languages. */
export const apart = (text: string): string => `\u2068${text}\u2069`;

/** In quotation marks; those within become the other kind. */
export const quoted = (text: Bilingual): Bilingual =>
  perLanguage((language) => {
    const said = inLanguage(text, language);
    const [open, close, innerOpen, innerClose] = punctuationOf(language).quotes;
    return `${open}${said.replaceAll(open, innerOpen).replaceAll(close, innerClose)}${close}`;
  });

/** Between what has commas of its own. */
export const semicolon: Bilingual = perLanguage((language) => punctuationOf(language).semicolon);

const commaIn: Bilingual = perLanguage((language) => punctuationOf(language).comma);

/** Names one after the other: "a, b". */
export const listed = (some: readonly (string | Bilingual)[], comma: string | Bilingual = commaIn): Bilingual =>
  perLanguage((language) => {
    const one = (text: string | Bilingual): string => (typeof text === "string" ? text : inLanguage(text, language));
    return some.map(one).join(one(comma));
  });

/** Several in a sentence: the first of them, and how many there are. */
export function together(some: readonly Bilingual[], most = 12): Bilingual {
  const first = listed(some.slice(0, most));
  return some.length > most ? perLanguage((language) => `${inLanguage(first, language)} … (${some.length})`) : first;
}
