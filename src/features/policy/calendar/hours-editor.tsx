/** The working hours of a day: none, one stretch, or several. */

import React, { useId } from "react";
import type { Interval } from "../../../engine/calendar/calendar-definition.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Button, useText } from "../../../platform/ui/kit.js";
import { timeTyped } from "./clock-times.js";

interface HoursEditorProps {
  readonly day: Bilingual;
  readonly hours: readonly Interval[];
  readonly onChange: (hours: readonly Interval[]) => void;
  /** Said where there are none, in place of “Off”; and what the first stretch is added by. */
  readonly none?: Bilingual;
  readonly begin?: Bilingual;
  /** What is wrong with them. */
  readonly fault?: Bilingual | null;
}

interface TimeProps {
  readonly label: string;
  readonly value: string;
  /** Id of what is wrong with it; null where nothing is. */
  readonly faultId: string | null;
  readonly onChange: (value: string) => void;
}

/** A text field: a browser's own field for times shows 12 hours in some places and knows no 24:00. */
function Time({ label, value, faultId, onChange }: TimeProps) {
  return (
    <input
      className="input input-time"
      dir="ltr"
      inputMode="numeric"
      placeholder="08:30"
      maxLength={5}
      aria-label={label}
      {...(faultId !== null && { "aria-invalid": true, "aria-describedby": faultId })}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => {
        const time = timeTyped(value);
        if (time !== value) onChange(time);
      }}
    />
  );
}

export function HoursEditor({
  day,
  hours,
  onChange,
  none = msg("policy-calendar.hoursEditor.off"),
  begin = msg("policy-calendar.hoursEditor.add"),
  fault = null,
}: HoursEditorProps) {
  const { t } = useText();
  const faultId = useId();
  const set = (at: number, interval: Interval) => onChange(hours.map((old, i) => (i === at ? interval : old)));
  return (
    <div className="hours">
      {hours.length === 0 && <span className="muted">{t(none)}</span>}
      {hours.map(([open, close], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place in the day
        <span className="hours-stretch" key={i}>
          <Time
            label={t(pattern("policy-calendar.hoursEditor.from"), { day: t(day) })}
            value={open}
            faultId={fault && faultId}
            onChange={(value) => set(i, [value, close])}
          />
          <span aria-hidden="true">–</span>
          <Time
            label={t(pattern("policy-calendar.hoursEditor.to"), { day: t(day) })}
            value={close}
            faultId={fault && faultId}
            onChange={(value) => set(i, [open, value])}
          />
          <Button
            kind="quiet"
            icon="close"
            label={msg("policy-calendar.hoursEditor.remove")}
            small
            onClick={() => onChange(hours.filter((_, at) => at !== i))}
          />
        </span>
      ))}
      <Button
        kind="quiet"
        icon="plus"
        small
        onClick={() => onChange([...hours, hours.length === 0 ? ["08:30", "15:30"] : ["16:00", "18:00"]])}
      >
        {t(hours.length === 0 ? begin : msg("policy-calendar.hoursEditor.more"))}
      </Button>
      {fault !== null && (
        <p className="field-fault" id={faultId}>
          {t(fault)}
        </p>
      )}
    </div>
  );
}
