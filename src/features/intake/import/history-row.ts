/** One row of another system's table, read by the mapping: an application and what became of it, or the reasons why not. */

import { civilDate } from "../../../engine/calendar/civil-days.js";
import { type HoursOfDay, hoursOfDay, type WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import type { Application } from "../../../engine/lifecycle/case.js";
import { notAllowed } from "../../../engine/rules/schema-faults.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Faults, readText } from "../input-checks.js";
import type { CsvRecord } from "./csv-records.js";
import { fieldsReader } from "./field-columns.js";
import { type HistoryState, historyState, stateWords } from "./history-states.js";
import { codedColumns, type ImportMapping, type MappedColumn, recordsOf, type TimedColumn } from "./mapping.js";
import { timeReader, type WrittenTime } from "./read-time.js";
import { codeTable, placesOf, type WordTable, wordTable } from "./word-table.js";

// What a day without a time of day means in a history: received when its work began, due and closed when its work ended.
// A day cannot say what came first on it. So it gives way to a time that is known: closed on the day of a late receipt means
// at once, received on the day of an early closing likewise; and of today only what is over counts.

type DayMeaning = (row: {
  readonly received: WrittenTime | null;
  readonly due: WrittenTime | null;
  readonly closed: WrittenTime | null;
}) => { readonly receivedAt: Date | null; readonly dueAt: Date | null; readonly closedAt: Date | null };

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const later = (a: Date, b: Date): Date => (a < b ? b : a);

/** @param now what has happened by then has happened: only a target may lie after it */
function dayMeaning(calendar: WorkingCalendar, now: Date): DayMeaning {
  const { timeZone } = calendar;
  const today = civilDate(now, timeZone);
  const known = new Map<string, HoursOfDay>();
  const hoursOf = (day: string): HoursOfDay => {
    const hours = known.get(day) ?? hoursOfDay(calendar, day);
    known.set(day, hours);
    return hours;
  };
  /** A day that has begun is no future, though its work may not have ended yet. */
  const byNow = (at: Date, day: string): Date => (day === today ? earlier(at, now) : at);
  const onDay = (at: Date | null, day: string): at is Date => at !== null && civilDate(at, timeZone) === day;

  const receivedOn = (day: string, closedAt: Date | null): Date => {
    const begins = byNow(hoursOf(day).begins, day);
    return onDay(closedAt, day) ? earlier(begins, closedAt) : begins;
  };
  const closedOn = (day: string, receivedAt: Date | null): Date => {
    const ends = byNow(hoursOf(day).ends, day);
    return onDay(receivedAt, day) ? later(ends, receivedAt) : ends;
  };
  return ({ received, due, closed }) => {
    const receivedAt = received?.day ? receivedOn(received.day, closed?.at ?? null) : (received?.at ?? null);
    return {
      receivedAt,
      dueAt: due?.day ? hoursOf(due.day).ends : (due?.at ?? null),
      closedAt: closed?.day ? closedOn(closed.day, received?.at ?? null) : (closed?.at ?? null),
    };
  };
}

export interface HistoryRow {
  /** The number it had there: a row comes in once, however often it is read. */
  readonly sourceId: string;
  readonly application: Application;
  readonly state: HistoryState;
  /** The other system's own resolution target. */
  readonly dueAt: Date | null;
  /** That it named a day without a time: `dueAt` is the end of that working day. */
  readonly dueIsDay: boolean;
  /** Never before it was received. */
  readonly closedAt: Date | null;
}

/** `field` of a fault is the column's title in the file. */
export type ReadRow =
  | { readonly ok: true; readonly row: HistoryRow; readonly warnings: readonly FieldFault[] }
  | { readonly ok: false; readonly sourceId: string | null; readonly faults: readonly FieldFault[] };

export type RowReader = (record: CsvRecord) => ReadRow;

const subjectLength = 200;
const descriptionLength = 10_000;
const codeLength = 100;

type Cell = (column: MappedColumn) => string;
type Title = (column: MappedColumn) => string;

/** A reader for one file. The mapping was checked against this set-up and this header; `now` bounds the past. */
export function rowReader(a: {
  mapping: ImportMapping;
  setup: Setup;
  /** What a date without a time of day means. */
  calendar: WorkingCalendar;
  header: readonly string[];
  now: Date;
}): RowReader {
  const { mapping, setup, calendar, header, now } = a;
  const placeOf = (title: string): number => placesOf(title, header)[0] ?? -1;
  const places = new Map(Object.entries(mapping.columns).map(([name, title]) => [name, placeOf(title)]));
  const title: Title = (column) => mapping.columns[column] ?? column;
  const translate = translator(mapping, setup);
  const timeZone = mapping.timeZone ?? setup.programme.timeZone;
  const defaultFormat = mapping.timeFormat ?? "iso";
  const readTime = timeReader(defaultFormat, timeZone);
  const formatOf = (column: TimedColumn): string => mapping.timeFormats?.[column] ?? defaultFormat;
  const timeReaders = {
    receivedAt: timeReader(formatOf("receivedAt"), timeZone),
    dueAt: timeReader(formatOf("dueAt"), timeZone),
    closedAt: timeReader(formatOf("closedAt"), timeZone),
  };
  const meaning = dayMeaning(calendar, now);
  const readFields = fieldsReader({ mapping, setup, header, readTime, timeZone });
  const tolerance = mapping.clockSkewToleranceSeconds ?? 0;
  const language = mapping.language ?? setup.programme.defaultLanguage;

  return ({ cells, fault }) => {
    if (cells === null) return { ok: false, sourceId: null, faults: [{ field: "", reason: fault ?? unreadable }] };
    if (cells.length !== header.length) {
      return { ok: false, sourceId: null, faults: [{ field: "", reason: wrongWidth(cells.length, header.length) }] };
    }
    const cell: Cell = (column) => (cells[places.get(column) ?? -1] ?? "").trim();
    const faults = new Faults();
    const sourceId = readSourceId(cell, title, faults);
    const time = (column: TimedColumn): WrittenTime | null => {
      const written = cell(column);
      if (written === "") return null;
      const read = timeReaders[column](written);
      if (read === null) faults.add(title(column), notATime(written, formatOf(column)));
      return read;
    };
    const [received, due, closed] = [time("receivedAt"), time("dueAt"), time("closedAt")];
    const { receivedAt, dueAt, closedAt } = meaning({ received, due, closed });
    if (cell("receivedAt") === "") faults.add(title("receivedAt"), missing);
    checkPast(title("receivedAt"), receivedAt, now, tolerance, faults);
    checkPast(title("closedAt"), closedAt, now, tolerance, faults);

    const code = (column: (typeof codedColumns)[number]): string | null => translate(column, cell, title, faults);
    const codes = Object.fromEntries(codedColumns.map((column) => [column, code(column)])) as Record<
      (typeof codedColumns)[number],
      string | null
    >;
    for (const column of ["type", "channel"] as const)
      if (codes[column] === null && cell(column) === "") faults.add(title(column), missing);

    const textOf = (column: "subject" | "description", max: number): string | null =>
      readText(cell(column), title(column), { max, lines: true }, faults);
    const subject = textOf("subject", subjectLength) ?? mapping.defaults?.subject ?? null;
    if (subject === null && cell("subject") === "") faults.add(title("subject"), missing);
    const description = textOf("description", descriptionLength) ?? subject;

    const state = readState({
      translate,
      setup,
      cell,
      title,
      type: codes.type,
      placed: codes.entity !== null,
      closed: closedAt !== null,
      faults,
    });
    const warnings = checkOrder({ title, receivedAt, closedAt, tolerance, state, faults });

    const { type, channel } = codes;
    const fields = type === null ? {} : readFields(type, cells, faults);
    if (faults.list.length > 0 || !sourceId || !receivedAt || !type || !channel || !subject || !description || !state) {
      return { ok: false, sourceId, faults: faults.list };
    }
    const application: Application = {
      programme: setup.programme.code,
      type,
      channel,
      language,
      subject: subject.replace(/\s*[\r\n\t]+\s*/g, " "),
      description,
      sector: codes.sector ?? setup.entities.get(codes.entity ?? "")?.sector ?? null,
      entity: codes.entity,
      service: codes.service,
      governorate: codes.governorate,
      pillar: codes.pillar,
      importance: codes.importance,
      category: codes.category,
      anonymous: true,
      fields,
      receivedAt,
      imported: true,
    };
    const endedAt = closedAt !== null && closedAt < receivedAt ? receivedAt : closedAt;
    const row = { sourceId, application, state, dueAt, dueIsDay: due?.at === null, closedAt: endedAt };
    return { ok: true, row, warnings };
  };
}

const unreadable: Bilingual = msg("intake.historyRow.unreadable");
const missing: Bilingual = msg("intake.historyRow.missing");

function wrongWidth(found: number, expected: number): Bilingual {
  return msg("intake.historyRow.thisRowHasCellsAnd", { found, expected });
}

function notATime(written: string, format: string): Bilingual {
  const seen = JSON.stringify(written.slice(0, 60));
  const form = format === "iso" ? msg("intake.historyRow.isoForm") : format;
  return msg("intake.historyRow.isNotAMomentThat", { seen, form });
}

function readSourceId(cell: Cell, title: Title, faults: Faults): string | null {
  const id = readText(cell("sourceId"), title("sourceId"), { max: codeLength }, faults);
  if (id === null) {
    if (cell("sourceId") === "") faults.add(title("sourceId"), missing);
    return null;
  }
  // A spreadsheet shortens long numbers: different rows would then share one.
  if (!/^\d+([.,]\d+)?E\+?\d+$/i.test(id)) return id;
  faults.add(title("sourceId"), msg("intake.historyRow.wasShortenedByASpreadsheet", { id }));
  return null;
}

/** A code by the mapping's table, or the cell itself where it has none; then the default; null for none. */
function translator(mapping: ImportMapping, setup: Setup) {
  const tables = new Map<string, WordTable<string | null>>(
    codedColumns.map((column) => [column, codeTable(recordsOf(setup, column).keys())]),
  );
  for (const [column, table] of Object.entries(mapping.values ?? {}))
    tables.set(column, wordTable(Object.entries(table)));
  return (column: (typeof codedColumns)[number] | "state", cell: Cell, title: Title, faults: Faults): string | null => {
    const written = cell(column);
    const otherwise = mapping.defaults?.[column] ?? null;
    const table = tables.get(column);
    // Which words name a state is the workflow's to say, which the row's type decides.
    if (table === undefined) return written === "" ? otherwise : written;
    const known = table.get(written);
    if (known !== undefined) return known ?? otherwise;
    if (written === "") return otherwise;
    const words = table.words.filter((word) => word !== "");
    faults.add(title(column), notAllowed(written, words));
    return null;
  };
}

/** The state the row names; without one a closing time tells. */
function readState(a: {
  translate: ReturnType<typeof translator>;
  setup: Setup;
  cell: Cell;
  title: Title;
  type: string | null;
  placed: boolean;
  closed: boolean;
  faults: Faults;
}): HistoryState | null {
  const { translate, setup, cell, title, type, placed, closed, faults } = a;
  const before = faults.list.length;
  const word = translate("state", cell, title, faults) ?? (closed ? "closed" : "open");
  if (type === null || faults.list.length > before) return null;
  const workflow = setup.workflows.get(setup.types.get(type)?.workflow ?? "")?.definition;
  if (workflow === undefined) {
    faults.add(title("type"), msg("intake.historyRow.theApplicationTypeHasNo", { type }));
    return null;
  }
  const words = [...stateWords, ...Object.keys(workflow.states)];
  const state =
    historyState(workflow, word, placed) ?? historyState(workflow, codeTable(words).get(word) ?? word, placed);
  if (state === null) faults.add(title("state"), notAllowed(word, words));
  return state;
}

function checkPast(field: string, at: Date | null, now: Date, tolerance: number, faults: Faults): void {
  if (at === null || at.getTime() <= now.getTime() + tolerance * 1000) return;
  faults.add(field, msg("intake.historyRow.liesInTheFuture", { toISOString: at.toISOString() }));
}

/** What the times say of each other and of the state. */
function checkOrder(a: {
  title: Title;
  receivedAt: Date | null;
  closedAt: Date | null;
  tolerance: number;
  state: HistoryState | null;
  faults: Faults;
}): FieldFault[] {
  const { title, receivedAt, closedAt, tolerance, state, faults } = a;
  const field = title("closedAt");
  if (state?.ending === "duplicate") {
    faults.add(title("state"), msg("intake.historyRow.aDuplicateCannotComeIn"));
  }
  if (state !== null && state.ending === null && closedAt !== null) {
    faults.add(field, msg("intake.historyRow.itIsOpenAndHas"));
  }
  if (state !== null && state.ending !== null && closedAt === null) {
    faults.add(field, msg("intake.historyRow.itIsClosedAndThe"));
  }
  if (receivedAt === null || closedAt === null || closedAt >= receivedAt) return [];
  const seconds = Math.ceil((receivedAt.getTime() - closedAt.getTime()) / 1000);
  if (seconds > tolerance) {
    faults.add(field, msg("intake.historyRow.itWasClosedSBefore", { seconds, tolerance }));
    return [];
  }
  const reason = msg("intake.historyRow.itWasClosedSBefore2", { seconds });
  return [{ field, reason }];
}
