/** Whether the page is on its way to paper: what is folded on a screen is all there then. */

import { useSyncExternalStore } from "react";

let printing = false;

function subscribe(changed: () => void): () => void {
  const set = (now: boolean) => () => {
    printing = now;
    changed();
  };
  const [begin, end] = [set(true), set(false)];
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}

/** A store outside of components is read again at once, before the browser makes its picture of the page. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => printing);
