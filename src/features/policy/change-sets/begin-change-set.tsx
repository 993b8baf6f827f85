/** The button that begins a change-set, with the dialog that asks for its title; it leads to the new one, or on to what is put into it. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg } from "../../../engine/text/msg.js";
import { Button, FormDialog, send, TextField, useText } from "../../../platform/ui/kit.js";
import { changeSetAddress } from "../../setup/form/change-set-dialog.js";

interface BeginChangeSetProps {
  readonly programme: string;
  readonly primary?: boolean;
  /** Where one goes on with the new one; left out: at its own page. */
  readonly onBegun?: ((id: number) => void) | undefined;
}

function BeginDialog({ programme, onClose, onBegun }: BeginChangeSetProps & { onClose: () => void }) {
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  return (
    <FormDialog
      title={msg("policy-change-sets.beginChangeSet.beginTitle")}
      action={msg("policy-change-sets.beginChangeSet.beginAction")}
      fields={["title"]}
      onClose={onClose}
      onSend={async () => {
        const { id } = await send<{ id: number }>("pages/change-set", { do: "begin", programme, title });
        onClose();
        if (onBegun === undefined) navigate(changeSetAddress(programme, id));
        else onBegun(id);
      }}
    >
      {(faultOf) => (
        <TextField
          name="title"
          label={msg("policy-change-sets.beginChangeSet.title")}
          help={msg("policy-change-sets.beginChangeSet.nameHelp")}
          required
          maxLength={200}
          value={title}
          onChange={setTitle}
          fault={faultOf("title") ?? null}
        />
      )}
    </FormDialog>
  );
}

export function BeginChangeSet({ programme, primary = false, onBegun }: BeginChangeSetProps) {
  const { t } = useText();
  const [beginning, setBeginning] = useState(false);
  return (
    <>
      <Button kind={primary ? "primary" : "plain"} icon="plus" onClick={() => setBeginning(true)}>
        {t(msg("policy-change-sets.beginChangeSet.begin"))}
      </Button>
      {beginning && <BeginDialog programme={programme} onBegun={onBegun} onClose={() => setBeginning(false)} />}
    </>
  );
}
