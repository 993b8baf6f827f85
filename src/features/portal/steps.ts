/** The pages of an application, in order: when each is asked, and what it asks. One question a page. */
import { attachmentLimits } from "../../engine/files/attachment-types.js";
import type { Entity } from "../../engine/setup/setup.js";
import { normaliseText } from "../../engine/text/normalise-text.js";
import { unknown } from "./draft-input.js";
import { fieldSteps } from "./field-steps.js";
import { liveEntities } from "./live-entities.js";
import { personSteps } from "./person-steps.js";
import { type Asking, choice, line, long, named, type Option, type Question } from "./questions.js";
import { inUse, type Step, type StepAsking, type StepName, say } from "./step.js";

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
