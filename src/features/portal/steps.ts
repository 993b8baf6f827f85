/** The pages of an application, in order: when each is asked, and what it asks. What has to be thought about has a page of its own. */

import { attachmentLimits } from "../../engine/files/attachment-types.js";
import { nameFinder } from "../../engine/search/name-finder.js";
import { countryOf } from "../../engine/setup/countries.js";
import { applicantTypes, type Entity, type ExtraField, type Labelled } from "../../engine/setup/setup.js";
import { storedLanguageOf } from "../../engine/text/languages.js";
import { inLanguage } from "../../engine/text/text.js";
import { exampleNumber } from "../../platform/sms/phone-numbers.js";
import { isAnonymous, unknown } from "./draft-input.js";
import { locationQuestions, questionOf } from "./field-questions.js";
import { answeredByChoice, chosenMatter, matchQuestions, offeredMatters } from "./match-step.js";
import { type Asking, choice, line, long, named, type Option, type Question, select } from "./questions.js";
import {
  inUse,
  liveEntities,
  optionalLabel,
  presentEntity,
  type Step,
  type StepAsking,
  type StepName,
  say,
} from "./step.js";

const isNamed = ({ setup, typed }: Pick<StepAsking, "setup" | "typed">): boolean => !isAnonymous(setup, typed);

/** The label of what may stay empty: the question while it is asked, its short name where it is looked over. */
const shortLabel = (a: StepAsking, name: string): string =>
  a.answered === true ? say(a, `step.${name}.label`) : optionalLabel(a, say(a, `step.${name}.title`));

function contactQuestions(a: StepAsking): readonly Question[] {
  const text = (key: string) => say(a, `step.contact.${key}`);
  return [
    line(a, { name: "name", label: text("name"), autocomplete: "name" }),
    line(a, {
      name: "phone",
      label: text("phone"),
      hint: say(a, `step.contact.${a.offersTexts ? "phoneHintTexts" : "phoneHint"}`, {
        example: exampleNumber(countryOf(a.setup.programme.settings)).dialled,
      }),
      type: "tel",
      direction: "ltr",
      autocomplete: "tel",
      short: true,
    }),
    line(a, {
      name: "email",
      label: text("email"),
      hint: text("emailHint"),
      type: "email",
      direction: "ltr",
      autocomplete: "email",
    }),
    choice(a, {
      name: "contactBy",
      label: shortLabel(a, "contactBy"),
      hint: say(a, `step.contactBy.${a.offersTexts ? "hint" : "hintEmail"}`),
      options: (a.offersTexts ? ["email", "sms", "both", "none"] : ["email", "none"]).map((value) => ({
        value,
        label: say(a, `step.contactBy.${value}`),
        hint: a.texts.has(a.language, `step.contactBy.${value}Hint`) ? say(a, `step.contactBy.${value}Hint`) : null,
      })),
    }),
    ...(categoriesOf(a).length === 0
      ? []
      : [
          select(a, {
            name: "category",
            label: shortLabel(a, "category"),
            options: categoriesOf(a).map(named(a.language)),
          }),
        ]),
    line(a, {
      name: "nationalNumber",
      label: shortLabel(a, "national"),
      hint: say(a, "step.national.hint"),
      direction: "ltr",
      inputmode: "numeric",
      short: true,
    }),
  ];
}

const categoriesOf = ({ setup }: Pick<StepAsking, "setup" | "typed">) => inUse(setup.categories);

/** How to reach them; what is asked only to help stands below, and may stay empty. */
const contactStep: Step = { name: "contact", heading: true, isAsked: isNamed, questions: contactQuestions };

// The extra questions of a type: what has to be answered is a page each, as is a file; all else is asked together.

const fieldsOf = ({ setup, typed }: Pick<StepAsking, "setup" | "typed">): readonly ExtraField[] =>
  setup.types.get(typed.type ?? "")?.fields ?? [];

/** Whether a question has no page of its own: nobody has to answer it, and it takes no file. */
const isTogether = ({ required, type }: ExtraField): boolean => !required && type !== "file";

/** A page for each question of the type that has one. */
function fieldSteps(a: Pick<StepAsking, "setup" | "typed">): Step[] {
  return fieldsOf(a)
    .filter((field) => !isTogether(field))
    .map((field) => ({
      name: `field-${field.code}`,
      heading: field.type === "location",
      ...(field.type === "location" && { title: field.name }),
      ...(field.type === "file" && { fileOf: `field.${field.code}` }),
      optional: !field.required,
      isAsked: () => true,
      questions: (asking) =>
        field.type === "location" ? locationQuestions(asking, field) : [questionOf(asking, field)],
    }));
}

