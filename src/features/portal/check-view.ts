/** All answers of a draft to look over, each with the way back to its question. */
import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { formatDate } from "../../engine/measures/figures.js";
import type { Setup } from "../../engine/setup/setup.js";
import { apart, type Language } from "../../engine/text/text.js";
import { isAnonymous, unknown } from "./draft-input.js";
import { idsOfFields } from "./field-files.js";
import type { PortalTexts } from "./portal-texts.js";
import type { View } from "./portal-views.js";
import { dayOf, type Question } from "./questions.js";
import type { StepName } from "./step.js";
import { askedSteps } from "./steps.js";

interface Checked {
  readonly setup: Setup;
  readonly typed: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly language: Language;
  readonly texts: PortalTexts;
  readonly faults: ReadonlyMap<string, string>;
  /** Files that wait to be sent. */
  readonly files: readonly { readonly id: string; readonly name: string }[];
  at(page: string): string;
}

/** An answer as it was meant: the label of what was chosen, the date as one, else what was typed. */
function answerTo(question: Question, a: Checked): string {
  const { typed, texts, language } = a;
  const none = texts.say(language, "check.none");
  if (question.isDate) {
    const date = dayOf(typed, question.name);
    return dayNumberOf(date) === null ? date || none : formatDate(date, language);
  }
  const value = typed[question.name] ?? "";
  if (question.isFile) return apart(a.files.find(({ id }) => id === value)?.name ?? none);
  if (value.trim() === "") return none;
  const options = question.options as readonly { value: string; label: string }[];
  if (value === unknown) return options.find((option) => option.value === unknown)?.label ?? none;
  if (question.name === "entity") return a.setup.entities.get(value)?.name[language] ?? value;
  return options.find((option) => option.value === value)?.label ?? value;
}

const ofPerson: ReadonlySet<StepName> = new Set(["identity", "contact", "category", "national"]);

export function checkView(a: Checked): View {
  const { setup, typed, now, language, texts, faults } = a;
  const say = (key: string): string => texts.say(language, key);
  const asking = { setup, now, search: "", language, texts, typed, faults, answered: true };
  const ofFields = idsOfFields(setup, typed);
  const others = a.files.filter(({ id }) => !ofFields.has(id));
  const filesRow = (step: StepName) => ({
    step,
    id: "row-attachments",
    label: say("step.files.label"),
    value: others.length === 0 ? say("check.none") : others.map(({ name }) => apart(name)).join("\n"),
    fault: faults.get("attachments") ?? null,
    href: `${a.at("files")}?change=1`,
  });
  const rows = askedSteps(a).flatMap((step) =>
    step.name === "files"
      ? [filesRow(step.name)]
      : step.questions(asking).map((question) => ({
          step: step.name,
          id: `row-${question.name.replace(/\W/g, "-")}`,
          // The question of a page is long; where it has a short name, that is told.
          label: step.title
            ? `${step.title[language]}: ${question.label}`
            : question.page && texts.has(language, `step.${step.name}.label`)
              ? say(`step.${step.name}.label`)
              : question.label,
          value: answerTo(question, a),
          fault: faults.get(question.name) ?? null,
          href: `${a.at(step.name)}?change=1`,
        })),
  );
  const sections = [
    { title: say("check.request"), rows: rows.filter(({ step }) => !ofPerson.has(step)) },
    { title: say("check.you"), rows: rows.filter(({ step }) => ofPerson.has(step)) },
  ];
  if (isAnonymous(setup, typed))
    for (const row of rows) if (row.step === "identity") row.value = say("check.anonymous");
  return { sections: sections.filter((section) => section.rows.length > 0) };
}
