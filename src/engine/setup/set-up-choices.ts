/** What the choices of the set-up's closed lists are called: in forms, and wherever a change of them is told. */
import { languageChoices } from "../formatting/language-names.js";
import { msg } from "../text/msg.js";
import type { Bilingual, Language } from "../text/text.js";

type Choices = Readonly<Record<string, Bilingual>>;

export const joiningStates = {
  live: msg("setup.setUpChoices.joiningStatesLive"),
  trained: msg("setup.setUpChoices.joiningStatesTrained"),
  instructed: msg("setup.setUpChoices.joiningStatesInstructed"),
  inScope: msg("setup.setUpChoices.joiningStatesInScope"),
} as const satisfies Choices;

export const triageWays = {
  rules: msg("setup.setUpChoices.triageWaysRules"),
  manual: msg("setup.setUpChoices.triageWaysManual"),
} as const satisfies Choices;

/** A function: which there are is known once the catalogues are read. */
export const letterLanguages = (): Readonly<Record<Language, Bilingual>> =>
  Object.fromEntries(languageChoices().map(({ value, label }) => [value, label])) as Record<Language, Bilingual>;

/** What a digest tells of at once. */
export const digestPeriods = {
  day: msg("setup.digests.periodsDay"),
  week: msg("setup.digests.periodsWeek"),
  month: msg("setup.digests.periodsMonth"),
} as const satisfies Choices;

/** Of which cases a digest tells. */
export const digestScopes = {
  own: msg("setup.digests.scopesOwn"),
  programme: msg("setup.digests.scopesProgramme"),
} as const satisfies Choices;

/** Kinds of extra fields, in a sentence. */
export const fieldTypes = {
  text: msg("setup.setUpChoices.fieldTypesText"),
  number: msg("setup.setUpChoices.fieldTypesNumber"),
  boolean: msg("setup.setUpChoices.fieldTypesBoolean"),
  date: msg("setup.setUpChoices.fieldTypesDate"),
  choice: msg("setup.setUpChoices.fieldTypesChoice"),
  entity: msg("setup.setUpChoices.fieldTypesEntity"),
  location: msg("setup.setUpChoices.fieldTypesLocation"),
  file: msg("setup.setUpChoices.fieldTypesFile"),
} as const satisfies Choices;

/** As a form lists them. */
export const choicesOf = (names: Choices): { value: string; label: Bilingual }[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));
