/** Whether the instructions that rules cite are in the register, and still hold. */
import { citedIn, replacementOf, stateOfInstruction } from "../setup/instructions.js";
import type { Setup } from "../setup/setup.js";
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
    const reason = {
      en: `The register has no instruction ${code}.${meant === null ? "" : ` Did you mean ${meant}?`}`,
      ar: `لا توجد في السجل تعليمات بالرمز ${code}.${meant === null ? "" : ` هل تقصد ${meant}؟`}`,
    };
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
      draft: {
        en: `The instruction ${number} (${code}) has not been issued yet.`,
        ar: `التعليمات رقم ${number} (${code}) لم تصدر بعد.`,
      },
      withdrawn: {
        en: `The instruction ${number} (${code}) was withdrawn.`,
        ar: `التعليمات رقم ${number} (${code}) سُحبت.`,
      },
      replaced: {
        en: `The instruction ${number} (${code}) was replaced by ${by?.number} (${by?.code}): cite that one.`,
        ar: `التعليمات رقم ${number} (${code}) حلّت محلها ${by?.number} (${by?.code}): استند إلى هذه.`,
      },
    };
    const reason = reasons[state];
    return reason === null ? [] : [{ path, reason, severity: "warning" }];
  });
}
