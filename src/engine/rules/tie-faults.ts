/** Rules in conflict, as those who order them read it. */

import { type Words, wordsIn } from "../explain/words.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { perLanguage } from "../text/text.js";
import type { Analysis } from "./analyse-rules.js";
import { unnamedText } from "./find-facts.js";
import { namedRule } from "./named-rules.js";
import type { RuleSetDefinition } from "./rule-set.js";
import type { SchemaFault } from "./schema-faults.js";

/** Facts of a case for which both hold: the first of them, for somebody who wants to see one. */
const maxWitnessed = 6;

/** Letters of one fact; what comes after them says no more which case it is. */
const longest = 80;

/** “Importance level: not known; Pillar: Time”. A text that no condition names stands for all others. */
function factsInWords(facts: Readonly<Record<string, unknown>>, words: Words): string {
  const said = Object.entries(facts).map(([fact, value]) => {
    const text = value === unnamedText ? words.say(msg("rules.tieFaults.anyOther")) : words.value(fact, value);
    const whole = `${words.fact(fact)}: ${text}`;
    return whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
  });
  return (
    said.slice(0, maxWitnessed).join(words.say(msg("rules.tieFaults.text"))) + (said.length > maxWitnessed ? " …" : "")
  );
}

/** Rules that can both hold for one case and decide differently, by their names, with one such case and the cure. */
export function tieFaults(
  definition: RuleSetDefinition,
  { ties }: Pick<Analysis, "ties">,
  setup: Setup,
): SchemaFault[] {
  if (ties.length === 0) return [];
  const wordsFor = wordsIn(setup);
  return ties.map(({ rules: [a, b], witness }) => {
    const [one, other] = [namedRule(a), namedRule(b)];
    const example = perLanguage((language) => factsInWords(witness, wordsFor(language)));
    return {
      path: `/rules/${definition.rules.indexOf(b)}/priority`,
      reason: msg("rules.tieFaults.andBothHoldForOne", {
        one,
        other,
        witness: example,
      }),
    };
  });
}
