/** The steps of a draft of policy that need a word or a second thought. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Confirm, FormDialog, send, TextArea, TextField, useText, withQuery } from "../../../platform/ui/kit.js";
import { decidesWords } from "../decides-words.js";
import type { PolicyThing } from "../policy-part.js";
import type { VersionOnWire } from "../versions/version-line.js";
import type { OpenDraft } from "./policy-drafts.js";
import { type Step, StepDialog } from "./steps.js";
import type { Checked } from "./use-live-check.js";

interface RetireProps {
  readonly thing: PolicyThing;
  readonly title: { readonly en: string; readonly ar: string };
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Taking a letter of a step out of force: asked why, refused with the rules that name it. */
export function RetireLetterDialog({ thing, title, onClose, onDone }: RetireProps) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={t(pattern("policy.retireLetterDialog.retire"), { name: t(title) })}
      action={msg("policy.retireLetterDialog.action")}
      kind="danger"
      fields={["reason"]}
      onClose={onClose}
      onSend={async () => {
        await send("pages/policy", { do: "retire-letter", programme: thing.programme, name: thing.name, reason });
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <p>{t(msg("policy.retireLetterDialog.noStepCanNameIt"))}</p>
          <TextArea
            name="reason"
            label={msg("policy.retireLetterDialog.whyItIsRetired")}
            required
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={setReason}
            fault={faultOf("reason") ?? null}
          />
        </>
      )}
    </FormDialog>
  );
}

const reopenDialogWords = {
  offer: pattern("policy-drafts.reopenDialog.offer"),
  offerReason: pattern("policy-drafts.reopenDialog.offerReason"),
};

interface ReopenDialogProps {
  readonly version: VersionOnWire;
  /** Number of the change-set in which the draft begins; null: it stands by itself. */
  readonly changeSet: number | null;
  readonly onClose: () => void;
  readonly onOpened: () => void;
}

/** Going back to a version, or taking what an upgrade offers: a draft with what it says, its reason begun. */
export function ReopenDialog({ version, changeSet, onClose, onOpened }: ReopenDialogProps) {
  const { t } = useText();
  const offered = version.status === "draft";
  const n = String(version.version);
  return (
    <Confirm
      title={t(offered ? reopenDialogWords.offer : pattern("policy-drafts.reopenDialog.again"), { n })}
      action={msg("policy-drafts.reopenDialog.action")}
      onClose={onClose}
      onConfirm={async () => {
        const reason = t(
          offered ? reopenDialogWords.offerReason : pattern("policy-drafts.reopenDialog.backToVersion"),
          { n },
        );
        await send("pages/policy", { do: "reopen", version: version.id, reason, changeSet });
        onOpened();
      }}
    >
      <p>{t(msg("policy-drafts.reopenDialog.aDraftBeginsWithWhat"))}</p>
    </Confirm>
  );
}

/** Asks for the code of a workflow that is to begin as a copy. */
export function CopyDialog({ version, onClose }: { version: VersionOnWire; onClose: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const { programme, kind, title } = version;
  return (
    <FormDialog
      title={t(pattern("policy-drafts.copyDialog.copyUnderAnotherCode"), { name: t(title) })}
      action={msg("policy-drafts.copyDialog.copy")}
      fields={["code"]}
      onClose={onClose}
      onSend={async () => {
        const begun = await send<{ code: string }>("pages/policy", { do: "copy", version: version.id, code });
        navigate(withQuery("/admin/pages/policy", { programme, kind, name: begun.code }));
        onClose();
      }}
    >
      {(faultOf) => (
        <TextField
          name="code"
          label={msg("policy-drafts.copyDialog.code")}
          help={msg("policy-drafts.copyDialog.help")}
          required
          dir="ltr"
          maxLength={60}
          value={code}
          onChange={setCode}
          fault={faultOf("code") ?? null}
        />
      )}
    </FormDialog>
  );
}

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
