/** Questions as the template draws them. */

import { westernDigits } from "../../engine/text/normalise-text.js";
import { type Bilingual, inLanguage, type Language } from "../../engine/text/text.js";
import type { ShownFault } from "./portal-door.js";
import type { PortalTexts } from "./portal-texts.js";

/** What a question is asked with: language, what was typed before, what was wrong with it. */
export interface Asking {
  readonly language: Language;
  readonly texts: PortalTexts;
  readonly typed: Readonly<Record<string, string>>;
  /** By name of the input. */
  readonly faults: ReadonlyMap<string, string>;
  /** Looked over, not asked: whether one must answer is not said again. */
  readonly answered?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | null;
  /** A heading above it. */
  readonly group?: string | null;
  /** “or” above it. */
  readonly divider?: string | null;
}

interface Common {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | null;
  /** The page's only question: its label is the heading. */
  readonly page?: boolean;
}

export interface Question {
  readonly name: string;
  readonly label: string;
  /** Names of the inputs that it consists of. */
  readonly inputs: readonly string[];
  /** The id of the first of them, to which a fault's link leads. */
  readonly first: string;
  readonly isChoice: boolean;
  readonly [drawn: string]: unknown;
}

/** Ids hold no dots: style sheets and links would read them as classes. */
const idOf = (name: string): string => name.replace(/[^\w-]/g, "-");

function drawn(asking: Asking, a: Common, more: Readonly<Record<string, unknown>>): Question {
  const { name, label, hint = null, page = false } = a;
  const id = idOf(name);
  const fault = asking.faults.get(name) ?? null;
  const describedBy = [hint === null ? "" : `${id}-hint`, fault === null ? "" : `${id}-fault`].join(" ").trim();
  return {
    id,
    name,
    label,
    hint,
    page,
    fault,
    describedBy: describedBy === "" ? null : describedBy,
    value: asking.typed[name] ?? "",
    inputs: [name],
    first: id,
    isChoice: false,
    isDate: false,
    isRow: false,
    isLong: false,
    isSelect: false,
    isFile: false,
    /** Of a file: which kinds, and the one that waits. */
    accept: "",
    waiting: null,
    options: [],
    parts: [],
    rows: 8,
    short: false,
    type: "text",
    direction: "auto",
    autocomplete: "off",
    inputmode: null,
    spellcheck: "false",
    ...more,
  };
}

const optionsOf = (asking: Asking, name: string, options: readonly Option[]) =>
  options.map(({ value, label, hint = null, group = null, divider = null }, i) => ({
    value,
    label,
    hint,
    group,
    divider,
    checked: asking.typed[name] === value,
    id: i === 0 ? idOf(name) : `${idOf(name)}-${i + 1}`,
  }));

export function choice(asking: Asking, a: Common & { options: readonly Option[]; isRow?: boolean }): Question {
  const options = optionsOf(asking, a.name, a.options);
  return drawn(asking, a, { isChoice: true, isRow: a.isRow ?? false, options });
}

export function select(asking: Asking, a: Common & { options: readonly Option[] }): Question {
  return drawn(asking, a, { isSelect: true, options: optionsOf(asking, a.name, a.options) });
}

export function line(
  asking: Asking,
  a: Common & {
    type?: string;
    direction?: "ltr" | "auto";
    autocomplete?: string;
    inputmode?: string;
    short?: boolean;
    spellcheck?: boolean;
  },
): Question {
  const { type = "text", direction = "auto", autocomplete = "off", inputmode = null, short = false } = a;
  const spellcheck = a.spellcheck === true ? "true" : "false";
  return drawn(asking, a, { type, direction, autocomplete, inputmode, short, spellcheck });
}

/** A file that answers the question; `value` is the id of the one that waits. */
export function file(asking: Asking, a: Common): Question {
  return drawn(asking, a, { isFile: true });
}

export function long(asking: Asking, a: Common & { rows?: number }): Question {
  return drawn(asking, a, { isLong: true, rows: a.rows ?? 8 });
}

const dateParts = ["day", "month", "year"] as const;

/** Three inputs: a calendar to click in helps nobody to enter a day long ago, and needs a script. */
export function day(asking: Asking, a: Common): Question {
  const say = (key: string): string => asking.texts.say(asking.language, key);
  const faulty = asking.faults.has(a.name);
  const parts = dateParts.map((part) => ({
    name: `${a.name}.${part}`,
    id: idOf(`${a.name}.${part}`),
    label: say(`form.${part}`),
    isYear: part === "year",
    value: asking.typed[`${a.name}.${part}`] ?? "",
    faulty,
  }));
  return drawn(asking, a, {
    isChoice: true,
    isDate: true,
    parts,
    inputs: parts.map(({ name }) => name),
    first: parts[0]?.id,
  });
}

/** The three inputs of a date. */
export const dateInputs = (name: string): readonly string[] => dateParts.map((part) => `${name}.${part}`);

/** What a date's three inputs say together, as `YYYY-MM-DD`; empty when nothing was typed. Whether it exists is asked elsewhere. */
export function dayOf(typed: Readonly<Record<string, string>>, name: string): string {
  const [d = "", m = "", y = ""] = dateParts.map((part) => westernDigits((typed[`${name}.${part}`] ?? "").trim()));
  return d + m + y === "" ? "" : `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
}

/** Names of set-up records as options. */
export const named =
  (language: Language) =>
  ({ code, name }: { readonly code: string; readonly name: Bilingual }): Option => ({
    value: code,
    label: inLanguage(name, language),
  });

/** In the order of the page, with links to the first input of the question. */
export function shownFaults(questions: readonly Question[], faults: ReadonlyMap<string, string>): ShownFault[] {
  return questions.flatMap(({ name, first, label, page }) => {
    const text = faults.get(name);
    return text === undefined
      ? []
      : [{ input: first, text: page || text.includes(label) ? text : `${label}: ${text}` }];
  });
}
