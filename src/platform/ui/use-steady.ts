/** New rows come in without moving what somebody looks at or is about to press. */
import { useLayoutEffect, useRef, useState } from "react";

const rowOf = (name: string): HTMLElement | null => document.querySelector(`[data-row="${CSS.escape(name)}"]`);

interface Seen {
  readonly row: string;
  readonly top: number;
  /** Whether it had the focus, and its place among all rows. */
  readonly focused: boolean;
  readonly place: number;
}

/** The row that has the focus, or the one under the pointer. */
function seen(): Seen | null {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;
  const row = focused ?? document.querySelector<HTMLElement>("[data-row]:hover");
  if (row === null) return null;
  const all = [...document.querySelectorAll("[data-row]")];
  const { top } = row.getBoundingClientRect();
  return { row: row.dataset.row ?? "", top, focused: focused !== null, place: all.indexOf(row) };
}

/**
 * `view` a moment later: what is under the eyes stays where it is on the screen. A row that had the focus and is gone gives
 * it to the one that took its place.
 */
export function useSteady<View>(view: View): View {
  const [shown, setShown] = useState(view);
  const before = useRef<Seen | null>(null);
  useLayoutEffect(() => {
    if (view === shown) return;
    before.current = seen();
    setShown(view);
  }, [view, shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the rows of `shown` are in place
  useLayoutEffect(() => {
    const was = before.current;
    before.current = null;
    if (was === null) return;
    const now = rowOf(was.row);
    if (now !== null) {
      const moved = now.getBoundingClientRect().top - was.top;
      if (Math.abs(moved) > 1) window.scrollBy({ top: moved, behavior: "instant" });
      return;
    }
    if (!was.focused || document.activeElement !== document.body) return;
    const links = [...document.querySelectorAll<HTMLElement>("[data-row] .row-link")];
    links[Math.min(was.place, links.length - 1)]?.focus({ preventScroll: true });
  }, [shown]);
  return shown;
}
