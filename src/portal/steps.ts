/** The pages of an application, in order: when each is asked, and what it asks. One question a page. */
import { attachmentLimits } from "../domain/attachments/attachment-types.js";
import { civilDate } from "../domain/calendar/civil-days.js";
import { normaliseText } from "../domain/normalise-text.js";
import { isLive } from "../domain/rules/fact-catalogue.js";
import type { Entity, ExtraField, Labelled, Setup } from "../domain/setup.js";
import { isAnonymous, unknown } from "./draft-input.js";
import { type Asking, choice, day, line, long, named, type Option, type Question, select } from "./questions.js";

export interface StepAsking extends Asking {
  readonly setup: Setup;
  readonly now: Date;
  /** What was searched for among the entities. */
  readonly search: string;
}

export type StepName =
  | "type"
  | "sector"
  | "entity"
  | "service"
  | "pillar"
  | "place"
  | "matter"
  | "details"
  | "files"
  | "identity"
  | "applicant";

interface Step {
  readonly name: StepName;
  isAsked(a: Pick<StepAsking, "setup" | "typed" | "now">): boolean;
  questions(a: StepAsking): readonly Question[];
  /** A heading above: where the questions are several, or a search stands before them. */
  readonly heading: boolean;
}

const inUse = <Row extends Labelled>(records: ReadonlyMap<string, Row>): Row[] =>
  [...records.values()].filter(({ retired }) => !retired).sort((a, b) => a.order - b.order);

/** Entities that take applications today. */
export function liveEntities({ setup, now }: Pick<StepAsking, "setup" | "now">): Entity[] {
  const today = civilDate(now, setup.programme.timeZone);
  return inUse(setup.entities).filter((entity) => isLive(entity, today));
}

const say = ({ texts, language }: Asking, key: string, values?: Record<string, string | number>): string =>
  texts.say(language, key, values);

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
      .map((entity, i) => ({ ...named(language)(entity), group: i === 0 ? sector.name[language] : null })),
  );
}

const servicesOf = ({ setup, typed }: Pick<StepAsking, "setup" | "typed">) =>
  inUse(setup.services).filter(({ entity }) => entity === typed.entity);

function typeOf({ setup, typed }: Pick<StepAsking, "setup" | "typed">) {
  return setup.types.get(typed.type ?? "");
}

/** A label of what may stay empty. */
const optionalLabel = (a: Asking, label: string): string =>
  a.answered === true ? label : say(a, "form.optional", { label }).replace(/[\u2068\u2069]/g, "");

/** An extra question of the type, whatever its kind. */
function extraQuestion(a: StepAsking, field: ExtraField): Question {
  const name = `field.${field.code}`;
  const own = field.name[a.language];
  const label = field.required ? own : optionalLabel(a, own);
  if (field.type === "date") return day(a, { name, label, hint: say(a, "form.dateHint") });
  if (field.type === "boolean") {
    const options = (["yes", "no"] as const).map((value) => ({ value, label: say(a, `form.${value}`) }));
    return choice(a, { name, label, options });
  }
  if (field.type === "choice") {
    const options = (field.choices ?? []).map(named(a.language));
    return options.length > 12 ? select(a, { name, label, options }) : choice(a, { name, label, options });
  }
  if (field.type === "number") return line(a, { name, label, direction: "ltr", inputmode: "decimal", short: true });
  const most = field.maxLength ?? 1000;
  return most > 200
    ? long(a, { name, label, rows: 4, hint: say(a, "form.most", { most }) })
    : line(a, { name, label, spellcheck: true });
}

function personalQuestions(a: StepAsking): readonly Question[] {
  const text = (key: string) => say(a, `step.applicant.${key}`);
  const optional = (key: string) => optionalLabel(a, text(key));
  const categories = inUse(a.setup.categories).map(named(a.language));
  return [
    ...(categories.length > 0
      ? [select(a, { name: "category", label: optional("category"), options: categories })]
      : []),
    line(a, { name: "name", label: text("name"), autocomplete: "name" }),
    line(a, {
      name: "email",
      label: text("email"),
      hint: text("emailHint"),
      type: "email",
      direction: "ltr",
      autocomplete: "email",
    }),
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
      name: "nationalNumber",
      label: optional("nationalNumber"),
      hint: text("nationalNumberHint"),
      direction: "ltr",
      inputmode: "numeric",
      short: true,
    }),
  ];
}

/** Their answers decide which pages follow: until then their number is not known. */
export const deciding: ReadonlySet<StepName> = new Set(["type", "sector", "entity", "service"]);

export const steps: readonly Step[] = [
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
          hint: type.purpose?.[a.language] ?? null,
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
    name: "matter",
    heading: true,
    isAsked: () => true,
    questions: (a) => [
      line(a, {
        name: "subject",
        label: say(a, "step.matter.subject"),
        hint: say(a, "step.matter.subjectHint"),
        spellcheck: true,
      }),
      long(a, {
        name: "description",
        label: say(a, "step.matter.description"),
        hint: say(a, "step.matter.descriptionHint"),
      }),
    ],
  },
  {
    name: "details",
    heading: true,
    isAsked: (a) => (typeOf(a)?.fields.length ?? 0) > 0,
    questions: (a) => (typeOf(a)?.fields ?? []).map((field) => extraQuestion(a, field)),
  },
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
  {
    name: "applicant",
    heading: true,
    isAsked: ({ setup, typed }) => !isAnonymous(setup, typed),
    questions: personalQuestions,
  },
];

/** Those that are asked, in order, as things stand. */
export const askedSteps = (a: Pick<StepAsking, "setup" | "typed" | "now">): readonly Step[] =>
  steps.filter((step) => step.isAsked(a));
