/** One dated line of a calendar: a single day (or run of days), or weekly hours from–to. */

import React, { useEffect, useId, useRef, useState } from "react";
import type { Interval, SpecialDays, Weekday, WeeklyPeriod } from "../../../engine/calendar/calendar-definition.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage } from "../../../engine/text/text.js";
import {
  Button,
  Checkbox,
  DateField,
  Dialog,
  NoticeBox,
  TextField,
  TextPair,
  useText,
} from "../../../platform/ui/kit.js";
import { weekdays } from "./calendar-words.js";
import { type DayKind, DayKindChoice } from "./day-kind.js";
import { faultOfHours, sameHours, timeTyped, withSameHours } from "./week-hours.js";

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

/** The working hours of a day: none, one stretch, or several. */
function HoursEditor({
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

const words = {
  ofPeriod: pattern("policy-calendar.calendarLineForm.ofPeriod"),
  nameEn: msg("policy-calendar.calendarLineForm.nameEn"),
  hours: msg("policy-calendar.calendarLineForm.hours"),
  allDays: msg("policy-calendar.calendarLineForm.allDays"),
  differ: msg("policy-calendar.calendarLineForm.differ"),
  same: msg("policy-calendar.calendarLineForm.same"),
  needDate: msg("policy-calendar.calendarLineForm.needDate"),
};

type Draft = {
  readonly from: string;
  readonly to: string;
  readonly name: { readonly ar: string; readonly en: string };
  readonly provisional: boolean;
  readonly source: string;
};

export type Line =
  | { readonly list: "days"; readonly value: SpecialDays | null }
  | { readonly list: "periods"; readonly value: WeeklyPeriod | null };

interface LineFormProps {
  readonly line: Line;
  /** Faults of what stands there now, from the checks. */
  readonly faults: readonly Bilingual[];
  /** Of a day without a line of its own: the named weekly hours that it has. */
  readonly period?: Bilingual | null;
  /** Of weekly hours: the days that are set together. */
  readonly workingDays?: readonly Weekday[];
  /** Null: a day without a line of its own, so that the hours of the week apply. */
  readonly onSet: (value: SpecialDays | WeeklyPeriod | null) => void;
  readonly onClose: () => void;
}

function draftOf({ value }: Line): Draft {
  return {
    from: value === null ? "" : "date" in value ? value.date : value.from,
    to: value?.to ?? "",
    name: { ar: value?.name?.ar ?? "", en: value?.name?.en ?? "" },
    provisional: value?.provisional ?? false,
    source: value?.source ?? "",
  };
}

const timesTyped = ([open, close]: Interval): Interval => [timeTyped(open), timeTyped(close)];
const withTimesTyped = (week: WeeklyPeriod["hours"]): WeeklyPeriod["hours"] =>
  Object.fromEntries(Object.entries(week).map(([day, hours]) => [day, hours.map(timesTyped)]));

/** What both kinds of line have in common, left out where there is nothing. */
function commonOf({ provisional, source }: Draft) {
  return { ...(provisional ? { provisional } : {}), ...(source.trim() === "" ? {} : { source: source.trim() }) };
}

export function CalendarLineForm(props: LineFormProps) {
  const { line, faults, period = null, workingDays = [], onSet, onClose } = props;
  const { t } = useText();
  const [draft, setDraft] = useState(draftOf(line));
  const [hours, setHours] = useState(line.list === "days" ? (line.value?.hours ?? []) : []);
  // Where it is not named yet, its hours are those of the week: what is entered for a day is most often a holiday.
  const [kind, setKind] = useState<DayKind>(hours.length > 0 && line.value?.name?.ar !== "" ? "hours" : "off");
  const [week, setWeek] = useState<WeeklyPeriod["hours"]>(line.list === "periods" ? (line.value?.hours ?? {}) : {});
  const [tries, setTries] = useState(0);
  const asked = tries > 0;
  const form = useRef<HTMLFormElement>(null);
  // What is wrong may stand above what is in sight of a telephone.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [tries]);
  const isDay = line.list === "days";
  const named = draft.name.ar.trim() !== "" && draft.name.en.trim() !== "";
  const unnamed = draft.name.ar.trim() === "" && draft.name.en.trim() === "";
  const faultOf = {
    from: draft.from === "" ? words.needDate : null,
    to: !isDay && draft.to === "" ? words.needDate : null,
    // The usual week needs no name; half a name is none.
    name: named || (!isDay && unnamed) ? null : msg("policy-calendar.calendarLineForm.needName"),
  };
  const asUsual = isDay && kind === "usual";
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const hoursFault = (intervals: readonly Interval[]) => (asked ? faultOfHours(intervals) : null);
  const faultOfDayHours = (intervals: readonly Interval[]) =>
    intervals.length === 0 ? msg("policy-calendar.calendarLineForm.needHours") : faultOfHours(intervals);
  const together = sameHours(week, workingDays);
  /** Said once, above, where the days are set together. */
  const faultOfDay = (day: Weekday) =>
    together !== null && workingDays.length > 1 && workingDays.includes(day) ? null : hoursFault(week[day] ?? []);
  const set = () => {
    if (asUsual) {
      onSet(null);
      return;
    }
    setTries(tries + 1);
    // Whoever presses Enter in a field has not left it.
    const [typed, typedWeek] = [hours.map(timesTyped), withTimesTyped(week)];
    setHours(typed);
    setWeek(typedWeek);
    if (faultOf.from !== null || faultOf.to !== null || faultOf.name !== null) return;
    if (isDay && kind === "hours" && faultOfDayHours(typed) !== null) return;
    if (Object.values(typedWeek).some((intervals) => faultOfHours(intervals) !== null)) return;
    const { from, to, name } = draft;
    if (isDay) {
      onSet({
        date: from,
        ...(to === "" || to === from ? {} : { to }),
        name,
        hours: kind === "off" ? [] : typed,
        ...commonOf(draft),
      });
      return;
    }
    const worked = Object.entries(typedWeek).filter(([, intervals]) => intervals.length > 0);
    const hoursOfWeek = Object.fromEntries(worked) as WeeklyPeriod["hours"];
    onSet({ from, to, ...(named ? { name } : {}), hours: hoursOfWeek, ...commonOf(draft) });
  };
  const title = isDay
    ? line.value === null
      ? msg("policy-calendar.calendarLineForm.addDay")
      : msg("policy-calendar.calendarLineForm.editDay")
    : line.value === null
      ? msg("policy-calendar.calendarLineForm.addPeriod")
      : msg("policy-calendar.calendarLineForm.editPeriod");
  return (
    <Dialog title={title} onClose={onClose} wide>
      <form
        noValidate
        ref={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        {faults.length > 0 && (
          <ul className="bullets field-fault">
            {faults.map((fault) => (
              <li key={fault.en}>{t(fault)}</li>
            ))}
          </ul>
        )}
        {period !== null && <NoticeBox title={t(words.ofPeriod, { name: t(period) })} />}
        <div className="line-row">
          <DateField
            label={isDay ? msg("policy-calendar.calendarLineForm.date") : msg("policy-calendar.calendarLineForm.from")}
            required
            fault={asked ? faultOf.from : null}
            value={draft.from}
            onChange={(from) => change({ from })}
          />
          <DateField
            label={isDay ? msg("policy-calendar.calendarLineForm.toDay") : msg("policy-calendar.calendarLineForm.to")}
            required={!isDay}
            fault={asked ? faultOf.to : null}
            value={draft.to}
            onChange={(to) => change({ to })}
          />
        </div>
        {isDay && <DayKindChoice kind={kind} onChange={setKind} />}
        {!asUsual && (
          <div className="line-row">
            <TextPair
              labels={{ ar: msg("policy-calendar.calendarLineForm.nameAr"), en: words.nameEn }}
              required={isDay}
              faultOf={(language) => (asked && inLanguage(draft.name, language).trim() === "" ? faultOf.name : null)}
              value={draft.name}
              onChange={(text, language) => change({ name: { ...draft.name, [language]: text } })}
            />
          </div>
        )}
        {(!isDay || kind === "hours") && (
          <fieldset className="line-hours">
            <legend>{t(isDay ? words.hours : msg("policy-calendar.calendarLineForm.week"))}</legend>
            {isDay ? (
              <HoursEditor
                day={words.hours}
                hours={hours}
                fault={asked ? faultOfDayHours(hours) : null}
                onChange={setHours}
              />
            ) : (
              <>
                {workingDays.length > 1 && (
                  <div className="line-weekday line-all-days">
                    <span>{t(words.allDays)}</span>
                    <HoursEditor
                      day={words.allDays}
                      hours={together ?? []}
                      fault={hoursFault(together ?? [])}
                      {...(together === null ? { none: words.differ, begin: words.same } : {})}
                      onChange={(intervals) => setWeek(withSameHours(week, workingDays, intervals))}
                    />
                  </div>
                )}
                {weekdays.map(({ day, name }) => (
                  <div key={day} className="line-weekday">
                    <span>{t(name)}</span>
                    <HoursEditor
                      day={name}
                      hours={week[day] ?? []}
                      fault={faultOfDay(day)}
                      onChange={(intervals) => setWeek({ ...week, [day]: intervals })}
                    />
                  </div>
                ))}
              </>
            )}
          </fieldset>
        )}
        {!asUsual && (
          <>
            <Checkbox
              label={msg("policy-calendar.calendarLineForm.provisional")}
              help={msg("policy-calendar.calendarLineForm.provisionalHelp")}
              checked={draft.provisional}
              onChange={(provisional) => change({ provisional })}
            />
            <TextField
              label={msg("policy-calendar.calendarLineForm.source")}
              help={msg("policy-calendar.calendarLineForm.sourceHelp")}
              required={false}
              value={draft.source}
              onChange={(source) => change({ source })}
            />
          </>
        )}
        <div className="form-actions">
          <Button type="submit" kind="primary">
            {t(msg("policy-calendar.calendarLineForm.set"))}
          </Button>
          <Button onClick={onClose}>{t(msg("policy-calendar.calendarLineForm.cancel"))}</Button>
        </div>
      </form>
    </Dialog>
  );
}
