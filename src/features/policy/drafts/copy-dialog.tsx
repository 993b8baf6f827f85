/** Asks for the code of a workflow that is to begin as a copy. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import { FormDialog, send, TextField, useText, withQuery } from "../../../platform/ui/kit.js";
import type { VersionOnWire } from "../versions/version-line.js";

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
