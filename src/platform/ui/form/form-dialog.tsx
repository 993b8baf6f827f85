/** A few fields and a verb: what is sent, the faults at their fields, and what was answered. */

import React, { type ReactNode } from "react";
import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Words } from "../boot.js";
import { Button } from "../buttons.js";
import { Dialog } from "../dialog.js";
import { useText } from "../language/text.js";
import { SendForm } from "./send-form.js";
import { useSending } from "./use-sending.js";

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
  const sending = useSending();
  return (
    <Dialog title={title} onClose={onClose}>
      <SendForm sending={sending} onSend={onSend} fields={new Map(fields.map((name) => [name, null]))}>
        {children((field) => sending.faultAt(`/${field}`) ?? undefined)}
        <div className="form-actions">
          <Button type="submit" kind={kind} busy={sending.busy} disabled={disabled}>
            {t(action)}
          </Button>
          <Button onClick={onClose}>{t(msg("ui.formDialog.cancel"))}</Button>
        </div>
      </SendForm>
    </Dialog>
  );
}
