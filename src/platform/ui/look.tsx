/** How somebody likes a list to look: how high its rows are and which columns it has; kept on this device, for this person alone. */

import React, { useEffect, useRef, useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
import { boot, type Words } from "./boot.js";
import { Checkbox } from "./form/inputs.js";
import { Icon } from "./icons.js";
import { useText } from "./language/text.js";

const keyOf = (name: string): string => `diwan-${name}-${boot()?.official.name ?? ""}`;

/**
 * A choice that is kept on this device. A browser that keeps nothing shows what is usual.
 * @param read what was kept, or null where it is none
 */
export function useKept<Value>(
  name: string,
  read: (kept: unknown) => Value | null,
  usual: Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    try {
      return read(JSON.parse(localStorage.getItem(keyOf(name)) ?? "null")) ?? usual;
    } catch {
      return usual;
    }
  });
  const keep = (next: Value): void => {
    setValue(next);
    try {
      localStorage.setItem(keyOf(name), JSON.stringify(next));
    } catch {
      // It holds until the page is left.
    }
  };
  return [value, keep];
}

export interface Look {
  /** Higher rows, in which nothing is cut off; otherwise one line a row. */
  readonly comfortable: boolean;
  /** Keys of the columns that are shown beside those that always are; null: the usual ones. */
  readonly columns: readonly string[] | null;
}

function readLook(kept: unknown): Look | null {
  const { comfortable, columns } = (kept ?? {}) as Partial<Record<keyof Look, unknown>>;
  if (typeof comfortable !== "boolean") return null;
  return { comfortable, columns: Array.isArray(columns) ? columns.filter((one) => typeof one === "string") : null };
}

export const useLook = (list: string): [Look, (look: Look) => void] =>
  useKept<Look>(`look-${list}`, readLook, { comfortable: false, columns: null });

/** The columns to show, in the order of all there are. */
export function chosenColumns<Column extends { readonly key: string; readonly usual?: boolean }>(
  all: readonly Column[],
  { columns }: Look,
): Column[] {
  return all.filter(({ key, usual }) => (columns === null ? usual === true : columns.includes(key)));
}

/** The chosen columns apart by whether any row in sight has something in them. */
export function foldedColumns<Row, Chosen extends { readonly isEmpty?: (row: Row) => boolean }>(
  chosen: readonly Chosen[],
  rows: readonly Row[],
): { readonly shown: readonly Chosen[]; readonly folded: readonly Chosen[] } {
  const saysNothing = ({ isEmpty }: Chosen): boolean => isEmpty !== undefined && rows.every(isEmpty);
  if (rows.length === 0) return { shown: chosen, folded: [] };
  return { shown: chosen.filter((one) => !saysNothing(one)), folded: chosen.filter(saysNothing) };
}

/**
 * A small box behind a button: higher rows or not, and a mark a column.
 * @param folded of the chosen columns those that are not shown, because nothing is in them
 */
export function LookMenu({
  look,
  onLook,
  columns,
  folded = [],
}: {
  look: Look;
  onLook: (look: Look) => void;
  folded?: readonly { readonly label: Words }[];
  columns: readonly { readonly key: string; readonly label: Words; readonly usual?: boolean }[];
}) {
  const { t, list } = useText();
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (): void => box.current?.removeAttribute("open");
    const away = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !box.current?.open) return;
      close();
      box.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  const shown = new Set(chosenColumns(columns, look).map(({ key }) => key));
  const choose = (key: string, on: boolean): void => {
    const next = columns.filter((one) => (one.key === key ? on : shown.has(one.key))).map((one) => one.key);
    onLook({ ...look, columns: next });
  };
  return (
    <details ref={box} className="look">
      <summary className="button button-quiet button-small">
        <Icon name="grid" size={18} />
        <span>{t(msg("ui.look.open"))}</span>
      </summary>
      <div className="look-box">
        <Checkbox
          label={msg("ui.look.comfortable")}
          checked={look.comfortable}
          onChange={(comfortable) => onLook({ ...look, comfortable })}
        />
        <fieldset>
          <legend>{t(msg("ui.look.columns"))}</legend>
          {columns.map(({ key, label }) => (
            <Checkbox key={key} label={label} checked={shown.has(key)} onChange={(on) => choose(key, on)} />
          ))}
        </fieldset>
        {folded.length > 0 && (
          <p className="muted small">
            {t(pattern("ui.look.folded"), { columns: list(folded.map(({ label }) => t(label))) })}
          </p>
        )}
        <p className="muted small">{t(msg("ui.look.kept"))}</p>
      </div>
    </details>
  );
}
