/** A few fields and a verb: what is sent, the faults at their fields, and what was answered. */

import React, { type ReactNode, useState } from "react";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { faultAt, type ProblemBody, problemOf } from "./api.js";
import type { Words } from "./boot.js";
import { Button } from "./buttons.js";
import { Dialog } from "./dialog.js";
import { useText } from "./language/text.js";
import { ProblemBox } from "./pieces.js";

const words = {
  cancel: msg("ui.formDialog.cancel"),
  below: msg("ui.formDialog.below"),
};

interface FormDialogProps {
  readonly title: Words;
  /** What will be done, as a verb. */
  readonly action: Words;
  readonly kind?: "primary" | "danger";
  readonly disabled?: boolean;
  readonly onClose: () => void;
  /** Does it; a refusal is shown here and the dialog stays open. */
  readonly onSend: () => Promise<void>;
  /** Names of the fields that show their own fault. */
  readonly fields: readonly string[];
  readonly children: (faultOf: (field: string) => Bilingual | undefined) => ReactNode;
}

export function FormDialog(props: FormDialogProps) {
  const { title, action, kind = "primary", disabled, onClose, onSend, fields, children } = props;
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onSend();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  // What stands at a field is not said a second time above.
  const atFields = problem?.faults.every(({ field }) => fields.includes(field.slice(1))) && problem.faults.length > 0;
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
      >
        {problem && <ProblemBox problem={atFields ? { ...problem, detail: words.below, faults: [] } : problem} />}
        {children((field) => faultAt(problem, `/${field}`))}
        <div className="form-actions">
          <Button type="submit" kind={kind} busy={busy} disabled={disabled}>
            {t(action)}
          </Button>
          <Button onClick={onClose}>{t(words.cancel)}</Button>
        </div>
      </form>
    </Dialog>
  );
}
