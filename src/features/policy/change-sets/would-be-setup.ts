/** The set-up as it would be if a change-set were published, worked out without touching anything. */

import type { Published, Seat, SeatHolder, Setup } from "../../../engine/setup/setup.js";
import { declarationOf, type SetupTableName } from "../../../engine/setup/tables/setup-registry.js";
import type { SetupEdit } from "../../setup/setup-edit.js";
import { levelsBelow } from "../../setup/setup-faults.js";
import type { ConfigurationKind } from "../../setup/tables/define-configuration-version.js";
import { defaultsOf, type FileRow, fileRow, flatRow, rowsOf, tableOf } from "../../setup/tables/setup-tables.js";
import type { SeatStep, Steps } from "./expand-edits.js";

/** What of policy changes with it. */
export interface ChangedPolicy {
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly definition: object;
}

/** An account by its address, as whoever would hold a seat. */
export type People = ReadonlyMap<string, Omit<SeatHolder, "from" | "to">>;

/** An optional text that is empty is no value. */
function tidy(table: SetupTableName, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const optional = new Set(tableOf(table).columns.flatMap((column) => (column.optional ? [column.name] : [])));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = typeof value === "string" ? value.trim() : value;
      return [name, optional.has(name) && text === "" ? null : text];
    }),
  );
}

/** The row as it would be; null: there is none to change. */
export function rowAfter(setup: Setup, edit: SetupEdit): FileRow | null {
  const { table, code } = edit;
  const current = rowsOf(setup, table).get(code);
  if (edit.act === "create") {
    const order = Math.max(0, ...[...rowsOf(setup, table).values()].map((row) => Number(row.order))) + 1;
    const flat = { sortOrder: order, ...defaultsOf(table), ...tidy(table, edit.values), code };
    return withLevel(setup, table, fileRow(table, flat, { retired: false }));
  }
  if (current === undefined) return null;
  if (edit.act === "update") {
    const changed = fileRow(table, { ...flatRow(table, current), ...tidy(table, edit.values) }, current);
    return withLevel(setup, table, changed);
  }
  if (edit.act === "remove") return null;
  return { ...current, retired: edit.act === "retire" } as FileRow;
}

/** The level of an entity follows from the one above. */
function withLevel(setup: Setup, table: SetupTableName, row: FileRow): FileRow {
  if (table !== "entities") return row;
  const parent = typeof row.parent === "string" ? setup.entities.get(row.parent) : undefined;
  return { ...row, level: parent === undefined ? 0 : parent.level + 1 };
}

function withRow(setup: Setup, edit: SetupEdit): Setup {
  const row = rowAfter(setup, edit);
  if (row === null) return setup;
  // Another calendar is published by itself; a programme works by it from the next look on.
  if (edit.table === "programmes") return { ...setup, programme: row as unknown as Setup["programme"] };
  const rows = new Map(rowsOf(setup, edit.table)).set(edit.code, row);
  const after = { ...setup, [declarationOf(edit.table).setup]: rows } as Setup;
  return edit.table === "entities" ? withLevelsBelow(after, edit.code) : after;
}

function withLevelsBelow(setup: Setup, top: string): Setup {
  const levels = levelsBelow([...setup.entities.values()], top);
  if (levels.size === 0) return setup;
  const entities = new Map(
    [...setup.entities].map(([code, row]) => [code, { ...row, level: levels.get(code) ?? row.level }]),
  );
  return { ...setup, entities };
}

function seatAfter(seat: Seat, step: SeatStep, people: People, now: Date): Seat {
  const placed = step.place === undefined ? seat : { ...seat, ...step.place };
  const left = step.end
    ? placed.holders.map((holder) =>
        holder.from <= now && (holder.to === null || now < holder.to) ? { ...holder, to: now } : holder,
      )
    : placed.holders;
  const next = step.hold === undefined ? undefined : people.get(step.hold.trim().toLowerCase());
  return { ...placed, holders: next === undefined ? left : [...left, { ...next, from: now, to: null }] };
}

function withSeats(setup: Setup, steps: readonly SeatStep[], people: People, now: Date): Setup {
  const byCode = new Map(steps.map((step) => [step.code, step]));
  const kept = setup.seats.flatMap((seat) => {
    const step = byCode.get(seat.code ?? "");
    if (step === undefined) return [seat];
    return step.retire ? [] : [seatAfter(seat, step, people, now)];
  });
  const added = steps.flatMap((step, i): Seat[] => {
    const { create } = step;
    if (create?.role === undefined) return [];
    const { entity = null, sector = null, titleAr = "", titleEn = "" } = create;
    const title = { ar: titleAr, en: titleEn };
    const role = create.role as Seat["role"];
    const fresh = { id: Number.MAX_SAFE_INTEGER - i, code: step.code, role, title, entity, sector, holders: [] };
    return [seatAfter(fresh, step, people, now)];
  });
  return { ...setup, seats: [...kept, ...added] };
}

function withPolicy(setup: Setup, { kind, name, definition }: ChangedPolicy): Setup {
  const next = <Definition>(current: Published<Definition> | undefined): Published<Definition> => ({
    versionId: 0,
    version: (current?.version ?? 0) + 1,
    definition: definition as Definition,
  });
  if (kind === "rules") {
    const set = name as Parameters<Setup["ruleSets"]["get"]>[0];
    return { ...setup, ruleSets: new Map(setup.ruleSets).set(set, next(setup.ruleSets.get(set))) };
  }
  if (kind === "workflow")
    return { ...setup, workflows: new Map(setup.workflows).set(name, next(setup.workflows.get(name))) };
  if (kind === "message")
    return { ...setup, messages: new Map(setup.messages).set(name, next(setup.messages.get(name))) };
  if (kind === "digest") return { ...setup, digests: new Map(setup.digests).set(name, next(setup.digests.get(name))) };
  if (kind === "calendar" && setup.calendar.definition.code === name)
    return { ...setup, calendar: next(setup.calendar) };
  return setup;
}

/** Rows first, what is retired last, then seats and policy; order among rows plays no part. */
export function wouldBeSetup(
  setup: Setup,
  a: {
    readonly steps: Steps;
    readonly policies: readonly ChangedPolicy[];
    readonly people: People;
    readonly now: Date;
  },
): Setup {
  const ends = (edit: SetupEdit) => edit.act === "retire" || edit.act === "remove";
  const edits = [...a.steps.edits.filter((edit) => !ends(edit)), ...a.steps.edits.filter(ends)];
  // Twice: an entity may stand under one that comes later in the list.
  const rows = [...edits, ...edits.filter(({ table }) => table === "entities")].reduce(withRow, setup);
  return a.policies.reduce(withPolicy, withSeats(rows, a.steps.seats, a.people, a.now));
}
