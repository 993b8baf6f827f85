/** The button that begins a change-set, with the dialog that asks for its title; it leads to the new one. */
import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Button, changeSetAddress, FormDialog, send, TextField, useText } from "../kit/kit.js";

const words = {
  begin: { en: "New change-set …", ar: "مجموعة تغييرات جديدة …" },
  beginTitle: { en: "New change-set", ar: "مجموعة تغييرات جديدة" },
  beginAction: { en: "Begin", ar: "بدء" },
  name: { en: "Title", ar: "العنوان" },
  nameHelp: { en: "What it is for, as colleagues will read it.", ar: "الغرض منها، كما سيقرؤه الزملاء." },
};

function BeginDialog({ programme, onClose }: { programme: string; onClose: () => void }) {
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
        navigate(changeSetAddress(programme, id));
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

export function BeginChangeSet({ programme, primary = false }: { programme: string; primary?: boolean }) {
  const { t } = useText();
  const [beginning, setBeginning] = useState(false);
  return (
    <>
      <Button kind={primary ? "primary" : "plain"} icon="plus" onClick={() => setBeginning(true)}>
        {t(words.begin)}
      </Button>
      {beginning && <BeginDialog programme={programme} onClose={() => setBeginning(false)} />}
    </>
  );
}