/** What helps the people who work on it, and nobody has to answer. */
function detailQuestions(a: StepAsking): readonly Question[] {
  const pick = (name: "pillar" | "place", rows: readonly Labelled[]): Question[] =>
    rows.length < 2 ? [] : [select(a, { name, label: shortLabel(a, name), options: rows.map(named(a.language)) })];
  const ofType = fieldsOf(a)
    .filter(isTogether)
    .flatMap((field) =>
      field.type === "location" ? locationQuestions(a, field, true) : [questionOf(a, field, false)],
    );
  return [...pick("pillar", inUse(a.setup.pillars)), ...pick("place", inUse(a.setup.governorates)), ...ofType];
}

const detailsStep: Step = {
  name: "details",
  heading: true,
  optional: true,
  isAsked: (a) =>
    inUse(a.setup.pillars).length > 1 || inUse(a.setup.governorates).length > 1 || fieldsOf(a).some(isTogether),
  questions: detailQuestions,
};

/** “I do not know”, apart from what one may know. */
function unknownOption(asking: Asking, key: string): Option {
  const { texts, language } = asking;
  const hint = texts.has(language, `${key}.unknownHint`) ? say(asking, `${key}.unknownHint`) : null;
  return { value: unknown, label: say(asking, `${key}.unknown`), hint, divider: say(asking, "form.or") };
}

function chosen(asking: Asking, name: string, options: readonly Option[], page = true): Question {
  const key = `step.${name}`;
  return choice(asking, {
    name,
    label: say(asking, page ? `${key}.title` : `${key}.label`),
    page,
    options: [...options, unknownOption(asking, key)],
  });
}

interface FoundEntity {
  readonly entity: Entity;
  /** What was asked for is called so, and is no more; null: the entity itself. */
  readonly formerly: Entity | null;
}

/** All of the words somewhere in the name, whichever language it was typed in; by the name of one that is no more, who took it over. */
export function entitiesFound(a: Pick<StepAsking, "setup" | "now" | "search">): FoundEntity[] {
  const find = nameFinder(a.search.slice(0, 100));
  const isFound = ({ name }: Entity): boolean => find(name.ar, name.en);
  const former = [...a.setup.entities.values()].filter((one) => one.retired && isFound(one));
  return liveEntities(a).flatMap((entity): FoundEntity[] => {
    if (isFound(entity)) return [{ entity, formerly: null }];
    const formerly = former.find(({ code }) => presentEntity(code, a) === entity.code);
    return formerly === undefined ? [] : [{ entity, formerly }];
  });
}

/** Under its own code, or under that of the one that is no more: so it is on the record who took over. */
function entityOption({ entity, formerly }: FoundEntity, a: StepAsking): Option {
  const { language, typed, setup } = a;
  const chosen = setup.entities.get(typed.entity ?? "");
  const was = formerly ?? (chosen?.retired && presentEntity(chosen.code, a) === entity.code ? chosen : null);
  if (was === null) return named(language)(entity);
  const hint = say(a, "step.entity.tookOver", { entity: inLanguage(was.name, language) });
  return { ...named(language)(entity), value: was.code, hint };
}

function entityOptions(a: StepAsking): readonly Option[] {
  const { setup, language, typed, search } = a;
  if (search.trim() === "") {
    return liveEntities(a)
      .filter(({ sector }) => sector === typed.sector)
      .map((entity) => entityOption({ entity, formerly: null }, a));
  }
  // Grouped: which sector an entity belongs to says which of two it is.
  const found = entitiesFound(a);
  return inUse(setup.sectors).flatMap((sector) =>
    found
      .filter(({ entity }) => entity.sector === sector.code)
      .map((one, i) => ({ ...entityOption(one, a), group: i === 0 ? inLanguage(sector.name, language) : null })),
  );
}

const servicesOf = ({ setup, typed, now }: Pick<StepAsking, "setup" | "typed" | "now">) =>
  inUse(setup.services).filter(({ entity }) => entity === presentEntity(typed.entity ?? "", { setup, now }));

function typeOf({ setup, typed }: Pick<StepAsking, "setup" | "typed">) {
  return setup.types.get(typed.type ?? "");
}

/** Whether it is asked for by itself: the applicant chose none of what was suggested, or nothing was. */
const isSought = ({ typed }: Pick<StepAsking, "typed">): boolean => chosenMatter(typed) === null;

