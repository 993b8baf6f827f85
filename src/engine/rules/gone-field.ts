/** A question of applications that is left in a rule or a decision and that no type asks any more. Browsers run this too. */
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

/** What it is called, by the code that is left of it; null: the name is of no such fact. */
export function goneField(fact: string): Bilingual | null {
  if (!fact.startsWith("field.")) return null;
  const code = fact.slice("field.".length);
  return msg("rules.goneField.questionNoTypeAsksIt", { code });
}
