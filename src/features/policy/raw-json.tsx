/** JSON that has no words: it is shown as it is written, and edited as text. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { Button, useText } from "../../platform/ui/kit.js";

const words = {
  kept: msg("policy.rawJson.kept"),
  edit: msg("policy.rawJson.edit"),
};

export function RawJson({ value, onEditText }: { value: unknown; onEditText?: () => void }) {
  const { t } = useText();
  return (
    <span className="raw-json">
      <code dir="ltr" lang="en">
        {JSON.stringify(value) ?? "—"}
      </code>
      {onEditText && (
        <span className="raw-json-note">
          <span className="small muted">{t(words.kept)}</span>
          <Button small icon="edit" onClick={onEditText}>
            {t(words.edit)}
          </Button>
        </span>
      )}
    </span>
  );
}
