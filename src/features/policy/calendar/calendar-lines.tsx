/** The lines of a calendar: weekly hours, and the days that differ from them. */

import React from "react";
import type { CalendarDefinition, SpecialDays, WeeklyPeriod } from "../../../engine/calendar/calendar-definition.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import { Badge, Button, EmptyState, Panel, Select, Table, useAddress, useText } from "../../../platform/ui/kit.js";
import { isChanged, type ListName } from "./calendar-state.js";
import { hoursWords, weekWords } from "./calendar-words.js";

const words = {
  weekly: msg("policy-calendar.calendarLines.weekly"),
  usual: msg("policy-calendar.calendarLines.usual"),
  days: msg("policy-calendar.calendarLines.days"),
  date: msg("policy-calendar.calendarLines.date"),
  dates: pattern("policy-calendar.calendarLines.dates"),
  name: msg("policy-calendar.calendarLines.name"),
  hours: msg("policy-calendar.calendarLines.hours"),
  state: msg("policy-calendar.calendarLines.state"),
  acts: msg("policy-calendar.calendarLines.acts"),
  edit: msg("policy-calendar.calendarLines.edit"),
  confirm: msg("policy-calendar.calendarLines.confirm"),
  remove: msg("policy-calendar.calendarLines.remove"),
};

interface LinesProps {
  readonly definition: CalendarDefinition;
  /** As it is in force. */
  readonly before: CalendarDefinition;
  readonly faults: ReadonlyMap<string, readonly Bilingual[]>;
  readonly mayEdit: boolean;
  readonly today: string;
  readonly onEdit: (list: ListName, at: number | null) => void;
  readonly onConfirm: (list: ListName, at: number) => void;
  readonly onRemove: (list: ListName, at: number) => void;
}

interface Row<Line> {
  readonly line: Line;
  readonly at: number;
}

function useDates() {
  const { t, date } = useText();
  return (from: string, to: string | undefined) =>
    to === undefined || to === from ? date(from) : t(words.dates, { from: date(from), to: date(to) });
}

/** Confirmed or expected, changed, and what is wrong with it. */
function LineState({
  line,
  changed,
  faults,
}: {
  line: SpecialDays | WeeklyPeriod;
  changed: boolean;
  faults: readonly Bilingual[];
}) {
  const { t } = useText();
  return (
    <div className="line-state">
      {line.provisional ? (
        <Badge tone="near" icon="question">
          {t(msg("policy-calendar.calendarLines.provisional"))}
        </Badge>
      ) : (
        <Badge tone="done">{t(msg("policy-calendar.calendarLines.confirmed"))}</Badge>
      )}
      {changed && (
        <Badge tone="waiting" icon="edit">
          {t(msg("policy-calendar.calendarLines.changed"))}
        </Badge>
      )}
      {faults.map((fault) => (
        <p key={fault.en} className="field-fault" role="alert">
          {t(fault)}
        </p>
      ))}
    </div>
  );
}

function LineActs({
  list,
  at,
  line,
  onEdit,
  onConfirm,
  onRemove,
}: Pick<LinesProps, "onEdit" | "onConfirm" | "onRemove"> & {
  list: ListName;
  at: number;
  line: SpecialDays | WeeklyPeriod;
}) {
  const { t } = useText();
  const name = line.name ?? words.usual;
  // Whoever hears the buttons one after the other hears of which line each is.
  const named = (act: Bilingual): Bilingual =>
    perLanguage((language) => `${inLanguage(act, language)}: ${inLanguage(name, language)}`);
  return (
    <div className="row-acts">
      {line.provisional && (
        <Button small icon="check" label={named(words.confirm)} onClick={() => onConfirm(list, at)}>
          {t(words.confirm)}
        </Button>
      )}
      <Button small icon="edit" label={named(words.edit)} onClick={() => onEdit(list, at)}>
        {t(words.edit)}
      </Button>
      <Button small kind="quiet" icon="trash" label={named(words.remove)} onClick={() => onRemove(list, at)} />
    </div>
  );
}

