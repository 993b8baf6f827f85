/** Which period: a week, a month, a quarter, a year or any days, one step back or forth. */
import React, { useState } from "react";
import { shiftDate } from "../../../engine/calendar/civil-days.js";
import {
  type FigurePeriod,
  type PeriodUnit,
  periodAfter,
  periodBefore,
  periodWith,
  writtenPeriod,
} from "../../../engine/measures/figure-period.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, DateField, Select, useText } from "../../../platform/ui/kit.js";

const unitWords = {
  week: msg("reports.figuresPage.unitWeek"),
  month: msg("reports.figuresPage.unitMonth"),
  quarter: msg("reports.figuresPage.unitQuarter"),
  year: msg("reports.figuresPage.unitYear"),
  days: msg("reports.figuresPage.unitDays"),
} as const satisfies Readonly<Record<PeriodUnit, unknown>>;
const units = Object.keys(unitWords) as PeriodUnit[];

interface DaysProps {
  readonly from: string;
  /** The last of them. */
  readonly until: string;
  readonly onChange: (written: string) => void;
}

/** First and last day, sent when both are chosen: each alone would be another period. */
function Days({ from, until, onChange }: DaysProps) {
  const { t } = useText();
  const [first, setFirst] = useState(from);
  const [last, setLast] = useState(until);
  return (
    <form
      className="figures-days"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onChange(`${first}..${last}`);
      }}
    >
      <DateField label={msg("reports.figuresPage.firstDay")} value={first} onChange={setFirst} />
      <DateField label={msg("reports.figuresPage.lastDay")} value={last} onChange={setLast} />
      <Button type="submit">{t(msg("reports.figuresPage.showDays"))}</Button>
    </form>
  );
}

/** Days that were typed and cannot be shown, to be corrected; nothing where the address has none. */
export function DaysAgain({ written, onChange }: { written: string | undefined; onChange: (written: string) => void }) {
  const [from, until] = (written ?? "").split("..");
  if (from === undefined || until === undefined) return null;
  return <Days key={written} {...{ from, until, onChange }} />;
}

interface PickerProps {
  readonly period: FigurePeriod;
  readonly today: string;
  /** As an address has it. */
  readonly onChange: (written: string) => void;
}

export function PeriodPicker({ period, today, onChange }: PickerProps) {
  const [days, setDays] = useState(period.unit === "days");
  const choose = (unit: string) => {
    setDays(unit === "days");
    const lastDay = shiftDate(period.to, -1);
    if (unit === "days") return;
    onChange(writtenPeriod(periodWith(unit as Exclude<PeriodUnit, "days">, lastDay < today ? lastDay : today)));
  };
  const next = periodAfter(period);
  return (
    <>
      <Select
        label={msg("reports.figuresPage.period")}
        value={days ? "days" : period.unit}
        choices={units.map((unit) => ({ value: unit, label: unitWords[unit] }))}
        onChange={choose}
      />
      {days && (
        <Days key={writtenPeriod(period)} from={period.from} until={shiftDate(period.to, -1)} onChange={onChange} />
      )}
      <div className="figures-steps">
        <Button
          icon="previous"
          label={msg("reports.figuresPage.earlier")}
          onClick={() => onChange(writtenPeriod(periodBefore(period)))}
        />
        <Button
          icon="next"
          label={msg("reports.figuresPage.later")}
          disabled={next.from > today}
          onClick={() => onChange(writtenPeriod(next))}
        />
      </div>
    </>
  );
}
