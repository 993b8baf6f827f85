/** A year at a glance: twelve months, each day with its hours told by shape and word, one stop for the keyboard. */

import React, { useRef } from "react";
import type { YearDay } from "../../../engine/calendar/year-of-days.js";
import { formatMonth } from "../../../engine/formatting/moments.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { useText, type Words } from "../../../platform/ui/kit.js";
import { hoursWords, weekdays } from "./calendar-words.js";
import { moveInYear } from "./move-in-year.js";

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

export function YearGrid(props: YearGridProps) {
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
