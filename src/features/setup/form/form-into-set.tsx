/** Puts what a form holds into a change-set; from a new row of the grid one goes on to its service levels, where that is wanted. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import type { ChosenSet } from "../../../engine/setup/sets-of-forms.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Checkbox, LinkButton, NoticeBox, type ProblemBody, reaches, useText } from "../../../platform/ui/kit.js";
import { ChangeSetDialog, changeSetAddress } from "./change-set-dialog.js";
import type { TypedEdit } from "./form-filling.js";
import { serviceLevelsAddress } from "./service-levels.js";
import type { SetRow } from "./set-row.js";

/** The service levels of a row, for those who have the grid; null for everybody else, and for rows that are no line of it. */
export const levelsFor = (
  table: string,
  row: { programme: string; code: string; changeSet?: number | undefined },
): string | null => (reaches("/admin/pages/sla-grid") ? serviceLevelsAddress(table, row) : null);

/** Over the form of a row as a set has it: where what is typed goes, and where its line of the grid is. */
export function InSetNotice({ row: { title, table, programme, code, set } }: { row: SetRow }) {
  const { t } = useText();
  const levels = levelsFor(table, { programme, code, changeSet: set });
  return (
    <NoticeBox
      actions={
        levels !== null && (
          <LinkButton small icon="grid" to={levels}>
            {t(msg("setup.formIntoSet.levels"))}
          </LinkButton>
        )
      }
    >
      <p>{t(pattern("setup.formIntoSet.collecting"), { name: title })}</p>
    </NoticeBox>
  );
}

interface FormIntoSetProps {
  readonly programme: string;
  readonly edit: TypedEdit;
  readonly first: ChosenSet | null;
  /** Says whether the form shows the refusal at its fields. */
  readonly onRefused: (problem: ProblemBody, where: ChosenSet) => boolean;
  readonly onClose: () => void;
  /** It is there; its author is led on. */
  readonly onPut: () => void;
}

export function FormIntoSet({ programme, edit, first, onRefused, onClose, onPut }: FormIntoSetProps) {
  const navigate = useNavigate();
  const [isOnward, setOnward] = useState(true);
  const levels = (changeSet: number) =>
    edit.act === "create" ? levelsFor(edit.table, { programme, code: edit.code, changeSet }) : null;
  return (
    <ChangeSetDialog
      programme={programme}
      edit={edit}
      first={first}
      onRefused={onRefused}
      onClose={onClose}
      below={
        levels(0) !== null && (
          <Checkbox label={msg("setup.formIntoSet.onward")} checked={isOnward} onChange={setOnward} />
        )
      }
      onPut={(id) => {
        onPut();
        navigate((isOnward ? levels(id) : null) ?? changeSetAddress(programme, id));
      }}
    />
  );
}
