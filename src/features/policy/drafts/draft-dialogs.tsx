/** The steps of a draft that want a word or a second thought: submit, approve, publish, send back, discard. */

import React from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Bidi, NoticeBox, send, useText } from "../../../platform/ui/kit.js";
import { decidesWords } from "../decides-words.js";
import type { PolicyThing } from "../policy-part.js";
import { DiscardDialog, SendBackDialog } from "../rules/step-dialogs.js";
import type { OpenDraft } from "./policy-drafts.js";
import { PublishDialog, type Said } from "./publish-dialog.js";
import type { Checked } from "./use-live-check.js";

const words = {
  publish: { en: "Publish “{name}”", ar: "نشر «{name}»" },
  submit: { en: "Submit “{name}” for approval", ar: "تقديم «{name}» للموافقة" },
  approve: { en: "Approve and publish “{name}”", ar: "الموافقة على «{name}» ونشرها" },
  approveAction: { en: "Approve and publish", ar: "موافقة ونشر" },
  approveReason: { en: "What you looked at, and why it is right", ar: "ما راجعته ولماذا تراه صحيحًا" },
  approveMissing: { en: "Write what you looked at.", ar: "اكتب ما راجعته." },
  approveHelp: {
    en: "It stays with the version beside the author's reason.",
    ar: "يبقى مع النسخة إلى جانب سبب الكاتب.",
  },
  said: { en: "{who} says", ar: "يقول {who}" },
  warnings: { en: "Although the checks warn: {why}", ar: "رغم تنبيهات الفحص: {why}" },
  sendBack: { en: "Send “{name}” back", ar: "إعادة «{name}» إلى كاتبها" },
  sendBackAction: { en: "Send back", ar: "إعادة" },
  note: { en: "What has to change", ar: "ما الذي يجب تغييره" },
  noteHelp: { en: "Its authors read it above the draft.", ar: "يقرؤه الكاتبون أعلى المسودة." },
  discard: { en: "Discard the draft of “{name}”?", ar: "إلغاء مسودة «{name}»؟" },
  discardHint: {
    en: "What was written in it is gone from this page. What is in force stays as it is.",
    ar: "يزول ما كُتب فيها من هذه الصفحة، ويبقى الساري كما هو.",
  },
  discardAction: { en: "Discard the draft", ar: "إلغاء المسودة" },
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
  const named = (text: Bilingual): Bilingual => ({
    en: text.en.replace("{name}", title.en),
    ar: text.ar.replace("{name}", title.ar),
  });
  const ask = (act: string, more: object = {}) => send("pages/policy", { do: act, ...seen, ...more });
  const take = async (more: object = {}) => {
    await ask(step, more);
    await onDone(step);
  };
  if (step === "discard") {
    const { discard, discardAction, discardHint } = words;
    return (
      <DiscardDialog
        title={named(discard)}
        action={discardAction}
        hint={discardHint}
        onClose={onClose}
        onConfirm={() => take()}
      />
    );
  }
  if (step === "sendBack") {
    const { sendBack, sendBackAction, note, noteHelp } = words;
    return (
      <SendBackDialog
        title={named(sendBack)}
        action={sendBackAction}
        label={note}
        help={noteHelp}
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
        action: words.approveAction,
        reasonLabel: words.approveReason,
        reasonHelp: words.approveHelp,
        reasonMissing: words.approveMissing,
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
