/** Somebody saved the same record meanwhile: what changed, theirs beside ours, and which of the two is to stand. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import type { ColumnView, RecordView } from "../../../platform/admin/resource-view.js";
import { NoticeBox, useText } from "../../../platform/ui/kit.js";
import { ColumnValue } from "./column-value.js";
import { type FormValues, isSameValue, sentValue } from "./form-state.js";

const words = {
  theirs: msg("setup.conflict.theirs"),
  ours: msg("setup.conflict.ours"),
};

export interface Difference {
  readonly column: ColumnView;
  readonly theirs: unknown;
  readonly ours: unknown;
}

/** Columns that somebody else changed since the form was filled: those that were typed into here too, and the rest. */
export function differences(
  columns: readonly ColumnView[],
  a: { readonly before: FormValues; readonly typed: FormValues; readonly now: RecordView },
): { readonly disputed: Difference[]; readonly taken: Difference[] } {
  const all = columns.flatMap((column) => {
    const theirs = a.now.values[column.name];
    const ours = sentValue(column, a.typed[column.name]);
    const moved = !isSameValue(theirs, a.before[column.name]);
    return moved && !isSameValue(theirs, ours) ? [{ column, theirs, ours }] : [];
  });
  const touched = ({ column, ours }: Difference): boolean => !isSameValue(ours, a.before[column.name]);
  return { disputed: all.filter(touched), taken: all.filter((one) => !touched(one)) };
}

interface ConflictProps {
  readonly disputed: readonly Difference[];
  /** Changed by somebody else only: the form says so already. */
  readonly taken: readonly Difference[];
  readonly names: RecordView["names"];
  /** By column: whether theirs is to stand. */
  readonly chosen: Readonly<Record<string, "theirs" | "ours">>;
  readonly onChoose: (column: string, whose: "theirs" | "ours") => void;
}

export function Conflict({ disputed, taken, names, chosen, onChoose }: ConflictProps) {
  const { t } = useText();
  return (
    <NoticeBox tone="warning" title={msg("setup.conflict.somebodyChangedThisWhileYou")}>
      <p>{t(msg("setup.conflict.nothingWasSavedAndNothing"))}</p>
      {disputed.map(({ column, theirs, ours }) => (
        <fieldset key={column.name} className="versus">
          <legend>{t(column.label)}</legend>
          {(["theirs", "ours"] as const).map((whose) => (
            <label key={whose} className="versus-one">
              <input
                type="radio"
                name={`versus-${column.name}`}
                checked={chosen[column.name] === whose}
                onChange={() => onChoose(column.name, whose)}
              />
              <span>
                <span className="versus-label">{t(words[whose])}</span>
                <span className="versus-value">
                  <ColumnValue
                    column={column}
                    value={whose === "theirs" ? theirs : ours}
                    name={whose === "theirs" ? names[column.name] : undefined}
                  />
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      {taken.length > 0 && (
        <div>
          <p>{t(msg("setup.conflict.taken"))}</p>
          <ul className="bullets">
            {taken.map(({ column, theirs }) => (
              <li key={column.name}>
                {t(column.label)}: <ColumnValue column={column} value={theirs} name={names[column.name]} short />
              </li>
            ))}
          </ul>
        </div>
      )}
    </NoticeBox>
  );
}
