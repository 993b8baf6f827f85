/** What can be read here and never again: a channel's key, a link that opens an account. */

import React, { useState } from "react";
import { msg } from "../../engine/text/msg.js";
import { Button, Dialog, NoticeBox, useText, type Words } from "../../platform/ui/kit.js";

interface ShownOnceProps {
  readonly title: Words;
  /** What it is for, and what to do with it. */
  readonly hint: Words;
  readonly label: Words;
  readonly secret: string;
  readonly onClose: () => void;
}

export function ShownOnce({ title, hint, label, secret, onClose }: ShownOnceProps) {
  const { t } = useText();
  const [said, setSaid] = useState<Words | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setSaid(msg("people.shownOnce.copied"));
    } catch {
      setSaid(msg("people.shownOnce.byHand"));
    }
  };
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div className="stack">
        <NoticeBox tone="warning">
          <p>{t(hint)}</p>
        </NoticeBox>
        <div className="shown-once">
          <output className="secret ltr" dir="ltr" aria-label={t(label)}>
            {secret}
          </output>
          <Button icon="copy" onClick={() => void copy()}>
            {t(msg("people.shownOnce.copy"))}
          </Button>
        </div>
        <p role="status">{t(said)}</p>
        <div className="form-actions">
          <Button kind="primary" onClick={onClose}>
            {t(msg("people.shownOnce.done"))}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
