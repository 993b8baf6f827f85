/** A calendar by the year: the coverage, twelve months, and a year to come prepared with one press. */

import React, { useState } from "react";
import type { CalendarDefinition, SpecialDays, WeeklyPeriod } from "../../../engine/calendar/calendar-definition.js";
import type { PreparedYear } from "../../../engine/calendar/prepare-year.js";
import type { YearDay } from "../../../engine/calendar/year-of-days.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Button,
  NoticeBox,
  ProblemBox,
  presentDay,
  Spinner,
  send,
  toast,
  useAddress,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import type { CalendarLook } from "./calendar.page.js";
import { CalendarLineForm, type Line } from "./calendar-line-form.js";
import { withLine } from "./calendar-state.js";
import { OlderClocks, useOpenClocks } from "./older-clocks.js";
import { useCalendarLook } from "./use-calendar-look.js";
import { YearGrid } from "./year-grid.js";

const coverageBarWords = {
  bar: pattern("policy-calendar.calendarYear.coverageBarWordsBar"),
  confirmed: pattern("policy-calendar.calendarYear.coverageBarWordsConfirmed"),
  promised: pattern("policy-calendar.calendarYear.coverageBarWordsPromised"),
  covered: pattern("policy-calendar.calendarYear.coverageBarWordsCovered"),
  short: pattern("policy-calendar.calendarYear.coverageBarWordsShort"),
  soon: pattern("policy-calendar.calendarYear.coverageBarWordsSoon"),
};

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** How far a calendar can be relied on: what is confirmed, what is only expected, and how far promises reach. */
function CoverageBar({ look, to }: { look: CalendarLook; to: string }) {
  const { t, date } = useText();
  const { today, confirmedUntil, promised, noticed } = look;
  const end = Math.max(day(to), day(noticed));
  const share = (until: string): number =>
    Math.round(Math.max(0, Math.min(1, (day(until) - day(today)) / (end - day(today) || 1))) * 1000) / 10;
  const state = confirmedUntil < promised ? "short" : confirmedUntil < noticed ? "soon" : null;
  return (
    <div className="stack-small">
      <div
        className="coverage"
        role="img"
        aria-label={t(coverageBarWords.bar, { until: date(confirmedUntil), to: date(to), promised: date(promised) })}
      >
        <span className="coverage-covered" style={{ inlineSize: `${share(to)}%` }} />
        <span className="coverage-confirmed" style={{ inlineSize: `${share(confirmedUntil)}%` }} />
        <span className="coverage-promised" style={{ insetInlineStart: `${share(promised)}%` }} />
      </div>
      <ul className="coverage-legend">
        <li className="is-confirmed">{t(coverageBarWords.confirmed, { date: date(confirmedUntil) })}</li>
        <li className="is-promised">{t(coverageBarWords.promised, { date: date(promised) })}</li>
        <li className="is-covered">{t(coverageBarWords.covered, { date: date(to) })}</li>
      </ul>
      {state !== null && (
        <NoticeBox tone={state === "short" ? "danger" : "warning"}>
          <p>{t(coverageBarWords[state], { date: date(confirmedUntil) })}</p>
        </NoticeBox>
      )}
    </div>
  );
}

const words = {
  before: msg("policy-calendar.calendarYear.before"),
  after: msg("policy-calendar.calendarYear.after"),
  expected: pattern("policy-calendar.calendarYear.expected"),
  none: msg("policy-calendar.calendarYear.none"),
  nothing: msg("policy-calendar.calendarYear.nothing"),
};

/** The line that a day's hours come from: its own, or a new one of that date. */
function lineOfDay(definition: CalendarDefinition, { date, hours }: YearDay): { line: Line; at: number | null } {
  const at = definition.days.findIndex((one) => one.date <= date && (one.to ?? one.date) >= date);
  const own = definition.days[at];
  if (own !== undefined) return { line: { list: "days", value: own }, at };
  const fresh: SpecialDays = { date, name: { ar: "", en: "" }, hours };
  return { line: { list: "days", value: fresh }, at: null };
}

