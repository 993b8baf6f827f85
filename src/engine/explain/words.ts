/** The words that explanations are made of: labels from the set-up, lengths of time, receivers. */

import { roleNames } from "../access/roles.js";
import type { Budget } from "../calendar/budget.js";
import { dayNumberOf } from "../calendar/civil-date.js";
import type { TargetName } from "../calendar/clock.js";
import { formatBudget } from "../formatting/budgets.js";
import { type CountedNoun, formatCount } from "../formatting/counted-nouns.js";
import { formatHours } from "../formatting/durations.js";
import { formatDate, formatMoment } from "../formatting/moments.js";
import type { Case } from "../lifecycle/case.js";
import { type FactDefinition, factCatalogue } from "../rules/fact-catalogue.js";
import { goneField } from "../rules/gone-field.js";
import type { ExtraField, Labelled, LocationAnswer, Setup } from "../setup/setup.js";
import { ownTable } from "../text/inherited-names.js";
import { msg } from "../text/msg.js";
import { apart, type Bilingual, inLanguage, type Language, listed, perLanguage, quoted } from "../text/text.js";

export interface Words {
  readonly language: Language;
  /** Of two texts the one in the language asked for. */
  say(words: Bilingual): string;
  pick(text: Bilingual): string;
  quote(text: string): string;
  /** A rule by its title; with its identifier beside it where the reader looks rules up. */
  rule(rule: { readonly id: string; readonly title?: Bilingual | undefined }): string;
  /** `Sunday 22 November 2026, 10:10` in the programme's zone. */
  moment(at: Date): string;
  /** `2 hours 20 minutes`, whichever clock counts them. */
  length(seconds: number): string;
  /** A number with its noun, as the language counts. */
  counted(n: number, noun: CountedNoun): string;
  budget(budget: Budget): string;
  target(target: TargetName): string;
  fact(name: string): string;
  /** Whether its values are dates: they are before and after, not less and more. */
  isDate(fact: string): boolean;
  /** A value of a fact as the set-up names it. */
  value(fact: string, value: unknown): string;
  /** An instruction of the register, by number and title; a code that the register does not have as it is. */
  instruction(code: string): string;
  /** Who a reference of a rule means for this case. */
  receiver(reference: string, theCase: Case): string;
}

const targets: Readonly<Record<TargetName, Bilingual>> = {
  acknowledgement: msg("explain.words.targetsAcknowledgement"),
  firstResponse: msg("explain.words.targetsFirstResponse"),
  resolution: msg("explain.words.targetsResolution"),
};

const weekdays: Readonly<Record<string, Bilingual>> = ownTable({
  sun: msg("explain.words.sun"),
  mon: msg("explain.words.mon"),
  tue: msg("explain.words.tue"),
  wed: msg("explain.words.wed"),
  thu: msg("explain.words.thu"),
  fri: msg("explain.words.fri"),
  sat: msg("explain.words.sat"),
});
const languages: Readonly<Record<string, Bilingual>> = ownTable({
  ar: msg("explain.words.ar"),
  en: msg("explain.words.en"),
});

const recordsOf: Readonly<Record<string, (setup: Setup) => ReadonlyMap<string, Labelled>>> = ownTable({
  type: (setup) => setup.types,
  channel: (setup) => setup.channels,
  category: (setup) => setup.categories,
  sector: (setup) => setup.sectors,
  entity: (setup) => setup.entities,
  serviceEntity: (setup) => setup.entities,
  service: (setup) => setup.services,
  governorate: (setup) => setup.governorates,
  pillar: (setup) => setup.pillars,
  importance: (setup) => setup.importanceLevels,
  keywords: (setup) => setup.keywordLists,
  closingReason: (setup) => setup.closingReasons,
});

/** Kinds of extra fields whose answers are codes of the set-up, by the fact that has the same. */
const ofField: Readonly<Partial<Record<ExtraField["type"], string>>> = { entity: "entity", location: "governorate" };

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const extraFields = (setup: Setup, fact: string) =>
  [...setup.types.values()].flatMap((type) => type.fields).filter((field) => `field.${field.code}` === fact);
const isDateField = (setup: Setup, fact: string): boolean =>
  fact.startsWith("field.") && extraFields(setup, fact).some(({ type }) => type === "date");

/** Name of a code that a fact takes; the choice of an extra field is named by the first type that has it. */
export function codeName(setup: Setup, fact: string, code: string): Bilingual | undefined {
  if (fact === "receivedWeekday") return weekdays[code];
  if (fact === "language") return languages[code];
  if (fact === "programme") return setup.programme.name;
  if (fact.startsWith("field.")) {
    const fields = extraFields(setup, fact);
    const chosen = fields.flatMap((field) => field.choices ?? []).find((choice) => choice.code === code)?.name;
    return chosen ?? fields.flatMap(({ type }) => recordsOf[ofField[type] ?? ""]?.(setup).get(code)?.name ?? [])[0];
  }
  return recordsOf[fact]?.(setup).get(code)?.name;
}

