/**
 * What each kind of letter may show, by who receives it: a closed list a kind, never more than the letter that ships with
 * this release shows. What the receiver may not know (who the applicant is, what a confidential case says) has no name here.
 */

import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** `text` stands inside sentences; a `part` is a block of its own, such as the button; a `list` is gone through by `{{#each}}`. */
export type FieldForm = "text" | "part" | "list";

export interface LetterField {
  readonly name: string;
  readonly label: Bilingual;
  readonly form: FieldForm;
  /** False: not every letter has it. A text then stands inside `{{#if …}}`; a part that is missing is left out by itself. */
  readonly always: boolean;
}

/** A letter that a programme may put in its own words. */
export interface WordedLetter {
  readonly fields: readonly LetterField[];
  /** Parts, and of text messages fields, without which it would not say what it is for. */
  readonly needs: readonly string[];
}

const texts = {
  reference: msg("letters.letterFields.reference"),
  programme: msg("letters.letterFields.programme"),
  what: msg("letters.letterFields.what"),
  subject: msg("letters.letterFields.subject"),
  type: msg("letters.letterFields.type"),
  entity: msg("letters.letterFields.entity"),
  sector: msg("letters.letterFields.sector"),
  pillar: msg("letters.letterFields.pillar"),
  importance: msg("letters.letterFields.importance"),
  due: msg("letters.letterFields.due"),
  dueAt: msg("letters.letterFields.dueAt"),
  answerBy: msg("letters.letterFields.answerBy"),
  replyBy: msg("letters.letterFields.replyBy"),
  rateBy: msg("letters.letterFields.rateBy"),
  level: msg("letters.letterFields.level"),
  target: msg("letters.letterFields.target"),
  said: msg("letters.letterFields.said"),
  by: msg("letters.letterFields.by"),
  act: msg("letters.letterFields.act"),
  files: msg("letters.letterFields.files"),
  count: msg("letters.letterFields.count"),
  withdrawnBy: msg("letters.letterFields.withdrawnBy"),
  withdrawnAt: msg("letters.letterFields.withdrawnAt"),
  recognisedBy: msg("letters.letterFields.recognisedBy"),
  doneBy: msg("letters.letterFields.doneBy"),
  doneAt: msg("letters.letterFields.doneAt"),
  splitFrom: msg("letters.letterFields.splitFrom"),
  title: msg("letters.letterFields.caseOrTheProgrammeWhere"),
  ruleSet: msg("letters.letterFields.ruleSet"),
  rule: msg("letters.letterFields.rule"),
  instructionNumber: msg("letters.letterFields.instructionNumber"),
  inForceFrom: msg("letters.letterFields.inForceFrom"),
  seat: msg("letters.letterFields.seat"),
  link: msg("letters.letterFields.link"),
  openLink: msg("letters.letterFields.openLink"),
  codeLink: msg("letters.letterFields.codeLink"),
  stopWord: msg("letters.letterFields.stopWord"),
  proveLink: msg("letters.letterFields.proveLink"),
  helpLine: msg("letters.letterFields.helpLine"),
} as const satisfies Readonly<Record<string, Bilingual>>;

const parts = {
  number: msg("letters.letterFields.partsNumber"),
  quote: msg("letters.letterFields.partsQuote"),
  details: msg("letters.letterFields.partsDetails"),
  button: msg("letters.letterFields.partsButton"),
  note: msg("letters.letterFields.partsNote"),
} as const satisfies Readonly<Record<string, Bilingual>>;

type TextName = keyof typeof texts;
type PartName = keyof typeof parts;

export const listOfCases: LetterField = {
  name: "references",
  label: msg("letters.letterFields.listOfCasesLabel"),
  form: "list",
  always: true,
};

export function fieldsOf(a: {
  always: readonly TextName[];
  sometimes?: readonly TextName[];
  parts: readonly PartName[];
  lists?: readonly LetterField[];
}): readonly LetterField[] {
  const text = (name: TextName, always: boolean): LetterField => ({ name, label: texts[name], form: "text", always });
  return [
    ...a.always.map((name) => text(name, true)),
    ...(a.sometimes ?? []).map((name) => text(name, false)),
    ...(a.lists ?? []),
    ...a.parts.map((name): LetterField => ({ name, label: parts[name], form: "part", always: false })),
  ];
}

/** A confidential case is told without any of these. */
export const ofCase = ["subject", "type", "entity", "sector", "pillar", "importance"] as const;

export const toApplicant = (sometimes: readonly TextName[], needs: readonly PartName[]): WordedLetter => ({
  needs,
  fields: fieldsOf({
    always: ["reference", "programme", "what"],
    sometimes,
    parts: ["number", ...(needs.includes("quote") ? (["quote"] as const) : []), "details", "button", "note"],
  }),
});
/**
 * A text message. It goes to a number that nobody has shown to be the applicant's: it names the application and where it is read, and
 * has no field for what somebody wrote, nor for what the case is about.
 */
export const bySms = (sometimes: readonly TextName[]): WordedLetter => ({
  needs: ["reference"],
  fields: fieldsOf({ always: ["reference", "programme", "what", "link"], sometimes, parts: [] }),
});
export const toOfficial = (more: readonly TextName[], said = false, quote = said): WordedLetter => ({
  needs: [],
  fields: fieldsOf({
    always: ["reference", "programme", "due", ...(said ? (["said"] as const) : [])],
    sometimes: [...ofCase, "dueAt", ...more],
    parts: ["number", ...(quote ? (["quote"] as const) : []), "details", "button", "note"],
  }),
});

const known: ReadonlySet<string> = new Set([...Object.keys(texts), ...Object.keys(parts), listOfCases.name]);
/** Whether some letter has such a field, though perhaps not this one. */
export const isKnownField = (name: string): boolean => known.has(name);

export const digestFieldNames = {
  period: msg("letters.letterFields.digestFieldNamesPeriod"),
  programme: texts.programme,
  scope: msg("letters.letterFields.digestFieldNamesScope"),
  date: msg("letters.letterFields.digestFieldNamesDate"),
  entities: msg("letters.letterFields.digestFieldNamesEntities"),
  late: msg("letters.letterFields.digestFieldNamesLate"),
  replyLate: msg("letters.letterFields.digestFieldNamesReplyLate"),
  dueToday: msg("letters.letterFields.digestFieldNamesDueToday"),
  reopened: msg("letters.letterFields.digestFieldNamesReopened"),
} as const satisfies Readonly<Record<string, Bilingual>>;
