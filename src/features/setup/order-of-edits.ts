/** The order in which edits of the set-up can be done, whatever order they were written in. */

import type { Setup } from "../../engine/setup/setup.js";
import { ownColumns } from "../../engine/setup/tables/setup-registry.js";
import { isEnd, type SetupEdit } from "./edited-rows.js";
import { type FlatRow, flatRow, rowsOf } from "./tables/setup-tables.js";

type Key = `${string}/${string}`;
const keyOf = ({ table, code }: { table: string; code: string }): Key => `${table}/${code}`;

/** What a row refers to by its columns, as the declarations say. */
function referencesIn(table: SetupEdit["table"], values: FlatRow): Key[] {
  return ownColumns(table).flatMap(([name, column]) => {
    if (!("to" in column)) return [];
    const value = values[name];
    const codes: unknown[] = Array.isArray(value) ? value : [value];
    return codes.flatMap((code) => (typeof code === "string" ? [keyOf({ table: column.to, code })] : []));
  });
}

/** Each behind all that `needs` names, else in their order; a circle is left as it was written. */
function behindTheirNeeds(edits: readonly SetupEdit[], needs: (edit: SetupEdit) => readonly SetupEdit[]): SetupEdit[] {
  const done = new Set<SetupEdit>();
  const visit = (edit: SetupEdit): SetupEdit[] => {
    if (done.has(edit)) return [];
    done.add(edit);
    return [...needs(edit).flatMap(visit), edit];
  };
  return edits.flatMap(visit);
}

function byKey(edits: readonly SetupEdit[]): ReadonlyMap<Key, readonly SetupEdit[]> {
  const found = new Map<Key, SetupEdit[]>();
  for (const edit of edits) found.set(keyOf(edit), [...(found.get(keyOf(edit)) ?? []), edit]);
  return found;
}

/**
 * What is added or comes back, before what refers to it; what goes out of use last, and what refers to something behind which
 * it would be left over goes before that. Several edits of one row stay in their order.
 * @param setup the rows before any of them
 */
export function orderOfEdits(edits: readonly SetupEdit[], setup: Setup): readonly SetupEdit[] {
  const rowOf = ({ table, code }: SetupEdit): FlatRow => {
    const row = rowsOf(setup, table).get(code);
    return row === undefined ? {} : flatRow(table, row);
  };
  const valuesOf = (edit: SetupEdit): FlatRow => ("values" in edit ? edit.values : rowOf(edit));

  const begins = edits.filter((edit) => !isEnd(edit));
  const there = byKey(begins.filter(({ act }) => act !== "update"));
  const ofRow = byKey(begins);
  const first = behindTheirNeeds(begins, (edit) => {
    const own = ofRow.get(keyOf(edit)) ?? [];
    const others = referencesIn(edit.table, valuesOf(edit)).flatMap((key) => there.get(key) ?? []);
    return [...own.slice(0, own.indexOf(edit)), ...others.filter((other) => keyOf(other) !== keyOf(edit))];
  });

  const ends = edits.filter(isEnd);
  const said = new Map(begins.flatMap((edit) => ("values" in edit ? [[keyOf(edit), edit.values] as const] : [])));
  const leaning = new Map<Key, SetupEdit[]>();
  for (const edit of ends)
    for (const key of referencesIn(edit.table, { ...rowOf(edit), ...said.get(keyOf(edit)) }))
      leaning.set(key, [...(leaning.get(key) ?? []), edit]);
  return [...first, ...behindTheirNeeds(ends, (edit) => leaning.get(keyOf(edit)) ?? [])];
}
