/** Which cases of a list are chosen: with boxes, with x (Shift+x from the last one to this), or all that the filters find. */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useShortcuts } from "../../../platform/ui/shortcuts.js";

export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** True: all that the filters find, on whichever page. */
  readonly all: boolean;
  choose(keys: ReadonlySet<string>): void;
  chooseAll(): void;
  clear(): void;
  /** Those of the run that was started last from here; null: there was none since the list asked something else. */
  readonly started: ReadonlySet<string> | null;
  /** Something was started for these, and nothing is chosen any more. */
  start(keys: readonly string[]): void;
}

/**
 * @param list holds the rows, in the order of `rows`
 * @param rows keys of the rows that are shown
 * @param question what the list is set to: another one begins with nothing chosen
 */
export function useSelection(list: RefObject<HTMLElement>, rows: readonly string[], question: string): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [started, setStarted] = useState<ReadonlySet<string> | null>(null);
  const last = useRef<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another list
  useEffect(() => {
    setKeys(new Set());
    setAll(false);
    setStarted(null);
    last.current = null;
  }, [question]);

  const choose = useCallback((next: ReadonlySet<string>) => {
    setAll(false);
    setKeys(next);
  }, []);
  const chooseAll = useCallback(() => setAll(true), []);
  const clear = useCallback(() => choose(new Set()), [choose]);
  const start = useCallback(
    (of: readonly string[]) => {
      clear();
      setStarted(new Set(of));
    },
    [clear],
  );

  useShortcuts({
    select: (event) => {
      const lines = [...(list.current?.querySelectorAll("tbody tr") ?? [])];
      const at = lines.findIndex((line) => line.contains(document.activeElement));
      const key = rows[at];
      if (key === undefined) return false;
      const from = event.shiftKey && last.current !== null ? last.current : at;
      const meant = rows.slice(Math.min(from, at), Math.max(from, at) + 1);
      const next = new Set(keys);
      // A stretch is chosen as a whole; a single row is chosen or let go.
      if (from === at && next.has(key)) next.delete(key);
      else for (const one of meant) next.add(one);
      last.current = at;
      choose(next);
      return true;
    },
  });
  return useMemo(
    () => ({ keys, all, choose, chooseAll, clear, started, start }),
    [keys, all, choose, chooseAll, clear, started, start],
  );
}
