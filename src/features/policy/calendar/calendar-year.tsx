/** A calendar by the year: the coverage, twelve months, and a year to come prepared with one press. */

import React, { useEffect, useRef, useState } from "react";
import type { CalendarDefinition, SpecialDays, WeeklyPeriod } from "../../../engine/calendar/calendar-definition.js";
import type { PreparedYear } from "../../../engine/calendar/prepare-year.js";
import type { YearDay } from "../../../engine/calendar/year-of-days.js";
import { formatMonth } from "../../../engine/formatting/moments.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Button,
  NoticeBox,
  type ProblemBody,
  ProblemBox,
  presentDay,
  problemOf,
  Spinner,
  send,
  toast,
  useAddress,
  useSending,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import type { CalendarLook } from "./calendar.page.js";
import { useOpenClocks } from "./calendar-days.js";
import { CalendarLineForm, type Line } from "./calendar-line-form.js";
import { withSetLine } from "./calendar-state.js";
import { hoursWords, weekdays } from "./calendar-words.js";
import { moveInYear } from "./move-in-year.js";
import { OlderClocks } from "./older-clocks.js";

const stateWords: Readonly<Record<YearDay["state"], Words>> = {
  worked: msg("policy-calendar.yearGrid.stateWordsWorked"),
  short: msg("policy-calendar.yearGrid.stateWordsShort"),
  off: msg("policy-calendar.yearGrid.stateWordsOff"),
  "named-off": msg("policy-calendar.yearGrid.stateWordsNamedOff"),
};

/** What a day looks like; `expected` and `uncovered` lie over the others. */
const legend: readonly { readonly look: string; readonly words: Words }[] = [
  { look: "worked", words: stateWords.worked },
  { look: "short", words: stateWords.short },
  { look: "off", words: stateWords.off },
  { look: "named-off", words: stateWords["named-off"] },
  { look: "named-off expected", words: msg("policy-calendar.yearGrid.expectedNotConfirmed") },
  { look: "uncovered", words: msg("policy-calendar.yearGrid.outsideTheCalendar") },
];

const lookOf = ({ state, provisional, covered }: YearDay): string =>
  covered ? `${state}${provisional ? " expected" : ""}` : "uncovered";

/** As printed calendars have them: several weekdays begin with the same letter. */
const weekdayLetters: Readonly<Record<(typeof weekdays)[number]["day"], Words>> = {
  sun: msg("policy-calendar.yearGrid.weekdayLettersSun"),
  mon: msg("policy-calendar.yearGrid.weekdayLettersMon"),
  tue: msg("policy-calendar.yearGrid.weekdayLettersTue"),
  wed: msg("policy-calendar.yearGrid.weekdayLettersWed"),
  thu: msg("policy-calendar.yearGrid.weekdayLettersThu"),
  fri: msg("policy-calendar.yearGrid.weekdayLettersFri"),
  sat: msg("policy-calendar.yearGrid.weekdayLettersSat"),
};

interface YearGridProps {
  readonly days: readonly YearDay[];
  readonly today: string;
  /** The day that the keyboard stands on. */
  readonly current: string;
  readonly onCurrent: (date: string) => void;
  /** Left out: days are only looked at. */
  readonly onOpen?: ((day: YearDay) => void) | undefined;
}

function useDayWords() {
  const { t, date, list } = useText();
  return (day: YearDay, today: string): string =>
    list(
      [
        date(day.date),
        day.name === null ? null : t(day.name),
        t(stateWords[day.state]),
        day.minutes > 0 ? t(hoursWords(day.hours)) : null,
        !day.covered
          ? t(msg("policy-calendar.yearGrid.uncovered"))
          : day.provisional
            ? t(msg("policy-calendar.yearGrid.expected"))
            : null,
        day.date === today ? t(msg("policy-calendar.yearGrid.today")) : null,
      ].filter((part) => part !== null),
    );
}

function Month({ month, days, ...rest }: YearGridProps & { month: string }) {
  const { t, language } = useText();
  const dayWords = useDayWords();
  const { today, current, onOpen, onCurrent } = rest;
  const name = formatMonth(month, language);
  const first = new Date(`${month}-01T00:00:00Z`).getUTCDay();
  return (
    <section className="year-month" aria-label={t(pattern("policy-calendar.yearGrid.days"), { month: name })}>
      <h3>{name}</h3>
      <div className="year-days">
        {weekdays.map(({ day }) => (
          <span key={day} className="year-weekday" aria-hidden="true">
            {t(weekdayLetters[day])}
          </span>
        ))}
        {days.map((day, at) => (
          <button
            key={day.date}
            type="button"
            className={`year-day ${lookOf(day)}${day.date === today ? " today" : ""}`}
            style={at === 0 ? { gridColumnStart: first + 1 } : undefined}
            data-date={day.date}
            tabIndex={day.date === current ? 0 : -1}
            aria-label={dayWords(day, today)}
            title={dayWords(day, today)}
            onFocus={() => onCurrent(day.date)}
            onClick={() => onOpen?.(day)}
          >
            {Number(day.date.slice(8))}
          </button>
        ))}
      </div>
    </section>
  );
}

/** A year at a glance: twelve months, each day with its hours told by shape and word, one stop for the keyboard. */
function YearGrid(props: YearGridProps) {
  const { days, current, onCurrent } = props;
  const { t, dir } = useText();
  const grid = useRef<HTMLDivElement>(null);
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))];
  const move = (event: React.KeyboardEvent) => {
    const next = moveInYear(days, current, event.key, dir);
    if (next === null) return;
    event.preventDefault();
    onCurrent(next);
    grid.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  };
  return (
    <>
      <ul className="year-legend">
        {legend.map(({ look, words: meaning }) => (
          <li key={look}>
            <span className={`year-day ${look}`} aria-hidden="true" />
            {t(meaning)}
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the days in it are buttons; their arrows are heard here */}
      <div className="year-grid" ref={grid} onKeyDown={move}>
        {months.map((month) => (
          <Month key={month} month={month} {...props} days={days.filter(({ date }) => date.startsWith(month))} />
        ))}
      </div>
    </>
  );
}

const afterMs = 250;

/**
 * The calendar being edited as the server draws it, a moment after it was changed; what was drawn last stays
 * meanwhile.
 */
function useCalendarLook(programme: string, definition: unknown, year: number) {
  const [look, setLook] = useState<CalendarLook | null>(null);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  useEffect(() => {
    if (definition === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      send<CalendarLook>("pages/calendar", { do: "look", programme, definition, year })
        .then((drawn) => {
          if (!current) return;
          setLook(drawn);
          setProblem(null);
        })
        .catch((error: unknown) => current && setProblem(problemOf(error)));
    }, afterMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [programme, definition, year]);
  return { look, problem };
}

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
          onSet={(value: SpecialDays | WeeklyPeriod | null) => {
            onChange?.(withSetLine(calendar, { list: "days", at: place.at }, value));
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
