/** The steps of a draft or change-set that need a second thought or a word: it is given up, or sent back to its authors. */
import React, { useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Confirm, FormDialog, TextArea, useText, type Words } from "../../../platform/ui/kit.js";

interface StepDialog {
  readonly title: Words;
  readonly action: Bilingual;
  readonly onClose: () => void;
}

export function DiscardDialog(props: StepDialog & { hint: Bilingual; onConfirm: () => Promise<void> }) {
  const { title, action, hint, onClose, onConfirm } = props;
  const { t } = useText();
  return (
    <Confirm title={title} action={action} kind="danger" onClose={onClose} onConfirm={onConfirm}>
      <p>{t(hint)}</p>
    </Confirm>
  );
}

export function SendBackDialog(
  props: StepDialog & { label: Bilingual; help: Bilingual; onSend: (note: string) => Promise<void> },
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
