/** What a change-set's edits come to, row by row and seat by seat: a merger is taken apart by what stands there now. */

import type { Seat, Setup } from "../../../engine/setup/setup.js";
import type { RowTable } from "../../../engine/setup/tables/setup-registry.js";
import type { SetupEdit } from "../../setup/edited-rows.js";
import { type ChangeEdit, isSeatChange, type SeatChange, type SeatValues } from "../change-sets/change-edit.js";

/** What happens to one seat, in this order: it is there, it belongs somewhere, nobody holds it, somebody does, it is gone. */
export interface SeatStep {
  readonly code: string;
  readonly create?: SeatValues;
  readonly place?: { readonly entity: string | null; readonly sector: string | null };
  /** Whoever holds it leaves. */
  readonly end?: true;
  /** E-mail address of whoever holds it from then on. */
  readonly hold?: string;
  readonly retire?: true;
}

/** The open cases of an entity that is no more. */
export interface MoveStep {
  readonly entity: string;
  readonly to: string;
  readonly others: Readonly<Record<string, string>>;
}

export interface Steps {
  readonly edits: readonly SetupEdit[];
  readonly seats: readonly SeatStep[];
  readonly moves: readonly MoveStep[];
}

function seatStep(edit: SeatChange): SeatStep {
  const { code } = edit;
  if (edit.act === "retire") return { code, end: true, retire: true };
  const { entity, sector, holder } = edit.values;
  const hold = holder ? { hold: holder } : {};
  if (edit.act === "create") return { code, create: edit.values, ...hold };
  const placed = entity !== undefined || sector !== undefined;
  return {
    code,
    ...(placed && { place: { entity: entity ?? null, sector: sector ?? null } }),
    ...(holder !== undefined && edit.before.holder && { end: true as const }),
    ...hold,
  };
}

type Merge = Extract<ChangeEdit, { act: "merge" }>;

/** Focal points go along; whoever heads the entity only where the other one has no such head. */
function seatOfMerged(seat: Seat, { into, seats }: Merge, setup: Setup): SeatStep | null {
  if (seat.code === undefined) return null;
  const there = setup.seats.some(({ role, entity }) => role === seat.role && entity === into);
  const moves = seats === "move" && (seat.role === "focal_point" || !there);
  return moves
    ? { code: seat.code, place: { entity: into, sector: null } }
    : { code: seat.code, end: true, retire: true };
}

function merged(edit: Merge, setup: Setup, edited: (table: string, code: string) => boolean): Steps {
  const { code, into, cases } = edit;
  const follow = (table: RowTable, column: string, rows: readonly string[]): SetupEdit[] =>
    rows
      .filter((row) => !edited(table, row))
      .map((row) => ({ act: "update", table, code: row, values: { [column]: into }, before: { [column]: code } }));
  const inUse = <Row extends { retired: boolean }>(rows: ReadonlyMap<string, Row>, of: (row: Row) => string | null) =>
    [...rows].filter(([, row]) => !row.retired && of(row) === code).map(([row]) => row);
  return {
    edits: [
      ...follow(
        "services",
        "entity",
        inUse(setup.services, ({ entity }) => entity),
      ),
      ...follow(
        "entities",
        "parent",
        inUse(setup.entities, ({ parent }) => parent),
      ),
      { act: "retire", table: "entities", code, casesMapped: true },
    ],
    seats: setup.seats
      .filter((seat) => seat.entity === code && !edited("seats", seat.code ?? ""))
      .flatMap((seat) => seatOfMerged(seat, edit, setup) ?? []),
    moves: [{ entity: code, to: cases.to, others: cases.except }],
  };
}

function stepsOf(edit: ChangeEdit, setup: Setup, edited: (table: string, code: string) => boolean): Steps {
  const none: Steps = { edits: [], seats: [], moves: [] };
  if (isSeatChange(edit)) return { ...none, seats: [seatStep(edit)] };
  if (edit.act === "merge") return merged(edit, setup, edited);
  if (edit.act !== "retire") return { ...none, edits: [edit] };
  const { cases, ...retire } = edit;
  if (cases === undefined) return { ...none, edits: [retire] };
  return {
    ...none,
    edits: [{ ...retire, casesMapped: true }],
    moves: [{ entity: edit.code, to: cases.to, others: cases.except }],
  };
}

/** A row that the set itself says something else of is left to that. */
export function planSteps(edits: readonly ChangeEdit[], setup: Setup): Steps {
  const named = new Set(edits.map(({ table, code }) => `${table}/${code}`));
  const edited = (table: string, code: string) => named.has(`${table}/${code}`);
  const all = edits.map((edit) => stepsOf(edit, setup, edited));
  return {
    edits: all.flatMap((steps) => steps.edits),
    seats: all.flatMap(({ seats }) => seats),
    moves: all.flatMap(({ moves }) => moves),
  };
}
