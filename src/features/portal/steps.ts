/** The pages of an application, in order: when each is asked, and what it asks. One question a page. */

import { attachmentLimits } from "../../engine/files/attachment-types.js";
import type { Entity, ExtraField, Setup } from "../../engine/setup/setup.js";
import { storedLanguageOf } from "../../engine/text/languages.js";
import { normaliseText } from "../../engine/text/normalise-text.js";
import { inLanguage } from "../../engine/text/text.js";
import { isAnonymous, unknown } from "./draft-input.js";
import { liveEntities } from "./live-entities.js";
import { type Asking, choice, day, file, line, long, named, type Option, type Question, select } from "./questions.js";
import { inUse, optionalLabel, type Step, type StepAsking, type StepName, say } from "./step.js";

const isNamed = ({ setup, typed }: Pick<StepAsking, "setup" | "typed">): boolean => !isAnonymous(setup, typed);

function contactQuestions(a: StepAsking): readonly Question[] {
  const text = (key: string) => say(a, `step.contact.${key}`);
  return [
    line(a, { name: "name", label: text("name"), autocomplete: "name" }),
    line(a, {
      name: "phone",
      label: text("phone"),
      hint: text("phoneHint"),
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
  ];
}

const categoriesOf = ({ setup }: Pick<StepAsking, "setup">) => inUse(setup.categories);

/** Who applies: how to reach them on one page, and on pages of their own what is asked only to help. */
const personSteps: readonly Step[] = [
  { name: "contact", heading: true, isAsked: isNamed, questions: contactQuestions },
  {
    name: "category",
    heading: false,
    optional: true,
    isAsked: (a) => isNamed(a) && categoriesOf(a).length > 0,
    questions: (a) => [
      choice(a, {
        name: "category",
        label: optionalLabel(a, say(a, "step.category.title")),
        page: true,
        options: [
          ...categoriesOf(a).map(named(a.language)),
          { value: unknown, label: say(a, "step.category.unknown"), divider: say(a, "form.or") },
        ],
      }),
    ],
  },
  {
    name: "national",
    heading: false,
    optional: true,
    isAsked: isNamed,
    questions: (a) => [
      line(a, {
        name: "nationalNumber",
        label: optionalLabel(a, say(a, "step.national.title")),
        hint: say(a, "step.national.hint"),
        page: true,
        direction: "ltr",
        inputmode: "numeric",
        short: true,
      }),
    ],
  },
];

// The extra questions of a type: each is a page, and those that nobody has to answer can be passed over together.

/** A radio button cannot be taken back: people who need not answer can say so. */
const notKnown = (a: StepAsking, field: ExtraField): readonly Option[] =>
  field.required ? [] : [{ value: unknown, label: say(a, "form.unknown"), divider: say(a, "form.or") }];

/** Where something is: the governorate, the place in words, and the point for those who have it from a map. */
function locationQuestions(a: StepAsking, field: ExtraField): readonly Question[] {
  const name = `field.${field.code}`;
  const optional = (label: string): string => optionalLabel(a, label);
  const governorate = say(a, "form.governorate");
  return [
    select(a, {
      name: `${name}.governorate`,
      label: field.required ? governorate : optional(governorate),
      options: inUse(a.setup.governorates).map(named(a.language)),
    }),
    line(a, {
      name: `${name}.place`,
      label: optional(say(a, "form.placeInWords")),
      hint: say(a, "form.placeHint"),
      spellcheck: true,
    }),
    line(a, {
      name: `${name}.point`,
      label: optional(say(a, "form.point")),
      hint: say(a, "form.pointHint"),
      direction: "ltr",
    }),
  ];
}

/** The question of a field that asks for one answer. */
function questionOf(a: StepAsking, field: ExtraField): Question {
  const own = inLanguage(field.name, a.language);
  const asked = {
    name: `field.${field.code}`,
    label: field.required ? own : optionalLabel(a, own),
    page: true,
  };
  if (field.type === "date") return day(a, { ...asked, hint: say(a, "form.dateHint") });
  if (field.type === "boolean") {
    const options = (["yes", "no"] as const).map((value) => ({ value, label: say(a, `form.${value}`) }));
    return choice(a, { ...asked, options: [...options, ...notKnown(a, field)] });
  }
  if (field.type === "choice") {
    const options = (field.choices ?? []).map(named(a.language));
    return options.length > 12
      ? select(a, { ...asked, options })
      : choice(a, { ...asked, options: [...options, ...notKnown(a, field)] });
  }
  if (field.type === "entity") return select(a, { ...asked, options: liveEntities(a).map(named(a.language)) });
  if (field.type === "file") return file(a, { ...asked, hint: say(a, "form.fileHint") });
  if (field.type === "number") return line(a, { ...asked, direction: "ltr", inputmode: "decimal", short: true });
  const most = field.maxLength ?? 1000;
  return most > 200
    ? long(a, { ...asked, rows: 4, hint: say(a, "form.most", { most }) })
    : line(a, { ...asked, spellcheck: true });
}

/** A page a question of the type that was chosen. */
function fieldSteps(setup: Setup, typed: Readonly<Record<string, string>>): Step[] {
  return (setup.types.get(typed.type ?? "")?.fields ?? []).map((field) => ({
    name: `field-${field.code}`,
    heading: field.type === "location",
    ...(field.type === "location" && { title: field.name }),
    ...(field.type === "file" && { fileOf: `field.${field.code}` }),
    optional: !field.required,
    isAsked: () => true,
    questions: (a) => (field.type === "location" ? locationQuestions(a, field) : [questionOf(a, field)]),
  }));
}

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

/** All of the words somewhere in the name, whichever language it was typed in. */
export function entitiesFound(a: Pick<StepAsking, "setup" | "now" | "search">): Entity[] {
  const words = normaliseText(a.search.slice(0, 100)).split(" ");
  return liveEntities(a).filter(({ name }) => {
    const text = normaliseText(`${name.ar} ${name.en}`);
    return words.every((word) => text.includes(word));
  });
}

function entityOptions(a: StepAsking): readonly Option[] {
  const { setup, language, typed, search } = a;
  if (search.trim() === "") {
    return liveEntities(a)
      .filter(({ sector }) => sector === typed.sector)
      .map(named(language));
  }
  // Grouped: which sector an entity belongs to says which of two it is.
  const found = entitiesFound(a);
  return inUse(setup.sectors).flatMap((sector) =>
    found
      .filter((entity) => entity.sector === sector.code)
      .map((entity, i) => ({ ...named(language)(entity), group: i === 0 ? inLanguage(sector.name, language) : null })),
  );
}

const servicesOf = ({ setup, typed }: Pick<StepAsking, "setup" | "typed">) =>
  inUse(setup.services).filter(({ entity }) => entity === typed.entity);

function typeOf({ setup, typed }: Pick<StepAsking, "setup" | "typed">) {
  return setup.types.get(typed.type ?? "");
}

/** Their answers decide which pages follow: until then their number is not known. */
export const deciding: ReadonlySet<StepName> = new Set(["type", "sector", "entity", "service"]);

const beforeFields: readonly Step[] = [
  {
    name: "type",
    heading: false,
    isAsked: () => true,
    questions: (a) => [
      choice(a, {
        name: "type",
        label: say(a, "step.type.title"),
        page: true,
        options: inUse(a.setup.types).map((type) => ({
          ...named(a.language)(type),
          hint: type.purpose?.[storedLanguageOf(a.language)] ?? null,
        })),
      }),
    ],
  },
  {
    name: "sector",
    heading: true,
    isAsked: ({ setup }) => inUse(setup.sectors).length > 0,
    questions: (a) => [chosen(a, "sector", inUse(a.setup.sectors).map(named(a.language)), false)],
  },
  {
    name: "entity",
    heading: true,
    isAsked: (a) => liveEntities(a).some(({ sector }) => sector === a.typed.sector),
    questions: (a) => [chosen(a, "entity", entityOptions(a), false)],
  },
  {
    name: "service",
    heading: false,
    isAsked: (a) => servicesOf(a).length > 0,
    questions: (a) => [chosen(a, "service", servicesOf(a).map(named(a.language)))],
  },
  {
    name: "pillar",
    heading: false,
    isAsked: ({ setup }) => inUse(setup.pillars).length > 1,
    questions: (a) => [chosen(a, "pillar", inUse(a.setup.pillars).map(named(a.language)))],
  },
  {
    name: "place",
    heading: false,
    isAsked: ({ setup }) => inUse(setup.governorates).length > 0,
    questions: (a) => [chosen(a, "place", inUse(a.setup.governorates).map(named(a.language)))],
  },
  {
    name: "description",
    heading: false,
    isAsked: () => true,
    questions: (a) => [
      long(a, {
        name: "description",
        label: say(a, "step.description.title"),
        hint: say(a, "step.description.hint"),
        page: true,
      }),
    ],
  },
  {
    name: "subject",
    heading: false,
    isAsked: () => true,
    questions: (a) => [
      line(a, {
        name: "subject",
        label: say(a, "step.subject.title"),
        hint: say(a, "step.subject.hint"),
        page: true,
        spellcheck: true,
      }),
    ],
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
  ...personSteps,
];

type Standing = Pick<StepAsking, "setup" | "typed" | "now">;

/** All pages that an application of its type can have, in order. */
export const stepsOf = ({ setup, typed }: Pick<Standing, "setup" | "typed">): readonly Step[] => [
  ...beforeFields,
  ...fieldSteps(setup, typed),
  ...afterFields,
];

/** Those that are asked, in order, as things stand. */
export const askedSteps = (a: Standing): readonly Step[] => stepsOf(a).filter((step) => step.isAsked(a));

/** This page and those behind it that nobody has to answer, as far as they follow each other; files are asked for by themselves. */
export function passedOver(asked: readonly Step[], name: StepName): readonly StepName[] {
  const from = asked.findIndex((step) => step.name === name);
  const rest = from === -1 ? [] : asked.slice(from);
  const end = rest.findIndex(({ optional }) => optional !== true);
  return (end === -1 ? rest : rest.slice(0, end)).map((step) => step.name);
}
