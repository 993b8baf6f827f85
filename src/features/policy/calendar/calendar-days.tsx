/** A calendar by its lines: the dates it covers, days that differ, weekly hours; and the deadlines that run by it. */

import React, { useEffect, useMemo, useState } from "react";
import { Navigate } from "react-router-dom";
import type { CalendarDefinition, SpecialDays, WeeklyPeriod } from "../../../engine/calendar/calendar-definition.js";
import { msg } from "../../../engine/text/msg.js";
import {
  DateField,
  Facts,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  presentDay,
  Spinner,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { PolicyPart, PolicyPartProps } from "../policy-part.js";
import type { CalendarView } from "./calendar.page.js";
import { CalendarLineForm, type Line } from "./calendar-line-form.js";
import { DaysThatDiffer, WeeklyHours } from "./calendar-lines.js";
import { confirmed, faultsByLine, type ListName, withLine, withoutLine, withSetLine } from "./calendar-state.js";
import { OlderClocks, type OpenClocks } from "./older-clocks.js";
import { workingDaysOf } from "./week-hours.js";

/** Open clocks by version, asked again when another version is in force. */
export function useOpenClocks(programme: string, inForce: object | null): OpenClocks {
  const { view, reload } = useView<CalendarView>(withQuery("pages/calendar", { programme }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version in force makes others older
  useEffect(() => {
    void reload();
  }, [inForce]);
  return { view, reload };
}

/** The calendar of a programme in the menu: it leads to where calendars are seen, changed and published. */
export function Calendar() {
  const [{ programme, year, part }] = useAddress();
  const { view, problem } = useView<CalendarView>(withQuery("pages/calendar", { programme }));
  if (view === null)
    return (
      <Page title={msg("policy-calendar.calendar.calendar")}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  const thing = { programme: view.programme, kind: "calendar", name: view.name };
  return <Navigate replace to={withQuery("/admin/pages/policy", { ...thing, part, year })} />;
}

const words = {
  from: msg("policy-calendar.calendarDays.from"),
  to: msg("policy-calendar.calendarDays.to"),
};

interface Edited {
  readonly list: ListName;
  readonly at: number | null;
}

const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null);

/** Whether lines can be shown at all; what is wrong inside them the checks say. */
function isShown(definition: unknown): definition is CalendarDefinition {
  const { covers, days, periods } = (definition ?? {}) as Partial<Record<keyof CalendarDefinition, unknown>>;
  const { from, to } = (covers ?? {}) as Partial<CalendarDefinition["covers"]>;
  return typeof from === "string" && typeof to === "string" && isList(days) && isList(periods);
}

function Covered({ definition, onChange }: { definition: CalendarDefinition; onChange: PolicyPartProps["onChange"] }) {
  const { date } = useText();
  const { covers } = definition;
  const shown = (key: "from" | "to") =>
    onChange === undefined ? (
      date(covers[key])
    ) : (
      <DateField
        ariaLabel={words[key]}
        value={covers[key]}
        onChange={(changed) => changed !== "" && onChange({ ...definition, covers: { ...covers, [key]: changed } })}
      />
    );
  return (
    <Panel title={msg("policy-calendar.calendarDays.coverage")}>
      <Facts
        rows={[
          { label: words.from, value: shown("from") },
          { label: words.to, value: shown("to") },
        ]}
      />
    </Panel>
  );
}

function Clocks({ programme, inForce }: { programme: string; inForce: object | null }) {
  const { number } = useText();
  const clocks = useOpenClocks(programme, inForce);
  if (clocks.view === null) return null;
  const { current, older } = clocks.view.openClocks;
  return (
    <Panel title={msg("policy-calendar.calendarDays.clocks")}>
      <Facts
        rows={[
          { label: msg("policy-calendar.calendarDays.byThis"), value: number(current) },
          { label: msg("policy-calendar.calendarDays.byOlder"), value: number(older) },
        ]}
      />
      <OlderClocks programme={programme} clocks={clocks} />
    </Panel>
  );
}

function CalendarDays({ thing, definition, inForce, onChange, faults }: PolicyPartProps) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const [edited, setEdited] = useState<Edited | null>(null);
  // A finding leads to the form of the line that it is about.
  const [, list, at] = /^\/(days|periods)\/(\d+)/.exec(query.at ?? "") ?? [];
  const mayEdit = onChange !== undefined;
  useEffect(() => {
    if (mayEdit && list !== undefined) setEdited({ list: list as ListName, at: Number(at) });
  }, [mayEdit, list, at]);
  const close = () => {
    setEdited(null);
    if (list !== undefined) setQuery({ at: null });
  };
  const byLine = useMemo(
    () => (isShown(definition) ? faultsByLine(faults, definition) : new Map<string, never[]>()),
    [faults, definition],
  );
  if (!isShown(definition))
    return (
      <NoticeBox tone="warning">
        <p>{t(msg("policy-calendar.calendarDays.unreadable"))}</p>
      </NoticeBox>
    );
  const change = (next: CalendarDefinition) => onChange?.(next);
  const lines = {
    definition,
    before: (inForce ?? definition) as CalendarDefinition,
    faults: byLine,
    mayEdit,
    onEdit: (list: ListName, at: number | null) => setEdited({ list, at }),
    onConfirm: (list: ListName, at: number) => {
      const line = definition[list][at];
      if (line !== undefined) change(withLine(definition, list, at, confirmed(line) as SpecialDays | WeeklyPeriod));
    },
    onRemove: (list: ListName, at: number) => change(withoutLine(definition, list, at)),
  };
  const line =
    edited &&
    ({ list: edited.list, value: edited.at === null ? null : (definition[edited.list][edited.at] ?? null) } as Line);
  return (
    <div className="stack">
      <div className="calendar-tops">
        <Covered definition={definition} onChange={onChange} />
        <Clocks programme={thing.programme} inForce={inForce} />
      </div>
      <DaysThatDiffer {...lines} today={presentDay()} />
      <WeeklyHours {...lines} today={presentDay()} />
      {line && edited && (
        <CalendarLineForm
          line={line}
          workingDays={workingDaysOf(definition)}
          faults={edited.at === null ? [] : (byLine.get(`${edited.list}/${edited.at}`) ?? [])}
          onClose={close}
          onSet={(value) => {
            change(withSetLine(definition, edited, value));
            close();
          }}
        />
      )}
    </div>
  );
}

export const calendarDays: PolicyPart = {
  id: "days",
  label: msg("policy-calendar.calendarDays.daysAndHours"),
  place: "editor",
  of: ({ kind }) => kind === "calendar",
  Component: CalendarDays,
};