const isLocation = (value: unknown): value is LocationAnswer =>
  typeof value === "object" && value !== null && "governorate" in value;

/** A value that a fact may take, as the set-up names it. */
export interface FactValue {
  readonly code: string;
  readonly name: Bilingual;
  /** It may no longer be chosen: only old cases have it. */
  readonly retired: boolean;
}

/** The values of a fact with their names, in the catalogue's order; null where it is open. */
export function factValues(setup: Setup, { name, values }: FactDefinition): readonly FactValue[] | null {
  if (values === undefined) return null;
  return values.map((code) => ({
    code,
    name: codeName(setup, name, code) ?? { en: code, ar: code },
    retired: recordsOf[name]?.(setup).get(code)?.retired ?? false,
  }));
}

/** Words by language, each made when it is asked for first. */
export function wordsIn(setup: Setup): (language: Language) => Words {
  const made = new Map<Language, Words>();
  return (language) => {
    const words = made.get(language) ?? wordsOf(setup, language);
    made.set(language, words);
    return words;
  };
}

/** @param a.ruleCodes rules with their identifiers: for people who may open them */
export function wordsOf(setup: Setup, language: Language, { ruleCodes = false }: { ruleCodes?: boolean } = {}): Words {
  // Hundreds of definitions: made for those who explain a rule, not for each page that names a state.
  let catalogue: ReadonlyMap<string, FactDefinition> | null = null;
  const definitionOf = (name: string): FactDefinition | undefined => {
    catalogue ??= new Map<string, FactDefinition>(factCatalogue(setup).map((fact) => [fact.name, fact]));
    return catalogue.get(name);
  };
  const say = (words: Bilingual): string => inLanguage(words, language);
  const pick = (text: Bilingual): string => inLanguage(text, language);
  const quote = (text: string): string => say(quoted({ ar: text, en: text }));

  /** Of a number that stands for one. */
  const dateOf = (given: number): string | null => {
    const date = String(given).replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
    return dayNumberOf(date) === null ? null : formatDate(date, language);
  };
  const value = (fact: string, given: unknown): string => {
    if (given === null || given === undefined) return say(msg("explain.words.notKnown"));
    if (typeof given === "boolean") return given ? say(msg("explain.words.yes")) : say(msg("explain.words.no"));
    if (Array.isArray(given))
      return given.length === 0 ? say(msg("explain.words.none")) : say(listed(given.map((one) => value(fact, one))));
    if (isLocation(given)) {
      const point = given.latitude === null ? [] : [`(${given.latitude}, ${given.longitude})`];
      return say(listed([value(fact, given.governorate), ...(given.place === null ? [] : [given.place]), ...point]));
    }
    if (typeof given === "number" && isDateField(setup, fact)) return dateOf(given) ?? String(given);
    if (typeof given !== "string") return String(given);
    if (isoDate.test(given) && isDateField(setup, fact)) return formatDate(given, language);
    const name = codeName(setup, fact, given);
    return name === undefined ? given : pick(name);
  };
  const receiver = (reference: string, theCase: Case): string => {
    const level = /^entity\.superior\((\d+)\)$/.exec(reference)?.[1];
    if (level !== undefined) {
      const role = setup.programme.settings.ladder.find((step) => String(step.level) === level)?.role;
      return say(msg("explain.words.levelAboveTheEntity", { level, role: role ? ` (${say(roleNames[role])})` : "" }));
    }
    const known: Readonly<Record<string, string>> = ownTable({
      "entity.focalPoints": say(msg("explain.words.entityFocalPoints")),
      "sector.mainFocalPoint": say(
        msg("explain.words.sectorMainFocalPoint", { sector: value("sector", theCase.sector) }),
      ),
      operationRoom: say(msg("explain.words.operationRoom")),
      assignee: say(msg("explain.words.assignee")),
    });
    return known[reference] ?? reference;
  };
  return {
    language,
    say,
    pick,
    quote,
    rule({ id, title }) {
      if (title === undefined) return apart(id);
      return ruleCodes ? `${quote(pick(title))} (${apart(id)})` : quote(pick(title));
    },
    counted: (n, noun) => inLanguage(formatCount(n, noun), language),
    length: (seconds) => formatHours(Math.round(seconds), { language, detail: "whole" }),
    value,
    isDate: (fact) => isDateField(setup, fact),
    budget: (given) => formatBudget(given, language),
    receiver,
    moment: (at) => formatMoment(at, language, setup.programme.timeZone),
    target: (name) => pick(targets[name]),
    instruction: (code) => {
      const cited = setup.instructions.get(code);
      if (cited === undefined) return code;
      return say(
        msg("explain.words.instruction", {
          number: cited.number,
          name: perLanguage((language) => quote(inLanguage(cited.name, language))),
        }),
      );
    },
    fact: (name) => {
      const definition = definitionOf(name);
      if (definition !== undefined) return pick(definition.label);
      const gone = goneField(name);
      return gone === null ? name : pick(gone);
    },
  };
}
