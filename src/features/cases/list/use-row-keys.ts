/** j and k go down and up the rows of the lists on a screen; Enter opens the one that has the focus, as with any link. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import { leftToTheBrowser, useShortcuts } from "../../../platform/ui/shortcuts.js";
import { useTrailOf } from "../page/case-trail.js";

/** Rows of all lists on the screen, in their order: news, and the desk below it. */
const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-rows] .row-link")];

function move(step: 1 | -1): boolean {
  const all = links();
  // Also from a button of the row.
  const row = document.activeElement?.closest("[data-row]");
  const at = all.findIndex((link) => link === document.activeElement || row?.contains(link));
  const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step];
  next?.focus();
  return next !== undefined;
}

/** For the element that holds the rows. */
export function useRowKeys(): RefObject<HTMLDivElement> {
  const list = useRef<HTMLDivElement>(null);
  // It may be drawn only later, when there are rows.
  useLayoutEffect(() => {
    list.current?.setAttribute("data-rows", "");
  });
  useTrailOf(list);
  useShortcuts({ down: () => move(1), up: () => move(-1), open: leftToTheBrowser });
  return list;
}
