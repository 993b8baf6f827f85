/** Asks for the code of a workflow that is to begin as a copy. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import { FormDialog, send, TextField, useText, withQuery } from "../../../platform/ui/kit.js";
import type { VersionOnWire } from "../versions/version-line.js";

const words = {
  title: pattern("policy-drafts.copyDialog.copyUnderAnotherCode"),
  code: msg("policy-drafts.copyDialog.code"),
  help: msg("policy-drafts.copyDialog.help"),
  copy: msg("policy-drafts.copyDialog.copy"),
};

export function CopyDialog({ version, onClose }: { version: VersionOnWire; onClose: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const { programme, kind, title } = version;
  return (
    <FormDialog
      title={t(words.title, { name: t(title) })}
      action={words.copy}
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
          label={words.code}
          help={words.help}
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
