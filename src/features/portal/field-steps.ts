/** The extra questions of a type: each is a page, and those that nobody has to answer can be passed over together. */
import type { ExtraField, Setup } from "../../engine/setup/setup.js";
import { unknown } from "./draft-input.js";
import { liveEntities } from "./live-entities.js";
import { choice, day, file, line, long, named, type Option, type Question, select } from "./questions.js";
import { inUse, optionalLabel, type Step, type StepAsking, say } from "./step.js";

/** A radio button cannot be taken back: whoever need not answer can say so. */
const notKnown = (a: StepAsking, field: ExtraField): readonly Option[] =>
  field.required ? [] : [{ value: unknown, label: say(a, "form.unknown"), divider: say(a, "form.or") }];

/** Where something is: the governorate, the place in words, and the point for whoever has it from a map. */
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
  const own = field.name[a.language];
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
export function fieldSteps(setup: Setup, typed: Readonly<Record<string, string>>): Step[] {
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