/** The name of the weekly hours of a date, Ramadan's for instance; null: it has the usual ones. */
function namedPeriodOf({ periods }: CalendarDefinition, date: string): Bilingual | null {
  const holding = periods.filter(({ name, from, to }) => name !== undefined && from <= date && date <= to);
  // Of two that hold the one that begins later is the narrower.
  return holding.sort((one, other) => other.from.localeCompare(one.from))[0]?.name ?? null;
}

function CalendarYear({ thing, definition, inForce, onChange, faults }: PolicyPartProps) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const [current, setCurrent] = useState<string | null>(null);
  const [opened, setOpened] = useState<YearDay | null>(null);
  const sending = useSending();
  const asked = /^\d{4}$/.test(query.year ?? "") ? Number(query.year) : Number(presentDay().slice(0, 4));
  const clocks = useOpenClocks(thing.programme, inForce);
  const { look, problem } = useCalendarLook(thing.programme, definition, asked);
  if (look === null) return problem ? <ProblemBox problem={problem} /> : <Spinner />;
  // It was drawn, so it is sound; what is typed since may not be, and is drawn once it is.
  const calendar = definition as CalendarDefinition;
  const { year, days, today, provisional } = look;
  const go = (to: number) => {
    setCurrent(null);
    setQuery({ year: String(to) });
  };
  const prepare = async () => {
    if (onChange === undefined) return;
    const { programme } = thing;
    const made = await send<PreparedYear>("pages/calendar", { do: "prepare", programme, definition, year });
    const [n, m] = [made.days.length, made.periods.length];
    onChange(made.definition);
    toast(n + m === 0 ? words.nothing : t(pattern("policy-calendar.calendarYear.prepared"), { n, m }));
  };
  const place = opened === null || onChange === undefined ? null : lineOfDay(calendar, opened);
  const standing = current ?? (today.startsWith(String(year)) ? today : `${year}-01-01`);
  return (
    <div className="stack">
      <ProblemBox problem={problem ?? sending.problem} />
      <CoverageBar look={look} to={calendar.covers?.to ?? look.confirmedUntil} />
      <OlderClocks programme={thing.programme} clocks={clocks} />
      <div className="year-head">
        <Button small kind="quiet" icon="back" label={words.before} onClick={() => go(year - 1)} />
        <h2>{t(pattern("policy-calendar.calendarYear.year2"), { year: String(year) })}</h2>
        <Button small kind="quiet" icon="forward" label={words.after} onClick={() => go(year + 1)} />
        <span className="muted">{provisional === 0 ? t(words.none) : t(words.expected, { n: provisional })}</span>
        {onChange !== undefined && (
          <Button small icon="plus" busy={sending.busy} onClick={() => void sending.run(prepare)}>
            {t(pattern("policy-calendar.calendarYear.prepare"), { year: String(year) })}
          </Button>
        )}
      </div>
      {onChange !== undefined && <p className="muted">{t(msg("policy-calendar.calendarYear.prepareHelp"))}</p>}
      <YearGrid
        days={days}
        today={today}
        current={standing}
        onCurrent={setCurrent}
        onOpen={onChange === undefined ? undefined : setOpened}
      />
      {place !== null && (
        <CalendarLineForm
          line={place.line}
          period={place.at === null && opened !== null ? namedPeriodOf(calendar, opened.date) : null}
          faults={faults.filter(({ field }) => field.startsWith(`/days/${place.at}`)).map(({ reason }) => reason)}
          onClose={() => setOpened(null)}
          onSet={(value: SpecialDays | WeeklyPeriod) => {
            onChange?.(withLine(calendar, "days", place.at, value));
            setOpened(null);
          }}
        />
      )}
    </div>
  );
}

export const calendarYear: PolicyPart = {
  id: "year",
  label: msg("policy-calendar.calendarYear.year"),
  place: "editor",
  of: ({ kind }) => kind === "calendar",
  Component: CalendarYear,
};
