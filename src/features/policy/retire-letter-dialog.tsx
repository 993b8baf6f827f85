/** Taking a letter of a step out of force: asked why, refused with the rules that name it. */

import React, { useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { FormDialog, send, TextArea, useText } from "../../platform/ui/kit.js";
import type { PolicyThing } from "./policy-part.js";

interface RetireProps {
  readonly thing: PolicyThing;
  readonly title: { readonly en: string; readonly ar: string };
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RetireLetterDialog({ thing, title, onClose, onDone }: RetireProps) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={t(pattern("policy.retireLetterDialog.retire"), { name: t(title) })}
      action={msg("policy.retireLetterDialog.action")}
      kind="danger"
      fields={["reason"]}
      onClose={onClose}
      onSend={async () => {
        await send("pages/policy", { do: "retire-letter", programme: thing.programme, name: thing.name, reason });
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <p>{t(msg("policy.retireLetterDialog.noStepCanNameIt"))}</p>
          <TextArea
            name="reason"
            label={msg("policy.retireLetterDialog.whyItIsRetired")}
            required
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={setReason}
            fault={faultOf("reason") ?? null}
          />
        </>
      )}
    </FormDialog>
  );
}
