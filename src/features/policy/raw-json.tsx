/** JSON that has no words: it is shown as it is written, and edited as text. */

import React from "react";
import { msg } from "../../engine/text/msg.js";
import { Button, useText } from "../../platform/ui/kit.js";

export function RawJson({ value, onEditText }: { value: unknown; onEditText?: () => void }) {
  const { t } = useText();
  return (
    <span className="raw-json">
      <code dir="ltr" lang="en">
        {JSON.stringify(value) ?? "—"}
      </code>
      {onEditText && (
        <span className="raw-json-note">
          <span className="small muted">{t(msg("policy.rawJson.kept"))}</span>
          <Button small icon="edit" onClick={onEditText}>
            {t(msg("policy.rawJson.edit"))}
          </Button>
        </span>
      )}
    </span>
  );
}
