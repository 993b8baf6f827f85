/** Words and addresses of the register of instructions, shared by its screens. */

import React from "react";
import type { InstructionState } from "../../engine/setup/instructions.js";
import { msg } from "../../engine/text/msg.js";
import { adminRoot, Badge, type Tone, useText, type Words, withQuery } from "../../platform/ui/kit.js";

const states: Readonly<
  Record<InstructionState, { readonly tone: Tone; readonly icon: string; readonly words: Words }>
> = {
  draft: { tone: "neutral", icon: "edit", words: msg("instructions.instructionWords.statesDraftWords") },
  issued: { tone: "done", icon: "check", words: msg("instructions.instructionWords.statesIssuedWords") },
  replaced: { tone: "neutral", icon: "forward", words: msg("instructions.instructionWords.statesReplacedWords") },
  withdrawn: { tone: "neutral", icon: "archive", words: msg("instructions.instructionWords.statesWithdrawnWords") },
};

export function StateOfInstruction({ state }: { state: InstructionState }) {
  const { t } = useText();
  const { tone, icon, words } = states[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(words)}
    </Badge>
  );
}

export const instructionAddress = (a: { programme: string; code: string }): string =>
  withQuery(`${adminRoot}/pages/instructions`, { programme: a.programme, code: a.code });
