/** One edit as it goes into a change-set: what it really changes, and whether that can stand beside the rest. */

import type { Setup } from "../../../engine/setup/setup.js";
import { incumbent } from "../../../engine/setup/setup-references.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { checkSeat } from "../../people/seats.js";
import { isSame, rowAfter, tidied } from "../../setup/edited-rows.js";
import { rowIn } from "../../setup/setup-acts.js";
import { freeCode, furtherFaults, rowFaults } from "../../setup/setup-faults.js";
import { refusals } from "../../setup/setup-refusals.js";
import { type FlatRow, flatRow, rowsOf, tableOf } from "../../setup/tables/setup-tables.js";
import { definitionsOf } from "../publication/impact-input.js";
import type { ChangeEdit, RowChange, SeatChange } from "./change-edit.js";
import { endsOtherwise } from "./change-set-refusals.js";

const fault = (field: string, reason: Bilingual): Problem => new Problem("invalid-input", reason, [{ field, reason }]);

const nothingChanged = msg("policy-change-sets.checkEdit.nothingChanged");

const columnsOf = ({ table }: Extract<RowChange, { values: FlatRow }>): ReadonlySet<string> =>
  new Set(tableOf(table).columns.map(({ name }) => name));

function unknownColumns(edit: Extract<RowChange, { values: FlatRow }>): FieldFault[] {
  const known = columnsOf(edit);
  return Object.keys(edit.values)
    .filter((name) => !known.has(name))
    .map((name) => ({
      field: `/${name}`,
      reason: msg("policy-change-sets.checkEdit.nobodyKnowsTheColumn", { name }),
    }));
}

type Update = Extract<RowChange, { act: "update" }>;

/**
 * The columns that differ from what stands there, by what stands there now; what is no column stays, to be told with the
 * other faults. Problem conflict: it is another already.
 */
function narrowed(written: Update, setup: Setup): Update {
  const { table } = written;
  const edit = { ...written, values: tidied(table, written.values), before: tidied(table, written.before) };
  const now = flatRow(edit.table, rowIn(setup, edit.table, edit.code));
  if (edit.table === "programmes" && edit.code !== setup.programme.code)
    throw refusals.noRow(edit.table, edit.code, "");
  if (edit.values.secondPerson !== undefined && !isSame(edit.values.secondPerson, now.secondPerson))
    throw refusals.invalid([refusals.secondPersonStays]);
  if (edit.values.code !== undefined && edit.values.code !== edit.code) throw refusals.invalid([refusals.codeFixed]);
  const known = columnsOf(edit);
  const changed = Object.keys(edit.values).filter(
    (name) => name !== "code" && !(known.has(name) && isSame(edit.values[name], now[name])),
  );
  const moved = changed.filter(
    (name) => known.has(name) && name in edit.before && !isSame(edit.before[name] ?? null, now[name] ?? null),
  );
  if (moved.length > 0) {
    throw refusals.conflict(
      moved.map((name) => ({
        field: `/${name}`,
        reason: msg("policy-change-sets.checkEdit.somebodyChangedItMeanwhile"),
      })),
    );
  }
  const pick = (from: FlatRow): FlatRow =>
    Object.fromEntries(changed.map((name) => [name, Object.hasOwn(from, name) ? (from[name] ?? null) : null]));
  return { ...edit, values: pick(edit.values), before: pick(now) };
}

/** What two edits of one row come to; the later one says more. Problem conflict: one would be lost by the other. */
function joined(earlier: RowChange | null, edit: RowChange): RowChange {
  if (earlier === null) return edit;
  if (edit.act === "restore" && earlier.act === "update") throw endsOtherwise();
  if (edit.act !== "update") return edit;
  if (earlier.act === "create") return { ...earlier, values: { ...earlier.values, ...edit.values } };
  if (earlier.act !== "update") throw endsOtherwise();
  return { ...edit, values: { ...earlier.values, ...edit.values }, before: { ...earlier.before, ...edit.before } };
}

interface Around {
  readonly setup: Setup;
  readonly after: (edit: ChangeEdit) => Setup;
  readonly calendars: ReadonlySet<string>;
  readonly ofCode: readonly FieldFault[];
}

