/** The button that begins a change-set, with the dialog that asks for its title; it leads to the new one, or on to what is put into it. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button, FormDialog, send, TextField, useText } from "../../../platform/ui/kit.js";
import { changeSetAddress } from "../../setup/form/change-set-dialog.js";

const words = {
  begin: { en: "New change-set …", ar: "مجموعة تغييرات جديدة …" },
  beginTitle: { en: "New change-set", ar: "مجموعة تغييرات جديدة" },
  beginAction: { en: "Begin", ar: "بدء" },
  name: { en: "Title", ar: "العنوان" },
  nameHelp: { en: "What it is for, as colleagues will read it.", ar: "الغرض منها، كما سيقرؤه الزملاء." },
};

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
      title={words.beginTitle}
      action={words.beginAction}
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
          label={words.name}
          help={words.nameHelp}
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
        {t(words.begin)}
      </Button>
      {beginning && <BeginDialog programme={programme} onBegun={onBegun} onClose={() => setBeginning(false)} />}
    </>
  );
}
