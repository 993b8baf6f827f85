/** The steps of a draft or a change-set: their buttons, and the dialogs of those that need a word or a second thought. */

import React, { useState } from "react";
import type { DraftAct } from "../../../engine/setup/policy-draft.js";
import { msg, type Pattern, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Bidi,
  Button,
  Confirm,
  FormDialog,
  NoticeBox,
  TextArea,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import type { DraftHead } from "./policy-draft-store.js";
import { type Checked, PublishDialog } from "./publish-dialog.js";

export type Step = "submit" | "publish" | "sendBack" | "discard";

interface StepButtonsProps {
  readonly acts: readonly DraftAct[];
  /** A colleague submitted it: to publish it is to approve it. */
  readonly approves: boolean;
  readonly discard: Words;
  /** Why it can be neither submitted nor published now. */
  readonly why?: Words | null;
  readonly disabled?: boolean;
  readonly onStep: (step: Step) => void;
  readonly onTakeBack: () => void;
}

export function StepButtons({ acts, approves, discard, why, disabled, onStep, onTakeBack }: StepButtonsProps) {
  const { t } = useText();
  return (
    <>
      {acts.includes("discard") && (
        <Button kind="quiet" icon="trash" onClick={() => onStep("discard")}>
          {t(discard)}
        </Button>
      )}
      {acts.includes("takeBack") && (
        <Button icon="restore" onClick={onTakeBack}>
          {t(msg("policy-drafts.steps.takeBack"))}
        </Button>
      )}
      {acts.includes("sendBack") && (
        <Button icon="reply" onClick={() => onStep("sendBack")}>
          {t(msg("policy-drafts.steps.sendBack"))}
        </Button>
      )}
      {acts.includes("submit") && (
        <Button kind="primary" icon="send" why={why} disabled={disabled} onClick={() => onStep("submit")}>
          {t(msg("policy-drafts.steps.submit"))}
        </Button>
      )}
      {acts.includes("publish") && (
        <Button kind="primary" icon="check" why={why} disabled={disabled} onClick={() => onStep("publish")}>
          {t(approves ? msg("policy-drafts.steps.approve") : msg("policy-drafts.steps.publish"))}
        </Button>
      )}
    </>
  );
}

interface DialogParts {
  readonly title: Words;
  readonly action: Bilingual;
  readonly onClose: () => void;
}

export function DiscardDialog(props: DialogParts & { hint: Bilingual; onConfirm: () => Promise<void> }) {
  const { title, action, hint, onClose, onConfirm } = props;
  const { t } = useText();
  return (
    <Confirm title={title} action={action} kind="danger" onClose={onClose} onConfirm={onConfirm}>
      <p>{t(hint)}</p>
    </Confirm>
  );
}

function SendBackDialog(
  props: DialogParts & { label: Bilingual; help: Bilingual; onSend: (note: string) => Promise<void> },
) {
  const { title, action, label, help, onClose, onSend } = props;
  const [note, setNote] = useState("");
  return (
    <FormDialog title={title} action={action} fields={["note"]} onClose={onClose} onSend={() => onSend(note)}>
      {(faultOf) => (
        <TextArea
          name="note"
          label={label}
          help={help}
          required
          rows={3}
          maxLength={2000}
          value={note}
          onChange={setNote}
          fault={faultOf("note") ?? null}
        />
      )}
    </FormDialog>
  );
}

type Named = Pattern<{ name: string }>;

/** What the dialogs say of a draft in other words than of a change-set. */
interface StepWords {
  readonly submit: Named;
  readonly discard: { readonly title: Named; readonly action: Bilingual; readonly hint: Bilingual };
  readonly sendBack: { readonly title: Named; readonly label: Bilingual; readonly help: Bilingual };
  readonly approve: {
    readonly label: Bilingual;
    readonly help: Bilingual;
    readonly warnings: Pattern<{ why: string }>;
  };
  /** From when on it decides. */
  readonly decides: Words;
}

interface StepDialogProps {
  readonly step: Step;
  readonly name: string;
  /** The draft or the set as it was submitted, or is written so far. */
  readonly of: Pick<DraftHead, "state" | "reason" | "warningsReason" | "warningsSeen" | "submittedBy">;
  readonly words: StepWords;
  /** What would change, and what is odd about it. */
  readonly check: () => Promise<Checked>;
  /** Does the step, with what is said to it. */
  readonly send: (said: object) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
  readonly onReload: () => void;
}

export function StepDialog({ step, name, of, words, check, send, onClose, onDone, onReload }: StepDialogProps) {
  const { t } = useText();
  const take = async (said: object) => {
    await send(said);
    await onDone();
  };
  if (step === "discard") {
    const { title, ...more } = words.discard;
    return <DiscardDialog {...more} title={t(title, { name })} onClose={onClose} onConfirm={() => take({})} />;
  }
  if (step === "sendBack") {
    const { title, ...more } = words.sendBack;
    return (
      <SendBackDialog
        {...more}
        title={t(title, { name })}
        action={msg("policy-drafts.steps.sendBackAction")}
        onClose={onClose}
        onSend={(note) => take({ note })}
      />
    );
  }
  const approving = step === "publish" && of.state === "submitted";
  const published = approving
    ? pattern("policy-drafts.steps.approveTitle")
    : pattern("policy-drafts.steps.publishTitle");
  return (
    <PublishDialog
      title={t(step === "submit" ? words.submit : published, { name })}
      submits={step === "submit"}
      {...(step === "publish" && { decides: words.decides })}
      {...(approving && {
        action: msg("policy-drafts.steps.approveAction"),
        reasonLabel: words.approve.label,
        reasonHelp: words.approve.help,
        reasonMissing: msg("policy-drafts.steps.approveMissing"),
        ...(of.warningsReason !== null && { explained: of.warningsSeen ?? [] }),
      })}
      reason={approving ? "" : (of.reason ?? "")}
      check={check}
      publish={send}
      onClose={onClose}
      onTop={() => {
        onClose();
        onReload();
      }}
      onPublished={onDone}
    >
      {approving && (
        <NoticeBox tone="info" title={t(pattern("policy-drafts.steps.said"), { who: of.submittedBy?.name ?? "" })}>
          <p>
            <Bidi>{of.reason}</Bidi>
          </p>
          {of.warningsReason && <p>{t(words.approve.warnings, { why: of.warningsReason })}</p>}
        </NoticeBox>
      )}
    </PublishDialog>
  );
}
