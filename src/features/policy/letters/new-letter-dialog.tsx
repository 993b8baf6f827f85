/** Asks for the code of a step's own letter, and opens it: it is there once something of it is written. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg } from "../../../engine/text/msg.js";
import { Button, Dialog, TextField, useText, withQuery } from "../../../platform/ui/kit.js";

const words = {
  wrong: msg("policy-letters.newLetterDialog.wrong"),
};
const form = /^step-[a-z0-9]+(-[a-z0-9]+)*$/;

interface NewLetterProps {
  readonly programme: string;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

export function NewLetterDialog({ programme, taken, onClose }: NewLetterProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const [code, setCode] = useState("step-");
  const [fault, setFault] = useState<typeof words.wrong | null>(null);
  return (
    <Dialog title={msg("policy-letters.newLetterDialog.aLetterOfOnesOwn")} onClose={onClose}>
      <form
        className="stack-small"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const name = code.trim();
          if (!form.test(name) || name.length > 60) return setFault(words.wrong);
          if (taken.includes(name)) return setFault(msg("policy-letters.newLetterDialog.taken"));
          navigate(withQuery("/admin/pages/policy", { programme, kind: "message", name }));
          onClose();
        }}
      >
        <TextField
          name="letter-code"
          label={msg("policy-letters.newLetterDialog.code")}
          help={msg("policy-letters.newLetterDialog.help")}
          required
          dir="ltr"
          maxLength={60}
          value={code}
          onChange={setCode}
          fault={fault}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary">
            {t(msg("policy-letters.newLetterDialog.open"))}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
