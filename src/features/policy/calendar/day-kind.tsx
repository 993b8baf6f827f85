/** What a dated day is: a holiday, worked at other hours, or as usual. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Field, useText } from "../../../platform/ui/kit.js";

export type DayKind = "off" | "hours" | "usual";

const kinds = {
  off: msg("policy-calendar.calendarLineForm.kindOff"),
  hours: msg("policy-calendar.calendarLineForm.kindHours"),
  usual: msg("policy-calendar.calendarLineForm.kindUsual"),
} as const satisfies Record<DayKind, unknown>;

export function DayKindChoice({ kind, onChange }: { kind: DayKind; onChange: (kind: DayKind) => void }) {
  const { t } = useText();
  return (
    <Field label={msg("policy-calendar.calendarLineForm.kind")} group name="day-kind">
      <div className="day-kinds">
        {(Object.keys(kinds) as DayKind[]).map((one) => (
          <label key={one} className="day-kind">
            <input type="radio" name="day-kind" value={one} checked={kind === one} onChange={() => onChange(one)} />
            <span>{t(kinds[one])}</span>
          </label>
        ))}
      </div>
      {kind === "usual" && <p className="muted">{t(msg("policy-calendar.calendarLineForm.usualHelp"))}</p>}
    </Field>
  );
}
