/** j and k go down and up the rows of a list; Enter opens the one that has the focus, as with any link. */
import { type RefObject, useRef } from "react";
import { useShortcuts } from "../../../platform/ui/shortcuts.js";
import { useTrailOf } from "../page/case-trail.js";

/** For the element that holds the rows. */
export function useRowKeys(): RefObject<HTMLDivElement> {
  const list = useRef<HTMLDivElement>(null);
  const move = (step: 1 | -1) => (): boolean => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>(".row-link") ?? [])];
    // Also from a button of the row.
    const row = document.activeElement?.closest("[data-row]");
    const at = links.findIndex((link) => link === document.activeElement || row?.contains(link));
    const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step];
    next?.focus();
    return next !== undefined;
  };
  useTrailOf(list);
  useShortcuts({ down: move(1), up: move(-1) });
  return list;
}
