/** One page of a draft answered: what is wrong with it, and what else changes by it. */
import type { Setup } from "../../engine/setup/setup.js";
import { inLanguage, type Language } from "../../engine/text/text.js";
import { aboutApplicant, inputAt, inputOf, isAnonymous, unknown } from "./draft-input.js";
import { answeredBy, chosenMatter, departsFrom, typedBy } from "./match-step.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalTexts } from "./portal-texts.js";
import type { Question } from "./questions.js";
import { liveEntities, type StepName } from "./step.js";

type Typed = Readonly<Record<string, string>>;

interface Answered {
  readonly setup: Setup;
  readonly step: StepName;
  readonly questions: readonly Question[];
  /** With what the page sent. */
  readonly typed: Typed;
  readonly language: Language;
  readonly now: Date;
  readonly texts: PortalTexts;
}

/** Steps of which one must choose: not to know is an answer too. */
const mustChoose: ReadonlySet<StepName> = new Set(["match", "type", "sector", "entity", "service", "identity"]);

const waysToReach = ["name", "phone", "email"] as const;

/** Faults of what stands on this page, by input: those of intake, in the words of a page. */
export async function faultsOf(
  { publicPages }: Pick<PortalServices, "publicPages">,
  a: Answered,
): Promise<ReadonlyMap<string, string>> {
  const { setup, step, questions, typed, language, now, texts } = a;
  const say = (key: string): string => texts.say(language, key);
  const faults = new Map<string, string>();
  const [only] = questions;
  if (mustChoose.has(step) && only !== undefined) {
    const value = typed[only.name] ?? "";
    const known =
      step === "entity"
        ? value === unknown || liveEntities({ setup, now }).some(({ code }) => code === value)
        : (only.options as readonly { value: string }[]).some((option) => option.value === value);
    return known ? faults : faults.set(only.name, say("form.choose"));
  }
  const input = inputOf(setup, typed, language);
  if (step === "contact" && waysToReach.every((name) => (typed[name] ?? "").trim() === "")) {
    return faults.set("name", say("step.contact.needed"));
  }
  for (const fault of await publicPages.check({ programme: setup.programme.code, input, now })) {
    const at = inputAt(fault);
    // What is missing of a place as a whole is told where the place begins.
    const question = questions.find(({ name }) => name === at || name === `${at}.governorate`);
    if (question === undefined || faults.has(question.name)) continue;
    // A title that was left out is made of the description, and the description's own fault is shown.
    if (question.name === "subject" && (typed.subject ?? "").trim() === "") continue;
    const isPoint = question.name.endsWith(".point");
    const words = isPoint
      ? "form.pointFault"
      : question.isDate
        ? "form.dateFault"
        : question.isChoice || question.isSelect
          ? "form.choose"
          : null;
    const missing = fault.reason.en.endsWith("is required for this type");
    faults.set(question.name, words === null || missing ? inLanguage(fault.reason, language) : say(words));
  }
  return faults;
}

/** What the choice of what was suggested says of type, entity and service; what was said otherwise since undoes the choice. */
function matched(setup: Setup, before: Typed, answered: Typed): Typed {
  const matter = chosenMatter(answered);
  if (before.match !== answered.match) {
    if (matter !== null) return typedBy(matter, setup);
    // What was chosen before is none of the applicant's answers.
    const was = chosenMatter(before);
    return was === null ? {} : Object.fromEntries(Object.keys(typedBy(was, setup)).map((name) => [name, ""]));
  }
  return matter !== null && departsFrom(matter, answered) ? { match: unknown } : {};
}

/** What an answer makes of others: what no longer fits is taken back and asked again. */
export function changesBy(
  setup: Setup,
  before: Typed,
  answered: Typed,
): { readonly typed: Typed; readonly undone: readonly StepName[] } {
  const typed: Record<string, string> = matched(setup, before, answered);
  const after = { ...answered, ...typed };
  const undone = new Set<StepName>();
  const changed = (name: string): boolean => (before[name] ?? "") !== (after[name] ?? "");
  if (changed("type")) {
    for (const { code } of setup.types.get(after.type ?? "")?.fields ?? []) undone.add(`field-${code}`);
    for (const step of ["details", "identity", "contact"] as const) undone.add(step);
  }
  for (const step of ["type", "sector", "entity", "service"] as const) if (typed[step] === "") undone.add(step);
  const sectorOf = (code: string | undefined): string | undefined => setup.entities.get(code ?? "")?.sector;
  const entity = after.entity ?? "";
  if (changed("entity") && sectorOf(entity) !== undefined) typed.sector = sectorOf(entity) ?? "";
  else if (changed("sector") && entity !== "" && sectorOf(entity) !== after.sector) {
    typed.entity = "";
    undone.add("entity");
  }
  if (entity === unknown && (after.sector ?? "") === "") typed.sector = unknown;
  const kept = typed.entity ?? entity;
  const service = setup.services.get(after.service ?? "");
  if (changed("entity") || typed.entity !== undefined) {
    undone.add("service");
    if (service?.entity !== kept) typed.service = "";
  }
  if (isAnonymous(setup, after)) for (const name of aboutApplicant) typed[name] = "";
  const matter = before.match === after.match ? null : chosenMatter(after);
  for (const step of matter === null ? [] : answeredBy(matter)) undone.delete(step);
  return { typed, undone: [...undone] };
}
