/** The steps of a draft that want a word or a second thought: submit, approve, publish, send back, discard. */

import React from "react";
import { filled, msg, type Pattern, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Bidi, NoticeBox, send, useText } from "../../../platform/ui/kit.js";
import { decidesWords } from "../decides-words.js";
import type { PolicyThing } from "../policy-part.js";
import { DiscardDialog, SendBackDialog } from "../rules/step-dialogs.js";
import type { OpenDraft } from "./policy-drafts.js";
import { PublishDialog, type Said } from "./publish-dialog.js";
import type { Checked } from "./use-live-check.js";

const words = {
  publish: pattern("policy-drafts.draftDialogs.publish"),
  submit: pattern("policy-drafts.draftDialogs.submit"),
  approve: pattern("policy-drafts.draftDialogs.approve"),
  said: pattern("policy-drafts.draftDialogs.said"),
  warnings: pattern("policy-drafts.draftDialogs.warnings"),
};

export type DraftStep = "submit" | "publish" | "sendBack" | "discard";

interface DraftDialogProps {
  readonly step: DraftStep;
  readonly thing: PolicyThing;
  readonly title: Bilingual;
  readonly draft: OpenDraft;
  /** The draft as it is seen here. */
  readonly seen: { readonly id: number; readonly revision: number };
  readonly definition: unknown;
  readonly onClose: () => void;
  /** It was done; the answer of what was asked. */
  readonly onDone: (step: DraftStep) => Promise<void>;
  readonly onReload: () => void;
}

export function DraftDialog(props: DraftDialogProps) {
  const { step, thing, title, draft, seen, definition, onClose, onDone, onReload } = props;
  const { t } = useText();
  const named = (text: Pattern<{ name: Bilingual }>): Bilingual => filled(text, { name: title });
  const ask = (act: string, more: object = {}) => send("pages/policy", { do: act, ...seen, ...more });
  const take = async (more: object = {}) => {
    await ask(step, more);
    await onDone(step);
  };
  if (step === "discard") {
    return (
      <DiscardDialog
        title={named(pattern("policy-drafts.draftDialogs.discard"))}
        action={msg("policy-drafts.draftDialogs.discardAction")}
        hint={msg("policy-drafts.draftDialogs.discardHint")}
        onClose={onClose}
        onConfirm={() => take()}
      />
    );
  }
  if (step === "sendBack") {
    return (
      <SendBackDialog
        title={named(pattern("policy-drafts.draftDialogs.sendBack"))}
        action={msg("policy-drafts.draftDialogs.sendBackAction")}
        label={msg("policy-drafts.draftDialogs.note")}
        help={msg("policy-drafts.draftDialogs.noteHelp")}
        onClose={onClose}
        onSend={(said) => take({ note: said })}
      />
    );
  }
  const approving = step === "publish" && draft.state === "submitted";
  return (
    <PublishDialog
      title={named(approving ? words.approve : step === "publish" ? words.publish : words.submit)}
      submits={step === "submit"}
      {...(approving && {
        action: msg("policy-drafts.draftDialogs.approveAction"),
        reasonLabel: msg("policy-drafts.draftDialogs.approveReason"),
        reasonHelp: msg("policy-drafts.draftDialogs.approveHelp"),
        reasonMissing: msg("policy-drafts.draftDialogs.approveMissing"),
        ...(draft.warningsReason !== null && { explained: draft.warningsSeen ?? [] }),
      })}
      {...(step === "publish" && { decides: decidesWords(thing.kind, draft.basedOn === null) })}
      reason={approving ? "" : (draft.reason ?? "")}
      check={() => send<Checked>("pages/policy", { do: "check", ...thing, definition })}
      publish={(said: Said) => ask(step, said)}
      onClose={onClose}
      onTop={() => {
        onClose();
        onReload();
      }}
      onPublished={() => onDone(step)}
    >
      {approving && (
        <NoticeBox tone="info" title={t(words.said, { who: draft.submittedBy?.name ?? "" })}>
          <p>
            <Bidi>{draft.reason}</Bidi>
          </p>
          {draft.warningsReason && <p>{t(words.warnings, { why: draft.warningsReason })}</p>}
        </NoticeBox>
      )}
    </PublishDialog>
  );
}
