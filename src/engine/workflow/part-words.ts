/** The parts of a workflow as findings name them: by what people call them; the code only where it has to be written so. */

import { shown } from "../rules/schema-faults.js";
import { msg } from "../text/msg.js";
import { type Bilingual, inLanguage, type Language, perLanguage, quoted } from "../text/text.js";
import { effectFieldName } from "./effect-fields.js";
import { effectTitles } from "./effects.js";
import { performerTitles } from "./performers.js";
import type { FieldType, WorkflowDefinition } from "./workflow-definition.js";
import { fieldTypeTitles, stateKindTitles } from "./workflow-titles.js";

type Titles = Readonly<Record<string, Bilingual>>;
const titled =
  (titles: Titles) =>
  (code: string): Bilingual =>
    Object.hasOwn(titles, code) ? quoted(titles[code] as Bilingual) : { en: shown(code), ar: shown(code) };

export const effectWords = titled(effectTitles);
export const fieldTypeWords = titled(fieldTypeTitles);
export const kindWords = titled(stateKindTitles);
export const performerWords = titled(performerTitles);

/** Fields of applicants' own ways, which no effect of the studio proposes. */
const otherFields: Titles = {
  code: msg("workflow.partWords.otherFieldsCode"),
  recognisedBy: msg("workflow.partWords.otherFieldsRecognisedBy"),
};

/** A field that has to have this code, and what it is of: “Question” (question; Text). */
export function neededField(code: string, type?: FieldType): Bilingual {
  const title = effectFieldName(code) ?? otherFields[code];
  const of = type === undefined ? null : fieldTypeTitles[type];
  const beside = (language: Language) => (of === null ? code : `${code}; ${inLanguage(of, language)}`);
  if (title === undefined) return perLanguage((language) => `${shown(code)} (${beside(language)})`);
  return perLanguage((language) => `${inLanguage(quoted(title), language)} (${beside(language)})`);
}

type Named = Readonly<Record<string, { readonly name: Bilingual }>>;
const namedIn =
  (all: Named) =>
  (code: string): Bilingual =>
    Object.hasOwn(all, code) ? quoted((all[code] as Named[string]).name) : { en: shown(code), ar: shown(code) };

/** A state by its name; one that there is not by its code. */
export const stateWords = ({ states }: WorkflowDefinition, code: string): Bilingual => namedIn(states)(code);
export const actionWords = ({ actions }: WorkflowDefinition, code: string): Bilingual => namedIn(actions)(code);

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Names of values of a workflow that may have any form, by the parts of their place; null: there is none. */
export const workflowNames =
  (definition: unknown) =>
  (parts: readonly string[], code: string): Bilingual | null => {
    const last = parts.at(-1) ?? "";
    const [list, member] = /^\d+$/.test(last) ? [parts.at(-2), true] : [last, false];
    const own = (titles: Titles) => (Object.hasOwn(titles, code) ? (titles[code] ?? null) : null);
    if (list === "by") return own(performerTitles);
    if (list === "effects") return own(effectTitles);
    if (list === "type") return own(fieldTypeTitles);
    if (list === "kind") return own(stateKindTitles);
    const isState = list === "from" || (!member && (list === "initial" || list === "triage" || list === "state"));
    if (!isState) return null;
    const { ar, en } = record(record(record(record(definition).states)[code]).name);
    return typeof ar === "string" && typeof en === "string" ? { ar, en } : null;
  };
