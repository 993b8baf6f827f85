/** Asks for the code of a workflow that is to begin as a copy. */
import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { FormDialog, send, TextField, useText, withQuery } from "../../../platform/ui/kit.js";
import type { VersionOnWire } from "../versions/version-line.js";

const words = {
  title: { en: "Copy “{name}” under another code", ar: "نسخ «{name}» برمز آخر" },
  code: { en: "Code of the new workflow", ar: "رمز سير العمل الجديد" },
  help: {
    en: "Small Latin letters and digits, like licence_renewal. It stays for ever; the name can change.",
    ar: "أحرف لاتينية صغيرة وأرقام، مثل licence_renewal. يبقى الرمز ثابتًا، أما الاسم فيمكن تغييره.",
  },
  copy: { en: "Open the copy", ar: "فتح النسخة" },
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
