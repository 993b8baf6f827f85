/** The words of the applicant's pages: the area `portal-pages` of the catalogues. A key that is missing is a fault, never a gap. */
import { formatMessage, hasMessage } from "../../engine/text/msg.js";
import { apart, type Language } from "../../engine/text/text.js";

type Values = Readonly<Record<string, string | number>>;

export interface PortalTexts {
  /** The text of a key (`step.type.title`), with `{name}` filled in; values keep their own direction. */
  say(language: Language, key: string, values?: Values): string;
  has(language: Language, key: string): boolean;
}

const keyOf = (key: string): string => `portal-pages.${key}`;

/** What was sent is our own word in the language of its sentence; all else keeps its own direction. */
const inSentence = ([name, value]: [string, string | number]): [string, string] => [
  name,
  typeof value === "number" || name === "what" ? String(value) : apart(value),
];

export const portalTexts: PortalTexts = {
  has: (language, key) => hasMessage(language, keyOf(key)),
  say: (language, key, values = {}) =>
    formatMessage(language, keyOf(key), Object.fromEntries(Object.entries(values).map(inSentence))),
};

/** The same texts about something that was sent: `{what}` is what English calls its type, “your complaint”, “your inquiry”. */
export function textsAbout(texts: PortalTexts, type: string | undefined): PortalTexts {
  const what = (language: Language): string => {
    const key = `what.${type}`;
    return texts.say(language, texts.has(language, key) ? key : "what.other");
  };
  return { ...texts, say: (language, key, values) => texts.say(language, key, { what: what(language), ...values }) };
}
