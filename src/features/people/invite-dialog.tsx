/** A new account: a link to choose a password goes by mail or, where no mail can be sent, is shown here once. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { languageChoices } from "../../engine/formatting/language-names.js";
import { msg } from "../../engine/text/msg.js";
import type { ActionAnswer, ResourceView } from "../../platform/admin/resource-view.js";
import { FormDialog } from "../../platform/ui/form/form-dialog.js";
import { boot, Select, send, TextField, toast, useText } from "../../platform/ui/kit.js";
import { recordAddress } from "../setup/form/setup-list.js";
import { ShownOnce } from "./shown-once.js";

interface InviteProps {
  readonly view: ResourceView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function InviteDialog({ view, onClose, onDone }: InviteProps) {
  const navigate = useNavigate();
  const { language: reads } = useText();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [tongue, setTongue] = useState<string>(reads);
  const [programme, setProgramme] = useState(view.programmes[0] ?? "");
  const [made, setMade] = useState<{ userId: number; link: string } | null>(null);
  const open = (userId: number) => {
    onClose();
    navigate(recordAddress("users", String(userId)));
  };
  if (made) {
    return (
      <ShownOnce
        title={msg("people.inviteDialog.linkTitle")}
        hint={msg("people.inviteDialog.linkHint")}
        label={msg("people.inviteDialog.link")}
        secret={made.link}
        onClose={() => open(made.userId)}
      />
    );
  }
  return (
    <FormDialog
      title={msg("people.inviteDialog.inviteSomebody")}
      action={msg("people.inviteDialog.act")}
      fields={["email", "name", "language", "programme"]}
      onClose={onClose}
      onSend={async () => {
        const answer = await send<ActionAnswer>("resources/users/actions/invite", {
          email,
          name,
          language: tongue,
          programme,
        });
        const { userId, link } = answer.view as { userId: number; link: string | null };
        onDone();
        if (link !== null) return setMade({ userId, link });
        toast(msg("people.inviteDialog.sent"));
        open(userId);
      }}
    >
      {(faultOf) => (
        <>
          <TextField
            label={msg("people.inviteDialog.email")}
            help={msg("people.inviteDialog.emailHelp")}
            fault={faultOf("email") ?? null}
            required
            type="email"
            dir="ltr"
            value={email}
            onChange={setEmail}
          />
          <TextField
            label={msg("people.inviteDialog.name")}
            fault={faultOf("name") ?? null}
            required
            value={name}
            onChange={setName}
          />
          <Select
            label={msg("people.inviteDialog.language")}
            fault={faultOf("language") ?? null}
            value={tongue}
            choices={languageChoices()}
            onChange={setTongue}
          />
          {view.programmes.length > 1 && (
            <Select
              label={msg("people.inviteDialog.programme")}
              fault={faultOf("programme") ?? null}
              value={programme}
              choices={view.programmes.map((code) => ({
                value: code,
                label: boot()?.programmes.find((one) => one.code === code)?.name ?? code,
              }))}
              onChange={setProgramme}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
