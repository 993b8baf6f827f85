/** A question that wants an answer before anything else. */

import React, { type ReactNode, useEffect, useId, useRef } from "react";
import { msg } from "../../engine/text/msg.js";
import type { Words } from "./boot.js";
import { Button } from "./buttons.js";
import { SendForm } from "./form/send-form.js";
import { useSending } from "./form/use-sending.js";
import { holdRestOfClick } from "./hold-rest-of-click.js";
import { useText } from "./language/text.js";
import { Part } from "./part.js";

interface DialogProps {
  readonly title: Words;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

const fieldsIn = ":is(input, select, textarea):not(:disabled, [type=hidden])";

/** What does nothing: where an act is asked about, a key that was pressed too early must not do it. */
const cancels = ".form-actions button[type=button]";

/**
 * The browser's own dialog: it keeps focus inside, closes on Escape and gives focus back. Focus is in its first field when it
 * opens, or on what cancels it, and not on the button that closes it. Render it to open it.
 */
export function Dialog({ title, onClose, children, wide }: DialogProps) {
  const { t } = useText();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) {
      dialog.showModal();
      holdRestOfClick();
      const chosen = dialog.querySelector(".dialog-body")?.contains(document.activeElement);
      const found = [fieldsIn, cancels].map((each) => dialog.querySelector<HTMLElement>(`.dialog-body ${each}`));
      if (!chosen) found.find((one) => one !== null)?.focus();
    }
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={id}>{t(title)}</h2>
        <Button kind="quiet" icon="close" label={msg("ui.dialog.close")} onClick={onClose} />
      </div>
      <div className="dialog-body">
        <Part>{children}</Part>
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: Words;
  readonly children?: ReactNode;
  /** What will be done, as a verb: "Retire", never "OK". */
  readonly action: Words;
  readonly kind?: "primary" | "danger";
  readonly onClose: () => void;
  /** Does it; a refusal is shown in the dialog, which stays open. */
  readonly onConfirm: () => Promise<unknown>;
  readonly disabled?: boolean;
}

export function Confirm({ title, children, action, kind = "primary", onClose, onConfirm, disabled }: ConfirmProps) {
  const { t } = useText();
  const sending = useSending();
  return (
    <Dialog title={title} onClose={onClose}>
      <SendForm sending={sending} onSend={onConfirm}>
        {children}
        <div className="form-actions">
          <Button type="submit" kind={kind} busy={sending.busy} disabled={disabled}>
            {t(action)}
          </Button>
          <Button kind="plain" onClick={onClose}>
            {t(msg("ui.dialog.cancel"))}
          </Button>
        </div>
      </SendForm>
    </Dialog>
  );
}
