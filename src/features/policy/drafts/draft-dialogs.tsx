/** The steps of a draft of policy that need a word or a second thought. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { send, useText } from "../../../platform/ui/kit.js";
import { decidesWords } from "../decides-words.js";
import type { PolicyThing } from "../policy-part.js";
import type { OpenDraft } from "./policy-drafts.js";
import { type Step, StepDialog } from "./steps.js";
import type { Checked } from "./use-live-check.js";

const words = {
  submit: pattern("policy-drafts.draftDialogs.submit"),
  discard: {
    title: pattern("policy-drafts.draftDialogs.discard"),
    action: msg("policy-drafts.draftDialogs.discardAction"),
    hint: msg("policy-drafts.draftDialogs.discardHint"),
  },
  sendBack: {
    title: pattern("policy-drafts.draftDialogs.sendBack"),
    label: msg("policy-drafts.draftDialogs.note"),
    help: msg("policy-drafts.draftDialogs.noteHelp"),
  },
  approve: {
    label: msg("policy-drafts.draftDialogs.approveReason"),
    help: msg("policy-drafts.draftDialogs.approveHelp"),
    warnings: pattern("policy-drafts.draftDialogs.warnings"),
  },
};

interface DraftDialogProps {
  readonly step: Step;
  readonly thing: PolicyThing;
  readonly title: Bilingual;
  readonly draft: OpenDraft;
  /** The draft as it is seen here. */
  readonly seen: { readonly id: number; readonly revision: number };
  readonly definition: unknown;
  readonly onClose: () => void;
  readonly onDone: (step: Step) => Promise<void>;
  readonly onReload: () => void;
}

export function DraftDialog(props: DraftDialogProps) {
  const { step, thing, title, draft, seen, definition, onClose, onDone, onReload } = props;
  const { t } = useText();
  return (
    <StepDialog
      step={step}
      name={t(title)}
      of={draft}
      words={{ ...words, decides: decidesWords(thing.kind, draft.basedOn === null) }}
      check={() => send<Checked>("pages/policy", { do: "check", ...thing, definition })}
      send={(said) => send("pages/policy", { do: step, ...seen, ...said })}
      onClose={onClose}
      onDone={() => onDone(step)}
      onReload={onReload}
    />
  );
}
