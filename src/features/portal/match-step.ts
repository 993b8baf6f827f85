/** What an application is suggested to be about, on the page behind the story: a short list, and “none of these”. */

import type { Setup } from "../../engine/setup/setup.js";
import { type Matter, matterKey, matterOf } from "../../engine/suggestions/matter.js";
import { inLanguage } from "../../engine/text/text.js";
import { unknown } from "./draft-input.js";
import { choice, type Option, type Question } from "./questions.js";
import { type StepAsking, type StepName, say } from "./step.js";

type Typed = Readonly<Record<string, string>>;

/** Where a draft keeps what was suggested: pages are drawn from it, so that the same list is there on the way back. */
export const offeredInput = "offered";

export const offeredAs = (matters: readonly Matter[]): string => matters.map(matterKey).join(" ");

export const offeredMatters = (typed: Typed): Matter[] =>
  (typed[offeredInput] ?? "").split(" ").flatMap((key) => matterOf(key) ?? []);

/** The one that was chosen of what was suggested; null: none of them, or not yet. */
export function chosenMatter(typed: Typed): Matter | null {
  const { match = "" } = typed;
  return match !== unknown && (typed[offeredInput] ?? "").split(" ").includes(match) ? matterOf(match) : null;
}

/** Pages that the choice answers: who chose an entity without a service is asked for none. The type is asked, whatever was chosen. */
export const answeredByChoice: readonly StepName[] = ["sector", "entity", "service"];

/** What the choice says of an application, as those pages would have. */
export function typedBy({ entity, service }: Matter, setup: Setup): Typed {
  const sector = setup.entities.get(entity)?.sector ?? unknown;
  return { sector, entity, service: service ?? unknown };
}

/** Whether what was answered since is something else than what was chosen. */
export const departsFrom = (matter: Matter, typed: Typed): boolean =>
  typed.entity !== matter.entity || (matter.service !== null && typed.service !== matter.service);

function optionOf(matter: Matter, { setup, language }: StepAsking): Option {
  const entity = inLanguage(setup.entities.get(matter.entity)?.name, language) ?? matter.entity;
  const service = inLanguage(setup.services.get(matter.service ?? "")?.name, language);
  return {
    value: matterKey(matter),
    label: service ?? entity,
    hint: service === undefined ? null : entity,
  };
}

export function matchQuestions(a: StepAsking): readonly Question[] {
  const none = { value: unknown, label: say(a, "step.match.none"), hint: say(a, "step.match.noneHint") };
  const options = offeredMatters(a.typed).map((matter) => optionOf(matter, a));
  return [
    choice(a, {
      name: "match",
      label: say(a, "step.match.label"),
      options: [...options, { ...none, divider: say(a, "form.or") }],
    }),
  ];
}
