/** Who applies: how to reach them on one page, and on pages of their own what is asked only to help. */
import { isAnonymous, unknown } from "./draft-input.js";
import { choice, line, named, type Question } from "./questions.js";
import { inUse, optionalLabel, type Step, type StepAsking, say } from "./step.js";

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

export const personSteps: readonly Step[] = [
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
