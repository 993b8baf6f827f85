/** Whether the instructions that rules cite are in the register, and still hold. */

import { citedIn, replacementOf, stateOfInstruction } from "../setup/instructions.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { nearest } from "../text/nearest.js";
import type { Bilingual } from "../text/text.js";
import type { RuleDefinition } from "./rule-set.js";

interface Citation {
  /** JSON pointer. */
  readonly path: string;
  readonly reason: Bilingual;
  readonly severity?: "warning";
}
type Register = Pick<Setup, "instructions">;

/** Each citation of the rules with its place. */
function citationsOf(rules: readonly RuleDefinition[]): { readonly code: string; readonly path: string }[] {
  return rules.flatMap(({ basis }, i) =>
    citedIn(basis).map((code, k) => ({ code, path: `/rules/${i}/basis${Array.isArray(basis) ? `/${k}` : ""}` })),
  );
}

/** Citations of what the register does not have. */
export function unknownCitations(rules: readonly RuleDefinition[], { instructions }: Register): Citation[] {
  return citationsOf(rules).flatMap(({ code, path }) => {
    if (instructions.has(code)) return [];
    const meant = nearest(code, [...instructions.keys()]);
    const reason = msg("rules.checkCitations.theRegisterHasNoInstruction", {
      code,
      meant: meant === null ? "" : msg("rules.checkCitations.didYouMean", { meant }),
    });
    return [{ path, reason }];
  });
}

/** Warnings of citations that hold no longer, or not yet. */
export function lapsedCitations(rules: readonly RuleDefinition[], register: Register): Citation[] {
  return citationsOf(rules).flatMap(({ code, path }): Citation[] => {
    const instruction = register.instructions.get(code);
    if (instruction === undefined) return [];
    const { number } = instruction;
    const state = stateOfInstruction(instruction, register);
    const by = replacementOf(instruction, register);
    const reasons: Readonly<Record<typeof state, Bilingual | null>> = {
      issued: null,
      draft: msg("rules.checkCitations.reasonsDraft", { number, code }),
      withdrawn: msg("rules.checkCitations.reasonsWithdrawn", { number, code }),
      replaced: msg("rules.checkCitations.reasonsReplaced", {
        number,
        code,
        number2: String(by?.number),
        code2: String(by?.code),
      }),
    };
    const reason = reasons[state];
    return reason === null ? [] : [{ path, reason, severity: "warning" }];
  });
}