/** What is written, as it would stand in the set-up; a code that cannot be is told, and the rest judged as if it were another. */
function writtenFaults(
  edit: Extract<RowChange, { values: FlatRow }>,
  { setup, after, calendars, ofCode }: Around,
): FieldFault[] {
  const rows = rowsOf(setup, edit.table);
  const taken = edit.act === "create" && rows.has(edit.code) ? [refusals.codeTaken(edit.code)] : ofCode;
  const other = freeCode(edit.code, rows);
  const judged = taken.length > 0 ? { ...edit, code: other, values: { ...edit.values, code: other } } : edit;
  const then = after(judged);
  const row = rowAfter(then, { ...judged, act: "update", before: {} });
  const around = { setup: then, definitions: definitionsOf(then), calendars };
  const first = [...unknownColumns(edit), ...taken];
  return [...first, ...(row === null ? [] : furtherFaults(first, rowFaults(edit.table, row, around)))];
}

function checkRow(edit: RowChange, around: Around): void {
  if (edit.act !== "create") rowIn(around.setup, edit.table, edit.code);
  if (edit.act === "create" || edit.act === "update") {
    if (edit.act === "update" && Object.keys(edit.values).length === 0) throw fault("", nothingChanged);
    const faults = writtenFaults(edit, around);
    if (faults.length > 0) throw refusals.invalid(faults);
  }
  if (edit.act === "retire" && edit.cases !== undefined && edit.table !== "entities")
    throw fault("/edit/cases", msg("policy-change-sets.checkEdit.onlyCasesOfEntitiesAre"));
  if (edit.act === "merge" && edit.into === edit.code)
    throw fault("/into", msg("policy-change-sets.checkEdit.chooseAnotherEntityThanThis"));
}

/** Where a seat goes and who sits on it are said one after the other. Problem conflict: the set retires it. */
function joinedSeat(earlier: SeatChange | null, edit: SeatChange): SeatChange {
  if (earlier === null || edit.act !== "update") return edit;
  if (earlier.act === "create") return { ...earlier, values: { ...earlier.values, ...edit.values } };
  if (earlier.act !== "update") throw endsOtherwise();
  return { ...edit, values: { ...earlier.values, ...edit.values } };
}

function checkSeatChange(edit: SeatChange, setup: Setup, after: Setup, now: Date): SeatChange {
  const seat = setup.seats.find(({ code }) => code === edit.code);
  if (edit.act === "create") {
    if (seat !== undefined) throw refusals.invalid([refusals.codeTaken(edit.code)]);
    const { role = "", titleAr = "", titleEn = "", entity, sector } = edit.values;
    checkSeat({ code: edit.code, role, titleAr, titleEn, entity: entity ?? null, sector: sector ?? null }, after);
    return edit;
  }
  if (seat === undefined)
    throw new Problem("not-found", msg("policy-change-sets.checkEdit.thereIsNoSeat", { code: edit.code }));
  if (edit.act === "retire") return edit;
  const held = incumbent(seat, now)?.email ?? null;
  const { entity, sector, holder } = edit.values;
  const moved = entity !== undefined && entity !== seat.entity;
  const shifted = sector !== undefined && sector !== seat.sector;
  const other = holder !== undefined && (holder || null) !== held;
  if (!moved && !shifted && !other) throw fault("", nothingChanged);
  if (moved || shifted) {
    const { role, title } = seat;
    const place = { entity: moved ? (entity ?? null) : seat.entity, sector: shifted ? (sector ?? null) : seat.sector };
    checkSeat({ role, titleAr: title.ar, titleEn: title.en, ...place }, after);
  }
  return {
    ...edit,
    values: { ...(moved && { entity }), ...(shifted && { sector }), ...(other && { holder: holder || null }) },
    before: {
      ...(moved && { entity: seat.entity }),
      ...(shifted && { sector: seat.sector }),
      ...(other && { holder: held }),
    },
  };
}

/** The edit as it is kept. Problems: invalid-input with faults as a form names them, not-found, conflict. */
export function checkEdit(
  edit: ChangeEdit,
  a: {
    readonly setup: Setup;
    /** The set-up with everything else of the set, and with this. */
    readonly after: (edit: ChangeEdit) => Setup;
    readonly calendars: ReadonlySet<string>;
    /** What the set says of the same row already, and this is joined with; null: nothing, or this stands instead of it. */
    readonly earlier: ChangeEdit | null;
    /** What is wrong with the code of a row that is added, beside the rest of the set. */
    readonly ofCode: readonly FieldFault[];
    readonly now: Date;
  },
): ChangeEdit {
  const { setup, calendars, ofCode, now } = a;
  if (edit.table === "seats") {
    const seat = joinedSeat(a.earlier as SeatChange | null, edit);
    return checkSeatChange(seat, setup, a.after(seat), now);
  }
  const before = edit.act === "update" && a.earlier?.act !== "create" ? narrowed(edit, setup) : edit;
  const whole = joined(a.earlier as RowChange | null, before);
  checkRow(whole, { setup, after: a.after, calendars, ofCode });
  return whole;
}
