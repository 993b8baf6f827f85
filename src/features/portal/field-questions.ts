/** The extra questions of a type, as the pages ask them. */
import type { ExtraField } from "../../engine/setup/setup.js";
import { inLanguage } from "../../engine/text/text.js";
import { unknown } from "./draft-input.js";
import { choice, day, file, line, long, named, type Option, type Question, select } from "./questions.js";
import { inUse, liveEntities, optionalLabel, type StepAsking, say } from "./step.js";

/** A radio button cannot be taken back: people who need not answer can say so. */
const notKnown = (a: StepAsking, field: ExtraField): readonly Option[] =>
  field.required ? [] : [{ value: unknown, label: say(a, "form.unknown"), divider: say(a, "form.or") }];

/** Where something is: the governorate, the place in words, and the point for those who have it from a map. */
export function locationQuestions(a: StepAsking, field: ExtraField, together = false): readonly Question[] {
  const name = `field.${field.code}`;
  // Among other questions each says of which place it asks.
  const place = (label: string): string => (together ? `${inLanguage(field.name, a.language)}: ${label}` : label);
  const optional = (label: string): string => optionalLabel(a, place(label));
  const governorate = say(a, "form.governorate");
  return [
    select(a, {
      name: `${name}.governorate`,
      label: field.required ? place(governorate) : optional(governorate),
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
export function questionOf(a: StepAsking, field: ExtraField, page = true): Question {
  const own = inLanguage(field.name, a.language);
  const asked = { name: `field.${field.code}`, label: field.required ? own : optionalLabel(a, own), page };
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