/** The story first; what it is about is suggested by it, or asked. */
const beforeFields: readonly Step[] = [
  {
    name: "description",
    heading: true,
    isAsked: () => true,
    questions: (a) => [
      long(a, {
        name: "description",
        label: say(a, a.answered === true ? "step.description.label" : "step.description.asked"),
        hint: say(a, "step.description.hint"),
      }),
      line(a, {
        name: "subject",
        label: shortLabel(a, "subject"),
        hint: say(a, "step.subject.hint"),
        spellcheck: true,
      }),
    ],
  },
  {
    name: "match",
    heading: true,
    isAsked: ({ typed }) => offeredMatters(typed).length > 0,
    questions: matchQuestions,
  },
  {
    name: "type",
    heading: false,
    isAsked: () => true,
    questions: (a) => [
      choice(a, {
        name: "type",
        label: say(a, "step.type.title"),
        page: true,
        options: inUse(applicantTypes(a.setup)).map((type) => ({
          ...named(a.language)(type),
          hint: type.purpose?.[storedLanguageOf(a.language)] ?? null,
        })),
      }),
    ],
  },
  {
    name: "sector",
    heading: true,
    isAsked: (a) => isSought(a) && inUse(a.setup.sectors).length > 0,
    questions: (a) => [chosen(a, "sector", inUse(a.setup.sectors).map(named(a.language)), false)],
  },
  {
    name: "entity",
    heading: true,
    isAsked: (a) => isSought(a) && liveEntities(a).some(({ sector }) => sector === a.typed.sector),
    questions: (a) => [chosen(a, "entity", entityOptions(a), false)],
  },
  {
    name: "service",
    heading: false,
    isAsked: (a) => isSought(a) && servicesOf(a).length > 0,
    questions: (a) => [chosen(a, "service", servicesOf(a).map(named(a.language)))],
  },
];

/** Behind the questions of the type. */
const afterFields: readonly Step[] = [
  {
    name: "identity",
    heading: false,
    isAsked: (a) => typeOf(a)?.anonymousAllowed === true,
    questions: (a) => [
      choice(a, {
        name: "identity",
        label: say(a, "step.identity.title"),
        page: true,
        options: ["named", "anonymous"].map((value) => ({
          value,
          label: say(a, `step.identity.${value}`),
          hint: say(a, `step.identity.${value}Hint`),
        })),
      }),
    ],
  },
  // Behind the name: whoever gives none is told what a file may say of them before they choose it.
  {
    name: "files",
    heading: true,
    isAsked: ({ setup }) => attachmentLimits(setup.programme.settings).most > 0,
    // Its one input is no question that is answered by a text.
    questions: () => [],
  },
  contactStep,
];

type Standing = Pick<StepAsking, "setup" | "typed" | "now">;

/** All pages that an application of its type can have, in order. */
export const stepsOf = ({ setup, typed }: Pick<Standing, "setup" | "typed">): readonly Step[] => [
  ...beforeFields,
  ...fieldSteps({ setup, typed }),
  detailsStep,
  ...afterFields,
];

/** Those that are asked, in order, as things stand. */
export const askedSteps = (a: Standing): readonly Step[] => stepsOf(a).filter((step) => step.isAsked(a));

/** Those whose answers are sent: also what the choice of a suggestion answered. */
export function lookedOver(a: Standing): readonly Step[] {
  const matter = chosenMatter(a.typed);
  const chosenPages = matter === null ? [] : answeredByChoice;
  return stepsOf(a).filter((step) => step.name !== "match" && (step.isAsked(a) || chosenPages.includes(step.name)));
}

/** Where questions are asked that had a page of their own before. */
const formerPages: Readonly<Record<string, StepName>> = {
  subject: "description",
  pillar: "details",
  place: "details",
  category: "contact",
  national: "contact",
};

/** The page that now asks the question of a page that is gone; null for all others. */
export function nowAskedOn(page: string, a: Pick<Standing, "setup" | "typed">): StepName | null {
  if (Object.hasOwn(formerPages, page)) return formerPages[page] ?? null;
  const field = fieldsOf(a).find(({ code }) => page === `field-${code}`);
  return field !== undefined && isTogether(field) ? "details" : null;
}

/** This page and those behind it that nobody has to answer, as far as they follow each other; files are asked for by themselves. */
export function passedOver(asked: readonly Step[], name: StepName): readonly StepName[] {
  const from = asked.findIndex((step) => step.name === name);
  const rest = from === -1 ? [] : asked.slice(from);
  const end = rest.findIndex(({ optional }) => optional !== true);
  return (end === -1 ? rest : rest.slice(0, end)).map((step) => step.name);
}
