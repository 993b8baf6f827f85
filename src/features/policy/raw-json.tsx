/** JSON that has no words: it is shown as it is written, and edited as text. */
import React from "react";
import { Button, useText } from "../../platform/ui/kit.js";

const words = {
  kept: {
    en: "This has a form that is edited as text. It stays as it is.",
    ar: "صيغة هذا الجزء تُعدَّل كنص، ويبقى كما هو.",
  },
  edit: { en: "Edit as text", ar: "تعديل كنص" },
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
