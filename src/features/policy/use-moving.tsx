/** Rows that are put into an order: dragged by a handle, moved by its arrow keys, or by buttons. */
import React, { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { Icon } from "../../platform/ui/kit.js";

/** The place among the rows that a pointer is over. */
function placeUnder(list: HTMLElement, y: number): number {
  const rows = [...list.querySelectorAll<HTMLElement>(":scope > [data-place]")];
  const at = rows.findIndex((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return y < (top + bottom) / 2;
  });
  return at === -1 ? rows.length : at;
}

interface Dragged {
  readonly from: number;
  /** Before which row it would be put. */
  readonly before: number;
}

/** Dragging by pointer, and what the keys of a handle do. */
export function useMoving(count: number, onMove: ((from: number, to: number) => void) | undefined) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const handleProps = (place: number) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged({ from: place, before: place });
    },
    onPointerMove(event: PointerEvent) {
      if (dragged === null || list.current === null) return;
      const before = placeUnder(list.current, event.clientY);
      if (before !== dragged.before) setDragged({ ...dragged, before });
    },
    onPointerUp() {
      if (dragged === null) return;
      setDragged(null);
      const to = dragged.before > dragged.from ? dragged.before - 1 : dragged.before;
      if (to !== dragged.from) onMove?.(dragged.from, to);
    },
    onPointerCancel: () => setDragged(null),
    onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape") setDragged(null);
      const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const to = place + step;
      if (to >= 0 && to < count) onMove?.(place, to);
    },
  });
  return { list, dragged, handleProps };
}

/** Stays reachable at either end, so that focus is not lost when a row arrives there. */
export function StepButton({
  focusKey,
  label,
  icon,
  disabled,
  onClick,
}: {
  focusKey: string;
  label: string;
  icon: "up" | "down";
  disabled: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="button button-quiet button-small button-icon"
      data-focus={focusKey}
      aria-label={label}
      aria-disabled={disabled || undefined}
      title={label}
      onClick={() => !disabled && onClick()}
    >
      <Icon name={icon} size={16} />
    </button>
  );
}
