/** Which period: a week, a month, thirty days, a quarter, a year or any days; one step back or forth, or the one that goes on. */
import React, { useState } from "react";
import { shiftDate } from "../../../engine/calendar/civil-days.js";
import { formatCount } from "../../../engine/formatting/counted-nouns.js";
import {
  elapsedOf,
  type FigurePeriod,
  isLastPeriod,
  type LastPeriod,
  lastOf,
  lastPeriod,
  type PeriodUnit,
  periodAfter,
  periodBefore,
  periodWith,
  writtenPeriod,
} from "../../../engine/measures/figure-period.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, DateField, Select, useKept, useText } from "../../../platform/ui/kit.js";

/** What can be chosen: the last whole one of each, or any days. */
const unitWords = {
  week: msg("reports.figuresPage.unitWeek"),
  month: msg("reports.figuresPage.unitMonth"),
  thirty: msg("reports.figuresPage.unitThirtyDays"),
  quarter: msg("reports.figuresPage.unitQuarter"),
  year: msg("reports.figuresPage.unitYear"),
  days: msg("reports.figuresPage.unitDays"),
} as const satisfies Readonly<Record<PeriodUnit | "thirty", unknown>>;
type Choice = keyof typeof unitWords;
const choices = Object.keys(unitWords) as Choice[];

const words = {
  soFar: pattern("reports.figuresPage.soFar"),
  whole: pattern("reports.figuresPage.lastWhole"),
};

/** The period of figures where an address names no period: kept on this device. Null: they never chose. */
export const useKeptPeriod = () =>
  useKept<LastPeriod | null>("figures-period", (kept) => (isLastPeriod(kept) ? kept : null), null);

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
  /** As an address has it; `kept`: what they are shown from now on, where they chose a kind of period. */
  readonly onChange: (written: string, kept?: LastPeriod) => void;
}

/** The one that goes on, with how many days it has, or from there the last whole one. */
function SoFar({ period, today, onChange }: PickerProps) {
  const { t } = useText();
  const { unit } = period;
  if (unit === "days") return null;
  const now = periodWith(unit, today);
  const { days } = elapsedOf(now, today);
  const isNow = period.from === now.from;
  const of = unit === "year" ? "other" : unit;
  return (
    <Button onClick={() => onChange(writtenPeriod(isNow ? periodBefore(now) : now))}>
      {isNow
        ? t(words.whole, { unit: of })
        : t(words.soFar, { unit: of, days: t(formatCount(days, "day", "nominative")) })}
    </Button>
  );
}

export function PeriodPicker({ period, today, onChange }: PickerProps) {
  const thirty = lastPeriod("last-30-days", today);
  const isThirty = period.from === thirty.from && period.to === thirty.to;
  const [days, setDays] = useState(period.unit === "days" && !isThirty);
  const choose = (choice: Choice) => {
    setDays(choice === "days");
    if (choice === "days") return;
    if (choice === "thirty") return onChange(writtenPeriod(thirty), "last-30-days");
    const lastDay = shiftDate(period.to, -1);
    const around = periodWith(choice, lastDay < today ? lastDay : today);
    onChange(writtenPeriod(around.to > today ? periodBefore(around) : around), lastOf(choice));
  };
  const next = periodAfter(period);
  return (
    <>
      <Select
        label={msg("reports.figuresPage.period")}
        value={days ? "days" : period.unit === "days" ? "thirty" : period.unit}
        choices={choices.map((choice) => ({ value: choice, label: unitWords[choice] }))}
        onChange={(choice) => choose(choice as Choice)}
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
        <SoFar period={period} today={today} onChange={onChange} />
      </div>
    </>
  );
}
