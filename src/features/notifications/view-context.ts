/** What every message view is built with: the words, the names of the set-up data, the links, and how to say a value. */

import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { formatMoment, formatWeekdayDate } from "../../engine/formatting/moments.js";
import type { Labelled, Setup } from "../../engine/setup/setup.js";
import { directionOf } from "../../engine/text/languages.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import { errorWords } from "../../platform/error-summary.js";
import type { Texts, Values } from "../../platform/views/texts.js";
import type { MessageLink } from "../cases/follow/message-links.js";
import type { Links } from "./links.js";

/** What the layout and the partials read; each template adds its own. */
export type View = Readonly<Record<string, unknown>>;

export interface Fact {
  /** What it is, as templates of letters name it. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** A reference, code or figure that stays left to right in Arabic. */
  readonly ltr: boolean;
}

/** The part of the set-up that messages name things from. */
export type NamingSetup = Pick<Setup, "programme" | "entities" | "sectors" | "pillars" | "importanceLevels" | "types">;

/** What a message holds for its receiver alone: it is made when it leaves, and no table has it. */
export interface Enclosed {
  /** Of a message to an applicant: the link that it may hold. */
  readonly link: MessageLink | null;
  /** The six digits that show that an address is the applicant's. */
  readonly code: string | null;
  /** Somebody has shown that the address is the applicant's: what others said for them is passed on to no other. */
  readonly proven: boolean;
}
export const nothingEnclosed: Enclosed = { link: null, code: null, proven: false };

export interface ViewContext {
  readonly language: Language;
  readonly enclosed: Enclosed;
  readonly setup: NamingSetup;
  readonly links: Links;
  /** Text of a key with its values, each kept in its own direction. */
  say(key: string, values?: Values): string;
  has(key: string): boolean;
  /** A name: given in both languages, as a code of the set-up, or as it is. Null when there is none. */
  name(value: unknown, records?: ReadonlyMap<string, Labelled>): string | null;
  /** A moment (ISO) in the programme's zone; null when there is none. */
  moment(value: unknown): string | null;
  /** A civil date (`YYYY-MM-DD`); null when there is none. */
  date(value: unknown): string | null;
  /** Facts that have a value, in order. */
  facts(rows: readonly (readonly [label: string, value: string | null])[]): readonly Fact[];
  /** A line of several, or `instead` where it cannot be put together: one never holds the others. */
  line<Made>(make: () => Made, instead: () => Made): Made;
  /** Why lines could not be put together, in order. */
  readonly faults: string[];
}

const arabic = /[\u0590-\u08ff]/;

/**
 * Keeps a value in its own direction inside a sentence (first strong isolate, Unicode TR 9). Without it `482-739-1652`
 * after an Arabic word is shown with its groups in reverse.
 */
export function isolate(value: string, language: Language): string {
  const plain = /^[\d.,]+$/.test(value) || (directionOf(language) === "ltr" && !arabic.test(value));
  return plain ? value : `\u2068${value}\u2069`;
}

export function viewContext(
  language: Language,
  texts: Texts,
  setup: NamingSetup,
  links: Links,
  enclosed: Enclosed = nothingEnclosed,
): ViewContext {
  const faults: string[] = [];
  return {
    language,
    faults,
    line(make, instead) {
      try {
        return make();
      } catch (error) {
        faults.push(errorWords(error));
        return instead();
      }
    },
    enclosed,
    setup,
    links,
    say: (key, values) => texts.say(key, values, (value) => isolate(value, language)),
    has: texts.has,
    name(value, records) {
      if (isBilingual(value)) return inLanguage(value, language);
      if (typeof value !== "string" || value === "") return null;
      return inLanguage(records?.get(value)?.name, language) ?? value;
    },
    moment(value) {
      if (typeof value !== "string") return null;
      const at = new Date(value);
      return Number.isNaN(at.getTime()) ? null : formatMoment(at, language, setup.programme.timeZone);
    },
    date: (value) =>
      typeof value === "string" && dayNumberOf(value) !== null ? formatWeekdayDate(value, language) : null,
    facts: (rows) =>
      rows.flatMap(([label, value]) =>
        value === null
          ? []
          : [
              {
                name: label,
                label: texts.say(`labels.${label}`),
                value,
                ltr: directionOf(language) === "rtl" && !arabic.test(value),
              },
            ],
      ),
  };
}

function isBilingual(value: unknown): value is Bilingual {
  const both = value as Bilingual | null;
  return typeof both === "object" && both !== null && typeof both.ar === "string" && typeof both.en === "string";
}

/** A text of the message's data, or null. */
export function textOf(data: Readonly<Record<string, unknown>>, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = data[key];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return null;
}
