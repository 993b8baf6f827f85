/** What was done, in words that stay in sight on the next case: to which case, and where that went. */
import type { ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import { pattern } from "../../../engine/text/msg.js";
import { say } from "../../../platform/ui/language/text.js";
import type { DraftFields } from "./draft-sync.js";

const words = {
  done: pattern("cases-act.composer.done"),
  doneTo: pattern("cases-act.composer.doneTo"),
};

export function actResult(a: { action: ComposedAction; reference: string; filled: DraftFields }): string {
  const { action, filled } = a;
  // The reference keeps its order inside an Arabic sentence.
  const done = { action: say(action.name), reference: `\u2066${a.reference}\u2069` };
  const entity = action.fields.find(({ type }) => type === "entity");
  const chosen = entity?.choices?.find(({ value }) => value === filled[entity.name]);
  return chosen === undefined ? say(words.done, done) : say(words.doneTo, { ...done, entity: say(chosen.label) });
}
