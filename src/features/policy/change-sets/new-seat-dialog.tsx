/** A new seat in a change-set: for which role and place, and who sits on it from the publication on. */

import React, { useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import { ReferenceSelect, Select, TextField, TextPair } from "../../../platform/ui/kit.js";
import { ChangeSetDialog } from "../../setup/form/change-set-dialog.js";
import type { ChangeSetView } from "./change-set.page.js";
import { type DialogProps, useAdded, useSeen } from "./change-set-dialogs.js";

const words = {
  entity: msg("policy-change-sets.newSeatDialog.entity"),
  sector: msg("policy-change-sets.newSeatDialog.sector"),
  titleEn: msg("policy-change-sets.newSeatDialog.titleEn"),
};

type NewSeatProps = DialogProps & Pick<ChangeSetView, "roles">;

export function NewSeatDialog({ programme, set, before, roles, onClose, onPut }: NewSeatProps) {
  const known = before?.table === "seats" && before.act === "create" ? before : null;
  const { seenOf, onRefused } = useSeen(programme, set);
  const [typed, setTyped] = useState({
    role: known?.values.role ?? "",
    titleAr: known?.values.titleAr ?? "",
    titleEn: known?.values.titleEn ?? "",
    entity: known?.values.entity ?? "",
    sector: known?.values.sector ?? "",
    holder: known?.values.holder ?? "",
  });
  const added = { entity: useAdded(set, "entities"), sector: useAdded(set, "sectors") };
  const type = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const chosen = roles.find(({ value }) => value === typed.role);
  const role = chosen?.value;
  const kind = chosen?.place ?? "programme";
  const values = {
    role,
    titleAr: typed.titleAr,
    titleEn: typed.titleEn,
    entity: kind === "entity" ? typed.entity || null : null,
    sector: kind === "sector" ? typed.sector || null : null,
    holder: typed.holder.trim() || null,
  };
  return (
    <ChangeSetDialog
      programme={programme}
      title={msg("policy-change-sets.newSeatDialog.newSeat")}
      into={set.id}
      edit={role === undefined ? null : { act: "create", table: "seats", code: known?.code ?? "", values }}
      seen={known && seenOf("seats", known.code)}
      onRefused={onRefused}
      fields={["titleAr", "titleEn", "entity", "sector", "edit/values/holder"]}
      onClose={onClose}
      onPut={onPut}
    >
      {(faultOf) => (
        <>
          <Select
            label={msg("policy-change-sets.newSeatDialog.role")}
            name="role"
            required
            value={typed.role}
            empty={msg("policy-change-sets.newSeatDialog.choose")}
            choices={roles}
            onChange={(next) => type({ role: next })}
          />
          {(kind === "entity" || kind === "sector") && (
            <ReferenceSelect
              key={kind}
              label={words[kind]}
              name={kind}
              required
              fault={faultOf(kind) ?? null}
              resource={kind === "entity" ? "entities" : "sectors"}
              programme={programme}
              value={typed[kind]}
              also={added[kind]}
              onChange={(code) => type({ [kind]: code })}
            />
          )}
          <TextPair
            labels={{ ar: msg("policy-change-sets.newSeatDialog.titleAr"), en: words.titleEn }}
            name="title"
            required
            help={msg("policy-change-sets.newSeatDialog.titleHelp")}
            maxLength={200}
            value={{ ar: typed.titleAr, en: typed.titleEn }}
            onChange={(text, language) => type({ [language === "ar" ? "titleAr" : "titleEn"]: text })}
            faultOf={(language) => faultOf(language === "ar" ? "titleAr" : "titleEn")}
          />
          <TextField
            label={msg("policy-change-sets.newSeatDialog.email")}
            help={msg("policy-change-sets.newSeatDialog.emailHelp")}
            name="holder"
            dir="ltr"
            type="email"
            maxLength={254}
            value={typed.holder}
            onChange={(holder) => type({ holder })}
            fault={faultOf("edit/values/holder") ?? null}
          />
        </>
      )}
    </ChangeSetDialog>
  );
}
