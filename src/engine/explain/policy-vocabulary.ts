/** The words that rules are written in, for whoever edits them: facts with their values, who can be told, what routes can name. */

import { roleNames } from "../access/roles.js";
import { usualDayHours } from "../calendar/usual-week.js";
import { type LetterVocabulary, letterVocabulary } from "../letters/letter-vocabulary.js";
import { isStepLetter } from "../letters/message-kinds.js";
import { factCatalogue } from "../rules/fact-catalogue.js";
import { type InstructionState, stateOfInstruction } from "../setup/instructions.js";
import type { KeywordList, Setup } from "../setup/setup.js";
import type { Bilingual } from "../text/text.js";
import { type FactValue, factValues } from "./words.js";

export interface VocabularyFact {
  readonly name: string;
  readonly label: Bilingual;
  readonly type: "string" | "number" | "boolean" | "strings";
  readonly nullable: boolean;
  /** A number that stands for a date: 20260131. */
  readonly isDate?: true;
  /** The only values it takes; null where it is open. */
  readonly values: readonly FactValue[] | null;
}

export interface PolicyVocabulary {
  /** As the catalogue lists them. */
  readonly facts: readonly VocabularyFact[];
  /** What the lists of keywords find: a star goes on, and Arabic words are found with their prefixes. */
  readonly keywordLists: readonly Pick<KeywordList, "code" | "name" | "words" | "retired">[];
  /** The register, for whoever cites it; drafts among them. */
  readonly instructions: readonly {
    readonly code: string;
    readonly number: string;
    readonly name: Bilingual;
    readonly state: InstructionState;
  }[];
  /** The programme's ladder of escalation, from the nearest level. */
  readonly ladder: readonly (Setup["programme"]["settings"]["ladder"][number] & { readonly name: Bilingual })[];
  /** Letters of the programme's own that a step may name. */
  readonly stepLetters: readonly { readonly code: string; readonly name: Bilingual }[];
  /** Hours of a working day by the programme's calendar. */
  readonly dayHours: number;
  /** Of the letter or digest that is opened; null of all else. */
  readonly letter: LetterVocabulary | null;
}

/** @param thing what is opened, where something is */
export function policyVocabulary(setup: Setup, thing: { kind: string; name: string } | null = null): PolicyVocabulary {
  return {
    dayHours: usualDayHours(setup.calendar.definition),
    letter: thing && letterVocabulary(thing),
    facts: factCatalogue(setup).map((fact) => ({
      name: fact.name,
      label: fact.label,
      type: fact.type,
      nullable: fact.nullable,
      values: factValues(setup, fact),
      ...(fact.isDate === true ? { isDate: true as const } : {}),
    })),
    keywordLists: [...setup.keywordLists.values()].map(({ code, name, words, retired }) => ({
      code,
      name,
      words,
      retired,
    })),
    instructions: [...setup.instructions.values()].map((instruction) => ({
      code: instruction.code,
      number: instruction.number,
      name: instruction.name,
      state: stateOfInstruction(instruction, setup),
    })),
    stepLetters: [...setup.messages]
      .filter(([code]) => isStepLetter(code))
      .map(([code, { definition }]) => ({ code, name: definition.name ?? { en: code, ar: code } })),
    ladder: setup.programme.settings.ladder.map((step) => ({ ...step, name: roleNames[step.role] })),
  };
}