export function WeeklyHours(props: LinesProps) {
  const { definition, before, faults, mayEdit, onEdit } = props;
  const { t } = useText();
  const dates = useDates();
  const rows: Row<WeeklyPeriod>[] = definition.periods
    .map((line, at) => ({ line, at }))
    .sort((a, b) => (a.line.from < b.line.from ? 1 : -1));
  return (
    <Panel
      title={words.weekly}
      flush
      actions={
        mayEdit && (
          <Button icon="plus" small onClick={() => onEdit("periods", null)}>
            {t(msg("policy-calendar.calendarLines.addPeriod"))}
          </Button>
        )
      }
    >
      <Table
        caption={words.weekly}
        rows={rows}
        rowKey={({ at }) => String(at)}
        columns={[
          { key: "name", label: words.name, cell: ({ line }) => <bdi>{t(line.name ?? words.usual)}</bdi> },
          { key: "date", label: words.date, cell: ({ line }) => dates(line.from, line.to) },
          {
            key: "hours",
            label: words.hours,
            cell: ({ line }) => (
              <ul className="plain-list">
                {weekWords(line.hours).map((part) => (
                  <li key={part.en}>{t(part)}</li>
                ))}
              </ul>
            ),
          },
          {
            key: "state",
            label: words.state,
            cell: ({ line, at }) => (
              <LineState
                line={line}
                changed={isChanged(line, before.periods)}
                faults={faults.get(`periods/${at}`) ?? []}
              />
            ),
          },
          ...(mayEdit
            ? [
                {
                  key: "acts",
                  label: words.acts,
                  hideLabel: true,
                  cell: ({ line, at }: Row<WeeklyPeriod>) => <LineActs {...props} list="periods" at={at} line={line} />,
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

export function DaysThatDiffer(props: LinesProps) {
  const { definition, before, faults, mayEdit, today, onEdit } = props;
  const { t } = useText();
  const dates = useDates();
  const [query, setQuery] = useAddress();
  const years = [
    ...new Set([
      today.slice(0, 4),
      definition.covers.from.slice(0, 4),
      definition.covers.to.slice(0, 4),
      ...definition.days.flatMap(({ date, to }) => [date.slice(0, 4), (to ?? date).slice(0, 4)]),
    ]),
  ]
    .filter((year) => /^\d{4}$/.test(year))
    .sort();
  const year = years.includes(query.year ?? "") ? (query.year as string) : today.slice(0, 4);
  const rows: Row<SpecialDays>[] = definition.days
    .map((line, at) => ({ line, at }))
    // What is wrong is shown whichever year was chosen.
    .filter(({ line, at }) => {
      const inYear = line.date.slice(0, 4) <= year && (line.to ?? line.date).slice(0, 4) >= year;
      return inYear || faults.has(`days/${at}`);
    })
    .sort((a, b) => (a.line.date < b.line.date ? -1 : 1));
  return (
    <Panel
      title={words.days}
      flush
      actions={
        <>
          <Select
            ariaLabel={msg("policy-calendar.calendarLines.year")}
            value={year}
            choices={years.map((one) => ({ value: one, label: one }))}
            onChange={(chosen) => setQuery({ year: chosen })}
          />
          {mayEdit && (
            <Button icon="plus" small onClick={() => onEdit("days", null)}>
              {t(msg("policy-calendar.calendarLines.addDay"))}
            </Button>
          )}
        </>
      }
    >
      <Table
        caption={words.days}
        rows={rows}
        rowKey={({ at }) => String(at)}
        rowClass={({ line }) => (line.provisional ? "row-provisional" : undefined)}
        empty={<EmptyState title={msg("policy-calendar.calendarLines.none")} icon="calendar" />}
        columns={[
          { key: "date", label: words.date, cell: ({ line }) => dates(line.date, line.to) },
          { key: "name", label: words.name, cell: ({ line }) => <bdi>{t(line.name)}</bdi> },
          { key: "hours", label: words.hours, cell: ({ line }) => t(hoursWords(line.hours)) },
          {
            key: "state",
            label: words.state,
            cell: ({ line, at }) => (
              <LineState line={line} changed={isChanged(line, before.days)} faults={faults.get(`days/${at}`) ?? []} />
            ),
          },
          ...(mayEdit
            ? [
                {
                  key: "acts",
                  label: words.acts,
                  hideLabel: true,
                  cell: ({ line, at }: Row<SpecialDays>) => <LineActs {...props} list="days" at={at} line={line} />,
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}
